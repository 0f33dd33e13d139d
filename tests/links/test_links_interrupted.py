"""Links that are cut short: killed, cancelled; nothing is fetched twice or left behind."""

import ast
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.links.conftest import TIDES, kept_hashes, laid_out, until
from tests.patience import seconds
from tests.web_server import Page, WebServer, article
from workbench.intake import queue
from workbench.library import Library
from workbench.store import meta

_ADDER = """
import os, sys
from workbench.intake import work
from workbench.library import Library

def die(*_, **__): os._exit(9)
where = sys.argv[3]
if where == "kept":
    work.extracted = die
elif where == "fetched":
    work.of_page = die
elif where == "searchable":
    work._reach_searchable = die
elif where == "verified":
    work.JobRunner._verify = die
with Library.open(sys.argv[1]) as library:
    print(library.add(sys.argv[2], typed=True)[0].state)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "asked"), [("fetched", 2), ("kept", 1), ("searchable", 1), ("verified", 1)]
)
def test_i5_after_a_kill_what_was_kept_is_read_and_nothing_fetched_twice(
    server: WebServer, tmp_path: Path, where: str, asked: int
) -> None:
    file = tmp_path / "x.brain"
    done = subprocess.run(
        [sys.executable, "-c", _ADDER, str(file), server.url("/tides"), where],
        capture_output=True, text=True, check=False, timeout=seconds(60),
    )  # fmt: skip
    assert done.returncode == 9, done.stderr
    with Library.open(file) as library:
        (row,) = library.queue.list()
        # Whoever died holds the lease until it runs out.
        library._store.write(lambda c: meta.remove(c, "lease:queue"))
        (added,) = library._core.intake.run([row.id])
        assert (added.state, added.error) == ("verified", None)
        assert server.paths == ["/tides"] * asked
        assert len(library.sources.list()) == 1
        assert len(kept_hashes(library)) == 1
        assert library.verify().sound
    until(lambda: not laid_out())


_MANY_LINKS = """
import sys
from workbench.library import Library
from workbench.store import meta
with Library.open(sys.argv[1]) as library:
    waiting = [row.id for row in library.queue.list() if row.state != "done"]
    begun = bool(waiting or library.sources.list())
    library._store.write(lambda c: meta.remove(c, "lease:queue"))
    print("ready", flush=True)
    jobs = waiting if begun else library._core.intake.enqueue(sys.argv[2:], typed=True)
    print([added.error for added in library._core.intake.run(jobs)])
"""


@pytest.mark.slow
def test_i5_kills_at_any_moment_leave_every_page_once(server: WebServer, tmp_path: Path) -> None:
    links = []
    for n in range(12):
        words = (f"Lamp {n} stands {m} steps from the lock of Bredal." for m in range(900))
        server.pages[f"/lamp{n}"] = Page(article(f"Lamp {n}", *words))
        links.append(server.url(f"/lamp{n}"))
    chance = random.Random(7)
    kills = 0
    for last in (*[False] * 10, True):
        with subprocess.Popen(
            [sys.executable, "-c", _MANY_LINKS, str(tmp_path / "x.brain"), *links],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            if not last:
                # A quick machine has read all twelve within a second.
                time.sleep(chance.uniform(0.03, 0.5))
                kills += child.poll() is None
                child.kill()
            told = child.stdout.read()
            assert not last or set(ast.literal_eval(told)) <= {None}, told
    with Library.open(tmp_path / "x.brain") as library:
        assert sorted(row.title for row in library.sources.list()) == sorted(
            f"Lamp {n}" for n in range(12)
        )
        assert len(kept_hashes(library)) == 12
        assert library.verify().sound
        assert {row.state for row in library.sources.list()} == {"verified"}
    assert kills
    until(lambda: not laid_out())
    # A kill may fall between the last byte of a page and its keeping, in each of the two lanes.
    assert 12 <= len(server.paths) <= 12 + 2 * kills


def test_i5_a_fetch_that_is_cancelled_leaves_nothing(server: WebServer, library: Library) -> None:
    release = threading.Event()
    server.pages["/slow"] = Page(
        TIDES[:50], length=False, more=lambda handler: release.wait(seconds(20))
    )
    (job,) = library.queue.enqueue([server.url("/slow")], typed=True)
    until(lambda: server.asked)
    library.queue.change(job, to="cancel")
    until(
        lambda: (
            library.queue.list()[-1].state == "cancelled"
            and not library._core.intake._dispatcher.running
        )
    )
    release.set()
    assert kept_hashes(library) == []
    assert library.sources.list() == []
    until(lambda: not laid_out())
    assert library.verify().sound


def test_i5_a_job_that_is_cancelled_after_its_fetch_takes_the_original_along(
    server: WebServer, library: Library
) -> None:
    library.queue.pause()
    (job,) = library.queue.enqueue([server.url("/tides")], typed=True)
    page = b"kept already"
    from workbench.intake.origin import of_text
    from workbench.store import kept_originals

    def fetched(connection: object) -> None:
        original = of_text(page)
        kept_originals.store(connection, original, page)  # type: ignore[arg-type]
        queue.note_hash(connection, job, original.hash, len(page))  # type: ignore[arg-type]

    library._store.write(fetched)
    assert library.verify().sound
    library.queue.change(job, to="cancel")
    assert kept_hashes(library) == []
    assert server.asked == []
