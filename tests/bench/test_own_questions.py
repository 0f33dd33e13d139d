"""Our own questions about the books are 150, say where their answer stands, and quote nothing."""

import json
from collections import Counter
from pathlib import Path

from workbench import paths
from workbench.bench import own_questions
from workbench.bench.corpus import half_of
from workbench.library import Library

_FILE = paths.resources() / "bench" / "book_questions.jsonl"


def test_each_question_has_a_kind_a_half_and_spans_where_it_can_be_answered() -> None:
    rows = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    assert Counter(row["kind"] for row in rows) == {"paraphrase": 80, "across": 30, "invented": 40}
    assert len({row["question"] for row in rows}) == len({row["id"] for row in rows}) == 150
    spans = {"paraphrase": 1, "across": 2, "invented": 0}
    for row in rows:
        assert set(row) == {
            "id", "book", "sha256", "kind", "half", "answerable", "question", "spans",
        }  # fmt: skip
        assert row["half"] == half_of(row["id"])
        assert row["answerable"] == (row["kind"] != "invented")
        assert len(row["spans"]) == spans[row["kind"]]
        assert all(0 <= start < end for start, end in row["spans"])
        assert len(row["sha256"]) == 64


def test_only_the_very_files_that_questions_were_written_for_are_asked_about(
    tmp_path: Path,
) -> None:
    other = tmp_path / "moby-dick.txt"
    other.write_text("A story of another whale.", encoding="utf-8")
    assert own_questions.questions([other]) == []
    with Library.open(tmp_path / "empty.brain") as library:
        assert own_questions.rows(library, [other], "no_model", lambda _said: None) == {}
