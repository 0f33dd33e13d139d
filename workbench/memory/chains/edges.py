"""Follows one relation from a thing to another through claims; shared words alone are not enough.

A claim joins two phrases by a verb. The thing must be the whole of one phrase (or what is left of
it without the relation's noun: "the owner of Aurora"), then the other phrase is where it leads.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.word_lists import classes
from workbench.memory.chains.phrases import KINDS, Phrase, alike, bare, names, of_tokens, phrase
from workbench.memory.chains.relations import Noun, Relation, Way
from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, is_dense, read
from workbench.memory.facts.question_parts import GENERIC
from workbench.memory.facts.reading import Token

#: Verbs by which a thing stands beside something of a kind: "works in the AKST timezone".
_BESIDE = classes("memory.txt")["chains_edges_beside"]
#: Verbs whose object has one doer at a time, not their subject one object.
_OF_OBJECT = frozenset(
    frame.verb
    for frames in speech.FRAMES.values()
    for frame in frames
    if (frame.part, frame.holder) == ("subject", "object")
)
_COPULAS = frozenset(("is", "be", "call"))
_OF = frozenset(("of", "for", "on", "at", "in", "to"))
_PLACED = classes("memory.txt")["chains_edges_placed"]
_NEAR = frozenset(("in", "at"))
_CALLED = frozenset(("named", "called"))
#: Words after a noun that add nothing to it: "capital city", "owner name".
_ADDED = GENERIC | frozenset(("city", "town", "name", "person"))
#: What is told of a thing beside the claim: ", who lives in Bergen".
_ASIDE = re.compile(
    r",\s+(?:who|whom|whose|which|where)\b.*|\s+\([^()]*\)?$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Said:
    """One claim with two ends: `lead` is the word before the value, `place` the claim's place."""

    place: int
    subject: str
    verb: str
    lead: str
    value: str
    confidence: float
    negative: bool

    @classmethod
    def of(
        cls, place: int, ends: tuple[str, str, str, str], confidence: float, *, negative: bool
    ) -> "Said":
        """A claim from its `ends`: subject, verb, lead and value; "of" may stand in the value."""
        subject, verb, lead, value = ends
        if value[:3].lower() == "of ":
            lead, value = "of", value[3:]
        return cls(place, _plain(subject), verb, lead, _plain(value), confidence, negative)


def _plain(text: str) -> str:
    """A part without what is told beside it."""
    return _ASIDE.sub("", text) if "," in text or "(" in text else text


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a claim leads: `value`, in the words of `whole`.

    `one` says that a thing has one such answer at a time.
    """

    value: str
    one: bool
    whole: str = ""


@lru_cache(maxsize=4000)
def claimed(sentence: str) -> tuple[Said, ...]:
    """What a sentence claims by itself, as pairs."""
    statement = read(sentence)
    return tuple(
        said
        for place, claim in enumerate(statement.claims)
        for said in _spread(statement, place, claim)
    )


def _spread(statement: Statement, place: int, claim: Claim) -> Iterator[Said]:
    """A claim as pairs: what it is about with every other part of it."""
    about = claim.slot("key") or claim.slot("subject") or (claim.slots[0] if claim.slots else None)
    for slot in claim.slots:
        if about is None or slot is about:
            continue
        lead = slot.role if slot.role in speech.PREPOSITIONS else ""
        verb = "is" if claim.verb == "be" else claim.verb
        sure = 0.6 if claim.doubtful else 1.0
        ends = _text(statement, about), verb, lead, _text(statement, slot)
        if lead == "as" and verb == "have" and (thing := claim.slot("object")) is not None:
            # "Kenji has Lotte as his manager": his manager is Lotte.
            ends = f"{ends[0]}'s {_kind(ends[3])}", "is", "", _text(statement, thing)
        yield Said.of(place, ends, sure, negative=claim.negative)


def _kind(text: str) -> str:
    """A noun without its article or possessive: "his manager"."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in speech.DETERMINERS else text


def _text(statement: Statement, slot: Slot) -> str:
    start, end = statement.span(slot.first, slot.last)
    return statement.text[start:end]


def leads(relation: Relation, start: Phrase, said: Said) -> Lead | None:
    """Where a claim leads from `start`, in its own words; None where it does not."""
    if is_dense(said.subject):
        return _dense(relation, start, said)
    subject, value = phrase(said.subject), phrase(said.value)
    at_subject, at_value = names(said.subject, start), names(said.value, start)
    for way in relation.ways:
        if way.verb != ("be" if said.verb == "is" else said.verb) or not _led(way, said.lead):
            continue
        if not way.back and at_subject:
            return Lead(said.value, said.verb not in _OF_OBJECT)
        if way.back and at_value:
            return Lead(said.subject, said.verb in _OF_OBJECT)
    if said.verb in _COPULAS:
        found = _named(relation, start, subject, value, at_subject=at_subject, at_value=at_value)
        if found is not None:
            return found
    return _beside(relation, value, said) if at_subject else None


def _led(way: Way, lead: str) -> bool:
    if not way.prep:
        return lead not in speech.PREPOSITIONS
    near = way.verb in _PLACED and way.prep in _NEAR
    return way.prep == lead or (near and lead in _NEAR)


