"""Names are merged by one thread at a time: in the background, or where a source is added."""

import threading
import time
from pathlib import Path

from workbench.jobs import Cancel
from workbench.library import Library
from workbench.memory.graph.concept_graph import ConceptGraph


def test_names_are_merged_by_one_thread_at_a_time(tmp_path: Path) -> None:
    active, most, merges = 0, 0, 0

    def unite(_cancel: Cancel) -> None:
        nonlocal active, most, merges
        active, merges = active + 1, merges + 1
        most = max(most, active)
        time.sleep(0.2)
        active -= 1

    with Library.open(tmp_path / "x.brain") as library:
        settle = ConceptGraph(library._core.store, unite=unite).background._unite
        assert settle is not None
        threads = [threading.Thread(target=settle, args=(Cancel(),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (merges, most) == (2, 1)
