"""Public records of the fact memory."""

from collections.abc import Collection
from dataclasses import dataclass

#: The least cosine at which a statement may answer in other words. Of questions about nothing that
#: was told the nearest statement has .07 to .15, of those in other words .25 to .58.
MEANT = 0.2


@dataclass(frozen=True, slots=True)
class Fact:
    """One stored statement.

    `collection` is its scope (None: the library's own), `sources` are the names of its sources
    (empty: the user). `told` is when it was stored, `at` since when it is valid, in seconds since
    the epoch. `current` is False once superseded. `kind` is one of `marking.KINDS` or `NOTE_KINDS`,
    `priority` from 0 to 10 if set; `expires` is its expiry, `expired` whether that has passed.
    `became` is the id of the fact that replaced it by an edit: then this is a former wording, which
    only `history` returns. `strength` is from use (1: new, 8 at most); `archived` facts had faded
    and are ranked last.
    """

    id: int
    text: str
    collection: str | None
    sources: tuple[str, ...]
    told: float
    at: float
    current: bool
    score: float = 1.0
    kind: str = "fact"
    priority: int | None = None
    expires: float | None = None
    expired: bool = False
    became: int | None = None
    strength: float = 1.0
    archived: bool = False


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts of a scope to recall, how many, and as of when.

    They have a `kind` and at least `min_priority`, and are among the ids `within`, if given.
    `include_expired` adds expired ones; `by` orders ties (see `ranking.rerank`).
    """

    collection: str | None = None
    limit: int = 5
    as_of: str | float | None = None
    kind: str | None = None
    min_priority: int = 0
    include_expired: bool = False
    by: str = "words"
    within: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A piece of text that was not stored, and the reason: empty, question, chatter."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """The result of storing a text: ids of `new` and `known` facts, and what was `left` out.

    `dropped` is how many of the oldest facts were deleted because the scope was full.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """The answer to a question for a value, with its fact.

    `value` is `fact.text[start:end]`, or “yes” or “no” (then `start` is `end`); a “tomorrow” of
    another day is followed by its date. It is None if the statement is only quoted, of which
    `[start, end)` probably answers. `confidence` is the probability that it answers, 0 to 1. `also`
    is quoted with it: a newer statement that may have ended or changed the value, or a former one
    that was used much more.
    """

    question: str
    value: str | None
    confidence: float
    fact: Fact
    start: int
    end: int
    also: "Value | None" = None

    @property
    def shown(self) -> str:
        """The value, or the statement if it is only quoted."""
        return self.value or f"“{self.fact.text}”"


@dataclass(frozen=True, slots=True)
class Meant:
    """What facts say to a question in other words.

    `probability` is that of the value, 0 if it is of claims, which compare words. If there is no
    `value`, `nearest` are the facts that were read, best first, and it is that the first answers.
    """

    value: Value | None = None
    probability: float = 0.0
    nearest: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many facts were deleted and how many are left in the scope.

    `clean` is False while a reader in another program keeps their words in the write-ahead log;
    `notes` counts deleted notes of a whole scope.
    """

    forgotten: int
    remaining: int
    clean: bool = True
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """A fact and the texts of those merged into it."""

    fact: int
    text: str
    others: tuple[str, ...]
