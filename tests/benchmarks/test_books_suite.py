"""The suite `books`: every row can be measured."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds


@pytest.mark.slow
@pytest.mark.corpus
def test_every_row_of_the_books_suite_can_be_measured(corpus: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "books", "--json"],
        env={**os.environ, "WORKBENCH_CORPUS": str(corpus)},
        capture_output=True, text=True, timeout=seconds(380), check=False,
    )  # fmt: skip
    rows = {row["name"]: row for row in json.loads(done.stdout)["rows"]}
    assert set(rows) >= {
        "ingest_rate", "ingest_peak_memory", "ask_median", "ask_worst_of_200",
        "window_usable_warm", "event_loop_gap_while_adding", "books_quote5_lexical",
        "xquad_absent_silent", "xquad_present_answered",
    }  # fmt: skip
    assert all(row["value"] is not None for row in rows.values()), done.stderr
    # What does not depend on the machine's speed has to hold wherever this runs.
    for name in ("books_quote5_lexical", "xquad_absent_silent", "xquad_present_answered"):
        assert rows[name]["met"], rows[name]
