"""Undoes an import or a merge of scopes.

What people did since then stays: a fact that was edited meanwhile is theirs.
"""

from workbench.memory.facts.index import FactIndex
from workbench.memory.sharing import runs
from workbench.memory.sharing.records import ImportUndone
from workbench.store import removal


def undo(index: FactIndex, run: int | None) -> ImportUndone:
    """Take back an import or a merge of scopes, the last one where `run` is None."""
    index.strengths.flush()
    done = runs.undo(index.store, run)
    if done.facts:
        index.forget()
    removal.compact(index.store)
    return ImportUndone(done.facts, done.notes, done.sources, done.changed_back)
