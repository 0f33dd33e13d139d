"""Deletes saved questions about facts that were forgotten.

Only words that no other fact of the scope holds are let go: what was asked about other facts, too,
is still suggested.
"""

from collections.abc import Sequence

from workbench.memory import told_words
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.concepts.keys import key_of
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.store import collections, marks
from workbench.store import facts as rows

#: Facts whose words are looked through; who forgets more forgets what was asked in the scope.
_MOST = 1000


def let_go(
    index: FactIndex, asked: QueryPatterns, ids: Sequence[int], collection: str | None
) -> None:
    """Before these facts of a scope are forgotten, forget the topics that only they have."""
    kept = asked.keys(collection) if ids else set()
    if not kept:
        return
    if len(ids) > _MOST:
        asked.forget(collection)
        return
    with index.store.read() as connection:
        texts = [*rows.texts(connection, ids).values()]
        texts += (former.text for former in marks.wordings(connection, ids))
    words = {key_of(word) for text in texts for word in told_words.in_order(text)}
    going = set(ids)
    gone = [
        topic
        for topic in kept
        if any(word in words and _only_in(index, word, going, collection) for word in topic.split())
    ]
    if gone:
        asked.forget_topics(gone, collection)


def let_go_each(index: FactIndex, asked: QueryPatterns, ids: Sequence[int]) -> None:
    """`let_go` of facts of any scopes."""
    inside: dict[str | None, list[int]] = {}
    with index.store.read() as connection:
        for row in rows.by_ids(connection, ids):
            inside.setdefault(collections.name_of(connection, row.scope), []).append(row.id)
    for collection, going in inside.items():
        let_go(index, asked, going, collection)


def _only_in(index: FactIndex, word: str, ids: set[int], collection: str | None) -> bool:
    return ids.issuperset(facts.holding(index, word, collection=collection)[1])
