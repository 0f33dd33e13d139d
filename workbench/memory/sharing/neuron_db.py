"""Reads neuron-db's file: an SQLite database with a row per scope, and a log.

A fact is a line "flag, text, strength", separated by tabs; older files have no strength. Beside the
facts of a scope lie its stances (“topic: feeling”, with how firm they are as strength), variables
(“key is value”) and instructions.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from workbench.errors import UsageError
from workbench.memory.notes import stances, variables

#: The tables by which its database is recognised.
TABLES = frozenset(("neurons", "fact_log"))
#: Separates a scope from its parts, and the kinds of notes that these are here.
_PART = "::"
_NOTES: Mapping[str, str] = {"stance": "stance", "var": "variable", "instr": "instruction"}
_ESCAPED = re.compile(r"\\(.)")
_STRENGTH = re.compile(r"\t([0-9.eE+-]+)$")
_LINES = (
    "SELECT id, updated, facts FROM neurons UNION ALL "
    "SELECT scope, NULL, lines FROM (SELECT * FROM fact_log ORDER BY scope, seq)"
)


def lines(connection: sqlite3.Connection, left: list[str]) -> Iterator[str]:
    """Yield its facts and notes as JSON Lines, oldest first; other lines are counted in `left`."""
    times: dict[str, float] = {}
    parts: dict[str, int] = {}
    for name, updated, facts in connection.execute(_LINES).fetchall():
        told_at = times.setdefault(str(name), (updated or 0) / 1000)
        scope, _, part = str(name).partition(_PART)
        for line in str(facts).split("\n"):
            _, tab, content = line.partition("\t")
            if not tab:
                continue
            record = _line(content, part)
            if record is None:
                parts[name] = parts.get(name, 0) + 1
                continue
            yield json.dumps({**record, "told": told_at or None, "collection": scope})
    for name, count in parts.items():
        those = "1 line of “{}” is" if count == 1 else f"{count} lines of “{{}}” are"
        left.append(f"{those.format(name)} no fact: left out.")


def _line(content: str, part: str) -> dict[str, Any] | None:
    """A line as a record; None if it is of a part that has no place here."""
    found = _STRENGTH.search(content)
    strength = float(found[1]) if found else 1.0
    spaces = {"t": " ", "n": " "} if part != "var" else {"t": "\t", "n": "\n"}
    text = _ESCAPED.sub(lambda escape: spaces.get(escape[1], escape[1]), _STRENGTH.sub("", content))
    if not part:
        return {"text": text, **({} if strength == 1.0 else {"strength": {"weight": strength}})}
    kind = _NOTES.get(part)
    try:
        if kind == "stance":
            topic, feeling = stances.parse(text)
            return {"kind": kind, "name": topic, "text": feeling, "intensity": strength}
        if kind == "variable":
            key, value = variables.parse(text)
            return {"kind": kind, "name": key, "text": value}
    except UsageError:
        return None
    return None if kind is None else {"kind": kind, "text": text}
