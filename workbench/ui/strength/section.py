"""The Inspector's section of strength: the number, the curve, what it rests on, three actions."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import Flow, column, fill, holder, row
from workbench.ui.components.controls import Sign, button
from workbench.ui.components.words import label
from workbench.ui.inspector.pairs import pairs
from workbench.ui.language import tr
from workbench.ui.strength import wording
from workbench.ui.strength.curve import StrengthCurve
from workbench.ui.strength.reading import Strong
from workbench.ui.wanted import Wanted

if TYPE_CHECKING:
    from workbench.memory.facts.plastic import Strength


class StrengthSection(QWidget):
    """Shows one engram's strength; what is to be done about it is `wanted`.

    Its buttons keep their object names, by which the focus finds them again after a rebuild.
    """

    def __init__(self, strong: Strong, wanted: Wanted) -> None:
        super().__init__()
        self.strong = strong
        found, engram = strong.strength, strong.engram
        self.curve = StrengthCurve(strong.curve)
        number = label(f"{found.strength:.1f}", "strong")
        number.setAccessibleName(tr("Strength {strength:.1f}", strength=found.strength))
        head = row(number, label(half_words(found), "small", wrap=True), gap=8, wide=1)
        more = _press(
            tr("Strengthen"), "strengthen", tr("Shown before others that match equally well")
        )
        more.clicked.connect(partial(wanted.strengthened.emit, engram))
        pin = _press(
            tr("Let it fade") if found.pinned else tr("Pin"),
            "pin",
            tr("It can fade again") if found.pinned else tr("It never fades"),
        )
        pin.clicked.connect(partial(wanted.pinned.emit, engram, not found.pinned))
        ways = [more, pin]
        if found.archived:
            back = _press(tr("Unarchive"), "let_go", tr("It is ranked normally again"))
            back.clicked.connect(partial(wanted.let_go.emit, engram, False))
            ways.append(back)
        elif not found.pinned:
            go = _press(tr("Archive"), "let_go", tr("Archived (still searchable)"))
            go.clicked.connect(partial(wanted.let_go.emit, engram, True))
            ways.append(go)
        fill(self, column(head, *_signs(found), self.curve, pairs(facts(found)),
                   holder(Flow(ways, gap=8)), gap=6), name=tr("Strength"))  # fmt: skip


def half_words(found: "Strength") -> str:
    """When it was used last and how fast it fades, in a line."""
    if found.pinned:
        return tr("pinned, it does not fade")
    half = tr("half-life {span}", span=wording.span(found.half_life))
    if not found.uses:
        return tr("never used yet, {half}", half=half)
    return tr("last used {ago}, {half}", ago=ago(found.now - found.used), half=half)


def ago(seconds: float) -> str:
    """How long ago, in words."""
    return tr("just now") if seconds < 60 else tr("{span} ago", span=wording.span(seconds))


def facts(found: "Strength") -> list[tuple[str, str]]:
    """What the strength rests on, as names and values."""
    return [
        (tr("Uses"), words.number(found.uses) if found.uses else tr("None yet")),
        (tr("Last use"), words.day(found.used, year=True) if found.uses else tr("Never")),
        (
            tr("Half-life"),
            tr("It does not fade") if found.pinned else wording.span(found.half_life),
        ),
        (tr("Stage"), wording.stage(found.stage)),
        (tr("Region"), wording.region(found.region)),
    ]


def _signs(found: "Strength") -> list[QWidget]:
    """What sets it apart, each as a sign and a word."""
    made = []
    if found.pinned:
        made.append(_sign("pin", "accent", tr("Pinned: it never fades")))
    if found.archived:
        made.append(_sign("pause", "text2", tr("Archived (still searchable)")))
    return made


def _sign(glyph: str, role: str, text: str) -> QWidget:
    line = row(Sign(glyph, role, 16), label(text, "small", wrap=True), gap=6, wide=1)
    return holder(line)


def _press(text: str, name: str, tip: str) -> QPushButton:
    made = button(text, tip=tip, name=text)
    made.setObjectName(name)
    return made
