"""What an attacker or a failing machine does at the edges, each a group of tests that is run alone.

Long runs without blanks in every kind of text, a hostile remote server, squatters on names that
another user can guess, failures injected into every background worker, and copies of open
libraries. The figure is how many of the tests of a group fail; the tests themselves say why.
"""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.rows import Goal, Row, Say, judged

_TESTS = Path(__file__).parents[2]
_GROUPS = {
    "runs_without_blanks_failed": "ingest/test_linear.py",
    "hostile_server_failed": "doors/test_hostile_server.py",
    "squatters_succeeded": "ui/test_single_instance.py",
    "worker_failures_unmended": "test_background_workers.py",
    "copies_of_open_libraries_unsound": "store/test_copies_of_open_libraries.py",
}
GOALS = {name: Goal("count", 0, higher=False) for name in _GROUPS}


def measure(folder: Path, count: int, say: Say) -> Iterator[Row]:
    """Run the first `count` groups and yield how many of their tests fail; None: none could run."""
    for name in list(_GROUPS)[:count]:
        report = folder / f"{name}.xml"
        ended = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"),
                *("-m", "slow or not slow", f"--junitxml={report}", str(_TESTS / _GROUPS[name])),
            ],
            capture_output=True, text=True, check=False, cwd=_TESTS.parent,
        )  # fmt: skip
        if not report.is_file():
            say(f"{name}: {ended.stdout[-300:]}{ended.stderr[-300:]}")
            yield judged(name, None, GOALS, "nothing could be run")
            continue
        cases = list(ElementTree.parse(report).iter("testcase"))
        failed = [case for case in cases if {"failure", "error"} & {child.tag for child in case}]
        skipped = sum(any(child.tag == "skipped" for child in case) for case in cases)
        for case in failed:
            say(f"{name}: {case.get('name')}")
        run = len(cases) - skipped
        yield judged(name, len(failed) if run else None, GOALS, f"{run} tests, {skipped} skipped")
