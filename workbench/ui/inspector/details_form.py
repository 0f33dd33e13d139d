"""The form to correct details of sources: title, authors, year and others.

For several sources, a field shows their common value, or a placeholder if they differ; typed text
applies to all of them, untouched fields are kept.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.errors import UsageError, WorkbenchError
from workbench.intake.records import LookUp
from workbench.store.details import METADATA, checked, fields
from workbench.store.records import SourceRow
from workbench.ui import theme
from workbench.ui.components import (
    Elided,
    button,
    choice,
    clear,
    column,
    error_message,
    field,
    grid,
    holder,
    label,
    on_key,
    paragraph,
    quiet_button,
    request,
    row,
    rule,
    tool,
    words,
)
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.library.options import SourceDetails

TYPE_NAMES = {
    "article-journal": tr("Journal article"), "article-magazine": tr("Magazine article"),
    "article-newspaper": tr("Newspaper article"), "book": tr("Book"), "chapter": tr("Chapter"),
    "document": tr("Document"), "interview": tr("Interview"), "manuscript": tr("Manuscript"),
    "motion_picture": tr("Film or video"), "paper-conference": tr("Conference paper"),
    "personal_communication": tr("Letter or e-mail"), "report": tr("Report"),
    "speech": tr("Talk"), "thesis": tr("Thesis"), "webpage": tr("Web page"),
}  # fmt: skip
_FIELD_NAMES = {
    "title": tr("Title"), "authors": tr("Authors"), "date": tr("Year or date"),
    "type": tr("Kind of work"), "venue": tr("Published in"), "publisher": tr("Publisher"),
    "volume": tr("Volume"), "page_range": tr("Pages"), "doi": tr("DOI"), "isbn": tr("ISBN"),
    "url": tr("Address"), "citation_key": tr("Citation key"),
}  # fmt: skip
_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "he", "zh", "ja")


Editor = TypeVar("Editor", QLineEdit, QPlainTextEdit, QComboBox)


class DetailsForm(QWidget):
    """Edits the details of `sources`; `saved` emits the changes as `SourceDetails`."""

    saved = Signal(object)
    #: The changes are discarded.
    cancelled = Signal()
    #: A field was edited; see `changes`.
    edited = Signal()
    #: An identifier to look up; True permits the request.
    lookup_requested = Signal(str, bool)
    #: The form is left with unsaved changes.
    postponed = Signal()

    def __init__(self, sources: Sequence[SourceRow]) -> None:
        super().__init__()
        self.sources = tuple(sources)
        self._values = [fields(source) for source in sources]
        self.editors: dict[str, QLineEdit] = {}
        several = len(sources) > 1
        self.title = self._title_editor()
        self.authors = _AuthorList(self._shared("authors") or "", self._mixed("authors"))
        if not several and not self.authors.text and sources[0].author:
            self.authors.set_names(_names(sources[0].author))
        self._read_authors = self.authors.text
        self.authors.edited.connect(self.edited)
        self.type = self._choice("type", tr("Kind of work"), TYPE_NAMES)
        languages = {code: words.language(code) for code in _LANGUAGES}
        self.language = self._choice("language", tr("Language"), languages)
        self._message = column()
        self._well = column()
        #: A preview of the first source's citation, set from outside.
        self.citation = paragraph("", selectable=True)
        heading = words.count(len(sources), "source") if several else tr("Edit details")
        head = row(
            Elided(heading, "strong"),
            quiet_button(tr("Cancel"), call=self.cancelled),
            button(
                tr("Save in {sources}", sources=len(sources)) if several else tr("Save"),
                kind="primary", tip=tr("Save (Ctrl+S)"), call=self.save,
            ),
        )  # fmt: skip
        hint = paragraph(tr("What you fill in is set in all of them. The rest stays as it is."))
        hint.setVisible(several)
        box = column(
            head, hint, holder(self._message), holder(self._grid()), holder(self._well), rule(),
            label(tr("Cited as"), "head"), self.citation, None,
            margins=(16, 14, 16, 12), gap=8,
        )  # fmt: skip
        self.setLayout(box)
        on_key(self, "Ctrl+S", self.save, include_children=True)
        on_key(self, Qt.Key.Key_Escape, self._leave, include_children=True)

    def _grid(self) -> QGridLayout:
        lines: list[tuple[str, QWidget]] = [
            (tr("Title"), self.title),
            (tr("Authors"), self.authors),
            (tr("Kind, language"), holder(row(self.type, self.language, gap=8))),
            (tr("Published in"), self._line("venue")),
            (tr("Publisher"), self._line("publisher")),
            (
                tr("Year, vol., pp."),
                holder(
                    row(
                        self._line("date"),
                        self._line("volume"),
                        self._line("page_range"),
                        gap=8,
                    )
                ),
            ),
            (
                tr("DOI"),
                holder(row(self._line("doi"), self._lookup_button("doi"), gap=8)),
            ),
            (
                tr("ISBN"),
                holder(row(self._line("isbn"), self._lookup_button("isbn"), gap=8)),
            ),
            (tr("Address"), self._line("url")),
            (tr("Citation key"), self._line("citation_key")),
        ]
        form = grid(8, 8, 1)
        for at, (name, editor) in enumerate(lines):
            heading = label(name, "small")
            heading.setMinimumHeight(theme.px(28))
            form.addWidget(heading, at, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(editor, at, 1)
        form.setColumnMinimumWidth(0, theme.px(84))
        return form

    def _lookup_button(self, name: str) -> QToolButton:
        """A button that shows the request of a look-up without sending it; a word has no room."""
        press = tool(
            "search",
            tr("Look up"),
            tip=tr("Look up: shows the one request that this sends"),
            call=lambda: self.lookup_requested.emit(self.editors[name].text(), False),
        )
        press.setVisible(len(self.sources) == 1)
        return press

    def show_lookup(self, identifier: str, lookup: LookUp) -> None:
        """Show the request to be sent, or the result with its differences."""
        clear(self._well)
        if not lookup.details:
            send = button(tr("Send"), call=lambda: self.lookup_requested.emit(identifier, True))
            leave = quiet_button(tr("Don’t send"), call=partial(clear, self._well))
            self._well.addWidget(request(lookup.address, send, leave))
            return
        offers = (self._offer(*field_) for field_ in lookup.details.items())
        parts: list[QWidget] = [offer for offer in offers if offer is not None]
        if not parts:
            parts = [paragraph(tr("The catalogue says the same."))]
        self._well.addWidget(holder(column(*parts, margins=(10, 8, 10, 8), gap=6), "sunken"))

    def show_trouble(self, error: WorkbenchError) -> None:
        """Show why a look-up failed; the fields are kept."""
        clear(self._well)
        self._well.addWidget(error_message(error))

    def _offer(self, name: str, value: str) -> QWidget | None:
        """A value from a catalogue that differs from the field, with a button to accept it."""
        if value == self._typed(name) or name not in _FIELD_NAMES:
            return None
        visible = "; ".join(value.splitlines())
        text = paragraph(f"{_FIELD_NAMES[name]}: {visible}")
        take = quiet_button(tr("Take it"))
        line = holder(row(text, take, gap=8))

        def apply() -> None:
            self._set_field(name, value)
            line.hide()

        take.clicked.connect(apply)
        return line

    def _typed(self, name: str) -> str:
        if name == "title":
            return self.title.toPlainText()
        if name == "authors":
            return self.authors.text
        if name == "type":
            return str(self.type.currentData() or "")
        return self.editors[name].text() if name in self.editors else ""

    def _set_field(self, name: str, value: str) -> None:
        if name == "title":
            self.title.setPlainText(value)
        elif name == "authors":
            self.authors.set_names(value.splitlines())
        elif name == "type":
            self.type.setCurrentIndex(max(0, self.type.findData(value)))
        elif name in self.editors:
            self.editors[name].setText(value)
        self.edited.emit()

    def start(self) -> None:
        """Focus the title."""
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def changes(self) -> "SourceDetails":
        """The changed fields."""
        from workbench.library.options import SourceDetails

        changed: dict[str, str] = {}
        for name, editor in self.editors.items():
            if editor.text() != (self._shared(name) or ""):
                changed[name] = editor.text()
        if self.title.toPlainText() != (self._shared("title") or ""):
            changed["title"] = self.title.toPlainText()
        for name, box in (("type", self.type), ("language", self.language)):
            if box.currentData() is not None and box.currentData() != self._shared(name):
                changed[name] = box.currentData()
        if self.authors.text != self._read_authors:
            return SourceDetails(**changed, authors=self.authors.text.splitlines())
        return SourceDetails(**changed)

    @property
    def first(self) -> SourceRow:
        """The first source with the changes applied, as it would be cited."""
        source, changed = self.sources[0], self.changes.changes()
        if "authors" in changed:
            changed["author"] = ""
        values = fields(source) | changed
        columns = {name: values[name] for name in METADATA}
        return replace(
            source, title=values["title"], author=values["author"], date=values["date"],
            language=values["language"], metadata={**source.metadata, **columns},
        )  # fmt: skip

    def save(self) -> None:
        """Emit the changes, or close the form without any.

        An invalid value is reported above the fields, which are kept.
        """
        changes = self.changes
        clear(self._message)
        try:
            for name, value in changes.changes().items():
                checked(name, value)
        except UsageError as error:
            self._message.addWidget(error_message(error))
            self.editors.get(name, self.title).setFocus()
            return
        if changes.changes():
            self.saved.emit(changes)
        else:
            self.cancelled.emit()

    def _leave(self) -> None:
        (self.postponed if self.changes.changes() else self.cancelled).emit()

    def _shared(self, name: str) -> str | None:
        """The common value of a field, None if the sources differ."""
        distinct = {values[name] for values in self._values}
        return distinct.pop() if len(distinct) == 1 else None

    def _mixed(self, name: str) -> str:
        """The placeholder of a field in which the sources differ."""
        if self._shared(name) is not None:
            return ""
        distinct = {values[name] for values in self._values} - {""}
        empty = sum(not values[name] for values in self._values)
        if empty:
            return tr("Mixed: {values}, {empty} empty", values=len(distinct), empty=empty)
        return tr("Mixed: {values}", values=len(distinct))

    def _line(self, name: str) -> QLineEdit:
        created = field(self._mixed(name), _FIELD_NAMES[name])
        created.setText(self._shared(name) or "")
        created.setCursorPosition(0)
        created.returnPressed.connect(self.save)
        created.textChanged.connect(self.edited)
        self.editors[name] = created
        return _yielding(created)

    def _title_editor(self) -> QPlainTextEdit:
        created = QPlainTextEdit(self._shared("title") or "", tabChangesFocus=True)
        created.setPlaceholderText(self._mixed("title"))
        created.setAccessibleName(tr("Title"))
        created.setAcceptDrops(False)
        created.setProperty("kind", "field")
        created.setFixedHeight(theme.px(60))
        created.textChanged.connect(self.edited)
        return _yielding(created)

    def _choice(self, name: str, accessible_name: str, entries: dict[str, str]) -> QComboBox:
        shared = self._shared(name)
        listing: list[tuple[str, object]] = []
        if shared is None:
            listing.append((self._mixed(name), None))
        elif shared and shared not in entries:
            listing.append((shared, shared))
        listing.append(("–", ""))
        listing += [(text, code) for code, text in entries.items()]
        created = choice(accessible_name, listing)
        created.setCurrentIndex(max(0, created.findData(shared)))
        created.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        created.setMinimumContentsLength(6)
        created.currentIndexChanged.connect(self.edited)
        return _yielding(created)


class _AuthorList(QWidget):
    """Authors in order, one per line: Alt+Up and Alt+Down move one, a pasted list is split."""

    edited = Signal()

    def __init__(self, text: str, mixed: str) -> None:
        super().__init__()
        self._mixed, self._typed = mixed, ""
        self._rows: list[QLineEdit] = []
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.px(6))
        add = quiet_button(
            tr("Add author"), "add", call=lambda: self._insert(len(self._rows), "").setFocus()
        )
        self.setLayout(column(holder(self._lines), holder(row(add, None)), gap=4))
        self.set_names(text.splitlines())

    @property
    def text(self) -> str:
        """The names, one per line."""
        return "\n".join(name for editor in self._rows if (name := editor.text().strip()))

    def set_names(self, names: Sequence[str]) -> None:
        """Replace the names."""
        clear(self._lines)
        self._rows = []
        for name in names or ("",):
            self._insert(len(self._rows), name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the current author with Alt+Up and Alt+Down."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _insert(self, at: int, name: str) -> QLineEdit:
        created = field(self._mixed or tr("Family, Given"), tr("Author {n}", n=at + 1))
        created.setText(name)
        # In a narrow panel the end of a name would be shown without its beginning.
        created.setCursorPosition(0)
        created.textEdited.connect(partial(self._divide, created))
        created.textChanged.connect(self.edited)
        created.installEventFilter(self)
        drop = tool("close", tr("Remove this author"), call=partial(self._remove, created))
        self._lines.insertWidget(at, holder(row(_yielding(created), drop, gap=4)))
        self._rows.insert(at, created)
        return created

    def _divide(self, editor: QLineEdit, text: str) -> None:
        """Split several names pasted into one line."""
        pasted, self._typed = len(text) > len(self._typed) + 1, text
        first, *remaining = _names(text) if pasted else (text,)
        if not remaining:
            return
        at = self._rows.index(editor)
        editor.setText(first)
        for offset, name in enumerate(remaining, 1):
            self._insert(at + offset, name)

    def _remove(self, editor: QLineEdit, _checked: bool = False) -> None:
        names = [row_.text() for row_ in self._rows if row_ is not editor]
        self.set_names(names)
        self.edited.emit()

    def _move(self, editor: QObject, step: int) -> None:
        at = next(index for index, row_ in enumerate(self._rows) if row_ is editor)
        to = at + step
        if 0 <= to < len(self._rows):
            first, other = self._rows[at], self._rows[to]
            text = first.text()
            first.setText(other.text())
            other.setText(text)
            other.setFocus()


def _yielding(editor: Editor) -> Editor:
    """Let an editor shrink and grow with the available width."""
    editor.setSizePolicy(QSizePolicy.Policy.Ignored, editor.sizePolicy().verticalPolicy())
    editor.setMinimumWidth(theme.px(24))
    return editor


def _names(line: str) -> list[str]:
    """Split a line of authors; the parser is imported on first use."""
    from workbench.recall.cited_sources import inverted_names

    return inverted_names(line)
