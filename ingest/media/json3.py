"""Captions in YouTube's own format (JSON3): events with pieces of text, timed within the event.

Events of automatic captions hold only what is new, with a line break between two of them as an
event of its own (`aAppend`), so nothing rolls here; a word ends where the next one begins.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ingest.errors import DamagedFileError
from ingest.media.transcript import Word

_HEAD = re.compile(r"\s*\{\s*\"(?:wireMagic|events)\"\s*:")
_WORDLESS = re.compile(r"[♪♫\s]*")
#: A word lasts no longer than this, in seconds, where nobody says when it ends.
_LONGEST = 2.0
#: Milliseconds that no recording reaches (thirty years).
_BEYOND = 1e12


def is_json3(text: str) -> bool:
    """Whether this is such a file, by its beginning."""
    return bool(_HEAD.match(text.removeprefix("\ufeff"))) and '"tStartMs"' in text


def words(text: str) -> list[Word]:
    """The words in order with their times in seconds. Raises `DamagedFileError`."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(
            "This caption file (JSON3) is cut off or corrupt.", "Download it again and add that."
        ) from error
    events = data.get("events") if isinstance(data, dict) else None
    events = events if isinstance(events, list) else ()
    listing = [event for event in events if isinstance(event, dict)]
    listing.sort(key=lambda event: _number(event, "tStartMs"))
    pieces = [piece for event in listing for piece in _pieces(event)]
    results = []
    for (start, end, tokens), following in pairwise([*pieces, (float("inf"), 0.0, [])]):
        stop = max(start, min(end, following[0]))
        step = (stop - start) / len(tokens)
        for number, word in enumerate(tokens):
            at = start + number * step
            results.append(Word(word, at, at + step))
    return results


def _pieces(event: Mapping[str, object]) -> Iterator[tuple[float, float, list[str]]]:
    """(start, latest end, words) of each piece of an event that says anything."""
    begin, lasts = _number(event, "tStartMs"), _number(event, "dDurationMs")
    segments = event.get("segs")
    for item in segments if isinstance(segments, list) else ():
        text = item.get("utf8") if isinstance(item, dict) else None
        if not isinstance(text, str) or _WORDLESS.fullmatch(text):
            continue
        start = max(0.0, begin + _number(item, "tOffsetMs")) / 1000
        speech = text.split()
        end = max(start, (begin + lasts) / 1000)
        timed = isinstance(item, dict) and "tOffsetMs" in item
        yield start, min(end, start + _LONGEST) if timed and len(speech) == 1 else end, speech


def _number(record: Mapping[str, object], key: str) -> float:
    value = record.get(key)
    # JSON knows numbers beyond any time, and Python's parser also NaN.
    return float(value) if isinstance(value, int | float) and abs(value) < _BEYOND else 0.0
