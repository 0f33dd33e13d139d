"""A cancel, a failure, a dismissal leave nothing behind: every table and folder is compared."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import paths
from workbench.intake import queue
from workbench.intake.intake import Intake
from workbench.library import Library
from workbench.store import sources
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]

#: Counters that only ever go up, who works the queue just now, and on which days somebody was here.
_PASSING = ("sqlite_sequence", "derived")
_COUNTERS = (
    *("removals", "held", "linked", "concept_moves", "graph_moves", "link_moves", "taught"),
    "sleep_days",
)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without counters."""
    with store.read() as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {
            table: [
                row
                for row in connection.execute(f'SELECT * FROM "{table}"')
                if table != "meta" or not (row[0] in _COUNTERS or row[0].startswith("lease:"))
                # That something was deleted for good is kept, without a word of it.
                if table != "change" or row[1:3] != ("sources deleted", None)
            ]
            for table in sorted(tables)
            if table not in _PASSING
        }


def files() -> list[tuple[str, str]]:
    """Every file of the program's own folders, with its hash."""
    folders = [paths.cache_dir(), paths.config_dir(), Path(os.environ["TMPDIR"])]
    return sorted(
        (str(path), hashlib.sha256(path.read_bytes()).hexdigest())
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )


@pytest.fixture(autouse=True)
def _own_temporary_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))


def start_and_wait(intake: Intake, store: Store, until: Until, before: int) -> None:
    """Start the queue and wait until some text of a source more is stored."""
    intake.start()

    def reading() -> bool:
        with store.read() as connection:
            rows = sources.listing(connection)
        return len(rows) > before and any(row.passages and not row.verified for row in rows)

    until(reading)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gate", "records"])
def test_i4_cancel_leaves_every_table_and_folder_as_it_was(
    kind: str,
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    until: Until,
) -> None:
    intake = make_intake(lanes=1)
    there = write_file("there.txt", word="basalt")
    intake.run(intake.enqueue([there], collection="Stays"))
    tables, folders = everything(store), files()
    if kind == "gate":
        path = write_file("book.txt", f"gate {tmp_path / 'never'} 5")
        (job,) = intake.enqueue([path], title="A title of its own")
        start_and_wait(intake, store, until, 1)
    else:
        # Some sources of the file are there already, and stay.
        path = tmp_path / "many.jsonl"
        lines = [f"{number:05d} record" for number in range(3000)]
        path.write_text("\n".join(["sources", *lines]), encoding="utf-8")
        (job,) = intake.enqueue([path])
        start_and_wait(intake, store, until, 1)
    intake.cancel(job)
    until(lambda: not intake._dispatcher.running)
    intake.dismiss(job)
    intake.close()
    assert everything(store) == tables
    assert files() == folders
    assert verify(store).sound


@pytest.mark.slow
def test_i14_a_file_that_fails_leaves_every_table_and_folder_as_it_was(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Else the page at which the reader ends would be left out and the rest read.
    monkeypatch.setattr("workbench.intake.dispatcher._PAGE_LIMIT", 0)
    intake = make_intake(lanes=1)
    tables, folders = everything(store), files()
    jobs = intake.enqueue(
        [write_file(f"{kind}.txt", kind, lines=30) for kind in ("abort", "raise", "swell", "io")]
    )
    assert {added.state for added in intake.run(jobs)} == {"failed"}
    for job in jobs:
        intake.dismiss(job)
    intake.close()
    assert everything(store) == tables
    assert files() == folders


def test_i4_pasted_text_that_is_cancelled_while_the_queue_rests_is_gone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.queue.pause()
        before = everything(library._store)
        job = library._core.intake.enqueue_text(b"Words that nobody keeps.", title="Gone")
        library.queue.change(job, to="cancel")
        library.queue.change(job, to="dismiss")
        assert everything(library._store) == before


def test_e2_pasted_text_survives_a_failure_and_goes_when_it_is_dismissed(tmp_path: Path) -> None:
    cache = paths.cache_dir()
    cache.parent.mkdir(parents=True, exist_ok=True)
    with Library.open(tmp_path / "x.brain") as library:
        # The space of vectors stays, empty.
        library.models.drop()
        before = everything(library._store)
        cache.write_text("no folder can be made here", encoding="utf-8")
        words = "The spare key lies under the blue flowerpot."
        for _ in range(2):
            assert library.add_text(words)[0].state == "failed"
        assert library.verify().sound
        first, second = (row.id for row in library.queue.list())
        library.queue.change(second, to="dismiss")
        cache.unlink()
        library.queue.change(first, to="retry")
        (added,) = library._core.intake.run([first])
        assert added.state == "verified"
        library.sources.delete([added.source or 0])
        cache.rename(tmp_path / "elsewhere")
        cache.write_text("no folder can be made here", encoding="utf-8")
        assert library.add_text(words)[0].state == "failed"
        (row,) = library.queue.list()
        library.queue.change(row.id, to="dismiss")
        assert everything(library._store) == before


def test_i4_what_was_pasted_in_vain_goes_with_its_row(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        before = everything(library._store)
        job = library._core.intake.enqueue_text(b"Words that nobody reads.", title="Vain")
        old = "UPDATE job SET state = 'failed', finished = 1 WHERE id = ?"
        library._store.write(lambda c: c.execute(old, (job,)))
        assert library.verify().sound
        library._store.write(queue.forget_old)
        assert everything(library._store) == before


@pytest.mark.slow
def test_i4_skipped_and_dismissed_is_as_if_it_had_never_been(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    intake = make_intake(lanes=1)
    tables = everything(store)
    (job,) = intake.enqueue([write_file("book.txt", f"gate {tmp_path / 'never'} 5")])
    start_and_wait(intake, store, until, 0)
    intake.skip(job)
    until(lambda: not intake._dispatcher.running)
    intake.dismiss(job)
    intake.close()
    assert everything(store) == tables
    assert verify(store).sound
