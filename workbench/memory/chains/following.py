"""Chains: follows named relations from a thing, hop by hop, over the claims of facts.

A hop asks the index for facts that hold the words of the thing and of the relation, and reads their
claims as they are stored; only a fact whose stored claims lead nowhere is read as a sentence. Where
no fact leads on, the pages of what was read are asked (`chains.pages`).
"""

import itertools
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from workbench.errors import UsageError
from workbench.memory.chains.edges import Lead, Said, claimed, leads
from workbench.memory.chains.pages import Pages
from workbench.memory.chains.phrases import Phrase, phrase, readings
from workbench.memory.chains.records import Chain, Cited, Hop
from workbench.memory.chains.relations import Relation, relation
from workbench.memory.facts import facts, remembering, speech
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.staleness import claims_of
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.store import facts as rows
from workbench.store.facts import FactRow

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Step(Generic[A]):
    """One answer on the way: from it the walk goes on to `name`."""

    name: str
    answer: A


def walk(
    start: str,
    path: Sequence[str],
    ask: Callable[[str, str], Iterable[A]],
    onward: Callable[[A, bool], Iterable[str]],
    key: Callable[[str], Hashable],
) -> list[Step[A]]:
    """The first way along the whole path, or else the longest part of one.

    `ask` gives the answers for a relation of a thing, best first; `onward` the names by which an
    answer is gone on with (`True`: it is the last), `key` what two names of one thing share.
    """
    longest: list[Step[A]] = []
    steps: list[Step[A]] = []
    tried = {(0, key(start))}

    def branch(name: str, place: int) -> Iterator[Step[A]]:
        last = place == len(path) - 1
        for answer in ask(name, path[place]):
            for onto in onward(answer, last):
                yield Step(onto, answer)

    branches = [branch(start, 0)]
    while branches:
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            if steps:
                steps.pop()
            continue
        place = len(branches)
        if (place, key(step.name)) in tried:
            continue
        tried.add((place, key(step.name)))
        steps.append(step)
        if len(steps) > len(longest):
            longest = list(steps)
        if place == len(path):
            return longest
        branches.append(branch(step.name, place))
    return longest


#: Facts that are looked at for one hop, newest first.
_MOST = 200
#: Words beside subject and value from which on a sentence may say more than they.
_MORE = 4


@dataclass(frozen=True, slots=True)
class _Answer:
    """Where one fact leads, or with `negative` does not; `order` says how new it is.

    Where it is a sentence that was `read`, there is no fact.
    """

    value: str
    whole: str
    confidence: float
    fact: int = 0
    place: int = 0
    order: tuple[float, int, int] = (0.0, 0, 0)
    single: bool = False
    negative: bool = False
    read: Cited | None = None


def chain(
    index: FactIndex,
    start: str,
    path: Sequence[str],
    *,
    collection: str | None = None,
    as_of: str | float | None = None,
    graph: ConceptGraph | None = None,
) -> Chain:
    """Follow relations from `start`; where nothing leads on, the result says so.

    With a `graph` what was read counts where no fact leads on.

    `as_of` goes by what held then. Raises `UsageError` for a path or a start without words.
    """
    if not path:
        raise UsageError("The chain has no relations.", "Name relations, such as “owner”.")
    begin = " ".join(start.split())
    if phrase(begin).empty:
        raise UsageError("The chain has no start.", "Name a person or a thing.")
    named = [relation(" ".join(name.split())[:200]) for name in path]
    until = None if as_of is None else remembering.moment(as_of)
    steps: list[Step[_Answer]] = []
    pages = None if graph is None else Pages(graph, collection, until)
    try:
        with index.store.read() as connection:
            scope = rows.scope_id(connection, collection)
            along = dict(zip(path, named, strict=True))
            asked = _Asked(index, connection, scope, until, along, pages)
            steps = walk(begin, path, asked.answers, _onward, _identity)
    finally:
        if pages is not None:
            pages.close()
    told = [step.answer.fact for step in steps if step.answer.read is None]
    cited = {fact.id: fact for fact in facts.in_scope(index, told, collection)} if told else {}
    hops = tuple(
        Hop(name, step.name, cited.get(step.answer.fact), step.answer.confidence, step.answer.read)
        # A fact may have been forgotten since.
        for name, step in itertools.takewhile(
            lambda each: each[1].answer.read is not None or each[1].answer.fact in cited,
            zip(path, steps, strict=False),
        )
    )
    whole = len(hops) == len(path)
    sure = 1.0
    for hop in hops:
        sure *= hop.confidence
    return Chain(
        start=begin,
        path=tuple(path),
        value=hops[-1].value if whole else None,
        hops=hops,
        broken_at=None if whole else path[len(hops)],
        confidence=round(sure, 3) if whole else 0.0,
    )


def _onward(answer: _Answer, last: bool) -> Sequence[str]:
    if last:
        return (answer.value,)
    return (*readings(answer.value), answer.whole) if answer.whole else readings(answer.value)


