"""Words one edit away are found, and no others."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.library import Library
from workbench.memory import spelling

_WORDS = st.text(string.ascii_lowercase[:4], min_size=3, max_size=6)


def _one_edit(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    if len(word) == len(other):
        differing = [at for at in range(len(word)) if word[at] != other[at]]
        swapped = (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and word[differing[0]] == other[differing[1]]
            and word[differing[1]] == other[differing[0]]
        )
        return len(differing) == 1 or swapped
    longer, shorter = sorted((word, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


@given(st.lists(_WORDS, max_size=20), _WORDS)
def test_edits_are_all_words_one_edit_away(known: list[str], word: str) -> None:
    edits = set(spelling.edits(word))
    assert {other for other in known if _one_edit(word, other)} == edits.intersection(known)


@pytest.mark.parametrize(
    ("meant", "written"), [("müller", "muller"), ("москва", "мосвка"), ("αθήνα", "αθηνα")]
)
def test_edits_are_letters_of_the_script(meant: str, written: str) -> None:
    assert meant in spelling.edits(written)


def test_only_words_that_statements_of_the_scope_hold_are_meant() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("The thermostat is set to 21.")
        library.facts.tell("The lantern is red.", collection="Barn")
        index = library._core.fact_index
        assert index.respellings(0, "thermostst") == ["thermostat"]
        assert index.respellings(0, "lanterm") == []
        assert index.respellings(0, "x499") == []
