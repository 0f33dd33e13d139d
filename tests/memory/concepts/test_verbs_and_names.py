"""Verbs that look like nouns, names that look like plurals, and what is neither."""

import pytest

from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.concepts.tracing import trace


def _bonds(text: str) -> set[tuple[str, str, str]]:
    found = trace(text)
    return {
        (found.spans[bond.head].key, bond.type.name.lower(), found.spans[bond.tail].key)
        for bond in found.bonds
    }


def _types(text: str) -> dict[str, ConceptType]:
    return {each.key: each.type for each in trace(text).spans}


@pytest.mark.parametrize(
    ("text", "head", "tail"),
    [
        ("Weekend incidents lead to tired engineers.", "weekend incident", "tired engineer"),
        ("Deploying on Fridays leads to weekend incidents.", "deploying", "weekend incident"),
        ("Smoking causes cancer.", "smoking", "cancer"),
        ("Price wars lead to smaller margins.", "price war", "smaller margin"),
    ],
)
def test_a_cause_is_read_whatever_its_words_look_like(text: str, head: str, tail: str) -> None:
    assert (head, AssociationType.LEADS_TO.name.lower(), tail) in _bonds(text)


def test_what_runs_up_costs_causes_nothing() -> None:
    types = _types("Running costs rose in May.")
    assert types["running cost"] is ConceptType.CONCEPT
    assert [key for key, type in types.items() if type is ConceptType.ACTION] == ["rise"]


def test_who_the_condition_is_about_is_not_swallowed_with_its_verb() -> None:
    types = _types("Kubernetes restarts the pods when the health check fails.")
    assert types["health check"] is ConceptType.CONCEPT
    assert types["fail"] is ConceptType.ACTION


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The launch was delayed by a missing permit in Oslo.", "missing permit"),
        ("She sent a pull request for the configuration file.", "configuration file"),
        ("The register maps memory to a pointer type.", "pointer type"),
        ("They read the bug report of the child process.", "bug report"),
        ("Both reject the input mask.", "input mask"),
    ],
)
def test_nouns_that_look_like_verbs_stay_in_their_phrase(text: str, thing: str) -> None:
    assert _types(text)[thing] is ConceptType.CONCEPT


@pytest.mark.parametrize("verb", ["is here", "was here", "has a violin", "knows it"])
def test_a_name_in_s_is_one_by_its_verb(verb: str) -> None:
    assert _types(f"Holmes {verb}.")["holmes"] is ConceptType.ENTITY


def test_a_plural_that_begins_a_sentence_is_none() -> None:
    assert "ribosome" in _types("Ribosomes build proteins.")
    assert "customer" in _types("Customers are loud.")


def test_old_pronouns_and_calls_are_no_things() -> None:
    types = _types("Aye, said he to thee, thou knowest the harbour ere the morning. Come, see!")
    assert not types.keys() & {"aye", "thee", "thou", "ere", "come", "see"}
    assert "harbour" in types


def test_particles_belong_to_names_and_roles_of_markup_do_not() -> None:
    said = trace("Ludwig van Beethoven wrote to Lady Catherine de Bourgh about the town of Bonn.")
    keys = {each.key for each in said.spans}
    assert {"ludwig van beethoven", "lady catherine de bourgh"} <= keys
    assert "pep" not in {each.key for each in trace("Annotations of :pep:`484` are free.").spans}


@pytest.mark.parametrize("name", ["Mr. Collins", "Mrs. Gardiner", "Dr. Woods", "Captain Walker"])
def test_a_title_belongs_to_the_name_behind_it_even_where_that_is_a_word(name: str) -> None:
    for text in (f"{name} assented.", f"They laughed at {name}.", f"To her, {name} wrote often."):
        named = [each for each in trace(text).spans if each.type is ConceptType.ENTITY]
        assert [each.name for each in named] == [name]


def test_an_abbreviation_of_two_letters_is_a_thing_and_a_half_of_the_day_is_none() -> None:
    assert _types("If an exit becomes hot, the VM can record it.")["vm"] is ConceptType.ENTITY
    assert "pm" not in _types("The VM started at 5 PM.")
