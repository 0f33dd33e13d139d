"""The brain: activation by a cue, and learning."""

import sqlite3
import textwrap
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Any

from workbench import kernels
from workbench.arguments import Id, Limit, Number, Words
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.brain.engine.modulators import BROAD, FOCUSED
from workbench.brain.engine.regions import REGIONS
from workbench.brain.engine.simulation import Frame
from workbench.brain.library import inputs
from workbench.brain.library.assembly import Assembly, assembly
from workbench.brain.library.brain_recall import Activated, Conditions, Recalled
from workbench.brain.library.concept_map import ConceptMap, concept_map
from workbench.brain.library.emergent import NO_PROPOSALS, WAIT_SECONDS, checked
from workbench.brain.library.hypotheses import (
    agreed_to,
    edge_between,
    hypotheses,
    severed,
    similarity_path_text,
    split_by_similarity,
)
from workbench.brain.library.recently_learned import Learned, recent_sayings
from workbench.brain.records import (
    BrainRecall,
    BrainStatus,
    Dreamt,
    Lesson,
    Lit,
    Named,
    RegionStatus,
    Replay,
)
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.group import Group
from workbench.memory import stored_settings
from workbench.memory.graph import concept_cards, paths
from workbench.memory.graph.kinds import type_name
from workbench.memory.graph.records import RECALLED_TOGETHER
from workbench.memory.graph.relations import EXTRACTOR
from workbench.memory.reflex import settings
from workbench.memory.reflex.settings import BrainConfig, brain_config
from workbench.recall.records import Answer
from workbench.store import gists, graph, meta, relation_rows, synapses, verdicts
from workbench.store.synapses import LessonRow
from workbench.suggestions import joined

#: Maximum hops of the graph tier beside the brain, and concepts of a cue.
_HOPS, _CUE = 2, 500

#: Maximum hops of a dream.
_FAR = 100

#: Distinct seeds; others are taken modulo this.
_SEEDS = 1 << 31

#: At most one in so many results may be an inferred association.
_SUPPOSED = 3

#: Concepts of a direct path, and statements given as its grounds.
_STRAIGHT, _GROUNDS = 2, 3

#: Characters of an unknown cue that an error repeats.
_CUE_CHARACTERS = 80

_MODES: Mapping[str, bool] = {"focused": False, "broad": True}