def _named(
    relation: Relation,
    start: Phrase,
    subject: Phrase,
    value: Phrase,
    *,
    at_subject: bool,
    at_value: bool,
) -> Lead | None:
    """ "The owner of Aurora is Kenji", "Kenji is the owner of Aurora", from either end."""
    for noun in relation.nouns:
        rest = without(subject, noun)
        if rest is not None and _is(rest, start):
            return Lead(value.text, one=True)
        rest = without(value, noun, told=True)
        if rest is not None and _is(rest, start) and not subject.empty:
            return Lead(subject.text, one=True)
    for noun in relation.of:
        ends = ((subject, at_value), (value, at_subject))
        for end, there in ends:
            rest = without(end, noun, told=end is value) if there else None
            if rest is not None and not rest.empty:
                return Lead(rest.text, one=False)
    return None


def _is(rest: Phrase, start: Phrase) -> bool:
    return alike(rest, start) or (bool(rest.text) and names(rest.text, start))


def without(whole: Phrase, noun: Noun, *, told: bool = False) -> Phrase | None:
    """What a noun is said of: "the owner *of Aurora*", "*Aurora's* owner"; None where of nothing.

    Empty where the noun stands alone. With `told` it is told of somebody: "Sato is the lead
    engineer on Petrel".
    """
    for first, last in _runs(whole.tokens, noun):
        before, after = whole.tokens[:first], whole.tokens[last:]
        if after and after[0].word in _ADDED:
            after = after[1:]
        if before and before[-1].word == "and":
            before = ()
        if after and after[0].word == "and":
            # "The owner and manager of Aurora" is both.
            after = after[2:]
        of = _of(before, after, told=told)
        if of is None:
            continue
        while of and _idle(of[0]) and of[0].word not in speech.SELF:
            of = of[1:]
        if not of:
            return of_tokens("", ())
        if any(token.word in speech.FORMER for token in of[:1] if not token.capital):
            continue
        return phrase(bare(whole.text[of[0].start : of[-1].end]))
    return None


def _of(before: Sequence[Token], after: Sequence[Token], *, told: bool) -> Sequence[Token] | None:
    """The words around a noun that say of whom it is; None where they say something else."""
    if after:
        if after[0].word not in _OF or not all(map(_idle, before)):
            return None
        # "Due on Friday" is nothing of Friday's.
        return None if told and after[0].word != "of" and not before else after[1:]
    if any(token.owner for token in before[:-1]):
        # "Petrel's tech lead" leads no more than the tech.
        return None
    named = any(token.capital for token in before)
    if named and not (before[-1].capital or before[-1].numeric or before[-1].word in KINDS):
        return None
    return before


def _idle(token: Token) -> bool:
    """Whether a word before a noun says nothing else of it: "the", "current"."""
    return token.word in speech.DETERMINERS - speech.SELF or token.word in speech.FRESH


def _runs(found: Sequence[Token], noun: Noun) -> Iterator[tuple[int, int]]:
    """Where a noun stands, also in one word or two: "time zone"."""
    size = len(noun.words)
    joined = "".join(noun.words)
    for first in range(len(found)):
        window = found[first : first + size]
        if len(window) == size and noun.meets(window):
            yield first, first + size
        for last in range(first + 1, min(first + 4, len(found) + 1)):
            if last - first != size and "".join(t.word for t in found[first:last]) == joined:
                yield first, last


def _beside(relation: Relation, value: Phrase, said: Said) -> Lead | None:
    """ "Works in the AKST timezone", "has a salary of 50", "is due on Friday", "is in room 4"."""
    tokens = value.tokens
    for noun, prep in relation.adjectives if said.verb == "is" else ():
        for first, last in _runs(tokens, noun):
            if first == 0 and last + 1 < len(tokens) and tokens[last].word == prep:
                return _part(value, last + 1, len(tokens))
    if said.verb not in _BESIDE:
        return None
    for noun in relation.nouns:
        for first, last in _runs(tokens, noun):
            begin = last
            while begin < len(tokens) and tokens[begin].word in _ADDED:
                begin += 1
            led = begin < len(tokens) and tokens[begin].word in speech.PREPOSITIONS | _OF | _CALLED
            what = said.verb == "is" and not said.lead and begin < len(tokens)
            if what and (first or not led or not _adjective(tokens[last - 1])):
                # "Kenji is owner of Aurora" does not say who owns Kenji.
                continue
            begin += led
            if begin < len(tokens) and all(map(_idle, tokens[:first])):
                if led or said.lead or said.verb == "have":
                    return _part(value, begin, len(tokens))
            elif last == len(tokens) and not any(token.owner for token in tokens[:first]):
                begin = next((i for i in range(first) if not _idle(tokens[i])), first)
                if any(map(carries, tokens[begin:first])):
                    return _part(value, begin, first)
    return None


def _adjective(token: Token) -> bool:
    return token.word.endswith("ed") or token.word == "due"


def _part(value: Phrase, first: int, last: int) -> Lead:
    text = bare(value.text[value.tokens[first].start : value.tokens[last - 1].end])
    return Lead(text, one=True, whole=value.text)


def _dense(relation: Relation, start: Phrase, said: Said) -> Lead | None:
    """Chinese and Japanese: the thing and the relation together are the one end of the claim."""
    entity = start.text.strip()
    for noun in relation.nouns:
        name = noun.words[0]
        if said.subject.strip() in (f"{entity}{name}", f"{entity}的{name}", f"{entity}の{name}"):
            return Lead(said.value, one=True)
    return None
