"""Two columns of names and values."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.ui import theme
from workbench.ui.components import holder, label, paragraph


def pairs(rows: Sequence[tuple[str, str]]) -> QWidget:
    """A grid of names and values; the accessible name of a value includes its name."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    for at, (name, value) in enumerate(rows):
        # Zero-width spaces after slashes let paths wrap.
        text = paragraph(
            value.replace("/", "/\u200b").replace("\\", "\\\u200b"), "", name=f"{name}: {value}"
        )
        grid.addWidget(label(name, "small"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, at, 1)
    grid.setColumnMinimumWidth(0, theme.px(76))
    grid.setColumnStretch(1, 1)
    return holder(grid)
