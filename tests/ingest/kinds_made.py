"""A healthy file of every kind that is read (PDF has tests of its own), made on the spot."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping

WORDS = "The ferry left at seven in the evening. Ines was on it, and nobody saw her go. "
LONG = WORDS * 12

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIL = (
    "From: ines@example.org\nTo: otto@example.org\nSubject: {0}\nMessage-ID: <{1}@example.org>\n"
    "Date: Mon, 2 Mar 2020 10:00:00 +0000\n\n{2}\n"
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these members; the first is stored as it is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(parts.items()):
            package.writestr(name, content, zipfile.ZIP_STORED if number == 0 else None)
    return target.getvalue()


def epub(words: str) -> bytes:
    """One chapter."""
    container = (
        '<container><rootfiles><rootfile full-path="b.opf" media-type="x"/></rootfiles></container>'
    )
    package = (
        '<package><metadata xmlns:dc="d"><dc:title>Salt</dc:title></metadata><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    chapter = f"<html><body><h1>One</h1><p>{words}</p></body></html>" if words else "<html/>"
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "b.opf": package,
            "a.xhtml": chapter,
        }
    )


def word(words: str) -> bytes:
    """One paragraph."""
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{_W}"><w:body>{paragraph}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def odt(words: str) -> bytes:
    """One paragraph."""
    content = (
        '<o:document-content xmlns:o="o" xmlns:text="t"><o:body><o:text>'
        f"<text:p>{words}</text:p></o:text></o:body></o:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _mail(words: str) -> bytes:
    return _MAIL.format("Ferry" if words.strip() else "", 1, words).encode()


def _mailbox(words: str) -> bytes:
    mark = "From ines@example.org Mon Mar  2 10:00:00 2020\n"
    subject = "Ferry" if words.strip() else ""
    return "".join(mark + _MAIL.format(subject, n, words) + "\n" for n in range(3)).encode()


def _texts(name: str, words: str) -> list[dict[str, str]]:
    texts = [f"{words}{n}." if words.strip() else "" for n in range(4)]
    return [{"id": str(n), "title": f"T{n}", name: text} for n, text in enumerate(texts)]


def _lines(words: str) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _texts("text", words)).encode()


def _json(words: str) -> bytes:
    return json.dumps(_texts("body", words), indent=1).encode()


def _markdown(words: str) -> bytes:
    return f"# Ferry\n\n{words}\n\n- {words}\n".encode() if words.strip() else b"# \n\n- \n"


def _table(words: str) -> bytes:
    return ("title,text\n" + "".join(f'T{n},"{words}"\n' for n in range(4))).encode()


def _captions(head: str, mark: str) -> Callable[[str], bytes]:
    def made(words: str) -> bytes:
        times = f"00:00:01{mark}000 --> 00:00:09{mark}000"
        return f"{head}1\n{times}\n{words}\n\n2\n{times.replace('01', '11', 1)}\n{words}\n".encode()

    return made


#: Suffix -> what makes such a file of some words.
MADE: dict[str, Callable[[str], bytes]] = {
    "txt": lambda words: f"{words}\n\n{words}\n".encode(),
    "md": _markdown,
    "html": lambda words: f"<!doctype html><title>T</title><body><p>{words}</p>".encode(),
    "epub": epub,
    "docx": word,
    "odt": odt,
    "rtf": lambda words: ("{\\rtf1\\ansi " + words + "\\par}").encode(),
    "srt": _captions("", ","),
    "vtt": _captions("WEBVTT\n\n", "."),
    "eml": _mail,
    "mbox": _mailbox,
    "jsonl": _lines,
    "json": _json,
    "csv": _table,
    "zip": lambda words: packed({"a.txt": words, "b/c.txt": words}),
}
