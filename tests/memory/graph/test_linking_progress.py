"""How far the background has come with linking: by source, until nothing is left."""

from pathlib import Path

import pytest

from workbench import Library
from workbench.memory.graph import background
from workbench.memory.graph.records import LinkingProgress

_ONE = "Ada wrote letters to Charles. Charles built an engine in London."
_TWO = "Marie discovered polonium in Paris. Pierre helped her."


def _progress(library: Library) -> LinkingProgress | None:
    return library.graph.progress


def test_progress_names_the_source_at_hand_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The background waits, and the test does its work.
    monkeypatch.setattr(background, "_WAIT", 600.0)
    with Library.open(tmp_path / "a.brain") as library:
        assert _progress(library) is None
        library.add_text(_ONE, title="Engines")
        library.add_text(_TWO, title="Elements")
        begun = _progress(library)
        assert begun is not None
        assert (begun.left, begun.total, begun.title, begun.share) == (2, 2, "Engines", 0.0)
        library.graph.link(concepts_only=True)
        half = _progress(library)
        assert half is not None
        assert (half.left, half.title, half.share) == (2, "Engines", 0.5)
        library.graph.link()
        assert _progress(library) is None
        library.add_text("Lise split the atom in Berlin.", title="Atoms")
        last = _progress(library)
        assert last is not None
        assert (last.left, last.total, last.title) == (1, 3, "Atoms")
        library.sources.trash([row.id for row in library.sources.list() if row.title == "Atoms"])
        assert _progress(library) is None
