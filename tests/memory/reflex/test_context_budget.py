"""A context under a budget: the best, each once, and all that is left out counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.reflex import context
from workbench.memory.reflex.context import Item, assemble


def item(text: str, activation: float = 0.5, engram: int = 1) -> Item:
    return Item(engram, text, activation, 0.5, 0.0, 1.0, 1.0)


def test_the_factors_have_their_weights() -> None:
    alone = [context.score(*(float(place == each) for each in range(5))) for place in range(5)]
    assert alone == pytest.approx([0.30, 0.25, 0.20, 0.15, 0.10])
    assert context.score(9, 9, 9, 9, 9) == pytest.approx(1.0)


def test_freshness_falls_in_steps() -> None:
    days = (0, 6.9, 7, 29, 30, 89, 90, 364, 365, 9999)
    assert [context.freshness(each) for each in days] == [
        1,
        1,
        0.8,
        0.8,
        0.5,
        0.5,
        0.3,
        0.3,
        0.1,
        0.1,
    ]


def test_what_says_the_same_is_said_once() -> None:
    found = assemble(
        [
            item("The boiler must never run dry.", 0.9, 1),
            item("the boiler must never run dry!", 0.8, 2),
            item("The belt of the press is new.", 0.7, 3),
        ],
        200,
    )
    assert [each.engram for each in found.items] == [1, 3]
    assert (found.dropped, found.repeated) == (1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The hive on terrace 3 weighed 20 kilos after rain in the morning.",
         "The hive on terrace 4 weighed 20 kilos after rain in the morning."),
        ("In the long winter of that year old Ada kept the whole village fed and warm.",
         "In the long winter of that year old Ben kept the whole village fed and warm."),
        ("The water of the deep old well behind the mill is safe to drink.",
         "The water of the deep old well behind the mill is not safe to drink."),
    ],
)  # fmt: skip
def test_a_number_a_name_or_a_denial_makes_another_memory(one: str, other: str) -> None:
    assert len(assemble([item(one), item(other)], 200).items) == 2


def test_what_is_too_long_is_cut_and_has_what_others_leave() -> None:
    long = "so " * 400
    found = assemble([item(long, 0.9, 1), item("The belt is new.", 0.9, 2)], 100)
    assert [each.cut for each in found.items] == [True, False]
    assert found.items[0].text.endswith("…")
    assert 90 <= found.tokens <= 100


def test_text_without_spaces_counts_by_its_characters() -> None:
    assert context.tokens("水井里的水可以喝") == 8
    found = assemble([item("水" * 400)], 50)
    assert 40 <= found.tokens <= 50


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=1, max_size=60)


@pytest.mark.slow
@given(st.lists(st.tuples(WORDS, st.floats(0, 1)), max_size=20), st.integers(0, 300))
def test_the_budget_holds_and_nothing_is_lost_silently(
    given_: list[tuple[list[str], float]], budget: int
) -> None:
    items = [item(" ".join(each), level, place) for place, (each, level) in enumerate(given_)]
    found = assemble(items, budget)
    assert found.tokens <= budget
    assert found.tokens == sum(each.tokens for each in found.items)
    assert len(found.items) + found.dropped == len(items)
    assert len({each.engram for each in found.items}) == len(found.items)
