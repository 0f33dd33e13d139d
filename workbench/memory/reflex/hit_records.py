"""Recalled memories as public records, with origin and reasons.

Ties are ranked as for facts: archived and superseded ones last, then by much greater strength, then
newest first.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.memory import plasticity
from workbench.memory.claims.supersession import replaced
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Value
from workbench.memory.reflex.field import Field, Reach
from workbench.memory.reflex.records import Hit, Origin
from workbench.store import collections, graph, text
from workbench.store import facts as rows
from workbench.store import sources as catalogue
from workbench.store.facts import FactRow
from workbench.store.records import EngramRow

#: Maximum characters of a quoted memory in a reason.
_QUOTED = 60


def hits(
    index: FactIndex,
    active: Field,
    ids: Sequence[int],
    answer: Value | None,
    cutoff: float | None,
    explained: int,
) -> list[Hit]:
    """The memories among `ids` that are in effect, best first; the answer before all.

    The first `explained` have their reasons.
    """
    connection = active.connection
    names = _names(connection, active, ids)
    moment = active.timestamp if cutoff is None else cutoff
    records = _note_hits(index, active, ids, names, moment, cutoff)
    note_ids = {hit.id for hit in records}
    records += _read(active, [id for id in ids if id not in note_ids], names, cutoff)
    first = None if answer is None else answer.fact.id
    records.sort(key=lambda hit: (hit.id != first, *_order(hit)))
    return [*_explained(connection, records[:explained]), *records[explained:]]


def _order(hit: Hit) -> tuple[float, bool, bool, int, float, int]:
    step = -plasticity.rank(hit.strength)
    return -round(hit.score, 3), hit.archived, not hit.current, step, -hit.origin.at, -hit.id


def _names(connection: sqlite3.Connection, active: Field, ids: Sequence[int]) -> dict[int, str]:
    concepts: set[int] = set()
    for id in ids:
        concepts.update(active.reached[id].through)
    anchor_names = {anchor.concept: anchor.name for anchor in active.anchors}
    rows_ = graph.by_ids(connection, concepts - anchor_names.keys())
    return anchor_names | {id: row.name for id, row in rows_.items()}


def _note_hits(
    index: FactIndex,
    active: Field,
    ids: Sequence[int],
    names: Mapping[int, str],
    moment: float,
    cutoff: float | None,
) -> list[Hit]:
    connection = active.connection
    matches = [
        row
        for row in rows.by_ids(connection, ids)
        if (cutoff is None or row.at <= cutoff) and (row.expires is None or row.expires > moment)
    ]
    superseded = replaced(index, connection, matches, cutoff)
    strong = index.strengths.of_facts(connection, matches)
    shared = [row.id for row in matches if row.teller or row.shared]
    by = rows.sources(connection, shared) if shared else {}
    scopes = {row.scope for row in matches}
    scope_names = {scope: collections.name_of(connection, scope) for scope in scopes}
    return [
        replace(
            _hit(active, row, names, Origin(row.at, scope_names[row.scope], by.get(row.id, ()))),
            current=row.id not in superseded,
            archived=strong[row.id][1],
            priority=row.priority,
            strength=round(strong[row.id][0], 4),
        )
        for row in matches
    ]


def _read(
    active: Field, ids: Sequence[int], names: Mapping[int, str], cutoff: float | None
) -> list[Hit]:
    if not ids:
        return []
    connection = active.connection
    engrams = text.engrams(connection, ids)
    passages = text.passages_by_ids(connection, {row.passage for row in engrams.values()})
    titles = catalogue.titles(connection, {row.source for row in engrams.values()})
    records: list[Hit] = []
    for row in engrams.values():
        passage = passages[row.passage]
        title, added = titles[row.source]
        if cutoff is not None and added > cutoff:
            continue
        page = passage.page_label or (None if passage.page is None else str(passage.page))
        origin = Origin(
            at=added, source=row.source, title=title, chapter=passage.chapter, page=page,
            start=row.start, end=row.end,
        )  # fmt: skip
        records.append(_hit(active, row, names, origin))
    return records


def _hit(active: Field, row: FactRow | EngramRow, names: Mapping[int, str], origin: Origin) -> Hit:
    reach: Reach = active.reached[row.id]
    anchors = [names[concept] for concept in active.concepts_met(row.id)]
    path = [names[concept] for concept in reach.through if concept in names]
    level = 0.0
    fiber = active.fibers.get(row.id)
    if fiber is not None:
        level = max((active.levels.get(concept, 0.0) for concept in fiber.concepts), default=0.0)
    return Hit(
        id=row.id,
        text=" ".join(row.text.split()),
        kind=row.kind,
        score=round(min(reach.score, 1.0), 4),
        activation=round(level, 4),
        hops=reach.hops,
        anchors=tuple(anchors),
        path=tuple(path),
        over=reach.via,
        reasons=(),
        origin=origin,
    )


# -- reasons -----------------------------------------------------------------------------------


def _explained(connection: sqlite3.Connection, records: Sequence[Hit]) -> list[Hit]:
    """The memories with the reasons for their recall, as sentences."""
    texts = {hit.id: hit.text for hit in records}
    missing = {hit.over for hit in records if hit.over is not None} - texts.keys()
    if missing:
        texts.update(text.statements(connection, missing))
    return [replace(hit, reasons=tuple(_reasons(hit, texts))) for hit in records]


def _reasons(hit: Hit, texts: Mapping[int, str]) -> Iterator[str]:
    if hit.anchors:
        yield f"It mentions {_format_list(hit.anchors)}."
    elif not hit.hops:
        yield "It contains words of the cue."
    if hit.path and hit.over is not None and hit.over in texts:
        yield f"“{hit.path[-1]}” leads to it from “{_short(texts[hit.over])}”"
    elif hit.hops and hit.over is not None and hit.over in texts:
        yield f"It was recalled together with “{_short(texts[hit.over])}”"
    elif hit.path:
        yield f"It is reached over {' → '.join(f'“{name}”' for name in hit.path)}."
    if not hit.current:
        yield "Something newer has taken its place."
    if hit.archived:
        yield "It had faded and was laid aside."


def _format_list(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names[:4]]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTED else f"{flat[: _QUOTED - 1]}…"
