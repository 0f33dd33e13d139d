"""Alias detection: concepts that may be the same under several names, with evidence and
probability.

Acronyms that a text defines ("World Health Organization (WHO)"), titles and initials, surnames and
given names alone, plurals taken for names, and long rare names that differ in one letter. A surname
is ambiguous if a source has two people of it; those are never merged.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.language.nouns import singular_form as singular
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import ConceptType
from workbench.memory.graph.people import Person, may_match, person, same_forename
from workbench.memory.spelling import edits

ENTITY = int(ConceptType.ENTITY)
#: Types of concepts with names.
TYPES = frozenset((ENTITY, int(ConceptType.SPATIAL), int(ConceptType.CONCEPT)))
#: The probability from which names are merged automatically.
CERTAIN = 0.85

#: The ratio of mentions of a full name to "Mr." and its surname from which both are one man.
_MAIN = 1.5
_HE = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z]\.?&?){2,8}")
#: A short form in brackets: "CHIKV", "ELs", "IL-1β".
_SHORT_FORM = re.compile(r"(?=[^A-Z]{0,2}[A-Z].*[A-Z0-9])[^\W_][\w.&/-]{1,9}")
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "und"])
#: The minimum letters of a long name; the maximum mentions of a rare one.
_LONG, _RARE = 8, 2
#: The share of a surname's mentions with a title or a given name from which it alone means that
#: one.
_TITLED_SHARE = 0.75
#: The minimum mentions, and ratio of mentions, of a frequent name to a rare one; the mentions from
#: which a full name with an English word is not two adjacent words ("Woohoo Melanie").
_FREQUENT, _CHANCE = 3, 10
#: The ratio of mentions of a surname to its full name beyond which a preceding English word is not
#: a given name ("Whereupon Stubb").
_SURNAME_RATIO = 20


class ConceptName(NamedTuple):
    """A concept with its name."""

    id: int
    name: str
    type: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """The hypothesis that concept `id` is `target`; `certainty` from 0 to 1."""

    id: int
    target: int
    reason: str
    certainty: float


#: The places in which a concept is mentioned.
PlacesOf = Callable[[int], frozenset[int]]
#: Whether a word is in the English dictionary, not only as a name.
Word = Callable[[str], bool]
#: The texts of memories that contain two concepts.
Texts = Callable[[int, int], Sequence[str]]


def likenesses(
    concepts: Collection[ConceptName], places: PlacesOf, word: Word, texts: Texts
) -> list[Likeness]:
    """The alias pairs, each concept at most once as the first, the surest first."""
    candidates = [
        *_plurals(concepts, places, word),
        *_people(concepts, places, word, texts),
        *_forenames(concepts, places, word, texts),
        *_acronyms(concepts, places, texts),
        *_slips(concepts, word),
    ]
    best: dict[int, Likeness] = {}
    for pair in sorted(candidates, key=lambda pair: (-pair.certainty, pair.id, pair.target)):
        if pair.id != pair.target:
            best.setdefault(pair.id, pair)
    return [pair for pair in best.values() if not _back(pair, best)]


def _back(pair: Likeness, best: Mapping[int, Likeness]) -> bool:
    """Whether a chain of pairs from the second leads back to the first, which has the larger id."""
    visited = {pair.id}
    at = pair.target
    while at in best and at not in visited:
        visited.add(at)
        at = best[at].target
    return at == pair.id and pair.id > pair.target


# -- inflection ------------------------------------------------------------------------------------


def _plurals(concepts: Iterable[ConceptName], places: PlacesOf, word: Word) -> Iterator[Likeness]:
    by_key: dict[str, list[ConceptName]] = defaultdict(list)
    for concept in concepts:
        by_key[key_of(concept.name)].append(concept)
    for same in by_key.values():
        if len(same) < 2:
            continue
        target = max(
            same, key=lambda concept: (_is_singular(concept.name), concept.mentions, -concept.id)
        )
        noun = singular(target.name.split()[-1].casefold())
        if word(noun):
            # "The Bennets" are not Bennet; engrams are engram.
            yield from (
                Likeness(concept.id, target.id, "inflection", 0.9)
                for concept in same
                if concept is not target
                # One name in different sources is that of namesakes.
                and (concept.name != target.name or places(concept.id) & places(target.id))
            )


def _is_singular(name: str) -> bool:
    noun = name.split()[-1].casefold()
    return singular(noun) == noun


# -- people ----------------------------------------------------------------------------------------


def people(concepts: Iterable[ConceptName]) -> Iterator[tuple[ConceptName, Person]]:
    """The concepts that may be people, with the parts of their names."""
    for concept in concepts:
        if concept.type == ENTITY and (parts := person(concept.name)) is not None:
            yield concept, parts


def _people(
    concepts: Iterable[ConceptName], places: PlacesOf, word: Word, texts: Texts
) -> Iterator[Likeness]:
    by_surname: dict[str, list[tuple[ConceptName, Person]]] = defaultdict(list)
    for concept, parts in people(concepts):
        by_surname[parts.surname].append((concept, parts))
    for surname, family in by_surname.items():
        if len(family) < 2:
            continue
        mentions = max(concept.mentions for concept, _ in family)
        family = [
            (concept, parts)
            for concept, parts in family
            if not (
                parts.forenames
                and concept.mentions * _SURNAME_RATIO < mentions
                and word(parts.forenames[0])
            )
        ]
        plain = word(surname)
        alone = [concept.id for concept, parts in family if parts.is_surname]
        # "Pip" is an English word, but not in this library.
        common = plain and any(_is_common(surname, texts(id, id)) for id in alone)
        yield from _titled(family, places, plain=common)
        if any(parts.forenames for _, parts in family):
            yield from _family(family, places, texts, plain=plain, word=word)


def _titled(
    family: Sequence[tuple[ConceptName, Person]], places: PlacesOf, *, plain: bool
) -> Iterator[Likeness]:
    """Match a surname alone with its titled form, if hardly anybody else there has one.

    "Miss" is ignored if there is a man: she is not called by the surname alone.
    """
    titled = [concept for concept, parts in family if parts.title and not parts.forenames]
    # A wife shares her husband's surname.
    men = {concept.id for concept, parts in family if parts.gender != "f" or parts.title == "miss"}
    untitled = [concept for concept, parts in family if parts.is_surname]
    if not titled or not untitled:
        return
    misses = {concept.id for concept, parts in family if parts.title == "miss"}
    excluded = misses if any(concept.id not in misses for concept in titled) else set()
    rivals = [
        concept for concept, parts in family if not parts.is_surname and concept.id not in excluded
    ]
    main = max(
        (concept for concept in titled if concept.id not in excluded),
        key=lambda concept: (concept.mentions, -concept.id),
    )
    share = main.mentions / sum(concept.mentions for concept in rivals)
    for surname in untitled if main.id in men else ():
        if share >= _TITLED_SHARE and places(surname.id) == places(main.id):
            source, target = sorted(
                (surname, main), key=lambda concept: (concept.mentions, -concept.id)
            )
            yield Likeness(source.id, target.id, "title", 0.75 if plain else 0.87)


def _family(
    family: Sequence[tuple[ConceptName, Person]],
    places: PlacesOf,
    texts: Texts,
    *,
    plain: bool,
    word: Word,
) -> Iterator[Likeness]:
    full = [entry for entry in family if entry[1].forenames]
    merged: dict[int, int] = {}
    for likeness in _full_names(full, places, plain=plain):
        merged.setdefault(likeness.id, likeness.target)
        yield likeness

    def root(id: int) -> int:
        while id in merged:
            id = merged[id]
        return id

    # "Mrs. Bentley Drummle" is never called Drummle; her husband is.
    own = {parts.forenames for _, parts in full if parts.title != "mrs"}
    by_id = {concept.id: (concept, parts) for concept, parts in full}
    full = [entry for entry in full if entry[1].title != "mrs" or entry[1].forenames not in own]
    titles: defaultdict[int, set[str]] = defaultdict(set)
    for concept, parts in full:
        titles[root(concept.id)].add(parts.title)
    # Titles with a gender are separate people from the full names.
    titled = [entry for entry in family if not entry[1].forenames and entry[1].gender]
    for concept, parts in sorted(family, key=lambda entry: entry[1].is_surname):
        if parts.forenames:
            continue
        places_here = places(concept.id)
        candidates: set[int] = set()
        shared = False
        for place in places_here:
            matches = {
                root(other.id)
                for other, them in full
                if place in places(other.id) and may_match(parts, them)
            }
            # The only full name with the same title is unambiguous.
            same_title = matches and all(parts.title in titles[id] - {""} for id in matches)
            titled_matches = {
                root(other.id)
                for other, them in titled
                if not same_title and them.title != parts.title and place in places(other.id)
            }
            if len(matches | titled_matches) > 1:
                # Two people with one surname in one source.
                candidates.update(matches, titled_matches)
                shared = False
                break
            shared = shared or bool(matches)
            candidates.update(matches)
        if len(candidates) != 1 or not shared:
            continue
        (only,) = candidates
        elsewhere = any(root(other.id) != only for other, _ in full)
        person, full_name = by_id[only]
        certainty = 0.9
        if (
            parts.gender == "m"
            and person.mentions >= _MAIN * concept.mentions
            and _is_man(texts(only, only))
        ):
            # The most frequent name is meant by the title, rather than that of a parent or child.
            certainty = 0.75 if elsewhere else 0.87
        elif parts.title and parts.title in titles[only] and not elsewhere:
            certainty = 0.87
        elif elsewhere or plain or (person.mentions < _CHANCE and word(full_name.forenames[0])):
            certainty = 0.75
        elif parts.gender:
            certainty = 0.8
        elif (
            person.mentions <= _RARE
            and concept.mentions > _FREQUENT * person.mentions
            and _is_opening(full_name, texts(only, only))
        ):
            certainty = 0.75
        if certainty >= CERTAIN:
            merged[concept.id] = only
        yield Likeness(concept.id, only, "title" if parts.title else "surname", certainty)


def _is_opening(name: Person, sentences: Sequence[str]) -> bool:
    """Whether the given name occurs only at the start of sentences: "Hereupon Startop"."""
    first, final = name.forenames[0], name.surname
    inside = re.compile(rf"[\w,;]\s+{re.escape(first)}\b.*\b{re.escape(final)}\b", re.IGNORECASE)
    return not any(map(inside.search, sentences))


def _is_man(sentences: Sequence[str]) -> bool:
    """Whether more sentences about a person have male pronouns than female ones."""
    return (
        sum(bool(_HE.search(sentence)) - bool(_SHE.search(sentence)) for sentence in sentences) > 0
    )


def _forenames(
    concepts: Iterable[ConceptName], places: PlacesOf, word: Word, texts: Texts
) -> Iterator[Likeness]:
    """A given name alone, if one person has it and their surname occurs with a title.

    With its own title ("Madame Hester") it is a surname if more frequent than the full name. An
    English word is not a given name if the text has it in lower case ("mother"), or if its full
    name is rare compared to the surname ("When Laurie").
    """
    named = list(people(concepts))
    yield from _titled_forenames(named, places)
    titled: dict[str, set[int]] = defaultdict(set)
    times: Counter[str] = Counter()
    most: Counter[str] = Counter()
    by_forename: dict[str, list[tuple[ConceptName, Person]]] = defaultdict(list)
    for concept, parts in named:
        most[parts.surname] = max(most[parts.surname], concept.mentions)
        if parts.gender:
            titled[parts.surname] |= places(concept.id)
            times[parts.surname] += 0 if parts.forenames else concept.mentions
        elif len(parts.forenames) == 1 and not parts.title:
            by_forename[parts.forenames[0]].append((concept, parts))
    for concept, parts in named:
        shared_places = places(concept.id)
        if not parts.is_surname:
            continue
        is_word = word(parts.surname)
        of_it = [
            full
            for full in by_forename[parts.surname]
            if places(full[0].id) & shared_places
            and (not is_word or full[0].mentions * _SURNAME_RATIO >= most[full[1].surname])
        ]
        if (
            len(of_it) == 1
            and times[parts.surname] < of_it[0][0].mentions
            and shared_places <= places(of_it[0][0].id) & titled[of_it[0][1].surname]
            and not (is_word and _is_common(parts.surname, texts(concept.id, concept.id)))
        ):
            yield Likeness(concept.id, of_it[0][0].id, "given name", 0.87)


def _titled_forenames(
    people: Sequence[tuple[ConceptName, Person]], places: PlacesOf
) -> Iterator[Likeness]:
    """A given name with a title: the person with both, if it is nobody's surname."""
    surnames = {parts.surname for _, parts in people if parts.forenames}
    full: dict[tuple[str, str], list[ConceptName]] = defaultdict(list)
    for concept, parts in people:
        if parts.title and parts.forenames:
            full[parts.title, parts.forenames[0]].append(concept)
    for concept, parts in people:
        meant = full[parts.title, parts.surname]
        if parts.title and not parts.forenames and len(meant) == 1:
            (only,) = meant
            if parts.surname not in surnames and places(concept.id) <= places(only.id):
                yield Likeness(concept.id, only.id, "given name", 0.87)


