"""Words one edit away are found, and no others."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workbench.memory.postings import spelling
from workbench.memory.postings.batch import Batch
from workbench.memory.postings.index import Postings
from workbench.memory.postings.wordlist import Wordlist


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


words = st.text("abéш", min_size=3, max_size=6)


@given(st.lists(words, max_size=60), words)
def test_it_finds_what_trying_all_edits_finds(known: list[str], word: str) -> None:
    table = spelling.table(enumerate(known, start=1))
    expected = {text for text in known if _one_edit(text, word)}
    assert set(spelling.neighbours(table, word).values()) == expected


def test_words_with_digits_are_never_meant_by_one_another() -> None:
    postings = Postings(None)
    assert postings.near("project498", 5) == []
    table = spelling.table([(1, "project499"), (2, "projects"), (3, "project")])
    assert len(table) == 2
    assert table.text(0) == "project"


def test_words_come_together_and_none_twice() -> None:
    rng = random.Random(4)
    pool = [(i + 1, "".join(rng.choices("abcdef", k=rng.randint(3, 9)))) for i in range(500)]
    words = Wordlist()
    for hash_, text in pool + pool:
        words.add(hash_, text)
    joined = words.joined()
    assert len(joined) == len(pool)
    assert {(int(joined.hashes[row]), joined.text(row)) for row in range(len(joined))} == set(pool)
    assert all(joined.holds(hash_, len(text)) for hash_, text in pool)
    assert sum(map(len, words.tables())) == len(pool)


def test_many_words_that_came_with_facts_are_found_as_few_are() -> None:
    told = [(number, f"w{chr(97 + number % 26)}{chr(97 + number // 26)}x") for number in range(600)]
    few, many = Wordlist(), Wordlist()
    for number, word in told:
        few.add(number, word)
    many.extend([*told, *told[:5], (9999, "no7")])
    many.add(*told[0])
    assert len(many.joined()) == len(few.joined()) == 600
    postings = Postings(None)
    for number, (hash_, word) in enumerate(told, start=1):
        one, none = np.array([0, 1], np.int32), np.zeros(0, np.uint64)
        keys = np.array([hash_ + 1], np.uint64)
        postings.append(
            Batch(np.array([number]), np.zeros(1), one, keys, keys, np.zeros(2, np.int32), none,
                  none, ((hash_, word),))
        )  # fmt: skip
    assert [word for _, word in postings.near("wabxx", 9)] == ["wabx", "waxx", "wbxx"]
