"""Budgets of tokens for the rooms of the product; they only fall.

A room is a package below `workbench` or `ingest`; modules that lie directly in one of these two
count for it. Tokens are names, operators and literals, so that neither packed nor unpacked lines
change a figure; comments, docstrings and blank lines are free.

    python -m tests.test_budgets            print the table for the code as it is
    python -m tests.test_budgets --lower    lower the budgets of this file to it, and raise none

Whoever has to raise a budget gives the reason in ARCHITECTURE.md, "Decisions", in a line that takes
precedence over the table: "- **`workbench/ui` may have 345,000 tokens.** Because …".
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
BUDGETS = {
    "ingest": 45_000,
    "ingest/books": 79_500,
    "ingest/databases": 5_000,
    "ingest/language": 69_000,
    "ingest/media": 21_500,
    "ingest/models": 16_000,
    "ingest/triples": 24_000,
    "ingest/web": 5_500,
    "workbench": 16_000,
    "workbench/brain": 37_000,
    "workbench/care": 8_000,
    "workbench/cli": 20_500,
    "workbench/doors": 8_000,
    "workbench/intake": 35_000,
    "workbench/library": 34_000,
    "workbench/memory": 229_500,
    "workbench/models": 3_000,
    "workbench/recall": 104_000,
    "workbench/sleep": 13_500,
    "workbench/space": 18_500,
    "workbench/store": 81_500,
    "workbench/ui": 332_000,
}
#: Budgets are multiples of this, and may be above the code by as much or by this share.
_STEP, _SLACK = 500, 0.03
_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
#: From Python 3.12 on, an f-string is several tokens; it counts as one everywhere.
_FSTRING_START = getattr(tokenize, "FSTRING_START", -1)
_FSTRING_END = getattr(tokenize, "FSTRING_END", -1)
_TABLE = re.compile(r"^BUDGETS = \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)
_EXCEPTION = re.compile(r"^- \*\*`([\w/]+)` may have ([\d,]+) tokens\.\*\* \S", re.MULTILINE)


@pytest.mark.parametrize("room", BUDGETS)
def test_room_is_within_its_budget(room: str) -> None:
    tokens, budget = measure(room), effective_budgets()[room]
    assert tokens <= budget, (
        f"{room} has {tokens:,} tokens and a budget of {budget:,}. Delete something, "
        'or raise it with a reason in ARCHITECTURE.md, "Decisions".'
    )


@pytest.mark.parametrize("room", BUDGETS)
def test_budget_has_no_slack(room: str) -> None:
    tokens, budget = measure(room), effective_budgets()[room]
    assert budget - tokens <= max(_STEP, budget * _SLACK), (
        f"{room} has {tokens:,} tokens and a budget of {budget:,}: "
        "run `python -m tests.test_budgets --lower`."
    )


def test_rooms_of_the_product_have_a_budget() -> None:
    assert set(effective_budgets()) == set(modules())


def test_exceptions_are_above_the_table() -> None:
    assert [room for room, limit in exceptions().items() if limit <= BUDGETS.get(room, 0)] == []


def test_comments_docstrings_and_layout_are_free() -> None:
    packed = 'def area(width, height): return f"{width * height} m"\n'
    unpacked = (
        '"""Areas."""\n\n\ndef area(\n    width,  # in metres\n    height\n):\n'
        '    """Multiply."""\n    return f"{width * height} m"\n'
    )
    assert count_tokens(packed) == count_tokens(unpacked) == 10


def test_lowering_never_raises_a_budget() -> None:
    budgets = {"ingest/web": 6_000, "workbench/ui": 9_000, "workbench/bench": 2_000}
    rooms = {"ingest/web": 7_200, "workbench/ui": 8_001, "workbench/sleep": 400}
    assert lowered(budgets, rooms) == {"ingest/web": 6_000, "workbench/ui": 8_500}


def count_tokens(source: str) -> int:
    """Count the tokens of a module: names, operators, literals."""
    docstrings = docstring_lines(source)
    count = depth = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth -= token.type == _FSTRING_END
        if not depth and token.type not in _LAYOUT and token.start[0] not in docstrings:
            count += token.type != _FSTRING_END
        depth += token.type == _FSTRING_START
    return count


def docstring_lines(source: str) -> set[int]:
    """Find the lines of all docstrings, counted from 1."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and ast.get_docstring(node, clean=False) is not None
        ):
            docstring = node.body[0]
            lines.update(range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1))
    return lines


@cache
def modules() -> Mapping[str, Sequence[Path]]:
    """Find the modules of every room."""
    rooms: dict[str, list[Path]] = {}
    for package in ("workbench", "ingest"):
        for path in (_ROOT / package).rglob("*.py"):
            parts = path.relative_to(_ROOT).parts
            rooms.setdefault("/".join(parts[:2]) if len(parts) > 2 else package, []).append(path)
    return rooms


@cache
def measure(room: str) -> int:
    """Count the tokens of a room; 0 for one that is gone."""
    return sum(count_tokens(path.read_text(encoding="utf-8")) for path in modules().get(room, ()))


@cache
def exceptions() -> Mapping[str, int]:
    """Read the budgets that ARCHITECTURE.md raises with a reason."""
    page = (_ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    decisions = page.partition("\n## Decisions\n")[2].partition("\n## ")[0]
    return {room: int(tokens.replace(",", "")) for room, tokens in _EXCEPTION.findall(decisions)}


def effective_budgets() -> dict[str, int]:
    """Join the table with its exceptions."""
    return BUDGETS | dict(exceptions())


def round_up(tokens: int) -> int:
    """Round up to the next step."""
    return -(-tokens // _STEP) * _STEP


def lowered(budgets: Mapping[str, int], rooms: Mapping[str, int]) -> dict[str, int]:
    """Lower budgets to what the rooms need; rooms that are gone lose theirs."""
    return {
        room: min(budget, round_up(rooms[room]))
        for room, budget in budgets.items()
        if room in rooms
    }


def render(budgets: Mapping[str, int]) -> str:
    """Write a table as this file has it."""
    rows = (f'    "{room}": {budgets[room]:_},\n' for room in sorted(budgets))
    return "BUDGETS = {\n" + "".join(rows) + "}\n"


def main() -> None:
    """Print the table of the code as it is, or lower the one in this file."""
    if "--lower" in sys.argv[1:]:
        path = Path(__file__)
        table = render(lowered(BUDGETS, {room: measure(room) for room in modules()}))
        source = path.read_text(encoding="utf-8")
        path.write_text(_TABLE.sub(lambda _: table, source, count=1), encoding="utf-8")
    else:
        print(render({room: round_up(measure(room)) for room in modules()}), end="")


if __name__ == "__main__":
    main()