def _is_common(word: str, sentences: Sequence[str]) -> bool:
    """Whether a word is more often in lower case than capitalised."""
    small, large = (
        sum(len(re.findall(rf"\b{form}\b", sentence)) for sentence in sentences)
        for form in (re.escape(word), re.escape(word.capitalize()))
    )
    return small > large


def _full_names(
    full: Sequence[tuple[ConceptName, Person]], places: PlacesOf, *, plain: bool
) -> Iterator[Likeness]:
    """Full names that differ in initials, titles or middle names."""
    order = sorted(full, key=lambda entry: _fullness(entry[1]))
    for at, (concept, parts) in enumerate(order):
        fitting = [entry for entry in order[at + 1 :] if may_match(parts, entry[1])]
        if not fitting:
            continue
        if any(not may_match(a[1], b[1]) for a in fitting for b in fitting):
            # "R. Semon" is Richard or Rudolf.
            continue
        into = max(fitting, key=lambda entry: (entry[0].mentions, -entry[0].id))
        if same_forename(parts, into[1]):
            short = parts.forenames == into[1].forenames
            certainty = 0.95 if short else 0.88
            if parts.title == "mrs":
                # A wife may be called by her husband's name.
                certainty = 0.75
            yield Likeness(concept.id, into[0].id, "title" if short else "middle name", certainty)
        elif places(concept.id) & places(into[0].id):
            yield Likeness(concept.id, into[0].id, "initial", 0.75 if plain else 0.88)


