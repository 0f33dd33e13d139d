"""Finds edited facts by their former words."""

import sqlite3

from workbench.memory.facts.claims import carries
from workbench.memory.facts.reading import tokens
from workbench.store import marks

#: Former wordings that are looked at for one cue, the newest.
_MOST = 2000
_CUE_CHARACTERS = 2000


def formerly(connection: sqlite3.Connection, scope: int, cue: str) -> set[int]:
    """The facts of a scope that once held all the words of a cue."""
    wanted = {token.word for token in tokens(cue[:_CUE_CHARACTERS]) if carries(token)}
    if not wanted:
        return set()
    return {
        id
        for id, text in marks.reworded(connection, scope, _MOST)
        if wanted <= {token.word for token in tokens(text)}
    }
