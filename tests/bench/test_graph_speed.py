"""The rows of the graph: a hub as large as asked, and the frames of a large picture."""

import pytest

from workbench.bench import graph_speed, processes


def test_a_hub_is_as_large_as_asked_and_is_gone_through() -> None:
    said: list[str] = []
    rows = graph_speed.run(said.append, hub=40)
    assert [row.name for row in rows] == ["path_through_a_hub", "open_graph_at_concept"]
    assert all(row.value is not None and row.value > 0 for row in rows)
    assert "40 of 40 edges" in said[-2]
    assert "Harbour Works" in said[-1]


def ran(code: int, output: str) -> processes.Run:
    return processes.Run(1.0, None, output, "no display", code)


def test_the_slowest_gesture_is_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    told = '{"value": 41.5, "rates": {"pan": 80.0, "zoom": 41.5}, "anew_ms": 30, "links": 2999}'
    monkeypatch.setattr(graph_speed, "run_process", lambda *_words: ran(0, f"warm\n{told}\n"))
    said: list[str] = []
    row = graph_speed.frames(said.append)
    assert (row.name, row.value, row.unit, row.goal, row.met) == (
        "frames_2000_nodes",
        41.5,
        "1/s",
        30,
        True,
    )
    assert "2999 links" in row.input
    assert "anew_ms" in said[0]


def test_without_a_window_the_figure_is_not_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_speed, "run_process", lambda *_words: ran(1, ""))
    row = graph_speed.frames(lambda _line: None)
    assert row.value is None
    assert row.met is False
