"""The recorded results: `RESULTS.md` has a section for each suite, a line for each figure.

`record` writes the lines of a suite anew and leaves the rest of the file as it is, so that notes
between the sections stay. A figure that was not measured this time keeps its line.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.rows import Row

RESULTS = Path(__file__).parents[2] / "resources" / "bench" / "RESULTS.md"
_HEADER = (
    "| figure | value | unit | goal | measured on | date, commit |\n|---|---|---|---|---|---|\n"
)
_LINE = re.compile(r"^\| (\w[^|]*?) \|.*\|$", re.MULTILINE)


def record(file: Path, suite: str, rows: Sequence[Row], state: str | None = None) -> None:
    """Write the rows of a suite into a results file; `state` is the date and commit."""
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Measured results\n"
    section = _section(text, suite)
    before = {match[1]: match[0] for match in _LINE.finditer(section)}
    lines = [
        _line(row, state or _state()) if row.value is not None else before.get(row.name, "")
        for row in rows
    ]
    table = _HEADER + "".join(f"{line}\n" for line in lines if line)
    if not section:
        file.write_text(f"{text.rstrip()}\n\n## {suite}\n\n{table}", encoding="utf-8")
        return
    start = section.find("| figure |")
    if start < 0:
        after = f"{section.rstrip()}\n\n{table}"
    else:
        end = re.search(r"^(?!\|)", section[start:], re.MULTILINE)
        rest = section[start + end.start() :] if end else ""
        after = section[:start] + table + rest
    file.write_text(text.replace(section, after, 1), encoding="utf-8")


def read(file: Path = RESULTS) -> Iterator[tuple[str, str, float]]:
    """Suite, figure and value of each recorded line."""
    for suite, section in _sections(file.read_text(encoding="utf-8")):
        for match in _LINE.finditer(section):
            name, value = (cell.strip() for cell in match[0].split("|")[1:3])
            if name != "figure":
                yield suite, name, float(value.strip("*").replace(",", ""))


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        yield part.splitlines()[0].removeprefix("## ").strip(), part


def _section(text: str, suite: str) -> str:
    return next((part for name, part in _sections(text) if name == suite), "")


def _line(row: Row, state: str) -> str:
    value = f"{row.value:,g}" if row.value is not None else ""
    shown = f"**{value}**" if row.met is False else value
    goal = "" if row.goal is None else f"{row.goal:,g}"
    return f"| {row.name} | {shown} | {row.unit} | {goal} | {row.input} | {state} |"


def _state() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short=8", "HEAD"],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return f"{datetime.now(UTC):%Y-%m-%d}, {commit or 'no commit'}"
