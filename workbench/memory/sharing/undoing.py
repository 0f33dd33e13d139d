"""Taking an import or a merge of scopes back: what came goes, what it changed is as before.

What people did since then stays: a fact that was edited meanwhile is theirs.
"""

import sqlite3

from workbench.errors import NotFoundError
from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import bringing
from workbench.memory.sharing.records import ImportUndone
from workbench.store import by_hand, collections, questions, removal, sources


def undo(index: FactIndex, run: int | None) -> ImportUndone:
    """Take back an import or a merge of scopes, the last one where `run` is None."""
    index.strengths.flush()

    def work(connection: sqlite3.Connection) -> ImportUndone:
        number, said = bringing.run_of(connection, run)
        there = [row.id for row in sources.by_ids(connection, said.get("sources", []))]
        questions.redact(connection, there)
        sources.delete(connection, there)
        connection.executemany(
            "DELETE FROM membership WHERE collection = ? AND source = ?", said.get("members", [])
        )
        connection.executemany(
            "DELETE FROM tag WHERE source = ? AND fold = ?", said.get("tags", [])
        )
        by_hand.remove_concepts(connection, said.get("concepts", []))
        by_hand.remove_words(connection, said.get("words", []))
        gone, noted, back = bringing.take_back(connection, number, said)
        for name in said.get("collections", []):
            _remove_empty(connection, name)
        return ImportUndone(gone, noted, len(there), back)

    done = index.store.write(work, sync=True)
    if done.facts:
        index.forget()
    removal.compact(index.store)
    return done


def _remove_empty(connection: sqlite3.Connection, name: str) -> None:
    """Remove a collection that the import made and nothing has been put into since."""
    try:
        scope = collections.by_name(connection, name).id
    except NotFoundError:
        return
    used = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM membership WHERE collection = :id) "
        "OR EXISTS (SELECT 1 FROM fact WHERE scope = :id) "
        "OR EXISTS (SELECT 1 FROM note WHERE scope = :id)",
        {"id": scope},
    ).fetchone()[0]
    if not used:
        collections.remove(connection, name)
