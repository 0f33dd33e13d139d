"""The Help menu: shortcuts, guide, capabilities, stored data, about."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QListWidget, QTextBrowser, QWidget

from workbench import paths
from workbench.capability import Capability, State
from workbench.errors import UsageError, WorkbenchError
from workbench.jobs import Cancel
from workbench.ui import theme
from workbench.ui.components import (
    Sign,
    button,
    column,
    divided,
    grid,
    holder,
    label,
    paragraph,
    pointed,
    request,
)
from workbench.ui.components.dialog import Dialog
from workbench.ui.language import known, tr
from workbench.ui.settings import sheets
from workbench.ui.settings.sheets import Sheet
from workbench.ui.window import keys
from workbench.ui.window.context import Context

_LEADING = 140.0
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_CODE = QTextFormat.Property.BlockCodeLanguage
_WIDE, _HIGH = 1140, 720
_MARGIN = 32
#: The placeholder of a picture in document text.
_PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide: heading, its Markdown, and its file."""

    title: str
    text: str
    file: Path


def pages(folder: Path) -> list[Page]:
    """Load the pages in order. Raises `WorkbenchError` if missing or damaged."""
    with suppress(OSError, UnicodeDecodeError):
        texts = [(file.read_text("utf-8"), file) for file in sorted(folder.glob("*.md"))]
        if texts:
            return [Page(text.split("\n", 1)[0].lstrip("# "), text, file) for text, file in texts]
    raise WorkbenchError(
        tr("The guide that ships with the program is missing or damaged."),
        tr("Install the program again."),
    )


