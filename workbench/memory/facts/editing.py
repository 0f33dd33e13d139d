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
    statement = remembering.only_statement(index, text)
    now = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        if statement == row.text:
            return id
        said = tuple(rows.tellings(connection, [id])[id])
        new = _say(index, connection, row, statement, row.at, now, (("", now),))
        _inherit(connection, id, new)
        marks.keep(connection, WordingRow(0, new, id, row.text, said, row.told, row.at, now))
        rows.remove(connection, [id])
        return new

    # What was used is told by its id, which goes.
    index.strengths.flush()
    return _told(index, index.store.write(work))


def undo(index: FactIndex, id: int) -> Fact:
    """Take back the last edit of a fact: it reads and counts as before; returns the fact it is.

    Raises `NotFoundError` where there is no such fact, `UsageError` where it was never edited.
    """

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        former = marks.wordings(connection, [id])
        if not former:
            raise UsageError("This fact was never edited.", "There is nothing to undo.")
        last = former[-1]
        said = [name for name, _ in rows.tellings(connection, [id])[id]]
        old = _say(index, connection, row, last.text, last.at, last.told, last.tellers)
        marks.drop(connection, last.id)
        _inherit(connection, id, old)
        # What was known before the edit, or was said by others since, is no part of it.
        if row.told == last.until and said == [""]:
            rows.remove(connection, [id])
        return old

    # What was used is told by its id, which goes.
    index.strengths.flush()
    return _told(index, index.store.write(work))


def _say(
    index: FactIndex,
    connection: sqlite3.Connection,
    instead: FactRow,
    text: str,
    at: float,
    told: float,
    tellers: tuple[tuple[str, float], ...],
) -> int:
    """Have these say a statement in the scope of a fact that it comes instead of: its id."""
    there = remembering.held_as(index, connection, instead.scope, text)
    if there is None or there == instead.id:
        return remembering.retell(
            index, connection, instead.scope, text, told=told, at=at, tellers=tellers
        )
    for name, when in tellers:
        rows.said(connection, there, name, when)
    return there


def _inherit(connection: sqlite3.Connection, id: int, to: int) -> None:
    """What belongs to a fact belongs to another from now on, unless that has its own."""
    marks.move(connection, id, to)
    if not strengths.by_ids(connection, [to]):
        strengths.move(connection, id, to)


def _row(connection: sqlite3.Connection, id: int) -> FactRow:
    found = rows.by_ids(connection, [id], damaged=True)
    if not found:
        raise NotFoundError(
            f"There is no fact or note {id}.", "See `workbench list memories --json` for those."
        )
    return found[0]


def _told(index: FactIndex, id: int) -> Fact:
    found = facts.by_ids(index, [id])
    if not found:
        raise NotFoundError("The statement has been forgotten in the meantime.", "Save it again.")
    return found[0]
