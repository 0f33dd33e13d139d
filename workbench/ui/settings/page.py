"""The parts of a Settings page: heading, description, and lines with a state.

A line has icon, name, description and state; buttons are beside it, or below in a narrow page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from workbench.ui import theme
from workbench.ui.components import (
    Call,
    Sign,
    button,
    centred,
    column,
    fill,
    flow,
    holder,
    label,
    paragraph,
    row,
    rule,
    scroll,
)

_WIDE, _MIN_ROW_WIDTH = 760, 560
#: Distinguishes widgets hidden explicitly from new ones.
_EXPLICIT = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


@dataclass(frozen=True)
class Title:
    """Name and icon in the list of pages, and description below the heading."""

    name: str
    glyph: str
    description: str


class Page(QWidget):
    """A page; its `title` is available before it is created."""

    title: ClassVar[Title]

    def __init__(self) -> None:
        super().__init__()
        heading, description = self.title.name, self.title.description
        #: The content below the heading.
        self.body: QVBoxLayout = column(gap=8)
        inner = column(
            paragraph(heading, "page"), paragraph(description, "muted"), 8,
            self.body, None,
            margins=(32, 24, 32, 24), gap=6,
        )  # fmt: skip
        self._paper = holder(inner, "surface")
        self.area = scroll(holder(centred(self._paper), "surface"), heading)
        fill(self, column(self.area), name=heading)
        theme.render(self, lambda: self._paper.setMaximumWidth(theme.px(_WIDE)))

    def refresh(self) -> None:
        """Load and show the state; called when the page is shown."""

    @contextmanager
    def preserving_focus(self) -> Iterator[None]:
        """Restore the focus after a part of the page is rebuilt.

        It goes to the widget of the same name, else to another button of the same item ("Use:
        MiniLM" in place of "Stop: MiniLM").
        """
        at = self.window().focusWidget()
        name = at.accessibleName() if at is not None and self.isAncestorOf(at) else ""
        if name:
            # Otherwise Qt would move it to Activity, which then closes.
            self.setFocus()
        yield
        if not name:
            return
        if at is not None and isValid(at) and not self._is_removed(at):
            at.setFocus()
            return
        takes = [
            item
            for item in self._paper.findChildren(QWidget)
            if item.focusPolicy() & Qt.FocusPolicy.TabFocus
            and item.isEnabled()
            and not self._is_removed(item)
        ]
        subject = name.partition(": ")[2]
        same = [item for item in takes if item.accessibleName() == name]
        related = [
            item for item in takes if subject and item.accessibleName().endswith(f": {subject}")
        ]
        for item in (*same, *related)[:1]:
            self.take_focus(item)

    def take_focus(self, widget: QWidget) -> None:
        """Focus a widget, even a new one that is not shown yet."""
        above: QWidget | None = widget
        while above is not None and above is not self:
            if above.isHidden():
                above.show()
            above = above.parentWidget()
        widget.setFocus()

    def _is_removed(self, widget: QWidget) -> bool:
        """Whether a widget was removed from the page or hidden."""
        above: QWidget | None = widget
        while above is not None and above is not self:
            if above.isHidden() and above.testAttribute(_EXPLICIT):
                return True
            above = above.parentWidget()
        return False

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll to a new widget after it is laid out."""

        def scroll() -> None:
            if isValid(widget):
                self.area.ensureWidgetVisible(widget)

        QTimer.singleShot(0, self, scroll)

    def focus_first(self) -> None:
        """Focus the first control."""
        for item in self._paper.findChildren(QWidget):
            takes = bool(item.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes and item.isVisibleTo(self) and item.isEnabled():
                item.setFocus()
                return
        self.setFocus()


class Line(QWidget):
    """One item: icon, name, description, state and buttons."""

    def __init__(
        self, glyph: str, name: str, description: str = "", state: str = "", role: str = "ok",
        *buttons: QWidget,
    ) -> None:  # fmt: skip
        super().__init__()
        self.about = paragraph(description)
        self.state = label(state, role)
        self.below: QVBoxLayout = column(gap=4)
        text = column(paragraph(name, "strong"), self.about, self.below, gap=2)
        self._right = row(self.state, gap=12)
        for press in buttons:
            self._right.addWidget(press)
        self._right.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(14)
        self._box.addLayout(text, 1)
        self._beside = holder(self._right) if state or buttons else None
        if self._beside is not None:
            self._box.addWidget(self._beside)
        entire = row(margins=(16, 10, 12, 10), gap=14)
        entire.addWidget(Sign(glyph, "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
        entire.addLayout(self._box, 1)
        self.setLayout(entire)
        # Now, since a widget shown without a parent would flash up as a window.
        self.about.setVisible(bool(description))
        self.state.setVisible(bool(state))
        self.setAccessibleName(
            ". ".join(filter(None, (f"{name}: {state}".rstrip(": "), description)))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_MIN_ROW_WIDTH)
        direction = QBoxLayout.Direction
        requested = direction.TopToBottom if narrow else direction.LeftToRight
        if self._box.direction() != requested:
            self._box.setDirection(requested)
            self._box.setSpacing(6 if narrow else 14)


def lines(*items: QWidget | QLayout) -> QVBoxLayout:
    """Lines with rules between them, for a card."""
    return column(*[part for item in items for part in (rule(), item)][1:], gap=0)


def press(text: str, name: str, call: Call, *, on: bool = True, quiet: bool = False) -> QPushButton:
    """A button of a line, with the item's name as part of its accessible name."""
    created = button(text, kind="quiet" if quiet else "", name=f"{text}: {name}", call=call)
    created.setEnabled(on)
    return created


def button_flow(*buttons: QWidget) -> QWidget:
    """Buttons in a wrapping row."""
    return flow(*list(buttons))
