"""Reflex recall: from a cue to facts and sentences, by spreading activation.

The cue is traced; its concepts are the anchors, its words find the first memories, and activation
spreads from there as deep as allowed (see `field`). If the cue is matched directly, nothing
spreads. A fact with the requested value comes first.
"""

import math
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.memory import words
from workbench.memory.facts import cues, remembering
from workbench.memory.facts import facts as told
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Value
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.lexicon import Lexicon
from workbench.memory.reflex import context, field, hit_records
from workbench.memory.reflex.anchors import Anchors, anchors_of
from workbench.memory.reflex.context import Context
from workbench.memory.reflex.depth import Depth, depth_of, hops, parse_depth
from workbench.memory.reflex.field import Field
from workbench.memory.reflex.records import Bound, Hit, Recollection
from workbench.memory.reflex.settings import STRATEGIES, BrainConfig
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import ENGLISH_STOP, STOP
from workbench.memory.words import base_language
from workbench.store import collections, graph, marks, text
from workbench.store import facts as rows
from workbench.store import sources as catalogue
from workbench.store.graph import Places

Member = TypeVar("Member", bound=Hashable)


def co_activated(sets: Sequence[Mapping[Member, float]]) -> list[Bound[Member]]:
    """The concepts reached from several anchors, strongest binding first."""
    reached: defaultdict[Member, list[float]] = defaultdict(list)
    for concept, level in chain.from_iterable(levels.items() for levels in sets):
        reached[concept].append(level)
    bindings = [
        Bound(concept, len(levels), min(1.0, sum(levels) / len(sets)))
        for concept, levels in reached.items()
        if len(levels) > 1
    ]
    return sorted(bindings, key=lambda binding: (-binding.strength, -binding.count))


class Signs(NamedTuple):
    """The features for the confidence of a recall, each from 0 to 1.

    `words` is the share of the cue in the first memory by weight, `tokens` by number, known or not
    (see `token_share`), `names` the share of its names and times (1 if it has none). `margin` is
    the lead of the first, `far` is 1 if it was reached indirectly.
    """

    words: float
    tokens: float
    names: float
    margin: float
    far: float


NO_SIGNS = Signs(0.0, 0.0, 0.0, 0.0, 0.0)

#: The fitted weights of the features, and the intercept.
_WEIGHTS = Signs(words=3.6, tokens=3.5, names=4.4, margin=4.8, far=-1.0)
_BASE = -11.2
#: The maximum confidence without a value.
_CONFIDENCE_LIMIT = 0.97


def token_share(cue: str, text: str) -> float:
    """The share of the content words of a cue that a text contains."""
    cue_forms = [forms for word, forms in _forms(cue) if word not in STOP]
    if not cue_forms:
        return 0.0
    text_forms = {form for _, forms in _forms(text) for form in forms}
    return sum(not text_forms.isdisjoint(forms) for forms in cue_forms) / len(cue_forms)


def _forms(text: str) -> list[tuple[str, set[str]]]:
    tokens = dict.fromkeys(word for token in words.tokens(text) for word in token.words)
    return [(word, {word, *words.forms(word, "en")}) for word in tokens]


def margin(scores: Sequence[float]) -> float:
    """The lead of the first score, 0 to 1; less with few others."""
    if not scores or not scores[0]:
        return 0.0
    rest_scores = [*scores[1:6], *[0.5 * scores[0]] * (6 - len(scores))]
    return 1 - sum(rest_scores) / len(rest_scores) / scores[0]


def confidence(signs: Signs, answer: Value | None) -> float:
    """The probability that the first memory answers; that of the value if there is one."""
    if answer is not None:
        return answer.confidence
    if signs == NO_SIGNS:
        return 0.0
    total = _BASE + sum(weight * sign for weight, sign in zip(_WEIGHTS, signs, strict=True))
    return min(_CONFIDENCE_LIMIT, 1 / (1 + math.exp(-total)))


#: Minimum memories found by words, also for each scope if none is given.
_LEXICAL = 24
_SCOPES = 8
#: Maximum scopes that are asked for the value.
_VALUE_SCOPES = 3
#: Extra memories, since superseded, expired and later ones are dropped.
_SPARE = 12
#: The maximum ratio of the second score for a direct match.
_LEAD = 0.85
_BOND_LIMIT = 10
#: Pending memories that are linked before an answer; of more only the words are used.
_BACKLOG_LIMIT = 1024
#: The priority from which a memory is always in a context.
_WEIGHTY = 7
_WEIGHTY_LIMIT = 2048


