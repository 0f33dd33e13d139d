"""PDF files that no program should have written: one clear sentence each, in bounded time."""

import random
import tracemalloc
import zlib
from pathlib import Path

import pytest

import ingest
from ingest.books import pdf_page, pdfium
from ingest.books.pdfium import render
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import Read
from tests.ingest.pdf_layouts.raw import Raw

WORDS = "The ferry left at seven and nobody on the quay knew where it went."
LINE = f"BT /F 11 Tf 72 500 Td ({WORDS}) Tj ET"


def one_page(path: Path, content: str = LINE, box: str = "[0 0 595 842]") -> Path:
    """A file of one page."""
    raw = Raw()
    root = raw.pages([content], {"F": raw.font()}, box=box)
    return raw.save(path, root)


def refused(path: Path) -> ingest.IngestError:
    """The error that reading a file raises: one sentence or two, and a next step."""
    with pytest.raises(ingest.IngestError) as caught:
        list(ingest.read(path))
    error = caught.value
    assert error.hint
    assert error.message.endswith(".")
    assert "\n" not in error.message
    return error


def text_of(path: Path) -> str:
    """The whole text of a file."""
    return "".join(each.text for each in ingest.read(path) if isinstance(each, Section))


def test_i14_a_pdf_of_no_bytes_or_no_pages(tmp_path: Path) -> None:
    empty = tmp_path / "a.pdf"
    empty.write_bytes(b"")
    assert refused(empty).code == "empty"
    stub = tmp_path / "b.pdf"
    stub.write_bytes(b"%PDF-1.7\n")
    assert refused(stub).code == "damaged"
    raw = Raw()
    root = raw.pages([], {})
    assert refused(raw.save(tmp_path / "c.pdf", root)).code == "damaged"


def test_a_pdf_by_another_name_is_read_and_another_kind_by_its_name_is_not(
    tmp_path: Path, read: Read
) -> None:
    path = one_page(tmp_path / "a.docx")
    assert read(path).text == WORDS
    text = tmp_path / "b.pdf"
    text.write_text("The mill stood still that winter, and so did the wheel.\n")
    assert next(iter(ingest.read(text))).kind == "text"  # type: ignore[union-attr]


def test_a_page_tree_that_leads_back_to_itself(tmp_path: Path) -> None:
    raw = Raw()
    font = raw.font()
    node, inner, leaf = raw.reserve(), raw.reserve(), raw.reserve()
    content = raw.stream(LINE)
    raw.add(
        f"<< /Type /Page /Parent {inner} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        f"/Resources << /Font << /F {font} 0 R >> >> >>",
        leaf,
    )
    raw.add(f"<< /Type /Pages /Parent {node} 0 R /Kids [{leaf} 0 R {node} 0 R] /Count 2 >>", inner)
    raw.add(f"<< /Type /Pages /Parent {inner} 0 R /Kids [{inner} 0 R] /Count 3 >>", node)
    root = raw.add(f"<< /Type /Catalog /Pages {node} 0 R >>")
    path = raw.save(tmp_path / "a.pdf", root)
    records = list(ingest.read(path))
    text = "".join(each.text for each in records if isinstance(each, Section))
    assert WORDS in text
    assert sum(len(each.pages) for each in records if isinstance(each, Section)) <= 3


def test_a_page_that_is_listed_many_times_is_read_where_it_stands(tmp_path: Path) -> None:
    raw = Raw()
    font = raw.font()
    node, leaf = raw.reserve(), raw.reserve()
    content = raw.stream(LINE)
    raw.add(
        f"<< /Type /Page /Parent {node} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        f"/Resources << /Font << /F {font} 0 R >> >> >>",
        leaf,
    )
    raw.add(f"<< /Type /Pages /Kids [{f'{leaf} 0 R ' * 40}] /Count 40 >>", node)
    root = raw.add(f"<< /Type /Catalog /Pages {node} 0 R >>")
    path = raw.save(tmp_path / "a.pdf", root)
    assert text_of(path).count(WORDS) == 40


