"""Files far larger than their words: lines of 200 MB, attachments, ten thousand chapters.

Each is read in a process of its own whose memory the system reports; nothing here looks at a clock.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.kinds_made import WORDS, packed
from tests.patience import seconds

_HEAD = (
    "From: a@example.org\nTo: b@example.org\nSubject: Ferry\nMessage-ID: <1@example.org>\n"
    "Date: Mon, 2 Mar 2020 10:00:00 +0000\n"
)
_MARK = "From a@example.org Mon Mar  2 10:00:00 2020\n"
_SMALL = "A small row of text with several words in it stands here."
#: Characters after which the rest of a reading may be believed.
_ENOUGH = 12_000_000

_CHILD = """
import json, pathlib, re, resource, sys
from ingest import IngestError, read
told = {"error": "", "code": "", "notices": [], "words": 0, "longest": 0, "read": 0}
try:
    for record in read(sys.argv[1]):
        if hasattr(record, "passages"):
            told["words"] += sum(len(p.text.split()) for p in record.passages)
            told["longest"] = max(told["longest"], len(record.text))
            told["read"] += len(record.text)
            if told["read"] > int(sys.argv[2]):
                break
        elif hasattr(record, "pages"):
            told["notices"].append(record.message)
except IngestError as error:
    told["error"], told["code"] = str(error), error.code
told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
status = pathlib.Path("/proc/self/status")
if status.exists():
    # Linux counts towards the figure above what the process that started this one had.
    told["memory"] = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) * 1024
