"""Tests of an embedding model: three sentences compared, and a sentence of one's own looked up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import words
from workbench.ui.components.boxes import card, clear, column, holder, row
from workbench.ui.components.controls import Sign, button, field
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import label
from workbench.ui.inspector.pairs import pairs
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.embedding_models import Trial
    from workbench.recall.related import Alike

#: How much nearer like sentences must be than unlike ones for a model that is of use.
_APART = 0.2
_MOST, _SAID = 3, 180


def trial_card(trial: "Trial", path: str) -> QFrame:
    """What a test showed, as a sentence and in numbers, with a hint where it showed little."""
    good = trial.like - trial.unlike >= _APART
    glyph, role = ("check", "confirmed") if good else ("alert", "emergent")
    title = (
        tr("{model} passed the test", model=trial.model)
        if good
        else tr(
            "{model} can hardly tell similar from different: choose another model",
            model=trial.model,
        )
    )
    one, like, unlike = trial.sentences
    served = path.startswith("ollama:")
    longest = (
        tr("up to {longest} tokens at a time, ", longest=trial.longest) if trial.longest else ""
    )
    facts = [
        (tr("Runs"), tr("in the model server"))
        if served
        else (tr("Folder"), words.home_short(path)),
        (
            tr("Reads"),
            tr(
                "{longest}{dimension} numbers a passage", longest=longest, dimension=trial.dimension
            ),
        ),
        (tr("Sample"), f"“{one}”"),
        (
            tr("The same"),
            tr("{max} alike: “{like}”", max=words.percent(max(0.0, trial.like)), like=like),
        ),
        (
            tr("Another"),
            tr("{max} alike: “{unlike}”", max=words.percent(max(0.0, trial.unlike)), unlike=unlike),
        ),
        (
            tr("Took"),
            tr("{milliseconds:.0f} ms for three sentences", milliseconds=trial.milliseconds),
        ),
    ]
    heading = label(title, "strong", wrap=True)
    head = row(Sign(glyph, role), heading, wide=1)
    return card(column(head, pairs(facts), margins=(16, 12, 14, 14), gap=8), name=title)


class SentenceTrial(QWidget):
    """A field for a sentence; below it, what of the library is nearest."""

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self.field = field(
            tr("A sentence in your own words"), tr("A sentence to try the model with")
        )
        self.field.returnPressed.connect(self._try)
        go = button(tr("Show what is near"), call=self._try)
        line = row(self.field, go, wide=0)
        self._found = column(gap=8)
        self.setLayout(
            column(8, label(tr("Try it with a sentence"), "head"), line, self._found, gap=6)
        )

    def _try(self) -> None:
        text = self.field.text().strip()
        if not text:
            return
        self._shelf.ask(_near, text, done=self._came, failed=self._failed, key="settings:sentence")

    def _came(self, found: "Sequence[Alike]") -> None:
        clear(self._found)
        for each in found:
            said = QuoteText(words.short(each.words, _SAID), size="body")
            near = tr(
                "{title} · {nearness} alike",
                title=each.title,
                nearness=words.percent(each.nearness),
            )
            self._found.addWidget(holder(column(said, label(near, "caption", wrap=True), gap=2)))
        if not found:
            self._found.addWidget(label(tr("Nothing similar in the library yet."), "small"))
        elif found[0].tier == "lexical":
            self._found.addWidget(
                label(tr("Nothing similar in meaning; found by shared words."), "small")
            )

    def _failed(self, error: WorkbenchError) -> None:
        clear(self._found)
        self._found.addWidget(
            label(f"{error.message} {pointed(error.hint)}".strip(), "small", wrap=True)
        )


def _near(library: "Library", text: str, cancel: Cancel) -> "list[Alike]":
    return library.sources.related(text, limit=_MOST, cancel=cancel)
