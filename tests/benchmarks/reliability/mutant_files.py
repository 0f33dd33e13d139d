"""Files of every kind that is read, to be changed: made here, and the peers' where they lie.

Small ones, so that thousands can be tried; each of them is read without a complaint before.
"""

import io
import json
import os
import sqlite3
import struct
import wave
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks import made_files
from tests.benchmarks.prose import Prose

#: Larger files of the peers are left out: reading one takes as long as reading fifty others.
_MOST = 300_000

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(folder: Path, peers: Path | None = None) -> list[Path]:
    """Write a file of each kind; return them, and those of the peers below a folder, in order."""
    prose = Prose(8)
    made = []
    for suffix, writer in made_files.SMALL.items():
        made.append(folder / f"made{suffix}")
        writer(made[-1], prose, 3000)
    made_files.mailbox(folder / "made.mbox", prose, 4000)
    made.append(folder / "made.mbox")
    for suffix, bytes_of in _OTHERS.items():
        made.append(folder / f"made{suffix}")
        made[-1].write_bytes(bytes_of(prose))
    _database(folder / "made.sqlite")
    made.append(folder / "made.sqlite")
    if peers is not None:
        found = sorted(path for path in peers.rglob("*") if path.is_file())
        made += [path for path in found if 0 < path.stat().st_size <= _MOST]
    return made


def peers() -> Path | None:
    """The folder of the peers' documents, where `WORKBENCH_CORPUS` leads to it."""
    folder = Path(os.environ.get("WORKBENCH_CORPUS", "../shared/data")) / "peers" / "files"
    return folder if folder.is_dir() else None


def word(prose: Prose) -> bytes:
    """A Word document with headings, footnotes, tables and properties."""
    runs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{prose.title()}</w:t></w:r>'
        f"</w:p><w:p><w:r><w:t>{prose.paragraph(60)}</w:t></w:r><w:r>"
        '<w:footnoteReference w:id="2"/></w:r>'
        "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b"
        "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        for _ in range(3)
    )
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name '
        'w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    notes = (
        f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="2"><w:p><w:r><w:t>{prose.sentence()}</w:t>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    core = (
        '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>'
        f"{prose.title()}</dc:title><dc:created>2020-03-02</dc:created></c:coreProperties>"
    )
    return _zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{runs}</w:body></w:document>',
            "word/styles.xml": styles,
            "word/footnotes.xml": notes,
            "docProps/core.xml": core,
        }
    )


def _open_document(prose: Prose) -> bytes:
    body = "".join(
        f'<text:h text:outline-level="1">{prose.title()}</text:h><text:p>{prose.paragraph(60)}'
        f'<text:s text:c="3"/>x<text:note><text:note-body><text:p>{prose.sentence()}</text:p>'
        "</text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell>"
        "<text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row></table:table>"
        for _ in range(3)
    )
    content = (
        '<o:document-content xmlns:o="o" xmlns:text="t" xmlns:table="b"><o:body><o:text>'
        f"{body}</o:text></o:body></o:document-content>"
    )
    meta = f"<o:meta xmlns:o='o'><title>{prose.title()}</title><date>2020-03-02</date></o:meta>"
    kind = "application/vnd.oasis.opendocument.text"
    return _zip({"mimetype": kind, "content.xml": content, "meta.xml": meta})


def _rich_text(prose: Prose) -> bytes:
    paragraphs = "".join(
        f"\\pard\\s1\\outlinelevel0 {prose.title()}\\par\\pard {prose.paragraph(60)}\\'e9\\u8217 ?"
        f"{{\\footnote {prose.sentence()}}}\\par\\trowd a\\cell b\\cell\\row "
        for _ in range(3)
    )
    styles = "{\\stylesheet{\\s1\\outlinelevel0 heading 1;}{\\s2 Title;}}"
    head = f"\\rtf1\\ansi\\ansicpg1252{styles}{{\\info{{\\title T}}}}"
    return f"{{{head}{paragraphs}}}".encode("ascii")


def _voices(prose: Prose) -> bytes:
    cues = "".join(
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.500 align:start\n<v Ines>{prose.sentence()}"
        f"<00:00:{n:02}.500><c> and on</c>\n\n"
        for n in range(12)
    )
    return f"WEBVTT\nKind: captions\n\nNOTE x\n\n{cues}".encode()


