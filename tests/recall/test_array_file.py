"""Arrays in the cache: what was kept comes back, and everything else is nothing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.recall import array_file


def test_what_was_kept_comes_back_under_its_stamp_alone(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "few.npz"
    assert array_file.kept(file, "one", ("a",)) is None
    array_file.keep(file, "one", {"a": np.arange(5), "b": np.eye(2, dtype=np.float16)})
    held = array_file.kept(file, "one", ("a", "b"))
    assert held is not None
    assert sorted(held) == ["a", "b"]
    assert held["a"].tolist() == [0, 1, 2, 3, 4]
    assert held["b"].dtype == np.float16
    assert array_file.kept(file, "two", ("a",)) is None
    assert array_file.kept(file, "one", ("a", "c")) is None
    array_file.keep(file, "two", {"a": np.arange(2)})
    assert array_file.kept(file, "one", ("a",)) is None
    assert [each.name for each in file.parent.iterdir()] == ["few.npz"]
    array_file.drop(file)
    array_file.drop(file)
    assert array_file.kept(file, "two", ("a",)) is None


def test_nothing_that_asks_to_be_run_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "few.npz"
    with file.open("wb") as out:
        np.savez(out, stamp=np.array("one"), a=np.array([{"x": 1}], dtype=object))
    assert array_file.kept(file, "one", ("a",)) is None


@given(cut=st.integers(0, 700), turned=st.integers(0, 700))
def test_a_damaged_file_is_nothing_or_what_it_was(
    tmp_path_factory: pytest.TempPathFactory, cut: int, turned: int
) -> None:
    file = tmp_path_factory.mktemp("arrays") / "few.npz"
    array_file.keep(file, "one", {"a": np.arange(9)})
    data = bytearray(file.read_bytes())
    data[turned % len(data)] ^= 0x55
    file.write_bytes(data[: max(0, len(data) - cut)])
    held = array_file.kept(file, "one", ("a",))
    assert held is None or held["a"].tolist() == list(range(9))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    array_file.keep(tmp_path / "file" / "few.npz", "one", {"a": np.arange(2)})
    assert array_file.kept(tmp_path / "file" / "few.npz", "one", ("a",)) is None
