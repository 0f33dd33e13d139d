"""Sleeps in the log of changes, with their progress; days of use; and queries of sleep.

The queries find used memories, stale ones, and links that are too strong; writers check the results
again.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from workbench.store import changes, failures, meta
from workbench.store.changes import Change
from workbench.store.queries import integers, select_one, select_records
from workbench.store.strengths import COACTIVATION, LinkRow

#: Settings of sleep that differ from the defaults, as JSON.
SETTINGS = "sleep_settings"
#: The days of use since the epoch, in order, as JSON.
_DAYS = "sleep_days"
_DAY = 24 * 3600.0
#: The kind of a sleep among the changes.
KIND = "sleep"
_SLEEP = f"kind = '{KIND}'"


# -- runs ------------------------------------------------------------------------------------------


def begin(
    connection: sqlite3.Connection, scope: int | None, why: str, begun: float, asked: dict[str, Any]
) -> int:
    """Insert a new sleep; returns its id."""
    asked = {**asked, "newest": newest(connection)}
    return changes.begin(connection, KIND, begun, scope=scope, why=why, state="asleep", asked=asked)


def advance(
    connection: sqlite3.Connection, run: int, phase: str, cursor: Any, tally: dict[str, float]
) -> None:
    """Store the progress of a sleep."""
    connection.execute(
        "UPDATE change SET phase = ?, cursor = ?, report = ? WHERE id = ?",
        (phase, json.dumps(cursor), json.dumps(tally), run),
    )


def by_id(connection: sqlite3.Connection, run: int) -> Change | None:
    """A sleep by id, or None."""
    change = changes.by_id(connection, run)
    return change if change is not None and change.kind == KIND else None


def latest(connection: sqlite3.Connection, limit: int) -> list[Change]:
    """The latest sleeps, newest first."""
    return changes.changes(connection, _SLEEP, limit=limit)


def latest_effective(
    connection: sqlite3.Connection,
    scope: int | None,
    *,
    any_scope: bool = True,
    asleep: bool = True,
) -> Change | None:
    """The latest sleep that was not undone: of any scope, or of exactly this one.

    Without `asleep`, running and interrupted ones are skipped.
    """
    test = ("" if any_scope else "AND scope IS ? ") + ("" if asleep else "AND state <> 'asleep' ")
    values = () if any_scope else (scope,)
    rows = changes.changes(connection, f"{_SLEEP} AND state <> 'undone' {test}", *values, limit=1)
    return rows[0] if rows else None


def unfinished(connection: sqlite3.Connection) -> Change | None:
    """The latest sleep that has neither ended nor been undone completely."""
    rows = changes.changes(connection, f"{_SLEEP} AND state NOT IN ('done', 'undone')", limit=1)
    return rows[0] if rows else None


def latest_starts(
    connection: sqlite3.Connection, now: float, but: int | None
) -> dict[int | None, float]:
    """The start of the latest effective sleep by scope (None: the whole library), except `but`.

    Starts after `now` come from another clock, and are ignored.
    """
    rows = connection.execute(
        "SELECT scope, max(begun) FROM change WHERE kind = 'sleep' AND state <> 'undone' "
        "AND begun <= ? AND id IS NOT ? GROUP BY scope",
        (now, but),
    )
    return {scope: float(started) for scope, started in rows}


def has_activity(
    connection: sqlite3.Connection, start: float | None, newest: int, now: float
) -> bool:
    """Whether anything was told after the engram `newest`, or used, since `start`.

    None: there was no sleep. If `start` is after `now`, it comes from another clock: all uses
    count, and told statements count by id.
    """
    after = -1.0 if start is None or start > now else start
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM fact WHERE engram > ?2 AND told > ?1) "
        "OR EXISTS (SELECT 1 FROM strength WHERE used > ?1 AND used <= ?3 AND uses > 0)",
        (after, newest, now),
    ).fetchone()
    return bool(row[0])


def newest(connection: sqlite3.Connection) -> int:
    """The highest engram id; 0 for none."""
    (result,) = select_one(connection, "SELECT max(id) FROM engram")
    return int(result or 0)


# -- days of use -----------------------------------------------------------------------------------


def in_use(connection: sqlite3.Connection, at: float) -> None:
    """Record a day of use by a time in seconds since the epoch."""
    recorded = days(connection)
    day = int(at // _DAY)
    if day not in recorded:
        meta.dump(connection, _DAYS, sorted([*recorded, day]))


def days(connection: sqlite3.Connection) -> list[int]:
    """The days of use since the epoch, in order."""
    return list(meta.load(connection, _DAYS) or [])


# -- settings --------------------------------------------------------------------------------------


def settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """The settings of sleep that differ from the defaults."""
    return dict(meta.load(connection, SETTINGS) or {})


def store_settings(connection: sqlite3.Connection, changed: dict[str, Any]) -> None:
    """Store the settings of sleep that differ from the defaults."""
    meta.dump(connection, SETTINGS, changed)


#: The scope of read statements.
READ = -2


class Use(NamedTuple):
    """An engram's last use and its scope (`READ` if it was read)."""

    engram: int
    used: float
    scope: int