class GuidePage(QTextBrowser):
    """A page of the guide."""

    def __init__(self) -> None:
        super().__init__()
        self._page = Page("", "", Path())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always on: pictures fill the width, which must not shrink once they are loaded.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAcceptDrops(False)
        self.setAccessibleName(tr("Page of the guide"))
        theme.watch(self, self._rebuild)

    def show_page(self, page: Page) -> None:
        """Show a page from the start."""
        self._page = page
        self._rebuild()
        self.verticalScrollBar().setValue(0)

    def show_heading(self, slug: str) -> None:
        """Scroll to the heading of a slug: its words in lower case, joined by hyphens."""
        block = self.document().begin()
        while block.isValid():
            words = re.findall(r"\w+", block.text().lower())
            if block.blockFormat().headingLevel() and "-".join(words) == slug:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                return
            block = block.next()

    def _rebuild(self) -> None:
        place = self.verticalScrollBar().value()
        document = self.document()
        document.setDefaultFont(theme.font("reading"))
        document.setMarkdown(self._page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        document.setDocumentMargin(theme.px(_MARGIN))
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _rule_table(frame)
        block = document.begin()
        while block.isValid():
            _set_block(block)
            block = block.next()
        # The text cursor is at the end, and the view would follow it.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Load a picture, scaled to at most the page width."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        picture = QImage(str(self._page.file.parent / QUrl(name).path()))
        wide = min(round(picture.width() * theme.px(100) / 100), self._room())
        return picture.scaledToWidth(max(wide, 1), Qt.TransformationMode.SmoothTransformation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rescale the pictures."""
        super().resizeEvent(event)
        if "![" in self._page.text and event.size().width() != event.oldSize().width():
            self._rebuild()

    def _room(self) -> int:
        return self.viewport().width() - 2 * theme.px(_MARGIN)


def _set_block(block: QTextBlock) -> None:
    layout = block.blockFormat()
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    form, shape = QTextCharFormat(), QTextBlockFormat()
    level = layout.headingLevel()
    if layout.hasProperty(_CODE):
        visible = layout.property(_CODE) == "text"
        form.setFont(theme.fixed())
        form.setForeground(QColor(theme.colour("text2" if visible else "text")))
        shape.setBackground(QColor(theme.colour("canvas" if visible else "sunken")))
        # Margins around a code block, but not between its lines.
        shape.setTopMargin(theme.px(8) if not _is_code(block.previous()) else 0)
        shape.setBottomMargin(theme.px(12) if not _is_code(block.next()) else 0)
        # In a narrow window, or at 200 %, code wraps.
        shape.setNonBreakableLines(False)
    elif level:
        form.setFont(theme.font("page" if level == 1 else "section"))
        form.setForeground(QColor(theme.colour("text")))
        shape.setTopMargin(theme.px(4 if level == 1 else 24))
        shape.setBottomMargin(theme.px(8))
    else:
        _set_inline_code(block)
        if QTextCursor(block).currentTable() is None:
            # A line with a picture needs no extra leading.
            if _PICTURE not in block.text():
                shape.setLineHeight(_LEADING, _PROPORTIONAL)
            shape.setBottomMargin(theme.px(8))
    cursor.mergeCharFormat(form)
    # The height of an empty line follows the block's font.
    cursor.mergeBlockCharFormat(form)
    cursor.mergeBlockFormat(shape)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(_CODE)


def _set_inline_code(block: QTextBlock) -> None:
    spans = []
    part = block.begin()
    while not part.atEnd():
        fragment = part.fragment()
        if fragment.charFormat().fontFixedPitch():
            spans.append((fragment.position(), fragment.length()))
        part += 1
    for start, length in spans:
        cursor = QTextCursor(block.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setFont(theme.fixed())
        cursor.mergeCharFormat(form)


def _rule_table(table: QTextTable) -> None:
    form = table.format()
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QColor(theme.colour("line")))
    form.setBorderCollapse(True)
    form.setCellPadding(theme.px(6))
    form.setBottomMargin(theme.px(12))
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table.setFormat(form)


class Guide(Dialog):
    """The guide in a separate window."""

    def __init__(self, parent: QWidget, pages: list[Page]) -> None:
        super().__init__(parent, tr("Guide – Engram Workbench"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pages of the guide"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.addItems([page.title for page in pages])
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(4))
        self.page = GuidePage()
        self._files = [page.file.name for page in pages]
        self.page.anchorClicked.connect(self._follow)
        self.list.currentRowChanged.connect(lambda at: self.page.show_page(pages[at]))
        contents = holder(column(self.list, margins=(12, 20, 4, 12)), "canvas")
        parts = divided(contents, holder(column(self.page), "surface"), wide=1)
        close = button(tr("Close"), call=self.close)
        self.arrange(parts, None, close)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(_WIDE), room.width()), min(theme.px(_HIGH), room.height()))
        contents_width = min(theme.px(250), self.width() // 3)
        parts.setSizes([contents_width, self.width() - contents_width])
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _follow(self, link: QUrl) -> None:
        """Open the page and heading that a link refers to."""
        if link.path() in self._files:
            self.list.setCurrentRow(self._files.index(link.path()))
        self.page.show_heading(link.fragment())


_STATES = {
    State.WORKS: ("check", "confirmed", tr("Works"), "ok"),
    State.NEEDS_MODEL: ("info", "text3", tr("Needs a model"), "small"),
    State.NEEDS_SERVER: ("info", "text3", tr("Needs a server"), "small"),
    State.NOT_INSTALLED: ("alert", "emergent", tr("Not installed"), "small"),
}


def works(capabilities: Sequence[Capability]) -> QWidget:
    """A line per capability: icon, name, state, and how to add it."""
    lines = grid(12, 4, 1)
    at = 0
    for item in capabilities:
        glyph, role, word, style = _STATES[item.state]
        title = known(item.name)
        spoken = f"{title}: {word}. {pointed(item.how)}".strip()
        name, state = label(title, "strong", name=spoken), label(word, style)
        top = Qt.AlignmentFlag.AlignTop
        lines.addWidget(Sign(glyph, role, 16), at, 0, top)
        lines.addWidget(name, at, 1, top)
        lines.addWidget(state, at, 2, top | Qt.AlignmentFlag.AlignRight)
        at += 1
        if item.how:
            how = pointed(item.how)
            hint = paragraph(how, name=f"{title}: {how}", selectable=True)
            lines.addWidget(hint, at, 1, 1, 2)
            at += 1
        lines.setRowMinimumHeight(at, 10)
        at += 1
    return holder(lines)


def add_help(context: Context) -> None:
    """Connect the actions of the Help menu."""
    window, actions = context.window, context.actions
    actions.bind(
        shortcuts=lambda: Sheet(
            window, tr("Shortcuts"), sheets.shortcuts(keys.shortcuts(actions))
        ).show(),
        guide=lambda: _show_guide(context),
        works=lambda: _show_works(context),
        updates=lambda: _show_updates(context),
        about=lambda: Sheet(window, tr("Engram Workbench"), sheets.about_sheet()).show(),
    )


def _show_guide(context: Context) -> None:
    window = context.window.findChild(Guide)
    if isinstance(window, Guide):
        window.activateWindow()
        return
    context.jobs.run(
        pages,
        paths.resources() / "guide",
        done=lambda shown: Guide(context.window, shown).show(),
        failed=context.library.failed.emit,
    )


def _show_works(context: Context) -> None:
    def show(capabilities: list[Capability]) -> None:
        Sheet(context.window, tr("Features and setup"), works(capabilities)).show()

    context.jobs.run(_examined, context.library.path, done=show)


def _examined(library: Path | None) -> list[Capability]:
    # Deferred, to keep model libraries out of start-up.
    from workbench.doctor import examine

    return examine(library)


def _show_updates(context: Context) -> None:
    """Show the one request for the newest version, and send it if allowed."""
    # Deferred, to keep readers of files out of start-up.
    from workbench.intake.bibliography import newest_release

    def send() -> None:
        sheet.close()
        context.jobs.run(
            newest_release,
            True,
            done=lambda found: context.announce(known(found.details["sentence"])),
            failed=context.library.failed.emit,
        )

    try:
        address = newest_release(False, Cancel()).address
    except UsageError as error:
        context.library.failed.emit(error)
        return
    sheet = Sheet(
        context.window,
        tr("Check for updates"),
        request(address, button(tr("Send"), call=send)),
    )
    sheet.show()
