"""Backup, restore, verification and repair of the library.

Each runs on a worker with a line in Activity that cancels it and shows its result. Restoring over a
library asks first; the old file is moved aside and the result names its new place.
"""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from workbench.errors import WorkbenchError
from workbench.jobs import Cancel, Report
from workbench.ui.components import Action, button, quiet_button, words
from workbench.ui.language import tr
from workbench.ui.shelf.originals import show_in_folder
from workbench.ui.window.context import Context, Part

if TYPE_CHECKING:
    from workbench.store.backup import Backup, Restored
    from workbench.store.verify import Verified

BACKUP, RESTORE, VERIFY = "backup", "restore", "verify"
_FILES = tr("Libraries (*.brain);;All files (*)")
_MAX_PROBLEMS = 3


class BackupActions(Part):
    """Runs at most one task of each kind for the library."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.library.switched.connect(lambda: self._views.bars.take(RESTORE))
        context.actions.bind(
            back_up=self.back_up, verify=self.verify, restore_backup=self.restore,
            library_file=self.show_file,
        )  # fmt: skip

    # -- backup -----------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Choose a file to back up to; the library stays in use."""
        path = self._shelf.path
        day = time.strftime("%Y-%m-%d")
        start = str(path.with_name(f"{path.stem} {day}.brain"))
        selected, _kind = QFileDialog.getSaveFileName(self._window, tr("Back up"), start, _FILES)
        if selected:
            self.back_up_to(Path(selected))

    def back_up_to(self, file: Path) -> None:
        """Back up the library to a file."""
        library = self._shelf.library
        if library is None:
            return
        # The file dialog has confirmed replacing an existing file.
        work = partial(library.backup, file.with_suffix(file.suffix or ".brain"))
        if file.suffix:
            work = partial(work, replace=True)
        self._tasks.run(BACKUP, tr("Backing up"), work, self._backed_up)

    def _backed_up(self, backup: "Backup") -> None:
        text = tr(
            "Backed up {sources} to “{name}”",
            sources=words.count(backup.sources, "source"),
            name=backup.path.name,
        )
        show = button(tr("Show"), call=lambda: show_in_folder(backup.path))
        place = words.home_short(str(backup.path))
        self._tasks.settle(
            BACKUP,
            "done",
            text,
            tr(
                "{bytes} in {place}. Every row was compared.",
                bytes=words.size(backup.bytes),
                place=place,
            ),
            show,
        )
        self._announce(text, Action(tr("Show"), lambda: show_in_folder(backup.path)))

    # -- restore ----------------------------------------------------------------------------------

    def restore(self) -> None:
        """Choose a backup; confirm if it replaces a library."""
        selected = self._choose_file(tr("Restore from a backup"), _FILES)
        if not selected:
            return
        file = Path(selected)
        if self._shelf.library is None:
            self.restore_from(file)
            return
        go = button(tr("Restore"), kind="danger", call=lambda: self.restore_from(file))
        cancel = button(
            tr("Keep the library"),
            kind="primary",
            call=lambda: self._views.bars.take(RESTORE),
        )
        cancel.setAutoDefault(True)
        self._views.bars.say(
            RESTORE,
            tr(
                "Put “{name}” in the place of “{name2}”?",
                name=file.name,
                name2=self._shelf.path.name,
            ),
            tr(
                "The current library is moved aside, not deleted. "
                "Anything added after the backup is only in that one."
            ),
            cancel,
            go,
            dismiss=False,
        )
        cancel.setFocus()

    def restore_from(self, file: Path) -> None:
        """Close the library, restore the backup in its place, and open it."""
        self._views.bars.take(RESTORE)
        switch = Cancel()
        task = self._tasks.begin(RESTORE, tr("Restoring"), switch.set, lasting=True)
        self._shelf.while_closed(
            partial(_restore, file, self._shelf.path),
            switch,
            done=self._restored,
            failed=task.failed,
            progress=task.show,
        )

    def _restored(self, restored: "Restored | None") -> None:
        if restored is None:
            self._tasks.settle(RESTORE, "info", tr("Stopped. Nothing was restored."), "")
            return
        checked = (
            tr("Your library is as it was when the backup was made.")
            if restored.proven
            else tr("The library is sound, but this copy cannot prove that it is complete.")
        )
        parts = [checked]
        buttons = []
        displaced = restored.aside
        if displaced is not None:
            parts.append(
                tr("What was there before is now {aside}.", aside=words.home_short(str(displaced)))
            )
            show = button(tr("Show"), call=lambda: show_in_folder(displaced))
            buttons.append(show)
        title = tr("Restored {sources}", sources=words.count(restored.sources, "source"))
        self._tasks.settle(RESTORE, "done", title, " ".join(parts), *buttons)
        self._announce(title)

    # -- verify -----------------------------------------------------------------------------------

    def verify(self, *, repair: bool = False) -> None:
        """Verify text, counts and index of the library; `repair` fixes what it can."""
        library = self._shelf.library
        if library is None:
            return
        title = tr("Repairing the library") if repair else tr("Checking the library")
        work = partial(library.verify, repair=repair)
        self._tasks.run(VERIFY, title, work, partial(self._verified, tried=repair))

    def _verified(self, report: "Verified", *, tried: bool) -> None:
        extent = tr(
            "{sources}, {passages} and {statements} in {seconds}.",
            sources=words.count(report.sources, "source"),
            passages=words.count(report.passages, "passage"),
            statements=words.count(report.engrams, "statement"),
            seconds=words.duration(report.seconds),
        )
        mended = (
            tr(" Repaired: {repaired}", repaired=" ".join(report.repaired))
            if report.repaired
            else ""
        )
        if report.sound:
            title = (
                tr("The library is sound again") if report.repaired else tr("The library is sound")
            )
            self._tasks.settle(
                VERIFY, "done", title, tr("Checked {looked}{mended}", looked=extent, mended=mended)
            )
            return
        remainder = len(report.problems) - _MAX_PROBLEMS
        summary = " ".join(report.problems[:_MAX_PROBLEMS]) + (
            tr(" And {rest} more.", rest=remainder) if remainder > 0 else ""
        )
        copy = quiet_button(tr("Copy details"))
        report_text = "\n".join((*report.repaired, *report.problems))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report_text))
        buttons = [copy]
        if tried:
            reason = tr(
                "{told} This can't be repaired: restore a backup.{mended}",
                told=summary,
                mended=mended,
            )
            back = button(tr("Restore from Backup…"), call=self.restore)
            buttons.insert(0, back)
        else:
            reason = tr(
                "{told} Repair rebuilds what can be derived from the texts; it changes no text.",
                told=summary,
            )
            mend = button(tr("Repair"), kind="primary", call=lambda: self.verify(repair=True))
            buttons.insert(0, mend)
        title = tr(
            "The library has {problems}", problems=words.count(len(report.problems), "problem")
        )
        self._tasks.settle(VERIFY, "warn", title, reason, *buttons)

    # -- place ------------------------------------------------------------------------------------

    def show_file(self) -> None:
        """Show the library's file in its folder."""
        self._jobs.run(
            _existing,
            self._shelf.path,
            done=show_in_folder,
            failed=lambda error: self._announce(str(error), kind="warn"),
        )


def _restore(file: Path, path: Path, report: Report, cancel: Cancel) -> "Restored":
    from workbench.library import Library

    return Library.restore_backup(file, path, report=report, cancel=cancel)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise WorkbenchError(
            tr("“{name}” does not exist yet.", name=path.name),
            (tr("It is created when you add the first source.")),
        )
    return path