def _json(prose: Prose) -> bytes:
    texts = [
        {"id": n, "title": prose.title(), "body": prose.paragraph(30), "date": "2020-03-02"}
        for n in range(4)
    ]
    return json.dumps({"articles": texts}, indent=1).encode()


def _json3(prose: Prose) -> bytes:
    events = [
        {"tStartMs": n * 1000, "dDurationMs": 900, "segs": [{"utf8": f"{word} ", "tOffsetMs": 10}]}
        for n, word in enumerate(prose.paragraph(40).split())
    ]
    return json.dumps({"wireMagic": "pb3", "events": events}).encode()


def _video(prose: Prose) -> bytes:
    return json.dumps(
        {
            "_type": "video",
            "title": prose.title(),
            "uploader": prose.name(),
            "upload_date": "20200302",
            "duration": 60,
            "description": prose.text(400),
            "chapters": [{"start_time": 0, "end_time": 30, "title": prose.title()}],
        }
    ).encode()


def _picture(form: str) -> Callable[[Prose], bytes]:
    def made(_prose: Prose) -> bytes:
        from PIL import Image

        target = io.BytesIO()
        picture = Image.new("RGB", (48, 32), (200, 120, 40))
        exif = Image.Exif()
        exif[0x010E], exif[0x0132] = "A boat", "2020:03:02 10:00:00"
        more: dict[str, Any] = {"exif": exif} if form in ("JPEG", "PNG", "WEBP") else {}
        if form == "TIFF":
            more = {"save_all": True, "append_images": [picture]}
        picture.save(target, form, **more)
        return target.getvalue()

    return made


def _sound(_prose: Prose) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", n * 97 % 9000) for n in range(4000)))
    return target.getvalue()


def _film(form: str, codec: str) -> Callable[[Prose], bytes]:
    def made(_prose: Prose) -> bytes:
        import av
        import numpy as np

        target = io.BytesIO()
        with av.open(target, "w", format=form, options={"fflags": "+bitexact"}) as container:
            stream: Any = container.add_stream(codec, rate=48000)
            tone = (np.sin(np.arange(48000) / 30) * 9000).astype(np.int16).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
            frame.rate = 48000
            resampler = av.AudioResampler(
                stream.codec_context.format, stream.codec_context.layout, 48000
            )
            for each in resampler.resample(frame):
                container.mux(stream.encode(each))
            container.mux(stream.encode(None))
        return target.getvalue()

    return made


def _database(target: Path) -> None:
    with closing(sqlite3.connect(target)) as connection:
        connection.executescript(
            "CREATE TABLE grower (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT "
            "CHECK (kind IN ('a', 'b')));"
            "CREATE TABLE crop (id INTEGER PRIMARY KEY, grower INTEGER REFERENCES grower(id));"
            "CREATE VIEW both AS SELECT name FROM grower JOIN crop ON crop.grower = grower.id;"
            "INSERT INTO grower VALUES (1, 'Ines', 'a');"
        )


def _zip(members: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def _mixed(prose: Prose) -> bytes:
    text = prose.paragraph(40)
    return _zip(
        {
            "a.txt": text,
            "b.html": f"<!doctype html><p>{text}</p>",
            "c.eml": f"From: a@example.org\nTo: b@example.org\nDate: x\nSubject: s\n\n{text}\n",
            "d.jsonl": json.dumps({"text": text}),
            "e/f.csv": f"title,text\nA,{text}\nB,{text}\n",
        }
    )


_OTHERS: Mapping[str, Callable[[Prose], bytes]] = {
    ".docx": word, ".odt": _open_document, ".rtf": _rich_text, ".vtt": _voices, ".json": _json,
    ".json3": _json3, ".info.json": _video, ".png": _picture("PNG"), ".jpg": _picture("JPEG"),
    ".gif": _picture("GIF"), ".bmp": _picture("BMP"), ".tiff": _picture("TIFF"),
    ".webp": _picture("WEBP"), ".wav": _sound, ".mp4": _film("mp4", "aac"),
    ".webm": _film("webm", "libopus"), ".tar.zip": _mixed,
}  # fmt: skip
