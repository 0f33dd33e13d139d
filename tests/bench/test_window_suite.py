"""The suite `window`: its rows are the agreed ones, each measured in a window on a small scale."""

import json
from pathlib import Path

import pytest

from workbench.bench.prose import Prose
from workbench.bench.window import GOALS
from workbench.cli.main import main


def test_the_rows_of_the_suite_are_the_ones_that_were_agreed() -> None:
    assert {name: (goal.unit, goal.value, goal.higher) for name, goal in GOALS.items()} == {
        "usable_warm_10k_sources": ("s", 1.0, False),
        "longest_gap_any_action": ("ms", 50, False),
        "longest_gap_adding_and_sleeping": ("ms", 100, False),
        "theme_switch": ("ms", 200, False),
        "memory_five_novels_all_places": ("MB", 350, False),
        "idle_cpu": ("%", 0.2, False),
        "first_hit_after_key_10k": ("ms", 50, False),
        "unnamed_controls": ("count", 0, False),
        "lowest_contrast": ("ratio", 4.5, True),
    }


@pytest.mark.slow
def test_every_row_is_measured_in_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "one.txt").write_text(Prose(3).text(20_000), encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_CORPUS", str(tmp_path))
    main(["--json", "bench", "window", "--sizes", "100"])
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert [name for name in GOALS if rows[name]["value"] is None] == []
    for looks in ("unnamed_controls", "lowest_contrast"):
        assert rows[looks]["met"], rows[looks]
    assert rows["usable_warm_10k_sources"]["input"].startswith("100 notes")
