"""Splits very long text into pieces of bounded size for storage, reading and display.

A file may be one line of two hundred megabytes. A piece ends with a paragraph, or else with a
sentence, or between words, or anywhere if there are no words.
"""

import re
from collections.abc import Iterator

from ingest.records import Span

#: Approximate length of a piece in characters.
STRETCH = 60_000
#: Text up to this length is not split.
LONGEST = 400_000

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？])")
_GAP = re.compile(r"\s+")
_REACH = 20_000


def stretches(text: str, start: int, stop: int, paragraph: re.Pattern[str]) -> Iterator[Span]:
    """Split `text[start:stop]` into adjacent pieces; one, if it is short.

    `paragraph` matches the space between paragraphs.
    """
    if stop - start <= LONGEST:
        yield start, stop
        return
    while stop - start > STRETCH * 3 // 2:
        minimum = start + STRETCH
        maximum = min(stop, minimum + _REACH)
        for end in (paragraph, _SENTENCE, _GAP):
            match = end.search(text, minimum, maximum)
            # A match at the limit may be longer than the part searched.
            if match is not None and match.end() < maximum:
                minimum = match.end()
                break
        yield start, minimum
        start = minimum
    yield start, stop
