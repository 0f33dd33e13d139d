"""What tests of Ask share: a question asked, and the words that are seen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.ask.result import Result
from workbench.ui.ask.tab import AskTab

ARABIC = "الذاكرة هي قدرة الدماغ على حفظ المعلومات"
WHEN = "When did Ebbinghaus publish?"
WHAT = "What settles the debt?"


def ask(qtbot: QtBot, tab: AskTab, question: str) -> Result:
    """Ask as a person does, and wait for what came of it."""
    tab.focus_question()
    tab.composer.field.setText(question)
    with qtbot.waitSignal(tab.answer_received):
        QTest.keyClick(tab.composer.field, Qt.Key.Key_Return)
    result = tab.result
    assert result is not None
    qtbot.waitUntil(result.isVisible)
    return result


def texts(widget: QWidget) -> list[str]:
    """The words of all labels and buttons that can be seen."""
    # Qt shows what comes into a layout with the next posted events.
    QApplication.sendPostedEvents()
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return shown + [b.text().strip() for b in widget.findChildren(QPushButton) if b.isVisible()]
