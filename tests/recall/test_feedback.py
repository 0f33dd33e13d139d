"""The best passages say more of what is meant, and the search by meaning is asked once more."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Ordinals
from workbench.recall.meant import Tier
from workbench.recall.recall import Recall
from workbench.space.nearest import Near
from workbench.store.store import Store

_FIRST = (
    "The furnace is lit with birch bark.",
    "A furnace draws better in dry wind.",
    "Sweep the furnace before the first frost.",
    "The door of the furnace hangs on two hinges.",
    "A furnace wants seasoned oak.",
    "Ash goes on the beds of leeks.",
    "The kiln stands behind the barn.",
    "Otters have come back to the brook.",
)


def _beside(onset: str) -> str:
    """Sixty words of a language that nobody speaks, others for every note."""
    return " ".join(f"{onset}{vowel}{coda}" for vowel in "aeiou" for coda in "lmnrstpkdgvz")


#: So that every one tells of a subject: two sentences each.
_NOTES = tuple(
    f"{first} Beside it {_beside(onset)}." for first, onset in zip(_FIRST, "bdfgjxqw", strict=True)
)
_EACH, _KILN = 2, 12
_QUESTION = "how is the furnace kept"


class _Learning:
    """Points to the first notes, and, told what was best, to others."""

    def __init__(self, again: Sequence[int]) -> None:
        self._again = again
        self.told: list[list[int]] = []
        self.within: list[NDArray[np.bool_] | None] = []

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> Near | None:
        return _near([_EACH * note for note in range(5)], within)

    def cosines(self, question: str, starts: NDArray[np.int32]) -> NDArray[np.float32]:
        return np.zeros(len(starts), np.float32)

    def again(
        self,
        question: str,
        found: Ordinals,
        /,
        *,
        limit: int = 300,
        within: NDArray[np.bool_] | None = None,
    ) -> Near | None:
        self.told.append(found.tolist())
        self.within.append(within)
        return _near(self._again, within)


def _near(ordinals: Sequence[int], within: NDArray[np.bool_] | None) -> Near | None:
    kept = [each for each in ordinals if within is None or within[each]]
    at = np.array(kept, np.int32)
    cosines = np.linspace(0.9, 0.3, len(at), dtype=np.float32)
    return Near(at, (at + 1).astype(np.int32), cosines) if kept else None


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.brain"
    with Library.open(path) as library:
        for number, note in enumerate(_NOTES):
            library.add_text(note, title=f"Note {number}")
    return path


def _recall(store: Store, near: _Learning) -> Recall:
    tiers = (Tier(near, 0.8, again=near.again),)
    return Recall(store, Lexicon(store, None), tiers=lambda: tiers)


def test_A10_what_is_found_through_the_best_passages_is_found_and_says_so(notes: Path) -> None:
    near = _Learning([_KILN, 0, 2, 4])
    with Store.open(notes, read_only=True) as store:
        evidence = _recall(store, near).ask(_QUESTION, limit=8, explain=True).evidence
    kiln = next(each for each in evidence if "kiln" in each.quote)
    assert "Is about much the same as what was found first." in kiln.reasons
    assert kiln.tiers["semantic"] == 1.0
    direct = next(each for each in evidence if "birch" in each.quote)
    assert "Is about much the same as what was found first." not in direct.reasons
    assert any(reason.startswith("Means much the same") for reason in direct.reasons)


def test_it_is_told_the_best_passages_and_keeps_to_the_sources_asked(notes: Path) -> None:
    near = _Learning([_KILN, 0, 2])
    with Store.open(notes, read_only=True) as store:
        recall = _recall(store, near)
        recall.ask(_QUESTION)
        assert sorted(at // _EACH for at in near.told[0]) == [0, 1, 2, 3, 4]
        evidence = recall.ask(_QUESTION, sources=[1, 2, 3, 4, 5]).evidence
    assert near.within[1] is not None
    assert {each.source.id for each in evidence} <= {1, 2, 3, 4, 5}


def test_few_passages_do_not_say_what_is_meant(notes: Path) -> None:
    near = _Learning([_KILN])
    with Store.open(notes, read_only=True) as store:
        _recall(store, near).ask(_QUESTION, sources=[1, 2, 3, 4])
    assert near.told == []


def test_nothing_is_learned_from_single_sentences(tmp_path: Path) -> None:
    near = _Learning([6])
    with Library.open(tmp_path / "lines.brain") as library:
        for line in _FIRST:
            library.add_text(line, title="A line")
    with Store.open(tmp_path / "lines.brain", read_only=True) as store:
        _recall(store, near).ask(_QUESTION)
    assert near.told == []


def test_nothing_is_learned_from_running_text(tmp_path: Path) -> None:
    near = _Learning([_KILN])
    with Library.open(tmp_path / "long.brain") as library:
        library.add_text(" ".join(_NOTES * 9), title="A long page")
    with Store.open(tmp_path / "long.brain", read_only=True) as store:
        _recall(store, near).ask(_QUESTION)
    assert near.told == []


_SHELF = (
    "The oven bakes bread from sour dough.",
    "Sour dough and salt make the bread rise in the oven.",
    "Bread cools beside the oven on a rack.",
    "Salt the dough before the oven is hot.",
    "The sail of the boat is mended with wax thread.",
    "Wax the rope, and the boat keeps its sail in wind.",
    "A boat without sail or rope drifts with the wind.",
    "The wind tore a sail, and a rope held the boat.",
)


def test_what_the_library_taught_moves_a_question_towards_what_was_found(tmp_path: Path) -> None:
    with Library.open(tmp_path / "shelf.brain") as library:
        for text in _SHELF:
            library.add_text(text)
        subjects = library._subjects
        question = "bread with a sail"
        first = subjects.nearest(question)
        towards = subjects.nearest_again(question, np.array([4, 5, 6], np.int32))
        same = subjects.nearest_again(question, np.zeros(0, np.int32))
    assert first is not None
    assert towards is not None
    assert same is not None
    boats = {4, 5, 6, 7}
    assert _mean(towards, boats) > _mean(first, boats)
    assert same.starts.tolist() == first.starts.tolist()


def _mean(near: Near, wanted: set[int]) -> float:
    """The mean cosine of the wanted, 0 for those that are not near."""
    pairs = zip(near.starts.tolist(), near.cosines.tolist(), strict=True)
    return float(sum(cosine for start, cosine in pairs if start in wanted)) / len(wanted)


def test_a_question_about_a_title_in_small_letters_names_something(tmp_path: Path) -> None:
    near = _Learning([_KILN])
    tiers = (Tier(near, 0.8, only_unnamed=True, again=near.again),)
    with Library.open(tmp_path / "films.brain") as library:
        library.add_text("A film by three directors about a clock.", title="Glass harbour")
        library.add_text("A film by two directors about a boat.", title="Slow boat")
    with Store.open(tmp_path / "films.brain", read_only=True) as store:
        recall = Recall(store, Lexicon(store, None), tiers=lambda: tiers)
        assert recall.look_up("how many directors has glass harbour").cue.meant is None
        assert recall.look_up("how many directors has the film on time").cue.meant is not None