class Faint(NamedTuple):
    """A rule: links are faint that weighed less than `weight` at their last use, before `used`."""

    weight: float
    used: float


def uses(connection: sqlite3.Connection, start: float, end: float, scope: int | None) -> list[Use]:
    """Engrams used in (start, end] in a scope or in all, in the order of use."""
    return select_records(
        connection,
        Use,
        "SELECT s.engram, s.used, coalesce(f.scope, n.scope, :read) AS place FROM strength s "
        "LEFT JOIN fact f ON f.engram = s.engram LEFT JOIN note n ON n.engram = s.engram "
        "WHERE s.used > :since AND s.used <= :until AND s.uses > 0 "
        "AND (:scope IS NULL OR place = :scope) ORDER BY s.used, s.engram",
        since=start,
        until=end,
        scope=scope,
        read=READ,
    )


def in_mind(
    connection: sqlite3.Connection, start: float, end: float, scope: int | None
) -> list[Use]:
    """Facts recalled in (start, end], in order."""
    return select_records(
        connection,
        Use,
        "SELECT f.engram, j.value AS at, f.scope FROM meta m, json_each(m.value) j "
        "JOIN fact f ON f.engram = j.key WHERE m.key = 'in_mind' AND j.value > :since "
        "AND j.value <= :until "
        "AND (:scope IS NULL OR f.scope = :scope) ORDER BY at, f.engram",
        since=start,
        until=end,
        scope=scope,
    )


def keepers(connection: sqlite3.Connection, run: int) -> set[int]:
    """The facts into which a sleep merged others."""
    return set(merged(connection, run))


def merged(connection: sqlite3.Connection, run: int, limit: int = -1) -> dict[int, list[str]]:
    """The facts into which a sleep merged others, the last `limit`, with the texts of these."""
    rows = connection.execute(
        "SELECT (SELECT s.owner FROM change_item s WHERE s.change = i.change AND s.step = i.step "
        "AND s.name = 'strength' AND s.after IS NOT NULL LIMIT 1), "
        "json_extract(i.before, '$.text') FROM change_item i WHERE i.change = ? AND i.undone = 0 "
        "AND i.name = 'engram' AND i.after IS NULL ORDER BY i.number LIMIT ?",
        (run, limit),
    )
    texts: dict[int, list[str]] = {}
    for keeper, text in rows:
        texts.setdefault(int(keeper or 0), []).append(text)
    return texts


def dull(connection: sqlite3.Connection, engrams: Iterable[int]) -> list[int]:
    """The engrams among these whose fibers have less than full conductivity."""
    return integers(
        connection,
        "SELECT engram FROM fiber WHERE conductivity < 1 "
        "AND engram IN (SELECT value FROM json_each(?)) ORDER BY engram",
        engrams,
    )


