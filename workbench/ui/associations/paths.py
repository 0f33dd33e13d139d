"""The path finder: the stops between two concepts, with the passages that link them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.errors import WorkbenchError
from workbench.ui import theme
from workbench.ui.associations import loading, sayings
from workbench.ui.associations.loading import Route
from workbench.ui.components import (
    Elided,
    button,
    column,
    error_message,
    fill,
    holder,
    message,
    row,
    rule,
    scroll,
    tool,
    words,
)
from workbench.ui.language import tr
from workbench.ui.shelf.shelf import Shelf

_FINDING = "associations:path"
#: Maximum width in pixels, that of an answer.
_COLUMN = 800


class PathPanel(QWidget):
    """The path view; `look_for` starts a search."""

    #: The `Route`, or None after an error.
    came = Signal(object)
    #: Search the path in everything.
    widen_requested = Signal()

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        #: The visible route.
        self.way: Route | None = None
        self._scoped = False
        self.title = Elided("", "head")
        self.close_button = tool("close", tr("Back to the links"))
        self._area = scroll(QWidget(), tr("Path"))
        head = holder(row(self.title, self.close_button, margins=(16, 4, 8, 4)))
        fill(self, column(head, rule(), self._area, gap=0, wide=-1), name=tr("Path"))
        self._begin()
        theme.watch(self, self._rebuild)

    def look_for(self, head: int, tail: int, collection: str | None) -> None:
        """Search a path between two concepts, in a collection or in everything for None."""
        self._shelf.ask(
            *(loading.route, head, tail, collection),
            done=partial(self._loaded, collection is not None),
            failed=self._failed, key=_FINDING,
        )  # fmt: skip

    def forget(self) -> None:
        """Cancel a search and clear the view."""
        self._shelf.jobs.cancel(_FINDING)
        self.way = None
        self._begin()

    def _begin(self) -> None:
        self.title.setText(tr("Path"))
        reason = tr("Type another name above: Workbench looks for what connects the two.")
        self._set_content(message("info", tr("Choose where the path leads"), reason))

    def _loaded(self, scoped: bool, route: Route) -> None:
        self.way, self._scoped = route, scoped
        self._rebuild()
        self.came.emit(route)

    def _failed(self, error: WorkbenchError) -> None:
        self.way = None
        self.title.setText(tr("Path"))
        self._set_content(error_message(error))
        self.came.emit(None)

    def _rebuild(self) -> None:
        route = self.way
        if route is None:
            return
        ends = f"{words.short(route.head.name, 60)} → {words.short(route.tail.name, 60)}"
        if route.path is None or not route.path.steps:
            self.title.setText(tr("{ends}: no path", ends=ends))
            self._set_content(self._no_path(route))
            return
        steps = words.count(len(route.path.steps), "step")
        self.title.setText(f"{ends}: {steps}")
        self._set_content(*sayings.stops(route.path, route.places, self._shelf.wanted))

    def _no_path(self, route: Route) -> QWidget:
        if route.head.id == route.tail.id:
            return message("info", tr("Both are the same name"), tr("Choose another one to go to."))
        if self._scoped:
            widen = button(tr("Search everything"), "library", call=self.widen_requested)
            reason = tr("Only the chosen collection was searched.")
            return message("info", tr("No path worth showing"), reason, widen)
        reason = tr("Nothing in your library connects them closely. Try a source about both.")
        return message("info", tr("No path worth showing"), reason)

    def _set_content(self, *parts: QWidget) -> None:
        for part in parts:
            part.setMaximumWidth(theme.px(_COLUMN))
        box = column(*parts, None, margins=(16, 10, 16, 12), gap=10)
        self._area.setWidget(holder(box, "surface"))
