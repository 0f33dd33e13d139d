"""The Brain tab tells the step across by meaning: in the list, the Inspector and the picture."""

import numpy as np
import pytest

from workbench.brain.engine.meaning import BANDS, similarity
from workbench.brain.library import brain_recall
from workbench.library import Library
from workbench.ui.brain.lists import concept_sentence, region_contents
from workbench.ui.brain.zoom import tree


@pytest.mark.slow
def test_b5_what_came_across_is_told_with_the_kin_it_came_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    with Library.open(":memory:") as library:
        library.brain.configure(scale=0.02)
        library.add_text(
            "Edda Lund taught Jonas Brandt. Viktor Rahm built a lighthouse.", title="A"
        )
        library.graph.link()
        kin = [library.graph.concept(each).concept.id for each in ("Edda Lund", "Viktor Rahm")]
        ids = np.array([*kin, *range(5000, 5400)])
        leaf = np.array([0, 0, *range(20, 420)], np.int16)
        codes = similarity(ids, np.repeat(leaf[:, None], BANDS, axis=1))
        monkeypatch.setattr(library._core.thinking, "_meant", lambda: codes)
        found = library.brain.recall("Edda Lund", limit=40)
    (house,) = (each for each in found.lit if each.across)
    assert concept_sentence(house).endswith(
        ". Suggested by kinship: like Viktor Rahm, which is linked to lighthouse"
    )
    assert "Related in meaning, partly active: Viktor Rahm." in region_contents(
        found, "association", 8
    )
    drawn = tree(found, found.lit)
    (step,) = (node for node in drawn.values() if node.name == "Viktor Rahm")
    # Nobody wrote of the step, so its line is that of what is emergent.
    assert step.tag == "emergent"
    assert step.parent is not None
    assert drawn[step.parent].tag == "cue"
