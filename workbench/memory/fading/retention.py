"""Deliberate changes to what is retained: recall, archiving and pinning.

Archived memories are still found, but ranked last and labelled. Pinned ones neither fade nor
expire, and do not contradict each other.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.errors import UsageError
from workbench.memory.facts import facts, plastic
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.marking import DEFAULT_DAYS
from workbench.memory.facts.records import Fact
from workbench.memory.kinds import conflicts
from workbench.memory.plasticity import DAY
from workbench.store import changes, marks
from workbench.store import strengths as rows
from workbench.store.strengths import RELEASED

#: The strength added by a deliberate recall.
_RECALL = 1.0
_QUOTE_LENGTH = 60
#: Maximum seconds between storing a fact and setting its expiry.
_SAME_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Reinforced:
    """The result of a deliberate recall: the number of memories, and the change id, 0 for none."""

    count: int
    change: int = 0


def reinforce(index: FactIndex, engrams: Sequence[int]) -> Reinforced:
    """Recall these deliberately: they are strengthened and restored."""

    def work(connection: sqlite3.Connection) -> Reinforced:
        with changes.act(connection, "reinforced", index.store.clock()) as change:
            count = len(index.strengths.strengthen(connection, engrams, _RECALL))
        return Reinforced(count, change)

    if not engrams:
        return Reinforced(0)
    index.strengths.flush()
    return index.store.write(work)


def archive(index: FactIndex, engrams: Sequence[int]) -> int:
    """Archive memories manually; returns how many were not archived. Nothing is deleted.

    Raises `UsageError` for pinned ones; then none is.
    """
    strengths = index.strengths

    def work(connection: sqlite3.Connection) -> int:
        created = rows.origins(connection, engrams)
        stored = strengths.stored(connection, created)
        if any(row.pinned for row in stored.values()):
            raise UsageError("What is pinned stays.", "Let it fade again first, then let it go.")
        after = [
            replace(row, archived=RELEASED) for row in stored.values() if row.archived != RELEASED
        ]  # fmt: skip
        strengths.store(connection, after, created)
        return len(after)

    strengths.flush()
    return index.store.write(work, act="archived")


def take_back(index: FactIndex, engrams: Sequence[int]) -> int:
    """Restore archived or released memories; returns how many there were."""
    strengths = index.strengths

    def work(connection: sqlite3.Connection) -> int:
        created = rows.origins(connection, engrams)
        archived = {
            id: replace(row, archived=None)
            for id, row in rows.by_ids(connection, list(created)).items()
            if row.archived is not None
        }
        # A row that only recorded the release is no longer needed.
        new = {id for id, row in archived.items() if row == strengths.new(id, created[id])}
        rows.drop(connection, new)
        strengths.store(connection, [row for id, row in archived.items() if id not in new], created)
        return len(archived)

    strengths.flush()
    return index.store.write(work, act="archived no more")


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