@dataclass(frozen=True, slots=True)
class RecallRequest:
    """The parameters of a recall; see `Reflexes.recall`.

    `weighty` includes memories of high priority. With `notes_only` sources are excluded, and
    without a collection only the library's own facts count.
    """

    cue: str
    depth: str | None = None
    collection: str | None = None
    limit: int = 5
    max_tokens: int | None = None
    as_of: str | float | None = None
    strategy: str | None = None
    weighty: bool = False
    notes_only: bool = False


class Reflexes:
    """Reflex recall over one library. Thread-safe."""

    def __init__(
        self,
        concepts: ConceptGraph,
        index: FactIndex,
        lexicon: Lexicon,
        settings: Callable[[], BrainConfig],
    ) -> None:
        self._concepts = concepts
        self._index = index
        self._lexicon = lexicon
        self._settings = settings
        #: The eligible sentences of a collection, by change number of the library.
        self._inside: tuple[int, str | None, NDArray[np.int64], frozenset[str]] | None = None

    def recall(self, request: RecallRequest) -> Recollection:
        """Recall memories for a cue.

        Raises `UsageError` for a cue without words, an unknown depth or strategy, a limit below
        one, and an invalid date.
        """
        start = time.perf_counter()
        settings = self._settings()
        cue = " ".join(request.cue.split())[:2000]
        if not any(map(str.isalnum, cue)):
            raise UsageError("What is it about?", "Name a few words.")
        if request.limit < 1:
            raise UsageError(
                f"{request.limit} is not a number of memories.", "Ask for one or more."
            )
        strategy = request.strategy or settings.activation_strategy
        if strategy not in STRATEGIES:
            raise UsageError(
                f"Recall does not spread by “{strategy}”.", f"Use one of {', '.join(STRATEGIES)}."
            )
        requested_depth = parse_depth(request.depth)
        cutoff = None if request.as_of is None else remembering.parse_time(request.as_of)
        budget = _budget(request.max_tokens, settings)
        trace = self._concepts.trace(cue)
        snapshot = self._lexicon.refresh()
        backlog = self._concepts.linker.backlog()
        is_current = backlog <= _BACKLOG_LIMIT
        with self._concepts.reading() if is_current else self._index.store.read() as connection:
            scopes = self._scopes(connection, request, cue)
            places = self._concepts.places(connection, request.collection)
            if request.notes_only:
                places = Places(frozenset(graph.place_of(scope) for scope, _ in scopes))
            anchors = anchors_of(connection, trace, settings.rrf_k, places)
            cue_depth = depth_of(cue, anchors.name_count, anchors.keywords)
            depth = requested_depth or cue_depth
            # A question for reasons needs whole memories, not a value.
            valued = cue_depth is not Depth.DEEP
            answer = self._value(cue, scopes, request.as_of) if valued else None
            lexical = self._lexical(connection, snapshot, cue, scopes, request, cutoff)
            active = Field(
                connection, places, cutoff, self._index.store.clock(), settings, anchors.anchors
            )
            shallow = depth is Depth.INSTANT or depth is Depth.CONTEXT
            active.begin(lexical)
            is_complete = answer is not None and not active.leaves(answer.fact.id)
            enough = shallow and (
                is_complete or (answer is None and _is_satisfied(lexical, settings))
            )
            rounds = 1 if enough else hops(depth, settings.max_spread_hops)
            field.run(active, rounds, "reflex" if enough else strategy)
            if not is_complete:
                active.join(self._index.strengths)
            hits = hit_records.hits(
                self._index,
                active,
                _best(active, request.limit + _SPARE, answer),
                answer,
                cutoff,
                request.limit,
            )
            signs = _signs(cue, hits, lexical, active, anchors)
            probability = confidence(signs, answer)
            bonds = _bonds(connection, active)
        plan = _context(hits[: request.limit], active, budget, self._index.store.clock())
        return Recollection(
            cue=cue,
            depth=depth,
            strategy=strategy,
            hits=tuple(hits[: request.limit]),
            answer=answer,
            confidence=round(probability, 4),
            anchors=tuple(anchor.name for anchor in anchors.anchors),
            unknown=anchors.unknown,
            co_activations=bonds,
            context=plan,
            enough=enough,
            activated=active.fired(),
            looked_at=active.reads,
            unlinked=0 if is_current or self._index.store.read_only else backlog,
            milliseconds=(time.perf_counter() - start) * 1000,
        )

    # -- scopes and words -----------------------------------------------------------------------

    def _scopes(
        self, connection: sqlite3.Connection, request: RecallRequest, cue: str
    ) -> list[tuple[int, str | None]]:
        """The eligible scopes of facts with their names; of the whole library the likeliest."""
        collection = request.collection
        if collection is None and (request.notes_only or not collections.exist(connection)):
            return [(rows.OWN, None)]
        if collection is not None:
            scope = rows.scope_id(connection, collection)
            return [] if scope is None else [(scope, collection)]
        ranked = self._index.scopes(cues.cue(cue))[:_SCOPES]
        return [(scope, collections.name_of(connection, scope)) for scope in ranked]

    def _value(
        self,
        cue: str,
        scopes: Sequence[tuple[int, str | None]],
        as_of: str | float | None,
    ) -> Value | None:
        """The value with the highest confidence."""
        values = (
            told.value(self._index, cue, collection=name, as_of=as_of)
            for _, name in scopes[:_VALUE_SCOPES]
        )
        return max(filter(None, values), key=lambda value: value.confidence, default=None)

    def _lexical(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        cue: str,
        scopes: Sequence[tuple[int, str | None]],
        request: RecallRequest,
        cutoff: float | None,
    ) -> dict[int, float]:
        """The memories with most of the cue's words, and their shares."""
        limit = max(_LEXICAL, request.limit + _SPARE) * (1 if cutoff is None else 8)
        words = cues.cue(cue)
        shares: dict[int, float] = {}
        for scope, _ in scopes:
            shares.update(self._index.best(scope, words, limit))
            if request.weighty:
                weighty = marks.marked(connection, scope, None, _WEIGHTY, _WEIGHTY_LIMIT)
                shares.update(self._index.best(scope, words, _LEXICAL, weighty) if weighty else ())
        if snapshot.size and not request.notes_only:
            inside, languages = self._readable(connection, request.collection)
            shares.update(find_sentences(snapshot, cue, inside, limit, languages))
        return shares

    def _readable(
        self, connection: sqlite3.Connection, collection: str | None
    ) -> tuple[NDArray[np.int64], frozenset[str]]:
        """The ordinals of eligible sentences as ranges, and their languages."""
        changes = self._index.store.changes()
        cached = self._inside
        if cached is not None and cached[:2] == (changes, collection):
            return cached[2], cached[3]
        source_ids: set[int] | None = None
        if collection is not None:
            source_ids = set(collections.source_ids(connection, collection))
        # The ordinal of an engram is its id less one.
        ranges = [
            (extent.first - 1, extent.last - 1)
            for extent in text.extents(connection)
            if not extent.trashed and (source_ids is None or extent.source in source_ids)
        ]
        inside = np.array(ranges, np.int64).reshape(-1, 2)
        tags = catalogue.languages(connection) or ("",)
        languages = frozenset(map(base_language, tags))
        self._inside = changes, collection, inside, languages
        return inside, languages


