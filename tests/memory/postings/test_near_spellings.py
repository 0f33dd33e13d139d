"""Words one edit away are found, and no others."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.hashing import word_hash, word_hashes
from workbench.memory.postings import spelling
from workbench.memory.postings.entries import Entry, salted
from workbench.memory.postings.index import Postings


def _one_edit(a: str, b: str) -> bool:
    """By trying them all: a letter more, less, another, or two neighbours swapped."""
    if a == b:
        return False
    if len(a) == len(b):
        differ = [i for i in range(len(a)) if a[i] != b[i]]
        if len(differ) == 1:
            return True
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and a[differ[0]] == b[differ[1]]
            and a[differ[1]] == b[differ[0]]
        )
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


words = st.text("abéß", min_size=3, max_size=6).map("é".__add__)


@pytest.mark.slow
@given(st.lists(words, max_size=60), words)
def test_it_finds_what_trying_all_edits_finds(known: list[str], word: str) -> None:
    assert {each for each in known if _one_edit(each, word)} == {*known} & {*spelling.edits(word)}


@pytest.mark.parametrize(
    ("meant", "written"), [("müller", "muller"), ("москва", "мосвка"), ("αθήνα", "αθηνα")]
)
def test_edits_are_letters_of_the_script(meant: str, written: str) -> None:
    assert meant in spelling.edits(written)


def test_words_are_known_by_their_numbers_together_as_one_by_one() -> None:
    known = ["", "a", "müller", "x" * 40, "東京", *string.ascii_letters]
    assert word_hashes(known).tolist() == [word_hash(each) for each in known]


def test_only_words_that_facts_of_the_scope_hold_are_meant() -> None:
    postings = Postings(None)
    told = [("harbour", 1), ("harbours", 2), ("project499", 1)]
    for number, (word, scope) in enumerate(told, start=1):
        postings.append([Entry(number, 0.0, 1, (salted(word_hash(word), scope),))])
    assert postings.near(1, "harbuor", 4) == ["harbour"]
    assert postings.near(2, "harbuor", 4) == []
    assert postings.near(1, "project498", 4) == []
    postings.remove([1])
    postings.purge()
    assert postings.near(1, "harbuor", 4) == []
