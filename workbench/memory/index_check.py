"""Compares the inverted index with the database: is every statement indexed at its place?"""

from collections.abc import Iterator

import numpy as np

from workbench.jobs import Cancel
from workbench.memory import index_feed
from workbench.memory.lexicon import Lexicon
from workbench.store.store import Store

_BATCH = 8192


def differences(store: Store, lexicon: Lexicon, cancel: Cancel | None = None) -> Iterator[str]:
    """Yield a sentence for each source whose statements are indexed wrongly.

    Compares source, chapter and passage of every statement, in batches. Raises `Cancelled`.
    """
    columns = lexicon.refresh(cancel).columns
    size = len(columns["source"])
    wrong: dict[int, int] = {}
    after = 0
    while True:
        if cancel is not None:
            cancel.check()
        with store.read() as connection:
            batch = index_feed.statements(connection, after, _BATCH)
        if batch is None:
            break
        after = batch.ids[-1]
        read, _ = batch.parted()
        table = np.array(read[:4], np.int64)
        # Statements stored after the refresh are not in the index yet.
        ids, sources, sections, passages = table[:, table[0] <= size]
        differs = np.zeros(len(ids), bool)
        for name, expected in (("source", sources), ("section", sections), ("passage", passages)):
            differs |= columns[name][ids - 1] != expected
        owners, counts = np.unique(sources[differs], return_counts=True)
        for source, count in zip(owners.tolist(), counts.tolist(), strict=True):
            wrong[source] = wrong.get(source, 0) + count
    for source, count in sorted(wrong.items()):
        yield f"source {source}: the index takes {count} of its statements for something else."
