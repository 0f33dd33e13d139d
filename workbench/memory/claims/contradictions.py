"""Contradictions and restatements between claims about the present."""

from typing import Literal

from ingest.language.records import Clause
from ingest.language.word_lists import words
from workbench.memory.claims.cardinality import choices_differ, purpose, same_topic
from workbench.memory.claims.claim_set import DatedClaim
from workbench.memory.claims.identity import literally

Contradiction = Literal["value", "denial", "choice"]


def contradiction(left: DatedClaim, right: DatedClaim) -> Contradiction | None:
    """The contradiction between two claims about the present; None if they are compatible.

    A claim marked as a change (“now”, “no longer”) contradicts nothing.
    """
    newer, older = (left, right) if left.order > right.order else (right, left)
    if not (_is_present_state(newer) and _is_present_state(older)):
        return None
    if set(newer.clause.adverbs) & (words("now") | {"longer", "instead"}):
        return None
    if choices_differ(newer.clause, older.clause):
        return "choice"
    if newer.clause.negated != older.clause.negated:
        denial = newer.clause if newer.clause.negated else older.clause
        asserted = older.clause if newer.clause.negated else newer.clause
        return "denial" if same_topic(denial, asserted) else None
    if newer.clause.negated or not same_topic(newer.clause, older.clause):
        return None
    return None if _same_values(newer.clause, older.clause) else "value"


def _is_present_state(dated: DatedClaim) -> bool:
    """Whether a claim is a present state, or a decision: “we decided to use Go”."""
    clause = dated.clause
    if dated.claim.derived not in ("", "state"):
        return False
    if dated.claim.status == "now":
        # “the shop has been closed” reports a change
        return not dated.claim.derived or clause.tense == "present"
    if dated.claim.status == "happened":
        return clause.verb != "use" and purpose(clause) is not None
    decided = clause.matrix is not None and clause.matrix.verb in words("choose")
    return dated.claim.status == "will" and decided and purpose(clause) is not None


def restates(newer: Clause, older: Clause) -> bool:
    """Whether a claim repeats another on the same subject, perhaps in more detail."""
    left, right = newer.subject, older.subject
    return (
        newer.verb == older.verb
        and newer.negated == older.negated
        and left is not None
        and right is not None
        and literally(left, right)
        and _same_values(newer, older)
    )


def _same_values(newer: Clause, older: Clause) -> bool:
    """Whether two claims on one topic have equal values, or one is more detailed."""
    roles = {"object", "complement", *(name for name, _ in newer.prepositions)}
    pairs = [(newer.role(name), older.role(name)) for name in roles]
    return all(
        left is None or right is None or literally(left, right) or literally(right, left)
        for left, right in pairs
    )
