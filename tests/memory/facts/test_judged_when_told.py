"""What a statement does to earlier ones is judged when it is told; a question reads rows."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.revision import RevisionModel


@pytest.fixture(autouse=True)
def _reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the models that ship."""
    monkeypatch.delenv("WORKBENCH_READER")


_STATE = "The alarm code of the depot is 4410."
_EVENT = "New alarm code for the depot: 7723."
_ASKED = "What is the alarm code of the depot?"


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every pair that the model is asked about."""
    pairs: list[tuple[str, str]] = []
    effects = RevisionModel.effects

    def noted(self: RevisionModel, older: str, newer: list[str]) -> object:
        # The first one in a process is asked about a full stop, to try the model.
        pairs.extend((older, text) for text in newer if older != ".")
        return effects(self, older, newer)

    monkeypatch.setattr(RevisionModel, "effects", noted)
    return pairs


def value(library: Library, question: str = _ASKED) -> str | None:
    answer = library.facts.value(question)
    return None if answer is None else answer.value


def judge(library: Library) -> None:
    library._core.judge_told(Cancel())


def test_no_model_is_asked_at_a_question(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(80):
        library.facts.tell(f"The price of lamp {number} is {number + 7} euros.")
    library.facts.tell("Lamp 3 was cleaned by Ida.")
    judge(library)
    # The background may be in the middle of some, which it judges, too.
    monkeypatch.setattr(RevisionModel, "effects", _refuse_here(RevisionModel.effects))
    assert value(library, "What is the price of lamp 3?") == "10 euros"


def _refuse_here(effects: Callable[..., object]) -> Callable[..., object]:
    """The model, but for the thread that asks."""
    here = threading.get_ident()

    def work(*given: object) -> object:
        assert threading.get_ident() != here, "a question asked the model"
        return effects(*given)

    return work


def test_what_names_another_matter_changes_no_quantity(library: Library) -> None:
    library.facts.tell("The rent of room 4 is 310 euros.")
    library.facts.tell("Room 4 was painted by Ida.")
    judge(library)
    assert value(library, "What is the rent of room 4?") == "310 euros"
    library.facts.tell("Room 4 has a new rent: 350 euros.")
    judge(library)
    assert value(library, "What is the rent of room 4?") != "310 euros"


def test_what_was_told_is_judged_in_the_background(
    library: Library, judged: list[tuple[str, str]]
) -> None:
    library.subscribe(lambda topic: None)
    library.facts.tell(_STATE)
    library.facts.tell(_EVENT)
    end = time.monotonic() + seconds(20)
    while (_STATE, _EVENT) not in judged and time.monotonic() < end:
        time.sleep(0.05)
    assert (_STATE, _EVENT) in judged


@pytest.mark.parametrize("when", ["at once", "later"])
def test_a_change_is_seen_before_and_after_it_is_judged(library: Library, when: str) -> None:
    library.facts.tell(_STATE)
    library.facts.tell(_EVENT)
    if when == "later":
        judge(library)
    assert value(library) == "7723"


def test_history_shows_what_changed_it(library: Library) -> None:
    library.facts.tell("Runa is on antibiotics.")
    library.facts.tell("The doctor has taken Runa off the antibiotics.")
    for number in range(70):
        library.facts.tell(f"Lamp {number} hangs in room {number}.")
    judge(library)
    texts = [fact.text for fact in library.facts.history("on antibiotics")]
    assert texts == ["Runa is on antibiotics.", "The doctor has taken Runa off the antibiotics."]


def test_a_person_says_that_the_older_still_holds(library: Library) -> None:
    library.facts.tell(_STATE)
    library.facts.tell(_EVENT)
    judge(library)
    older, newer = sorted(fact.id for fact in library.facts.list())
    library.facts.resolve(older, newer, keep="both")
    assert value(library) == "4410"
    library.undo()
    assert value(library) == "7723"


def test_undoing_the_statement_undoes_its_effect(library: Library) -> None:
    library.facts.tell(_STATE)
    library.facts.tell(_EVENT)
    judge(library)
    library.undo()
    assert value(library) == "4410"


def test_a_large_list_describes_one_state(library: Library, judged: list[tuple[str, str]]) -> None:
    library.facts.tell("\n".join(f"The code of locker {n} is {n + 1000}." for n in range(600)))
    judge(library)
    assert not judged
    library.facts.tell("New code for locker 17: 5555.")
    judge(library)
    assert {newer for _, newer in judged} == {"New code for locker 17: 5555."}


def test_without_a_model_the_words_decide_until_it_is_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(file) as library:
        with monkeypatch.context() as patched:
            patched.setattr(reader_at_hand, "revisions", lambda: None)
            library.facts.tell(_STATE)
            library.facts.tell(_EVENT)
            judge(library)
            assert value(library) == "4410"
        judge(library)
    with Library.open(file, read_only=True) as library:
        assert value(library) == "7723"


def test_sleep_judges_what_an_older_program_left(
    library: Library, judged: list[tuple[str, str]]
) -> None:
    library.facts.tell(_STATE)
    library.facts.tell(_EVENT)
    library.sleep.run()
    assert (_STATE, _EVENT) in judged
