"""Hypotheses (links that nobody wrote) as public records, and the user's verdicts on them."""

import sqlite3
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from workbench.brain.library.emergent import Proposed, path_text
from workbench.brain.library.odds import NEXT, SIMILAR, odds_text
from workbench.brain.records import Lit
from workbench.memory.concepts.records import AssociationType
from workbench.store import verdicts


def edge_between(source: int, other: int) -> str:
    """The name of an edge between two concepts that no statement links."""
    return ":".join(map(str, verdicts.in_order(source, AssociationType.RELATED_TO, other)))


def hypotheses(
    proposals: Sequence[Proposed], names: Mapping[int, str], existing: Set[int], limit: int
) -> list[Lit]:
    """The proposals whose concepts are all visible, except `existing` ones."""
    return [
        _hypothesis(item, names)
        for item in proposals
        if item.concept not in existing and names.keys() >= set(item.path)
    ][:limit]


def _hypothesis(proposal: Proposed, names: Mapping[int, str]) -> Lit:
    path = tuple(names[item] for item in proposal.path)
    ahead = proposal.kind == NEXT
    return Lit(
        concept=proposal.concept,
        name=path[-1],
        tag="predicted" if ahead else "emergent",
        strength=proposal.strength,
        cover=0.0,
        step=-1,
        trail=path,
        path=path_text(proposal.kind, path),
        odds=proposal.odds,
        odds_words=odds_text(proposal.odds),
        edge="" if ahead else edge_between(proposal.path[0], proposal.concept),
        grounds=proposal.grounds,
    )


def similarity_path_text(names: Sequence[str]) -> str:
    """A path by similarity in words: the second name is similar to the first.

    The rest are links; the words are those of proposals by similarity.
    """
    if len(names) == 2:
        return f"Kin by meaning: like {names[0]}"
    if len(names) == 3:
        return path_text(SIMILAR, names)
    similar, *through, target = names[1:]
    between = ", ".join(through)
    return f"Suggested by kinship: like {similar}, which leads to {target} by way of {between}"


def split_by_similarity(
    active: Sequence[Lit], proposals: Sequence[Proposed], limit: int
) -> tuple[list[Lit], list[Lit]]:
    """Separate what ignited along links from the best that was reached by similarity.

    What is also in `proposals` takes their odds and grounds.
    """
    proposed = {item.concept: item for item in proposals if item.kind != NEXT}
    by_similarity: list[Lit] = []
    for item in active:
        if item.across and len(by_similarity) < limit:
            also = proposed.get(item.concept)
            if also is not None:
                words = odds_text(also.odds)
                item = replace(item, odds=also.odds, odds_words=words, grounds=also.grounds)
            by_similarity.append(item)
    return [item for item in active if not item.across], by_similarity


def agreed_to(agreed: Mapping[int, int], names: Mapping[int, str], existing: Set[int]) -> list[Lit]:
    """The concepts that the user relates to the cue, unless `existing`."""
    return [
        Lit(
            id, names[id], "confirmed", 0.0, 0.0, -1, (names[source], names[id]),
            edge=edge_between(source, id),
        )
        for id, source in agreed.items()
        if id in names and source in names and id not in existing
    ]  # fmt: skip


def severed(
    connection: sqlite3.Connection, trail: Sequence[int], parted: Set[tuple[int, int]]
) -> bool:
    """Whether the user has rejected a hop of a trail since the brain was loaded."""
    return any(hop in parted and not verdicts.joined(connection, *hop) for hop in pairwise(trail))
