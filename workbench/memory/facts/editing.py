"""Edits a fact; its former words stay in its history.

An edit is a correction. The words that were wrong are no fact any more and answer nothing; the new
ones are a fact with another id, said by the user, that holds since the same time and is as strong.
A former wording belongs to the fact that it became, and goes for good when that is forgotten.
"""

import sqlite3

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.store import facts as rows
from workbench.store import marks, strengths
from workbench.store.facts import FactRow
from workbench.store.marks import WordingRow


def edit(index: FactIndex, id: int, text: str) -> Fact:
    """Put other words in the place of a fact's; returns the fact that it is from now on.

    Where the new words are known already, it becomes that fact. Raises `UsageError` for what is
    not one statement, and `NotFoundError`.
    """
    statement = remembering.single_statement(index, text)
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        if statement == row.text:
            return id
        tellers = tuple(rows.tellings(connection, [id])[id])
        new = _restate(index, connection, row, statement, row.at, timestamp, (("", timestamp),))
        _inherit(connection, id, new)
        marks.store_wording(
            connection, WordingRow(0, new, id, row.text, tellers, row.recorded, row.at, timestamp)
        )
        rows.remove(connection, [id])
        return new

    # What was used is told by its id, which goes.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def undo(index: FactIndex, id: int) -> Fact:
    """Take back the last edit of a fact: it reads and counts as before; returns the fact it is.

    Raises `NotFoundError` where there is no such fact, `UsageError` where it was never edited.
    """

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        wordings = marks.wordings(connection, [id])
        if not wordings:
            raise UsageError("This fact was never edited.", "There is nothing to undo.")
        wording = wordings[-1]
        tellers = [name for name, _ in rows.tellings(connection, [id])[id]]
        old = _restate(
            index, connection, row, wording.text, wording.at, wording.told, wording.tellers
        )
        marks.drop(connection, wording.id)
        _inherit(connection, id, old)
        # What was known before the edit, or was said by others since, is no part of it.
        if row.recorded == wording.until and tellers == [""]:
            rows.remove(connection, [id])
        return old

    # What was used is told by its id, which goes.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def _restate(
    index: FactIndex,
    connection: sqlite3.Connection,
    instead: FactRow,
    text: str,
    at: float,
    recorded: float,
    tellers: tuple[tuple[str, float], ...],
) -> int:
    """Have these say a statement in the scope of a fact that it comes instead of: its id."""
    existing = remembering.existing_id(index, connection, instead.scope, text)
    if existing is None or existing == instead.id:
        return remembering.retell(
            index, connection, instead.scope, text, recorded=recorded, at=at, tellers=tellers
        )
    for name, time in tellers:
        rows.add_teller(connection, existing, name, time)
    return existing


def _inherit(connection: sqlite3.Connection, id: int, to: int) -> None:
    """What belongs to a fact belongs to another from now on, unless that has its own."""
    marks.move(connection, id, to)
    if not strengths.by_ids(connection, [to]):
        strengths.move(connection, id, to)


def _row(connection: sqlite3.Connection, id: int) -> FactRow:
    stored = rows.by_ids(connection, [id], damaged=True)
    if not stored:
        raise NotFoundError(
            f"There is no fact or note {id}.", "See `workbench list memories --json` for those."
        )
    return stored[0]


def _fact_of(index: FactIndex, id: int) -> Fact:
    matches = facts.by_ids(index, [id])
    if not matches:
        raise NotFoundError("The statement has been forgotten in the meantime.", "Save it again.")
    return matches[0]
