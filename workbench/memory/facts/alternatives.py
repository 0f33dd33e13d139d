"""Questions that leave a choice: "do I prefer tea or coffee?" is asked as two, one for each."""

import re
from collections.abc import Iterator

_OR = re.compile(r"\s+or\s+(?P<other>\S.*?)\s*[?？.!]*\s*$", re.IGNORECASE)
#: Words of what there is to choose from.
_MOST = 4


def choices(question: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two things that are asked and the question for each, in every way they may be parted."""
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
