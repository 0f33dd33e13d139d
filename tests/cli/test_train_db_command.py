"""Learning a schema from the command line: the result, the difference, errors and JSON."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from workbench.cli.main import main


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of two tables."""
    file = tmp_path / "mill.sqlite"
    _run(file, "CREATE TABLE growers(id INTEGER PRIMARY KEY, village TEXT)")
    _run(file, "CREATE TABLE batches(id INTEGER PRIMARY KEY, grower INT REFERENCES growers)")
    return file


def _run(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_database_is_learned_and_learned_again(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = ["--library", str(tmp_path / "x.brain")]
    words = [*library, "train-db", str(database), "--domain", "mill"]
    assert main(words) == 0
    told = capsys.readouterr()
    assert "2 tables, 1 relationship, 0 patterns" in told.out
    assert "0 taken back" in told.out
    assert "Fingerprint" in told.err
    assert main(words) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    _run(database, "ALTER TABLE growers ADD COLUMN phone TEXT")
    assert main(words) == 0
    told = capsys.readouterr()
    assert "2 new, 2 taken back" in told.out
    assert "- The growers table of mill has 2 columns: id and village." in told.err
    assert "+ The growers table of mill has 3 columns: id, village and phone." in told.err
    assert main([*library, "recall", "which table refers to growers?"]) == 0
    assert "batches" in capsys.readouterr().out.splitlines()[0]


def test_with_json_the_whole_result_is_one_record(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train-db", f"sqlite:///{database}", "--library", str(tmp_path / "x.brain"), "--json",
             "--max-tables", "1", "--no-patterns", "--collection", "work"]  # fmt: skip
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["tables"], told["left_out"], told["collection"]) == (1, ["growers"], "work")
    assert told["statements"] == len(told["added"])
    assert told["related"] == [
        {"table": "batches", "columns": ["grower"], "to": "growers", "type": "related_to",
         "weight": 0.6}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "code", "exit_code"),
    [
        ("", "address", 3),
        ("mongodb://ada:geheim@h/d", "address", 3),
        ("ada:geheim@h/d", "address", 3),
        ("postgresql://ada:geheim@127.0.0.1:1/d", "unreachable", 3),
        ("nowhere.db", "missing", 3),
    ],
)
def test_what_cannot_be_used_is_one_sentence_without_the_password(
    url: str, code: str, exit_code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--library", str(tmp_path / "x.brain"), "train-db", url]
    assert main([*words, "--json"]) == exit_code
    told = capsys.readouterr()
    error = json.loads(told.err)["error"]
    assert error["code"] == code
    assert error["hint"]
    assert main(words) == exit_code
    told_plainly = capsys.readouterr().err
    assert told_plainly.count("\n") == 1
    assert "geheim" not in told.err + told_plainly
    assert "ada" not in told.err + told_plainly


def test_wrong_options_are_usage(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = ["--library", str(tmp_path / "x.brain")]
    assert main([*library, "train-db", str(database), "--max-tables", "0"]) == 2
    assert main([*library, "train-db", str(database), "--stage", "dream"]) == 2
    assert main([*library, "train-db"]) == 2
    assert capsys.readouterr().out == ""