def _budget(max_tokens: int | None, settings: BrainConfig) -> int:
    if max_tokens is None:
        return settings.max_context_tokens
    if max_tokens < context.MIN_TOKENS:
        raise UsageError(
            f"{max_tokens} tokens hold no memory.", f"Ask for {context.MIN_TOKENS} or more."
        )
    return max_tokens


def _is_satisfied(lexical: Mapping[int, float], settings: BrainConfig) -> bool:
    """Whether one memory matches the cue, and no other nearly as well."""
    scores = sorted(lexical.values(), reverse=True)[:2]
    if not scores or scores[0] < settings.sufficiency_threshold:
        return False
    return len(scores) < 2 or scores[1] <= _LEAD * scores[0]


def _best(active: Field, limit: int, answer: Value | None) -> list[int]:
    """The best reached memories, including the one with the value."""
    if answer is not None and answer.fact.id not in active.reached:
        active.reached[answer.fact.id] = field.Reach(answer.confidence, 0, None, ())
    ranked = sorted(active.reached, key=lambda id: (-active.reached[id].score, -id))
    best = ranked[:limit]
    if answer is not None and answer.fact.id not in best:
        best.append(answer.fact.id)
    return best


def _signs(
    cue: str,
    hits: Sequence[Hit],
    lexical: Mapping[int, float],
    active: Field,
    anchors: Anchors,
) -> Signs:
    if not hits:
        return NO_SIGNS
    first = hits[0]
    return Signs(
        words=lexical.get(first.id, 0.0),
        tokens=token_share(cue, first.text),
        names=_name_share(active, anchors, first.id),
        margin=_margin(hits, active),
        far=float(first.hops > 0),
    )


def _margin(hits: Sequence[Hit], active: Field) -> float:
    """The lead of the first memory in direct matches; indirect ones are ignored."""
    first = active.direct(hits[0].id) or hits[0].score
    other_scores = sorted((active.direct(hit.id) for hit in hits[1:]), reverse=True)
    return max(0.0, margin([first, *filter(None, other_scores)]))


def _name_share(active: Field, anchors: Anchors, id: int) -> float:
    """The share of the cue's names and times that a memory mentions; 1 if it has none."""
    if not anchors.name_count:
        return 1.0
    concepts = set(active.concepts_met(id))
    return sum(a.names and a.concept in concepts for a in anchors.anchors) / anchors.name_count


