"""Merges the quotes of the parts of a question into one list, in turn.

Scores of different questions say nothing about one another, so the lists are joined by rank. The
best quote of the whole question stays first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from workbench.memory.segment import Ordinals
from workbench.recall.hops import Hop
from workbench.recall.quotes import Quote
from workbench.recall.windows import Windows

#: What one quote that has its turn is worth beside the one before it.
_STEP = 0.995


def joined(
    whole: Windows,
    quotes: Sequence[Quote],
    parts: Sequence[tuple[Windows, Sequence[Quote]]],
) -> list[Quote]:
    """Quotes of the whole question and of its parts, best first; no two share a sentence.

    A passage has one turn only: of things that are compared each has its own. `whole` are windows
    among which those of the parts are, too (see `starts`). Scores fall from quote to quote, so that
    whoever sorts by them keeps the order.
    """
    used: set[int] = set()
    found: list[Quote] = []
    score = quotes[0].score if quotes else 1.0
    for windows, quote in _turns(whole, quotes, parts):
        ids = {engram.id for engram in quote.engrams}
        if not used.isdisjoint(ids):
            continue
        used |= ids
        at = int(np.searchsorted(whole.starts, windows.starts[quote.place]))
        found.append(replace(quote, place=at, score=score))
        score *= _STEP
    return found


def starts(parts: Sequence[tuple[Windows, Sequence[Quote]]]) -> Ordinals:
    """The first sentences of the windows from which the quotes of the parts are."""
    ordinals = [windows.starts[quote.place] for windows, quotes in parts for quote in quotes]
    return np.unique(np.array(ordinals, np.int32))


def moved(paths: Mapping[int, Hop], windows: Windows, whole: Windows) -> dict[int, Hop]:
    """Paths by their places among other windows, where these hold what they lead to."""
    found: dict[int, Hop] = {}
    for place, path in paths.items():
        start = windows.starts[place]
        at = int(np.searchsorted(whole.starts, start))
        if at < len(whole.starts) and whole.starts[at] == start:
            found[at] = path
    return found


def _turns(
    whole: Windows,
    quotes: Sequence[Quote],
    parts: Sequence[tuple[Windows, Sequence[Quote]]],
) -> Iterator[tuple[Windows, Quote]]:
    yield from ((whole, quote) for quote in quotes[:1])
    shown = {quote.engrams[0].passage for quote in quotes[:1]}
    later: list[tuple[Windows, Quote]] = []
    for turn in zip_longest(*(_passages(windows, listed) for windows, listed in parts)):
        for each in turn:
            if each is None:
                continue
            passage = each[1].engrams[0].passage
            if passage in shown:
                later.append(each)
            else:
                shown.add(passage)
                yield each
    yield from later
    yield from ((whole, quote) for quote in quotes[1:])
    for windows, listed in parts:
        yield from ((windows, quote) for quote in listed)


def _passages(windows: Windows, quotes: Sequence[Quote]) -> Iterator[tuple[Windows, Quote]]:
    """The best quote of each passage."""
    seen: set[int] = set()
    for quote in quotes:
        if quote.engrams[0].passage not in seen:
            seen.add(quote.engrams[0].passage)
            yield windows, quote
