"""The command `near`: words used alike, for people and for scripts."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library


@pytest.mark.slow
def test_near_words_and_the_nearness_of_two_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "near.brain")
    with Library.open(path) as library:
        for number in range(6):
            for name in ("bread", "loaf"):
                library.add_text(f"Note {number}. The oven bakes a {name} with a hard crust.")
            for name in ("horse", "pony"):
                library.add_text(f"Note {number}. In its stall the {name} eats hay.")
    assert main(["near", "bread", "--library", path, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "loaf" in [row["word"] for row in rows]
    assert all(-1 <= row["nearness"] <= 1.001 and row["statements"] > 0 for row in rows)
    assert main(["near", "bread", "--library", path, "--limit", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["near", "horse", "pony", "--library", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nearness"] > 0.5
    assert main(["near", "horse", "hovercraft", "--library", path]) == 1
    assert "Add texts that use the word" in capsys.readouterr().err
    assert main(["near", "bread", "--limit", "0", "--library", path]) == 2
