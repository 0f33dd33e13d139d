"""Fillers of speech go, what only looks like them stays, and every place stays where it is."""

import pytest

from ingest.triples.fillers import without_fillers
from ingest.triples.reading import PassageReader

read_triples = PassageReader().read


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("So, um, the lock, you know, opens at noon.", "So the lock opens at noon."),
        ("Uh, Torvald is, like, the keeper of the lock.", "Torvald is the keeper of the lock."),
        ("I mean, the keeper counts the, the ships.", "the keeper counts the ships."),
        ("Okay, so basically the mill grinds rye, right?", "the mill grinds rye ."),
        ("and uh, she founded the the school", "and she founded the school"),
        ("The mill is kind of a museum.", "The mill is a museum."),
        ("[?] The mill burned.", "The mill burned."),
    ],
)
def test_fillers_are_blanked_out(said: str, plain: str) -> None:
    cleaned = without_fillers(said)
    assert " ".join(cleaned.split()) == plain
    assert len(cleaned) == len(said)
    for at, letter in enumerate(cleaned):
        assert letter in (said[at], " ", ".")


@pytest.mark.parametrize(
    "said",
    [
        "It is a kind of museum.",
        "He said that that was right. Is that right?",
        "You know him, and I like ships.",
        "Well water is clean.",
        "She had had enough of it.",
        "This is kind of you, and so kind of her.",
        "He came in in the morning; if he saw it, it was dark.",
    ],
)
def test_what_only_looks_like_a_filler_stays(said: str) -> None:
    assert without_fillers(said) == said


def test_what_is_said_with_hesitation_is_read_like_what_is_written() -> None:
    said = "So, um, Odile Brandt, you know, founded the, uh, the dredging school in 1911, right?"
    wanted = {("found", "dredging school"), ("found in", "1911")}
    read = read_triples(without_fillers(said))
    assert {(each.canonical, each.object.text) for each in read} == wanted
    for each in read:
        assert said[each.subject.start : each.subject.end] == "Odile Brandt"
