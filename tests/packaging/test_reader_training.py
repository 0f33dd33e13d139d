"""Making a reader: the data, the network and a training that can be broken off."""

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reader import OWN_QUESTIONS, network
from reader.data import load
from reader.drawing import Corpus, Question, example, varied
from reader.export import export, mean_of, weights_in
from reader.judging import own_rows
from reader.mining import mined
from tests.benchmarks.corpus import rows_of
from tests.space.embeddings import tiny_model
from workbench.recall.reader import Reader
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
    folder = tmp_path / "reader"
    folder.mkdir()
    _pack(folder / "squad-spans.jsonl.gz", {"context": _PARAGRAPH, "questions": [asked]})
    said = ["salt is mined in old mountains.", "ships carry salt over the sea.", "bees dance."]
    _pack(folder / "squad-sentences.jsonl.gz", *({"text": each} for each in said))
    _pack(
        folder / "squad-questions.jsonl.gz",
        {"question": "where is salt mined?", "sentence": 0},
        {"question": "what do ships carry?", "sentence": 1},
    )
    section = ["Bees dance.", "Their dance shows where flowers are.", "Bears like honey."]
    _pack(
        folder / "selqa.jsonl.gz",
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


def _set(corpus: Path, name: str, passages: list[dict[str, Any]], *asked: dict[str, Any]) -> None:
    (corpus / name).mkdir()
    _pack(corpus / name / "passages.jsonl.gz", *passages)
    _pack(corpus / name / "questions.jsonl.gz", *asked)


#: The hash of the first puts a question into half A, that of the second into half B.
_LEARNED, _UNSEEN = "a0", "a4"


def _asked(corpus: Corpus, text: str) -> list[Question]:
    return [each for each in (*corpus.learned, *corpus.held_out) if each.text == text]


def test_only_half_a_of_a_set_is_learned_from_and_each_step_answers(questions: Path) -> None:
    passages = [
        {"id": "1", "title": "Ida", "text": "Ida wrote Ports. She was born in Bremen."},
        {"id": "2", "title": "Ports", "text": "Ports is a book. It is about Lübeck."},
    ]
    step = {"answers": ["Lübeck"], "gold": ["1", "2"], "sentences": [["Ida", 0], ["Ports", 1]]}
    _set(
        questions,
        "hotpotqa",
        passages,
        {"id": _LEARNED, "question": "Of which town did Ida write?", **step},
        {"id": _UNSEEN, "question": "Which town is in a book of Ida?", **step},
    )
    corpus = load(questions)
    found = _asked(corpus, "Of which town did Ida write?")
    assert [corpus.sentences[each.sentence] for each in found] == [
        "Ida wrote Ports.",
        "It is about Lübeck.",
    ]
    for each in found:
        misses = {corpus.sentences[i] for i in (*each.near, *each.mined)}
        assert "She was born in Bremen." in misses
        assert not misses & {"Ida wrote Ports.", "It is about Lübeck."}
    assert not _asked(corpus, "Which town is in a book of Ida?")


def test_half_a_of_what_is_asked_about_stories_is_learned_from(questions: Path) -> None:
    (questions / "books").mkdir()
    (questions / "everyday" / "texts").mkdir(parents=True)
    told = "Ida went down to the pier.\n\nThere she met Bo, the ferryman. He was never seen again."
    (questions / "books" / "pier.txt").write_text(told, encoding="utf-8")
    asked = {"book": "pier", "answers": ["Bo"], "evidence": "she met Bo", "answerable": True}
    rows = [
        {**asked, "id": "1", "half": "A", "question": "Whom does Ida meet?"},
        {**asked, "id": "2", "half": "B", "question": "Who meets Bo?"},
    ]
    absent: dict[str, Any] = {"id": _LEARNED, "text": "pier", "kind": "how-old"}
    absent |= {"question": "How old is Bo?", "answers": [], "evidence": [], "answerable": False}
    for file, lines in (
        ("books/questions.jsonl", rows),
        ("books/questions2.jsonl", []),
        ("everyday/questions.jsonl", [absent]),
    ):
        (questions / file).write_text("".join(json.dumps(each) + "\n" for each in lines))
    corpus = load(questions)
    (met,) = _asked(corpus, "Whom does Ida meet?")
    assert corpus.sentences[met.sentence] == "There she met Bo, the ferryman."
    (unknown,) = _asked(corpus, "How old is Bo?")
    assert unknown.sentence < 0
    assert unknown.near
    assert not _asked(corpus, "Who meets Bo?")


def test_tales_and_papers_are_learned_from_by_the_sentence_that_answers(questions: Path) -> None:
    (questions / "stories").mkdir()
    asked = {"kind": "feeling", "explicit": True, "sections": [1], "answers": ["very happy indeed"]}
    _pack(
        questions / "stories" / "stories-train.jsonl.gz",
        {
            "sections": [
                "The fox was happy.",
                "It ran home. There the fox felt very happy indeed.",
            ],
            "questions": [
                {**asked, "question": "How did the fox feel?"},
                {**asked, "question": "Why did it run?", "answers": ["hungry children waited"]},
                {**asked, "question": "Will it rest?", "explicit": False},
            ],
        },
    )
    text = "Of cells\n\nCells divide. They do so\nafter a day. Some rest."
    answer = {"text": "after a day", "start": text.index("after")}
    _pack(
        questions / "stories" / "covid-papers.jsonl.gz",
        {"text": text, "questions": [{"question": "When do cells divide?", "answers": [answer]}]},
    )
    assert not _asked(load(questions), "How did the fox feel?")
    corpus = load(questions, recent=True)
    (feeling,) = _asked(corpus, "How did the fox feel?")
    sentence = corpus.sentences[feeling.sentence]
    assert sentence[feeling.start : feeling.end] == "very happy indeed"
    assert feeling.recent
    assert {corpus.sentences[i] for i in feeling.near} == {"The fox was happy.", "It ran home."}
    (when,) = _asked(corpus, "When do cells divide?")
    assert corpus.sentences[when.sentence] == "They do so after a day."
    assert not _asked(corpus, "Why did it run?")
    assert not _asked(corpus, "Will it rest?")


def test_the_place_of_an_answer_and_lines_of_chats_are_found(questions: Path) -> None:
    told = "The pier is old. It was built of oak."
    placed = {"id": _LEARNED, "question": "What is the pier of?", "answers": ["oak"]}
    _set(
        questions,
        "xquad",
        [{"id": "1", "title": "Pier", "text": told}],
        {**placed, "gold": ["1"], "answer_start": told.index("oak")},
    )
    chat = "Ida: When do we meet?\nBo: On Monday at noon. Bring the map!"
    _set(
        questions,
        "lihua",
        [{"id": "1", "title": "week1", "text": chat}],
        {"id": _LEARNED, "question": "When do they meet?", "answers": ["Monday"], "gold": ["1"]},
        {"id": _LEARNED, "question": "Who sank?", "answers": ["Nobody"], "gold": []},
    )
    corpus = load(questions)
    (pier,) = _asked(corpus, "What is the pier of?")
    assert corpus.sentences[pier.sentence][pier.start : pier.end] == "oak"
    (meet,) = _asked(corpus, "When do they meet?")
    assert corpus.sentences[meet.sentence].startswith("Bo:")
    (absent,) = _asked(corpus, "Who sank?")
    drawn = example(corpus, absent, 3, random.Random(1))
    assert (len(drawn.passages), drawn.answered) == (3, False)


def test_questions_of_our_own_keep_their_near_misses_and_told_statements_stand_alone(
    questions: Path,
) -> None:
    def asked(text: str, answers: list[int], words: str, near: list[int]) -> dict[str, Any]:
        return {"question": text, "answers": answers, "also": [], "near": near, "words": words}

    pier = ["Ida went to the pier.", "Bo was at the pier.", "He was forty.", "Ida was young."]
    story = {"half": "a", "kind": "story", "sentences": pier}
    told = {"half": "a", "kind": "told", "sentences": ["Ann has a van.", "Jo has a mill."]}
    file = questions / "own.jsonl.gz"
    _pack(
        file,
        {**story, "questions": [asked("How old is Bo?", [1, 2], "forty", [3])]},
        {**story, "half": "b", "questions": [asked("How old is Ida?", [3], "young", [])]},
        {**told, "questions": [asked("Who owns a vehicle?", [0], "van", []),
                               asked("How old is Jo?", [], "", [1])]},
    )  # fmt: skip
    corpus = load(questions, own=file)
    (bo,) = _asked(corpus, "How old is Bo?")
    assert corpus.sentences[bo.sentence][bo.start : bo.end] == "forty"
    misses = [corpus.sentences[i] for i in bo.near]
    assert misses[0] == "Ida was young."
    assert "Bo was at the pier." not in misses
    for text in ("Who owns a vehicle?", "How old is Jo?"):
        (found,) = _asked(corpus, text)
        for seed in range(20):
            shown = example(corpus, found, 3, random.Random(seed)).passages
            assert not any("van" in each and "mill" in each for each in shown)
    (jo,) = _asked(corpus, "How old is Jo?")
    assert (jo.sentence, corpus.sentences[jo.near[0]]) == (-1, "Jo has a mill.")
    assert not _asked(corpus, "How old is Ida?")


def test_the_questions_that_ship_point_at_sentences() -> None:
    for row in rows_of(OWN_QUESTIONS):
        for asked in row["questions"]:
            answers = {*asked["answers"], *asked["also"]}
            assert answers | {*asked["near"]} <= {*range(len(row["sentences"]))}, asked["question"]
            assert not answers & {*asked["near"]}, asked["question"]


def test_a_reader_is_judged_by_half_b_of_our_own_questions(tmp_path: Path) -> None:
    tiny_model.write(tmp_path / "base")
    base = folder.inspect_folder(tmp_path / "base")
    weights = tiny_model.write(tmp_path / "again")
    size = weights["embeddings.word_embeddings.weight"].shape[1]
    heads = {
        "score.weight": np.ones((1, size), np.float32),
        "score.bias": np.zeros(1, np.float32),
        "span.weight": np.ones((2, size), np.float32),
        "span.bias": np.zeros(2, np.float32),
    }
    export({**weights, **heads}, base, tmp_path / "reader", tokens=base.longest)
    said = ["salt is mined in old mountains.", "bees sleep."]
    known = {"question": "who sleeps?", "answers": [1], "also": [], "near": [0], "words": ""}
    absent = {"question": "who sings?", "answers": [], "also": [], "near": [0], "words": ""}
    row = {"half": "b", "kind": "told", "sentences": said, "questions": [known, absent]}
    file = tmp_path / "own.jsonl.gz"
    _pack(file, row, {**row, "half": "a"})
    rows = {each.name: each for each in own_rows(Reader.load(tmp_path / "reader"), file)}
    assert set(rows) == {f"told, {what}" for what in ("first", "among first 5", "none answers")}
    assert rows["told, among first 5"].value == 100.0
    assert rows["told, first"].input == "1 questions"


def test_drawings_to_learn_from_miss_the_answer_the_name_or_the_premise() -> None:
    sentences = ("Ida Ross sold the old mill in 1911.", "The mill is red.", "Bees sleep.")
    asked = Question(
        "When did Ida Ross sell it?", 0, 30, 34, (1,), (), premise="When did Bo Lund sell it?"
    )
    corpus = Corpus(sentences * 2, (0, 0, 1, 2, 2, 3), (asked,), ())
    kinds = set()
    for seed in range(200):
        drawn = varied(corpus, asked, 3, random.Random(seed))
        assert len(drawn.passages) == 3
        if drawn.question == asked.premise:
            assert not drawn.answered
            kinds.add("premise")
        elif not drawn.answered:
            assert not any("1911" in each for each in drawn.passages)
            kinds.add("absent")
        else:
            assert drawn.passages[0][drawn.start : drawn.end] == "1911"
            kinds.add("unnamed" if "Ida" not in drawn.passages[0] else "plain")
            if asked.text in drawn.passages:
                kinds.add("echo")
    assert kinds == {"premise", "absent", "unnamed", "plain", "echo"}


def test_the_program_finds_near_misses_once(questions: Path, tmp_path: Path) -> None:
    corpus = load(questions)
    found = mined(tmp_path / "mined.json", corpus)
    text = "Where is salt mined?"
    assert any("salt" in corpus.sentences[i] for i in found[text])
    (tmp_path / "mined.json").write_text(
        json.dumps({"sentences": len(corpus.sentences), "found": {text: [2]}}), "utf-8"
    )
    kept = mined(tmp_path / "mined.json", corpus)
    assert kept == {text: [2]}
    (asked,) = _asked(load(questions, kept), text)
    assert asked.mined in ((2,), ())


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
    config = folder.inspect_folder(tmp_path).config
    with torch.no_grad():
        scores, spans = network.read(learned, config, network.batch(tokenized).to("cpu"))
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


def test_pairs_sorted_by_their_length_read_as_all_of_them_together(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer

    tiny_model.write(tmp_path)
    learned = network.start_from(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    long = "salt is mined in deep old mountains"
    passages = [long, "bees", "bees sleep", f"{long} {long}", "salt", "is mined"]
    tokenized = tokenizer.encode_batch([("salt", each) for each in passages])
    config = folder.inspect_folder(tmp_path).config
    pairs = network.by_length(tokenized, 2)
    assert len({each.ids.shape[1] for each in pairs.batches}) > 1
    tensors = network.Sorted(tuple(each.to("cpu") for each in pairs.batches), pairs.order)
    with torch.no_grad():
        scores, spans = network.read_sorted(learned, config, tensors)
        wanted = network.read(learned, config, network.batch(tokenized).to("cpu"))
    assert torch.allclose(scores, wanted[0], atol=1e-5)
    assert torch.allclose(spans, wanted[1], atol=1e-5)


def test_a_reader_in_eight_bits_is_learned_from_on(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from tokenizers import Tokenizer

    tiny_model.write(tmp_path / "base")
    base = folder.inspect_folder(tmp_path / "base")
    weights = {name: value.numpy() for name, value in network.start_from(base.path).items()}
    weights["score.weight"] = weights["score.weight"] * 50
    export(weights, base, tmp_path / "reader", tokens=base.longest)
    on = network.go_on_from(base.path, tmp_path / "reader")
    assert set(on) == set(weights)
    for name, value in on.items():
        most = np.abs(weights[name]).max()
        assert np.allclose(value.numpy(), weights[name], atol=max(most, 1e-6) / 100), name
    passages = ["bees sleep", "salt is mined in deep old mountains"]
    tokenizer = Tokenizer.from_file(str(base.path / "tokenizer.json"))
    tokenized = tokenizer.encode_batch([("salt is mined", each) for each in passages])
    with torch.no_grad():
        scores, _ = network.read(on, base.config, network.batch(tokenized).to("cpu"))
    readings = Reader.load(tmp_path / "reader").read("salt is mined", passages)
    said = [each.score for each in readings if each is not None]
    assert scores.tolist() == pytest.approx(said, abs=0.2)


def test_the_mean_of_a_reader_and_what_went_on_from_it_is_learned_of_both(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from reader.training import Course, train

    tiny_model.write(tmp_path / "base")
    base = folder.inspect_folder(tmp_path / "base")
    first = {name: value.numpy() for name, value in network.start_from(base.path).items()}
    export(first, base, tmp_path / "reader", tokens=base.longest)
    recent = [replace(each, recent=number > 3) for number, each in enumerate(_corpus().learned)]
    corpus = replace(_corpus(), learned=tuple(recent))
    course = Course(step=4, rate=0.5, replayed=0.5, frozen=1)
    train(tmp_path / "on", corpus, base.path, 8, start=tmp_path / "reader", course=course)
    old, new = (weights_in(tmp_path / name, base) for name in ("reader", "on"))
    mean = mean_of([old, new], [3, 1])
    assert np.allclose(
        mean["score.weight"], 0.75 * old["score.weight"] + 0.25 * new["score.weight"]
    )
    changed = {name for name, value in new.items() if not np.array_equal(value, old[name])}
    assert "score.weight" in changed
    assert not any(name.startswith("encoder.layer.0.") for name in changed)


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_a_training_that_was_broken_off_goes_on_and_learns(tmp_path: Path, device: str) -> None:
    torch = pytest.importorskip("torch")
    if device == "cuda" and not torch.cuda.is_available():
        pytest.skip("no graphics card on which steps could be recorded")
    from reader.training import train

    tiny_model.write(tmp_path / "base")
    base = folder.inspect_folder(tmp_path / "base")
    place = tmp_path / "checkpoints"
    train(place, _corpus(), base.path, 16, device=device)
    first = torch.load(place / "latest.pt")
    assert first["seen"] == 16
    more = train(place, _corpus(), base.path, 160, threads=2, bfloat16=True, device=device)
    assert more == 1.0
    last = torch.load(place / "latest.pt")
    assert last["seen"] == 160
    changed = {n for n, value in last["weights"].items() if not value.equal(first["weights"][n])}
    assert "score.weight" in changed
    assert not any(name.startswith("embeddings.") for name in changed)
