"""A schema of five thousand tables, and a program killed while it learns one."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from workbench.errors import Cancelled
from workbench.jobs import Cancel, Progress
from workbench.library import Library

_TABLES = 5000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of very many tables, each tied to two others."""
    file = tmp_path_factory.mktemp("big") / "big.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("BEGIN")
        for number in range(_TABLES):
            connection.execute(
                f"CREATE TABLE t{number}(id INTEGER PRIMARY KEY, name TEXT UNIQUE, "
                f"phase TEXT CHECK (phase IN ('a', 'b')), "
                f"parent INT REFERENCES t{number // 2}(id), "
                f"previous INT REFERENCES t{max(number - 1, 0)}(id), a INT, b INT, c REAL)"
            )
        connection.commit()
    return file


def _peak(*, anew: bool = False) -> int:
    """The most memory this process had, in KB; `anew` counts from now on. 0 where none tells."""
    if not Path("/proc/self/clear_refs").exists():
        return 0
    if anew:
        # Other tests of this process may have had more.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (each for each in status.splitlines() if each.startswith("VmHWM:"))
    return int(line.split()[1])


@pytest.mark.slow
def test_of_five_thousand_tables_some_are_learned_and_the_others_counted(big: Path) -> None:
    told: list[Progress] = []
    with Library.open(":memory:") as library:
        before = _peak(anew=True)
        done = library.train_db(str(big), report=told.append)
        assert done.tables == 100
        assert len(done.left_out) == _TABLES - 100
        assert "4,900 of 5,000" in done.notices[0]
        assert {each.total for each in told if each.stage == "reading"} == {_TABLES}
        assert _peak() - before < 400_000


@pytest.mark.slow
def test_all_of_them_are_learned_where_they_are_asked_for(big: Path) -> None:
    with Library.open(":memory:") as library:
        done = library.train_db(str(big), max_tables=_TABLES)
        assert done.tables == _TABLES
        assert len(library.facts.list()) == done.statements
        (fact, *_) = library.facts.recall("which table refers to t77?")
        assert "refers to the t77 table by" in fact.text
        assert not library.train_db(str(big), max_tables=_TABLES).changed


@pytest.mark.slow
@pytest.mark.parametrize("moment", [1, 50, 2500])
def test_stopping_is_heard_in_the_middle_of_reading(big: Path, moment: int) -> None:
    cancel, seen = Cancel(), 0

    def report(_progress: Progress) -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            cancel.set()

    with Library.open(":memory:") as library:
        with pytest.raises(Cancelled):
            library.train_db(str(big), report=report, cancel=cancel)
        assert seen == moment
        assert len(library.facts.list()) == 0


_CHILD = """
import sys
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    print("open", flush=True)
    library.train_db(sys.argv[2], max_tables=400, report=lambda p: print(p.stage, flush=True))
    print("done", flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_a_kill_leaves_all_or_nothing(big: Path, tmp_path: Path, wait: float) -> None:
    place = tmp_path / "library.brain"
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, place, big],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdin is not None
    for line in child.stdout:
        # The last stage: what comes next is parsed and written.
        if line.strip() in ("remembering", "done"):
            break
    time.sleep(wait)
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    with Library.open(place) as library:
        before = len(library.facts.list())
        assert library.verify().problems == ()
        done = library.train_db(str(big), max_tables=400)
        assert before in (0, done.statements)
        assert done.changed is (before == 0)
        assert len(library.facts.list()) == done.statements
