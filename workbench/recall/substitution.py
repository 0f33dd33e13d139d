"""Repeats the last question for another thing: “And a service?”, “And for the Merel?”, “And D?”.

The fragment replaces the phrase of its kind in the question. The kind is determined by preposition,
noun (“the south flat” for “the north flat”), form (a letter or number after a noun, a name, a time,
an owner), or else by role: without a preposition it replaces the topic.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.phrases import PhraseParser
from ingest.language.tagging import tagged
from ingest.language.times import is_time
from ingest.language.verbs import forms
from ingest.patterns import later
from ingest.triples.lexicon import verbable
from workbench.memory import words
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall.open_words import ASKS, PHRASE, Line, read

#: Auxiliaries in the present → past.
_PAST_AUX = {"is": "was", "are": "were", "am": "was", "do": "did", "does": "did"}
_PRESENT_AUX = {"was": "is", "were": "are", "did": "does"}
_AUXILIARY = later(rf"\b(?:{'|'.join((*_PAST_AUX, *_PRESENT_AUX))})\b", re.IGNORECASE)
_PAST = frozenset(("last", "yesterday", "ago", "previous"))
_PRESENT = frozenset(("this", "now", "today", "tonight", "next", "tomorrow"))
#: A letter, a number or a code after a noun that distinguishes it.
_DESIGNATOR = later(r"[A-Z]|\d+|[A-Z]+-?\d+")
#: Tags between coordinated phrases, within a phrase, and at its beginning.
_CONJUNCTIONS = frozenset(("&", ",", ",&"))
_INSIDE, _START = PHRASE | frozenset("JRCYLm"), frozenset("DS")
#: Quantities after “how”, whose noun is sought.
_MEASURES = frozenset(("many", "much"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A flat noun phrase of a question: the characters `[start, end)`, and its preposition or "".

    `nouns` are its words without determiner, `owner` whether “'s” follows.
    """

    text: str
    start: int
    end: int
    preposition: str
    determiner: str
    nouns: tuple[str, ...]
    owner: bool

    @property
    def designator(self) -> str:
        """The letter, number or code at its end."""
        return self.nouns[-1] if _DESIGNATOR.fullmatch(self.nouns[-1]) else ""

    @property
    def head(self) -> str:
        """Its head noun in lower case, "" for a designator alone."""
        nouns = self.nouns[:-1] if self.designator else self.nouns
        return nouns[-1].lower() if nouns else ""

    @property
    def time(self) -> bool:
        """Whether this is a time."""
        tokens = tagged(self.text)
        phrase = PhraseParser(self.text, tokens).phrase(0, len(tokens))
        return is_time(phrase, self.preposition)

    @property
    def kind(self) -> str:
        """The kind: time, designator, person, name or noun."""
        if self.time:
            return "time"
        if self.designator:
            return "designator"
        if not all(noun[0].isupper() for noun in self.nouns):
            return "noun"
        from workbench.memory.graph.people import person

        return "person" if not self.determiner and person(" ".join(self.nouns)) else "name"


@dataclass(frozen=True, slots=True)
class Substitution:
    """A question for another thing, `about` that thing, "" for a time or an owner.

    Sentences on it contain a word of `new` or none of `old`.
    """

    question: str
    about: str = ""
    old: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()

    def contradicts(self, sentence: str) -> bool:
        """Whether a sentence is on the replaced thing only."""
        stems = _stems(sentence)
        return bool(self.old) and self.old <= stems and self.new.isdisjoint(stems)


def substituted(question: str, fragment: str) -> Substitution:
    """The question for the thing in a fragment.

    A fragment without a noun phrase is appended to the question.
    """
    line = read(fragment)
    # The article of “A and D” is a designator, as after a conjunction.
    parts = list(slots(read(f"and {fragment}") if line.tags.startswith("D&") else line))
    # “The one to Corr” means Corr.
    parts = [part for part in parts if part.head != "one"] or parts
    if not parts:
        return Substitution(f"{question} {fragment}?")
    topic, previous = "", _stems(question)
    for part in parts:
        question = _replaced(question, part, fragment)
        topic = topic or ("" if part.time or part.owner else _name_in_question(question, part))
    stems = _stems(question)
    return Substitution(f"{question}?", topic, previous - stems, stems - previous)


def _stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    result = set(words.sequence(text)) - ENGLISH_STOP
    return frozenset(words.forms(word, "en")[0] for word in result)


