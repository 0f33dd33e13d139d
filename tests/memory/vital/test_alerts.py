"""Alerts: what raises them, what becomes of them, and what they cost."""

import contextlib
import json
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import Clock
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.vital import alerting
from workbench.memory.vital.alerting import TYPES, Cause
from workbench.store import collections, fiber_records, vital
from workbench.store.store import Store

HOUR, DAY = 3600.0, 86_400.0


def crates(library: Library, number: int, collection: str | None = None) -> None:
    lines = (f"Crate {n} is stacked in bay {n % 7}" for n in range(number))
    library.facts.tell("\n".join(lines), collection=collection)


def types(library: Library, collection: str | None = None, **limits: float) -> list[str]:
    return [alert.type for alert in library.alerts(collection, limits=limits)]


# -- what raises them ------------------------------------------------------------------------------


def test_an_empty_library_has_none(library: Library) -> None:
    assert library.alerts() == []


def test_too_many_memories_are_told_in_words_with_advice(library: Library) -> None:
    crates(library, 6, "u")
    (alert,) = library.alerts("u", limits={"memories": 5})
    assert (alert.type, alert.severity, alert.status) == ("high_neuron_count", "info", "active")
    assert alert.message == "There are 6 memories, more than 5."
    assert "alert_memories" in alert.advice
    assert (alert.value, alert.limit, alert.collection) == (6, 5, "u")
    assert types(library, "u", memories=6) == []
    assert types(library, memories=5) == ["high_neuron_count"]


def test_severity_grows_with_the_excess(library: Library) -> None:
    crates(library, 30)
    for limit, severity in ((29, "info"), (14, "warning"), (2, "critical")):
        (alert,) = library.alerts(limits={"memories": limit})
        assert alert.severity == severity


def test_what_expires_is_told_of_its_own_scope(library: Library, clock: Clock) -> None:
    library.facts.tell("Bar is closed today", collection="u", options=TellOptions(expires_days=1))
    library.facts.tell("Cafe is closed today", options=TellOptions(expires_days=1))
    assert types(library, "u", expired=0) == []
    clock.now += 2 * DAY
    (alert,) = library.alerts("u", limits={"expired": 0})
    assert (alert.type, alert.value) == ("expired_memories", 1)
    assert "1 memory has expired" in alert.message
    (alert,) = library.alerts(limits={"expired": 0})
    assert alert.value == 2
    library.facts.forget("Bar is closed", collection="u")
    assert library.alerts("u", limits={"expired": 0}) == []


