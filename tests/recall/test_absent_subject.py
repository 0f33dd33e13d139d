"""What tells that a subject is absent: a word that stands nowhere, best sections of many texts."""

import pytest

from tests.recall.recall_shelf import book, note, recall_of
from workbench.recall import judgement
from workbench.recall.recall import Recall
from workbench.store.store import Store

_GULLS = {
    "Nests": "Gulls nest on the cliff. The nest is lined with grass.",
    "Eggs": "Three eggs lie in the nest. Gulls warm the eggs in turn.",
    "Chicks": "The chicks leave the nest in July. Gulls feed the chicks on the beach.",
}


@pytest.fixture
def shelf(store: Store) -> Recall:
    book(store, _GULLS, title="Gulls")
    for number, place in enumerate(("barn", "chapel", "tower", "mill", "quarry", "harbour")):
        note(store, f"The roof of the {place} was mended in May.", title=f"Note {number}")
    note(store, "On Monday the engineer Runa Falk mended the pump. Later Runa Falk went home.")
    return recall_of(store)


def _feature(recall: Recall, question: str, name: str) -> float:
    return recall.look_up(question).features[judgement.FEATURES.index(name)]


def test_A7_a_word_that_stands_nowhere_counts_where_nothing_known_is_named(shelf: Recall) -> None:
    assert _feature(shelf, "When do gulls warm the eggs?", "nowhere") == 0.0
    assert _feature(shelf, "When do cormorants warm the eggs?", "nowhere") > 0.2
    # Of somebody who is known it may be told in other words.
    assert _feature(shelf, "Which turbine did Runa Falk inspect?", "nowhere") == 0.0


def test_A7_what_is_told_of_is_told_of_in_one_text(shelf: Recall) -> None:
    told = _feature(shelf, "Where do gulls nest?", "agree")
    scattered = _feature(shelf, "Who mended the roof in May?", "agree")
    assert told > scattered
    assert 0.0 < scattered <= 0.5
