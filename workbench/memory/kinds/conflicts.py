"""Contradictions between facts: detected by their claims, listed, resolved, reopened.

Detection is lazy: a request examines the facts stored since the last one, each with its related
facts, so that the cost is proportional to what is new. A fact is compared only with the ones just
before and after it. Of two the newer stands; the older is kept.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from workbench.arguments import Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory.claims import supersession
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.claim_set import Statement
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds.guessing import labelled
from workbench.memory.kinds.records import Conflict
from workbench.store import conflicts as rows
from workbench.store import facts as fact_rows
from workbench.store import marks, modelled, strengths
from workbench.store.conflicts import OPEN, ConflictRow
from workbench.store.facts import FactRow

#: Facts per batch.
_PART = 2048
#: The resolutions of a contradiction.
RESOLUTIONS = ("newer", "older", "both")


def refresh(
    index: FactIndex, report: Report = silent, cancel: Cancel | None = None
) -> list[ConflictRow]:
    """Detect contradictions of the facts stored since the last run.

    In a read-only library they are returned instead of stored.
    """
    loose: list[ConflictRow] = []
    with index.store.read() as connection:
        after = rows.checked_upto(connection)
        newest = fact_rows.revision(connection).newest
    start = after
    while after < newest:
        if cancel is not None:
            cancel.check()
        with index.store.read() as connection:
            ids = fact_rows.ids_after(connection, after, _PART)
            if not ids:
                break
            pairs = list(_pairs(index, connection, fact_rows.by_ids(connection, ids)))
        after = ids[-1]
        if index.store.read_only:
            loose = list(dict.fromkeys([*loose, *pairs]))
        else:
            _store(index, pairs, after)
        report(Progress("comparing", after - start, newest - start, "facts"))
    return loose


def _store(index: FactIndex, pairs: Sequence[ConflictRow], end: int) -> None:
    index.store.write(lambda connection: rows.store_pairs(connection, pairs, end))


# -- detection -------------------------------------------------------------------------------------


def _pairs(
    index: FactIndex, connection: sqlite3.Connection, new: Sequence[FactRow]
) -> Iterator[ConflictRow]:
    """Yield the contradictions of these facts, each with its neighbours in time."""
    for row in new:
        if labelled(row.text):
            continue
        view = ScopeView(index, connection, row.scope)
        by_kind: dict[str, list[FactRow]] = {}
        for other, kind in supersession.contradictions(view, Statement(row.id, row.text, row.at)):
            if not labelled(other.text):
                by_kind.setdefault(kind, []).append(other)
        for reason, rivals in by_kind.items():
            yield from _adjacent(row, rivals, reason)


def _adjacent(row: FactRow, rivals: Sequence[FactRow], kind: str) -> Iterator[ConflictRow]:
    earlier = max(
        (rival for rival in rivals if _order(rival) < _order(row)), key=_order, default=None
    )
    later = min(
        (rival for rival in rivals if _order(rival) > _order(row)), key=_order, default=None
    )
    if earlier is not None:
        yield ConflictRow(earlier.id, row.id, kind)
    if later is not None:
        yield ConflictRow(row.id, later.id, kind)


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


# -- listing and resolution ------------------------------------------------------------------------


def listing(
    index: FactIndex,
    collection: Words | None = None,
    *,
    limit: Limit = 100,
    settled: bool = False,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> list[Conflict]:
    """The contradictions in a scope, newest first: the open ones, or with `settled` the settled
    ones.

    Examines first what was stored since the last run. Raises `Cancelled`.
    """
    loose = refresh(index, report, cancel)
    timestamp = index.store.clock()
    with index.store.read() as connection:
        scope = fact_rows.scope_id(connection, collection)
        if scope is None:
            return []
        pairs = rows.of_scope(connection, scope, timestamp, resolved=settled, limit=limit)
        if loose and not settled:
            ids = {row.id for row in _stored(connection, loose) if row.scope == scope}
            pairs += [row for row in reversed(loose) if {row.older, row.newer} <= ids]
    return _to_conflicts(index, pairs[: max(limit, 0)])


def _stored(connection: sqlite3.Connection, pairs: Sequence[ConflictRow]) -> list[FactRow]:
    return fact_rows.by_ids(connection, {id for row in pairs for id in (row.older, row.newer)})


def _to_conflicts(index: FactIndex, pairs: Sequence[ConflictRow]) -> list[Conflict]:
    by_id = {
        fact.id: fact
        for fact in facts.by_ids(index, {id for row in pairs for id in (row.older, row.newer)})
    }
    return [
        Conflict(by_id[row.older], by_id[row.newer], row.kind, row.state, row.settled)
        for row in pairs
        if row.older in by_id and row.newer in by_id
    ]


def resolve(index: FactIndex, a: int, b: int, choice: str) -> Conflict:
    """Settle a contradiction: the newer stands, the older does after all, or both are true.

    A judged change (`facts.revising`) is settled in the same way. An older fact that shall stand is
    stored once more, now. Raises `UsageError` for another choice or a settled contradiction,
    `NotFoundError` if these facts do not contradict each other.
    """
    if choice not in RESOLUTIONS:
        raise UsageError(f"“{choice[:40]}” settles nothing.", "Keep the newer, the older, or both.")
    with index.store.read() as connection:
        stored = rows.pair(connection, a, b)
    if stored is None:
        refresh(index)
    timestamp = index.time.read()
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> ConflictRow:
        row = _pair(connection, a, b)
        if row.state != OPEN:
            raise UsageError("This is settled already.", "Undo that first, and settle it again.")
        repeated = None
        if choice == "older":
            older = next(iter(fact_rows.by_ids(connection, [row.older])), None)
            if older is None:
                raise UsageError(
                    "The older fact is damaged.", "Correct it first: workbench edit ID TEXT."
                )
            repeated = remembering.retell(
                connection, older.scope, older.text,
                recorded=timestamp, at=timestamp, tellers=[("", timestamp)],
            )  # fmt: skip
            marks.move(connection, older.id, repeated)
            rows.add(connection, ConflictRow(row.newer, repeated, row.kind, rows.REPEATED))
        resolved = row._replace(state=choice, settled=timestamp, again=repeated)
        rows.settle(connection, resolved)
        return resolved

    (result,) = _to_conflicts(index, [index.store.write(work, act="contradiction resolved")])
    return result


def undo(index: FactIndex, a: int, b: int) -> Conflict:
    """Reopen a settled contradiction, and delete the fact that was stored again for it.

    Raises `UsageError` if it is open, `NotFoundError` if these do not contradict each other.
    """

    def work(connection: sqlite3.Connection) -> ConflictRow:
        row = _pair(connection, a, b)
        if row.state == OPEN:
            raise UsageError("This is open; there is nothing to undo.")
        if row.again is not None:
            fact_rows.remove(connection, [row.again])
        back = row._replace(state=OPEN, settled=None, again=None)
        rows.settle(connection, back)
        return back

    (back,) = _to_conflicts(index, [index.store.write(work, act="contradiction reopened")])
    return back


def _pair(connection: sqlite3.Connection, a: int, b: int) -> ConflictRow:
    row = rows.pair(connection, a, b)
    judged = modelled.revision_of_pair(connection, a, b) if row is None else None
    if judged is not None:
        kind = "value" if judged.replaces > judged.ends else "denial"
        row = ConflictRow(judged.older, judged.newer, kind)
        rows.add(connection, row)
    if row is None:
        raise NotFoundError(
            f"The facts {a} and {b} do not contradict each other.", "See `workbench conflicts`."
        )
    return row


def pinned_against(index: FactIndex, ids: Sequence[int]) -> tuple[str, str] | None:
    """The text of a fact to be pinned and of a pinned fact that contradicts it; None for none."""
    chosen_ids = set(ids)
    with index.store.read() as connection:
        # Compared here, instead of examining all that was stored since the last run.
        open_pairs = [
            row
            for row in _pairs(index, connection, fact_rows.by_ids(connection, ids))
            if (stored := rows.pair(connection, row.older, row.newer)) is None
            or stored.state == OPEN
        ]
        fact_ids = {id for row in open_pairs for id in (row.older, row.newer)}
        pinned = {
            id for id, row in strengths.by_ids(connection, list(fact_ids)).items() if row.pinned
        }
        texts = fact_rows.texts(connection, fact_ids)
    for row in open_pairs:
        for fact, rival in ((row.older, row.newer), (row.newer, row.older)):
            if fact in chosen_ids and (rival in pinned or rival in chosen_ids):
                return texts[fact], texts[rival]
    return None
