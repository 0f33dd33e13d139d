"""Chooses the fact that answers: by its own words, else by others, else by near spellings.

Candidates come from the words of facts: every condition of the question must be met by one. In
other words, a fact must hold whoever is asked about, and relate them as the question does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from workbench.memory.facts import (
    choosing,
    kind_questions,
    meaning,
    paraphrase,
    speech,
)
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.claims import read_again
from workbench.memory.facts.facets import Key
from workbench.memory.facts.facts_at import FactsAt
from workbench.memory.facts.matching import Candidate
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.question_relations import sought
from workbench.memory.facts.staleness import claims_of
from workbench.memory.facts.superseded import taken_over
from workbench.store.facts import FactRow

#: Facts that are looked at for one question, newest first.
_MOST = 400
_MOST_GROUPS = 8
#: The same for a question in other words, of which only its names narrow the search.
_MOST_MEANT = 100
#: Letters of a word that is not one letter away from another by chance.
_LONG = 7
_OLD = Key("old", speech.kin("old"))
_DOUBLED = re.compile(r"(.)\1+")


def answer(here: FactsAt, asked: Asked) -> tuple[Choice, float] | None:
    """What answers a question in its words, and how sure that is, from 0 to 1; None: nothing."""
    if asked.kind == "yes" and not asked.dense:
        # Claims with their roles say yes or no.
        return None
    choice = kind_questions.answer(here, asked, alone=True)
    for each in _readings(asked):
        choice = choice or _chosen(here, each)
    return None if choice is None else (choice, 1.0)


def _readings(asked: Asked) -> Iterator[Asked]:
    """The question, and before it the one that takes "the old mill" for a name."""
    if asked.former and " the old " in asked.text.lower():
        # Then nothing is asked of what was before.
        yield replace(asked, former=False, wanted=(*asked.wanted, _OLD))
    yield asked


def in_other_words(here: FactsAt, asked: Asked) -> tuple[Choice, float] | None:
    """What answers a question in other words than its own, where neither these nor roles do."""
    if asked.kind == "yes" and not asked.dense:
        return None
    choice: Choice | None = None
    for each in _readings(asked):
        choice = choice or _paraphrased(here, each)
    choice = choice or kind_questions.answer(here, asked)
    if choice is not None:
        return choice, 1.0
    for again in (meaning.reworded(asked, here.index.alike), _respelled(here, asked)):
        choice = None if again is None else _chosen(here, again)
        if choice is not None:
            return choice, meaning.LEARNED
    return None


def _chosen(here: FactsAt, asked: Asked) -> Choice | None:
    ids = here.index.meeting(here.scope, _conditions(here, asked), _MOST)
    return choosing.choose(asked, _dated(here, here.in_force(ids)))


def _paraphrased(here: FactsAt, asked: Asked) -> Choice | None:
    """What answers a question in other words than its own."""
    question = sought(asked, here.index.alike)
    if question is None:
        return None
    groups = question.holders
    if not groups:
        if not question.families:
            return None
        groups = [question.cues]
    groups = groups[:_MOST_GROUPS]
    ids = here.index.meeting(here.scope, groups, _MOST_MEANT)
    if len(ids) == _MOST_MEANT and question.cues:
        # Of so many that share a name those count first that relate what is asked.
        ids = here.index.meeting(here.scope, [*groups, question.cues], _MOST_MEANT) or ids
    # Few facts relate what is asked: only of those what took their place is looked for.
    relating = [
        row for row in here.in_force(ids)
        if paraphrase.matches(question, Candidate(row.id, row.at, read_again(row.text)))
    ]  # fmt: skip
    if not relating:
        return None
    found = [
        match
        for candidate in _dated(here, relating)
        for match in paraphrase.matches(question, candidate)
    ]
    return choosing.pick(asked, found)


def _dated(here: FactsAt, found: Sequence[FactRow]) -> list[Candidate]:
    """Facts with what something newer has taken the place of."""
    places: dict[int, set[int]] = {}
    for fact, place in taken_over(here.index, here.connection, found, here.until):
        places.setdefault(fact, set()).add(place)
    dated: list[Candidate] = []
    for row in found:
        said, stale = read_again(row.text), places.get(row.id, set())
        if stale:
            # What is told by form alone holds as long as what the grammar tells.
            stale |= set(range(len(claims_of(row)), len(said.claims)))
        dated.append(Candidate(row.id, row.at, said, frozenset(stale)))
    return dated


def _conditions(here: FactsAt, asked: Asked) -> list[frozenset[str]]:
    """For each condition the words of which a fact must hold one; of many the rarest."""
    if asked.dense:
        groups = [frozenset((word,)) for word in sorted(asked.dense)]
    else:
        groups = [_holders(part) for part in (*asked.wanted, *asked.counted)]
    if len(groups) > _MOST_GROUPS:
        groups.sort(key=lambda group: here.index.frequency(here.scope, tuple(group)))
    return groups[:_MOST_GROUPS]


def _holders(part: Key) -> frozenset[str]:
    """The words under which a fact that answers for a part of a question may stand."""
    return _related(part.kin) | part.like


@lru_cache(maxsize=4096)
def _related(kin: frozenset[str]) -> frozenset[str]:
    return frozenset(word for form in kin for word in speech.related(form))


def _respelled(here: FactsAt, asked: Asked) -> Asked | None:
    """The question with words of facts in the place of those one slip away; None without any."""
    known = here.index.holding(here.scope, [_holders(part) for part in asked.wanted])
    if all(known):
        return None
    wanted = tuple(
        part if there else replace(part, like=part.like | frozenset(_meant_by(here, part)))
        for part, there in zip(asked.wanted, known, strict=True)
    )
    return None if wanted == asked.wanted else replace(asked, wanted=wanted)


def _meant_by(here: FactsAt, part: Key) -> Iterator[str]:
    """The words of facts that a misspelled word must mean.

    Two names, or two short words, may well be one letter apart; a letter that is doubled, or two
    in the wrong order, are a slip.
    """
    word = part.word
    for other in here.index.near(here.scope, word):
        swapped = len(word) == len(other) and sorted(word) == sorted(other)
        alike = swapped or _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other)
        if word[0] == other[0] and (alike or (not part.name and len(word) >= _LONG)):
            yield other
