"""Folders as they are found: circles, closed doors, pipes, names of every kind, things that go."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench.intake import places
from workbench.intake.intake import Intake
from workbench.intake.records import QueueRow
from workbench.intake.watch import scan
from workbench.store import sources
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]

posix = pytest.mark.skipif(sys.platform == "win32", reason="a thing of POSIX")


def titles(store: Store) -> set[str]:
    with store.read() as connection:
        return {row.title for row in sources.listing(connection) if row.state == "verified"}


def row_of(intake: Intake, job: int) -> QueueRow:
    return next(row for row in intake.rows() if row.id == job)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Callable[[], None]]:
    """Close folders to this process (taking the permission away does not stop everybody)."""

    def close(folder: Path) -> Callable[[], None]:
        shut = [True]

        def forbidden(path: Any = ".") -> Any:
            if shut and str(path) == str(folder):
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        scandir = os.scandir
        monkeypatch.setattr(os, "scandir", forbidden)
        return shut.clear

    return close


@posix
def test_i3_circles_and_links_to_folders_are_walked_once(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    write_file("shelf/deep/book.txt")
    (tmp_path / "shelf" / "deep" / "up").symlink_to(tmp_path / "shelf")
    (tmp_path / "shelf" / "itself").symlink_to(tmp_path / "shelf" / "itself")
    (tmp_path / "shelf" / "nowhere.txt").symlink_to(tmp_path / "not there")
    (tmp_path / "way in").symlink_to(tmp_path / "shelf")
    intake = make_intake()
    jobs = intake.enqueue([tmp_path / "shelf"])
    assert [row.name for row in intake.rows()] == ["book.txt"]
    assert {added.state for added in intake.run(jobs)} == {"verified"}
    # By another name it is the same book.
    (again,) = intake.run(intake.enqueue([tmp_path / "way in"]))
    assert again.already
    assert titles(store) == {"book"}


def test_a_link_out_of_a_folder_is_not_followed_unless_it_is_added_itself(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    secret = write_file("private/diary.txt", "My password is barley.")
    book = write_file("unpacked/book.txt", "Words that can be read.")
    (book.parent / "a.txt").symlink_to(secret)
    (book.parent / "b.txt").symlink_to(Path("..", "private", "diary.txt"))
    (book.parent / "c.txt").symlink_to(book)
    intake = make_intake()
    intake.run(intake.enqueue([book.parent]))
    assert {Path(row.path).name for row in intake.rows()} <= {"book.txt", "c.txt"}
    assert titles(store) <= {"book", "c"}
    skipped = {
        Path(each.path).name: each.notices
        for each in places.ignored_files(str(book.parent), {str(book), str(book.parent / "c.txt")})
    }
    assert skipped.keys() == {"a.txt", "b.txt"}
    assert "outside of the folder" in skipped["a.txt"][0]
    assert scan(book.parent, lambda _entry: False, lambda: False).found.keys() == {
        str(book),
        str(book.parent / "c.txt"),
    }
    intake.run(intake.enqueue([book.parent / "a.txt"]))
    assert "a" in titles(store)


def test_i3_a_mount_that_leads_in_a_circle_is_walked_once(
    write_file: WriteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file("shelf/deep/book.txt", "Words that can be read.")

    def everywhere_the_same(folder: str, been: set[tuple[int, int]]) -> bool:
        known = (1, len(Path(folder).parts) > len(shelf.parts))
        before = known in been
        been.add(known)
        return before

    shelf = tmp_path / "shelf"
    write_file("shelf/deep/circle/book.txt", "Words that can be read.")
    monkeypatch.setattr(places, "is_visited", everywhere_the_same)
    assert list(places.files_of(shelf)) == [shelf / "deep" / "book.txt"]


def test_i3_a_folder_that_may_not_be_opened_is_one_sentence_and_the_rest_is_added(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    closed: Callable[[Path], Callable[[], None]],
    until: Until,
) -> None:
    write_file("shelf/open.txt")
    write_file("shelf/private/secret.txt", word="basalt")
    open_again = closed(tmp_path / "shelf" / "private")
    intake = make_intake()
    jobs = intake.enqueue([tmp_path / "shelf"], collection="Thesis")
    added = {Path(each.path).name: each for each in intake.run(jobs)}
    assert added["open.txt"].state == "verified"
    assert added["private"].state == "failed"
    assert added["private"].error == (
        "The folder “private” cannot be opened, so nothing was added from it. "
        "Check that you may read it, then retry."
    )
    failed = next(row for row in intake.rows() if row.state == "failed")
    # A retry that finds the door open brings what is behind it.
    open_again()
    intake.retry(failed.id)
    intake.start()
    until(lambda: titles(store) == {"open", "secret"})
    assert {row.name for row in intake.rows()} == {"open.txt", "secret.txt"}
    assert verify(store).sound


@posix
def test_i3_pipes_sockets_and_devices_are_never_opened(
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_file("shelf/book.txt")
    os.mkfifo(tmp_path / "shelf" / "pipe.txt")
    (tmp_path / "shelf" / "zero.txt").symlink_to("/dev/zero")
    # A path of its own would be too long for a socket.
    monkeypatch.chdir(tmp_path / "shelf")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        intake = make_intake()
        assert [row.name for row in _enqueued(intake, tmp_path / "shelf")] == ["book.txt"]
        named = [tmp_path / "shelf" / name for name in ("pipe.txt", "zero.txt", "socket.txt")]
        added = intake.run(intake.enqueue(named))
    assert {each.state for each in added} == {"failed"}
    assert all("not a file" in str(each.error) for each in added)


def _enqueued(intake: Intake, *paths: Path) -> list[QueueRow]:
    intake.enqueue(paths)
    return intake.rows()


@posix
def test_i3_names_too_long_for_the_system_cost_nothing_else(
    make_intake: MakeIntake,
    write_file: WriteFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = write_file("book.txt")
    intake = make_intake()
    jobs = intake.enqueue([tmp_path / ("x" * 300), book, tmp_path / ("y/" * 2500)])
    added = intake.run(jobs)
    assert [each.state for each in added] == ["failed", "verified", "failed"]
    assert all(str(each.error).endswith(".") for each in added if each.error)
    deep = tmp_path / "shelf"
    deep.mkdir()
    # A path deeper than the system lets anybody name in one go.
    monkeypatch.chdir(deep)
    name = "d" * 240
    for _ in range(20):
        Path(name).mkdir()
        os.chdir(name)
    Path("unreachable.txt").write_text("plain\nwords", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (told,) = intake.run(intake.enqueue([deep]))
    assert told.state == "failed"
    assert str(told.error).endswith("Give it a shorter name, or move it up, and add it again.")


def test_i3_what_vanishes_between_the_drop_and_its_turn_is_one_sentence(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    for number in range(5):
        write_file(f"shelf/{number}.txt", word=f"w{number}")
    intake = make_intake()
    jobs = intake.enqueue([tmp_path / "shelf"])
    (tmp_path / "shelf" / "2.txt").unlink()
    added = intake.run(jobs)
    assert [each.state for each in added] == [*["verified"] * 2, "failed", *["verified"] * 2]
    assert added[2].error == "There is no file “2.txt”. Check the name and add it again."


def test_e2_a_stick_that_is_pulled_while_a_book_is_read_is_told_and_a_retry_goes_on(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    book = write_file("stick/book.txt", f"gate {gate} 5")
    other = write_file("stick/other.txt", word="basalt")
    intake = make_intake(lanes=1)
    jobs = intake.enqueue([book, other])
    intake.start()
    until(lambda: row_of(intake, jobs[0]).done == 5)
    away = (tmp_path / "stick").rename(tmp_path / "pulled")
    gate.touch()
    added = intake.run(jobs)
    assert [each.state for each in added] == ["failed", "failed"]
    assert "disappeared while it was being read" in str(added[0].error)
    assert "no file" in str(added[1].error)
    away.rename(tmp_path / "stick")
    for job in jobs:
        intake.retry(job)
    assert [each.state for each in intake.run(jobs)] == ["verified", "verified"]
    assert verify(store).sound


def test_e2_a_disk_that_fails_in_the_middle_of_a_file_is_told_as_that(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake(lanes=1)
    added = intake.run(intake.enqueue([write_file("bad.txt", "io"), write_file("good.txt")]))
    assert [each.state for each in added] == ["failed", "verified"]
    assert "could not be read completely (Input/output error)" in str(added[0].error)


@pytest.mark.slow
def test_i8_a_second_drop_of_the_same_folder_doubles_nothing(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path
) -> None:
    for number in range(40):
        write_file(f"shelf/{number % 4}/{number}.txt", word=f"w{number}", lines=2)
    intake = make_intake()
    first = intake.run(intake.enqueue([tmp_path / "shelf"]))
    assert [each.already for each in first] == [False] * 40
    second = intake.run(intake.enqueue([tmp_path / "shelf"]))
    assert [each.already for each in second] == [True] * 40
    assert {each.source for each in first} == {each.source for each in second}
    with store.read() as connection:
        assert connection.execute("SELECT count(*) FROM location").fetchone()[0] == 40
    assert verify(store).sound
