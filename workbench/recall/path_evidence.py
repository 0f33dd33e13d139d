"""The path by which a quote was found that shares few words with the question."""

from collections.abc import Mapping, Sequence

from workbench.recall.hops import Hop
from workbench.recall.quotes import Quote
from workbench.recall.records import Evidence, Step
from workbench.recall.search import Search
from workbench.store import sources, text

#: Letters of the sentence that a reason quotes.
_SAID = 120


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
