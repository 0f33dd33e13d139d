"""Names are merged by one thread at a time: in the background, or where a source is added."""

import threading
import time
from pathlib import Path

from workbench.jobs import Cancel, silent
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
        library.add_text("The Beagle left Plymouth. Captain Fitz Roy was on board.")
        graphs = [ConceptGraph(library._core.store, unite=unite)]
        settle = graphs[0].background._unite
        assert settle is not None
        other = threading.Thread(target=settle, args=(Cancel(),))
        other.start()
        graphs[0].complete(silent, Cancel())
        settle(Cancel())
        other.join()
    assert (merges >= 2, most) == (True, 1)
