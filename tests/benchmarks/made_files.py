"""Folders of made documents: many small ones of all kinds, and a mixed one to be interrupted on.

The same seed writes the same bytes everywhere: archives carry no times.
"""

import json
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path

from tests.benchmarks import made_pdf
from tests.benchmarks.prose import Prose

Writer = Callable[[Path, Prose, int], None]

_STILL = (1980, 1, 1, 0, 0, 0)


def text(target: Path, prose: Prose, size: int) -> None:
    """Plain text."""
    target.write_text(f"{prose.title()}\n\n{prose.text(size)}\n", encoding="utf-8")


def markdown(target: Path, prose: Prose, size: int) -> None:
    """Markdown with front matter and three chapters."""
    chapters = [f"## {prose.title()}\n\n{prose.text(size // 3)}" for _ in range(3)]
    head = f"---\ntitle: {prose.title()}\nauthor: {prose.name()}\n---\n\n"
    target.write_text(head + "\n\n".join(chapters) + "\n", encoding="utf-8")


def web_page(target: Path, prose: Prose, size: int) -> None:
    """A saved web page."""
    target.write_text(_html(prose.title(), prose.text(size)), encoding="utf-8")


def mail(target: Path, prose: Prose, size: int) -> None:
    """One message."""
    target.write_bytes(_message(prose, size, 1))


def mailbox(target: Path, prose: Prose, size: int) -> None:
    """A mailbox of eight messages."""
    with target.open("wb") as file:
        for number in range(8):
            file.write(b"From sender@example.org Thu Jan  1 00:00:00 1987\n")
            file.write(_message(prose, size // 8, number).replace(b"\nFrom ", b"\n>From ") + b"\n")


def records(target: Path, prose: Prose, size: int, each: int = 600) -> None:
    """JSON Lines of texts, one source a line."""
    with target.open("w", encoding="utf-8") as file:
        for number in range(max(1, size // each)):
            line = {"id": f"{target.stem}-{number}", "title": prose.title(),
                    "text": prose.paragraph(each // 6)}  # fmt: skip
            file.write(json.dumps(line) + "\n")


def captions(target: Path, prose: Prose, size: int) -> None:
    """Subtitles, a sentence a cue."""
    written = number = 0
    with target.open("w", encoding="utf-8") as file:
        while written < size:
            number += 1
            start, end = f"00:{number // 60:02}:{number % 60:02}", f"00:{number // 60:02}"
            written += file.write(f"{number}\n{start},000 --> {end}:{number % 60:02},900\n")
            written += file.write(prose.sentence() + "\n\n")


def table(target: Path, prose: Prose, size: int) -> None:
    """Comma-separated values with a column of text."""
    lines = ["id,title,text"]
    while sum(map(len, lines)) < size:
        lines.append(f'{len(lines)},"{prose.title()}","{prose.paragraph(40)}"')
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def pdf(target: Path, prose: Prose, size: int) -> None:
    """A PDF, of some 2,500 characters a page; the prose decides its seed only."""
    made_pdf.write(target, max(1, size // 2500), seed=sum(prose.name().encode()))


def epub(target: Path, prose: Prose, size: int) -> None:
    """A book of four chapters, or more where it is long."""
    title, count = prose.title(), max(4, size // 20_000)
    chapters = [(prose.title(), prose.text(size // count)) for _ in range(count)]
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
                    for n in range(len(chapters)))  # fmt: skip
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:identifier id='i'>{target.stem}</dc:identifier><dc:title>{title}</dc:title>"
        f"<dc:language>en</dc:language></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    members["p.opf"] = package
    for number, (heading, body) in enumerate(chapters):
        members[f"c{number}.xhtml"] = _html(heading, body, 'xmlns="http://www.w3.org/1999/xhtml"')
    _zip(target, members)


def archive(target: Path, prose: Prose, size: int) -> None:
    """A ZIP archive of six texts in two folders."""
    _zip(target, {f"part {n % 2}/{prose.name()}.txt": prose.text(size // 6) for n in range(6)})


#: Kinds of small files, with the suffix that they usually have.
SMALL: Mapping[str, Writer] = {
    ".txt": text, ".md": markdown, ".html": web_page, ".eml": mail, ".srt": captions,
    ".jsonl": records, ".csv": table, ".epub": epub, ".pdf": pdf, ".zip": archive,
}  # fmt: skip

#: How often each kind occurs among many small files: mostly texts, notes, pages and messages, as in
#: folders that people have.
NESTED: Mapping[str, int] = {
    ".txt": 6, ".md": 4, ".html": 3, ".eml": 3, ".srt": 1, ".csv": 1, ".epub": 1, ".pdf": 1,
}  # fmt: skip


def nested(folder: Path, count: int, size: int = 1500) -> int:
    """Write `count` small files of mixed kinds three folders deep; return their bytes."""
    prose = Prose(count)
    suffixes = [suffix for suffix, share in NESTED.items() for _ in range(share)]
    total = 0
    for number in range(count):
        place = folder / f"shelf {number % 10}" / f"box {number // 10 % 10}" / f"{number // 500}"
        place.mkdir(parents=True, exist_ok=True)
        suffix = suffixes[number % len(suffixes)]
        file = place / f"{prose.noun()} {number}{suffix}"
        SMALL[suffix](file, prose, size)
        total += file.stat().st_size
    return total


def mixed(folder: Path, size: int, seed: int = 7) -> int:
    """Write one file of every kind that matters when the power goes; return their bytes.

    A PDF, an EPUB, two texts, JSON Lines of many, an archive, a mailbox, Markdown, and a copy. The
    first ones are long, so that most moments are in the middle of one.
    """
    prose = Prose(seed)
    folder.mkdir(parents=True, exist_ok=True)
    pdf(folder / "paper.pdf", prose, 2 * size)
    epub(folder / "book.epub", prose, 3 * size)
    text(folder / "long.txt", prose, 8 * size)
    text(folder / "short.txt", prose, size // 8)
    records(folder / "records.jsonl", prose, 2 * size)
    archive(folder / "archive.zip", prose, size // 2)
    mailbox(folder / "letters.mbox", prose, size // 2)
    (folder / "again").mkdir(exist_ok=True)
    markdown(folder / "again" / "notes.md", prose, size // 2)
    (folder / "again" / "copy of short.txt").write_bytes((folder / "short.txt").read_bytes())
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _html(title: str, body: str, attributes: str = "") -> str:
    paragraphs = "\n".join(f"<p>{each}</p>" for each in body.split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang='en' {attributes}><head><title>{title}</title></head>"
        f"<body><h1>{title}</h1>{paragraphs}</body></html>"
    )


def _message(prose: Prose, size: int, number: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"{prose.name()} <sender@example.org>"
    message["To"] = "reader@example.org"
    message["Date"] = "Thu, 01 Jan 1987 00:00:00 +0000"
    message["Message-ID"] = f"<{number}.{prose.name()}@example.org>"
    message["Subject"] = prose.title()
    message.set_content(prose.text(size))
    return message.as_bytes()


def _zip(target: Path, members: Mapping[str, str]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _STILL), content)
