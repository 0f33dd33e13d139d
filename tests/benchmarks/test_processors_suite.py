"""What the suite of processors counts as another answer."""

from pathlib import Path

import pytest

from tests.benchmarks import processors
from tests.benchmarks.processes import Figures
from tests.benchmarks.suites import SUITES


def _figures(*orders: str, state: str = "likely", confidence: float = 0.7) -> Figures:
    outcomes = [
        {"id": str(n), "state": "likely", "said": "x", "order": order, "confidence": 0.7}
        for n, order in enumerate(orders)
    ]
    outcomes[-1].update(state=state, confidence=confidence)
    return {"outcomes": outcomes, "seconds": 2.0}


def test_an_answer_that_differs_on_any_processor_counts_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {
        "own": _figures("a", "b", "c", "d"),
        "AVX2": _figures("a", "b", "x", "d", state="possible", confidence=0.5),
        "GENERIC": _figures("a", "x", "y", "d"),
    }
    monkeypatch.setattr(processors, "_asked", lambda name, *_: found[name])
    said: list[str] = []
    rows = {row.name: row for row in processors.compared(said.append, Path(), list(found))}
    assert {name: rows[name].value for name in processors.GOALS} == {
        "other_state": 1, "other_words": 0, "other_order": 50,
    }  # fmt: skip
    assert [rows[name].met for name in processors.GOALS] == [False, True, False]
    assert rows["widest_difference_of_confidence"].value == pytest.approx(0.2)
    assert said == ["other state: 3", "other said: none", "other order: 1, 2"]
    assert "processors" in SUITES


def test_a_processor_of_its_own_is_narrowed_in_nothing() -> None:
    assert processors.narrowed("own") == {}
    assert processors.narrowed("GENERIC")["CT2_FORCE_CPU_ISA"] == "GENERIC"
