"""What the index takes in: parsed facts by their keys, and facts of the library anew.

Every fact has one term more than its words: that of belonging to its scope. What it says or denies
is a key as well, by which it finds what it contradicts.
"""

from collections.abc import Sequence

from workbench.memory import hashing
from workbench.memory.facts.parsing.parser import Kept, parse
from workbench.memory.postings.entries import DENIAL, SAME, TOPIC, Entry
from workbench.memory.postings.salting import salted
from workbench.store.facts import FeedRow

#: The term of every fact of a scope, before it is salted.
EVERY = hashing.word_hash("every fact", "scope")
#: What is denied, and what is said after all, are told apart by this.
_DENIED = 0x9E3779B97F4A7C15


def stance(content: int, negative: bool) -> int:
    """The key of saying something, or of denying it; see `ClaimRow.content`."""
    return content ^ _DENIED if negative else content


def entry(kept: Kept, id: int, at: float, scope: int) -> Entry:
    """A statement as the index takes it in."""
    same = salted(kept.same, scope)
    keys = {salted(term, scope) for term in (*kept.terms, EVERY)}
    keys.add(same ^ SAME)
    for claim in kept.claims:
        if claim.topic:
            keys.add(salted(claim.topic, scope) ^ TOPIC)
        keys.add(salted(stance(claim.content, claim.negative), scope) ^ DENIAL)
    return Entry(id, at, same, tuple(keys))


def replayed(rows: Sequence[FeedRow]) -> tuple[list[Entry], list[tuple[int, bytes]]]:
    """Facts of the library as entries, and the records that are not as they are stored."""
    entries: list[Entry] = []
    anew: list[tuple[int, bytes]] = []
    kept = parse([row[2] for row in rows], every=True)
    for (id, scope, _, at, stored), each in zip(rows, kept, strict=True):
        entries.append(entry(each, id, at, scope))
        record = each.record
        if stored != record:
            anew.append((id, record))
    return entries, anew
