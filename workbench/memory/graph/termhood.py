"""Termhood: which concepts are informative enough to be listed and drawn.

As in back-of-book indexing: names, and terms that a source uses far more often than English does
(weirdness ratio, Ahmad 1999), repeatedly (C-value of a phrase, Frantzi 2000, and mutual information
within it), and specifically (TF-IDF over sources; for single words deviation of proportions over
sections, Gries 2008). Concepts of stored facts and those named manually always count, as do all of
a library too small for statistics. Sources too short are counted together.
"""

import math
import re
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.triples.lexicon import lexicon
from workbench.memory.concepts.records import ConceptType
from workbench.memory.graph.source_words import (
    RAREST,
    SourceWords,
    classes,
    count_words,
    find_copies,
    rates,
    stem,
)
from workbench.store import details, graph_rows

#: Maximum words of a short source, which is counted together with all others and shown completely.
SHORT = 2_000
#: Maximum words of a small library, in which everything counts. Each doubling requires one more
#: uncertain statement, up to so many doublings.
SMALL, _DOUBLINGS = 20_000, 3
#: Words below which two mentions of a term suffice instead of three.
_SMALL = 8_000
#: Minimum log2 ratio to the rate in English: of a single word, of the rarest word of a phrase, and
#: of a word exempt from the dispersion test.
_RARE_WORD, _RARE_PHRASE, _STRONG_WORD = 3.5, 2.0, 5.5
#: The minimum NPMI of a phrase's words, and its minimum C-value.
_BOUND, _C_VALUE = 0.25, 1.5
#: The minimum deviation of proportions of a word (Gries 2008), and the words of a long source.
_GATHERED, _LONG = 0.45, 40_000
#: The number of concepts of a source: factor per hundred words, exponent, minimum.
_PER_HUNDRED, _POWER, _MIN_CONCEPTS = 4.0, 0.6, 8
#: The weight of the rest of the library as a background, next to English.
_LIBRARY_SHARE = 0.4
ENTITY_TYPES = frozenset(
    map(int, (ConceptType.ENTITY, ConceptType.SPATIAL, ConceptType.CONCEPT, ConceptType.SENSORY))
)
_WORD_LIMIT = 5
#: The minimum keyness of a single word in a source that is not long: mentions times log2 ratio.
_KEY = 30
#: Mentions from which an adjective and an uninformative noun make a term, and from which a verb is
#: a name.
_FREQUENT = 10
#: The number of themes, the first concepts of a source.
_THEMES = 12

Ids = NDArray[np.int64]
#: Name and type of a concept.
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Termhood:
    """The informative concepts of the sources, with their scores by id.

    `firm` are names and phrases, which may connect two sources; `themes` the first concepts of each
    group of sources, `group_of` the group of a source (0: the short ones), `sentences` and `words`
    the sizes of a group in running text. `unfit` are statements that are not prose, in order,
    `copies` maps copies of a work to the original. `exceptions` are groups in which a firm concept
    is only a word ("fix"), and those in which another one is informative: the lambs of a paper are
    no term in a novel.
    """

    scores: Mapping[int, float]
    firm: frozenset[int]
    themes: Mapping[int, frozenset[int]]
    group_of: Mapping[int, int]
    sentences: Mapping[int, int]
    words: Mapping[int, int]
    unfit: Ids
    copies: Mapping[int, int]
    exceptions: frozenset[tuple[int, int]]

    @property
    def loose_minimum(self) -> float:
        """How many uncertain statements a pair needs; infinite in large libraries."""
        doublings = math.log2(max(1.0, sum(self.words.values()) / SMALL))
        return 1 + math.ceil(doublings) if doublings <= _DOUBLINGS else math.inf

    def is_term(self, concept: int, place: int) -> bool:
        """Whether a concept is informative in a place."""
        is_exception = (concept, self.group_of.get(place, 0)) in self.exceptions
        return place < 0 or is_exception != (concept in self.firm)

    def is_short(self, place: int) -> bool:
        """Whether a place is too short for statistics, or has facts: everything counts."""
        group = self.group_of.get(place, 0)
        return place < 0 or self.words.get(group, 0) < SHORT


