"""What a recording says about itself and its sponsors: talk of the channel, and advertisements.

An advertisement begins with the sentence that thanks a sponsor, and goes on as long as the
sponsor's name comes back within some sentences. Its claims are somebody's wish, not the talk's.
"""

import re
from collections.abc import Sequence

from ingest.patterns import later

Span = tuple[int, int]

_CHANNEL = later(
    r"\b(?:thank(?:s| you)(?: (?:so|very) much)? for (?:watching|listening|tuning in|joining)"
    r"|welcome (?:back )?to (?:the|my|our|this|another) (?:channel|show|podcast|episode|video)"
    r"|(?:in|for) (?:this|today's|the next|my last|our last) (?:video|episode|podcast),?"
    r" (?:i|we|you|let)\b"
    r"|see you (?:guys |all )?(?:in the )?next (?:time|week|one|video|episode)"
    r"|(?:let me|let us) know in the comments|leave (?:me )?a (?:comment|like|review)"
    r"|(?:like|liked|enjoyed) (?:this|the) (?:video|episode)|(?:comments?|description|linked) below"
    r"|check out (?:my|our|the links?)|(?:my|our) channel|show notes|giveaway|merch)\b",
    re.IGNORECASE,
)
_SHOWN = r"(?:video|episode|podcast|show|stream|channel|lecture|talk|programme|program)"
_SPONSOR = later(
    rf"\b(?:{_SHOWN}(?:(?:'s| is| was)(?: \w+)?)? sponsored by"
    r"|(?:our|today's|video's|episode's|podcast's|channel's) sponsors?"
    r"|sponsors? of (?:this|today)|for sponsoring|sponsoring (?:this|today)|brought to you by)\b",
    re.IGNORECASE,
)
#: The sponsor's name: capitals after "by", "sponsor" or "to", in a sentence with one of the above.
_BY = later(
    r"\b(?i:sponsored by|brought to you by|sponsors?(?: today| of [^.,]{1,40})?,?(?: is| are)?"
    r"|thank(?:s| you)(?: again)? to)\s+(?i:our (?:friends|sponsors?) at\s+)?"
    r"(?P<name>[A-ZÀ-Ž][\w.&'-]*(?:\s+[A-ZÀ-Ž][\w.&'-]*){0,3})"
)
#: So many characters without the sponsor's name end an advertisement.
_GAP = 400
_SENTENCE = later(r"[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?\n]*")


def is_channel_talk(text: str) -> bool:
    """Whether a sentence of a transcript only speaks of the channel, the video or a sponsor."""
    return _CHANNEL.search(text) is not None or _SPONSOR.search(text) is not None


def advertisements(text: str) -> tuple[Span, ...]:
    """The stretches of a transcript in which a sponsor is praised, in order."""
    if _SPONSOR.search(text) is None:
        return ()
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    found: list[Span] = []
    at = 0
    while at < len(sentences):
        start, end = sentences[at]
        at += 1
        said = text[start:end]
        named = _BY.search(said) if _SPONSOR.search(said) else None
        if named is None:
            continue
        name = named["name"].split()[0].strip(".,'").removesuffix("'s").casefold()
        last = _last(text, sentences[at:], end, re.compile(rf"\b{re.escape(name)}", re.IGNORECASE))
        found.append((start, last))
        while at < len(sentences) and sentences[at][0] < last:
            at += 1
    return tuple(found)


def _last(text: str, sentences: Sequence[Span], end: int, name: re.Pattern[str]) -> int:
    """Where the last sentence ends that has the name, none of them far from the one before."""
    for start, stop in sentences:
        if start - end > _GAP:
            break
        if name.search(text, start, stop):
            end = stop
    return end
