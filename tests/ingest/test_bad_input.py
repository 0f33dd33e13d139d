"""Every kind of file, damaged in every way: words, or one sentence with a next step. Never else."""

import os
import random
import socket
import stat
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import ingest
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import check_laws
from tests.ingest.kinds_made import LONG, MADE, packed
from tests.patience import seconds

_PACKAGES = ("epub", "docx", "odt", "zip")


def outcome(path: Path) -> tuple[int, list[Notice], ingest.IngestError | None]:
    """Words found, notices, and the error in our words; anything else fails the test."""
    words = 0
    notices: list[Notice] = []
    sections: list[Section] = []
    try:
        for record in ingest.read(path):
            if isinstance(record, Source):
                check_laws(sections, "".join(section.text for section in sections))
                sections = []
            elif isinstance(record, Section):
                sections.append(record)
                words += sum(len(passage.text.split()) for passage in record.passages)
            else:
                notices.append(record)
    except ingest.IngestError as error:
        _check_wording(error.message, error.hint)
        return words, notices, error
    check_laws(sections, "".join(section.text for section in sections))
    return words, notices, None


def _check_wording(message: str, hint: str) -> None:
    """One sentence and a next step, on one line each."""
    for told in (message, hint):
        assert told.strip()
        assert told.rstrip()[-1] in ".?!”"
        assert "\n" not in told
        assert len(told) < 400


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _head_only(data: bytes) -> bytes:
    return data[:40]


def _without_end(data: bytes) -> bytes:
    return data[:-30]


def _noise_inside(data: bytes) -> bytes:
    noise = random.Random(4).randbytes(60)
    middle = len(data) // 2
    return data[:middle] + noise + data[middle + 60 :]


def _zeros_inside(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(len(data) - middle)


def _twice(data: bytes) -> bytes:
    return data + data


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "half": _half,
    "head only": _head_only,
    "without end": _without_end,
    "noise inside": _noise_inside,
    "zeros inside": _zeros_inside,
    "twice": _twice,
}


@pytest.mark.parametrize("kind", MADE)
def test_i14_a_healthy_file_of_this_kind_is_read_under_any_name(kind: str, tmp_path: Path) -> None:
    for suffix in (kind, "pdf", "png", "dat"):
        path = tmp_path / f"file.{suffix}"
        path.write_bytes(MADE[kind](LONG))
        words, _, error = outcome(path)
        if kind in {"md", "csv"} and suffix != kind:
            # Without their names these are plain text, with the same words in it.
            assert words
            continue
        assert error is None, (suffix, error)
        assert words >= len(LONG.split()), suffix


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kind", MADE)
def test_i14_a_damaged_file_gives_words_or_one_sentence(
    kind: str, damage: str, tmp_path: Path
) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_bytes(DAMAGES[damage](MADE[kind](LONG)))
    tracemalloc.start()
    try:
        words, _, error = outcome(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Success without words is the one thing that must not be.
    assert words or error is not None
    assert peak < 30_000_000
    if kind in _PACKAGES and damage in {"half", "without end"}:
        assert isinstance(error, ingest.DamagedFileError)


@pytest.mark.parametrize("kind", MADE)
def test_i14_a_file_without_bytes_or_words_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"file.{kind}"
    path.write_bytes(b"")
    _, _, error = outcome(path)
    assert isinstance(error, ingest.EmptyFileError)
    for words in ("", " ", "\n \t"):
        path.write_bytes(MADE[kind](words))
        found, _, error = outcome(path)
        assert error is not None, words
        assert not found
        assert error.code in {"empty", "no_text", "damaged", "unsupported"}, words


@pytest.mark.parametrize("kind", _PACKAGES)
def test_i14_a_locked_package_says_so(kind: str, tmp_path: Path) -> None:
    data = bytearray(MADE[kind](LONG))
    # Bit 0 of the flags: in each member's own head, and in the table of contents.
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path = tmp_path / f"file.{kind}"
    path.write_bytes(data)
    _, _, error = outcome(path)
    assert isinstance(error, ingest.EncryptedFileError | ingest.DamagedFileError)
    if kind == "zip":
        assert isinstance(error, ingest.EncryptedFileError)


def test_i14_an_old_office_file_with_a_password_far_inside_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    lock = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3_000_000) + lock + bytes(600))
    _, _, error = outcome(path)
    assert isinstance(error, ingest.EncryptedFileError)


# -- packages that are traps -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", _PACKAGES)
def test_i14_members_that_share_bytes_are_a_trap(kind: str, tmp_path: Path) -> None:
    """As in Fifield's better bomb: many entries of the table lead to the same bytes."""
    path = tmp_path / f"file.{kind}"
    path.write_bytes(MADE[kind](LONG))
    with zipfile.ZipFile(path, "a") as package:
        twin = zipfile.ZipInfo("twin.txt")
        original = package.infolist()[-1]
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(twin, name, getattr(original, name))
        package.filelist.append(twin)
        package.NameToInfo["twin.txt"] = twin
        package.comment = b"rewrite the table"
    _, _, error = outcome(path)
    assert isinstance(error, ingest.DamagedFileError)
    assert "overlap" in error.message


