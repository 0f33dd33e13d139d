"""Kernels are made for the arrays that they are given: real use compiles nothing, which takes
seconds in the middle of a question."""

from pathlib import Path
from typing import Any

import pytest

from workbench import kernels
from workbench.library import Library
from workbench.memory.facts.kernel_set import FACT_KERNELS


def _versions() -> dict[str, int]:
    runs: list[tuple[str, Any]] = [
        (f"{module}.{each.function.__name__}", each.run)
        for module in FACT_KERNELS.modules
        for each in kernels._kernels.get(module, ())
    ]
    return {name: len(run.signatures) for name, run in runs}


@pytest.mark.usefixtures("compiled")
def test_every_kernel_was_made_for_what_it_is_given(tmp_path: Path) -> None:
    before = _versions()
    told = "\n".join(f"The budget of team {i} is {i * 7} euros." for i in range(3000))
    with Library.open(tmp_path / "library.brain") as library:
        library.facts.tell(told)
        library.facts.tell("Kenji owns Aurora. Aurora lies in the north hall. I like Aurora.")
        for cue in ("team 12", "zebra team 12", "budgte euros", "budget euros unheard"):
            library.facts.recall(cue)
            library.facts.recall(cue, by="strength")
            library.facts.recall(cue, kind="decision")
            library.facts.recall(cue, min_priority=3, limit=10**15)
            library.facts.history(cue)
        library.facts.value("what is the budget of team 77?")
        library.facts.value("who is the dentist of team 77?")
        library.facts.chain("Aurora", ["owner"])
        library.facts.associate("Aurora")
        library.turn("what is the budget of team 9?")
        (one,) = library.facts.recall("Kenji owns Aurora", limit=1)
        library.facts.edit(one.id, "Maria owns Aurora.")
        library.facts.forget("team 12")
        library.memory.consolidate(preview=True)
    with Library.open(tmp_path / "library.brain") as library:
        library.facts.recall("unheard team 12 budget")
        library.facts.tell("Team 12 is back.")
        library.facts.recall("unheard team 12 budget")
        library.facts.forget("back")
    assert _versions() == before
