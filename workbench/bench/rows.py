"""A row of a benchmark: a figure, its unit, its goal and the size of what it was measured on."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workbench import paths

#: Gets a line for each thing that was measured.
Say = Callable[[str], None]


def shipped(name: str) -> dict[str, Any]:
    """What a file of made texts and questions holds that ships with the program."""
    file = paths.resources() / "bench" / name
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure. `met` is None where there is no goal; `input` says how much was read."""

    name: str
    value: float | None
    unit: str
    goal: float | None = None
    met: bool | None = None
    input: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should reach. `higher` says which way is better."""

    unit: str
    value: float
    higher: bool


def judged(name: str, value: float | None, goal: Goal, measured_on: str) -> Row:
    """A row against its goal; a value of None (could not be measured here) counts as not met."""
    if value is None:
        return Row(name, None, goal.unit, goal.value, False, measured_on)
    met = value >= goal.value if goal.higher else value <= goal.value
    return Row(name, round(value, 4), goal.unit, goal.value, met, measured_on)


def table(rows: Sequence[Row]) -> str:
    """The rows as text columns, for people."""
    cells = [("figure", "value", "unit", "goal", "met", "measured on")]
    cells += [
        (
            row.name,
            "–" if row.value is None else f"{row.value:g}",
            row.unit,
            "" if row.goal is None else f"{row.goal:g}",
            "" if row.met is None else ("yes" if row.met else "NO"),
            row.input,
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join(
        "  ".join([*(c.ljust(w) for c, w in zip(line[:5], widths, strict=True)), line[5]]).rstrip()
        for line in cells
    )


def as_dicts(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows as `bench --json` prints them."""
    return [asdict(row) for row in rows]
