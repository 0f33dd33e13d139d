"""Hypotheses (links that nobody wrote) as public records, and the user's verdicts on them."""

import sqlite3
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from workbench.brain.library.emergent import Proposed, told
from workbench.brain.library.odds import KIN, NEXT, said
from workbench.brain.records import Lit
from workbench.memory.concepts.records import AssociationType
from workbench.store import verdicts


def edge_between(one: int, other: int) -> str:
    """The name of the edge between two concepts that nobody has written of together."""
    return ":".join(map(str, verdicts.in_order(one, AssociationType.RELATED_TO, other)))


def hypotheses(
    found: Sequence[Proposed], names: Mapping[int, str], there: Set[int], limit: int
) -> list[Lit]:
    """Proposals of which all may be named, but for those that are `there` already."""
    return [
        _hypothesis(each, names)
        for each in found
        if each.concept not in there and names.keys() >= set(each.path)
    ][:limit]


def _hypothesis(found: Proposed, names: Mapping[int, str]) -> Lit:
    path = tuple(names[each] for each in found.path)
    ahead = found.kind == NEXT
    return Lit(
        concept=found.concept,
        name=path[-1],
        tag="predicted" if ahead else "emergent",
        strength=found.strength,
        cover=0.0,
        step=-1,
        trail=path,
        path=told(found.kind, path),
        odds=found.odds,
        odds_words=said(found.odds),
        edge="" if ahead else edge_between(found.path[0], found.concept),
        grounds=found.grounds,
    )


def by_kin(names: Sequence[str]) -> str:
    """How activity came across by meaning, in words: the second of the names is kin of the first.

    What follows are links; the words are those of what is proposed by kinship.
    """
    if len(names) == 2:
        return f"Kin by meaning: like {names[0]}"
    if len(names) == 3:
        return told(KIN, names)
    kin, *through, last = names[1:]
    return f"Suggested by kinship: like {kin}, which leads to {last} by way of {', '.join(through)}"


def come_across(
    lit: Sequence[Lit], found: Sequence[Proposed], limit: int
) -> tuple[list[Lit], list[Lit]]:
    """Parts what lit up: what came along links alone, and so much of what came across by meaning.

    What is proposed as well, `found`, has its odds and the statements its hops stand in.
    """
    proposed = {each.concept: each for each in found if each.kind != NEXT}
    across: list[Lit] = []
    for each in lit:
        if each.across and len(across) < limit:
            also = proposed.get(each.concept)
            if also is not None:
                words = said(also.odds)
                each = replace(each, odds=also.odds, odds_words=words, grounds=also.grounds)
            across.append(each)
    return [each for each in lit if not each.across], across


def agreed_to(agreed: Mapping[int, int], names: Mapping[int, str], there: Set[int]) -> list[Lit]:
    """What the user says is related to the cue, `agreed` by concept, and is not `there` already."""
    return [
        Lit(
            id, names[id], "confirmed", 0.0, 0.0, -1, (names[one], names[id]),
            edge=edge_between(one, id),
        )
        for id, one in agreed.items()
        if id in names and one in names and id not in there
    ]  # fmt: skip


def severed(
    connection: sqlite3.Connection, trail: Sequence[int], parted: Set[tuple[int, int]]
) -> bool:
    """Whether a hop of a way is one that the user has rejected since the brain was loaded."""
    return any(hop in parted and not verdicts.joined(connection, *hop) for hop in pairwise(trail))
