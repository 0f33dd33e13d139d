"""Corrections of what was told just before: “No wait, I mean 7:41”, “Oops, not 12 but 21”.

A correction opens (or closes) with words that take something back, and gives a phrase, a clause in
which one thing is another, or who it is instead; what was told is taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.language.amendments import Amendment, amended
from ingest.language.analyse import analyse
from ingest.language.coreference import resolved
from ingest.language.phrases import Phrases
from ingest.language.records import Clause, Sentence, Thing, Token
from ingest.language.times import is_time
from ingest.language.word_lists import words

_ROLES = ("complement", "object", "second", "subject")
_MARKS = (",", ":", ".", "-", "–", "—", ";", "!")
_ASIDE = ("oh", "ah", "well", "hmm", "um")
#: What takes something back only before a mark.
_ALONE = ("no", "wait", "rather", "wrong", "correction")
#: Words of the longest phrase that takes something back, tokens of the longest remark that does,
#: and clauses that one may take back.
_LONGEST, _REMARK, _LOOKED = 4, 8, 4


def corrected(
    sentence: Sentence, clauses: list[Clause], before: Sequence[Clause]
) -> tuple[list[Clause], Clause | None]:
    """The clauses with what they correct put in full, and the clause that they take back."""
    near = [clause for clause in reversed(before[-_LOOKED:]) if clause.subject is not None]
    if not near:
        return clauses, None
    begin, end, taken_back = _bounds(sentence.tokens)
    if taken_back:
        span = sentence.tokens[begin:end]
        inner = sentence.text[span[0].start : span[-1].end] if span else ""
        rest = [clause for part in analyse(inner).sentences[:1] for clause in part.clauses]
        if rest and _stands_for_verb(rest[0]):
            made = replace(near[0], subject=rest[0].subject)
            adverbs = (*made.adverbs, "instead")
            return [replace(made, adverbs=adverbs)], replace(near[0], negated=True)
        rest = resolved(rest, before)
        first = next(iter(rest), None)
        for clause in near if first is not None and not first.negated else ():
            if _says_otherwise(first, clause):
                return rest, replace(clause, negated=True)
    for clause in near:
        for amendment in _amendments(sentence, begin, end, clause, taken_back=taken_back):
            changed = amended(clause, amendment)
            if changed is not None:
                adverbs = (*changed.adverbs, "instead")
                return [replace(changed, adverbs=adverbs)], replace(clause, negated=True)
    return clauses, None


def points_back(text: str) -> bool:
    """Whether a statement may be of what was told just before it: “she”, “no, 14”, “the room”."""
    for sentence in analyse(text).sentences:
        tokens = sentence.tokens
        if any(token.low in words("anaphor") for token in tokens) or not sentence.clauses:
            return True
        if _bounds(tokens)[2] or _is_explicit(tokens, 0, _meaning(tokens, 0)):
            return True
        if tokens[-1].low in words("elliptic") or any(map(_is_bare, sentence.clauses)):
            return True
    return False


def _is_bare(clause: Clause) -> bool:
    """Whether a clause gives a value of “the day”, “the new room”, whatever it is of."""
    about = clause.object if clause.verb in words("change") else clause.subject
    about = about or clause.subject
    return clause.verb in {"be", *words("change")} and about is not None and _is_attribute(about)


def _is_attribute(thing: Thing) -> bool:
    """Whether a thing is “the room”, “new room”, which does not say of what."""
    said = thing.text.lower().split()
    return thing.owner is None and thing.kind != "name" and not {"the", "new"}.isdisjoint(said)


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


def _stands_for_verb(clause: Clause) -> bool:
    """Whether a clause is “Jonas is” or “Jonas does it”: it says who, and the rest as before."""
    thing = clause.object
    bare = clause.complement is None and not clause.prepositions
    empty = thing is None or (thing.kind == "pronoun" and thing.head in ("it", "that", "this"))
    named = clause.subject is not None and clause.subject.kind == "name"
    return clause.verb in ("be", "do") and bare and empty and named


def _bounds(tokens: Sequence[Token]) -> tuple[int, int, bool]:
    """The tokens without what takes something back before or behind them, and whether any does."""
    begin = _opening(tokens)
    end = len(tokens)
    marks = [at for at in range(begin, end) if tokens[at].low in _MARKS]
    if marks and _takes_back(tokens[marks[-1] + 1 :]):
        end = marks[-1]
    return begin, end, bool(begin) or end < len(tokens)


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
    explicit = marked or denied or _meaning(tokens, end)
    # “No parking”, “wait ten minutes” take nothing back
    if end and (explicit or tokens[end - 1].low not in _ALONE):
        return end
    first = next((k for k in range(len(tokens)) if tokens[k].low not in (*_MARKS, *_ASIDE)), 0)
    marks = (k for k in range(first, len(tokens)) if tokens[k].low in (*_MARKS, "but"))
    cut = next(marks, 0)
    return cut + 1 if _takes_back(tokens[first:cut]) else 0


def _takes_back(tokens: Sequence[Token]) -> bool:
    """Whether a remark says that something was wrong: “I mixed up the digits”, “my fault”."""
    lows = {token.low for token in tokens}
    return len(tokens) <= _REMARK and not lows.isdisjoint(words("retraction"))


def _listed(tokens: Sequence[Token], at: int, name: str) -> int:
    """How many tokens from here on are one phrase of a class of words."""
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if "_".join(token.low for token in tokens[at : at + length]) in words(name):
            return length
    return 0


def _meaning(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from here on lead to what is meant: “it should say”, “the right one is”."""
    low = [token.low for token in tokens[at:]]
    start = 1 if low[:1] and low[0] in words("meant_by") else 0
    if low[:1] == ["the"] and len(low) > 2 and low[1] in words("right"):
        start = 3
    end = start
    while end < len(low) and low[end] in words("meaning"):
        end += 1
    if end == start or (not start and low[0] not in words("meaning_alone")):
        return 0
    if not start and low[end : end + 1] in (["it"], ["that"]):
        # “correct that to 10”
        end += 1 + (low[end + 1 : end + 2] == ["to"])
    return end


