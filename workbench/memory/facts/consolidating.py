"""Consolidation: merges duplicate facts and archives faded ones.

Two facts are duplicates if they have the same words and the same claims; they are merged only if
nothing stored between them superseded the first, so that every question, also about the past, keeps
its answer. The one valid the longest stays; it gains the strengths of the others, their sources and
their links. Archived facts can still be found, and one undo reverts everything.
"""

import math
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ingest.language.claims import Claim, claims_of
from ingest.language.records import Phrase
from workbench.arguments import Words
from workbench.errors import UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import told_words
from workbench.memory.facts import merging
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Merged
from workbench.memory.strengths import Strengths
from workbench.store import facts as rows
from workbench.store import marks
from workbench.store.facts import FactRow

_CHUNK = 2000
#: Examples of merged and archived facts in a result.
_EXAMPLES = 100
_NAMES = frozenset(("name", "surname", "nickname"))
_ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What a consolidation did, or in a preview would do.

    `merged` and `archived` count facts; `merges` and `faded` list the first hundred of each. `run`
    is the id to undo it by, None if nothing was done.
    """

    run: int | None
    examined: int
    merged: int
    archived: int
    merges: tuple[Merged, ...] = ()
    faded: tuple[str, ...] = ()


def consolidate(
    index: FactIndex,
    collection: Words | None = None,
    *,
    prune_below: float | None = None,
    preview: bool = False,
    report: Report = silent,
    cancel: Cancel | None = None,
) -> Consolidated:
    """Merge duplicate facts of a scope; archive those weaker than `prune_below`.

    `Library.undo` reverts it. Pinned facts, those that state the user's name and those recalled
    within a day are not archived. `preview` changes nothing. One transaction. Raises `UsageError`,
    `NotFoundError` for an unknown collection, and `Cancelled`; then nothing has changed.
    """
    if prune_below is not None and not (math.isfinite(prune_below) and prune_below >= 0):
        raise UsageError("The strength is missing.", "Give a number from 0, such as 0.05.")
    stop = cancel or Cancel()
    if not index.store.read_only:
        index.strengths.flush()
    with index.store.read() as connection:
        scope = rows.require_scope(connection, collection)
        ids = sorted(index.all(scope))
        groups = duplicate_facts(index, connection, ids, report, stop)
        merged_ids = {row.id for group in groups for row in group[1:]}
        weak = [] if prune_below is None else _weak(index.strengths, connection, ids, prune_below)
        faded = [row for row in rows.by_ids(connection, weak) if not is_self(row.text)]
    stop.check()
    # Merging strengthens a fact; whether it suffices is known only afterwards.
    keeper_ids = {group[0].id for group in groups}
    faded = [row for row in faded if row.id not in merged_ids | keeper_ids]
    outcome = Consolidated(
        run=None,
        examined=len(ids),
        merged=len(merged_ids),
        archived=len(faded),
        merges=tuple(
            Merged(group[0].id, group[0].text, tuple(row.text for row in group[1:]))
            for group in groups[:_EXAMPLES]
        ),
        faded=tuple(row.text for row in faded[:_EXAMPLES]),
    )
    if preview or not (groups or faded):
        return outcome
    carried = index.store.write(
        lambda c: merging.carry_out(index.strengths, c, scope, groups, faded), sync=True
    )
    return replace(outcome, run=carried.run, merged=carried.merged, archived=carried.archived)


def duplicate_facts(
    index: FactIndex,
    connection: sqlite3.Connection,
    ids: Sequence[int],
    report: Report = silent,
    cancel: Cancel | None = None,
) -> list[list[FactRow]]:
    """Groups of duplicate facts of one scope, each by time of validity; the first one stays.

    Raises `Cancelled`.
    """
    groups = _equivalents(connection, ids, report, cancel or Cancel())
    return [run for group in groups for run in _runs(index, connection, group)]


# -- duplicates ------------------------------------------------------------------------------------


def _equivalents(
    connection: sqlite3.Connection, ids: Sequence[int], report: Report, cancel: Cancel
) -> Iterator[list[FactRow]]:
    """Yield groups of two or more facts with equal content, each by time of validity."""
    numbers, keys = array("q"), array("q")
    for start in range(0, len(ids), _CHUNK):
        cancel.check()
        report(Progress("consolidating", start, len(ids), "facts"))
        for row in rows.by_ids(connection, ids[start : start + _CHUNK]):
            numbers.append(row.id)
            keys.append(hash(" ".join(sorted(_words(row.text)))))
    report(Progress("consolidating", len(ids), len(ids), "facts"))
    for group in _equal(numbers, keys):
        cancel.check()
        same: dict[object, list[FactRow]] = {}
        # An edited fact has its own history, which must stay.
        edited = {wording.engram for wording in marks.wordings(connection, group)}
        for row in rows.by_ids(connection, group):
            if row.id not in edited:
                # Lifetime in minutes; None: no expiry.
                lasts = None if row.expires is None else round((row.expires - row.recorded) / 60)
                mark = row.kind, row.priority, lasts
                same.setdefault((mark, _content_key(row)), []).append(row)
        yield from (sorted(run, key=_order) for run in same.values() if len(run) > 1)


def _equal(numbers: "array[int]", keys: "array[int]") -> Iterator[list[int]]:
    """Yield the numbers that share a key with others, by key."""
    order = np.argsort(np.asarray(keys), kind="stable")
    ordered = np.asarray(keys)[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1], True])
    for first, end in pairwise(starts.tolist()):
        if end - first > 1:
            yield [numbers[place] for place in order[first:end].tolist()]


def _order(row: FactRow) -> tuple[float, int]:
    return row.at, row.id


def _words(text: str) -> list[str]:
    return [word for word in told_words.in_order(text) if word not in _ARTICLES]


def _content_key(row: FactRow) -> object:
    """The key that duplicates have in common: their words, and the roles of their claims."""
    claims, words = claims_of(row.text), _words(row.text)
    if not claims.complete:
        return tuple(words)
    return tuple(sorted(words)), frozenset(map(_signature, claims.claims))


def _signature(claim: Claim) -> object:
    """Verb, polarity, time and roles of a claim, regardless of wording."""
    clause = claim.clause
    roles = (clause.subject, clause.object, clause.second, clause.complement)
    arguments = [("", role) for role in roles] + list(clause.prepositions)
    return (
        clause.verb,
        clause.negated,
        claim.status,
        clause.condition,
        tuple(
            (name, frozenset() if role is None else _described(role)) for name, role in arguments
        ),
    )


def _described(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase, of its owner, and of the phrases inside it."""
    inner = [other for _, other in phrase.inside] + ([phrase.owner] if phrase.owner else [])
    described = (f"{word} of" for other in inner for word in _described(other))
    return phrase.words | {phrase.number} | frozenset(described)


