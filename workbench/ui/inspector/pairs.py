"""Two columns of names and values."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui import theme
from workbench.ui.components import grid, holder, label, paragraph
from workbench.ui.components.words import wrappable


def pairs(rows: Sequence[tuple[str, str]]) -> QWidget:
    """A grid of names and values; the accessible name of a value includes its name."""
    lines = grid(12, 5, 1)
    for at, (name, value) in enumerate(rows):
        text = paragraph(wrappable(value), "", name=f"{name}: {value}")
        lines.addWidget(label(name, "small"), at, 0, Qt.AlignmentFlag.AlignTop)
        lines.addWidget(text, at, 1)
    lines.setColumnMinimumWidth(0, theme.px(76))
    return holder(lines)
