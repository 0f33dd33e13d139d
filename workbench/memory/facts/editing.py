"""Editing a fact: other words take the place of its words, which stay in its history.

An edit is a correction. The words that were wrong are no fact any more and answer nothing; the new
ones are a fact with another id, said by the user, and hold since the same time. A former wording
belongs to the fact that it became, and goes for good when that is forgotten.
"""

import sqlite3

from workbench.errors import NotFoundError, UsageError
from workbench.memory.facts import facts
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
    statement = facts.only_statement(text)
    now = index.store.clock()

    def work(connection: sqlite3.Connection) -> int:
        row = _row(connection, id)
        if statement == row.text:
            return id
        said = rows.sayers(connection, id)
        new = facts.put(connection, row.scope, statement, at=row.at, told=now, by=("",), besides=id)
        marks.move(connection, id, new)
        strengths.move(connection, id, new)
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
            raise UsageError("This fact was never edited.", "There is nothing to take back.")
        last = former[-1]
        said = rows.sayers(connection, id)
        old = facts.put(
            connection, row.scope, last.text, at=last.at, told=last.told, by=last.sources,
            besides=id,
        )  # fmt: skip
        marks.drop(connection, last.id)
        marks.move(connection, id, old)
        strengths.move(connection, id, old)
        # What was known before the edit, or was said by others since, is no part of it.
        if row.told == last.until and said == ("",):
            rows.remove(connection, [id])
        return old

    # What was used is told by its id, which goes.
    index.strengths.flush()
    return _told(index, index.store.write(work))


def _row(connection: sqlite3.Connection, id: int) -> FactRow:
    found = rows.by_ids(connection, [id])
    if not found:
        raise NotFoundError(
            f"There is no fact or note {id}.", "See `workbench list memories --json` for those."
        )
    return found[0]


def _told(index: FactIndex, id: int) -> Fact:
    found = facts.by_ids(index, [id])
    if not found:
        raise NotFoundError("The fact was forgotten meanwhile.", "Tell it anew.")
    return found[0]
