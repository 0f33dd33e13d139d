"""The suite around a language model: every row told, no model and no choice of anybody needed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import ollama, ollama_real, real_models
from tests.benchmarks.instant_ollama import said
from tests.ollama_server import FakeModel, ollama_server
from workbench.models import choices

_BOOK = " ".join(f"Warden number {n} of the polder sold a barge to the miller." for n in range(40))


@pytest.mark.slow
def test_every_row_is_told_and_whoever_is_chosen_is_not_asked() -> None:
    with ollama_server(FakeModel("mine")) as theirs:
        choices.change({"address": theirs.address, "extraction": "mine"})
        told: list[str] = []
        rows = {row.name: row for row in ollama.run(told.append, lectures=3, book=_BOOK)}
        assert theirs.asked == []
        assert choices.load().extraction == "mine"
    assert rows.keys() >= ollama.GOALS.keys()
    assert "40 sentences of a book, 40 triples" in rows["extraction_rate"].input
    assert rows["learn_12_triples"].unit == "ms"
    assert rows["learn_12_triples"].input.startswith("median of 3 lectures")
    assert any("questions were answered meanwhile" in line for line in told)


def test_the_instant_server_says_of_each_sentence_what_stands_there() -> None:
    lines = [
        json.dumps({"sentence": 1, "text": "The lighthouse burned twice."}),
        json.dumps({"sentence": 2, "text": "No."}),
    ]
    body = {"format": {}, "messages": [{"role": "user", "content": "\n".join(lines)}]}
    assert said(body).count("[1]") == 1
    (triple,) = json.loads(said({**body, "format": {"type": "object"}}))["triples"]
    assert triple == {
        "sentence": 1, "subject": "lighthouse", "relation": "meet", "object": "burned"
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.model
def test_the_real_model_is_measured_beside_the_made_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_CORPUS", str(tmp_path / "none"))
    rows = {row.name: row for row in ollama_real.run(lambda _: None, guesses=6)}
    assert rows.keys() == ollama_real.GOALS.keys()
    assert rows["first_quotes_real"].value
    assert rows["first_words_over_server_real"].value is not None
    nonsense = rows["nonsense_shown_of_200_real"]
    assert (nonsense.value, nonsense.input.split(" sentences")[0][:9]) == (0, "6 answers")


def test_without_the_real_model_each_of_its_rows_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real_models, "language", lambda: None)
    told: list[str] = []
    rows = ollama_real.run(told.append)
    assert {row.name for row in rows} == ollama_real.GOALS.keys()
    assert {(row.value, row.met) for row in rows} == {(None, False)}
    assert all("is not installed" in text for text in (*told, *(row.input for row in rows)))
