"""The phase that summarises memories about the same concepts, by extraction.

Three or more old told memories of a scope with overlapping concepts (Jaccard index of at least 0.4)
form a group; those that overlap most with the others are central (after centroid extraction, Radev
and others 2004). A summary refers to memories by id and contains no new text, so that deleting a
memory removes it there as well.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.plasticity import DAY
from workbench.sleep.night import Night, Tally
from workbench.store import facts as rows
from workbench.store import gists

#: Jaccard index of the concepts of two memories in a group.
_OVERLAP = 0.4
#: Members of a summary, quoted sentences, and concepts in its name.
_MIN_MEMBERS, _MAX_MEMBERS, _QUOTED, _NAME_CONCEPTS = 3, 12, 3, 3
#: Days after which a memory is old.
_AGED = 7
#: Concepts in more memories than this are ignored; and the most memories that are read.
_HUB, _MENTIONS_READ = 24, 50_000


@dataclass(frozen=True, slots=True)
class Gist:
    """A group of memories, each with whether it is central, and the concepts they share."""

    scope: int
    concepts: tuple[int, ...]
    members: tuple[tuple[int, bool], ...]


def plan(night: Night) -> list[Gist]:
    """The summaries to make, in the order of their first memories."""
    result: list[Gist] = []
    with night.store.read() as connection:
        for scope in night.scopes:
            mentions = gists.aged(connection, scope, night.start - _AGED * DAY, _MENTIONS_READ)
            left = [mention for mention in mentions if mention[0] not in night.merged]
            result += _gists(night, scope, left)
    return result


def describe(
    connection: sqlite3.Connection, items: Sequence[Gist]
) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    """Name, members and lines of summaries that are not stored."""
    described = []
    for gist in items:
        names = gists.concept_names(connection, gist.concepts)
        name = ", ".join(names[concept] for concept in gist.concepts if concept in names)
        texts = rows.texts(connection, [engram for engram, _ in gist.members])
        lines = tuple(texts[engram] for engram, central in gist.members if central)
        described.append((name, tuple(engram for engram, _ in gist.members), lines))
    return described


def work(night: Night, connection: sqlite3.Connection, items: Sequence[Gist]) -> Tally:
    """Store a slice of the plan."""
    assert night.run is not None
    members = 0
    for gist in items:
        if gists.add_summary(
            connection, night.run, gist.scope, night.start, gist.concepts, gist.members
        ):
            members += len(gist.members)
    return {"summarised": members}


def _gists(night: Night, scope: int, mentions: Sequence[tuple[int, int, int]]) -> list[Gist]:
    """Group memories around the oldest one that is in no group yet."""
    concepts: dict[int, set[int]] = defaultdict(set)
    engrams_of: dict[int, list[int]] = defaultdict(list)
    for engram, concept, number in mentions:
        concepts[engram].add(concept)
        if number <= _HUB:
            engrams_of[concept].append(engram)
    grouped: set[int] = set()
    groups: list[Gist] = []
    for number, seed in enumerate(concepts):
        if number % 1000 == 0:
            night.report_progress("looking for what belongs together", number, len(concepts))
        if seed in grouped:
            continue
        shared = Counter(
            other
            for concept in concepts[seed]
            for other in engrams_of.get(concept, ())
            if other not in grouped
        )
        candidates = [
            (_overlap(concepts[seed], concepts[other]), -other)
            for other, number in shared.items()
            if other != seed and 2 * number >= _OVERLAP * len(concepts[seed])
        ]
        similar = [-other for value, other in sorted(candidates, reverse=True) if value >= _OVERLAP]
        if len(similar) + 1 >= _MIN_MEMBERS:
            members = sorted([seed, *similar[: _MAX_MEMBERS - 1]])
            grouped.update(members)
            groups.append(_gist(scope, members, concepts))
    return groups


def _gist(scope: int, members: Sequence[int], concepts: dict[int, set[int]]) -> Gist:
    central = {
        member: sum(_overlap(concepts[member], concepts[other]) for other in members)
        for member in members
    }
    quoted = sorted(members, key=lambda member: (-central[member], member))[:_QUOTED]
    number = Counter(concept for member in members for concept in concepts[member])
    shared = sorted(number, key=lambda concept: (-number[concept], concept))[:_NAME_CONCEPTS]
    return Gist(scope, tuple(shared), tuple((member, member in quoted) for member in members))


def _overlap(first: set[int], second: set[int]) -> float:
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0
