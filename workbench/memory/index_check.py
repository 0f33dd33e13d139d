"""The index against the truth: does every statement of the library stand in it where it belongs?"""

from collections.abc import Iterator

import numpy as np

from workbench.jobs import Cancel
from workbench.memory import index_feed
from workbench.memory.lexicon import Lexicon
from workbench.store.store import Store

_BATCH = 8192


def differences(store: Store, lexicon: Lexicon, cancel: Cancel | None = None) -> Iterator[str]:
    """Say which sources have statements that the index takes for something else.

    Compares source, chapter and passage of every statement, a batch at a time. Raises `Cancelled`.
    """
    columns = lexicon.refresh(cancel).columns
    size = len(columns["source"])
    wrong: dict[int, int] = {}
    after = 0
    while True:
        if cancel is not None:
            cancel.check()
        with store.read() as connection:
            rows = index_feed.statements(connection, after, _BATCH)
        if not rows:
            break
        after = rows[-1].id
        # What arrived after the refresh is not the index's fault.
        table = np.array([row[:4] for row in rows if row.id <= size], np.int64).reshape(-1, 4)
        at = table[:, 0] - 1
        differs = np.zeros(len(table), bool)
        for number, name in enumerate(("source", "section", "passage"), start=1):
            differs |= columns[name][at] != table[:, number]
        owners, counts = np.unique(table[differs, 1], return_counts=True)
        for source, count in zip(owners.tolist(), counts.tolist(), strict=True):
            wrong[source] = wrong.get(source, 0) + count
    for source, count in sorted(wrong.items()):
        yield f"source {source}: the index takes {count} of its statements for something else."
