"""What the package neurram 0.1 is proven to do wrong, and that a library does not.

Its index is not built again after a restart; what was just recalled is pruned by the next sleep;
its gate lets everything pass; salience of habits climbs to one; what left working memory is neither
kept nor forgotten; its buffer is never emptied.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sleep.sleepy_shelf import Clock
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.kinds.records import Info
from workbench.memory.plasticity import DAY
from workbench.store import strengths


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with Library.open(tmp_path / "d.brain", clock=clock) as opened:
        yield opened


def rows(file: Path, table: str) -> int:
    """How many rows a table of a closed or open library has."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def info(library: Library, match: str) -> Info:
    found = library.facts.get(match).info
    assert found is not None
    return found


# -- recall after a restart ------------------------------------------------------------------------


@pytest.mark.parametrize("slept", [False, True], ids=["awake", "slept"])
def test_after_a_restart_every_kind_is_recalled_with_what_is_linked(
    tmp_path: Path, clock: Clock, slept: bool
) -> None:
    file = tmp_path / "r.brain"
    with Library.open(file, clock=clock) as library:
        library.facts.perceive("Braga is a town of the north", options=TellOptions(kind="semantic"))
        library.facts.perceive(
            "We met Nuno at the quarry today", options=TellOptions(kind="episodic", salience=0.9)
        )
        library.facts.perceive(
            "To open the sluice: turn the crank, then wait", options=TellOptions(kind="procedural")
        )
        library.facts.perceive("The porter wants short letters", options=TellOptions(reward=0.9))
        library.facts.perceive("The drought caused the famine.")
        library.facts.perceive("The famine led to the revolt.")
        library.graph.link()
        if slept:
            assert library.sleep.run().consolidated > 0
    with Library.open(file, clock=clock) as library:
        for cue, kind in (
            ("town of the north", "semantic"),
            ("Nuno at the quarry", "episodic"),
            ("how do I open the sluice?", "procedural"),
            ("short letters", "habitual"),
        ):
            assert library.facts.recall(cue)[0].kind == kind, cue
        assert {hit.hops for hit in library.facts.reflex("drought", depth="deep").hits} >= {0, 1}
        way = library.graph.path("drought", "revolt")
        assert way is not None
        assert way.trail == ("drought", "famine", "revolt")


# -- what was just recalled ------------------------------------------------------------------------

_WAYS: dict[str, Callable[[Library], object]] = {
    "recall": lambda library: library.facts.recall("spare valve", limit=1),
    "value": lambda library: library.facts.value("where is the spare valve?"),
    "ask": lambda library: library.ask("Where is the spare valve?"),
    "reflex": lambda library: library.facts.reflex("the spare valve", limit=1),
    "rehearse": lambda library: library.memory.rehearse("spare valve"),
    "reinforce": lambda library: library.memory.reinforce(library.facts.list()[-1].id).count,
}


@pytest.mark.slow
@pytest.mark.parametrize("way", _WAYS)
def test_what_was_just_recalled_is_not_pruned_next(tmp_path: Path, clock: Clock, way: str) -> None:
    file = tmp_path / "n.brain"
    with Library.open(file, clock=clock) as library:
        library.facts.tell("The spare valve is in the shed")
        clock.pass_(60)
        library.facts.tell("The cracked bowl stands on the sill")
        clock.pass_(400 * DAY)
    with Library.open(file, clock=clock) as library:
        assert [fact.text for fact in library.facts.list()][-1] == "The spare valve is in the shed"
        _WAYS[way](library)
    with Library.open(file, clock=clock) as library:
        assert library.sleep.run(prune_below=0.9).faded == ("The cracked bowl stands on the sill",)
        (bowl,) = library.facts.recall("cracked bowl")
        assert bowl.archived


