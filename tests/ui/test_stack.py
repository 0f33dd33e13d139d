"""Pages of which one is shown, and what may stand in their place."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.components.notices import Stack


class _Page(QWidget):
    shown = 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown += 1


def test_no_page_is_shown_between_one_message_and_the_next(qtbot: QtBot) -> None:
    pages = _Page(), _Page()
    stack = Stack(*pages)
    qtbot.addWidget(stack)
    stack.show_other(QLabel("Looking for names…"))
    stack.show()
    stack.show_other(QLabel("Looking for names, 3 of 9 sources…"))
    assert stack.currentWidget() is stack.other
    assert [page.shown for page in pages] == [0, 0]
