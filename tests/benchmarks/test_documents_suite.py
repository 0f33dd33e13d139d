"""The suite of real documents: its rows, and what it counts in a small pack made here."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.benchmarks import documents
from tests.benchmarks.documents import are_authors, is_title, overlap, truths, words
from tests.benchmarks.suites import run_suite


def test_without_evaluation_data_every_row_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_CORPUS", str(tmp_path))
    said: list[str] = []
    for name in ("documents", "emergent", "media", "triples"):
        rows = run_suite(name, said.append)
        assert [row.name for row in rows] == list(import_module(f"tests.benchmarks.{name}").GOALS)
        assert {(row.value, row.met) for row in rows} == {(None, False)}
    assert all("no evaluation data" in line for line in said)


def test_words_titles_and_authors_are_compared_as_people_would() -> None:
    assert overlap(words("The Ferry left."), words("the ferry, left!")) == (1.0, 1.0, 1.0)
    precision, recall, _ = overlap(words("the ferry left us"), words("ferry"))
    assert (precision, recall) == (0.25, 1.0)
    assert is_title("The salt-jar", ["A note", "The Salt Jar"])
    assert not is_title("Salt", ["The Salt Jar"])
    assert are_authors("Imogen Hale and T. Reed", ["Imogen Hale", "Tomas Reed"])
    assert not are_authors("Imogen Hale", ["Imogen Hale", "Tomas Reed"])
    assert are_authors("Imogen Hale, Jr.", ["Imogen Hale", "Jr."])
    assert not are_authors("Hale, Reed, Ines, Joan, Mary and Ruth Okonkwo", ["I. Hale", "T. Reed"])


@pytest.mark.slow
def test_a_small_pack_is_added_and_each_file_accounted_for(tmp_path: Path) -> None:
    files = tmp_path / "files" / "made"
    files.mkdir(parents=True)
    head = "PEP: 8\nTitle: The salt jar\nAuthor: Imogen Hale <i@example.org>\n\n"
    (files / "pep-0008.rst").write_text(f"{head}Notes\n=====\n\nThe ferry left at seven.\n")
    (files / "page.html").write_text("<html><body><p>Ines was on the ferry.</p></body></html>")
    (files / "empty.txt").touch()
    mail = "From: a@x.org\nTo: b@x.org\nDate: x\nSubject: Salt\n\nThe mill stands.\n"
    (files / "note.eml").write_text(mail)
    expected = [
        {"file": "made/pep-0008.rst", "title": "The salt jar", "authors": ["Imogen Hale"]},
        {"file": "made/page.html", "article": "Ines was on the ferry."},
        {"file": "made/note.eml", "subject": "Brandy"},
    ]
    lines = "\n".join(map(json.dumps, expected))
    (tmp_path / "expected.jsonl").write_text(lines)
    rows = documents.measured(tmp_path, truths(tmp_path), lambda line: None)
    found = {row.name: row.value for row in rows}
    assert (found["reader_crashes"], found["not_accounted_for"]) == (0, 0)
    assert (found["pep_titles_right"], found["pep_authors_right"]) == (100, 100)
    assert (found["web_mean_f1"], found["mail_subjects_right"]) == (100, 0)
    assert found["paper_titles_right"] is None
