"""A process that may open no more files says so, and not that a folder is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library

_SCRIPT = """
import os, resource, sys
from workbench.errors import LibraryUnreachableError
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    library.facts.list()
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
held = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
os.close(held.pop())
os.close(held.pop())
try:
    Library.open(sys.argv[1])
except LibraryUnreachableError as error:
    for handle in held:
        os.close(handle)
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_too_many_open_files_are_named_as_that(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.facts.tell("Ada's plan is pro.")
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path / "a.brain")],
        capture_output=True, text=True, check=True, timeout=seconds(60),
    )  # fmt: skip
    assert "too many files are open" in done.stdout
    assert "folder" not in done.stdout
