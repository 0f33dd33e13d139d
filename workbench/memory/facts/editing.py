"""Edits a fact; its former wording stays in its history.

An edit is a correction. The former wording is no longer a fact and answers nothing; the new one is
a fact with another id, stated by the user, with the same time of validity and strength. A former
wording belongs to the fact that replaced it, and is deleted with it.
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
    """Reword a fact; returns the fact that replaces it.

    If the new wording is known already, it becomes that fact. Raises `UsageError` for text that is
    not one statement, and `NotFoundError`.
    """
    statement = remembering.single_statement(index, text)
    timestamp = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        if statement == row.text:
            return id
        tellers = tuple(rows.tellings(connection, [id])[id])
        said = (("", timestamp),)
        new = _restate(
            index, connection, row,
            WordingRow(0, id, id, statement, said, timestamp, row.at, timestamp),
        )  # fmt: skip
        _inherit(connection, id, new)
        marks.store_wording(
            connection, WordingRow(0, new, id, row.text, tellers, row.recorded, row.at, timestamp)
        )
        rows.remove(connection, [id])
        return new

    # Uses are recorded by id, which is about to go.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def undo(index: FactIndex, id: int) -> Fact:
    """Revert the last edit of a fact; returns the restored fact.

    Raises `NotFoundError` for an unknown fact, `UsageError` if it was never edited.
    """

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        wordings = marks.wordings(connection, [id])
        if not wordings:
            raise UsageError("This fact was never edited.", "There is nothing to undo.")
        wording = wordings[-1]
        tellers = [name for name, _ in rows.tellings(connection, [id])[id]]
        old = _restate(index, connection, row, wording)
        marks.drop(connection, wording.id)
        _inherit(connection, id, old)
        # A fact known before the edit, or stated by others since, stays.
        if row.recorded == wording.until and tellers == [""]:
            rows.remove(connection, [id])
        return old

    # Uses are recorded by id, which is about to go.
    index.strengths.flush()
    return _fact_of(index, index.store.write(work, act="statement edited"))


def _restate(
    index: FactIndex, connection: sqlite3.Connection, instead: FactRow, wording: WordingRow
) -> int:
    """Store a wording in the scope of the fact that it replaces; returns its id."""
    existing = remembering.existing_id(index, connection, instead.scope, wording.text)
    if existing is None or existing == instead.id:
        return remembering.retell(
            connection, instead.scope, wording.text,
            recorded=wording.told, at=wording.at, tellers=wording.tellers,
        )  # fmt: skip
    for name, time in wording.tellers:
        rows.add_teller(connection, existing, name, time)
    return existing


def _inherit(connection: sqlite3.Connection, id: int, to: int) -> None:
    """Move marks and strength from one fact to another; the strength only if that has none."""
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
