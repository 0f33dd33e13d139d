"""Watched folders: what is taken in, what is left alone, and what happens when they go away."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.patience import seconds
from workbench import paths
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.intake.intake import Intake
from workbench.intake.watch import Scan, Watch, scan
from workbench.store import lease, meta, sources
from workbench.store.records import SourceRow
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]

#: Seconds between two looks in these tests.
QUICK = 0.05


def listed(store: Store) -> list[SourceRow]:
    with store.read() as connection:
        return [row for row in sources.listing(connection) if row.state == "verified"]


def titles(store: Store) -> set[str]:
    return {row.title for row in listed(store)}


def seen(folder: Path) -> Scan:
    return scan(folder, lambda entry: False, lambda: False)


def _holds(store: Store, engrams: list[int]) -> bool:
    return [row.engrams for row in listed(store)] == engrams


def a_few_looks(intake: Intake, times: int = 4) -> None:
    """Wait until the folders have been looked at a few times more."""
    for _ in range(times):
        intake._watch.start()
        time.sleep(2 * QUICK)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in box"
    folder.mkdir()
    return folder


def test_i15_files_that_appear_are_added_also_in_folders_below(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/there before.txt")
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox, "Thesis")
    intake.start()
    until(lambda: titles(store) == {"there before"})
    write_file("in box/2026/deep/later.txt", word="basalt")
    until(lambda: titles(store) == {"there before", "later"})
    assert {row.collections for row in listed(store)} == {("Thesis",)}
    (row,) = intake.watched()
    assert (row.folder, row.collection, row.problem) == (str(inbox), "Thesis", "")


@pytest.mark.slow
def test_i15_a_file_that_grows_waits_until_it_is_whole(
    store: Store, make_intake: MakeIntake, inbox: Path, until: Until
) -> None:
    intake = make_intake(look_seconds=0.3)
    intake.watch(inbox)
    intake.start()
    book = inbox / "book.txt"
    with book.open("w", encoding="utf-8") as file:
        file.write("plain\n")
        for number in range(20):
            file.write(f"line {number}\n")
            file.flush()
            os.fsync(file.fileno())
            time.sleep(0.06)
            assert not intake.rows()
    until(lambda: titles(store) == {"book"})
    assert listed(store)[0].passages == 20
    assert len(intake.rows()) == 1


def test_i15_what_is_on_its_way_hidden_or_empty_is_left_alone(tmp_path: Path) -> None:
    wanted = ["book.pdf", "page.html", "part.md", "deep/notes.txt"]
    passed = [
        *("a.pdf.part", "b.epub.crdownload", "c.tmp", "~$draft.docx", ".hidden.txt", "e.txt~"),
        *(".git/notes.txt", "Safari.download/inner.pdf", "f.pdf.aria2", "f.pdf", "g.swp"),
        *("h.epub", "h.epub.part", "UPPER.PART"),
    ]
    for name in [*wanted, *passed]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("words", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    found = seen(tmp_path)
    assert {Path(path).relative_to(tmp_path).as_posix() for path in found.found} == set(wanted)
    assert (found.closed, found.missing) == ([], "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_i15_pipes_loops_and_dead_links_are_passed_over_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "not there")
    (tmp_path / "book.txt").write_text("words", encoding="utf-8")
    (tmp_path / "linked.txt").symlink_to(tmp_path / "book.txt")
    assert {Path(path).name for path in seen(tmp_path).found} == {"book.txt", "linked.txt"}


@pytest.mark.slow
def test_i15_the_program_does_not_read_its_own_output(
    make_intake: MakeIntake, write_file: WriteFile, until: Until, tmp_path: Path
) -> None:
    home = Path(os.environ["WORKBENCH_HOME"])
    for own in (paths.cache_dir() / "pasted", paths.config_dir()):
        own.mkdir(parents=True)
        (own / "words.txt").write_text("plain\nwords of our own", encoding="utf-8")
    with Store.open(home / "here.brain") as store:
        store.backup(home / "copy.brain")
        intake = make_intake(store, look_seconds=QUICK)
        intake.watch(home)
        intake.start()
        (home / "book.txt").write_text("plain\nwords of a book", encoding="utf-8")
        until(lambda: titles(store) == {"book"})
        a_few_looks(intake)
        assert [row.name for row in intake.rows()] == ["book.txt"]
        with store.read() as connection:
            offered = meta.load(connection, f"offered:{home}")
        assert list(offered) == [str(home / "book.txt")]
        for own in (paths.cache_dir(), paths.config_dir() / "deeper"):
            own.mkdir(parents=True, exist_ok=True)
            with pytest.raises(UsageError, match="this program"):
                intake.watch(own)
        intake.close()


@pytest.mark.slow
def test_i15_nothing_is_offered_twice_and_a_changed_file_is_offered_again(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    book = write_file("in box/book.txt")
    (inbox / "program.png").write_bytes(b"\x7fELF" + bytes(99))
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox)
    intake.start()
    until(lambda: listed(store))
    a_few_looks(intake)
    intake.close()
    again = make_intake(look_seconds=QUICK)
    again.start()
    a_few_looks(again)
    assert [row.name for row in again.rows()] == []
    book.unlink()
    a_few_looks(again)
    assert again.watched()[0].problem == ""
    write_file("in box/book.txt", word="another")
    until(lambda: len(listed(store)) == 2)
    assert [row.name for row in again.rows()] == ["book.txt"]
    assert verify(store).sound


@pytest.mark.slow
def test_i15_an_edited_file_takes_the_place_of_what_it_was(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/draft.txt", lines=10)
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox)
    intake.start()
    until(lambda: listed(store))
    (before,) = listed(store)
    for lines in (11, 14, 18):
        write_file("in box/draft.txt", lines=lines)
        until(partial(_holds, store, [2 * lines]))
    (after,) = listed(store)
    assert after.id == before.id
    assert after.engrams > before.engrams
    assert verify(store).sound


def test_i15_another_work_under_an_old_name_is_kept_beside_the_former(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/scan.txt", word="amber")
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox)
    intake.start()
    until(lambda: listed(store))
    (former,) = listed(store)
    write_file("in box/scan.txt", word="cobalt")
    until(lambda: len(listed(store)) == 2)
    assert former.hash in {row.hash for row in listed(store)}
    assert verify(store).sound


@pytest.mark.slow
def test_i15_a_folder_that_goes_away_is_told_and_watched_again_when_it_is_back(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/one.txt")
    heard: list[str] = []
    intake = make_intake(look_seconds=QUICK, notify=heard.append)
    intake.watch(inbox)
    intake.start()
    until(lambda: titles(store) == {"one"})
    away = inbox.rename(inbox.with_name("pulled"))
    until(lambda: intake.watched()[0].problem)
    problem = intake.watched()[0].problem
    assert "“in box”" in problem
    assert problem.count(". ") == 1
    assert problem.endswith(".")
    until(lambda: "queue" in heard)
    away.rename(inbox)
    write_file("in box/two.txt", word="basalt")
    until(lambda: titles(store) == {"one", "two"})
    assert intake.watched()[0].problem == ""
    assert len(intake.rows()) == 2


def test_i15_a_folder_without_permission_is_named_and_the_rest_is_added(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    inbox: Path,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_file("in box/open.txt")
    closed = write_file("in box/closed/secret.txt", word="basalt").parent

    def forbidden(path: Any) -> Any:
        # Taking the permission away would not stop an administrator.
        if path == str(closed):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    scandir = os.scandir
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", forbidden)
        intake = make_intake(look_seconds=QUICK)
        intake.watch(inbox)
        intake.start()
        until(lambda: titles(store) == {"open"} and intake.watched()[0].problem)
        assert "“closed”" in intake.watched()[0].problem
    until(lambda: titles(store) == {"open", "secret"})
    until(lambda: intake.watched()[0].problem == "")


@pytest.mark.slow
def test_i15_nothing_is_read_while_the_queue_rests(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    intake = make_intake(look_seconds=QUICK)
    intake.pause()
    intake.watch(inbox)
    intake.start()
    write_file("in box/book.txt")
    a_few_looks(intake)
    assert intake.rows() == []
    intake.resume()
    intake.start()
    until(lambda: titles(store) == {"book"})


@pytest.mark.slow
def test_i15_one_process_watches_and_another_takes_over(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    with Store.open(store.file) as neighbour:
        first, second = make_intake(neighbour, look_seconds=QUICK), make_intake(look_seconds=QUICK)
        first.watch(inbox)
        first.start()
        write_file("in box/one.txt")
        until(lambda: titles(store) == {"one"})
        second.start()
        write_file("in box/two.txt", word="basalt")
        until(lambda: titles(store) == {"one", "two"})
        assert second._watch._folders == {}
        first.close()
        write_file("in box/three.txt", word="onyx")
        until(lambda: titles(store) == {"one", "two", "three"})
        second.close()
    with store.read() as connection:
        assert connection.execute("SELECT key FROM meta WHERE key GLOB 'lease:*'").fetchall() == []
        assert connection.execute("SELECT count(*) FROM job").fetchone()[0] == 3


@pytest.mark.slow
def test_i15_a_watched_folder_inside_another_keeps_its_own_collection(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/outer.txt")
    write_file("in box/papers/inner.txt", word="basalt")
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox, "All")
    intake.watch(inbox / "papers", "Papers")
    intake.start()
    until(lambda: len(listed(store)) == 2)
    a_few_looks(intake)
    assert {row.title: row.collections for row in listed(store)} == {
        "outer": ("All",),
        "inner": ("Papers",),
    }


@pytest.mark.slow
def test_i15_unwatching_leaves_what_was_brought_and_looks_no_more(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, inbox: Path, until: Until
) -> None:
    write_file("in box/one.txt")
    intake = make_intake(look_seconds=QUICK)
    intake.watch(inbox, "First")
    intake.watch(inbox, "Second")
    assert [row.collection for row in intake.watched()] == ["Second"]
    intake.start()
    until(lambda: titles(store) == {"one"})
    intake.unwatch(inbox)
    assert intake.watched() == []
    write_file("in box/two.txt", word="basalt")
    a_few_looks(intake)
    assert titles(store) == {"one"}
    with store.read() as connection:
        assert meta.get(connection, f"offered:{inbox}") is None
    with pytest.raises(NotFoundError):
        intake.unwatch(inbox)


def test_i15_only_folders_of_this_machine_are_watched(
    make_intake: MakeIntake, tmp_path: Path, inbox: Path
) -> None:
    intake = make_intake()
    (tmp_path / "book.txt").touch()
    for wrong in (tmp_path / "book.txt", tmp_path / "nowhere", "https://example.org/"):
        with pytest.raises(InputError, match="not a folder"):
            intake.watch(wrong)
    with pytest.raises(UsageError):
        intake.watch(inbox, "  ")
    assert intake.watched() == []


@pytest.mark.slow
def test_i15_a_process_that_dies_between_two_batches_offers_nothing_twice(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    inbox: Path,
    until: Until,
    tmp_path: Path,
) -> None:
    for number in range(30):
        write_file(f"in box/{number}.txt", word=f"w{number}")
    intake = make_intake(look_seconds=QUICK)
    intake.pause()
    intake.watch(inbox)
    intake.resume()
    intake.start()
    until(lambda: intake.rows())
    copy = tmp_path / "copy.brain"
    store.backup(copy)
    intake.close()
    with Store.open(copy) as killed:
        killed.write(lambda c: c.execute("DELETE FROM meta WHERE key GLOB 'lease:*'"))
        heir = make_intake(killed, look_seconds=QUICK)
        heir.start()
        until(lambda: len(listed(killed)) == 30)
        a_few_looks(heir)
        with killed.read() as connection:
            assert connection.execute("SELECT count(*) FROM job").fetchone()[0] == 30
            (leases,) = connection.execute(
                "SELECT count(*) FROM meta WHERE key = ?", (f"lease:{lease.QUEUE}",)
            ).fetchone()
        assert leases <= 1
        assert verify(killed).sound
        heir.close()


def test_i15_a_walk_breaks_off_when_asked_and_survives_a_vanished_root(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "a.txt").write_text("words", encoding="utf-8")
    assert scan(tmp_path, lambda entry: False, lambda: True).found == {}
    shutil.rmtree(tmp_path / "0")
    assert len(seen(tmp_path).found) == 4
    assert seen(tmp_path / "0").missing


def test_a_library_that_is_closed_while_its_watch_begins_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(threading.Thread):
        """A thread that the system is slow to start."""

        def start(self) -> None:
            begun.set()
            assert go_on.wait(seconds(20))
            super().start()

    with Store.open(tmp_path / "x.brain") as store:
        watch = Watch(store, "me", lambda: None, lambda: None, seconds=QUICK)
        with ThreadPoolExecutor(2) as pool:
            monkeypatch.setattr("workbench.intake.watch.threading", SimpleNamespace(Thread=Slow))
            starting = pool.submit(watch.start)
            assert begun.wait(seconds(20))
            monkeypatch.undo()
            closing = pool.submit(watch.close)
            go_on.set()
            starting.result(seconds(20))
            closing.result(seconds(20))
        assert "workbench-watch" not in {thread.name for thread in threading.enumerate()}
