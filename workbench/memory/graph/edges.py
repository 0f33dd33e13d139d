"""Edges of the graph with the statements behind each.

An edge is named "head:type:tail". Its strength is the noisy-or 1 − Π(1 − c) over its statements,
saturating for each source. An edge that the user rejects is hidden everywhere, by the keys of its
ends, until that is undone; contradicted edges are kept and marked.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.language.verbs import inflected
from ingest.triples.words import PREPOSITION
from workbench.arguments import Id, Limit, Words
from workbench.errors import NotFoundError, UsageError
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import concept_cards, relations, weights
from workbench.memory.graph.concept_cards import ConceptRef
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.graph_view import GraphView, Pair, ordered, overlap
from workbench.memory.graph.kinds import NAMES, kind_name, kind_words, kinds_of, type_name
from workbench.memory.graph.records import (
    RECALLED_TOGETHER,
    Edge,
    Mention,
    Neighbourhood,
    Node,
    Saying,
)
from workbench.memory.graph.source_words import prose
from workbench.store import facts, graph, sayings, text, verdicts
from workbench.store.concept_mentions import UNDIRECTED
from workbench.store.edges import Ends
from workbench.store.graph import ConceptRow, FiberRow, Places
from workbench.store.relation_rows import INVERTED, MODAL, NEGATED
from workbench.store.sayings import EdgeRow, SayingRow, Wording
from workbench.store.verdicts import CONFIRMED, REJECTED, Verdicts

EXPLICIT, EMERGENT, PREDICTED, YES = TAGS = "explicit", "emergent", "predicted", "confirmed"
_DENIED, _CO_OCCURS = int(AssociationType.DENIED), int(AssociationType.CO_OCCURS)
_RELATED = int(AssociationType.RELATED_TO)
_TIME = int(ConceptType.TIME)
#: Sentences of a pair that are read.
_SENTENCES_READ = 400
#: Stored statements of a concept that are checked for supersession.
_TOLD_READ = 64
#: The distance between two names if not both are written there, in characters.
_FAR = 10_000
#: Maximum pairs of a concept that are read.
_PAIRS_READ = 100
#: Fallback neighbours of an isolated concept, and their maximum distance in characters.
_NEIGHBOUR_LIMIT, _CLOSE = 4, 45
#: Pairs of a concept from which none is added, its statements that are read otherwise, and their
#: minimum strength.
_ENOUGH, _STATEMENTS_READ, _MIN_STRENGTH = 12, 40, 0.4
#: Maximum letters of a lower-case word within a name.
_SMALL_WORD = 3
#: Maximum characters of a relation.
_LONGEST = 60
#: The strength of two concepts in one passage, but in no sentence.
_IN_PASSAGE = 0.1


def neighbourhood(
    concepts: ConceptGraph,
    which: ConceptRef,
    *,
    collection: Words | None = None,
    limit: Limit = 40,
    offset: Limit = 0,
    tags: Sequence[Words] | None = None,
    kinds: Sequence[Words] | None = None,
    stated_only: bool = True,
) -> Neighbourhood:
    """A concept with `limit` edges of the drawn graph after the first `offset`, most informative
    first.

    A concept that is not drawn has the edges stated of it and a drawn one; a name with few edges
    has those stated of it and other names, in its own view only. Raises `NotFoundError`, and
    `UsageError` for an unknown tag or kind.
    """
    types = _types(kinds)
    if wrong := set(tags or ()) - set(TAGS):
        raise UsageError(f"“{wrong.pop()}” is not a tag.", f"Choose one of {', '.join(TAGS)}.")
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        centre = concept_cards.find_concept(concepts, connection, which, places, nearest=True)
        judged = verdicts.verdicts(connection)
        view = concepts.graphs.graph(connection, places)
        read_limit = None if limit < 0 else max(_PAIRS_READ, offset + limit)
        candidates = of_concept(connection, view, centre.id, places, read_limit)
        rows = [
            row
            for row in candidates
            if (types is None or row.type in types)
            and (_tag(row, judged) in tags if tags else True)
            # Omit pairs that only co-occur, but not those recalled together.
            and (not stated_only or _tag(row, judged) != EMERGENT or not row.sayings)
        ]
        page = rows[offset:] if limit < 0 else rows[offset : offset + limit]
        edges = to_edges(connection, page, places, judged)
        ids = dict.fromkeys([centre.id, *(end for edge in edges for end in (edge.head, edge.tail))])
        nodes = _nodes(connection, list(ids), view)
        more = (
            0
            if read_limit is None
            else max(len(view.neighbours.get(centre.id, ())) - read_limit, 0)
        )
        return Neighbourhood(centre.id, nodes, edges, len(rows) + more)


def between(
    concepts: ConceptGraph,
    ids: Sequence[Id],
    *,
    collection: Words | None = None,
    limit: Limit = 200,
) -> tuple[Edge, ...]:
    """The edges of the drawn graph among these concepts, the most informative first."""
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        judged = verdicts.verdicts(connection)
        view = concepts.graphs.graph(connection, places)
        chosen = set(ids)
        pairs = {
            (pair.a, pair.b): pair
            for concept in chosen
            for pair in view.pairs_of(concept)
            if pair.a in chosen and pair.b in chosen
        }
        best = sorted(pairs.values(), key=lambda pair: (-pair.weight, pair.a, pair.b))
        rows = of_pairs(connection, best, places, judged)
        return to_edges(connection, rows if limit < 0 else rows[:limit], places, judged)


def of_concept(
    connection: sqlite3.Connection,
    view: GraphView,
    centre: int,
    places: Places,
    limit: int | None = None,
) -> list[EdgeRow]:
    """The edges of a concept's first `limit` pairs, in order, with those that the user confirms.

    An isolated concept has co-occurring ones, as if those were drawn.
    """
    judged = verdicts.verdicts(connection)
    pairs = view.pairs_of(centre, limit)
    if centre in view.scores:
        rows = of_pairs(connection, pairs, places, judged)
        if len(pairs) < _ENOUGH:
            rows += _of_names(connection, centre, pairs, places, view.loose_minimum)
    else:
        stated_rows, _ = sayings.strongest(
            connection, centre, places, excluded=verdicts.rejected(connection)
        )
        rows = [row for row in stated_rows if row.head + row.tail - centre in view.scores]
    existing = {row.ends for row in rows}
    yes = [
        ends
        for ends, verdict in judged.items()
        if verdict == CONFIRMED and centre in (ends[0], ends[2]) and ends not in existing
    ]
    rows += _load_edges(connection, yes, places)
    return rows or _co_occurring(connection, view, centre, places)


def _co_occurring(
    connection: sqlite3.Connection, view: GraphView, centre: int, places: Places
) -> list[EdgeRow]:
    """The drawn concepts close to a concept in its sentences, most frequent first."""
    numbers: Counter[int] = Counter()
    engrams = graph.mentions(connection, centre, places)[:_SENTENCES_READ]
    texts = text.statements(connection, engrams)
    engrams = [engram for engram in engrams if prose(texts.get(engram, ""))] or engrams
    for fiber in graph.fibers(connection, engrams).values():
        spans = _spans(fiber)
        # The sentence may contain an alias instead of this name.
        around = spans.get(centre, [])
        numbers.update(
            id for id in spans if id in view.scores and _gap(around, spans[id]) <= _CLOSE
        )
    parted = verdicts.parted(connection)
    names = {id: row.name for id, row in graph.by_ids(connection, {*numbers, centre}).items()}
    best = [
        id
        for id, _ in sorted(numbers.items(), key=lambda item: (-item[1], -view.scores[item[0]]))
        if id in names and not overlap(names[id], names[centre]) and (centre, id) not in parted
    ]
    return [
        _edge_row(verdicts.in_order(centre, _CO_OCCURS, id), numbers[id])
        for id in best[:_NEIGHBOUR_LIMIT]
    ]


def _of_names(
    connection: sqlite3.Connection,
    centre: int,
    pairs: Sequence[Pair],
    places: Places,
    minimum: float,
) -> list[EdgeRow]:
    """Strong statements, plain or of at least `minimum`, between a name and names not drawn."""
    rejected = verdicts.rejected(connection)
    rows, _ = sayings.strongest(
        connection, centre, places, excluded=rejected, limit=_STATEMENTS_READ
    )
    neighbours = {pair.a + pair.b - centre for pair in pairs}
    candidates = {row.head + row.tail - centre for row in rows} - neighbours
    proper = {
        id
        for id, row in graph.by_ids(connection, {centre, *candidates}).items()
        if _is_proper_name(row)
    }
    if centre not in proper:
        return []
    name_pairs = [(centre, other) for other in proper & candidates]
    plain = sayings.joining(connection, name_pairs, places, plainly=True)
    loose = [
        row for row in sayings.joining(connection, name_pairs, places) if row.sayings >= minimum
    ]
    by_ends = {row.ends: row for row in (*plain, *loose)}.values()
    strong = [row for row in by_ends if row.strength >= _MIN_STRENGTH and row.ends not in rejected]
    return strong[: _ENOUGH - len(pairs)]


def _is_proper_name(row: ConceptRow) -> bool:
    """Whether a concept is capitalised as a name, except for words such as "of"."""
    return row.name[:1].isupper() and all(
        word[0].isupper() for word in row.name.split() if len(word) > _SMALL_WORD
    )


def of_pairs(
    connection: sqlite3.Connection, pairs: Sequence[Pair], places: Places, judged: Verdicts
) -> list[EdgeRow]:
    """The edges of pairs, in order: stated ones, else co-occurrence."""
    by_pair: dict[tuple[int, int], list[EdgeRow]] = {}
    joined = [(pair.a, pair.b) for pair in pairs if pair.has_relation]
    former = superseded(connection, joined, places)
    for plainly in (True, False):
        for row in sayings.joining(connection, joined, places, plainly=plainly, excluded=former):
            if judged.get(row.ends) != REJECTED:
                by_pair.setdefault(ordered(row.head, row.tail), []).append(row)
        joined = [ends for ends in joined if ends not in by_pair]
    edge_rows: list[EdgeRow] = []
    for pair in pairs:
        existing = by_pair.get((pair.a, pair.b), [])
        edge_rows += existing
        if not pair.sentences:
            ends = pair.a, _RELATED, pair.b
            edge_rows.append(EdgeRow(*ends, round(pair.strength, 4), 0, 0, 0.0, 0.0))
            continue
        ends = pair.a, _CO_OCCURS, pair.b
        if (pair.a, pair.b) in former.values():
            # They occur together only to say that something no longer holds.
            continue
        affirmed = any(row.type != _DENIED for row in existing)
        telling = not existing or (pair.npmi > 0 and not affirmed)
        named = telling and _outnumbered(existing, pair.sentences)
        if named and judged.get(ends) != REJECTED:
            strength = round(max(pair.npmi, 0.0), 4)
            edge_rows.append(EdgeRow(*ends, strength, pair.sentences, 0, 0.0, 0.0))
    return edge_rows


def superseded(
    connection: sqlite3.Connection, pairs: Sequence[tuple[int, int]], places: Places
) -> dict[int, tuple[int, int]]:
    """The superseded stored statements between pairs, with their pair."""
    told = {
        engram: ordered(head, tail)
        for head, tail, engram in sayings.statements_between(connection, pairs)
    }
    ids = set(told)
    for concept in {end for pair in told.values() for end in pair}:
        ids.update(graph.mentions(connection, concept, places, _TOLD_READ))
    by_scope: dict[int, list[Statement]] = {}
    for row in facts.by_ids(connection, ids):
        by_scope.setdefault(row.scope, []).append(Statement(row.id, row.text, row.at))
    stale = (ClaimSet(statements).stale(told.keys()) for statements in by_scope.values())
    return {id: told[id] for id in set[int]().union(*stale)}


def find_edge(concepts: ConceptGraph, id: str) -> Edge:
    """The edge with this id, also a rejected one. Raises `NotFoundError`, and `UsageError`."""
    ends = ends_of(id)
    with concepts.reading_triples() as connection:
        places = concepts.places(connection)
        rows = _load_edges(connection, [ends], places)
        edges = to_edges(connection, rows, places, verdicts.verdicts(connection))
    if not edges:
        raise _missing(id)
    return edges[0]


def evidence(
    concepts: ConceptGraph,
    edge: ConceptRef,
    kind: Words | None = None,
    tail: ConceptRef | None = None,
    *,
    collection: Words | None = None,
    limit: Limit = 50,
) -> list[Saying]:
    """The statements of an edge, the surest first.

    For co-occurrence, the newest sentences that name both. An edge is given by its id, or by its
    head, its kind (or family) and its tail: then the newest come first. Raises `UsageError` for an
    invalid edge or kind, `NotFoundError` for unknown concepts.
    """
    with concepts.reading_triples() as connection:
        places = concepts.visible_places(connection, collection)
        if kind is None or tail is None:
            return _sayings(connection, ends_of(str(edge)), places, limit)
        head, other = (
            concept_cards.find_concept(concepts, connection, name, places, nearest=True).id
            for name in (edge, tail)
        )
        statements: dict[int, Saying] = {}
        for type in kinds_of(kind):
            a, b = sorted((head, other)) if type in UNDIRECTED else (head, other)
            for statement in _sayings(connection, (a, type, b), places, limit):
                statements[statement.engram] = statement
        newest = sorted(statements.values(), key=lambda statement: -statement.engram)
        return newest if limit < 0 else newest[:limit]


def _sayings(
    connection: sqlite3.Connection, ends: Ends, places: Places, limit: int
) -> list[Saying]:
    rows = statements_of(connection, ends, places, limit)
    statements = [to_record(row, kind_words(ends[1])) for row in rows]
    if statements:
        return statements
    if ends[1] == AssociationType.CO_OCCURS:
        return find_co_occurrences(connection, ends[0], ends[2], places, limit)
    engrams = graph.evidence(connection, ends, places, limit)
    return [
        _mention_record(mention, ends[1])
        for mention in concept_cards.mentioned(connection, engrams)
    ]


def statements_of(
    connection: sqlite3.Connection, ends: Ends, places: Places, limit: int
) -> list[SayingRow]:
    """The statements of an edge, those in its most frequent wording first."""
    rows = sayings.of(connection, ends, places)
    usual = [each.relation for each in sayings.wordings(connection, [ends], places).get(ends, ())]
    rows.sort(key=lambda row: [row.relation] != usual[:1])
    return rows if limit < 0 else rows[:limit]


def to_record(row: SayingRow, otherwise: str) -> Saying:
    """The public record of a statement of an edge; `otherwise` is the default relation."""
    return Saying(
        engram=row.engram,
        text=row.text,
        relation=row.text[row.start : row.end] or otherwise,
        start=row.start,
        end=row.end,
        negated=bool(row.flags & NEGATED),
        modal=bool(row.flags & MODAL),
        confidence=row.confidence,
        at=row.at,
        source=row.source,
        title=row.title,
        collection=row.collection,
        turned=bool(row.flags & INVERTED),
        by_rules=bool(row.rules),
        model=row.model,
    )


def direct(
    connection: sqlite3.Connection, view: GraphView, a: int, b: int, places: Places
) -> EdgeRow | None:
    """The edge between two concepts: drawn, else confirmed, else co-occurrence."""
    judged = verdicts.verdicts(connection)
    pair = view.pairs.get(ordered(a, b))
    rows = [] if pair is None else of_pairs(connection, [pair], places, judged)
    confirmed = [
        ends for ends, verdict in judged.items() if verdict == CONFIRMED and {a, b} == {*ends[::2]}
    ]
    rows += _load_edges(connection, confirmed, places)
    drawn = next((row for row in rows if row.type != _DENIED), None)
    if drawn is not None:
        return drawn
    former = superseded(connection, [(a, b)], places)
    stating = [
        row
        for row in sayings.joining(connection, [(a, b)], places, plainly=True, excluded=former)
        if judged.get(row.ends) != REJECTED
    ]
    affirmed = next((row for row in stating if row.type != _DENIED), None)
    if affirmed is not None or former or (a, b) in verdicts.parted(connection):
        return affirmed
    row = _cooccurrence(connection, verdicts.in_order(a, _CO_OCCURS, b), places)
    return row if row is not None and _outnumbered(stating, row.sayings) else None


def _outnumbered(denials: Sequence[EdgeRow], sentences: int) -> bool:
    """Whether sentences that only name both concepts outnumber those that deny a relation."""
    return not denials or sentences > 2 * sum(row.sayings for row in denials)


def _cooccurrence(connection: sqlite3.Connection, ends: Ends, places: Places) -> EdgeRow | None:
    """The co-occurrence of two concepts in sentences, or else in one passage."""
    head, _, tail = ends
    number = len(graph.containing(connection, {head, tail}, places, _SENTENCES_READ))
    if number:
        return _edge_row(ends, number)
    passages = graph.close_pairs(connection, (head, tail), places, 1)
    return EdgeRow(*ends, _IN_PASSAGE, 0, 0, 0.0, 0.0) if passages else None


def find_co_occurrences(
    connection: sqlite3.Connection, a: int, b: int, places: Places, limit: int
) -> list[Saying]:
    """The sentences that name two concepts, the closest mentions first.

    If there is none, two sentences of one passage that name one each.
    """
    engrams = graph.containing(connection, {a, b}, places, _SENTENCES_READ)
    if not engrams:
        return [
            _mention_record(replace(first, text=f"{first.text}{gap}{last.text}"), _CO_OCCURS)
            for pair in graph.close_pairs(connection, (a, b), places, limit)
            for gap in (" " if pair[1] - pair[0] == 1 else " … ",)
            for first, last in (concept_cards.mentioned(connection, pair),)
        ]
    distances: dict[int, int] = {}
    for engram, fiber in graph.fibers(connection, engrams).items():
        spans = _spans(fiber)
        distances[engram] = _gap(spans[a], spans[b])
    engrams = sorted(engrams, key=lambda engram: (distances.get(engram, _FAR), -engram))
    mentions = concept_cards.mentioned(connection, engrams if limit < 0 else engrams[: 4 * limit])
    # Prose before lines of code or tables.
    mentions.sort(key=lambda mention: not prose(mention.text))
    return [
        _mention_record(mention, _CO_OCCURS)
        for mention in (mentions if limit < 0 else mentions[:limit])
    ]


def _spans(fiber: FiberRow) -> defaultdict[int, list[tuple[int, int]]]:
    """The spans of each concept in a sentence."""
    spans = defaultdict[int, list[tuple[int, int]]](list)
    for step in fiber.pathway.steps:
        if step.start < step.end:
            spans[step.concept].append((step.start, step.end))
    return spans


def _gap(spans_a: Sequence[tuple[int, int]], spans_b: Sequence[tuple[int, int]]) -> int:
    """The minimum distance in characters between two lists of spans."""
    return min((max(x[0] - y[1], y[0] - x[1], 0) for x in spans_a for y in spans_b), default=_FAR)


def _mention_record(mention: Mention, type: int) -> Saying:
    return Saying(
        mention.engram, mention.text, kind_words(type), 0, 0, False, False, 0.0, mention.at,
        mention.source, mention.title, mention.collection,
    )  # fmt: skip


def judge(concepts: ConceptGraph, id: str, verdict: int) -> Edge:
    """Confirm (1) or reject (-1) an edge, or undo that (0); returns the updated edge.

    Raises `NotFoundError` for an unknown edge, `UsageError` for an invalid id.
    """
    edge = find_edge(concepts, id)
    ends = ends_of(id)

    def work(connection: sqlite3.Connection) -> None:
        rows = graph.by_ids(connection, (ends[0], ends[2]))
        previous = verdicts.keys_judged(connection, ends)
        keys = [_key(connection, rows[end]) for end in (ends[0], ends[2]) if end in rows]
        if len(keys) < 2:
            raise _missing(id)
        for stored in previous:
            verdicts.judge(connection, stored, 0, 0.0)
        verdicts.judge(connection, (keys[0], ends[1], keys[1]), verdict, concepts.store.clock())

    concepts.store.write(work, act="association judged")
    return find_edge(concepts, edge.id)


def to_edges(
    connection: sqlite3.Connection,
    rows: Sequence[EdgeRow],
    places: Places,
    judged: Verdicts,
) -> tuple[Edge, ...]:
    """The public records of edges, in this order."""
    names = {
        id: row.name
        for id, row in graph.by_ids(
            connection, {end for row in rows for end in (row.head, row.tail)}
        ).items()
    }
    worded = sayings.wordings(connection, [row.ends for row in rows], places)
    texts = text.statements(
        connection, {wording.engram for wordings in worded.values() for wording in wordings[:1]}
    )
    denied = _denied(connection, rows, worded, places)
    return tuple(
        Edge(
            id=":".join(map(str, row.ends)),
            head=row.head,
            tail=row.tail,
            head_name=names[row.head],
            tail_name=names[row.tail],
            kind=kind_name(row.type),
            relation=_wording(worded.get(row.ends, ()), texts, row),
            tag=_tag(row, judged),
            strength=row.strength,
            evidence=row.sayings,
            sources=row.places,
            contradicted=row.ends in denied,
            first=row.first or None,
            last=row.last or None,
        )
        for row in rows
        if row.head in names and row.tail in names
    )


def ends_of(id: str) -> Ends:
    """Head, type and tail of an edge id. Raises `UsageError`."""
    parts = id.split(":")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise UsageError(
            f"“{id}” is not an edge.",
            "An edge is named as “head:type:tail”, as neighbourhood has it.",
        )
    head, type, tail = map(int, parts)
    if type not in AssociationType.__members__.values():
        raise UsageError(f"“{id}” has no kind of association.", "Look for the edge again.")
    return head, type, tail


def _missing(id: str) -> NotFoundError:
    return NotFoundError(f"There is no edge {id} any more.", "Look for it again.")


def _types(kinds: Collection[str] | None) -> frozenset[int] | None:
    if kinds is None:
        return None
    return frozenset(type for kind in kinds for type in kinds_of(kind))


def _tag(row: EdgeRow, judged: Verdicts) -> str:
    if judged.get(row.ends) == CONFIRMED:
        return YES
    return EMERGENT if row.type in UNDIRECTED and not row.first else EXPLICIT


def _nodes(connection: sqlite3.Connection, ids: Sequence[int], view: GraphView) -> tuple[Node, ...]:
    rows = graph.by_ids(connection, ids)
    return tuple(
        Node(id, rows[id].name, type_name(rows[id].type), len(view.neighbours.get(id, ())))
        for id in ids
        if id in rows
    )


def _edge_row(ends: Ends, evidence: int) -> EdgeRow:
    strength = round(weights.of_evidence(ends[1], evidence), 4)
    return EdgeRow(*ends, strength, evidence, 0, 0.0, 0.0)


def _load_edges(
    connection: sqlite3.Connection, names: Sequence[Ends], places: Places
) -> list[EdgeRow]:
    """Edges by their statements in these places, those without any by their association."""
    rows = [row for row in sayings.visible(connection, names, places).values() if row.sayings]
    existing = {row.ends for row in rows}
    for ends in names:
        if ends in existing:
            continue
        association = graph.association(connection, *ends)
        row = None
        if association is not None:
            row = _edge_row(ends, association.evidence)
        elif ends[1] == _CO_OCCURS:
            row = _cooccurrence(connection, ends, places)
        elif _supposed(connection, ends):
            row = _edge_row(ends, 0)
        rows += [] if row is None else [row]
    return rows


def _supposed(connection: sqlite3.Connection, ends: Ends) -> bool:
    """Whether two existing concepts may be assumed related, though nothing states it.

    The user's verdict on it is stored.
    """
    head, type, tail = ends
    related = type == AssociationType.RELATED_TO and head < tail
    return related and len(graph.by_ids(connection, (head, tail))) == 2


def _wording(wordings: Sequence[Wording], texts: dict[int, str], row: EdgeRow) -> str:
    """The wording of an edge from head to tail."""
    straight = [wording for wording in wordings if not wording.flags & INVERTED] or list(wordings)
    for wording in straight[:1]:
        words = " ".join(texts.get(wording.engram, "")[wording.start : wording.end].split())
        written = not wording.flags & INVERTED and len(words) <= _LONGEST
        if words and written and words[0].isalpha():
            # "Came from the village of Chester in Nova Scotia": came … in Nova Scotia.
            *_, last = wording.relation.split() or [""]
            apart = last in PREPOSITION and last not in words.casefold().split()
            return f"{words} … {last}" if apart else words
        if wording.relation:
            return _third_person(wording.relation)
    if row.type == _CO_OCCURS:
        if not row.sayings:
            return "in one passage with"
        sentences = "one sentence" if row.sayings == 1 else f"{row.sayings:,} sentences"
        return f"in {sentences} with"
    recalled = row.type == _RELATED and not row.sayings and row.strength > 0
    return RECALLED_TOGETHER if recalled else kind_words(row.type)


def _third_person(relation: str) -> str:
    """The third person of a relation: "found" becomes "founds"."""
    verb, _, complement = relation.partition(" ")
    return f"{'is' if verb == 'be' else inflected(verb, 's')} {complement}".strip()


def _denied(
    connection: sqlite3.Connection,
    rows: Sequence[EdgeRow],
    worded: dict[Ends, list[Wording]],
    places: Places,
) -> set[Ends]:
    """The edges that another statement contradicts."""
    denied = {row.ends for row in rows if _is_denied(connection, row, worded, places)}
    for row in rows:
        for wording in worded.get(row.ends, ()):
            if wording.relation in relations.FUNCTIONAL and row.type != _DENIED:
                values = sayings.tails(connection, row.head, row.type, wording.relation)
                if _differs(connection, row.tail, values):
                    denied.add(row.ends)
    return denied


def _is_denied(
    connection: sqlite3.Connection,
    row: EdgeRow,
    worded: dict[Ends, list[Wording]],
    places: Places,
) -> bool:
    """Whether the relation of an edge is both stated and denied of its ends."""
    relations_here = {wording.relation for wording in worded.get(row.ends, ()) if wording.relation}
    if not relations_here:
        return False
    other = sayings.opposite(connection, row.ends, _DENIED)
    denials = sayings.wordings(connection, other, places).values()
    return any(wording.relation in relations_here for wordings in denials for wording in wordings)


def _differs(connection: sqlite3.Connection, tail: int, values: Sequence[int]) -> bool:
    """Whether a value contradicts others: a different year, or a place that is not in it."""
    by_id = graph.by_ids(connection, {tail, *values})
    value = by_id.get(tail)
    if value is None:
        return False
    for id, row in by_id.items():
        if id == tail or (row.type == _TIME) != (value.type == _TIME):
            continue
        words, other_words = key_of(value.name).split(), key_of(row.name).split()
        if set(words) <= set(other_words) or set(other_words) <= set(words):
            continue
        if value.type == _TIME:
            return True
        if {value.type, row.type} <= NAMES and not _joined(connection, tail, id):
            return True
    return False


def _joined(connection: sqlite3.Connection, head: int, tail: int) -> bool:
    """Whether any statement names both: Accra lies in Ghana."""
    return bool(graph.containing(connection, {head, tail}, graph.EVERYWHERE, 1))


def _key(connection: sqlite3.Connection, row: ConceptRow) -> str:
    """A key that resolves to a concept when read again: that of its name, if possible."""
    keys = graph.keys_of(connection, row.id)
    name_keys = [key for key in (key_of(row.name, plural=False), key_of(row.name)) if key in keys]
    if not keys:
        raise NotFoundError(f"“{row.name}” has no name any more.", "Look for it again.")
    return (name_keys or keys)[0]
