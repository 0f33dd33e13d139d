"""Making a reader: the data, the network and a training that can be broken off."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.space.embeddings import tiny_model
from workbench.bench.reader import network
from workbench.bench.reader.data import Corpus, Question, example, load
from workbench.space.embeddings import folder

pytestmark = pytest.mark.slow

_PARAGRAPH = "Salt is mined in old mountains. Bees sleep in winter. The mountains are deep."


@pytest.fixture(autouse=True)
def _no_thread_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    # What looks for near misses counts its progress in a thread that would stay.
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


def _pack(file: Path, *rows: dict[str, Any]) -> None:
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """The three files as the evaluation data has them; one question is in two of them."""
    asked = {"question": "Where is salt mined?", "answer": "old mountains", "start": 17}
    _pack(tmp_path / "squad-spans.jsonl.gz", {"context": _PARAGRAPH, "questions": [asked]})
    said = ["salt is mined in old mountains.", "ships carry salt over the sea.", "bees dance."]
    _pack(tmp_path / "squad-sentences.jsonl.gz", *({"text": each} for each in said))
    _pack(
        tmp_path / "squad-questions.jsonl.gz",
        {"question": "where is salt mined?", "sentence": 0},
        {"question": "what do ships carry?", "sentence": 1},
    )
    section = ["Bees dance.", "Their dance shows where flowers are.", "Bears like honey."]
    _pack(
        tmp_path / "selqa.jsonl.gz",
        {"question": "What does the dance show?", "sentences": section, "answers": [1]},
        {"question": "Who sings?", "sentences": section, "answers": []},
    )
    return tmp_path


def test_every_question_comes_once_with_its_answer_and_near_misses(questions: Path) -> None:
    corpus = load(questions)
    found = {each.text: each for each in (*corpus.learned, *corpus.held_out)}
    assert sorted(found) == [
        "What does the dance show?",
        "Where is salt mined?",
        "what do ships carry?",
    ]
    spans = found["Where is salt mined?"]
    assert corpus.sentences[spans.sentence][spans.start : spans.end] == "old mountains"
    for each in found.values():
        answer = corpus.sentences[each.sentence].casefold()
        misses = [corpus.sentences[i].casefold() for i in (*each.near, *each.mined)]
        assert misses
        assert answer not in misses


def test_windows_move_the_answer_along_and_never_show_it_to_the_others(questions: Path) -> None:
    corpus = load(questions)
    asked = next(e for e in (*corpus.learned, *corpus.held_out) if e.start >= 0)
    lengths = set()
    for seed in range(30):
        drawn = example(corpus, asked, 3, random.Random(seed))
        first, *others = drawn.passages
        assert first[drawn.start : drawn.end] == "old mountains"
        assert len(others) == 2
        assert not any("salt is mined" in each.casefold() for each in others)
        lengths.add(len(first))
    assert len(lengths) > 1


def _corpus() -> Corpus:
    """Which of four sentences answers shows in a single word."""
    sentences = ["salt is mined in mountains", "bees sleep", "old mountains", "is deep"] * 8
    texts = [i // 4 for i in range(len(sentences))]
    asked = [Question("is salt mined", 4 * i, 17, 26, (4 * i + 1,), ()) for i in range(8)]
    return Corpus(tuple(sentences), tuple(texts), tuple(asked), tuple(asked[:3]))


def test_the_network_is_the_bert_that_the_weights_are_of(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer

    weights = tiny_model.write(tmp_path)
    learned = network.start_from(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    pairs = [("salt is mined", "bees sleep"), ("bees", "salt is mined in deep old mountains")]
    tokenized = tokenizer.encode_batch(pairs)
    config = folder.look(tmp_path).config
    with torch.no_grad():
        scores, spans = network.read(learned, config, network.batch(tokenized))
    for row, (question, passage) in enumerate(pairs):
        ids, types = tokenized[row].ids, tokenized[row].type_ids
        hidden = tiny_model.last_layer(weights, ids, types)
        wanted = hidden.mean(axis=0) @ learned["score.weight"].numpy()[0]
        assert scores[row].item() == pytest.approx(wanted, abs=1e-3)
        first = len(question.split()) + 2
        last = first + len(passage.split())
        said = hidden[first:last] @ learned["span.weight"].numpy().T
        assert np.allclose(spans[row, first:last].numpy(), said, atol=1e-3)
        outside = np.delete(spans[row].numpy(), range(first, last), axis=0)
        assert (outside < -1000).all()


def test_a_training_that_was_broken_off_goes_on_and_learns(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from workbench.bench.reader.training import train

    tiny_model.write(tmp_path / "base")
    base = folder.look(tmp_path / "base")
    place = tmp_path / "checkpoints"
    train(place, _corpus(), base, 16)
    first = torch.load(place / "latest.pt")
    assert first["seen"] == 16
    train(place, _corpus(), base, 160, threads=2)
    last = torch.load(place / "latest.pt")
    assert last["seen"] == 160
    assert last["best"] == 1.0
    changed = {n for n, value in last["weights"].items() if not value.equal(first["weights"][n])}
    assert "score.weight" in changed
    assert not any(name.startswith("embeddings.") for name in changed)
