"""Editing a fact and taking the edit back, through the library's doors."""

import pytest

from workbench.arguments import pack
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.facts.records import Fact


def texts(facts: list[Fact]) -> list[str]:
    """The words alone."""
    return [fact.text for fact in facts]


def only(library: Library, text: str, **more: str) -> int:
    """Remember one fact; returns its id."""
    (id,) = library.facts.tell(text, **pack(library.facts.tell, more)).new
    return id


def test_an_edit_counts_from_the_same_time_and_the_old_words_stay_in_the_history() -> None:
    with Library.open(":memory:") as library:
        id = only(library, "my plan is pro", source="Ann", at="2026-01-01")
        told = library.facts.get(id).fact
        edited = library.facts.edit(id, "my plan is gold")
        assert (edited.text, edited.sources, edited.at) == ("my plan is gold", (), told.at)
        value = library.facts.value("what is my plan?")
        assert value is not None
        assert value.value == "gold"
        assert texts(library.facts.list()) == ["my plan is gold"]
        former, now = library.facts.history("my plan")
        assert (former.text, former.sources, former.current) == ("my plan is pro", ("Ann",), False)
        assert (former.id, former.became, now.id) == (id, edited.id, edited.id)
        # What was answered with is credited by a thread: its strength may have grown meanwhile.
        wordings = library.facts.history(edited.id)
        assert [(w.id, w.text, w.current) for w in wordings] == [
            (w.id, w.text, w.current) for w in (former, now)
        ]
        with pytest.raises(NotFoundError):
            library.facts.get(id)


def test_an_edit_is_taken_back_step_by_step() -> None:
    with Library.open(":memory:") as library:
        id = only(library, "the rent is 900", source="Ann")
        first = library.facts.edit(id, "the rent is 950")
        second = library.facts.edit(first.id, "the rent is 990")
        assert texts(library.facts.history(second.id)) == [
            "the rent is 900",
            "the rent is 950",
            "the rent is 990",
        ]
        back = library.facts.edit(second.id, None)
        assert texts(library.facts.history(back.id)) == ["the rent is 900", "the rent is 950"]
        back = library.facts.edit(back.id, None)
        assert (back.text, back.sources) == ("the rent is 900", ("Ann",))
        assert len(library.facts.list()) == 1
        with pytest.raises(UsageError):
            library.facts.edit(back.id, None)


def test_what_an_edit_took_away_takes_no_place_any_more() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("my plan is basic")
        wrong = only(library, "my plan is pro")
        library.facts.edit(wrong, "the plan of Bert is pro")
        value = library.facts.value("what is my plan?")
        assert value is not None
        assert (value.value, value.fact.current) == ("basic", True)


def test_an_edit_of_letters_only_is_an_edit() -> None:
    with Library.open(":memory:") as library:
        id = only(library, "the code name is ORCHID")
        edited = library.facts.edit(id, "The code name is Orchid.")
        assert edited.text == "The code name is Orchid."
        assert library.facts.edit(edited.id, "The code name is Orchid.").id == edited.id
        assert len(library.facts.list()) == 1


def test_an_edit_to_what_is_known_becomes_that_fact_and_goes_back() -> None:
    with Library.open(":memory:") as library:
        known = only(library, "the gate code is 12", source="Ann")
        wrong = only(library, "the door code is 13")
        edited = library.facts.edit(wrong, "the gate code is 12")
        assert (edited.id, len(library.facts.list())) == (known, 1)
        assert library.facts.edit(known, None).text == "the door code is 13"
        assert sorted(texts(library.facts.list())) == ["the door code is 13", "the gate code is 12"]


def test_former_words_go_for_good_with_the_fact() -> None:
    with Library.open(":memory:") as library:
        id = only(library, "my pin is 1234", collection="safe")
        library.facts.edit(id, "my pin is 9876")
        library.facts.forget("9876", collection="safe")
        assert library.facts.history("my pin", collection="safe") == []
        found = library.verify()
        assert found.problems == ()


@pytest.mark.parametrize("text", ["", "?!", "what is my plan?", "The hat is red. The cat is grey."])
def test_an_edit_is_one_statement(text: str) -> None:
    with Library.open(":memory:") as library:
        id = only(library, "my plan is pro")
        with pytest.raises(UsageError):
            library.facts.edit(id, text)
        assert library.facts.get(id).fact.text == "my plan is pro"


def test_kind_priority_and_expiry_outlive_an_edit() -> None:
    with Library.open(":memory:") as library:
        (id,) = library.facts.tell(
            "Call Lund on Friday", options=TellOptions(kind="todo", priority=7)
        ).new
        edited = library.facts.edit(id, "Call Lund on Monday")
        assert (edited.kind, edited.priority) == ("todo", 7)
        assert texts(library.facts.list(kind="todo")) == ["Call Lund on Monday"]
        assert library.facts.list(kind="fact") == []


def test_what_is_not_there_is_told() -> None:
    with Library.open(":memory:") as library:
        for call in (library.facts.get, library.facts.history):
            with pytest.raises(NotFoundError):
                call(7)
        with pytest.raises(NotFoundError):
            library.facts.edit(7, None)
        with pytest.raises(NotFoundError):
            library.facts.edit(7, "the hat is red")


def test_strength_and_tellers_outlive_an_edit_and_its_undo() -> None:
    with Library.open(":memory:", clock=lambda: 5000.0) as library:
        id = only(library, "the rent is 900", source="Ann")
        library.facts.tell("the rent is 900", source="Bo")
        library.memory.strengthen("rent", amount=3)
        before = library.facts.get(id).fact
        edited = library.facts.edit(id, "the rent is 950")
        assert (edited.strength, edited.sources) == (before.strength, ())
        back = library.facts.edit(edited.id, None)
        assert (back.strength, back.sources) == (before.strength, ("Ann", "Bo"))
        assert library.facts.forget("rent", source="Ann").forgotten == 0
        assert library.facts.forget("rent", source="Bo").forgotten == 1
        assert library.verify().problems == ()


def test_the_history_is_found_by_the_former_words_too() -> None:
    with Library.open(":memory:") as library:
        id = only(library, "the boiler code is 4711", collection="house")
        library.facts.edit(
            id,
            "the cellar key hangs left",
        )
        for cue in ("boiler code", "4711", "cellar key"):
            found = texts(library.facts.history(cue, collection="house"))
            assert found == ["the boiler code is 4711", "the cellar key hangs left"]
        assert library.facts.history("boiler code") == []
        assert library.facts.history("boiler key", collection="house") != []
        assert library.facts.history("the", collection="house") == []
        assert library.facts.recall("boiler", collection="house") == []


def test_words_that_an_edit_brought_are_found_when_misspelled() -> None:
    with Library.open(":memory:") as library:
        edited = library.facts.edit(
            only(library, "The depot is in Ghent."), "The warehouse is new."
        )
        assert texts(library.facts.recall("warehuose")) == ["The warehouse is new."]
        library.facts.edit(edited.id, None)
        assert texts(library.facts.recall("deopt")) == ["The depot is in Ghent."]
