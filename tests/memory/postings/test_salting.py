"""Terms are other ones in every scope, and lead back to the word for who knows the scope."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.postings.salting import salted, salted_all, unsalted_all

words = st.integers(0, 2**64 - 1)
scopes = st.integers(0, 2**40)


@given(words, scopes)
def test_every_way_of_salting_gives_the_same_and_leads_back(word: int, scope: int) -> None:
    term = salted(word, scope)
    array = np.array([word], np.uint64)
    assert salted_all(array, scope).tolist() == [term]
    assert unsalted_all(salted_all(array, scope), scope).tolist() == [word]


@given(words, scopes, scopes)
def test_a_word_is_another_term_in_another_scope(word: int, one: int, other: int) -> None:
    assert (salted(word, one) == salted(word, other)) == (one == other)


def test_near_hashes_are_spread_over_the_upper_bits() -> None:
    upper = {salted(word, 0) >> 54 for word in range(4000)}
    assert len(upper) > 900
