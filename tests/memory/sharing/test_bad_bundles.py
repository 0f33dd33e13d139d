"""Bundles that are damaged, foreign, from tomorrow or made to harm: refused, nothing changed."""

import errno
import hashlib
import json
import multiprocessing
import os
import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from workbench.errors import InputError, LibraryFullError, NotFoundError, WorkbenchError
from workbench.jobs import Progress
from workbench.library import Library


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of a small library."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("made")
        with Library.open(folder / "made.brain") as library:
            library.add_text("Salt was mined in Hallstatt. It was carried in sacks.", title="Salt")
            library.facts.tell("The door is green. My plan is pro.", collection="u")
            library.notes.add("variable", "80", key="port", collection="u")
            library.export(folder / "made.engrams")
    return folder / "made.engrams"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "here.brain") as library:
        library.facts.tell("The roof is slate.", collection="u")
        # Else it is done in the background, some time later.
        library.graph.link(concepts_only=True)
        yield library


def _refused(library: Library, file: Path) -> WorkbenchError:
    before = _state(library)
    with pytest.raises(InputError) as caught:
        library.import_(file)
    assert _state(library) == before
    assert caught.value.message.count("\n") == 0
    assert caught.value.hint
    return caught.value


def _state(library: Library) -> list[Any]:
    tables = ("source", "section", "engram", "fact", "note", "collection", "change", "concept")
    return [library._store.rows(f"SELECT * FROM {table}") for table in tables]


@pytest.mark.slow
def test_no_byte_can_change_or_be_missing(library: Library, bundle: Path, tmp_path: Path) -> None:
    whole = bundle.read_bytes()
    chance = random.Random(7)
    places = {0, 1, 2, 3, len(whole) - 1, len(whole) - 64, len(whole) - 65, len(whole) - 66}
    places |= set(chance.sample(range(len(whole)), 150))
    file = tmp_path / "bad.engrams"
    for place in sorted(places):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << chance.randrange(8)
        file.write_bytes(spoilt)
        _refused(library, file)
    for end in (*range(1, 70, 9), *chance.sample(range(len(whole)), 60), len(whole) - 1):
        file.write_bytes(whole[:end])
        _refused(library, file)
    file.write_bytes(whole + b"\0")
    _refused(library, file)
    assert library.import_(bundle).added == 3


def _rebuilt(
    bundle: Path, target: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]
) -> Path:
    """A bundle that proves itself, of members that somebody has changed."""
    with zipfile.ZipFile(bundle) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    for name, content in members.items():
        manifest["members"].setdefault(name, {})
        manifest["members"][name] = {
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "lines": content.count(b"\n"),
        }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.comment = b"0" * 64
    raw = target.read_bytes()[:-64]
    target.write_bytes(raw + hashlib.sha256(raw).hexdigest().encode())
    return target


