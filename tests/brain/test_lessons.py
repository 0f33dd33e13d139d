"""What a reward teaches the brain of a real library: links weigh otherwise, until taken back."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.sleep.sleepy_shelf import Clock
from workbench.brain.library import brain_recall
from workbench.brain.records import Lit
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks
from workbench.memory.plasticity import HOUR

_TOLD = (
    "Marta Olsen founded the Harbour Mill. Marta Olsen wrote a sonnet. "
    "Marta Olsen bought a schooner. Marta Olsen met Edda Lund. "
    "Edda Lund taught Jonas Brandt. Jonas Brandt invented the tide wheel."
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.01)
    with Library.open(":memory:", clock=clock) as made:
        made.add_text(_TOLD, title="The Mill")
        made.graph.link()
        yield made


def _lit(library: Library, name: str, cue: str = "Marta Olsen") -> Lit:
    lit = library.brain.recall(cue, limit=40, patience=None).lit
    return next(each for each in lit if each.name == name)


def _said(library: Library, name: str) -> tuple[int, ...]:
    """The statements that join somebody to Marta Olsen."""
    (edge,) = (e for e in library.graph.neighbourhood("Marta Olsen").edges if e.tail_name == name)
    return tuple(each.engram for each in library.graph.evidence(edge.id))


def _flush(library: Library) -> None:
    library._core.fact_index.strengths.flush()


def _deltas(library: Library) -> dict[tuple[str, str], float]:
    _flush(library)
    with library._store.read() as connection:
        return {
            (head, tail): delta
            for head, tail, delta in connection.execute(
                "SELECT h.name, t.name, s.delta FROM synapse s JOIN concept h ON h.id = s.head "
                "JOIN concept t ON t.id = s.tail"
            )
        }


@pytest.mark.slow
def test_a13_a_recall_alone_teaches_nothing_and_what_is_opened_after_it_does(
    library: Library, clock: Clock
) -> None:
    engrams = _said(library, "schooner")
    before = _lit(library, "schooner")
    assert _deltas(library) == {}
    assert library.brain.lessons() == []
    again = _lit(library, "schooner")
    assert again == before
    for _ in range(4):
        clock.pass_(30)
        library.memory.used(*engrams)
        _flush(library)
    after = _lit(library, "schooner")
    learned = _deltas(library)
    assert learned["Marta Olsen", "schooner"] > 0
    # What fires after it is not what leads to it: the other branch of spike timing.
    assert learned.get(("schooner", "Marta Olsen"), 0.0) <= 0
    assert not {end for pair in learned for end in pair} & {"sonnet", "Harbour Mill"}
    assert after.strength >= before.strength
    raw = library.brain.recall("Marta Olsen", limit=40).recalled
    assert raw.taught > 0
    lesson, *others = library.brain.lessons()
    assert (lesson.why, len(others)) == ("opened", 3)
    assert lesson.links[0][:2] in {("Marta Olsen", "schooner"), ("schooner", "Marta Olsen")}
    assert library.brain.status().taught == len(learned)


@pytest.mark.slow
def test_what_was_rewarded_comes_up_more_strongly_than_what_was_not(
    library: Library, clock: Clock
) -> None:
    names = ("Harbour Mill", "sonnet", "schooner", "Edda Lund")
    lit = library.brain.recall("Marta Olsen", limit=40).lit
    before = {each.name: each.strength for each in lit if each.name in names}
    last = min(before, key=lambda name: before[name])
    engrams = _said(library, last)
    for _ in range(8):
        clock.pass_(20)
        library.memory.used(*engrams)
    _flush(library)
    after = _lit(library, last)
    assert after.strength > before[last]
    assert library.undo("lessons").rows > 0
    assert _lit(library, last).strength == before[last]


@pytest.mark.slow
def test_a_reward_that_comes_too_late_teaches_nothing(library: Library, clock: Clock) -> None:
    engrams = _said(library, "schooner")
    library.brain.recall("Marta Olsen")
    clock.pass_(2 * HOUR)
    library.memory.used(*engrams)
    assert _deltas(library) == {}


@pytest.mark.slow
def test_a13_with_learning_switched_off_the_brain_learns_nothing(library: Library) -> None:
    engrams = _said(library, "schooner")
    library.brain.configure(learning=False)
    library.brain.recall("Marta Olsen")
    library.memory.used(*engrams)
    library.memory.mark(list(engrams), Marks(pinned=True))
    assert _deltas(library) == {}
    with library._store.read() as connection:
        recalls = "SELECT count(*) FROM derived WHERE kind = 'recall'"
        assert connection.execute(recalls).fetchone() == (0,)
    library.brain.configure(learning=True)
    library.brain.recall("Marta Olsen")
    library.memory.mark(list(engrams), Marks(pinned=True))
    assert _deltas(library)
    assert library.brain.lessons()[0].why == "pinned"


@pytest.mark.slow
def test_a_verdict_teaches_and_taking_it_back_leaves_nothing(library: Library) -> None:
    (edge,) = (
        each for each in library.graph.neighbourhood("Marta Olsen").edges
        if each.tail_name == "Harbour Mill"
    )  # fmt: skip
    library.brain.recall("Marta Olsen")
    library.graph.judge(edge.id, True)
    assert _deltas(library)["Marta Olsen", "Harbour Mill"] > 0
    assert library.brain.lessons()[0].why == "confirmed"
    library.graph.judge(edge.id, None)
    assert _deltas(library) == {}
    assert library.brain.lessons() == []
    library.brain.recall("Marta Olsen")
    library.graph.judge(edge.id, False)
    assert _deltas(library)["Marta Olsen", "Harbour Mill"] < 0
    library.graph.judge(edge.id, None)
    assert _deltas(library) == {}


@pytest.mark.slow
def test_lessons_are_taken_back_one_by_one_or_all_at_once(library: Library, clock: Clock) -> None:
    engrams = _said(library, "schooner")
    states = [_deltas(library)]
    for _ in range(2):
        library.brain.recall("Marta Olsen")
        clock.pass_(10)
        library.memory.used(*engrams)
        states.append(_deltas(library))
    assert states[0] == {} != states[1] != states[2]
    assert library.undo("lesson").rows > 0
    assert _deltas(library) == pytest.approx(states[1], abs=1e-12)
    assert library.undo("lesson").rows > 0
    assert _deltas(library) == {}
    with pytest.raises(NotFoundError):
        library.undo("lesson")
    with pytest.raises(NotFoundError):
        library.undo("lesson", 10**30)
    with pytest.raises(UsageError):
        library.brain.lessons(0)
    library.brain.recall("Marta Olsen")
    library.memory.used(*engrams)
    assert library.undo("lessons").rows > 0
    assert _deltas(library) == {}
    library.memory.used(*engrams)
    assert _deltas(library) == {}


@pytest.mark.slow
def test_what_was_learned_goes_with_the_source_it_belongs_to(library: Library) -> None:
    library.facts.tell("Marta Olsen sold a ferry to Viktor Rahm.")
    library.graph.link()
    engrams = _said(library, "schooner")
    library.brain.recall("Marta Olsen")
    library.memory.used(*engrams)
    assert _deltas(library)
    (source,) = library.sources.list()
    library.sources.trash([source.id])
    library.sources.delete([source.id])
    library.graph.link(concepts_only=True)
    assert _deltas(library) == {}
    # Rows name concepts by numbers that are never given again: nothing points anywhere.
    library.brain.recall("Marta Olsen")


def test_what_is_kept_is_bounded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.store import synapses

    monkeypatch.setattr(synapses, "EPISODES", 3)
    monkeypatch.setattr(synapses, "ROOM", 2)

    def work(connection: sqlite3.Connection) -> tuple[int, ...]:
        for number in range(9):
            synapses.add_episode(connection, 1.0 + number, [number], {(1, 2): 0.5})
            synapses.store(connection, {(1, number): 0.1 + number / 100}, 1.0)
        return tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("derived WHERE kind = 'recall'", "synapse")
        )

    assert library._store.write(work) == (3, 2)
