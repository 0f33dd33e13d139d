"""Pinning: pinned memories neither fade nor expire, and do not contradict each other."""

from collections.abc import Sequence

from workbench.errors import UsageError
from workbench.memory.facts import facts, plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import DEFAULT_DAYS
from workbench.memory.facts.records import Fact
from workbench.memory.kinds import conflicts
from workbench.memory.plasticity import DAY
from workbench.store import marks

_QUOTE_LENGTH = 60
#: Maximum seconds between storing a fact and setting its expiry.
_SAME_SECONDS = 60.0


def pin(index: FactIndex, ids: Sequence[int], *, pinned: bool) -> int:
    """Pin or unpin facts, notes or sentences, so that they do not fade; returns how many exist.

    A default expiry is removed. Raises `UsageError` for an explicit expiry and for facts that
    contradict a pinned one; then none is pinned.
    """
    default_expiring: list[int] = []
    if pinned and ids:
        expiring = [fact for fact in facts.by_ids(index, ids) if fact.expires is not None]
        default_expiring = [fact.id for fact in expiring if _has_default_expiry(fact)]
        lasting = next((fact for fact in expiring if fact.id not in default_expiring), None)
        if lasting is not None:
            raise UsageError(
                f"“{_short(lasting.text)}” expires, and what is pinned stays.",
                "Let it count for good first: workbench mark WORDS --expires-days never",
            )
        against = conflicts.pinned_against(index, ids)
        if against is not None:
            raise UsageError(
                f"“{_short(against[0])}” contradicts “{_short(against[1])}”, which is pinned.",
                "Settle first which of them holds: workbench conflicts",
            )
    if default_expiring:
        index.store.write(
            lambda connection: marks.set_expiry(connection, default_expiring, None),
            act="expiry changed",
        )
    return plastic.pin_ids(index, ids, pinned=pinned)


def _has_default_expiry(fact: Fact) -> bool:
    """Whether the expiry of a fact appears to be the default of its kind."""
    lasts = (fact.expires or 0.0) - fact.told
    return abs(lasts - DEFAULT_DAYS.get(fact.kind, 0.0) * DAY) < _SAME_SECONDS


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE_LENGTH else f"{text[: _QUOTE_LENGTH - 1]}…"
