"""Everyday questions over small libraries and books: what is kept of them, and that few fail."""

import json
from collections import Counter
from pathlib import Path

import pytest

from workbench import paths
from workbench.bench import everyday
from workbench.library import Library

_KINDS = {everyday.ANSWERABLE, "verb", "relation", "nothing"}


def test_half_of_the_questions_have_no_answer_and_of_books_only_spans_are_kept() -> None:
    file = paths.resources() / "bench" / "everyday_questions.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds) == _KINDS
    assert 0.4 < kinds[everyday.ANSWERABLE] / len(rows) < 0.6
    assert len({row["question"] for row in rows}) == len(rows) >= 60
    for row in rows:
        spans = {"book", "sha256", "spans"} if row["kind"] == everyday.ANSWERABLE else set()
        assert set(row) == {"id", "half", "kind", "question"} | spans
        assert all(0 <= start < end for start, end in row.get("spans", []))
    asked = [each for shelf in everyday.notes() for each in shelf.questions]
    assert {each.kind for each in asked} == _KINDS
    assert 0.35 < sum(bool(each.wanted) for each in asked) / len(asked) < 0.65


def test_answers_stand_in_the_notes_that_are_asked() -> None:
    for shelf in everyday.notes():
        whole = " ".join(shelf.texts.values())
        for each in shelf.questions:
            assert all(wanted in whole for wanted in each.wanted)


def test_no_book_no_everyday_questions(tmp_path: Path) -> None:
    other = tmp_path / "moby-dick.txt"
    other.write_text("A story of another whale.", encoding="utf-8")
    assert everyday.questions([other]) == []
    with Library.open(tmp_path / "empty.brain") as library:
        assert everyday.book_rows(library, [other], lambda _said: None) == {}


@pytest.mark.slow
def test_A7_small_libraries_answer_what_they_tell_and_are_silent_on_what_they_do_not() -> None:
    made = everyday.note_rows(lambda _said: None)
    for half in "ab":
        assert (made[f"everyday_notes_answered_half_{half}"].value or 0) >= 80
        assert (made[f"everyday_notes_silent_half_{half}"].value or 0) >= 75