def _is_explicit(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what is meant is said to be meant, and is not told of “it” alone."""
    lows = {token.low for token in tokens[at:end]}
    return not lows.isdisjoint(words("meaning_alone"))


def _amendments(
    sentence: Sentence, begin: int, end: int, clause: Clause, *, taken_back: bool
) -> Iterator[Amendment]:
    """What a sentence without any clause of its own puts in the place of what was told."""
    tokens = sentence.tokens[:end]
    meant = _meaning(tokens, begin)
    start = begin + meant
    lows = [token.low for token in tokens[start:]]
    phrases = Phrases(sentence.text, tokens)
    denied = "not" in lows[:1]
    if taken_back or (meant and _is_explicit(tokens, begin, start)) or denied:
        yield from _contrasted(phrases, tokens, start, lows, denied=denied)
        only = _phrase(phrases, tokens, start, len(tokens)) if not denied else None
        if only is not None:
            yield Amendment(*only)
        for cut in _cuts(tokens, start) if taken_back or meant else ():
            part = _phrase(phrases, tokens, start, cut) if not denied else None
            if part is not None:
                yield Amendment(*part)
    elif "not" in lows or "instead" in lows:
        yield from _contrasted(phrases, tokens, start, lows, denied=False)
    for cut in (*_cuts(tokens, 0), len(tokens)):
        part = _phrase(phrases, tokens, 0, cut)
        old = _same_sort(clause, part[1]) if part is not None else None
        if part is not None and old is not None:
            yield Amendment(*part, old)
    yield from _bridged(sentence.clauses, clause)


def _contrasted(
    phrases: Phrases, tokens: Sequence[Token], start: int, lows: list[str], *, denied: bool
) -> Iterator[Amendment]:
    """“10, not 8”, “not at 8 but at 10”, “not at 8, at 10”."""
    for sign, size in (("not", 1), ("instead", 2), ("rather", 2)) if not denied else (("but", 1),):
        if sign in lows:
            cut = start + lows.index(sign)
            one = _phrase(phrases, tokens, start + denied, cut)
            other = _phrase(phrases, tokens, cut + size, len(tokens))
            if one is not None and other is not None:
                new, old = (other, one) if denied else (one, other)
                yield Amendment(*new, old[1])
    if denied and "," in lows:
        cut = start + lows.index(",")
        one = _phrase(phrases, tokens, start + 1, cut)
        other = _phrase(phrases, tokens, cut + 1, len(tokens))
        if one is not None and other is not None:
            yield Amendment(*other, one[1])


def _cuts(tokens: Sequence[Token], start: int) -> list[int]:
    return [at for at in range(start + 1, len(tokens)) if tokens[at].low in _MARKS]


def _same_sort(clause: Clause, new: Thing) -> Thing | None:
    """The thing of a clause that a phrase by itself renews: “platform 6” after “platform 4”."""
    figures = any(map(str.isdigit, new.text))
    for thing in (clause.object, clause.complement, *(t for _, t in clause.prepositions)):
        if thing is None or thing.kind != new.kind or thing.head != new.head:
            continue
        if figures and any(map(str.isdigit, thing.text)) and thing.text != new.text:
            return thing
    return None


def _bridged(clauses: Sequence[Clause], old: Clause) -> Iterator[Amendment]:
    """“The room is 14 now”, “the day has changed to Tuesday”: of what was told before."""
    for clause in clauses:
        about, new = clause.subject or clause.object, clause.complement
        if clause.passive or clause.subject is None or clause.verb in words("change"):
            about = clause.object or clause.subject
            new = clause.role("to") or new
        if about is None or new is None or clause.negated or not _is_attribute(about):
            continue
        for preposition, thing in (*old.prepositions, ("", old.complement)):
            if old.negated or (thing is not None and thing.determiner):
                # “Arne is no longer the treasurer. The treasurer is Wilma.”
                continue
            timed = about.head in words("time_noun") and is_time(thing, preposition)
            if thing is not None and (timed or thing.head == about.head):
                yield Amendment("", new, thing)


def _phrase(
    phrases: Phrases, tokens: Sequence[Token], start: int, end: int
) -> tuple[str, Thing] | None:
    """The tokens of a span as one thing with its preposition; None where they are no phrase."""
    while start < end and tokens[start].low in _MARKS:
        start += 1
    while start < end and tokens[end - 1].low in _MARKS:
        end -= 1
    if start < end and tokens[end - 1].low == "now":
        end -= 1
    preposition = ""
    if end - start > 1 and tokens[start].may_be("I") and not tokens[start].may_be("D"):
        preposition, start = tokens[start].low, start + 1
    thing = phrases.thing(start, end) if start < end else None
    return None if thing is None or thing.kind in ("clause", "pronoun") else (preposition, thing)
