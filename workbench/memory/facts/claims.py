"""Claims of one sentence: subject, relation, object and negation.

A pure function of the text: the grammar of `parsing` over the tokens of the sentence, no model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from workbench.memory.facts import ellipsis, speech
from workbench.memory.facts.parsed_claims import Claim, Slot, Statement
from workbench.memory.facts.parsing.sentences import sentence
from workbench.memory.facts.parsing.slots import by_preposition
from workbench.memory.facts.reading import Token, carries
from workbench.memory.facts.speech import verb_of
from workbench.memory.facts.unspaced_scripts import dense_words, is_dense

__all__ = ("Claim", "Slot", "Statement", "carries", "dense_words", "is_dense", "read", "read_again")

#: Letters of a word whose ending says that it is a verb.
_SHORTEST = 5
#: Tokens of what a thing was before it changed.
_LONGEST = 8


def read(text: str) -> Statement:
    """The claims of one sentence, in order; none where nothing can be told apart."""
    said = sentence(text)
    return replace(said, claims=tuple(_formerly(each, said.tokens) for each in said.claims))


def _formerly(claim: Claim, tokens: tuple[Token, ...]) -> Claim:
    """What somebody "used to" do as that, ended; other claims as they are."""
    to = claim.slot("to")
    if claim.verb != "use" or to is None or claim.slot("object") or claim.negative:
        return claim
    verb = verb_of(tokens[to.first].word)
    if not verb or tokens[to.first - 2].word != "used":
        return claim
    rest = [Slot("object", to.first + 1, to.last)] if to.last - to.first > 1 else []
    kept = [slot for slot in claim.slots if slot is not to]
    return Claim(verb, (*kept[:1], *rest, *kept[1:]), ended=True, doubtful=claim.doubtful)


@lru_cache(maxsize=4096)
def read_again(text: str) -> Statement:
    """The claims of one sentence that is asked again and again; see `read`.

    After these come those whose verb is on no list, told by its form and place alone.
    """
    said = read(text)
    claims = said.claims or _unlisted(said.tokens)
    claims, apart = _each_for_its_own(claims, said.tokens)
    said = replace(said, claims=claims)
    apart = [*apart, *ellipsis.named(said), *ellipsis.under(said)]
    return replace(said, claims=(*claims, *apart, *_done(said), *_changed_from(said)))


def _each_for_its_own(
    claims: Sequence[Claim], tokens: Sequence[Token]
) -> tuple[tuple[Claim, ...], list[Claim]]:
    """ "Costs 38 euros for adults and 19 for children": two claims; the second ones apart."""
    first, second = list(claims), []
    for at, claim in enumerate(claims):
        for one, other in pairwise(claim.slots):
            joint = next(
                (i for i in range(one.first + 1, one.last - 1) if tokens[i].word == "and"), None
            )
            value = claim.slot("object") or claim.slot("value")
            if (
                joint is None
                or value is None
                or one.role != other.role
                or one.role not in speech.PREPOSITIONS
                or not tokens[joint + 1].numeric
                or not any(token.numeric for token in tokens[value.first : value.last])
            ):
                continue
            kept = Slot(one.role, one.first, joint)
            first[at] = replace(claim, slots=tuple(
                kept if slot is one else slot for slot in claim.slots if slot is not other
            ))  # fmt: skip
            amount = Slot(value.role, joint + 1, one.last)
            rest = [amount if slot is value else slot for slot in claim.slots if slot is not one]
            second.append(replace(claim, slots=tuple(rest)))
            break
    return tuple(first), second


def following(tokens: Sequence[Token], first: int) -> list[Slot]:
    """What follows a verb, parted by prepositions."""
    if first < len(tokens) and tokens[first].word.endswith("ing"):
        # "Denied knowing of it": what is denied is all of it.
        return [Slot("object", first, len(tokens))]
    return by_preposition(tokens, first, len(tokens))


def _unlisted(tokens: Sequence[Token]) -> tuple[Claim, ...]:
    """ "Tomas corrects the drafts", "the mason dictated it": a verb by its ending."""
    for at in range(1, len(tokens) - 1):
        before, token = tokens[at - 1], tokens[at]
        if before.after or before.word in speech.PREPOSITIONS | speech.AUXILIARIES:
            break
        if not _is_verb(tokens, at):
            continue
        last = at - 1 if before.word in speech.ADVERBS and at > 1 else at
        return (Claim(token.word, (Slot("subject", 0, last), *following(tokens, at + 1))),)
    return ()


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    token, before, after = tokens[at], tokens[at - 1], tokens[at + 1]
    word = token.word
    if word == "cost" and after.numeric:
        # Its past has no ending.
        return True
    if token.capital or len(word) < _SHORTEST or not word.isalpha() or before.owner:
        return False
    if word.endswith("ed"):
        return before.word not in speech.DETERMINERS
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return False
    opens = after.word in speech.DETERMINERS | speech.SELF or after.numeric or after.capital
    return (
        opens
        and (before.capital or tokens[0].word in speech.DETERMINERS)
        and (before.word not in speech.DETERMINERS and not before.word.endswith("s"))
    )


def _done(said: Statement) -> Iterator[Claim]:
    """ "The coin was first minted in Ulm": what was done to it, by a verb on no list."""
    for claim in said.claims:
        key, value = claim.slot("key"), claim.slot("value")
        if claim.verb != "be" or key is None or value is None:
            continue
        first = value.first
        while first < value.last and said.tokens[first].word in speech.ADVERBS:
            first += 1
        word = said.tokens[first].word if first + 1 < value.last else ""
        led = word.endswith("ed") and said.tokens[first + 1].word in speech.PREPOSITIONS
        if led and len(word) >= _SHORTEST and not verb_of(word):
            rest = following(said.tokens[: value.last], first + 1)
            slots = (Slot("object", key.first, key.last), *rest)
            yield Claim(word, slots, claim.negative, claim.ended, claim.doubtful)


def _changed_from(said: Statement) -> Iterator[Claim]:
    """ "The lecture moved from Thursday to Friday": that it was on Thursday."""
    tokens = said.tokens
    for claim in said.claims:
        key, value = claim.slot("key"), claim.slot("value")
        if claim.verb != "be" or key is None or value is None or claim.negative:
            continue
        if tokens[value.first - 1].word != "to":
            continue
        for at in range(max(key.last, value.first - _LONGEST), len(tokens) - 1):
            if tokens[at].word == "from" and not value.first <= at < value.last:
                last = value.first - 1 if at < value.first else len(tokens)
                if at + 1 < last:
                    slots = (key, Slot("value", at + 1, last))
                    yield Claim("be", slots, ended=True, doubtful=claim.doubtful)
                break
