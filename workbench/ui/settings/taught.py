"""The list of the brain's lessons in Settings, each of which can be forgotten."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workbench.ui.components import words
from workbench.ui.components.boxes import card, column
from workbench.ui.components.controls import button
from workbench.ui.components.words import label
from workbench.ui.language import tr
from workbench.ui.settings.page import Line, lines

if TYPE_CHECKING:
    from workbench.brain.records import Lesson

#: Lessons that are shown: the newest.
SHOWN = 6
_WHY = {
    "opened": tr("You opened a suggested passage"),
    "pinned": tr("You pinned a suggested passage"),
    "confirmed": tr("You accepted a link"),
    "rejected": tr("You rejected a link"),
}
_LINKS = 3


class Taught(QWidget):
    """The newest lessons; `forget` is called with the number of one that shall be taken back."""

    def __init__(self, lessons: "Sequence[Lesson]", forget: Callable[[int], object]) -> None:
        super().__init__()
        box = column(label(tr("Learned from you"), "head"), gap=8)
        if lessons:
            made = lines(*(_line(each, forget) for each in lessons))
            box.addWidget(card(made, name=tr("Learned from you")))
        else:
            said = tr(
                "Nothing yet. When you open or pin a suggestion, or judge a link, the "
                "connections behind it change a little."
            )
            box.addWidget(label(said, "muted", wrap=True))
        self.setLayout(box)


def _line(lesson: "Lesson", forget: Callable[[int], object]) -> Line:
    links = changes(lesson)
    press = button(tr("Undo"), call=partial(forget, lesson.id))
    press.setAccessibleName(tr("Forget this lesson: {links}", links=links))
    name = _WHY.get(lesson.why, lesson.why)
    return Line("mind", name, f"{words.day(lesson.at)} · {links}", "", "", press)


def changes(lesson: "Lesson") -> str:
    """The links that a lesson changed, each pair of concepts once, the largest change first."""
    seen: dict[frozenset[str], str] = {}
    for one, other, much in lesson.links:
        by = f"{much:+.2f}".replace("-", "−")
        seen.setdefault(frozenset((one, other)), f"{one} – {other} {by}")
    told = list(seen.values())
    more = len(told) - _LINKS
    return ", ".join(told[:_LINKS]) + (
        tr(" and {other_links}", other_links=words.count(more, "other link")) if more > 0 else ""
    )
