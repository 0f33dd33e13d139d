"""What the window's own measures find: pale words, wherever they stand, and nameless controls."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looks import contrasts, unnamed
from workbench.ui import theme


def test_pale_words_and_nameless_controls_are_found(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    page = QWidget()
    qtbot.addWidget(page)
    pale, clear, rows = QLabel("Hardly to be read"), QLabel("Black on white"), QListWidget()
    rows.addItem("A row")
    palette = QPalette(pale.palette())
    palette.setColor(QPalette.ColorRole.WindowText, "#b0b0b0")
    pale.setPalette(palette)
    within = QVBoxLayout(page)
    for each in (pale, clear, rows, QPushButton()):
        within.addWidget(each)
    rows.setAccessibleName("Rows")
    page.show()
    qtbot.waitExposed(page)
    found = contrasts(page)
    lowest, name = found[0]
    assert lowest < 4.5
    assert "Hardly to be read" in name
    assert all(ratio > 4.5 for ratio, _name in found[1:])
    assert sorted(name.split("“")[1] for _ratio, name in found[1:]) == ["A row”", "Black on white”"]
    assert [each.split()[0] for each in unnamed(page)] == ["QPushButton"]
