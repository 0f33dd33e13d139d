"""Tables with a column of remarks keep every cell; texts and messages stay sources of their own."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import ingest
from ingest.records import Section, Source

#: Columns and rows of tables that people export, each with a column of remarks.
TABLES: dict[str, tuple[Sequence[str], Sequence[Sequence[str]]]] = {
    "statement": (
        ["Date", "Description", "Amount", "Balance"],
        [["2024-03-01", "Rent of the workshop", "-410.00", "1290.15"],
         ["2024-03-04", "Sale of two oars", "85.50", "1375.65"]],
    ),
    "contacts": (
        ["Name", "Phone", "City", "Notes"],
        [["Wilma Sand", "555 0181", "Hamar", "Met at the fair"],
         ["Odd Berg", "555 0147", "Moss", ""]],
    ),
    "form": (
        ["Timestamp", "Full name", "Workshop", "Comments"],
        [["2024-02-01 10:00", "Wilma Sand", "Weaving", "Please send the plan"],
         ["2024-02-02 11:00", "Odd Berg", "Carving", "None"]],
    ),
    "questions": (
        ["Question", "Answer"],
        [["How wide is the loom?", "80 cm"], ["Who tunes the organ?", "Odd Berg"]],
    ),
    "stock": (
        ["Item", "Review", "Shelf"], [["Chisel", "Sharp and cheap.", "B 12"], ["Plane", "", "C 3"]],
    ),
}  # fmt: skip


def _save(name: str, form: str, folder: Path) -> Path:
    head, rows = TABLES[name]
    records = [dict(zip(head, row, strict=True)) for row in rows]
    out = io.StringIO(newline="")
    if form in ("csv", "tsv"):
        csv.writer(out, delimiter="," if form == "csv" else "\t").writerows([head, *rows])
    elif form == "jsonl":
        out.write("".join(json.dumps(record) + "\n" for record in records))
    else:
        json.dump({"items": records} if form == "object.json" else records, out, indent=1)
    path = folder / f"{name}.{form}"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "object.json", "jsonl"])
@pytest.mark.parametrize("name", list(TABLES))
def test_every_cell_is_read_beside_the_others_of_its_row(
    name: str, form: str, tmp_path: Path
) -> None:
    sections = [r for r in ingest.read(_save(name, form, tmp_path)) if isinstance(r, Section)]
    assert len(sections) == 1
    sentences = [
        sections[0].text[a:b] for passage in sections[0].passages for a, b in passage.sentences
    ]
    for row in TABLES[name][1]:
        (line,) = [sentence for sentence in sentences if row[0] in sentence]
        assert all(cell in line for cell in row)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_texts_with_an_author_stay_sources_and_keep_their_other_fields(
    form: str, tmp_path: Path
) -> None:
    head = ["id", "title", "author", "date", "text", "place"]
    rows = [["7", "On oars", "Wilma Sand", "2024-01-02", "Ash bends well.", "Hamar"],
            ["8", "On sails", "Odd Berg", "2024-01-03", "Flax is strong.", "Moss"]]  # fmt: skip
    path = tmp_path / f"a.{form}"
    if form == "csv":
        path.write_text("\n".join(",".join(row) for row in [head, *rows]))
    else:
        lines = [json.dumps(dict(zip(head, row, strict=True))) for row in rows]
        path.write_text("\n".join(lines))
    records = list(ingest.read(path))
    sources = [record for record in records if isinstance(record, Source)]
    texts = [record.text for record in records if isinstance(record, Section)]
    assert [source.author for source in sources] == ["Wilma Sand", "Odd Berg"]
    assert texts == ["Ash bends well.\n\nplace: Hamar", "Flax is strong.\n\nplace: Moss"]


def test_long_texts_are_sources_with_their_other_cells_below(tmp_path: Path) -> None:
    long = "The pier was built of oak and stone by the people of the parish. " * 5
    path = tmp_path / "a.csv"
    path.write_text(f'Place,Depth,Description\nNorth,7 m,"{long}"\nSouth,9 m,"{long}"\n')
    texts = [record.text for record in ingest.read(path) if isinstance(record, Section)]
    assert [text.rpartition("\n\n")[2] for text in texts] == [
        "Place: North | Depth: 7 m", "Place: South | Depth: 9 m",
    ]  # fmt: skip


def test_lines_above_a_table_and_the_name_of_its_delimiter_are_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nAccount;4417\n\nDay;Purpose;Amount\n1 May;Rope;12\n2 May;Tar;4\n")
    (section,) = [record for record in ingest.read(path) if isinstance(record, Section)]
    assert "Day: 1 May | Purpose: Rope | Amount: 12" in section.text
    assert "4417" in section.text


def test_objects_in_the_fields_of_a_record_are_read_by_both_names(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = {"name": "Wilma", "address": {"city": "Hamar", "zip": 2317}, "tags": ["a", "b"]}
    path.write_text(json.dumps([record, {"name": "Odd", "address": {"city": "Moss"}, "ok": True}]))
    (section,) = [record for record in ingest.read(path) if isinstance(record, Section)]
    assert "name: Wilma | address city: Hamar | address zip: 2317 | tags: a, b" in section.text
    assert "address city: Moss | ok: yes" in section.text
