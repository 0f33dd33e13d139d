"""What has taken whose place is the same by one kernel as it is step by step."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.patience import seconds
from workbench import kernels
from workbench.library import Library
from workbench.memory.facts import staleness
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.reading import carries, tokens
from workbench.memory.postings import index, reading, segment
from workbench.store import facts as rows

# Who comes first compiles.
pytestmark = pytest.mark.timeout(seconds(600))

_NAMES = ("Ann", "Bo", "Cy", "Dora")
_PLACES = ("Oslo", "Riga", "Lyon")


@pytest.fixture(params=["python", "compiled"])
def _read_by(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.param == "compiled":
        request.getfixturevalue("compiled")
        yield
        return
    with kernels.interpreted(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "ready", lambda: True)
        yield


def _said(rng: random.Random) -> str:
    name, place = rng.choice(_NAMES), rng.choice(_PLACES)
    return rng.choice(
        (
            f"{name} lives in {place}",
            f"{name} does not live in {place}",
            f"{name} likes {place}",
            f"{name} does not like {place}",
            f"the owner of {place} is {name}",
            f"{name} lives in {place} and likes {rng.choice(_PLACES)}",
            f"{name} lives in {place} but no longer lives in {place}",
            "what a day it was",
        )
    )


def _library(rng: random.Random, count: int) -> Library:
    library = Library.open(":memory:")
    for number in range(count):
        # Days in any order, many of them twice.
        library.remember(_said(rng), at=f"2024-03-{rng.randint(1, 9):02}", again=number % 3 == 0)
        if number == count // 2:
            library.forget("Cy")
    return library


@pytest.mark.slow
@pytest.mark.usefixtures("_read_by")
@pytest.mark.parametrize("seed", range(4))
def test_one_call_finds_what_the_steps_find(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Segments and bitmaps already for a few facts.
    monkeypatch.setattr(index, "TAIL", 16)
    monkeypatch.setattr(segment, "_LEAST", 200)
    rng = random.Random(seed)
    with _library(rng, 120) as library:
        held: Any = library._fact_index
        postings = held.postings()
        with held.store.read() as connection:
            found = rows.by_ids(connection, held.all(rows.OWN))
        assert len(found) > 60
        times = sorted({row.at for row in found})
        for as_of in (None, times[0], times[len(times) // 2], times[-1] + 1):
            steps = staleness._step_by_step(postings, found, as_of)
            assert staleness._at_once(postings, found, as_of) == steps
        assert steps


@pytest.mark.slow
@pytest.mark.usefixtures("_read_by")
def test_what_cannot_be_read_at_once_is_read_step_by_step() -> None:
    with Library.open(":memory:") as library:
        library.remember("Ann lives in Oslo. Ann lives in Riga.")
        held: Any = library._fact_index
        postings = held.postings()
        with held.store.read() as connection:
            one, other = rows.by_ids(connection, held.all(rows.OWN))
        assert one.claims is not None
        good = staleness.stale(postings, [one, other])
        assert good == {(one.id, 0)}
        damaged = (None, b"\xff", one.claims[:3], one.claims[:-1], one.claims + b"\x08")
        for record in damaged:
            bad = one._replace(claims=record)
            assert staleness._at_once(postings, [bad, other], None) is None
            assert staleness.stale(postings, [bad, other]) == good
        elsewhere = one._replace(scope=7)
        assert staleness._at_once(postings, [elsewhere, other], None) is None
        assert staleness.stale(postings, [one._replace(claims=b"")]) == set()
        assert staleness.stale(postings, []) == set()


@pytest.mark.parametrize(
    "chunk",
    ["Kenji", "kenji", "7B", "2024", "q3", "The", "IT", "x", "X", "May", "now", "Will", "é"],
)
def test_a_plain_word_of_a_cue_is_what_taking_it_apart_gives(chunk: str) -> None:
    (token,) = tokens(chunk)
    group = cues._chunk(chunk)
    if not carries(token) or token.word in ("please", "now", "currently"):
        assert group is None
    else:
        assert group == (token.word, cues._group(token.word))
