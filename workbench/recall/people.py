"""People in a text: how often and where they are named.

A name is a person's where a title stands before it, or where he or she follows it more often than
it (`pronouns`). Names of which one has all words of the other are one person's.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory import words
from workbench.memory.graph.people import TITLES, may_match, person, same
from workbench.memory.vocabulary import COMMON, STOP
from workbench.recall.mentions import is_probably_verb, mentions
from workbench.recall.pronouns import sampled, votes

#: Sentences that must name somebody, of a short text and of others, and the share of the text's.
_SPARSE, _MINIMUM, _SHARE = 2, 3, 0.002
#: Sentences of a short text.
_SHORT = 300
#: A fuller name that is used so many times less is not what somebody is called.
_SELDOM = 12
#: Letters before a word with which a sentence begins: marks alone.
_OPENING = 2


@dataclass(frozen=True, slots=True)
class PersonMentions:
    """Somebody: the name most used for them, and the places of the sentences that name them."""

    name: str
    places: tuple[int, ...]


def people(sentences: Sequence[str]) -> list[PersonMentions]:
    """Who is named in these sentences, most often first."""
    places: dict[str, list[int]] = defaultdict(list)
    inside: Counter[str] = Counter()
    for at, sentence in enumerate(sentences):
        for mention in mentions(sentence):
            name = mention.raw.removesuffix("'s").removesuffix("’s")
            places[name] += [at] if places[name][-1:] != [at] else []
            inside[name] += sentence.find(name) > _OPENING
    is_short = len(sentences) < _SHORT
    names = [
        name
        for name in sorted(places, key=lambda name: -len(places[name]))
        if (is_short or len(places[name]) >= _SPARSE) and _is_name(name)
    ]
    known = {
        name
        for name in names
        if (" " in name or 3 * inside[name] >= len(places[name]))
        and _is_person(name, places[name], sentences)
    }
    groups: list[list[str]] = []
    # What nothing tells to be a person's is a part of a person's name at most.
    for name in sorted(names, key=lambda name: name not in known):
        group = next((group for group in groups if _is_one(name, group)), None)
        if group is not None:
            group.append(name)
        elif name in known:
            groups.append([name])
    minimum = max(_SPARSE if is_short else _MINIMUM, _SHARE * len(sentences))
    matches = [
        PersonMentions(
            _best_name(group, places), tuple(sorted({at for name in group for at in places[name]}))
        )
        for group in groups
    ]
    matches = [item for item in matches if len(item.places) >= minimum]
    return sorted(matches, key=lambda item: -len(item.places))


def _is_name(name: str) -> bool:
    """Whether it can be a person's name, and begins with no ordinary word."""
    first, *others = name.split()
    plain = words.split(first)
    is_title = first.rstrip(".").lower() in TITLES
    is_ordinary = is_probably_verb(first) or not (STOP | COMMON).isdisjoint(plain)
    return person(name) is not None and (bool(others) if is_title else not is_ordinary)


def _is_person(name: str, places: Sequence[int], sentences: Sequence[str]) -> bool:
    if " " in name and name.split()[0].rstrip(".").lower() in TITLES:
        return True
    following = [*sentences[1:], ""]
    he, she, it = votes(name, [(sentences[at], following[at]) for at in sampled(places)])
    # In a short text a full name needs no pronoun.
    return he + she > it or (" " in name and it == 0 and len(sentences) < _SHORT)


def _is_one(name: str, group: Sequence[str]) -> bool:
    """Whether a name is of somebody who has these."""
    candidate, existing = person(name), [person(other) for other in group]
    return any(same(name, other) for other in group) and not any(
        candidate and one and candidate.surname == one.surname and not may_match(candidate, one)
        for one in existing
    )


def _best_name(group: Sequence[str], places: dict[str, list[int]]) -> str:
    """The fullest of the names that are used often enough."""
    maximum = max(len(places[name]) for name in group)
    minimum = max(maximum / _SELDOM, min(2, maximum / 6))
    frequent = [name for name in group if len(places[name]) >= minimum]
    return max(frequent, key=lambda name: (len(name.split()), len(places[name])))
