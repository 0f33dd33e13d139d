"""Schemas of SQLite files: everything that stands in one, and every file that is none."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IngestError,
    MissingFileError,
    RefusedError,
    UnsupportedFileError,
)
from ingest.databases import Column, Reference, Schema, Table, read_schema
from ingest.databases.records import fingerprint


def made(folder: Path, *statements: str) -> Path:
    """A database file of these statements."""
    file = folder / "made.db"
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return file


def read(folder: Path, *statements: str) -> dict[str, Table]:
    """The tables of such a file."""
    return {table.name: table for table in read_schema(str(made(folder, *statements))).tables}


def test_columns_keys_checks_and_generated_columns(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        "CREATE TABLE a(x INTEGER PRIMARY KEY, y VARCHAR ( 40 ) NOT NULL UNIQUE, z, "
        "w REAL GENERATED ALWAYS AS (x * 2) STORED, "
        "s TEXT CHECK (s IN ('open', 'it''s shut')), [t u] TEXT CHECK(\"t u\" IN ('1','2')))",
    )
    assert tables["a"].columns == (
        Column("x", "integer", primary=1),
        Column("y", "varchar ( 40 )", required=True, unique=True),
        Column("z"),
        Column("w", "real", generated=True),
        Column("s", "text", values=("open", "it's shut")),
        Column("t u", "text", values=("1", "2")),
    )
    assert tables["a"].key == ("x",)


def test_references_of_all_kinds(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        "CREATE TABLE Parts(a INT, b INT, PRIMARY KEY (b, a))",
        "CREATE TABLE uses(p INT, q INT, FOREIGN KEY (q, p) REFERENCES parts)",
        "CREATE TABLE tree(id INTEGER PRIMARY KEY, up INT REFERENCES tree(id))",
        "CREATE TABLE lost(id INT REFERENCES gone)",
        "CREATE TABLE two(x INT REFERENCES tree, y INT REFERENCES TREE(ID))",
    )
    assert tables["Parts"].key == ("b", "a")
    assert tables["uses"].references == (Reference(("q", "p"), "Parts", ("b", "a")),)
    assert tables["tree"].references == (Reference(("up",), "tree", ("id",)),)
    assert tables["lost"].references == (Reference(("id",), "gone", ("",)),)
    assert tables["two"].references == (
        Reference(("x",), "tree", ("id",)),
        Reference(("y",), "tree", ("id",)),
    )


def test_views_and_full_text_are_there_without_what_they_keep_for_themselves(
    tmp_path: Path,
) -> None:
    file = made(
        tmp_path,
        "CREATE TABLE a(x INT)",
        "CREATE VIEW v AS SELECT x, x + 1 AS more FROM a",
        "CREATE VIEW broken AS SELECT y FROM gone",
        "CREATE VIRTUAL TABLE words USING fts5(body)",
        "CREATE TABLE b(id INTEGER PRIMARY KEY AUTOINCREMENT)",
    )
    schema = read_schema(str(file))
    assert [(t.name, t.view) for t in schema.tables] == [
        ("a", False), ("b", False), ("v", True), ("words", False),
    ]  # fmt: skip
    assert [c.name for c in schema.tables[2].columns] == ["x", "more"]
    assert [c.name for c in schema.tables[3].columns] == ["body"]
    assert schema.unread == ("broken",)


def test_reading_changes_nothing_beside_the_file(tmp_path: Path) -> None:
    file = made(tmp_path, "PRAGMA journal_mode = WAL", "CREATE TABLE a(x INT)")
    before = file.read_bytes()
    read_schema(f"sqlite:///{file}")
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_what_another_program_has_just_committed_is_read(tmp_path: Path) -> None:
    file = made(tmp_path, "PRAGMA journal_mode = WAL", "CREATE TABLE a(x INT)")
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE b(x INT)")
        other.commit()
        assert [table.name for table in read_schema(str(file)).tables] == ["a", "b"]


def test_no_row_is_read(tmp_path: Path) -> None:
    file = made(
        tmp_path, "CREATE TABLE a(status TEXT)", "INSERT INTO a VALUES ('nobody knows this')"
    )
    assert "nobody" not in repr(read_schema(str(file)))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b"name,village\nAda,Kirk\n", UnsupportedFileError),
        (b"SQLite format 3\0 but cut", DamagedFileError),
        (b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\7" * 5000, DamagedFileError),
        (bytes(range(256)) * 16, EncryptedFileError),
    ],
)
def test_a_file_that_is_no_database_is_said(
    tmp_path: Path, content: bytes, error: type[IngestError]
) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(content)
    with pytest.raises(error) as raised:
        read_schema(str(file))
    assert "some.db" in raised.value.message
    assert raised.value.hint
    assert file.read_bytes() == content


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_schema(str(tmp_path / "none.db"))
    with pytest.raises(UnsupportedFileError):
        read_schema(str(tmp_path))
    with pytest.raises(EmptyFileError):
        read_schema(str(made(tmp_path, "PRAGMA user_version = 1")))
    assert not (tmp_path / "none.db").exists()


def test_a_database_that_another_program_has_locked_is_said(tmp_path: Path) -> None:
    file = made(tmp_path, "CREATE TABLE a(x INT)")
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RefusedError, match="locked"):
            read_schema(str(file), timeout=0.1)


def test_progress_is_told_and_stopping_is_heard(tmp_path: Path) -> None:
    file = made(tmp_path, *(f"CREATE TABLE t{i}(x INT)" for i in range(5)))
    seen: list[tuple[int, int, str]] = []
    read_schema(str(file), report=lambda *told: seen.append(told))
    assert seen[0] == (0, 5, "tables")
    assert seen[-1] == (5, 5, "tables")

    class StoppedError(Exception):
        pass

    def stop() -> None:
        if len(seen) > 7:
            raise StoppedError

    with pytest.raises(StoppedError):
        read_schema(str(file), report=lambda *told: seen.append(told), cancel=stop)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


#: What SQLite takes for a name: anything but a null and its own prefix.
_NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20
).filter(lambda name: not name.lower().startswith("sqlite_"))


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(_NAMES, min_size=1, max_size=5, unique_by=str.casefold))
def test_names_come_back_as_they_were_given(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("names")
    columns = ", ".join(f"{_quoted(name)} INT" for name in names)
    tables = read(folder, f"CREATE TABLE {_quoted(names[0])}({columns})")
    assert list(tables) == [names[0]]
    assert [column.name for column in tables[names[0]].columns] == names


def test_the_fingerprint_knows_no_order_of_making_and_every_difference(tmp_path: Path) -> None:
    a, b = "CREATE TABLE a(x INT, y TEXT)", "CREATE TABLE b(z INT)"

    def of(*statements: str) -> str:
        schema: Schema = read_schema(str(made(tmp_path, *statements)))
        return schema.fingerprint

    first = of(a, b)
    assert of(b, a) == first
    others = [
        of(a),
        of(a, "CREATE TABLE b(z TEXT)"),
        of(a, "CREATE TABLE b(z INT NOT NULL)"),
        of(a, "CREATE TABLE b(z INT REFERENCES a)"),
        of("CREATE TABLE a(y TEXT, x INT)", b),
        of(a, "CREATE TABLE c(z INT)"),
    ]
    assert len({first, *others}) == 7
    assert fingerprint([]) != first
