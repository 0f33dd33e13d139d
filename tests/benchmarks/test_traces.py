"""What is looked for after a removal is found while it is there."""

from pathlib import Path

import pytest

from tests.benchmarks.intake import traces
from workbench import Library, paths


@pytest.mark.slow
def test_l6_words_and_their_numbers_are_found_until_the_book_is_removed(tmp_path: Path) -> None:
    place, originals = tmp_path / "place", tmp_path / "originals"
    place.mkdir()
    originals.mkdir()
    for name, word in (("a", "Quillfeather"), ("b", "Basalt")):
        lines = [f"{word} stood in quarry {n} and counted stones." for n in range(100)]
        (originals / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    with Library.open(place / "l.brain") as library:
        source = library.add(originals)[0].source
        assert source is not None
    looked = (["Quillfeather stood in quarry 7"], ["Quillfeather"])
    folders = (place, paths.cache_dir())
    found = " ".join(traces(*looked, folders))
    assert "“Quillfeather stood in quarry 7” in utf-8" in found
    assert "the number of “quillfeather”" in found
    with Library.open(place / "l.brain") as library:
        assert library.sources.delete([source])
        assert traces(*looked, folders) == []
        assert (
            "Basalt" in library.ask("What stood in quarry 7 and counted stones?").evidence[0].quote
        )
    assert traces(*looked, folders) == []


def test_text_in_wide_characters_is_found(tmp_path: Path) -> None:
    (tmp_path / "settings").write_bytes("a Quillfeather".encode("utf-16-be"))
    assert traces([], ["Quillfeather"], [tmp_path]) == ["settings: “Quillfeather” in utf-16-be"]
