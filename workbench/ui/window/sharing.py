"""Synchronises the library with other devices, and settles what two changed at once."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from workbench.jobs import Cancel, Report
from workbench.ui.components import button, words
from workbench.ui.language import tr
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.group.records import GroupConflict, GroupSync

SHARE = "share"


class Sharing(Part):
    """Synchronises through a folder; the first time it asks for that."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.bind(share=self.share)

    def share(self) -> None:
        """Synchronise; choose a folder first if the library is not shared yet."""
        library = self._shelf.library
        if library is not None:
            self._jobs.run(
                library.group.status,
                done=lambda status: self._choose() if status is None else self._sync(),
                failed=self._shelf.failed.emit,
            )

    def _choose(self) -> None:
        title = tr("Folder That Your Devices Share")
        folder = QFileDialog.getExistingDirectory(self._window, title, str(self._shelf.path.parent))
        if folder:
            self._sync(folder)

    def _sync(self, folder: str = "") -> None:
        library = self._shelf.library
        if library is not None:
            work = partial(_sync, library, folder)
            self._tasks.run(SHARE, tr("Synchronising"), work, partial(self._synced, library))

    def _synced(self, library: "Library", result: "tuple[GroupSync, list[GroupConflict]]") -> None:
        sync, conflicts = result
        self._announce(
            tr(
                "Received {received}, sent {sent}",
                received=words.count(sync.received, "change"),
                sent=words.count(sync.sent, "change"),
            )
        )
        if sync.problems:
            title = tr("Not everything could be read")
            self._tasks.settle(SHARE, "warn", title, " ".join(sync.problems))
        else:
            self._ask(library, conflicts)

    def _ask(self, library: "Library", conflicts: "list[GroupConflict]") -> None:
        """Show the first conflict, and the next one when it is settled."""
        if not conflicts:
            self._tasks.take(SHARE)
            return
        conflict = conflicts[0]

        def settle(keep: str) -> None:
            self._jobs.run(
                partial(_settle, library, conflict.id, keep),
                done=partial(self._ask, library),
                failed=self._shelf.failed.emit,
            )

        self._tasks.settle(
            SHARE,
            "warn",
            tr("Two devices changed the same text"),
            tr(
                "Here: “{current}” · At “{by}”: “{other}”",
                current=words.short(conflict.current, 200),
                by=conflict.by,
                other=words.short(conflict.other, 200),
            ),
            button(tr("Keep This"), kind="primary", call=partial(settle, "current")),
            button(tr("Take the Other"), call=partial(settle, "other")),
        )


def _sync(
    library: "Library", folder: str, report: Report, cancel: Cancel
) -> "tuple[GroupSync, list[GroupConflict]]":
    if folder:
        library.group.join(folder)
    result = library.group.sync(report=report, cancel=cancel)
    return result, library.group.conflicts()


def _settle(library: "Library", id: str, keep: str) -> "list[GroupConflict]":
    library.group.settle(id, keep=keep)
    return library.group.conflicts()
