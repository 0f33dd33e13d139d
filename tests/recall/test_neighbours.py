"""Words in like company: looked up from the table that ships, and counted in the ranking."""

from collections.abc import Iterator

import numpy as np
import pytest

import word_neighbours
from workbench import paths
from workbench.library import Library
from workbench.recall.question import NEIGHBOURS_FILE, similar_stems

_STORIES = (
    "The old ferry lay idle all winter. Her owner, a widower named Brask, fixed watches instead. "
    "Nobody but Brask knew where she leaked. "
    "In March the river rose over the quay. It drowned him while he untied the boat. "
    "The watches went to his niece. She wound them every Sunday until they stopped."
)
_OTHERS = (
    "The bakery opened at five. Its windows steamed over in the cold. "
    "A cat slept on the warm sacks of flour. The baker sang to it."
)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.add_text(_OTHERS, title="The bakery")
        opened.add_text(_STORIES, title="The ferry")
        yield opened


def test_the_table_is_sorted_and_every_line_can_be_looked_up() -> None:
    file = paths.resources() / "recall" / NEIGHBOURS_FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    stems = [line.split()[0] for line in lines]
    assert stems == sorted(set(stems))
    for line in lines[:: len(lines) // 50]:
        stem, *pairs = line.split()
        found = similar_stems(stem)
        assert [f"{other}:{round(100 * cosine)}" for other, cosine in found] == pairs
        assert len(found) <= word_neighbours.MOST
        assert all(word_neighbours.LEAST <= cosine <= 1 for _, cosine in found)
        assert list(found) == sorted(found, key=lambda pair: -pair[1])


def test_a_stem_is_not_found_inside_another_one() -> None:
    assert similar_stems("di") == ()
    assert similar_stems("die death") == ()
    assert similar_stems("no such stem") == ()
    assert "death" in dict(similar_stems("die"))


def test_of_the_nearest_stems_only_what_is_near_enough_is_kept_once_for_all_forms() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0.8, 0.6], [0, 1]], np.float32)
    found = word_neighbours.near(["boat", "boats", "ferry", "flour"], vectors)
    # Boat and boats are one stem; the nearer of the two counts, and neither is its own neighbour.
    assert word_neighbours.table(found).splitlines()[0] == "boat ferri:96 flour:80"


def test_words_that_are_written_small_are_taken_and_names_left_out() -> None:
    lines = ["the river rose", "a river and a mill in Paris", "that river near Paris and Paris"]
    known = ["river", "paris", "mill", "##ver", "the"]
    assert word_neighbours.common(lines, known) == ["river"]


@pytest.mark.slow
def test_a_question_in_other_words_finds_the_sentence(library: Library) -> None:
    found = library._core.recall.retrieve("What was the owner replacing?")
    term = next(term for term in found.cue.terms if term.word == "replacing")
    assert not term.frequency
    assert term.akin
    # The word alone leads nowhere; where another one leads, it tells which sentence is best.
    answer = library.ask("What was the owner replacing?", quotes=True)
    assert "fixed watches" in answer.evidence[0].quote


def test_words_in_like_company_never_stand_for_a_name(library: Library) -> None:
    found = library._core.recall.retrieve("What did Brask mend?")
    assert {term.word: term.akin for term in found.cue.terms if term.name} == {"brask": ()}