@pytest.mark.parametrize("declared", [50, 1_000_000])
def test_more_pages_declared_than_there_are(declared: int, tmp_path: Path) -> None:
    raw = Raw()
    root = raw.pages([LINE] * 3, {"F": raw.font()}, count=declared)
    path = raw.save(tmp_path / "a.pdf", root)
    records = list(ingest.read(path))
    text = "".join(each.text for each in records if isinstance(each, Section))
    assert text.count(WORDS) == 3
    pages = [page for each in records if isinstance(each, Section) for page in each.pages]
    assert len(pages) == 3
    (notice,) = [each for each in records if isinstance(each, Notice)]
    assert notice.code == "pages_missing"
    source = records[0]
    assert isinstance(source, Source)
    assert source.metadata["pages"] == "3"


def test_fewer_pages_declared_than_there_are(tmp_path: Path) -> None:
    raw = Raw()
    root = raw.pages([LINE] * 3, {"F": raw.font()}, count=1)
    assert WORDS in text_of(raw.save(tmp_path / "a.pdf", root))


def test_a_hundred_thousand_objects(tmp_path: Path) -> None:
    raw = Raw()
    root = raw.pages([LINE], {"F": raw.font()})
    for number in range(100_000):
        raw.add(f"<< /Kept {number} >>")
    assert text_of(raw.save(tmp_path / "a.pdf", root)) == WORDS


def test_a_table_of_objects_that_lies(tmp_path: Path) -> None:
    path = one_page(tmp_path / "a.pdf")
    data = path.read_bytes()
    at = data.index(b"xref")
    path.write_bytes(data[:at] + data[at:].replace(b"00000 n", b"00007 n"))
    assert text_of(path) == WORDS
    path.write_bytes(data.replace(b"startxref\n", b"startxref\n9"))
    assert text_of(path) == WORDS


@pytest.mark.parametrize(
    "box",
    [
        "[0 0 0 0]",
        "[595 842 0 0]",
        "[0 0 1e38 1e38]",
        "[0 0 (a) null]",
        "[0 0]",
    ],
)
def test_pages_of_impossible_sizes_keep_their_words(box: str, tmp_path: Path) -> None:
    path = one_page(tmp_path / "a.pdf", box=box)
    records = list(ingest.read(path))
    pages = [page for each in records if isinstance(each, Section) for page in each.pages]
    assert len(pages) == 1
    assert 0 <= pages[0].width < 1e9
    assert 0 <= pages[0].height < 1e9


def test_a_page_as_large_as_a_country_is_named(tmp_path: Path) -> None:
    path = one_page(tmp_path / "a.pdf", box="[0 0 1000000000 1000000000]")
    assert refused(path).code == "damaged"
    width, height, _ = render(path, 1, 50)
    assert (width, height) == (50, 50)
    thin = one_page(tmp_path / "b.pdf", box="[0 0 1 10000000]")
    assert render(thin, 1, 500)[1] <= 30_000


def outlined(path: Path, depth: int, *, loop: bool) -> Path:
    """A page whose outline goes `depth` entries down, and back to the top where it loops."""
    raw = Raw()
    font = raw.font()
    node, leaf, root = raw.reserve(), raw.reserve(), raw.reserve()
    content = raw.stream(LINE)
    raw.add(
        f"<< /Type /Page /Parent {node} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        f"/Resources << /Font << /F {font} 0 R >> >> >>",
        leaf,
    )
    raw.add(f"<< /Type /Pages /Kids [{leaf} 0 R] /Count 1 >>", node)
    top = raw.reserve()
    items = [raw.reserve() for _ in range(depth)]
    for number, item in enumerate(items):
        below = items[number + 1] if number + 1 < depth else (items[0] if loop else 0)
        link = f"/First {below} 0 R /Last {below} 0 R" if below else ""
        following = f"/Next {items[0]} 0 R" if loop else ""
        raw.add(f"<< /Title (Part {number}) /Dest [{leaf} 0 R /Fit] {link} {following} >>", item)
    raw.add(f"<< /Type /Outlines /First {items[0]} 0 R /Last {items[0]} 0 R >>", top)
    raw.add(f"<< /Type /Catalog /Pages {node} 0 R /Outlines {top} 0 R >>", root)
    return raw.save(path, root)


@pytest.mark.parametrize(("depth", "loop"), [(5000, False), (2, True), (50, True)])
def test_outlines_that_are_deep_or_lead_back(depth: int, loop: bool, tmp_path: Path) -> None:
    assert WORDS in text_of(outlined(tmp_path / "a.pdf", depth, loop=loop))


