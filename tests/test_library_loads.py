"""What is loaded to open a library: its doors, and not every room behind them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import seconds
from workbench.library import Library

_LATER = (
    "asyncio",
    "email",
    "importlib.metadata",
    "ingest.readers",
    "ingest.triples.reading",
    "numba",
    "onnxruntime",
    "ctranslate2",
    "pydantic",
    "ssl",
    "workbench.brain",
    "workbench.intake.intake",
    "workbench.library.facts",
    "workbench.library.graph",
    "workbench.library.sources",
    "workbench.memory.chains.following",
    "workbench.memory.facts.index",
    "workbench.memory.graph",
    "workbench.memory.sharing",
    "workbench.memory.turn.conversation",
    "workbench.memory.vault",
    "workbench.memory.vital.survey",
    "workbench.recall.pictures",
    "workbench.recall.writing.writing",
    "workbench.sleep.sleeping",
)

_OPENED = """
import sys
from workbench.library import Library

with Library.open(":memory:") as library:
    library.search("nothing")
print([name for name in {names!r} if name in sys.modules])
"""


@pytest.mark.slow
def test_opening_and_searching_load_no_room_that_only_some_go_to() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPENED.format(names=_LATER)],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(60),
    )
    assert done.stdout.strip() == "[]"


_ASKED = """
import sys
from workbench.cli.main import main

main(["--library", {file!r}, "ask", "Where does Anna live?"])
print([name for name in {names!r} if name in sys.modules])
"""


@pytest.mark.slow
def test_asking_loads_nothing_of_what_is_added_merged_or_brought_to_mind(tmp_path: Path) -> None:
    names = (
        "ingest.zotero",
        "workbench.capabilities",
        "workbench.intake.places",
        "workbench.memory.kinds.conflicts",
        "workbench.memory.reflex.reflex_recall",
    )
    with Library.open(tmp_path / "notes.brain") as library:
        library.facts.tell("Anna lives in Leeds.")
    done = subprocess.run(
        [sys.executable, "-c", _ASKED.format(file=str(tmp_path / "notes.brain"), names=names)],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds(60),
    )
    assert "Leeds" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


_SAMPLED = """
import sys
from workbench.cli.main import main

main(["ask", "--sample", "What did Ebbinghaus measure?"])
print([name for name in {names!r} if name in sys.modules])
"""


@pytest.mark.slow
def test_asking_the_sample_again_loads_nothing_of_what_adds_it(tmp_path: Path) -> None:
    names = (
        "httpcore",
        "ingest.triples.reading",
        "workbench.intake.intake",
        "workbench.intake.places",
    )
    command = [sys.executable, "-c", _SAMPLED.format(names=names)]
    environment = {**os.environ, "WORKBENCH_HOME": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds(60),
        )
    assert done.stdout.splitlines()[-1] == "[]"
