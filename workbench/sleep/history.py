"""The history of sleeps, from their records."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from workbench.brain.library.emergent import path_text as way_in_words
from workbench.brain.library.odds import odds_text
from workbench.memory.facts.records import Merged
from workbench.memory.graph.kinds import kind_name
from workbench.sleep.records import Proposal, Slept, Summary
from workbench.store import facts as rows
from workbench.store import gists, sleeping
from workbench.store import strengths as held
from workbench.store.changes import Change
from workbench.store.gists import ProposalRow, SummaryRow

#: Examples of each kind that are listed.
LISTED_LIMIT = 100
#: The counts of a sleep; other versions may have counted other things.
_TALLY_NAMES = frozenset(
    ("examined", "replayed", "consolidated", "merged", "pruned", "summarised", "downscaled",
     "proposed", "loosened", "rehearsed", "balanced")
)  # fmt: skip


def slept(
    connection: sqlite3.Connection,
    run: Change,
    *,
    asleep: bool = False,
    slices: int = 0,
    longest: float = 0.0,
) -> Slept:
    """The record of a sleep; one that neither ended nor is running counts as interrupted."""
    state = "interrupted" if run.state == "asleep" and not asleep else run.state
    return Slept(
        run=run.id,
        state=state,
        why=run.why,
        begun=run.begun,
        ended=run.ended,
        **_tallies(run),
        keeps=texts(connection, held.by_run(connection, "kept", run.id, LISTED_LIMIT)),
        merges=_merges(connection, run.id),
        faded=texts(connection, held.by_run(connection, "archived", run.id, LISTED_LIMIT)),
        summaries=tuple(summary(row) for row in gists.summaries(connection, LISTED_LIMIT, run.id)),
        proposals=tuple(
            proposal(row) for row in gists.proposals(connection, run=run.id, limit=LISTED_LIMIT)
        ),
        slices=slices,
        longest_write=round(1000 * longest, 3),
    )


def counted(run: Change) -> Slept:
    """The counts of a sleep, without examples."""
    return Slept(run.id, run.state, run.why, run.begun, run.ended, **_tallies(run))


def _tallies(run: Change) -> dict[str, Any]:
    return {name: int(number) for name, number in run.report.items() if name in _TALLY_NAMES}


def texts(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[str, ...]:
    """The text of those facts that exist, in the order of the ids."""
    by_id = rows.texts(connection, ids)
    return tuple(by_id[id] for id in ids if id in by_id)


def _merges(connection: sqlite3.Connection, run: int) -> tuple[Merged, ...]:
    merged_texts = sleeping.merged(connection, run, LISTED_LIMIT)
    words = rows.texts(connection, list(merged_texts))
    return tuple(
        Merged(id, words[id], tuple(them)) for id, them in merged_texts.items() if id in words
    )


def summary(row: SummaryRow) -> Summary:
    """The record of a summary."""
    return Summary(", ".join(row.concepts), row.engrams, row.lines)


def proposal(row: ProposalRow) -> Proposal:
    """The record of a proposed link."""
    if row.a is not None:
        reason = f"used together {row.times} times within seven days"
        path: tuple[str, ...] = (row.first, row.second)
        return Proposal(
            row.id, row.first, row.second, "related_to", reason, path, row.state
        )  # fmt: skip
    kind = kind_name(row.type)
    if row.found:
        path = tuple(name for name in (row.first, row.between, row.farther, row.second) if name)
        reason = (
            f"{way_in_words(row.found, path)}; {odds_text(row.odds)} such links was found in print"
        )
        return Proposal(
            row.id, row.first, row.second, kind, reason, path, row.state, row.odds, row.passages
        )  # fmt: skip
    between = row.between or ""
    words = kind.replace("_", " ")
    reason = f"{row.first} {words} {between}, and {between} {words} {row.second}"
    return Proposal(
        row.id, row.first, row.second, kind, reason, (row.first, between, row.second), row.state,
        passages=row.passages,
    )  # fmt: skip
