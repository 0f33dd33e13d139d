"""Records of the claims of a sentence, over its tokens."""

from dataclasses import dataclass

from workbench.memory.facts.reading import Token


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
    that it held before, `doubtful` that the speaker is not sure. It holds but `under` a part of
    the sentence, if there is one, which must be asked for: "43 in shoes". One that is `naming`
    tells but who somebody is, beside what the sentence says of them.
    """

    verb: str
    slots: tuple[Slot, ...]
    negative: bool = False
    ended: bool = False
    doubtful: bool = False
    under: Slot | None = None
    naming: bool = False

    def slot(self, role: str) -> Slot | None:
        """The first slot of a role."""
        return next((slot for slot in self.slots if slot.role == role), None)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its tokens and claims."""

    text: str
    tokens: tuple[Token, ...]
    claims: tuple[Claim, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The place in the text of tokens `[first, last)`."""
        return self.tokens[first].start, self.tokens[last - 1].end
