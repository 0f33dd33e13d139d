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
from workbench.recall.mentions import is_probably_verb, mentions

#: Sentences that must name somebody, of a short text and of others, and the share of the text's.
_SPARSE, _MINIMUM, _SHARE = 2, 3, 0.002
#: Sentences of a short text.
_SHORT = 300
#: A fuller name that is used so many times less is not what somebody is called.
_SELDOM = 12
#: Letters before a word with which a sentence begins: marks alone.
_OPENING = 2
#: The share of its mentions that must speak of a person.
_PERSONAL = 0.1
_SPEECH_VERBS = (
    r"(?:said|says|cried|replied|answered|asked|exclaimed|whispered|returned|murmured|observed"
    r"|remarked|laughed|smiled|thought|felt|knew|looked|wished|began|turned|stood|sat)"
)
_AFTER = re.compile(
    rf"^[’']?,?\s+(?:\w+ly\s+)?(?:{_SPEECH_VERBS}|who)\b|^[^.!?;“”\"A-Z]{{0,50}}?\b(?:he|she|his|her|him)\b"
)
_PREVIOUS = re.compile(
    rf"\b{_SPEECH_VERBS}\s+(?:(?:the|old|young|poor|little)\s+)*$"
    r"|\b(?:Mr|Mrs|Miss|Ms|Dr|Sir|Lady|Lord|Captain|Colonel|Aunt|Uncle|Doctor|Father|Mother)\.?\s+$"
)
#: Somebody is spoken to: “…, my dear Watson.”
_ADDRESSED = re.compile(r",\s+(?:(?:my|dear|old|good)\s+)*$")
_ADDRESS_ENDS = re.compile(r"[,.!?;:”\"]")
#: “AGNES: We built things.”
_SPEAKER = re.compile(r"([^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,2}):\s")
_GOES_ON = re.compile(r"(?:He|She|His|Her)\b")
_SMALL = re.compile(r"\b[a-z]+\b")
_SHORTENED = re.compile(r"[’'](?:ll|ve|re|m|d|t)$", re.IGNORECASE)
_LOCATED = re.compile(
    r"\b(?:in|at|near|into|through|across|from|on|(?<!said )to|of the)\s+(?:the\s+)?$"
)
_TITLED = re.compile(r"(?:Mr|Mrs|Miss|Ms|Dr|Sir|Lady|Lord|Captain|Colonel|Aunt|Uncle|Doctor)\b")


@dataclass(frozen=True, slots=True)
class PersonMentions:
    """Somebody: the name most used for them, and the places of the sentences that name them."""

    name: str
    places: tuple[int, ...]


def people(sentences: Sequence[str]) -> list[PersonMentions]:
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
            location = sentence.find(mention.raw, start)
            if location < 0 or person(name) is None or (speaker and location == 0):
                continue
            if places[name][-1:] != [at]:
                places[name].append(at)
            start = location + 1
            inside[name] += location > _OPENING
            previous, after = sentence[:location], sentence[location + len(mention.raw) :]
            titled = _TITLED.match(name) is not None
            personal[name] += (
                titled or bool(_AFTER.match(after)) or bool(_PREVIOUS.search(previous))
            )
            personal[name] += bool(_ADDRESSED.search(previous) and _ADDRESS_ENDS.match(after))
            personal[name] -= bool(_LOCATED.search(previous))
            # “Ines Moreau led the project. She …”
            personal[name] += location <= _OPENING and bool(_GOES_ON.match(_at(sentences, at + 1)))
    small = Counter(_SMALL.findall(" ".join(sentences)))
    surnames = {name.rpartition(" ")[2] for name in places if " " in name}
    for name in list(places):
        frequency = small[name.lower()] > inside[name]
        times = len(places[name])
        existing = _is_name(name, times if name in surnames else inside[name], times)
        if not existing or (frequency and is_probably_verb(name)):
            del places[name]
    for name in places:
        # Who is named in full is called by the surname alone afterwards.
        supplied, _, surname = name.partition(" ")
        personal[name] += supplied not in places and surname in places
    short = len(sentences) < _SHORT
    minimum = max(_SPARSE if short else _MINIMUM, _SHARE * len(sentences))
    matches = [
        PersonMentions(
            _best_name(group, places), tuple(sorted({at for name in group for at in places[name]}))
        )
        for group in _groups(places)
        if _is_person(group, places, personal, short)
    ]
    matches = [item for item in matches if len(item.places) >= minimum]
    return sorted(matches, key=lambda item: -len(item.places))


def _speakers(sentences: Sequence[str]) -> dict[str, str]:
    """The labels of those who speak in turns, each with the name; none where one says it all."""
    labels = Counter(match[1] for sentence in sentences if (match := _SPEAKER.match(sentence)))
    turns = [item for item, times in labels.items() if times >= _SPARSE]
    names = {turn: turn.title() if turn.isupper() else turn for turn in turns}
    names = {item: name for item, name in names.items() if person(name) is not None}
    return names if len(names) > 1 else {}


def _is_person(
    names: Sequence[str], places: dict[str, list[int]], personal: Counter[str], short: bool
) -> bool:
    """Whether enough of what is said with these names is said of a person."""
    # In a short text a full name needs no more than one sign.
    minimum = 1 if short and any(" " in name for name in names) else 2
    share = _PERSONAL * sum(len(places[name]) for name in names)
    return sum(personal[name] for name in names) >= max(minimum, share)


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
    for name in sorted(places, key=lambda item: -len(places[item])):
        candidate = person(name)
        assert candidate is not None
        parts = (candidate.surname, *candidate.forenames[:1])
        closeness = sorted(having[parts[0]].union(*(having[part] for part in parts[1:])))
        at = next((at for at in closeness if _same_person(candidate, groups[at][0])), len(groups))
        if at == len(groups):
            groups.append(([], []))
        groups[at][0].append(candidate)
        groups[at][1].append(name)
        for part in parts:
            having[part].add(at)
    for existing, names in [
        group for group in groups if all(candidate.is_surname for candidate in group[0])
    ]:
        # “Hallward” is Basil, where nobody else has that surname.
        surname = existing[0].surname
        relatives = [
            item
            for item in map(groups.__getitem__, sorted(having[surname]))
            if item[1] is not names
            and any(
                candidate.surname == surname and not candidate.is_surname for candidate in item[0]
            )
        ]
        if len(relatives) == 1:
            relatives[0][1].extend(names)
            names.clear()
    return [sorted(names, key=lambda item: -len(places[item])) for _, names in groups if names]


def _same_person(candidate: Person, existing: Sequence[Person]) -> bool:
    """Whether somebody is whom these names are of: “Sibyl” is Sibyl Vane, “Vane” may be."""
    first = existing[0]
    if candidate.is_surname or first.is_surname:
        supplied = {item.forenames[0] for item in existing if item.forenames}
        if candidate.is_surname and candidate.surname in supplied:
            return True
        if (
            first.is_surname
            and candidate.forenames
            and candidate.forenames[0] == first.surname
            and not first.title
        ):
            return True
    relatives = [item for item in existing if item.surname == candidate.surname]
    return bool(relatives) and all(may_match(candidate, item) for item in relatives)


def _best_name(group: Sequence[str], places: dict[str, list[int]]) -> str:
    """The fullest of the names that are used often enough."""
    maximum = len(places[group[0]])
    frequency = [
        name for name in group if len(places[name]) >= max(maximum / _SELDOM, min(2, maximum / 6))
    ]
    return max(frequency, key=lambda name: (len(name.split()), len(places[name])))
