"""Learned arrays in the library: what was kept comes back, and everything else is nothing."""

import io
import sqlite3
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.store import derived, schema


@pytest.fixture(scope="module")
def library() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in schema.statements():
        connection.execute(statement)
    yield connection
    connection.close()


def test_what_was_kept_comes_back_with_its_stamp(library: sqlite3.Connection) -> None:
    derived.clear(library)
    assert derived.stamp(library, "few") == ""
    assert derived.load(library, "few", ("a",)) is None
    derived.store(library, "few", "one", {"a": np.arange(5), "b": np.eye(2, dtype=np.float16)})
    held = derived.load(library, "few", ("a", "b"))
    assert held is not None
    assert held["a"].tolist() == [0, 1, 2, 3, 4]
    assert held["b"].dtype == np.float16
    assert derived.stamp(library, "few") == "one"
    assert derived.load(library, "few", ("a", "c")) is None
    assert derived.load(library, "others", ("a",)) is None
    derived.clear(library)
    assert derived.load(library, "few", ("a",)) is None


def test_what_is_large_lies_in_parts_and_nothing_of_it_stays(library: sqlite3.Connection) -> None:
    large = np.arange(400_000)
    derived.store(library, "large", "one", {"a": large})
    assert library.execute("SELECT count(*) FROM derived WHERE kind = 'large'").fetchone() == (4,)
    held = derived.load(library, "large", ("a",))
    assert held is not None
    assert np.array_equal(held["a"], large)
    derived.store(library, "large", "two", {"a": np.arange(2)})
    assert library.execute("SELECT count(*) FROM derived WHERE kind = 'large'").fetchone() == (1,)


def test_nothing_that_asks_to_be_run_is_loaded(library: sqlite3.Connection) -> None:
    out = io.BytesIO()
    np.savez(out, a=np.array([{"x": 1}], dtype=object))
    derived.clear(library)
    library.execute("INSERT INTO derived VALUES ('few', 0, 'one', ?)", (out.getvalue(),))
    assert derived.load(library, "few", ("a",)) is None


@given(cut=st.integers(0, 700), turned=st.integers(0, 700))
def test_what_is_damaged_is_nothing_or_what_it_was(
    library: sqlite3.Connection, cut: int, turned: int
) -> None:
    derived.store(library, "few", "one", {"a": np.arange(9)})
    (whole,) = library.execute("SELECT data FROM derived WHERE kind = 'few'").fetchone()
    data = bytearray(whole)
    data[turned % len(data)] ^= 0x55
    damaged = bytes(data[: max(0, len(data) - cut)])
    library.execute("UPDATE derived SET data = ? WHERE kind = 'few'", (damaged,))
    held = derived.load(library, "few", ("a",))
    assert held is None or held["a"].tolist() == list(range(9))
