"""The made graph of the suite: as large as asked, and its rows told."""

from workbench.bench import graph_speed
from workbench.library import Library


def test_a_made_graph_is_as_large_as_asked_and_is_walked() -> None:
    said: list[str] = []
    rows = graph_speed.run(said.append, concepts=300, associations=2000, hub=40)
    assert [row.name for row in rows] == ["chain_6_hops_2M_edges", "open_graph_at_concept"]
    assert all(row.value is not None and row.value > 0 for row in rows)
    assert any("paths" in line for line in said)
    assert "40 of 40 edges" in said[-1]


def test_every_association_of_it_counts() -> None:
    with Library.open(":memory:") as library:
        assert graph_speed.make(library, 300, 1500, 40) == 1500
        assert library._store.rows("SELECT count(*) FROM association") == [(1500,)]
        ((most, number),) = library._store.rows(
            "SELECT head, count(*) AS n FROM association WHERE type = 10 GROUP BY head "
            "ORDER BY n DESC LIMIT 1"
        )
        assert (most, number) == (1, 40)
