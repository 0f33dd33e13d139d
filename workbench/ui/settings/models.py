"""The Models page: a row per kind of model with its state, a test, and a list to choose from.

The list (folders, downloads, a server) opens in the row.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout

from workbench.capability import State
from workbench.errors import WorkbenchError
from workbench.jobs import Cancel
from workbench.ui.components import card, clear, column, error_message, label, paragraph, words
from workbench.ui.language import known, tr
from workbench.ui.settings.language import LanguageModels
from workbench.ui.settings.library_models import EmbeddingModels, ImageModels, SpeechModels
from workbench.ui.settings.model_list import ModelList
from workbench.ui.settings.page import Line, Page, Title, lines, press
from workbench.ui.settings.work import Work
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.model_kinds import KindTrial, ModelKind

_READ, _TRY = "settings:kinds", "settings:try a kind"
#: The kinds in order, with icon and list of models, if any.
_KINDS: Mapping[str, tuple[str, type[ModelList] | None]] = {
    "embedding": ("search", EmbeddingModels), "reader": ("ask", None),
    "speech": ("audio", SpeechModels), "pictures": ("image", ImageModels),
    "language": ("chip", LanguageModels), "text": ("reader", None),
}  # fmt: skip


class ModelsPage(Page):
    """Shows the kinds of models and their states."""

    title = Title(
        tr("Models"),
        "chip",
        tr(
            "Everything works without a model of your own. All models run on this computer, "
            "unless you choose a server elsewhere."
        ),
    )

    def __init__(self, shelf: Shelf, works: Mapping[str, Work]) -> None:
        super().__init__()
        self._shelf, self._works = shelf, works
        #: The loaded rows, and results of tests by kind.
        self.rows: tuple[ModelKind, ...] = ()
        self.trials: dict[str, KindTrial | WorkbenchError] = {}
        self._trying, self._opened = "", ""
        self._lists: dict[str, ModelList] = {}
        self._lines: dict[str, QVBoxLayout] = {kind: column(gap=0) for kind in _KINDS}
        self._errors = column()
        self._errors.addWidget(label(tr("Looking…"), "muted"))
        self._boxes = {kind: column(line, gap=0) for kind, line in self._lines.items()}
        self.body.addLayout(self._errors)
        self._card = card(lines(*self._boxes.values()), name=tr("Kinds of models"))
        self._card.hide()
        self.body.addWidget(self._card)
        for signal in (shelf.switched, shelf.opened):
            signal.connect(self._refresh_visible)

    def refresh(self) -> None:
        """Load the state of each kind, and the open list."""
        self._shelf.jobs.run(
            _kinds, self._shelf.path, done=self._show, failed=self._fail, key=_READ
        )
        if self._opened:
            self.models(self._opened).refresh()

    def _refresh_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    def models(self, kind: str) -> ModelList:
        """The list of models of a kind, created on first use."""
        make = _KINDS[kind][1]
        if kind not in self._lists and make is not None:
            created = self._lists[kind] = make(self, self._shelf, self._works[kind])
            created.hide()
            self._boxes[kind].addWidget(created)
        return self._lists[kind]

    def open(self, kind: str) -> None:
        """Open the list of a kind in its row; "" closes it."""
        self._opened = kind
        for name, models in self._lists.items():
            models.setVisible(name == kind)
        if kind:
            models = self.models(kind)
            # The list must be visible even while rows are loading.
            self._card.show()
            models.show()
            models.refresh()
            self.scroll_to(models)
        self._rebuild()

    def _show(self, rows: "tuple[ModelKind, ...]") -> None:
        self.rows = rows
        # A previous result does not apply to a model that stopped working.
        removed = {row.kind for row in rows if row.state is not State.WORKS}
        self.trials = {
            kind: trial
            for kind, trial in self.trials.items()
            if kind not in removed or isinstance(trial, WorkbenchError)
        }
        clear(self._errors)
        self._card.show()
        self._rebuild()

    def _fail(self, error: WorkbenchError) -> None:
        clear(self._errors)
        self._errors.addWidget(error_message(error))

    def _rebuild(self) -> None:
        with self.preserving_focus():
            for row in self.rows:
                clear(self._lines[row.kind])
                self._lines[row.kind].addWidget(self._line(row))

    def _line(self, row: "ModelKind") -> Line:
        works, name = row.state is State.WORKS, known(row.name)
        facts = [
            row.model, words.size(row.size) if row.size else "",
            known(row.speed) if works else "",
            # The row's list replaces a hint at a command.
            "" if works or "`" in row.how else known(row.how),
        ]  # fmt: skip
        description = "\n".join(filter(None, (known(row.does), " · ".join(filter(None, facts)))))
        presses: list[QPushButton] = []
        glyph, models = _KINDS[row.kind]
        if row.kind == self._trying:
            presses.append(press(tr("Stop"), name, self._stop))
        elif works:
            call = partial(self.try_, row.kind)
            presses.append(press(tr("Try it"), name, call, on=not self._trying))
        if models is not None and row.kind == self._opened:
            presses.append(press(tr("Close"), name, partial(self.open, ""), quiet=works))
        elif models is not None:
            word = tr("Change…") if works else tr("Set up…")
            presses.append(press(word, name, partial(self.open, row.kind), quiet=works))
        state, role = known(row.state.value.capitalize()), "muted"
        if works:
            # Matches the row's list.
            state, role = (tr("In use"), "ok") if row.used else (tr("Ready"), "muted")
        line = Line(glyph, name, description, state, role, *presses)
        trial = self.trials.get(row.kind)
        if row.kind == self._trying:
            line.below.addWidget(label(tr("Trying it…"), "muted"))
        elif isinstance(trial, WorkbenchError):
            line.below.addWidget(error_message(trial))
        elif trial is not None:
            line.below.addWidget(paragraph(known(trial.said)))
        return line

    def try_(self, kind: str) -> None:
        """Test the model of a kind; speech models get a recording."""
        file = None
        if kind == "speech":
            selected, _ = QFileDialog.getOpenFileName(self, tr("A recording to try"))
            if not selected:
                return
            file = Path(selected)
        self._trying = kind
        self.trials.pop(kind, None)
        self._rebuild()
        self._shelf.jobs.run(
            _try, kind, self._shelf.path, file,
            done=partial(self._tried, kind), failed=partial(self._tried, kind), key=_TRY,
        )  # fmt: skip

    def _stop(self) -> None:
        self._shelf.jobs.cancel(_TRY)
        self._trying = ""
        self._rebuild()

    def _tried(self, kind: str, trial: "KindTrial | WorkbenchError") -> None:
        self._trying, self.trials[kind] = "", trial
        self._rebuild()
        self.refresh()


def _kinds(library: Path | None) -> "tuple[ModelKind, ...]":
    from workbench.model_kinds import kinds

    return tuple(kinds(library))


def _try(kind: str, library: Path | None, file: Path | None, cancel: Cancel) -> "KindTrial":
    from workbench.model_kinds import try_kind

    return try_kind(kind, library, file=file, cancel=cancel)