def test_one_from_tomorrow_is_left_alone(library: Library, bundle: Path, tmp_path: Path) -> None:
    def newer(_members: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest["version"] = 2

    error = _refused(library, _rebuilt(bundle, tmp_path / "new.engrams", newer))
    assert "newer version" in error.message


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil", "originals/../x", "originals/short", "facts.jsonl/"]
)
def test_names_lead_nowhere(library: Library, bundle: Path, tmp_path: Path, name: str) -> None:
    def add(members: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        members[name] = b"evil"

    before = set(tmp_path.parent.rglob("*evil*"))
    _refused(library, _rebuilt(bundle, tmp_path / "path.engrams", add))
    assert set(tmp_path.parent.rglob("*evil*")) == before


@pytest.mark.slow
def test_a_bomb_is_not_unpacked(library: Library, bundle: Path, tmp_path: Path) -> None:
    def grow(members: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        members["words.jsonl"] = b" " * (80 << 20) + b"\n"

    error = _refused(library, _rebuilt(bundle, tmp_path / "bomb.engrams", grow))
    assert "unpack" in error.message


def _changed(member: str, change: Callable[[Any], Any]) -> Callable[..., None]:
    def work(members: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        values = [json.loads(line) for line in members[member].splitlines()]
        values[0] = change(values[0])
        members[member] = b"".join(json.dumps(value).encode() + b"\n" for value in values)

    return work


@pytest.mark.slow
@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("facts.jsonl", lambda record: [record]),
        ("facts.jsonl", lambda record: {**record, "text": 7}),
        ("facts.jsonl", lambda record: {**record, "kind": "statement"}),
        ("facts.jsonl", lambda record: {**record, "told": "yesterday"}),
        ("facts.jsonl", lambda record: {**record, "by": []}),
        ("facts.jsonl", lambda record: {**record, "beside": {"mark": [{"priority": {}}]}}),
        ("facts.jsonl", lambda record: {**record, "beside": {"strength": [{"weight": 1.0}]}}),
        ("facts.jsonl", lambda record: {k: v for k, v in record.items() if k != "at"}),
        ("sections.jsonl", lambda record: {**record, "passages": [[0, 9, None]]}),
        ("sections.jsonl", lambda record: {**record, "source": 99}),
        ("sections.jsonl", lambda record: {**record, "ordinal": 3}),
        (
            "sections.jsonl",
            lambda record: {**record, "passages": [[0, 99_999, None, None, None, None, [[0, 5]]]]},
        ),
        ("sources.jsonl", lambda record: {**record, "hash": None}),
        ("sources.jsonl", lambda record: {**record, "metadata": 7}),
        ("collections.jsonl", lambda record: {**record, "name": 7}),
    ],
)
def test_what_is_not_as_it_says_is_refused(
    library: Library,
    bundle: Path,
    tmp_path: Path,
    member: str,
    change: Callable[[Any], Any],
) -> None:
    _refused(library, _rebuilt(bundle, tmp_path / "odd.engrams", _changed(member, change)))
    assert library.verify().problems == ()


def test_what_a_later_version_notes_beside_is_left_out(
    library: Library, bundle: Path, tmp_path: Path
) -> None:
    def more(record: Any) -> Any:
        beside = {"halo": [{"glow": 1}], "fact": [{"scope": 0}], "mark; DROP TABLE fact": [{}]}
        return {**record, "beside": {**record["beside"], **beside}}

    file = _rebuilt(bundle, tmp_path / "more.engrams", _changed("facts.jsonl", more))
    assert library.import_(file).added == 3
    assert library.verify().problems == ()


def test_other_files_are_named_for_what_they_are(
    library: Library, bundle: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.engrams"
    empty.touch()
    assert "empty" in _refused(library, empty).message
    assert "is a library" in _refused(library, bundle.with_name("made.brain")).message
    text = tmp_path / "text.engrams"
    text.write_text("just words")
    assert "not a bundle" in _refused(library, text).message
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "words")
    assert "not a bundle" in _refused(library, other).message
    folder = tmp_path / "folder"
    folder.mkdir()
    _refused(library, folder)
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"\xff\xfe\x00")
    _refused(library, lines)
    with pytest.raises(NotFoundError):
        library.import_(tmp_path / "nowhere.engrams")


def test_no_room_leaves_nothing_behind(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryFullError, match="not enough space"):
        library.export(tmp_path / "x.engrams")
    monkeypatch.undo()
    assert [each.name for each in tmp_path.iterdir() if "here" not in each.name] == []


def _import_and_die(folder: str, stage: str) -> None:
    def report(progress: Progress) -> None:
        if progress.stage == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    with Library.open(Path(folder) / "there.brain") as library:
        library.import_(Path(folder) / "made.engrams", report=report)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no way to kill a process here")
def test_a_kill_in_the_middle_leaves_nothing_half_done(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "made.engrams").write_bytes(bundle.read_bytes())
    with Library.open(tmp_path / "there.brain") as library:
        library.facts.tell("The roof is slate.", collection="u")
        before = _state(library)
    spawn = multiprocessing.get_context("spawn")
    child = spawn.Process(target=_import_and_die, args=(str(tmp_path), "importing"))
    child.start()
    child.join(seconds(60))
    assert child.exitcode == -signal.SIGKILL
    with Library.open(tmp_path / "there.brain") as library:
        assert _state(library) == before
        assert library.verify().problems == ()
        assert library.import_(tmp_path / "made.engrams").added == 3
