"""Ways from one concept to another: the fewest hops, the strongest, each with what says so."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import association_arrays, paths
from workbench.memory.graph.association_arrays import Atlas, Rows
from workbench.memory.graph.paths import search
from workbench.store import concept_mentions
from workbench.store.concept_mentions import Woven

CAUSES = int(AssociationType.LEADS_TO)
BESIDE = int(AssociationType.CO_OCCURS)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "paths.brain") as opened:
        yield opened


def woven(library: Library, associations: list[tuple[int, int, int, int]]) -> None:
    """Concepts c1, c2 … and associations between them, without memories that say so."""

    def work(connection: sqlite3.Connection) -> None:
        seen = concept_mentions.spin(connection, [], concept_mentions.Keys()).seen
        count = max(max(head, tail) for head, _, tail, _ in associations)
        known = {row[0] for row in connection.execute("SELECT id FROM concept")}
        new = [id for id in range(1, count + 1) if id not in known]
        made = Woven(
            seen=seen,
            concepts=[(id, f"c{id}", 3) for id in new],
            keys=[(f"c{id}", id) for id in new],
            fibers=[],
            mentions=[],
            counts=[],
            associations=sorted(associations),
        )
        assert concept_mentions.weave(connection, made)

    library._store.write(work)


def trail(library: Library, a: int | str, b: int | str, **more: int) -> tuple[str, ...] | None:
    found = library.graph.path(a, b, **more)  # type: ignore[arg-type]
    return None if found is None else found.trail


def test_g7_a_path_cites_what_says_each_hop(library: Library) -> None:
    library.facts.tell("The drought caused the famine.")
    library.facts.tell("The famine led to the revolt.")
    found = library.graph.path("drought", "revolt")
    assert found is not None
    assert (found.start.name, found.end.name) == ("drought", "revolt")
    assert [step.saying.text for step in found.steps if step.saying is not None] == [
        "The drought caused the famine.",
        "The famine led to the revolt.",
    ]
    for step in found.steps:
        edge = step.edge
        assert edge.id.split(":")[0] == str(edge.head)
        assert 0 < edge.strength <= 1
        assert edge.evidence == 1
        assert edge.first == edge.last is not None


def test_a_path_is_gone_in_both_directions(library: Library) -> None:
    woven(library, [(1, CAUSES, 2, 1), (3, CAUSES, 2, 1), (3, CAUSES, 4, 1)])
    assert trail(library, 1, 4) == ("c1", "c2", "c3", "c4")
    found = library.graph.path(4, 1)
    assert found is not None
    assert [step.forward for step in found.steps] == [False, True, False]
    assert found.trail == ("c4", "c3", "c2", "c1")


def test_the_fewest_hops_win_and_the_strongest_of_those(library: Library) -> None:
    woven(
        library,
        [
            (1, CAUSES, 2, 1),
            (2, CAUSES, 5, 1),
            (1, CAUSES, 3, 3),
            (3, CAUSES, 5, 3),
            (1, CAUSES, 6, 9),
            (6, CAUSES, 7, 9),
            (7, CAUSES, 5, 9),
        ],
    )
    assert trail(library, 1, 5) == ("c1", "c3", "c5")


def test_what_merely_stands_together_is_gone_over_only_where_nothing_stated_leads(
    library: Library,
) -> None:
    stated = [(id, CAUSES, id + 1, 1) for id in range(1, 5)]
    woven(library, [*stated, (1, BESIDE, 5, 9), (5, BESIDE, 6, 1)])
    assert trail(library, 1, 5) == ("c1", "c2", "c3", "c4", "c5")
    assert trail(library, 4, 6) == ("c4", "c5", "c6")


def test_there_is_no_path_beyond_the_hops(library: Library) -> None:
    woven(library, [(id, CAUSES, id + 1, 1) for id in range(1, 9)])
    assert trail(library, 1, 7) == tuple(f"c{id}" for id in range(1, 8))
    assert trail(library, 1, 8) is None
    assert trail(library, 1, 8, hops=7) is not None
    with pytest.raises(UsageError):
        library.graph.path(1, 8, hops=0)
    with pytest.raises(NotFoundError):
        library.graph.path(1, "nobody knows this")


def test_one_concept_alone_and_a_circle(library: Library) -> None:
    woven(library, [(1, CAUSES, 2, 1), (2, CAUSES, 3, 1), (3, CAUSES, 1, 1), (3, CAUSES, 4, 1)])
    assert trail(library, 1, 1) == ("c1",)
    assert trail(library, 1, 4) == ("c1", "c3", "c4")
    assert trail(library, 4, 2) == ("c4", "c3", "c2")


def test_a_concept_that_everything_touches_is_gone_around(library: Library) -> None:
    crowd = [(1, CAUSES, id, 2) for id in range(10, 700)]
    woven(
        library,
        [*crowd, (2, CAUSES, 1, 2), (3, CAUSES, 1, 2), (2, CAUSES, 4, 1), (3, CAUSES, 4, 1)],
    )
    rows = np.array(library._store.rows("SELECT head, type, tail, evidence FROM association"))
    found = search(Atlas(rows), 2, 3, 6, 32)
    assert found is not None
    assert [road.triple[2] for road in found] == [4, 4]
    assert trail(library, 650, 2) == ("c650", "c1", "c2")


def test_arrays_and_rows_lead_the_same_ways(library: Library) -> None:
    rng = np.random.default_rng(3)
    heads, tails = rng.integers(1, 300, (2, 900)).tolist()
    kinds = rng.choice([10, 11, 30, 41, BESIDE], 900).tolist()
    made = {(h, k, t) for h, k, t in zip(heads, kinds, tails, strict=True) if h != t}
    woven(library, [(*each, int(rng.integers(1, 5))) for each in sorted(made)])
    rows = np.array(library._store.rows("SELECT head, type, tail, evidence FROM association"))
    atlas = Atlas(rows)
    with library._store.read() as connection:
        for a, b in rng.integers(1, 300, (40, 2)).tolist():
            one, other = Rows(connection).leaving([a, b], 99), atlas.leaving([a, b], 99)
            keyed = [
                sorted(zip(w.begin, w.end, w.type, w.ahead, w.strength, strict=True))
                for w in (one, other)
            ]
            assert keyed[0] == keyed[1]
            ways = [search(each, a, b, 6, 32) for each in (Rows(connection), atlas)]
            assert len(ways[0] or ()) == len(ways[1] or ())


def test_arrays_of_a_large_graph_are_made_once_and_again_when_it_changes(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(association_arrays, "LARGE", 3)
    woven(library, [(id, CAUSES, id + 1, 1) for id in range(1, 6)])
    held = library._core.graph.roads
    assert trail(library, 1, 6) is not None
    assert held.ready()
    with library._store.read() as connection:
        first = held.map(connection)
        assert isinstance(first, Atlas)
        assert held.map(connection) is first
    assert trail(library, 1, 6) == ("c1", "c2", "c3", "c4", "c5", "c6")
    woven(library, [(1, CAUSES, 6, 1)])
    # The arrays are of before: what is new counts at once.
    assert trail(library, 1, 6) == ("c1", "c6")
    assert held.ready()
    assert trail(library, 1, 6) == ("c1", "c6")
    assert not any(thread.name == "roads" for thread in threading.enumerate())


def test_a_path_within_a_collection_goes_only_over_what_is_said_there(library: Library) -> None:
    library.facts.tell("The drought caused the famine.", collection="south")
    library.facts.tell("The famine led to the revolt.", collection="north")
    assert library.graph.path("drought", "revolt") is not None
    library.facts.tell("The revolt was short. The drought was long.", collection="south")
    assert library.graph.path("drought", "revolt", collection="south") is None
    library.facts.tell("The famine led to the revolt.", collection="south")
    found = library.graph.path("drought", "revolt", collection="south")
    assert found is not None
    assert {step.saying.collection for step in found.steps if step.saying} == {"south"}


def test_a_path_does_not_go_over_what_lies_in_the_trash(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "famine.txt"
    book.write_text("The famine led to the revolt.\n")
    source = library.add(book)[0].source
    assert source is not None
    library.facts.tell("The drought caused the famine. The revolt ended.")
    assert library.graph.path("drought", "revolt") is not None
    library.sources.trash([source])
    found = library.graph.path("drought", "revolt")
    said = [] if found is None else [step.saying for step in found.steps]
    assert not any(each is None or each.source == source for each in said)


def test_the_noise_is_left_out_of_a_search() -> None:
    rows = np.array([(1, BESIDE, 2, 5), (1, CAUSES, 3, 1), (3, CAUSES, 2, 1)])
    found = search(Atlas(rows), 1, 2, 6, 32, noise=paths.NOISE)
    assert found is not None
    assert len(found) == 2


def test_a_path_goes_over_what_statements_say_in_their_words(library: Library) -> None:
    library.facts.tell("Ilse Varga founded Acme Works. Acme Works bought Kestrel Mills.")
    found = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert found is not None
    assert found.trail == ("Ilse Varga", "Acme Works", "Kestrel Mills")
    assert [step.edge.relation for step in found.steps] == ["founded", "bought"]
    for step in found.steps:
        assert step.saying is not None
        assert step.saying.text[step.saying.start : step.saying.end] == step.saying.relation
    # Merely to have done the same joins nobody.
    library.facts.tell("Osman Beyer retired. Ilse Varga retired.")
    far = library.graph.path("Osman Beyer", "Kestrel Mills")
    assert far is None or len(far.steps) > 2


def test_a_rejected_edge_is_gone_over_no_more(library: Library) -> None:
    library.facts.tell("Ilse Varga founded Acme Works. Acme Works bought Kestrel Mills.")
    found = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert found is not None
    wrong = found.steps[1].edge.id
    library.graph.reject(wrong)
    again = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert again is None or wrong not in {step.edge.id for step in again.steps}
    reached = library.graph.associated("Ilse Varga", hops=3)
    assert wrong not in {step.edge.id for each in reached for step in each.steps}
    library.graph.undo_judgement(wrong)
    assert library.graph.path("Ilse Varga", "Kestrel Mills") == found


def test_nobody_gets_anywhere_over_what_is_denied(library: Library) -> None:
    library.facts.tell("Ilse Varga never met Bram Holm.")
    found = library.graph.path("Ilse Varga", "Bram Holm")
    assert found is None or not any(
        step.saying is not None and step.saying.negated for step in found.steps
    )
