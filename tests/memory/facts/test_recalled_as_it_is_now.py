"""What is recalled is never older than the library."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.library.options import TellOptions


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
        library.facts.tell("The colour of Orla is blue.", options=TellOptions(expires_days=5))
        for _ in range(2):
            assert current("Vela")["The plan of Vela is basic."]
            assert not current("Orla")["The colour of Orla is red."]
        now[0] += 6 * day
        assert current("Orla") == {"The colour of Orla is red.": True}
        now[0] += 6 * day
        for _ in range(2):
            assert not current("Vela")["The plan of Vela is basic."]


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


def test_each_telling_between_recalls_is_seen(tmp_path: Path) -> None:
    with Library.open(tmp_path / "notes.brain") as library:
        for i in range(40):
            library.facts.tell(f"The plan of Vela is tier{i}.")
            found = library.facts.recall("Vela", limit=50)
            assert len(found) == i + 1
            assert [f.text for f in found if f.current] == [f"The plan of Vela is tier{i}."]
