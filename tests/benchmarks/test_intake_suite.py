"""The suite `intake` on less than its goals are for: every row is there and what it says holds."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks import made_pdf
from tests.benchmarks.intake import GOALS, Size, run
from tests.benchmarks.processes import in_window


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_every_row_is_measured_and_nothing_is_wrong_with_what_it_was_measured_on() -> None:
    size = Size(
        times=1,
        pages=30,
        files=60,
        kills=3,
        kill_bytes=10_000,
        kinds=(),
        books=6,
        book_bytes=60_000,
    )
    said: list[str] = []
    rows = run(said.append, size)
    assert [row.name for row in rows] == [*GOALS, "sentence_cuts_right_held_out"]
    assert [row.name for row in rows if row.value is None] == []
    assert [row.input for row in rows if "Wrong:" in row.input] == []
    assert "3 kills" in next(row.input for row in rows if row.name == "kills_lost_or_doubled")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no figures of memory")
def test_i6_memory_for_a_long_pdf_stays_under_the_stated_caps(tmp_path: Path) -> None:
    """The caps are for 1,000 pages and hold for fewer; memory must not grow with the pages."""
    peaks = []
    for pages in (40, 240):
        made_pdf.write(tmp_path / f"{pages}.pdf", pages)
        pdf = tmp_path / f"{pages}.pdf"
        _, finished = in_window("measure", "drop", [pdf], lambda _: None, memory=True)
        assert finished.code == 0, finished.errors
        assert finished.peak_megabytes is not None
        peaks.append(finished.peak_megabytes)
    assert peaks[-1] < 800
    assert peaks[-1] - peaks[0] < 100
