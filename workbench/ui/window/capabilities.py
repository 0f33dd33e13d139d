"""The sheet Features and Setup: every capability of this machine with its state.

The same list as `workbench doctor` prints; finding it out may touch the disk, so a worker does.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.capabilities import Capability, State
from workbench.ui.components.boxes import holder
from workbench.ui.components.controls import Sign
from workbench.ui.components.pointing import pointed
from workbench.ui.components.words import label
from workbench.ui.language import known, tr

_STATES = {
    State.WORKS: ("check", "confirmed", tr("Works"), "ok"),
    State.NEEDS_MODEL: ("info", "text3", tr("Needs a model"), "small"),
    State.NEEDS_SERVER: ("info", "text3", tr("Needs a server"), "small"),
    State.NOT_INSTALLED: ("alert", "emergent", tr("Not installed"), "small"),
}


def works(found: Sequence[Capability]) -> QWidget:
    """A line for each capability: a sign, its name, its state in words, and how to add it."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    at = 0
    for each in found:
        glyph, role, word, look = _STATES[each.state]
        called = known(each.name)
        name, state = label(called, "strong"), label(word, look)
        name.setAccessibleName(f"{called}: {word}. {pointed(each.how)}".strip())
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Sign(glyph, role, 16), at, 0, top)
        grid.addWidget(name, at, 1, top)
        grid.addWidget(state, at, 2, top | Qt.AlignmentFlag.AlignRight)
        at += 1
        if each.how:
            how = label(pointed(each.how), "small", wrap=True)
            how.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            how.setAccessibleName(f"{called}: {pointed(each.how)}")
            grid.addWidget(how, at, 1, 1, 2)
            at += 1
        grid.setRowMinimumHeight(at, 10)
        at += 1
    grid.setColumnStretch(1, 1)
    return holder(grid)
