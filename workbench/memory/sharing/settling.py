"""Who is right: which of the facts that come contradict what counts here, and what to do with them.

Two claims contradict each other where they say different things of one topic, or one denies the
other. A policy says which of two counts from then on. The other one stays, or comes, as history;
only where it would count as the newer one it is left out, and told. What wins over something newer
holds from the moment of the import on.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.staleness import claims_of
from workbench.store.claim_records import ClaimRow
from workbench.store.facts import FactRow
from workbench.store.told import Record

#: How strong a local fact, or a record that comes, is by now.
Strong = Callable[[FactRow | Record], float]


@dataclass(frozen=True, slots=True)
class Coming:
    """A fact on its way in: where it stands among the others, what it says, and what it claims."""

    place: int
    record: Record
    row: FactRow

    @property
    def claims(self) -> tuple[ClaimRow, ...]:
        """What it claims."""
        return claims_of(self.row)

    @property
    def at(self) -> float:
        """Since when it holds."""
        return float(self.record["at"])


@dataclass(frozen=True, slots=True)
class Settled:
    """Since when a fact shall hold, None where it is left out.

    `against` is the fact here that it contradicts, `won` says that it counts instead of that.
    """

    at: float | None
    against: FactRow | None = None
    won: bool = False


def coming(scope: int, records: Sequence[Record], claims: Sequence[bytes]) -> list[Coming]:
    """The facts among what comes, with the records of their claims."""
    return [
        Coming(
            place,
            record,
            FactRow(0, scope, record["text"], record["told"], record["at"], "fact", None, None, 0,
                    False, packed),
        )
        for place, (record, packed) in enumerate(zip(records, claims, strict=True))
    ]  # fmt: skip


class Together:
    """What the facts that come say of one another."""

    def __init__(self, every: Sequence[Coming]) -> None:
        self._topics: dict[int, list[tuple[float, int, ClaimRow]]] = {}
        self._contents: dict[int, list[tuple[float, int, ClaimRow]]] = {}
        for each in every:
            for claim in each.claims:
                said = (each.at, each.place, claim)
                if claim.topic:
                    self._topics.setdefault(claim.topic, []).append(said)
                self._contents.setdefault(claim.content, []).append(said)

    def current(self, fact: Coming) -> bool:
        """Whether something that it claims is still so, as far as those who come know."""
        claims = fact.claims
        return not claims or any(not self._taken_over(fact, claim) for claim in claims)

    def alone(self, fact: Coming) -> bool:
        """Whether none of the others contradicts it, before or after."""
        return not any(
            contradict(claim, other) for claim in fact.claims for _, _, other in self._near(claim)
        )

    def _taken_over(self, fact: Coming, claim: ClaimRow) -> bool:
        mine = (fact.at, fact.place)
        return any(
            (at, place) > mine and (_one_topic(claim, other) or contradict(claim, other))
            for at, place, other in self._near(claim)
        )

    def _near(self, claim: ClaimRow) -> list[tuple[float, int, ClaimRow]]:
        topical = self._topics.get(claim.topic, []) if claim.topic else []
        return [*topical, *self._contents.get(claim.content, ())]


def _one_topic(a: ClaimRow, b: ClaimRow) -> bool:
    return a.topic != 0 and a.topic == b.topic


def contradict(a: ClaimRow, b: ClaimRow) -> bool:
    """Whether two claims cannot both be so."""
    if a.content == b.content:
        return a.negative != b.negative
    return _one_topic(a, b)


def settle(
    index: FactIndex,
    every: Sequence[Coming],
    policy: str,
    now: float,
    strong: Strong,
    by_ids: Callable[[Sequence[int]], list[FactRow]],
) -> list[Settled]:
    """What becomes of each of the facts that come; `by_ids` reads those that are here."""
    together = Together(every)
    done: list[Settled] = [Settled(each.at) for each in every]
    lost: set[int] = set()
    behind: list[tuple[Coming, list[FactRow]]] = []
    for each in every:
        against = _against(index, each, by_ids)
        if not against:
            continue
        if together.current(each):
            done[each.place] = settled = _decide(each, against, policy, now, strong)
            if not settled.won:
                lost.update(claim.topic or claim.content for claim in each.claims)
        else:
            behind.append((each, against))
    for each, against in behind:
        newest = max(against, key=_order)
        if each.at >= newest.at and any(
            (claim.topic or claim.content) in lost for claim in each.claims
        ):
            done[each.place] = Settled(None, newest)
    return done


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


def _against(
    index: FactIndex, fact: Coming, by_ids: Callable[[Sequence[int]], list[FactRow]]
) -> list[FactRow]:
    """The facts here that count and contradict this one."""
    claims = fact.claims
    if not claims:
        return []
    found = by_ids([id for id in index.of_topics([fact.row]) if id])
    stale = index.stale_of(found)
    return [
        row
        for row in found
        if any(
            (row.id, place) not in stale and any(contradict(claim, mine) for mine in claims)
            for place, claim in enumerate(claims_of(row))
        )
    ]


def _decide(
    fact: Coming, against: Sequence[FactRow], policy: str, now: float, strong: Strong
) -> Settled:
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


def counts(index: FactIndex, row: FactRow) -> bool:
    """Whether something that a fact here claims still counts."""
    claims = claims_of(row)
    return not claims or len(index.stale_of([row])) < len(claims)
