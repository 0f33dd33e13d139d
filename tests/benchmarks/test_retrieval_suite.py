"""The parts of the suite `retrieval` that need no model, on a small corpus of our own writing."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks import (
    embedding_speed,
    retrieval_at_large,
    retrieval_books,
    retrieval_mixed,
    word_similarity,
)
from tests.benchmarks.__main__ import main
from tests.benchmarks.corpus import Dataset, Question
from tests.benchmarks.ranking import recall_at
from tests.benchmarks.retrieval import GOALS, contest
from tests.benchmarks.suites import SIZED

_BOOK = (
    "The ferry leaves the harbour at dawn. The boat carries mail to the island. Every boat in the "
    "harbour has a bell. The ferry is an old boat with a new engine.",
    "Bread is baked in the village before sunrise. The oven warms the whole street. A loaf of "
    "bread costs two coins, and flour costs one. The baker fires the oven with beech.",
)
_PLACES = ("Nordhaven", "Sandwick", "Ostrey", "Kelmouth", "Byfleet", "Tarnwell", "Holmby", "Ruxley")


def _packed(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two short books, and sets in which each place has a passage and a question."""
    folder = tmp_path / "corpus"
    (folder / "books").mkdir(parents=True)
    for number, paragraph in enumerate(_BOOK):
        text = "\n\n".join([paragraph] * 12)
        (folder / "books" / f"book {number}.txt").write_text(text, encoding="utf-8")
    for name in ("questions", "questions2"):
        row = {"question": "When does the ferry leave?", "evidence": "at dawn", "answerable": True}
        (folder / "books" / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    for turn, name in enumerate((*retrieval_mixed.HOPS, "lihua", "cranfield", "xquad")):
        told = [
            f"{place} {name} keeps {number + 3 * turn} lighthouses on its coast."
            for number, place in enumerate(_PLACES)
        ]
        _packed(
            folder / name / "passages.jsonl.gz",
            [
                {"id": str(number), "title": f"{place} {name}", "text": told[number]}
                for number, place in enumerate(_PLACES)
            ],
        )
        _packed(
            folder / name / "questions.jsonl.gz",
            [
                {
                    "id": str(number),
                    "question": f"How many lighthouses does {place} {name} keep?",
                    "gold": [str(number)],
                    "answer_start": 0,
                }
                for number, place in enumerate(_PLACES)
            ],
        )
    pairs = ("boat,ferry,9.1", "boat,bread,1.0", "bread,oven,7.0", "boat,qua,3", "boat,oven,")
    judged = "\n".join(("word1,word2,similarity", *pairs))
    for half in ("rel", "sim"):
        file = folder / "wordsim" / f"wordsim353-{half}.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_text(judged, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_mixed_library_is_compared_with_each_set_alone_and_with_the_rival(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("bm25s")
    # The rival counts its progress in a thread that would stay.
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)
    alone = {name: np.ones(len(_PLACES)) for name in retrieval_mixed.HOPS}
    loss, beside = retrieval_mixed.rows(corpus, alone, GOALS, lambda _said: None)
    assert loss.name == "mixed_multihop_recall5_loss"
    assert loss.value == 0
    assert loss.met
    assert "48 records and 2 books" in loss.input
    assert beside.value == 0
    # What was better alone is lost in the mixture.
    none = {name: np.zeros(len(_PLACES)) for name in retrieval_mixed.HOPS}
    gained, _ = retrieval_mixed.rows(corpus, none, GOALS, lambda _said: None)
    assert gained.value == -100


@pytest.mark.slow
def test_only_questions_with_an_answer_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)
    texts = ("Ina Vask dug the harbour.", "Ostrey keeps sheep.", "Bread is baked before sunrise.")
    records = tuple({"id": f"r{n}", "title": "", "text": text} for n, text in enumerate(texts))
    question = Question("1", "Which isle keeps sheep?", frozenset({"r1"}), "A")
    nothing = Question("2", "Who sold the moon?", frozenset(), "A")
    figures = contest([Dataset("isles", "isles", records, (question, nothing))], recall_at(2))
    assert figures.ours.tolist() == figures.bm25.tolist() == [1.0]
    assert not len(figures.meant)


@pytest.mark.slow
def test_quotes_from_books_are_looked_for_by_kind_of_question(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_speed, "model", lambda: None)
    row = {"question": "When does the ferry leave?", "evidence": "at dawn", "answerable": True}
    several = {**row, "evidence": ["at dawn", "an old boat"], "half": "B"}
    bridge = {**row, "kind": "bridge", "evidence": ["carries mail", "at dawn"]}
    file = corpus / "books" / "questions2.jsonl"
    file.write_text("\n".join(map(json.dumps, ({**row, "half": "B"}, several, bridge))))
    (corpus / "books" / "questions.jsonl").write_text("", encoding="utf-8")
    found = {row.name: row for row in retrieval_books.rows(corpus, GOALS, lambda _said: None)}
    assert found["books_quote5_half_b_no_model"].value == 100
    assert found["books_several_quotes_in_10"].value == 1


@pytest.mark.slow
def test_words_are_compared_as_far_as_the_library_knows_them(corpus: Path) -> None:
    found = {row.name: row for row in word_similarity.rows(corpus, GOALS, lambda _said: None)}
    assert set(found) == {
        "space_training", "wordsim_rel", "wordsim_sim",
        "wordsim_rel_books_alone", "wordsim_sim_books_alone",
    }  # fmt: skip
    assert found["wordsim_rel"].input.startswith("3 of 4 pairs")
    assert found["wordsim_rel"].value is not None
    assert found["wordsim_rel"].value > 0
    assert found["space_training"].value is not None
    assert found["space_training"].value > 0


@pytest.mark.slow
def test_a_library_is_filled_up_to_the_size_and_asked(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_speed, "model", lambda: None)
    monkeypatch.setattr(retrieval_at_large, "model", lambda: None)
    said: list[str] = []
    found = {row.name: row for row in retrieval_at_large.rows(corpus, 120, GOALS, said.append)}
    assert said[0].startswith("a library of 120 passages")
    for name in ("ask_120_no_model", "ask_120_read"):
        row = found[name]
        assert row.goal is None
        assert row.value is not None
        assert row.value > 0


def test_a_size_is_asked_for_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert "retrieval" in SIZED
    with pytest.raises(SystemExit):
        main(["retrieval", "--sizes", "many"])
    assert "not a size" in capsys.readouterr().err
