"""What every page of Settings is made of: a heading, a sentence, and lines that say how things are.

A line has a sign, a name, a sentence and a state in words; its buttons stand beside it, and below
it where there is little room.
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
_BACK = "back"
#: What tells a widget that somebody has hidden from one that is new.
_EXPLICIT = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


@dataclass(frozen=True)
class Title:
    """What stands in the list of pages, beside an icon, and above the page with a sentence."""

    name: str
    glyph: str
    description: str


class Page(QWidget):
    """A page; its `title` is known before it is made."""

    title: ClassVar[Title]

    def __init__(self) -> None:
        super().__init__()
        heading, description = self.title.name, self.title.description
        #: What the page holds below its heading.
        self.body: QVBoxLayout = column(gap=8)
        self._way = row(gap=0)
        inner = column(
            self._way, paragraph(heading, "page"), paragraph(description, "muted"), 8,
            self.body, None,
            margins=(32, 24, 32, 24), gap=6,
        )  # fmt: skip
        self._paper = holder(inner, "surface")
        self.area = scroll(holder(centred(self._paper), "surface"), heading)
        fill(self, column(self.area), name=heading)
        self._fit()
        theme.watch(self, self._fit)

    def _fit(self) -> None:
        self._paper.setMaximumWidth(theme.px(_WIDE))

    def lead(self, back: QWidget) -> None:
        """Put what leads back to another page above the heading."""
        # The focus goes to what is set on the page, not to the way out.
        back.setObjectName(_BACK)
        self._way.addWidget(back)
        self._way.addStretch(1)

    def refresh(self) -> None:
        """Read the state and show it; called whenever the page comes to be seen."""

    @contextmanager
    def preserving_focus(self) -> Iterator[None]:
        """Keep the focus while a part of the page is made anew.

        It goes to what has the same name afterwards, else to another button of the same thing
        ("Use: MiniLM" in the place of "Stop: MiniLM").
        """
        at = self.window().focusWidget()
        name = at.accessibleName() if at is not None and self.isAncestorOf(at) else ""
        if name:
            # Else Qt hands it on, as what has it goes: to Activity, which then closes again.
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
        """Give the focus to a widget, also to one that was made this moment and is not shown."""
        above: QWidget | None = widget
        while above is not None and above is not self:
            if above.isHidden():
                above.show()
            above = above.parentWidget()
        widget.setFocus()

    def _is_removed(self, widget: QWidget) -> bool:
        """Whether it was taken off the page, or hidden on it."""
        above: QWidget | None = widget
        while above is not None and above is not self:
            if above.isHidden() and above.testAttribute(_EXPLICIT):
                return True
            above = above.parentWidget()
        return False

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll to what has just come, once it has been laid out."""

        def scroll() -> None:
            if isValid(widget):
                self.area.ensureWidgetVisible(widget)

        QTimer.singleShot(0, self, scroll)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be set."""
        for item in self._paper.findChildren(QWidget):
            takes = bool(item.focusPolicy() & Qt.FocusPolicy.TabFocus)
            takes = takes and item.objectName() != _BACK
            if takes and item.isVisibleTo(self) and item.isEnabled():
                item.setFocus()
                return
        # What can be set has not come yet: the way out must not look chosen.
        self.setFocus()


class Line(QWidget):
    """One thing: what it is, how it stands, and what can be done about it."""

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
        # Only now, for what is shown before it has a place flashes up as a window of its own.
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
    """Lines under each other with hairlines between, for a card."""
    return column(*[part for item in items for part in (rule(), item)][1:], gap=0)


def press(text: str, name: str, call: Call, *, on: bool = True, quiet: bool = False) -> QPushButton:
    """A button of a line, heard with the name of what it is about."""
    created = button(text, kind="quiet" if quiet else "", name=f"{text}: {name}", call=call)
    created.setEnabled(on)
    return created


def button_flow(*buttons: QWidget) -> QWidget:
    """Buttons in a row that wraps."""
    return flow(*list(buttons))
