"""Files of kinds that are known and not read: named, with a next step, also in a folder."""

import io
import json
import tarfile
from pathlib import Path

import pytest

import ingest
from ingest.errors import ForeignFormatError
from tests.ingest.kinds_made import WORDS, packed
from workbench.cli.main import main

_TYPES = "[Content_Types].xml"


def _old(*names: str) -> bytes:
    """The beginning of an old Office file, far behind which its directory says what it is."""
    directory = b"".join(name.encode("utf-16-le") + bytes(64) for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200_000) + directory + bytes(500)


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        member = tarfile.TarInfo("a.txt")
        member.size = len(WORDS)
        archive.addfile(member, io.BytesIO(WORDS.encode()))
    return target.getvalue()


_DRAWING = "application/vnd.oasis.opendocument.graphics"

#: File name -> its content, what it is called and what the next step speaks of.
_FILES: dict[str, tuple[bytes, str, str]] = {
    "a.doc": (_old("Root Entry", "WordDocument"), "old Word document", "DOCX"),
    "a.xls": (_old("Workbook"), "old Excel workbook", "CSV"),
    "a.ppt": (_old("PowerPoint Document"), "old PowerPoint presentation", "PDF"),
    "a.msg": (_old("__substg1.0_0037001F"), "Outlook message", ".eml"),
    "a.ole": (_old("Else"), "old Microsoft Office document", "PDF"),
    "a.odg": (packed({"mimetype": _DRAWING, "content.xml": "<a/>"}), "drawing", "PDF"),
    "a.chm": (b"ITSF\x03\0\0\0" + bytes(200), "compiled help file", "HTML"),
    "a.gz": (b"\x1f\x8b\x08" + bytes(50), "Gzip archive", "Unpack"),
    "a.tar": (_tar(), "tar archive", "Unpack"),
    "a.rar": (b"Rar!\x1a\x07\x01\x00" + bytes(50), "RAR archive", "Unpack"),
}


@pytest.mark.parametrize("name", _FILES)
def test_a_kind_that_is_not_read_is_named_with_a_next_step(name: str, tmp_path: Path) -> None:
    content, what, step = _FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ForeignFormatError) as refused:
        list(ingest.read(path))
    assert what in refused.value.message
    assert step in refused.value.hint


@pytest.mark.slow
def test_each_of_them_in_a_folder_gets_its_own_sentence_and_programs_are_named_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name, (content, _, _) in _FILES.items():
        (folder / name).write_bytes(content)
    (folder / "book.txt").write_text(WORDS)
    (folder / "tool.bin").write_bytes(b"\x7fELF" + bytes(100))
    (folder / "gone").symlink_to(folder / "nowhere")
    main(["--library", str(tmp_path / "x.brain"), "--json", "add", str(folder)])
    printed = capsys.readouterr()
    rows = [json.loads(line) for line in printed.out.splitlines()]
    skipped = {Path(row["path"]).name: row for row in rows if row["state"] == "skipped"}
    told = {Path(row["path"]).name: row["error"] for row in rows if row["state"] != "skipped"}
    assert told.pop("book.txt") is None
    assert set(told) == set(_FILES)
    for name, (_, what, step) in _FILES.items():
        assert what in told[name]
        assert step in told[name]
    assert set(skipped) == {"tool.bin", "gone"}
    assert skipped["tool.bin"]["error"] is None
    assert skipped["tool.bin"]["notices"] == ["This is a program; programs are not read."]
    assert "leads nowhere" in skipped["gone"]["notices"][0]
    main(["--library", str(tmp_path / "y.brain"), "add", str(folder)])
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in lines if line.startswith("–")] == [
        "– gone",
        "– tool.bin",
    ]
