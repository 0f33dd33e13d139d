"""The sheets of the Help menu: shortcuts, about. Non-modal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench import __version__
from workbench.ui.components import (
    button,
    column,
    holder,
    label,
    paragraph,
    scroll,
    table_of,
)
from workbench.ui.components.dialog import MARGINS, Dialog
from workbench.ui.language import tr

if TYPE_CHECKING:
    pass


class Sheet(Dialog):
    """A window of text."""

    def __init__(self, parent: QWidget, title: str, body: QWidget) -> None:
        super().__init__(parent, tr("{title} – Engram Workbench", title=title))
        close = button(tr("Close"), call=self.close)
        inside = holder(column(label(title, "page"), 8, body, None, margins=MARGINS), "surface")
        area = scroll(inside, title)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.arrange(area, None, close)
        self.fit(inside, 560)


def shortcuts(groups: list[tuple[str, list[tuple[str, str]]]]) -> QWidget:
    """A table of shortcuts by menu."""
    parts = (
        column(
            label(menu, "head"),
            table_of((label(text), label(keys, "muted")) for text, keys in rows),
            gap=6,
        )
        for menu, rows in groups
    )
    return holder(column(*parts, gap=6))


def about_sheet() -> QWidget:
    """Name, version, licence."""
    return holder(
        column(
            label(tr("Version {version}", version=__version__), "muted"),
            paragraph(
                tr(
                    "Reads your books and papers on this computer and answers with citations "
                    "that open at the quote."
                ),
                "",
            ),
            paragraph(
                tr(
                    "Licence: Apache-2.0. Made with Qt (through PySide6), FFmpeg (in PyAV), "
                    "chardet and frozendict, which are under the LGPL and can be replaced."
                )
            ),
        )
    )
