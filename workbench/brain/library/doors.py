"""The doors of the spiking brain, as the library opens them."""

import sqlite3
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, replace

from workbench import kernels
from workbench.arguments import Id, Limit, Number, Words
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.modulators import BROAD, FOCUSED
from workbench.brain.engine.regions import REGIONS
from workbench.brain.engine.simulation import Frame
from workbench.brain.library import inputs
from workbench.brain.library.assembly import Assembly, assembly
from workbench.brain.library.brain_recall import Came, Recalled, Thinking
from workbench.brain.library.emergent import NOTHING, PATIENCE, Emergent, checked
from workbench.brain.library.hypotheses import (
    agreed_to,
    by_kin,
    come_across,
    edge_between,
    hypotheses,
    severed,
)
from workbench.brain.library.learning import Lessons
from workbench.brain.library.news import Learned, learned
from workbench.brain.records import (
    BrainRecall,
    BrainStatus,
    Dreamt,
    Lit,
    Named,
    RegionStatus,
)
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph import concept_cards, spreading
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.kinds import type_name
from workbench.memory.graph.relations import EXTRACTOR
from workbench.store import graph, relation_rows, synapses, verdicts

#: Hops of the graph tier beside the brain; concepts of a cue at most.
_HOPS, _CUE = 2, 500
#: Hops of a dream at most.
_FAR = 100
#: Seeds that differ; larger ones and those below 0 stand for one of these.
_SEEDS = 1 << 31
#: Of what is shown, one in so many may be what nobody wrote.
_SUPPOSED = 3
#: Concepts of a way without any between, and statements that are given for it.
_STRAIGHT, _GROUNDS = 2, 3
#: Characters of a cue that are repeated where nothing is known of it.
_TOLD = 80
_MODES: Mapping[str, bool] = {"focused": False, "broad": True}


