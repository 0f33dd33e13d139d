"""Facts that say "he", "her" or "it" of whom the fact before names: "Tom is a baker. He is 44."

Such a fact is stored as it was told. Here it is read with the name in the place of the word, where
it was told just after a fact about somebody, so that a question with the name finds it. The same
goes for the second half of a sentence: "my aunt is from Chile and her name is Paula".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, read_again
from workbench.memory.facts.reading import Token, carries
from workbench.store.facts import FactRow

#: Facts in a row that may speak of the same one, and seconds between the first and the last.
RUN, TALK = 4, 600.0
_OWN = speech.these("his her its their")
_JOINING = speech.these("and or")
_OWNER = re.compile(r"['’]s?$", re.IGNORECASE)
_POINTS = re.compile(rf"\W*(?:{'|'.join(sorted(speech.THIRD))})\b", re.IGNORECASE)
#: What only she is called, or only he.
_KIN = (
    (speech.these("she her hers"), speech.these(
        "sister wife daughter mother mum mom aunt niece girlfriend grandmother grandma fiancee"
        " granddaughter stepmother widow")),
    (speech.these("he his"), speech.these(
        "brother husband son father dad uncle nephew boyfriend grandfather grandpa grandson"
        " stepfather")),
)  # fmt: skip
_THINGS = speech.these("it its they their")


@dataclass(frozen=True, slots=True)
class Named:
    """A fact with the name in the place of the word that pointed; `shift` is how much longer.

    From character `first` on it is the fact as it was told, `shift` further on.
    """

    row: FactRow
    text: str
    first: int
    shift: int


def points(text: str) -> bool:
    """Whether a fact begins with a word for somebody said before."""
    return _POINTS.match(text) is not None


def named(run: Sequence[FactRow]) -> Iterator[Named]:
    """The facts of a run that speak of whom its first fact is about; ids follow each other."""
    if not run:
        return
    for before, row in pairwise(run):
        near = row.id == before.id + 1 and 0 <= row.told - run[0].told <= TALK
        if not near or row.scope != run[0].scope or not points(row.text):
            return
        word = read_again(row.text).tokens[0]
        said_first = read_again(run[0].text)
        name = about(said_first, thing=word.word in _THINGS) or _kin(said_first, word.word)
        if name:
            said = f"{name}’s" if word.word in _OWN else name
            yield _put(row, read_again(row.text), word, said)


def _put(row: FactRow, statement: Statement, word: Token, said: str) -> Named:
    """The fact with these words in the place of one; what is drawn together with it is parted."""
    end = word.end
    drawn = next((t for t in statement.tokens if t.start == end and t.raw[0] in "'’ʼ"), None)
    if drawn is not None:
        said, end = f"{said} {drawn.word}", drawn.end
    text = f"{row.text[: word.start]}{said}{row.text[end:]}"
    return Named(row, text, word.start + len(said), len(said) - (end - word.start))


def within(row: FactRow) -> Iterator[Named]:
    """A fact whose second half speaks of what the first is about, with that in its place.

    "… and her name is Paula", "… and Omar's is 5177", "… and the password is kelp9".
    """
    statement = read_again(row.text)
    if len(statement.claims) < 2 or points(row.text):
        return
    tokens, first = statement.tokens, statement.claims[0]
    if not first.slots:
        return
    others = any(_may_be_meant(first, slot, tokens) for slot in first.slots[1:])
    key = first.slots[0]
    words = tokens[key.first : key.last]
    if any(token.word in _JOINING or token.word == "i" for token in words):
        return
    begin, end = statement.span(key.first, key.last)
    name = row.text[begin:end]
    for claim in statement.claims[1:]:
        slot = claim.slots[0]
        word, size = tokens[slot.first], slot.last - slot.first
        if slot.first <= key.first:
            continue
        if word.word in speech.THIRD:
            if not others or word.word in _THINGS:
                yield _put(row, statement, word, f"{name}’s" if word.word in _OWN else name)
        elif word.owner and size == 1:
            owner = next((at for at in range(key.first, key.last - 1) if tokens[at].owner), None)
            if owner is not None:
                noun = row.text[tokens[owner].end : end].strip()
                yield _put(row, statement, word, f"{word.raw} {noun}")
        elif word.word == "the" and size == 2 and first.verb in ("be", "call", "have"):
            yield _put(row, statement, word, name)


def _may_be_meant(claim: Claim, slot: Slot, tokens: Sequence[Token]) -> bool:
    """Whether another part of a claim names somebody of whom "he" may be said as well."""
    if claim.verb in ("be", "call") and slot.role in ("value", "from"):
        return False
    return _names(slot, tokens)


def about(statement: Statement, *, thing: bool = False) -> str:
    """The name of whom a fact is about; "" where that cannot be told, or others are named, too.

    Of a `thing` it need be no name.
    """
    if not statement.claims or points(statement.text):
        return ""
    claim = statement.claims[0]
    for slot in claim.slots if claim.verb == "be" else claim.slots[:1]:
        if slot.role not in ("key", "subject", "object", "value"):
            continue
        tokens, last = statement.tokens, slot.last
        owner = next((at for at in range(slot.first, last) if tokens[at].owner), None)
        if owner is not None and not thing:
            last = owner + 1
        said = tokens[slot.first : last]
        if any(token.word in speech.SELF | _JOINING for token in said):
            continue
        named = _is_name(said)
        others = [each for each in claim.slots if each is not slot]
        if named and not thing and any(_names(each, tokens) for each in others):
            return ""
        if named or (thing and slot is claim.slots[0]):
            start, end = statement.span(slot.first, last)
            return _OWNER.sub("", statement.text[start:end])
    return ""


def _kin(statement: Statement, word: str) -> str:
    """The name of whose kind only "she" is said: "Ravi's sister is Meera. She …"; "" for none."""
    nouns = next((of for words, of in _KIN if word in words), frozenset())
    claim = statement.claims[0] if len(statement.claims) == 1 else None
    if claim is None or claim.verb not in ("be", "call") or len(claim.slots) != 2 or claim.negative:
        return ""
    key, value = claim.slots
    said, tokens = statement.tokens[value.first : value.last], statement.tokens
    if key.role != "key" or tokens[key.last - 1].word not in nouns or not _is_name(said):
        return ""
    owned = any(token.owner for token in tokens[key.first : key.last - 1])
    if not owned or any(t.owner or t.after.strip(".") or t.word in _JOINING for t in said[:-1]):
        return ""
    start, end = statement.span(value.first, value.last)
    return statement.text[start:end]


def _is_name(said: Sequence[Token]) -> bool:
    carrying = [token for token in said if carries(token)]
    return bool(carrying) and all(t.capital and not t.numeric for t in carrying)


def _names(slot: Slot, tokens: Sequence[Token]) -> bool:
    """Whether a part may name somebody else of whom "he" is said."""
    said = tokens[slot.first : slot.last]
    if slot.role in speech.PLACE_PREPOSITIONS:
        return False
    return _is_name(said) or any(token.owner for token in said)
