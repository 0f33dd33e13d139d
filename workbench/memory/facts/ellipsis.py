"""Elliptical sentences: names and lists of labels without a verb.

"My brother Paul lives in Lyon" tells who my brother is; of "my size is M in shirts and 43 in shoes"
each holds for its own.
Told by the places of commas, capitals and small words alone; where that is not plain, nothing is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.memory.facts import speech
from workbench.memory.facts.parsed_claims import Claim, Slot, Statement
from workbench.memory.facts.reading import Token, carries
from workbench.memory.facts.times import is_strong

#: Tokens of a name, of an item in a list, and of a noun with its adjective.
_NAME, _ITEM, _NOUN = 4, 3, 2
_LABELLING = (":", "=")


# -- names beside a noun ---------------------------------------------------------------------------


def named(statement: Statement) -> Iterator[Claim]:
    """ "My brother Paul lives in Lyon", "Paul, my brother, lives in Lyon": who my brother is."""
    tokens = statement.tokens
    for claim in statement.claims:
        for slot in claim.slots:
            if claim.verb in ("be", "call") and slot.role == "value":
                # "The one I like is my brother Paul" says so as well, but "is my Paul" does not.
                continue
            found = _apposed(tokens, slot.first, slot.last)
            if found is not None:
                key, value = found
                slots = Slot("key", *key), Slot("value", *value)
                yield Claim("be", slots, naming=True)


def _apposed(
    tokens: Sequence[Token], first: int, last: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The noun of somebody's and the name beside it that a part is made of; None for another."""
    noun = _owned(tokens, first, last)
    if noun > first and _is_name(tokens, noun, last) and last - noun <= _NAME:
        inner = any(token.after for token in tokens[first : noun - 1])
        if not inner and not any("," in token.after for token in tokens[noun : last - 1]):
            return (first, noun), (noun, last)
    name = _name_from(tokens, first, last)
    if first < name < last and "," in tokens[name - 1].after:
        end = _owned(tokens, name, last)
        if end == last and end > name and not any(t.after for t in tokens[name : end - 1]):
            return (name, last), (first, name)
    return None


def _owned(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where "my brother", "Ann's older sister" ends, which begins there; `first` for no such."""
    at = first
    if at < last and tokens[at].word in ("my", "our"):
        at += 1
        if at < last and tokens[at].owner and not tokens[at].capital:
            # "My wife's brother Paul".
            at += 1
    elif at < last and tokens[at].owner and tokens[at].capital:
        at += 1
    else:
        return first
    begin = at
    while at < last and at - begin < _NOUN and _is_noun(tokens[at]):
        at += 1
        if tokens[at - 1].after:
            break
    return at if at > begin else first


def _is_noun(token: Token) -> bool:
    return (
        not token.capital
        and not token.owner
        and not token.numeric
        and carries(token)
        and token.word.isalpha()
        and token.word not in speech.PREPOSITIONS | speech.FORMER
    )


# -- each for its own ------------------------------------------------------------------------------


def under(statement: Statement) -> Iterator[Claim]:
    """ "M in shirts and 43 in shoes", "mail is tulip9, bank is rose44": each for its own."""
    tokens = statement.tokens
    for claim in statement.claims:
        key, value = claim.slot("key"), claim.slot("value")
        if claim.verb != "be" or key is None or value is None or len(claim.slots) > 2:
            continue
        items = list(_items(tokens, value.first, value.last))
        if len(items) < 2 or claim.negative:
            continue
        labelled = any(mark in tokens[key.last - 1].after for mark in _LABELLING)
        parts = [(_labelled if labelled else _led)(tokens, *item) for item in items]
        leads = {each[1].role for each in parts if each is not None}
        if None in parts or (not labelled and len(leads) != 1):
            continue
        for each in parts:
            if each is not None:
                said, of = each
                yield replace(claim, slots=(key, said), under=of)


def _items(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The items of a list, parted by commas and "and"."""
    start = first
    for at in range(first, last + 1):
        ends = at == last or tokens[at].word == "and"
        if at > start and (ends or "," in tokens[at - 1].after):
            yield start, at
            start = at
        if ends:
            start = at + 1


def _led(tokens: Sequence[Token], first: int, last: int) -> tuple[Slot, Slot] | None:
    """ "43 in shoes" as what it is and what for."""
    leads = [at for at in range(first, last) if tokens[at].word in speech.PREPOSITIONS]
    if len(leads) != 1 or not first < leads[0] < last - 1:
        return None
    at = leads[0]
    long = max(at - first, last - at - 1) > _ITEM
    if long or tokens[at].word not in ("in", "for", "at", "on", "with"):
        return None
    if any(speech.COPULAS & {token.word} for token in tokens[first:last]):
        return None
    return Slot("value", first, at), Slot(tokens[at].word, at + 1, last)


def _labelled(tokens: Sequence[Token], first: int, last: int) -> tuple[Slot, Slot] | None:
    """ "bank is rose44" as what it is and of what."""
    for at in range(first + 1, min(last - 1, first + _ITEM + 1)):
        if tokens[at].word in ("is", "are") or tokens[at].mark:
            return Slot("value", at + 1, last), Slot("for", first, at)
        if any(mark in tokens[at - 1].after for mark in _LABELLING):
            return Slot("value", at, last), Slot("for", first, at)
    return None


def _name_from(tokens: Sequence[Token], begin: int, last: int) -> int:
    """Where a name that begins there ends; `begin` where none does."""
    at = begin
    while at < last and at - begin < _NAME and tokens[at].capital and not tokens[at].numeric:
        at += 1
        if "," in tokens[at - 1].after:
            break
    return at if _is_name(tokens, begin, at) else begin


def _is_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    said = tokens[first:last]
    return bool(said) and all(
        token.capital
        and not token.owner
        and not token.numeric
        and token.word not in speech.DETERMINERS | speech.SELF | speech.PRONOUNS
        and not is_strong(token.word, token.capital)
        for token in said
    )
