"""Public records of the fact memory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One remembered statement.

    `collection` is its scope (None: the library's own), `sources` are the names of those who said
    it (empty: the user). `told` is when it was remembered, `at` since when it holds, in seconds
    since the epoch. `current` is False once something newer was told about the same thing.

    `kind` is one of `marking.KINDS` or `NOTE_KINDS`, `priority` from 0 to 10 if it has one;
    `expires` says until when it counts, and `expired` that this has passed. `became` is the id that
    it has since its words were edited: then these are the former ones, which only `history` shows.
    `strength` is what use has made of it by now (1: just told, 8 at most); `archived` says that it
    had faded and was laid aside, where it is found after what counts.
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
class Left:
    """A piece of text that was not stored, and why: empty, question, chatter."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """What became of a text: ids of `facts` that are `new` or were `known`, and what was `left`.

    `dropped` is how many of the oldest facts went because the scope was full.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """The answer to a question for a value, with the fact it was taken from.

    `value` is `fact.text[start:end]`, or “yes” or “no” (then `start` is `end`); a “tomorrow” of
    another day is followed by its date. It is None where the statement is only quoted, of which
    `[start, end)` probably answers. `confidence` is how likely it answers, from 0 to 1. `also` is
    quoted beside it: a newer statement that may have ended or changed what the value says, or a
    former one that was used much more.
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
        """The value, or the statement where it is only quoted."""
        return self.value or f"“{self.fact.text}”"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many facts went and how many are left in the scope.

    `clean` is False while another program's reading keeps their words in the library's log;
    `notes` is how many notes of a whole scope went, too.
    """

    forgotten: int
    remaining: int
    clean: bool = True
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """A fact and the others that went into it, as they were told."""

    fact: int
    text: str
    others: tuple[str, ...]
