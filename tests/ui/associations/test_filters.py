"""The filters of Explore: what each of them leaves out."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.associations.bar import Filters
from workbench.ui.associations.ego import Sifting


def test_co_mentions_are_shown_as_included_and_left_out_at_the_first_press(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    filters = Filters(parent)
    assert filters.sifting.together
    assert filters.together.isChecked()
    wanted: list[Sifting] = []
    filters.changed.connect(wanted.append)
    filters.together.click()
    assert [each.together for each in wanted] == [False]
