"""Two devices and a folder: whatever is edited, and however late it comes, both end equal."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.memory.group.desks import Desk, carry, said


@contextmanager
def _desks(home: Path, *names: str) -> Iterator[list[Desk]]:
    desks = [Desk(home / name, name) for name in names]
    try:
        yield desks
    finally:
        for desk in desks:
            desk.close()


def _settle(desks: list[Desk], chance: random.Random) -> None:
    """Carry and synchronise until nothing new comes."""
    for _ in range(6):
        carry(desks, chance, all=True)
        results = [desk.library.group.sync() for desk in desks]
        if not any(result.received or result.sent for result in results):
            return
    raise AssertionError(f"they do not come to rest: {results}")


def _edit_all(desks: list[Desk], seed: int, edits: int) -> None:
    chance = random.Random(seed)
    for _ in range(edits):
        chance.choice(desks).edit(chance)
        if chance.random() < 0.1:
            carry(desks, chance)
            chance.choice(desks).library.group.sync()
    _settle(desks, chance)


def _compare(desks: list[Desk]) -> None:
    first, *others = (said(desk.library) for desk in desks)
    for other in others:
        different = {
            key: (first.get(key), other.get(key))
            for key in first.keys() | other.keys()
            if first.get(key) != other.get(key)
        }
        assert not different
    told, gone = ({t for d in desks for t in getattr(d, name)} for name in ("told", "gone"))
    kept = told - gone
    texts = {fact.text for fact in desks[0]._facts()}
    assert kept <= texts
    for desk in desks:
        status = desk.library.group.status()
        assert status is not None
        assert status.unsent == 0
        assert not list(desk.library.verify().problems)


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_of_two_devices_end_equal(tmp_path: Path, seed: int) -> None:
    with _desks(tmp_path, "laptop", "desktop") as desks:
        _edit_all(desks, seed, 40)
        _compare(desks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_five_hundred_random_edits_of_each_of_two_devices_end_equal(
    tmp_path: Path, seed: int
) -> None:
    with _desks(tmp_path, "laptop", "desktop") as desks:
        _edit_all(desks, seed, 1000)
        _compare(desks)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20, 40, 42])
def test_random_edits_of_three_devices_end_equal(tmp_path: Path, seed: int) -> None:
    # Of three, two carry on what the third wrote, so that a copy may be of a copy that was cut off.
    with _desks(tmp_path, "laptop", "desktop", "attic") as desks:
        _edit_all(desks, seed, 400)
        _compare(desks)