print(json.dumps(told))
"""


def _pieces(kind: str, size: int) -> Iterator[str]:
    """A file of this kind with a line of `size` characters."""
    line = (WORDS for _ in range(size // len(WORDS)))
    opening, closing = {
        "txt": ("", ""),
        "md": ("# Ferry\n\n*One* line.\n\n", "\n"),
        "html": ("<!doctype html><p>", ""),
        "jsonl": (f'{{"text":"{_SMALL}"}}\n{{"text":"', f'"}}\n{{"text":"{_SMALL}"}}\n'),
        "csv": (f'id,text\n1,{_SMALL}\n2,"', f'"\n3,{_SMALL}\n4,{_SMALL}\n'),
        "eml": (f"{_HEAD}\n", ""),
        "srt": ("1\n00:00:01,000 --> 00:00:09,000\n", "\n"),
        "rtf": ("{\\rtf1\\ansi ", "\\par}"),
    }[kind]
    yield opening
    yield from line
    yield closing


def _write(path: Path, pieces: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(pieces)
    return path


def _read(path: Path, enough: int = _ENOUGH) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path), str(enough)],
        capture_output=True, text=True, timeout=seconds(110), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _number(told: dict[str, object], name: str) -> int:
    value = told[name]
    assert isinstance(value, int)
    return value


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is reported on Unix")
@pytest.mark.parametrize("kind", ["txt", "md", "html", "jsonl", "csv", "eml", "srt", "rtf"])
def test_i14_a_line_of_200_mb_costs_bounded_memory(kind: str, tmp_path: Path) -> None:
    path = _write(tmp_path / f"line.{kind}", _pieces(kind, 200_000_000))
    told = _read(path)
    path.unlink()
    assert _number(told, "memory") < 900_000_000, told
    assert _number(told, "longest") < 500_000
    if kind in {"jsonl", "csv"}:
        # What is too long is named; what stands before and after it is read.
        assert _number(told, "words") >= 2 * len(_SMALL.split())
        notices = told["notices"]
        assert isinstance(notices, list)
        assert len(notices) == 1
        assert "ine 2" in notices[0] or "line 3" in notices[0]
    elif kind in {"txt", "md"}:
        assert _number(told, "words") > 1_000_000
        assert not told["error"]
    else:
        assert told["code"] == "too_large"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["txt", "md", "html", "jsonl", "csv", "eml", "rtf"])
def test_i14_a_line_of_two_mb_comes_whole_and_in_pieces(kind: str, tmp_path: Path) -> None:
    from ingest import Section, read

    path = _write(tmp_path / f"line.{kind}", _pieces(kind, 2_000_000))
    sections = [record for record in read(path) if isinstance(record, Section)]
    words = sum(len(passage.text.split()) for part in sections for passage in part.passages)
    assert words >= 2_000_000 // len(WORDS) * len(WORDS.split())
    assert max(len(section.text) for section in sections) < 100_000
    # Pieces end where sentences do.
    texts = [section.text.strip() for section in sections if len(section.text) > 1000]
    assert len(texts) > 20
    assert all(text.endswith(".") for text in texts)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is reported on Unix")
def test_i14_attachments_of_100_mb_cost_the_memory_of_their_message(tmp_path: Path) -> None:
    line = base64.b64encode(bytes(range(57))).decode() + "\n"
    opening = (
        f'{_MARK}{_HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary="x=y"\n\n'
        f"--x=y\nContent-Type: text/plain\n\n{WORDS}\n--x=y\nContent-Type: application/zip\n"
        'Content-Disposition: attachment; filename="big.zip"\n'
        "Content-Transfer-Encoding: base64\n\n"
    )

    def pieces() -> Iterator[str]:
        for _ in range(2):
            yield opening
            for _ in range(100_000_000 // len(line)):
                yield line
            yield "--x=y\nContent-Type: text/plain\n\nThe end of it.\n--x=y--\n\n"

    path = _write(tmp_path / "big.mbox", pieces())
    told = _read(path)
    path.unlink()
    assert _number(told, "memory") < 150_000_000
    assert _number(told, "words") == 2 * (len(WORDS.split()) + 4)
    assert len(set(map(str, told["notices"]))) == 1 if isinstance(told["notices"], list) else False


def _chapters(count: int) -> dict[str, str | bytes]:
    items = "".join(
        f'<item id="i{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(count)
    )
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(count))
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "b.opf": f"<package><manifest>{items}</manifest><spine>{refs}</spine></package>",
        **{
            f"c{n}.xhtml": f"<html><body><h1>Chapter {n}</h1><p>The {n} words.</p></body></html>"
            for n in range(count)
        },
    }


@pytest.mark.slow
@pytest.mark.timeout(seconds(60))
def test_headings_with_next_to_nothing_under_them_keep_their_words(tmp_path: Path) -> None:
    """Once, each of them looked at all that follow: ten thousand took half a minute."""
    from ingest import Section, read

    path = tmp_path / "many.txt"
    path.write_text("".join(f"CHAPTER {n}\n\nA few words of it.\n\n" for n in range(1, 20_001)))
    sections = [record for record in read(path) if isinstance(record, Section)]
    words = sum(len(p.text.split()) for section in sections for p in section.passages)
    assert words >= 20_000 * 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["epub", "docx", "html", "md", "txt"])
def test_i11_ten_thousand_chapters_are_ten_thousand_sections(kind: str, tmp_path: Path) -> None:
    from ingest import Section, read

    count = 10_000
    path = tmp_path / f"many.{kind}"
    if kind == "epub":
        path.write_bytes(packed(_chapters(count)))
    elif kind == "docx":
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = "".join(
            '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>'
            f"Chapter {n}</w:t></w:r></w:p><w:p><w:r><w:t>The {n} words.</w:t></w:r></w:p>"
            for n in range(count)
        )
        whole = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        path.write_bytes(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": whole}))
    else:
        heading = {
            "html": "<h1>Chapter {0}</h1><p>The {0} words.</p>\n",
            "md": "# Chapter {0}\n\nThe {0} *good* words.\n\n",
            "txt": "CHAPTER {0}\n\nThe {0} words were said to everybody who was there.\n\n",
        }
        start = "<!doctype html><body>" if kind == "html" else ""
        path.write_text(start + "".join(heading[kind].format(n) for n in range(count)))
    sections = [record for record in read(path) if isinstance(record, Section)]
    assert sum(bool(section.passages) for section in sections) >= count
