"""Two records of answers: what differs is named, what cannot be the same twice is left out."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import comparison


def _write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_equal_records_have_no_differences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row: dict[str, object] = {"id": "ask 1", "answer": {"value": "Ferry", "confidence": 0.5}}
    before, after = (_write(tmp_path / name, row) for name in ("before", "after"))
    assert comparison.main(["compare", str(before), str(after)]) == 0
    assert capsys.readouterr().out.endswith("0 differences\n")


def test_each_changed_field_is_named_with_both_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _write(
        tmp_path / "before",
        {"id": "ask 1", "answer": {"value": "Ferry", "evidence": [{"quote": "a"}, {"quote": "b"}]}},
        {"id": "ask 2", "answer": {"value": None}},
    )
    after = _write(
        tmp_path / "after",
        {
            "id": "ask 1",
            "answer": {"value": "Ferry", "evidence": [{"quote": "a"}, {"quote": "c"}], "new": 1},
        },
    )
    assert comparison.main(["compare", str(before), str(after)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        'ask 1 answer.evidence[1].quote: "b" → "c"',
        "ask 2: only in before",
        "2 differences",
    ]
