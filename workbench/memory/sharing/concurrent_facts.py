"""Facts that others store while an import runs."""

import sqlite3
from collections.abc import Sequence

from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.contradictions import contradiction
from workbench.memory.sharing.import_conflicts import Incoming
from workbench.store import facts
from workbench.store.facts import FactRow

_CHUNK = 2048


class Meanwhile:
    """The facts that others stored, by scope."""

    def __init__(self, newest: int) -> None:
        """Start after the fact with this id; `newest` is the last one that was read."""
        self.newest = newest
        self._rows: dict[int, list[FactRow]] = {}

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Read facts stored after `newest`."""
        while ids := facts.ids_after(connection, self.newest, _CHUNK):
            self.newest = ids[-1]
            for row in facts.by_ids(connection, ids):
                self._rows.setdefault(row.scope, []).append(row)

    def all(self, scope: int) -> Sequence[FactRow]:
        """The facts of a scope."""
        return self._rows.get(scope, ())

    def against(self, scope: int, fact: Incoming) -> list[FactRow]:
        """The facts that contradict an incoming one."""
        rows = {row.id: row for row in self.all(scope)}
        if not rows:
            return []
        statements = (Statement(row.id, row.text, row.at) for row in rows.values())
        memory = ClaimSet([Statement(0, fact.text, fact.at), *statements])
        own_claims = [claim for claim in memory.claims if not claim.statement.id]
        other_claims = [claim for claim in memory.claims if claim.statement.id]
        contrary = {
            claim.statement.id
            for claim in other_claims
            if any(contradiction(own_claim, claim) is not None for own_claim in own_claims)
        }
        return [rows[id] for id in sorted(contrary)]
