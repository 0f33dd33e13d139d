"""How smoothly the picture of a graph moves with 2,000 concepts on screen, without a display card.

`workbench.ui.measure` paints in a process of its own; the figure is that of the slowest gesture.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping

from workbench.bench.processes import run as run_process
from workbench.bench.rows import Goal, Row, judged

GOALS: Mapping[str, Goal] = {"frames_2000_nodes": Goal("1/s", 30, True)}


def row(say: Callable[[str], None]) -> Row:
    """The row `frames_2000_nodes`; None where no window can be made."""
    finished = run_process(
        [sys.executable, "-m", "workbench.ui.measure", "frames"],
        {**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    if finished.code:
        say(f"the picture could not be measured here: {finished.errors.strip()[-400:]}")
        return judged("frames_2000_nodes", None, GOALS["frames_2000_nodes"], "no window")
    facts = json.loads(finished.output.splitlines()[-1])
    say(f"picture: {facts}")
    note = f"slowest of {', '.join(facts['rates'])}; {facts['links']} links, 1100 x 700 points"
    return judged("frames_2000_nodes", facts["value"], GOALS["frames_2000_nodes"], note)
