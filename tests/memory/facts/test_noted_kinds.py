"""Questions for a kind of memory: decisions, things to do, failures, lessons, reasons."""

from pathlib import Path

import pytest

from workbench.library import Library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        (["Met Olga about parking", "Decided to rent two spaces"], "What was decided?",
         "rent two spaces"),
        (["We talked about the heating", "DECISION: Replace the pump. REASON: It leaks"],
         "What heating decision was made?", "Replace the pump"),
        (["We chose oak because it lasts"], "Why did we choose oak?", "because it lasts"),
        (["DECISION: Use Postgres. REASON: Better joins for the reports."], "Why Postgres?",
         "Better joins for the reports"),
        (["DECISION: Use Postgres. REASON: Better joins for the reports."],
         "Why do we use Postgres?", "Better joins for the reports"),
        (["DECISION: Use Postgres. REASON: Better joins for the reports."], "Why Oracle?", None),
        (["Decided to rent two spaces"], "What was decided about the logo?", None),
        (["Decided to rent two spaces"], "What did Olga decide?", None),
        (["The lamp is in the hall"], "What was decided?", None),
        (["The lamp is in the hall"], "What went wrong?", None),
        (["TODO: order filter paper"], "What was decided?", None),
    ],
)  # fmt: skip
def test_what_was_noted_is_found_by_its_kind(
    tmp_path: Path, told: list[str], question: str, right: str | None
) -> None:
    with Library.open(tmp_path / "noted.brain") as library:
        for each in told:
            library.facts.tell(each)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right


def test_the_newest_decision_on_a_thing_answers(tmp_path: Path) -> None:
    with Library.open(tmp_path / "noted.brain") as library:
        library.facts.tell("DECISION: paint the hall white", at="2024-01-05")
        library.facts.tell("DECISION: paint the hall green", at="2024-03-05")
        found = library.facts.value("What was decided about the hall?")
        then = library.facts.value("What was decided about the hall?", as_of="2024-02-01")
    assert found is not None
    assert then is not None
    assert (found.value, then.value) == ("paint the hall green", "paint the hall white")
