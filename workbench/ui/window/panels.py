"""F6: moves the focus from panel to panel, to where it last was in each."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workbench.ui.window.context import Context, Part


class PanelCycle(Part):
    """Knows the panels in order: collections, what is below them, centre, Inspector, Activity."""

    def __init__(self, context: Context, chapters: QWidget) -> None:
        super().__init__(context)
        self._chapters = chapters
        self._last: dict[int, QWidget] = {}
        context.actions.bind(next_panel=partial(self.step, 1), last_panel=partial(self.step, -1))

    def step(self, by: int) -> None:
        """Go to the next panel (`by` = 1) or the one before (-1)."""
        panels = self._panels()
        focused = QApplication.focusWidget()
        here = next(
            (
                i
                for i, p in enumerate(panels)
                if focused and (p is focused or p.isAncestorOf(focused))
            ),
            None,
        )
        if here is not None and focused is not None:
            self._last[id(panels[here])] = focused
        start = here if here is not None else (-1 if by > 0 else 0)
        for tried in range(1, len(panels) + 1):
            panel = panels[(start + by * tried) % len(panels)]
            target = self._target(panel)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _panels(self) -> list[QWidget]:
        ordered: list[QWidget | None] = [
            self._views.collections,
            self._chapters,
            self._views.pages.currentWidget(),
            *self._navigate.readers,
            self._views.inspector,
            self._views.activity,
        ]
        return [panel for panel in ordered if panel is not None and panel.isVisible()]

    def _target(self, panel: QWidget) -> QWidget | None:
        last = self._last.get(id(panel))
        candidates = panel.findChildren(QWidget)
        if last is not None and last in candidates and _takes_focus(last):
            return last
        front = panel.focusProxy()
        if front is not None and _takes_focus(front):
            return front
        # Else the thing one came for, not the button that stands before it.
        library = self._views.library
        tables = (library.table, library.memories.table, library.concepts.table)
        for first in (self._views.collections.tree, *tables):
            if panel.isAncestorOf(first) and _takes_focus(first):
                return first
        found = next((each for each in candidates if _takes_focus(each)), None)
        # A tab where nothing is open yet is a place all the same.
        pages = (self._views.pages.currentWidget(), *self._navigate.readers)
        return panel if found is None and panel in pages else found


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()
