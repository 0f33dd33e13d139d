"""Facts that others save while an import runs."""

import sqlite3
from collections.abc import Sequence

from workbench.memory.facts.parsing.parser import parse
from workbench.memory.facts.staleness import claims_of
from workbench.memory.sharing.import_conflicts import Coming, contradict
from workbench.store import facts
from workbench.store.facts import FactRow

_CHUNK = 2048


class Meanwhile:
    """The facts that others told, by scope and what they say or speak of."""

    def __init__(self, newest: int) -> None:
        """Begin after the fact of that id; `newest` is the last one that needs no look any more."""
        self.newest = newest
        self._same: dict[tuple[int, int], list[FactRow]] = {}
        self._claims: dict[tuple[int, int], list[FactRow]] = {}

    def look(self, connection: sqlite3.Connection) -> None:
        """Take in what was told after `newest`."""
        while ids := [id for id, *_ in facts.feed(connection, self.newest, _CHUNK)]:
            self.newest = ids[-1]
            self._take_in(facts.by_ids(connection, ids))

    def _take_in(self, rows: Sequence[FactRow]) -> None:
        for row, kept in zip(rows, parse([row.text for row in rows], every=True), strict=True):
            self._same.setdefault((row.scope, kept.same), []).append(row)
            for key in {key for each in claims_of(row) for key in (each.content, each.topic)}:
                self._claims.setdefault((row.scope, key), []).append(row)

    def same(self, scope: int, hash: int) -> list[FactRow]:
        """Those that say what has this hash."""
        return self._same.get((scope, hash), [])

    def against(self, scope: int, fact: Coming) -> list[FactRow]:
        """Those that contradict a fact."""
        found = {
            row.id: row
            for mine in fact.claims
            for key in (mine.content, mine.topic)
            for row in self._claims.get((scope, key), ())
            if any(contradict(each, mine) for each in claims_of(row))
        }
        return list(found.values())
