"""The report of a crash: what it tells, and that it holds no word of a text, title or path."""

import faulthandler
import logging
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import LibraryLockedError
from workbench.report import Harmless, Notes, described, report, report_of_error, scrubbed
from workbench.running import Crashed

SECRETS = ("Ebbinghaus", "/home/ann/thesis/Über das Gedächtnis.pdf", "What did he measure?")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notes]:
    before = faulthandler.is_enabled()
    # The hooks of before are called, too, and those of the test run would fail the test.
    monkeypatch.setattr(sys, "excepthook", lambda *_error: None)
    monkeypatch.setattr(threading, "excepthook", lambda _told: None)
    made = Notes("7-8", folder=tmp_path)
    yield made
    made.close()
    if before:
        faulthandler.enable()


def _crashed(**more: object) -> Crashed:
    fields: dict[str, object] = {
        "id": "7-8", "version": "9.9", "started": time.time() - 600,
        "seen": time.time(), "library": SECRETS[1], "at": {"draft": SECRETS[2]},
    }  # fmt: skip
    return Crashed(**{**fields, **more})  # type: ignore[arg-type]


def _fail() -> None:
    title, path, question = SECRETS
    raise ValueError(f"{title} in {path}: {question}")


def test_e3_a_report_holds_frames_and_kinds_of_errors_but_no_words(
    notes: Notes, tmp_path: Path
) -> None:
    log = logging.getLogger("workbench.ui.jobs")
    log.warning("“%s” at %s took %d ms", SECRETS[0], Path(SECRETS[1]), 42)
    log.warning("a change was not made: %s", LibraryLockedError(SECRETS[0], SECRETS[2]))
    logging.getLogger("other").warning(SECRETS[2])
    logging.getLogger("other").error("%s", SECRETS[1])
    try:
        _fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    told = report(_crashed(), tmp_path)
    for secret in (*SECRETS, "thesis", "ann", "Gedächtnis", "measure"):
        assert secret not in told
    assert "“…” at … took 42 ms" in told
    assert "a change was not made: LibraryLockedError (library_locked)" in told
    assert told.count("ValueError") == 2
    assert "tests/test_report.py" in told
    assert "in _fail" in told
    assert "Version: 9.9" in told
    assert "after 10 minutes" in told


def test_e3_the_dump_of_the_interpreter_is_told_without_the_users_paths(
    notes: Notes, tmp_path: Path
) -> None:
    (tmp_path / "7-8.fault").write_text(
        "Fatal Python error: Aborted\n\n"
        "Current thread 0x00007f (most recent call first):\n"
        '  File "/home/ann/programs/workbench/ui/jobs.py", line 12 in _work\n'
        '  File "/home/ann/.venv/lib/python3.11/site-packages/numpy/core.py", line 3 in dot\n'
        '  File "/home/ann/secret/own.py", line ??? in run\n'
        "Ebbinghaus measured it.\n",
        encoding="utf-8",
    )
    told = report(_crashed(), tmp_path)
    assert "Fatal Python error: Aborted" in told
    assert "workbench/ui/jobs.py:12 in _work" in told
    assert "numpy/core.py:3 in dot" in told
    assert "…:??? in run" in told
    assert "ann" not in told
    assert "Ebbinghaus" not in told


def test_e3_a_kill_from_outside_leaves_no_trace_and_the_report_says_so(tmp_path: Path) -> None:
    told = report(_crashed(), tmp_path)
    assert "ended from outside" in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("Ebbinghaus"), "ValueError"),
        (KeyError("Ebbinghaus"), "KeyError"),
        (OSError(28, "No space left on device", "/a/b"), "OSError (28: No space left on device)"),
        (AttributeError("'NoneType' object has no attribute 'path'"), None),
        (AttributeError("'Über uns' is odd"), "AttributeError: “…” is odd"),
        (ImportError("no module (/home/ann/x.so)"), "ImportError: no module (…"),
        (sqlite3.OperationalError("near “Ebbinghaus”"), "OperationalError (no code)"),
        (LibraryLockedError("The library “Thesis” is."), "LibraryLockedError (library_locked)"),
    ],
)
def test_e3_only_words_of_the_program_are_kept(error: Exception, told: str | None) -> None:
    assert described(error) == (told or f"AttributeError: {error}")


@given(st.text(max_size=80))
def test_e3_no_argument_of_a_log_line_gets_into_the_log(words: str) -> None:
    logger = logging.getLogger("workbench.test")
    line = logger.makeRecord(logger.name, 30, "f", 1, "read %s as %r", (words, words), None)
    assert Harmless().format(line).endswith("read … as '…'")


@given(st.text(alphabet=st.characters(blacklist_characters="\"'“”/\\~"), min_size=1, max_size=30))
def test_e3_no_path_outlives_the_scrubbing(name: str) -> None:
    word = name.strip()
    if " " not in word and len(word) > 3 and not word.isspace() and word.split() == [word]:
        assert word not in scrubbed(f"broken at /zzz/{word} today")


def test_e3_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, faulthandler.is_enabled())
    heard: list[BaseException] = []
    made = Notes("1-1", heard.append, tmp_path)
    quiet = sys.excepthook
    assert quiet is not before[0]
    made.close()
    if before[2]:
        faulthandler.enable()
    assert (sys.excepthook, threading.excepthook) == before[:2]


def test_e3_only_the_logs_of_the_last_runs_are_kept(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{100 + number}-1.log").write_text("", encoding="utf-8")
    enabled = faulthandler.is_enabled()
    Notes("200-1", folder=tmp_path).close()
    if enabled:
        faulthandler.enable()
    left = sorted(file.stem for file in tmp_path.glob("*.log"))
    assert len(left) == 11
    assert left[0] == "115-1"


def test_e3_an_error_that_was_survived_has_a_report_too() -> None:
    try:
        _fail()
    except ValueError as error:
        told = report_of_error(error)
    assert "in _fail" in told
    assert "ValueError" in told
    assert not any(secret in told for secret in SECRETS)
