"""Nothing is done twice for a question, nor for the next one: counted in work, not in time."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.recall.recall_shelf import book as add_book
from tests.recall.recall_shelf import filler_chapters, note, recall_of
from workbench.memory import words
from workbench.memory.segment import Segment
from workbench.recall import quotes
from workbench.recall.exact import Exact
from workbench.recall.question import Cue
from workbench.recall.recall import Recall
from workbench.store import text
from workbench.store.records import EngramRow
from workbench.store.store import Store

_SAID = (
    "The old lighthouse keeper rowed home.",
    "A keeper lit the lamp, and the lighthouse shone.",
    "He had one oar.",
    "Later the keeper left the old lighthouse.",
    "Keeper of bees she was, and old.",
    "It was old. Lighthouse oil burns clean.",
)


def _cue_and_rows(store: Store, question: str) -> tuple[Cue, list[EngramRow]]:
    found = recall_of(store).look_up(question)
    with store.read() as connection:
        rows = text.engrams(connection, range(1, found.snapshot.size + 1))
    return found.cue, [rows[id] for id in sorted(rows)]


def _split(sentence: str) -> tuple[str, ...]:
    return tuple(word for raw in words.raw_tokens(sentence) for word in words.split(raw))


def test_exact_words_and_their_order_are_those_of_the_sentences(tmp_path: Path) -> None:
    with Store.open(tmp_path / "l.brain") as store:
        for each in _SAID:
            note(store, each)
        cue, rows = _cue_and_rows(store, "Where did the old lighthouse keeper row?")
        exact = Exact(cue, _split)
        exact.look_up(row.id for row in rows)
        asked = [term.word for term in cue.terms]
        pairs = list(pairwise(asked))
        total = sum(term.weight for term in cue.terms)
        spans = [rows[i : i + n] for n in (1, 2, 3) for i in range(len(rows) - n + 1)]
        assert any(exact.in_order(span, 1) for span in spans)
        for span in spans:
            said = [word for row in span for word in _split(row.text)]
            weight = sum(term.weight for term in cue.terms if term.word in said)
            follow = list(pairwise(said))
            assert exact.share(span, 1) == pytest.approx(weight / total)
            met = sum(pair in follow for pair in pairs)
            assert exact.in_order(span, 1) == pytest.approx(met / len(pairs))


def test_only_sentences_that_may_hold_two_words_in_order_are_taken_apart(tmp_path: Path) -> None:
    with Store.open(tmp_path / "l.brain") as store:
        for i in range(50):
            note(store, f"The keeper of number {i} sleeps.")
        note(store, "A lighthouse keeper wakes.")
        cue, rows = _cue_and_rows(store, "Does the lighthouse keeper wake?")
        taken: list[str] = []

        def said(sentence: str) -> tuple[str, ...]:
            taken.append(sentence)
            return _split(sentence)

        exact = Exact(cue, said)
        exact.look_up(row.id for row in rows)
        for _ in range(2):
            for row in rows:
                exact.in_order([row], 1)
        assert taken == ["A lighthouse keeper wakes."]


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    looked: list[int] = []
    lookup = Segment.lookup

    def counting(self: Segment, key: int) -> object:
        looked.append(key)
        return lookup(self, key)

    monkeypatch.setattr(Segment, "lookup", counting)
    return looked


def test_what_was_asked_before_is_not_looked_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "l.brain") as store:
        add_book(store, filler_chapters(3))
        note(store, "The cormorant of Skye dries its wings.")
        recall = recall_of(store)
        looked = _counted(monkeypatch)
        recall.ask("Which cormorant dries its wings?")
        assert looked
        looked.clear()
        again = recall.ask("Which cormorant dries its wings?")
        assert not looked
        assert again.evidence[0].quote == "The cormorant of Skye dries its wings."
        # What was added since is found all the same.
        note(store, "The cormorant of Mull dries its wings, too.")
        quoted = [each.quote for each in recall.ask("Which cormorant dries its wings?").evidence]
        assert "The cormorant of Mull dries its wings, too." in quoted


def test_a_question_inside_another_makes_no_evidence_that_nobody_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    evidence = quotes.evidence

    def counting(*args: object) -> object:
        made.append(1)
        return evidence(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(quotes, "evidence", counting)
    with Store.open(tmp_path / "l.brain") as store:
        add_book(store, filler_chapters(3))
        recall: Recall = recall_of(store)
        answer = recall.ask("Where does the sister of the Baker sell bread near the Pier?")
        assert answer.value is None
        assert len(made) == len(answer.evidence)
