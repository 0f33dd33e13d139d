"""Working memory: the last seven facts of a scope in use, until they fade.

A fact enters when it is stored, recalled or rehearsed, and displaces the least recently used one.
Without rehearsal it leaves once less than a twentieth is retained, three hours after storage at the
default salience. It remains in long-term memory. There are no slots: the newest facts are at the
end of the table, and the few used since are recorded, so that storing costs nothing and a restart
changes nothing.
"""

from dataclasses import dataclass

from workbench.arguments import Words
from workbench.memory import plasticity
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.plasticity import HOUR
from workbench.memory.strengths import SLOTS, lasting
from workbench.store import facts as rows
from workbench.store import strengths


@dataclass(frozen=True, slots=True)
class InMind:
    """A fact in working memory, with its retention (0 to 1).

    `since` is when it was stored, recalled or rehearsed last, in seconds since the epoch;
    `hours_left` is None if it is pinned.
    """

    fact: Fact
    since: float
    retention: float
    hours_left: float | None

    @property
    def text(self) -> str:
        """The text of the fact."""
        return self.fact.text


def in_mind(index: FactIndex, collection: Words | None = None) -> list[InMind]:
    """The working memory of a scope, least recently used first: seven facts at most.

    Raises `NotFoundError` for an unknown collection.
    """
    use = index.strengths
    if not index.store.read_only:
        use.flush()
    timestamp, threshold = use.clock(), use.settings.forgotten
    with index.store.read() as connection:
        scope = rows.require_scope(connection, collection)
        touched = strengths.in_mind(connection, scope)
        recent = rows.by_ids(connection, {*index.all(scope, SLOTS), *touched})
        strength_rows = use.rows(connection, [row.id for row in recent])
    touched_at = {row.id: max(row.recorded, touched.get(row.id, row.recorded)) for row in recent}
    latest = sorted(strength_rows, key=lambda id: (touched_at[id], id))[-SLOTS:]
    kinds = {row.id: row.kind for row in recent}
    states: dict[int, tuple[float, float | None]] = {}
    for id in latest:
        elapsed = max(0.0, timestamp - touched_at[id]) / HOUR
        stability = lasting(strength_rows[id], kinds[id])
        left = plasticity.hours_left(stability, elapsed, threshold)
        if strength_rows[id].pinned:
            states[id] = 1.0, None
        elif left > 0:
            states[id] = plasticity.retention(elapsed, stability), left
    by_id = {fact.id: fact for fact in facts.by_ids(index, list(states))}
    return [InMind(by_id[id], touched_at[id], *states[id]) for id in states if id in by_id]


def rehearse(index: FactIndex, match: Words, *, collection: Words | None = None) -> int:
    """Rehearse facts with these words; returns how many.

    They are those in working memory, or else the newest such fact. Raises `UsageError` for a match
    without words, `NotFoundError` for an unknown collection.
    """
    current_ids = {memory.fact.id for memory in in_mind(index, collection=collection)}
    _, ids = facts.containing(index, match, collection=collection)
    selected = [id for id in ids if id in current_ids] or ids[:1]
    # Oldest first, to keep the order.
    index.strengths.use(collection, sorted(selected))
    return len(selected)
