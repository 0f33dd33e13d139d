"""What every command prints stays as it was; `recorded_session` says how to record it anew."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.recorded_session import SNAPSHOTS, by_command


@pytest.mark.slow
def test_every_command_prints_what_it_printed(tmp_path: Path) -> None:
    differences: list[tuple[str, Any, Any]] = []
    printed = by_command(tmp_path)
    for name, lines in printed.items():
        recorded = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
        assert [line["typed"] for line in lines] == [line["typed"] for line in recorded]
        for line, before in zip(lines, recorded, strict=True):
            differences += [
                (f"{line['typed']} ({reader})", before[reader], line[reader])
                for reader in ("json", "people")
                if line[reader] != before[reader]
            ]
    assert differences == []
    assert {file.stem for file in SNAPSHOTS.glob("*.json")} == set(printed)
