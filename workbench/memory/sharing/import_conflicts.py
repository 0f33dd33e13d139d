"""Conflicts between imported facts and present ones, resolved by a policy.

Two facts contradict each other where their claims do: two values of one thing, a denial, or two
things chosen for one purpose. A policy says which of two counts from then on. The other one stays,
or comes, as history; only where it would count as the newer one it is left out, and told. What wins
over something newer holds from the moment of the import on.
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.memory import words
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.claims.held import Memory, Told, contradiction
from workbench.memory.claims.supersession import contradictions, replaced
from workbench.memory.facts import cues
from workbench.memory.facts.index import FactIndex
from workbench.store.exported_facts import Record
from workbench.store.facts import FactRow

#: The least share of a fact's weight that something here meets which may contradict it.
_NEAR = 0.5
#: Facts that come which are compared with one of them.
_NEIGHBOURS = 40
#: How strong a local fact, or a record that comes, is by now.
Strong = Callable[[FactRow | Record], float]


@dataclass(frozen=True, slots=True)
class Coming:
    """A fact on its way into a scope, and its place among the others."""

    place: int
    scope: int
    record: Record

    @property
    def at(self) -> float:
        """Since when it holds."""
        return float(self.record["at"])

    @property
    def text(self) -> str:
        """Its words."""
        return str(self.record["text"])


@dataclass(frozen=True, slots=True)
class Settled:
    """Since when a fact shall hold, None where it is left out.

    `against` is the fact here that it contradicts, `won` says that it counts instead of that.
    """

    at: float | None
    against: FactRow | None = None
    won: bool = False


def coming(scope: int, records: Sequence[Record]) -> list[Coming]:
    """The facts among what comes."""
    return [Coming(place, scope, record) for place, record in enumerate(records)]


class Together:
    """What the facts that come say of one another; each is compared with those that share most."""

    def __init__(self, every: Sequence[Coming]) -> None:
        self._every = every

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The places at which a word stands."""
        places: dict[str, list[int]] = {}
        for fact in self._every:
            for word in _words(fact.text):
                places.setdefault(word, []).append(fact.place)
        return places

    def _memory(self, fact: Coming) -> Memory:
        own = _words(fact.text)
        shared: dict[int, float] = {}
        for word in own:
            held = self._places.get(word, ())
            for place in held:
                shared[place] = shared.get(place, 0.0) + 1 / len(held)
        near = sorted(shared, key=lambda place: -shared[place])[:_NEIGHBOURS]
        others = (self._every[place] for place in {*near, fact.place})
        return Memory(Told(other.place, other.text, other.at) for other in others)

    def current(self, fact: Coming) -> bool:
        """Whether something that it claims is still so, as far as those who come know."""
        memory = self._memory(fact)
        own = [held for held in memory.claims if held.told.id == fact.place]
        return not own or not all(map(memory.replaced, own))

    def alone(self, fact: Coming) -> bool:
        """Whether none of the others contradicts or replaces it, before or after."""
        memory = self._memory(fact)
        own = [held for held in memory.claims if held.told.id == fact.place]
        others = [held for held in memory.claims if held.told.id != fact.place]
        return not any(
            contradiction(mine, other) is not None or memory.newer(mine) is other
            for mine in own
            for other in others
        )


def _words(text: str) -> set[str]:
    return {word for token in words.tokens(text) for word in token.words}


def settle(
    index: FactIndex,
    every: Sequence[Coming],
    together: Together,
    doubtful: Collection[int],
    policy: str,
    now: float,
    strong: Strong,
) -> list[Settled]:
    """What becomes of each fact that comes; only those at `doubtful` places may contradict."""
    settled: list[Settled] = [Settled(fact.at) for fact in every]
    lost: list[Coming] = []
    behind: list[tuple[Coming, list[FactRow]]] = []
    for place in sorted(doubtful):
        fact = every[place]
        against = contradicting(index, fact)
        if not against:
            continue
        if together.current(fact):
            settled[place] = decide(fact, against, policy, now, strong)
            if not settled[place].won:
                lost.append(fact)
        else:
            behind.append((fact, against))
    for fact, against in behind:
        newest = max(against, key=_order)
        if fact.at >= newest.at and any(contradict(fact, other) for other in lost):
            settled[fact.place] = Settled(None, newest)
    return settled


def contradict(one: Coming, other: Coming) -> bool:
    """Whether two facts that come cannot both be so."""
    memory = Memory(Told(fact.place, fact.text, fact.at) for fact in (one, other))
    claims = memory.claims
    return any(
        contradiction(mine, held) is not None
        for mine in claims
        for held in claims
        if mine.told.id < held.told.id
    )


def contradicting(index: FactIndex, fact: Coming) -> list[FactRow]:
    """The facts here that count and contradict one that comes."""
    with index.store.read() as connection:
        view = ScopeView(index, connection, fact.scope)
        statement = Told(0, fact.text, fact.at)
        rows = [row for row, _ in contradictions(view, statement)]
        stale = replaced(index, connection, rows)
    return [row for row in rows if row.id not in stale]


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


def disputed(index: FactIndex, scope: int, texts: Iterable[str]) -> list[int]:
    """The places of texts to which something is near that was told here."""
    if not index.count(scope):
        return []
    ranked = (index.best(scope, cues.cue(text), 1) for text in texts)
    return [place for place, best in enumerate(ranked) if best and best[0][1] >= _NEAR]


def decide(
    fact: Coming, against: Sequence[FactRow], policy: str, now: float, strong: Strong
) -> Settled:
    """What becomes of a fact that contradicts some that count here."""
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
        return Settled(fact.at if fact.at > newest.at else now, newest, won=True)
    first = min(row.at for row in against)
    if fact.at < first:
        return Settled(fact.at, newest)
    # As old as the other it would come after it; newer than that it would count.
    at = math.nextafter(first, -math.inf) if fact.at == first else None
    return Settled(at, newest)


def same_fact(rows: Sequence[FactRow], record: Record) -> FactRow | None:
    """The one of facts that say the same that a record was or became, the newest of several."""
    at, told = record["at"], record["told"]
    # What won over something newer holds since it came, what lost to something as old a bit longer.
    same = (
        row
        for row in rows
        if row.at in (at, math.nextafter(at, -math.inf)) or (row.told == told and row.at > at)
    )
    return max(same, key=_order, default=None)


def newest_of(rows: Sequence[FactRow]) -> FactRow | None:
    """The one that holds since last."""
    return max(rows, key=_order, default=None)
