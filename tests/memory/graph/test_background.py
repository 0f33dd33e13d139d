"""What is told is linked soon without anybody asking, and nothing of it outlives the library."""

import threading
import time
from pathlib import Path

from workbench.library import Library


def _until_linked(library: Library, names: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if len(library._store.rows("SELECT 1 FROM concept")) >= names:
            return
        time.sleep(0.02)
    raise AssertionError("nothing was linked")


def test_what_is_told_and_read_is_linked_by_itself(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("Greta Holm repaired the water mill.\n")
    with Library.open(tmp_path / "x.brain") as library:
        library.remember("Kofi Mensah sold a boat.")
        _until_linked(library, 2)
        library.add(tmp_path / "mill.txt")
        _until_linked(library, 4)
        assert "linking" in {thread.name for thread in threading.enumerate()}
    assert "linking" not in {thread.name for thread in threading.enumerate()}


def test_closing_leaves_the_rest_for_whoever_asks(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.remember("\n".join(f"Kofi Mensah sold boat {n}." for n in range(3000)))
    with Library.open(tmp_path / "x.brain") as library:
        assert library.concept("Kofi Mensah").concept.mentions == 3000
