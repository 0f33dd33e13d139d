"""Conflicts between imported and local facts, resolved by a policy.

Two facts contradict each other if their claims do: two values of one property, a denial, or two
choices for one purpose. The policy decides which one becomes current. The other one is kept, or
added, as history; only if it would count as newer it is left out, and reported. A winner over
something newer is valid from the time of the import.
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.memory import words
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.contradictions import contradiction
from workbench.memory.claims.supersession import contradictions, replaced
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.store.exported import Record
from workbench.store.facts import FactRow

#: The minimum similarity of a local fact that may contradict an incoming one.
_MIN_SIMILARITY = 0.5
#: Incoming facts that are compared with one.
_NEIGHBOURS = 40
#: The current strength of a local fact, or of an incoming record.
Strong = Callable[[FactRow | Record], float]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A fact to import into a scope, and its position among the others."""

    place: int
    scope: int
    record: Record

    @property
    def at(self) -> float:
        """The time of validity."""
        return float(self.record["at"])

    @property
    def text(self) -> str:
        return str(self.record["text"])


@dataclass(frozen=True, slots=True)
class Resolution:
    """The time of validity of an imported fact, None if it is left out.

    `against` is the local fact that it contradicts, `won` whether it supersedes that.
    """

    at: float | None
    against: FactRow | None = None
    won: bool = False


class IncomingSet:
    """The relations among incoming facts; each is compared with the most similar ones."""

    def __init__(self, facts: Sequence[Incoming]) -> None:
        self.facts = facts

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The positions of facts by word."""
        places: dict[str, list[int]] = {}
        for fact in self.facts:
            for word in _words(fact.text):
                places.setdefault(word, []).append(fact.place)
        return places

    def _memory(self, fact: Incoming) -> ClaimSet:
        own_words = _words(fact.text)
        shared: dict[int, float] = {}
        for word in own_words:
            postings = self._places.get(word, ())
            for place in postings:
                shared[place] = shared.get(place, 0.0) + 1 / len(postings)
        neighbours = sorted(shared, key=lambda place: -shared[place])[:_NEIGHBOURS]
        compared = (self.facts[place] for place in {*neighbours, fact.place})
        return ClaimSet(Statement(other.place, other.text, other.at) for other in compared)

    def current(self, fact: Incoming) -> bool:
        """Whether a claim of a fact is current among the incoming ones."""
        memory = self._memory(fact)
        claims = [claim for claim in memory.claims if claim.statement.id == fact.place]
        return not claims or not all(map(memory.replaced, claims))

    def is_unrelated(self, fact: Incoming) -> bool:
        """Whether no other incoming fact contradicts or supersedes it, or is superseded."""
        memory = self._memory(fact)
        own_claims = [claim for claim in memory.claims if claim.statement.id == fact.place]
        other_claims = [claim for claim in memory.claims if claim.statement.id != fact.place]
        return not any(
            contradiction(own_claim, other) is not None or memory.newer(own_claim) is other
            for own_claim in own_claims
            for other in other_claims
        )


def _words(text: str) -> set[str]:
    return {word for token in words.tokens(text) for word in token.words}


def settle(
    index: FactIndex,
    incoming_set: IncomingSet,
    doubtful: Collection[int],
    policy: str,
    timestamp: float,
    strong: Strong,
) -> list[Resolution]:
    """Resolve each incoming fact; only those at `doubtful` positions may contradict local ones."""
    resolutions: list[Resolution] = [Resolution(fact.at) for fact in incoming_set.facts]
    losers: list[Incoming] = []
    outdated: list[tuple[Incoming, list[FactRow]]] = []
    for place in sorted(doubtful):
        fact = incoming_set.facts[place]
        against = contradicting(index, fact)
        if not against:
            continue
        if incoming_set.current(fact):
            resolutions[place] = decide(fact, against, policy, timestamp, strong)
            if not resolutions[place].won:
                losers.append(fact)
        else:
            outdated.append((fact, against))
    for fact, against in outdated:
        newest = max(against, key=_order)
        if fact.at >= newest.at and any(contradict(fact, other) for other in losers):
            resolutions[fact.place] = Resolution(None, newest)
    return resolutions


def contradict(first: Incoming, second: Incoming) -> bool:
    """Whether two incoming facts contradict each other."""
    memory = ClaimSet(Statement(fact.place, fact.text, fact.at) for fact in (first, second))
    claims = memory.claims
    return any(
        contradiction(claim_a, claim_b) is not None
        for claim_a in claims
        for claim_b in claims
        if claim_a.statement.id < claim_b.statement.id
    )


def contradicting(index: FactIndex, fact: Incoming) -> list[FactRow]:
    """The current local facts that contradict an incoming one."""
    with index.store.read() as connection:
        view = ScopeView(index, connection, fact.scope)
        statement = Statement(0, fact.text, fact.at)
        rows = [row for row, _ in contradictions(view, statement)]
        stale = replaced(index, connection, rows)
    return [row for row in rows if row.id not in stale]


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


def disputed(index: FactIndex, scope: int, texts: Iterable[str]) -> list[int]:
    """The positions of texts with a similar local fact."""
    if not index.count(scope):
        return []
    ranked = (index.best(scope, cues.cue(text), 1) for text in texts)
    return [place for place, best in enumerate(ranked) if best and best[0][1] >= _MIN_SIMILARITY]


def decide(
    fact: Incoming, against: Sequence[FactRow], policy: str, timestamp: float, strong: Strong
) -> Resolution:
    """Resolve a fact that contradicts current local ones."""
    newest = max(against, key=_order)
    if policy == "prefer_local":
        won = False
    elif policy == "prefer_remote":
        won = True
    elif policy == "prefer_recent":
        won = fact.at > newest.at
    else:
        won = strong(fact.record) > max(map(strong, against))
    if won:
        return Resolution(fact.at if fact.at > newest.at else timestamp, newest, won=True)
    first = min(row.at for row in against)
    if fact.at < first:
        return Resolution(fact.at, newest)
    # With equal times it would follow the other, so it is placed before; newer ones are dropped.
    at = math.nextafter(first, -math.inf) if fact.at == first else None
    return Resolution(at, newest)


def same_fact(rows: Sequence[FactRow], record: Record) -> FactRow | None:
    """The equal local fact that a record was or became, the newest of several."""
    at, told_at = record["at"], record["told"]
    # Winners over newer facts are valid from their import, losers of a tie slightly earlier.
    same = (
        row
        for row in rows
        if row.at in (at, math.nextafter(at, -math.inf))
        or (row.recorded == told_at and row.at > at)
    )
    return max(same, key=_order, default=None)


def newest_of(rows: Sequence[FactRow]) -> FactRow | None:
    """The fact with the latest time of validity."""
    return max(rows, key=_order, default=None)
