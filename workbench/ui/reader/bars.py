"""The bars above the text: position, evidence, and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QSizePolicy,
    QSpacerItem,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from ingest.media.remarks import is_locked, lacks_model
from workbench.errors import WorkbenchError
from workbench.recall.wording import chapter_parts
from workbench.store.records import PageRow
from workbench.ui import theme
from workbench.ui.ask.wording import kind_icon, kind_word
from workbench.ui.components import (
    Elided,
    PasswordField,
    Sign,
    as_bar,
    card,
    column,
    count,
    date,
    drop_menu,
    field,
    holder,
    label,
    message,
    number,
    on_key,
    quiet_button,
    row,
    segment,
    short,
    tool,
)
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.reader.finding import MAX_HITS, Span
from workbench.ui.reader.opening import Opening, Shelf, search, title
from workbench.ui.reader.typesetting import TypeMenu

if TYPE_CHECKING:
    from workbench.library import Library


def notice_of(opened: Opening) -> list[QWidget]:
    """Notices about an opened source."""
    text: list[QWidget] = []
    if opened.shelf.source.trashed is not None:
        text.append(trashed())
    text += [
        message("info", tr("There is no transcript yet"), notice)
        for notice in opened.shelf.source.notices
        if lacks_model(notice)
    ]
    if opened.lost:
        text.append(
            message(
                "warn",
                tr("The quoted words are no longer on this page"),
                tr("The text here has changed since it was quoted. Ask again to find it."),
            )
        )
    return text


def trashed() -> QWidget:
    """The notice for a source in the Trash."""
    return message(
        "warn",
        tr("This source is in the Trash"),
        tr("It is not searched. To bring it back, open the Trash and restore it."),
    )


def deleted_message() -> QWidget:
    """The notice for a source that was deleted permanently while open."""
    return message(
        "warn",
        tr("This source was deleted"),
        tr("This view will close when you leave it."),
    )


def no_pages(
    error: WorkbenchError, unlock: Callable[..., object], unlocked: Callable[[Any], object]
) -> QWidget:
    """The notice for pages that cannot be rendered, with a password field for a locked file."""
    if is_locked(error.message):
        locked = PasswordField(unlock, unlocked)
        locked.say(tr("The pages of this PDF are locked; this is its text"))
        return card(column(locked, margins=(14, 10, 12, 10)), name=locked.title.text())
    return message("info", tr("The original can't be shown; this is its text"), str(error))


_NAME = Qt.ItemDataRole.UserRole
_TRIES = 3
_AUTHOR = 40  # characters of the author beside the title
_TITLE = 110  # least width of the title beside an answer


class ChapterBox(QComboBox):
    """The list of chapters, indented by level; shows the current one with its number.

    The name is elided only if space is short.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Chapter"))
        self.setToolTip(tr("Chapters"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(9)
        self.setMaxVisibleItems(18)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chapters(self, shelf: Shelf) -> None:
        """List the chapters of a source."""
        self.clear()
        minimum = min((section.level for section in shelf.sections), default=1)
        for at, index in enumerate(shelf.outline):
            section, path = shelf.sections[index], shelf.paths[index]
            self.addItem("\u2003" * (section.level - minimum) + title(section))
            self.setItemData(at, path or title(section), Qt.ItemDataRole.ToolTipRole)
            inner = chapter_parts(path)
            name = " · ".join(inner) if len(inner) > 1 else title(section)
            self.setItemData(at, name, _NAME)

    @property
    def name(self) -> str:
        """The current chapter with its number: "8 · The Price of Waking"."""
        return str(self.currentData(_NAME) or "")

    def show_chapter(self, index: int) -> None:
        """Select the current chapter without emitting a signal."""
        if index != self.currentIndex():
            with QSignalBlocker(self):
                self.setCurrentIndex(index)
        self.setToolTip(str(self.itemData(index, Qt.ItemDataRole.ToolTipRole) or ""))

    def sizeHint(self) -> QSize:
        # Room for the name, the arrow and the frame.
        wide = self.fontMetrics().horizontalAdvance(self.name) + theme.px(44)
        minimum = self.minimumSizeHint()
        return QSize(max(minimum.width(), min(wide, theme.px(460))), minimum.height())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        kind = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(kind, option, part, self).width() - 4
        visible: Any = option  # the stubs lack its fields
        visible.currentText = self.fontMetrics().elidedText(
            self.name, Qt.TextElideMode.ElideRight, room
        )


class Header(QWidget):
    """The header: source, chapter, page as printed label and number in the file, and buttons."""

    #: The text entered as page: a printed label or a number.
    page_typed = Signal(str)
    #: True for the page view, False for text.
    pages_chosen = Signal(bool)
    #: Zoom in (1), out (-1), or toggle between fitting width and height (0).
    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.alone_button = tool("reader", tr("Open in Read (Ctrl+1)"))
        self.close_button = tool("close", tr("Close this page"))
        self.back_button = tool("left", tr("Back (Alt+Left)"))
        self.forward_button = tool("right", tr("Forward (Alt+Right)"))
        self.forward_button.hide()
        self.sign = Sign("book")
        self.title = Elided("", "strong")
        self.title.setMinimumWidth(60)
        #: Author and date of a source without chapters, such as a mail.
        self.by = label("", "caption")
        self.chapters = ChapterBox()
        self.page = field("", tr("Page: printed number, or number in the file"))
        self.page.setProperty("kind", "page")
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setToolTip(tr("Go to a page: type its printed number, or its number in the file"))
        self.page.returnPressed.connect(lambda: self.page_typed.emit(self.page.text()))
        self.index = label("", "caption")
        self.read = label("", "caption")
        self.typesetting = tool("letters", tr("Text size, width and face"))
        self.type_menu = TypeMenu(self.typesetting)
        drop_menu(self.typesetting, self.type_menu)
        self.smaller = tool("smaller", tr("Zoom out (Ctrl+-)"))
        self.larger = tool("larger", tr("Zoom in (Ctrl++)"))
        self.fitting = tool("fit", tr("Fit the width (Ctrl+0) or the page (Ctrl+9)"))
        for press, steps in ((self.smaller, -1), (self.larger, 1), (self.fitting, 0)):
            press.clicked.connect(partial(self.zoomed.emit, steps))
        zooming = row(self.smaller, self.larger, self.fitting, gap=2)
        self.zooming = holder(zooming, name=tr("Zoom"))
        self.finder = tool("search", tr("Find in this source (Ctrl+F)"))
        self.copier = tool("quote", tr("Copy with citation"))
        self.beside_button = tool("beside", tr("Open beside"))
        self.beside_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.as_text = segment(tr("Text"))
        self.as_pages = segment(tr("Pages"))
        self._views = QButtonGroup(self)
        for index, button_ in enumerate((self.as_text, self.as_pages)):
            self._views.addButton(button_, index)
        self._views.idClicked.connect(lambda index: self.pages_chosen.emit(index == 1))
        switch = row(self.as_text, self.as_pages, margins=(2, 2, 2, 2), gap=2)
        self.view_switch = holder(switch, "sunken", tr("View"))
        # Widgets to hide when space is short, in this order, and whether each is wanted at all.
        self._wanted: dict[QWidget, bool] = {
            self.read: False,
            self.by: False,
            self.chapters: False,
            self.sign: True,
            self.zooming: False,
            self.title: True,
            self.index: False,
            self.view_switch: False,
            self.typesetting: True,
            self.copier: True,
        }
        self._line = row(
            self.back_button,
            self.forward_button,
            self.sign,
            self.title,
            self.by,
            self.chapters,
            self.page,
            self.index,
            self.read,
            self.view_switch,
            self.zooming,
            self.typesetting,
            self.finder,
            self.copier,
            self.beside_button,
            self.alone_button,
            self.close_button,
            margins=(10, 6, 12, 6),
            gap=6,
        )
        self._leads_back = self._beside = self._jumped = self._second = False
        self._waits = False
        self._rest = QSpacerItem(0, 0)
        self._line.addItem(self._rest)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, super().minimumSizeHint().height())

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Postpone the layout until several changes are made."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
            self._fit()

    def show_source(self, shelf: Shelf, pages: bool) -> None:
        """Show title and chapters of a source; `pages` is whether it has a page view."""
        source = shelf.source
        self.sign.show_sign(kind_icon(source.kind), "text2")
        self.sign.setToolTip(kind_word(source.kind))
        self.title.setText(source.title)
        if source.author:
            self.title.setToolTip(f"{source.title}\n{source.author}")
        with QSignalBlocker(self.chapters):
            self.chapters.show_chapters(shelf)
        self._wanted[self.chapters] = len(shelf.outline) > 1
        text = [short(source.author, _AUTHOR), date(source.date)]
        self.by.setText(" · ".join(filter(None, text)))
        self._wanted[self.by] = bool(self.by.text()) and not self._wanted[self.chapters]
        self._wanted[self.view_switch] = pages
        self._fit()

    def show_chapter(self, index: int) -> None:
        """Show the current chapter."""
        self.chapters.show_chapter(index)
        self._fit()

    def show_page(self, page: PageRow | None, of: int, *, is_pdf: bool) -> None:
        """Show the current page: "141", "PDF 153 of 212"."""
        self.page.setVisible(page is not None)
        self._wanted[self.index] = page is not None
        if page is None:
            self._fit()
            return
        if not self.page.hasFocus():
            self.page.setText(page.label)
        letters = max(3, len(page.label)) + 1
        wide = self.page.fontMetrics().horizontalAdvance("0") * letters + theme.px(18)
        self.page.setFixedWidth(wide)
        # Show the number once if it equals the printed label.
        if page.label == str(page.number):
            self.index.setText(tr("of {of}", of=number(of)))
        else:
            place = {"number": number(page.number), "of": number(of)}
            text = tr("PDF {number} of {of}", **place)
            self.index.setText(text if is_pdf else tr("page {number} of {of}", **place))
        self.page.setAccessibleDescription(self.index.text())
        self._fit()

    def show_read(self, share: float | None) -> None:
        """Show the share that has been read; None hides it."""
        self._wanted[self.read] = share is not None
        if share is not None:
            self.read.setText(tr("{value} % read", value=round(100 * share)))
        self._fit()

    def show_view(self, *, pages: bool) -> None:
        """Show which of the two views is active."""
        self.type_menu.be_for(pages=pages)
        tip = tr("Colours of the pages") if pages else tr("Text size, width and face")
        self.typesetting.setToolTip(tip)
        self.typesetting.setAccessibleName(tip)
        (self.as_pages if pages else self.as_text).setChecked(True)
        self._wanted[self.zooming] = pages
        self._fit()

    def show_way_back(self, on: bool) -> None:
        """Set whether the source was opened at a span, from a place to go back to."""
        self._leads_back = on
        self._arrange()

    def show_ways(self, back: bool, after: bool) -> None:
        """Set whether the history has earlier and later positions in this source."""
        self._jumped = back
        self.forward_button.setVisible(after)
        self._arrange()

    def set_beside(self, adjacent: bool) -> None:
        """Set whether the page is beside an answer, where it can be closed or opened in Read."""
        # Called on every change of position, while the layout takes milliseconds.
        if adjacent != self._beside:
            self._beside = adjacent
            self._arrange()

    def _arrange(self) -> None:
        adjacent = self._beside
        self.back_button.setVisible(self._jumped or (self._leads_back and not adjacent))
        self.alone_button.setVisible(adjacent and not self._second)
        self.close_button.setVisible(adjacent)
        self.beside_button.setVisible(not adjacent)
        self._fit()

    def be_second(self) -> None:
        """Make this the header of the second source, which can be closed."""
        self._second = True
        self.set_beside(True)

    def _fit(self) -> None:
        """Hide widgets until the rest fits.

        This may resize the header itself. It is repeated here at most `_TRIES` times, and
        re-entrant calls return at once, since two sizes could alternate endlessly.
        """
        if self._waits:
            return
        self._waits = True
        for _ in range(_TRIES):
            width = self.width()
            self._leave_out()
            if self.width() == width:
                break
        self._waits = False

    def _leave_out(self) -> None:
        """Hide optional widgets one by one until the rest fits."""
        for part, requested in self._wanted.items():
            part.setVisible(requested)
        # Beside an answer one sees from the title which of its sources this is.
        for part in sorted(self._wanted, key=lambda part: self._beside and part is self.title):
            if self._needed() <= self.width():
                break
            part.hide()
        # The chapter gets spare width before the title, which the answer shows as well.
        minimum = self.chapters.minimumSizeHint().width()
        spare = max(0, self.width() - self._needed() - theme.px(60))
        self.chapters.setFixedWidth(min(self.chapters.sizeHint().width(), minimum + spare))
        # Stretch at the end while title and chapters are hidden, so that the rest stays left.
        slack = self.title.isHidden() and self.chapters.isHidden()
        policy = QSizePolicy.Policy
        self._rest.changeSize(0, 0, policy.Expanding if slack else policy.Fixed, policy.Fixed)
        self._line.invalidate()

    @property
    def _least_title(self) -> int:
        return theme.px(_TITLE) if self._beside else 60

    def _needed(self) -> int:
        minimum = {
            self.chapters: self.chapters.minimumSizeHint().width(),
            self.title: self._least_title,
        }
        widths = []
        for index in range(self._line.count()):
            item = self._line.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None and not widget.isHidden():
                hint = max(widget.sizeHint().width(), widget.minimumWidth())
                wide = min(hint, widget.maximumWidth())
                widths.append(minimum.get(widget, wide))
        margins = self._line.contentsMargins()
        return sum(widths) + 6 * len(widths) + margins.left() + margins.right()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Banner(QWidget):
    """Shows the current evidence and its question, with buttons for previous and next."""

    #: Go to the next (1) or previous (-1) evidence.
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._words = Elided("", "small")
        self._words.setMinimumWidth(80)
        self.previous = quiet_button(
            tr("Previous"),
            tip=tr("Previous evidence"),
            name=tr("Previous evidence"),
            call=lambda: self.stepped.emit(-1),
        )
        self.next = quiet_button(
            tr("Next"),
            tip=tr("Next evidence"),
            name=tr("Next evidence"),
            call=lambda: self.stepped.emit(1),
        )
        line = row(
            Sign("quote", "accent", 16),
            self._words,
            self.previous,
            self.next,
            margins=(16, 4, 12, 4),
            gap=12,
        )
        as_bar(self, line)

    def show_evidence(self, at: int, of: int, question: str) -> None:
        """Show evidence number `at` (from 1) of `of` for `question`."""
        # Isolated, so that the quotation marks around an Arabic question stay in place.
        self._words.setText(
            tr(
                "Evidence {at} of {of} for “\u2068{question}\u2069”",
                at=at,
                of=of,
                question=question,
            )
        )
        self.setAccessibleName(self._words.text())
        self.previous.setEnabled(at > 1)
        self.next.setEnabled(at < of)

    @property
    def words(self) -> str:
        """The text of the banner."""
        return self._words.text()


class FindBar(QWidget):
    """The find bar: Enter goes to the next match, Shift+Enter to the previous."""

    stepped = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = field(tr("Find in this source"), tr("Find in this source"), "search")
        self.field.setMaximumWidth(theme.px(320))
        self.field.returnPressed.connect(partial(self.stepped.emit, 1))
        for keys in ("Shift+Return", "Shift+Enter"):
            on_key(self.field, keys, partial(self.stepped.emit, -1))
        on_key(self.field, Qt.Key.Key_Escape, self.closed)
        self.found = label("", "small")
        self.previous = tool(
            "up", tr("Previous place (Shift+Enter)"), call=lambda: self.stepped.emit(-1)
        )
        self.next = tool("down", tr("Next place (Enter)"), call=lambda: self.stepped.emit(1))
        shut = tool("close", tr("Close find (Esc)"), call=self.closed)
        line = row(
            self.field,
            self.previous,
            self.next,
            self.found,
            None,
            shut,
            margins=(16, 4, 12, 4),
            gap=6,
        )
        self.field.setMinimumWidth(theme.px(200))
        as_bar(self, line)

    def show_hits(self, at: int | None, of: int) -> None:
        """Show "3 of 12 places", or that there are none; `at` counts from 0."""
        if not self.field.text().strip():
            self.found.setText("")
        elif not of:
            self.found.setText(tr("Not in this source"))
        else:
            total = tr("first {of}", of=number(of)) if of >= MAX_HITS else number(of)
            self.found.setText(
                tr("{at} of {total}", at=number((at or 0) + 1), total=total)
                if at is not None
                else total
            )
            self.found.setToolTip(count(of, "place"))
        for hit in (self.previous, self.next):
            hit.setEnabled(of > 0)


class Finder(QObject):
    """A search in the open source: all matches and the current one."""

    #: The matches or the current one changed.
    changed = Signal()
    #: The find bar was closed.
    closed = Signal()
    #: The `WorkbenchError` of a failed search.
    failed = Signal(object)

    def __init__(self, jobs: Jobs, position: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._here = jobs, position
        self._key = f"reader.find.{id(self)}"
        self._library: Library | None = None
        self._shelf: Shelf | None = None
        self.hits: list[Span] = []
        self._at: int | None = None
        #: Start of the search; typing on continues here, not at the last match.
        self._from = 0
        self.bar = FindBar()
        self.bar.hide()
        self.bar.field.textChanged.connect(self._search)
        self.bar.stepped.connect(self.step)
        self.bar.closed.connect(self.close)

    @property
    def current(self) -> Span | None:
        """The current match."""
        return self.hits[self._at] if self._at is not None else None

    def open(self, library: Library, shelf: Shelf) -> None:
        """Open the bar for a source, with the previous search text selected."""
        self._library, self._shelf = library, shelf
        self._from = self._here()
        self.bar.show()
        self.bar.field.setFocus()
        self.bar.field.selectAll()
        self._search(self.bar.field.text())

    def close(self) -> None:
        """Close the bar and clear the matches."""
        self._jobs.cancel(self._key)
        self._library = self._shelf = None
        was_open = self.bar.isVisible()
        self.bar.hide()
        self.hits, self._at = [], None
        self.changed.emit()
        if was_open:
            self.closed.emit()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) match, wrapping around."""
        if self._at is not None:
            self._at = (self._at + by) % len(self.hits)
            self._from = self.hits[self._at][0]
            self._show_count()

    def _search(self, words: str) -> None:
        if self._library is None or self._shelf is None:
            return
        if not words.strip():
            self._jobs.cancel(self._key)
            self._loaded([])
            return
        self._jobs.run(
            search,
            self._library,
            self._shelf,
            words,
            self._from,
            done=self._loaded,
            failed=lambda error: self.failed.emit(error),
            key=self._key,
        )

    def _loaded(self, hits: list[Span]) -> None:
        self.hits = hits
        after = (i for i, hit in enumerate(hits) if hit[0] >= self._from)
        self._at = next(after, 0) if hits else None
        self._show_count()

    def _show_count(self) -> None:
        self.bar.show_hits(self._at, len(self.hits))
        self.changed.emit()
