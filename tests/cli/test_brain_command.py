"""`workbench brain`: exit codes, JSON and what is shown."""

import json
import re
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.cli.table import command
from workbench.library import Library


@pytest.mark.slow
def test_b2_the_command_shows_size_recall_and_dream(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--library", str(tmp_path / "brain.brain"))
    assert main([*at, "remember", "Marta Olsen founded the Harbour Mill."]) == 0
    assert main([*at, "remember", "The Harbour Mill employed Jonas Brandt."]) == 0
    capsys.readouterr()
    assert main([*at, "brain"]) == 0
    assert "Association cortex" in capsys.readouterr().out
    assert main([*at, "--json", "brain", "status"]) == 0
    assert len(json.loads(capsys.readouterr().out)["regions"]) == 10
    small = ("--scale", "0.02")
    assert main([*at, "--json", "brain", "recall", "Marta Olsen", *small]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["lit"][0]["name"] == "Harbour Mill"
    assert found["lit"][0]["tag"] == "confirmed"
    assert len(found["steps"]) == 30
    assert len(found["steps"][0]["spikes"]) == 10
    assert main([*at, "brain", "recall", "Marta Olsen", *small]) == 0
    shown = capsys.readouterr()
    assert "Marta Olsen → Harbour Mill" in shown.out
    assert main([*at, "brain", "dream", "Marta Olsen", *small]) == 0
    assert "bits of surprise" in capsys.readouterr().out
    assert main([*at, "brain", "recall", "nobody at all", *small]) != 0
    assert "names no concept" in capsys.readouterr().err
    assert main([*at, "brain", "recall"]) == 2
    assert main([*at, "brain", "status", "Marta"]) == 2
    assert main([*at, "brain", "recall", "Marta Olsen", "--scale", "7"]) == 2


def test_the_commands_that_the_guide_names_are_there() -> None:
    guide = Path(__file__).parents[2] / "resources" / "guide" / "36-the-brain.md"
    words = " ".join(guide.read_text("utf-8").split())
    named = set(re.findall(r"`workbench brain (\w+)", words))
    what = next(row for row in command("brain").arguments if row.name == "what")
    assert named == set(what.options["choices"]) - {"status"}
    assert "`workbench brain`" in words


@pytest.mark.slow
def test_assembly_map_and_what_was_learned_are_told_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "brain.brain"
    at = ("--library", str(file))
    with Library.open(file) as library:
        library.facts.tell("Marta Olsen founded the Harbour Mill.")
        library.graph.link()
        library.brain.configure(scale=0.02)
        (edge,) = library.graph.neighbourhood("Marta Olsen").edges
        library.brain.recall("Marta Olsen")
        library.memory.used(*[each.engram for each in library.graph.evidence(edge.id)])
    capsys.readouterr()
    assert main([*at, "brain", "assembly", "Harbour Mill", "--scale", "0.02"]) == 0
    assert "100 of the 10,000 neurons" in capsys.readouterr().out
    assert main([*at, "--json", "brain", "assembly", "Harbour Mill", "--scale", "0.02"]) == 0
    assert len(json.loads(capsys.readouterr().out)["neurons"]) == 100
    assert main([*at, "brain", "map"]) == 1
    assert "too little text for a map" in capsys.readouterr().err
    assert main([*at, "brain", "status"]) == 0
    assert "links have changed" in capsys.readouterr().err
    assert main([*at, "brain", "lessons"]) == 0
    assert "opened\n    Marta Olsen → Harbour Mill +0." in capsys.readouterr().out
    assert main([*at, "brain", "unlearn", "soon"]) == 2
    capsys.readouterr()
    assert main([*at, "--json", "brain", "unlearn"]) == 0
    assert json.loads(capsys.readouterr().out)["links"] > 0
    assert main([*at, "brain", "lessons"]) == 1
    assert main([*at, "brain", "unlearn", "7"]) == 1
    assert main([*at, "brain", "unlearn", "all"]) == 0
