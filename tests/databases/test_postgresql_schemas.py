"""Schemas of a real PostgreSQL server: read, learned, learned again, and what is refused."""

import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import AddressError, EmptyFileError, IngestError, RefusedError, UnreachableError
from ingest.databases import Schema, read_schema
from tests.databases.postgres_server import PASSWORD, USER, Server
from tests.databases.protected_line import certify, protected
from tests.patience import seconds
from workbench.errors import Cancelled, InputError
from workbench.jobs import Cancel
from workbench.library import Library

_SECRET = urllib.parse.quote(PASSWORD, safe="")

_SHOP = (
    "CREATE TYPE mood AS ENUM ('calm', 'it''s odd', 'glad')",
    "CREATE SCHEMA stock",
    "CREATE TABLE users(id serial PRIMARY KEY, name text NOT NULL UNIQUE, feels mood, "
    "created_at timestamptz, updated_at timestamptz, deleted_at timestamptz)",
    "COMMENT ON TABLE users IS 'people who may sign in'",
    "COMMENT ON COLUMN users.feels IS 'asked every morning'",
    "CREATE TABLE stock.places(code varchar(8) PRIMARY KEY, name text)",
    "CREATE TABLE orders(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
    "owner_id int NOT NULL REFERENCES users, place varchar(8) REFERENCES stock.places(code), "
    "status text CHECK (status IN ('open', 'sent')), net numeric(10,2), "
    "gross numeric GENERATED ALWAYS AS (net * 1.2) STORED)",
    "CREATE TABLE products(id int PRIMARY KEY, parent_id int REFERENCES products(id))",
    "CREATE TABLE order_items(order_id bigint REFERENCES orders, product_id int, "
    "PRIMARY KEY (order_id, product_id), FOREIGN KEY (product_id) REFERENCES products(id))",
    "CREATE TABLE legs(a int, b int, PRIMARY KEY (a, b))",
    "CREATE TABLE steps(x int, y int, FOREIGN KEY (x, y) REFERENCES legs(a, b))",
    "CREATE TABLE parted(id int, at date) PARTITION BY RANGE (at)",
    "CREATE TABLE parted_2026 PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    "CREATE VIEW open_orders AS SELECT id, net FROM orders WHERE status = 'open'",
    "CREATE TABLE \"odd \"\"name\"\"\nwith 🍇\"(\"a b\" int, \"Ünicode\" text)",
)  # fmt: skip


@pytest.fixture(scope="module")
def shop(postgres: Server) -> str:
    """The address of a database with a bit of everything."""
    postgres.run("CREATE DATABASE shop")
    postgres.run(*_SHOP, database="shop")
    return f"postgresql://{USER}:{_SECRET}@{postgres.host}:{postgres.port}/shop"


@pytest.fixture(scope="module")
def schema(shop: str) -> Schema:
    """What is read of it."""
    return read_schema(shop)


@pytest.mark.slow
def test_tables_of_all_schemas_and_views_are_read_but_no_partitions(schema: Schema) -> None:
    assert [table.name for table in schema.tables] == sorted(
        ("users", "orders", "products", "order_items", "legs", "steps", "parted", "open_orders",
         "stock.places", 'odd "name"\nwith 🍇')
    )  # fmt: skip
    assert [table.name for table in schema.tables if table.view] == ["open_orders"]


@pytest.mark.slow
def test_columns_have_types_keys_values_and_comments(schema: Schema) -> None:
    tables = {table.name: {c.name: c for c in table.columns} for table in schema.tables}
    users, orders = tables["users"], tables["orders"]
    assert users["id"].primary == 1
    assert users["name"].required
    assert users["name"].unique
    assert users["feels"].values == ("calm", "it's odd", "glad")
    assert users["feels"].note == "asked every morning"
    assert orders["status"].values == ("open", "sent")
    assert orders["net"].type == "numeric(10,2)"
    assert orders["gross"].generated
    assert not orders["id"].generated
    assert [c.primary for c in tables["order_items"].values()] == [1, 2]
    assert list(tables['odd "name"\nwith 🍇']) == ["a b", "Ünicode"]


