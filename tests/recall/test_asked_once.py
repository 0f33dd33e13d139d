"""Nothing is done twice for a question, nor for the next one: counted in work, not in time."""

from pathlib import Path

import pytest

from tests.recall.recall_shelf import book as add_book
from tests.recall.recall_shelf import filler_chapters, note, recall_of
from workbench.memory.segment import Segment
from workbench.recall import quotes
from workbench.recall.recall import Recall
from workbench.recall.search import Request
from workbench.store.store import Store


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
        recall.ask(Request("Which cormorant dries its wings?"))
        assert looked
        looked.clear()
        again = recall.ask(Request("Which cormorant dries its wings?"))
        assert not looked
        assert again.evidence[0].quote == "The cormorant of Skye dries its wings."
        # What was added since is found all the same.
        note(store, "The cormorant of Mull dries its wings, too.")
        quoted = [
            each.quote for each in recall.ask(Request("Which cormorant dries its wings?")).evidence
        ]
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
        answer = recall.ask(Request("Where does the sister of the Baker sell bread near the Pier?"))
        assert answer.value is None
        assert len(made) == len(answer.evidence)