def with_heads(question: str, previous: str) -> str:
    """The question with the noun of a former one before a bare designator.

    “And what colour is C?” after “How heavy is product B?” asks for product C.
    """
    existing = [slot for slot in slots(read(previous)) if slot.designator and slot.head]
    for slot in reversed(slots(read(question))):
        single = slot.designator and not slot.head and not slot.time and not slot.determiner
        same = [item for item in existing if _form(item.designator) == _form(slot.designator)]
        if single and same:
            noun = _noun_phrase(same[-1], same[-1].nouns[:-1], "")
            question = f"{question[: slot.start]}{noun} {question[slot.start :]}"
    return question


def slots(line: Line) -> list[Slot]:
    """The flat noun phrases of a question in order, without what is asked for.

    Coordinated phrases are one, of the kind of the first: “A and D”.
    """
    merged: list[Slot] = []
    for slot in _single_slots(line):
        last = merged[-1] if merged else slot
        if read(line.text[last.end : slot.start]).tags in _CONJUNCTIONS and not last.time:
            merged[-1] = replace(last, text=line.text[last.start : slot.end], end=slot.end)
        else:
            merged.append(slot)
    return merged


def _single_slots(line: Line) -> Iterator[Slot]:
    verb = _verb(line)
    start: int | None = None
    for at in range(_opening(line), len(line.tokens) + 1):
        tag = line.tags[at] if at < len(line.tokens) else "."
        inside = tag in _INSIDE or tag in _START or (tag in "VB" and verb is not None)
        designated = start is not None and at > start + 1 and _is_designator(line, at - 1)
        finished = not inside or at == verb or tag in _START or (designated and tag not in PHRASE)
        if start is not None and finished:
            slot = _slot(line, start, at)
            if slot is not None:
                yield slot
            start = None
        if inside and at != verb and start is None and not (designated and tag not in _START):
            start = at


def _is_designator(line: Line, at: int) -> bool:
    return _DESIGNATOR.fullmatch(line.words[at]) is not None


def _opening(line: Line) -> int:
    """The start of a question's phrases: after “which hall” and “how many eggs”."""
    tokens = [word.lower() for word in line.words]
    first = next((at for at, word in enumerate(tokens[:2]) if word in ASKS), None)
    if first is None:
        return 0
    at = first + 1
    if tokens[first] == "how" and line.tags[at : at + 1] == "J":
        # “How heavy”
        return at + 1
    noun = tokens[first] in ("which", "whose", "what") or tokens[at : at + 1] in (
        ["many"],
        ["much"],
    )
    while noun and at < len(tokens) and (line.tags[at] in _INSIDE or tokens[at] in _MEASURES):
        at += 1
    return at


def _verb(line: Line) -> int | None:
    """The position of the main verb of a question with “do” or “be”.

    The tagger may take it for a noun after one (“does the Corva 5 cost”).
    """
    aux = line.tags.find("O")
    if aux < 0:
        return _participle(line)
    places = range(aux + 2, len(line.tokens))
    tagged_so = [at for at in places if line.tags[at] in "VBH" and line.tags[at - 1] not in "DSI"]
    final = len(line.tokens) - 1
    ends = final in places and line.tags[final] in "NVBLJ" and line.tags[final - 1] not in "DSIT"
    if ends and line.words[final].islower() and verbable(line.words[final]):
        return final if not tagged_so or tagged_so[0] == final - 1 else tagged_so[-1]
    if tagged_so:
        return tagged_so[0]
    nouns = [at for at in places if line.tags[at] in "NJ" and line.tags[at - 1] in "NEC"]
    return next((at for at in nouns if verbable(line.words[at]) and line.words[at].islower()), None)


def _participle(line: Line) -> int | None:
    """The position of a participle after its object: “Where is the key kept”."""
    places = range(line.tags.find("X") + 2, len(line.tokens)) if "X" in line.tags else ()
    return next(
        (
            at
            for at in places
            if line.tags[at - 1] in "NEJ"
            and any(form.form == "participle" for form in forms(line.words[at]))
        ),
        None,
    )


