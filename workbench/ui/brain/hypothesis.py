"""A link that nobody wrote, said as what it is: its path, its odds, and a yes or a no to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components import Flow, button, column, label, pointed, short
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.brain.records import Lit

_JOB = "brain:verdict"
_WORDS = {
    "emergent": tr("No statement says this."),
    "predicted": tr("Often follows in the text; no statement connects the two."),
}


class Hypothesis(QWidget):
    """Hidden until a concept is chosen whose link to the cue nobody wrote, or that was judged."""

    #: Something was said of a link: what lights up has to be seen anew.
    judged = Signal()

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._lit: Lit | None = None
        self._undone = ""
        self.title = label("", "strong", wrap=True)
        self.path = label("", "small", wrap=True)
        self.odds = label("", "small", wrap=True)
        self.said = label("", "caption", wrap=True)
        self.yes = button(tr("That's right"), "check", call=lambda: self._judge("confirm"))
        self.no = button(tr("Reject"), "close", kind="quiet", call=lambda: self._judge("reject"))
        self.undo = button(tr("Undo"), kind="quiet", call=lambda: self._judge("undo"))
        actions = QWidget()
        actions.setLayout(Flow([self.yes, self.no, self.undo], gap=6))
        policy = actions.sizePolicy()
        policy.setHeightForWidth(True)
        actions.setSizePolicy(policy)
        self.setLayout(column(self.title, self.path, self.odds, self.said, actions, gap=6))
        self.show_concept(None)

    def show_concept(self, concept: "Lit | None") -> None:
        """Show what is behind a concept that lit up, where somebody has to judge it."""
        self._lit = concept if concept is not None and concept.edge else None
        visible = self._lit
        self.setVisible(visible is not None or bool(self._undone))
        open_ = visible is not None and visible.tag in _WORDS
        for press in (self.yes, self.no):
            press.setVisible(open_)
        self.undo.setVisible(bool(self._undone) or (visible is not None and not open_))
        if visible is None:
            return
        ends = " – ".join(short(item, 40) for item in (visible.trail[0], visible.name) if item)
        self.title.setText(f"{ends}?" if open_ else ends)
        self.path.setText(f"{visible.path}." if visible.path else "")
        self.path.setVisible(bool(visible.path))
        self.odds.setText(
            tr("A hypothesis: {odds} such links was later found in the text.",
               odds=visible.odds_words) if visible.odds_words else ""
        )  # fmt: skip
        self.odds.setVisible(bool(visible.odds_words))
        self.said.setText(_WORDS.get(visible.tag, tr("You accepted this link.")))

    def forget(self) -> None:
        """Nothing is chosen, and nothing was judged."""
        self._undone = ""
        self.show_concept(None)

    def _judge(self, verdict: str) -> None:
        library = self._shelf.library
        edge = self._undone or (self._lit.edge if self._lit is not None else "")
        if library is None or not edge:
            return
        verdicts = {"confirm": True, "reject": False, "undo": None}
        self._jobs.run(
            library.graph.judge, edge, verdicts[verdict],
            done=lambda _edge: self._judged(verdict, edge), failed=self._failed,
            key=_JOB,
        )  # fmt: skip

    def _judged(self, verdict: str, edge: str) -> None:
        self._undone = edge if verdict == "reject" else ""
        self._lit = None
        self.show_concept(None)
        if verdict == "reject":
            self.path.setVisible(False)
            self.odds.setVisible(False)
            self.said.setText(tr("Rejected. It won't be suggested again."))
        self.judged.emit()

    def _failed(self, error: WorkbenchError) -> None:
        self.said.setText(f"{error.message} {pointed(error.hint)}".strip())
