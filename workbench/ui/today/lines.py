"""The lines of Today: a sign, words that give way, a remark, one action."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import card, column, holder, row
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.words import Elided, label


def line(
    glyph: str,
    text: str,
    note: str,
    action: str,
    call: Callable[[], object],
    role: str = "text2",
) -> QWidget:
    """One line; the action says in words what it does, and to what for those who hear it."""
    press = button(action, kind="quiet", call=lambda: call())
    press.setAccessibleName(f"{action} {words.short(text, 120)}")
    shown = Elided(" ".join(text.split()))
    box = row(Sign(glyph, role), shown, gap=10, wide=1)
    if note:
        box.addWidget(label(note, "caption"))
    box.addWidget(press)
    return holder(box)


def section(title: str, *parts: QWidget, told: str = "", framed: bool = False) -> QWidget:
    """A heading and what stands under it, in a card or plainly."""
    head = row(label(title, "head"), None)
    if told:
        head.addWidget(label(told, "caption"))
    inside = column(*parts, gap=12 if framed else 4)
    if framed:
        inside.setContentsMargins(16, 12, 16, 12)
        return holder(column(head, card(inside, name=title), gap=6))
    return holder(column(head, inside, gap=4))