@pytest.mark.slow
def test_references_name_their_target_in_any_schema_with_all_columns(schema: Schema) -> None:
    found = {
        (table.name, r.columns, r.table, r.targets)
        for table in schema.tables
        for r in table.references
    }
    assert found == {
        ("orders", ("owner_id",), "users", ("id",)),
        ("orders", ("place",), "stock.places", ("code",)),
        ("products", ("parent_id",), "products", ("id",)),
        ("order_items", ("order_id",), "orders", ("id",)),
        ("order_items", ("product_id",), "products", ("id",)),
        ("steps", ("x", "y"), "legs", ("a", "b")),
    }


def test_the_same_schema_made_in_another_order_has_the_same_fingerprint(
    postgres: Server, schema: Schema
) -> None:
    first = ["CREATE TABLE a(id int PRIMARY KEY)", "CREATE TABLE b(id int REFERENCES a)"]
    other = ["CREATE TABLE b(id int)", "CREATE TABLE a(id int PRIMARY KEY)",
             "ALTER TABLE b ADD FOREIGN KEY (id) REFERENCES a(id)"]  # fmt: skip
    prints = set()
    for name, statements in (("one", first), ("two", other)):
        postgres.run(f"CREATE DATABASE {name}")
        postgres.run(*statements, database=name)
        prints.add(read_schema(_address(postgres, name)).fingerprint)
    assert len(prints) == 1
    assert schema.fingerprint not in prints


@pytest.mark.slow
def test_it_is_learned_asked_and_learned_again(shop: str, postgres: Server) -> None:
    with Library.open(":memory:") as library:
        done = library.train_db(shop, domain="shop", collection="work")
        assert (done.tables, done.views, done.relationships) == (9, 1, 6)
        (fact, *_) = library.facts.recall("which table refers to users?", collection="work")
        assert "orders" in fact.text
        assert fact.sources == (f"postgresql://{postgres.host}:{postgres.port}/shop",)
        (fact, *_) = library.facts.recall("who may sign in?", collection="work")
        assert "users" in fact.text
        assert not library.train_db(shop, domain="shop", collection="work").changed
        postgres.run("ALTER TABLE legs ADD COLUMN c int", database="shop")
        try:
            again = library.train_db(shop, domain="shop", collection="work")
        finally:
            postgres.run("ALTER TABLE legs DROP COLUMN c", database="shop")
        assert all("legs" in text for text in (*again.added, *again.removed))
        assert len(again.added) == len(again.removed) == 2
        assert again.fingerprint != done.fingerprint


def test_a_socket_in_a_folder_is_a_host(postgres: Server, shop: str, schema: Schema) -> None:
    folder = urllib.parse.quote(str(postgres.folder), safe="")
    found = read_schema(f"postgresql://{USER}@{folder}:{postgres.port}/shop")
    assert found.fingerprint == schema.fingerprint


def test_the_line_is_protected_as_far_as_the_address_asks(
    shop: str, postgres: Server, schema: Schema, tmp_path: Path
) -> None:
    certificate = certify(tmp_path)
    root = f"sslrootcert={urllib.parse.quote(str(certificate), safe='')}"

    def read(asked: str) -> Schema:
        with protected(certificate, (postgres.host, postgres.port)) as port:
            return read_schema(f"{shop.replace(f':{postgres.port}/', f':{port}/')}?{asked}")

    for asked in ("sslmode=prefer", "sslmode=require", f"sslmode=verify-full&{root}"):
        assert read(asked).fingerprint == schema.fingerprint
    with pytest.raises(RefusedError, match="secure") as raised:
        read("sslmode=verify-full")
    _tells_no_secret(raised.value)
    assert read_schema(f"{shop}?sslmode=disable").fingerprint == schema.fingerprint
    for asked in ("sslmode=require", f"sslmode=verify-ca&{root}"):
        with _answering(b"N") as port, pytest.raises(RefusedError, match="secure"):
            read_schema(f"postgresql://{USER}:geheim@127.0.0.1:{port}/shop?{asked}")
    with pytest.raises(IngestError, match="certificates"):
        read_schema(f"{shop}?sslmode=verify-ca&sslrootcert=nowhere.crt")


