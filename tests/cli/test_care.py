"""Caring for a library from the outside: backup and back, tags."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli import render
from workbench.cli.main import main
from workbench.cli.output import Output
from workbench.store.verify import Verified

_NOTES = """Field Notes

The lighthouse at Cape Aravis was built in 1862 by the engineer Teodor Maslin. Its lamp burned rape
oil until 1904, when paraffin took its place.
"""
_BREAD = """Notes on Bread

A sourdough starter is a mixture of flour and water in which wild yeast and bacteria live.
"""


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with two small texts, sources 1 and 2."""
    file = tmp_path / "notes.brain"
    for name, words in (("notes.txt", _NOTES), ("bread.txt", _BREAD)):
        (tmp_path / name).write_text(words, encoding="utf-8")
        assert main(["--quiet", "--library", str(file), "add", str(tmp_path / name)]) == 0
    return str(file)


@pytest.mark.slow
def test_x1_backup_and_restore_backup(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    safe = str(tmp_path / "safe.brain")
    code, (made,), _ = run(capsys, "--library", library, "backup", safe)
    assert code == 0
    assert (made["path"], made["sources"]) == (safe, 2)
    assert len(made["digest"]) == 64
    run(capsys, "--library", library, "trash", "1")
    code, (back,), _ = run(capsys, "--library", library, "restore-backup", safe)
    assert code == 0
    assert back["proven"]
    assert back["digest"] == made["digest"]
    assert Path(back["aside"]).exists()
    code, rows, _ = run(capsys, "--library", library, "list", "sources")
    assert [row["id"] for row in rows] == [2, 1]
    code, (answer,), _ = run(capsys, "--library", library, "ask", "Who built the lighthouse?")
    assert "Teodor Maslin" in answer["evidence"][0]["quote"]
    code, _, told = run(capsys, "--library", library, "restore-backup", str(tmp_path / "bread.txt"))
    assert code == 3
    assert json.loads(told)["error"]["code"] == "not_a_library"
    assert main(["--library", library, "restore-backup", safe]) == 0
    assert "The previous library is now" in capsys.readouterr().out
    assert main(["--library", library, "backup", str(tmp_path / "bread.txt")]) == 2


def test_x1_restore_backup_makes_the_default_library_where_there_is_none(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    safe = str(tmp_path / "safe.brain")
    run(capsys, "--library", library, "backup", safe)
    code, (back,), _ = run(capsys, "restore-backup", safe)
    assert code == 0
    assert back["aside"] is None
    _, rows, _ = run(capsys, "list", "sources")
    assert len(rows) == 2


@pytest.mark.slow
def test_l3_tags_from_the_command_line(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "--library", library, "tag", "to read", "1", "2")
    assert code == 0
    assert [row["tags"] for row in rows] == [["to read"], ["to read"]]
    run(capsys, "--library", library, "tag", "To Read", "2", "--remove")
    _, rows, _ = run(capsys, "--library", library, "list", "sources", "--tag", "TO READ")
    assert [(row["id"], row["tags"]) for row in rows] == [(1, ["to read"])]
    _, rows, _ = run(capsys, "--library", library, "list", "tags")
    assert rows == [{"name": "to read", "sources": 1}]
    code, _, told = run(capsys, "--library", library, "tag", "no such", "2", "--remove")
    assert code == 1
    assert "no tag" in told
    capsys.readouterr()
    assert main(["--library", library, "show", "1"]) == 0
    assert "to read" in capsys.readouterr().out


@pytest.mark.slow
def test_l6_removal_for_good_asks_first(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, (told,), _ = run(capsys, "--library", library, "trash", "1", "--for-good")
    assert code == 1
    assert told["deleted"] is False
    assert told["titles"] == ["Notes"]
    assert main(["--library", library, "trash", "1", "--for-good"]) == 1
    shown = capsys.readouterr().out
    assert "To be deleted: 1 passage, 3 statements" in shown
    assert "Kept: the original" in shown
    assert "--yes" in shown
    _, rows, _ = run(capsys, "--library", library, "list", "sources")
    assert len(rows) == 2
    code, (told,), _ = run(capsys, "--library", library, "trash", "1", "--for-good", "--yes")
    assert code == 0
    assert told["deleted"] is True
    assert told["clean"] is True
    for options in ([], ["--trashed"]):
        _, rows, _ = run(capsys, "--library", library, "list", "sources", *options)
        assert [row["id"] for row in rows] == ([] if options else [2])
    code, _, _ = run(capsys, "--library", library, "trash", "2", "--yes")
    assert code == 2
    code, _, _ = run(capsys, "--library", library, "trash", "1", "--for-good")
    assert code == 1


@pytest.mark.slow
def test_verify_repairs_what_can_be_derived(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(library)
    with connection:
        connection.execute("UPDATE source SET passages = 7")
    connection.close()
    assert main(["--library", library, "verify"]) == 1
    told = capsys.readouterr()
    assert "✗" in told.out
    assert "--repair" in told.err
    code, (report,), _ = run(capsys, "--library", library, "verify", "--repair")
    assert code == 0
    assert report["sound"]
    assert "2 sources recounted." in report["repaired"]
    code, (report,), _ = run(capsys, "--library", library, "verify")
    assert (code, report["repaired"]) == (0, [])


@pytest.mark.slow
def test_l8_missing_originals_are_listed_and_located(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, rows, _ = run(capsys, "--library", library, "list", "sources", "--missing")
    assert rows == []
    (tmp_path / "bread.txt").rename(tmp_path / "loaf.txt")
    _, rows, _ = run(capsys, "--library", library, "list", "sources", "--missing")
    assert [row["id"] for row in rows] == [2]
    code, _, told = run(capsys, "--library", library, "locate", "2", str(tmp_path / "notes.txt"))
    assert code == 3
    assert json.loads(told)["error"]["code"] == "changed"
    loaf = str(tmp_path / "loaf.txt")
    code, (told_,), _ = run(capsys, "--library", library, "locate", "2", loaf)
    assert (code, told_) == (0, {"located": [2], "path": loaf})
    _, rows, _ = run(capsys, "--library", library, "list", "sources", "--missing")
    assert rows == []


@pytest.mark.slow
def test_l7_reindex_from_the_command_line(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, rows, _ = run(capsys, "--library", library, "reindex", "--all")
    assert code == 0
    assert sorted((row["source"], row["renewed"]) for row in rows) == [(1, True), (2, True)]
    (tmp_path / "bread.txt").unlink()
    code, rows, _ = run(capsys, "--library", library, "reindex", "2")
    assert code == 3
    assert "no file" in rows[0]["error"]
    _, rows, _ = run(capsys, "--library", library, "list", "sources")
    assert {row["id"]: row["state"] for row in rows} == {1: "verified", 2: "verified"}
    assert main(["--library", library, "reindex"]) == 2
    assert main(["--library", library, "reindex", "--all", "1"]) == 2
    assert main(["--library", library, "reindex", "1"]) == 0
    assert "read again" in capsys.readouterr().out


@pytest.mark.slow
def test_i9_add_with_replace_from_the_command_line(
    library: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bread = tmp_path / "bread.txt"
    bread.write_text(_BREAD + "\nFeed the starter every morning.\n", encoding="utf-8")
    code, (added,), _ = run(capsys, "--library", library, "add", str(bread))
    assert (code, added["source"], added["former"]) == (0, 3, 2)
    code, (added,), _ = run(capsys, "--library", library, "add", "--replace", str(bread))
    assert (code, added["source"], added["renewed"]) == (0, 2, True)
    _, rows, _ = run(capsys, "--library", library, "list", "sources")
    assert [row["id"] for row in rows] == [2, 1]


@pytest.mark.parametrize(
    ("problem", "step"),
    [
        ("“Whales” (source 1): passage 3 lacks statements.", "workbench reindex ID"),
        ("The fact 188, “Ada lives in Porto”, is not as it was written.", "workbench edit ID TEXT"),
    ],
)
def test_what_a_repair_leaves_is_advised_on_by_what_it_is(
    problem: str, step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    left = Verified(False, 1, 1, 1, 0.0, (problem,), ("The index was rebuilt.",))
    render.show(left, Output(), {"repair": True})
    assert step in capsys.readouterr().err
