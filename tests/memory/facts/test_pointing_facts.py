"""What is said of "him" or "it" is found by the name in the fact before, where that is sure."""

from pathlib import Path

import pytest

from workbench.library import Library


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("Tom Rask is a baker. He lives in Turin. He is 44.", "Where does Tom Rask live?", "Turin"),
        ("Tom Rask is a baker. He lives in Turin. He is 44.", "How old is Tom Rask?", "44"),
        ("The head of the yard is Ada Holm. Her deputy is Otto Berg.",
         "Who is Ada Holm's deputy?", "Otto Berg"),
        ("Ada Holm called Otto Berg. He lives in Turin.", "Where does Ada Holm live?", None),
        ("Ada Holm is Otto's sister. He lives in Turin.", "Where does Ada Holm live?", None),
        ("Ada and Otto are here. He lives in Turin.", "Where does Ada live?", None),
        ("Ada Holm is a nurse. The van is red. She lives in Turin.", "Where does Ada Holm live?",
         None),
        ("Ada Holm is a nurse. She lives in Turin.", "Where does Ada Berg live?", None),
        ("Ada Holm lives in Rome. She loves Turin.", "Where does Ada Holm live?", "Rome"),
    ],
)  # fmt: skip
def test_a_word_for_somebody_is_read_as_the_name_before_it(
    tmp_path: Path, told: str, question: str, right: str | None
) -> None:
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell(told)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right
    if found is not None:
        assert found.fact.text[found.start : found.end] == found.value


def test_what_was_told_long_after_speaks_of_nobody_known(tmp_path: Path) -> None:
    now = [1e9]
    with Library.open(tmp_path / "told.brain", clock=lambda: now[0]) as library:
        library.facts.tell("Ada Holm is a nurse.")
        now[0] += 3600.0
        library.facts.tell("She lives in Turin.")
        assert library.facts.value("Where does Ada Holm live?") is None


def test_what_is_saved_elsewhere_meanwhile_does_not_part_two_statements(tmp_path: Path) -> None:
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("Tom Rask is a baker.", collection="people")
        library.facts.tell("The rent is 900 euro. The van is red.", collection="house")
        library.facts.tell("He lives in Turin.", collection="people")
        found = library.facts.value("Where does Tom Rask live?", collection="people")
    assert found is not None
    assert found.value == "Turin"
