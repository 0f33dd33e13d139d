"""The settings page of embedding models: choose one, and try how good it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from workbench.errors import InputError, WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.ask.quote import QuoteText
from workbench.ui.components import words
from workbench.ui.components.boxes import card, clear, column, holder, row
from workbench.ui.components.controls import Call, Sign, button, field
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import label
from workbench.ui.inspector.pairs import pairs
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.model_state import ACTIVE, BAD, BEGUN, Standing, standings
from workbench.ui.settings.models_page import ModelsPage, press
from workbench.ui.settings.page import Line, Title, lines
from workbench.ui.settings.work import Work
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.embedding_models import EmbeddingModel, EmbeddingSpace, Trial
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
        for item in found:
            said = QuoteText(words.short(item.words, _SAID), size="body")
            near = tr(
                "{title} · {nearness} alike",
                title=item.title,
                nearness=words.percent(item.nearness),
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


_LOOKING, _TRYING, _DROPPING = "settings:models", "settings:try", "settings:drop"
_ASKING = "settings:models of ollama"
_DONE = tr("Answers and See also now find similar meanings too.")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The models in folders, and what has been read of the library."""

    models: "tuple[EmbeddingModel, ...]" = ()
    spaces: "tuple[EmbeddingSpace, ...]" = ()


@dataclass(frozen=True, slots=True)
class _Test:
    """What came of the last test."""

    path: str
    trial: "Trial | None" = None
    error: WorkbenchError | None = None