@pytest.mark.parametrize("kind", ["epub", "docx", "odt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_i14_entities_are_never_resolved(kind: str, encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    part = {"epub": "META-INF/container.xml", "docx": "word/document.xml", "odt": "content.xml"}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    for declared in (f'<!ENTITY e SYSTEM "{secret.as_uri()}">', f'<!ENTITY l0 "ha">{laughs}'):
        text = f"<?xml version='1.0' encoding='{encoding[:6]}'?><!DOCTYPE a [{declared}]><a>&e;</a>"
        mark = {"utf-8": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
        parts = {"mimetype": "application/epub+zip"} if kind == "epub" else {}
        if kind == "odt":
            parts = {"mimetype": "application/vnd.oasis.opendocument.text"}
        path = tmp_path / f"file.{kind}"
        path.write_bytes(packed({**parts, part[kind]: mark + text.encode(encoding)}))
        tracemalloc.start()
        words, _, error = outcome(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert isinstance(error, ingest.DamagedFileError), declared
        assert "entities" in error.message
        assert not words
        assert peak < 10_000_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", _PACKAGES)
def test_i14_a_bomb_costs_no_memory(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"file.{kind}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(Path(tmp_path, "whole"), "w") as healthy:
            healthy.writestr("a", "")
        (tmp_path / "healthy").write_bytes(MADE[kind](LONG))
        with zipfile.ZipFile(tmp_path / "healthy") as healthy:
            for name in healthy.namelist():
                package.writestr(name, healthy.read(name))
        with package.open("bomb.txt", "w", force_zip64=True) as member:
            for _ in range(100):
                member.write(bytes(1_000_000))
    tracemalloc.start()
    words, notices, error = outcome(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    if kind == "zip":
        assert words
        assert error is None
        assert any(notice.code == "archive_bomb" for notice in notices)
    else:
        assert isinstance(error, ingest.DamagedFileError)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_i14_nothing_is_lost_in_the_depth_of_a_document(kind: str, tmp_path: Path) -> None:
    depth = 3000
    if kind == "docx":
        inside = "<w:sdt><w:sdtContent>" * depth + "<w:p><w:r><w:t>Deep words.</w:t></w:r></w:p>"
        body = inside + "</w:sdtContent></w:sdt>" * depth
        whole = f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"
        data = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": whole})
    else:
        body = "<t:section>" * depth + "<t:p>Deep words.</t:p>" + "</t:section>" * depth
        whole = f"<o:d xmlns:o='o' xmlns:t='t'><o:body><o:text>{body}</o:text></o:body></o:d>"
        data = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": whole})
    path = tmp_path / f"deep.{kind}"
    path.write_bytes(data)
    words, _, error = outcome(path)
    assert (words, error) == (2, None)


# -- names, and what is no file --------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="file names of Unix")
@pytest.mark.parametrize(
    "name", ["line\nend", "bell\x07", "\u202egpj.exe", "\u2066hidden\u2069", "x" * 250, "a\udc80b"]
)
def test_i14_odd_file_names_make_plain_titles(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(LONG)
    source = next(iter(ingest.read(path)))
    assert isinstance(source, Source)
    assert source.title
    assert source.title.isprintable()
    assert not set(source.title) & set("\u202e\u2066\u2069\udc80")
    path.write_bytes(b"")
    with pytest.raises(ingest.EmptyFileError):
        list(ingest.read(path))
    path.unlink()
    with pytest.raises(ingest.MissingFileError) as caught:
        list(ingest.read(path))
    assert "\n" not in caught.value.message
    caught.value.message.encode()


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of Unix")
@pytest.mark.timeout(seconds(20))
def test_i14_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    server = socket.socket(socket.AF_UNIX)
    old = Path.cwd()
    try:
        os.chdir(tmp_path)
        server.bind("door.txt")
    finally:
        os.chdir(old)
    for path in (tmp_path / "pipe.txt", tmp_path / "door.txt", Path("/dev/zero")):
        _, _, error = outcome(path)
        assert isinstance(error, ingest.UnsupportedFileError), path
        assert "no file" in error.message
    server.close()


def test_i14_a_disk_that_goes_away_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.txt"
    path.write_text(LONG)

    def gone(_self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", gone)
    _, _, error = outcome(path)
    assert isinstance(error, ingest.MissingFileError)
    assert "disk" in error.hint


@pytest.mark.parametrize("kind", MADE)
def test_i14_a_file_that_vanishes_while_it_is_read_is_missing(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import readers

    path = tmp_path / f"file.{kind}"
    path.write_bytes(MADE[kind](LONG))
    told = readers.sniff(path)
    monkeypatch.setattr(readers, "sniff", lambda _path: told)
    path.unlink()
    _, _, error = outcome(path)
    assert isinstance(error, ingest.MissingFileError)


def test_files_of_this_test_are_files(tmp_path: Path) -> None:
    """The makers make what they say: the packages open, with the members that were meant."""
    for kind in _PACKAGES:
        path = tmp_path / f"file.{kind}"
        path.write_bytes(MADE[kind](LONG))
        assert stat.S_ISREG(path.stat().st_mode)
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
