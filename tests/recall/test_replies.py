"""The turn after a question answers it, also where it repeats no word of it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.records import Answer

_Turn = tuple[str, str, str]

_CLUB: Sequence[_Turn] = (
    ("Evening one", "Odo", "The harbour smelled of tar today, and my coat still does."),
    ("Evening one", "Runa", "I signed with a new rowing club this morning!"),
    ("Evening one", "Odo", "Congratulations, Runa! Which rowing club did you sign with?"),
    ("Evening one", "Runa", "The Saltmere Herons. I can hardly wait."),
    ("Evening one", "Odo", "My sister keeps bees there; she says the wind never stops."),
    ("Evening two", "Runa", "The rowing club meets at five, far too early for me."),
    ("Evening two", "Odo", "You did sign for it, so no complaints about the club now."),
    ("Evening two", "Runa", "Our rowing trainer shouts, the boats leak, the club is wonderful."),
    ("Evening two", "Odo", "I carved a whistle out of elder wood while the soup boiled."),
)
_QUESTION = "Which rowing club did Runa sign with?"


def _library(folder: Path, turns: Sequence[_Turn]) -> Library:
    file = folder / "talk.jsonl"
    lines = [
        json.dumps({"id": str(n), "title": title, "author": who, "text": said})
        for n, (title, who, said) in enumerate(turns)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    library = Library.open(folder / "talk.brain")
    library.add(file)
    return library


def _asked(folder: Path, turns: Sequence[_Turn], question: str = _QUESTION) -> Answer:
    with _library(folder, turns) as library:
        return library.ask(question, quotes=True, explain=True)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answer]:
    with _library(tmp_path_factory.mktemp("club"), _CLUB) as library:
        yield library.ask(_QUESTION, quotes=True, explain=True)


@pytest.mark.slow
def test_a_turn_is_found_by_the_words_of_the_question_that_it_answers(answer: Answer) -> None:
    assert "3" in [each.source.key for each in answer.evidence[:2]]


def test_A10_it_says_which_question_it_follows_and_leads_there(answer: Answer) -> None:
    reply = next(each for each in answer.evidence if each.source.key == "3")
    assert "Follows the question “Which rowing club did you sign with?”" in reply.reasons
    asked, said = reply.path
    assert asked.sentence == "Which rowing club did you sign with?"
    assert (asked.name, asked.title) == ("the question before it", "Evening one")
    assert said.sentence == reply.quote == "The Saltmere Herons. I can hardly wait."
    assert reply.via is not None
    assert reply.via.engram == asked.engram


def test_A10_what_speaks_for_itself_is_no_reply(answer: Answer) -> None:
    others = [each for each in answer.evidence if each.source.key != "3"]
    assert others
    assert all(each.path == () for each in others)
    assert not any("Follows" in reason for each in others for reason in each.reasons)


@pytest.mark.slow
def test_a_talk_of_another_title_answers_nothing(tmp_path: Path) -> None:
    parted = [(f"{title} {n}", who, said) for n, (title, who, said) in enumerate(_CLUB)]
    answer = _asked(tmp_path, parted)
    assert not any("Follows" in reason for each in answer.evidence for reason in each.reasons)


def test_the_last_turn_of_a_library_may_ask(tmp_path: Path) -> None:
    answer = _asked(tmp_path, _CLUB[:3])
    assert answer.evidence[0].source.key in {"1", "2"}
    assert all(each.path == () for each in answer.evidence)


def test_an_answer_in_the_trash_is_not_shown(tmp_path: Path) -> None:
    with _library(tmp_path, _CLUB) as library:
        library.sources.trash([next(row.id for row in library.sources.list() if row.key == "3")])
        evidence = library.ask(_QUESTION, quotes=True).evidence
    assert "3" not in [each.source.key for each in evidence]


@pytest.mark.slow
def test_questions_of_other_scripts_are_answered_too(tmp_path: Path) -> None:
    talk = [
        ("晚上", "李", "今天风很大。"),
        ("晚上", "王", "你加入了哪个划船俱乐部？"),
        ("晚上", "李", "苍鹭队。"),
        ("晚上", "王", "我姐姐在那里养蜜蜂。"),
    ]
    answer = _asked(tmp_path, talk, "李加入了哪个划船俱乐部？")
    reply = [each for each in answer.evidence if each.source.key == "2"]
    assert reply
    assert any("Follows the question" in reason for reason in reply[0].reasons)
