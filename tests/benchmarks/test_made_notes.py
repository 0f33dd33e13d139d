"""Made small libraries ask what is told, and what is told only the other way round."""

import re

from tests.benchmarks import made_notes


def test_what_is_asked_the_other_way_round_is_told_of_nobody() -> None:
    turned = 0
    for shelf in made_notes.shelves(40, 3):
        whole = " ".join(record["text"] for record in shelf.records)
        for question in shelf.questions:
            if question.id.endswith(f"/{made_notes.REVERSE}"):
                turned += 1
                assert not question.gold
                (name,) = re.findall(r"[A-Z]\w+ [A-Z]\w+", question.text)
                assert name in whole
    assert turned >= 5


def test_the_same_seed_makes_the_same_libraries() -> None:
    assert list(made_notes.shelves(3, 5)) == list(made_notes.shelves(3, 5))
