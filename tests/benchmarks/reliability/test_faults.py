"""The fault harness: its disk really fails under the product, and it sees what goes wrong."""

import os
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.benchmarks.reliability import children, faults, faulty_disk
from tests.benchmarks.reliability.broken_disk import (
    FLIPS_READ,
    FLIPS_WRITE,
    FULL,
    KINDS,
    POWER,
    BrokenDisk,
)
from tests.patience import seconds

try:
    faulty_disk.library()
    why = "" if sys.platform != "win32" else "not tried on Windows"
except faulty_disk.Unavailable as error:
    why = str(error)
pytestmark = pytest.mark.skipif(bool(why), reason=why)


def fill(path: Path, rows: int = 50) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS word(text TEXT)")
        connection.executemany("INSERT INTO word VALUES (?)", [("amber " * 40,)] * rows)


def test_the_disk_lies_under_python_s_own_sqlite_and_is_gone_afterwards(tmp_path: Path) -> None:
    disk = BrokenDisk(FULL, 3, 1)
    with (
        faulty_disk.under(disk),
        pytest.raises(sqlite3.OperationalError, match="full"),
    ):
        fill(tmp_path / "a.db")
    assert disk.counts[FULL] >= 3
    fill(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("SELECT count(*) FROM word").fetchone() == (50,)


def test_a_flipped_bit_is_one_bit_at_the_place_that_is_told(tmp_path: Path) -> None:
    for path, at in ((tmp_path / "whole.db", 0), (tmp_path / "flipped.db", 9)):
        disk = BrokenDisk(FLIPS_WRITE, at, 1)
        with faulty_disk.under(disk):
            fill(path)
    assert disk.flipped is not None
    name, place, bit = disk.flipped
    whole, flipped = ((tmp_path / f"{each}.db").read_bytes() for each in ("whole", "flipped"))
    if name.endswith("flipped.db"):
        assert [n for n in range(len(whole)) if whole[n] != flipped[n]] == [place]
        assert whole[place] ^ flipped[place] == 1 << bit


def test_a_flip_in_a_read_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    fill(tmp_path / "a.db")
    before = (tmp_path / "a.db").read_bytes()
    seen = [read(tmp_path / "a.db", at) for at in range(1, 9)]
    assert any(words != {"amber " * 40} for words in seen)
    assert (tmp_path / "a.db").read_bytes() == before


def read(path: Path, at: int) -> set[str]:
    with (
        faulty_disk.under(BrokenDisk(FLIPS_READ, at, at)),
        closing(sqlite3.connect(path)) as connection,
    ):
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            return {text for (text,) in connection.execute("SELECT text FROM word")}
        except sqlite3.DatabaseError:
            return set()


def add_until_the_power_goes(_speaker: Connection, path: str, at: int) -> None:
    disk = BrokenDisk(POWER, at, at, lost=lambda: os._exit(3))
    with faulty_disk.under(disk), closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA cache_size=2")
        connection.executemany("INSERT INTO word VALUES (?)", [("cedar " * 40,)] * 50)


@pytest.mark.slow
@pytest.mark.parametrize("at", [1, 4, 9, 14, 20])
def test_a_loss_of_power_ends_all_and_what_was_synced_can_be_recovered(
    tmp_path: Path, at: int
) -> None:
    path = tmp_path / "a.db"
    fill(path)
    assert children.run(add_until_the_power_goes, (str(path), at), 60).code == 3
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT DISTINCT text, count(*) FROM word").fetchall() == [
            ("amber " * 40, 50)
        ]


def test_what_is_lost_doubled_or_made_up_is_seen() -> None:
    tell, note = 1, 3
    day = faults.Day(
        Counter(["known"]), {tell: Counter(["told"]), note: Counter(["a", "b"])},
        {tell: Counter(), note: Counter()}, {},
    )  # fmt: skip

    def judged(did: set[int], tried: set[int], *content: str) -> str:
        return "; ".join(faults._differences(day, did, tried, Counter(content)))

    assert judged({tell}, {tell}, "known", "told") == ""
    assert judged(set(), {tell}, "known") == ""
    assert "acknowledged and is lost" in judged({tell}, {tell}, "known")
    assert "too much" in judged({tell}, {tell}, "known", "told", "told")
    assert "lost" in judged({tell}, {tell}, "told")
    assert "made up" in judged({tell}, {tell}, "known", "told", "made up")
    assert "by half" in judged(set(), {note}, "known", "a")
    assert "not asked for" in judged(set(), set(), "known", "told")


@pytest.mark.slow
@pytest.mark.timeout(seconds(600))
def test_faults_of_every_kind_are_told_or_harmless(tmp_path: Path) -> None:
    found = faults.spoilt(tmp_path, 2 * len(KINDS), seed=5)
    assert found.silent == []
    assert found.points == 2 * len(KINDS)
    assert found.told > 3
