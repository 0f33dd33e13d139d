"""Asleep the brain goes through the day's recalls, keeps its balance and dreams of links."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock, differences, picture
from workbench.brain.engine.eligibility import MAX_DELTA, MIN_DELTA, SET_POINT
from workbench.brain.library import brain_recall
from workbench.brain.records import Lit
from workbench.library import Library
from workbench.memory.plasticity import DAY
from workbench.sleep.records import Proposal
from workbench.store import synapses

_HARBOURS = (
    "{} is a harbour where herring and salt are shipped by sailors.",
    "In {} the sailors mend herring nets beside the harbour.",
    "Ships bring salt and herring to the harbour at {} every autumn.",
)
_FAIR = (
    "Berholm and Corsund and the Frost Fair.",
    "Berholm, Dalvik and the Frost Fair.",
    "The Frost Fair, Corsund, Dalvik.",
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.01)
    with Library.open(tmp_path / "dreams.brain", clock=clock) as made:
        made.sleep.configure(propose=True)
        for town in ("Aldby", "Berholm", "Corsund", "Dalvik"):
            made.facts.tell("\n".join(line.format(town) for line in _HARBOURS))
        for number, line in enumerate(_FAIR):
            made.add_text(line, title=f"Note {number}")
        made.facts.tell("Aldby hired Rufus Quint.")
        made.graph.link()
        yield made


def _lit(library: Library, name: str, cue: str = "Aldby") -> Lit | None:
    lit = library.brain.recall(cue, limit=40, patience=None).lit
    return next((each for each in lit if each.name == name), None)


def _rows(library: Library) -> dict[tuple[int, int], float]:
    with library._store.read() as connection:
        return synapses.load(connection)


@pytest.mark.slow
def test_t3_what_was_asked_by_day_is_dreamt_of_and_asked_about_and_taken_back(
    library: Library, clock: Clock
) -> None:
    assert library.path is not None
    # Nothing was asked: there is nothing to go through, and nothing to dream of.
    library._core.fact_index.strengths.flush()
    assert not [each for each in library.sleep.run(preview=True).proposals if each.odds]
    library.brain.recall("Aldby", patience=None)
    library._core.fact_index.strengths.flush()
    clock.pass_(60)
    before = picture(library.path)
    seen = library.sleep.run(preview=True)
    assert differences(before, picture(library.path)) == []
    slept = library.sleep.run()
    assert (seen.rehearsed, seen.balanced) == (slept.rehearsed, slept.balanced)
    assert slept.rehearsed > 0
    assert [(each.head, each.tail, each.why) for each in seen.proposals] == [
        (each.head, each.tail, each.why) for each in reversed(slept.proposals)
    ]
    dreamt = [each for each in slept.proposals if each.odds]
    assert len(dreamt) == 3
    assert [each.odds for each in dreamt] == sorted(each.odds for each in dreamt)
    for idea in dreamt:
        assert (idea.head, idea.kind, idea.state) == ("Aldby", "related_to", "open")
        assert (idea.path[0], idea.path[-1]) == (idea.head, idea.tail)
        assert len(idea.path) > 2
        assert idea.why.startswith("Suggested by ")
        assert idea.why.endswith("such links was found in print")
    assert all(MIN_DELTA <= delta <= MAX_DELTA for delta in _rows(library).values())
    # A second sleep finds nothing to do.
    after = picture(library.path, but=frozenset())
    assert library.sleep.run().run is None
    assert differences(after, picture(library.path, but=frozenset())) == []
    library.undo("sleep")
    assert differences(before, picture(library.path)) == []
    again = library.sleep.run()
    assert (again.rehearsed, again.proposed) == (slept.rehearsed, slept.proposed)


@pytest.mark.slow
def test_a_dream_that_was_rejected_lights_up_no_more_and_one_agreed_to_does(
    library: Library, clock: Clock
) -> None:
    first = _dreamt(library, clock)
    for each in first:
        library.sleep.decide(each.id, "rejected")
    second = _dreamt(library, clock)
    assert not {each.tail for each in first} & {each.tail for each in second}
    # What was rejected first has made room.
    (idea,) = (each for each in second if each.tail == "Frost Fair")
    before = _lit(library, "Frost Fair")
    assert before is not None
    assert before.tag == "emergent"
    library.sleep.decide(idea.id, "rejected")
    assert _lit(library, "Frost Fair") is None
    assert "Frost Fair" not in {each.tail for each in _dreamt(library, clock)}
    library.sleep.decide(idea.id, "open")
    there = _lit(library, "Frost Fair")
    assert there is not None
    assert (there.tag, there.path) == (before.tag, before.path)
    library.sleep.decide(idea.id, "accepted")
    library.graph.link()
    now = _lit(library, "Frost Fair")
    assert now is not None
    assert now.tag == "confirmed"
    assert now.step >= 0
    library.sleep.decide(idea.id, "open")
    library.graph.link()
    again = _lit(library, "Frost Fair")
    assert again is not None
    assert again.tag == "emergent"


def _dreamt(library: Library, clock: Clock) -> list[Proposal]:
    """What is dreamt of after a day on which one asked about Aldby, a week after the last dream.

    No more is proposed in a week than one would look at.
    """
    clock.pass_(8 * DAY)
    library.brain.recall("Aldby", patience=None)
    library._core.fact_index.strengths.flush()
    clock.pass_(60)
    return [each for each in library.sleep.run().proposals if each.odds]


def test_what_was_learned_is_scaled_to_a_set_point_and_trifles_go(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "balance.brain"
    with Library.open(file, clock=clock) as library:
        names = ("mill", "barn", "weir", "forge", "quay")
        library.facts.tell("\n".join(f"Marta Olsen built the {name}." for name in names))
        library.graph.link()
        ids = {name: library.graph.concept(name).concept.id for name in (*names, "Marta Olsen")}
        marta = ids["Marta Olsen"]

        def work(connection: sqlite3.Connection) -> None:
            synapses.store(connection, {(marta, ids[name]): 0.65 for name in names[:4]}, clock.now)
            synapses.store(connection, {(ids["quay"], marta): 0.001}, clock.now)

        library._core.fact_index.strengths.flush()
        library._store.write(work)
        before, rows = picture(file), _rows(library)
        assert len(rows) == 5
        slept = library.sleep.run()
        assert slept.balanced == 5
        after = _rows(library)
        assert (ids["quay"], marta) not in after
        assert sum(after.values()) == pytest.approx(SET_POINT)
        assert len(set(after.values())) == 1
        assert library.sleep.run().run is None
        # The statements themselves are as they were.
        assert len(library.graph.neighbourhood("Marta Olsen", stated_only=False).edges) >= 5
        library.undo("sleep")
        assert _rows(library) == rows
        assert differences(before, picture(file)) == []


@pytest.mark.slow
def test_what_one_source_names_is_not_dreamt_of(library: Library, clock: Clock) -> None:
    tail = _dreamt(library, clock)[0].tail
    library.undo("sleep")
    library.add_text(f"We saw Aldby in May.\n\nA week later the rain came.\n\nWe left {tail}.")
    library.graph.link()
    assert tail not in {each.tail for each in _dreamt(library, clock)}
