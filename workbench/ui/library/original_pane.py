"""The original beside its passages, in up to three views.

Every source has its extracted text. A PDF has its pages, with the passage marked; a web page has
its full text including menus and footers, which shows what extraction left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from ingest.books import markup
from ingest.records import Box
from workbench.errors import WorkbenchError
from workbench.store.records import PageRow, SourceRow
from workbench.ui.components import column, label, row, segment, words
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.reader.page_view import PageView
from workbench.ui.reader.pages import Pages as Feed

if TYPE_CHECKING:
    from workbench.library import Library

_PALE = tr("Pale: indexed nowhere, such as headings, contents and licences")
_MAX_FETCHED = 400_000  # characters of a web page to show


def text_pane(name: str) -> QPlainTextEdit:
    """A read-only pane of selectable text."""
    created = QPlainTextEdit(readOnly=True)
    created.setFrameShape(QFrame.Shape.NoFrame)
    created.setAccessibleName(name)
    created.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return created


class OriginalPane(QWidget):
    """Shows the available ones of `text`, pages, and fetched page."""

    def __init__(self, jobs: Jobs, text: QPlainTextEdit) -> None:
        super().__init__()
        self._jobs = jobs
        self._library: Library | None = None
        self._source: SourceRow | None = None
        self._boxes: Sequence[tuple[int, Box]] = ()
        self._no_pictures = ""
        self.pages = PageView()
        self.pages.setAccessibleName(tr("Pages of the original"))
        self._feed = Feed(self.pages, jobs)
        self._feed.unseen.connect(self._no_page)
        self.fetched = text_pane(tr("The page as it was fetched"))
        self._stack = QStackedWidget()
        self.ways: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        for name, text_shown, view in (
            ("Text", tr("Text"), text),
            ("Pages", tr("Pages"), self.pages),
            ("As fetched", tr("As fetched"), self.fetched),
        ):
            self._stack.addWidget(view)
            self.ways[name] = press = segment(text_shown, call=partial(self._show, name))
            group.addButton(press)
        self._note = label(_PALE, "caption")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = row(label(tr("Original"), "head"), *self.ways.values(), self._note, gap=8)
        head.setStretch(head.count() - 1, 1)
        self.setLayout(column(head, self._stack, margins=(16, 10, 16, 0), gap=6))
        self._offer(pages=False, fetched=False)

    @property
    def view_name(self) -> str:
        """The current view: Text, Pages, As fetched."""
        return next(name for name, segment in self.ways.items() if segment.isChecked())

    def show_source(self, library: "Library", source: SourceRow) -> None:
        """Load the views of a source; its text is available at once."""
        self._library, self._source, self._boxes = library, source, ()
        self._no_pictures = ""
        self._feed.show(None, None, ())
        self.fetched.clear()
        self._offer(pages=False, fetched=False)
        self._jobs.run(
            _load_original, library, source, done=self._show_original, key="indexed:ways"
        )

    def mark(self, boxes: Sequence[tuple[int, Box]]) -> None:
        """Mark the selected passage and scroll to it."""
        self._boxes = boxes
        self.pages.mark(boxes)
        if boxes:
            number, box = boxes[0]
            self.pages.reveal(number, box[1], 0.25)

    def _show_original(self, original: "_Original") -> None:
        source = self._source.id if self._source is not None else None
        self._feed.show(self._library, source, original.pages)
        self.mark(self._boxes)
        self.fetched.setPlainText(original.fetched)
        self._offer(pages=bool(original.pages), fetched=bool(original.fetched))
        if original.pages:
            self.ways["Pages"].setChecked(True)
            self._show("Pages")
        if original.provenance:
            self.fetched.setAccessibleDescription(original.provenance)
            self.ways["As fetched"].setToolTip(original.provenance)

    def _offer(self, *, pages: bool, fetched: bool) -> None:
        self.ways["Pages"].setVisible(pages)
        self.ways["As fetched"].setVisible(fetched)
        # Hide the switch if there is only one view.
        self.ways["Text"].setVisible(pages or fetched)
        self.ways["Text"].setChecked(True)
        self._show("Text")

    def _show(self, name: str) -> None:
        self._stack.setCurrentIndex(list(self.ways).index(name))
        notes = {"Text": self._no_pictures or _PALE, "As fetched": tr("The whole page")}
        self._note.setText(notes.get(name, ""))
        self._note.setToolTip(self._note.text())
        self._note.setVisible(bool(self._note.text()))

    def _no_page(self, error: WorkbenchError) -> None:
        # Fall back to text, as the original is missing.
        self._no_pictures = str(error)
        self._offer(pages=False, fetched=False)


@dataclass(frozen=True, slots=True)
class _Original:
    pages: tuple[PageRow, ...] = ()
    fetched: str = ""
    provenance: str = ""


def _load_original(library: "Library", source: SourceRow) -> _Original:
    if source.kind in ("pdf", "image"):
        return _Original(tuple(library.sources.pages(source.id)))
    retained = library.sources.original(source.id)
    if retained is None or not retained.address:
        return _Original()
    provenance = tr(
        "{address}, fetched on {fetched}",
        address=retained.address,
        fetched=words.day(retained.fetched, year=True),
    )
    data = library.sources.original_bytes(source.id)
    return _Original(
        fetched=_readable(data, retained.media_type)[:_MAX_FETCHED], provenance=provenance
    )


def _readable(data: bytes, media_type: str) -> str:
    """Decode fetched data; "" if it is not text."""
    plain, _, remainder = media_type.partition(";")
    if not plain.strip().startswith(("text/", "application/xhtml", "application/xml")):
        return ""
    charset = remainder.partition("charset=")[2].split(";")[0].strip(" \"'") or "utf-8"
    try:
        text = data.decode(charset, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return visible_words(text) if "html" in plain else text


def visible_words(page: str) -> str:
    """The text of a whole web page, one line per block."""
    lines = "\n".join(block.text for block in markup.blocks(page)).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))
