"""One bad part costs that part: the rest is read, and a notice names what is missing and why."""

import json
import zipfile
from pathlib import Path

import pytest

import ingest
from ingest.parts import Parts
from ingest.records import Notice, Section, Source
from tests.ingest.kinds_made import WORDS, epub, packed, word

_MARK = "From ines@example.org Mon Mar  2 10:00:00 2020\n"
_HEAD = "From: ines@example.org\nTo: otto@example.org\nDate: Mon, 2 Mar 2020 10:00:00 +0000\n"
_NESTED = "".join(
    f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(3000)
)


def _read(path: Path) -> tuple[list[str], str, list[Notice]]:
    """The titles, the text and the notices of a file."""
    records = list(ingest.read(path))
    titles = [record.title for record in records if isinstance(record, Source)]
    text = "".join(record.text for record in records if isinstance(record, Section))
    return titles, text, [record for record in records if isinstance(record, Notice)]


def _message(subject: str, rest: str = "") -> str:
    return f"{_MARK}{_HEAD}Subject: {subject}\n{rest or chr(10) + WORDS}\n\n"


def _saved(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("latin-1") if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "odd", ["=?nope?b?a?=", "=?utf-8?b?a?=", "=?x\xe9?q?a?=", "=?utf-7?q?+AA?=", "=?rot13?q?zz?="]
)
@pytest.mark.parametrize("header", ["Subject", "From", "To"])
def test_a_header_in_an_unknown_charset_costs_nothing(
    header: str, odd: str, tmp_path: Path
) -> None:
    strange = _message("Two").replace("Subject: Two", f"{header}: {odd} <a@example.org>", 1)
    box = _saved(tmp_path / "a.mbox", _message("One") + strange + _message("Three"))
    titles, _, _ = _read(box)
    assert (len(titles), titles[0], titles[-1]) == (3, "One", "Three")


@pytest.mark.slow
def test_a_message_of_3000_nested_parts_costs_itself(tmp_path: Path) -> None:
    deep = f"{_NESTED}Content-Type: text/plain\n\n{WORDS}"
    box = _saved(tmp_path / "a.mbox", _message("One") + _message("Two", deep) + _message("Three"))
    titles, _, notices = _read(box)
    assert titles == ["One", "Three"]
    assert [notice.message for notice in notices] == [
        "The message “Two” was left out: The parts of this message are nested too deeply."
    ]
    alone = _saved(tmp_path / "a.eml", f"{_HEAD}Subject: Two\n{deep}")
    with pytest.raises(ingest.DamagedFileError, match="nested too deeply"):
        list(ingest.read(alone))


def test_a_line_nested_too_deeply_costs_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"title": f"T{n}", "text": f"{WORDS}{n}."}) for n in range(3)]
    lines[1] = f'{{"text": "{WORDS}", "title": {"[" * 900}{"]" * 900}}}'
    titles, _, notices = _read(_saved(tmp_path / "a.jsonl", "\n".join(lines)))
    assert titles == ["T0", "T2"]
    assert notices[0].message == "The line “2” was left out: It is nested too deeply."


def _spoilt(path: Path, name: str) -> Path:
    """Change a byte in the middle of a member's packed content."""
    with zipfile.ZipFile(path) as package:
        member = package.getinfo(name)
    data = bytearray(path.read_bytes())
    data[member.header_offset + 30 + len(name) + member.compress_size // 2] ^= 0xFF
    path.write_bytes(data)
    return path


def _book(path: Path, chapters: int) -> Path:
    names = [f"c{number}.xhtml" for number in range(chapters)]
    items = "".join(
        f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = (
        '<package><metadata xmlns:dc="d"><dc:title>Salt</dc:title></metadata><manifest>'
        f'{items}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        f"<spine>{order}</spine></package>"
    )
    with zipfile.ZipFile(_saved(path, epub(WORDS))) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "a.xhtml"}
    parts |= {name: f"<h1>Of {name}</h1><p>{WORDS}</p>".encode() for name in names}
    return _saved(path, packed({**parts, "b.opf": package, "toc.ncx": "<ncx><navMap>"}))


def test_a_chapter_and_a_table_of_contents_cost_themselves(tmp_path: Path) -> None:
    path = _spoilt(_book(tmp_path / "a.epub", 3), "c1.xhtml")
    titles, text, notices = _read(path)
    assert titles == ["Salt"]
    assert "Of c0.xhtml" in text
    assert "Of c1.xhtml" not in text
    assert "Of c2.xhtml" in text
    assert sorted(notice.message.split(" was ")[0] for notice in notices) == [
        "The part “c1.xhtml”",
        "The part “table of contents”",
    ]
    for number in (0, 2):
        _spoilt(path, f"c{number}.xhtml")
    with pytest.raises(ingest.DamagedFileError, match="cut off or corrupt"):
        list(ingest.read(path))


@pytest.mark.parametrize("part", ["word/styles.xml", "docProps/core.xml", "word/footnotes.xml"])
def test_parts_beside_the_text_of_a_word_document_cost_themselves(
    part: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(_saved(tmp_path / "a.docx", word(WORDS))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    _, text, notices = _read(_saved(tmp_path / "a.docx", packed({**parts, part: b"<a"})))
    assert WORDS.strip() in text
    assert [notice.code for notice in notices] == ["part_damaged"]
    assert f"“{part}” was left out" in notices[0].message


@pytest.mark.slow
def test_a_member_of_an_archive_costs_itself(tmp_path: Path) -> None:
    deep = f"{_HEAD}Subject: Two\n{_NESTED}Content-Type: text/plain\n\n{WORDS}"
    members: dict[str, str | bytes] = {
        "a.txt": WORDS,
        "b/deep.eml": deep,
        "c.epub": epub(WORDS),
    }
    titles, _, notices = _read(_saved(tmp_path / "a.zip", packed(members)))
    assert titles == ["A", "Salt"]
    assert [notice.code for notice in notices] == ["archive_damaged"]
    assert notices[0].message.startswith("The file “b/deep.eml” was left out: ")


class _Stopped(Exception):
    """What a caller raises to stop a reading."""


def test_stopping_and_faults_of_the_system_are_no_bad_parts(tmp_path: Path) -> None:
    def stop() -> None:
        raise _Stopped

    path = _saved(tmp_path / "a.zip", packed({"a.txt": WORDS, "b.txt": WORDS}))
    with pytest.raises(_Stopped):
        list(ingest.read(path, ingest.ReadRequest(cancel=stop)))
    parts = Parts("page")
    with pytest.raises(FileNotFoundError):
        parts.value("1", (tmp_path / "none").read_bytes)
    assert list(parts.notices()) == []


def test_faults_of_the_program_are_named_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    parts = Parts("page")
    for number in range(20):
        assert parts.value(str(number), lambda: WORDS[9999:][0]) is None
    (notice,) = parts.notices()
    assert notice.message.startswith("20 pages (“0”, “1”, ")
    assert "IndexError" not in notice.message
    assert caplog.records[0].exc_info is not None
