"""Short everyday questions to small libraries: few are silent that should not be, or the reverse.

A library is whole in one half of the data; choices were made by half A alone.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.corpus import library_of

_FILE = Path(__file__).with_name("everyday_notes.jsonl")
SHELVES: list[dict[str, Any]] = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]


def test_answers_stand_in_the_notes_that_are_asked_and_half_of_the_questions_have_none() -> None:
    answered = []
    for shelf in SHELVES:
        whole = " ".join(shelf["texts"].values())
        for each in shelf["questions"]:
            answered.append(each["answer"] is not None)
            assert each["answer"] is None or each["answer"] in whole
            assert answered[-1] == (each["kind"] == "answerable")
    assert 0.35 < sum(answered) / len(answered) < 0.65


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["", "off"])
def test_A7_small_libraries_answer_what_they_tell_and_are_silent_on_what_they_do_not(
    reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_READER", reader)
    right: dict[tuple[str, bool], list[bool]] = {}
    for shelf in SHELVES:
        records = [
            {"id": f"{shelf['id']}-{number}", "title": title, "text": text}
            for number, (title, text) in enumerate(shelf["texts"].items())
        ]
        with library_of(records) as library:
            for each in shelf["questions"]:
                answer = library.ask(each["question"], limit=5, quotes=True)
                told = each["answer"] is not None
                # What is told is not silent; what is not, is at most passages that may answer.
                silent = answer.abstained or (not told and answer.possible)
                right.setdefault((shelf["half"], told), []).append(silent != told)
    for half in "AB":
        assert sum(right[half, True]) >= 0.75 * len(right[half, True])
        assert sum(right[half, False]) >= 0.65 * len(right[half, False])