def _slot(line: Line, start: int, end: int) -> Slot | None:
    determined = line.tags[start] in _START
    nouns = tuple(line.words[start + determined : end])
    if not nouns:
        return None
    first = line.tokens[start].start
    text = line.text[first : line.tokens[end - 1].end]
    previous = line.words[start - 1].lower() if start and line.tags[start - 1] in "ITA" else ""
    owner = line.text[line.tokens[end - 1].end :].startswith(("'s", "’s", "'", "’"))
    determiner = line.words[start].lower() if determined else ""
    return Slot(text, first, first + len(text), previous, determiner, nouns, owner)


# -- replacement -------------------------------------------------------------------------------


def _replaced(question: str, part: Slot, fragment: str) -> str:
    present = slots(read(question))
    if part.owner:
        slot = next((slot for slot in present if slot.owner), None)
        return question if slot is None else _splice(question, slot, part.text)
    if part.time:
        return _at_time(question, part, fragment, present)
    slot = _of_its_kind(part, present)
    if slot is None:
        return f"{question} {part.preposition} {part.text}".replace("  ", " ")
    wording = part.text
    if part.designator and not part.head and slot.designator:
        names = wording.removeprefix(part.determiner).strip()
        wording = _noun_phrase(slot, slot.nouns[:-1], names)
    elif part.head == "one" and len(part.nouns) > 1:
        wording = _noun_phrase(slot, part.nouns[:-1], slot.head)
    return _splice(question, slot, wording)


def _noun_phrase(slot: Slot, nouns: Sequence[str], final: str) -> str:
    """A noun phrase with the determiner of another one."""
    return " ".join((slot.determiner, *nouns, final)).strip()


def _of_its_kind(part: Slot, present: Sequence[Slot]) -> Slot | None:
    """The phrase that a part of a fragment replaces; None if it is added."""
    entities = [slot for slot in present if not slot.time]
    if part.designator and not (part.head or part.preposition):
        # A bare year is only a number, but replaces another year.
        years = [slot for slot in present if slot.time and slot.text.isdigit()]
        if years and len(years[0].text) == len(part.text):
            return years[0]
    if part.preposition:
        same = [slot for slot in entities if slot.preposition == part.preposition]
        if same:
            return max(same, key=lambda slot: slot.kind == part.kind)
        return next((slot for slot in entities if slot.kind == part.kind != "noun"), None)
    if not entities:
        return None

    def likeness(slot: Slot) -> tuple[bool, bool, bool, bool, bool]:
        return (
            bool(part.head) and slot.head == part.head,
            slot.kind == part.kind and _form(slot.designator) == _form(part.designator),
            slot.kind == part.kind,
            {slot.kind, part.kind} <= {"person", "name", "designator"},
            not slot.preposition,
        )

    return max(entities, key=likeness)


def _form(designator: str) -> str:
    """The form of a designator: letter, number or code."""
    return "".join(dict.fromkeys("0" if sign.isdigit() else "A" for sign in designator))


def _splice(question: str, slot: Slot, text: str) -> str:
    return f"{question[: slot.start]}{text}{question[slot.end :]}"


def _name_in_question(question: str, part: Slot) -> str:
    """The name of a fragment's part as it appears in the completed question."""
    same = [slot for slot in slots(read(question)) if slot.text.endswith(part.text)]
    return same[0].text if same else part.text


def _at_time(question: str, part: Slot, fragment: str, present: Sequence[Slot]) -> str:
    """The question for another time, in the matching tense."""
    times = [slot for slot in present if slot.time]
    same = [slot for slot in times if slot.preposition == part.preposition]
    wording = f"{part.preposition} {part.text}".strip()
    if same and part.preposition:
        return _splice(question, same[0], part.text)
    for slot in reversed([slot for slot in times if _interchangeable_times(slot, part)]):
        start = slot.start - len(f"{slot.preposition} ") if slot.preposition else slot.start
        question = f"{question[:start].rstrip()}{question[slot.end :]}"
    vocabulary = {word.lower() for word in read(fragment).words}
    tense = _PAST_AUX if vocabulary & _PAST else _PRESENT_AUX if vocabulary & _PRESENT else {}
    aux = _AUXILIARY.search(question)
    if aux is not None and (other := tense.get(aux[0].lower())):
        question = f"{question[: aux.start()]}{other}{question[aux.end() :]}"
    return f"{question} {wording}"


def _interchangeable_times(slot: Slot, part: Slot) -> bool:
    """Whether one time can replace another: not that of a meal that of a day."""
    return slot.preposition != "for" and part.preposition != "for"