def measure_termhood(connection: sqlite3.Connection) -> Termhood:
    """Select the informative concepts of all sources."""
    sources = count_words(graph_rows.statements(connection))
    copies = find_copies(sources, details.separate_works(connection))
    originals = {id: words for id, words in sources.items() if id not in copies}
    groups, group_of = _grouped(originals)
    is_small = sum(words.words for words in sources.values()) < SHORT
    prose: dict[int, int] = {}
    for words in sources.values():
        if is_small:
            words.prose = words.sections_of
        prose.update(words.prose)
    # Concept and section per mention: counters of all take 18 MB for five novels.
    mentions = {key: array("q") for key in groups}
    spread: Counter[int] = Counter()
    previous: tuple[int, int] | None = None
    for part in graph_rows.mentions(connection):
        for concept, place, engram in part:
            section = prose.get(engram)
            if section is None or place not in group_of:
                continue
            mentions[group_of[place]].extend((concept, section))
            if previous != (concept, place):
                previous = concept, place
                spread[concept] += 1
    rows = {
        id: (name, type)
        for part in graph_rows.concepts(connection)
        for id, name, type in part
        if id in spread
    }
    library = _Library(originals)
    scores: dict[int, float] = {}
    firm: set[int] = set()
    local: set[tuple[int, int]] = set()
    words_only: set[tuple[int, int]] = set()
    number = len(originals)
    themes: dict[int, frozenset[int]] = {}
    for key, group in groups.items():
        sections = _sections(mentions.pop(key))
        selected = _select(group, sections, rows, library, spread, number)
        words_only.update(
            (id, key)
            for id in sections.keys() & rows.keys() - selected.keys()
            if (name := rows[id][0]).isalpha() and name.istitle() and not group.is_name(name)
        )
        themes[key] = frozenset(list(selected)[:_THEMES])
        for id, (score, is_firm) in selected.items():
            scores[id] = max(score, scores.get(id, 0.0))
            if is_firm:
                firm.add(id)
            else:
                local.add((id, key))
    unfit = [id for words in sources.values() for id in words.sections_of if id not in words.prose]
    sentences: Counter[int] = Counter()
    for source, words in originals.items():
        sentences[group_of[source]] += len(words.prose)
    group_of |= {copy: group_of[original] for copy, original in copies.items()}
    return Termhood(
        scores,
        frozenset(firm),
        themes,
        group_of,
        sentences,
        {key: group.words for key, group in groups.items()},
        np.array(sorted(unfit), np.int64),
        copies,
        frozenset(local | {pair for pair in words_only if pair[0] in firm}),
    )


def _grouped(sources: Mapping[int, SourceWords]) -> tuple[dict[int, SourceWords], dict[int, int]]:
    """Group sources by id, and the group of each: 0 for short ones."""
    groups: dict[int, SourceWords] = {}
    group_of: dict[int, int] = {}
    for source, words in sources.items():
        if words.words >= SHORT:
            groups[source] = words
            group_of[source] = source
            continue
        group_of[source] = 0
        all_short = groups.setdefault(0, SourceWords())
        all_short.words += words.words
        all_short.pronouns += words.pronouns
        for counter in ("small", "capitalised", "doing", "after_article", "sections"):
            getattr(all_short, counter).update(getattr(words, counter))
        all_short.foreign |= not words.english
    return groups, group_of


class _Library:
    """The words of all sources together: a background next to English."""

    def __init__(self, sources: Mapping[int, SourceWords]) -> None:
        self.words = sum(source.words for source in sources.values())
        self.small: Counter[str] = Counter()
        if len(sources) > 1:
            for source in sources.values():
                self.small.update(source.small)

    def weird(self, word: str, source: SourceWords) -> float:
        """The weirdness ratio (log2) of a word in a source, relative to English and the rest."""
        rate = source.small[word] / max(source.words, 1)
        expected = max(rates().get(word, RAREST), RAREST)
        if self.words > source.words:
            elsewhere = (self.small[word] - source.small[word]) / (self.words - source.words)
            expected = max(expected, min(elsewhere, rate) * _LIBRARY_SHARE)
        return math.log2(max(rate, 1e-9) / expected)


def _sections(mentions: "array[int]") -> dict[int, Counter[int]]:
    """The mentions of each concept by section."""
    by_concept: dict[int, Counter[int]] = defaultdict(Counter)
    for concept, section in zip(mentions[::2], mentions[1::2], strict=True):
        by_concept[concept][section] += 1
    return by_concept


