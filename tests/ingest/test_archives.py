"""ZIP archives: every member as if it had been added by itself, and what is left out and why."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest import archives
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import check_laws

FERRY = b"The ferry left at seven. Ines was on it."
NOTE = b"Her brother found the note. He read it twice."


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def save(folder: Path, files: dict[str, bytes], name: str = "wrong.txt") -> Path:
    """Write an archive."""
    path = folder / name
    path.write_bytes(zipped(files))
    return path


def told(path: Path) -> tuple[list[Source], list[Notice]]:
    """Sources and notices of an archive; the law holds for each source."""
    records = list(ingest.read(path))
    assert list(ingest.read(path)) == records
    groups: list[list[Section]] = []
    for record in records:
        if isinstance(record, Source):
            groups.append([])
        elif isinstance(record, Section):
            groups[-1].append(record)
    for group in groups:
        check_laws(group, "".join(section.text for section in group))
    return (
        [r for r in records if isinstance(r, Source)],
        [r for r in records if isinstance(r, Notice)],
    )


def locked(content: bytes) -> bytes:
    """The same archive with the mark of a password on all its members."""
    data = bytearray(content)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(magic)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(magic, start + 4)
    return bytes(data)


def test_each_member_is_a_source_of_its_own(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"id": n, "text": f"Line {n}."}).encode() + b"\n" for n in range(2))
    path = save(
        tmp_path,
        {
            "thesis/": b"",
            "thesis/the_ferry.txt": FERRY,
            "thesis/page.html": b"<html><title>The note</title><p>" + NOTE + b"</p></html>",
            "chat.jsonl": lines,
            "__MACOSX/._x": b"\x00\x05\x16\x07",
            "thesis/.DS_Store": b"\x00\x00\x00\x01Bud1",
        },
    )
    assert ingest.sniff(path) == "archive"
    sources, notices = told(path)
    assert [(s.kind, s.title) for s in sources] == [
        ("text", "The Ferry"),
        ("html", "The note"),
        ("record", "Line 0."),
        ("record", "Line 1."),
    ]
    assert sources[0].content_hash == hashlib.sha256(FERRY).hexdigest()
    assert sources[0].metadata["member"] == "thesis/the_ferry.txt"
    assert len({s.content_hash for s in sources}) == 4
    assert notices == []


def test_what_is_not_read_is_named_in_one_notice(tmp_path: Path) -> None:
    picture = b"AT&TFORM" + bytes(40)
    files = {"a.txt": FERRY, "one.png": picture, "two.png": picture, "empty.txt": b""}
    sources, notices = told(save(tmp_path, files))
    assert len(sources) == 1
    assert [n.code for n in notices] == ["archive_unsupported", "archive_empty"]
    assert "“one.png”, “two.png” were left out" in notices[0].message
    assert "“empty.txt”" in notices[1].message
    assert all(n.message.endswith(".") and n.hint.endswith(".") for n in notices)


def test_names_that_lead_out_are_left_out(tmp_path: Path) -> None:
    files = {"../evil.txt": FERRY, "/abs.txt": FERRY, "C:\\x.txt": FERRY, "a/../../b.txt": FERRY}
    folder = tmp_path / "in"
    folder.mkdir()
    path = save(folder, {**files, "good.txt": NOTE})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    sources, notices = told(path)
    assert [s.title for s in sources] == ["Good"]
    assert [n.code for n in notices] == ["archive_outside"]
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "wrong.txt"]


def test_archives_are_opened_one_level_deep(tmp_path: Path) -> None:
    deepest = zipped({"deep.txt": b"Too deep. Really."})
    middle = zipped({"middle.txt": NOTE, "deepest.zip": deepest})
    sources, notices = told(save(tmp_path, {"a.txt": FERRY, "middle.zip": middle}))
    assert [s.metadata["member"] for s in sources] == ["a.txt", "middle.zip/middle.txt"]
    assert [n.code for n in notices] == ["archive_nested"]
    assert "middle.zip/deepest.zip" in notices[0].message


def test_a_bomb_among_the_members_is_left_out(tmp_path: Path) -> None:
    sources, notices = told(save(tmp_path, {"a.txt": FERRY, "bomb.txt": bytes(30_000_000)}))
    assert len(sources) == 1
    assert [n.code for n in notices] == ["archive_bomb"]


def test_limits_of_size_and_number_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    path = save(tmp_path, {f"{n}.txt": FERRY + b" %d" % n for n in range(7)})
    sources, notices = told(path)
    assert len(sources) == 3
    assert "4 files were left out" in notices[0].message
    monkeypatch.setattr(archives, "MOST_MEMBERS", 100)
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    assert len(told(path)[0]) == 2


def test_damaged_and_locked_members_are_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    whole = bytearray(zipped({"bad.txt": FERRY * 9, "good.txt": NOTE}, zipfile.ZIP_STORED))
    whole[45] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(whole))
    sources, notices = told(path)
    assert [s.title for s in sources] == ["Good"]
    assert [n.code for n in notices] == ["archive_damaged"]
    inner = locked(zipped({"secret.txt": FERRY}))
    sources, notices = told(save(tmp_path, {"a.txt": NOTE, "inner.zip": inner}))
    assert [n.code for n in notices] == ["archive_encrypted"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (zipped({}), ingest.EmptyFileError),
        (zipped({"folder/": b""}), ingest.EmptyFileError),
        (zipped({"a.png": b"AT&TFORM" + bytes(9)}), ingest.UnsupportedFileError),
        (zipped({"a.txt": b""}), ingest.DamagedFileError),
        (locked(zipped({"a.txt": FERRY})), ingest.EncryptedFileError),
        (zipped({"a.txt": bytes(30_000_000)}), ingest.DamagedFileError),
        (zipped({"a.txt": FERRY})[:-12], ingest.DamagedFileError),
    ],
)
def test_an_archive_of_nothing_readable_is_refused(
    content: bytes, error: type[ingest.IngestError], tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        list(ingest.read(path))
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


def test_odd_names_are_borne(tmp_path: Path) -> None:
    names = ["كتاب 📚.txt", "a" * 300 + ".txt", "con:x?.txt", "..txt", "b\\c.txt", "tab\t.txt"]
    sources, notices = told(save(tmp_path, {n: FERRY + n.encode() for n in names}))
    assert len(sources) == 5
    assert notices == []


def test_reading_stops_when_asked(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    calls = []

    def cancel() -> None:
        calls.append(1)
        if len(calls) > 6:
            raise Stop

    path = save(tmp_path, {f"{n}.txt": FERRY for n in range(9)})
    with pytest.raises(Stop):
        list(ingest.read(path, ingest.ReadRequest(cancel=cancel)))


NAMES = st.text(alphabet="ab/.\\: é雨\u202b", min_size=1, max_size=9)


@pytest.mark.slow
@given(content=st.binary(max_size=80), at=st.integers(0, 400), name=NAMES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_spoilt_archive_is_read_or_refused_in_our_words(
    content: bytes, at: int, name: str, tmp_path: Path
) -> None:
    whole = zipped({"a.txt": FERRY, name: content})
    path = tmp_path / "a.zip"
    path.write_bytes(whole[:at] + content + whole[at + len(content) :])
    try:
        told(path)
    except ingest.IngestError:
        # Any other error would fail the test.
        return
