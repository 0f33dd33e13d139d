"""The page beside an answer: it shows what is cited there, and goes when nothing is."""

from typing import TYPE_CHECKING

from workbench.recall.records import Answer, Evidence
from workbench.ui import theme
from workbench.ui.window.tabs import ASK, READER

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

#: How wide the page is at first, and in a narrow window.
_WIDE, _NARROW = 494, 360


class PageBeside:
    """Opens citations next to their answer, or alone where there is no room for two."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self._ask, self._reader = window, window.ask_tab, window.reader_tab
        #: The page of a citation stands beside the answer on show.
        self._cited = self._split = False
        #: Whether an answer brings its page along: until the reader closes one, and again after a
        #: citation was opened.
        self._brings = True
        #: The evidence of the answer that the page beside it went to last.
        self._followed: Evidence | None = None
        self._ask.open_evidence.connect(self.open_evidence)
        self._ask.inspect.connect(lambda _evidence: self.follow())
        self._ask.answered.connect(self._bring)
        window.shelf.wanted.sentence.connect(self.read_at)
        window.inspector.evidence_requested.connect(self._open_inspected)
        self._reader.header.close_button.clicked.connect(self.leave)

    def arrange(self) -> None:
        """Show what is read in the place of the pages, beside the answer, or not at all."""
        window = self._window
        docks, spread = window.docks, window.spread
        alone = window.at == READER
        # Where there is no room for two, the page goes alone.
        beside = window.at == ASK and self._cited and not docks.crowded
        window.pages.setVisible(not alone)
        self._reader.setVisible(alone or beside)
        self._reader.header.set_beside(beside)
        window.second_source.arrange(alone=alone)
        if beside and not self._split:
            wide = spread.width()
            page = min(theme.px(_NARROW if docks.narrow else _WIDE), wide // 2)
            spread.setSizes([wide - page, page, 0][: spread.count()])
        self._split = docks.beside = beside

    def follow(self) -> None:
        """Have the page beside the answer show what is selected there; beside nothing, none."""
        evidence, answer = self._ask.selected, self._ask.answer
        if evidence is None and self._cited:
            self._cited = False
            self._window.settle()
        away = self._window.at != ASK or self._window.docks.crowded
        if away or evidence == self._followed:
            return
        self._followed = evidence
        if self._cited and evidence is not None and answer is not None:
            self._reader.open_evidence(answer, evidence.n, focus=False)

    def read_elsewhere(self) -> None:
        """Something else is read by now: what is selected then is opened anew."""
        self._followed = None

    def leave(self) -> None:
        """Close the page beside the answer."""
        self._cited = self._brings = False
        self._window.settle()
        self._ask.focus_question()

    def open_evidence(self, answer: Answer, n: int) -> None:
        """Open a citation at its quoted words."""
        self._reader.open_evidence(answer, n)
        self._show()

    def read_at(self, source: int, start: int, end: int) -> None:
        """Open a sentence of a source in its place."""
        self._reader.open_source(source, start, end)
        self._show()

    def _show(self) -> None:
        """Show the page that was opened: beside the answer, where one comes from an answer."""
        self._brings = True
        if self._window.at == ASK and not self._window.docks.crowded:
            self._cited = True
            self._window.settle()
        else:
            self._window.show_tab(READER)

    def _bring(self, _answer: Answer) -> None:
        """Show the passage that is selected below an answer beside it, as soon as it has come."""
        if self._brings and self._ask.selected is not None and not self._window.docks.crowded:
            self._cited, self._followed = True, None
            self.follow()
            self._window.settle()

    def _open_inspected(self, evidence: Evidence) -> None:
        answer = self._ask.answer
        if answer is not None and evidence in answer.evidence:
            self.open_evidence(answer, evidence.n)
        else:
            place = evidence.locator
            self.read_at(evidence.source.id, place.start, place.end)
