"""The gold format of spans, and what counts as right against it."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import graph_speed, triple_gold
from tests.benchmarks.triple_gold import GoldSentence, GoldTriple, HashDiffers, Side, judge, score
from tests.benchmarks.triples import GOALS, GOLD

_TEXT = "Ada Krog built a mill. She sold the mill to Piet."


def _gold(folder: Path, **changes: Any) -> Path:
    source = folder / "story.txt"
    source.write_text(_TEXT, "utf-8")
    row = {
        "id": 0,
        "kind": "book",
        "split": "unseen",
        "file": "story.txt",
        "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "start": 23,
        "end": len(_TEXT),
        "triples": [
            {"s": [0, 3, "Ada Krog"], "r": "sell", "o": [13, 17]},
            {"s": [0, 3, "Ada Krog"], "r": "sell to", "o": [21, 25], "optional": True},
        ],
        **changes,
    }
    gold = folder / "gold.jsonl"
    gold.write_text(json.dumps(row), "utf-8")
    return gold


def test_a_gold_sentence_is_read_from_its_source(tmp_path: Path) -> None:
    (sentence,) = triple_gold.fresh(_gold(tmp_path), tmp_path)
    assert sentence.text == "She sold the mill to Piet."
    assert sentence.context == "Ada Krog built a mill. "
    assert sentence.triples[0].object == Side("mill")
    assert not sentence.triples[1].required


def test_a_passage_of_a_collection_is_found_by_its_id(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "all.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "p7", "title": "Ada Krog", "text": _TEXT}))
    hashed = hashlib.sha256((tmp_path / "all.jsonl.gz").read_bytes()).hexdigest()
    gold = _gold(tmp_path, file="all.jsonl.gz", passage="p7", sha256=hashed)
    (sentence,) = triple_gold.fresh(gold, tmp_path)
    assert (sentence.title, sentence.text) == ("Ada Krog", "She sold the mill to Piet.")


def test_a_changed_source_is_refused(tmp_path: Path) -> None:
    gold = _gold(tmp_path)
    (tmp_path / "story.txt").write_text(_TEXT.upper(), "utf-8")
    with pytest.raises(HashDiffers):
        triple_gold.fresh(gold, tmp_path)


def test_a_pronoun_counts_only_by_the_name_that_gold_gives(tmp_path: Path) -> None:
    (sentence,) = triple_gold.fresh(_gold(tmp_path), tmp_path)
    counts = score(judge([sentence], lambda one: triple_gold.predicted(one, tmp_path)))
    assert (counts.found, counts.required) == (1, 1)
    assert counts.precision == 1
    assert "she" not in Side("She", (), "Ada Krog").heads(True)
    assert "she" in Side("She", (), "Ada Krog").heads(False)


def test_what_was_not_found_is_missed_and_what_is_not_gold_is_wrong(tmp_path: Path) -> None:
    wanted = GoldTriple(Side("Piet"), "buy", Side("mill"), True)
    sentence = GoldSentence(
        "0", "book", "unseen", _TEXT[23:], _TEXT[:23], None, None, None, "story.txt", (wanted,)
    )
    (tmp_path / "story.txt").write_text(_TEXT, "utf-8")
    judged = judge([sentence], lambda one: triple_gold.predicted(one, tmp_path))
    counts = score(judged)
    assert judged[0][2] == [wanted]
    assert (counts.right, counts.found, counts.recall) == (0, 0, 0)


def test_nothing_predicted_has_no_precision() -> None:
    assert score([]).precision is None
    assert score([]).recall is None


def test_the_gold_file_holds_spans_and_no_sentence() -> None:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 450
    assert {row["split"] for row in rows} == {"develop", "check", "unseen", "fresh2"}
    later = [row for row in rows if row["split"] == "fresh2"]
    assert len(later) >= 120
    assert sum(row["kind"] == "book" for row in later) >= 60
    for row in rows:
        assert not {"text", "sentence", "context"} & set(row)
        for triple in row["triples"]:
            assert all(0 <= side[0] < side[1] for side in (triple["s"], triple["o"]))
            assert all(len(side) < 3 or len(side[2]) < 60 for side in (triple["s"], triple["o"]))


def test_the_suite_has_the_goals_of_the_rules() -> None:
    assert GOALS["rules_rate"].value == 60_000
    rules = {"rate", "precision_unseen", "recall_unseen", "precision_novels", "recall_novels"}
    assert {f"rules_{name}" for name in rules} <= GOALS.keys()
    assert graph_speed.GOALS.items() <= GOALS.items()