class MeaningPage(ModelsPage):
    """Lists embedding models and has one read the library."""

    title = Title(
        tr("Search by meaning"),
        "search",
        tr(
            "Finds passages that say the same thing in different words. Runs on this "
            "computer. A model is included; you can choose another or turn it off."
        ),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, reading: Work) -> None:
        super().__init__(shelf, jobs, reading)
        #: What is listed.
        self.models: list[Standing] = []
        self._seen: _Seen | None = None
        self._served: tuple[EmbeddingModel, ...] = ()
        self._folders: tuple[str, ...] = ()
        self._test: _Test | None = None
        self._result = column(gap=8)
        self.sentence = SentenceTrial(shelf, jobs)
        self.sentence.hide()
        self.body.addLayout(self._result)
        self.body.addWidget(self.sentence)
        shelf.switched.connect(self._forget)
        shelf.sources_changed.connect(self.look_if_seen)
        shelf.embedding.connect(self.look_if_seen)

    # -- looking ----------------------------------------------------------------------------------

    def look(self) -> None:
        """See which models there are, also in the chosen Ollama, and how far each has read."""
        self._look_here()
        self._shelf.ask(_of_ollama, done=self._served_came, key=_ASKING)

    def _look_here(self) -> None:
        self._read(_models, self._folders, done=self._came, failed=self._troubled, key=_LOOKING)

    def look_if_seen(self) -> None:
        if self.isVisible():
            self._look_here()

    def _forget(self) -> None:
        for key in (_LOOKING, _TRYING, _DROPPING, _ASKING):
            self._jobs.cancel(key)
        self._seen, self._served = None, ()
        self.models, self._test, self._trouble, self._asked = [], None, None, ""
        clear(self._result)
        self.sentence.hide()
        if self.isVisible():
            self.look()

    def _served_came(self, found: "tuple[EmbeddingModel, ...]") -> None:
        self._served = found
        # What was in trouble may be well again by now.
        self._look_here()

    def _came(self, seen: _Seen) -> None:
        self._seen = seen
        existing = {item.path: item for item in (*seen.models, *self._served)}
        result = standings(list(existing.values()), seen.spaces)
        if result != self.models or self._trouble is not None or self._list.count() < 2:
            self.models, self._trouble = result, None
            self._rebuild()

    # -- what is shown ----------------------------------------------------------------------------

    def _fill_list(self) -> None:
        visible = [self._line(model) for model in self.models]
        if visible:
            self._list.addWidget(card(lines(*visible), name=tr("Embedding models")))
        elif self._trouble is None:
            self._list.addWidget(
                message(
                    "info", tr("No embedding model is on this computer."),
                    tr("Choose the folder of a sentence-transformers model, such as"
                       " all-MiniLM-L6-v2, or fetch one with Ollama, such as nomic-embed-text."),
                )
            )  # fmt: skip
        self._tell_trouble()
        self._folder_button(
            tr("A folder that contains a sentence-transformers model"),
            tr("The folder of an embedding model"),
            self.add_folder,
        )
        self.sentence.setVisible(any(model.kind == ACTIVE for model in self.models))

    def _line(self, model: Standing) -> QWidget:
        mine = self._work.subject == model.path
        busy = bool(self._work.subject)
        presses: list[QPushButton] = []

        def add(text: str, call: Call, *, quiet: bool = False, on: bool = True) -> None:
            presses.append(press(text, model.name, call, on=on, quiet=quiet))

        if mine:
            add(tr("Stop"), self._work.stop)
        elif model.kind == ACTIVE:
            behind = model.space is not None and model.space.done < model.space.total
            if behind and model.role == "ok":
                add(tr("Read the rest"), partial(self._read_on, model), on=not busy)
            add(tr("Turn off…"), partial(self._ask_off, model.path), on=not busy)
        elif model.space is not None and model.space.reading:
            add(tr("Turn off…"), partial(self._ask_off, model.path), on=not busy)
        elif model.kind != BAD:
            word = tr("Go on") if model.kind == BEGUN else tr("Use")
            add(word, partial(self.use, model), on=not busy)
        if model.kind != BAD and not mine:
            add(tr("Test"), partial(self.test, model), quiet=True)
        state, role = (tr("Reading"), "muted") if mine else (model.state, model.role)
        if busy and not mine and model.kind == ACTIVE:
            state = tr("In use until then")
        line = Line("chip", model.name, model.about, state, role, *presses)
        if mine:
            self._measure(line, tr("{name} reads the library", name=model.name))
        elif self._asked == model.path and model.space is not None:
            many = words.count(model.space.vectors, "vector")
            line.below.addWidget(
                self._question(
                    tr("Remove {many} from the library?", many=many),
                    tr("Your texts are not changed. To use the model again, it has to read "
                       "everything again."),
                )
            )  # fmt: skip
        return line

    def _show_progress(self) -> None:
        self._fill(tr("Loading the model…"), words.steps)

    # -- what is done -----------------------------------------------------------------------------

    def use(self, model: Standing) -> None:
        """Let a model read the library; the one before answers until it has."""
        self._asked = ""
        self._begin(model, lambda library: partial(library.models.use, model.path))

    def _read_on(self, model: Standing) -> None:
        self._begin(model, lambda library: partial(library.models.update, "embedding"))

    def _begin(self, model: Standing, doing: "Callable[[Library], Callable[..., object]]") -> None:
        library = self._shelf.library
        if library is not None:
            title = tr("{name} reads the library", name=model.name)
            told = tr("{name} has read the library", name=model.name), _DONE
            self._work.begin(model.path, title, doing(library), told)

    def _turn_off(self) -> None:
        self._shelf.ask(
            lambda library: library.models.drop(),
            done=lambda _many: self.look(), failed=self._troubled, key=_DROPPING,
        )  # fmt: skip

    def add_folder(self, folder: str) -> None:
        """List the model in a folder, with what is wrong with it where it cannot be used."""
        self._folders = tuple(dict.fromkeys((*self._folders, str(Path(folder)))))
        self.look()

    def test(self, model: Standing) -> None:
        """Compare a few sentences with a model."""
        library = self._shelf.library
        if library is None:
            return
        clear(self._result)
        self._result.addWidget(label(tr("Testing {name}…", name=model.name), "muted"))
        self._jobs.run(
            _try, library, model.path,
            done=lambda trial: self._tested(_Test(model.path, trial)),
            failed=lambda error: self._tested(_Test(model.path, error=error)), key=_TRYING,
        )  # fmt: skip

    def _tested(self, test: _Test) -> None:
        self._test = test
        clear(self._result)
        self._result.addSpacing(8)
        self._result.addWidget(label(tr("Last test"), "head"))
        if test.trial is not None:
            visible = trial_card(test.trial, test.path)
        elif test.error is not None:
            visible = error_message(test.error)
        else:
            return
        self._result.addWidget(visible)
        self.bring_into_view(visible)


def _models(library: "Library", folders: Sequence[str]) -> _Seen:
    return _Seen(
        tuple(library.models.list("embedding", folders=folders)),
        tuple(library.models.readings("embedding")),
    )


def _try(library: "Library", model: str, *, cancel: Cancel | None = None) -> "Trial":
    return library.models.try_(model, "embedding", cancel=cancel)


def _of_ollama(library: "Library", cancel: Cancel) -> "tuple[EmbeddingModel, ...]":
    """The models of the chosen Ollama, none where none answers."""
    try:
        return tuple(library.models.list("embedding", served=True, cancel=cancel))
    except InputError:
        return ()
