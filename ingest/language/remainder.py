"""Answers questions in languages without a grammar here: by what a statement adds.

If all words of a question but its question word occur in a statement, and one piece of the
statement remains, that piece is the answer: a place for “where”, a time for “when”. Negations,
hedges and former times answer nothing. The same applies to English notes that the grammar does not
cover (“standup moved, now 9:40”), with words lemmatised.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import methodcaller

from ingest.language.nouns import singular
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import lines

#: The languages with a word list.
LANGUAGES = ("de", "fr", "es", "it", "zh", "ja", "th", "en")
#: Languages without spaces between words.
_UNSPACED = ("zh", "ja", "th")
#: Most words of an answer, and characters without spaces.
_MOST, _MOST_DENSE = 8, 12
#: Most words after the last “and”: more are another clause.
_LAST_ITEM = 3
_WITH_SPACES = methodcaller("replace", "_", " ")
#: “A-t-il” as “a”.
_INVERSION = re.compile(r"(?:-t)?-(?:ils?|elles?|on)$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?|\d[\d.,:]*")


@dataclass(frozen=True, slots=True)
class Remainder:
    """The piece of a statement that is the answer, from `start` to `end`."""

    text: str
    start: int
    end: int


@cache
def _lists(language: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for line in lines("remainder.txt", language):
        name, _, phrases = line.partition(":")
        lists[name] = tuple(map(_WITH_SPACES, phrases.split()))
    return lists


def question_language(question: str) -> tuple[str, str, str] | None:
    """The language of a question, its kind, and its other words.

    None unless it has a question word in one of `LANGUAGES`.
    """
    plain = question.strip().strip("?？¿¡。. !").strip()
    low = plain.lower().replace("’", "'")
    for language in LANGUAGES:
        lists = _lists(language)
        for sort in ("time", "number", "place", "any"):
            for phrase in sorted(lists[sort], key=len, reverse=True):
                if language in _UNSPACED:
                    if phrase in low:
                        return language, sort, low.replace(phrase, "\0", 1)
                    continue
                prefix, match, suffix = f" {low}".partition(f" {phrase} ")
                # “bei wem”: the preposition stands in the statement, too
                if match and prefix.strip() in ("", *lists["prepositions"], *lists["with"]):
                    return language, sort, f"{prefix} {suffix}".strip()
    return None


def remainder(question: str, statement: str) -> Remainder | None:
    """The piece of a statement beyond a question; None if it does not answer it."""
    interpretation = question_language(question)
    if interpretation is None:
        return None
    language, sort, content = interpretation
    if language in _UNSPACED:
        answer = _dense(content, statement, _lists(language).get("endings", ()))
    else:
        answer = _worded(content, sort, statement, language)
    if answer is None or not _fits(answer.text, sort, language):
        return None
    if language in _UNSPACED:
        stopped = any(word in statement for word in _lists(language)["stop"])
    else:
        statement_words = {m[0].lower() for m in _WORD.finditer(statement.replace("’", "'"))}
        question_words = {m[0].lower() for m in _WORD.finditer(content)}
        stopped = bool((statement_words - question_words) & set(_lists(language)["stop"]))
    return None if stopped else answer


def _worded(content: str, sort: str, statement: str, language: str) -> Remainder | None:
    question_words = [
        _basic(_INVERSION.sub("", m[0].lower()), language) for m in _WORD.finditer(content)
    ]
    matches = list(_WORD.finditer(statement.replace("’", "'")))
    words = [_basic(m[0].lower(), language) for m in matches]
    lists = _lists(language)
    if not question_words or any(
        word not in words and word not in lists["helpers"] for word in question_words
    ):
        return None
    if not any(len(word) > 3 for word in question_words):
        return None
    left = [at for at, word in enumerate(words) if word not in question_words]
    if not set(question_words) <= set(words):
        # “Wie heißt mein Hund?”: “Mein Hund ist Rex” says it by another verb
        left = [at for at in left if words[at] not in lists.get("copulas", ())]
    pieces = list(_pieces(left, words, question_words, lists))
    if sort != "any" and pieces and _describes_name(*pieces[0], matches, lists):
        del pieces[0]
    pieces = list(_single_clause(pieces, words, lists))
    if language == "en":
        pieces = list(_parted(pieces, matches, statement, lists))

    def piece_at(first: int, stop: int) -> Remainder:
        start, end = matches[first].start(), matches[stop].end()
        return Remainder(statement[start:end], start, end)

    if sort == "time" or (
        sort == "place" and all(_fits(piece_at(*piece).text, sort, language) for piece in pieces)
    ):
        # “in der Dose im Schrank”
        pieces = list(_joined(pieces))
    candidates = [piece_at(*piece) for piece in pieces]
    fit = [candidate for candidate in candidates if _fits(candidate.text, sort, language)]
    oblique = [candidate for candidate in candidates if _is_oblique(candidate.text, language)]
    if len(fit) > 1 and sort == "time":
        clocks = set(lists["times"])
        fit = [
            candidate for candidate in fit if clocks & set(candidate.text.lower().split())
        ] or fit
    if len(fit) > 1 and sort == "any":
        # what is led in by a preposition tells where, when or with whom beside
        fit = [candidate for candidate in fit if candidate not in oblique]
    unfit = [candidate for candidate in candidates if candidate not in (*fit, *oblique)]
    if language == "en" and sort in ("time", "number"):
        unfit = []
    if len(fit) != 1 or unfit:
        return None
    lows = fit[0].text.lower().split()
    clauses = (len(lows) - at for at, word in enumerate(lows) if word in lists["and"])
    return fit[0] if len(lows) <= _MOST and max(clauses, default=0) <= _LAST_ITEM else None


def _single_clause(
    pieces: Sequence[tuple[int, int]], words: Sequence[str], lists: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, int]]:
    """The pieces without a second verb: “Frau Kessler (und wohnt) im dritten Stock”."""
    starts = {first for first, _ in pieces}
    for first, stop in pieces:
        goes_on = stop + 1 in starts and stop - first > 1 and words[stop - 1] in lists["and"]
        yield first, stop - 2 if goes_on else stop


def _parted(
    pieces: Sequence[tuple[int, int]],
    matches: Sequence[re.Match[str]],
    statement: str,
    lists: Mapping[str, Sequence[str]],
) -> Iterator[tuple[int, int]]:
    """The pieces between stops, without introductory words: “moved, now 9:40”."""
    for first, stop in pieces:
        begin = first
        for at in range(first, stop + 1):
            if at == stop or not statement[matches[at].end() : matches[at + 1].start()].isspace():
                while begin < at and matches[begin][0].lower() in lists["fillers"]:
                    begin += 1
                text = statement[matches[begin].start() : matches[at].end()]
                if not any(token.tags[0] in "VMXHO" for token in tagged(text)):
                    yield begin, at
                begin = at + 1


@lru_cache(16_384)
def _basic(word: str, language: str) -> str:
    """An English word lemmatised, others unchanged."""
    if language != "en":
        return word
    readings = forms(word)
    return readings[0].verb if readings else singular(word)


def _pieces(
    left: Sequence[int],
    words: Sequence[str],
    question_words: Sequence[str],
    lists: Mapping[str, Sequence[str]],
) -> Iterator[tuple[int, int]]:
    """The first and last word of each remaining piece; a preposition begins another.

    “Le” of “le manuscrit” may recur within a piece, and “du tiroir” continues one.
    """
    leads = {*lists["prepositions"], *lists["with"]} - {*lists["of"]}
    spare = Counter(words) - Counter(question_words)
    first = stop = -1
    for at in left:
        between = Counter(words[stop + 1 : at])
        if first >= 0 and words[at] not in leads and between <= spare:
            spare -= between
        else:
            if first >= 0:
                yield first, stop
            first = at
        stop = at
    if first >= 0:
        yield first, stop


def _describes_name(
    first: int, stop: int, matches: Sequence[re.Match[str]], lists: Mapping[str, Sequence[str]]
) -> bool:
    """Whether the first words only describe a name: “mein Bruder Henrik”."""
    lows = {matches[at][0].lower() for at in range(first, stop + 1)}
    if first or stop > 1 or stop + 1 >= len(matches) or not matches[stop + 1][0][0].isupper():
        return False
    return not lows & {*lists["prepositions"], *lists["with"], *lists["and"]}


def _joined(pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join adjacent pieces: “jeudi à 15 heures”."""
    merged: tuple[int, int] | None = None
    for first, stop in pieces:
        if merged is not None and first != merged[1] + 1:
            yield merged
            merged = None
        merged = (first, stop) if merged is None else (merged[0], stop)
    if merged is not None:
        yield merged