def test_the_password_may_stand_in_the_environment(
    shop: str, postgres: Server, monkeypatch: pytest.MonkeyPatch, schema: Schema
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    found = read_schema(f"postgresql://{USER}@{postgres.host}:{postgres.port}/shop")
    assert found.fingerprint == schema.fingerprint


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda url: url.replace(_SECRET, "geheim"), RefusedError, "does not let this user in"),
        (lambda url: url.replace(f":{_SECRET}", ""), RefusedError, "asks for a password"),
        (lambda url: url.replace(USER, "nobodyknown"), RefusedError, "does not let this user in"),
        (lambda url: url.replace("/shop", "/nowhere"), RefusedError, "no database “nowhere”"),
        (lambda url: f"{url}?sslmode=perhaps", AddressError, "sslmode"),
        (lambda url: f"{url}?options=-c", AddressError, "“options”"),
    ],
)
def test_what_the_server_refuses_is_said_in_one_sentence_without_user_and_password(
    shop: str, change: Callable[[str], str], error: type[IngestError], said: str
) -> None:
    with pytest.raises(error) as raised:
        read_schema(change(shop))
    assert said in raised.value.message
    assert raised.value.hint
    _tells_no_secret(raised.value)


def test_a_database_without_tables_is_empty(postgres: Server) -> None:
    with pytest.raises(EmptyFileError):
        read_schema(_address(postgres, "postgres"))


def test_nothing_secret_is_stored_printed_or_kept_in_an_error(shop: str, tmp_path: Path) -> None:
    place = tmp_path / "library.brain"
    with Library.open(place) as library:
        done = library.train_db(shop)
        assert PASSWORD not in repr(done)
        assert USER not in repr(done).replace(str(tmp_path), "")
        with pytest.raises(InputError) as raised:
            library.train_db(shop.replace(_SECRET, "geheim"))
        _tells_no_secret(raised.value)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in (PASSWORD, _SECRET, USER, "geheim"):
        assert secret.encode() not in written


def test_stopping_changes_nothing(shop: str) -> None:
    cancel = Cancel()
    with Library.open(":memory:") as library:
        with pytest.raises(Cancelled):
            library.train_db(shop, report=lambda _: cancel.set(), cancel=cancel)
        assert len(library.facts.list()) == 0


def _address(server: Server, database: str) -> str:
    return f"postgresql://{USER}:{_SECRET}@{server.host}:{server.port}/{database}"


def _tells_no_secret(error: BaseException) -> None:
    seen: BaseException | None = error
    while seen is not None:
        for secret in (PASSWORD, _SECRET, USER, "geheim", "nobodyknown"):
            assert secret not in f"{seen!r} {seen}"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


# -- servers that are none -------------------------------------------------------------------------


@contextmanager
def _answering(answer: bytes | None) -> Iterator[int]:
    """A server on loopback that says the same to everyone; with None it stays silent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(64)
                if answer is not None:
                    line.sendall(answer)
                else:
                    done.wait(seconds(20))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "does not answer"),
        (b"", "does not answer"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", ""),
        (b"N" + b"R\x00\x00\x00\x08\x00\x00\x00\x63", ""),
        (b"N" + b"\xff" * 64, ""),
        (b"S" + b"no handshake", "secure"),
    ],
)
def test_what_answers_and_is_no_postgresql_is_given_up(answer: bytes | None, said: str) -> None:
    with _answering(answer) as port, pytest.raises(IngestError) as raised:
        read_schema(f"postgresql://{USER}:geheim@127.0.0.1:{port}/shop", timeout=0.3)
    assert said in raised.value.message
    assert isinstance(raised.value, UnreachableError | RefusedError)
    _tells_no_secret(raised.value)


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(UnreachableError, match="can be reached") as raised:
            read_schema(f"postgresql://{USER}:geheim@127.0.0.1:{port}/shop")
    _tells_no_secret(raised.value)


def test_the_driver_that_is_not_there_is_named_with_how_to_add_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pg8000", None)
    with pytest.raises(IngestError) as raised:
        read_schema("postgresql://u:geheim@127.0.0.1/shop")
    assert "driver" in raised.value.message
    assert "uv sync --extra postgresql" in raised.value.hint
