"""The field for the password of files that wait for it on the queue."""

from collections.abc import Callable

from ingest.media.remarks import is_locked
from workbench.intake.records import QueueRow
from workbench.ui.components import PasswordField, words
from workbench.ui.language import tr
from workbench.ui.window import library_calls
from workbench.ui.window.library_actions import Shelf


class LockedFiles(PasswordField):
    """Asks for the password of PDFs on the queue, by a `predicate`; hidden without any."""

    def __init__(
        self, shelf: Shelf, predicate: Callable[[QueueRow], bool] = lambda _row: True
    ) -> None:
        super().__init__(
            lambda password, **ends: shelf.ask(library_calls.unlock, password, self.rows, **ends),
            self._retry,
        )
        self._shelf, self._meant = shelf, predicate
        shelf.queue_changed.connect(self.update_rows)
        self.update_rows()

    @property
    def rows(self) -> list[QueueRow]:
        """The PDFs that wait for their passwords."""
        failed = (row for row in self._shelf.queue if row.state == "failed")
        return [row for row in failed if is_locked(row.error) and self._meant(row)]

    def update_rows(self) -> None:
        """Say what is locked, if anything is."""
        names = [row.name for row in self.rows]
        self.say(tr("Locked with a password: {names}", names=words.names(names, 3)))
        self.setVisible(bool(names))

    def _retry(self, jobs: list[int]) -> None:
        for job in jobs:
            self._shelf.handle("retry", job)
