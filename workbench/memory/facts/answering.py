"""Which fact answers a question: in its own words, else in others, else in words one slip away.

Candidates come from the words of facts: every condition of the question must be met by one. In
other words, a fact must hold whoever is asked about, and relate them as the question does.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from workbench.memory.facts import (
    choosing,
    counted_lists,
    hops,
    kind_questions,
    meaning,
    opposites,
    paraphrase,
    pointing,
    question_parts,
    speech,
)
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.claims import read_again
from workbench.memory.facts.facets import Key
from workbench.memory.facts.hops import Hop
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.matching import Candidate
from workbench.memory.facts.pointing import Named
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.question_relations import sought
from workbench.memory.facts.staleness import claims_of
from workbench.memory.facts.superseded import taken_over
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Facts that are looked at for one question, newest first.
_MOST = 400
_MOST_GROUPS = 8
#: The same for a question in other words, of which only its names narrow the search.
_MOST_MEANT = 100
#: Letters of a word that is not one letter away from another by chance.
_LONG = 7
#: How sure both facts must be that answer one by way of the other, and how sure that is at best.
_SURE, _BY_WAY = 0.7, 0.9
#: Facts of a name after which others are looked at that may say "he", and how sure these are.
_MOST_NAMED, _POINTED = 8, 0.85
_OLD = Key("old", speech.kin("old"))
_DOUBLED = re.compile(r"(.)\1+")


def answer(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> tuple[Choice, float] | None:
    """What answers a question and how sure the way to it is, from 0 to 1; None where nothing does.

    `until` answers as it was at that time.
    """
    if asked.kind == "yes" and not asked.dense:
        # Claims with their roles say yes or no.
        return None
    found = _directly(index, connection, scope, asked, until)
    for hop in () if found is not None or asked.dense else hops.hops(asked.text):
        found = found or _by_way_of(index, connection, scope, hop, until)
    if found is None and asked.kind == "many":
        found = _listed(index, connection, scope, asked, until)
    return found


def _listed(
    index: FactIndex, connection: sqlite3.Connection, scope: int, asked: Asked, until: float | None
) -> tuple[Choice, float] | None:
    """How many there are where a fact names them all."""
    question = counted_lists.question(asked.text)
    found = (
        _directly(index, connection, scope, question_parts.ask(question), until)
        if question
        else None
    )
    if found is None or found[0].said or found[1] < 1 or found[0].extras:
        return None
    (row,) = rows.by_ids(connection, [found[0].id])
    number = counted_lists.count(row.text[found[0].start : found[0].end])
    return (replace(found[0], said=str(number)), found[1]) if number else None


def _by_way_of(
    index: FactIndex, connection: sqlite3.Connection, scope: int, hop: Hop, until: float | None
) -> tuple[Choice, float] | None:
    """What answers once it is known of whom it is asked."""
    known = _directly(index, connection, scope, question_parts.ask(hop.who), until)
    if known is None or known[1] < 1 or known[0].confidence < _SURE:
        return None
    (row,) = rows.by_ids(connection, [known[0].id])
    name = row.text[known[0].start : known[0].end]
    if not hops.is_name(name):
        return None
    found = _directly(index, connection, scope, question_parts.ask(hop.then(name)), until)
    if found is None or found[1] < 1 or found[0].confidence * known[0].confidence < _SURE:
        return None
    sure = round(found[0].confidence * known[0].confidence * _BY_WAY, 3)
    return replace(found[0], confidence=sure), 1.0


def _directly(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> tuple[Choice, float] | None:
    """What one fact answers."""
    choice = kind_questions.answer(index, connection, scope, asked, until, alone=True)
    if asked.former and " the old " in asked.text.lower():
        # "The old mill" may be called so: then nothing is asked of what was before.
        plain = replace(asked, former=False, wanted=(*asked.wanted, _OLD))
        choice = choice or _chosen(index, connection, scope, plain, until)
        choice = choice or _paraphrased(index, connection, scope, plain, until)
    for way in (_chosen, _paraphrased, kind_questions.answer):
        choice = choice or way(index, connection, scope, asked, until)
    if choice is not None and choice.extras and any(key.name for key in asked.wanted):
        # Of "Ann C. Holm" and "Ann Holm" the one is meant whose name was said.
        other = _paraphrased(index, connection, scope, asked, until)
        choice = choice if other is None or other.extras else other
    if choice is not None:
        return choice, 1.0
    choice = _pointed(index, connection, scope, asked, until)
    choice = choice or _within(index, connection, scope, asked, until)
    if choice is not None:
        return choice, 1.0
    for again in (meaning.reworded(asked, index.alike), _respelled(index, scope, asked)):
        choice = None if again is None else _chosen(index, connection, scope, again, until)
        if choice is not None:
            return choice, meaning.LEARNED
    return None


def _chosen(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> Choice | None:
    ids = index.meeting(scope, _conditions(index, scope, asked), _MOST)
    return choosing.choose(asked, _candidates(index, connection, ids, until))


def _paraphrased(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> Choice | None:
    """What answers a question in other words than its own."""
    question = sought(asked, index.alike)
    if question is None:
        return None
    groups = question.holders
    if not groups:
        if not question.families:
            return None
        groups = [question.cues]
    groups = groups[:_MOST_GROUPS]
    ids = index.meeting(scope, groups, _MOST_MEANT)
    if len(ids) == _MOST_MEANT and question.cues:
        # Of so many that share a name those count first that relate what is asked.
        ids = index.meeting(scope, [*groups, question.cues], _MOST_MEANT) or ids
    # Few facts relate what is asked: only of those what took their place is looked for.
    relating = [
        row for row in in_force(index, connection, ids, until)
        if paraphrase.matches(question, Candidate(row.id, row.at, read_again(row.text)))
    ]  # fmt: skip
    if not relating:
        return None
    found = [
        match
        for candidate in _dated(index, connection, relating, until)
        for match in paraphrase.matches(question, candidate)
    ]
    return choosing.pick(asked, found)


def _pointed(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> Choice | None:
    """What answers in a fact that says "he" of whom the one before it names."""
    names = [part.kin for part in asked.wanted if part.name]
    if not names or asked.dense:
        return None
    ids = index.meeting(scope, names, _MOST_NAMED)
    next_ = rows.by_ids(connection, sorted({id + 1 for id in ids}))
    ids = [row.id - 1 for row in next_ if pointing.points(row.text)]
    if not ids:
        return None
    after = {id + step for id in ids for step in range(pointing.RUN)}
    by = {row.id: row for row in in_force(index, connection, sorted(after), until)}
    found: dict[int, Named] = {}
    for id in ids:
        run = [by[id + step] for step in range(pointing.RUN) if id + step in by]
        found.update((each.row.id, each) for each in pointing.named(run))
    return _among(index, asked, found)


def _within(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    asked: Asked,
    until: float | None,
) -> Choice | None:
    """What answers in the second half of a fact that speaks of what its first half is about."""
    if asked.dense:
        return None
    ids = index.meeting(scope, _conditions(index, scope, asked), _MOST_NAMED)
    found = {
        each.row.id: each
        for row in in_force(index, connection, ids, until)
        for each in pointing.within(row)
    }
    return _among(index, asked, found)


def _among(index: FactIndex, asked: Asked, found: dict[int, Named]) -> Choice | None:
    """The answer among facts with names in the place of what pointed at them."""
    if not found:
        return None
    candidates = [
        Candidate(id, each.row.at, read_again(each.text)) for id, each in sorted(found.items())
    ]
    choice = choosing.choose(asked, candidates)
    question = None if choice is not None else sought(asked, index.alike)
    if question is not None:
        matches = [each for one in candidates for each in paraphrase.matches(question, one)]
        choice = choosing.pick(asked, matches)
    if choice is None or (not choice.said and choice.start < found[choice.id].first):
        return None
    shift = found[choice.id].shift
    return replace(
        choice, start=choice.start - shift, end=choice.end - shift,
        confidence=round(choice.confidence * _POINTED, 3),
    )  # fmt: skip


def _candidates(
    index: FactIndex, connection: sqlite3.Connection, ids: Sequence[int], until: float | None
) -> list[Candidate]:
    """These facts as they hold now, or did then, for choosing among them."""
    return _dated(index, connection, in_force(index, connection, ids, until), until)


def in_force(
    index: FactIndex, connection: sqlite3.Connection, ids: Sequence[int], until: float | None
) -> list[FactRow]:
    """Those of these facts that count: told of by then, and not expired."""
    then = index.store.clock() if until is None else until
    return [
        row for row in rows.by_ids(connection, ids)
        if _begun(row, then, until) and (row.expires is None or row.expires > then)
    ]  # fmt: skip


def _begun(row: FactRow, then: float, until: float | None) -> bool:
    """Whether a fact held by then; one just told does, whatever a clock that was set back says."""
    return row.at <= then or (until is None and row.at <= row.told)


def _dated(
    index: FactIndex,
    connection: sqlite3.Connection,
    found: Sequence[FactRow],
    until: float | None,
) -> list[Candidate]:
    """Facts with what something newer has taken the place of."""
    places: dict[int, set[int]] = {}
    for fact, place in taken_over(index, connection, found, until):
        places.setdefault(fact, set()).add(place)
    dated: list[Candidate] = []
    for row in found:
        said, stale = read_again(row.text), places.get(row.id, set())
        if stale:
            # What is told by form alone holds as long as what the grammar tells.
            stale |= set(range(len(claims_of(row)), len(said.claims)))
        stale |= opposites.over(index, row, lambda ids: in_force(index, connection, ids, until))
        dated.append(Candidate(row.id, row.at, said, frozenset(stale)))
    return dated


def _conditions(index: FactIndex, scope: int, asked: Asked) -> list[frozenset[str]]:
    """For each condition the words of which a fact must hold one; of many the rarest."""
    if asked.dense:
        groups = [frozenset((word,)) for word in sorted(asked.dense)]
    else:
        groups = [_holders(part) for part in (*asked.wanted, *asked.counted)]
    if len(groups) > _MOST_GROUPS:
        groups.sort(key=lambda group: index.frequency(scope, tuple(group)))
    return groups[:_MOST_GROUPS]


def _holders(part: Key) -> frozenset[str]:
    """The words under which a fact that answers for a part of a question may stand."""
    return _related(part.kin) | part.like


@lru_cache(maxsize=4096)
def _related(kin: frozenset[str]) -> frozenset[str]:
    return frozenset(word for form in kin for word in speech.related(form))


def _respelled(index: FactIndex, scope: int, asked: Asked) -> Asked | None:
    """The question with words of facts in the place of those one slip away; None without any."""
    known = index.holding(scope, [_holders(part) for part in asked.wanted])
    if all(known):
        return None
    wanted = tuple(
        part if there else replace(part, like=part.like | frozenset(_meant_by(index, scope, part)))
        for part, there in zip(asked.wanted, known, strict=True)
    )
    return None if wanted == asked.wanted else replace(asked, wanted=wanted)


def _meant_by(index: FactIndex, scope: int, part: Key) -> Iterator[str]:
    """The words of facts that a misspelled word must mean.

    Two names, or two short words, may well be one letter apart; a letter that is doubled, or two
    in the wrong order, are a slip.
    """
    word = part.word
    for other in index.near(scope, word):
        swapped = len(word) == len(other) and sorted(word) == sorted(other)
        alike = swapped or _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other)
        if word[0] == other[0] and (alike or (not part.name and len(word) >= _LONG)):
            yield other
