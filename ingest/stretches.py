"""Splits very long text into pieces of bounded size for storage, reading and display.

A file may be one line of two hundred megabytes. A piece ends with a paragraph; where none ends in
reach, with a sentence; else between words; and only where there are no words, anywhere.
"""

import re
from collections.abc import Iterator

from ingest.records import Span

#: About so many characters make a piece.
STRETCH = 60_000
#: Text up to this length is left in one piece.
LONGEST = 400_000

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？])")
_GAP = re.compile(r"\s+")
_REACH = 20_000


def stretches(text: str, start: int, stop: int, paragraph: re.Pattern[str]) -> Iterator[Span]:
    """`text[start:stop]` in pieces that follow each other without a gap; one, if it is short.

    `paragraph` matches what stands between paragraphs.
    """
    if stop - start <= LONGEST:
        yield start, stop
        return
    while stop - start > STRETCH * 3 // 2:
        minimum = start + STRETCH
        maximum = min(stop, minimum + _REACH)
        for end in (paragraph, _SENTENCE, _GAP):
            match = end.search(text, minimum, maximum)
            # A match that runs on to the limit may be longer than what was looked at.
            if match is not None and match.end() < maximum:
                minimum = match.end()
                break
        yield start, minimum
        start = minimum
    yield start, stop