def test_what_is_recalled_again_and_again_outlives_ten_sleeps(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("The spare valve is in the shed")
    library.facts.tell("The cracked bowl stands on the sill")
    for _ in range(10):
        clock.pass_(40 * DAY)
        library.facts.recall("spare valve")
        assert "The spare valve is in the shed" not in library.sleep.run(prune_below=0.5).faded
    assert [fact.archived for fact in library.facts.recall("spare valve")] == [False]
    assert [fact.archived for fact in library.facts.recall("cracked bowl")] == [True]


# -- the gate --------------------------------------------------------------------------------------


def test_the_gate_refuses_and_tells_and_what_it_refused_is_nowhere(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "g.brain"
    with Library.open(file, clock=clock) as library:
        done = library.facts.perceive("ok, thanks. The ferry leaves at nine.")
        assert [each.text for each in done.refused] == ["ok, thanks."]
        assert len(done.new) == 1
        low = library.facts.perceive("The gull may be grey", options=TellOptions(salience=0.0))
        assert (low.new, len(low.refused)) == ((), 1)
        library.sleep.run()
    with Library.open(file, clock=clock) as library:
        assert [fact.text for fact in library.facts.list()] == ["The ferry leaves at nine."]
        assert library.facts.recall("gull") == []
        with pytest.raises(UsageError):
            library.facts.perceive("The gull may be grey", options=TellOptions(salience=1.5))


# -- nothing ratchets ------------------------------------------------------------------------------


def test_ten_sleeps_leave_salience_stability_and_strength_as_they_were_earned(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("The guard checks the gauge", options=TellOptions(salience=0.5, reward=0.9))
    library.facts.tell(
        "To bleed the pump: open the cock, wait",
        options=TellOptions(kind="procedural", salience=0.9),
    )
    library.facts.tell("The weir alarm is critical, always act!!")
    library.facts.tell("The lamp hangs low")
    told = {match: info(library, match) for match in ("gauge", "pump", "weir", "lamp")}
    library.sleep.run()
    kept = {match: info(library, match) for match in told}
    assert {match: each.layer for match, each in kept.items()} == {
        "gauge": "long_term", "pump": "long_term", "weir": "long_term", "lamp": "working",
    }  # fmt: skip
    for night in range(10):
        clock.pass_(DAY)
        library.facts.tell(f"Barge {night} has come")
        library.sleep.run()
        for match, first in kept.items():
            now = info(library, match)
            assert now.salience == told[match].salience, (match, night)
            assert (now.stability, now.layer) == (first.stability, first.layer), (match, night)
            assert now.strength <= told[match].strength, (match, night)
            assert now.access_count == told[match].access_count, (match, night)


def test_a_reward_that_is_told_again_and_again_has_a_bound(library: Library, clock: Clock) -> None:
    for _ in range(10):
        library.facts.tell(
            "The guard checks the gauge", options=TellOptions(salience=0.5, reward=0.9, again=True)
        )
        clock.pass_(DAY)
        library.sleep.run()
        assert info(library, "gauge").salience == pytest.approx(0.68)
    for _ in range(50):
        library.memory.strengthen("gauge", amount=5.0)
    held = library.memory.strength("gauge")
    assert held is not None
    assert held.strength <= 8
    assert held.salience == pytest.approx(0.68)


def test_links_of_what_is_used_together_do_not_climb_from_sleep_to_sleep(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("The kestrel nests in the tower")
    library.facts.tell("The bell of the tower is cracked")
    for _ in range(3):
        library.facts.recall("kestrel")
        library.facts.recall("cracked bell")
        clock.pass_(20)
    library.sleep.run()

    def links() -> list[tuple[str, float]]:
        return [
            (each.kind, each.weight) for each in library.graph.links("kestrel", kind="together")
        ]

    first = links()
    assert first
    for night in range(10):
        clock.pass_(DAY)
        library.facts.tell(f"Barge {night} has come")
        library.sleep.run()
        assert len(links()) == len(first)
        assert all(now[1] <= then[1] for now, then in zip(links(), first, strict=True))


# -- nothing grows without end ---------------------------------------------------------------------


def test_what_is_sensed_is_bounded_and_empties_itself(library: Library, clock: Clock) -> None:
    for number in range(100):
        library.facts.perceive(f"ok {number}. hm.")
        assert len(library._core.sensory.current()) <= 64
    clock.pass_(3.1)
    assert library._core.sensory.current() == ()


def test_working_memory_is_bounded_in_the_file_too(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "w.brain"
    with Library.open(file, clock=clock) as library:
        library.facts.tell("\n".join(f"Crate {n} holds {n * 7} bolts." for n in range(60)))
        for number in range(60):
            clock.pass_(1)
            library.memory.rehearse(f"crate {number}")
        assert len(library.memory.working()) == 7
        library._core.fact_index.strengths.flush()
        with library._store.read() as connection:
            assert 0 < len(strengths.in_mind(connection, 0)) <= 7


def test_what_left_working_memory_is_kept_and_fades_as_the_rest(
    library: Library, clock: Clock
) -> None:
    library.facts.tell("\n".join(f"Valve {n} is critical and must be shut!!" for n in range(20)))
    assert len(library.memory.working()) == 7
    assert library.sleep.run().consolidated == 20
    clock.pass_(2000 * DAY)
    found = library.memory.fading(limit=50)
    assert {each.text for each in found.items} == {
        f"Valve {n} is critical and must be shut!!" for n in range(20)
    }
    assert len(library.facts.recall("valve", limit=50)) == 20


@pytest.mark.slow
def test_what_sleep_keeps_for_itself_is_bounded(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "k.brain"
    with Library.open(file, clock=clock) as library:
        library.facts.tell("The kestrel nests in the tower")
        library.facts.tell("The bell of the tower is cracked")
        kept = []
        for night in range(24):
            clock.pass_(DAY)
            library.facts.recall("kestrel")
            library.facts.recall("cracked bell")
            library.facts.tell(f"Barge {night} is critical and must be towed!!")
            assert library.sleep.run().run is not None
            kept.append([rows(file, "change_item"), rows(file, "link, json_each(days)")])
    changes, together = zip(*kept, strict=True)
    # Of the last sleeps alone, whatever each of them did.
    assert 0 < max(changes[16:]) <= 1.5 * max(changes[8:16])
    assert 0 < together[10] == together[-1]
