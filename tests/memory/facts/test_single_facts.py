"""One fact for itself: its claims, its history, its end by id."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError
from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Facts.brain") as made:
        yield made


def test_a_card_tells_what_is_claimed_and_what_was_said_before(library: Library) -> None:
    (first,) = library.facts.tell("The owner of Aurora is Kenji.").new
    (second,) = library.facts.tell("The owner of Aurora is Ilona.", source="Mail").new
    library.facts.tell("The office is in Lund.")
    card = library.facts.get(second)
    assert card.fact.current
    assert card.fact.sources == ("Mail",)
    (claim,) = card.claims
    assert (claim.relation, claim.value, claim.negative) == ("is", "Ilona", False)
    assert "owner of Aurora" in claim.subject
    assert [fact.id for fact in card.others] == [first]
    assert not card.others[0].current


def test_a_fact_of_a_collection_knows_its_collection(library: Library) -> None:
    (id,) = library.facts.tell("My plan is pro.", collection="Work").new
    assert library.facts.get(id).fact.collection == "Work"


def test_forgetting_by_id_takes_nothing_else(library: Library) -> None:
    (first,) = library.facts.tell("My plan is pro.").new
    (second,) = library.facts.tell("I think my plan is pro plus.").new
    assert library.facts.forget([second]).forgotten == 1
    assert [fact.id for fact in library.facts.list()] == [first]
    assert library.facts.list()[0].current
    assert library.facts.forget([second]).forgotten == 0
    with pytest.raises(NotFoundError):
        library.facts.get(second)
