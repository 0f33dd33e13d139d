"""Whatever a damaged number leads to, a call ends in an answer or in one sentence."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks.reliability import pages
from workbench import Library
from workbench.cli.main import main
from workbench.errors import DamagedLibraryError, WorkbenchError
from workbench.store import damage


@pytest.mark.slow
def test_any_flipped_bit_of_a_record_s_head_ends_no_call_in_a_traceback(tmp_path: Path) -> None:
    whole = tmp_path / "whole.brain"
    with Library.open(whole) as library:
        library.facts.tell("The lamp of the north pier burns low")
        library.memory.strengthen("lamp")
        (id,) = [fact.id for fact in library.facts.list()]
    raw = whole.read_bytes()
    refused = 0
    for table, size in (("strength", 16), ("fact", 10)):
        ((low, _, _),) = [each for each in pages.layout(whole).rows if each[2] == (table, id)]
        for at in range(low, low + size):
            copy = tmp_path / f"{table} {at}.brain"
            copy.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :])
            try:
                with Library.open(copy) as library:
                    asks: list[Callable[[], object]] = [
                        library.facts.list,
                        partial(library.facts.recall, "lamp"),
                    ]
                    for ask in asks:
                        try:
                            ask()
                        except WorkbenchError:
                            refused += 1
            except WorkbenchError:
                refused += 1
    assert refused > 3


def test_a_fault_of_our_own_in_a_sound_library_stays_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "sound.brain") as library:
        library.facts.tell("The lamp of the north pier burns low")
        monkeypatch.setattr(library._core, "fact_index", None)
        with pytest.raises(AttributeError):
            library.facts.list()
        monkeypatch.undo()


def test_a_fault_of_our_own_in_a_closed_library_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sound.brain"
    with Library.open(path) as library:
        library.facts.tell("The lamp of the north pier burns low")
    monkeypatch.setattr(library._core, "fact_index", None)
    with pytest.raises(AttributeError):
        library.facts.list()
    assert not damage.is_recorded(path)
    path.unlink()
    with pytest.raises(AttributeError):
        library.facts.list()


def test_the_damage_is_named_with_a_next_step_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "harbour.brain"
    with Library.open(path) as library:
        library.notes.add("instruction", "Answer in one sentence")
    path.write_bytes(path.read_bytes().replace(b"Answer in one", b"Answer in two"))
    with Library.open(path) as library:
        monkeypatch.setattr(library._core, "fact_index", None)
        with pytest.raises(DamagedLibraryError, match="workbench salvage harbour"):
            library.facts.list()
        monkeypatch.undo()
        with pytest.raises(DamagedLibraryError):
            library.facts.tell("The tide is low")


def test_a_time_that_no_calendar_has_ends_no_command_in_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "harbour.brain"
    assert main(["--library", str(path), "remember", "The tide is low"]) == 0
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE fact SET told = 4.7e18, at = 4.7e18")
    for words in (["list", "memories"], ["history", "tide"], ["recall", "tide"], ["verify"]):
        assert main(["--library", str(path), *words]) in (0, 1, 4)
    assert "Traceback" not in capsys.readouterr().err
