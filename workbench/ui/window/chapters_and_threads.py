"""The lists below the collections: chapters of the open source, or earlier threads."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from workbench.ui import theme
from workbench.ui.components import words
from workbench.ui.components.boxes import column, row, rule
from workbench.ui.components.controls import tool
from workbench.ui.components.words import Elided
from workbench.ui.language import tr
from workbench.ui.reader.opening import title
from workbench.ui.reader.tab import ReaderTab
from workbench.ui.window.tabs import ASK, ASSOCIATIONS, READER

if TYPE_CHECKING:
    from workbench.recall.answered.saved import Answered
    from workbench.ui.window.main import MainWindow

_QUESTIONS = "threads"
_MOST = 100
_ID = int(Qt.ItemDataRole.UserRole)


class ChaptersAndThreads(QWidget):
    """One list: under Read the chapters of the open source, under Ask the threads."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self._window = window
        self._shows: int | None = None
        self.title = Elided("", "head")
        self.all_button = tool("search", tr("All earlier questions"))
        self.all_button.clicked.connect(window.ask_tab.show_history)
        self.new_button = tool("add", tr("New thread"))
        self.new_button.clicked.connect(window.ask_tab.new_thread)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        head = row(self.title, self.all_button, self.new_button, margins=(16, 8, 8, 2))
        whole = column(rule(), head, row(self.list, margins=(8, 0, 8, 0)), gap=2)
        self.setLayout(whole)
        self.setProperty("paper", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        reader, ask = window.reader_tab, window.ask_tab
        reader.opened.connect(self.fill)
        reader.chapter_shown.connect(partial(self.mark, reader))
        ask.questions_changed.connect(self.fill)
        window.tabs.currentChanged.connect(self.fill)
        window.shelf.opened.connect(self.fill)
        window.shelf.switched.connect(self.fill)
        self.hide()

    def fill(self, *_told: object) -> None:
        """List what belongs to the page that is seen; hide where nothing does."""
        at, library = self._window.tabs.currentIndex(), self._window.shelf.library
        self._window.jobs.cancel(_QUESTIONS)
        self._window.associations_tab.names.setVisible(at == ASSOCIATIONS and library is not None)
        sections = self._window.reading.outline
        if at == READER and len(sections) > 1:
            self._show_outline()
        elif at == ASK and library is not None:
            self._window.jobs.run(
                library.answers.list, limit=_MOST, done=self._show_questions, key=_QUESTIONS
            )
        else:
            self.hide()

    def _show_outline(self) -> None:
        reader = self._window.reading
        sections = reader.outline
        least = min(each.level for each in sections)
        names = ["\u2003" * (each.level - least) + title(each) for each in sections]
        self._show(READER, reader.header.title.text(), tr("Chapters"), names, range(len(names)))
        self.mark(reader, reader.header.chapters.currentIndex())

    def _show_questions(self, found: "list[Answered]") -> None:
        if self._window.tabs.currentIndex() != ASK:
            return
        named: dict[str, str] = {}
        ids: dict[str, int] = {}
        for each in found:
            asked = " ".join(each.answer.question.split())
            thread = str(each.answer.scope.get("conversation") or f" {asked}")
            # A thread is called by its first question, and opened at its newest.
            named[thread] = words.short(asked, 200)
            ids.setdefault(thread, each.id)
        self._show(ASK, tr("Threads"), tr("Threads"), list(named.values()), list(ids.values()))
        thread = self._window.ask_tab.thread_name
        self.list.setCurrentRow(list(named).index(thread) if thread in named else -1)

    def _show(
        self, shows: int, head: str, spoken: str, names: list[str], ids: "range | list[int]"
    ) -> None:
        self._shows = shows
        self.title.setText(head)
        self.list.setAccessibleName(spoken)
        self.all_button.setVisible(shows == ASK)
        self.new_button.setVisible(shows == ASK)
        # Chapters often begin alike ("The Adventure of the …"), questions seldom.
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
        """Show which chapter is in view where one reads."""
        here = self._shows == READER and reader is self._window.reading
        if not here or not 0 <= chapter < self.list.count():
            return
        for at in range(self.list.count()):
            font = self.list.item(at).font()
            weight = QFont.Weight.DemiBold if at == chapter else QFont.Weight.Normal
            if font.weight() != weight:
                font.setWeight(weight)
                self.list.item(at).setFont(font)
        self.list.setCurrentRow(chapter)
        # Not before a list that was hidden until now has its place.
        QTimer.singleShot(0, self.list, lambda: self.list.scrollTo(self.list.currentIndex()))

    def _go(self, item: QListWidgetItem) -> None:
        id = int(item.data(_ID))
        if self._shows == READER:
            self._window.reading.go_to_section(id)
        else:
            self._window.ask_tab.reopen(id)
