"""Passages similar to a selection or a source: by vectors if there is a model, else by words."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.recall import quotes
from workbench.recall.full_text import located
from workbench.recall.recall import Recall
from workbench.recall.records import Place
from workbench.space.embeddings.searching import Embeddings
from workbench.store import text
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: Maximum characters of a selection, and maximum stretches that are examined.
_SELECTED, _SCANNED = 1000, 60
#: Sampled stretches of a source, statements per stretch, and characters of one.
_PROBES, _AT_CACHED, _STRETCH = 8, 3, 400
#: The minimum cosine of a similar stretch.
_NEIGHBORS = 0.3


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage similar to a selection: `text[start:end]` of a source, and how it was found.

    `place` is its location, in pages, chapters or seconds; `kind` is that of the source. `nearness`
    is 0 to 1: for `tier` semantic a cosine, for lexical the idf-weighted share of the selection's
    words in the passage.
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
    """Finds similar passages in one library. Thread-safe."""

    def __init__(self, store: Store, recall: Recall, embeddings: Embeddings) -> None:
        self._store = store
        self._recall = recall
        self._embeddings = embeddings

    def to_selection(
        self, selection: str | Sequence[int], *, limit: int = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages elsewhere in the library most similar to a selection, nearest first.

        `selection` is text, or ids of engrams, which are then excluded. With an active embedding
        model similarity is of meaning, across the languages of the model; otherwise of words.
        """
        stop = cancel or Cancel()
        primary: set[int] = set()
        if isinstance(selection, str):
            wording = selection
        else:
            primary = set(selection)
            with self._store.read() as connection:
                rows = text.statements(connection, selection)
            wording = " ".join(rows[row] for row in sorted(rows))
        wording = " ".join(wording.split())[:_SELECTED]
        if not wording:
            raise UsageError("Nothing is selected.", "Select a sentence or a passage.")
        stop.check()
        return self._similar(wording, primary, limit)

    def to_source(
        self, source: int, *, limit: int = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages of other sources most similar to parts of this one, nearest first.

        Stretches are sampled over the whole source; empty for a source without statements.
        """
        stop = cancel or Cancel()
        with self._store.read() as connection:
            extents = text.extents(connection)
            queries = [
                " ".join(" ".join(row.text.split()) for row in rows)[:_STRETCH]
                for rows in _spread(
                    connection, [extent for extent in extents if extent.source == source]
                )
            ]
        others = [extent for extent in extents if extent.source != source]
        if not others:
            return []
        alternatives = {extent.source for extent in others}
        inside = np.zeros(max(extent.last for extent in extents), np.bool_)
        for extent in others:
            inside[extent.first - 1 : extent.last] = True
        neighbors: list[Alike] = []
        for wording in filter(None, queries):
            stop.check()
            neighbors += self._similar(wording, set(), limit, inside, alternatives)
        # Semantic results first: shares of words are not cosines.
        best: dict[int, Alike] = {}
        for left in sorted(neighbors, key=lambda left: (left.tier != "semantic", -left.nearness)):
            best.setdefault(left.engram, left)
        return list(best.values())[:limit]

    def _similar(
        self,
        wording: str,
        primary: set[int],
        limit: int,
        inside: NDArray[np.bool_] | None = None,
        sources: Collection[int] | None = None,
    ) -> list[Alike]:
        """The passages similar by vectors, else by words; without those of engrams in `primary`.

        `inside` and `sources` are both the scope, None for all.
        """
        closeness, tier = (
            self._embeddings.nearest(wording, limit=_SCANNED, within=inside),
            "semantic",
        )
        matches: list[tuple[Sequence[int], float]] = []
        if closeness is not None:
            rows = (closeness.starts.tolist(), closeness.ends.tolist(), closeness.cosines.tolist())
            matches = [
                (range(start + 1, end + 1), cosine)
                for start, end, cosine in zip(*rows, strict=True)
                if cosine >= _NEIGHBORS
            ]
        if not matches:
            result, tier = (
                self._recall.retrieve(wording, sources=sources, limit=_SCANNED),
                "lexical",
            )
            matches = [
                ([row.id for row in quote.engrams], share)
                for quote in result.quotes
                if (share := quotes.cover(quote.words, result.cue)) > 0
            ]
            matches.sort(key=lambda match: -match[1])
        return self._displayed_passages(matches, wording, primary, limit, tier)

    def _displayed_passages(
        self,
        matches: Sequence[tuple[Sequence[int], float]],
        wording: str,
        primary: set[int],
        limit: int,
        tier: str,
    ) -> list[Alike]:
        with self._store.read() as connection:
            rows = text.engrams(connection, [id for ids, _ in matches for id in ids])
            trashed = {extent.source for extent in text.extents(connection) if extent.trashed}
            displayed: list[Alike] = []
            used: set[int] = set()
            for ids, nearness in matches:
                selection = [rows[id] for id in ids if id in rows]
                if not selection or selection[0].source in trashed or not used.isdisjoint(ids):
                    continue
                words = " ".join(" ".join(row.text.split()) for row in selection)
                if not primary.isdisjoint(ids) or wording in words or words in wording:
                    continue
                used.update(ids)
                (hit,) = located(connection, {selection[0]: ()})
                place = replace(hit.place, end=selection[-1].end)
                displayed.append(
                    Alike(
                        hit.engram, hit.source.id, hit.source.title, words, place.start, place.end,
                        min(max(nearness, 0.0), 1.0), tier, place, hit.source.kind,
                    )
                )  # fmt: skip
                if len(displayed) == limit:
                    break
        return displayed


def _spread(
    connection: sqlite3.Connection, extents: Sequence[text.Extent]
) -> list[list[EngramRow]]:
    """A few stretches of statements spread over a source."""
    ids = [id for extent in extents for id in range(extent.first, extent.last + 1)]
    step = max(_AT_CACHED, len(ids) // _PROBES)
    starts = range(min(step // 2, max(0, len(ids) - _AT_CACHED)), len(ids), step)
    cut = [ids[at : at + _AT_CACHED] for at in starts][:_PROBES]
    rows = text.engrams(connection, [id for batch in cut for id in batch])
    return [[rows[id] for id in batch if id in rows] for batch in cut]
