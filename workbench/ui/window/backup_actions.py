"""Keeping the library: back it up, restore a backup, check it and mend what can be mended.

Each runs on a worker and has a line in Activity, where it is stopped and where its outcome stays.
Restoring over a library is asked about first; what was there is moved aside, and the line says
where to.
"""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report
from workbench.ui.components import words
from workbench.ui.components.controls import button
from workbench.ui.components.toast import Action
from workbench.ui.window.originals import show_in_folder

if TYPE_CHECKING:
    from workbench.store.backup import Backup, Restored
    from workbench.store.verify import Verified
    from workbench.ui.window.main import MainWindow

BACKUP, RESTORE, VERIFY = "backup", "restore", "verify"
_FILES = "Libraries (*.brain);;All files (*)"
_TOLD = 3


class Keeping(QObject):
    """Does it for a window's library, one of each kind at a time."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._shelf = window, window.shelf
        self._tasks, self._jobs = window.activity.tasks, window.jobs
        window.shelf.switched.connect(self._switched)

    def _switched(self) -> None:
        for kind in (BACKUP, VERIFY):
            self._jobs.cancel(f"keeping:{kind}")
            self._tasks.take(kind)
        self._window.bars.take(RESTORE)

    # -- backup -----------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Choose a file and copy the library to it, while it stays in use."""
        path = self._shelf.path
        day = time.strftime("%Y-%m-%d")
        start = str(path.with_name(f"{path.stem} {day}.brain"))
        chosen, _kind = QFileDialog.getSaveFileName(self._window, "Back up", start, _FILES)
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, file: Path) -> None:
        """Copy the library to a file."""
        library = self._shelf.library
        if library is None:
            return
        file = file if file.suffix else file.with_suffix(".brain")
        key = f"keeping:{BACKUP}"
        task = self._tasks.begin(BACKUP, "Backing up", lambda: self._jobs.cancel(key))
        self._jobs.run(
            library.backup,
            file,
            done=self._backed_up,
            failed=task.failed,
            progress=task.show,
            key=key,
        )

    def _backed_up(self, made: "Backup") -> None:
        text = f"Backed up {words.count(made.sources, 'source')} to “{made.path.name}”"
        show = button("Show")
        show.clicked.connect(lambda: show_in_folder(made.path))
        place = words.home_short(str(made.path))
        self._tasks.settle(
            BACKUP,
            "done",
            text,
            f"{words.size(made.bytes)} in {place}. Every row was compared.",
            show,
        )
        self._window.toasts.say(text, Action("Show", lambda: show_in_folder(made.path)))

    # -- restore ----------------------------------------------------------------------------------

    def restore(self) -> None:
        """Choose a backup; where there is a library in its place, it is asked about first."""
        folder = str(self._shelf.path.parent)
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, "Restore from a backup", folder, _FILES
        )
        if not chosen:
            return
        file = Path(chosen)
        if self._shelf.library is None:
            self.restore_from(file)
            return
        go, keep = button("Restore", kind="danger"), button("Keep the library", kind="primary")
        go.clicked.connect(lambda: self.restore_from(file))
        keep.clicked.connect(lambda: self._window.bars.take(RESTORE))
        keep.setAutoDefault(True)
        self._window.bars.say(
            RESTORE,
            f"Put “{file.name}” in the place of “{self._shelf.path.name}”?",
            "The current library is moved aside, not deleted. "
            "Anything added after the backup is only in that one.",
            keep,
            go,
            dismiss=False,
        )
        keep.setFocus()

    def restore_from(self, file: Path) -> None:
        """Close the library, put the backup in its place, and open that."""
        self._window.bars.take(RESTORE)
        switch = Cancel()
        task = self._tasks.begin(RESTORE, "Restoring", switch.set)
        self._shelf.while_closed(
            partial(_restore, file, self._shelf.path),
            switch,
            done=self._restored,
            failed=task.failed,
            progress=task.show,
        )

    def _restored(self, restored: "Restored | None") -> None:
        if restored is None:
            self._tasks.settle(RESTORE, "info", "Stopped. Nothing was restored.", "")
            return
        checked = (
            "Your library is as it was when the backup was made."
            if restored.proven
            else "The library is sound, but this copy cannot prove that it is complete."
        )
        parts = [checked]
        buttons = []
        aside = restored.aside
        if aside is not None:
            parts.append(f"What was there before is now {words.home_short(str(aside))}.")
            show = button("Show")
            show.clicked.connect(lambda: show_in_folder(aside))
            buttons.append(show)
        title = f"Restored {words.count(restored.sources, 'source')}"
        self._tasks.settle(RESTORE, "done", title, " ".join(parts), *buttons)
        self._window.toasts.say(title)

    # -- verify -----------------------------------------------------------------------------------

    def verify(self, *, repair: bool = False) -> None:
        """Check every word, count and index of the library; with `repair`, mend what can be."""
        library = self._shelf.library
        if library is None:
            return
        key = f"keeping:{VERIFY}"
        title = "Repairing the library" if repair else "Checking the library"
        task = self._tasks.begin(VERIFY, title, lambda: self._jobs.cancel(key))
        self._jobs.run(
            library.verify,
            repair=repair,
            done=partial(self._verified, tried=repair),
            failed=task.failed,
            progress=task.show,
            key=key,
        )

    def _verified(self, found: "Verified", *, tried: bool) -> None:
        looked = (
            f"{words.count(found.sources, 'source')}, {words.count(found.passages, 'passage')} and "
            f"{words.count(found.engrams, 'statement')} in {words.duration(found.seconds)}."
        )
        mended = f" Repaired: {' '.join(found.repaired)}" if found.repaired else ""
        if found.sound:
            title = "The library is sound again" if found.repaired else "The library is sound"
            self._tasks.settle(VERIFY, "done", title, f"Checked {looked}{mended}")
            return
        rest = len(found.problems) - _TOLD
        told = " ".join(found.problems[:_TOLD]) + (f" And {rest} more." if rest > 0 else "")
        copy = button("Copy details", kind="quiet")
        everything = "\n".join((*found.repaired, *found.problems))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(everything))
        buttons = [copy]
        if tried:
            why = f"{told} This can't be repaired: restore a backup.{mended}"
            back = button("Restore from Backup…")
            back.clicked.connect(self.restore)
            buttons.insert(0, back)
        else:
            why = f"{told} Repair rebuilds what can be derived from the texts; it changes no text."
            mend = button("Repair", kind="primary")
            mend.clicked.connect(lambda: self.verify(repair=True))
            buttons.insert(0, mend)
        title = f"The library has {words.count(len(found.problems), 'problem')}"
        self._tasks.settle(VERIFY, "warn", title, why, *buttons)

    # -- place ------------------------------------------------------------------------------------

    def show_file(self) -> None:
        """Show the library's file in its folder."""
        self._jobs.run(
            _there,
            self._shelf.path,
            done=show_in_folder,
            failed=lambda error: self._window.toasts.say(str(error), kind="warn"),
        )


def _restore(file: Path, path: Path, report: Report, cancel: Cancel) -> "Restored":
    from workbench.library import Library

    return Library.restore_backup(file, path, report=report, cancel=cancel)


def _there(path: Path) -> Path:
    if not path.exists():
        raise WorkbenchError(
            f"“{path.name}” does not exist yet.", ("It is created when you add the first source.")
        )
    return path