def _bonds(connection: sqlite3.Connection, active: Field) -> tuple[Bound[str], ...]:
    """The concepts reached from several anchors, by name."""
    bindings = co_activated(list(active.sets.values()))[:_BOND_LIMIT]
    concepts = graph.by_ids(connection, [binding.concept for binding in bindings])
    return tuple(
        Bound(concepts[binding.concept].name, binding.count, round(binding.strength, 4))
        for binding in bindings
        if binding.concept in concepts
    )


def _context(hits: Sequence[Hit], active: Field, budget: int, timestamp: float) -> Context:
    items = []
    for hit in hits:
        fiber = active.fibers.get(hit.id)
        frequency = 0 if fiber is None else fiber.frequency or 0
        conductivity = None if fiber is None else fiber.conductivity
        items.append(
            context.Item(
                engram=hit.id,
                text=hit.text,
                activation=hit.score,
                priority=(5 if hit.priority is None else hit.priority) / 10,
                frequency=context.use_frequency(frequency),
                conductivity=1.0 if conductivity is None else conductivity,
                freshness=context.freshness(max(0.0, timestamp - hit.origin.at) / 86_400),
            )
        )
    return context.assemble(items, budget)


# -- sentences with most words of a cue ------------------------------------------------------------
# Rare words select candidates, common ones only score them: the cost is independent of frequent
# words.

#: Maximum postings of a word that selects candidates.
_POSTING_LIMIT = 4096
_WORD_LIMIT = 24
#: The length in words at which the penalty for long sentences saturates, and that penalty.
_LONG, _BREVITY = 80, 0.1


def find_sentences(
    snapshot: Snapshot,
    cue: str,
    ranges: NDArray[np.int64],
    limit: int,
    languages: Collection[str] = ("en",),
) -> list[tuple[int, float]]:
    """The sentences with most of a cue's weight: (engram, share from 0 to 1), best first.

    `ranges` are the first and last eligible ordinals, `(n, 2)`, sorted.
    """
    if not len(ranges) or not snapshot.size or limit < 1:
        return []
    weighted = [
        (weight, ordinals) for weight, ordinals in _postings(snapshot, cue, ranges, languages)
    ]
    total = sum(weight for weight, _ in weighted)
    rare = [ordinals for _, ordinals in weighted if 0 < len(ordinals) <= _POSTING_LIMIT]
    if not rare:
        # Only common words: the beginning of the shortest list selects.
        rare = sorted((ordinals for _, ordinals in weighted if len(ordinals)), key=len)[:1]
        rare = [ordinals[:_POSTING_LIMIT] for ordinals in rare]
    if not rare or not total:
        return []
    candidates = np.unique(np.concatenate(rare))
    scores = np.zeros(len(candidates))
    for weight, ordinals in weighted:
        at = np.searchsorted(ordinals, candidates)
        at[at == len(ordinals)] = 0
        if len(ordinals):
            scores[ordinals[at] == candidates] += weight
    # Of equal matches, the shorter is better.
    length = np.minimum(snapshot.columns["words"][candidates], _LONG) / _LONG
    scores *= 1 - _BREVITY * length
    best = np.argsort(-scores, kind="stable")[:limit]
    # The ordinal of an engram is its id less one.
    return [(int(candidates[index]) + 1, float(scores[index] / total)) for index in best]


def _postings(
    snapshot: Snapshot, cue: str, ranges: NDArray[np.int64], languages: Collection[str]
) -> Sequence[tuple[float, Ordinals]]:
    """The content words of the cue: weight and postings of each."""
    cue_words = dict.fromkeys(word for token in words.tokens(cue[:2000]) for word in token.words)
    content_words = [word for word in cue_words if word not in STOP and word not in ENGLISH_STOP]
    weighted: list[tuple[float, Ordinals]] = []
    for word in (content_words or list(cue_words))[:_WORD_LIMIT]:
        ordinals = _inside(snapshot.union(snapshot.inflections(word, languages)), ranges)
        weighted.append((math.log1p(snapshot.size / (len(ordinals) + 1)), ordinals))
    return weighted


def _inside(ordinals: Ordinals, ranges: NDArray[np.int64]) -> Ordinals:
    """The ordinals inside one of the ranges, without duplicates."""
    if not len(ordinals):
        return ordinals
    at = np.searchsorted(ranges[:, 0], ordinals, side="right") - 1
    is_inside = (at >= 0) & (ordinals <= ranges[at, 1])
    is_first = np.ones(len(ordinals), np.bool_)
    is_first[1:] = ordinals[1:] != ordinals[:-1]
    inside: Ordinals = ordinals[is_inside & is_first]
    return inside
