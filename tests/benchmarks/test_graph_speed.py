"""The rows of the graph: a hub as large as asked."""

from tests.benchmarks import graph_speed


def test_a_hub_is_as_large_as_asked_and_is_gone_through() -> None:
    said: list[str] = []
    rows = graph_speed.run(said.append, hub=40)
    assert [row.name for row in rows] == ["path_through_a_hub", "open_graph_at_concept"]
    assert all(row.value is not None and row.value > 0 for row in rows)
    assert "40 of 40 edges" in said[-2]
    assert "Harbour Works" in said[-1]
