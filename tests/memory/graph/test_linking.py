"""What was told is linked once, and what is taken away takes exactly its share with it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.memory.graph import plain_tracer, snapshot
from workbench.errors import NotFoundError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.concepts.tracing import trace
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.store.concept_mentions import FiberBatch, weave


def _graph(library: Library) -> ConceptGraph:
    return ConceptGraph(library._store, lambda: plain_tracer.trace)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "graph.brain") as opened:
        # Its own linking would race with that of the tests, which trace by other rules.
        opened._core.graph.close()
        yield opened


def _names(library: Library) -> dict[str, int]:
    return dict(library._store.rows("SELECT name, mentions FROM concept"))


def test_a_statement_becomes_concepts_with_a_fiber(library: Library) -> None:
    library.facts.tell("Greta ordered a belt for the press.")
    assert _graph(library).catch_up() == 1
    assert _names(library) == {"Greta": 1, "ordered": 1, "belt": 1, "press": 1}
    assert _graph(library).catch_up() == 0


def test_forgetting_takes_names_that_nothing_else_mentions(library: Library) -> None:
    graph = _graph(library)
    library.facts.tell("Greta ordered a belt.")
    library.facts.tell("greta sold the press.")
    graph.catch_up()
    library.facts.forget("ordered a belt")
    assert _names(library) == {"greta": 1, "sold": 1, "press": 1}
    assert not library._store.rows("SELECT 1 FROM derived WHERE kind = 'gone:fiber'")


def test_a_source_takes_its_share_and_two_graphs_link_side_by_side(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "book.txt").write_text(
        "The culvert floods the barn. Kofi mends the culvert every spring, says Greta.\n" * 1,
        encoding="utf-8",
    )
    library.facts.tell("Greta sold the press.")
    one, other = _graph(library), _graph(library)
    one.catch_up()
    added = library.add(tmp_path / "book.txt")
    assert other.linker.step(1)
    one.catch_up()
    other.catch_up()
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)
    assert _names(library)["Greta"] == 2
    source = added[0].source
    assert source is not None
    library.sources.delete([source])
    assert _names(library) == {"Greta": 1, "sold": 1, "press": 1}
    assert not library.verify().problems


def test_a_scope_that_is_removed_leaves_its_mentions_to_the_library(library: Library) -> None:
    graph = _graph(library)
    library.facts.tell("Greta sold the press.", collection="mill")
    graph.catch_up()
    library.collections.remove("mill")
    assert {row[0] for row in library._store.rows("SELECT place FROM mention")} == {-1}
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)


def test_a_note_that_is_changed_is_traced_again(library: Library) -> None:
    graph = _graph(library)
    note = library.notes.add("instruction", "Answer in English always.").new[0]
    graph.catch_up()
    library.facts.edit(note, "Answer in German always.")
    graph.catch_up()
    assert "English" not in _names(library)
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)


_WORDS = st.sampled_from(["Greta", "greta", "Kofi", "press", "Press", "barn", "belt", "culvert"])
_TEXT = st.lists(_WORDS, min_size=2, max_size=4).map(lambda w: f"{' because '.join(w)} matters.")
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("collect"), _TEXT),
        st.tuples(st.just("note"), _TEXT),
        st.tuples(st.just("add"), _TEXT),
        st.tuples(st.sampled_from(["delete", "disband", "full", "join", "part"]), st.just("")),
        st.tuples(st.just("remember"), _TEXT),
        st.tuples(st.just("forget"), _WORDS),
        st.tuples(st.just("edit"), _TEXT),
        st.tuples(st.just("link"), st.just("")),
    ),
    max_size=14,
)


_CONSOLIDATED = "SELECT 1 FROM change WHERE kind = 'consolidation' AND state = 'done'"


@pytest.mark.slow
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_STEPS)
def test_whatever_comes_and_goes_is_as_if_linked_afresh(
    library: Library, steps: list[tuple[str, str]]
) -> None:
    graph = _graph(library)
    sources: set[int] = set()
    for what, text in steps:
        if what == "remember":
            library.facts.tell(text, options=TellOptions(again=True))
        elif what == "forget":
            library.facts.forget(text)
        elif what == "edit":
            for fact in library.facts.list(limit=1):
                library.facts.edit(fact.id, text)
        elif what == "collect":
            library.facts.tell(text, collection="mill")
        elif what == "note":
            library.notes.add("stance", text, collection="mill")
        elif what == "add":
            sources.update(row.source for row in library.add_text(text) if row.source is not None)
        elif what == "delete" and sources:
            library.sources.delete([sources.pop()])
        elif what == "disband" and library.collections.list():
            library.collections.remove("mill")
        elif what == "full":
            library.collections.change(None, capacity=3)
        elif what == "join":
            library.memory.consolidate(prune_below=0.5)
        elif what == "part" and library._store.rows(_CONSOLIDATED):
            library.undo("consolidation")
        else:
            graph.linker.step(2)
    graph.catch_up()
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)
    assert not library.verify().problems


def test_who_asks_waits_no_longer_than_patience(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = _graph(library)
    library.facts.tell("Greta sold the press. Kofi bought the barn.")
    with monkeypatch.context() as patch:
        patch.setattr("workbench.memory.graph.concept_graph.WAIT_SECONDS", 0.0)
        with graph.reading() as connection:
            assert not connection.execute("SELECT 1 FROM fiber").fetchall()
    assert graph.backlog() == 2
    with graph.reading() as connection:
        assert len(connection.execute("SELECT 1 FROM fiber").fetchall()) == 2
    assert graph.backlog() == 0
    graph.close()


def test_what_fails_in_a_batch_leaves_nothing_half_done(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = _graph(library)
    library.facts.tell("Greta sold the press. Kofi bought the barn.")

    def fails(connection: sqlite3.Connection, woven: FiberBatch) -> bool:
        weave(connection, woven)
        raise NotFoundError("gone")

    with monkeypatch.context() as patched:
        patched.setattr("workbench.store.concept_mentions.weave", fails)
        with pytest.raises(NotFoundError):
            graph.catch_up()
    assert not library._store.rows("SELECT 1 FROM concept")
    assert graph.catch_up() == 2
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store)


_SAID = (
    "The barn flooded because the culvert was blocked.",
    "Kofi Mensah approved the roof budget in May 2026.",
    "kofi mensah is on leave until June.",
    "Greta Holm moved from Oslo to Bergen in 2019.",
    "The Roof Budget was approved by Greta Holm.",
    "Barns are cold in winter.",
    "The culvert in Bergen is new.",
)


@pytest.mark.slow
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(_SAID)), max_size=20))
def test_what_is_traced_by_all_rules_comes_and_goes_as_exactly(
    library: Library, steps: list[tuple[bool, str]]
) -> None:
    graph = ConceptGraph(library._store)
    for told, text in steps:
        if told:
            library.facts.tell(text, options=TellOptions(again=True))
            graph.linker.step(1)
        else:
            library.facts.forget(" ".join(text.split()[:3]))
    graph.catch_up()
    assert snapshot.snapshot(library._store) == snapshot.afresh(library._store, trace)
