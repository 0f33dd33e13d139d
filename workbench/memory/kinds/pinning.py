"""Pinning: what is pinned stays, so that it neither expires nor contradicts what is pinned, too."""

from collections.abc import Sequence

from workbench.errors import UsageError
from workbench.memory.facts import facts, plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.kinds import conflicts

_SHOWN = 60


def pin(index: FactIndex, ids: Sequence[int], *, pinned: bool) -> int:
    """Let these facts fade no more, or again; returns how many there are.

    Raises `UsageError` for what expires and for what contradicts a pinned fact; then none is.
    """
    if pinned and ids:
        lasting = next((f for f in facts.by_ids(index, ids) if f.expires is not None), None)
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
    return plastic.pin_ids(index, ids, pinned=pinned)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
