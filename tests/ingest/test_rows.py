"""Tables of texts: which column it is, what parts the columns, what goes with a text."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ingest
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import Read, check_laws

FERRY = "The ferry left at seven. Ines was on it, with two trunks; nobody saw her go."
NOTE = 'He found the note, and it said: "Do not wait,\nI have gone." He put it back.'


def save(folder: Path, rows: list[list[str]], name: str = "a.csv", delimiter: str = ",") -> Path:
    """Write a table."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path = folder / name
    path.write_bytes(out.getvalue().encode())
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_row_is_a_source(delimiter: str, tmp_path: Path) -> None:
    rows = [["ID", "Title", "Author", "Date", "Text", "Rating"]]
    rows += [["a1", "Harbour", "Hale", "2021-03-04", FERRY, "5"], ["a2", "", "", "", NOTE, ""]]
    path = save(tmp_path, rows, "a.csv", delimiter)
    assert ingest.sniff(path) == "rows"
    one, first, two, second = ingest.read(path)
    assert isinstance(one, Source)
    assert isinstance(two, Source)
    assert isinstance(first, Section)
    assert isinstance(second, Section)
    assert (one.kind, one.key, one.title) == ("record", "a1", "Harbour")
    assert (one.author, one.date, first.text) == (
        *("Hale", "2021-03-04"),
        f"{FERRY}\n\nRating: 5",
    )
    assert (two.key, two.author, two.date) == ("a2", "", "")
    assert two.title.startswith("He found the note")
    assert second.text == NOTE
    assert one.content_hash != two.content_hash
    check_laws([first], first.text)
    check_laws([second], second.text)


def test_without_a_known_name_the_longest_column_is_the_text(tmp_path: Path) -> None:
    long = " ".join([FERRY] * 3)
    rows = [["nr", "what was said", "place"], *[[str(n), f"{long} {n}", "mill"] for n in range(5)]]
    sections = [r for r in ingest.read(save(tmp_path, rows)) if isinstance(r, Section)]
    assert [s.text for s in sections] == [f"{long} {n}\n\nnr: {n} | place: mill" for n in range(5)]
    headless = [[str(n), f"{long} {n}"] for n in range(5)]
    sections = [r for r in ingest.read(save(tmp_path, headless)) if isinstance(r, Section)]
    assert len(sections) == 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"{FERRY}\n\nIt was May, and then June.\n\nNo.\n"),
        ("a.csv", "just one line"),
        ("a.txt", f"id,text\n1,{FERRY}\n2,{FERRY}\n"),
    ],
)
def test_what_is_no_table_is_text(name: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert ingest.sniff(path) == "text"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_values_is_read_as_a_sheet(delimiter: str, tmp_path: Path, read: Read) -> None:
    rows = [["station", "temp_c", "remark"], ["A12", "-3.5", "fog, dense"], ["B07", "1.25", ""]]
    book = read(save(tmp_path, rows, "march.tsv", delimiter))
    assert (book.source.kind, book.source.title) == ("sheets", "March")
    assert book.sentences == [
        "station | temp_c | remark",
        "station: A12 | temp_c: -3.5 | remark: fog, dense",
        "station: B07 | temp_c: 1.25",
    ]


def test_rows_without_text_are_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [["id", "text"], ["1", FERRY], ["2", " "], [], ["3"], ["4", NOTE]]
    records = list(ingest.read(save(tmp_path, rows)))
    assert [r.key for r in records if isinstance(r, Source)] == ["1", "4"]
    notices = [r for r in records if isinstance(r, Notice)]
    assert [n.code for n in notices] == ["bad_rows"]
    assert notices[0].message.startswith("2 rows")


def test_a_giant_name_of_a_column_is_cut_where_it_is_named(tmp_path: Path) -> None:
    rows = [["id", "what was seen " * 300], ["1", FERRY], ["2", " "], ["3", NOTE]]
    notices = [r for r in ingest.read(save(tmp_path, rows)) if isinstance(r, Notice)]
    assert "“what_was_seen" in notices[0].hint
    assert len(notices[0].hint) < 150


@pytest.mark.slow
def test_other_encodings_and_long_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    long = "Été à la mer. " * 20_000
    path.write_bytes(f"id;text\r\n1;{long}\r\n2;“Où est-elle ?”\r\n".encode("cp1252"))
    sections = [r for r in ingest.read(path) if isinstance(r, Section)]
    assert [s.text for s in sections] == [long.strip(), "“Où est-elle ?”"]


def test_a_table_whose_texts_are_all_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ingest.EmptyFileError):
        list(ingest.read(save(tmp_path, [["id", "text"], ["1", ""], ["2", " "]])))