def stale(
    connection: sqlite3.Connection, scope: int, cutoff: float, after: int, limit: int
) -> list[int]:
    """Active, unpinned facts of a scope neither told nor used since `cutoff`.

    By id, of those above `after`.
    """
    rows = connection.execute(
        "SELECT f.engram FROM fact f LEFT JOIN strength s ON s.engram = f.engram "
        "WHERE f.engram > ? AND +f.scope = ? AND max(f.told, coalesce(s.used, f.told)) < ? "
        "AND s.archived IS NULL AND coalesce(s.pinned, 0) = 0 AND s.kept IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM review r WHERE r.engram = f.engram AND r.due IS NOT NULL) "
        "ORDER BY f.engram LIMIT ?",
        (after, scope, cutoff, limit),
    )
    return [int(row[0]) for row in failures.forward(rows.fetchall(), after)]


# -- excess ----------------------------------------------------------------------------------------


def overloaded(connection: sqlite3.Connection, budget: float) -> list[int]:
    """Engrams whose learned links exceeded a total weight at their last use."""
    return integers(
        connection,
        "SELECT engram FROM (SELECT a AS engram, weight FROM link WHERE kind = :kind UNION ALL "
        "SELECT b, weight FROM link WHERE kind = :kind) GROUP BY engram "
        "HAVING sum(weight) > :budget ORDER BY engram",
        kind=COACTIVATION,
        budget=budget,
    )


def faint(connection: sqlite3.Connection, rules: Sequence[Faint]) -> list[tuple[int, int]]:
    """Learned links that are faint by any of these rules, by their ends."""
    if not rules:
        return []
    any_of = " OR ".join("(weight < ? AND used < ?)" for _ in rules)
    rows = connection.execute(
        f"SELECT a, b FROM link WHERE used < ? AND kind = ? AND ({any_of}) ORDER BY a, b",
        (
            max(rule.used for rule in rules),
            COACTIVATION,
            *(item for rule in rules for item in rule),
        ),
    )
    return [(a, b) for a, b in rows]


def in_scope(connection: sqlite3.Connection, engrams: Sequence[int], scope: int) -> set[int]:
    """The facts of a scope among these."""
    return set(
        integers(
            connection,
            "SELECT engram FROM fact WHERE scope = ? "
            "AND engram IN (SELECT value FROM json_each(?))",
            scope,
            engrams,
        )
    )


def weaken(connection: sqlite3.Connection, links: Iterable[LinkRow], factor: float) -> None:
    """Multiply the weights of learned links by a factor; their last use stays."""
    connection.executemany(
        "UPDATE link SET weight = weight * ? WHERE a = ? AND b = ? AND kind = ?",
        [(factor, link.a, link.b, link.kind) for link in links],
    )


def overlearned(connection: sqlite3.Connection, budget: float) -> list[int]:
    """Concepts whose outgoing associations exceed a total reinforcement."""
    return integers(
        connection,
        "SELECT head FROM association GROUP BY head HAVING sum(learned) > ? ORDER BY head",
        budget,
    )


def reinforced(
    connection: sqlite3.Connection, concept: int
) -> list[tuple[tuple[int, int, int], float]]:
    """The reinforced outgoing associations of a concept: (head, type, tail) and weight."""
    rows = connection.execute(
        "SELECT head, type, tail, learned FROM association WHERE head = ? AND learned > 0",
        (concept,),
    )
    return [((head, type, tail), weight) for head, type, tail, weight in rows]


def unlearn(
    connection: sqlite3.Connection, ends: Iterable[tuple[int, int, int]], factor: float
) -> None:
    """Multiply the reinforcement of associations by a factor."""
    connection.executemany(
        "UPDATE association SET learned = learned * ? WHERE head = ? AND type = ? AND tail = ?",
        [(factor, *end) for end in ends],
    )
