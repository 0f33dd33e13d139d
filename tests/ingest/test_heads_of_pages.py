"""Headers and footers: what only they say is read once; page numbers and titles are not."""

from pathlib import Path

import pytest

from tests.ingest.conftest import Read
from tests.ingest.marked import RTF_HEAD, docx, odf

FEET = ("Contract WS-4417 of 2 May", "Page 3 of 9", "The loom is let.", "- 4 -")


def _word(path: Path) -> Path:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in FEET)
    body = "<w:p><w:r><w:t>The loom is let.</w:t></w:r></w:p>"
    return docx(
        path,
        body,
        header1=f"<w:hdr @W>{paragraphs}</w:hdr>",
        footer2=f"<w:ftr @W>{paragraphs}</w:ftr>",
    )


def _odt(path: Path) -> Path:
    lines = "".join(f"<text:p>{line}</text:p>" for line in FEET)
    styles = f"<style:master-page><style:footer>{lines}</style:footer></style:master-page>"
    return odf(path, "text", "<text:p>The loom is let.</text:p>", styles)


def _rtf(path: Path) -> Path:
    lines = r"\par ".join(FEET)
    path.write_text(
        RTF_HEAD
        + rf"{{\header {lines}\par}}{{\footerr \f0 {lines}\par}}\pard The loom is let.\par}}"
    )
    return path


@pytest.mark.parametrize("make", [_word, _odt, _rtf])
def test_what_only_a_header_says_is_read_once(make: object, tmp_path: Path, read: Read) -> None:
    assert callable(make)
    book = read(make(tmp_path / "a"))
    assert book.sentences == ["The loom is let.", FEET[0]]
    assert len(book.passages) == 2
