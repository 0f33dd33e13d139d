"""What sections say of a question."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from workbench.recall import windows


def _snapshot(column: list[int], edges: list[int]) -> Any:
    sections = np.array(edges, np.int32)
    return SimpleNamespace(columns={"section_start": np.array(column, np.int32)}, sections=sections)


def test_each_section_around_a_window_is_counted_once() -> None:
    snapshot = _snapshot([0, 0, 2, 2, 2, 5], [0, 2, 5, 6])
    found = windows.enclosing_sections(snapshot, np.array([0, 1, 3, 4], np.int32))
    assert found.begins.tolist() == [0, 2]
    assert found.stops.tolist() == [2, 5]
    assert found.of.tolist() == [0, 0, 1, 1]
