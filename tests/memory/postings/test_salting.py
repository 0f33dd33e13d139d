"""Terms are other ones in every scope."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.postings.entries import salted, salted_all

words = st.integers(0, 2**64 - 1)
scopes = st.integers(0, 2**40)


@given(words, scopes)
def test_both_ways_of_salting_give_the_same(word: int, scope: int) -> None:
    term = salted(word, scope)
    array = np.array([word], np.uint64)
    assert salted_all(array, scope).tolist() == [term]


@given(words, scopes, scopes)
def test_a_word_is_another_term_in_another_scope(word: int, one: int, other: int) -> None:
    assert (salted(word, one) == salted(word, other)) == (one == other)
