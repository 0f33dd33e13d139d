"""Later statements that may change an earlier one, beyond the grammar.

They are selected by common words; a trained model judges them (`recall.revision`).
"""

from ingest.language.analyse import analyse
from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.facts import cues
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Statements that are searched, and the newest that are judged.
_SEARCHED, _JUDGED = 60, 8


def later_statements(view: ScopeView, id: int) -> list[FactRow]:
    """The newest later statements in force that share a noun or name with one.

    Those that are fully parsed as past or possible are excluded.
    """
    (origin,) = rows.by_ids(view.connection, [id])
    ranked = view.index.best(view.scope, cues.cue(origin.text), _SEARCHED)
    since = origin.at, origin.id
    later = [row for row in view.in_force(id for id, _ in ranked) if (row.at, row.id) > since]
    content = _content(origin.text) if later else frozenset()
    candidates = [
        row for row in later if _content(row.text) & content and not _leaves_all(row.text)
    ]
    return sorted(candidates, key=lambda row: (row.at, row.id))[-_JUDGED:]


def _content(text: str) -> frozenset[str]:
    """The nouns, names and numbers of a text."""
    tokens = (token for sentence in analyse(text).sentences for token in sentence.tokens)
    return frozenset(singular(token.low) for token in tokens if token.may_be("NEC"))


def _leaves_all(text: str) -> bool:
    """Whether a statement is fully parsed, and entirely past or uncertain."""
    parsed = claims_of(text)
    present = any(claim.status in ("now", "happened") for claim in parsed.claims)
    return parsed.complete and not present
