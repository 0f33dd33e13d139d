"""The kinds of facts and notes, their priority and their expiry.

Questions search facts of all kinds alike; notes (instructions, stances, variables) are stored
apart, so that none answers a question.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.errors import UsageError
from workbench.store import marks

#: Kinds of facts; `user` is a fact about the user.
KINDS = (
    "fact", "user", "decision", "preference", "todo", "insight", "context", "error", "workflow",
    "reference", "tool", "semantic", "episodic", "procedural", "habitual",
)  # fmt: skip
#: Procedural memory; rewarded facts become it.
HABITUAL = "habitual"
#: The default number of days until a kind expires; others never do.
DEFAULT_DAYS: dict[str, float] = {
    "todo": 30, "context": 7, "decision": 90, "insight": 180, "error": 30, "workflow": 365,
    "tool": 90,
}  # fmt: skip
#: The number of days for no expiry.
NEVER = math.inf
#: Kinds of notes.
NOTE_KINDS = ("instruction", "stance", "variable", "highlight")
ALL_KINDS = (*KINDS, *NOTE_KINDS)

_DAY_SECONDS = 86_400
_MAX_DAYS = 365_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Metadata of a fact: kind (None: unchanged, or guessed when new), priority 0-10, and more.

    `days` is the time to expiry (None: the default of its kind, `NEVER`: none), `trust` from 0 to
    1; `project` is the name of its collection.
    """

    kind: str | None = None
    priority: int | None = None
    days: float | None = None
    tags: tuple[str, ...] = ()
    trust: float | None = None
    project: str | None = None

    def expires(self, timestamp: float, kind: str | None = None) -> float | None:
        """The time of expiry, in seconds since the epoch; None: never.

        `kind` is that of the memory, used if the mark has none.
        """
        days = self.days
        if days is None:
            days = DEFAULT_DAYS.get(self.kind or kind or "", NEVER)
        return None if days == NEVER else timestamp + days * _DAY_SECONDS


PLAIN = Mark()


def mark(
    kind: str | None = None,
    priority: int | None = None,
    expires_days: float | None = None,
    tags: Sequence[str] = (),
    trust: float | None = None,
    project: str | None = None,
) -> Mark:
    """Check and build a mark. Raises `UsageError` for invalid values."""
    if isinstance(tags, str):
        tags = (tags,)
    if not tags and all(
        option is None for option in (kind, priority, expires_days, trust, project)
    ):
        return PLAIN
    if priority is not None and not (isinstance(priority, int) and 0 <= priority <= 10):
        raise UsageError(f"There is no priority {priority}.", "Choose one from 0 to 10.")
    if expires_days is not None:
        check_days(expires_days)
    if trust is not None and not 0 <= trust <= 1:
        raise UsageError(f"There is no trust of {trust:g}.", "Choose one from 0 to 1.")
    checked_kind = None if kind is None else checked(kind, KINDS)
    return Mark(checked_kind, priority, expires_days, marks.plain(tags), trust, project)


def check_days(days: float) -> None:
    """Raise `UsageError` for an invalid number of days to expiry."""
    if days != NEVER and not 0 < days <= _MAX_DAYS:
        description = "in the past" if days < 0 else f"in {days:g} days"
        raise UsageError(
            f"Nothing can expire {description}.", "Give a number of days above 0, or say never."
        )


def checked(kind: str, allowed: tuple[str, ...]) -> str:
    """The normalised name of a kind. Raises `UsageError` if it is not allowed."""
    folded = kind.strip().casefold()
    if folded not in allowed:
        excerpt = kind if len(kind) <= 60 else f"{kind[:59]}…"
        raise UsageError(
            f"“{excerpt}” is not a kind of fact or note.", f"Choose one of: {', '.join(allowed)}."
        )
    return folded