def _select(
    source: SourceWords,
    mentions: Mapping[int, Counter[int]],
    rows: Mapping[int, Row],
    library: _Library,
    spread: Counter[int],
    sources: int,
) -> dict[int, tuple[float, bool]]:
    """The concepts selected of a source: scores, and whether each is a name or a phrase."""
    if source.words < SHORT:
        # All concepts of a tiny library; next to other sources, specific things only.
        return {
            id: _all_of_it(sections, rows[id][1])
            for id, sections in mentions.items()
            if id in rows
            and (
                library.words < SHORT or (rows[id][1] in ENTITY_TYPES and not _generic(rows[id][0]))
            )
        }
    longer: dict[str, list[int]] = defaultdict(list)
    for id, sections in mentions.items():
        if id in rows:
            words = tuple(stem(word) for word in _split(rows[id][0]))
            for size in range(1, len(words)):
                for at in range(len(words) - size + 1):
                    longer[" ".join(words[at : at + size])].append(sections.total())
    scored: list[tuple[float, int, bool]] = []
    for id, sections in mentions.items():
        if id not in rows:
            continue
        name, type = rows[id][:2]
        judged = _score(name, type, sections, source, library, longer)
        if judged is None:
            continue
        score, is_firm = judged
        idf = math.log((sources + 1) / (spread[id] + 0.5)) + 1 if sources > 3 else 1.0
        score *= (1 + 0.25 * math.log2(1 + len(sections))) * idf
        scored.append((score, id, is_firm))
    scored.sort(reverse=True)
    limit = max(_MIN_CONCEPTS, round(_PER_HUNDRED * (source.words / 100) ** _POWER))
    return {id: (score, is_firm) for score, id, is_firm in scored[:limit]}


def _all_of_it(sections: Counter[int], type: int) -> tuple[float, bool]:
    return (math.log2(1 + sections.total()), True) if type in ENTITY_TYPES else (0.0, False)


def _split(name: str) -> list[str]:
    return name.replace("-", " ").split()


def _generic(name: str) -> bool:
    """Whether no word of a name is informative."""
    lists = classes()
    nouns, modifiers, function = lists["nouns"], lists["modifiers"], lists["function"]
    return all(
        stem(word) in nouns or word.lower() in modifiers or word.lower() in function
        for word in _split(name)
    )


def _score(
    name: str,
    type: int,
    sections: Counter[int],
    source: SourceWords,
    library: _Library,
    longer: Mapping[str, list[int]],
) -> tuple[float, bool] | None:
    """The score of a concept in a source, and whether it is a name or a phrase, or None."""
    words = name.split()
    if not words or len(words) > _WORD_LIMIT or type not in ENTITY_TYPES:
        return None
    if _MARKUP.search(name):
        return None
    number = sections.total()
    if _is_name(words, source):
        return _name(words, number, source, library)
    if len(words) > 1 or "-" in name:
        return _phrase(name, number, source, library, longer)
    return _word(name, sections, source, library)


def _is_name(words: list[str], source: SourceWords) -> bool:
    titles = classes()["titles"]
    real = [word for word in words if word.rstrip(".").lower() not in titles]
    large = [word for word in real if word[0].isupper() or word[0].isdigit()]
    if not large or any(word not in large and word not in _JOINING for word in real):
        return False
    return all(
        source.is_name(word)
        # In a multi-word name, one word may only begin sentences, or be a common word.
        or (len(real) > 1 and (source.capitalised[word] > 0 or not source.small[stem(word)]))
        for word in large
        if word[0].isalpha()
    )


_NUMBERED = re.compile(r"\d+-\d+")
_NUMBER = re.compile(r"\d[\d.]*")
#: Markup and formulas, and a word contracted in speech ("d’ye hear").
_MARKUP = re.compile(r"[`*\\ˆ˜∀-⋿\U0001d400-\U0001d7ff]|__(?!\w)|\b[a-z]['’](?=[a-z])|\b[Α-Ωα-ω]\b")
_JOINING = frozenset(("of", "the", "de", "van", "von", "du", "la", "and", "for"))


def _name(
    words: list[str], number: int, source: SourceWords, library: _Library
) -> tuple[float, bool] | None:
    lists = classes()
    titles, openers, generic = lists["titles"], lists["openers"], lists["nouns"]
    minimum = 2 if source.words < _SMALL and len(words) > 1 else 3
    if number < minimum:
        return None
    folded = [word.rstrip(".").lower() for word in words]
    real = [word for word in folded if word not in titles]
    # Capitals of two letters are not a name: "Jo" is, "US" is not.
    long = [word for word in words if len(word) > 2 or (len(word) > 1 and not word.isupper())]
    telling = {word.rstrip(".").lower() for word in long} - generic - titles
    if folded[-1] in openers or telling.isdisjoint(real):
        return None
    place = _NUMBER.fullmatch(words[-1]) and (len(words) == 1 or folded[0] in openers)
    if place or _NUMBERED.fullmatch(words[-1]):
        # "Listing 21-1" is a reference within the text.
        return None
    if len(words) == 1:
        word = folded[0]
        if word.endswith(("ese", "ian", "ish", "ean")) and lexicon().get(words[0]) != "NNP":
            return None
        # "Pip" is a name, though "pip" is a word; so is "Fix", often enough.
        common = lexicon().get(word, "N")
        rare = number < _FREQUENT and lexicon().get(words[0]) != "NNP"
        if rare and common[0] not in "N":
            return None
        # A common word capitalised for emphasis must qualify as a word.
        if (
            source.small[stem(word)] > 0.1 * number
            and library.weird(stem(word), source) < _RARE_WORD
        ):
            return None
    return math.log2(1 + number) * (1.6 if len(words) > 1 else 1.25), True


