"""What is asked must hold of the one of whom it is asked: talks of two, and books by one."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import made_chats
from tests.recall.claims import claims
from workbench.library import Library


def _chat(folder: Path, turns: list[tuple[str, str]]) -> Library:
    file = folder / "chat.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number, (who, said) in enumerate(turns):
            record = {"id": f"t{number}", "title": "Session 1", "author": who, "text": said}
            out.write(json.dumps(record) + "\n")
    library = Library.open(folder / "chat.brain")
    library.add(file)
    return library


_TURNS = [
    ("Ottilie", "It has been raining here for days. How are you?"),
    ("Radomir", "I adopted a greyhound from the shelter last week."),
    ("Ottilie", "A greyhound from the shelter! I am so glad that you adopted one."),
    ("Radomir", "Thank you! I walk with him along the canal every morning."),
    ("Ottilie", "I broke my wrist on the ice, so I type with one hand."),
    ("Radomir", "I hope that your wrist heals soon."),
    ("Ottilie", "My sister cooks for me until then."),
]


@pytest.mark.usefixtures("reading")
def test_A7_a_question_of_the_wrong_speaker_is_far_less_sure_than_of_the_right_one(
    tmp_path: Path,
) -> None:
    with _chat(tmp_path, _TURNS) as library:
        right = library.ask("What animal did Radomir adopt from the shelter?", quotes=True)
        wrong = library.ask("What animal did Ottilie adopt from the shelter?", quotes=True)
        assert not right.abstained
        assert not claims(wrong)
        assert wrong.evidence
        assert right.confidence > wrong.confidence + 0.2


def test_made_chats_follow_from_their_seed_and_ask_only_what_they_hold() -> None:
    one, other = made_chats.conversations(2, 5), made_chats.conversations(2, 5)
    assert one == other
    assert one[0].records != made_chats.conversations(1, 6)[0].records
    for chat in one:
        keys = {record["id"] for record in chat.records}
        assert all(question.gold <= keys for question in chat.questions)
        assert any(not question.gold for question in chat.questions)
        assert any(question.gold for question in chat.questions)


@pytest.mark.parametrize("half", ["A", "B"])
def test_made_chats_name_a_value_in_the_turn_that_answers(half: str) -> None:
    (chat,) = made_chats.conversations(1, 7)
    said = {record["id"]: record for record in chat.records}
    for question in chat.questions:
        if question.half == half and question.id.endswith("/0"):
            (key,) = question.gold
            assert said[key]["author"] in question.text
