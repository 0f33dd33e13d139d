"""What a cue brings to mind: facts that share no word with it, how far, and what is kept out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.library import Library


def near(library: Library, cue: str, hops: int = 2, limit: int = 20) -> dict[str, int]:
    """Text → distance."""
    return {
        each.fact.text: each.hops for each in library.facts.associate(cue, hops=hops, limit=limit)
    }


def test_facts_that_share_no_word_with_the_cue_are_found() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Greta repairs looms. The loom hall is heated by a boiler.")
        library.facts.tell("The boiler burns peat. Otto sells hats.")
        assert near(library, "Greta") == {
            "Greta repairs looms.": 0,
            "The loom hall is heated by a boiler.": 1,
            "The boiler burns peat.": 2,
        }
        assert "Otto sells hats." not in near(library, "Greta", hops=0)


def test_causes_are_reached_over_what_they_caused() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("The strike delayed the ship.")
        library.facts.tell("Because the ship was delayed, the olives spoiled.")
        library.facts.tell("Because the olives spoiled, we bought oil from Jaen.")
        assert near(library, "oil from Jaen", hops=3)["The strike delayed the ship."] == 2


def test_tags_say_what_was_stated_and_what_was_only_reached() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Vane turns the mill. Vane oils the mill. The mill grinds rye.")
        library.facts.tell("Sable sleeps.")
        tags = {each.fact.text: each.tag for each in library.facts.associate("Vane")}
        assert tags == {
            "Vane turns the mill.": "confirmed",
            "Vane oils the mill.": "confirmed",
            "The mill grinds rye.": "emergent",
        }
        assert [each.tag for each in library.facts.associate("Sable")] == ["explicit"]


def test_a_rare_word_of_the_cue_weighs_more_than_a_common_one() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(f"reading {n} is high" for n in range(300)))
        library.facts.tell("the barometer sank")
        found = library.facts.associate("barometer reading", hops=1, limit=3)
        assert found[0].fact.text == "the barometer sank"


def test_words_that_only_begin_alike_link_nothing() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell(
            "probe v100001 is cold. valve v100002 is loose. the international is late."
        )
        library.facts.tell("the internet is slow.")
        assert near(library, "probe", hops=0) == {"probe v100001 is cold.": 0}
        assert near(library, "internet", hops=0) == {"the internet is slow.": 0}


def test_things_of_another_relative_are_kept_out() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("my dog's name is Fido. my brother's name is Tilda.")
        library.facts.tell("my cat's name is Mog. Fido chews shoes.")
        assert near(library, "my dog's name") == {
            "my dog's name is Fido.": 0,
            "Fido chews shoes.": 1,
        }
        library.facts.tell("My sister's car is red. My brother's car is blue.")
        assert set(near(library, "my sister's car")) == {"My sister's car is red."}
        assert set(near(library, "my pet")) >= {"my dog's name is Fido.", "my cat's name is Mog."}


def test_the_newer_statement_comes_before_the_one_it_replaced() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the rent is 900")
        library.facts.tell("the rent is 950")
        assert [each.fact.current for each in library.facts.associate("rent")] == [True, False]


def test_what_was_strengthened_is_more_active() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Vane turns the mill. The mill grinds rye. The mill is in Osby.")
        library.memory.strengthen("rye", amount=3)
        found = library.facts.associate("Vane")
        assert found[1].fact.text == "The mill grinds rye."
        assert found[1].activation > 1.7 * found[2].activation


def test_spreading_stays_in_its_scope_and_says_what_it_cannot() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Greta repairs looms", collection="a")
        library.facts.tell("the loom hall is cold")
        assert [
            each.fact.collection for each in library.facts.associate("Greta", collection="a")
        ] == ["a"]
        assert library.facts.associate("Greta", collection="none") == []
        assert library.facts.associate("?!") == []
        assert library.facts.associate("loom", limit=0) == []
        with pytest.raises(UsageError):
            library.facts.associate("loom", hops=-1)


_WORDS = [f"zor{letter}x" for letter in "bcdfghjk"]
_facts = st.lists(
    st.lists(st.sampled_from(_WORDS), min_size=3, max_size=4, unique=True).map(" ".join),
    min_size=1,
    max_size=12,
    unique_by=lambda text: tuple(sorted(text.split())),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(_facts, st.sampled_from(_WORDS), st.integers(1, 3))
def test_the_distance_is_that_of_the_graph_of_shared_words(
    told: list[str], cue: str, hops: int
) -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(told))
        found = library.facts.associate(cue, hops=hops, limit=50)
        assert {each.fact.text: each.hops for each in found} == _distances(told, cue, hops)
        activations = [each.activation for each in found]
        assert activations == sorted(activations, reverse=True)
        assert all(each.activation > 0 for each in found)
        assert all(each.seed is (each.hops == 0) for each in found)
        assert all((each.tag == "emergent") is not each.seed for each in found)


def _distances(told: list[str], cue: str, hops: int) -> dict[str, int]:
    reached = {text: 0 for text in told if cue in text.split()}
    for hop in range(1, hops + 1):
        words = {word for text in reached for word in text.split()}
        for text in told:
            if text not in reached and words & set(text.split()):
                reached[text] = hop
    return reached
