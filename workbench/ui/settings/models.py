"""The page Models: each kind of model in one row, how it stands, and a trial of it.

What there is to choose of a kind (folders, downloads, a server) stands on a page of its own, one
step behind its row.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton

from workbench.capability import State
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.components import words
from workbench.ui.components.boxes import card
from workbench.ui.components.notices import error_message
from workbench.ui.components.words import label
from workbench.ui.jobs import Jobs
from workbench.ui.language import known, tr
from workbench.ui.settings.models_page import ModelsPage, press
from workbench.ui.settings.page import Line, Page, Title, lines
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.model_kinds import KindTrial, ModelKind

_LOOKING, _TRYING = "settings:kinds", "settings:try a kind"
_GLYPHS: Mapping[str, str] = {
    "embedding": "search", "reader": "ask", "speech": "audio", "pictures": "image",
    "language": "chip", "text": "reader",
}  # fmt: skip


class KindsPage(ModelsPage):
    """Lists the kinds of models; `details` are the pages behind them, by kind."""

    title = Title(
        tr("Models"),
        "chip",
        tr(
            "Everything works without a model of your own. All models run on this computer, "
            "unless you choose a server elsewhere."
        ),
    )

    #: Somebody wants to choose among the models of a kind: the page for that.
    wanted = Signal(object)

    def __init__(self, shelf: Shelf, jobs: Jobs, details: Mapping[str, type[Page]]) -> None:
        super().__init__(shelf, jobs)
        self._details = details
        #: What was seen last, and what came of trials since, by kind.
        self.rows: tuple[ModelKind, ...] = ()
        self.trials: dict[str, KindTrial | WorkbenchError] = {}
        self._trying = ""
        shelf.switched.connect(self.look_if_seen)
        shelf.opened.connect(self.look_if_seen)

    def look(self) -> None:
        """See how it stands with each kind."""
        path = self._shelf.path
        self._jobs.run(_kinds, path, done=self._came, failed=self._failed, key=_LOOKING)

    def _came(self, rows: "tuple[ModelKind, ...]") -> None:
        self.rows = rows
        # What a model said while it worked is no sign that it works.
        removed = {row.kind for row in rows if row.state is not State.WORKS}
        self.trials = {
            kind: trial
            for kind, trial in self.trials.items()
            if kind not in removed or isinstance(trial, WorkbenchError)
        }
        self._rebuild()

    def _failed(self, error: WorkbenchError) -> None:
        self._say("")
        self._list.addWidget(error_message(error))

    def _fill_list(self) -> None:
        self._list.addWidget(card(lines(*map(self._line, self.rows)), name=tr("Kinds of models")))

    def _line(self, row: "ModelKind") -> Line:
        works = row.state is State.WORKS
        facts = [
            row.model, words.size(row.size) if row.size else "", row.speed if works else "",
            # The button beside it leads to what a command would do.
            "" if works or "`" in row.how else known(row.how),
        ]  # fmt: skip
        about = "\n".join(filter(None, (known(row.does), " · ".join(filter(None, facts)))))
        presses: list[QPushButton] = []
        if row.kind == self._trying:
            presses.append(press(tr("Stop"), known(row.name), self._stop))
        elif works:
            call = partial(self.try_, row.kind)
            presses.append(press(tr("Try it"), known(row.name), call, on=not self._trying))
        if row.kind in self._details:
            call = partial(self.wanted.emit, self._details[row.kind])
            presses.append(
                press(tr("Change…") if works else tr("Set up…"), known(row.name), call, quiet=works)
            )
        state, role = known(row.state.value.capitalize()), "muted"
        if works:
            # As the page behind the row says it.
            state, role = (tr("In use"), "ok") if row.used else (tr("Ready"), "muted")
        line = Line(_GLYPHS[row.kind], known(row.name), about, state, role, *presses)
        trial = self.trials.get(row.kind)
        if row.kind == self._trying:
            line.below.addWidget(label(tr("Trying it…"), "muted"))
        elif isinstance(trial, WorkbenchError):
            line.below.addWidget(error_message(trial))
        elif trial is not None:
            line.below.addWidget(label(trial.said, "small", wrap=True))
        return line

    def try_(self, kind: str) -> None:
        """Have the model of a kind do something small; one that hears is given a recording."""
        file = None
        if kind == "speech":
            selected, _ = QFileDialog.getOpenFileName(self, tr("A recording to try"))
            if not selected:
                return
            file = Path(selected)
        self._trying = kind
        self.trials.pop(kind, None)
        self._rebuild()
        self._jobs.run(
            _try, kind, self._shelf.path, file,
            done=partial(self._tried, kind), failed=partial(self._tried, kind), key=_TRYING,
        )  # fmt: skip

    def _stop(self) -> None:
        self._jobs.cancel(_TRYING)
        self._trying = ""
        self._rebuild()

    def _tried(self, kind: str, trial: "KindTrial | WorkbenchError") -> None:
        self._trying, self.trials[kind] = "", trial
        self._rebuild()
        self.look()


def _kinds(library: Path | None) -> "tuple[ModelKind, ...]":
    from workbench.model_kinds import kinds

    return tuple(kinds(library))


def _try(kind: str, library: Path | None, file: Path | None, cancel: Cancel) -> "KindTrial":
    from workbench.model_kinds import try_kind

    return try_kind(kind, library, file=file, cancel=cancel)