def _fullness(name: Person) -> tuple[int, int, bool]:
    """Sort key: initials first; the remaining name is better without a title."""
    letters = sum(len(part) > 1 for part in name.forenames)
    return min(letters, 1), len(name.forenames), not name.title


# -- acronyms --------------------------------------------------------------------------------------


def _acronyms(
    concepts: Collection[ConceptName], places: PlacesOf, texts: Texts
) -> Iterator[Likeness]:
    short = [concept for concept in concepts if _SHORT_FORM.fullmatch(concept.name)]
    by_key = {key_of(concept.name): concept for concept in concepts if concept.type in TYPES}
    letter_sets = {_letters(concept.name) for concept in short}
    by_letters: dict[str, list[ConceptName]] = defaultdict(list)
    for concept in concepts:
        for letters in _initials(concept.name) & letter_sets:
            by_letters[letters].append(concept)
    for concept in short:
        explained = {
            full.id: full
            for sentence in texts(concept.id, concept.id)
            for key in _long_forms(concept.name, sentence)
            if (full := by_key.get(key)) is not None and full.id != concept.id
        }
        fitting = by_letters[_letters(concept.name)]
        if len(explained) == 1:
            yield Likeness(concept.id, next(iter(explained)), "acronym", 0.97)
        elif len(explained) > 1:
            yield Likeness(concept.id, next(iter(explained)), "acronym", 0.5)
        elif (
            len(fitting) == 1
            and len(concept.name) > 2
            and _ACRONYM.fullmatch(concept.name)
            and places(concept.id) & places(fitting[0].id)
        ):
            yield Likeness(concept.id, fitting[0].id, "acronym", 0.8)


