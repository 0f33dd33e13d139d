"""A question that asks several things is answered with a passage and a sentence for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.question_parts import clauses
from workbench.recall.wording import markdown

CHAPTERS = {
    "The Lock": "Mist lay on the canal. The lock at Ostrel was kept by Gerrit Noll. "
    "He painted its gates green each spring. Barges waited for an hour.",
    "The Flood": "Rain fell for nine days. Nobody slept. In the flood the keeper lost his "
    "left boot and his pipe. Then the water went.",
    "The Fair": "At the fair of Ostrel they sold eels and lock gates of sugar. The keeper ate "
    "none. Children ran about.",
    "The Barge": "The barge of Widow Lamm carried coal. She cursed the lock, the keeper and the "
    "gates. The lock was slow.",
    "The School": "The teacher counted twelve benches. Chalk was dear. The stove smoked.",
}


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.open(":memory:") as opened:
        for title, words in CHAPTERS.items():
            opened.add_text(words, title=title)
        yield opened


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Who kept the lock, and what did the keeper lose in the flood?",
            ("Who kept the lock?", "What did the keeper lose in the flood?"),
        ),
        (
            "Under what name did Lamm trade and from which harbour did she sail?",
            ("Under what name did Lamm trade?", "From which harbour did she sail?"),
        ),
        ("Where does Bo live and what does he do?", ("Where does Bo live?", "What does he do?")),
        ("Who kept the lock? When? And why?", ("Who kept the lock?", "When?", "And why?")),
        (
            "Who kept the lock? When? What did he lose, and where did he live?",
            ("Who kept the lock?", "When?", "What did he lose?", "Where did he live?"),
        ),
        (
            "Compare the lock with the barge.",
            (
                "Compare the lock with the barge?",
                "What is known about the lock?",
                "What is known about the barge?",
            ),
        ),
        (
            "What is the difference between a seal and a valve?",
            (
                "What is the difference between a seal and a valve?",
                "What is known about a seal?",
                "What is known about a valve?",
            ),
        ),
        (
            "Who dug the canal, who paid for it, and when was it drained, and why did eels die?",
            (
                "Who dug the canal, who paid for it?",
                "When was it drained?",
                "Why did eels die?",
            ),
        ),
    ],
)
def test_a_question_is_taken_apart_at_its_joints(question: str, expected: tuple[str, ...]) -> None:
    assert clauses(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "and who and what",
        "Who was the keeper who rose early and who lit the lamp?",
        "What was done to the lock of Ostrel, and by whom?",
        "What did the widow curse and why?",
        "On what day and at what hours was the widow at home?",
        "Who said “I came, and what I saw was good”?",
        'Who said "I came, and what I saw was good"?',
        "Who wrote “What now? When the Water Rose”?",
        "Who wrote War and What Comes After?",
        "Who explained how the bridge was rebuilt and why it fell?",
        "What form do I fill in when I arrive and which when I leave?",
        "How many benches had the teacher, and of what age?",
        "Two keepers: who kept the lock, and who kept the gate of Ostrel?",
        "When the rain fell and nobody slept, who kept the lock?" * 20,
        "According to Lamm, who kept the lock?",
        "Which river is longer, the Ostrel or the Lohr?",
        "Tell me about the lock and the flood",
        "and who " * 30_000,
        "🐝, and who 🐝?",
        "水闸是谁看守的，洪水中他失去了什么？",
    ],
)
def test_a_question_without_a_second_thing_to_look_for_stays_whole(question: str) -> None:
    assert clauses(question) == ()


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
def test_each_clause_has_its_sentence_and_its_citation(library: Library) -> None:
    answer = library.ask("Who kept the lock at Ostrel, and what did the keeper lose in the flood?")
    assert not answer.abstained
    assert [each.text for each in answer.sentences] == [
        "The lock at Ostrel was kept by Gerrit Noll.",
        "In the flood the keeper lost his left boot and his pipe.",
    ]
    cited = [answer.evidence[n - 1].source.title for s in answer.sentences for n in s.citations]
    assert cited == ["The Lock", "The Flood"]
    # The second gives no single thing.
    assert answer.value == "Gerrit Noll"


def test_a_clause_that_nothing_answers_gets_no_sentence(library: Library) -> None:
    answer = library.ask("Who kept the lock at Ostrel, and which comet did the bishop photograph?")
    assert [each.text for each in answer.sentences] == [
        "The lock at Ostrel was kept by Gerrit Noll."
    ]
    assert answer.note == "Nothing answers “Which comet did the bishop photograph?”."
    compared = library.ask("Compare Gerrit Noll and Tobias Quill.")
    assert "Compare" not in compared.note


def test_where_no_clause_is_answered_the_library_is_silent(library: Library) -> None:
    answer = library.ask("Which comet did the bishop photograph, and who tuned the organ of Lohr?")
    assert answer.abstained
    assert not answer.sentences


def test_every_clause_has_its_turn_among_few_quotes(library: Library) -> None:
    question = "Who kept the lock at Ostrel, and how many benches did the teacher count?"
    found = library.ask(question, limit=3).evidence
    assert [each.source.title for each in found[:2]] == ["The Lock", "The School"]
    assert [each.n for each in found] == [1, 2, 3]
    assert sorted((each.score for each in found), reverse=True) == [each.score for each in found]


@pytest.mark.slow
def test_two_clauses_of_which_the_second_names_her_only_by_a_pronoun_have_a_sentence_each() -> None:
    with Library.open(":memory:") as library:
        library.add_text(
            "Marisol lives in Lisbon with her husband Paulo. Marisol was born in Seville.",
            title="Marisol",
        )
        library.add_text("The owner of the café is Kenji. Kenji grew up in Osaka.", title="Kenji")
        answer = library.ask("Where does Marisol live and where was she born?", quotes=True)
    assert [sentence.text for sentence in answer.sentences] == [
        "Marisol lives in Lisbon with her husband Paulo.",
        "Marisol was born in Seville.",
    ]


def test_what_was_told_answers_each_of_its_clauses(library: Library) -> None:
    for told in ("My plan is pro.", "Bo lives in Bergen.", "Bo works as a baker."):
        library.facts.tell(told)
    answer = library.ask("What is my plan, and where does Bo live?")
    assert answer.value == "pro; Bergen"
    assert [fact.text for fact in answer.facts] == ["My plan is pro.", "Bo lives in Bergen."]
    assert all(fact.text in markdown(answer) for fact in answer.facts)
    assert library.ask("Where does Bo live and what does he do?").value == "Bergen; a baker"


def test_what_was_told_and_what_was_read_stand_together(library: Library) -> None:
    library.facts.tell("Bo lives in Bergen.")
    answer = library.ask("Where does Bo live, and who kept the lock at Ostrel?")
    assert [fact.text for fact in answer.facts] == ["Bo lives in Bergen."]
    assert [each.text for each in answer.sentences] == [
        "The lock at Ostrel was kept by Gerrit Noll."
    ]
    assert answer.coverage.sources == len({each.source.id for each in answer.evidence}) > 0


def test_what_follows_takes_its_subject_from_one_of_the_things_asked(library: Library) -> None:
    asked = "Who kept the lock at Ostrel, and what did Widow Lamm curse?"
    answer = library.ask(asked, quotes=True)
    after = library.ask("When did he paint the gates?", quotes=True, turns=[answer])
    assert after.about == "Gerrit Noll"


def test_what_stands_for_something_is_asked_as_it_is_meant(library: Library) -> None:
    library.facts.tell("Bo lives in Bergen. Bo works as a baker.")
    answer = library.ask("Where does Bo live and what does he do?")
    assert answer.asked_as == "Where does Bo live? What does Bo do?"
    assert library.ask("Where does Bo live, and where does he live?").value == "Bergen"


def test_with_room_for_one_quote_the_question_is_asked_as_a_whole(library: Library) -> None:
    asked = "Who kept the lock at Ostrel, and how many benches did the teacher count?"
    answer = library.ask(asked, limit=1, quotes=True)
    assert len(answer.evidence) == 1
    assert ";" not in (answer.value or "")


def test_what_nothing_answers_is_named_wherever_the_answer_goes(library: Library) -> None:
    answer = library.ask("Who kept the lock at Ostrel, and which comet did the bishop photograph?")
    assert answer.note
    assert answer.note in markdown(answer)
    assert "Nothing answers" in answer._repr_html_()


def test_what_nothing_answers_is_about_nobody(library: Library) -> None:
    asked = "Who kept the lock at Ostrel, and which comet did the bishop photograph?"
    answer = library.ask(asked, quotes=True)
    assert answer.about == answer.asked_as == ""


_TERMS = """# Terms

Yield is the share of the questions that a service answers in time on an ordinary working day.

Each plate is intolerant to a loss of harvest, and the yield of the factory counts whole plates.

Harvest is the share of the data that is behind an answer, and so the completeness of the answer.
"""


@pytest.mark.slow
@pytest.mark.usefixtures("reading")
def test_a_comparison_has_a_sentence_of_each_side_before_one_that_only_names_both(
    tmp_path: Path,
) -> None:
    (tmp_path / "terms.md").write_text(_TERMS, encoding="utf-8")
    with Library.open(tmp_path / "terms.brain") as library:
        library.add([tmp_path / "terms.md"])
        answer = library.ask("What is the difference between harvest and yield?")
        first, second, *_ = (row.text for row in answer.sentences)
        assert first.startswith("Harvest is the share")
        assert second.startswith("Yield is the share")
        missing = library.ask("What is the difference between harvest and zeal?")
        assert "What is known about zeal?" in missing.note
