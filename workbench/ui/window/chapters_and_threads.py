"""The list below the collections: chapters of the open source, or earlier threads."""

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.ui import theme
from workbench.ui.components import Elided, column, fill, row, rule, tool, words
from workbench.ui.language import known, tr
from workbench.ui.reader.opening import title
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.context import Context
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, READER

if TYPE_CHECKING:
    from workbench.recall.answered.saved import Answered

_QUESTIONS = "threads"
_MAX_THREADS = 100
_ID = int(Qt.ItemDataRole.UserRole)
#: Item role of the highlight colours in a chapter.
_PENS = _ID + 1
_DOT, _STEP = 6, 9


class _Chapter(QStyledItemDelegate):
    """A row that ends with a dot per highlight colour in its chapter."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        visible: Any = option  # the stubs lack its fields
        if pens := index.data(_PENS):
            visible.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            visible.icon = theme.drawn(partial(_draw_dots, pens))
            visible.decorationPosition = QStyleOptionViewItem.Position.Right
            visible.decorationSize = QSize(len(pens) * theme.px(_STEP), theme.px(_DOT))


def _draw_dots(pens: list[str], painter: QPainter, box: QRectF, *_state: object) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    dot = QRectF(box.topLeft(), QSizeF(box.height(), box.height()))
    for pen in pens:
        painter.setBrush(theme.colour(f"{pen}_edge"))
        painter.drawEllipse(dot)
        dot.translate(box.width() / len(pens), 0)


class ChaptersAndThreads(QWidget):
    """Lists chapters of the open source in Read, and threads in Ask."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shows: int | None = None
        self.title = Elided("", "head")
        self.all_button = tool(
            "search", tr("All earlier questions"), call=context.views.ask.show_history
        )
        self.new_button = tool("add", tr("New thread"), call=context.views.ask.new_thread)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Chapter(self.list))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        head = row(self.title, self.all_button, self.new_button, margins=(16, 8, 8, 2))
        entire = column(rule(), head, row(self.list, margins=(8, 0, 8, 0)), gap=2)
        fill(self, entire, "canvas")
        context.views.ask.talk.stored.connect(self.fill)
        context.views.tabs.currentChanged.connect(self.fill)
        context.library.opened.connect(self.fill)
        context.library.switched.connect(self.fill)
        self.hide()

    def follow(self, reader: ReaderTab) -> None:
        """List the chapters of another Reader."""
        reader.opened.connect(self.fill)
        reader.chapter_shown.connect(partial(self.mark, reader))
        reader.annotating.shown.connect(partial(self._dot, reader))

    def fill(self, *_told: object) -> None:
        """Fill the list for the current page, or hide it."""
        at, library = self._context.navigate.tab, self._context.library.library
        self._context.jobs.cancel(_QUESTIONS)
        self._context.views.explore.names.setVisible(at == ASSOCIATIONS and library is not None)
        sections = self._context.navigate.reading.outline
        if at == READER and len(sections) > 1:
            self._show_outline()
        elif at == ASK and library is not None:
            self._context.jobs.run(
                library.answers.list, limit=_MAX_THREADS, done=self._show_questions, key=_QUESTIONS
            )
        else:
            self.hide()

    def _show_outline(self) -> None:
        reader = self._context.navigate.reading
        sections = reader.outline
        minimum = min(section.level for section in sections)
        names = ["\u2003" * (section.level - minimum) + title(section) for section in sections]
        self._show(READER, reader.header.title.text(), tr("Chapters"), names, range(len(names)))
        self.mark(reader, reader.header.chapters.currentIndex())
        self._dot(reader)

    def _dot(self, reader: ReaderTab) -> None:
        """Show the highlight colours of each chapter."""
        if self._shows != READER or reader is not self._context.navigate.reading:
            return
        starts = [entry.start for entry in reader.outline]
        marked: list[set[str]] = [set() for _ in starts]
        for entry in reader.annotating.marked.highlights:
            if marked and not entry.lost:
                marked[max(0, bisect_right(starts, entry.start) - 1)].add(entry.colour)
        for at, colours in enumerate(marked[: self.list.count()]):
            pens = [pen for pen in theme.PENS if pen in colours]
            item = self.list.item(at)
            if pens != (item.data(_PENS) or []):
                item.setData(_PENS, pens)
                name, colours_text = item.toolTip(), ", ".join(map(known, pens))
                speech = tr("{name}, highlights: {colours}", name=name, colours=colours_text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, speech if pens else name)

    def _show_questions(self, questions: "list[Answered]") -> None:
        if self._context.navigate.tab != ASK:
            return
        titles: dict[str, str] = {}
        ids: dict[str, int] = {}
        for item in questions:
            question = " ".join(item.answer.question.split())
            thread = str(item.answer.scope.get("conversation") or f" {question}")
            # A thread is named by its first question, and opened at its latest.
            titles[thread] = words.short(question, 200)
            ids.setdefault(thread, item.id)
        self._show(ASK, tr("Threads"), tr("Threads"), list(titles.values()), list(ids.values()))
        thread = self._context.views.ask.talk.name
        self.list.setCurrentRow(list(titles).index(thread) if thread in titles else -1)

    def _show(
        self,
        shows: int,
        head: str,
        accessible_name: str,
        names: list[str],
        ids: "range | list[int]",
    ) -> None:
        self._shows = shows
        self.title.setText(head)
        self.list.setAccessibleName(accessible_name)
        self.all_button.setVisible(shows == ASK)
        self.new_button.setVisible(shows == ASK)
        # Chapters often share a beginning ("The Adventure of the …"), questions rarely.
        elide = Qt.TextElideMode.ElideMiddle if shows == READER else Qt.TextElideMode.ElideRight
        self.list.setTextElideMode(elide)
        self.list.clear()
        high = QSize(0, theme.px(28))
        for name, id in zip(names, ids, strict=True):
            item = QListWidgetItem(name)
            item.setData(_ID, id)
            item.setToolTip(name.strip())
            item.setSizeHint(high)
            self.list.addItem(item)
        self.setVisible(bool(names))

    def mark(self, reader: ReaderTab, chapter: int) -> None:
        """Mark the current chapter of a Reader."""
        is_current = self._shows == READER and reader is self._context.navigate.reading
        if not is_current or not 0 <= chapter < self.list.count():
            return
        for at in range(self.list.count()):
            font = self.list.item(at).font()
            weight = QFont.Weight.DemiBold if at == chapter else QFont.Weight.Normal
            if font.weight() != weight:
                font.setWeight(weight)
                self.list.item(at).setFont(font)
        self.list.setCurrentRow(chapter)
        # After layout, as the list may have been hidden.
        QTimer.singleShot(0, self.list, lambda: self.list.scrollTo(self.list.currentIndex()))

    def _go(self, item: QListWidgetItem) -> None:
        id = int(item.data(_ID))
        if self._shows == READER:
            self._context.navigate.reading.go_to_section(id)
        else:
            self._context.navigate.show_tab(ASK)
            self._context.views.ask.reopen(id)
