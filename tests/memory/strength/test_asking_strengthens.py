"""What answers a question is used by that; strength moves near-ties among evidence and no more."""

from dataclasses import replace

import pytest

from tests.clock import Clock
from tests.memory.strength.remembered import read
from workbench.library import Library
from workbench.library.options import Marks
from workbench.recall.records import Answer

WELLS = (
    "The northern well was dug by Halvard.",
    "Nobody has mended the rope of the mill.",
    "The honey is sold at the spring fair.",
)
ALIKE = tuple(
    f"{place} The ferry leaves at dawn from the pier." for place in ("Alpha.", "Beta.", "Gamma.")
)


def shown(answer: Answer) -> Answer:
    """An answer without how long it took."""
    return replace(answer, milliseconds=0.0)


def uses(library: Library, engram: int) -> int:
    found = library.memory.strength(engram)
    assert found is not None
    return found.uses


def test_the_sentences_that_answer_are_used_and_the_others_are_not(library: Library) -> None:
    ids = read(library, WELLS)
    answer = library.ask("who dug the northern well?")
    assert not answer.abstained
    cited = answer.evidence[0].engrams
    assert [uses(library, id) for id in ids] == [int(id in cited) for id in ids]
    assert library.memory.used(ids[2]) == 1
    assert uses(library, ids[2]) == 1 + (ids[2] in cited)
    assert library.ask("what about the zeppelin hangar?").abstained
    library.ask("who dug the northern well?", as_of="2001-01-01")
    assert uses(library, ids[0]) == 1


def test_a13_with_learning_off_the_same_question_has_the_same_evidence(
    library: Library, clock: Clock
) -> None:
    ids = read(library, [*WELLS, *ALIKE])
    library.brain.configure(learning=False)
    first = library.ask("when does the ferry leave?", limit=3)
    for _ in range(5):
        clock.days(40)
        assert shown(library.ask("when does the ferry leave?", limit=3)) == shown(first)
    assert library.memory.used(*ids) == 0
    assert [uses(library, id) for id in ids] == [0] * len(ids)


def test_a13_with_learning_on_evidence_keeps_its_order_but_for_ties(
    library: Library, clock: Clock
) -> None:
    read(library, WELLS, title="Wells")
    read(library, ["The southern well was dug by Ingrid.", "It is deep."], title="More wells")
    first = library.ask("who dug the southern well?", limit=3)
    for _ in range(20):
        library.ask("who dug the northern well?")
        clock.days(1)
    again = library.ask("who dug the southern well?", limit=3)
    assert [each.quote for each in again.evidence] == [each.quote for each in first.evidence]
    assert again.confidence == first.confidence


def test_t2_strength_decides_between_equals_alone_and_nobody_is_lost(
    library: Library, clock: Clock
) -> None:
    # Alike by words; an embedding tells the three places apart.
    library.models.drop("embedding")
    one, other = (
        read(library, [f"The ferry leaves at dawn from the pier. {word} is near."], title=word)
        for word in ("Alpha", "Gamma")
    )
    better = read(library, ["When the ferry leaves at dawn, the pier bell rings."], title="Bell")
    question = "when does the ferry leave the pier?"

    def order() -> list[int]:
        return [each.engram for each in library.ask(question, limit=9).evidence]

    library.brain.configure(learning=False)
    before = order()
    library.brain.configure(learning=True)
    ahead, behind = sorted((one[0], other[0]), key=before.index)
    for _ in range(6):
        library.memory.used(behind)
        clock.days(1)
    lifted = order()
    assert sorted(lifted) == sorted(before)
    assert lifted.index(behind) < lifted.index(ahead)
    assert (lifted.index(better[0]) == 0) == (before.index(better[0]) == 0)
    # What has faded ranks as if it had never been used, and is still found.
    clock.days(20_000)
    library.brain.configure(learning=False)
    assert order() == before


def test_t2_what_was_let_go_is_found_last_among_equals_and_labelled(library: Library) -> None:
    # Alike by words; an embedding tells the three places apart.
    library.models.drop("embedding")
    first, second = (
        read(library, [f"The ferry leaves at dawn from the pier. {word} is near."], title=word)
        for word in ("Alpha", "Gamma")
    )
    library.brain.configure(learning=False)
    question = "when does the ferry leave the pier?"
    top = library.ask(question).evidence[0].engram
    assert top in (first[0], second[0])
    library.memory.mark([top], Marks(archived=True))
    evidence = library.ask(question).evidence
    assert {each.engram for each in evidence} >= {first[0], second[0]}
    assert evidence[0].engram != top
    assert {each.engram: each.tags for each in evidence}[top] == ("archived",)
    library.memory.mark([top], Marks(archived=False))
    assert library.ask(question).evidence[0].engram == top


def test_t2_what_was_let_go_answers_where_nothing_else_does(library: Library) -> None:
    ids = read(library, WELLS)
    before = library.ask("who dug the northern well?")
    library.memory.mark([*ids], Marks(archived=True))
    answer = library.ask("who dug the northern well?")
    assert answer.confidence == before.confidence
    assert answer.evidence[0].quote == before.evidence[0].quote
    assert answer.evidence[0].tags == ("archived",)
    # Being found does not bring it back: somebody has let it go.
    library.ask("who dug the northern well?")
    held = library.memory.strength(ids[0])
    assert held is not None
    assert held.archived
    assert library.memory.reinforce(ids[0]).count == 1
    assert library.memory.strength(ids[0]).archived is False  # type: ignore[union-attr]


@pytest.mark.parametrize("words", ["The blue key opens bay 3."])
def test_t2_a_fact_that_was_let_go_still_answers(library: Library, words: str) -> None:
    (fact,) = library.facts.tell(words).new
    assert library.memory.mark([fact], Marks(archived=True)) == 1
    assert library.memory.mark([fact], Marks(archived=True)) == 0
    found = library.facts.value("what does the blue key open?")
    assert found is not None
    assert "bay 3" in found.shown
    (again,) = library.facts.recall("blue key")
    assert again.archived
