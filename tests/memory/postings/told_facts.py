"""Facts made of random terms, batches of them, and the answers by going through them all."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from workbench.memory.postings import weighing
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, Entry, salted

#: Terms to make facts of, and how often each comes up.
TERMS = [salted(0x9E3779B97F4A7C15 * i % 2**64, i % 3) for i in range(120)]
ODDS = [1 / (i + 1) for i in range(len(TERMS))]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact: its terms, its dedup key, and (topic, denial) of each claim."""

    id: int
    at: float
    terms: tuple[int, ...]
    same: int
    claims: tuple[tuple[int, int], ...] = ()


def some_facts(
    rng: random.Random, count: int, after: int = 0, terms: Sequence[int] = TERMS
) -> list[Told]:
    """Facts with ids above `after`, mostly one after the other."""
    odds = [1 / (i + 1) for i in range(len(terms))]
    facts = []
    for _ in range(count):
        after += 1 if rng.random() < 0.9 else rng.randint(2, 6)
        claims = tuple(
            (rng.choice((*terms, 0)), rng.choice((0, 0, rng.choice(terms))))
            for _ in range(rng.randint(0, 2))
        )
        facts.append(
            Told(
                id=after,
                at=float(rng.randint(0, 3)),
                terms=tuple(dict.fromkeys(rng.choices(terms, odds, k=rng.randint(1, 8)))),
                same=rng.choice(terms),
                claims=claims,
            )
        )
    return facts


#: What every fact of a batch holds beside its own terms.
EVERY = salted(0x5851F42D4C957F2D, 0)


def entries_of(facts: Sequence[Told]) -> list[Entry]:
    """The facts as the index takes them in."""
    return [
        Entry(
            fact.id,
            fact.at,
            fact.same,
            tuple(
                {
                    *fact.terms,
                    EVERY,
                    fact.same ^ SAME,
                    *(topic ^ TOPIC for topic, _ in fact.claims if topic),
                    *(denial ^ DENIAL for _, denial in fact.claims if denial),
                }
            ),
        )
        for fact in facts
    ]


@dataclass(slots=True)
class Oracle:
    """What the index has to answer, by brute force."""

    facts: list[Told] = field(default_factory=list)

    def remove(self, ids: Collection[int]) -> int:
        """Let facts go; how many there were."""
        before = len(self.facts)
        self.facts = [fact for fact in self.facts if fact.id not in ids]
        return before - len(self.facts)

    def top(
        self,
        terms: Sequence[int],
        groups: Sequence[int],
        levels: Sequence[int],
        frequencies: Sequence[int],
        total: int,
        within: Collection[int] | None,
    ) -> list[tuple[int, int]]:
        """(score, id) of all facts that hold a term, best first."""
        weights = weighing.weights(frequencies, groups, levels, total)
        found = []
        for fact in self._within(within):
            best: dict[int, int] = {}
            for term, group, weight in zip(terms, groups, weights, strict=True):
                if term in fact.terms:
                    best[group] = max(best.get(group, 0), weight)
            if sum(best.values()):
                found.append((sum(best.values()), fact.id))
        return sorted(found, reverse=True)

    def meeting(self, groups: Sequence[Sequence[int]], within: Collection[int] | None) -> list[int]:
        """The facts with a term of every group, newest first."""
        return [
            fact.id
            for fact in reversed(self._within(within))
            if all(any(term in fact.terms for term in group) for group in groups)
        ]

    def claims(self, place: int, key: int) -> list[tuple[int, float]]:
        """The facts with a claim of that topic (`place` 0) or denial (1), oldest first."""
        return [
            (fact.id, fact.at)
            for fact in self.facts
            if any(claim[place] == key for claim in fact.claims)
        ]

    def same(self, key: int) -> list[int]:
        """The facts with a dedup key, newest first."""
        return [fact.id for fact in reversed(self.facts) if fact.same == key]

    def _within(self, within: Collection[int] | None) -> list[Told]:
        return [fact for fact in self.facts if within is None or fact.id in within]
