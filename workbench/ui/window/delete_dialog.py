"""The question before a removal for good: exactly what would vanish, and what would stay.

It is the one confirmation of the window. It blocks nothing; Enter and Esc keep, and only a press
on the red button, or Space on it, deletes.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.store.records import SourceRow
from workbench.ui.components import words
from workbench.ui.components.boxes import clear, column, holder, scroll
from workbench.ui.components.controls import button
from workbench.ui.components.notices import error_message, message
from workbench.ui.components.words import label
from workbench.ui.language import tr, tr_n
from workbench.ui.window.dialog import MARGINS, Dialog
from workbench.ui.window.originals import has_file, link

if TYPE_CHECKING:
    from workbench.store.removal import Vanishing

_FEW = 6
_PLACES = 3


class VanishSheet(Dialog):
    """Shows what a removal would take; `confirm()` is called when the user wants it."""

    def __init__(
        self,
        parent: QWidget,
        sources: Sequence[SourceRow],
        found: "Vanishing",
        confirm: Callable[[], object],
    ) -> None:
        super().__init__(parent, tr("Delete for good – Engram Workbench"))
        self.sources = tuple(source.id for source in sources)
        what = f"“{sources[0].title}”" if len(sources) == 1 else words.count(len(sources), "source")
        #: Whether the answer was yes, and it has not failed.
        self.deleting = False
        self._what, self._confirm = words.count(len(sources), "source"), confirm
        self.delete_button = button(tr("Delete for good"), "trash", "danger", call=self._delete)
        self.delete_button.setAutoDefault(False)
        self.keep_button = button(tr("Keep"), call=self.close)
        self.keep_button.setDefault(True)
        self._below = column()
        body = column(
            label(tr("Delete {what} permanently?", what=what), "section", wrap=True),
            label(
                tr("This cannot be undone."),
                "muted",
                wrap=True,
            ),
            8,
            *_section(tr("What is deleted"), vanishing(sources, found)),
            8,
            *_section(tr("What stays"), staying(found)),
            None,
            margins=MARGINS,
            gap=6,
        )
        inside = holder(body, "surface")
        area = scroll(inside, tr("What would be deleted"))
        self.arrange(area, None, self.delete_button, self.keep_button, below=self._below)
        self.fit(inside, 520)
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter is pressed without reading: wherever the focus is, it deletes nothing.
            self.close()
            return
        super().keyPressEvent(event)

    def _delete(self) -> None:
        self.deleting = True
        self.delete_button.setEnabled(False)
        self.keep_button.setEnabled(False)
        clear(self._below)
        self._below.addWidget(_inset(message("info", tr("Deleting {what}…", what=self._what))))
        self._confirm()

    def fail(self, error: WorkbenchError) -> None:
        """Say in place why nothing was deleted."""
        self.deleting = False
        clear(self._below)
        self._below.addWidget(_inset(error_message(error)))
        self.keep_button.setEnabled(True)
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)


def vanishing(sources: Sequence[SourceRow], found: "Vanishing") -> list[str]:
    """What a removal takes, a sentence each."""
    lines = []
    if len(sources) > 1:
        titles = [f"“{title}”" for title in found.titles]
        lines.append(words.names(titles, _FEW))
    parts = [words.count(found.passages, "passage"), words.count(found.engrams, "statement")]
    if found.pages:
        parts.append(words.count(found.pages, "page"))
    lines.append(
        tr("{parts}: {bytes} of the library", parts=", ".join(parts), bytes=words.size(found.bytes))
    )
    if found.links:
        lines.append(
            tr(
                "{links} between ideas that no other source states, of {triples}",
                links=words.count(found.links, "link"),
                triples=words.count(found.triples, "triple"),
            )
        )
    pasted = [source for source in sources if not source.locations]
    if pasted:
        lines.append(
            tr_n(
                len(pasted),
                "{texts} that you pasted: there is no other copy of it",
                "{texts} that you pasted: there is no other copy of them",
                texts=words.count(len(pasted), "text"),
            )
        )
    pages = [source for source in sources if link(source) and not has_file(source)]
    if pages:
        lines.append(
            tr("{web_pages} as it was fetched", web_pages=words.count(len(pages), "web page"))
        )
    if found.tags:
        tags = words.names([f"“{tag}”" for tag in found.tags], _FEW)
        lines.append(
            tr_n(
                len(found.tags),
                "The tag {tags}: no other source has it",
                "The tags {tags}: no other source has them",
                tags=tags,
            )
        )
    if found.questions:
        answers = words.count(found.questions, "saved answer")
        lines.append(tr("The quotes of it in {answers}; their other quotes stay", answers=answers))
    return lines


def staying(found: "Vanishing") -> list[str]:
    """What a removal leaves, a sentence each."""
    own = [place for place in found.locations if "://" not in place]
    lines = []
    if own:
        # Some of these places may be former ones: whether a file is there is not looked up here.
        if len(own) == 1:
            lines.append(tr("Your file is not deleted: {places}", places=_places(own)))
        else:
            lines.append(tr("Your files are not deleted: {places}", places=_places(own)))
    if found.shared:
        lines.append(tr("Other sources that were read from {places}", places=_places(found.shared)))
    if found.links_kept:
        lines.append(
            tr(
                "{links} that other sources state too, counted without this one",
                links=words.count(found.links_kept, "link"),
            )
        )
    if found.collections:
        names = words.names([f"“{name}”" for name in found.collections], _FEW)
        lines.append(
            tr_n(
                len(found.collections),
                "The collection {names}, and all other sources",
                "The collections {names}, and all other sources",
                names=names,
            )
        )
    else:
        lines.append(tr("All other sources, their passages and tags"))
    if found.copies:
        names = words.names([file.name for file in found.copies], _PLACES)
        lines.append(
            tr_n(
                len(found.copies),
                "{backups} beside the library, which still contain its text: {names}."
                " Delete it yourself",
                "{backups} beside the library, which still contain its text: {names}."
                " Delete them yourself",
                backups=words.count(len(found.copies), "backup"),
                names=names,
            )
        )
    return lines


def _places(places: Sequence[str]) -> str:
    return words.names([words.home_short(place) for place in places], _PLACES)


def _section(title: str, lines: Sequence[str]) -> list[QWidget]:
    said = (label(f"• {_wrappable(each)}", wrap=True, name=each, selectable=True) for each in lines)
    return [label(title, "head"), *said]


def _wrappable(text: str) -> str:
    # Paths have no spaces: zero-width ones after the slashes let them wrap.
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b")


def _inset(frame: QWidget) -> QWidget:
    return holder(column(frame, margins=(24, 8, 24, 8)), "surface")
