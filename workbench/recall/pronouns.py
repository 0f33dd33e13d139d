"""Which pronoun (he, she, it) the library uses for a name.

The first pronoun behind the name in the same sentence votes, as long as no other name stands
between (after `ingest.triples.genders`, which reads whole sources).
"""

import re
import sqlite3

from workbench.memory import words
from workbench.memory.lexicon import Snapshot
from workbench.recall.scope import Scope
from workbench.store import text

#: Sentences that are read for a name: more change no majority.
_SENTENCES = 240
_HE, _SHE = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))


def counted(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, word: str
) -> tuple[int, int, int]:
    """How often he, she and it follow a word, a name's surname or a noun, in `scope`."""
    said = [part for token in words.tokens(word) for part in token.words]
    if not said:
        return 0, 0, 0
    ordinals = scope.keep(snapshot.lookup(words.key(said[-1])), snapshot)
    # Spread over the whole of what is read, so that no single page decides.
    step = max(1, len(ordinals) // _SENTENCES)
    rows = text.statements(connection, [int(each) + 1 for each in ordinals[::step]])
    votes = re.compile(
        rf"(?i:\b{re.escape(word)}\b)(?:['’]s)?[^.!?;A-ZÀ-Þ“”\"]{{0,60}}?"
        r"\b(he|him|his|himself|she|her|hers|herself|it|its|itself)\b"
    )
    he = she = it = 0
    for row in rows.values():
        for found in votes.finditer(row):
            he += found[1] in _HE
            she += found[1] in _SHE
            it += found[1] not in _HE and found[1] not in _SHE
    return he, she, it
