"""A dream in the Brain tab: where activity wanders to from a concept, with its surprise."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui.components import button, column, label, pointed, row
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.brain.records import Dreamt

_JOB = "brain:dream"


class Dreams(QWidget):
    """A button, and under it the chain that was dreamt; nothing is learned of it."""

    def __init__(self, shelf: Shelf, jobs: Jobs) -> None:
        super().__init__()
        self._shelf, self._jobs = shelf, jobs
        self._cue = ""
        self.press = button(
            tr("Continue freely"),
            "mind",
            kind="quiet",
            call=self._dream,
            tip=tr("Wanders from concept to concept, with some noise"),
        )
        self.told = label("", "small", wrap=True)
        self.setLayout(column(row(self.press, None), self.told, gap=4))
        self.forget()

    def show_cue(self, names: Sequence[str]) -> None:
        """Dream from the first of these concepts on, when it is asked for."""
        self.forget()
        self._cue = names[0] if names else ""
        self.press.setEnabled(bool(self._cue))

    def forget(self) -> None:
        """Nothing was recalled."""
        self._jobs.cancel(_JOB)
        self._cue = ""
        self.press.setEnabled(False)
        self._set_text("")

    def _dream(self) -> None:
        library = self._shelf.library
        if library is None or not self._cue:
            return
        self._set_text(tr("Dreaming …"))
        self._jobs.run(
            library.brain.dream, self._cue, done=self._loaded, failed=self._failed, key=_JOB
        )

    def _loaded(self, chain: "Sequence[Dreamt]") -> None:
        steps = [f"{item.name} ({item.told})" for item in chain]
        text = " → ".join([self._cue, *steps]) if steps else tr("No associations from here.")
        self._set_text(text)

    def _failed(self, error: WorkbenchError) -> None:
        self._set_text(f"{error.message} {pointed(error.hint)}".strip())

    def _set_text(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
