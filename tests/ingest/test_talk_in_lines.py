"""A talk written down line by line: who says what stays apart, however short the lines are."""

from pathlib import Path

import pytest

from tests.ingest.conftest import Read

_TALK = (
    "Jonas: did you feed the cat?",
    "Mira: twice. Biscuit eats more than the dog ever did",
    "Jonas: the vet said no tuna anymore, his kidneys",
    "Mira: oh. I gave him tuna on tuesday",
    "Jonas: next appointment is on the 19th at dr. weller",
    "Mira: also the landlord called. rent goes up by 60 from february, which is twice in one year",
    "Jonas: again??",
)


def _save(folder: Path, text: str) -> Path:
    file = folder / "talk.txt"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("when", ["", "12/03/2026, 18:22 - ", "[18:22] ", "(18:22:07) "])
def test_no_sentence_of_a_chat_holds_what_two_people_say(
    tmp_path: Path, read: Read, when: str
) -> None:
    book = read(_save(tmp_path, "".join(f"{when}{line}\n" for line in _TALK)))
    for sentence in book.sentences:
        assert ("Jonas:" in sentence) + ("Mira:" in sentence) <= 1, sentence
    assert any(each.endswith("his kidneys") for each in book.sentences)


def test_a_long_line_of_a_talk_is_not_joined_with_the_next(tmp_path: Path, read: Read) -> None:
    long = "Mira: also the landlord called and says that the rent goes up by 60"
    book = read(_save(tmp_path, "".join(f"{long}\nJonas: again and again and again\n" * 5)))
    assert all("\n" not in each for each in book.sentences)
    assert not any("60 Jonas" in each for each in book.sentences)


def test_terms_and_what_they_mean_are_no_talk(tmp_path: Path, read: Read) -> None:
    terms = ("Anvil", "Bellows", "Chisel", "Drift", "Easel", "Flux", "Gauge", "Hammer")
    wrapped = "".join(
        f"{term}: a thing of the smithy that lies beside the\nfire and is used on every day of it\n"
        for term in terms
    )
    book = read(_save(tmp_path, wrapped))
    assert any("beside the fire" in " ".join(each.split()) for each in book.sentences)
