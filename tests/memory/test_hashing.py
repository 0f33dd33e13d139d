"""Numbers of words: apart by space, whatever the order of a set."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.memory import hashing

_NUMBERS = st.lists(st.integers(1, 2**64 - 1), max_size=12)


def test_spaces_are_apart_and_numbers_never_change() -> None:
    whole, form = hashing.either("live")
    assert (whole, form) == (hashing.word_hash("live"), hashing.word_hash("live", hashing.FORMS))
    assert whole != form
    # They lie in files.
    assert hashing.word_hash("live") == 54521895811804902
    assert hashing.text_hash("") == 18284041282127212159


@given(st.integers(0, 2**64 - 1))
def test_a_signed_number_has_the_same_bits(number: int) -> None:
    assert hashing.signed(number) & (1 << 64) - 1 == number
    assert -(2**63) <= hashing.signed(number) < 2**63


@given(_NUMBERS, st.randoms())
def test_a_set_has_one_number_in_any_order(numbers: list[int], random: object) -> None:
    assert hashing.combined(7, numbers) == hashing.combined(7, [*reversed(numbers), *numbers])


def test_relation_and_parts_both_count() -> None:
    assert hashing.combined(7, (1, 2)) != hashing.combined(8, (1, 2)) != hashing.combined(8, (1, 3))
