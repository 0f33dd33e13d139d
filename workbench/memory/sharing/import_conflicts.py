"""Conflicts between imported facts and present ones, resolved by a policy.

Two claims contradict each other where they say different things of one topic, one denies the other,
or both settle the same choice otherwise (“we use X for it”). A policy says which of two counts from
then on. The other one stays, or comes, as history; only where it would count as the newer one it is
left out, and told. What wins over something newer holds from the moment of the import on.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.index_entries import stance
from workbench.memory.facts.parsing.parser import Kept
from workbench.memory.facts.staleness import claims_of
from workbench.memory.kinds import choices
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, salted
from workbench.store.claim_records import ClaimRow
from workbench.store.exported_facts import Record
from workbench.store.facts import FactRow

#: Facts that deny a claim that are looked at, the newest ones.
_MOST = 8
#: Facts of one purpose that are looked at, the newest ones.
_CHOICES = 64
#: How strong a local fact, or a record that comes, is by now.
Strong = Callable[[FactRow | Record], float]


@dataclass(frozen=True, slots=True)
class Coming:
    """A fact on its way in: where it stands among the others, what it says, and what it claims."""

    place: int
    record: Record
    row: FactRow
    claims: tuple[ClaimRow, ...]

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
    rows = [
        FactRow(0, scope, record["text"], record["told"], record["at"], "fact", None, None, 0,
                False, packed)
        for record, packed in zip(records, claims, strict=True)
    ]  # fmt: skip
    return [
        Coming(place, record, row, claims_of(row))
        for place, (record, row) in enumerate(zip(records, rows, strict=True))
    ]


class Together:
    """What the facts that come say of one another."""

    def __init__(self, every: Sequence[Coming]) -> None:
        self._topics: dict[int, tuple[float, int]] = {}
        self._said: dict[tuple[int, bool], tuple[float, int]] = {}
        contents: dict[int, int] = {}
        self._various: set[int] = set()
        for each in every:
            mine = (each.at, each.place)
            for claim in each.claims:
                said = (claim.content, claim.negative)
                self._said[said] = max(mine, self._said.get(said, mine))
                if claim.topic:
                    self._topics[claim.topic] = max(mine, self._topics.get(claim.topic, mine))
                    if contents.setdefault(claim.topic, claim.content) != claim.content:
                        self._various.add(claim.topic)

    def current(self, fact: Coming) -> bool:
        """Whether something that it claims is still so, as far as those who come know."""
        claims = fact.claims
        return not claims or any(not self._taken_over(fact, claim) for claim in claims)

    def alone(self, fact: Coming) -> bool:
        """Whether none of the others contradicts it, before or after."""
        return not any(
            claim.topic in self._various or (claim.content, not claim.negative) in self._said
            for claim in fact.claims
        )

    def _taken_over(self, fact: Coming, claim: ClaimRow) -> bool:
        mine = (fact.at, fact.place)
        denied = self._said.get((claim.content, not claim.negative), mine)
        return denied > mine or (claim.topic != 0 and self._topics[claim.topic] > mine)


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
    together: Together,
    doubtful: Collection[int],
    policy: str,
    now: float,
    strong: Strong,
    by_ids: Callable[[Sequence[int]], list[FactRow]],
) -> list[Settled]:
    """What becomes of each of the facts that come; only those at `doubtful` places may contradict.

    `by_ids` reads those that are here.
    """
    here = _Here(index, by_ids)
    done: list[Settled] = [Settled(each.at) for each in every]
    lost: set[int] = set()
    behind: list[tuple[Coming, list[FactRow]]] = []
    for place in sorted(doubtful):
        each = every[place]
        against = here.against(each)
        if not against:
            continue
        if together.current(each):
            done[place] = settled = decide(each, against, policy, now, strong)
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


def disputed(index: FactIndex, scope: int, kept: Sequence[Kept]) -> list[int]:
    """The places of parsed facts of whose topics, or against which, something is told here.

    What says the same alone does not count.
    """
    postings = index.postings()
    claims = [(place, claim) for place, each in enumerate(kept) for claim in each.claims]
    same = postings.frequency([salted(each.same, scope) ^ SAME for each in kept]).tolist()
    topics = postings.frequency([salted(claim.topic, scope) ^ TOPIC for _, claim in claims])
    against = postings.frequency(
        [salted(stance(claim.content, not claim.negative), scope) ^ DENIAL for _, claim in claims]
    )
    found = {
        place
        for (place, claim), told, denied in zip(
            claims, topics.tolist(), against.tolist(), strict=True
        )
        if denied or (claim.topic and told > same[place])
    }
    return sorted(found)


def choosing(every: Sequence[Coming]) -> list[int]:
    """The places of those that may settle a choice; see `kinds.choices`."""
    return [
        each.place
        for each in every
        if choices.may_be(each.row.text, (claim.relation for claim in each.claims))
    ]


def _denying(index: FactIndex, scope: int, claim: ClaimRow) -> list[int]:
    """The newest facts that say the opposite of a claim."""
    term = salted(stance(claim.content, not claim.negative), scope) ^ DENIAL
    found: list[int] = index.postings().meeting([[term]], _MOST).tolist()
    return found


class _Here:
    """The facts here that count, each topic looked up once."""

    def __init__(self, index: FactIndex, by_ids: Callable[[Sequence[int]], list[FactRow]]) -> None:
        self._index = index
        self._by_ids = by_ids
        self._topics: dict[int, list[int]] = {}
        self._current: dict[int, tuple[FactRow, tuple[ClaimRow, ...]]] = {}

    def against(self, fact: Coming) -> list[FactRow]:
        """The facts here that count and contradict one that comes."""
        claims = fact.claims
        scope = fact.row.scope
        ids: set[int] = set()
        for claim in claims:
            if claim.topic:
                if claim.topic not in self._topics:
                    # Of one topic the newest alone counts.
                    self._topics[claim.topic] = self._index.of_topic(scope, claim.topic)[-1:]
                ids.update(self._topics[claim.topic])
            ids.update(_denying(self._index, scope, claim))
        self._read(ids)
        found = {
            id: self._current[id][0]
            for id in sorted(ids)
            if any(contradict(one, mine) for one in self._current[id][1] for mine in claims)
        }
        if choices.may_be(fact.row.text, (claim.relation for claim in claims)):
            found.update({row.id: row for row in self._chosen(fact)})
        return list(found.values())

    def _chosen(self, fact: Coming) -> list[FactRow]:
        """The facts here that settle a choice otherwise, and after which none settles it so."""
        found = []
        for mine in choices.choices(fact.row.text):
            ids = self._index.meeting(fact.row.scope, mine.purpose, _CHOICES)
            told = [
                (row, choice) for row in self._by_ids(ids) for choice in choices.choices(row.text)
            ]
            other = max((row for row, each in told if mine.against(each)), key=_order, default=None)
            agreed = [row for row, each in told if mine.same(each)]
            if other is not None and all(_order(row) < _order(other) for row in agreed):
                found.append(other)
        return found

    def _read(self, ids: Collection[int]) -> None:
        found = self._by_ids([id for id in ids if id not in self._current])
        stale = self._index.stale_of(found)
        for row in found:
            left = [c for place, c in enumerate(claims_of(row)) if (row.id, place) not in stale]
            self._current[row.id] = row, tuple(left)


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
