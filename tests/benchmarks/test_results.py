"""RESULTS.md is written by the benchmarks, and README and the guide say what stands there."""

import re
from pathlib import Path

import pytest

from tests.benchmarks.results import RESULTS, record, recorded_values
from tests.benchmarks.rows import Row
from tests.benchmarks.suites import SUITES

_ROOT = Path(__file__).parents[2]
#: Page, words, suite, figure, and the least and most that the words may stand for.
_QUOTED = [
    ("README.md", "two in five are answered right", "unseen", "narratives_first_right", 38, 42),
    ("README.md", "two in three among the five", "unseen", "narratives_among_five", 65, 70),
    ("README.md", "of a guide or a paper seven in ten,", "unseen", "practical_first_right", 68, 73),
    ("README.md", "and nine in ten)", "unseen", "practical_among_five", 88, 92),
    ("README.md", "sure and wrong for one in thirty", "unseen", "narratives_sure_and_wrong", 3, 4),
    ("README.md", "(for none of 32)", "unseen", "practical_sure_and_wrong", 0, 0),
]


@pytest.mark.parametrize(("page", "words", "suite", "figure", "least", "most"), _QUOTED)
def test_a_page_says_what_was_measured(
    page: str, words: str, suite: str, figure: str, least: float, most: float
) -> None:
    assert words in " ".join((_ROOT / page).read_text(encoding="utf-8").split())
    assert least <= recorded_values()[suite][figure] <= most


def test_a_share_in_digits_is_quoted_from_a_row() -> None:
    quoted = {(page, words) for page, words, *_ in _QUOTED}
    for file in (_ROOT / "README.md", *sorted((_ROOT / "resources" / "guide").glob("*.md"))):
        page = file.relative_to(_ROOT).as_posix()
        shares = re.findall(r"[\d.]+ ?%(?!\w)|[\d.]+ percent", file.read_text(encoding="utf-8"))
        assert [share for share in shares if (page, share) not in quoted] == []


def test_each_recorded_suite_exists_and_each_published_one_is_recorded() -> None:
    recorded = recorded_values()
    assert set(recorded) <= set(SUITES)
    assert {"books", "answers", "retrieval", "facts", "reliability"} <= set(recorded)


def test_a_report_replaces_the_lines_of_its_suite_alone(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    file.write_text("# Measured\n\n## books\n\nA note.\n\n## Notes\n\n| a | 1 |\n", "utf-8")
    peak = Row("peak", 1200, "MB")
    record(file, "books", [Row("rate", 0.5, "MB/s", 1, False, "five"), peak], "d1")
    record(file, "facts", [Row("told", 7, "")], "d1")
    unmeasured = Row("peak", None, "MB")
    record(file, "books", [Row("rate", 1.25, "MB/s", 1, True, "five"), unmeasured], "d2")
    text = file.read_text(encoding="utf-8")
    assert "| rate | 1.25 | MB/s | 1 | five | d2 |\n| peak | 1,200 | MB |  |  | d1 |\n" in text
    assert "A note.\n" in text
    assert text.count("\n## ") == 3
    assert "| a | 1 |" in text
    assert recorded_values(file) == {"books": {"rate": 1.25, "peak": 1200}, "facts": {"told": 7}}


def test_a_missed_goal_is_bold(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    record(file, "books", [Row("rate", 0.5, "MB/s", 1, False)], "d1")
    assert "| rate | **0.5** |" in file.read_text(encoding="utf-8")
    assert RESULTS.is_file()
