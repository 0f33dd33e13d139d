"""Maps the sentences of an answer to the words they cite in quotes and sources.

Evidence quotes up to three sentences, of which an answer states one: that one gets the marker.
Quotes have their white space collapsed; `offsets` maps them back to the source.
"""

import re
from collections.abc import Sequence

from workbench.recall.records import Answer
from workbench.ui.ask.quote import Span, joined

#: Minimum number of word stems that a cited sentence shares, and length of a stem.
_MIN_SHARED, _STEM = 2, 6


def cited_spans(answer: Answer, n: int) -> tuple[Span, ...]:
    """The spans of evidence `n`'s quote that the answer cites; empty if none.

    A generated sentence differs from the quote: it cites the sentences that contain most of its
    words, else the whole quote.
    """
    quote = next((item.quote for item in answer.evidence if item.n == n), "")
    results: list[Span] = []
    for sentence in answer.sentences:
        if n in sentence.citations:
            at = offsets(quote)
            words = " ".join(sentence.text.split())
            first = " ".join(quote.split()).find(words)
            if first < 0 or not words:
                closest = _nearest(quote, words)
                if not closest:
                    return ((0, len(quote)),) if quote else ()
                results += closest
                continue
            results.append((at[first], at[first + len(words) - 1] + 1))
    return joined(quote, results)


def _nearest(quote: str, sentence: str) -> list[Span]:
    """The sentences of a quote that cover most of a generated one's words; none for few."""
    # Deferred, to keep numpy out of start-up.
    from ingest.segment import segment

    left, result = _words(sentence), list[Span]()
    parts = [(span, _words(quote[span[0] : span[1]])) for span in segment(quote)]
    while parts:
        span, stems = max(parts, key=lambda part: len(part[1] & left))
        if len(stems & left) < _MIN_SHARED:
            break
        result.append(span)
        left = left - stems
        parts.remove((span, stems))
    return result


def _words(text: str) -> frozenset[str]:
    """The stems of words; for scripts without spaces, single characters."""
    return frozenset(
        part
        for word in re.findall(r"[^\W_]+", text.casefold())
        for part in (word if word[0] > "\u2e80" else [word[:_STEM]])
        if len(word) > 2 or word[0] > "\u2e80"
    )


def located(words: str, start: int, quote: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Convert `spans` of `quote` to source offsets, given the source text `words` at `start`.

    Empty if the words differ from the quote, ignoring white space.
    """
    source_offsets, quote_offsets = offsets(words), offsets(quote)
    if " ".join(words.split()) != " ".join(quote.split()):
        return ()
    results = []
    for first, last in spans:
        inside = [i for i, at in enumerate(quote_offsets) if first <= at < last]
        if inside:
            results.append(
                (start + source_offsets[inside[0]], start + source_offsets[inside[-1]] + 1)
            )
    return tuple(results)


def offsets(text: str) -> list[int]:
    """The index in `text` of each character of `" ".join(text.split())`."""
    results: list[int] = []
    end = 0
    for word in re.finditer(r"\S+", text):
        if results:
            results.append(end)
        results += range(word.start(), end := word.end())
    return results
