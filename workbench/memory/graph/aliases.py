"""Finds concepts that may be one under several names, with evidence and probability.

Acronyms that a text explains ("World Health Organization (WHO)"), titles and initials, surnames
and given names alone, plurals that were taken for names, and long rare names that differ in one
letter. A surname stands for nobody where a source has two people of it: those are never made one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.memory.concepts.keys import key_of, singular
from workbench.memory.concepts.records import ConceptType
from workbench.memory.graph.people import Person, may_be_one, person, same_given

ENTITY = int(ConceptType.ENTITY)
#: Types of concepts that have names.
TYPES = frozenset((ENTITY, int(ConceptType.SPATIAL), int(ConceptType.CONCEPT)))
#: From here on two names are made one without asking.
SURE = 0.85

#: How much oftener a full name is mentioned than "Mr." and its surname where both are one man.
_MAIN = 1.5
_HE = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|hers?)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z]\.?&?){2,8}")
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "und"])
#: Letters from which on a name is long; mentions up to which it is rare.
_LONG, _RARE = 8, 2
#: Share of a surname's mentions with a title or a given name from which on it alone means that one.
_MOST_TITLED = 0.75
#: How often the other one is mentioned more, and how much more a name alone than the full one where
#: that may be two things beside each other ("Woohoo Melanie").
_OFTEN, _CHANCE = 3, 10
#: How much less a full name is mentioned than its surname where the English word before that is no
#: given name ("Whereupon Stubb").
_NO_GIVEN = 20


class Called(NamedTuple):
    """A concept with its name."""

    id: int
    name: str
    type: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """That the first of two concepts may be the second; `certainty` from 0 to 1."""

    id: int
    into: int
    why: str
    certainty: float


#: Where a concept is mentioned.
PlacesOf = Callable[[int], frozenset[int]]
#: Whether a word is an English one, and no name alone.
Word = Callable[[str], bool]
#: What memories that hold two concepts say.
Texts = Callable[[int, int], Sequence[str]]


def likenesses(
    every: Collection[Called], places: PlacesOf, word: Word, texts: Texts
) -> list[Likeness]:
    """The pairs that may be one, each concept at most once as the first, the surest first."""
    found = [
        *_plurals(every, word),
        *_people(every, places, word, texts),
        *_given(every, places),
        *_acronyms(every, places, texts),
        *_slips(every, word),
    ]
    best: dict[int, Likeness] = {}
    for each in sorted(found, key=lambda one: (-one.certainty, one.id, one.into)):
        if each.id != each.into:
            best.setdefault(each.id, each)
    return [each for each in best.values() if not _back(each, best)]


def _back(each: Likeness, best: Mapping[int, Likeness]) -> bool:
    """Whether the second leads back to the first, and is surer or came first."""
    seen = {each.id}
    at = each.into
    while at in best and at not in seen:
        seen.add(at)
        at = best[at].into
    return at == each.id and each.id > each.into


# -- inflection ------------------------------------------------------------------------------------


def _plurals(every: Iterable[Called], word: Word) -> Iterator[Likeness]:
    by_key: dict[str, list[Called]] = defaultdict(list)
    for each in every:
        by_key[key_of(each.name)].append(each)
    for same in by_key.values():
        if len(same) < 2:
            continue
        into = max(same, key=lambda one: (_is_singular(one.name), one.mentions, -one.id))
        last = singular(into.name.split()[-1].casefold())
        if word(last):
            # "The Bennets" are not Bennet, engrams are engram.
            yield from (
                Likeness(one.id, into.id, "inflection", 0.9) for one in same if one is not into
            )


def _is_singular(name: str) -> bool:
    last = name.split()[-1].casefold()
    return singular(last) == last


# -- people ----------------------------------------------------------------------------------------


def _people(
    every: Iterable[Called], places: PlacesOf, word: Word, texts: Texts
) -> Iterator[Likeness]:
    by_surname: dict[str, list[tuple[Called, Person]]] = defaultdict(list)
    for each in every:
        if each.type == ENTITY and (who := person(each.name)) is not None:
            by_surname[who.surname].append((each, who))
    for surname, family in by_surname.items():
        if len(family) < 2:
            continue
        most = max(each.mentions for each, _ in family)
        family = [
            (each, who)
            for each, who in family
            if not (who.given and each.mentions * _NO_GIVEN < most and word(who.given[0]))
        ]
        plain = word(surname)
        yield from _titled(family, places, plain=plain)
        if any(who.given for _, who in family):
            yield from _family(family, places, texts, plain=plain, word=word)


def _titled(
    family: Sequence[tuple[Called, Person]], places: PlacesOf, *, plain: bool
) -> Iterator[Likeness]:
    """A surname alone and the same with a title, where hardly anybody else has one there.

    Beside a man "Miss" is left out of account: she is not called by the surname alone.
    """
    titled = [called for called, who in family if who.title and not who.given]
    # The surname of a wife is her husband's as well.
    men = {called.id for called, who in family if who.gender != "f" or who.title == "miss"}
    bare = [called for called, who in family if who.bare]
    if not titled or not bare:
        return
    misses = {called.id for called, who in family if who.title == "miss"}
    beside = misses if any(each.id not in misses for each in titled) else set()
    others = [each for each, who in family if not who.bare and each.id not in beside]
    most = max(
        (each for each in titled if each.id not in beside), key=lambda one: (one.mentions, -one.id)
    )
    share = most.mentions / sum(each.mentions for each in others)
    for one in bare if most.id in men else ():
        if share >= _MOST_TITLED and places(one.id) == places(most.id):
            less, more = sorted((one, most), key=lambda each: (each.mentions, -each.id))
            yield Likeness(less.id, more.id, "title", 0.75 if plain else 0.87)


def _family(
    family: Sequence[tuple[Called, Person]],
    places: PlacesOf,
    texts: Texts,
    *,
    plain: bool,
    word: Word,
) -> Iterator[Likeness]:
    full = [each for each in family if each[1].given]
    into: dict[int, int] = {}
    for likeness in _full_names(full, places, plain=plain):
        into.setdefault(likeness.id, likeness.into)
        yield likeness
    # Titles that tell a gender are people of their own beside the full names.
    titled = [each for each in family if not each[1].given and each[1].gender]
    for called, who in sorted(family, key=lambda each: each[1].bare):
        if who.given:
            continue
        there = places(called.id)
        ones: set[int] = set()
        shared = False
        for place in there:
            here = {
                into.get(other.id, other.id)
                for other, them in full
                if place in places(other.id) and may_be_one(who, them)
            }
            others = {
                into.get(other.id, other.id)
                for other, them in titled
                if them.title != who.title and place in places(other.id)
            }
            if len(here | others) > 1:
                # Two people of one surname in one source.
                ones.update(here, others)
                shared = False
                break
            shared = shared or bool(here)
            ones.update(here)
        if len(ones) != 1 or not shared:
            continue
        (one,) = ones
        elsewhere = any(into.get(other.id, other.id) != one for other, _ in full)
        named = next(them for other, them in full if other.id == one)
        often = sum(each.mentions for each, _ in full if each.id == one)
        certainty = 0.9
        if who.gender == "m" and often >= _MAIN * called.mentions and _is_man(texts(one, one)):
            # Whose name is told most is whom the title means, and no father or son of theirs.
            certainty = 0.75 if elsewhere else 0.87
            if certainty >= SURE:
                into[called.id] = one
        elif elsewhere or plain or (often < _CHANCE and word(named.given[0])):
            certainty = 0.75
        elif who.gender:
            certainty = 0.8
        elif called.mentions > _CHANCE * often:
            certainty = 0.75
        yield Likeness(called.id, one, "title" if who.title else "surname", certainty)


def _is_man(said: Sequence[str]) -> bool:
    """Whether what is said of a person speaks of him oftener than of her."""
    return sum(bool(_HE.search(each)) - bool(_SHE.search(each)) for each in said) > 0


def _given(every: Iterable[Called], places: PlacesOf) -> Iterator[Likeness]:
    """A given name alone, where one person has it: somebody has their surname with a title."""
    people = [(each, who) for each in every if each.type == ENTITY and (who := person(each.name))]
    titled: dict[str, set[int]] = defaultdict(set)
    named: dict[str, list[tuple[Called, Person]]] = defaultdict(list)
    for each, who in people:
        if who.gender:
            titled[who.surname] |= places(each.id)
        elif len(who.given) == 1 and not who.title:
            named[who.given[0]].append((each, who))
    for each, who in people:
        there = places(each.id)
        if not who.bare or titled[who.surname] & there:
            continue
        of_it = [full for full in named[who.surname] if places(full[0].id) & there]
        if len(of_it) == 1 and there <= places(of_it[0][0].id) & titled[of_it[0][1].surname]:
            yield Likeness(each.id, of_it[0][0].id, "given name", 0.87)


def _full_names(
    full: Sequence[tuple[Called, Person]], places: PlacesOf, *, plain: bool
) -> Iterator[Likeness]:
    """Initials, titles and middle names that one writing has and another has not."""
    order = sorted(full, key=lambda one: _fullness(one[1]))
    for at, (called, who) in enumerate(order):
        fitting = [each for each in order[at + 1 :] if may_be_one(who, each[1])]
        if not fitting:
            continue
        if any(not may_be_one(a[1], b[1]) for a in fitting for b in fitting):
            # "R. Semon" is Richard or Rudolf.
            continue
        into = max(fitting, key=lambda one: (one[0].mentions, -one[0].id))
        if same_given(who, into[1]):
            short = who.given == into[1].given
            certainty = 0.95 if short else 0.88
            if who.title == "mrs":
                # A wife may be called by her husband's name.
                certainty = 0.75
            yield Likeness(called.id, into[0].id, "title" if short else "middle name", certainty)
        elif places(called.id) & places(into[0].id):
            yield Likeness(called.id, into[0].id, "initial", 0.75 if plain else 0.88)


def _fullness(who: Person) -> tuple[int, int, bool]:
    """Initials alone first; a title is better left out of the name that stays."""
    letters = sum(len(part) > 1 for part in who.given)
    return min(letters, 1), len(who.given), not who.title


# -- acronyms --------------------------------------------------------------------------------------


def _acronyms(every: Collection[Called], places: PlacesOf, texts: Texts) -> Iterator[Likeness]:
    short = [each for each in every if _ACRONYM.fullmatch(each.name)]
    wanted = {_letters(each.name) for each in short}
    meant: dict[str, list[Called]] = defaultdict(list)
    for each in every:
        for letters in _initials(each.name) & wanted:
            meant[letters].append(each)
    for each in short:
        fitting = meant[_letters(each.name)]
        explained = [full for full in fitting if _explained(each, full, texts)]
        if len(explained) == 1:
            yield Likeness(each.id, explained[0].id, "acronym", 0.97)
        elif len(explained) > 1:
            yield from (Likeness(each.id, full.id, "acronym", 0.5) for full in explained[:1])
        elif len(fitting) == 1 and len(each.name) > 2 and (
            places(each.id) & places(fitting[0].id)
        ):  # fmt: skip
            yield Likeness(each.id, fitting[0].id, "acronym", 0.8)


def _letters(name: str) -> str:
    return "".join(letter for letter in name if letter.isalpha()).upper()


def _initials(name: str) -> frozenset[str]:
    """The letters that a name of several words is shortened to, with small words and without."""
    words = [word for word in re.split(r"[\s\-‐‑–]+", name) if word[:1].isalpha()]
    if not 2 <= len(words) <= _LONG:
        return frozenset()
    large = [word for word in words if word.casefold() not in _SMALL]
    return frozenset("".join(word[0] for word in part).upper() for part in (words, large))


def _explained(short: Called, full: Called, texts: Texts) -> bool:
    """Whether a text has one of them in brackets behind the other."""
    a, b = re.escape(full.name.casefold()), re.escape(short.name.casefold())
    pattern = re.compile(rf"{a}[\"”']?\s*\((?:the\s+)?[\"“']?{b}\b|{b}\s*\((?:the\s+)?{a}\b")
    said = (" ".join(each.split()).casefold() for each in texts(short.id, full.id))
    return any(map(pattern.search, said))


# -- slips of the pen ------------------------------------------------------------------------------


def _slips(every: Iterable[Called], word: Word) -> Iterator[Likeness]:
    """Long rare names that differ in one letter from one that is mentioned often."""
    long = [each for each in every if each.type == ENTITY and len(each.name) >= _LONG]
    often: dict[str, list[Called]] = defaultdict(list)
    for each in long:
        if each.mentions >= _OFTEN and each.name.replace(" ", "").isalpha():
            for key in _without_one(each.name.casefold()):
                often[key].append(each)
    for each in long:
        folded = each.name.casefold()
        if each.mentions > _RARE or not folded.replace(" ", "").isalpha():
            continue
        near = {
            other.id: other
            for key in _without_one(folded)
            for other in often.get(key, ())
            if other.mentions >= _OFTEN * each.mentions and _one_letter(folded, other.name, word)
        }
        if len(near) == 1:
            yield Likeness(each.id, next(iter(near)), "spelling", 0.75)


def _without_one(name: str) -> set[str]:
    return {name, *(name[:at] + name[at + 1 :] for at in range(1, len(name)))}


def _one_letter(folded: str, name: str, word: Word) -> bool:
    """Whether two names differ in one letter of a long word that is no other English word."""
    ones, others = folded.split(), name.casefold().split()
    if len(ones) != len(others):
        return False
    apart = [(one, other) for one, other in zip(ones, others, strict=True) if one != other]
    if len(apart) != 1:
        return False
    (one, other) = apart[0]
    if min(len(one), len(other)) < 5 or one[0] != other[0] or word(one):
        return False
    return singular(one) != singular(other) and _within_one(one, other)


def _within_one(one: str, other: str) -> bool:
    """Whether one letter is another, is missing, or has changed places with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rests = (
        (one[at + 1 :], other[at + 1 :]),
        (one[at:], other[at + 1 :]),
        (one[at + 1 :], other[at:]),
    )
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or any(a == b for a, b in rests)