def _is_oblique(text: str, language: str) -> bool:
    """Whether words begin with a preposition, or are a time."""
    lists, words = _lists(language), text.lower().split()
    introduced = words[0] in (*lists["prepositions"], *lists["with"]) and len(words) > 1
    return introduced or bool({*words} & set(lists["times"]))


def _dense(content: str, statement: str, endings: Sequence[str]) -> Remainder | None:
    prefix, _, after = content.replace(" ", "").partition("\0")
    plain = statement.rstrip("。.！! ")
    for ending in endings:
        # what only ends a question or a statement politely
        after = after.removesuffix(ending)
        plain = plain.removesuffix(ending)
    if (not prefix and not after) or not plain.startswith(prefix) or not plain.endswith(after):
        return None
    start, end = len(prefix), len(plain) - len(after)
    if not 0 < end - start <= _MOST_DENSE:
        return None
    return Remainder(statement[start:end], start, end)


def _fits(text: str, sort: str, language: str) -> bool:
    lists = _lists(language)
    words = {m[0].lower() for m in _WORD.finditer(text)}
    if language in _UNSPACED:
        timed = any(word in text for word in lists["times"])
        numbered = any(word in text for word in lists["numbers"])
        figure = any(c.isdigit() for c in text) or numbered
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
        content = words - {first, *lists["times"], *lists["numbers"]}
        clock = words & set(lists["times"])
        return first in lists["prepositions"] and not clock and any(map(str.isalpha, content))
    return True
