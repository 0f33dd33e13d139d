"""Addresses of databases: what they name, and that a refusal repeats no user and no password."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest import AddressError
from ingest.databases.address import PostgresPlace, SqliteFile, parse


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("shop.db", "shop.db"),
        ("  /data/shop.db ", "/data/shop.db"),
        ("sqlite:///data/shop.db", "data/shop.db"),
        ("sqlite:////data/shop.db", "/data/shop.db"),
        ("SQLite:///C:/data/shop.db", "C:/data/shop.db"),
        ("sqlite+pysqlite:///my%20shop.db?mode=ro", "my shop.db"),
        ("sqlite:shop.db", "shop.db"),
        ("file:///data/shop.db", "/data/shop.db"),
        ("file://localhost/data/shop.db", "/data/shop.db"),
        ("C:\\data\\shop.db", "C:\\data\\shop.db"),
        ("données 🍇.sqlite", "données 🍇.sqlite"),
    ],
)
def test_files(text: str, path: str) -> None:
    assert parse(text) == SqliteFile(Path(path))


def test_a_path_with_an_at_sign_is_a_path_where_it_is_one(tmp_path: Path) -> None:
    file = tmp_path / "me@home.db"
    file.touch()
    assert parse(str(file)) == SqliteFile(file)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:p@db.example:5433/shop", "postgresql://db.example:5433/shop"),
        ("postgres://u@db.example/shop", "postgresql://db.example:5432/shop"),
        ("postgresql+psycopg://u:p@[::1]/my%2Fshop", "postgresql://[::1]:5432/my%2Fshop"),
        ("postgresql://u@/shop?host=/run/pg&port=6000", "postgresql://%2Frun%2Fpg:6000/shop"),
        ("postgresql://h/d?user=u&password=p", "postgresql://h:5432/d"),
    ],
)
def test_servers_are_shown_without_user_and_password(text: str, shown: str) -> None:
    place = parse(text)
    assert isinstance(place, PostgresPlace)
    assert place.redacted == shown
    assert place.user == "u"
    assert place.password in ("p", None)
    assert "'u'" not in repr(place)
    assert "'p'" not in repr(place)


def test_signs_of_a_password_are_those_it_was_written_with() -> None:
    place = parse("postgresql://us%40er:p%3A%2F%40%25@h/d")
    assert isinstance(place, PostgresPlace)
    assert (place.user, place.password) == ("us@er", "p:/@%")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "mysql://wurzel:geheim@h/d",
        "http://h/d",
        "wurzel:geheim@h/d",
        "host=h password=geheim dbname=d",
        "postgresql:geheim",
        "postgresql://",
        "postgresql://wurzel:geheim@h",
        "postgresql://wurzel:geheim@h:99999/d",
        "postgresql://wurzel:geheim@h:port/d",
        "postgresql://wurzel:geheim@[h/d",
        "postgresql://wurzel:geheim@a,b/d",
        "postgresql://wurzel:geheim@h/d?sslmode=maybe",
        "postgresql://wurzel:geheim@h/d?service=geheim",
        "postgresql://wurzel:geh\neim@h/d",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/file.db",
        "x" * 5000,
    ],
)
def test_what_is_no_address_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(AddressError) as raised:
        parse(text)
    assert raised.value.message.count(". ") == 0
    assert raised.value.hint
    assert raised.value.__cause__ is None
    for secret in ("geheim", "wurzel"):
        assert secret not in str(raised.value)


@given(st.text(max_size=60), st.text(alphabet="geheim%:@/?#[]&= \t", max_size=12))
@example("postgresql://u:TOPSECRET@h:x/d", "")
def test_nothing_behind_a_scheme_is_repeated_by_an_error(before: str, after: str) -> None:
    text = f"{before}://u:TOPSECRET@{after}"
    said = ""
    try:
        parse(text)
    except AddressError as error:
        said = f"{error} {error!r}"
    assert "TOPSECRET" not in said