def drawing_itself(path: Path, times: int) -> Path:
    """Three pages, the last of which draws a form that draws itself so many times."""
    raw = Raw()
    font = raw.font()
    form = raw.reserve()
    raw.stream(
        f"{'/X Do ' * times}{LINE}",
        f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
        f"<< /XObject << /X {form} 0 R >> /Font << /F {font} 0 R >> >>",
        form,
    )
    root = raw.pages([LINE, LINE, "/X Do"], {"F": font}, resources=f"/XObject << /X {form} 0 R >>")
    return raw.save(path, root)


def test_what_was_filled_into_a_form_without_an_appearance(tmp_path: Path) -> None:
    raw = Raw()
    font, node, field = raw.font(), raw.reserve(), raw.reserve()
    raw.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ({WORDS[:27]}) /F 4 "
        "/DA (/F 12 Tf 0 g) /Rect [72 500 400 530] >>",
        field,
    )
    raw.add(
        f"<< /Type /Page /Parent {node} 0 R /MediaBox [0 0 595 842] /Annots [{field} 0 R] >>",
        page := raw.reserve(),
    )
    raw.add(f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>", node)
    root = raw.add(
        f"<< /Type /Catalog /Pages {node} 0 R /AcroForm << /Fields [{field} 0 R] "
        f"/NeedAppearances true /DR << /Font << /F {font} 0 R >> >> /DA (/F 0 Tf 0 g) >> >>"
    )
    assert text_of(raw.save(tmp_path / "a.pdf", root)) == WORDS[:27]


def test_a_form_that_draws_itself(tmp_path: Path) -> None:
    assert text_of(drawing_itself(tmp_path / "a.pdf", 1)).count(WORDS) >= 2


def test_i4_a_page_that_hangs_its_parser_can_be_left_out(tmp_path: Path) -> None:
    # Drawing itself twice, it would be at it for years; only leaving it out helps.
    path = drawing_itself(tmp_path / "a.pdf", 2)
    records = list(ingest.read(path, ingest.ReadRequest(left_out=frozenset([3]))))
    text = "".join(each.text for each in records if isinstance(each, Section))
    assert text.count(WORDS) == 2
    assert [n.pages for n in records if isinstance(n, Notice)] == [(3,)]


@pytest.mark.slow
def test_a_page_of_two_hundred_thousand_letters(tmp_path: Path) -> None:
    lines = [
        f"BT /F 5 Tf 20 {5980 - 5.8 * number:.1f} Td ({number} {WORDS * 8}) Tj ET"
        for number in range(400)
    ]
    path = one_page(tmp_path / "a.pdf", "\n".join(lines), box="[0 0 6000 6000]")
    assert text_of(path).count("ferry") == 3200


@pytest.mark.slow
def test_a_content_stream_that_swells(tmp_path: Path) -> None:
    raw = Raw()
    font = raw.font()
    node = raw.reserve()
    swollen = zlib.compress(LINE.encode() + b" " * 50_000_000)
    content = raw.stream(swollen, "/Filter /FlateDecode")
    leaf = raw.add(
        f"<< /Type /Page /Parent {node} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        f"/Resources << /Font << /F {font} 0 R >> >> >>"
    )
    raw.add(f"<< /Type /Pages /Kids [{leaf} 0 R] /Count 1 >>", node)
    root = raw.add(f"<< /Type /Catalog /Pages {node} 0 R >>")
    assert text_of(raw.save(tmp_path / "a.pdf", root)) == WORDS


def test_a_page_without_an_object_is_named(tmp_path: Path) -> None:
    raw = Raw()
    root = raw.pages([LINE, LINE, LINE], {"F": raw.font()})
    path = raw.save(tmp_path / "a.pdf", root)
    data = path.read_bytes()
    # The second page is no page any more, in as many bytes.
    parts = data.split(b"/Type /Page /Parent")
    path.write_bytes(
        b"/Type /Page /Parent".join(parts[:2]) + b"/Type /Bage /Parent" + parts[2] +
        b"/Type /Page /Parent" + parts[3]
    )  # fmt: skip
    assert text_of(path).count(WORDS) >= 2


def test_progress_is_told_and_cancel_asked_at_each_page(tmp_path: Path) -> None:
    raw = Raw()
    root = raw.pages([LINE] * 30, {"F": raw.font()})
    path = raw.save(tmp_path / "a.pdf", root)
    told: list[int] = []
    asked = 0

    class Stopped(Exception):
        """Somebody asked to stop."""

    def cancel() -> None:
        nonlocal asked
        asked += 1
        if told and told[-1] == 20:
            raise Stopped

    with pytest.raises(Stopped):
        list(
            ingest.read(
                path, ingest.ReadRequest(report=lambda done, *_: told.append(done), cancel=cancel)
            )
        )
    assert asked >= 20
    assert max(told) < 30


@pytest.mark.slow
def test_i6_a_long_pdf_is_read_a_few_pages_at_a_time(tmp_path: Path) -> None:
    raw = Raw()
    chance = random.Random(4)
    words = WORDS.lower().strip(".").split()
    pages = []
    for number in range(120):
        lines = [f"BT /F 9 Tf 60 810 Td (The Salt Jar {number + 1}) Tj ET"]
        for x in (60, 310):
            for row in range(54):
                line = " ".join(chance.sample(words, 9))
                lines.append(f"BT /F 9 Tf {x} {780 - 13 * row} Td ({line}.) Tj ET")
        pages.append("\n".join(lines))
    path = raw.save(tmp_path / "a.pdf", raw.pages(pages, {"F": raw.font()}))
    del raw, pages
    list(ingest.read(one_page(tmp_path / "b.pdf")))
    tracemalloc.start()
    try:
        read = sum(len(each.pages) for each in ingest.read(path) if isinstance(each, Section))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == 120
    # All the pages' boxes alone would be far more than this.
    assert peak < 20_000_000


def test_broad_lines_painted_over_one_another_are_read(tmp_path: Path, read: Read) -> None:
    raw = Raw()
    rows = []
    for n in range(12):
        for shift, text in (
            (0, "the mill was let to a man from the hills"),
            (9, "he was glad of it and so was all the town"),
        ):
            y = 780 - 20 * n - shift / 4
            rows.append(f"BT /F 14 Tf {60 + shift} {y} Td ({text} in those years {n}) Tj ET")
    path = raw.save(tmp_path / "a.pdf", raw.pages(["\n".join(rows)], {"F": raw.font()}))
    book = read(path)
    assert book.text.count("those years") >= 12


@pytest.mark.slow
def test_i6_a_page_of_very_many_letters_takes_little_memory(tmp_path: Path) -> None:
    raw = Raw()
    line = "the mill was let to a man from the hills who ground chestnuts. " * 8
    rows = [
        f"BT /F 1.9 Tf {10 + 5 * (n % 7)} {835 - 0.82 * n} Td ({line}) Tj ET" for n in range(1000)
    ]
    path = raw.save(tmp_path / "a.pdf", raw.pages(["\n".join(rows)], {"F": raw.font()}))
    with pdfium.open_document(path) as document, pdfium.LOCK:
        page = document[0]
        tracemalloc.start()
        try:
            letters = len(pdf_page.extract(page, 1).boxes)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            page.close()
    assert letters > 400_000
    # So that a page of a million letters is read in 300 MB, with what PDFium needs for itself.
    assert peak < 180 * letters


def test_a_page_of_white_spaces_only_costs_nothing(tmp_path: Path) -> None:
    raw = Raw()
    font = raw.font()
    root = raw.pages([LINE, "1 1 1 rg BT /F 12 Tf 50 700 Td (   ) Tj ET"], {"F": font})
    records = list(ingest.read(raw.save(tmp_path / "a.pdf", root)))
    assert WORDS in "".join(each.text for each in records if isinstance(each, Section))
    assert [each.code for each in records if isinstance(each, Notice)] == ["pages_without_text"]


def test_a_page_at_which_the_program_fails_is_no_fault_of_the_file(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is named and logged, and nobody is sent to copy the file again."""
    raw = Raw()
    path = raw.save(tmp_path / "a.pdf", raw.pages([LINE] * 3, {"F": raw.font()}))
    extract = pdf_page.extract

    def failing(page: object, number: int) -> pdf_page.PageText:
        return extract(page, number) if number != 2 else next(iter(()))

    monkeypatch.setattr(pdf_page, "extract", failing)
    found = read(path)
    (notice,) = found.notices
    assert (notice.code, found.text.count(WORDS)) == ("page_fault", 2)
    assert "“2”" in notice.message
    assert "report" in notice.hint
    assert "StopIteration" in caplog.text
    monkeypatch.setattr(pdf_page, "extract", lambda page, number: next(iter(())))
    assert "report" in refused(path).hint
