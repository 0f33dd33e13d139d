"""What is at hand from one recall to the next is never older than the library."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library
from workbench.memory.facts import connection_cache
from workbench.memory.facts.reading import tokens
from workbench.memory.facts.records import Fact

Change = Callable[[Library, int], object]

CHANGES: dict[str, Change] = {
    "superseded": lambda library, _: library.facts.tell("The plan of Vela is pro."),
    "said by another": lambda library, _: library.facts.tell("The plan of Vela is basic.",
                                                           source="Kim"),
    "more of it": lambda library, _: library.facts.tell("The plan of Orla is basic."),
    "edited": lambda library, id: library.facts.edit(id, "The plan of Vela is silver."),
    "forgotten": lambda library, _: library.facts.forget("Vela"),
    "removed": lambda library, id: library.facts.remove([id]),
    "marked": lambda library, id: library.facts.mark_ids([id], kind="decision", priority=7),
    "expires": lambda library, id: library.facts.mark_ids([id], expires_days=1e-9),
}  # fmt: skip


def _shown(found: list[Fact]) -> list[tuple[object, ...]]:
    return [(f.id, f.text, f.sources, f.current, f.kind, f.priority, f.expired) for f in found]


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("by_itself", [True, False])
def test_what_was_recalled_follows_every_change(
    tmp_path: Path, change: str, by_itself: bool
) -> None:
    file = tmp_path / "notes.brain"
    with Library.open(file) as library, Library.open(file) as other:
        (id,) = library.facts.tell("The plan of Vela is basic.").new
        library.facts.tell("The plan of Miro is basic.")
        before = library.facts.recall("plan Vela")
        assert _shown(library.facts.recall("plan Vela")) == _shown(before)
        CHANGES[change](library if by_itself else other, id)
        with Library.open(file) as fresh:
            after = fresh.facts.recall("plan Vela")
        assert _shown(library.facts.recall("plan Vela")) == _shown(after)
        assert _shown(after) != _shown(before)


def test_a_strength_that_another_gave_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "notes.brain"
    with Library.open(file, read_only=False) as other:
        other.facts.tell("The plan of Vela is basic.")
        with Library.open(file, read_only=True) as library:
            assert library.facts.recall("Vela")[0].strength == pytest.approx(1.0, abs=0.01)
            assert library.facts.recall("Vela")[0].strength == pytest.approx(1.0, abs=0.01)
            other.memory.strengthen("Vela", amount=3.0)
            assert library.facts.recall("Vela")[0].strength == pytest.approx(4.0, abs=0.02)


def test_what_time_alone_changes_is_seen(tmp_path: Path) -> None:
    day = 86_400.0
    now = [1_900_000_000.0]
    with Library.open(tmp_path / "notes.brain", clock=lambda: now[0]) as library:

        def current(cue: str) -> dict[str, bool]:
            return {fact.text: fact.current for fact in library.facts.recall(cue)}

        library.facts.tell("The plan of Vela is basic.")
        library.facts.tell("The plan of Vela is pro.", at=now[0] + 10 * day)
        library.facts.tell("The colour of Orla is red.")
        now[0] += 1
        library.facts.tell("The colour of Orla is blue.", expires_days=5)
        for _ in range(2):
            assert current("Vela")["The plan of Vela is basic."]
            assert not current("Orla")["The colour of Orla is red."]
        now[0] += 6 * day
        assert current("Orla") == {"The colour of Orla is red.": True}
        now[0] += 6 * day
        for _ in range(2):
            assert not current("Vela")["The plan of Vela is basic."]


@pytest.mark.slow
def test_what_another_program_tells_is_at_hand_at_once(tmp_path: Path) -> None:
    file = tmp_path / "notes.brain"
    with Library.open(file) as library:
        library.facts.tell("The plan of Vela is basic.")
        assert library.facts.recall("Vela")[0].current
        assert library.facts.recall("Vela")[0].current
        program = (
            "import sys; from workbench.library import Library\n"
            "with Library.open(sys.argv[1]) as library:\n"
            "    library.facts.tell('The plan of Vela is pro.')\n"
        )
        subprocess.run([sys.executable, "-c", program, str(file)], check=True, timeout=seconds(100))
        assert [(f.text, f.current) for f in library.facts.recall("Vela")] == [
            ("The plan of Vela is pro.", True),
            ("The plan of Vela is basic.", False),
        ]


def test_collections_that_come_go_and_come_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "notes.brain") as library:
        assert library.facts.recall("Vela", collection="work") == []
        library.facts.tell("Vela is a sail.", collection="work")
        assert [f.text for f in library.facts.recall("Vela", collection="work")] == [
            "Vela is a sail."
        ]
        library.facts.forget(None, collection="work", everything=True)
        assert library.facts.recall("Vela", collection="work") == []
        library.facts.tell("Vela is a boat.", collection="work")
        assert [f.text for f in library.facts.recall("Vela", collection="work")] == [
            "Vela is a boat."
        ]


def test_more_than_is_kept_at_hand_is_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_cache, "MOST", 30)
    with Library.open(tmp_path / "notes.brain") as library:
        library.facts.tell("\n".join(f"Room {i} has lamp {i % 9}." for i in range(60)))
        for _ in range(2):
            for i in range(60):
                (best, *_) = library.facts.recall(f"Room {i}")
                assert str(i) in [token.word for token in tokens(best.text)]


def test_each_telling_between_recalls_is_seen(tmp_path: Path) -> None:
    with Library.open(tmp_path / "notes.brain") as library:
        for i in range(40):
            library.facts.tell(f"The plan of Vela is tier{i}.")
            found = library.facts.recall("Vela", limit=50)
            assert len(found) == i + 1
            assert [f.text for f in found if f.current] == [f"The plan of Vela is tier{i}."]


@pytest.mark.slow
@pytest.mark.parametrize("change", ["superseded", "more of it", "edited", "forgotten", "marked"])
def test_what_is_read_first_after_a_change_by_another_is_as_it_is_now(
    tmp_path: Path, change: str
) -> None:
    file = tmp_path / "notes.brain"
    with Library.open(file) as library, Library.open(file) as other:
        (id,) = library.facts.tell("The plan of Vela is basic.").new
        library.facts.tell("The colour of Miro is red.")
        assert library.facts.recall("Miro colour")
        CHANGES[change](other, id)
        with Library.open(file) as fresh:
            after = fresh.facts.recall("plan Vela")
        assert _shown(library.facts.recall("plan Vela")) == _shown(after)
