"""The corruption harness: it knows which row lies where, and what a damage has cost."""

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks.reliability import corruption, pages, sample_library
from tests.patience import seconds

#: Not a page of other content: a table of one page that is exchanged for an empty one cannot be
#: told from a table in which nothing was ever stored. The benchmark counts those.
_KINDS = ("bit", "byte", "page zeroed", "cut")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of everything, and its documents beside it."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "documents").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(folder / "home"))
        sample_library.make(folder / "whole.brain", folder / "documents", size=3_000, facts=20)
    return folder / "whole.brain"


@pytest.mark.slow
def test_every_row_and_page_of_a_library_is_found_in_its_file(library: Path) -> None:
    layout = pages.layout(library)
    placed = Counter(table for table, _ in {row for *_, row in layout.rows})
    with closing(sqlite3.connect(library)) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).fetchall():
            (count,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            assert placed[table] == count, table
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
        needed = {row for _, _, rows in sample_library.items(connection) for row in rows}
    assert len(layout.owners) == library.stat().st_size // layout.page - free
    assert needed <= {row for *_, row in layout.rows}


@pytest.mark.slow
def test_a_damage_costs_the_rows_that_it_hits_and_no_others(library: Path) -> None:
    layout = pages.layout(library)
    raw = library.read_bytes()
    with closing(sqlite3.connect(library)) as connection:
        (id,) = connection.execute(
            "SELECT id FROM engram WHERE text LIKE 'Answer question 2 %'"
        ).fetchone()
    at = raw.index(b"Answer question 2 ")
    assert layout.hit([(at, at + 1)]) == {("engram", id)}
    whole_page = at // layout.page * layout.page
    assert len(layout.hit([(whole_page, whole_page + layout.page)])) > 10


@pytest.mark.slow
def test_the_same_seed_makes_the_same_damages_of_all_kinds(library: Path) -> None:
    raw, layout = library.read_bytes(), pages.layout(library)
    made = list(corruption.damages(raw, layout, 60, 7))
    assert made == list(corruption.damages(raw, layout, 60, 7))
    assert {damage.kind for damage in made} == {
        "bit", "byte", "page zeroed", "page of other content", "cut",
        "row number", "cell pointer", "free block",
    }  # fmt: skip
    for damage in made:
        copy = library.with_name("damaged.brain")
        copy.write_bytes(raw)
        damage.do(copy)
        low, high = damage.range(len(raw))
        now = copy.read_bytes()
        assert now != raw
        assert (now[:low], now[high:]) == (raw[:low], raw[high:])


@pytest.mark.slow
@pytest.mark.timeout(seconds(600))
@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_damaged_copies_are_noticed_answer_and_can_be_salvaged(tmp_path: Path) -> None:
    found = corruption.damaged(tmp_path, 25, seed=77, kinds=_KINDS)
    assert (found.unnoticed, found.tracebacks, found.lost) == ([], [], [])
    assert found.unsaid == []
    # 35 of a thousand are not: of 25, more than three are one run in ninety.
    assert len(found.unsound) <= 3
    assert found.noticed > 12
