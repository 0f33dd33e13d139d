"""The filters of Explore: what each of them leaves out."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.associations.bar import Filters
from workbench.ui.associations.ego import Sifting


def test_a_kind_that_is_unticked_is_left_out_and_comes_back(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    filters = Filters(parent)
    wanted: list[Sifting] = []
    filters.changed.connect(wanted.append)
    filters.show_counts({}, {"wrote": 3, "founded": 1})
    for left in ({"wrote"}, set()):
        filters.kinds.menu().aboutToShow.emit()
        _all, _line, first, _second = filters.kinds.menu().actions()
        first.trigger()
        assert wanted[-1].kinds == left
        filters.set_sifting(wanted[-1])


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
