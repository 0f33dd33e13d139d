"""Names in a text: how often and where, and whether a name is a person's.

A name counts for a person where the text uses it as one: behind a title (Mr., Captain), with a verb
of speech, or before he and she. Names of one surname are one person unless titles or given names
tell them apart (`memory.graph.people`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.memory.graph.people import TITLES, Person, may_match, person
from workbench.memory.vocabulary import COMMON, STOP
from workbench.recall.mentions import is_rather_a_verb, mentions

#: Sentences that must name somebody, of a short text and of others, and the share of the text's.
_FEW, _LEAST, _SHARE = 2, 3, 0.002
#: Sentences of a short text.
_SHORT = 300
#: A fuller name that is used so many times less is not what somebody is called.
_SELDOM = 12
#: Letters before a word with which a sentence begins: marks alone.
_OPENING = 2
#: The share of its mentions that must speak of a person.
_PERSONAL = 0.1
_SAYS = (
    r"(?:said|says|cried|replied|answered|asked|exclaimed|whispered|returned|murmured|observed"
    r"|remarked|laughed|smiled|thought|felt|knew|looked|wished|began|turned|stood|sat)"
)
_AFTER = re.compile(
    rf"^[’']?,?\s+(?:\w+ly\s+)?(?:{_SAYS}|who)\b|^[^.!?;“”\"A-Z]{{0,50}}?\b(?:he|she|his|her|him)\b"
)
_BEFORE = re.compile(
    rf"\b{_SAYS}\s+(?:(?:the|old|young|poor|little)\s+)*$"
    r"|\b(?:Mr|Mrs|Miss|Ms|Dr|Sir|Lady|Lord|Captain|Colonel|Aunt|Uncle|Doctor|Father|Mother)\.?\s+$"
)
#: Somebody is spoken to: “…, my dear Watson.”
_CALLED = re.compile(r",\s+(?:(?:my|dear|old|good)\s+)*$")
_CALLED_ENDS = re.compile(r"[,.!?;:”\"]")
#: “AGNES: We built things.”
_SPEAKER = re.compile(r"([^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,2}):\s")
_GOES_ON = re.compile(r"(?:He|She|His|Her)\b")
_SMALL = re.compile(r"\b[a-z]+\b")
_SHORTENED = re.compile(r"[’'](?:ll|ve|re|m|d|t)$", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:in|at|near|into|through|across|from|on|(?<!said )to|of the)\s+(?:the\s+)?$"
)
_TITLED = re.compile(r"(?:Mr|Mrs|Miss|Ms|Dr|Sir|Lady|Lord|Captain|Colonel|Aunt|Uncle|Doctor)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody: the name most used for them, and the places of the sentences that name them."""

    name: str
    places: tuple[int, ...]


def people(sentences: Sequence[str]) -> list[Named]:
    """Who is named in these sentences, most often first."""
    places: dict[str, list[int]] = defaultdict(list)
    personal: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    speakers = _speakers(sentences)
    for at, sentence in enumerate(sentences):
        start = 0
        speaker = _SPEAKER.match(sentence)
        if speaker and speaker[1] in speakers:
            name = speakers[speaker[1]]
            places[name].append(at)
            inside[name] += 1
            personal[name] += 1
        for mention in mentions(sentence):
            name = re.sub(r"[’']s?$", "", mention.raw)
            where = sentence.find(mention.raw, start)
            if where < 0 or person(name) is None or (speaker and where == 0):
                continue
            if places[name][-1:] != [at]:
                places[name].append(at)
            start = where + 1
            inside[name] += where > _OPENING
            before, after = sentence[:where], sentence[where + len(mention.raw) :]
            titled = _TITLED.match(name) is not None
            personal[name] += titled or bool(_AFTER.match(after)) or bool(_BEFORE.search(before))
            personal[name] += bool(_CALLED.search(before) and _CALLED_ENDS.match(after))
            personal[name] -= bool(_PLACED.search(before))
            # “Ines Moreau led the project. She …”
            personal[name] += where <= _OPENING and bool(_GOES_ON.match(_at(sentences, at + 1)))
    small = Counter(_SMALL.findall(" ".join(sentences)))
    surnames = {name.rpartition(" ")[2] for name in places if " " in name}
    for name in list(places):
        often = small[name.lower()] > inside[name]
        times = len(places[name])
        known = _is_name(name, times if name in surnames else inside[name], times)
        if not known or (often and is_rather_a_verb(name)):
            del places[name]
    for name in places:
        # Who is named in full is called by the surname alone afterwards.
        given, _, surname = name.partition(" ")
        personal[name] += given not in places and surname in places
    short = len(sentences) < _SHORT
    least = max(_FEW if short else _LEAST, _SHARE * len(sentences))
    found = [
        Named(
            _best_name(group, places), tuple(sorted({at for name in group for at in places[name]}))
        )
        for group in _groups(places)
        if _is_somebody(group, places, personal, short)
    ]
    found = [each for each in found if len(each.places) >= least]
    return sorted(found, key=lambda each: -len(each.places))


