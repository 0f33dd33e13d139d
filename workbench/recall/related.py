"""Passages similar to a selection or a source: by vectors if there is a model, else by words."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.recall import quotes
from workbench.recall.recall import Recall
from workbench.recall.records import Place
from workbench.space.embeddings.searching import Embeddings
from workbench.store import sources, text
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: Letters of a selection that are looked up, and stretches that are looked through.
_SELECTED, _LOOKED = 1000, 60
#: Stretches of a source that are looked up for it, statements of one, and letters of one.
_PROBES, _AT_ONCE, _STRETCH = 8, 3, 400
#: Cosine from which on a stretch is worth showing.
_NEAR = 0.3


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage near to a selection: `text[start:end]` of a source, with how it was found.

    `place` says where it stands, in pages, chapters or seconds; `kind` is that of the source.
    `nearness` is 0 to 1: of the `tier` semantic a cosine, of the tier lexical the share of what was
    selected, its words weighed by how rare they are, that stands in the passage.
    """

    engram: int
    source: int
    title: str
    words: str
    start: int
    end: int
    nearness: float
    tier: str
    place: Place
    kind: str


class Related:
    """Looks for what is near to something in one library. Any thread may call."""

    def __init__(self, store: Store, recall: Recall, embeddings: Embeddings) -> None:
        self._store = store
        self._recall = recall
        self._embeddings = embeddings

    def to_selection(
        self, selection: str | Sequence[int], *, limit: int = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages nearest to a selection, elsewhere in the library, nearest first.

        `selection` is text, or the ids of engrams, which then are not among what is found. With an
        active embedding model nearness is of meaning, and holds across languages as far as the
        model does; without one, of words.
        """
        stop = cancel or Cancel()
        own: set[int] = set()
        if isinstance(selection, str):
            said = selection
        else:
            own = set(selection)
            with self._store.read() as connection:
                rows = text.statements(connection, selection)
            said = " ".join(rows[each] for each in sorted(rows))
        said = " ".join(said.split())[:_SELECTED]
        if not said:
            raise UsageError("Nothing is selected.", "Select a sentence or a passage.")
        stop.check()
        found = self._by_meaning(said)
        tier = "semantic" if found else "lexical"
        if not found:
            found = self._by_words(said)
        stop.check()
        return self._shown(found, said, own, limit, tier)

    def to_source(
        self, source: int, *, limit: int = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages of other sources nearest to something in this one, nearest first.

        Looked up are stretches from all over the source; of a source that holds no statement
        nothing is near.
        """
        stop = cancel or Cancel()
        with self._store.read() as connection:
            extents = text.extents(connection)
            asked = [
                " ".join(" ".join(row.text.split()) for row in rows)[:_STRETCH]
                for rows in _spread(connection, [each for each in extents if each.source == source])
            ]
        others = {each.source for each in extents if each.source != source}
        if not others:
            return []
        within = np.zeros(max(each.last for each in extents), np.bool_)
        for each in extents:
            within[each.first - 1 : each.last] = each.source in others
        near: list[Alike] = []
        for said in filter(None, asked):
            stop.check()
            found, tier = self._by_meaning(said, within), "semantic"
            if not found:
                found, tier = self._by_words(said, others), "lexical"
            near += self._shown(found, said, set(), limit, tier)
        # What was found by meaning comes first: shares of words are no cosines.
        best: dict[int, Alike] = {}
        for one in sorted(near, key=lambda one: (one.tier != "semantic", -one.nearness)):
            best.setdefault(one.engram, one)
        return list(best.values())[:limit]

    def _by_meaning(
        self, said: str, within: NDArray[np.bool_] | None = None
    ) -> list[tuple[list[int], float]]:
        near = self._embeddings.nearest(said, limit=_LOOKED, within=within)
        if near is None:
            return []
        return [
            (list(range(start + 1, end + 1)), cosine)
            for start, end, cosine in zip(
                near.starts.tolist(), near.ends.tolist(), near.cosines.tolist(), strict=True
            )
            if cosine >= _NEAR
        ]

    def _by_words(
        self, said: str, sources: Collection[int] | None = None
    ) -> list[tuple[list[int], float]]:
        found = self._recall.look_up(said, sources=sources, limit=_LOOKED)
        shares = [(quotes.cover(each.words, found.cue), each) for each in found.quotes]
        shares.sort(key=lambda pair: -pair[0])
        return [([row.id for row in each.engrams], share) for share, each in shares if share > 0]

    def _shown(
        self,
        found: Sequence[tuple[list[int], float]],
        said: str,
        own: set[int],
        limit: int,
        tier: str,
    ) -> list[Alike]:
        with self._store.read() as connection:
            rows = text.engrams(connection, [id for ids, _ in found for id in ids])
            trashed = {each.source for each in text.extents(connection) if each.trashed}
            known = {row.source for row in rows.values()}
            titles, kinds = sources.titles(connection, known), sources.kinds(connection, known)
            shown: list[Alike] = []
            taken: set[int] = set()
            for ids, nearness in found:
                kept = [rows[id] for id in ids if id in rows]
                if not kept or kept[0].source in trashed or not taken.isdisjoint(ids):
                    continue
                words = " ".join(" ".join(row.text.split()) for row in kept)
                if not own.isdisjoint(ids) or said in words or words in said:
                    continue
                taken.update(ids)
                source = kept[0].source
                first, last = kept[0], kept[-1]
                shown.append(
                    Alike(
                        first.id, source, titles[source][0], words, first.start, last.end,
                        min(max(nearness, 0.0), 1.0), tier, _place(connection, first, last),
                        kinds[source],
                    )
                )  # fmt: skip
                if len(shown) == limit:
                    break
        return shown


def _spread(
    connection: sqlite3.Connection, extents: Sequence[text.Extent]
) -> list[list[EngramRow]]:
    """A few stretches of statements from all over the extents of a source."""
    ids = [id for each in extents for id in range(each.first, each.last + 1)]
    step = max(_AT_ONCE, len(ids) // _PROBES)
    starts = range(min(step // 2, max(0, len(ids) - _AT_ONCE)), len(ids), step)
    cut = [ids[at : at + _AT_ONCE] for at in starts][:_PROBES]
    rows = text.engrams(connection, [id for some in cut for id in some])
    return [[rows[id] for id in some if id in rows] for some in cut]


def _place(connection: sqlite3.Connection, first: EngramRow, last: EngramRow) -> Place:
    """Where a passage stands in its source."""
    passage = text.passages_by_ids(connection, [first.passage])[first.passage]
    section = text.sections_by_ids(connection, [first.section])[first.section]
    page = text.page_at(connection, first.source, first.start)
    return quotes.place_of(first, last, passage, page, text.chapter_path(connection, section))
