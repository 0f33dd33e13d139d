"""Deletes saved questions about forgotten facts.

Only topics that no other fact of the scope contains are deleted.
"""

from collections.abc import Sequence

from workbench.memory import told_words
from workbench.memory.asked.patterns import QueryPatterns
from workbench.memory.concepts.keys import key_of
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.store import collections, marks
from workbench.store import facts as rows

#: Facts whose words are searched; beyond, all saved questions of the scope are deleted.
_LIMIT = 1000


def drop_topics(
    index: FactIndex, patterns: QueryPatterns, ids: Sequence[int], collection: str | None
) -> None:
    """Delete the topics that only these facts of a scope have, before the facts are deleted."""
    keys = patterns.keys(collection) if ids else set()
    if not keys:
        return
    if len(ids) > _LIMIT:
        patterns.forget(collection)
        return
    with index.store.read() as connection:
        texts = [*rows.texts(connection, ids).values()]
        texts += (wording.text for wording in marks.wordings(connection, ids))
    words = {key_of(word) for text in texts for word in told_words.in_order(text)}
    removed = set(ids)
    topics = [
        topic
        for topic in keys
        if any(
            word in words and _is_unique_to(index, word, removed, collection)
            for word in topic.split()
        )
    ]
    if topics:
        patterns.forget_topics(topics, collection)


def drop_topics_by_scope(index: FactIndex, patterns: QueryPatterns, ids: Sequence[int]) -> None:
    """`drop_topics` of facts of several scopes."""
    inside: dict[str | None, list[int]] = {}
    with index.store.read() as connection:
        for row in rows.by_ids(connection, ids):
            inside.setdefault(collections.name_of(connection, row.scope), []).append(row.id)
    for collection, removed in inside.items():
        drop_topics(index, patterns, removed, collection)


def _is_unique_to(index: FactIndex, word: str, ids: set[int], collection: str | None) -> bool:
    return ids.issuperset(facts.containing(index, word, collection=collection)[1])
