"""What is told is linked soon without anybody asking, and nothing of it outlives the library."""

import threading
import time
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.memory.graph import background, merging
from workbench.memory.graph.aliases import CERTAIN
from workbench.memory.graph.concept_graph import GraphViews


def _until_linked(library: Library, names: int) -> None:
    deadline = time.monotonic() + seconds(30)
    while time.monotonic() < deadline:
        if len(library._store.rows("SELECT 1 FROM concept")) >= names:
            return
        time.sleep(0.02)
    raise AssertionError("nothing was linked")


@pytest.mark.slow
def test_what_is_told_and_read_is_linked_by_itself(tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("Greta Holm repaired the water mill.\n")
    with Library.open(tmp_path / "x.brain") as library:
        library.facts.tell("Kofi Mensah sold a boat.")
        _until_linked(library, 2)
        library.add(tmp_path / "mill.txt")
        _until_linked(library, 4)
        assert "linking" in {thread.name for thread in threading.enumerate()}
    assert "linking" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.slow
def test_closing_leaves_the_rest_for_whoever_asks(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.facts.tell("\n".join(f"Kofi Mensah sold boat {n}." for n in range(3000)))
    deadline = time.monotonic() + seconds(60)
    with Library.open(tmp_path / "x.brain") as library:
        # Who asks waits two seconds at most; on a busy machine the rest comes with the next asking.
        while library.graph.concept("Kofi Mensah").concept.mentions < 3000:
            assert time.monotonic() < deadline
        assert library.graph.concept("Kofi Mensah").concept.mentions == 3000


@pytest.mark.slow
def test_g6_undo_takes_back_what_the_user_did_last_and_not_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_QUIET", 0.05)
    told = threading.Event()
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("The mill grinds rye.", title="Rye")
        library.graph.change("mill", name="water mill")

        def heard(_topic: str) -> None:
            if library.graph.aliases(state="merged"):
                told.set()

        ended = library.subscribe(heard)
        library.add_text("Ada Vinterberg built a mill. Vinterberg sold the mill.", title="The Mill")
        library.facts.tell("Oslo has a harbour.")
        assert told.wait(seconds(30))
        ended()
        undone = library.undo("concept")
        assert undone.kind == "concept renamed"
        assert library.graph.concept("mill").concept.name == "mill"
        (alias,) = library.graph.aliases(state="merged")
        assert alias.change is not None
        assert library.undo("concept", alias.change).kind == "concepts merged"
        assert library.graph.concept("Vinterberg").concept.name == "Vinterberg"


@pytest.mark.slow
def test_names_that_surely_mean_one_become_one_by_themselves_and_can_be_parted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_QUIET", 0.05)
    told = threading.Event()
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("Ada Vinterberg built a mill. Vinterberg sold the mill.", title="The Mill")

        def heard(_topic: str) -> None:
            if library.graph.aliases(state="merged"):
                told.set()

        ended = library.subscribe(heard)
        library.facts.tell("The mill stands in Oslo.")
        assert told.wait(seconds(30))
        ended()
        (alias,) = library.graph.aliases(state="merged")
        assert (alias.name, alias.into) == ("Vinterberg", "Ada Vinterberg")
        # It is not what the user did last.
        with pytest.raises(NotFoundError):
            library.undo("concept")
        assert library.graph.concept("Vinterberg").concept.name == "Ada Vinterberg"
        assert library.graph.concept("Vinterberg").concept.name == "Ada Vinterberg"
        library.graph.judge(alias.id, False)
        assert library.graph.concept("Vinterberg").concept.name == "Vinterberg"
        assert library.graph.aliases(merge=CERTAIN) == []


@pytest.mark.slow
def test_words_are_learned_once_names_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_QUIET", 0.05)
    done: list[str] = []
    over = threading.Event()

    def learn(_graphs: GraphViews) -> None:
        done.append("learned")
        over.set()

    monkeypatch.setattr(GraphViews, "learn", learn)
    monkeypatch.setattr(merging, "merge", lambda *_given, **_named: done.append("merged"))
    with Library.open(":memory:") as library:
        library.facts.tell("Kofi Mensah sold a boat.")
        assert over.wait(seconds(30))
    assert done[:2] == ["merged", "learned"]
