"""The parts of a claim that can answer, each with the words that ask for it.

A claim "Bastian reports to Ilona" has the facets *to* → Ilona (asked by Bastian, report), *subject*
→ Bastian (report, Ilona) and, because reporting has a noun for its part, *value* → Ilona (Bastian,
manager). So both phrasings of a relation meet in the same facets, whichever was remembered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, carries
from workbench.memory.facts.reading import Token
from workbench.memory.facts.times import time_span


@dataclass(frozen=True, slots=True)
class Key:
    """A word that can be asked with: as it stands, its dictionary forms, and what it counts as."""

    word: str
    kin: frozenset[str]
    like: frozenset[str] = frozenset()
    name: bool = False
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a claim as an answer: tokens `[first, last)`.

    `role` is value, holder, subject, object, count or a preposition. `about` are the words that
    tell of what it is said, `beside` others of the clause; `verb` must be asked for, too, where
    there is one. `mine` says that it is said of the speaker.
    """

    role: str
    first: int
    last: int
    about: tuple[Key, ...]
    beside: tuple[Key, ...] = ()
    verb: Key | None = None
    mine: bool = False


def keys(statement: Statement, first: int, last: int) -> tuple[Key, ...]:
    """The words of a part that say something; none that are denied, as in "tea but not coffee"."""
    return spoken(statement, first, denial(statement, first, last))


def denial(statement: Statement, first: int, last: int) -> int:
    """Where in a part a denial begins: "but not coffee", "except Sunday"; its end for none."""
    for at in range(first + 1, last):
        before = statement.tokens[at - 1]
        if statement.tokens[at].word in ("except", "excluding"):
            return at
        if statement.tokens[at].word in ("no", "without") and before.word in ("but", "and"):
            # "A projector but no whiteboard".
            return max(at - 1, first + 1)
        if statement.tokens[at].word == "not" and (before.word == "but" or "," in before.after):
            return at - 1 if before.word == "but" and at - 1 > first else at
    return last


def spoken(statement: Statement, first: int, last: int) -> tuple[Key, ...]:
    """All words of a part that say something."""
    return tuple(
        key_of(token, at == 0)
        for at, token in enumerate(statement.tokens[first:last], start=first)
        if carries(token) and token.word not in speech.SELF
    )


def key_of(token: Token, begins: bool) -> Key:
    """How a token can be asked for; `begins` is where a capital letter means nothing."""
    name = token.capital and not begins
    forms = frozenset((token.word,)) if name else speech.kin(token.word)
    return Key(token.word, forms, _aliases(forms), name or token.owner, token.owner)


