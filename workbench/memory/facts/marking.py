"""What kind of thing a statement is, how much it matters, and how long it counts.

Facts of every kind are asked for alike; notes (instructions, stances, variables) are kept apart
from them, so that none ever answers a question.
"""

import math
from dataclasses import dataclass

from workbench.errors import UsageError

#: Kinds of facts; `user` is a fact about the user.
KINDS = (
    "fact", "user", "decision", "preference", "todo", "insight", "context", "error", "workflow",
    "reference", "tool",
)  # fmt: skip
#: Kinds of what is kept apart from the facts.
NOTE_KINDS = ("instruction", "stance", "variable")

_DAY_SECONDS = 86_400
_MOST_DAYS = 365_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Kind (None: as it was, `fact` at first), priority 0-10, and days after which it expires."""

    kind: str | None = None
    priority: int | None = None
    days: float | None = None

    def expires(self, now: float) -> float | None:
        """The moment from which it does not count any more, in seconds since the epoch."""
        return None if self.days is None else now + self.days * _DAY_SECONDS


PLAIN = Mark()


def mark(
    kind: str | None = None, priority: int | None = None, expires_days: float | None = None
) -> Mark:
    """What is to be noted about facts. Raises `UsageError` for what cannot be."""
    if kind is None and priority is None and expires_days is None:
        return PLAIN
    if priority is not None and not (isinstance(priority, int) and 0 <= priority <= 10):
        raise UsageError(f"There is no priority {priority}.", "Choose one from 0 to 10.")
    if expires_days is not None and not (
        math.isfinite(expires_days) and 0 < expires_days <= _MOST_DAYS
    ):
        raise UsageError(
            f"Nothing can expire in {expires_days:g} days.", "Give a number of days above 0."
        )
    return Mark(None if kind is None else checked(kind, KINDS), priority, expires_days)


def checked(kind: str, known: tuple[str, ...]) -> str:
    """The kind as it is written here. Raises `UsageError` where it is none of these."""
    folded = kind.strip().casefold()
    if folded not in known:
        said = kind if len(kind) <= 60 else f"{kind[:59]}…"
        raise UsageError(
            f"“{said}” is no kind of fact or note.", f"Choose one of: {', '.join(known)}."
        )
    return folded
