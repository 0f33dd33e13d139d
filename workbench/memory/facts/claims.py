"""One sentence → what it claims: who or what, in which relation, to what, whether it is denied.

A pure function of the text: the grammar of `parsing` over the tokens of the sentence, no model.
"""

from dataclasses import dataclass
from functools import lru_cache

from workbench.memory.facts.dense import dense_words, is_dense
from workbench.memory.facts.parsing.classes import ROLES, VERBS
from workbench.memory.facts.parsing.sentences import Sentence, sentence
from workbench.memory.facts.parsing.slots import DOUBTFUL, ENDED, HEADER, NEGATIVE
from workbench.memory.facts.reading import Token, carries
from workbench.memory.facts.speech import verb_of

__all__ = ("Claim", "Slot", "Statement", "carries", "dense_words", "is_dense", "read", "read_again")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a claim: tokens `[first, last)` of the sentence.

    `role` is subject, object, key, value, or the preposition that leads it in.
    """

    role: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause claims.

    `verb` is a dictionary form, "be" for a copula. `negative` claims are denials, `ended` says
    that it held before, `doubtful` that the speaker is not sure.
    """

    verb: str
    slots: tuple[Slot, ...]
    negative: bool = False
    ended: bool = False
    doubtful: bool = False

    def slot(self, role: str) -> Slot | None:
        """The first slot of a role."""
        return next((slot for slot in self.slots if slot.role == role), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its tokens and claims."""

    text: str
    tokens: tuple[Token, ...]
    claims: tuple[Claim, ...]

    def span(self, first: int, last: int) -> Span:
        """The place in the text of tokens `[first, last)`."""
        return self.tokens[first].start, self.tokens[last - 1].end


def read(text: str) -> Statement:
    """The claims of one sentence, in order; none where nothing can be told apart."""
    said = sentence(text)
    claims = (_claim(said, place) for place in said.places())
    return Statement(text, said.tokens, tuple(_formerly(each, said.tokens) for each in claims))


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
    """The claims of one sentence that is asked again and again; see `read`."""
    return read(text)


def _claim(said: Sentence, place: int) -> Claim:
    tape = said.tape
    verb, flags, count = tape[place : place + HEADER]
    slots = range(place + HEADER, place + HEADER + 3 * count, 3)
    return Claim(
        VERBS[verb],
        tuple(Slot(ROLES[tape[at]], tape[at + 1], tape[at + 2]) for at in slots),
        bool(flags & NEGATIVE),
        bool(flags & ENDED),
        bool(flags & DOUBTFUL),
    )
