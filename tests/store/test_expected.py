"""A library whose schema somebody changed is not opened, restored or called sound."""

import sqlite3
from pathlib import Path

import pytest

from workbench.errors import AlteredLibraryError, InputError
from workbench.library import Library
from workbench.store import migration, schema
from workbench.store.store import Store
from workbench.store.verify import verify

_EVIL = (
    "CREATE TRIGGER evil AFTER INSERT ON engram BEGIN "
    "UPDATE engram SET text = replace(text, 'seven', 'nine') WHERE id = new.id; END",
    "CREATE VIEW told AS SELECT 'The ferry leaves at nine.' AS text",
    "CREATE TABLE extra(x)",
    "DROP TRIGGER fact_goes",
    "DROP INDEX membership_source",
    "ALTER TABLE engram ADD COLUMN more TEXT DEFAULT 'nine'",
)


def alter(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.brain"
    with Library.open(file) as library:
        library.facts.tell("The ferry to Norholm leaves at seven.")
    return file


@pytest.mark.parametrize("statement", _EVIL)
def test_an_altered_library_is_rejected_and_unchanged(path: Path, statement: str) -> None:
    alter(path, statement)
    original = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(AlteredLibraryError, match=r"salvage ferry\.brain"):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == original


def test_an_altered_backup_is_rejected(path: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe.brain"
    with Library.open(path) as library:
        library.backup(safe)
    alter(safe, _EVIL[0])
    with pytest.raises(InputError, match="trigger “evil”"):
        Library.restore_backup(safe, tmp_path / "new.brain")
    assert not (tmp_path / "new.brain").exists()


def test_verify_detects_an_alteration_of_an_open_library(path: Path) -> None:
    with Store.open(path) as store:
        alter(path, _EVIL[0])
        report = verify(store)
    assert [p for p in report.problems if "trigger “evil”" in p]


def test_spaces_comments_and_statistics_are_ignored(path: Path) -> None:
    alter(
        path,
        "ANALYZE",
        "DROP INDEX membership_source",
        'CREATE  INDEX "membership_source" /* again */ ON membership( source ) -- again',
    )
    Store.open(path).close()


def test_an_older_library_is_compared_with_the_schema_of_its_version(tmp_path: Path) -> None:
    old = tmp_path / "old.brain"
    connection = sqlite3.connect(old, isolation_level=None)
    for statement in migration.statements(migration.OLDEST):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version={migration.OLDEST}")
    connection.execute("PRAGMA application_id=1164863346")
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON meta BEGIN DELETE FROM source; END")
    connection.close()
    with pytest.raises(AlteredLibraryError, match="evil"):
        Store.open(old)


def test_the_fingerprint_is_that_of_the_newest_schema() -> None:
    newest = migration.fingerprint(migration.of_version(schema.VERSION))
    assert newest == migration.FINGERPRINTS[0]
