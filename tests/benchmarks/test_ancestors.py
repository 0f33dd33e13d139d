"""The page “Where it comes from” has the table that the suite `ancestors` writes."""

import shutil
from pathlib import Path

from tests.benchmarks import ancestors
from tests.benchmarks.results import recorded_values
from tests.benchmarks.suites import SUITES


def test_the_page_is_written_by_the_suite(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    shutil.copyfile(ancestors.PAGE, page)
    ancestors.write(page)
    assert page.read_text(encoding="utf-8") == ancestors.PAGE.read_text(encoding="utf-8")


def test_every_figure_is_recorded_by_a_suite_that_there_is() -> None:
    recorded = recorded_values()
    for figure in ancestors.FIGURES:
        assert figure.suite in SUITES
        assert figure.name in recorded[figure.suite], figure.name
        assert figure.value > 0


def test_a_line_has_published_value_own_value_ratio_and_command() -> None:
    lines = ancestors.table({"ancestors": {"link_5": 7.6}}).splitlines()
    (line,) = [line for line in lines if "five joint recalls" in line]
    assert "| 8 | 7.6 | 0.95 × | `python -m tests.benchmarks ancestors` |" in line
    assert all(" – | – |" in other for other in lines[2:] if other != line)