def _runs(
    index: FactIndex, connection: sqlite3.Connection, group: Sequence[FactRow]
) -> Iterator[list[FactRow]]:
    """Split a group at statements that superseded it; each part begins with the one that stays."""
    members = {row.id for row in group}
    rivals = [
        row for row in merging.related_facts(index, connection, group[0]) if row.id not in members
    ]
    run = [group[0]]
    for row in group[1:]:
        if any(_order(run[-1]) < _order(other) < _order(row) for other in rivals):
            yield from _if_several(run)
            run = [row]
        else:
            run.append(row)
    yield from _if_several(run)


def _if_several(run: list[FactRow]) -> Iterator[list[FactRow]]:
    if len(run) > 1:
        yield run


# -- fading ----------------------------------------------------------------------------------------


def _weak(
    strengths: Strengths, connection: sqlite3.Connection, ids: Sequence[int], threshold: float
) -> list[int]:
    weak = []
    timestamp, settings = strengths.clock(), strengths.settings
    for start in range(0, len(ids), _CHUNK):
        facts = rows.by_ids(connection, ids[start : start + _CHUNK])
        stored = strengths.rows(connection, [row.id for row in facts])
        for fact in facts:
            row = stored[fact.id]
            fresh = row.uses > 0 and timestamp - row.used < settings.just_used
            if row.archived is not None or row.pinned or fresh:
                continue
            if strengths.current(row, fact.kind) < threshold:
                weak.append(fact.id)
    return weak


def is_self(text: str) -> bool:
    """Whether a text states the speaker's own name."""
    for claim in claims_of(text).claims:
        clause, subject = claim.clause, claim.clause.subject
        if clause.verb != "be" or subject is None or clause.complement is None:
            continue
        speaker = subject if subject.owner is None else subject.owner
        is_name = subject.owner is None or subject.head in _NAMES
        if is_name and speaker.head in ("i", "we") and clause.complement.kind == "name":
            # “My name is Ines”, “I am Ines”, but neither “I am tired” nor “my dog is Rex”
            return True
    return False
