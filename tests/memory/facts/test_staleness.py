"""What has taken whose place."""

import random
from typing import Any

import pytest

from workbench.library import Library
from workbench.memory.facts import staleness
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.reading import carries, tokens
from workbench.memory.postings import index, ranking
from workbench.store import facts as rows
from workbench.store.claim_records import ClaimRow
from workbench.store.facts import FactRow

_NAMES = ("Ann", "Bo", "Cy", "Dora")
_PLACES = ("Oslo", "Riga", "Lyon")


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
        library.facts.tell(_said(rng), at=f"2024-03-{rng.randint(1, 9):02}", again=number % 3 == 0)
        if number == count // 2:
            library.facts.forget("Cy")
    return library


def _of_all_pairs(found: list[FactRow], as_of: float | None) -> set[tuple[int, int]]:
    """The stale claims, by comparing every claim with every other one of the same scope."""
    told = [(row, at, claim) for row in found for at, claim in enumerate(staleness.claims_of(row))]

    def over(one: tuple[FactRow, int, ClaimRow], other: tuple[FactRow, int, ClaimRow]) -> bool:
        (row, at, claim), (later, place, said) = one, other
        if later.id == row.id:
            newer = place > at
        else:
            newer = (later.at, later.id) > (row.at, row.id)
            newer = newer and (as_of is None or later.at <= as_of)
        same = claim.topic != 0 and claim.topic == said.topic
        return newer and (
            same or (claim.content == said.content and claim.negative != said.negative)
        )

    return {(one[0].id, one[1]) for one in told if any(over(one, other) for other in told)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_a_look_at_all_pairs_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Segments and several stretches already for a few facts.
    monkeypatch.setattr(index, "FULL", 16)
    monkeypatch.setattr(ranking, "_STRETCH", 8)
    rng = random.Random(seed)
    with _library(rng, 120) as library:
        held: Any = library._core.fact_index
        postings = held.postings()
        with held.store.read() as connection:
            found = rows.by_ids(connection, held.all(rows.OWN))
        assert len(found) > 60
        times = sorted({row.at for row in found})
        for as_of in (None, times[0], times[len(times) // 2], times[-1] + 1):
            pairs = _of_all_pairs(found, as_of)
            assert staleness.stale(postings, found, as_of) == pairs
        assert pairs


@pytest.mark.slow
def test_what_cannot_be_read_is_read_from_the_text() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Ann lives in Oslo. Ann lives in Riga.")
        held: Any = library._core.fact_index
        postings = held.postings()
        with held.store.read() as connection:
            one, other = rows.by_ids(connection, held.all(rows.OWN))
        assert one.claims is not None
        good = staleness.stale(postings, [one, other])
        assert good == {(one.id, 0)}
        damaged = (None, b"\xff", one.claims[:3], one.claims[:-1], one.claims + b"\x08")
        for record in damaged:
            bad = one._replace(claims=record)
            assert staleness.stale(postings, [bad, other]) == good
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
