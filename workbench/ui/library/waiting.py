"""The page while the library is being opened: blank at first, then what one waits for.

Most libraries open before anything need be said. After 0.3 s the page says which one is being
opened, after 2 s why it may take so long, with a way out.
"""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from workbench.ui.components import EmptyState, button, column, delayed
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr

_SHOW_DELAY = 300  # milliseconds
_REASON_DELAY = 2000


class WaitingPage(QWidget):
    """Says that a library is being opened; `other_button` is for those who will not wait."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._path = Path()
        self.other_button = button(tr("Choose another library…"))
        self.state = EmptyState("clock", "", "", self.other_button)
        self.setLayout(column(self.state))
        self.state.hide()
        self._so = delayed(self, self._show_opening, _SHOW_DELAY)
        self._why = delayed(self, self._check_lock, _REASON_DELAY)

    def begin(self, path: Path) -> None:
        """The library at `path` is being opened."""
        self._path = path
        self.state.hide()
        self._so.start()
        self._why.start()

    def end(self) -> None:
        """It is open, or cannot be opened."""
        self._so.stop()
        self._why.stop()
        self._jobs.cancel("library:locked")

    def _show_opening(self) -> None:
        self.other_button.hide()
        self.state.show_text(tr("Opening {stem}…", stem=self._path.stem), "")
        self.state.show()

    def _check_lock(self) -> None:
        self._jobs.run(_is_locked, self._path, done=self._show_reason, key="library:locked")
        self._why.start()

    def _show_reason(self, locked: bool) -> None:
        if locked:
            title = tr("{stem} is in use by another program; waiting", stem=self._path.stem)
            reason = tr("It opens as soon as the other program has finished.")
        else:
            title = tr("Opening {stem}…", stem=self._path.stem)
            reason = tr(
                "This takes longer than usual: the disk is slow, or the library is brought up to"
            )
            reason += tr(" date for this version.")
        self.state.show_text(title, reason)
        self.other_button.show()
        self.state.show()


def _is_locked(path: Path) -> bool:
    # SQLite is not imported before the window is painted.
    from workbench.store.file import is_locked

    return path.exists() and is_locked(path)
