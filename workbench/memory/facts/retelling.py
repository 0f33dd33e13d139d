"""Whether what was told ended since, so that telling it again is news.

What was broken, repaired, and is broken again is told three times; so is a debt that was paid back.
"""

import re
import sqlite3

from ingest.language.word_lists import opposites
from workbench.memory.claims.held import Memory, Told
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.parsing import cues
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Facts that are looked at for one, those nearest to it.
_MOST = 60
#: What tells of debts, or that something works; other states have a word with an opposite.
_ENDING = frozenset(("owe", "owes", "back", "work", "works"))


def ended_since(index: FactIndex, connection: sqlite3.Connection, fact: FactRow) -> bool:
    """Whether something newer ended a state or a debt that a fact tells of."""
    said = set(re.findall(r"\w+", fact.text.lower()))
    if not said & (_ENDING | opposites().keys()):
        return False
    near = [id for id, _ in index.best(fact.scope, cues.cue(fact.text), _MOST)]
    told = [Told(row.id, row.text, row.at) for row in rows.by_ids(connection, near)]
    memory = Memory(told)
    return any(held.told.id == fact.id and memory.replaced(held) for held in memory.claims)
