"""Reads neuron-db's file: an SQLite database with a row per scope, and a log.

A fact is a line "flag, text, strength", separated by tabs; older files have no strength.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from workbench.errors import InputError

#: The header of SQLite databases.
HEAD = b"SQLite format 3\0"
#: The prefix of parts of a scope other than facts: stances, variables, moods.
_PART = "::"
_ESCAPED = re.compile(r"\\(.)")
_STRENGTH = re.compile(r"\t[0-9.eE+-]+$")
_LINES = (
    "SELECT id, updated, facts FROM neurons UNION ALL "
    "SELECT scope, NULL, lines FROM (SELECT * FROM fact_log ORDER BY scope, seq)"
)


def lines(path: Path, left: list[str]) -> Iterator[str]:
    """Yield its facts as JSON Lines, oldest first; other lines are reported in `left`.

    Raises `InputError` for any other file.
    """
    # Immutable unless it is open elsewhere, so that no file is created beside it.
    log = path.with_name(f"{path.name}-wal")
    options = "" if log.exists() else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro{options}", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            tables = {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
            }
            if not {"neurons", "fact_log"} <= tables:
                raise _another(path)
            rows = connection.execute(_LINES).fetchall()
    except sqlite3.DatabaseError as error:
        raise _another(path) from error
    times: dict[str, float] = {}
    parts: dict[str, int] = {}
    for scope, updated, facts in rows:
        told_at = times.setdefault(str(scope), (updated or 0) / 1000)
        for line in str(facts).split("\n"):
            _, tab, content = line.partition("\t")
            if not tab:
                continue
            if _PART in scope:
                parts[scope] = parts.get(scope, 0) + 1
                continue
            text = _ESCAPED.sub(
                lambda escape: {"t": " ", "n": " "}.get(escape[1], escape[1]), content
            )
            yield json.dumps(
                {"text": _STRENGTH.sub("", text), "told": told_at or None, "collection": scope}
            )
    left += [f"{count} of “{scope}” is no fact." for scope, count in parts.items()]


def _another(path: Path) -> InputError:
    return InputError(f"“{path.name}” is not a file of neuron-db, or damaged.", "Check the name.")
