"""Windows extended by multi-hop paths, their order, and the path to a quote as it is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbench.arrays import F32
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall import mentions
from workbench.recall.hops import LONG, Hop, Walk, hops
from workbench.recall.ordinal_sets import joined
from workbench.recall.quotes import Quote
from workbench.recall.records import Evidence, Step
from workbench.recall.search import Search
from workbench.recall.windows import TITLED, Windows, centred, widened
from workbench.store import sources, text

#: Letters of the sentence that a reason quotes.
_SAID = 120
#: What a path over a name adds to what it leads to.
_HOP = 3.0


@dataclass(frozen=True, slots=True)
class Reached:
    """Windows with what paths add to them, and the path that leads to a window, by its place."""

    windows: Windows
    paths: Mapping[int, Hop]


def _named(search: Search, windows: Windows) -> Windows:
    """The windows with those first whose text opens with what the question names.

    What a text without a title opens with stands for its title.
    """

    snapshot, question = search.snapshot, search.cue.text

    def look() -> list[tuple[int, int, float]]:
        names = list({mention.name: mention for mention in mentions.mentions(question)})
        walk = Walk(search)
        return [
            (
                ordinal,
                int(snapshot.sections[snapshot.sections.searchsorted(ordinal) + 1]),
                weight * (walk.mass(name) / len(owned)) ** 0.5,
            )
            for name, owned in zip(names, walk.owned(names) if names else (), strict=True)
            for ordinal, weight in owned
        ]

    opened = snapshot.once(("opened", question), look)
    if not opened:
        return windows
    boost = np.zeros(len(windows.starts), np.float32)
    for ordinal, stop, worth in opened:
        low, high = windows.starts.searchsorted([ordinal, stop])
        boost[low:high] = np.maximum(boost[low:high], worth)
    if not boost.any():
        return windows
    top = float(windows.scores.max(initial=0.0)) or 1.0
    scores = windows.scores / top + TITLED * boost * (windows.titled == 0)
    return replace(windows, scores=scores, centred=centred(snapshot, windows.starts, scores))


def reach(search: Search, windows: Windows) -> Reached | None:
    """The windows again, with those that paths lead to; None where no path leads anywhere."""
    snapshot = search.snapshot
    opened = _named(search, windows)
    found = hops(search, opened)
    if not found:
        return None if opened is windows else Reached(opened, {})
    again = _named(search, widened(search, windows, _ends(snapshot, found)))
    added, paths = _added(snapshot, again, found)
    top = float(again.scores.max(initial=0.0)) or 1.0
    lead = int(np.argmax(again.centred))
    scores = again.scores / top + added
    # What the words alone say best stays first: a path may mislead, and the rest comes after it.
    scores[lead] = scores.max() * (1 + 1e-4)
    return Reached(
        replace(again, scores=scores, centred=centred(snapshot, again.starts, scores)),
        paths,
    )


def _ends(snapshot: Snapshot, found: Sequence[Hop]) -> Ordinals:
    """The sentences that paths lead to, and of sections that they are the title of all."""
    ends: list[int] = []
    for hop, first, stop in _within(snapshot, found):
        if hop.whole and stop - first <= LONG:
            ends.extend(range(first, stop))
        else:
            ends.append(hop.ordinal)
    return joined(np.array(ends, np.int32))


def _within(snapshot: Snapshot, found: Sequence[Hop]) -> Iterator[tuple[Hop, int, int]]:
    """Each path with the section that it leads to, as `[first, stop)`."""
    ordinals = np.array([hop.ordinal for hop in found], np.int32)
    first = snapshot.columns["section_start"][ordinals]
    stop = snapshot.sections[snapshot.sections.searchsorted(first) + 1]
    return zip(found, first.tolist(), stop.tolist(), strict=True)


def _added(
    snapshot: Snapshot, windows: Windows, found: Sequence[Hop]
) -> tuple[F32, dict[int, Hop]]:
    """What paths add to each window, and the path that leads to it, by its place."""
    added = np.zeros(len(windows.starts), np.float32)
    spans = [
        (first, stop) if stop - first <= LONG else (hop.ordinal - 2, hop.ordinal + 1)
        for hop, first, stop in _within(snapshot, found)
    ]
    firsts = np.array([first for first, _ in spans], np.int32)
    bounds = windows.starts.searchsorted(np.array(spans, np.int32).reshape(-1, 2))
    lengths = bounds[:, 1] - bounds[:, 0]
    # Every window that a path touches, path by path: a row for each of these pairs.
    path = np.repeat(np.arange(len(found)), lengths)
    place = np.arange(len(path)) + np.repeat(bounds[:, 1] - np.cumsum(lengths), lengths)
    touched = windows.ends[place] > firsts[path]
    path, place = path[touched], place[touched]
    values = np.array([_HOP * hop.value for hop in found], np.float32)[path]
    # The best path counts, of equals the first.
    order = np.lexsort((path, -values))
    places, at = np.unique(place[order], return_index=True)
    best = order[at]
    worth = values[best] > 0
    places, best = places[worth], best[worth]
    added[places] = values[best]
    paths = {
        each: found[number]
        for each, number in zip(places.tolist(), path[best].tolist(), strict=True)
    }
    return added, paths


def ways(search: Search, paths: Mapping[int, Hop], best: Sequence[Quote]) -> dict[int, Step]:
    """For each of these quotes to which a path leads its place and that path."""
    led = {quote.place: paths[quote.place] for quote in best if quote.place in paths}
    if not led:
        return {}
    connection, source = search.connection, search.snapshot.columns["source"]
    said = text.engrams(connection, [hop.seed + 1 for hop in led.values()])
    titles = sources.titles(connection, {int(source[hop.seed]) for hop in led.values()})
    return {
        place: Step(
            name=hop.name,
            engram=hop.seed + 1,
            sentence=said[hop.seed + 1].text,
            source=int(source[hop.seed]),
            title=titles.get(int(source[hop.seed]), ("", 0.0))[0],
            start=said[hop.seed + 1].start,
            end=said[hop.seed + 1].end,
        )
        for place, hop in led.items()
        if hop.seed + 1 in said
    }


def reason(via: Step) -> str:
    """One sentence on what led to a quote."""
    said = via.sentence if len(via.sentence) <= _SAID else f"{via.sentence[:_SAID].rstrip()}…"
    return f"Reached over “{via.name}”, which “{via.title}” names: “{said}”"


def last_step(quote: Evidence) -> Step:
    """The end of the path to a quote: the quote itself."""
    source, place = quote.source, quote.locator
    return Step("", quote.engram, quote.quote, source.id, source.title, place.start, place.end)
