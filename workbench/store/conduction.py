"""Conductivity of fibers and reinforcement of associations: amount, frequency and last use."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from workbench.store import fiber_records, verdicts
from workbench.store.edges import Ends
from workbench.store.queries import execute, select_one


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
    rows = execute(
        connection,
        "SELECT engram, place, at, conductivity, salience, frequency, conducted, record "
        "FROM fiber WHERE engram IN (SELECT value FROM json_each(?))",
        engrams,
    )
    for engram, place, at, *remainder, pathway in fiber_records.intact(rows):
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
        "UPDATE fiber SET conductivity = min(1.0, coalesce(conductivity, 1.0) + ?4 * ?2), "
        "frequency = coalesce(frequency, 0) + ?2, "
        "conducted = max(coalesce(conducted, 0.0), ?3) WHERE engram = ?1",
        [(engram, *use, step) for engram, use in sorted(used.items())],
    )


def weigh_better(connection: sqlite3.Connection, engrams: Iterable[int], step: float) -> None:
    """Add `step` to the conductivity of fibers below 1."""
    execute(
        connection,
        "UPDATE fiber SET conductivity = min(1.0, conductivity + ?) WHERE conductivity < 1 "
        "AND engram IN (SELECT value FROM json_each(?))",
        step,
        engrams,
    )


def reinforcement(
    connection: sqlite3.Connection, ends: Collection[tuple[int, int, int]]
) -> dict[tuple[int, int, int], tuple[float, int, float | None]]:
    """Reinforcement of existing associations: (weight, times, last use)."""
    query = (
        "SELECT learned, reinforced, used FROM association WHERE head = ? AND type = ? AND tail = ?"
    )
    rows = {each: select_one(connection, query, *each) for each in ends}
    return {each: row for each, row in rows.items() if row is not None}


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
