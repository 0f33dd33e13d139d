"""A log in a folder: what is shared, what stays, what is odd, and what two changed at once."""

import errno
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.memory.group.desks import said
from workbench.errors import LibraryError, LibraryFullError, NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, SourceDetails
from workbench.memory.group import log
from workbench.store.shared_state import Value, key_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that a program synchronises at once."""
    place = tmp_path / "shared"
    place.mkdir()
    return place


@contextmanager
def _device(
    home: Path, name: str, folder: Path, person: str = "", clock: Clock | None = None
) -> Iterator[Library]:
    given = {} if clock is None else {"clock": clock}
    with Library.open(home / f"{name}.brain", **given) as library:  # type: ignore[arg-type]
        if library.group.status() is None:
            library.group.join(str(folder), name=name, person=person)
        yield library


def _sync(*libraries: Library) -> None:
    """Synchronise until all have everything."""
    for _ in range(2):
        for library in libraries:
            library.group.sync()


def _add(library: Library, home: Path, words: str = "The harbour has three piers.") -> int:
    (home / "harbour.txt").write_text(words)
    (added,) = library.add(home / "harbour.txt")
    assert added.source is not None
    return added.source


def _texts(library: Library, collection: str | None = None) -> list[str]:
    return [fact.text for fact in library.facts.list(collection=collection)]


def _pieces(folder: Path) -> list[Path]:
    return sorted((folder / "log").glob("*/*.log"))


def test_what_was_told_marked_tagged_and_described_comes_with_its_place(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        source = _add(a, tmp_path)
        a.collections.assign([source], "Ports")
        a.sources.tag([source], "Sea")
        a.sources.edit([source], SourceDetails(title="Harbours", date="1897"))
        a.notes.highlight(source, 4, 11, note="which?")
        told = a.facts.tell("Ann owes Ben ten euros.", collection="Money", at="2024-05-01")
        a.memory.mark(told.new[0], Marks(priority=6, tags=("debt",), trust=0.5))
        a.facts.edit(told.new[0], "Ann owes Ben twelve euros.")
        _sync(a, b)
        (row,) = b.sources.list(collection="ports")
        assert (row.title, row.date, row.tags) == ("Harbours", "1897", ("Sea",))
        assert b.sources.text(row.id) == a.sources.text(source)
        (mark,) = b.notes.list("highlight")
        assert (mark.quote, mark.note) == ("harbour", "which?")
        (fact,) = b.facts.list(collection="Money")
        assert (fact.text, fact.priority) == ("Ann owes Ben twelve euros.", 6)
        assert b.facts.get(fact.id).info.tags == ("debt",)
        assert said(a) == said(b)
        b.sources.edit([row.id], SourceDetails(), as_read=True)
        b.sources.trash([row.id])
        _sync(b, a)
        assert a.sources.list() == []
        (back,) = a.sources.list(trashed=True)
        assert back.title == "Harbour"


def test_what_is_deleted_for_good_is_gone_everywhere_and_may_come_again(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        source = _add(a, tmp_path)
        a.facts.tell("The crane is broken.")
        _sync(a, b)
        a.sources.delete([source])
        a.facts.forget("crane")
        _sync(a, b)
        assert (b.sources.list(), _texts(b)) == ([], [])
        _add(b, tmp_path)
        b.facts.tell("The crane is broken.")
        _sync(b, a)
        assert len(a.sources.list()) == 1
        assert _texts(a) == ["The crane is broken."]


def test_what_comes_is_no_act_that_undo_would_take_back(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        _add(a, tmp_path)
        b.facts.tell("The crane is broken.")
        _sync(a, b)
        b.undo()
        assert len(b.sources.list()) == 1
        assert _texts(b) == []


def test_private_collections_and_the_vault_never_enter_the_log(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The moonstone is mine.", collection="Hidden")
        a.group.keep_private("Hidden")
        source = _add(a, tmp_path, "The moonstone lies under the third pier.")
        a.collections.assign([source], "Hidden")
        a.notes.highlight(source, 4, 13, note="moonstone")
        a.notes.add("variable", "moonstone", key="gem", collection="Hidden")
        a.vault.put("home", "gem", "moonstone", secret="secret")
        a.facts.tell("The crane is broken.")
        _sync(a, b)
        assert _texts(b) == ["The crane is broken."]
        content = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
        assert b"crane" in content
        assert b"moonstone" not in content.lower()
        assert b"Hidden" not in content
        assert not list((folder / "sources").iterdir())
        a.group.keep_private("Hidden", private=False)
        _sync(a, b)
        assert _texts(b, "Hidden") == ["The moonstone is mine."]
        assert len(b.sources.list(collection="Hidden")) == 1


def test_a_collection_that_becomes_private_is_not_taken_from_the_others(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The crane is broken.", collection="Port")
        _sync(a, b)
        a.group.keep_private("Port")
        a.facts.tell("The pier is closed.", collection="Port")
        _sync(a, b)
        assert _texts(b, "Port") == ["The crane is broken."]


def test_two_titles_at_once_are_shown_to_both_and_settled_for_both(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        source = _add(a, tmp_path)
        _sync(a, b)
        other = b.sources.list()[0].id
        a.sources.edit([source], SourceDetails(title="Piers", date="1897"))
        b.sources.edit([other], SourceDetails(title="Harbours", date="1898"))
        _sync(a, b)
        assert said(a) == said(b)
        for library in (a, b):
            found = {c.what: {c.current, c.other} for c in library.group.conflicts()}
            assert found == {"title": {"Piers", "Harbours"}, "date": {"1897", "1898"}}
        title = next(c for c in a.group.conflicts() if c.what == "title")
        a.group.settle(title.id, keep="other")
        _sync(a, b)
        assert b.sources.list()[0].title == title.other
        assert [c.what for c in b.group.conflicts()] == ["date"]
        with pytest.raises(NotFoundError):
            a.group.settle(title.id, keep="other")
        with pytest.raises(UsageError):
            a.group.settle(a.group.conflicts()[0].id, keep="neither")


def test_one_after_the_other_is_no_conflict(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        source = _add(a, tmp_path)
        a.sources.edit([source], SourceDetails(title="Piers"))
        _sync(a, b)
        b.sources.edit([b.sources.list()[0].id], SourceDetails(title="Harbours"))
        _sync(b, a)
        assert a.sources.list()[0].title == "Harbours"
        assert a.group.conflicts() == b.group.conflicts() == []


def test_two_wordings_of_one_statement_are_shown_and_both_kept_until_one_is_chosen(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The code is one.")
        _sync(a, b)
        a.facts.edit(a.facts.list()[0].id, "The code is two.")
        b.facts.edit(b.facts.list()[0].id, "The code is three.")
        _sync(a, b)
        assert sorted(_texts(a)) == sorted(_texts(b)) == ["The code is three.", "The code is two."]
        (conflict,) = a.group.conflicts()
        assert (conflict.what, conflict.current) == ("fact", "The code is two.")
        a.group.settle(conflict.id, keep="other")
        _sync(a, b)
        assert _texts(a) == _texts(b) == ["The code is three."]
        assert b.group.conflicts() == []


def test_a_clock_an_hour_behind_does_not_undo_what_its_desk_has_seen(
    tmp_path: Path, folder: Path
) -> None:
    ahead, behind = Clock(step=1.0), Clock(1_700_000_000.0 - 3600, step=1.0)
    with (
        _device(tmp_path, "a", folder, clock=ahead) as a,
        _device(tmp_path, "b", folder, clock=behind) as b,
    ):
        a.notes.add("variable", "one", key="port")
        _sync(a, b)
        b.notes.add("variable", "two", key="port")
        _sync(b, a)
        note = a.notes.get("variable", "port")
        assert note is not None
        assert note.value == "two"


def test_a_piece_that_was_altered_is_named_and_what_follows_it_waits(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a:
        for number in range(3):
            a.facts.tell(f"This is statement {number}.")
            a.group.sync()
        middle = _pieces(folder)[1]
        whole = middle.read_bytes()
        middle.write_bytes(whole.replace(b"statement 1", b"statement 7"))
        with _device(tmp_path, "b", folder) as b:
            result = b.group.sync()
            assert result.missing == 2
            assert "altered" in result.problems[0]
            assert _texts(b) == ["This is statement 0."]
            middle.write_bytes(whole)
            assert b.group.sync().missing == 0
            assert len(_texts(b)) == 3


def test_lines_that_are_no_words_are_counted_and_stop_nothing(tmp_path: Path, folder: Path) -> None:
    desk = "0123456789abcdef"
    lines = [
        {"format": log.FORMAT, "version": log.VERSION, "program": "9", "desk": desk, "number": 1,
         "previous": "", "name": "odd", "person": ""},
        ["fact/00", 5, desk, 0, {"scope": "", "text": "Not under its key.", "at": None}],
        ["source/00", 5, desk, 0, {"hash": 7}],
        ["tag/00", 5, desk, 9, None],
        "no line",
        ["later/00", 5, desk, 0, {"of": "a newer program"}],
    ]  # fmt: skip
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    place = folder / "log" / desk / f"00000001-{log.name_of(content)}.log"
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    with _device(tmp_path, "a", folder) as a:
        a.facts.tell("The crane is broken.")
        result = a.group.sync()
        assert "4 changes of “odd”" in result.problems[0]
        # What a newer program says is kept until this one knows it.
        assert result.waiting == 1
        assert _texts(a) == ["The crane is broken."]


def test_a_log_of_a_newer_program_is_said(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a:
        a.facts.tell("The crane is broken.")
        a.group.sync()
        (piece,) = _pieces(folder)
        content = piece.read_bytes().replace(b'"version":1', b'"version":2')
        piece.unlink()
        piece.with_name(f"00000001-{log.name_of(content)}.log").write_bytes(content)
        with _device(tmp_path, "b", folder) as b:
            assert any("newer version" in sentence for sentence in b.group.sync().problems)
            assert _texts(b) == []


def test_a_text_that_is_none_is_left_out_and_another_taken(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        _add(a, tmp_path)
        a.group.sync()
        (text,) = (folder / "sources").iterdir()
        good = text.read_bytes()
        text.write_bytes(good[:200])
        assert "damaged" in b.group.sync().problems[0]
        assert b.sources.list() == []
        text.with_name(f"{text.stem} (conflicted copy){text.suffix}").write_bytes(good)
        assert b.group.sync().sources == 1


def test_of_copies_of_a_piece_the_whole_one_is_read(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The crane is broken.")
        a.group.sync()
        (piece,) = _pieces(folder)
        # Its name sorts before that of the whole one.
        copy = piece.with_name(f"{piece.stem} (conflicted copy){piece.suffix}")
        copy.write_bytes(piece.read_bytes()[:90])
        assert b.group.sync().problems == ()
        assert _texts(b) == ["The crane is broken."]


def test_a_bundle_of_more_than_its_source_is_refused(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        source = _add(a, tmp_path)
        a.group.sync()
        (text,) = (folder / "sources").iterdir()
        a.facts.tell("This came along.")
        text.unlink()
        a.export(text, sources=[source], memories=[fact.id for fact in a.facts.list()])
        assert "not the text of its source" in b.group.sync().problems[0]
        assert (b.sources.list(), _texts(b)) == ([], [])


def test_a_copy_of_the_library_is_another_desk(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a:
        a.facts.tell("The crane is broken.")
        a.group.sync()
    shutil.copyfile(tmp_path / "a.brain", tmp_path / "b.brain")
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("One says this.")
        b.facts.tell("The copy says that.")
        _sync(a, b)
        assert sorted(_texts(a)) == sorted(_texts(b))
        assert len(_texts(a)) == 3
        assert len(list((folder / "log").iterdir())) == 2


def test_a_restored_backup_gets_back_what_it_sent_and_goes_on(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("This is in the backup.")
        a.group.sync()
        a.backup(tmp_path / "copy.brain")
        a.facts.tell("This came after it.")
        _sync(a, b)
        a.close()
        Library.restore_backup(tmp_path / "a.brain", tmp_path / "copy.brain")
        with Library.open(tmp_path / "a.brain") as again:
            again.facts.tell("This came after the restoration.")
            _sync(again, b)
            assert sorted(_texts(again)) == sorted(_texts(b))
            assert len(_texts(again)) == 3
            assert len(_pieces(folder)) == len({piece.name[:8] for piece in _pieces(folder)})


def test_a_folder_that_was_emptied_is_filled_again(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        _add(a, tmp_path)
        a.facts.tell("The crane is broken.")
        _sync(a, b)
        for part in ("log", "sources"):
            shutil.rmtree(folder / part)
            (folder / part).mkdir()
        b.group.sync()
        with _device(tmp_path, "c", folder) as c:
            assert c.group.sync().sources == 0
            a.group.sync()
            c.group.sync()
            assert said(c) == said(a) == said(b)


def test_a_folder_that_is_not_there_is_said_and_the_changes_wait(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a:
        a.facts.tell("The crane is broken.")
        folder.rename(tmp_path / "unplugged")
        with pytest.raises(LibraryError, match="wait here"):
            a.group.sync()
        (tmp_path / "unplugged").rename(folder)
        assert a.group.sync().sent > 0
    with Library.open(tmp_path / "b.brain") as b, pytest.raises(LibraryError):
        b.group.join(str(tmp_path / "nowhere"))


def test_a_full_disk_is_said_and_leaves_no_half_piece(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.store import file

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with _device(tmp_path, "a", folder) as a:
        a.facts.tell("The crane is broken.")
        with monkeypatch.context() as patch:
            patch.setattr(file, "sync", full)
            with pytest.raises(LibraryFullError, match="no space"):
                a.group.sync()
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        assert a.group.sync().sent > 0
        with _device(tmp_path, "b", folder) as b:
            b.group.sync()
            assert _texts(b) == ["The crane is broken."]


def test_leaving_keeps_what_came_and_joining_again_doubles_nothing(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        _add(a, tmp_path)
        a.facts.tell("The crane is broken.")
        _sync(a, b)
        assert b.group.leave()
        assert not b.group.leave()
        with pytest.raises(UsageError):
            b.group.sync()
        b.group.join(str(folder), name="again")
        with pytest.raises(UsageError):
            b.group.join(str(folder))
        _sync(a, b)
        assert _texts(a) == _texts(b) == ["The crane is broken."]
        assert len(a.sources.list()) == len(b.sources.list()) == 1
        assert a.group.conflicts() == b.group.conflicts() == []


def test_salvage_does_not_delete_on_the_others_what_was_lost(tmp_path: Path, folder: Path) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The crane is broken.")
        _sync(a, b)
        a.close()
        Library.salvage(tmp_path / "a.brain", tmp_path / "c.brain")
        connection = sqlite3.connect(tmp_path / "c.brain")
        connection.execute("DELETE FROM engram")
        connection.commit()
        connection.close()
        with _device(tmp_path, "c", folder) as c:
            _sync(c, b)
            assert _texts(b) == _texts(c) == ["The crane is broken."]


def _forged(folder: Path, *values: tuple[str, Value]) -> None:
    """Write a piece with these values of kinds, each under its key."""
    desk = "fedcba9876543210"
    lines = tuple(log.Line(key_of(kind, value), 5, desk, 0, value) for kind, value in values)
    content = log.packed(log.Piece(desk, 1, "", "forger", "", lines))
    place = folder / "log" / desk / f"00000001-{log.name_of(content)}.log"
    place.parent.mkdir(parents=True)
    place.write_bytes(content)


def test_values_that_no_row_can_have_wait_and_stop_nothing(tmp_path: Path, folder: Path) -> None:
    fact: Value = {"scope": "", "text": "The crane is broken.", "at": None}
    odd: Value = {"scope": "", "text": "  ", "at": None}
    good = key_of("fact", fact)
    note: Value = {"scope": "", "key": "k", "name": "k", "text": "t", "told": 1.0, "changed": 1.0,
            "intensity": None}  # fmt: skip
    collection: Value = {"uid": "u", "starts": None, "ends": None, "description": "", "tags": "[]"}
    _forged(
        folder,
        ("fact", fact), ("said", {"fact": good, "who": "Eve", "told": 1.0}),
        ("fact", odd), ("said", {"fact": key_of("fact", odd), "who": "Eve", "told": 1.0}),
        ("said", {"fact": good, "who": "Nan", "told": float("nan")}),
        ("mark", {"of": good, "name": "priority", "value": "high"}),
        ("mark", {"of": good, "name": "kind", "value": "nonsense"}),
        ("mark", {"of": good, "name": "sum", "value": 7}),
        ("mark", {"of": good, "name": "trust", "value": 0.5}),
        ("label", {"of": good, "kind": "secret", "fold": "x", "name": "x"}),
        ("note", note | {"kind": "nonsense"}),
        ("note", note | {"kind": "highlight", "key": f"{'0' * 64}:1-2"}),
        ("collection", collection | {"name": "a\tb"}),
        ("collection", collection | {"uid": "v", "name": "Good", "tags": "[1]"}),
        ("verdict", {"head": "x", "type": 1, "tail": "y", "verdict": 1}),
        ("wording", {"of": good, "text": "t", "tellers": "no list", "told": 1.0, "at": 1.0,
                     "until": 2.0}),
        ("field", {"hash": "0" * 64, "name": "title", "text": "No source"}),
    )  # fmt: skip
    with _device(tmp_path, "a", folder) as a:
        a.group.sync()
        result = a.group.sync()
        assert (result.received, result.sent, result.problems) == (0, 0, ())
        (fact_here,) = a.facts.list()
        assert fact_here.sources == ("Eve",)
        assert a.facts.get(fact_here.id).info.trust == 0.5
        assert [scope.collection for scope in a.collections.scopes() if scope.collection] == []
        assert a.notes.list() == []
        assert a.verify().problems == ()


def test_what_another_deleted_is_left_in_no_file_of_the_library(
    tmp_path: Path, folder: Path
) -> None:
    with _device(tmp_path, "a", folder) as a, _device(tmp_path, "b", folder) as b:
        a.facts.tell("The moonstone is mine.")
        _sync(a, b)
        a.facts.forget("moonstone")
        _sync(a, b)
        assert _texts(b) == []
    left = [p.name for p in tmp_path.glob("b.brain*") if b"moonstone" in p.read_bytes()]
    assert left == []


def test_who_joined_without_a_name_is_nobody_else(tmp_path: Path, folder: Path) -> None:
    with (
        _device(tmp_path, "a", folder, "Ann") as ann,
        _device(tmp_path, "b", folder) as nameless,
        _device(tmp_path, "c", folder, "Ann") as at_home,
    ):
        ann.facts.tell("The crane is broken.")
        nameless.facts.tell("The pier is closed.")
        _sync(ann, nameless, at_home)
        told = {fact.text: fact.sources for fact in at_home.facts.list()}
        assert told == {"The crane is broken.": (), "The pier is closed.": ("somebody",)}
        assert said(ann) == said(nameless) == said(at_home)
