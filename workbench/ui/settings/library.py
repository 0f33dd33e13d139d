"""The page of the library: where it lies, how it is kept safe, what else the program keeps."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from workbench import paths, settings
from workbench.errors import WorkbenchError
from workbench.intake.records import Watched
from workbench.ui.components import button, card, clear, column, label, words
from workbench.ui.jobs import Jobs
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, Page, Title, lines
from workbench.ui.window.library_actions import Shelf

if TYPE_CHECKING:
    from workbench.library import Library


class LibraryPage(Page):
    """Says where things lie; its buttons are the actions of the menus."""

    title = Title(
        tr("Library & backup"),
        "library",
        tr("A library is one file. Your documents stay where they are."),
    )

    def __init__(self, shelf: Shelf, jobs: Jobs, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._shelf, self._jobs, self._actions = shelf, jobs, actions
        self._shown = column(gap=8)
        self._standing: object = None
        self.body.addLayout(self._shown)
        shelf.switched.connect(self._refresh_visible)
        shelf.opened.connect(self._refresh_visible)
        shelf.queue_changed.connect(self._refresh_visible)
        self._show((0, ()))

    def refresh(self) -> None:
        """See how large the file is, and which folders are watched for it."""
        self._jobs.run(
            _state, self._shelf.path, self._shelf.library,
            done=self._show, failed=self._unknown, key="settings:library",
        )  # fmt: skip

    def _refresh_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    def _unknown(self, _error: WorkbenchError) -> None:
        self._show((0, ()))

    def _show(self, state: tuple[int, Sequence[Watched]]) -> None:
        path, shelf = self._shelf.path, self._shelf
        current = (path, len(shelf.sources), *state)
        if current != self._standing:
            self._standing = current
            with self.preserving_focus():
                clear(self._shown)
                self._fill(path, *state)

    def _fill(self, path: Path, octets: int, watched: Sequence[Watched]) -> None:
        shelf = self._shelf
        location = words.home_short(str(path.parent))
        if octets:
            sources = words.count(len(shelf.sources), "source")
            location = f"{location} · {words.size(octets)} · {sources}"
        else:
            location = tr("{about} · It is created when you add the first source.", about=location)
        retained = (
            Line("library", path.name, location, "", "", self._press("library_file", tr("Show")),
                 self._press("open_library", tr("Open another…"))),
            Line("folder", tr("Watch folders"), _watched_words(watched),
                 tr("On") if watched else tr("Off"),
                 "ok" if watched and not any(item.problem for item in watched) else "",
                 self._press("watch", tr("Watched folders…"))),
            Line("copy", tr("Backup"), tr("Makes a verified copy. You can keep working."), "", "",
                 self._press("back_up", tr("Back up…")),
                 self._press("restore_backup", tr("Restore…"))),
            Line("check", tr("Check"), tr("Checks every quote and index against the texts."), "",
                 "", self._press("verify", tr("Verify"))),
        )  # fmt: skip
        self._shown.addWidget(card(lines(*retained), name=tr("The library")))
        self._shown.addWidget(label(tr("Also on this computer"), "head"))
        files = (
            Line("sliders", tr("Settings"), words.home_short(str(settings.file()))),
            Line("note", tr("Logs (no document text)"),
                 words.home_short(str(paths.log_dir()))),
            Line("folder", tr("Cache (safe to delete)"),
                 words.home_short(str(paths.cache_dir()))),
        )  # fmt: skip
        self._shown.addWidget(card(lines(*files), name=tr("Also on this computer")))

    def _press(self, action: str, text: str) -> QPushButton:
        created, does = button(text), self._actions[action]
        created.setEnabled(does.isEnabled())
        does.enabledChanged.connect(created.setEnabled)
        created.clicked.connect(does.trigger)
        return created


def _watched_words(watched: Sequence[Watched]) -> str:
    """What is watched, or what that would do."""
    if not watched:
        return tr("New files in these folders are added automatically.")
    problem = next((item.problem for item in watched if item.problem), "")
    first = words.home_short(watched[0].folder)
    more = (
        tr(" and {others}", others=words.count(len(watched) - 1, "other"))
        if len(watched) > 1
        else ""
    )
    return problem or tr(
        "{first}{more}: new and changed files are added; nothing is ever deleted.",
        first=first,
        more=more,
    )


def _state(path: Path, library: "Library | None") -> tuple[int, Sequence[Watched]]:
    return _size(path), library.queue.watch() if library is not None else ()


def _size(path: Path) -> int:
    """Bytes of the library's file with its journal; 0 where there is none."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(item.stat().st_size for item in files if item.exists()) if path.exists() else 0
