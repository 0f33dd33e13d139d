"""Words of a library that mean alike: as they are written there, and gone with their sources."""

from pathlib import Path

import pytest

from workbench.errors import Cancelled, UsageError
from workbench.jobs import Cancel
from workbench.library import Library

_TEXTS = (
    "The oven bakes bread with a hard crust. A loaf is cut while it is warm.",
    "Bread and a loaf of rye were sold. The ponies ate hay in the stable.",
    "A horse and two ponies drew the cart. Horses eat hay, and so does a pony.",
)


def _taught(library: Library) -> None:
    for number, text in enumerate(_TEXTS):
        library.add_text(text, title=f"Note {number}")


def test_words_are_listed_as_they_are_written_without_the_word_itself() -> None:
    with Library.open(":memory:") as library:
        _taught(library)
        found = library.graph.near_words("horses", limit=5)
        names = [each.word for each in found]
        assert names[0] in ("pony", "ponies")
        assert not {"horse", "horses", "the", "a"} & set(names)
        assert [each.nearness for each in found] == sorted(
            (each.nearness for each in found), reverse=True
        )
        assert found[0].statements == 3
        assert library.graph.near_words("hovercraft") == []
        assert library.graph.near_words("?!") == []


def test_two_words_are_compared_if_the_library_has_both() -> None:
    with Library.open(":memory:") as library:
        _taught(library)

        def nearness(word: str, other: str) -> float:
            (near,) = library.graph.near_words(word, other)
            return near.nearness

        assert nearness("bread", "loaf") > nearness("bread", "pony") + 0.2
        assert nearness("Horse ", "horse") == pytest.approx(1, abs=1e-5)
        assert library.graph.near_words("bread", "hovercraft") == []
        assert library.graph.near_words("\U0001f956", "bread") == []
        assert library.graph.near_words("word " * 2000) == []


def test_what_comes_counts_and_what_is_removed_is_forgotten(tmp_path: Path) -> None:
    with Library.open(tmp_path / "words.brain") as library:
        assert library.graph.near_words("bread") == []
        _taught(library)
        assert "loaf" in [each.word for each in library.graph.near_words("bread")]
        gone = [each.id for each in library.sources.list() if each.title != "Note 2"]
        library.sources.trash(gone)
        library.sources.delete(gone)
        assert library.graph.near_words("bread") == []
        assert "loaf" not in [each.word for each in library.graph.near_words("horse", limit=50)]


def test_odd_limits_are_told_and_a_stop_is_heard() -> None:
    with Library.open(":memory:") as library:
        _taught(library)
        for word, limit in (("  ", 3), ("bread", 0)):
            with pytest.raises(UsageError):
                library.graph.near_words(word, limit=limit)
        stopped = Cancel()
        stopped.set()
        with pytest.raises(Cancelled):
            library.graph.near_words("bread", cancel=stopped)