def _speakers(sentences: Sequence[str]) -> dict[str, str]:
    """The labels of those who speak in turns, each with the name; none where one says it all."""
    labels = Counter(found[1] for each in sentences if (found := _SPEAKER.match(each)))
    turns = [each for each, times in labels.items() if times >= _FEW]
    names = {each: each.title() if each.isupper() else each for each in turns}
    names = {each: name for each, name in names.items() if person(name) is not None}
    return names if len(names) > 1 else {}


def _is_somebody(
    names: Sequence[str], places: dict[str, list[int]], personal: Counter[str], short: bool
) -> bool:
    """Whether enough of what is said with these names is said of a person."""
    # In a short text a full name needs no more than one sign.
    least = 1 if short and any(" " in name for name in names) else 2
    share = _PERSONAL * sum(len(places[name]) for name in names)
    return sum(personal[name] for name in names) >= max(least, share)


def _at(sentences: Sequence[str], at: int) -> str:
    return sentences[at] if at < len(sentences) else ""


def _is_name(name: str, inside: int, times: int) -> bool:
    """Whether a word has its capital for another reason than that a sentence begins with it."""
    first = name.split()[0]
    if _SHORTENED.search(name) or name.rstrip(".").lower() in TITLES:
        return False
    if _TITLED.match(name) and " " in name:
        return True
    ordinary = first.lower() in STOP or first.lower() in COMMON
    if " " in name:
        return not ordinary
    return not ordinary and 3 * inside >= times


def _groups(places: dict[str, list[int]]) -> list[list[str]]:
    """Names that are one person's, the most used first in each."""
    groups: list[tuple[list[Person], list[str]]] = []
    # The places of the groups in which somebody has a part of a name: no other can be theirs.
    having: dict[str, set[int]] = defaultdict(set)
    for name in sorted(places, key=lambda each: -len(places[each])):
        who = person(name)
        assert who is not None
        parts = (who.surname, *who.forenames[:1])
        near = sorted(having[parts[0]].union(*(having[each] for each in parts[1:])))
        at = next((at for at in near if _one(who, groups[at][0])), len(groups))
        if at == len(groups):
            groups.append(([], []))
        groups[at][0].append(who)
        groups[at][1].append(name)
        for each in parts:
            having[each].add(at)
    for known, names in [each for each in groups if all(who.is_surname for who in each[0])]:
        # “Hallward” is Basil, where nobody else has that surname.
        surname = known[0].surname
        kin = [
            each
            for each in map(groups.__getitem__, sorted(having[surname]))
            if each[1] is not names
            and any(who.surname == surname and not who.is_surname for who in each[0])
        ]
        if len(kin) == 1:
            kin[0][1].extend(names)
            names.clear()
    return [sorted(names, key=lambda each: -len(places[each])) for _, names in groups if names]


def _one(who: Person, known: Sequence[Person]) -> bool:
    """Whether somebody is whom these names are of: “Sibyl” is Sibyl Vane, “Vane” may be."""
    first = known[0]
    if who.is_surname or first.is_surname:
        given = {each.forenames[0] for each in known if each.forenames}
        if who.is_surname and who.surname in given:
            return True
        if (
            first.is_surname
            and who.forenames
            and who.forenames[0] == first.surname
            and not first.title
        ):
            return True
    kin = [each for each in known if each.surname == who.surname]
    return bool(kin) and all(may_match(who, each) for each in kin)


def _best_name(group: Sequence[str], places: dict[str, list[int]]) -> str:
    """The fullest of the names that are used often enough."""
    most = len(places[group[0]])
    often = [name for name in group if len(places[name]) >= max(most / _SELDOM, min(2, most / 6))]
    return max(often, key=lambda name: (len(name.split()), len(places[name])))
