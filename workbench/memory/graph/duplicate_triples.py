"""Merges triples that rules and a model both found in one sentence.

Both are turned into claims in the same way, so that they meet in one association. One sentence
stays one evidence: what both say is believed more, and what only the model says is a claim of its
own.
"""

from collections.abc import Sequence

from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph import drawing
from workbench.store.fiber_records import Pathway
from workbench.store.modelled import ModelRow
from workbench.store.relation_rows import MODAL, NEGATED, Claim, End

#: How far anything is believed at most that rules and a model have said.
_MOST = 0.97


def met(
    rules: Sequence[Claim], models: Sequence[ModelRow], words: str, way: Pathway
) -> list[Claim]:
    """The claims of an engram whose text is `words`: those of rules with those of models.

    `way` is its fiber as traced.
    """
    # The rules are loaded where something is drawn: whoever only opens a library waits for none.
    from ingest.triples.by_model import ModelTriple, triple_of

    found = list(rules)
    for row in models:
        told = ModelTriple(
            0, row.subject, row.relation, row.object,
            bool(row.flags & NEGATED), bool(row.flags & MODAL),
        )  # fmt: skip
        triple = triple_of(told, words)
        if triple is None:
            continue
        for claim in drawing.claims(words, 0, len(words), [triple], way, ""):
            if claim.relation:
                _join(found, claim, row.reader)
    return found


def _join(found: list[Claim], claim: Claim, reader: int) -> None:
    for at, other in enumerate(found):
        if _same(other, claim):
            if other.reader == 0:
                sure = 1 - (1 - other.confidence) * (1 - claim.confidence)
                sure = max(other.confidence, min(sure, _MOST))
                found[at] = other._replace(confidence=sure, reader=reader)
            return
    found.append(claim._replace(reader=reader, rules=False))


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same: of what only acts on something the relation counts, too."""
    if (_end(one.head), one.type, _end(one.tail)) != (
        _end(other.head),
        other.type,
        _end(other.tail),
    ):
        return False
    if one.flags & (NEGATED | MODAL) != other.flags & (NEGATED | MODAL) or not one.relation:
        return False
    loose = one.type not in (AssociationType.ACTS_ON, AssociationType.DENIED)
    return loose or one.relation == other.relation


def _end(end: End) -> object:
    return end.step if end.step >= 0 else end.key