def _identity(name: str) -> Hashable:
    said = phrase(name)
    return said.mine, said.words


class _Asked:
    """The questions of one chain."""

    def __init__(
        self,
        index: FactIndex,
        connection: sqlite3.Connection,
        scope: int | None,
        as_of: float | None,
        relations: dict[str, Relation],
        pages: Pages | None,
    ) -> None:
        self._index = index
        self._connection = connection
        self._then = index.store.clock() if as_of is None else as_of
        self._scope = scope
        self._as_of = as_of
        self._relations = relations
        self._pages = pages

    def answers(self, name: str, path: str) -> Iterator[_Answer]:
        """Where the facts lead from a thing along a relation, the newest first; then the pages."""
        start, along = phrase(name), self._relations[path]
        yield from self._look(start, along)
        for each in self._pages.leads(start, along) if self._pages is not None else ():
            yield _Answer(each.lead.value, each.lead.whole, each.confidence, read=each.said)

    def _look(self, start: Phrase, along: Relation) -> list[_Answer]:
        if start.empty or self._scope is None:
            return []
        groups = _groups(start.core)
        said = _said(along.words)
        ids: list[int] = []
        if said:
            ids = self._index.meeting(self._scope, [*groups, said], _MOST)
        found = self._among(ids, start, along)
        if not found and along.loose and groups:
            ids = self._index.meeting(self._scope, groups, _MOST)
            found = self._among(ids, start, along)
        return found

    def _among(self, ids: Sequence[int], start: Phrase, along: Relation) -> list[_Answer]:
        if not ids:
            return []
        told = {
            row.id: row
            for row in rows.by_ids(self._connection, ids)
            if (self._as_of is None or row.at <= self._as_of)
            and (row.expires is None or row.expires > self._then)
        }
        found = [answer for row in told.values() for answer in _answers(row, start, along)]
        if not found:
            return []
        those = [told[id] for id in {answer.fact for answer in found}]
        stale = self._index.stale_of(those, self._as_of)
        held = [answer for answer in found if (answer.fact, answer.place) not in stale]
        held.sort(key=lambda answer: answer.order, reverse=True)
        return _newest(held)


def _newest(found: Sequence[_Answer]) -> list[_Answer]:
    """Without what was denied since, and what was said earlier of a thing that has one answer."""
    kept: list[_Answer] = []
    settled = False
    done: set[Hashable] = set()
    for answer in found:
        said = _identity(answer.value)
        if said in done or (answer.single and settled):
            continue
        done.add(said)
        if not answer.negative:
            settled = settled or answer.single
            kept.append(answer)
    return kept


def _answers(row: FactRow, start: Phrase, along: Relation) -> Iterator[_Answer]:
    claims = claims_of(row)
    stored = [
        Said.of(place, (row.text[slice(*claim.subject)], claim.relation,
                        _lead(row.text, claim.value[0]), row.text[slice(*claim.value)]),
                claim.confidence, negative=claim.negative)
        for place, claim in enumerate(claims)
    ]  # fmt: skip
    found = _led_on(stored, start, along)
    if not found and _has_more(row):
        found = _led_on(claimed(row.text), start, along)
    for said, lead in found:
        topic = claims[said.place].topic if said.place < len(claims) else 0
        yield _Answer(
            value=lead.value,
            whole=lead.whole,
            fact=row.id,
            place=said.place,
            confidence=said.confidence,
            order=(row.at, row.id, said.place),
            single=lead.one and topic != 0,
            negative=said.negative,
        )


def _has_more(row: FactRow) -> bool:
    """Whether a sentence may have a third part, which is in no stored claim.

    Then it does not end with subject or value, or beside them stand at least a verb and two
    prepositions with a word.
    """
    rest = len(row.text.split())
    ends: list[str] = []
    for claim in claims_of(row):
        parts = row.text[slice(*claim.subject)], row.text[slice(*claim.value)]
        rest -= sum(len(part.split()) for part in parts)
        ends += parts
    return rest >= _MORE or not row.text.rstrip(" .!").endswith(tuple(ends))


def _led_on(said: Iterable[Said], start: Phrase, along: Relation) -> list[tuple[Said, Lead]]:
    pairs = ((each, leads(along, start, each)) for each in said)
    return [(each, lead) for each, lead in pairs if lead is not None]


def _lead(text: str, start: int) -> str:
    """The word before a value, where that word leads it in."""
    before = text[:start].rsplit(None, 1)
    word = before[-1].lower() if before else ""
    return word if word in speech.PREPOSITIONS else ""


@lru_cache(maxsize=4096)
def _groups(core: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """For each word of a name the words that a fact about it may hold."""
    return tuple(tuple(sorted({word, *speech.kin(word)})) for word in sorted(core))


@lru_cache(maxsize=4096)
def _said(words: frozenset[str]) -> tuple[str, ...]:
    """The words of a relation, one of which a fact must hold."""
    return tuple(sorted(words))