CELLS = st.text(alphabet='ab. \n",;\t|雨\u202b\x00', max_size=20)


@pytest.mark.slow
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_keeps_the_law_or_is_refused(rows: list[list[str]], tmp_path: Path) -> None:
    path = save(tmp_path, [["id", "text"], ["1", FERRY], *rows])
    try:
        records = list(ingest.read(path))
    except ingest.IngestError:
        return
    for section in records:
        if isinstance(section, Section):
            check_laws([section], section.text)


@pytest.mark.parametrize("rest", [60, 600])
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row(tmp_path: Path, rest: int) -> None:
    path = tmp_path / "a.csv"
    lines = ["id,text,place", "1,The gate is shut at night.,mill", '2,"The lamp is lit.,pier']
    lines += [f"{n},The ferry number {n} left at seven.,pier" for n in range(3, rest)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = list(ingest.read(path))
    (section,) = [each for each in found if isinstance(each, Section)]
    texts = section.text.strip().split("\n\n")
    # The header, and all rows but the bad one.
    assert len(texts) == rest - 1
    assert texts[2] == "id: 3 | text: The ferry number 3 left at seven. | place: pier"
    (notice,) = [each for each in found if isinstance(each, Notice)]
    assert "line 3" in notice.message


def test_a_text_of_many_lines_in_quotation_marks_stays_whole(tmp_path: Path) -> None:
    long = "\n".join(f"Line {n}, as she wrote, of the long letter number {n}" for n in range(80))
    table = "\n".join(f"{n},a word,b" for n in range(15))
    rows = [["id", "text", "place"], ["1", long + "\nEnd.", "mill"], ["2", table, "pier"]]
    rows += [["3", FERRY, "pier"]]
    found = list(ingest.read(save(tmp_path, rows)))
    texts = [each.text for each in found if isinstance(each, Section)]
    assert len(texts) == 3
    assert not [each for each in found if isinstance(each, Notice)]


@pytest.mark.parametrize("padding", ["", ";;;"])
@pytest.mark.parametrize("separator", ["", "sep=;\n"])
def test_a_statement_between_remarks_is_a_table(
    padding: str, separator: str, tmp_path: Path, read: Read
) -> None:
    path = tmp_path / "bank.csv"
    above = ("Kontoauszug 0815", "Inhaber: Wilma Sand", "Zeitraum: März 2024")
    rows = (
        "Datum;Empfänger;Zweck;Betrag\n12.03.2024;Otto Kranich;Miete, Nr. 7;-900,00\n"
        '13.03.2024;Müllerei;"Mehl; zwei Säcke";-42,50\n14.03.2024;Stadtwerke;;-88,10\n'
        f";;Endsaldo;1.234,56\n\nErstellt am 1. April{padding}\n"
    )
    path.write_text(separator + "".join(f"{line}{padding}\n" for line in above) + "\n" + rows)
    assert ingest.sniff(path) == "rows"
    text = read(path).text
    assert "Empfänger: Müllerei | Zweck: Mehl; zwei Säcke | Betrag: -42,50" in text
    assert all(line in text for line in (*above, "Erstellt am 1. April", "1.234,56"))
    assert "sep=" not in text


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    text = (
        "The mill, the loom, the barn.\nIt is let.\nRye, oats, wheat, and flax grow.\nNobody came."
    )
    path.write_text(f"{text}\nInes, who left, sold it.\nSo it was, so it is, so it stays.\n")
    assert ingest.sniff(path) == "text"
