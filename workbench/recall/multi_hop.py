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
_SPEECH = 120
#: What a path over a name adds to what it leads to.
_HOP = 3.0


@dataclass(frozen=True, slots=True)
class Reached:
    """Windows with what paths add to them, and the path that leads to a window, by its place."""

    windows: Windows
    paths: Mapping[int, Hop]


def _boost_titled(search: Search, windows: Windows) -> Windows:
    """The windows with those first whose text opens with what the question names.

    What a text without a title opens with stands for its title.
    """

    snapshot, question = search.snapshot, search.cue.text

    def scan() -> list[tuple[int, int, float]]:
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

    opening = snapshot.once(("opened", question), scan)
    if not opening:
        return windows
    boost = np.zeros(len(windows.starts), np.float32)
    for ordinal, stop, score_weight in opening:
        low, high = windows.starts.searchsorted([ordinal, stop])
        boost[low:high] = np.maximum(boost[low:high], score_weight)
    if not boost.any():
        return windows
    top = float(windows.scores.max(initial=0.0)) or 1.0
    scores = windows.scores / top + TITLED * boost * (windows.titled == 0)
    return replace(windows, scores=scores, centred=centred(snapshot, windows.starts, scores))


def reach(search: Search, windows: Windows) -> Reached | None:
    """The windows again, with those that paths lead to; None where no path leads anywhere."""
    snapshot = search.snapshot
    opening = _boost_titled(search, windows)
    result = hops(search, opening)
    if not result:
        return None if opening is windows else Reached(opening, {})
    repeated = _boost_titled(search, widened(search, windows, _ends(snapshot, result)))
    added, paths = _added(snapshot, repeated, result)
    top = float(repeated.scores.max(initial=0.0)) or 1.0
    lead = int(np.argmax(repeated.centred))
    scores = repeated.scores / top + added
    # What the words alone say best stays first: a path may mislead, and the rest comes after it.
    scores[lead] = scores.max() * (1 + 1e-4)
    return Reached(
        replace(repeated, scores=scores, centred=centred(snapshot, repeated.starts, scores)),
        paths,
    )


def _ends(snapshot: Snapshot, matches: Sequence[Hop]) -> Ordinals:
    """The sentences that paths lead to, and of sections that they are the title of all."""
    ends: list[int] = []
    for hop, first, stop in _with_sections(snapshot, matches):
        if hop.whole and stop - first <= LONG:
            ends.extend(range(first, stop))
        else:
            ends.append(hop.ordinal)
    return joined(np.array(ends, np.int32))


def _with_sections(snapshot: Snapshot, matches: Sequence[Hop]) -> Iterator[tuple[Hop, int, int]]:
    """Each path with the section that it leads to, as `[first, stop)`."""
    ordinals = np.array([hop.ordinal for hop in matches], np.int32)
    first = snapshot.columns["section_start"][ordinals]
    stop = snapshot.sections[snapshot.sections.searchsorted(first) + 1]
    return zip(matches, first.tolist(), stop.tolist(), strict=True)


def _added(
    snapshot: Snapshot, windows: Windows, matches: Sequence[Hop]
) -> tuple[F32, dict[int, Hop]]:
    """What paths add to each window, and the path that leads to it, by its place."""
    added = np.zeros(len(windows.starts), np.float32)
    spans = [
        (first, stop) if stop - first <= LONG else (hop.ordinal - 2, hop.ordinal + 1)
        for hop, first, stop in _with_sections(snapshot, matches)
    ]
    firsts = np.array([first for first, _ in spans], np.int32)
    bounds = windows.starts.searchsorted(np.array(spans, np.int32).reshape(-1, 2))
    lengths = bounds[:, 1] - bounds[:, 0]
    # Every window that a path touches, path by path: a row for each of these pairs.
    path = np.repeat(np.arange(len(matches)), lengths)
    place = np.arange(len(path)) + np.repeat(bounds[:, 1] - np.cumsum(lengths), lengths)
    touched = windows.ends[place] > firsts[path]
    path, place = path[touched], place[touched]
    values = np.array([_HOP * hop.value for hop in matches], np.float32)[path]
    # The best path counts, of equals the first.
    order = np.lexsort((path, -values))
    places, at = np.unique(place[order], return_index=True)
    best = order[at]
    weight = values[best] > 0
    places, best = places[weight], best[weight]
    added[places] = values[best]
    paths = {
        item: matches[number]
        for item, number in zip(places.tolist(), path[best].tolist(), strict=True)
    }
    return added, paths


def paths_to(search: Search, paths: Mapping[int, Hop], best: Sequence[Quote]) -> dict[int, Step]:
    """For each of these quotes to which a path leads its place and that path."""
    linked = {quote.place: paths[quote.place] for quote in best if quote.place in paths}
    if not linked:
        return {}
    connection, source = search.connection, search.snapshot.columns["source"]
    wording = text.engrams(connection, [hop.seed + 1 for hop in linked.values()])
    titles = sources.titles(connection, {int(source[hop.seed]) for hop in linked.values()})
    return {
        place: Step(
            name=hop.name,
            engram=hop.seed + 1,
            sentence=wording[hop.seed + 1].text,
            source=int(source[hop.seed]),
            title=titles.get(int(source[hop.seed]), ("", 0.0))[0],
            start=wording[hop.seed + 1].start,
            end=wording[hop.seed + 1].end,
        )
        for place, hop in linked.items()
        if hop.seed + 1 in wording
    }


def reason(via: Step) -> str:
    """One sentence on what led to a quote."""
    wording = (
        via.sentence if len(via.sentence) <= _SPEECH else f"{via.sentence[:_SPEECH].rstrip()}…"
    )
    return f"Reached over “{via.name}”, which “{via.title}” names: “{wording}”"


def final_step(quote: Evidence) -> Step:
    """The end of the path to a quote: the quote itself."""
    source, place = quote.source, quote.locator
    return Step("", quote.engram, quote.quote, source.id, source.title, place.start, place.end)
