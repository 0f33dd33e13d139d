"""A log in a real PostgreSQL server, which the tests start."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.databases.conftest import postgres as postgres
from tests.databases.postgres_server import PASSWORD, USER, Server
from tests.memory.group.desks import said
from workbench.errors import LibraryError, UsageError
from workbench.library import Library
from workbench.memory.group import server as carrier
from workbench.memory.group.log import Entry

_NUMBER = iter(range(1_000_000))


@pytest.fixture
def place(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database."""
    name = f"group{next(_NUMBER)}"
    postgres.run(f"CREATE DATABASE {name}")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    return f"postgresql://{USER}@{postgres.host}:{postgres.port}/{name}"


@contextmanager
def _member(home: Path, name: str, place: str, person: str = "") -> Iterator[Library]:
    with Library.open(home / f"{name}.brain") as library:
        if library.group.status() is None:
            library.group.join(place, name=name, person=person)
        yield library


def test_two_people_share_sources_statements_and_highlights(tmp_path: Path, place: str) -> None:
    (tmp_path / "harbour.txt").write_text("The harbour was built in 1897. It has three piers.")
    with (
        _member(tmp_path, "one", place, "Ann") as ann,
        _member(tmp_path, "two", place, "Ben") as ben,
    ):
        ann.add(tmp_path / "harbour.txt", collection="Ports")
        source = ann.sources.list()[0]
        ann.notes.highlight(source.id, 0, 11, note="when?")
        ann.facts.tell("The crane is broken.")
        ann.notes.add("variable", "Ann's own", key="me")
        ann.group.sync()
        result = ben.group.sync()
        assert result.sources == 1
        assert [row.title for row in ben.sources.list(collection="Ports")] == [source.title]
        (evidence,) = ben.ask("When was the harbour built?").evidence
        assert "built in 1897" in evidence.quote
        (fact,) = ben.facts.list()
        assert (fact.text, fact.sources) == ("The crane is broken.", ("Ann",))
        (highlight,) = ben.notes.list("highlight")
        assert (highlight.quote, highlight.note) == ("The harbour", "when?")
        # What a person has the program remember is that person's.
        assert ben.notes.list("variable") == []


def test_what_nobody_said_since_is_received_once(tmp_path: Path, place: str) -> None:
    with _member(tmp_path, "one", place) as one, _member(tmp_path, "two", place) as two:
        one.facts.tell("The crane is broken.")
        assert one.group.sync().sent > 0
        assert two.group.sync().received > 0
        again = two.group.sync()
        assert (again.received, again.sent) == (0, 0)


def test_a_password_in_the_address_is_not_stored(tmp_path: Path, place: str) -> None:
    secret = place.replace(f"{USER}@", f"{USER}:{quote(PASSWORD, safe='')}@")
    with Library.open(tmp_path / "a.brain") as library:
        with pytest.raises(UsageError, match="password"):
            library.group.join(secret)
        assert library.group.status() is None


