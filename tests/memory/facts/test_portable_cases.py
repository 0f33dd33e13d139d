"""The portable behaviour cases of the fact memory, through the adapter that anyone can run."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.cases_adapter import create

AREAS = frozenset(
    (
        "values", "keys", "needles", "updates", "abstain", "short", "phrases", "morphology",
        "relations", "scopes", "dedup", "storing", "durability", "unicode", "forget", "sources",
        "update", "turn", "arithmetic", "negation", "secrets", "meaning", "chain",
        "notes", "variables", "stance", "documents", "capacity", "neighbours",
        "spreading", "emergent",
        "plastic", "consolidate", "protect", "restart",
    )
)  # fmt: skip

#: Of the cases of the seed with typed neurons; its reviews lay in boxes, which FSRS has replaced.
NEURAL = frozenset(
    (
        "encode", "sharing", "database", "patterns", "alerts",
        "fiber", "synapse", "activation", "depth", "reflex", "context",
        "typed", "projects", "conflict", "time", "decay", "stages",
    )
)  # fmt: skip


#: Of those of the seed with regions.
REGIONS = frozenset(
    (
        "forgetting",
        "ltp",
        "salience",
        "spreading",
        "routing",
        "sleep",
        "forget",
        "recall",
        "working",
    )
)


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("area", sorted(AREAS))
def test_the_cases_of_an_area_pass(corpus: Path, area: str) -> None:
    _check(corpus, area, "neuron-db", "beyond")


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("area", sorted(NEURAL))
def test_the_cases_of_a_neural_area_pass(corpus: Path, area: str) -> None:
    _check(corpus, area, "neural-memory", "beyond")


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("area", sorted(REGIONS))
def test_the_cases_of_an_area_of_regions_pass(corpus: Path, area: str) -> None:
    _check(corpus, area, "neurram")


def _check(corpus: Path, area: str, *names: str) -> None:
    runner = _runner(corpus.parent / "cases")
    files = [str(corpus.parent / "cases" / f"{name}.jsonl") for name in names]
    cases = [case for case in runner.load(files) if case["area"] == area]
    assert cases
    found = {case["id"]: runner.Runner(create).run(case) for case in cases}
    assert {id: result for id, result in found.items() if result[0] != "pass"} == {}


def _runner(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location("run_cases", folder / "run_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
