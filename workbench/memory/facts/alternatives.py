"""Splits a question with a choice ("tea or coffee?") into one question each."""

import re
from collections.abc import Iterator

_WHICH = re.compile(
    r"(?:who|which(?: \w+)?) (is|was|are|were) ([\w ]+?),"
    r" (?P<one>[^,?]+) or (?P<other>[^,?]+?)[ ?.!]*",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:more|less) \w+|\w+er", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+(?P<other>\S.*?)\s*[?？.!]*\s*$", re.IGNORECASE)
#: Words of what there is to choose from.
_MOST = 4


def choices(question: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two things that are asked and the question for each, in every way they may be parted."""
    which = _WHICH.fullmatch(question.strip())
    if which is not None:
        be, what, one, other = which.groups()
        than = [f" than {each}" if _MORE.fullmatch(what) else "" for each in (other, one)]
        yield (one, f"{be} {one} {what}{than[0]}?"), (other, f"{be} {other} {what}{than[1]}?")
        return
    found = _OR.search(question)
    if found is None:
        return
    other, words = found["other"], question[: found.start()].split()
    size = len(other.split())
    if size > _MOST or re.search(r",|\b(?:or|not)\b", other, re.IGNORECASE):
        return
    # Most often both are as long.
    for many in sorted(range(1, min(_MOST, len(words) - 2) + 1), key=lambda n: abs(n - size)):
        before, one = " ".join(words[:-many]), " ".join(words[-many:])
        yield (one, f"{before} {one}?"), (other, f"{before} {other}?")
