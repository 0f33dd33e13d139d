"""Questions in languages without a grammar here: the answer is what a statement adds to them.

Where every word of a question but its question word stands in a statement, and one piece of the
statement is left over, that piece is the answer: a place for “where”, a time for “when”. Words
that deny, doubt or tell of earlier times answer nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from ingest.language.word_lists import lines

#: The languages with a file for it.
LANGUAGES = ("de", "fr", "es", "it", "zh")
#: Words of an answer at most, and characters where there are no spaces.
_MOST, _MOST_DENSE = 8, 12
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?|\d[\d.,:]*")


@dataclass(frozen=True, slots=True)
class Remainder:
    """The piece of a statement that answers, from `start` to `end`."""

    text: str
    start: int
    end: int


@cache
def _lists(language: str) -> dict[str, tuple[str, ...]]:
    split = (line.split(":", 1) for line in lines("remainder.txt", language))
    return {name: tuple(found.replace("_", " ") for found in rest.split()) for name, rest in split}


def asked_in(question: str) -> tuple[str, str, str] | None:
    """The language of a question, what it asks for, and the question without its question words.

    None where it is not asked in one of `LANGUAGES` by a question word.
    """
    plain = question.strip().strip("?？¿¡。. !").strip()
    low = plain.lower().replace("’", "'")
    for language in LANGUAGES:
        lists = _lists(language)
        for sort in ("time", "number", "place", "any"):
            for phrase in sorted(lists[sort], key=len, reverse=True):
                if language == "zh":
                    if phrase in low:
                        return language, sort, low.replace(phrase, "\0", 1)
                elif low.startswith(phrase + " "):
                    return language, sort, low[len(phrase) :].strip()
    return None


def remainder(question: str, statement: str) -> Remainder | None:
    """What a statement says beyond a question; None where it does not answer it."""
    asked = asked_in(question)
    if asked is None:
        return None
    language, sort, rest = asked
    found = _dense(rest, statement) if language == "zh" else _worded(rest, statement, language)
    if found is None or not _fits(found.text, sort, language):
        return None
    if language == "zh":
        stopped = any(word in statement for word in _lists(language)["stop"])
    else:
        said = {m[0].lower() for m in _WORD.finditer(statement.replace("’", "'"))}
        stopped = bool(said & set(_lists(language)["stop"]))
    return None if stopped else found


def _worded(rest: str, statement: str, language: str) -> Remainder | None:
    asked = [m[0].lower() for m in _WORD.finditer(rest)]
    told = list(_WORD.finditer(statement.replace("’", "'")))
    words = [m[0].lower() for m in told]
    helpers = set(_lists(language)["helpers"])
    if not asked or any(word not in words and word not in helpers for word in asked):
        return None
    if not any(len(word) > 3 for word in asked):
        return None
    left = [at for at, word in enumerate(words) if word not in asked]
    if not left or left[-1] - left[0] + 1 != len(left) or len(left) > _MOST:
        return None
    start, end = told[left[0]].start(), told[left[-1]].end()
    return Remainder(statement[start:end], start, end)


def _dense(rest: str, statement: str) -> Remainder | None:
    before, _, after = rest.partition("\0")
    plain = statement.rstrip("。.！! ")
    if (not before and not after) or not plain.startswith(before) or not plain.endswith(after):
        return None
    start, end = len(before), len(plain) - len(after)
    if not 0 < end - start <= _MOST_DENSE:
        return None
    return Remainder(statement[start:end], start, end)


def _fits(text: str, sort: str, language: str) -> bool:
    lists = _lists(language)
    words = {m[0].lower() for m in _WORD.finditer(text)}
    if language == "zh":
        timed = any(word in text for word in lists["times"])
        counted = any(word in text for word in lists["numbers"])
        figure = any(c.isdigit() for c in text) or counted
        return {"time": timed or figure, "number": figure, "place": not figure and not timed}.get(
            sort, True
        )
    figure = any(c.isdigit() for c in text)
    timed = bool(words & set(lists["times"])) or figure or bool(words & set(lists["numbers"]))
    if sort == "time":
        return timed
    if sort == "number":
        return figure or bool(words & set(lists["numbers"]))
    if sort == "place":
        first = text.lower().split()[0]
        return first in lists["prepositions"] and not timed
    return True
