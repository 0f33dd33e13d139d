"""One damaged byte in one row costs that row; everything else goes on and says which it is."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main

_FACTS = (
    "Grethe Vang keeps the harbour log.",
    "Ilmar Kask repairs the tide gauge.",
    "The ferry to Norholm leaves at seven.",
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library in which three facts were told."""
    path = tmp_path / "harbour.brain"
    for fact in _FACTS:
        assert main(["--quiet", "--library", str(path), "remember", fact]) == 0
    return path


def damage(path: Path, words: bytes, instead: bytes) -> None:
    """Change bytes of the file where these words are."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = path.read_bytes()
    assert data.count(words) >= 1
    path.write_bytes(data.replace(words, instead))


def run(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, list[Any], str]:
    """Exit code, the JSON values on standard output, standard error."""
    capsys.readouterr()
    code = main(["--json", "--library", str(path), *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


_EVERYDAY = (
    ("value", "What does Ilmar Kask repair?"),
    ("ask", "Who keeps the harbour log?"),
    ("recall", "harbour"),
    ("list", "memories"),
    ("remember", "Sanne Brandt winds the church clock."),
    ("sleep",),
    ("strengthen", "tide gauge"),
    ("doctor",),
    ("stats",),
    ("verify",),
    ("verify", "--repair"),
)


@pytest.mark.parametrize("command", _EVERYDAY)
def test_a_byte_that_is_no_utf8_ends_no_command(
    library: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    damage(library, b"harbour log", b"harb\xffur log")
    code, rows, _ = run(capsys, library, *command)
    assert rows
    assert code in (0, 1)


def test_the_other_facts_answer_and_go_on_living(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(library, b"harbour log", b"harb\xffur log")
    _, (value,), _ = run(capsys, library, "value", "What does Ilmar Kask repair?")
    assert value["value"] == "the tide gauge"
    code, _, _ = run(capsys, library, "export", str(tmp_path / "out.zip"))
    assert code == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as bundle:
        assert "Norholm" in bundle.read("facts.jsonl").decode()
    code, _, _ = run(capsys, library, "backup", str(tmp_path / "safe.brain"))
    assert code == 0
    again = tmp_path / "again.brain"
    code, _, _ = run(capsys, again, "restore-backup", str(tmp_path / "safe.brain"))
    assert code == 0