def _phrase(
    name: str, number: int, source: SourceWords, library: _Library, longer: Mapping[str, list[int]]
) -> tuple[float, bool] | None:
    lists = classes()
    low = [word.lower() for word in _split(name)]
    if number < (2 if source.words < _SMALL else 3):
        return None
    if low[0] in lists["modifiers"] or low[-1] in lists["function"]:
        return None
    if any(len(word) < 2 or word in lists["function"] - {"of"} for word in low[1:-1] + low[:1]):
        return None
    stems = [stem(word) for word in low]
    longer_counts = longer.get(" ".join(stems), [])
    value = math.log2(len(low) + 0.5) * (
        number - (sum(longer_counts) / len(longer_counts) if longer_counts else 0)
    )
    if value < _C_VALUE:
        return None
    share = number / source.words
    chance = math.prod(max(source.small[word], number) / source.words for word in stems)
    bound = math.log(share / chance) / (-(len(stems) - 1) * math.log(share))
    if bound < _BOUND:
        return None
    rare = [library.weird(word, source) for word in stems]
    rarest = max(rare)
    if source.english and rarest < _RARE_PHRASE:
        return None
    tags = lexicon()
    if tags.get(low[-1], "N") not in _HEAD_TAGS and not low[-1].endswith("ing"):
        return None
    if tags.get(low[0], "N") in ("VB", "VBP", "VBZ", "VBD", "RB", "PRP", "MD"):
        return None
    nouns, modifiers = lists["nouns"], lists["modifiers"]
    if stems[-1] in nouns and max(rare[:-1]) < _RARE_WORD:
        return None
    if stems[-1] in nouns and number < _FREQUENT and tags.get(low[-2], "N")[0] == "J":
        # "equivalent results" is a term only if it recurs
        return None
    if any(tags.get(word, "VBG") == "VBG" and source.is_verb(word) for word in low[:-1]):
        # a verb and its object: "linking LLVM", "converting macros"
        return None
    if all(a in nouns or b in modifiers or b in nouns for a, b in zip(stems, low, strict=True)):
        return None
    if source.narrative:
        described = tags.get(low[0], "N")[0] in "JVR"
        if described and (stems[-1] in nouns or rare[-1] < 4.5):
            return None
        if number < 4 and rarest < 5:
            return None
    return math.log2(1 + value) * (0.6 + min(max(rarest, 0), 8) / 10 + 0.4 * bound) * 1.1, True


def _word(
    name: str,
    sections: Counter[int],
    source: SourceWords,
    library: _Library,
) -> tuple[float, bool] | None:
    lists = classes()
    low, number = name.lower(), sections.total()
    word = stem(low)
    if len(word) < 3 or any(word in members or low in members for members in lists.values()):
        return None
    if number < max(4, source.words / 8000):
        return None
    rare = library.weird(word, source)
    if source.english:
        if rare < _RARE_WORD or number * rare < _KEY:
            return None
        tag = lexicon().get(word) or lexicon().get(low, "N")
        if tag[0] != "N":
            return None
    if source.words > _LONG and rare < _STRONG_WORD and _deviation(sections, source) < _GATHERED:
        return None
    if source.narrative and low.endswith(_ABSTRACT) and rare < 6.5:
        return None
    return math.log2(1 + number) * min(max(rare, 1.0), 8) / 6, False


#: Tags of the last word of a phrase: many nouns are also bare verbs.
_HEAD_TAGS = frozenset(("N", "NN", "NNS", "NNP", "NNPS", "JJ", "VB", "VBP"))
_ABSTRACT = (
    "tion", "sion", "ment", "ness", "ity", "ance", "ence", "hood", "our", "dom", "acy", "ship",
)  # fmt: skip


def _deviation(sections: Counter[int], source: SourceWords) -> float:
    """The deviation of proportions of a word over sections, 0 to 1 (Gries 2008)."""
    total = sections.total()
    return 0.5 * sum(
        abs(sections[section] / total - size / source.words)
        for section, size in source.sections.items()
    )
