"""The phase that summarises memories about the same concepts, by extraction.

Three or more told memories of a scope that have aged and whose concepts overlap (Jaccard, from
0.4) belong together; those that overlap most with the others are central (after centroid
extraction, Radev and others 2004). Nothing is written anew and nothing is replaced: a summary names
memories by their ids, so that what is forgotten goes from it, too.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.plasticity import DAY
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store import gists

#: How much the concepts of two memories overlap that belong together.
_OVERLAP = 0.4
#: Members of a summary, sentences quoted of them, and concepts that name it.
_LEAST, _MOST, _QUOTED, _NAMED = 3, 12, 3, 3
#: Days after which a memory has aged.
_AGED = 7
#: A concept that so many memories mention joins nothing; so many memories are looked at.
_HUB, _LOOKED = 24, 50_000


@dataclass(frozen=True, slots=True)
class Gist:
    """Memories that belong together, each with whether it is central, and what they share."""

    scope: int
    concepts: tuple[int, ...]
    members: tuple[tuple[int, bool], ...]


def plan(night: Night) -> list[Gist]:
    """The summaries that there are to be, in the order of their first memories."""
    found: list[Gist] = []
    with night.store.read() as connection:
        for scope in night.scopes:
            mentions = gists.aged(connection, scope, night.begun - _AGED * DAY, _LOOKED)
            left = [each for each in mentions if each[0] not in night.gone]
            found += _gists(night, scope, left)
    return found


def told(
    connection: sqlite3.Connection, found: Sequence[Gist]
) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """Name, members and lines of summaries that are not stored."""
    told = []
    for gist in found:
        named = gists.concept_names(connection, gist.concepts)
        name = ", ".join(named[concept] for concept in gist.concepts if concept in named)
        texts = rows.texts(connection, [engram for engram, _ in gist.members])
        lines = tuple(texts[engram] for engram, central in gist.members if central)
        told.append((name, tuple(engram for engram, _ in gist.members), lines))
    return told


def work(night: Night, connection: sqlite3.Connection, found: Sequence[Gist]) -> Tally:
    """Store some of what was planned."""
    assert night.run is not None
    members = 0
    for gist in found:
        if gists.add_summary(
            connection, night.run, gist.scope, night.begun, gist.concepts, gist.members
        ):
            members += len(gist.members)
    return {"summarised": members}


def _gists(night: Night, scope: int, mentions: Sequence[tuple[int, int, int]]) -> list[Gist]:
    """Groups of memories around the oldest of them that belongs to no other."""
    concepts: dict[int, set[int]] = defaultdict(set)
    holding: dict[int, list[int]] = defaultdict(list)
    for engram, concept, number in mentions:
        concepts[engram].add(concept)
        if number <= _HUB:
            holding[concept].append(engram)
    taken: set[int] = set()
    found: list[Gist] = []
    for number, seed in enumerate(concepts):
        if number % 1000 == 0:
            night.tell("looking for what belongs together", number, len(concepts))
        if seed in taken:
            continue
        shared = Counter(
            other
            for concept in concepts[seed]
            for other in holding.get(concept, ())
            if other not in taken
        )
        near = [
            (_overlap(concepts[seed], concepts[other]), -other)
            for other, number in shared.items()
            if other != seed and 2 * number >= _OVERLAP * len(concepts[seed])
        ]
        alike = [-other for value, other in sorted(near, reverse=True) if value >= _OVERLAP]
        if len(alike) + 1 >= _LEAST:
            members = sorted([seed, *alike[: _MOST - 1]])
            taken.update(members)
            found.append(_gist(scope, members, concepts))
    return found


def _gist(scope: int, members: Sequence[int], concepts: dict[int, set[int]]) -> Gist:
    central = {
        one: sum(_overlap(concepts[one], concepts[other]) for other in members) for one in members
    }
    quoted = sorted(members, key=lambda one: (-central[one], one))[:_QUOTED]
    number = Counter(concept for one in members for concept in concepts[one])
    named = sorted(number, key=lambda concept: (-number[concept], concept))[:_NAMED]
    return Gist(scope, tuple(named), tuple((one, one in quoted) for one in members))


def _overlap(one: set[int], other: set[int]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0
