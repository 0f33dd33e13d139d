"""Entry point: from a statement to its concepts and their bonds.

The text is tokenised, a table maps each token to a letter (`tags`), one expression over the letters
finds chunks (`spans`), and a pass over these makes concepts and bonds (`concept_roles`). No model
and no store; linear in the length of the text.

In other languages than English the concepts are names, numbers, times and content words: in scripts
with case, capitalised words are names; in scripts without spaces, the runs between particles are
concepts. There are no verbs, and no bonds other than co-occurrence.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from ingest.language.word_lists import classes
from workbench.memory import words
from workbench.memory.concepts import tags
from workbench.memory.concepts.boilerplate import blank_boilerplate
from workbench.memory.concepts.concept_roles import Weaver
from workbench.memory.concepts.draft import Draft
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import EMPTY_TRACE, ConceptType, Trace
from workbench.memory.concepts.spans import chunks, settle
from workbench.memory.concepts.time_keys import time_key
from workbench.memory.concepts.vocabulary import CLOSED, GAZETTEER
from workbench.memory.vocabulary import COMMON, DENSE_STOP, ENGLISH_STOP, STOP

#: Maximum characters of a statement; the rest is ignored.
LONGEST = 20_000

#: Typographic characters and their plain equivalents, so that most text is ASCII.
_TYPOGRAPHIC = (
    ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("—", ";"), ("–", ";"), ("…", "."),
    ("\xa0", " "),
)  # fmt: skip
#: Start, end, type and weight.
_Candidate = tuple[int, int, ConceptType, float]
#: Maximum tokens for language detection.
_JUDGED = 60
_SMALL = classes("memory.txt")
#: Function words for language detection; those of several languages are excluded.
_OURS = ENGLISH_STOP - (STOP - ENGLISH_STOP) - _SMALL["concepts_tongues_not_ours"]
_THEIRS = STOP - ENGLISH_STOP - COMMON - CLOSED.keys() - _SMALL["concepts_tongues_not_theirs"]
_DENSE_RUN = re.compile(r"[ァ-ヿー]{2,}|[一-鿿㐀-䶿々]{2,}|[가-힣]{2,}|[฀-๿]{4,}")
_RUN_LONGEST = 8
_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|만|까지|부터|입니다|했다)$"
)
#: Further function words that separate runs of Chinese and Japanese.
_DENSE_GRAMMAR = re.compile(
    DENSE_STOP.pattern
    + "|正在|已经|已經|因为|因為|所以|但是|而且|或者|以及|进行|可以|能够|成为|成為|作为|作為"
    "|通过|位于|之间|之后|以后"
    "|之前|以前|由于|如果|虽然|就是|也是|都是|不是|没有|发表|一个|我们|他们|它们|自己|非常|很多|许多|之一"
    "|ている|された|される|という|として|による|について|しかし|そして|また"
)
#: Words that identify German, where every noun has a capital.
_GERMAN = classes("memory.txt")["concepts_tongues_german"]


def trace(text: str, *, language: str = "", at: float | None = None) -> Trace:
    """The concepts and bonds of a statement.

    `language` is a BCP 47 tag, "" if unknown; `at` is the time of the statement in seconds since
    the epoch, to which "yesterday" refers.
    """
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if not text or text.isspace():
        return EMPTY_TRACE
    read = blank_boilerplate(text)
    if not read.isascii():
        for mark, plain in _TYPOGRAPHIC:
            read = read.replace(mark, plain)
    parts = tags.pieces(read)
    tokens = parts[1::2]
    if not tokens:
        return EMPTY_TRACE
    places = list(accumulate(map(len, parts)))
    if not _is_english(read, tokens, language):
        return _trace_any(text, read, language, at)
    letters = settle(tokens, tags.letters(tokens))
    return Weaver(text, tokens, places, letters, chunks(letters), at).run().end()


def _is_english(text: str, tokens: list[str], language: str) -> bool:
    """Whether the rules for English apply; without a tag, by the function words of the text."""
    if language:
        return language.replace("_", "-").split("-", 1)[0].lower() == "en"
    if not text.isascii():
        plain = sum(map(str.isascii, text[:400]))
        if plain * 2 < min(len(text), 400):
            return False
    if _THEIRS.isdisjoint(tokens):
        return True
    ours = theirs = 0
    for raw in tokens[:_JUDGED]:
        word = raw.lower()
        if word in _OURS:
            ours += 1
        elif word in _THEIRS:
            theirs += 1
    return theirs < 2 or theirs <= ours


def _trace_any(text: str, read: str, language: str, at: float | None) -> Trace:
    """The names, numbers, times and keywords of a text in any language; `read` may have blanks."""
    draft = Draft()
    german = language[:2].lower() == "de" or (not language and _is_german(read))
    size = max(1, len(read))
    for start, end, type_, weight in _candidates(read, german):
        name = text[start:end]
        timed = type_ == ConceptType.TIME
        key = time_key([name.lower()], at) if timed else key_of(name, plural=False)
        if key in GAZETTEER:
            type_ = ConceptType.SPATIAL
        if key:
            draft.add(key, name, type_, start, end, weight * (1 - 0.3 * start / size))
    return draft.end()


def _is_german(text: str) -> bool:
    return len(_GERMAN.intersection(text[:2000].split())) > 1


def _candidates(text: str, german: bool) -> Iterator[_Candidate]:
    name: tuple[int, int] | None = None
    opening = True
    for token in words.tokens(text):
        between = text[name[1] : token.start] if name else ""
        if name and (between.strip(" ") or not token.capital):
            yield _name_span(text, *name, german)
            name = None
        opening = opening or _ends_sentence(text, token.start)
        if any(map(words.is_dense, token.words)):
            yield from _runs(token.raw, token.start)
            opening = False
            continue
        word = token.words[0] if token.words else ""
        letter = tags.letter(token.raw) if token.raw.isascii() else "n"
        if letter in "DHy":
            yield token.start, token.end, ConceptType.TIME, 0.6
        elif letter in "z":
            pass
        elif token.capital and (german or not (opening or token.opens)) and word not in STOP:
            name = (name[0] if name else token.start, token.end)
        elif word not in STOP and len(word) > 4 and word.isalpha() and not german:
            yield token.start, token.end, ConceptType.CONCEPT, 0.45
        elif letter in "AX" and len(word) > 1 and not word.isdigit():
            yield token.start, token.end, ConceptType.ENTITY, 0.7
        opening = False
    if name:
        yield _name_span(text, *name, german)


def _name_span(text: str, start: int, end: int, german: bool) -> _Candidate:
    if german and " " not in text[start:end]:
        return start, end, ConceptType.CONCEPT, 0.6
    return start, end, ConceptType.ENTITY, 0.8


def _ends_sentence(text: str, start: int) -> bool:
    preceding = text[max(0, start - 4) : start].rstrip(" \n\"“«„'(¿¡—-")
    return preceding.endswith((".", "!", "?", "…", ":", "。"))


def _runs(raw: str, start: int) -> Iterator[_Candidate]:
    """Yield the runs of one script between particles of a text without spaces."""
    at = 0
    for gap in [*_DENSE_GRAMMAR.finditer(raw), None]:
        end = gap.start() if gap else len(raw)
        for run in _DENSE_RUN.finditer(raw, at, end):
            first, stop = run.span()
            if particle := _PARTICLES.search(run[0]):
                stop = first + particle.start()
            if 2 <= stop - first <= _RUN_LONGEST:
                yield start + first, start + stop, ConceptType.CONCEPT, 0.55
        at = gap.end() if gap else end
