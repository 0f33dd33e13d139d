"""What one statement speaks of beside the cue was written: it is no link that nobody wrote."""

import pytest

from workbench.brain.library import brain_recall
from workbench.library import Library


@pytest.mark.slow
def test_what_stands_in_one_statement_with_the_cue_is_confirmed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    with Library.open(":memory:") as library:
        library.brain.configure(scale=0.02)
        library.facts.tell("Delta attention compresses the rope ladder.")
        library.facts.tell("The harbour master fears the rope ladder.")
        library.graph.link()
        found = library.brain.recall("Delta attention", limit=40, patience=None)
        tags = {each.name: each for each in found.lit}
        ladder = tags["rope ladder"]
        assert ladder.tag == "confirmed"
        assert [each.tag for each in found.lit if each.name.startswith("compress")] == ["confirmed"]
        # Two statements lead to the other one: neither speaks of both.
        assert "harbour master" in tags
        assert tags["harbour master"].tag != "confirmed" or len(tags["harbour master"].trail) > 2