def _letters(name: str) -> str:
    return "".join(letter for letter in name if letter.isalpha()).upper()


def _initials(name: str) -> frozenset[str]:
    """The initials of a name of several words, with function words and without."""
    words = [word for word in re.split(r"[\s\-‐‑–]+", name) if word[:1].isalpha()]
    if not 2 <= len(words) <= _LONG:
        return frozenset()
    large = [word for word in words if word.casefold() not in _SMALL]
    return frozenset("".join(word[0] for word in part).upper() for part in (words, large))


def _long_forms(short: str, sentence: str) -> Iterator[str]:
    """Yield the keys of long forms that a sentence abbreviates: before brackets, or in them.

    The letters of the short form occur in it in order, the first at the beginning of a word
    (Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions, 2003).
    """
    text = " ".join(sentence.split())
    form = re.escape(short)
    for match in re.finditer(rf"[\"”']?\s*\((?:the\s+)?[\"“]?{form}\b", text):
        words = text[: match.start()].split()[-min(len(short) + 5, 2 * len(short)) :]
        yield from _expanded(short, " ".join(words))
    for match in re.finditer(rf"\b{form}\s*\((?:the\s+)?([^()]+)\)", text):
        yield from _expanded(short, match[1])


def _expanded(short: str, words: str) -> Iterator[str]:
    """Yield the key of the end of `words` whose initials are a short form, or the shortest with its
    letters.

    Nothing if the short form is not shorter.
    """
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    initials = [letter.casefold() for letter in short if letter.isupper()]
    last = words.split()[-len(initials) :]
    if len(initials) > 1 and [word[0].casefold() for word in last] == initials:
        yield key_of(" ".join(last))
        return
    folded, at = words.casefold(), len(words)
    for number, letter in enumerate(reversed(letters), 1):
        at -= 1
        while at >= 0 and not (
            folded[at] == letter
            and (number < len(letters) or at == 0 or not folded[at - 1].isalnum())
        ):
            at -= 1
    long = words[max(at, 0) :]
    if letters and at >= 0 and len(long) > len(short) and long.split()[0] != "a":
        yield key_of(long)


