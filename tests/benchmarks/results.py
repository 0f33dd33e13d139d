"""The recorded results: `RESULTS.md` has a section for each suite, a line for each figure.

`record` writes the lines of one suite and leaves the rest of the file as it is, so that notes stay.
A figure that was not measured this time keeps its line.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.rows import Row

RESULTS = Path(__file__).parents[2] / "resources" / "bench" / "RESULTS.md"
_TITLES = "| figure | value | unit | goal | measured on | date, commit |\n"
_HEADER = f"{_TITLES}|---|---|---|---|---|---|\n"
_LINE = re.compile(r"^\| ([\w.]+) \| (\S+) \|.*$", re.MULTILINE)


def record(file: Path, suite: str, rows: Sequence[Row], state: str | None = None) -> None:
    """Write the rows of a suite into a results file; `state` is the date and commit."""
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Measured results\n"
    section = dict(_sections(text)).get(suite, "")
    notes, _, table = section.partition(_TITLES)
    recorded = {line[1]: line[0] for line in _LINE.finditer(table)}
    state = state or _state()
    for row in rows:
        if row.value is not None:
            recorded[row.name] = _line(row, state)
    lines = "".join(f"{line}\n" for line in recorded.values())
    notes = notes or f"## {suite}\n\n"
    end = re.search(r"^(?!\|)", table, re.MULTILINE)
    rest = table[end.start() :] if end else ""
    written = f"{notes}{_HEADER}{lines}{rest}"
    text = text.replace(section, written, 1) if section else f"{text.rstrip()}\n\n{written}"
    file.write_text(text, encoding="utf-8")


def recorded_values(file: Path = RESULTS) -> dict[str, dict[str, float]]:
    """The value of each recorded figure, by suite."""
    return {
        suite: {line[1]: float(line[2].strip("*").replace(",", "")) for line in lines}
        for suite, section in _sections(file.read_text(encoding="utf-8"))
        if (lines := [*_LINE.finditer(section.partition(_HEADER)[2])])
    }


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each section of a page with its heading."""
    for section in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        yield section.partition("\n")[0].removeprefix("## "), section


def _line(row: Row, state: str) -> str:
    value = f"{row.value:,g}"
    shown = f"**{value}**" if row.met is False else value
    goal = "" if row.goal is None else f"{row.goal:,g}"
    return f"| {row.name} | {shown} | {row.unit} | {goal} | {row.input} | {state} |"


def _state() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short=8", "HEAD"],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return f"{datetime.now(UTC):%Y-%m-%d}, {commit or 'no commit'}"