def test_books_count_with_their_statements(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("Greta Holm repaired the mill. Kofi Mensah sold a boat.\n")
    library.add(tmp_path / "mill.txt", collection="mills")
    library.graph.link(concepts_only=True)
    found = {alert.type: alert.value for alert in library.alerts(
        limits={"memories": 1, "concepts": 1, "fibers": 1, "associations": 1}
    )}  # fmt: skip
    assert found["high_neuron_count"] == 2
    assert found["high_fiber_count"] == 2
    assert found["high_synapse_count"] >= 2
    assert types(library, "mills", memories=1, fibers=1) == [
        "high_neuron_count", "high_fiber_count",
    ]  # fmt: skip
    library.sources.delete([source.id for source in library.sources.list()])
    library.graph.link(concepts_only=True)
    assert library.alerts(limits={"memories": 0, "concepts": 0, "fibers": 0}) == []


def test_what_was_told_long_ago_and_never_used_is_stale(library: Library, clock: Clock) -> None:
    crates(library, 12)
    library.memory.mark("Crate 11", Marks(pinned=True))
    clock.now += 80 * DAY
    assert types(library) == []
    clock.now += 11 * DAY
    assert types(library) == ["stale_fibers"]
    for number in range(9):
        library.facts.value(f"where is crate {number}?")
    library._core.fact_index.strengths.flush()
    assert types(library) == []


def _lone(connection: sqlite3.Connection, number: int, base: int, joined: bool) -> None:
    """So many memories, each of a concept of its own, or of two that belong together."""
    for n in range(base, base + number):
        id = int(connection.execute(
            "INSERT INTO engram(kind, start, end, text) VALUES ('statement', 0, 1, 'x')"
        ).lastrowid or 0)  # fmt: skip
        ids = [10 * n + 1, 10 * n + 2] if joined else [10 * n + 1]
        connection.executemany(
            "INSERT INTO concept(id, name, type, mentions) VALUES (?, 'x', 6, 1)",
            [(concept,) for concept in ids],
        )
        ties = [(0, 32, 1)] if joined else []
        record = fiber_records.pack([(each, 6, 1.0, 0, 1) for each in ids], ties)
        connection.execute("INSERT INTO fiber(engram, place, at, record) VALUES (?, 1, 0, ?)",
                           (id, record))  # fmt: skip
        connection.executemany(
            "INSERT INTO mention(concept, place, engram) VALUES (?, 1, ?)",
            [(each, id) for each in ids],
        )
        if joined:
            connection.execute("INSERT INTO association VALUES (?, 32, ?, 1, 0, 0, NULL)", ids)


def test_what_hangs_together_loosely_and_leads_nowhere_is_told(library: Library) -> None:
    library._store.write(lambda c: _lone(c, 40, 1, False))
    assert types(library) == []
    library._store.write(lambda c: _lone(c, 40, 100, False))
    assert types(library) == ["low_connectivity", "high_orphan_ratio"]
    (loose, alone) = library.alerts()
    assert loose.value == pytest.approx(0.5)
    assert alone.value == 1.0
    assert types(library, connectivity=0.4, orphans=1.0) == []
    library._store.write(lambda c: _lone(c, 150, 1000, True))
    found = {alert.type: alert.value for alert in library.alerts()}
    assert "high_orphan_ratio" not in found
    assert types(library, orphans=0.1) == ["low_connectivity", "high_orphan_ratio"]


# -- limits ----------------------------------------------------------------------------------------


def test_limits_are_set_for_the_library(library: Library, tmp_path: Path, clock: Clock) -> None:
    crates(library, 3)
    library.brain.configure(alert_memories=2)
    assert types(library) == ["high_neuron_count"]
    library.close()
    with Library.open(tmp_path / "library.brain", clock=clock) as again:
        assert types(again) == ["high_neuron_count"]
        again.brain.configure(alert_memories=None)
        assert types(again) == []


@pytest.mark.parametrize("given", [{"memory": 5}, {"memories": -1}, {"stale": float("nan")},
                                   {"expired": True}, {"expired": "many"}])  # fmt: skip
def test_what_is_no_limit_is_refused(library: Library, given: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        library.alerts(limits=given)


def test_a_collection_must_be_there(library: Library) -> None:
    with pytest.raises(NotFoundError, match="no collection"):
        library.alerts("nowhere")
    with pytest.raises(NotFoundError, match="no collection"):
        library.acknowledge("expired_memories", "seen", collection="nowhere")


# -- states ----------------------------------------------------------------------------------------


def test_a_status_goes_on_and_never_back(library: Library) -> None:
    crates(library, 3)
    (alert,) = library.alerts(limits={"memories": 2})
    assert library.acknowledge(alert.id, "seen").status == "seen"
    assert library.acknowledge(alert.type, "acknowledged").status == "acknowledged"
    assert library.acknowledge(alert.type, "seen").status == "acknowledged"
    (held,) = library.alerts(limits={"memories": 2})
    assert (held.id, held.status) == (alert.id, "acknowledged")
    assert library.acknowledge(alert.id, "resolved").status == "resolved"
    with pytest.raises(NotFoundError, match="no open alert"):
        library.acknowledge(alert.id, "seen")
    with pytest.raises(NotFoundError, match="no open alert"):
        library.acknowledge("expired_memories", "seen")


@pytest.mark.parametrize("status", ["active", "done", ""])
def test_other_statuses_cannot_be_given(library: Library, status: str) -> None:
    with pytest.raises(UsageError, match="cannot be marked"):
        library.acknowledge("expired_memories", status)
    with pytest.raises(UsageError, match="no type of alert"):
        library.acknowledge("too much noise", "seen")


def test_an_acknowledged_one_is_resolved_when_its_cause_is_gone(
    library: Library, clock: Clock
) -> None:
    crates(library, 3)
    library.alerts(limits={"memories": 2})
    library.acknowledge("high_neuron_count", "acknowledged")
    clock.now += 3 * DAY
    (alert,) = library.alerts(limits={"memories": 2})
    assert alert.status == "acknowledged"
    library.facts.forget("Crate 2")
    assert library.alerts(limits={"memories": 2}) == []
    (gone,) = library.alerts(limits={"memories": 2}, resolved=True)
    assert (gone.id, gone.status) == (alert.id, "resolved")


def test_what_comes_back_soon_is_the_same_alert_and_later_a_new_one(
    library: Library, clock: Clock
) -> None:
    crates(library, 3)
    (alert,) = library.alerts(limits={"memories": 2})
    library.acknowledge(alert.id, "seen")
    library.alerts()
    clock.now += 6 * HOUR - 1
    (again,) = library.alerts(limits={"memories": 2})
    assert (again.id, again.status) == (alert.id, "seen")
    library.alerts()
    clock.now += 6 * HOUR
    (new,) = library.alerts(limits={"memories": 2})
    assert new.id != alert.id
    assert new.status == "active"


def test_what_was_resolved_by_hand_rests_for_six_hours(library: Library, clock: Clock) -> None:
    crates(library, 3)
    (alert,) = library.alerts(limits={"memories": 2})
    library.acknowledge(alert.id, "resolved")
    clock.now += 6 * HOUR - 1
    assert library.alerts(limits={"memories": 2}) == []
    clock.now += 1
    (new,) = library.alerts(limits={"memories": 2})
    assert (new.id != alert.id, new.status) == (True, "active")


def test_alerts_are_those_of_the_library_whoever_looks(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "y.brain"
    with Library.open(path, clock=clock) as one, Library.open(path, clock=clock) as other:
        crates(one, 3)
        (here,) = one.alerts(limits={"memories": 2})
        (there,) = other.alerts(limits={"memories": 2})
        assert here.id == there.id
        other.acknowledge(here.id, "acknowledged")
        (here,) = one.alerts(limits={"memories": 2})
        assert here.status == "acknowledged"
    with Library.open(path, clock=clock) as again:
        (here,) = again.alerts(limits={"memories": 2})
        assert here.status == "acknowledged"


def test_two_programs_that_look_at_once_raise_one_alert(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "y.brain"
    with Library.open(path, clock=clock) as one, Library.open(path, clock=clock) as other:
        crates(one, 3)
        looking = [
            threading.Thread(target=library.alerts, kwargs={"limits": {"memories": 2}})
            for _ in range(6)
            for library in (one, other)
        ]
        for thread in looking:
            thread.start()
        for thread in looking:
            thread.join()
        with one._store.read() as connection:
            opened = vital.unresolved_alerts(connection, 0)
            assert {alert.type: alert.status for alert in opened.values()} == {
                "high_neuron_count": "active"
            }
            assert vital.alert(connection, 2) is None


def test_what_can_only_be_read_is_looked_over_and_left_as_it_is(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "y.brain"
    with Library.open(path, clock=clock) as library:
        crates(library, 3)
    with Library.open(path, read_only=True, clock=clock) as library:
        (alert,) = library.alerts(limits={"memories": 2})
        assert (alert.id, alert.status) == (0, "active")
        with library._store.read() as connection:
            assert vital.unresolved_alerts(connection, 0) == {}


def test_alerts_of_a_collection_go_with_it(library: Library) -> None:
    crates(library, 3, "u")
    library.alerts("u", limits={"memories": 2})
    with library._store.read() as connection:
        scope = collections.by_name(connection, "u").id
        assert vital.unresolved_alerts(connection, scope)
    library.collections.remove("u")
    with library._store.read() as connection:
        assert vital.unresolved_alerts(connection, scope) == {}


_MARKS = st.sampled_from(["seen", "acknowledged", "resolved"])
_CAUSES = st.frozensets(st.sampled_from(TYPES[:3]))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("look"), _CAUSES),
        st.tuples(st.just("mark"), st.tuples(st.sampled_from(TYPES[:3]), _MARKS)),
        st.tuples(st.just("wait"), st.floats(0, 12)),
    ),
    max_size=25,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_a_type_has_one_open_alert_that_goes_on(steps: list[tuple[str, object]]) -> None:
    clock = Clock()
    with Store.open(":memory:") as store:
        store.clock = clock
        order = alerting.STATUSES.index
        before: dict[int, str] = {}
        for what, given_ in steps:
            if what == "wait":
                assert isinstance(given_, float)
                clock.now += given_ * HOUR
            elif what == "look":
                assert isinstance(given_, frozenset)
                there = [Cause(type, "info", "m", "a", 2.0, 1.0) for type in sorted(given_)]
                held = alerting.settle(store, 0, there, 6 * HOUR)
                assert set(held) <= set(given_)
            else:
                assert isinstance(given_, tuple)
                with contextlib.suppress(NotFoundError):
                    alerting.mark(store, 0, *given_)
            with store.read() as connection:
                now = {
                    row.id: row.status for row in vital.unresolved_alerts(connection, 0).values()
                }
                (stored,) = connection.execute(
                    "SELECT coalesce(max(value), '[]') FROM meta WHERE key = 'alerts'"
                ).fetchone()
                statuses = [status for _, _, _, status, *_ in json.loads(stored)]
                assert len(statuses) - statuses.count("resolved") == len(now)
            for id, status in now.items():
                assert id not in before or order(status) >= order(before[id])
            before = {**before, **now}


# -- what it costs ---------------------------------------------------------------------------------


def _steps_taken(store: Store, number: int) -> int:
    """Steps of SQLite's machine, in hundreds, for one look over a library with so many rows."""

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM fiber")
        connection.execute("DELETE FROM concept")
        connection.execute("DELETE FROM fact")
        connection.execute("DELETE FROM engram")
        connection.execute("DELETE FROM association")
        connection.execute("DELETE FROM mention")
        ids = range(1, number + 1)
        record = fiber_records.pack([(1, 6, 1.0, 0, 1), (2, 6, 1.0, 1, 2)], [(0, 32, 1)])
        many = connection.executemany
        many("INSERT INTO engram(id, start, end, text) VALUES (?, 0, 1, 'x')", [(n,) for n in ids])
        many("INSERT INTO fact(engram, scope, told) VALUES (?, 0, 0)", [(n,) for n in ids])
        many("INSERT INTO fiber(engram, place, at, record) VALUES (?, -1, 0, ?)",
             [(n, record) for n in ids])  # fmt: skip
        many("INSERT INTO concept(id, name, type, mentions) VALUES (?, 'x', 6, 1)",
             [(n,) for n in ids])  # fmt: skip
        many("INSERT INTO mention VALUES (?, -1, ?)", [(n, n) for n in ids])
        many("INSERT INTO association VALUES (?, 32, ?, 1, 0, 0, NULL)",
             [(n, n + 1) for n in ids])  # fmt: skip

    store.write(fill)
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with store.read() as connection:
        connection.set_progress_handler(count, 100)
        assert vital.tally(connection).fibers == number
        vital.weave(connection, vital.sample_fibers(connection, 400))
        vital.unjoined(connection, vital.sample_concepts(connection, 400))
        vital.touched(connection, vital.sample_facts(connection, 400))
        vital.expired(connection, None, 1.0)
        connection.set_progress_handler(None, 0)
    return taken


@pytest.mark.slow
def test_a_look_costs_the_same_in_a_library_ten_times_as_large() -> None:
    with Store.open(":memory:") as store:
        small, large = _steps_taken(store, 2_000), _steps_taken(store, 20_000)
    assert large <= 1.2 * small


def test_totals_are_true_and_can_be_mended(library: Library) -> None:
    crates(library, 30)
    library.graph.link(concepts_only=True)
    library.facts.forget("Crate 7")
    library.graph.link(concepts_only=True)
    assert library.verify().sound
    library._store.write(
        lambda c: c.execute("UPDATE derived SET stamp = stamp + 3 WHERE kind = 'rows:fiber'")
    )
    (problem,) = library.verify().problems
    assert "rows of fiber found" in problem
    assert library.verify(repair=True).sound