#: Activated concepts of a question that are matched with quotes.
_ANSWER_CONCEPTS = 24


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue with the conditions of its recall; see `Brain.recall`.

    `watch` is called with each simulated step and its frame.
    """

    text: str
    mode: str | None
    limit: int
    collection: str | None
    seed: int
    cancel: Cancel | None
    patience: float | None = WAIT_SECONDS
    watch: Callable[[int, Frame], None] | None = None


class Brain(Group):
    """A library's calls on its brain."""

    def status(self) -> BrainStatus:
        """The size of the brain, and which parts of it are loaded; loads nothing."""
        thinking = self._core.thinking
        layout = thinking.layout
        sizes = layout.sizes.tolist()
        with self._store.read() as connection:
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
                RegionStatus(region.name, region.label, size, region.job)
                for region, size in zip(REGIONS, sizes, strict=True)
            ),
        )

    def prepare(self) -> bool:
        """Compile the simulation of the full brain, once; takes some 15 seconds.

        False if it cannot be compiled. Until it is, a smaller brain with the same regions answers.
        """
        return self._core.thinking.prepare()

    def recall(
        self,
        cue: Words,
        *,
        mode: Words | None = None,
        limit: Limit = 12,
        collection: Words | None = None,
        seed: Number = 0,
        cancel: Cancel | None = None,
        patience: float | None = WAIT_SECONDS,
    ) -> BrainRecall:
        """Activate the concepts that a cue names, and return those that activity spreads to.

        `mode` is "focused" or "broad" (None: focused for one concept, broad for several). With a
        `collection` only concepts mentioned there are returned. The same cue, `seed`, library and
        working memory give the same spikes.

        Up to a third of `limit` are hypotheses: associations that no text states. They are computed
        in the background and left out, with `pending` set, unless they are ready within `patience`
        seconds (None: wait for them). Until they have been computed once, assemblies overlap less
        than they will. While triples are being extracted, recall does not wait but uses the links
        and hypotheses that exist.

        Raises `UsageError`, `NotFoundError` if the cue names no concept, and `Cancelled`.
        """
        return self._recall(_Cue(cue, mode, limit, collection, seed, cancel, patience))

    def _recall(self, request: _Cue) -> BrainRecall:
        mode, limit, collection = request.mode, request.limit, request.collection
        if mode is not None and mode not in _MODES:
            raise UsageError(f"“{mode}” is not a mode.", "Choose focused or broad.")
        with self._core.graph.glimpsed() as connection:
            places = self._core.graph.visible_places(connection, collection)
            concepts = concept_cards.filter_places(
                connection, self._core.graph.find_named(connection, request.text), places
            )
            if not concepts:
                raise NotFoundError(
                    f"“{_short(request.text)}” names no concept of the library.",
                    "See which there are with `workbench list concepts`.",
                )
        modulators = None if mode is None else (BROAD if _MODES[mode] else FOCUSED)
        ids = [row.id for row in concepts[:_CUE]]
        calm = self._core.graph.calm()
        hypothesis_limit = limit // _SUPPOSED
        proposed = (
            self._core.emergent.proposed(ids, request.patience, calm)
            if hypothesis_limit
            else NO_PROPOSALS
        )
        with self._store.read() as connection:
            context = inputs.company(
                self._core.graph,
                self._core.fact_index,
                connection,
                ids,
                places,
                collection=collection,
            )
            recalled = self._core.thinking.recall(
                ids,
                Conditions(modulators, request.seed % _SEEDS, context),
                calm=calm,
                cancel=request.cancel,
                watch=request.watch,
            )
        associated = paths.associated(
            self._core.graph,
            request.text,
            hops=_HOPS,
            limit=2 * limit,
            collection=collection,
            patient=False,
        )
        # Co-recall is no statement, even if the graph has a path over it.
        associated = [
            item
            for item in associated
            if all(step.edge.relation != RECALLED_TOGETHER for step in item.steps)
        ]
        trails = {item.concept.id: item.trail for item in associated}
        self._core.lessons.recalled(recalled)
        with self._store.read() as connection:
            separated, agreed = verdicts.parted(connection), verdicts.agreed(connection, ids)
            candidates = checked(connection, proposed.links, ids, places, separated)
            other_ids = _cue_and_memory(recalled).union(agreed, *(item.path for item in candidates))
            other_ids |= {item for item, _ in recalled.similar}
            rows = graph.by_ids(connection, _all_ids(recalled.activated, other_ids))
            visible = {
                row.id
                for row in concept_cards.filter_places(connection, list(rows.values()), places)
            }
            arrivals = [
                item
                for item in recalled.activated
                # Hidden concepts must not appear in trails either.
                if visible.issuperset(item.trail) and not severed(connection, item.trail, separated)
            ]
        names = {id: row.name for id, row in rows.items() if id in visible}
        fired = frozenset(recalled.cue)
        # Activation without a known path from the cue cannot be explained.
        results = [
            _to_activation(item, names, fired, trails.get(item.concept), agreed.get(item.concept))
            for item in arrivals
            if item.trail[0] in fired or item.concept in trails
        ]
        # Of rejected associations only stated ones are shown.
        results = [
            item
            for item in results
            if item.tag != "emergent"
            or not any((fired_id, item.concept) in separated for fired_id in fired)
        ]
        results = [_confirm_by_text(connection, item, recalled.cue, places) for item in results]
        results, crossings = split_by_similarity(
            results, candidates, (hypothesis_limit // 2 or 1) if hypothesis_limit else 0
        )
        results = agreed_to(agreed, names, {item.concept for item in results}) + results
        result_ids = {item.concept for item in (*results, *crossings)}
        results += [
            Lit(item.concept.id, item.concept.name, "explicit", 0.0, 0.0, -1, item.trail)
            for item in associated
            if item.concept.id not in result_ids
        ]
        hypothetical = [
            *crossings,
            *hypotheses(
                candidates,
                names,
                result_ids | trails.keys(),
                hypothesis_limit - len(crossings),
            ),
        ]
        spikes = recalled.spikes.sum(axis=0).tolist()
        return BrainRecall(
            cue=tuple(names[item] for item in recalled.cue if item in names),
            mode=recalled.mode,
            lit=(*results[: limit - len(hypothetical)], *hypothetical),
            regions=dict(zip((item.name for item in REGIONS), spikes, strict=True)),
            levels=asdict(recalled.levels),
            seed=request.seed,
            scale=recalled.scale,
            milliseconds=recalled.milliseconds,
            recalled=recalled,
            held=tuple(names[item] for item in recalled.held[-1] if item in names),
            answering=names.get(recalled.leading[-1], ""),
            named={
                **{
                    item.concept.id: Named(item.concept.name, item.concept.type)
                    for item in associated
                },
                **{
                    id: Named(row.name, type_name(row.type))
                    for id, row in rows.items()
                    if id in visible
                },
            },
            pending=proposed.pending,
            kin=tuple((names[item], count) for item, count in recalled.similar if item in names),
        )

    def replay(
        self,
        cue: Words,
        *,
        limit: Limit = 12,
        collection: Words | None = None,
        seed: Number = 0,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> Replay:
        """Recall a cue as `recall` does, and return the spikes of every step.

        `report` gets each step as it is simulated. Raises as `recall`.
        """

        def stepped(step: int, frame: Frame) -> None:
            report(Progress("simulating", step, unit="steps", note=str(int(frame.spikes.sum()))))

        request = _Cue(cue, None, limit, collection, seed, cancel, watch=stepped)
        recall = self._recall(request)
        return Replay(
            recall.cue,
            recall.mode,
            tuple(item.name for item in REGIONS),
            tuple(tuple(step) for step in recall.recalled.spikes.tolist()),
            recall.lit,
        )

    def assembly(self, concept: Id, *, collection: Words | None = None) -> Assembly:
        """The hundred neurons of a concept in the association cortex, and concepts that share them.

        Raises `NotFoundError` for an unknown concept, or one that is not in this collection.
        """
        pools, layout = self._core.thinking.pools()
        with self._core.graph.reading() as connection:
            places = self._core.graph.visible_places(connection, collection)
            row = concept_cards.find_concept(self._core.graph, connection, concept, places)
            return assembly(
                connection, pools, layout, row,
                lambda rows: concept_cards.filter_places(connection, rows, places),
            )  # fmt: skip

    def learned(self, since: Number | None = None, *, collection: Words | None = None) -> Learned:
        """What was learned from sources and statements since an engram (`Learned.upto` of before).

        None is now: nothing was learned since. With a `collection`, only concepts mentioned there
        are named. Raises `NotFoundError` for an unknown collection.
        """
        with self._store.read() as connection:
            places = self._core.graph.visible_places(connection, collection)
            upto = relation_rows.pending(connection, EXTRACTOR)[0]
            return recent_sayings(
                connection, self._core.thinking.layout, upto if since is None else since, upto,
                lambda rows: concept_cards.filter_places(connection, rows, places),
            )  # fmt: skip

    def dream(
        self, concept: Words, *, hops: Limit = 6, seed: Number = 0, cancel: Cancel | None = None
    ) -> list[Dreamt]:
        """A chain of concepts, each activated by the one before, with noise; nothing is learned.

        The same `seed` gives the same chain. Raises `NotFoundError`, `UsageError` and `Cancelled`.
        """
        if not 1 <= hops <= _FAR:
            raise UsageError(
                "The number of hops is out of range.",
                f"Give a number of hops from 1 to {_FAR}, such as 6.",
            )
        with self._core.graph.reading_triples() as connection:
            concepts = self._core.graph.find_named(connection, concept)
            if not concepts:
                raise NotFoundError(
                    f"“{_short(concept)}” names no concept of the library.",
                    "See which there are with `workbench list concepts`.",
                )
        chain = list(
            self._core.thinking.dream(concepts[0].id, hops=hops, seed=seed % _SEEDS, cancel=cancel)
        )
        with self._core.graph.reading() as connection:
            rows = graph.by_ids(connection, _all_ids([item for item, _ in chain], ()))
        names = _names(rows)
        return [
            Dreamt(
                item.concept,
                names[item.concept],
                surprise,
                _trail_names(item, names),
                similarity_path_text(_trail_names(item, names)) if item.by_similarity else "",
            )
            for item, surprise in chain
            if item.concept in names
        ]

    def lessons(self, limit: Limit = 20) -> list[Lesson]:
        """What rewards have taught the brain, newest first, with the links that changed.

        A reward is an answer that was opened or pinned, or a link that was judged, within minutes
        of the recall that led to it. Raises `UsageError` for a limit below 1.
        """
        if limit < 1:
            raise UsageError("The number of lessons is out of range.", "Give a number, such as 20.")
        self._core.strengths.flush()
        with self._store.read() as connection:
            return [
                _to_lesson(connection, row) for row in synapses.latest_lessons(connection, limit)
            ]

    def map(
        self, *, limit: Limit = 2000, collection: Words | None = None, cancel: Cancel | None = None
    ) -> ConceptMap:
        """The map of the most mentioned concepts; empty if too little was read.

        Raises `UsageError`, `NotFoundError` for an unknown collection, and `Cancelled`.
        """
        language = min(self._core.languages(), default="en", key=lambda tag: tag != "en")
        return concept_map(
            self._core.graph, self._core.statement_texts, language, limit, collection, cancel
        )

    def beside_answer(self, answer: Answer, *, cancel: Cancel | None = None) -> Answer:
        """The answer with the concepts that its question activates, and the quotes that have them.

        Quotes and their order stay. The answer is returned as it is if the question names no
        concept or was not asked of sources, and while a large library is still being linked. Raises
        `Cancelled`.
        """
        if not self._core.thinking.at_hand(WAIT_SECONDS):
            return answer
        collection = answer.scope.get("collection")
        try:
            lit = self.recall(
                answer.question,
                limit=_ANSWER_CONCEPTS,
                collection=collection if isinstance(collection, str) else None,
                cancel=cancel,
            )
        except NotFoundError:
            return answer
        with self._core.graph.reading() as connection:
            return joined(connection, answer, lit)

    def configure(self, /, **changes: Any) -> BrainConfig:
        """The settings of this library's reflex recall; sets `changes` by name.

        None restores a default. A `scale`, 0.01 to 1, sets the size of the simulated brain until
        the library is closed. Raises `UsageError` for an unknown name or invalid value; then
        nothing is changed.
        """
        if (scale := changes.pop("scale", None)) is not None:
            if not 0.01 <= scale <= 1:
                raise UsageError("A brain has a scale from 0.01 to 1.", "1 is two million neurons.")
            self._core.thinking.resize(scale)
        if not changes:
            return brain_config(self._store)
        defaults = {name: getattr(settings.DEFAULTS, name, None) for name in changes}
        values = {n: defaults[n] if value is None else value for n, value in changes.items()}
        stored_settings.changed(settings.DEFAULTS, values)

        def work(connection: sqlite3.Connection) -> BrainConfig:
            stored = meta.get(connection, meta.BRAIN_CONFIG)
            after = stored_settings.changed(settings.unpacked(str(stored or "")), values)
            meta.put(connection, meta.BRAIN_CONFIG, settings.packed(after))
            return after

        return self._store.write(work)


def _names(rows: Mapping[int, graph.ConceptRow]) -> dict[int, str]:
    return {id: row.name for id, row in rows.items()}


def _cue_and_memory(recalled: Recalled) -> set[int]:
    """Concepts of a recall that count without activation: its cue, and working memory."""
    contents = {concept for step in recalled.held for concept in step}
    return {*recalled.cue, *contents, *recalled.leading} - {-1}


def _all_ids(arrivals: Iterable[Activated], cue: Iterable[int]) -> Collection[int]:
    return {id for arrival in arrivals for id in (*arrival.trail, arrival.concept)} | set(cue)


def _trail_names(arrival: Activated, names: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(names[concept] for concept in arrival.trail if concept in names)


def _short(cue: str) -> str:
    return textwrap.shorten(cue, _CUE_CHARACTERS, placeholder=" …") or cue[:_CUE_CHARACTERS]


def _confirm_by_text(
    connection: sqlite3.Connection, activation: Lit, cue: Sequence[int], scope: graph.Places
) -> Lit:
    """Confirm a direct association if a statement mentions both concepts."""
    if activation.tag != "emergent" or activation.across or len(activation.trail) != _STRAIGHT:
        return activation
    places: list[int] = []
    for fired in cue:
        places = places or graph.containing(
            connection, (fired, activation.concept), scope, _GROUNDS
        )
    return replace(activation, tag="confirmed", grounds=tuple(places)) if places else activation


def _to_activation(
    arrival: Activated,
    names: Mapping[int, str],
    fired: Set[int],
    graph_trail: tuple[str, ...] | None,
    agreed: int | None,
) -> Lit:
    """A result of activation; its trail is that of the graph if its own does not reach the cue.

    `agreed` is the cue's concept in an association that the user confirmed.
    """
    tag = (
        "confirmed"
        if agreed is not None or graph_trail is not None or arrival.asserted
        else "emergent"
    )
    is_traced = (
        arrival.trail[0] in fired and not (arrival.by_similarity and graph_trail)
    ) or graph_trail is None
    trail = _trail_names(arrival, names) if is_traced else graph_trail or ()
    edge = path = ""
    is_crossing = arrival.by_similarity and tag == "emergent"
    if is_crossing:
        path, edge = similarity_path_text(trail), edge_between(arrival.trail[0], arrival.concept)
    if agreed is not None and agreed in names:
        trail, edge = (names[agreed], names[arrival.concept]), edge_between(agreed, arrival.concept)
    return Lit(
        arrival.concept, names[arrival.concept], tag, arrival.strength, arrival.cover,
        arrival.step, trail, path=path, edge=edge, across=is_crossing,
    )  # fmt: skip


def _to_lesson(connection: sqlite3.Connection, row: LessonRow) -> Lesson:
    ids = {end for head, tail, _ in row.record for end in (head, tail)}
    names = gists.concept_names(connection, ids)
    changes = sorted(row.record, key=lambda change: (-abs(change[2]), change))
    return Lesson(
        row.id, row.at, row.why,
        tuple(
            (names[head], names[tail], round(amount, 4))
            for head, tail, amount in changes
            if head in names and tail in names
        ),
    )  # fmt: skip
