"""A PostgreSQL server that lives as long as the tests that need one."""

from collections.abc import Iterator

import pytest

from tests.databases.postgres_server import Server, programs, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real server with an empty database `postgres`."""
    pytest.importorskip("pg8000", reason="the extra “postgresql” is not installed")
    folder = programs()
    if folder is None:
        pytest.skip("no programs of PostgreSQL: neither pgserver nor a system's package")
    with running(folder) as server:
        yield server