# -- misspellings ----------------------------------------------------------------------------------


def _slips(concepts: Iterable[ConceptName], word: Word) -> Iterator[Likeness]:
    """Pair long rare names that differ in one letter from a frequent one."""
    long = [
        concept for concept in concepts if concept.type == ENTITY and len(concept.name) >= _LONG
    ]
    frequent: dict[str, list[ConceptName]] = defaultdict(list)
    for concept in long:
        if concept.mentions >= _FREQUENT and concept.name.replace(" ", "").isalpha():
            for key in _deletions(concept.name.casefold()):
                frequent[key].append(concept)
    for concept in long:
        folded = concept.name.casefold()
        if concept.mentions > _RARE or not folded.replace(" ", "").isalpha():
            continue
        similar = {
            other.id: other
            for key in _deletions(folded)
            for other in frequent.get(key, ())
            if other.mentions >= _FREQUENT * concept.mentions
            and _is_misspelling(folded, other.name, word)
        }
        if len(similar) == 1:
            yield Likeness(concept.id, next(iter(similar)), "spelling", 0.75)


def _deletions(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(1, len(name)))}


def _is_misspelling(folded: str, name: str, word: Word) -> bool:
    """Whether two names differ in one letter of a long word that is not another English word."""
    words, other_words = folded.split(), name.casefold().split()
    if len(words) != len(other_words):
        return False
    differing = [
        (first, second) for first, second in zip(words, other_words, strict=True) if first != second
    ]
    if len(differing) != 1:
        return False
    (first, second) = differing[0]
    if min(len(first), len(second)) < 5 or first[0] != second[0] or word(first):
        return False
    return singular(first) != singular(second) and first in edits(second)
