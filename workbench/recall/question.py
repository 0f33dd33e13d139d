"""Parses a question: its words and their weights, its names, and the answer type."""

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.language.numerals import cardinals, read_words, scales, tens
from ingest.language.tagging import tagged
from ingest.languages import word_set
from ingest.patterns import later
from workbench import paths
from workbench.memory import segment, words
from workbench.memory.segment import Ordinals, intersection
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import COMMON, DENSE_STOP, ENGLISH_STOP, STOP
from workbench.recall.dense_scores import DenseScores
from workbench.recall.question_forms import courtesy_reply
from workbench.recall.search import Scope
from workbench.recall.topic import FEW, MARKS, topic_of

#: The first numbers that are not written in the other way: “one” and “3” are mostly something else.
_LEAST, _LEAST_DIGITS, _MOST = 2, 13, 1_000_000


def spelled(number: int) -> list[tuple[str, ...]]:
    """The words of a number, without “and”; for 1,200 also “twelve hundred”."""
    if not _LEAST <= number < _MOST:
        return []
    ways = [_words(number)]
    if 1000 < number < 10_000 and number % 1000 and not number % 100:
        ways.append((*_words(number // 100), "hundred"))
    return ways


def _words(number: int) -> tuple[str, ...]:
    for scale in (1000, 100):
        if number >= scale:
            name = next(word for word, value in scales("en").items() if value == scale)
            rest = _words(number % scale) if number % scale else ()
            return (*_words(number // scale), name, *rest)
    names = _names()
    return (
        (names[number],) if number in names else (names[number - number % 10], names[number % 10])
    )


@cache
def _names() -> dict[int, str]:
    return {value: word for word, value in (cardinals("en") | tens("en")).items()}


def in_digits(question: str) -> dict[str, list[str]]:
    """The numbers that a question spells out, in digits, with their words."""
    known = {*cardinals("en"), *scales("en"), "and"}
    numbers, run = dict[str, list[str]](), list[str]()
    for word in (*words.sequence(question), ""):
        if word in known and (run or word != "and"):
            run.append(word)
            continue
        while run and run[-1] == "and":
            run.pop()
        value = _read(run)
        if value is not None and value >= _LEAST_DIGITS:
            numbers[str(value)] = run
        run = []
    return numbers


def _read(run: list[str]) -> int | None:
    """The number in words, also “twelve hundred”; None if they are none."""
    value = read_words(run) if run else None
    if value is None and run[-1:] == ["hundred"] and (hundreds := read_words(run[:-1])):
        value = 100 * hundreds
    return None if value is None else int(value)


_NUMBER_QUERY = (
    r"\bhow (?:many|much|old|long|far|tall|large|big|often|deep|high|heavy|fast|wide)\b"
    r"|\bwhat (?:\w+ )?(?:number|percentage|percent|sum|share|age|amount|population|length|height"
    r"|weight|distance|price|proportion|fraction)\b"
    r"|\bwie ?(?:viele?|lange|alt|weit|hoch|oft)\b|多少|几|сколько|كم\b|\bcuánt[oa]s?\b|\bcombien\b"
)
_TIME_QUERY = (
    r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|month|day|date|time|century|decade|era|season)\b"
    r"|\bwann\b|\bwelche[mns]? jahr|什么时候|何时|哪年|哪一年|\bкогда\b|как[оа][мй] году|متى"
    r"|\bcuándo\b|\bquand\b|いつ"
)
_NAME_QUERY = (
    r"\bwho(?:m|se)?\b|\bwhere\b|\b(?:what|which) (?:\w+ ){0,2}(?:name|city|town|country|place"
    r"|island|state|river|street|hotel|ship|person|university|school|company|team|author|captain"
    r"|king|queen|president)\b|\b(?:named|called)\b"
    r"|\bwer\b|\bwen\b|\bwem\b|\bwo\b|谁|哪里|哪个|\bкто\b|\bкого\b|\bгде\b|من\b|أين"
    r"|\bquién(?:es)?\b|\bdónde\b|\bqui\b|\boù\b|だれ|どこ"
)
_COLOUR_QUERY = r"\b(?:what|which) colou?r\b"
#: The answer types in order of priority, wherever in the question their words are.
_KINDS = later(
    "|".join(
        rf"(?P<{kind}>(?=.*(?:{pattern})))"
        for kind, pattern in (
            *(("number", _NUMBER_QUERY), ("time", _TIME_QUERY)),
            *(("name", _NAME_QUERY), ("colour", _COLOUR_QUERY)),
        )
    ),
    re.DOTALL,
)

#: The question to the reader for a topic: “what is” also selects descriptions of people.
_CONTENT = "What is {}?"
#: Function words within a name, and the maximum ratio of lower-case to capitalised uses of its
#: first word.
_INSIDE, _SELDOM = frozenset({"a", "an", "and", "of", "the"}), 12
#: Initials as names (“H.M.”), letters with signs (“C++”), and command-line options; a word or
#: number after a single dash is none.
_LETTERS = later(
    r"\b(?:(?:[A-ZÀ-ÖØ-ÞА-ЯЁ]\.\s?){2,}|[A-Z](?:\+\+|#))"
    r"|(?<![\w-])(?:--[A-Za-z][\w-]+|-[A-Za-z](?![\w-]))"
)
#: Similar words whose weights differ by less are merged.
_SIMILARITY = 0.1
#: Maximum characters that are read: the rest rarely asks anything.
_MAX_CHARACTERS = 20_000
_MAX_TERMS = 32
#: Maximum digits of a number that may be written in words.
_LONGEST_NUMBER = 6

#: The topic of “What happened to X?” is X: texts do not say “happened”.
_HAPPENED = later(r"\bwhat (?:ha[sd] )?(?P<verb>happens|happened) (?:to|with)\b", re.IGNORECASE)

#: Words of English questions, in which “die” and “hat” are not German.
_ENGLISH_MARKS = word_set(
    "who whom whose what when where why which how did does do was were are the of"
)


#: The tags of a verb that begins a question.
_AUXILIARY = ("X", "M", "H")

#: The sorted ordinals of a similar word, and its weight.
Akin = tuple[Ordinals, float]
#: The table in `resources/recall`: sorted lines “stem other:83 another:60”, cosines in hundredths.
NEIGHBOURS_FILE = "neighbours.txt"


@lru_cache(maxsize=1)
def _neighbour_table() -> tuple[bytes, NDArray[np.intp]]:
    """The table, and the start of each line except the last, which is empty: intp[n]."""
    table = b"\n" + (paths.resources() / "recall" / NEIGHBOURS_FILE).read_bytes()
    return table, np.flatnonzero(np.frombuffer(table, np.uint8) == ord("\n"))[:-1] + 1


@lru_cache(maxsize=4096)
def similar_stems(stem: str) -> tuple[tuple[str, float], ...]:
    """The stems similar to an English stem with their cosines, nearest first.

    The table is searched as bytes, since parsing all of it would take longer than a question.
    """
    (full, start_offset), target = _neighbour_table(), stem.encode()
    place = bisect_left(start_offset, target, key=lambda at: full[at : full.index(b" ", at)])
    if place == len(start_offset):
        return ()
    start = int(start_offset[place])
    if not full.startswith(target + b" ", start):
        return ()
    line = full[start + len(target) + 1 : full.index(b"\n", start)].decode()
    pairs = (pair.rpartition(":") for pair in line.split())
    return tuple((other, int(hundredths) / 100) for other, _, hundredths in pairs)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question, with the sorted ordinals of its forms.

    `akin` are similar words. `rarity` is its idf in the scope; `weight` the same, smoothed for
    libraries of few sentences. `name`: the library capitalises it.
    """

    word: str
    raw: str
    keys: tuple[int, ...]
    ordinals: Ordinals
    frequency: int
    exact: Ordinals
    rarity: float
    weight: float
    name: bool
    capital: bool
    akin: tuple[Akin, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether the library or the question writes it as a name."""
        return self.name or (self.capital and not self.word.isdigit())


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The occurrences of a phrase: the ordinals of sentences of each.

    Unless `all`, there may be more.
    """

    places: tuple[range, ...] = ()
    all: bool = True

    @property
    def nowhere(self) -> bool:
        """Whether there is certainly no occurrence."""
        return self.all and not self.places


NOT_PHRASE = Occurrences(all=False)


@dataclass(frozen=True, slots=True)
class Cue:
    """A parsed question.

    `kind` is number, time, name, colour or "". `hollow` questions have no content: they consist of
    question words, single letters and digits, or are not on the sources (`aside`). `meant` is the
    result of the semantic search. `topic` is that of an open question (`topic.topic_of`), "" for
    others.
    `sought` is a quoted phrase to find, and `stands` its occurrences (`verbatim`).
    """

    text: str
    kind: str
    terms: tuple[Term, ...]
    spoken: frozenset[str]
    hollow: bool = False
    meant: DenseScores | None = None
    topic: str = ""
    sought: str = ""
    stands: Occurrences = NOT_PHRASE
    english: bool = True

    @property
    def read_as(self) -> str:
        """The question to the reader: for a topic, what it is."""
        return _CONTENT.format(self.topic) if self.topic else self.text


def kind_of(question: str) -> str:
    """The answer type of a question: number, time, name, colour or ""."""
    match = _KINDS.match(question.lower())
    return (match and match.lastgroup) or ""


def parse(question: str, snapshot: Snapshot, scope: Scope, languages: Collection[str]) -> Cue:
    """Look up the question's words; at most the rarest 32 count."""
    text = question[:_MAX_CHARACTERS]
    topic = topic_of(text)
    matches: dict[str, tuple[str, bool]] = {}
    vocabulary: set[str] = set()
    stopped: dict[str, tuple[str, bool]] = {}
    english = in_english(text)
    # The stop words of all languages, unless it is English.
    stop = ENGLISH_STOP if english else STOP
    for position, token in enumerate(words.tokens(DENSE_STOP.sub(" ", topic or text))):
        vocabulary.update(token.words)
        capital = token.capital and (position > 0 or topic != "")
        for word in token.words:
            if words.is_dense(word) and len(word) == 1 and len(token.raw) > 1:
                continue
            bucket = stopped if word in stop else matches
            bucket.setdefault(word, (token.raw, capital))
    if english:
        for number, parts in in_digits(topic or text).items():
            # “Twelve hundred” may be 1200 in the sources, whose term also finds the words.
            if len(snapshot.lookup(words.key(number))):
                matches = {word: found for word, found in matches.items() if word not in parts}
                matches[number] = number, False
    if (happened := _HAPPENED.search(text)) and len(matches) > 1:
        matches.pop(happened["verb"].lower(), None)
    candidates = matches or stopped
    if not candidates:
        # Only question words of a script without spaces: better than none.
        candidates = {w: (t.raw, False) for t in words.tokens(topic or text) for w in t.words}
    terms: dict[tuple[int, ...], Term] = {}
    tags = {words.base_language(tag) for tag in languages} or {"en"}
    for word, (raw, capital) in list(candidates.items())[:512]:
        keys = tuple(snapshot.inflections(word, tags))
        identity = tuple(sorted(keys))
        if identity in terms:
            continue
        term = _term(word, raw, capital, keys, (snapshot, scope))
        terms[identity] = term if "en" not in tags else _with_akin(term, snapshot, scope)
    terms = {key: term for key, term in terms.items() if not _between(term, terms.values())}
    retained = sorted(terms.values(), key=lambda term: -term.weight)[:_MAX_TERMS]
    order = {word: place for place, word in enumerate(candidates)}
    retained.sort(key=lambda term: order[term.word])
    hollow = all(len(word) == 1 and not words.is_dense(word) for word in matches) and not any(
        words.is_dense(word) for word in candidates
    )
    hollow = hollow and not _LETTERS.search(text)
    hollow = hollow or courtesy_reply(text) != ""
    if (
        not topic
        and not hollow
        and _INSIDE.issuperset(stopped)
        and _is_name(retained, text, snapshot)
    ):
        topic = text.strip(MARKS)
    kind = "" if topic else kind_of(text)
    return Cue(
        text, kind, tuple(retained), frozenset(vocabulary), hollow,
        topic=topic, english=english,
    )  # fmt: skip


def _is_name(terms: Sequence[Term], text: str, snapshot: Snapshot) -> bool:
    """Whether the input is only a known name, or a single word."""
    if not 0 < len(terms) <= FEW or not all(term.frequency for term in terms):
        return False
    first, *alternatives = terms
    if not alternatives and not first.is_name:
        return "?" not in text
    capitals, smalls = snapshot.casing(first.keys[:1])
    # “Box Hill” begins with a word that is rarely part of a name, “Find Emma” with one that never
    # is.
    opens = first.raw[0].isupper() and _SELDOM * capitals > smalls
    return (first.is_name or opens) and all(term.is_name for term in alternatives)


def _between(term: Term, terms: Iterable[Term]) -> bool:
    """Whether a missing bigram only spans two words.

    In “王小雨打算” 小雨 and 打算 are words, but 雨打 is not: its absence means nothing.
    """
    if term.frequency or len(term.word) != 2 or not words.is_dense(term.word):
        return False
    words_of_token = [other.word for other in terms if other.frequency and other.raw == term.raw]
    pairs = [word for word in words_of_token if len(word) == 2]
    first, final = term.word[0], term.word[1]
    return any(word[1] == first for word in pairs) and any(word[0] == final for word in pairs)


def in_english(question: str) -> bool:
    """Whether a question is in English, by its question words, or by what it begins with."""
    question = question[:_MAX_CHARACTERS]
    tokens = set(words.sequence(question))
    marks = _ENGLISH_MARKS & tokens
    # “Was” is also German.
    if marks and (marks != {"was"} or tokens & STOP <= ENGLISH_STOP):
        return True
    # “Is it”, “Can he”
    first, second, *_ = (*(token.tags[0] for token in tagged(question)), "", "")
    return not marks and first in _AUXILIARY and second == "P"


def _term(
    word: str, raw: str, capital: bool, keys: tuple[int, ...], view: tuple[Snapshot, Scope]
) -> Term:
    snapshot, scope = view
    ordinals = scope.restrict(snapshot.union(keys))
    is_number = word.isascii() and word.isdigit() and len(word) <= _LONGEST_NUMBER
    for number in spelled(int(word)) if is_number else ():
        posted = intersection([snapshot.lookup(words.key(part)) for part in number])
        ordinals = segment.joined(ordinals, scope.restrict(posted))
    exact = scope.restrict(snapshot.lookup(keys[0]))
    matches = segment.count(ordinals)
    size = max(scope.size, 1)
    rarity = math.log(1 + (size - matches + 0.5) / (matches + 0.5)) if matches <= size else 0.1
    # Smoothed by 3,000 more sentences of ordinary prose.
    typical = 30.0 if word in COMMON else 0.4
    weight = math.log(1 + (size + 3000 - matches) / (matches + typical))
    capitals, smalls = snapshot.casing(keys)
    name = capitals >= 2 and capitals > 3 * smalls and not word.isdigit() and len(word) > 1
    if not matches and capital and not raw.isdigit():
        name = True
    return Term(word, raw, keys, ordinals, matches, exact, rarity, weight, name, capital)


def _with_akin(term: Term, snapshot: Snapshot, scope: Scope) -> Term:
    """The term with the postings of similar words, weighted by similarity and rarity."""
    if term.name:
        return term
    matches: list[tuple[float, list[Ordinals]]] = []
    size = max(scope.size, 1)
    for stem, cosine in similar_stems(words.forms(term.word, "en")[0]):
        posted = [
            scope.restrict(snapshot.lookup(key))
            for key in snapshot.of_stem(stem)
            if key not in term.keys
        ]
        frequency = sum(map(len, posted))
        if frequency:
            rare = math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)) / max(
                term.rarity, 0.1
            )
            matches.append((cosine * min(1.0, rare), posted))
    return replace(term, akin=tuple(_levels(matches)))


def _levels(matches: list[tuple[float, list[Ordinals]]]) -> Iterator[Akin]:
    """Yield similar words grouped by weight, since each group costs time."""
    matches.sort(key=lambda item: -item[0])
    while matches:
        similar = [item for item in matches if item[0] > matches[0][0] - _SIMILARITY]
        del matches[: len(similar)]
        posted = [ordinals for _, lists in similar for ordinals in lists]
        # A single posting list is sorted already.
        present_in = segment.joined(*posted) if len(posted) > 1 else segment.distinct(posted[0])
        yield present_in, sum(weight for weight, _ in similar) / len(similar)
