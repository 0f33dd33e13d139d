"""Which of a quote's words an answer cites, and where those words stand in the source.

Evidence quotes up to three sentences, an answer says one of them: the marker belongs to that one.
Quotes have their white space collapsed, sources have not; `offsets` maps one to the other.
"""

import re
from collections.abc import Sequence

from workbench.recall.records import Answer
from workbench.ui.ask.quote import Span, joined

#: Words that a sentence of a quote shares at least with one that cites it, and letters of a stem.
_MIN_SHARED, _STEM = 2, 6


def cited_spans(answer: Answer, n: int) -> tuple[Span, ...]:
    """The spans of evidence `n`'s quote that the answer cites; empty where it cites nothing of it.

    A written sentence is not in the quote word for word: it cites the sentences that hold most of
    its words, or the whole.
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
    """The sentences of a quote that hold most of the words of a written one; none if few do."""
    # Not imported before something is written: the window opens without numpy.
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
    """What words begin with; of scripts without spaces, each sign."""
    return frozenset(
        part
        for word in re.findall(r"[^\W_]+", text.casefold())
        for part in (word if word[0] > "\u2e80" else [word[:_STEM]])
        if len(word) > 2 or word[0] > "\u2e80"
    )


def located(words: str, start: int, quote: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The offsets in the source of `spans` of `quote`, which stands in it as `words` at `start`.

    Empty where the words are not those of the quote, white space aside.
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
    """Where each character of `" ".join(text.split())` stands in `text`."""
    results: list[int] = []
    end = 0
    for word in re.finditer(r"\S+", text):
        if results:
            results.append(end)
        results += range(word.start(), end := word.end())
    return results
