"""Whether two values of one thing exclude each other: red and blue do, red and large do not.

The fact memory lets the newest of a thing count, whatever it says; a contradiction is claimed only
where both could not have been meant together. Qualities of different sorts go together; of what is
none of these qualities two values exclude each other, unless one only says more.
"""

import re

from ingest.language.word_lists import lines
from workbench.memory.facts import speech
from workbench.memory.facts.reading import carries, tokens

#: An hour as it is written, and what stands for all of them among the sorts.
_TIME = re.compile(r"\d{1,2}(?:[:.h]\d{2}(?:am|pm)?|am|pm)")
_CLOCK = "00:00"


def _form(word: str) -> str:
    return min(speech.kin(word), key=lambda form: (len(form), form))


_SORTS = tuple(frozenset(map(_form, line.split())) for line in lines("sorts.txt"))
#: Words that only say how much of it is meant.
_DEGREES = speech.these(
    "very quite rather too so really still now currently mostly almost about around approximately"
)


def excludes(a: str, b: str) -> bool:
    """Whether two values cannot both be those of one thing."""
    one, other = _words(a), _words(b)
    if not one or not other or one <= other or other <= one:
        return False
    if any(word in ("and", "or") for text in (a, b) for word in text.casefold().split()):
        return False
    sorts, others = _sorts(one), _sorts(other)
    return bool(sorts & others) if sorts or others else True


def _words(text: str) -> frozenset[str]:
    said = (token.word for token in tokens(text) if carries(token))
    return frozenset(
        _form(word) for word in said if word not in _DEGREES and word not in speech.FRESH
    )


def _sorts(words: frozenset[str]) -> frozenset[int]:
    known = {_CLOCK if _TIME.fullmatch(word) else word for word in words}
    return frozenset(at for at, sort in enumerate(_SORTS) if known & sort)
