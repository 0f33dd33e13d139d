"""What a file is, told by its content; what is refused, and how; JSON Lines."""

import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import Read, check_laws

TEXT = "Ines left the village in March. Nobody saw her go. Her brother kept the accounts."


def save(folder: Path, content: bytes, name: str) -> Path:
    """Write a file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "wrong.pdf", "wrong.epub", "no suffix", "كتاب 📚 ملاحظات.txt", "a%20b#c?.md"],
)
def test_i3_content_decides_and_any_name_works(name: str, tmp_path: Path, read: Read) -> None:
    try:
        path = save(tmp_path, TEXT.encode(), name)
    except OSError:
        pytest.skip("this file system does not allow the name")
    assert ingest.sniff(path) == "text"
    assert read(path).text == TEXT


def zipped(**files: bytes) -> bytes:
    """A ZIP archive of these files."""
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"SQLite format 3\x00" + b"\x00" * 90, "SQLite"),
        (b"\x1f\x8b\x08" + b"\x00" * 50, "Gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "Office"),
        (b"\x7fELF\x02\x01" + b"\x00" * 50, "program"),
        (zipped(**{"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "program"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (bytes(range(256)) * 20, "can't read"),
    ],
)
def test_what_is_not_read_is_refused_by_name(content: bytes, word: str, tmp_path: Path) -> None:
    path = save(tmp_path, content, "book.txt")
    with pytest.raises(ingest.UnsupportedFileError) as caught:
        list(ingest.read(path))
    assert word.lower() in caught.value.message.lower()
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")


def test_a_folder_a_lost_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ingest.UnsupportedFileError, match="folder"):
        ingest.sniff(tmp_path)
    with pytest.raises(ingest.MissingFileError, match="gone"):
        ingest.sniff(tmp_path / "gone.txt")
    with pytest.raises(ingest.EmptyFileError):
        ingest.sniff(save(tmp_path, b"", "empty.epub"))


def test_a_cut_off_zip_is_damaged(tmp_path: Path) -> None:
    whole = zipped(first=b"x" * 5000, second=b"y" * 5000)
    with pytest.raises(ingest.DamagedFileError):
        ingest.sniff(save(tmp_path, whole[: len(whole) // 2], "cut.zip"))


@pytest.mark.slow
@given(content=st.binary(max_size=400))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_in_our_words(content: bytes, tmp_path: Path) -> None:
    path = save(tmp_path, content, "anything.bin")
    try:
        records = list(ingest.read(path))
    except ingest.IngestError:
        # Any other error would fail the test.
        return
    sections = [record for record in records if isinstance(record, Section)]
    check_laws(sections, "".join(section.text for section in sections))


def test_reading_can_be_stopped_followed_and_taken_up_again(tmp_path: Path) -> None:
    text = "".join(f"CHAPTER {n}\n\n{TEXT}\n\n" for n in range(1, 9))
    path = save(tmp_path, text.encode(), "book.txt")
    seen: list[tuple[int, int, str]] = []
    whole = list(
        ingest.read(path, ingest.ReadRequest(report=lambda *progress: seen.append(progress)))
    )
    assert seen[-1] == (len(text), len(text), "characters")
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    rest = list(ingest.read(path, ingest.ReadRequest(start_section=5)))
    assert rest == [whole[0], *whole[6:]]

    class Stop(Exception):
        pass

    def cancel() -> None:
        if len(got) == 3:
            raise Stop

    got: list[ingest.Reading] = []
    with pytest.raises(Stop):
        got.extend(_each(path, got, cancel))
    assert got == whole[:3]


def _each(path: Path, got: list[ingest.Reading], cancel: object) -> list[ingest.Reading]:
    assert callable(cancel)
    for record in ingest.read(path, ingest.ReadRequest(cancel=cancel)):
        got.append(record)
    return []


# -- JSON Lines ------------------------------------------------------------------------------------


def lines(*records: object) -> bytes:
    """JSON Lines of these records; strings stand as they are."""
    texts = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    return "".join(f"{text}\n" for text in texts).encode()


def test_each_json_line_is_a_source(tmp_path: Path) -> None:
    first = {"id": "a1", "title": "Harbour", "text": TEXT, "date": "2021-03-04", "author": "Hale"}
    path = save(tmp_path, lines(first, "", {"id": 7, "text": "好。" * 3}), "chat.txt")
    records = list(ingest.read(path))
    one, section, two, _ = records
    assert isinstance(one, Source)
    assert isinstance(section, Section)
    assert isinstance(two, Source)
    assert (one.key, one.title, one.author, one.date) == ("a1", "Harbour", "Hale", "2021-03-04")
    assert (one.kind, one.language, section.title, section.text) == ("record", "en", "", TEXT)
    assert [passage.text for passage in section.passages] == [TEXT]
    assert (two.key, two.language, two.title) == ("7", "zh", "好。好。好。")
    assert one.content_hash != two.content_hash


def test_the_hash_of_a_record_is_that_of_its_meaning(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        b'{"id": "1", "text": "caf\\u00e9"}\n'
        b'{"text":"caf\xc3\xa9","id":"1"}\n'
        b'{"id":"1","text":"x"}\n',
        "same.jsonl",
    )
    hashes = [r.content_hash for r in ingest.read(path) if isinstance(r, Source)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = {"id": "1", "text": "One. Two."}
    path = save(tmp_path, lines(good, "{broken", "[1]", {"id": 2}, good | {"id": "3"}), "x.jsonl")
    records = list(ingest.read(path))
    assert [r.key for r in records if isinstance(r, Source)] == ["1", "3"]
    notices = [r.message for r in records if isinstance(r, Notice)]
    assert [message.split(" ")[:2] for message in notices] == [
        ["Line", "2"],
        ["Line", "3"],
        ["Line", "4"],
    ]


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_kept(tmp_path: Path) -> None:
    path = save(tmp_path, b'{"id": "1", "text": "bad \\ud800 here."}\n', "x.jsonl")
    section = next(r for r in ingest.read(path) if isinstance(r, Section))
    section.text.encode()
    check_laws([section], section.text)


def test_importing_ingest_loads_no_reader() -> None:
    code = (
        "import sys, ingest; "
        "print([m for m in ('numpy', 'pypdfium2', 'selectolax', 'charset_normalizer', 'sentencex',"
        " 'PySide6', 'workbench') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def spoilt(whole: bytes, seed: int) -> bytes:
    """The bytes of a file after an accident: cut, overwritten here and there, or with a gap."""
    chance = random.Random(seed)
    data = bytearray(whole)
    if seed % 3 == 0:
        return bytes(data[: chance.randrange(len(data))])
    if seed % 3 == 1:
        for _ in range(chance.randrange(1, 60)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 2000)]
    return bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["the-trace.pdf", "the-trace.epub"])
def test_spoilt_books_are_read_or_refused_in_our_words(name: str, tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "resources" / "sample" / name
    whole = sample.read_bytes()
    for seed in range(24):
        path = save(tmp_path, spoilt(whole, seed), f"{seed}.bin")
        try:
            records = list(ingest.read(path))
        except ingest.IngestError:
            # Any other error would fail the test.
            continue
        sections = [record for record in records if isinstance(record, Section)]
        check_laws(sections, "".join(section.text for section in sections))


HTML = "<!doctype html><html><body><h1>One</h1><p>{}</p></body></html>"
MAIL = "From: a@x\nTo: b@x\nDate: Mon, 06 May 2024 10:11:12 +0200\nSubject: One\n\n{}\n"
MARKED = "---\ntitle: One\n---\n\n# One\n\n{}\n"
TIMED = "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n{}\n"
ODT = (
    '<d xmlns:office="o" xmlns:text="t"><office:body><office:text><text:p>{}</text:p>'
    "</office:text></office:body></d>"
)
DOCX = '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>'


def samples() -> dict[str, bytes]:
    """A small file of every kind, by kind."""

    def text(form: str) -> bytes:
        return form.replace("{}", TEXT).encode()

    mime = b"application/vnd.oasis.opendocument.text"
    return {
        "text": TEXT.encode(),
        "markdown": text(MARKED),
        "html": text(HTML),
        "rtf": b"{\\rtf1\\ansi\\pard " + TEXT.encode() + b"\\par}",
        "word": zipped(**{"[Content_Types].xml": b"<T/>", "word/document.xml": text(DOCX)}),
        "odt": zipped(**{"mimetype": mime, "content.xml": text(ODT)}),
        "captions": text(TIMED),
        "mail": text(MAIL),
        "mailbox": b"From a@x Mon May  6 10:11:12 2024\n" + text(MAIL),
        "record": lines({"id": "1", "text": TEXT}),
        "archive": zipped(**{"a.html": text(HTML), "b.eml": text(MAIL)}),
    }


@pytest.mark.parametrize("kind", sorted(samples()))
def test_i3_each_kind_is_told_by_its_content_under_a_wrong_name(kind: str, tmp_path: Path) -> None:
    path = save(tmp_path, samples()[kind], "wrong.pdf")
    assert ingest.sniff(path) == kind
    records = list(ingest.read(path))
    assert isinstance(records[0], Source)
    sections = [record for record in records if isinstance(record, Section)]
    assert any(TEXT.split(". ")[0] in section.passages[0].text for section in sections)
    with pytest.raises(ingest.MissingFileError):
        list(ingest.read(tmp_path / "gone"))


@pytest.mark.parametrize("kind", sorted(samples()))
def test_i14_spoilt_files_of_every_kind_are_read_or_refused_in_our_words(
    kind: str, tmp_path: Path
) -> None:
    whole = samples()[kind] * (1 if samples()[kind].startswith(b"PK") else 3)
    for seed in range(30):
        path = save(tmp_path, spoilt(whole, seed), f"{seed}.bin")
        try:
            records = list(ingest.read(path))
        except ingest.IngestError as error:
            # Any other error would fail the test.
            told = error.message, error.hint
            if not all(part.endswith((".", "”")) for part in told):
                pytest.fail(f"no sentence: {told}")
            continue
        group: list[Section] = []
        for record in [*records, None]:
            if isinstance(record, Section):
                group.append(record)
            elif record is None or isinstance(record, Source):
                check_laws(group, "".join(section.text for section in group))
                group = []


@pytest.mark.corpus
def test_books_in_plain_text_are_taken_for_nothing_else(tmp_path: Path) -> None:
    folder = Path(os.environ.get("WORKBENCH_CORPUS", "../shared/data")) / "books"
    if not folder.is_dir():
        pytest.skip("the evaluation data is not here (WORKBENCH_CORPUS)")
    for path in sorted(folder.glob("*.txt")):
        assert ingest.sniff(path) == "text"
        for suffix in (".csv", ".eml", ".html", ".vtt"):
            copy = tmp_path / f"book{suffix}"
            copy.write_bytes(path.read_bytes())
            assert ingest.sniff(copy) == "text", (path.name, suffix)


@pytest.mark.slow
@pytest.mark.corpus
def test_a_book_reads_the_same_as_text_and_as_html() -> None:
    folder = Path(os.environ.get("WORKBENCH_CORPUS", "../shared/data")) / "books"
    if not folder.is_dir():
        pytest.skip("the evaluation data is not here (WORKBENCH_CORPUS)")

    def words(path: Path) -> Counter[str]:
        passages = [
            passage.text + " " + section.title
            for section in ingest.read(path)
            if isinstance(section, Section)
            for passage in section.passages
        ]
        text = " ".join(passages).lower().replace("_", "")
        return Counter(re.findall("[a-z]+", text))

    plain = words(folder / "dorian-gray.txt")
    page = words(folder / "formats" / "dorian-gray.gutenberg.htm")
    assert ((plain - page) + (page - plain)).total() < plain.total() // 200


def test_readers_of_files_without_pages_know_no_pages_to_leave_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The mill stood still that winter.\n")
    assert list(ingest.read(path, ingest.ReadRequest(left_out=frozenset([1])))) == list(
        ingest.read(path)
    )
