"""A state ends by the passive of its own verb, and by phrasal verbs of any kind."""

from pathlib import Path

import pytest

from workbench.jobs import Cancel
from workbench.library import Library
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match
from workbench.memory.claims.supersession import may_bear_on


def value(told: list[str], question: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(told, 1)])
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        (["The kiosk accepts vouchers.", "Vouchers stopped being accepted at the kiosk."],
         "Does the kiosk accept vouchers?", "no"),
        (["The archive lends maps.", "Maps are no longer lent by the archive."],
         "Does the archive lend maps?", "no"),
        (["The kiosk accepts vouchers.", "Coins stopped being accepted at the kiosk."],
         "Does the kiosk accept vouchers?", "yes"),
        (["The kiosk accepts vouchers.", "Vouchers stopped being accepted at the cinema."],
         "Does the kiosk accept vouchers?", "yes"),
    ],
)  # fmt: skip
def test_the_passive_of_a_verb_ends_what_it_says(
    told: list[str], question: str, answer: str
) -> None:
    assert value(told, question) == answer


def test_a_phrasal_verb_is_an_event() -> None:
    assert may_bear_on("Runa and Ole called it off.", "Runa is engaged to Ole.")
    assert not may_bear_on("Runa lived in Bergen.", "Runa is engaged to Ole.")


@pytest.mark.parametrize("event", ["My tariff is cancelled.", "My tariff has expired."])
def test_what_ended_is_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("My tariff is flat.")
        library.facts.tell(event)
        library._core.judge_told(Cancel())
        told = library.facts.value("What is my tariff?")
        assert told is None or told.value is None
        former = library.facts.value("What was my tariff?")
        assert former is not None
        assert former.value == "flat"
