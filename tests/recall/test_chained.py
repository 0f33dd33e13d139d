"""A question inside a question: each step is answered, told and cited, whatever leads there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from workbench.library import Library
from workbench.recall.chained import chained, nested

_NOTES = {
    "Warehouse": "The warehouse Delta is owned by Kenji. It was built of brick.",
    "People": "Kenji's manager is Marisol. She keeps the books.",
    "Marisol": "Marisol lives in Ostrel with two dogs. She dances.",
    "Bakery": "The bakery opened at five. A cat slept on the warm sacks of flour.",
    "Flood": "Rain fell for nine days. In the flood the keeper lost his left boot.",
}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        for title, said in _NOTES.items():
            opened.add_text(said, title=title)
        yield opened


@pytest.mark.parametrize(
    ("question", "inner", "outer"),
    [
        ("Who is the manager of the owner of Delta?", "Who is the owner of Delta?",
         "Who is the manager of Kenji?"),
        ("Who is the manager of Delta's owner?", "Who is the owner of Delta?",
         "Who is the manager of Kenji?"),
        ("Where was the owner of Delta Works born?", "Who is the owner of Delta Works?",
         "Where was Kenji born?"),
        ("Who manages the man who owns Delta?", "Who owns Delta?", "Who manages Kenji?"),
        ("Where does the sister of Ann Lee’s tutor live", "Who is the tutor of Ann Lee?",
         "Where does the sister of Kenji live"),
    ],
)  # fmt: skip
def test_what_describes_somebody_is_asked_first(question: str, inner: str, outer: str) -> None:
    found = nested(question)
    assert found is not None
    assert found.inner == inner
    assert found.outer("Kenji") == outer


@pytest.mark.parametrize(
    "question",
    [
        "Who is the owner of Delta?",
        "Who is Delta's owner?",
        "Who owns Delta?",
        "What does the warehouse hold?",
        "Delta's owner",
        "the owner of " * 40 + "Delta?",
        "",
        "🐝 of 🐝?",
        "谁是三角洲的主人的经理？",
    ],
)
def test_a_question_that_asks_one_thing_holds_no_other(question: str) -> None:
    assert nested(question) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Who is the manager of the owner of Delta?",
        "Who is the manager of Delta's owner?",
        "Who manages the owner of Delta?",
        "Who manages the man who owns Delta?",
    ],
)
def test_A10_each_hop_is_told_and_cited_and_its_path_opens(library: Library, question: str) -> None:
    answer = library.ask(question, quotes=True)
    assert not answer.abstained
    assert answer.value == "Marisol"
    assert [each.text for each in answer.sentences] == [
        "The warehouse Delta is owned by Kenji.",
        "Kenji's manager is Marisol.",
    ]
    first, second = (answer.evidence[each.citations[0] - 1] for each in answer.sentences)
    assert (first.source.title, second.source.title) == ("Warehouse", "People")
    assert first.path == ()
    assert [(step.name, step.title) for step in second.path] == [
        ("Kenji", "Warehouse"), ("", "People"),
    ]  # fmt: skip
    assert [each.n for each in answer.evidence] == list(range(1, len(answer.evidence) + 1))
    scores = [each.score for each in answer.evidence]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= answer.confidence


def test_A10_three_hops_are_followed(library: Library) -> None:
    answer = library.ask("Where does the manager of the owner of Delta live?", quotes=True)
    assert answer.value == "Ostrel"
    assert [each.citations for each in answer.sentences] == [(1,), (2,), (3,)]
    assert [step.name for step in answer.evidence[2].path] == ["Kenji", "Marisol", ""]


def test_no_more_is_quoted_than_was_asked_for_and_what_is_quoted_is_counted(
    library: Library,
) -> None:
    question = "Who is the manager of the owner of Delta?"
    for limit in (1, 2, 3):
        answer = library.ask(question, quotes=True, limit=limit)
        assert len(answer.evidence) <= limit
        assert answer.coverage.passages == len(answer.evidence)
        assert answer.coverage.sources == len({each.source.id for each in answer.evidence})
    assert library.ask(question, quotes=True, limit=2).value == "Marisol"


def test_A10_what_a_step_leads_over_is_a_reason_where_reasons_are_asked_for(
    library: Library,
) -> None:
    question = "Who is the manager of the owner of Delta?"
    told = library.ask(question, quotes=True, explain=True).evidence[1].reasons
    assert any("Reached over “Kenji”" in reason for reason in told)
    assert library.ask(question, quotes=True).evidence[1].reasons == ()


def test_A7_where_a_step_is_not_known_nothing_is_made_up(library: Library) -> None:
    answer = library.ask("Who is the manager of the owner of Sigma?", quotes=True)
    assert answer.value is None
    answer = library.ask("Where was the owner of Delta born?", quotes=True)
    assert answer.value is None


def test_a_sentence_that_answers_two_steps_is_shown_once(library: Library) -> None:
    step = library.ask("Who owns Delta?", quotes=True)
    assert step.value == "Kenji"
    whole = replace(library.ask("Where does Marisol live?", quotes=True), value=None)
    question = "What is the nickname of the owner of Delta?"
    answer = chained(lambda *_: step, lambda *_: (1, 0, 1), question, whole, 5)
    assert [each.text for each in answer.sentences] == [step.sentences[0].text]


@pytest.mark.slow
def test_a_step_that_a_path_leads_to_and_no_value_ends_there() -> None:
    with Library.open(":memory:") as library:
        library.add_text(
            "Delta Works is a foundry that Kenji Arato opened in Lorn.", title="Delta Works"
        )
        library.add_text("Kenji Arato took the title from his father.", title="Kenji Arato")
        library.add_text("Bees dance to tell where the flowers are.", title="Bees")
        answer = library.ask("Where was the father of Delta Works born?", quotes=True)
    assert answer.value is None


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who is the owner of Delta?", "Kenji"),
        ("Who is the manager of Kenji?", "Marisol"),
        ("Who owns Delta?", "Kenji"),
    ],
)
def test_who_does_something_is_found_by_noun_and_by_verb(
    library: Library, question: str, value: str
) -> None:
    assert library.ask(question, quotes=True).value == value


@pytest.fixture
def _read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
@pytest.mark.parametrize(
    "question",
    ["Who manages the owner of Delta?", "Who is the manager of the owner of Delta?"],
)
def test_the_value_of_a_step_is_not_the_answer(library: Library, question: str) -> None:
    answer = library.ask(question, quotes=True)
    assert answer.value == "Marisol"
    assert answer.sentences[0].text == "The warehouse Delta is owned by Kenji."


@pytest.mark.slow
@pytest.mark.usefixtures("_read")
def test_what_is_not_known_of_a_step_is_not_answered_of_another(library: Library) -> None:
    library.add_text("Idris was born in Harrow. Rain fell for days.", title="Idris")
    assert library.ask("Where was Idris born?", quotes=True).value == "Harrow"
    for question in ("Where was Kenji born?", "Where was the owner of Delta born?"):
        answer = library.ask(question, quotes=True)
        assert answer.abstained
        assert "Kenji" in answer.suggestion


def test_the_whole_question_answers_where_its_last_step_does_not(library: Library) -> None:
    step = library.ask("Who owns Delta?", quotes=True)
    whole = library.ask("Where does Marisol live?", quotes=True)
    question = "Where does the manager of Delta live?"
    silent = replace(step, abstained=True, value=None, sentences=())
    steps = iter([step, silent])
    assert chained(lambda *_: next(steps), lambda *_: (1, 0, 1), question, whole, 5) is whole


def test_a_verb_that_opens_speech_is_nobody() -> None:
    with Library.open(":memory:") as opened:
        opened.add_text(
            "The angels hastened Lot, saying, Arise, take thy wife, and thy daughters. "
            "But his wife looked back, and she became a pillar of salt.",
            title="Flight",
        )
        opened.add_text("Bees dance to tell where the flowers are.", title="Bees")
        assert opened.ask("Who is the wife of Lot?", quotes=True).value is None
