"""Questions in other words than the facts: relations meet, and what nobody told stays silent.

All facts of a set are told into one scope, so that every question has the facts of everybody else
to go wrong by. Half b of the questions was set aside while the tables were written; the relations
are rarer ones.
"""

from pathlib import Path

import pytest

from reader.statement_weights import shipped_sets
from workbench.library import Library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "halves", "answered", "silent"),
    [
        ("questions", "a", 0.28, 0.98),
        ("questions", "b", 0.33, 0.93),
        ("relations", "ab", 0.16, 0.96),
    ],
)
def test_most_questions_in_other_words_are_answered_and_strange_ones_are_not(
    tmp_path: Path, kind: str, halves: str, answered: float, silent: float
) -> None:
    cases = [case for half in halves for case in shipped_sets(half) if case["kind"] == kind]
    asked = {each["question"]: each.get("answers") for case in cases for each in case["ask"]}
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("\n".join(each["text"] for each in cases[0]["tell"]))
        found = {question: library.facts.value(question) for question in asked}
    said = {question: each.shown.lower() for question, each in found.items() if each is not None}
    wrong = [q for q, right in asked.items() if right and right[0].lower() not in said.get(q, "")]
    spoken = [question for question, right in asked.items() if not right and question in said]
    strange = sum(not right for right in asked.values())
    assert len(wrong) <= (1 - answered) * (len(asked) - strange), wrong
    assert len(spoken) <= (1 - silent) * strange, spoken
