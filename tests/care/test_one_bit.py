"""One damaged byte in one row costs that row; everything else goes on and says which it is."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main
from workbench.errors import DamagedLibraryError
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.store import quarantine

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
    ("recall", "tide gauge"),
    ("list", "memories"),
    ("remember", "Sanne Brandt winds the church clock."),
    ("sleep",),
    ("strengthen", "tide gauge"),
    ("doctor",),
    ("stats",),
    ("verify",),
    ("verify", "--repair"),
)


@pytest.mark.slow
@pytest.mark.parametrize("command", _EVERYDAY)
def test_a_byte_that_is_no_utf8_ends_no_command(
    library: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    damage(library, b"harbour log", b"harb\xffur log")
    code, rows, _ = run(capsys, library, *command)
    assert rows
    assert code in (0, 1)


@pytest.mark.slow
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


def zero_page(path: Path, table: str) -> None:
    """Fill the root page of a table or index with zeros."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(data)


@pytest.mark.slow
def test_writes_are_refused_once_damage_is_known_and_reading_goes_on(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zero_page(library, "wording")
    code, (report,), _ = run(capsys, library, "verify")
    assert code == 1
    assert any(p.startswith("The file is damaged") for p in report["problems"])
    before = library.read_bytes()
    for command in (
        ("remember", "The tower clock is slow."),
        ("add", str(tmp_path)),
        ("sleep",),
        ("verify", "--repair"),
    ):
        code, _, told = run(capsys, library, *command)
        assert code == 4
        assert "salvage" in told
    code, (value,), _ = run(capsys, library, "value", "What does Ilmar Kask repair?")
    assert value["value"] == "the tide gauge"
    code, (report,), _ = run(capsys, library, "doctor")
    assert code == 1
    assert "The file is damaged" in report["damaged"]
    assert library.read_bytes() == before


def test_damage_that_a_command_meets_is_known_from_then_on(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zero_page(library, "question")
    with Library.open(library) as opened:
        with pytest.raises(DamagedLibraryError):
            opened.answers.list()
        with pytest.raises(DamagedLibraryError, match="salvage"):
            opened.facts.tell("The tower clock is slow.")
    code, _, _ = run(capsys, library, "remember", "The tower clock is slow.")
    assert code == 4


@pytest.mark.slow
def test_a_whole_library_in_its_place_may_be_written_again(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, library, "backup", str(tmp_path / "safe.brain"))
    whole = library.read_bytes()
    zero_page(library, "wording")
    assert run(capsys, library, "verify")[0] == 1
    library.write_bytes(whole)
    assert run(capsys, library, "verify")[0] == 0
    assert run(capsys, library, "remember", "The tower clock is slow.")[0] == 0
    zero_page(library, "wording")
    assert run(capsys, library, "verify")[0] == 1
    assert run(capsys, library, "restore-backup", str(tmp_path / "safe.brain"))[0] == 0
    assert run(capsys, library, "remember", "The tower clock is slow.")[0] == 0


@pytest.mark.slow
def test_an_index_that_lacks_rows_is_found_and_made_anew(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bread.txt").write_text("Bread is made of flour, water and salt.", "utf-8")
    assert run(capsys, library, "add", str(tmp_path / "bread.txt"))[0] == 0
    connection = sqlite3.connect(library, isolation_level=None)
    (sql,) = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'location_path'"
    ).fetchone()
    connection.execute("DROP INDEX location_path")
    connection.execute(f"{sql} WHERE 0")
    connection.execute("PRAGMA writable_schema=ON")
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'location_path'", (sql,))
    connection.close()
    code, (report,), _ = run(capsys, library, "verify")
    assert code == 1
    assert any("index location_path" in p for p in report["problems"])
    code, (report,), _ = run(capsys, library, "verify", "--repair")
    assert (code, report["problems"]) == (0, [])
    assert "The file's own indexes were rebuilt." in report["repaired"]
    assert run(capsys, library, "remember", "The tower clock is slow.")[0] == 0


@pytest.mark.slow
def test_a_changed_letter_is_no_answer_and_is_named(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(library, b"tide gauge", b"time gauge")
    code, _, told = run(capsys, library, "value", "What does Ilmar Kask repair?")
    assert code == 1
    assert "Fact 2 is damaged" in told
    code, (answer,), _ = run(capsys, library, "ask", "What does Ilmar Kask repair?")
    assert "time gauge" not in json.dumps(answer["evidence"])
    code, (report,), _ = run(capsys, library, "verify")
    assert code == 1
    assert any("fact 2, “Ilmar Kask repairs the time gauge.”" in p for p in report["problems"])
    code, (made,), _ = run(capsys, library, "backup", str(tmp_path / "safe.brain"))
    assert code == 0
    assert any("fact 2" in p for p in made["problems"])
    code, _, _ = run(capsys, library, "edit", "2", "Ilmar Kask repairs the tide gauge.")
    assert code == 0
    code, (value,), _ = run(capsys, library, "value", "What does Ilmar Kask repair?")
    assert value["value"] == "the tide gauge"
    # What was told stands in the log of changes, too.
    assert run(capsys, library, "verify", "--repair")[0] == 0
    assert run(capsys, library, "verify")[0] == 0


def test_the_case_of_a_letter_in_an_index_is_noticed_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "projects.brain"
    with Library.open(path) as library:
        library.collections.add_project("Harbour")
        library.facts.tell("The crane is red.", options=TellOptions(project="Harbour"))
    whole, hit = path.read_bytes(), tmp_path / "hit.brain"
    places = [match.start() for match in re.finditer(b"Harbour", whole)]
    mended = 0
    for place in places:
        hit.write_bytes(whole[:place] + b"h" + whole[place + 1 :])
        with Library.open(hit) as library:
            problems = library.verify().problems
            assert problems
            library.verify(repair=True)
            mended += all("index" in row for row in problems) and library.verify().sound
        hit.unlink()
    # That of the collections' names, and that of the projects of memories.
    assert mended == 2


_FLIPS = (
    "UPDATE fact SET told = told + 1 WHERE engram = 2",
    "UPDATE fact SET scope = 1 WHERE engram = 2",
    "UPDATE fact SET teller = 1 WHERE engram = 2",
    "UPDATE collection SET name = 'Skx'",
    "UPDATE strength SET weight = 9",
    "UPDATE source SET title = 'Other'",
    "UPDATE section SET text = replace(text, 'flour', 'flous')",
    "UPDATE passage SET page = 7",
    "UPDATE location SET path = '/else'",
    "UPDATE meta SET value = 'x' WHERE key = 'library_id'",
    "UPDATE note SET name = 'Tex'",
    "UPDATE mark SET priority = 9",
    "UPDATE wording SET text = 'other words'",
    "UPDATE engram SET kind = 'fbct' WHERE id = 2",
)


@pytest.fixture
def full(library: Path, tmp_path: Path) -> Path:
    """The same library with a text, a collection, a note, a mark, a strength and an edit."""
    (tmp_path / "bread.txt").write_text("Bread is made of flour, water and salt.", "utf-8")
    with Library.open(library) as opened:
        opened.add([tmp_path / "bread.txt"])
        opened.facts.tell(
            "The moon has no air.", collection="Sky", source="Ann", options=TellOptions(priority=3)
        )
        opened.notes.add("variable", "green", key="tea")
        opened.facts.edit(1, "Grethe Vang keeps the log of the harbour.")
        opened.memory.strengthen("tide gauge")
    return library


@pytest.mark.slow
@pytest.mark.parametrize("flip", _FLIPS)
def test_whatever_changes_in_a_row_is_noticed(full: Path, flip: str) -> None:
    with Library.open(full) as opened:
        assert opened.verify().problems == ()
    connection = sqlite3.connect(full)
    assert connection.execute(flip).rowcount > 0
    connection.commit()
    connection.close()
    with Library.open(full) as opened:
        assert not opened.verify().sound


@pytest.mark.slow
def test_a_damaged_row_is_not_made_whole_by_a_change_of_another_column(full: Path) -> None:
    connection = sqlite3.connect(full)
    connection.execute("UPDATE engram SET text = 'Ilmar Kask repairs the time gauge.' WHERE id = 2")
    connection.commit()
    connection.close()
    with Library.open(full) as opened:
        with opened._store.read() as reading:
            assert list(quarantine.faults(reading))
        opened._store.write(lambda c: c.execute("UPDATE fact SET scope = 1 WHERE engram = 2"))
        with opened._store.read() as reading:
            assert list(quarantine.faults(reading))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (b"the harbour log", b"the hazbour log"),  # one bit
        (b"the harbour log", b"the h#rbour log"),  # one byte
        (b"the harbour log", b"the harb\xffur log"),
        (b"Teapot", b"Teapod"),
    ],
)
def test_a_repair_puts_back_the_bit_or_byte_that_was_changed(
    full: Path, capsys: pytest.CaptureFixture[str], words: bytes, instead: bytes
) -> None:
    with Library.open(full) as opened:
        opened.facts.tell("Sanne keeps the harbour log.")
        opened.sources.tag([1], "Teapot")
    damage(full, words, instead)
    assert run(capsys, full, "verify")[0] == 1
    code, (report,), _ = run(capsys, full, "verify", "--repair")
    assert (code, report["problems"]) == (0, [])
    assert any("as they were written" in each for each in report["repaired"])
    with Library.open(full) as opened:
        assert "Sanne keeps the harbour log." in {fact.text for fact in opened.facts.list()}
        assert opened.sources.get(1).tags == ("Teapot",)


@pytest.mark.slow
def test_a_row_that_holds_what_none_can_hold_is_told_in_a_sentence(full: Path) -> None:
    with Library.open(full) as opened:
        opened.facts.tell("Grethe Vang lives in Norholm. Ilmar Kask lives in Norholm.")
        opened.graph.concepts(limit=5)
    connection = sqlite3.connect(full)
    connection.execute("UPDATE concept SET type = 101")
    changed = connection.total_changes
    connection.commit()
    connection.close()
    assert changed
    with Library.open(full) as opened, pytest.raises(DamagedLibraryError, match="verify --repair"):
        opened.graph.concepts(limit=5)
