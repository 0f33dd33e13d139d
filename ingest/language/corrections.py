"""Corrections of what was told just before: “No wait, I mean 7:41”, “Oops, not 12 but 21”.

The new phrase takes the place of the last one of its sort, a time of a time, a number of a number,
a name of a name; what was told is taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.language.gaps import named_like
from ingest.language.phrases import Phrases
from ingest.language.records import Clause, Sentence, Thing, Token, with_role
from ingest.language.times import is_time
from ingest.language.word_lists import groups_of, words

_ROLES = ("complement", "object", "second", "subject")
_MARKS = (",", ":", ".", "-", "–", "—", ";")
_ASIDE = ("oh", "ah", "well", "hmm", "um")
#: What takes something back only before a mark.
_ALONE = ("no", "wait", "rather", "wrong", "correction")
#: Words of the longest phrase that takes something back, and clauses that one may take back.
_LONGEST, _LOOKED = 4, 4


@dataclass(frozen=True, slots=True)
class Correction:
    """A phrase that takes the place of `old`, or of the last phrase of its sort."""

    preposition: str
    new: Thing
    old: Thing | None = None


def corrected(
    sentence: Sentence, clauses: list[Clause], before: Sequence[Clause]
) -> tuple[list[Clause], Clause | None]:
    """The clauses with what they correct put in full, and the clause that they take back."""
    begin = _opening(sentence.tokens)
    near = [clause for clause in reversed(before[-_LOOKED:]) if clause.subject is not None]
    first = clauses[0] if begin and clauses else None
    for clause in near if first is not None and not first.negated else ():
        if _says_otherwise(first, clause):
            return clauses, replace(clause, negated=True)
    for correction in _corrections(sentence, begin) if near else ():
        for clause in near:
            changed = _amended(clause, correction)
            if changed is not None:
                adverbs = (*changed.adverbs, "instead")
                return [replace(changed, adverbs=adverbs)], replace(clause, negated=True)
    return clauses, None


def _says_otherwise(new: Clause | None, old: Clause) -> bool:
    """Whether a clause is an older one with another thing in one of its roles."""
    if new is None or new.verb != old.verb or new.subject is None or old.subject is None:
        return False
    if new.subject.head != old.subject.head or old.negated or new.tense != old.tense:
        return False
    if (
        new.subject.owner
        and old.subject.owner
        and new.subject.owner.words != old.subject.owner.words
    ):
        # Bo's number corrects nobody else's
        return False
    pairs = [(new.role(role), old.role(role)) for role in _ROLES]
    pairs += [(thing, old.role(preposition)) for preposition, thing in new.prepositions]
    return any(
        one is not None and other is not None and one.text.lower() != other.text.lower()
        for one, other in pairs
        if one is not new.subject
    )


def _opening(tokens: Sequence[Token]) -> int:
    """How many tokens at the beginning take back what was told; 0 for none."""
    at = end = 0
    while at < len(tokens):
        if tokens[at].low in (*_MARKS, *_ASIDE):
            at += 1
            continue
        length = _listed(tokens, at, "take_back")
        if not length:
            break
        at = end = at + length
    marked = end < len(tokens) and tokens[end].low in _MARKS
    while 0 < end < len(tokens) and tokens[end].low in _MARKS:
        end += 1
    denied = end < len(tokens) and tokens[end].low == "not"
    explicit = marked or denied or _listed(tokens, end, "meaning")
    # “No parking”, “wait ten minutes” take nothing back
    return 0 if end and not explicit and tokens[end - 1].low in _ALONE else end


def _listed(tokens: Sequence[Token], at: int, name: str) -> int:
    """How many tokens from here on are one phrase of a class of words."""
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if "_".join(token.low for token in tokens[at : at + length]) in words(name):
            return length
    return 0


def _corrections(sentence: Sentence, begin: int) -> Iterator[Correction]:
    """What a sentence without any clause of its own puts in the place of what was told."""
    tokens = sentence.tokens
    meant = _listed(tokens, begin, "meaning")
    # “It's the 14th” corrects nothing unless something is taken back
    alone = tokens[begin].low not in ("it", "that") if begin < len(tokens) else False
    start = begin + meant
    lows = [token.low for token in tokens[start:]]
    if not (begin or (meant and alone) or "not" in lows[:1]):
        return
    phrases = Phrases(sentence.text, tokens)
    denied = "not" in lows[:1]
    for sign, size in (("not", 1), ("instead", 2), ("rather", 2)) if not denied else (("but", 1),):
        if sign in lows:
            cut = start + lows.index(sign)
            one = _phrase(phrases, tokens, start + denied, cut)
            other = _phrase(phrases, tokens, cut + size, len(tokens))
            if one is not None and other is not None:
                new, old = (other, one) if denied else (one, other)
                yield Correction(*new, old[1])
    if denied and "," in lows:
        cut = start + lows.index(",")
        one = _phrase(phrases, tokens, start + 1, cut)
        other = _phrase(phrases, tokens, cut + 1, len(tokens))
        if one is not None and other is not None:
            yield Correction(*other, one[1])
    only = _phrase(phrases, tokens, start, len(tokens)) if not denied else None
    if only is not None and (begin or meant):
        yield Correction(*only)


def _phrase(
    phrases: Phrases, tokens: Sequence[Token], start: int, end: int
) -> tuple[str, Thing] | None:
    """The tokens of a span as one thing with its preposition; None where they are no phrase."""
    while start < end and tokens[start].low in _MARKS:
        start += 1
    while start < end and tokens[end - 1].low in _MARKS:
        end -= 1
    preposition = ""
    if end - start > 1 and tokens[start].may_be("I") and not tokens[start].may_be("D"):
        preposition, start = tokens[start].low, start + 1
    thing = phrases.thing(start, end) if start < end else None
    return None if thing is None or thing.kind in ("clause", "pronoun") else (preposition, thing)


def _amended(clause: Clause, correction: Correction) -> Clause | None:
    """A clause with the new phrase in the place of one of its sort; None where it has none."""
    for role, thing in _places(clause):
        if not _takes_place(correction, role, thing):
            continue
        new = named_like(correction.new, thing)
        if new.head == thing.head:
            new = replace(new, mods=new.mods | thing.mods, owner=new.owner or thing.owner)
        if role in _ROLES:
            return with_role(clause, role, new)
        phrases = tuple(
            (correction.preposition or p, new) if t is thing else (p, t)
            for p, t in clause.prepositions
        )
        return replace(clause, prepositions=phrases)
    return None


def _places(clause: Clause) -> Iterator[tuple[str, Thing]]:
    """The things of a clause, the last one first."""
    yield from reversed(clause.prepositions)
    for role in _ROLES:
        thing = clause.role(role)
        if thing is not None:
            yield role, thing


def _takes_place(correction: Correction, role: str, thing: Thing) -> bool:
    new, old, preposition = correction.new, correction.old, correction.preposition
    if old is not None:
        alike = old.number == thing.number if old.number else old.head == thing.head
        return alike or old.text.lower() == thing.text.lower()
    if preposition and (role in _ROLES or is_time(thing, role) != is_time(new, preposition)):
        return False
    one, other = _sort(new, preposition), _sort(thing, "" if role in _ROLES else role)
    if one == other == "time":
        figures = any(map(str.isdigit, new.text)), any(map(str.isdigit, thing.text))
        return figures[0] == figures[1] or bool(groups_of(new.head) & groups_of(thing.head))
    if one == "number" and other == "time":
        return any(map(str.isdigit, thing.text))
    return one == other or (role != "subject" and {one, other} == {"name", "noun"})


def _sort(thing: Thing, preposition: str) -> str:
    """What sort of phrase a thing is: a time, a number, or by its kind."""
    if is_time(thing, preposition):
        return "time"
    return "number" if thing.number or thing.kind == "number" else thing.kind
