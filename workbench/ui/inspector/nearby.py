"""See also: the passages nearest to what is chosen, elsewhere in the library.

Whoever walks through a list with the arrow keys is not looked up for at every row: the look begins
when one has stayed a moment, and only where the section can be seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui import theme
from workbench.ui.ask.wording import place_words
from workbench.ui.components import words
from workbench.ui.components.boxes import clear, column, fill, holder, row
from workbench.ui.components.controls import button
from workbench.ui.components.delay import delayed
from workbench.ui.components.words import Elided, label, percent, short
from workbench.ui.inspector.found_pictures import Kindred, kindred_of, shown
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.recall.embedding_models import EmbeddingSpace
    from workbench.recall.related import Alike

#: Passages that are shown, letters of one, milliseconds that one stays before it is looked up.
_MOST, _SAID, _STAYED = 5, 180, 250


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: sentences, the words of a memory, or a whole source."""

    engrams: tuple[int, ...] = ()
    text: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """What was found, and the model that answers, if any does.

    `kindred` are pictures like the one that is chosen; None where nothing that is chosen has one.
    """

    found: "tuple[Alike, ...]"
    space: "EmbeddingSpace | None"
    kindred: "Kindred | None" = None


class SeeAlso(QWidget):
    """Looks for what is near to a selection, off the GUI thread, and shows it.

    `before` is the section that was shown until now: of the same selection it is not looked up
    again.
    """

    def __init__(
        self, shelf: Shelf, jobs: Jobs, selection: Selection, before: "SeeAlso | None" = None
    ) -> None:
        super().__init__()
        self.selection = selection
        #: What was found; None until that is known.
        self.nearby: Nearby | None = None
        self._shelf, self._jobs = shelf, jobs
        self._box = column(gap=6)
        fill(self, self._box, name=tr("See also"))
        self._stayed = delayed(self, self.look, _STAYED)
        theme.watch(self, self._show)
        if before is not None and before.selection == selection:
            self.nearby = before.nearby
        self._show()

    @property
    def found(self) -> "tuple[Alike, ...]":
        """The passages that were found."""
        return self.nearby.found if self.nearby is not None else ()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.nearby is None:
            self._stayed.start()

    def look(self) -> None:
        """Look anew. Whoever chose something else meanwhile stops the look before."""
        if self.isVisible():
            self._shelf.ask(
                _near, self.selection, done=self._came, failed=self._failed, key="see also"
            )

    def _came(self, nearby: Nearby) -> None:
        self.nearby = nearby
        self._show()

    def _failed(self, error: WorkbenchError) -> None:
        self._say(error.message)

    def _show(self) -> None:
        if self.nearby is None:
            self._say(tr("Looking…"))
            return
        kindred = self.nearby.kindred
        if not self.found and kindred is None:
            self._say(tr("Nothing similar in the library yet."))
            return
        clear(self._box)
        if kindred is not None:
            self._box.addWidget(shown(kindred, self._shelf.wanted.sentence.emit))
        if not self.found:
            return
        for item in self.found:
            self._box.addWidget(_card(item, self._shelf.wanted.sentence.emit))
        reason = _how(self.nearby, [item.language for item in self._shelf.sources])
        if reason:
            self._box.addWidget(label(reason, "caption", wrap=True))

    def _say(self, told: str) -> None:
        clear(self._box)
        self._box.addWidget(label(told, "caption", wrap=True))


def _near(library: "Library", chosen: Selection, cancel: Cancel) -> Nearby:
    if chosen.source is not None:
        found = library.sources.related(chosen.source, limit=_MOST, cancel=cancel)
    else:
        requested = chosen.engrams or chosen.text
        found = library.sources.related(requested, limit=_MOST, cancel=cancel)
    spaces = library.models.readings("embedding")
    space = next((item for item in spaces if item.active), None)
    alike = None if chosen.source is None else kindred_of(library, chosen.source, cancel)
    return Nearby(tuple(found), space, alike)


def _how(nearby: Nearby, languages: Sequence[str]) -> str:
    """How it was found, where that keeps something from being found: a sentence or two."""
    space = nearby.space
    if nearby.found[0].tier == "lexical":
        if space is None or space.trouble:
            return tr(
                "Found by shared words. An embedding model also finds similar meanings: "
                "Edit ▸ Settings."
            )
        return tr("{model} finds nothing similar in meaning; these share words.", model=space.model)
    existing = {item.split("-")[0] for item in (space.languages if space is not None else ())}
    remaining = {item.split("-")[0] for item in languages if item} - existing
    if space is None or not existing or "multilingual" in existing or not remaining:
        return ""
    reads = words.names([words.language(item) for item in sorted(existing)])
    left = words.names([words.language(item) for item in sorted(remaining)])
    return tr(
        "{model} reads {reads}, so it may miss similar passages in {left}.",
        model=space.model,
        reads=reads,
        left=left,
    )


def _card(each: "Alike", read: Callable[[int, int, int], object]) -> QWidget:
    """A passage: its source and place, how near it is, its words; the button opens it."""
    title = Elided(each.title, "strong")
    near = (
        tr("How similar it is in meaning")
        if each.tier == "semantic"
        else tr("How many of the selected words it contains")
    )
    place = place_words(each.place, each.kind)
    where = ", ".join(filter(None, (each.title, place)))
    show = button(
        tr("Open"),
        kind="quiet",
        call=lambda: read(each.source, each.start, each.end),
        name=tr("Open the passage in {where}", where=where),
    )
    head = row(title, show, wide=0)
    said = label(short(each.words, _SAID), "small", wrap=True)
    parts = [label(place, "caption", wrap=True)] if place else []
    card = holder(column(head, said, *parts, gap=2))
    card.setToolTip(f"{near}: {percent(each.nearness)}")
    return card
