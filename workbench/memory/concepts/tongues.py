"""Text that is not English: names, numbers, times and the words that carry it, and nothing unsure.

Words of a script with capitals give names; scripts without spaces give the runs between their
particles. No verbs and no bonds but those of standing together.
"""

import re
from collections.abc import Iterator

from workbench.memory import words
from workbench.memory.concepts import tags
from workbench.memory.concepts.draft import Draft
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.moments import moment
from workbench.memory.concepts.records import ConceptType as Type
from workbench.memory.concepts.records import Trace
from workbench.memory.facts.speech import these
from workbench.memory.vocabulary import DENSE_STOP, ENGLISH_STOP, STOP

#: A text is judged by this many of its tokens.
_JUDGED = 60
_ENGLISH_ALONE = ENGLISH_STOP - STOP.difference(ENGLISH_STOP) - these(
    "a an in on am is as so to do me no was war die es he her an am i at of so has hat"
) | these("is of the to")
_FOREIGN = (STOP - ENGLISH_STOP) - these("las los son sera y via e o des en sous pour")
_DENSE_RUN = re.compile(r"[ァ-ヿー]{2,}|[一-鿿㐀-䶿々]{2,}|[가-힣]{2,}|[฀-๿]{4,}")
_RUN_LONGEST = 8
_PARTICLES = re.compile(
    r"(?:은|는|이|가|을|를|의|에|에서|로|으로|와|과|도|만|까지|부터|입니다|했다)$"
)
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|21[0-9]{2}")


def is_english(text: str, tokens: list[str], language: str) -> bool:
    """Whether the rules for English hold; without a tag the text is judged by its small words."""
    if language:
        return language.replace("_", "-").split("-", 1)[0].lower() == "en"
    if not text.isascii():
        plain = sum(map(str.isascii, text[:400]))
        if plain * 2 < min(len(text), 400):
            return False
    ours = theirs = 0
    for raw in tokens[:_JUDGED]:
        if raw in _FOREIGN:
            theirs += 1
        elif raw in _ENGLISH_ALONE:
            ours += 1
    return theirs < 2 or theirs <= ours


def trace_any(text: str, read: str, at: float | None) -> Trace:
    """Names, numbers, times and keywords of a text in any language; `read` may have blanks."""
    draft = Draft()
    size = max(1, len(read))
    for start, end, type_, weight in _candidates(read):
        name = text[start:end]
        timed = type_ is Type.TIME
        key = moment([name.lower()], at) if timed else key_of(name, plural=False)
        if key:
            draft.add(key, name, type_, start, end, weight * (1 - 0.3 * start / size))
    return draft.end()


def _candidates(text: str) -> Iterator[tuple[int, int, Type, float]]:
    name: tuple[int, int] | None = None
    opening = True
    for token in words.tokens(text):
        between = text[name[1] : token.start] if name else ""
        if name and (between.strip(" ") or not token.capital):
            yield (*name, Type.ENTITY, 0.8)
            name = None
        opening = opening or _ends_sentence(text, token.start)
        if any(map(words.is_dense, token.words)):
            yield from _runs(token.raw, token.start)
            opening = False
            continue
        word = token.words[0] if token.words else ""
        letter = tags.LETTERS[token.raw] if token.raw.isascii() else "n"
        if letter in "DHy":
            yield token.start, token.end, Type.TIME, 0.6
        elif letter in "z":
            pass
        elif token.capital and not opening and not token.opens and word not in STOP:
            name = (name[0] if name else token.start, token.end)
        elif word not in STOP and len(word) > 4 and word.isalpha():
            yield token.start, token.end, Type.CONCEPT, 0.5
        elif letter in "AX" and len(word) > 1 and not word.isdigit():
            yield token.start, token.end, Type.ENTITY, 0.7
        opening = False
    if name:
        yield (*name, Type.ENTITY, 0.8)


def _ends_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \n\"“«„'(¿¡—-")
    return before.endswith((".", "!", "?", "…", ":", "。"))


def _runs(raw: str, start: int) -> Iterator[tuple[int, int, Type, float]]:
    """The runs of one script between particles of a text without spaces."""
    at = 0
    for gap in [*DENSE_STOP.finditer(raw), None]:
        end = gap.start() if gap else len(raw)
        for run in _DENSE_RUN.finditer(raw, at, end):
            first, last = run.span()
            if particle := _PARTICLES.search(run[0]):
                last = first + particle.start()
            if 2 <= last - first <= _RUN_LONGEST:
                yield start + first, start + last, Type.CONCEPT, 0.55
        at = gap.end() if gap else end
