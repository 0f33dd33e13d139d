"""The suite `window`: its rows are the agreed ones, each measured in a window on a small scale."""

import json
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import main
from tests.benchmarks.prose import Prose
from tests.benchmarks.window import GOALS


@pytest.mark.slow
def test_every_row_is_measured_in_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "one.txt").write_text(Prose(3).text(20_000), encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_CORPUS", str(tmp_path))
    main(["window", "--sizes", "100", "--json"])
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    assert [name for name in GOALS if rows[name]["value"] is None] == []
    for looks in ("unnamed_controls", "lowest_contrast"):
        assert rows[looks]["met"], rows[looks]
    assert rows["usable_warm_10k_sources"]["input"].startswith("100 notes")
