"""The dream phase: proposes links that nobody wrote, for concepts asked about recently.

For each concept asked about since the last sleep it takes the unstated links
(`brain.library.emergent`), if they are computed already, and proposes the first three to concepts
that are not common, each with its path and its measured odds: a link to England or to a school says
nothing. What one source names together, it may link itself (Swanson, "Undiscovered public
knowledge", 1986). Proposals are hypotheses for somebody to confirm.
"""

import sqlite3
from collections import Counter

from workbench.brain.library.emergent import Proposed, checked
from workbench.brain.library.odds import NEXT, RARE, SIMILAR, odds
from workbench.memory.concepts.records import AssociationType
from workbench.sleep import rehearsing
from workbench.sleep.night import Night
from workbench.store import concept_changes, gists, verdicts

#: Links per concept, and concepts at most: those asked about most often.
_LINKS, _CONCEPTS = 3, 24
_PARTS = 1_000_000
RELATED = int(AssociationType.RELATED_TO)

#: Head, type, via, tail, the second concept on the way or 0, whether by similarity, odds in
#: millionths.
Item = tuple[int, ...]


def plan(
    night: Night, connection: sqlite3.Connection, limit: int, informative: frozenset[int]
) -> list[Item]:
    """At most `limit` links to propose; those of the concepts asked about most often first.

    Only `informative` concepts are proposed, over informative ones.
    """
    if night.dreams is None or limit <= 0:
        return []
    cue_counts = Counter(
        concept for episode in rehearsing.day(night, connection) for concept in episode.cue
    )
    places = night.graph.places(connection)
    parted, agreed = verdicts.parted(connection), set(verdicts.agreed_pairs(connection))
    items: list[Item] = []
    proposed: set[frozenset[int]] = set()
    for concept, _ in sorted(cue_counts.items(), key=lambda count: (-count[1], count[0]))[
        :_CONCEPTS
    ]:
        night.report_progress("dreaming", len(proposed), limit)
        dreamt = [link for link in night.dreams([concept]) if link.kind != NEXT and not link.common]
        dreamt = [link for link in dreamt if informative.issuperset(link.path)]
        sources = _read_in(connection, concept)
        links = [
            link
            for link in checked(connection, dreamt, [concept], places, parted)
            if sources.isdisjoint(_read_in(connection, link.concept))
        ][:_LINKS]
        for place, link in enumerate(links):
            ends = concept, link.concept
            if frozenset(ends) in proposed or not agreed.isdisjoint((ends, ends[::-1])):
                continue
            if len(items) < limit and not gists.joined(connection, *ends):
                proposed.add(frozenset(ends))
                items.append(_item(link, odds(RARE, place)))
    return items


def _read_in(connection: sqlite3.Connection, concept: int) -> frozenset[int]:
    """The sources that mention a concept; told statements have none."""
    return frozenset(
        place for place in concept_changes.places_of(connection, concept) if place >= 0
    )


def _item(link: Proposed, share: float) -> Item:
    head, via, *onward, tail = link.path
    return (
        head, RELATED, via, tail, onward[0] if onward else 0, int(link.kind == SIMILAR),
        round(_PARTS * share),
    )  # fmt: skip


def row(item: Item) -> gists.DreamRow:
    """The row of a proposed link."""
    head, type, via, tail, onward, is_sibling, odds = item
    return gists.DreamRow(
        head, type, via, tail, onward or None, "kin" if is_sibling else "chain", odds / _PARTS
    )
