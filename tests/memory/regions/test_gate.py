"""The gate between sensing and remembering can refuse, and says so."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.regions.gate import weigh


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as library:
        yield library


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", "empty"),
        ("?!", "empty"),
        ("ok thanks", "chatter"),
        ("hm, okay then", "chatter"),
        ("lol whatever", "chatter"),
        ("thanks a lot everyone", "chatter"),
        ("asdf qwer zxcv", "chatter"),
        ("My password is qwertz", ""),
        ("btw, maybe I am tired", "faint"),
        ("My desk is by the door", ""),
        ("I am vegan", ""),
        ("perhaps the hinge is loose", ""),
        ("Die Mühle hat zwei Räder", ""),
        ("今天下雨", ""),
        ("4417", ""),
    ],
)
def test_what_says_nothing_does_not_pass(text: str, refused: str) -> None:
    assert weigh(text).refused == refused


def test_what_is_looked_for_passes_sooner() -> None:
    assert weigh("btw, maybe I am tired").refused
    assert not weigh("btw, maybe I am tired", hint="who is tired?").refused
    assert weigh("ok thanks", hint="thanks").refused


@given(st.text(max_size=300), st.text(max_size=50), st.none() | st.floats(0, 1))
def test_any_text_is_weighed(text: str, hint: str, salience: float | None) -> None:
    weighed = weigh(text, salience=salience, hint=hint)
    assert 0 <= weighed.relevance <= 1
    assert (weighed.refused == "") == (weighed.relevance >= 0.2)


def test_each_sentence_of_a_note_is_weighed_and_nothing_is_dropped_silently(
    library: Library,
) -> None:
    done = library.facts.perceive("Ok, thanks. The ledger lies in the crypt. Who has read it?")
    assert [library.facts.list()[0].text] == ["The ledger lies in the crypt."]
    assert len(done.new) == 1
    assert [(each.text, each.refused) for each in done.refused] == [("Ok, thanks.", "chatter")]
    assert [left.reason for left in done.left] == ["question"]


def test_what_is_refused_can_be_remembered_all_the_same(library: Library) -> None:
    assert library.facts.perceive("btw, maybe I am tired").new == ()
    assert len(library.facts.list()) == 0
    assert len(library.facts.tell("btw, maybe I am tired").new) == 1
    assert library.facts.perceive("").refused[0].refused == "empty"


def test_a_salience_that_is_said_counts_instead_of_the_words(library: Library) -> None:
    assert (
        library.facts.perceive("The ledger is blue", options=TellOptions(salience=0.1))
        .refused[0]
        .refused
        == "faint"
    )
    (id,) = library.facts.perceive(
        "btw, maybe the ledger is blue", options=TellOptions(salience=0.9)
    ).new
    assert library.facts.get(id).info.salience == 0.9
    for wrong in (-1, 1.5, float("nan")):
        with pytest.raises(UsageError):
            library.facts.perceive("The ledger is blue", options=TellOptions(salience=wrong))


def test_a_reward_makes_a_habit_and_is_checked(library: Library) -> None:
    (id,) = library.facts.perceive(
        "The clerk signs every page", options=TellOptions(reward=0.9)
    ).new
    assert library.facts.get(id).info.region == "basal_ganglia"
    for text in ("The clerk locks every door", "ok"):
        with pytest.raises(UsageError, match="reward"):
            library.facts.perceive(text, options=TellOptions(reward=2))


# -- the sensory buffer ----------------------------------------------------------------------------


def test_what_is_sensed_is_gone_after_three_seconds_and_never_grows() -> None:
    now = [1_700_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.perceive("ok", collection="desk")
        now[0] += 2
        library.facts.perceive("The ledger lies in the crypt.")
        assert [(s.weighed.text, s.collection) for s in library._core.sensory.current()] == [
            ("ok", "desk"),
            ("The ledger lies in the crypt.", None),
        ]
        now[0] += 1.5
        assert [s.weighed.text for s in library._core.sensory.current()] == [
            "The ledger lies in the crypt."
        ]
        now[0] += 3
        assert library._core.sensory.current() == ()
        for _ in range(5):
            library.facts.perceive("ok. " * 500)
        assert len(library._core.sensory.current()) <= 64
        # A clock that goes back leaves nothing behind for ever.
        now[0] -= 1e6
        assert library._core.sensory.current() == ()
