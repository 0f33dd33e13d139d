"""The dream phase: proposes links that nobody wrote, for the concepts of the day.

Of each concept that was asked about since the last sleep the tier of what nobody wrote is let run,
where it was made already; its first three links to what is not common are proposed, each with its
path and with the measured share of such links that was found in print: that two things have to do
with England, or with a school, is no dream, and what one source names it may join itself (Swanson,
"Undiscovered public knowledge", 1986). They are hypotheses: somebody has to say yes.
"""

import sqlite3
from collections import Counter

from workbench.brain.library.emergent import Proposed, checked
from workbench.brain.library.odds import NEXT, RARE, SIMILAR, odds
from workbench.memory.concepts.records import AssociationType
from workbench.sleep import rehearsing
from workbench.sleep.night import Night
from workbench.store import aliases, gists, graph, verdicts

#: Links of one concept, and concepts that are dreamt of: those asked about most often.
_LINKS, _CONCEPTS = 3, 24
_PARTS = 1_000_000
RELATED = int(AssociationType.RELATED_TO)

#: Head, type, via, tail, the second concept on the way or 0, whether kin, odds in millionths.
Item = tuple[int, ...]


def plan(
    night: Night, connection: sqlite3.Connection, limit: int, informative: frozenset[int]
) -> list[Item]:
    """Links to propose, at most so many; those of what was asked about most often first.

    Only what is `informative` is proposed, over what is so.
    """
    if night.dreams is None or limit <= 0:
        return []
    cue_counts = Counter(
        concept for episode in rehearsing.day(night, connection) for concept in episode.cue
    )
    places = graph.places(connection)
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
    """The sources that name a concept; told statements have none."""
    return frozenset(place for place in aliases.places_of(connection, concept) if place >= 0)


def _item(link: Proposed, share: float) -> Item:
    head, via, *onward, tail = link.path
    return (
        head, RELATED, via, tail, onward[0] if onward else 0, int(link.kind == SIMILAR),
        round(_PARTS * share),
    )  # fmt: skip


def row(item: Item) -> gists.DreamRow:
    """A link to be proposed as it is stored."""
    head, type, via, tail, onward, is_sibling, odds = item
    return gists.DreamRow(
        head, type, via, tail, onward or None, "kin" if is_sibling else "chain", odds / _PARTS
    )
