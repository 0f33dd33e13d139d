"""A question that asks several things is answered with a passage and a sentence for each."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.library import Library
from workbench.memory.lexicon import Lexicon
from workbench.recall.clauses import clauses
from workbench.recall.dense_scores import Tier
from workbench.recall.recall import Recall
from workbench.space.nearest import Near
from workbench.store.store import Store

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
            ("Who kept the lock", "what did the keeper lose in the flood"),
        ),
        (
            "Under what name did Lamm trade and from which harbour did she sail?",
            ("Under what name did Lamm trade", "from which harbour did she sail"),
        ),
        (
            "Two keepers: who kept the lock, and who kept the gate of Ostrel?",
            ("who kept the lock", "who kept the gate of Ostrel"),
        ),
        (
            "Who dug the canal, who paid for it, and when was it drained, and why did eels die?",
            (
                "Who dug the canal, who paid for it",
                "when was it drained",
                "why did eels die",
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
    # Of two values neither is the answer.
    assert answer.value is None


def test_a_clause_that_nothing_answers_gets_no_sentence(library: Library) -> None:
    answer = library.ask("Who kept the lock at Ostrel, and which comet did the bishop photograph?")
    said = " ".join(each.text for each in answer.sentences)
    assert "comet" not in said
    assert len(answer.sentences) <= 1


def test_where_no_clause_is_answered_the_library_is_silent(library: Library) -> None:
    answer = library.ask("Which comet did the bishop photograph, and who tuned the organ of Lohr?")
    assert answer.abstained
    assert not answer.sentences


def test_every_clause_has_its_turn_among_few_quotes(library: Library) -> None:
    question = "Who kept the lock at Ostrel, and how many benches did the teacher count?"
    titles = [each.source.title for each in library.ask(question, limit=3).evidence]
    assert "The Lock" in titles
    assert "The School" in titles


def test_a_long_text_is_read_for_the_question_as_a_whole(store: Store) -> None:
    question = "Who kept the lock at Ostrel, and what did the keeper lose in the flood?"
    for title, words in CHAPTERS.items():
        note(store, words, title=title)
    assert len(recall_of(store).look_up(question).clauses) == 2
    book(store, filler_chapters(40), title="Filler")
    found = recall_of(store).look_up(question)
    assert found.quotes
    assert not found.clauses


class _Meaning:
    """Finds for a question that speaks of the harbour late sentences, for others the first one."""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> Near | None:
        found = [0] if "harbour" not in question or "rye" in question else [*range(30, 50, 4)]
        at = np.array(found, np.int32)
        return Near(at, at + 1, np.linspace(0.9, 0.5, len(at)).astype(np.float32))


def test_what_is_near_a_clause_in_meaning_has_its_turn(tmp_path: Path) -> None:
    lines = [f"Cart {n} rolled past the wall in the rain." for n in range(60)]
    lines[0] = "The baker sells loaves."
    lines[30] = "Sloops moor by the pier."
    with Library.open(tmp_path / "notes.brain") as library:
        library.add_text(" ".join(lines), title="Notes")
    with Store.open(tmp_path / "notes.brain", read_only=True) as store:
        tiers = (Tier(_Meaning(), 0.7),)
        recall = Recall(store, Lexicon(store, None), tiers=lambda: tiers)
        question = "Where do boats lie in the harbour, and who trades in rye loaves?"
        quoted = [each.words for each in recall.look_up(question).quotes[:3]]
    assert any("Sloops moor by the pier." in each for each in quoted)
    assert any("The baker sells loaves." in each for each in quoted)


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
