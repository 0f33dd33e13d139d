"""What is read of the evaluation data: which questions can judge an answer."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import passages_set


def _packed(file: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


def test_a_question_answered_by_no_named_record_is_none_without_an_answer(tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    _packed(tmp_path / "chat" / "passages.jsonl.gz", [{"id": "p", "title": "t", "text": "Soup."}])
    asked = [
        {"id": "known", "question": "What is for dinner?", "gold": ["p"], "answerable": True},
        {"id": "lost", "question": "Who cooks?", "gold": [], "answerable": True},
        {"id": "absent", "question": "Who sings?", "gold": [], "answerable": False},
    ]
    _packed(tmp_path / "chat" / "questions.jsonl.gz", asked)

    found = passages_set(tmp_path, "chat").questions

    assert {each.id: bool(each.gold) for each in found} == {"known": True, "absent": False}
