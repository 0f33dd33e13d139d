"""A row of a benchmark: a figure, its unit, its goal and the size of what it was measured on."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

#: Made texts and questions, and marked sentences.
DATA = Path(__file__).with_name("data")
#: Gets a line for each thing that was measured.
Say = Callable[[str], None]


def made_texts(name: str) -> dict[str, Any]:
    """The content of a JSON file of made texts and questions."""
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


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


def judged(
    name: str, value: float | None, goals: Mapping[str, Goal], measured_on: str, unit: str = ""
) -> Row:
    """A row against its goal; a value of None (could not be measured here) counts as not met.

    A row without a goal has the `unit` that is given.
    """
    goal, value = goals.get(name), None if value is None else round(value, 4)
    if goal is None:
        return Row(name, value, unit, input=measured_on)
    met = value is not None and (value >= goal.value if goal.higher else value <= goal.value)
    return Row(name, value, goal.unit, goal.value, met, measured_on)


def agreed(found: Iterable[Row], goals: Mapping[str, Goal], why: str) -> list[Row]:
    """The rows in the order of their goals, those that were not measured saying `why`, and then
    those without a goal."""
    measured = {row.name: row for row in found}
    with_goal = [measured.pop(name, judged(name, None, goals, why)) for name in goals]
    return [*with_goal, *measured.values()]


def label(size: int) -> str:
    """A number of things as it stands in the name of a row: 1k, 200k, 1M."""
    for unit, word in ((1_000_000, "M"), (1000, "k")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{word}"
    return str(size)


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
