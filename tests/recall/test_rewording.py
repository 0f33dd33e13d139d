"""Facts are read by the embedding model as passages are, and found by what they mean."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.space.embeddings import tiny_model
from workbench.library import Library
from workbench.store import vectors

_TOLD = (
    "I parked the car in the garage.",
    "The dog sleeps in the kitchen.",
    "The key to the cellar hangs behind the mirror.",
    "We bought the fridge in Graz.",
    "The cinema closes on Monday.",
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "told.brain") as opened:
        yield opened


def test_facts_are_read_in_the_same_pass(library: Library, tmp_path: Path) -> None:
    tiny_model.write(tmp_path / "model")
    library.facts.tell("Salt is mined in old mountains.")
    library.add_text("Bees sleep in deep mountains.", title="Bees")
    space = library.models.use(str(tmp_path / "model"))
    assert (space.vectors, space.done) == (2, space.total)
    library.facts.tell("Bees sleep in salt.")
    assert library.models.update("embedding") == 1
    library.facts.forget("salt is mined")
    assert library.models.readings("embedding")[0].vectors == 2


def test_facts_are_no_passages(library: Library, tmp_path: Path) -> None:
    tiny_model.write(tmp_path / "model")
    library.facts.tell("Salt is mined in old mountains.")
    library.add_text("Bees sleep in deep mountains.", title="Bees")
    library.models.use(str(tmp_path / "model"))
    answer = library.ask("Where do bees sleep?")
    assert [quote.quote for quote in answer.evidence] == ["Bees sleep in deep mountains."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where did I leave my vehicle?", "in the garage"),
        ("Where does the animal sleep?", "in the kitchen"),
        ("Where did we purchase the refrigerator?", "Graz"),
        ("Where does the cat sleep?", None),
        ("Where does the key to the attic hang?", None),
        ("When does the cinema open?", None),
        ("Does the cinema close on Tuesday?", None),
    ],
)
def test_words_that_mean_the_same_stand_for_each_other_through_every_door(
    library: Library, question: str, said: str | None
) -> None:
    for each in _TOLD:
        library.facts.tell(each)
    answer = library.ask(question)
    assert answer.value == said
    assert answer.near if said is None else answer.told
    value = library.facts.value(question)
    assert (value and value.value) == said
    assert library.turn(question).value == said


def test_what_is_asked_in_other_words_is_recalled(library: Library) -> None:
    for each in _TOLD:
        library.facts.tell(each)
    assert [fact.text for fact in library.facts.recall("vehicle")] == [_TOLD[0]]
    assert library.facts.recall("sonata") == []


def test_statements_are_embedded_when_they_are_asked_for_and_then_only_the_new_ones(
    library: Library,
) -> None:
    for number in range(70):
        library.facts.tell(f"Locker {number} is rented.")
    library.facts.recall("vehicle")
    # The newest at once; the rest is left to the background, which the end of a program stops.
    with library._store.read() as connection:
        (space,) = vectors.spaces(connection)
        count = vectors.count(connection, space.id)
    assert 64 <= count <= 70
    assert not space.active
    assert library.models.readings("embedding") == []


def test_nothing_is_embedded_where_nothing_was_told_or_claims_answer(library: Library) -> None:
    assert library.facts.value("Where is the car?") is None
    library.facts.tell(_TOLD[0])
    assert library.facts.value("Where did I park the car?") is not None
    with library._store.read() as connection:
        assert vectors.spaces(connection) == []
