"""A misspelt word of a question is looked for as what is meant by it, and the answer says so."""

from collections.abc import Iterator

import pytest

from tests.recall.claims import claims
from workbench.library import Library


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        opened.add_text(
            "The ferry at Ostrel was steered by captain Gerrit Noll. He was drowned in 1926.",
            title="Ferry",
        )
        opened.add_text("Queequeg mended the harpoon. Swifts sleep on the wing.", title="Notes")
        opened.facts.tell("Bo lives in Bergen.")
        yield opened


@pytest.mark.parametrize(
    ("question", "meant", "said"),
    [
        ("Who was the captian of the ferry?", "Who was the captain of the ferry?", "Gerrit Noll"),
        ("What did Quequeg mend?", "What did Queequeg mend?", "harpoon"),
        ("Who steerd the ferry at Ostrel?", "", "Gerrit Noll"),
    ],
)
def test_a_slip_is_answered_for_what_is_meant(
    library: Library, question: str, meant: str, said: str
) -> None:
    answer = library.ask(question, quotes=True)
    assert not answer.abstained
    assert said in answer.sentences[0].text
    assert answer.question == question
    if meant:
        assert answer.asked_as == meant
        assert meant.rstrip("?") in answer.note


@pytest.mark.parametrize(
    "question",
    [
        "Who bought the ferry?",  # a word of its own, not “brought”
        "When did Nell drown?",  # another short name than Noll
        "Who was the doctor of the ferry?",
        "Who was xzqvbn?",
        "谁是船长？",
        "Wo liegt die Fähre und der Captian?",  # English words are known here, and no others
    ],
)
def test_what_is_no_slip_is_asked_as_it_is(library: Library, question: str) -> None:
    answer = library.ask(question, quotes=True)
    assert not claims(answer)
    assert not answer.note
    assert not answer.asked_as


def test_a_word_of_sources_that_were_not_asked_is_no_slip(library: Library) -> None:
    rows = {row.title: row.id for row in library.sources.list()}
    answer = library.ask("What did Queequeg mend?", sources=[rows["Ferry"]], quotes=True)
    assert not claims(answer)
    assert not answer.note


def test_a_word_that_was_told_is_no_slip(library: Library) -> None:
    library.facts.tell("Queequog lives in Oslo.")
    answer = library.ask("What did Queequog mend?", quotes=True)
    assert not claims(answer)
    assert not answer.note


def test_whose_something_is_stays_with_what_is_meant(library: Library) -> None:
    answer = library.ask("What is the captian's name?", quotes=True)
    assert answer.asked_as == "What is the captain's name?"
