"""JSON that is not JSON Lines: lists of texts are read, data is refused, the rest is text."""

import json
from pathlib import Path

import pytest

import ingest
from ingest.records import Notice, Section, Source
from tests.ingest.conftest import Read

_TEXT = "A text with several words in it."


def _read(tmp_path: Path, content: str, name: str = "a.json") -> list[ingest.Reading]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return list(ingest.read(path))


@pytest.mark.parametrize("field", ["text", "body", "content", "abstract"])
@pytest.mark.parametrize("shape", ["list", "object", "pretty", "lines"])
def test_lists_of_texts_are_records(field: str, shape: str, tmp_path: Path) -> None:
    rows = [
        {"id": n, "title": f"T{n}", "date": "2020-02-03", field: f"{_TEXT} {n}"} for n in range(3)
    ]
    content = {
        "list": json.dumps(rows),
        "object": json.dumps({"version": 1, "articles": rows}),
        "pretty": json.dumps(rows, indent=2),
        "lines": "".join(json.dumps(row) + "\n" for row in rows),
    }[shape]
    found = _read(tmp_path, content, "rows.txt")
    sources = [each for each in found if isinstance(each, Source)]
    texts = [each.text for each in found if isinstance(each, Section)]
    assert [source.title for source in sources] == ["T0", "T1", "T2"]
    assert {source.key for source in sources} == {"0", "1", "2"}
    assert {source.date for source in sources} == {"2020-02-03"}
    assert texts == [f"{_TEXT} {n}" for n in range(3)]


@pytest.mark.parametrize(
    "content",
    ['{"a": [1, 2, 3], "b": {"c": "words that mean nothing here"}}', "[]", "[[1, 2], [3, 4]]",
     '{"cells": [{"source": ["x = 1"]}]}', "[" * 5000 + "]" * 5000],
)  # fmt: skip
def test_data_is_refused_by_name(content: str, tmp_path: Path) -> None:
    with pytest.raises(ingest.UnsupportedFileError, match="data but no text"):
        _read(tmp_path, content)


def test_records_without_a_text_are_counted(tmp_path: Path) -> None:
    found = _read(tmp_path, json.dumps([{"text": _TEXT}, {"text": ""}, {"text": _TEXT + " Two."}]))
    notices = [each for each in found if isinstance(each, Notice)]
    assert len(notices) == 1
    assert notices[0].message == "1 record has no text and was left out."


def test_what_only_begins_like_json_is_text(tmp_path: Path) -> None:
    found = _read(tmp_path, "[1] See the first note of this text. It is good.", "note.txt")
    assert isinstance(found[0], Source)
    assert found[0].kind == "text"


def test_i14_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """The first line may be the bad one; twenty are named, the others counted."""
    good = json.dumps({"id": "x", "text": _TEXT})
    found = _read(tmp_path, "{bad\n" * 30 + f"{good}\n" * 40, "rows.jsonl")
    assert sum(isinstance(each, Source) for each in found) == 40
    messages = [each.message for each in found if isinstance(each, Notice)]
    assert len(messages) == 21
    assert messages[0].startswith("Line 1 is not valid JSON")
    assert "10 more lines" in messages[-1]


def test_i14_lines_without_a_single_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ingest.IngestError) as caught:
        _read(tmp_path, '{"id": "1", "text": ""}\n' * 3, "rows.jsonl")
    assert "line 1" in caught.value.message


def test_a_notebook_is_read_by_its_cells(tmp_path: Path, read: Read) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Eels\n", "\n", "The mean was **812 g**.\n"]},
        {
            "cell_type": "code",
            "source": "df.mean()",
            "outputs": [
                {"output_type": "stream", "text": ["812.4\n"]},
                {"output_type": "execute_result", "data": {"text/plain": "(61, 3)"}},
                {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}},
            ],
        },
        "no cell",
        {"cell_type": "markdown", "source": "## Growth\n\nThey grow in May."},
    ]
    path = tmp_path / "eels-2019.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=1))
    book = read(path)
    assert (book.source.kind, book.source.title) == ("markdown", "Eels")
    assert book.titles == ["Eels", "Growth"]
    assert ["cell 3" in notice.message for notice in book.notices] == [True]
    assert book.sentences == [
        "The mean was 812 g.", "df.mean()", "812.4", "(61, 3)", "They grow in May.",
    ]  # fmt: skip