class BrainDoors:
    """What a library can do with its spiking brain; `Library` is one.

    Any thread may call these, one recall runs at a time. Raises only errors of `workbench.errors`.
    """

    _graph: ConceptGraph
    _fact_index: FactIndex
    _thinking: Thinking
    _emergent: Emergent
    _lessons: Lessons

    def brain_status(self) -> BrainStatus:
        """How large the brain is and what of it is loaded; loads nothing."""
        thinking = self._thinking
        layout = thinking.layout
        sizes = layout.sizes.tolist()
        with self._graph.store.glance() as connection:
            taught = synapses.count(connection)
        return BrainStatus(
            taught=taught,
            scale=layout.scale,
            neurons=layout.neurons,
            synapses=layout.synapses,
            links=thinking.links(),
            bytes=thinking.bytes(),
            compiled=kernels.ready(BRAIN_KERNELS),
            loaded=thinking.links() > 0 or thinking.bytes() > 0,
            step_milliseconds=thinking.step_milliseconds(),
            regions=tuple(
                RegionStatus(each.name, each.label, size, each.job)
                for each, size in zip(REGIONS, sizes, strict=True)
            ),
        )

    def resize_brain(self, scale: float) -> BrainStatus:
        """Simulate a larger or smaller brain, 0.01 to 1. Raises `UsageError`."""
        if not 0.01 <= scale <= 1:
            raise UsageError("A brain has a scale from 0.01 to 1.", "1 is two million neurons.")
        self._thinking.resize(scale)
        return self.brain_status()

    def prepare_brain(self) -> bool:
        """Compile what the whole brain needs on this machine, some 15 seconds, once.

        False where it cannot be compiled; then, and until it is, a small brain of the same regions
        answers.
        """
        return self._thinking.prepare()

    def brain_recall(
        self,
        cue: Words,
        *,
        mode: Words | None = None,
        limit: Limit = 12,
        collection: Words | None = None,
        seed: Number = 0,
        cancel: Cancel | None = None,
        watch: Callable[[int, Frame], None] | None = None,
        patience: float | None = PATIENCE,
    ) -> BrainRecall:
        """Fire the concepts that a cue names and see what lights up.

        `mode` is "focused" or "broad"; else one concept keeps it focused and several make it
        broad. Within a collection only what is mentioned there is shown. `watch(step, frame)` is
        called while it runs. The same cue in the same library, with the same in mind, brings the
        same, spike for spike. What nobody wrote of joins when it is ready within `patience` seconds
        (None: it is waited for), else the next time; it takes a third of `limit` at most. While
        associations are being drawn nobody waits: what is new of a cue is laid over the links and
        the proposals that there are. By which codes assemblies overlap is known from the same
        reading: until that is done (`pending`) they overlap by less, or by chance alone.
        Raises `UsageError`, `NotFoundError` where nothing known is named, and `Cancelled`.
        """
        if mode is not None and mode not in _MODES:
            raise UsageError(f"“{mode}” is no mode.", "Choose focused or broad.")
        with self._graph.glimpsed() as connection:
            among = self._graph.shown(connection, collection)
            named = concept_cards.within(connection, self._graph.named(connection, cue), among)
            if not named:
                raise NotFoundError(
                    f"“{_short(cue)}” names no concept of the library.",
                    "See which there are with `workbench list concepts`.",
                )
        modulators = None if mode is None else (BROAD if _MODES[mode] else FOCUSED)
        ids = [row.id for row in named[:_CUE]]
        calm = self._graph.calm()
        most = limit // _SUPPOSED
        proposed = self._emergent.proposed(ids, patience, calm) if most else NOTHING
        with self._graph.store.read() as connection:
            there = inputs.company(
                self._graph, self._fact_index, connection, ids, among, collection=collection
            )
            recalled = self._thinking.recall(
                ids, modulators=modulators, seed=seed % _SEEDS, company=there, calm=calm,
                cancel=cancel, watch=watch,
            )  # fmt: skip
        near = spreading.brought_to_mind(
            self._graph, cue, hops=_HOPS, limit=2 * limit, collection=collection, patient=False
        )
        known = {each.concept.id: each.trail for each in near}
        self._lessons.recalled(recalled)
        with self._graph.store.read() as connection:
            parted, agreed = verdicts.parted(connection), verdicts.agreed(connection, ids)
            found = checked(connection, proposed.links, ids, among, parted)
            others = _others(recalled).union(agreed, *(each.path for each in found))
            others |= {each for each, _ in recalled.kin}
            rows = graph.by_ids(connection, _all_ids(recalled.came, others))
            shown = {row.id for row in concept_cards.within(connection, list(rows.values()), among)}
            came = [
                each
                for each in recalled.came
                # What may not be shown is not named on the way to something else either.
                if shown.issuperset(each.trail) and not severed(connection, each.trail, parted)
            ]
        names = {id: row.name for id, row in rows.items() if id in shown}
        fired = frozenset(recalled.cue)
        # What lit up, and no way from the cue is known on which: nothing can be said of it.
        lit = [
            _lit(each, names, fired, known.get(each.concept), agreed.get(each.concept))
            for each in came
            if each.trail[0] in fired or each.concept in known
        ]
        # Of what somebody said that it is not so only what is stated is shown.
        lit = [
            each
            for each in lit
            if each.tag != "emergent" or not any((one, each.concept) in parted for one in fired)
        ]
        lit = [_written(connection, each, recalled.cue, among) for each in lit]
        lit, across = come_across(lit, found, (most // 2 or 1) if most else 0)
        lit = agreed_to(agreed, names, {each.concept for each in lit}) + lit
        lighted = {each.concept for each in (*lit, *across)}
        lit += [
            Lit(each.concept.id, each.concept.name, "explicit", 0.0, 0.0, -1, each.trail)
            for each in near
            if each.concept.id not in lighted
        ]
        supposed = [*across, *hypotheses(found, names, lighted | known.keys(), most - len(across))]
        spikes = recalled.spikes.sum(axis=0).tolist()
        return BrainRecall(
            cue=tuple(names[each] for each in recalled.cue if each in names),
            mode=recalled.mode,
            lit=(*lit[: limit - len(supposed)], *supposed),
            regions=dict(zip((each.name for each in REGIONS), spikes, strict=True)),
            levels=asdict(recalled.levels),
            seed=seed,
            scale=recalled.scale,
            milliseconds=recalled.milliseconds,
            recalled=recalled,
            held=tuple(names[each] for each in recalled.held[-1] if each in names),
            answering=names.get(recalled.leading[-1], ""),
            named={
                **{each.concept.id: Named(each.concept.name, each.concept.type) for each in near},
                **{
                    id: Named(row.name, type_name(row.type))
                    for id, row in rows.items()
                    if id in shown
                },
            },
            pending=proposed.pending,
            kin=tuple((names[each], many) for each, many in recalled.kin if each in names),
        )

    def brain_assembly(self, concept: Id, *, collection: Words | None = None) -> Assembly:
        """Which hundred neurons of the association cortex stand for a concept, and who shares them.

        Raises `NotFoundError` for a concept that there is not, or not in this collection.
        """
        pools, layout = self._thinking.pools()
        with self._graph.reading() as connection:
            among = self._graph.shown(connection, collection)
            row = concept_cards.wanted(self._graph, connection, concept, among)
            return assembly(
                connection, pools, layout, row,
                lambda rows: concept_cards.within(connection, rows, among),
            )  # fmt: skip

    def brain_learned(
        self, since: Number | None = None, *, collection: Words | None = None
    ) -> Learned:
        """What sources and what was told have taught since an engram (`Learned.upto` of before).

        None is now: nothing was learned since. Within a collection only what is mentioned there is
        named. Raises `NotFoundError` for no such collection.
        """
        with self._graph.store.read() as connection:
            among = self._graph.shown(connection, collection)
            upto = relation_rows.pending(connection, EXTRACTOR)[0]
            return learned(
                connection, self._thinking.layout, upto if since is None else since, upto,
                lambda rows: concept_cards.within(connection, rows, among),
            )  # fmt: skip

    def brain_dream(
        self, concept: Words, *, hops: Limit = 6, seed: Number = 0, cancel: Cancel | None = None
    ) -> list[Dreamt]:
        """A chain from one concept to the next that lights up, with noise; nothing is learned.

        The same `seed` dreams the same. Raises `NotFoundError`, `UsageError` and `Cancelled`.
        """
        if not 1 <= hops <= _FAR:
            raise UsageError(
                "How far shall it dream?", f"Give a number of hops from 1 to {_FAR}, such as 6."
            )
        with self._graph.drawn() as connection:
            named = self._graph.named(connection, concept)
            if not named:
                raise NotFoundError(
                    f"“{_short(concept)}” names no concept of the library.",
                    "See which there are with `workbench list concepts`.",
                )
        chain = list(
            self._thinking.dream(named[0].id, hops=hops, seed=seed % _SEEDS, cancel=cancel)
        )
        with self._graph.reading() as connection:
            rows = graph.by_ids(connection, _all_ids([each for each, _ in chain], ()))
        names = _names(rows)
        return [
            Dreamt(
                each.concept,
                names[each.concept],
                surprise,
                _named_trail(each, names),
                by_kin(_named_trail(each, names)) if each.across else "",
            )
            for each, surprise in chain
            if each.concept in names
        ]


def _names(rows: Mapping[int, graph.ConceptRow]) -> dict[int, str]:
    return {id: row.name for id, row in rows.items()}


def _others(recalled: Recalled) -> set[int]:
    """The concepts of a recall that need not have lit up: its cue, what was in mind."""
    held = {each for step in recalled.held for each in step}
    return {*recalled.cue, *held, *recalled.leading} - {-1}


def _all_ids(came: Iterable[Came], cue: Iterable[int]) -> Collection[int]:
    return {id for each in came for id in (*each.trail, each.concept)} | set(cue)


def _named_trail(came: Came, names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[each] for each in came.trail if each in names)


def _short(cue: str) -> str:
    return textwrap.shorten(cue, _TOLD, placeholder=" …") or cue[:_TOLD]


def _written(
    connection: sqlite3.Connection, lit: Lit, cue: Sequence[int], among: graph.Places
) -> Lit:
    """What came straight from the cue, of which one statement speaks beside it, is confirmed."""
    if lit.tag != "emergent" or lit.across or len(lit.trail) != _STRAIGHT:
        return lit
    places: list[int] = []
    for one in cue:
        places = places or graph.holding(connection, (one, lit.concept), among, _GROUNDS)
    return replace(lit, tag="confirmed", grounds=tuple(places)) if places else lit


def _lit(
    came: Came,
    names: Mapping[int, str],
    fired: Set[int],
    known: tuple[str, ...] | None,
    agreed: int | None,
) -> Lit:
    """A concept that lit up; where its own way does not lead back to the cue, that of the graph.

    `agreed` is the concept of the cue that the user says it is related to.
    """
    tag = "confirmed" if agreed is not None or known is not None or came.stated else "emergent"
    own = (came.trail[0] in fired and not (came.across and known)) or known is None
    trail = _named_trail(came, names) if own else known or ()
    edge = path = ""
    across = came.across and tag == "emergent"
    if across:
        path, edge = by_kin(trail), edge_between(came.trail[0], came.concept)
    if agreed is not None and agreed in names:
        trail, edge = (names[agreed], names[came.concept]), edge_between(agreed, came.concept)
    return Lit(
        came.concept, names[came.concept], tag, came.strength, came.cover, came.step, trail,
        path=path, edge=edge, across=across,
    )  # fmt: skip
