"""The strength of one engram: loaded on a worker, and reloaded on changes."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from workbench.errors import NotFoundError, WorkbenchError
from workbench.memory.fading.records import Curve
from workbench.ui import plots, theme
from workbench.ui.components import (
    PictureOrTable,
    Sign,
    button,
    clear,
    column,
    fill,
    flow,
    holder,
    label,
    paragraph,
    row,
    table_of,
    words,
)
from workbench.ui.language import tr
from workbench.ui.shelf import labels
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.plastic import Strength


#: Maximum number of uses in the table; the latest are kept.
_MAX_USES = 12


@dataclass(frozen=True, slots=True)
class Strong:
    """An engram with its strength and curve."""

    engram: int
    strength: "Strength"
    curve: "Curve"


def load(library: "Library", engram: int) -> Strong | None:
    """Load it; None if the engram no longer exists. Runs on a worker."""
    # The plot library must not be loaded in the GUI thread.
    plots.load()
    result = library.memory.strength(engram)
    if result is None:
        return None
    try:
        return Strong(engram, result, library.memory.curve(engram))
    except NotFoundError:
        # It was deleted in between.
        return None


class StrengthCurve(PictureOrTable):
    """The curve, with its dates as a table."""

    def __init__(self, curve: Curve) -> None:
        from workbench.ui.plots.curves import StrengthPlot

        uses = [(used, _peak(curve, used)) for used in curve.uses]
        picture = StrengthPlot(curve, current_strength(curve), uses)
        picture.describe(description(curve))
        table = table_of(map(_line, dates(curve)), wide=1)
        super().__init__(picture, table, description(curve), tr("As a curve"))
        self.curve = curve
        self.switch.setObjectName("as_table")


def description(curve: Curve) -> str:
    """Describe the curve in a sentence or two."""
    parts = [
        tr(
            "Strength {now_of:.1f} of {cap:.0f} now",
            now_of=words.Decimal(current_strength(curve)),
            cap=curve.cap,
        )
    ]
    if curve.uses:
        parts.append(tr("last used on {uses}", uses=words.day(curve.uses[-1])))
    text = ", ".join(parts)
    if curve.pinned:
        return tr("{text}. Pinned: it does not fade.", text=text)
    if curve.half_at is None:
        return tr(
            "{text}. It halves in {span} unused.", text=text, span=words.span(curve.half_life)
        )
    return tr(
        "{text}. Unused, half of it is left on {half_at}.",
        text=text,
        half_at=words.day(curve.half_at),
    )


def current_strength(curve: Curve) -> float:
    """The current strength."""
    return at(curve, curve.now)


def at(curve: Curve, seconds: float) -> float:
    """The strength at a time, interpolated between samples; at a use, the value after it."""
    times, strengths = curve.times, curve.strengths
    if not times:
        return 0.0
    after = bisect_left(times, seconds)
    if after >= len(times):
        return strengths[-1]
    if after == 0 or times[after] == seconds:
        return strengths[after]
    previous = after - 1
    share = (seconds - times[previous]) / (times[after] - times[previous])
    return strengths[previous] + share * (strengths[after] - strengths[previous])


def dates(curve: Curve) -> list[tuple[float, str, float]]:
    """The points of the curve as (seconds, text, strength), earliest first."""
    listing = [(used, tr("Used"), _peak(curve, used)) for used in curve.uses[-_MAX_USES:]]
    listing.append((curve.now, tr("Now"), current_strength(curve)))
    if not curve.pinned:
        if curve.half_at is not None:
            listing.append((curve.half_at, tr("Half, if unused"), current_strength(curve) / 2))
        if curve.times and curve.times[-1] > curve.now:
            listing.append((curve.times[-1], tr("If unused until then"), curve.strengths[-1]))
    return sorted(listing)


def _peak(curve: Curve, used: float) -> float:
    """The strength right after a use; samples are beside it."""
    first = bisect_left(curve.times, used)
    neighbours = curve.strengths[first : first + 2]
    return max(neighbours, default=at(curve, used))


def _line(date: tuple[float, str, float]) -> tuple[QWidget, ...]:
    seconds, event, strong = date
    day, strong = words.day(seconds, year=True), words.Decimal(strong)
    number = label(
        f"{strong:.1f}",
        "small",
        name=tr("{day}: {what}, strength {strong:.1f}", day=day, what=event, strong=strong),
    )
    return label(day, "small"), paragraph(event), number


class StrengthSection(QWidget):
    """Shows an engram's strength, with buttons that change it.

    Buttons have object names, by which the focus is restored after a rebuild.
    """

    def __init__(self, strong: Strong, shelf: Shelf) -> None:
        super().__init__()
        self.strong = strong
        result, engram = strong.strength, strong.engram
        strength = words.Decimal(result.strength)
        self.curve = StrengthCurve(strong.curve)
        number = label(
            f"{strength:.1f}",
            "strong",
            name=tr("Strength {strength:.1f}", strength=strength),
        )
        head = row(number, paragraph(half_words(result)), gap=8, wide=1)
        more = _press(
            tr("Strengthen"), "strengthen", tr("Shown before others that match equally well")
        )
        more.clicked.connect(partial(labels.reinforce, shelf, (engram,)))
        pin = _press(
            tr("Let it fade") if result.pinned else tr("Pin"),
            "pin",
            tr("It can fade again") if result.pinned else tr("It never fades"),
        )
        pin.clicked.connect(partial(labels.pin, shelf, engram, pinned=not result.pinned))
        buttons = [more, pin]
        if result.archived:
            back = _press(tr("Unarchive"), "let_go", tr("It is ranked normally again"))
            back.clicked.connect(partial(labels.archive, shelf, (engram,), archived=False))
            buttons.append(back)
        elif not result.pinned:
            go = _press(tr("Archive"), "let_go", tr("Archived (still searchable)"))
            go.clicked.connect(partial(labels.archive, shelf, (engram,)))
            buttons.append(go)
        fill(self, column(head, *_signs(result), self.curve,
                   flow(*buttons), gap=6), name=tr("Strength"))  # fmt: skip


def half_words(strength: "Strength") -> str:
    """The last use and rate of forgetting, in one line."""
    if strength.pinned:
        return tr("pinned, it does not fade")
    half = tr("half of it fades in {span}", span=words.span(strength.half_life))
    if not strength.uses:
        return tr("never used yet, {half}", half=half)
    return tr("last used {ago}, {half}", ago=ago(strength.now - strength.used), half=half)


def ago(seconds: float) -> str:
    """The time elapsed, as text."""
    return tr("just now") if seconds < 60 else tr("{span} ago", span=words.span(seconds))


def _signs(strength: "Strength") -> list[QWidget]:
    """Icons and labels for pinned and archived memories."""
    created = []
    if strength.pinned:
        created.append(_sign("pin", "accent", tr("Pinned: it never fades")))
    if strength.archived:
        created.append(_sign("pause", "text2", tr("Archived (still searchable)")))
    return created


def _sign(glyph: str, role: str, text: str) -> QWidget:
    line = row(Sign(glyph, role, 16), paragraph(text), gap=6, wide=1)
    return holder(line)


def _press(text: str, name: str, tip: str) -> QPushButton:
    created = button(text, tip=tip)
    created.setObjectName(name)
    return created


class StrengthPlace(QWidget):
    """Loads and shows the strength of `engram`, starting with `initial` if given."""

    def __init__(
        self,
        shelf: Shelf,
        engram: int,
        initial: Strong | None = None,
        on_read: Callable[[Strong], object] | None = None,
    ) -> None:
        super().__init__()
        self.engram = engram
        self.strong: Strong | None = None
        self.section: StrengthSection | None = None
        self._shelf, self._tell = shelf, on_read
        self._box = column()
        fill(self, self._box, name=tr("Strength"))
        if initial is not None and initial.engram == engram:
            self._show(initial)
        theme.watch(self, self._redraw)
        self.reload()

    def reload(self) -> None:
        """Reload."""
        self._shelf.ask(load, self.engram, done=self._receive, failed=self._clear)

    def focus(self, name: str) -> bool:
        """Focus the button of this name; return False if missing."""
        # In the current section only: the previous one is deleted in the next event loop iteration.
        result = self.section.findChild(QWidget, name) if self.section is not None else None
        if not isinstance(result, QWidget):
            return False
        result.setFocus()
        return True

    def _receive(self, strong: Strong | None) -> None:
        if strong is None:
            self._clear(None)
            return
        self._show(strong)
        if self._tell is not None:
            self._tell(strong)

    def _clear(self, _error: WorkbenchError | None) -> None:
        clear(self._box)
        self.strong = self.section = None

    def _redraw(self) -> None:
        if self.strong is not None:
            self._show(self.strong)

    def _show(self, strong: Strong) -> None:
        focused = QApplication.focusWidget()
        name = ""
        if focused is not None and self.isAncestorOf(focused):
            name = focused.objectName()
        dates = self.section is not None and self.section.curve.shows_table
        clear(self._box)
        self.strong = strong
        self.section = StrengthSection(strong, self._shelf)
        if dates:
            self.section.curve.switch.click()
        self._box.addWidget(self.section)
        # New children of a visible widget count as hidden until the next event loop iteration.
        self.section.show()
        if name:
            self.focus(name)
