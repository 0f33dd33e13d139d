"""Writes studies of the chosen sources in the background, and shows them like an answer."""

from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.language import tr, tr_n
from workbench.ui.window.context import Context, Part
from workbench.ui.window.tabs import ASK

if TYPE_CHECKING:
    from workbench.recall.answered.saved import Answered

_TITLES = {
    "briefing": tr("Writing a briefing"),
    "questions": tr("Writing questions with answers"),
    "timeline": tr("Writing a timeline"),
    "glossary": tr("Writing a glossary"),
}


class StudyActions(Part):
    """The entries of Ask ▸ Write; Activity shows how far one is, and cancels it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        #: The number of the saved study that was written last.
        self.last: int | None = None
        writing = {f"study_{kind}": partial(self.write, kind) for kind in _TITLES}
        context.actions.bind(**writing, study_cards=self.make_cards)
        context.actions.rules["questions"] = lambda: self.last is not None
        context.library.switched.connect(self._forget)

    def write(self, kind: str) -> None:
        """Write a study of the chosen sources; one that was stopped goes on."""
        library, rows = self._shelf.library, self._navigate.chosen
        if library is not None and rows:
            study = partial(library.answers.study, kind, sources=[row.id for row in rows])
            self._tasks.run(f"study {kind}", _TITLES[kind], study, partial(self._show, kind))

    def _show(self, kind: str, saved: "Answered") -> None:
        self.last = saved.id if kind == "questions" else None
        self._navigate.show_tab(ASK)
        self._views.ask.reopen(saved.id)
        self._actions.refresh()

    def make_cards(self) -> None:
        """Make a card of each question of the study that was written last."""
        if self._shelf.library is not None and self.last is not None:
            self._jobs.run(self._shelf.library.answers.make_cards, self.last, done=self._made)

    def _made(self, count: int) -> None:
        self._announce(tr_n(count, "{count} card made", "{count} cards made", count=count))

    def _forget(self) -> None:
        self.last = None
