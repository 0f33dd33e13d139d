"""The index on disk: one generation of it, however often it was written."""

import json
import os
from pathlib import Path

import pytest

from workbench import Library
from workbench.memory import lexicon


def kept() -> tuple[set[str], set[str]]:
    """The segments that lie in the cache, and those that the index consists of."""
    (manifest,) = Path(os.environ["WORKBENCH_HOME"]).rglob("lexicon.json")
    there = {file.name for file in manifest.parent.glob("*.seg")}
    return there, set(json.loads(manifest.read_text(encoding="utf-8"))["segments"])


@pytest.mark.slow
def test_what_a_new_generation_replaces_goes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon, "_FREEZE", 64)
    for number in range(8):
        lines = (f"Lamp {each} of tower {number} burned oil." for each in range(100))
        (tmp_path / f"tower {number}.txt").write_text(" ".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        for number in range(8):
            library.add(tmp_path / f"tower {number}.txt")
            there, named = kept()
            assert there == named
        # The next program maps the same files.
    with Library.open(tmp_path / "a.brain") as library:
        assert library.ask("Which lamp of tower 3 burned oil?", quotes=True).evidence
        assert kept()[0] == named


@pytest.mark.slow
def test_another_programs_index_outlives_the_generation_it_was_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon, "_FREEZE", 64)
    for number in range(2):
        lines = (f"Lamp {each} of tower {number} burned oil." for each in range(100))
        (tmp_path / f"tower {number}.txt").write_text(" ".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "a.brain") as library:
        library.add(tmp_path / "tower 0.txt")
        with Library.open(tmp_path / "a.brain") as other:
            assert other.ask("Which lamp of tower 0 burned oil?", quotes=True).evidence
            library.add(tmp_path / "tower 1.txt")
            assert other.ask("Which lamp of tower 0 burned oil?", quotes=True).evidence
            assert other.ask("Which lamp of tower 1 burned oil?", quotes=True).evidence
