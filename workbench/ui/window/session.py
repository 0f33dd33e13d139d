"""Saves the state of the window while it changes, so that a crash loses nothing.

The layout goes to the settings, the open tab, the place in the Reader and the question that is
being typed to the record of the run; both a moment after the last change and on a worker. After a
crash the next window begins there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject

from workbench import settings as remembered
from workbench.running import Run
from workbench.ui.components.delay import delayed
from workbench.ui.library.scope import Scope
from workbench.ui.window.tabs import READER

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow

_A_MOMENT = 600  # milliseconds
_LAYOUT = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


@dataclass(frozen=True, slots=True)
class At:
    """Where the user is: the tab, the source in the Reader with its place, the draft question."""

    tab: int = 0
    source: int | None = None
    place: int | None = None
    draft: str = ""
    collection: str | None = None

    @classmethod
    def from_record(cls, found: Mapping[str, Any]) -> "At":
        """Take over every field of the right type."""

        def take(name: str, kind: type) -> Any:
            value = found.get(name)
            return value if isinstance(value, kind) and not isinstance(value, bool) else None

        return cls(
            tab=take("tab", int) or 0,
            source=take("source", int),
            place=take("place", int),
            draft=take("draft", str) or "",
            collection=take("collection", str),
        )

    def record(self) -> dict[str, Any]:
        """The fields as JSON values."""
        return {
            "tab": self.tab,
            "source": self.source,
            "place": self.place,
            "draft": self.draft,
            "collection": self.collection,
        }


class Session(QObject):
    """Follows a window for as long as it lives."""

    def __init__(self, window: "MainWindow", run: Run) -> None:
        super().__init__(window)
        self._window, self._run = window, run
        self._restoring: At | None = None
        self._writing = self._again = False
        self._timer = delayed(self, self._write)
        window.installEventFilter(self)
        window.tabs.currentChanged.connect(self._changed)
        window.reader_tab.opened.connect(self._changed)
        window.reader_tab.moved.connect(self._changed)
        window.ask_tab.composer.field.textChanged.connect(self._changed)
        window.collections.scope_changed.connect(self._changed)
        window.shelf.opened.connect(self._changed)
        window.shelf.collections_changed.connect(self._go_back)
        window.closing.connect(self._timer.stop)
        for dock in window.docks.docks.values():
            dock.installEventFilter(self)
        header = window.library_tab.table.horizontalHeader()
        header.sectionResized.connect(self._changed)
        header.sortIndicatorChanged.connect(self._changed)

    def at(self) -> At:
        """Where the user is now."""
        window = self._window
        return At(
            tab=window.tabs.currentIndex(),
            source=window.reader_tab.source_id,
            place=window.reader_tab.place,
            draft=window.ask_tab.composer.field.text(),
            collection=window.library_tab.scope.collection,
        )

    def bring_back(self, at: At) -> None:
        """Begin where the user was, as soon as the library is there."""
        self._restoring = at
        self._window.ask_tab.composer.field.setText(at.draft)
        self._go_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LAYOUT:
            self._changed()
        return super().eventFilter(watched, event)

    def _go_back(self) -> None:
        at, window = self._restoring, self._window
        if at is None or not window.shelf.loaded:
            return
        self._restoring = None
        if any(row.name == at.collection for row in window.shelf.collections):
            window.collections.choose(Scope(at.collection))
        if any(row.id == at.source for row in window.shelf.sources) and at.source is not None:
            window.reader_tab.open_source(at.source, at.place)
        elif at.tab == READER:
            return
        if 0 <= at.tab < window.tabs.count():
            window.show_tab(at.tab)

    def _changed(self, *_what: object) -> None:
        if not self._timer.isActive():
            self._timer.start(_A_MOMENT)

    def _write(self) -> None:
        if self._writing:
            self._again = True
            return
        self._writing = True
        window = self._window
        # Until it is restored, what the crash left must not be written over with nothing.
        at = self._restoring or self.at()
        kept = window.settings_now() if window.remembers else None
        window.jobs.run(
            _keep, self._run, str(window.shelf.path), at, kept, done=lambda _none: self._written()
        )

    def _written(self) -> None:
        self._writing = False
        if self._again:
            self._again = False
            self._changed()


def _keep(run: Run, library: str, at: At, kept: remembered.Settings | None) -> None:
    run.note(library, at.record())
    if kept is not None:
        remembered.save(kept)
