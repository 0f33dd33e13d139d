"""When are two claims about the same thing? A newer one then takes the place of the older.

"My plan is pro" and "my plan is gold" have one topic; "the blue door code" and "the red door code"
have two. Things that one can have many of (liking, playing) have no topic: there only a denial of
the very same takes something's place.
"""

import hashlib
from collections.abc import Iterable

from workbench.memory.facts import facets, speech
from workbench.memory.facts.claims import Claim, Slot, Statement, dense_words, is_dense
from workbench.memory.facts.reading import Token
from workbench.memory.facts.times import time_span
from workbench.store.facts import ClaimRow

#: Verbs whose object is what is spoken of: a thing has one owner, an owner many things.
_OF_OBJECT = speech.these("own possess manage lead head supervise run employ chair oversee")


def number(text: str) -> int:
    """A signed 64-bit number that stands for a text; never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) or 1


def row(statement: Statement, claim: Claim) -> ClaimRow:
    """A claim as it is stored."""
    about, value = parts(statement, claim)
    start, end = statement.span(value.first, value.last) if value else (0, 0)
    subject = ""
    if about:
        begin, stop = statement.span(about.first, about.last)
        subject = statement.text[begin:stop]
    said = topic(statement, claim)
    return ClaimRow(
        topic=number(said) if said else 0,
        content=number(_content(statement, claim)),
        subject=subject,
        relation=claim.verb if claim.verb != "be" else "is",
        start=start,
        end=end,
        negative=claim.negative,
        confidence=0.6 if claim.doubtful else 1.0,
    )


def parts(statement: Statement, claim: Claim) -> tuple[Slot | None, Slot | None]:
    """What a claim is about, and its value."""
    about = claim.slot("key") or claim.slot("subject") or (claim.slots[0] if claim.slots else None)
    value = claim.slot("value") or next((s for s in claim.slots if s is not about), None)
    return about, value


def topic(statement: Statement, claim: Claim) -> str:
    """What a claim settles; "" where it settles nothing."""
    key = claim.slot("key")
    if claim.negative or (key and any(t.word in speech.FORMER for t in _tokens(statement, key))):
        return ""
    if key is not None:
        return _of_key(statement, claim, key)
    if claim.verb == "have":
        thing = claim.slot("object")
        if thing is None or not any(map(facets.is_number, _tokens(statement, thing))):
            return ""
        counted = [t for t in _tokens(statement, thing) if not facets.is_number(t)]
        return _name("have", [*_words(statement, claim.slot("subject")), *_canonical(counted)])
    if claim.verb not in speech.FUNCTIONAL:
        return ""
    of = claim.slot("object" if claim.verb in _OF_OBJECT else "subject")
    if of is None or len(claim.slots) < 2:
        return ""
    for frame in speech.FRAMES.get(claim.verb, ()):
        if claim.slot(frame.part) and claim.slot(frame.holder) is of:
            noun = min(map(_one, frame.nouns))
            return _name("be", [noun, *_words(statement, of)])
    roles = sorted(slot.role for slot in claim.slots if slot is not of)
    return _name(f"{claim.verb} {roles[0]}", _words(statement, of))


def _of_key(statement: Statement, claim: Claim, key: Slot) -> str:
    tokens = _tokens(statement, key)
    if len(tokens) == 1 and is_dense(tokens[0].raw):
        return _name("be", dense_words(tokens[0].raw))
    value = claim.slot("value")
    about = _words(statement, key)
    bare = all(token.capital and not token.owner for token in tokens)
    if value is not None and bare:
        said = _tokens(statement, value)
        if said[0].word == "the":
            # "Paris is the capital of France" settles what the capital is, not what Paris is.
            return _name("be", _words(statement, value))
        return ""
    if not about:
        # "I am on the pro plan": no words of its own to be found by.
        return ""
    other = value or claim.slots[1]
    if time_span(statement.tokens, other.first, other.last) == (other.first, other.last):
        return _name("be when", about)
    if value is None:
        role = "in" if claim.slots[1].role in speech.PLACE_PREPOSITIONS else claim.slots[1].role
        return _name(f"be {role}", about)
    return _name("be", about)


def _content(statement: Statement, claim: Claim) -> str:
    said = [word for slot in claim.slots for word in _words(statement, slot)]
    return _name(claim.verb, said)


def _tokens(statement: Statement, slot: Slot) -> list[Token]:
    return list(statement.tokens[slot.first : slot.last])


def _words(statement: Statement, slot: Slot | None) -> list[str]:
    if slot is None:
        return []
    keys = facets.keys(statement, slot.first, slot.last)
    return [_one(min(sorted(key.kin), key=len)) for key in keys
            if key.word not in speech.FRESH | speech.ADVERBS]  # fmt: skip


def _canonical(tokens: Iterable[Token]) -> list[str]:
    return [_one(token.word) for token in tokens if token.word not in speech.DETERMINERS]


def _one(word: str) -> str:
    """One word for all that mean the same."""
    alike = speech.ALIASES.get(word, frozenset())
    return min(alike | {word})


def _name(relation: str, said: Iterable[str]) -> str:
    return relation + "|" + " ".join(sorted(set(said)))