def _aliases(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(alias for form in forms for alias in speech.ALIASES.get(form, ()))


def facets(statement: Statement, claim: Claim) -> list[Facet]:
    """Everything that a claim can answer."""
    if claim.verb in ("be", "call") and claim.slot("key"):
        return _copular(statement, claim)
    return _verbal(statement, claim)


def _mine(statement: Statement, slots: Iterable[Slot | None]) -> bool:
    return any(
        token.word in speech.SELF
        for slot in slots
        if slot is not None
        for token in statement.tokens[slot.first : slot.last]
    )


def _copular(statement: Statement, claim: Claim) -> list[Facet]:
    key = claim.slots[0]
    about = keys(statement, key.first, key.last)
    mine = _mine(statement, [key])
    found: list[Facet] = []
    others = claim.slots[1:]
    for slot in others:
        beside = tuple(
            word for each in others if each is not slot
            for word in keys(statement, each.first, each.last)
        )  # fmt: skip
        if claim.under is not None:
            beside = (*beside, *keys(statement, claim.under.first, claim.under.last))
        if claim.verb == "call":
            beside = (*beside, Key("name", frozenset(("name", "call"))))
        found.append(Facet(slot.role, slot.first, slot.last, about, beside, None, mine))
        said = keys(statement, slot.first, slot.last)
        found.append(Facet("holder", key.first, key.last, said, (), None, False))
    value = claim.slot("value")
    if value is not None:
        found += _nominal(statement, key, value, mine)
    return found


def _nominal(statement: Statement, key: Slot, value: Slot, mine: bool) -> list[Facet]:
    """ "The owner of Aurora is Kenji" asked by the verb: who owns Aurora, what does Kenji own."""
    found: list[Facet] = []
    tokens = statement.tokens
    for at in range(key.first, key.last):
        if at + 1 < key.last and tokens[at + 1].word not in speech.PREPOSITIONS | {"of"}:
            # "My wife's birthday" says nothing of a wife.
            continue
        rest = tuple(
            word for i in range(key.first, key.last) if i != at
            for word in keys(statement, i, i + 1)
        )  # fmt: skip
        holder = _holder(tokens, key, at)
        parts: list[tuple[str, str, str]] = []
        for noun in speech.kin(tokens[at].word):
            parts += [(f.verb, f.part, f.holder) for f in speech.FRAMES_OF_NOUN.get(noun, ())]
            verb = speech.agent_verb(noun)
            if verb:
                parts.append((verb, "subject", "object"))
        for verb, part, of in dict.fromkeys(parts):
            said = Key(verb, speech.kin(verb))
            found.append(Facet(part, value.first, value.last, rest, (), said, mine))
            if holder is not None:
                there = keys(statement, value.first, value.last)
                found.append(Facet(of, holder[0], holder[1], there, (), said, False))
    return found


def _holder(tokens: Sequence[Token], key: Slot, at: int) -> tuple[int, int] | None:
    """Of whom or what the noun at `at` is said: "of Aurora", "Aurora's", "Aurora"."""
    if at + 2 < key.last and tokens[at + 1].word in ("of", "for"):
        return at + 2, key.last
    first = key.first
    while first < at and tokens[first].word in speech.DETERMINERS - speech.SELF:
        first += 1
    return (first, at) if first < at else None


def _verbal(statement: Statement, claim: Claim) -> list[Facet]:
    found: list[Facet] = []
    said = Key(claim.verb, speech.kin(claim.verb), _aliases((claim.verb,)))
    parts = [(slot, keys(statement, slot.first, slot.last)) for slot in claim.slots]
    # In the passive nobody may be named who does it: then it is about what it is done to.
    done = claim.slot("subject") is None
    for slot, _ in parts:
        about: list[Key] = []
        beside: list[Key] = []
        for other, its in parts:
            if other is slot:
                continue
            # What a fact is about is who does it; asked for him, it is what he does it to.
            principal = other.role == "subject" or (
                other.role == "object" and (slot.role == "subject" or done)
            )
            (about if principal else beside).extend(its)
        if not about:
            # "We meet every other Tuesday in room 4" is about nothing but us.
            timed = [key for other, its in parts if other is not slot
                     and time_span(statement.tokens, other.first, other.last)
                     == (other.first, other.last) for key in its]  # fmt: skip
            about, beside = [key for key in beside if key not in timed], timed
        mine = _mine(statement, [each for each, _ in parts if each is not slot])
        found.append(Facet(slot.role, slot.first, slot.last, tuple(about), tuple(beside), said,
                           mine))  # fmt: skip
    for frame in speech.FRAMES.get(claim.verb, ()):
        found += _framed(statement, claim, frame.part, frame.holder, frame.nouns)
    agents = speech.AGENTS.get(claim.verb)
    if agents:
        found += _framed(statement, claim, "subject", "object", agents)
    if claim.verb == "have":
        found += _had(statement, claim)
    return found


def _framed(
    statement: Statement, claim: Claim, part: str, holder: str, nouns: frozenset[str]
) -> list[Facet]:
    filler, of = claim.slot(part), claim.slot(holder)
    if filler is None or of is None:
        return []
    beside = tuple(
        word for slot in claim.slots if slot not in (filler, of)
        for word in keys(statement, slot.first, slot.last)
    )  # fmt: skip
    noun = Key(min(nouns), nouns, _aliases(nouns))
    about = keys(statement, of.first, of.last)
    mine = _mine(statement, [of])
    found = [Facet("value", filler.first, filler.last, about, beside, noun, mine)]
    # Whoever somebody reports to manages him: the same said by other verbs of these nouns.
    others = {f for each in nouns for f in speech.FRAMES_OF_NOUN.get(each, ())}
    there = keys(statement, filler.first, filler.last)
    for frame in sorted(others, key=lambda f: (f.verb, f.part, f.holder)):
        if frame.verb != claim.verb:
            said = Key(frame.verb, speech.kin(frame.verb))
            found.append(Facet(frame.part, filler.first, filler.last, about, beside, said, mine))
            found.append(Facet(frame.holder, of.first, of.last, there, beside, said, False))
    return found


def _had(statement: Statement, claim: Claim) -> list[Facet]:
    """ "Ada has a salary of 5,000" and "the tent has a red roof": an attribute with its value."""
    subject, thing = claim.slot("subject"), claim.slot("object")
    if subject is None or thing is None:
        return []
    of = next((i for i in range(thing.first + 1, thing.last - 1)
               if statement.tokens[i].word == "of"), None)  # fmt: skip
    if of is None:
        return []
    about = (*keys(statement, subject.first, subject.last), *keys(statement, thing.first, of))
    return [Facet("value", of + 1, thing.last, about, (), None, _mine(statement, [subject]))]


def counts(statement: Statement) -> list[Facet]:
    """Every number with the noun that it counts: "24 benches, 6 stalls"."""
    found: list[Facet] = []
    tokens = statement.tokens
    for at, token in enumerate(tokens[:-1]):
        if not is_number(token) or (at and is_number(tokens[at - 1]) and not tokens[at - 1].after):
            continue
        stop = at + 1
        while stop < len(tokens) and is_number(tokens[stop]) and not tokens[stop - 1].after:
            # "1.5 million" is one number.
            stop += 1
        if tokens[stop - 1].after.strip("*"):
            continue
        last = stop
        while (
            last < len(tokens)
            and last - stop < 3
            and not is_number(tokens[last])
            and (carries(tokens[last]))
        ):
            last += 1
            if tokens[last - 1].after or (
                speech.verb_of(tokens[last - 1].word) and last - stop > 1
            ):
                break
        noun = keys(statement, stop, last)
        if not noun:
            continue
        rest = tuple(
            word for i in range(len(tokens)) if not at <= i < last
            for word in keys(statement, i, i + 1)
        )  # fmt: skip
        mine = any(token.word in speech.SELF for token in tokens)
        found.append(Facet("count", at, stop, noun[:1] if len(noun) == 1 else noun, rest, None,
                           mine))  # fmt: skip
    return found


def is_number(token: Token) -> bool:
    """Whether a token is a number, in digits or a word."""
    return token.word[:1].isdigit() or token.word in speech.NUMBER_WORDS
