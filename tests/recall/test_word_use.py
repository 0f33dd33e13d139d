"""Words that a library uses alike: found without a model, kept, and gone with what taught them."""

from pathlib import Path

import pytest

from tests.recall.word_nearness import nearness
from workbench.errors import Cancelled, UsageError
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.recall import word_use

_KITCHEN = (
    "The oven is hot, so the {} bakes well.",
    "Salt and flour make a good {}.",
    "Slice the {} while the crust is warm.",
)
_STABLE = (
    "The {} eats hay in its stall.",
    "A saddle lies ready for the {}.",
    "Lead the {} to the meadow by its bridle.",
)


def _taught(library: Library) -> None:
    for frames, names in ((_KITCHEN, ("bread", "loaf")), (_STABLE, ("horse", "pony"))):
        for name in names:
            for number in range(3):
                text = f"Note {number}.\n\n" + " ".join(each.format(name) for each in frames)
                library.add_text(text, title=f"{name} {number}")


@pytest.mark.slow
def test_words_that_never_meet_are_near_where_their_company_is_alike() -> None:
    with Library.open(":memory:") as library:
        _taught(library)
        near = nearness(library, "bread", "loaf")
        far = nearness(library, "bread", "pony")
        assert near is not None
        assert far is not None
        assert near > far + 0.3
        assert nearness(library, "Horses ", "horse") == pytest.approx(1, abs=1e-5)
        assert nearness(library, "bread", "hovercraft") is None


@pytest.mark.slow
def test_near_words_are_listed_as_they_are_written_and_without_the_word_itself() -> None:
    with Library.open(":memory:") as library:
        _taught(library)
        found = library.graph.near_words("ponies", limit=5)
        names = [each.word for each in found]
        assert "horse" in names
        assert "pony" not in names
        assert names.index("horse") == 0
        assert [each.nearness for each in found] == sorted(
            (each.nearness for each in found), reverse=True
        )
        assert next(each for each in found if each.word == "horse").statements == 9
        assert library.graph.near_words("hovercraft") == []
        assert library.graph.near_words("?!") == []


@pytest.mark.slow
def test_what_comes_counts_and_what_is_removed_is_forgotten(tmp_path: Path) -> None:
    with Library.open(tmp_path / "words.brain") as library:
        assert nearness(library, "bread", "loaf") is None
        _taught(library)
        assert nearness(library, "bread", "loaf") is not None
        gone = [each.id for each in library.sources.list() if each.title.startswith("loaf")]
        library.sources.trash(gone)
        library.sources.delete(gone)
        assert nearness(library, "bread", "loaf") is None
        assert nearness(library, "horse", "pony") is not None


@pytest.mark.slow
def test_a_large_library_keeps_what_it_read_until_much_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_use, "_SMALL", 0)
    path = tmp_path / "words.brain"
    with Library.open(path) as library:
        _taught(library)
        assert not library._core.word_use.stale()
        before = nearness(library, "bread", "loaf")
        assert library._store.rows("SELECT kind FROM derived WHERE kind NOT LIKE 'rows:%'") == [
            ("word use",)
        ]
    with Library.open(path) as library:
        assert nearness(library, "bread", "loaf") == pytest.approx(before, abs=0.01)
        assert not library._core.word_use.stale()
        for number in range(8):
            library.add_text(f"The donkey {number} carries hay. Feed it.", title=f"new {number}")
        library._core._read_in_background(Cancel())
        assert nearness(library, "donkey", "horse") is not None
        assert not library._core.word_use.stale()
        library._store.write(
            lambda c: c.execute("UPDATE derived SET data = x'00' WHERE kind = 'word use'")
        )
    with Library.open(path) as library:
        assert nearness(library, "bread", "loaf") is not None


@pytest.mark.slow
def test_odd_words_and_limits_are_told_and_a_stop_is_heard() -> None:
    with Library.open(":memory:") as library:
        _taught(library)
        for word, limit in (("  ", 3), ("bread", 0)):
            with pytest.raises(UsageError):
                library.graph.near_words(word, limit=limit)
        stopped = Cancel()
        stopped.set()
        with pytest.raises(Cancelled):
            library.graph.near_words("bread", cancel=stopped)
        assert nearness(library, "\U0001f956", "bread") is None
        assert library.graph.near_words("word " * 2000) == []
