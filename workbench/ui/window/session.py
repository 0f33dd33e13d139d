"""Saves the state of the window as it changes, for recovery after a crash.

The layout goes to the settings; tab, reading position and draft question go to the record of the
run. Both are saved shortly after the last change, on a worker, and restored after a crash.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject

from workbench import settings as remembered
from workbench.running import Run
from workbench.settings import Settings
from workbench.ui.components import delayed
from workbench.ui.library.scope import Scope
from workbench.ui.window.context import Context, Part
from workbench.ui.window.tabs import READER

_DELAY = 600  # milliseconds
_LAYOUT = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


@dataclass(frozen=True, slots=True)
class At:
    """The user's position: tab, source and offset in the Reader, draft question."""

    tab: int = 0
    source: int | None = None
    place: int | None = None
    draft: str = ""
    collection: str | None = None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "At":
        """Take the fields of the right type."""

        def take(name: str, kind: type) -> Any:
            value = record.get(name)
            return value if isinstance(value, kind) and not isinstance(value, bool) else None

        return cls(
            tab=take("tab", int) or 0,
            source=take("source", int),
            place=take("place", int),
            draft=take("draft", str) or "",
            collection=take("collection", str),
        )


class Session(Part):
    """Follows a window during its lifetime."""

    def __init__(self, context: Context, run: Run, layout: Callable[[], Settings]) -> None:
        super().__init__(context)
        self._run, self._layout = run, layout
        self._restoring: At | None = None
        self._writing = self._again = False
        self._timer = delayed(self, self._write)
        context.window.installEventFilter(self)
        context.views.tabs.currentChanged.connect(self._changed)
        context.views.reader.opened.connect(self._changed)
        context.views.reader.moved.connect(self._changed)
        context.views.ask.composer.field.textChanged.connect(self._changed)
        context.views.collections.scope_changed.connect(self._changed)
        context.library.opened.connect(self._changed)
        context.library.collections_changed.connect(self._go_back)
        context.library.closing.connect(self._timer.stop)
        for dock in context.views.docks.docks.values():
            dock.installEventFilter(self)
        header = context.views.library.table.horizontalHeader()
        header.sectionResized.connect(self._changed)
        header.sortIndicatorChanged.connect(self._changed)

    def at(self) -> At:
        """The current position."""
        return At(
            tab=self._navigate.tab,
            source=self._views.reader.source_id,
            place=self._views.reader.place,
            draft=self._views.ask.composer.field.text(),
            collection=self._navigate.collection,
        )

    def restore(self, at: At) -> None:
        """Restore a position once the library is loaded."""
        self._restoring = at
        self._views.ask.composer.field.setText(at.draft)
        self._go_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _LAYOUT:
            self._changed()
        return super().eventFilter(watched, event)

    def _go_back(self) -> None:
        at, context = self._restoring, self._context
        if at is None or not context.library.loaded:
            return
        self._restoring = None
        if any(row.name == at.collection for row in context.library.collections):
            context.views.collections.choose(Scope(at.collection))
        if any(row.id == at.source for row in context.library.sources) and at.source is not None:
            context.views.reader.open_source(at.source, at.place)
        elif at.tab == READER:
            return
        if 0 <= at.tab < context.views.tabs.count():
            context.navigate.show_tab(at.tab)

    def _changed(self, *_what: object) -> None:
        if not self._timer.isActive():
            self._timer.start(_DELAY)

    def _write(self) -> None:
        if self._writing:
            self._again = True
            return
        self._writing = True
        # Until restored, the crash's record must not be overwritten.
        at = self._restoring or self.at()
        retained = self._layout() if self._settings.stored else None
        self._jobs.run(
            _store,
            self._run,
            str(self._shelf.path),
            at,
            retained,
            done=lambda _none: self._finish_write(),
        )

    def _finish_write(self) -> None:
        self._writing = False
        if self._again:
            self._again = False
            self._changed()


def _store(run: Run, library: str, at: At, settings: remembered.Settings | None) -> None:
    run.note(library, asdict(at))
    if settings is not None:
        remembered.save(settings)
