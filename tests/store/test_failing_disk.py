"""A disk that fails while a library is opened, told and closed: a sentence, and nothing is lost."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.reliability import faulty_disk
from tests.benchmarks.reliability.broken_disk import DIES, FAILS, FULL, BrokenDisk
from workbench import Library
from workbench.errors import LibraryError

try:
    faulty_disk.library()
    why = "" if sys.platform != "win32" else "not tried on Windows"
except faulty_disk.Unavailable as error:
    why = str(error)
pytestmark = pytest.mark.skipif(bool(why), reason=why)

_KNOWN = "The ferry to Norholm leaves at seven"


@pytest.mark.slow
@pytest.mark.parametrize("kind", [FAILS, DIES, FULL])
def test_each_operation_that_fails_is_told_as_a_sentence_and_loses_nothing(
    tmp_path: Path, kind: str
) -> None:
    library = tmp_path / "harbour.brain"
    with Library.open(library) as opened:
        opened.facts.tell(_KNOWN)
    disk = BrokenDisk(kind, 0, 1)
    with faulty_disk.under(disk):
        _day(library, "Day 0 was calm")
    total = disk.counts[kind]
    assert total > 5
    acknowledged = ["Day 0 was calm"]
    for at in range(1, total + 1, max(1, total // 30)):
        with faulty_disk.under(BrokenDisk(kind, at, at)):
            try:
                _day(library, f"Day {at} was calm")
            except LibraryError:
                continue
        acknowledged.append(f"Day {at} was calm")
    with Library.open(library) as opened:
        assert opened.verify().sound
        told = [fact.text for fact in opened.facts.list()]
    assert {_KNOWN, *acknowledged} <= set(told)
    assert len(told) == len(set(told))


def _day(library: Path, words: str) -> None:
    with Library.open(library) as opened:
        opened.facts.tell(words)


def test_a_name_in_the_schema_that_is_no_text_is_told_as_a_sentence(tmp_path: Path) -> None:
    library = tmp_path / "harbour.brain"
    with Library.open(library) as opened:
        opened.facts.tell(_KNOWN)
    raw = library.read_bytes()
    at = raw.index(b"CREATE TABLE label(")
    name = raw.rindex(b"labellabel", 0, at)
    damaged = raw[:name] + b"l\xc4\xc4el" + raw[name + 5 : at] + b"CREATE TABLX" + raw[at + 12 :]
    library.write_bytes(damaged)
    with pytest.raises(LibraryError):
        Library.open(library)
