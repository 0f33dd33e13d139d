"""Questions about a former time as the same question without the words for it.

“What was my previous plan?”, “Where did she use to work?” and “What was our fee at first?” ask for
a value that no longer holds.
"""

import re
from typing import NamedTuple

_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)
_USED = re.compile(r"^(.*\bdid .+?) used? to (?=[a-z])", re.IGNORECASE)
_WHO_USED = re.compile(r"^(?:who|what|which \w+) used to (?=[a-z])", re.IGNORECASE)
#: What only a former time has; what the first or the old one is, may also be a name for it.
_FORMER = re.compile(
    r"\b(?:\w+['’]s?|my|our|your|his|her|its|their|the)( (?:previous|former|earlier|prior|ex-)) ",
    re.I,
)
_OLD = re.compile(r"\b(?:\w+['’]s?|my|our|your|his|her|its|their)( (?:old|first|original)) ", re.I)
_AT_FIRST = re.compile(
    r"( (?:at first|at the (?:start|beginning|outset)|in the beginning|to begin with|initially"
    r"|originally))(?=\W|$)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"( (?:up )?(?:until|till) (?:then|recently|lately|\w+(?: \d{4})?))(?=\W*$)", re.I
)
#: “Which ward was I on before?”
_STRANDED = re.compile(
    r"\b(?:on|in|at|by|to|for|with|from)( (?:before|previously|formerly|earlier))(?=\W*$)", re.I
)
_OLDEST = ("first", "original")


class Former(NamedTuple):
    """A question without its words for a former time.

    It asks for the oldest value (`first`), and for nothing else but a former one (`surely`).
    """

    text: str
    first: bool = False
    surely: bool = True


def former(question: str) -> Former | None:
    """What a question about a former value comes down to; None for other questions."""
    match = _FORMER.search(question)
    if match is not None:
        return Former(_without(question, match), surely=False)
    used = _USED.match(question)
    if used is not None:
        return Former(f"{used[1]} {question[used.end() :]}")
    if _WHO_USED.match(question):
        return Former(question)
    if _PAST.search(question) is None:
        return None
    match = _STRANDED.search(question)
    if match is not None:
        return Former(_without(question, match))
    match = _OLD.search(question)
    if match is not None:
        return Former(_without(question, match), match[1].strip().lower() in _OLDEST, surely=False)
    match = _AT_FIRST.search(question)
    if match is not None:
        return Former(_without(question, match), first=True)
    match = _UNTIL.search(question)
    return None if match is None else Former(_without(question, match), surely=False)


def _without(text: str, match: re.Match[str]) -> str:
    """The text without the first group of a match."""
    return text[: match.start(1)] + text[match.end(1) :]
