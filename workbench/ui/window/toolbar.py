"""The tool bar: the places, the omnibox, and what one comes for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolBar

from workbench.ui import theme
from workbench.ui.components.boxes import stretch
from workbench.ui.components.controls import tool
from workbench.ui.language import tr
from workbench.ui.window.omnibox import opener

if TYPE_CHECKING:
    from workbench.ui.window.main import MainWindow


def add_toolbar(window: "MainWindow") -> None:
    """Make the tool bar of a window, and put it there."""
    bar = QToolBar(tr("Tools"), movable=False, iconSize=QSize(theme.px(20), theme.px(20)))
    bar.setObjectName("tools")
    bar.setAccessibleName(tr("Tools"))
    bar.toggleViewAction().setEnabled(False)
    bar.addWidget(window.tabs)
    bar.addWidget(stretch())
    search = opener(window.actions_by_name["search"].trigger)
    bar.addWidget(search)
    bar.addWidget(stretch())
    add = tool("add", tr("Add"), text=True, call=window.actions_by_name["add"].trigger)
    add.setToolTip(tr("Add files (Ctrl+O)"))
    bar.addWidget(add)
    inspector = tool("panel", tr("Inspector"), checkable=True)
    inspector.setToolTip(tr("Show or hide the Inspector (F8)"))
    shown = window.actions_by_name["panel_inspector"]
    inspector.clicked.connect(shown.trigger)
    shown.toggled.connect(inspector.setChecked)
    bar.addWidget(inspector)
    window.addToolBar(bar)