def test_a_password_is_read_from_the_file_that_psql_reads(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    escaped = PASSWORD.replace(":", "\\:")
    file.write_text(f"# mine\nelsewhere:*:*:*:no\n127.0.0.1:*:*:{USER}:{escaped}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    with _member(tmp_path, "one", place) as one:
        assert one.group.sync().problems == ()
    file.chmod(0o644)
    with Library.open(tmp_path / "one.brain") as one, pytest.raises(LibraryError, match="password"):
        one.group.sync()


def test_a_server_that_is_away_keeps_nobody_from_working(
    tmp_path: Path, place: str, postgres: Server
) -> None:
    with _member(tmp_path, "one", place) as one, _member(tmp_path, "two", place) as two:
        name = place.rpartition("/")[2]
        postgres.run(f"ALTER DATABASE {name} RENAME TO away{name}")
        one.facts.tell("The crane is broken.")
        with pytest.raises(LibraryError, match="wait here"):
            one.group.sync()
        status = one.group.status()
        assert status is not None
        postgres.run(f"ALTER DATABASE away{name} RENAME TO {name}")
        one.group.sync()
        two.group.sync()
        assert [fact.text for fact in two.facts.list()] == ["The crane is broken."]


def test_a_reader_reads_and_a_member_writes_only_through_the_function(
    tmp_path: Path, place: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = place.rpartition("/")[2]
    with _member(tmp_path, "owner", place) as owner:
        owner.facts.tell("The crane is broken.")
        owner.group.sync()
        for user, role in (("ben", "engram_member"), ("eve", "engram_reader")):
            postgres.run(f"CREATE ROLE {user}{name} LOGIN PASSWORD 'x' IN ROLE {role}")
        monkeypatch.setenv("PGPASSWORD", "x")
        with _member(tmp_path, "eve", place.replace(USER, f"eve{name}")) as eve:
            assert [fact.text for fact in eve.facts.list()] == []
            eve.facts.tell("Eve says this.")
            with pytest.raises(LibraryError, match="not write to it"):
                eve.group.sync()
            assert "The crane is broken." in [fact.text for fact in eve.facts.list()]
        with _member(tmp_path, "ben", place.replace(USER, f"ben{name}")) as ben:
            ben.facts.tell("Ben says this.")
            assert ben.group.sync().sent > 0
        from pg8000 import exceptions, native

        connection = native.Connection(
            f"ben{name}", host=postgres.host, port=postgres.port, password="x", database=name
        )
        try:
            for attempt in (
                "DELETE FROM engram_log",
                "UPDATE engram_log SET body = ''",
                "INSERT INTO engram_log SELECT seq + 100, desk, number, hash || 'x', body, author "
                "FROM engram_log",
                "SELECT engram_append(desk, 99, 'forged', body) FROM engram_log "
                "WHERE author <> session_user LIMIT 1",
            ):
                with pytest.raises(exceptions.DatabaseError, match="42501"):
                    connection.run(attempt)
        finally:
            connection.close()


def test_a_server_restored_from_an_older_backup_gets_what_it_lost(
    tmp_path: Path, place: str, postgres: Server
) -> None:
    name = place.rpartition("/")[2]
    with _member(tmp_path, "one", place) as one, _member(tmp_path, "two", place) as two:
        one.facts.tell("This was in the backup.")
        one.group.sync()
        two.group.sync()
        postgres.run(f"CREATE DATABASE backup{name} TEMPLATE {name}")
        two.facts.tell("Two said this after it.")
        two.group.sync()
        one.facts.tell("One said this after it.")
        one.group.sync()
        postgres.run(f"DROP DATABASE {name}", f"ALTER DATABASE backup{name} RENAME TO {name}")
        for library in (one, two, one, two):
            library.group.sync()
        with _member(tmp_path, "three", place) as three:
            three.group.sync()
            texts = {fact.text for fact in three.facts.list()}
            assert len(texts) == 3
            assert said(three) == said(one) == said(two)


@pytest.mark.slow
def test_members_who_write_at_once_lose_and_double_nothing(tmp_path: Path, place: str) -> None:
    members, each = 5, 30
    failures: list[BaseException] = []

    def work(number: int) -> None:
        chance = random.Random(number)
        try:
            with _member(tmp_path, f"m{number}", place) as library:
                for count in range(each):
                    library.facts.tell(f"Member {number} says thing {count}.")
                    if chance.random() < 0.3:
                        library.group.sync()
                library.group.sync()
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(members)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    views = []
    for number in range(members):
        with _member(tmp_path, f"m{number}", place) as library:
            library.group.sync()
            assert len(library.facts.list(limit=-1)) == members * each
            views.append(said(library))
    assert all(view == views[0] for view in views)


def test_what_came_before_the_connection_was_cut_is_merged(
    tmp_path: Path, place: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = place.rpartition("/")[2]
    with _member(tmp_path, "one", place) as one, _member(tmp_path, "two", place) as two:
        for number in range(3):
            one.facts.tell(f"The crane {number} is broken.")
            one.group.sync()
        read = carrier.Server.read
        reads: list[int] = []

        def cut(self: carrier.Server, entry: Entry) -> bytes:
            reads.append(entry.number)
            if len(reads) == 3:
                postgres.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    f"WHERE datname = '{name}'"
                )
                self._ahead.clear()
            return read(self, entry)

        with monkeypatch.context() as patch:
            patch.setattr(carrier.Server, "read", cut)
            with pytest.raises(LibraryError, match="wait here"):
                two.group.sync()
        assert len(two.facts.list()) == 2
        two.group.sync()
        assert len(two.facts.list()) == 3
