"""Strengthens facts, and returns their strengths and links.

Facts are selected by words that they contain, whole and in order, as in `facts.forget`; any memory,
also a note or a sentence of a source, by its id.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.arguments import Words
from workbench.errors import UsageError
from workbench.memory import plasticity
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact
from workbench.memory.plasticity import HOUR, Stage
from workbench.memory.regions import stores
from workbench.memory.regions.stores import Layer, Region
from workbench.memory.strengths import Strengths, lasting, layer
from workbench.store import reviews
from workbench.store import strengths as rows
from workbench.store.strengths import COACTIVATION

#: The share of the best score that other meant facts have, and how many are used.
_SCORE_SHARE = 0.9
_MIN_SCORE = 0.5
_RECALL_LIMIT = 3
#: The maximum amount per call: beyond, strengths no longer differ.
_MAX_AMOUNT = 1_000.0

Also = Callable[[sqlite3.Connection, Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class Strengthened:
    """How many facts were strengthened, and the highest strength now."""

    touched: int
    strength: float


@dataclass(frozen=True, slots=True)
class Strength:
    """The strength of a memory and its parameters.

    `fact` is None for notes and sentences of sources; `text` is the text of the memory. `used` is
    its last use in seconds since the epoch (its storage if never used), `uses` their number.
    `half_life` is in seconds, `stability` in hours: `retention` (0 to 1) is the share retained now,
    `hours_left` the time until a twentieth is left (None: never). `came` is when it was stored,
    `ripe` when it becomes semantic (None: not yet earned), `now` the time of the lookup; `layer` is
    working or long-term.
    """

    engram: int
    text: str
    kind: str
    fact: Fact | None
    strength: float
    uses: int
    used: float
    half_life: float
    stability: float
    salience: float
    retention: float
    hours_left: float | None
    pinned: bool
    archived: bool
    came: float
    ripe: float | None
    now: float
    layer: Layer = Layer.WORKING

    @property
    def region(self) -> Region:
        """The brain region of this memory."""
        return stores.region(self.kind, self.layer)

    @property
    def stage(self) -> Stage:
        """The stage of maturation."""
        return plasticity.stage(self.came, self.ripe, self.now)

    def after(self, seconds: float) -> float:
        """The strength in so many seconds without use."""
        if self.pinned:
            return self.strength
        aged = plasticity.ageing(self.came, self.ripe, self.now, self.now + seconds)
        return plasticity.fade(self.strength, aged, self.half_life)


@dataclass(frozen=True, slots=True)
class Linked:
    """The fact at the other end of a link; `kind` is "together" if use linked them."""

    fact: Fact
    kind: str
    weight: float


def mark_recalled(index: FactIndex, collection: str | None, answers: Sequence[Fact]) -> None:
    """Record a recall, best first: equally good facts are linked, a single one is credited."""
    if answers and answers[0].score >= _MIN_SCORE:
        threshold = _SCORE_SHARE * answers[0].score
        ids = [fact.id for fact in answers[:_RECALL_LIMIT] if fact.score >= threshold]
        index.strengths.recalled(collection, ids, credit=len(ids) == 1)


def beginning(
    strengths: Strengths,
    strength: float | None,
    salience: float | None,
    *,
    pinned: bool,
    reward: float | None = None,
) -> Also | None:
    """A callback that sets the initial strength of new facts; None for the default.

    Raises `UsageError` for an invalid strength, salience or reward.
    """
    if strength is salience is reward is None and not pinned:
        return None
    settings = strengths.settings
    weight = settings.first if strength is None else strength
    if not 0 <= weight <= settings.cap:
        raise UsageError(f"A strength is a number from 0 to {settings.cap:g}.")
    if salience is not None and not 0 <= salience <= 1:
        raise UsageError("A salience is a number from 0 to 1.")
    if reward is not None:
        stores.checked_reward(reward)

    def also(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
        updated = []
        for row in strengths.stored(connection, ids).values():
            matter = row.salience if salience is None else salience
            if reward is not None:
                matter = stores.rewarded(matter, reward)
            stability = plasticity.first_stability(matter, settings)
            updated.append(
                replace(
                    row, weight=weight, stability=stability, salience=matter, pinned=pinned,
                    reward=reward or 0.0,
                    kept=0 if reward is not None and stores.is_immediate(reward) else None,
                )
            )  # fmt: skip
        strengths.store(connection, updated, rows.origins(connection, ids))

    return also


def strengthen(
    index: FactIndex, match: str, *, amount: float = 1.0, collection: str | None = None
) -> Strengthened:
    """Strengthen the facts that contain these words.

    Raises `UsageError` for a match without words or an amount not above 0.
    """
    _, ids = facts.containing(index, match, collection=collection)
    return strengthen_ids(index, ids, amount)


def strengthen_ids(index: FactIndex, ids: Sequence[int], amount: float) -> Strengthened:
    """Strengthen these memories. Raises `UsageError` for an amount not above 0."""
    if not 0 < amount <= _MAX_AMOUNT:
        raise UsageError("By how much?", "An amount is a number from above 0 to 1,000, such as 1.")
    if not ids:
        return Strengthened(0, 0.0)
    index.strengths.flush()
    after = index.store.write(
        lambda c: index.strengths.strengthen(c, ids, amount), act="strengthened"
    )
    return Strengthened(len(after), round(max(after.values(), default=0.0), 4))


def pin_ids(index: FactIndex, ids: Sequence[int], *, pinned: bool) -> int:
    """Pin or unpin these memories, so that they do not fade; returns how many exist."""
    if not ids:
        return 0
    index.strengths.flush()
    return index.store.write(
        lambda c: index.strengths.pin(c, ids, pinned), act="pinned" if pinned else "unpinned"
    )


def strength(index: FactIndex, match: str, *, collection: str | None = None) -> Strength | None:
    """The strength of the newest fact with these words; None if there is none."""
    _, ids = facts.containing(index, match, collection=collection)
    return strength_of(index, ids[0]) if ids else None


def strength_of(index: FactIndex, id: int) -> Strength | None:
    """The strength of any memory; None if there is none of that id."""
    use = index.strengths
    with index.store.read() as connection:
        row = use.rows(connection, [id]).get(id)
        text, kind = reviews.words(connection, [id]).get(id, ("", ""))
    if row is None or not kind:
        return None
    fact = next(iter(facts.by_ids(index, [id])), None)
    timestamp = use.clock()
    stability = lasting(row, kind)
    elapsed = max(0.0, timestamp - row.used) / HOUR
    return Strength(
        engram=id,
        text=text,
        kind=kind,
        fact=fact,
        strength=use.current(row, kind),
        uses=row.uses,
        used=row.used,
        half_life=use.settings.half_life(kind),
        stability=stability,
        salience=row.salience,
        retention=1.0 if row.pinned else plasticity.retention(elapsed, stability),
        hours_left=None
        if row.pinned
        else plasticity.hours_left(stability, elapsed, use.settings.forgotten),
        pinned=row.pinned,
        archived=row.archived is not None,
        came=row.came,
        ripe=row.ripe,
        now=timestamp,
        layer=layer(row),
    )


def link(index: FactIndex, a: Words, b: Words, *, collection: Words | None = None) -> float:
    """The weight of the link by use between facts with these words; 0 if there is none."""
    _, others = facts.containing(index, b, collection=collection)
    links = links_of(index, a, kind=COACTIVATION, collection=collection)
    return max((linked.weight for linked in links if linked.fact.id in others), default=0.0)


def links_of(
    index: FactIndex, match: str, *, kind: str | None = None, collection: str | None = None
) -> list[Linked]:
    """The links of the facts that contain these words, the strongest first."""
    _write_uses(index)
    with index.store.read() as connection:
        linked = rows.linked(connection)
    if not linked:
        return []
    _, ids = facts.containing(index, match, collection=collection, allowed=linked)
    best: dict[tuple[int, str], float] = {}
    with index.store.read() as connection:
        for id in ids:
            for row in rows.links(connection, id, kind):
                other = row.b if row.a == id else row.a
                weight = index.strengths.current_weight(row)
                best[other, row.kind] = max(best.get((other, row.kind), 0.0), weight)
    facts_by_id = {fact.id: fact for fact in facts.by_ids(index, {other for other, _ in best})}
    links = [
        Linked(facts_by_id[other], link_kind, round(weight, 4))
        for (other, link_kind), weight in best.items()
        if other in facts_by_id
    ]
    return sorted(links, key=lambda linked: (-linked.weight, -linked.fact.id))


def _write_uses(index: FactIndex) -> None:
    if not index.store.read_only:
        index.strengths.flush()
