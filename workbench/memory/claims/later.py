"""Later statements that may change what an earlier one says, where the grammar does not know.

Which they are follows from the words that they share; a trained model judges them
(`recall.revision`).
"""

from ingest.language.analyse import analyse
from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from workbench.memory.claims.candidates import ScopeView
from workbench.memory.facts import cues
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Statements that are looked through for later ones, and those that are judged, the newest.
_SEARCHED, _JUDGED = 60, 8


def later_statements(view: ScopeView, id: int) -> list[FactRow]:
    """The newest statements told since one that share a noun or name with it, in force.

    Those that tell of the past or of what may be, as the grammar understands them, change nothing.
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
    """The nouns, names and figures of a text."""
    tokens = (token for sentence in analyse(text).sentences for token in sentence.tokens)
    return frozenset(singular(token.low) for token in tokens if token.may_be("NEC"))


def _leaves_all(text: str) -> bool:
    """Whether each word has its place in a statement, and all of it is past or uncertain."""
    parsed = claims_of(text)
    present = any(claim.status in ("now", "happened") for claim in parsed.claims)
    return parsed.complete and not present
