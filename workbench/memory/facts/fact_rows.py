"""Facts as public records, from their rows and what they are ranked by."""

from workbench.memory.facts.ranking import Weighed
from workbench.memory.facts.records import Fact, FactDraft


def fact(each: Weighed, sources: tuple[str, ...], collection: str | None, now: float) -> Fact:
    """A fact of a scope as it is at a moment; `sources` said it."""
    row, score, current, strength, archived = each
    made = FactDraft()
    made.id = row.id
    made.text = row.text
    made.collection = collection
    made.sources = sources
    made.told = row.told
    made.at = row.at
    made.current = current
    made.score = round(score, 4)
    made.kind = row.kind
    made.priority = row.priority
    expires = made.expires = row.expires
    made.expired = expires is not None and expires <= now
    made.became = None
    made.strength = round(strength, 4)
    made.archived = archived
    return made.done()
