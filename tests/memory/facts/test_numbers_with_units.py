"""How long, tall or heavy: only a number of that measure answers."""

from pathlib import Path

import pytest

from workbench.library import Library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("The desk of Ann Oak is in room R801", "How tall is Ann Oak?", None),
        ("The badge number of Ann Oak is 70011", "How long is Ann Oak?", None),
        ("Ann Oak is 172 cm tall", "How tall is Ann Oak?", "172 cm tall"),
        ("Ann Oak is 172cm", "How tall is Ann Oak?", "172cm"),
        ("The bridge is 80 metres long", "How long is the bridge?", "80 metres long"),
        ("The flight takes 3 hours", "How long is the flight?", "3 hours"),
        ("I'm 34", "How old am I?", "34"),
        ("My name's Samira", "What am I called?", "Samira"),
        ("My name's Samira", "What is my surname?", None),
        ("The door is green", "What colour is the door?", "green"),
        ("The door is open", "What colour is the door?", None),
    ],
)
def test_numbers_count_where_they_are_of_what_is_asked(
    tmp_path: Path, told: str, question: str, right: str | None
) -> None:
    with Library.open(tmp_path / "units.brain") as library:
        library.facts.tell(told)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("The bridge is 80 metres long and 12 metres wide", "How wide is the bridge?",
         "12 metres wide"),
        ("The bridge is 80 metres long and 12 metres wide", "How long is the bridge?",
         "80 metres long"),
        ("The bridge is 80 metres long and 12 metres wide", "How deep is the bridge?", None),
        ("Kim is 12 years older than Lee", "How old is Kim?", None),
        ("Tessa used to live in Kolsted", "Where did Tessa live before?", "Kolsted"),
        ("Tessa used to live in Kolsted", "Where did Tessa use to live?", "Kolsted"),
        ("Tessa used to live in Kolsted", "Where does Tessa live?", None),
        ("Tessa used to live in Kolsted", "Does Tessa live in Kolsted?", "no"),
        ("Tessa used to live in Kolsted", "Did Tessa live in Kolsted?", "yes"),
        ("I used to work at Acme", "Where did I work before?", "Acme"),
        ("I used to work at Acme", "Where do I work?", None),
    ],
)  # fmt: skip
def test_what_was_and_what_is_measured_are_kept_apart(
    tmp_path: Path, told: str, question: str, right: str | None
) -> None:
    with Library.open(tmp_path / "apart.brain") as library:
        library.facts.tell(told)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right
