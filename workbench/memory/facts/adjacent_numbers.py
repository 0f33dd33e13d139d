"""Numbers beside words in a cue: “crate 7” does not match crate 70.

Facts are found by the words they hold, wherever these stand. With numbers that is too little: of
three hundred crates in seven bays forty facts hold “crate” and “7”, and one is meant. Only among
facts that meet the cue equally well is that looked at.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.reading import tokens
from workbench.memory.facts.records import Fact
from workbench.store import facts as rows

_DIGIT = re.compile(r"\d")
#: Facts of equal score that are looked at, the newest.
_MOST = 1024

Pair = tuple[str, str]


def pairs(cue: str) -> set[Pair]:
    """The pairs of neighbours in a cue of which one has a digit."""
    if not _DIGIT.search(cue):
        return set()
    return {pair for pair in _neighbours(cue) if _DIGIT.search(pair[0] + pair[1])}


def nearest_first(
    index: FactIndex,
    collection: str | None,
    cue: str,
    found: list[Fact],
    limit: int,
    among: Callable[[Sequence[int]], list[Fact]],
) -> list[Fact]:
    """Facts of one score with those first in which most neighbours of the cue are neighbours.

    `found` is the answer as it is without that, `among` recalls some of the facts only.
    """
    wanted = pairs(cue)
    if not wanted:
        return found
    texts = {fact.id: fact.text for fact in found if _equal(fact.score, found[0].score)}
    if len(texts) == limit:
        # There may be more of that score than were asked for.
        texts |= _more(index, collection, cue)
    hits = {id: len(wanted.intersection(_neighbours(text))) for id, text in texts.items()}
    most = max(hits.values())
    if most == 0 or most == min(hits.values()):
        return found
    first = among([id for id, hit in hits.items() if hit == most])
    known = {fact.id for fact in first}
    return (first + [fact for fact in found if fact.id not in known])[:limit]


def _more(index: FactIndex, collection: str | None, cue: str) -> dict[int, str]:
    """The facts that meet a cue as well as the best do, with their words."""
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            return {}
        best = index.best(scope, cues.cue(cue), _MOST, None)
        equal = [id for id, score in best if _equal(score, best[0][1])]
        return {row.id: row.text for row in rows.by_ids(connection, equal)}


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6


def _neighbours(text: str) -> list[Pair]:
    words = [token.word for token in tokens(text)]
    return list(pairwise(words))
