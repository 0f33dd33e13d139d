"""A flow knows its height at a width until something in it changes."""

from PySide6.QtWidgets import QApplication, QLabel

from workbench.ui.components.boxes import Flow, holder


def test_a_flow_is_as_high_as_what_stands_in_it_now(qapp: QApplication) -> None:
    first, second = QLabel("one"), QLabel("two")
    flow = Flow([first, second])
    held = holder(flow)
    held.show()
    narrow = max(first.sizeHint().width(), second.sizeHint().width())
    high = flow.heightForWidth(narrow)
    assert high > first.sizeHint().height()
    second.hide()
    low = flow.heightForWidth(narrow)
    assert low == first.sizeHint().height()
    second.show()
    assert flow.heightForWidth(narrow) == high
    first.setText("one\nabove the other")
    assert flow.heightForWidth(first.sizeHint().width()) > high
    added = QLabel("three")
    flow.addWidget(added)
    assert flow.heightForWidth(narrow) > flow.heightForWidth(10 * first.sizeHint().width())
    held.close()
    held.deleteLater()
