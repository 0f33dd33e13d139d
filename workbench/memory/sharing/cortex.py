"""Reads what Cortex has learned: `triples.log`, and the table of its database with the same.

A line of the log is “subject|relation|object|topic|seconds|place in the talk”; older ones end
before.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator

#: The name of the log, and the table by which its database is recognised.
LOG, TABLE = "triples.log", "knowledge_edges"
_EDGES = "SELECT source_label, relation, target_label, last_seen, evidence_count FROM " + TABLE


def lines(log: Iterable[str], left: list[str]) -> Iterator[str]:
    """Yield the triples of a log as JSON Lines; others are counted in `left`."""
    short = 0
    for line in log:
        subject, relation, object, topic, seconds, *_ = [
            *(part.strip() for part in line.rstrip("\n").split("|", 5)), "", "", "", "", "",
        ]  # fmt: skip
        if not (subject and relation and object):
            short += bool(line.strip())
            continue
        told = float(seconds) if seconds.isdigit() and int(seconds) else None
        yield _line(subject, relation, object, told, [topic] if topic else [])
    if short:
        those = "1 line is" if short == 1 else f"{short} lines are"
        left.append(f"{those} no triple: left out.")


def database_lines(connection: sqlite3.Connection, left: list[str]) -> Iterator[str]:
    """Yield the edges of a database, the oldest first."""
    repeated = 0
    for subject, relation, object, seen, times in connection.execute(
        f"{_EDGES} ORDER BY last_seen"
    ):
        repeated += (times or 1) > 1
        yield _line(str(subject), str(relation), str(object), float(seen or 0) or None, [])
    if repeated:
        those = "1 triple was" if repeated == 1 else f"{repeated} triples were"
        left.append(f"{those} learned more than once there; how often has no place here.")


def _line(subject: str, relation: str, object: str, told: float | None, topics: list[str]) -> str:
    said = f"{subject} {relation.replace('_', ' ')} {object}"
    text = said if said.endswith((".", "!", "?")) else f"{said}."
    return json.dumps({"text": text, "told": told, "tags": topics})
