"""A diary leaves its writer out; its sentences are about “I” all the same."""

import pytest

from ingest.language.analyse import analyse
from ingest.language.claims import claims_of
from ingest.language.diaries import writer_of
from ingest.language.tagging import tagged
from workbench.memory.claims.claim_set import Statement
from workbench.memory.claims.matching import match


@pytest.mark.parametrize(
    "text",
    [
        "Quit the book club.",
        "Started at the Ferry Office today as a clerk.",
        "Bought apples.",
        "Lost my glove.",
        "Switched to the late shift.",
        "Went to the dentist.",
        "Stopped eating cheese.",
        "Met Ida at the pier.",
        "Sharing a flat with Ida.",
        "Promoted to shift leader.",
    ],
)
def test_the_writer_is_left_out(text: str) -> None:
    assert writer_of(tagged(text)).startswith("I ")
    assert any(
        clause.subject is not None and clause.subject.head == "i"
        for sentence in analyse(text).sentences
        for clause in sentence.clauses
    )


@pytest.mark.parametrize(
    "text",
    [
        "Painted wood is nice.",
        "Lost keys are at the desk.",
        "Founded in 1901.",
        "Closed on Mondays.",
        "Built by Moen.",
        "Sold out.",
        "Put the key under the mat.",
        "Read the report by Friday.",
        "Buy milk.",
        "Cleaning windows is no fun.",
        "Reading glasses are on the desk.",
    ],
)
def test_other_sentences_do_not_begin_with_the_writer(text: str) -> None:
    assert writer_of(tagged(text)) == ""


def test_positions_are_those_of_the_text() -> None:
    text = "Rented a room from Mrs Quist in Tide Street."
    (clause,) = (claim.clause for claim in claims_of(text).claims if not claim.derived)
    for phrase in clause.arguments[1:]:
        assert text[phrase.start : phrase.end] == phrase.text


def value(told: list[str], question: str) -> str | None:
    statements = [
        Statement(n, text, float(n), tuple(told[max(0, n - 3) : n - 1]))
        for n, text in enumerate(told, 1)
    ]
    found = match(question, statements)
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        (["Joined the rowing club.", "Quit the rowing club."], "Am I still in the rowing club?",
         "no"),
        (["Started at the Ferry Office today as a clerk."], "Where do I work?",
         "the Ferry Office"),
        (["Started at the Ferry Office today as a clerk."], "What do I work as?", "a clerk"),
        (["Moved from ward 3A to ward 5C."], "Which ward am I on?", "ward 5C"),
        (["Moved from ward 3A to ward 5C."], "Which ward was I on before?", "ward 3A"),
        (["I live in Bergen.", "Moved from ward 3A to ward 5C."], "Where do I live?",
         "Bergen"),
        (["Switched to the late shift."], "Which shift do I work?", "the late shift"),
        (["Pepper ran away.", "Otto found her in the shed."], "Who found Pepper?", "Otto"),
        (["I work for Lumen.", "Signed up for pottery."], "Who do I work for?", "Lumen"),
        (["Adopted a dog from the shelter.", "She is called Luna."], "What is my dog called?",
         "Luna"),
        (["Promoted to shift leader."], "What am I?", "shift leader"),
        (["Moved into the loft with Ruth."], "Who do I live with?", "Ruth"),
    ],
)  # fmt: skip
def test_a_diary_answers(told: list[str], question: str, answer: str) -> None:
    assert value(told, question) == answer


def test_no_answer_is_a_word_of_grammar() -> None:
    assert value(["Sprained my ankle."], "Who sprained an ankle?") is None
