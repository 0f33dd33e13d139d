"""The kill harness: it finds what is lost or doubled, and finds nothing in the product."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.reliability import killed_operations
from tests.benchmarks.reliability.kills import Promises, adding, content, differences, looked_at
from tests.patience import seconds
from workbench import Library
from workbench.store.store import Store


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one text."""
    file = tmp_path / "text.txt"
    file.write_text("The amber lies here. The cedar stands there.\n", encoding="utf-8")
    path = tmp_path / "library.brain"
    with Library.open(path) as opened:
        opened.add(file)
    return path


def alter(library: Path, statement: str) -> None:
    connection = sqlite3.connect(library)
    with connection:
        connection.execute(statement)
    connection.close()


def hash_of(library: Path) -> str:
    with Store.open(library, read_only=True) as store, store.read() as connection:
        return str(connection.execute("SELECT hash FROM source").fetchone()[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM engram WHERE id = 2", "engram lost"),
        ("UPDATE section SET text = replace(text, 'amber', 'brass')", "section too much"),
        ("UPDATE source SET state = 'searchable'", "source lost"),
        ("INSERT INTO location SELECT source, path || '2', added, size, mtime, sum FROM location",
         "location too much"),
        ("UPDATE job SET state = 'queued'", "unfinished job too much"),
    ],
)  # fmt: skip
def test_a_library_that_differs_is_told_from_the_one_made_in_peace(
    library: Path, statement: str, told: str
) -> None:
    reference = content(library)
    assert list(differences(library, reference)) == []
    alter(library, statement)
    assert any(told in fault for fault in differences(library, reference))


@pytest.mark.slow
def test_a_process_is_held_to_what_it_has_said(library: Path) -> None:
    promises = Promises()
    hash = hash_of(library)
    heard: list[dict[str, Any]] = [{"queued": [1]}, {"verified": {hash: 2}}, {"done": 9}]
    for said in heard:
        promises.hear(said)
    assert (promises.jobs, promises.verified, promises.commits) == ({1}, {hash: 2}, 9)
    assert looked_at(library, promises) == []
    heard = [{"queued": [7]}, {"verified": {"abc": 3}}, {"failed": {"x": "why"}}]
    for said in heard:
        promises.hear(said)
    faults = " | ".join(looked_at(library, promises))
    assert "1 jobs that were queued are gone" in faults
    assert "source abc was verified with 3 statements: None" in faults
    assert "x failed: why" in faults


def test_what_is_doubled_is_seen_between_two_lives(library: Path) -> None:
    alter(library, "INSERT INTO job(path, added, state) SELECT path, 0, 'queued' FROM job")
    alter(library, "INSERT INTO job(path, added, state) SELECT path, 0, 'queued' FROM job LIMIT 1")
    alter(library, "INSERT INTO engram(passage, start, end, text) SELECT passage, start, end, text "
                   "FROM engram LIMIT 1")  # fmt: skip
    faults = " | ".join(looked_at(library, Promises()))
    assert "1 statements are doubled" in faults
    assert "1 jobs are doubled" in faults


@pytest.mark.slow
@pytest.mark.timeout(seconds(600))
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_i5_nothing_is_lost_or_doubled_by_kills_at_random_moments_and_at_every_commit(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    found = adding(tmp_path, kills=10, size=40_000, kinds=(".txt",), say=said.append)
    assert found.faults == []
    assert found.kills == 10
    # Making the library has commits, too; a document alone has these at the least.
    assert found.commits >= 2 * 8


@pytest.mark.slow
@pytest.mark.timeout(seconds(900))
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_i5_all_that_writes_survives_kills(tmp_path: Path) -> None:
    found = killed_operations.kill(tmp_path, 8, stride=37)
    assert found.faults == []
    assert found.kills == 8
    assert found.commits >= 6
