"""A row whose id was hit stands out of order; whoever reads by ids comes to an end all the same."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.store import facts, text

pytestmark = pytest.mark.timeout(seconds(60))


def _misplace(path: Path, table: str) -> None:
    """Give the row in the middle of a table of one page an id that is beyond all others."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (root,) = connection.execute(query, (table,)).fetchone()
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    raw = bytearray(path.read_bytes())
    page = (root - 1) * 4096
    assert raw[page] == 13, "the table has grown to several pages"
    # SQLite's search begins at this cell: what it finds there sends it to the beginning.
    pointer = page + 8 + 2 * ((count - 1) // 2)
    cell = page + int.from_bytes(raw[pointer : pointer + 2], "big")
    assert raw[cell] < 128
    assert raw[cell + 1] < 127
    raw[cell + 1] = 127
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("table", "part"),
    [("engram", text.replay), ("engram", text.feed), ("fact", facts.ids_after)],
    ids=["texts", "statements", "facts"],
)
def test_reading_by_ids_ends(
    tmp_path: Path,
    table: str,
    part: Callable[[sqlite3.Connection, int, int], list[Any]],
) -> None:
    path = tmp_path / "harbour.brain"
    file = tmp_path / "boats.txt"
    file.write_text("\n\n".join(f"Boat {n} is red." for n in range(40)), encoding="utf-8")
    with Library.open(path) as library:
        if table == "engram":
            library.add([file])
        else:
            for number in range(40):
                library.facts.tell(f"Boat {number} is red.")
    _misplace(path, table)
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.DatabaseError, match="out of order"),
    ):
        _all(partial(part, connection))
    with Library.open(path) as library:
        assert not library.verify().sound
        with pytest.raises(WorkbenchError, match="damaged"):
            library.verify(repair=True)


def _all(part: Callable[[int, int], list[Any]]) -> None:
    after = 0
    while rows := part(after, 10):
        last = rows[-1]
        after = last if isinstance(last, int) else last[0]
