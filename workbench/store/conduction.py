"""Conductivity of fibers and reinforcement of associations: amount, frequency and last use."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from workbench.store import fiber_records, verdicts
from workbench.store.edges import Ends
from workbench.store.fiber_records import FiberRecordError
from workbench.store.queries import json_list


class ConductionPath(NamedTuple):
    """The pathway of an engram for spreading activation; see `graph.FiberRow`.

    `ties` are (position, type, position). A tuple, as hundreds are read for one question.
    """

    engram: int
    place: int
    at: float
    concepts: tuple[int, ...]
    ties: tuple[tuple[int, int, int], ...]
    conductivity: float | None
    salience: float | None
    frequency: int | None
    conducted: float | None


def paths(connection: sqlite3.Connection, engrams: Collection[int]) -> list[ConductionPath]:
    """The pathways of engrams that have one, without damaged ones and rejected ties."""
    results: list[ConductionPath] = []
    wrong = verdicts.rejected(connection)
    for engram, place, at, record, *remainder in connection.execute(
        "SELECT engram, place, at, record, conductivity, salience, frequency, conducted "
        "FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        (json_list(engrams),),
    ):
        try:
            pathway = fiber_records.unpack(record)
        except FiberRecordError:
            continue
        concepts = pathway.concepts
        ties: tuple[tuple[int, int, int], ...] = pathway.ties
        if wrong:
            ties = _right(concepts, ties, wrong)
        results.append(ConductionPath(engram, place, at, concepts, ties, *remainder))
    return results


def _right(
    concepts: tuple[int, ...], ties: tuple[tuple[int, int, int], ...], wrong: Collection[Ends]
) -> tuple[tuple[int, int, int], ...]:
    """The ties that are not rejected."""
    return tuple(
        (head, type, tail)
        for head, type, tail in ties
        if verdicts.in_order(concepts[head], type, concepts[tail]) not in wrong
    )


def conduct(
    connection: sqlite3.Connection, used: Mapping[int, tuple[int, float]], step: float
) -> None:
    """Count uses of fibers: (times, last use); each adds `step` to conductivity, up to 1."""
    connection.executemany(
        "UPDATE fiber SET conductivity = min(1.0, coalesce(conductivity, 1.0) + :step * :times), "
        "frequency = coalesce(frequency, 0) + :times, "
        "conducted = max(coalesce(conducted, 0.0), :at) WHERE engram = :engram",
        [
            {"engram": engram, "times": times, "at": at, "step": step}
            for engram, (times, at) in sorted(used.items())
        ],
    )


def weigh_better(connection: sqlite3.Connection, engrams: Iterable[int], step: float) -> None:
    """Add `step` to the conductivity of fibers below 1."""
    connection.execute(
        "UPDATE fiber SET conductivity = min(1.0, conductivity + ?) WHERE conductivity < 1 "
        "AND engram IN (SELECT value FROM json_each(?))",
        (step, json_list(engrams)),
    )


def reinforcement(
    connection: sqlite3.Connection, ends: Collection[tuple[int, int, int]]
) -> dict[tuple[int, int, int], tuple[float, int, float | None]]:
    """Reinforcement of existing associations: (weight, times, last use)."""
    results: dict[tuple[int, int, int], tuple[float, int, float | None]] = {}
    for head, kind, tail in ends:
        row = connection.execute(
            "SELECT learned, reinforced, used FROM association "
            "WHERE head = ? AND type = ? AND tail = ?",
            (head, kind, tail),
        ).fetchone()
        if row is not None:
            results[head, kind, tail] = row
    return results


def learn(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[tuple[int, int, int], tuple[float, int, float]]],
) -> None:
    """Store the reinforcement of existing associations."""
    connection.executemany(
        "UPDATE association SET learned = ?, reinforced = ?, used = ? "
        "WHERE head = ? AND type = ? AND tail = ?",
        [(*after, *ends) for ends, after in rows],
    )
