"""Queries over concepts, their mentions and their associations.

A place is the source of a read engram, or `place_of(scope)` of a told one; `Places` are the visible
ones. Associations join concepts of the whole library; with limited places, evidence is counted
there only.
"""

import json
import logging
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from workbench.arguments import Id, Number
from workbench.store import fiber_records, meta, verdicts
from workbench.store.concept_mentions import (
    GONE_FIBERS,
    Triple,
    by_keys,
    own_keys,
    triples_of,
)
from workbench.store.fiber_records import FiberRecordError, Pathway
from workbench.store.queries import (
    Table,
    execute,
    integers,
    select,
    select_number,
    select_records,
    values_by_id,
)
from workbench.store.text import place_of

_log = logging.getLogger(__name__)

__all__ = ["Places", "by_keys", "place_of"]

#: Rows processed at a time.
_STEP = 256
#: Maximum words that are split into names.
_SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept: `mentions` counts its fibers, `first` and `last` are their times.

    In seconds since the epoch; None without mentions, or if they must be computed (`time_span`).
    `kept` is not 0 if it was named, typed or merged (`concept_changes.BY_HAND`).
    """

    id: int
    name: str
    type: int
    mentions: int
    first: float | None
    last: float | None
    kept: int


@dataclass(frozen=True, slots=True)
class FiberRow:
    """The pathway of an engram; the last four fields are None until it is conducted or weighed."""

    engram: int
    place: int
    at: float
    pathway: Pathway
    conductivity: float | None = None
    salience: float | None = None
    frequency: int | None = None
    conducted: float | None = None


@dataclass(frozen=True, slots=True)
class AssociationRow:
    """An association with the number of fibers behind it.

    `learned` is the reinforcement of its weight at the time `used`, after `reinforced` uses.
    """

    head: int
    type: int
    tail: int
    evidence: int
    learned: float = 0.0
    reinforced: int = 0
    used: float | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Visible places: those `included` (None: all) without the `hidden` ones."""

    included: frozenset[int] | None = None
    hidden: frozenset[int] = frozenset()

    @property
    def everywhere(self) -> bool:
        """Whether all places are visible."""
        return self.included is None and not self.hidden

    @property
    def condition(self) -> tuple[str, str]:
        """The condition in SQL for a `place`, and its parameter."""
        test, listed = "place NOT IN", self.hidden
        if self.included is not None:
            test, listed = "place IN", self.included - self.hidden
        return f"{test} (SELECT value FROM json_each(?))", json.dumps(sorted(listed))

    def __contains__(self, place: object) -> bool:
        return (self.included is None or place in self.included) and place not in self.hidden


EVERYWHERE = Places()


def places(connection: sqlite3.Connection, collection: int | None = None) -> Places:
    """The places of a collection (None: of the library), without sources in the trash."""
    hidden = frozenset(
        row[0] for row in connection.execute("SELECT id FROM source WHERE trashed IS NOT NULL")
    )
    if collection is None:
        return Places(None, hidden)
    rows = connection.execute("SELECT source FROM membership WHERE collection = ?", (collection,))
    return Places(frozenset((place_of(collection), *(row[0] for row in rows))) - hidden)


# -- concepts --------------------------------------------------------------------------------------

_CONCEPTS = Table(ConceptRow, "concept")


def by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, ConceptRow]:
    """The existing concepts among these."""
    return _CONCEPTS.by_ids(connection, ids)


def owners(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, list[int]]:
    """The concepts of keys, also those that keys denote in one source only."""
    found = {key: [id] for key, id in by_keys(connection, keys).items()}
    for own, id in own_keys(connection).items():
        key = own.rpartition("\x1f")[2]
        if key in keys:
            found.setdefault(key, []).append(id)
    return found


def keys_of(connection: sqlite3.Connection, concept: int) -> list[str]:
    """The keys of a concept."""
    query = "SELECT key FROM concept_key WHERE concept = ? ORDER BY key"
    return [key for (key,) in select(connection, query, concept)]


def ids_by_name(connection: sqlite3.Connection, name: str) -> list[int]:
    """The concepts with this name, ignoring case, most mentioned first.

    Scans all concepts. A word of namesakes names whom it stands for in most sources, too.
    """
    return integers(
        connection,
        "WITH named(id, mentions) AS (SELECT id, mentions FROM concept "
        "WHERE name = ?1 COLLATE NOCASE) SELECT id FROM (SELECT * FROM named UNION "
        "SELECT c.id, c.mentions FROM concept c JOIN concept_key k ON k.concept = c.id "
        "WHERE k.key = lower(?1) AND EXISTS (SELECT 1 FROM named)) ORDER BY mentions DESC, id",
        " ".join(name.split()),
    )


def side_by_side(connection: sqlite3.Connection, words: str) -> list[int]:
    """The concepts whose names make up these words ("Ahab whale"), longest names first.

    Empty if a word is left over, or for long texts. Scans all concepts once.
    """
    split = words.split()
    if not 2 <= len(split) <= _SIDE_BY_SIDE:
        return []
    spans = [(at, end) for at in range(len(split)) for end in range(len(split), at, -1)]
    runs = {span: " ".join(split[slice(*span)]) for span in spans}
    rows = connection.execute(
        "SELECT name, id FROM concept WHERE name COLLATE NOCASE IN "
        f"({', '.join('?' * len(runs))}) ORDER BY mentions, id DESC",
        tuple(runs.values()),
    )
    # Ordered by mentions, so that the most mentioned one overwrites the others.
    ids = {name.casefold(): int(id) for name, id in rows}
    result, at = [], 0
    for begin, end in spans:
        if begin == at and (id := ids.get(runs[begin, end].casefold())) is not None:
            result.append(id)
            at = end
    return result if at == len(split) else []


def like(connection: sqlite3.Connection, words: str, limit: int = 200) -> list[ConceptRow]:
    """The concepts whose names contain these words, most mentioned first; scans all."""
    pattern = " ".join(words.split()).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    test = "WHERE name LIKE ? ESCAPE '\\' ORDER BY mentions DESC, id LIMIT ?"
    return _CONCEPTS.select(connection, test, f"%{pattern}%", limit)


def listing(connection: sqlite3.Connection, places: Places, limit: int) -> list[ConceptRow]:
    """The concepts mentioned most in these places, with `mentions` counted there."""
    if places.everywhere:
        return _CONCEPTS.select(connection, "ORDER BY mentions DESC, id LIMIT ?", limit)
    test, visible = places.condition
    return select_records(
        connection,
        ConceptRow,
        "SELECT id, name, type, n, first, last, kept FROM (SELECT concept, count(*) AS n "
        f"FROM mention WHERE {test} GROUP BY concept) JOIN concept ON id = concept "
        "ORDER BY n DESC, id LIMIT ?",
        visible,
        limit,
    )


# -- mentions and fibers ---------------------------------------------------------------------------


def mentions(
    connection: sqlite3.Connection, concept: int, places: Places, limit: int = -1
) -> list[int]:
    """The engrams that mention a concept, newest first."""
    test, visible = places.condition
    return integers(
        connection,
        f"SELECT engram FROM mention WHERE concept = ? AND {test} ORDER BY engram DESC LIMIT ?",
        concept,
        visible,
        limit,
    )


def mention_count(connection: sqlite3.Connection, concept: int, places: Places) -> int:
    """The number of mentions of a concept in these places."""
    test, visible = places.condition
    return select_number(
        connection, f"SELECT count(*) FROM mention WHERE concept = ? AND {test}", concept, visible
    )


def time_span(
    connection: sqlite3.Connection, concept: int, places: Places
) -> tuple[float | None, float | None]:
    """The times of a concept's oldest and newest mention in these places; reads all of them."""
    test, visible = places.condition
    first, last = connection.execute(
        "SELECT min(at), max(at) FROM fiber WHERE engram IN "
        f"(SELECT engram FROM mention WHERE concept = ? AND {test})",
        (concept, visible),
    ).fetchone()
    return first, last


#: Engram, text, at, collection, source, title.
MemoryRow = tuple[int, str, float, str | None, int | None, str | None]


def memories(connection: sqlite3.Connection, engrams: Collection[int]) -> list[MemoryRow]:
    """The texts of engrams with fibers, with the collection or source of each."""
    return select(
        connection,
        "SELECT e.id, e.text, f.at, c.name, s.id, s.title FROM json_each(?) j "
        "JOIN engram e ON e.id = j.value JOIN fiber f ON f.engram = e.id "
        "LEFT JOIN collection c ON c.id = -1 - f.place LEFT JOIN source s ON s.id = f.place",
        engrams,
    )


def spans(
    connection: sqlite3.Connection, engrams: Collection[int]
) -> list[tuple[int, int, int, int, str | None]]:
    """Engram, source, start, end and printed page of the engrams among these from sources."""
    return select(
        connection,
        "SELECT e.id, p.source, e.start, e.end, p.page_label FROM json_each(?) j "
        "JOIN engram e ON e.id = j.value JOIN passage p ON p.id = e.passage",
        engrams,
    )


def sentences_between(
    connection: sqlite3.Connection, source: Id, start: Number, end: Number
) -> list[int]:
    """The statements of a source that have a part in `[start, end)` of its text, in order."""
    return integers(
        connection,
        "SELECT e.id FROM passage p JOIN engram e ON e.id BETWEEN p.first_engram AND p.last_engram "
        "WHERE p.source = ? AND p.start < ? AND p.end > ? AND e.start < ? AND e.end > ? "
        "ORDER BY e.start",
        source,
        end,
        start,
        end,
        start,
    )


def mentioning(
    connection: sqlite3.Connection, ids: Collection[int], places: Places = EVERYWHERE
) -> dict[int, int]:
    """The number of fibers in these places for each existing concept."""
    if not places.everywhere:
        return {id: mention_count(connection, id, places) for id in ids}
    return values_by_id(connection, "concept", "mentions", ids)


def containing(
    connection: sqlite3.Connection, concepts: Collection[int], places: Places, limit: int = -1
) -> list[int]:
    """The engrams whose fibers contain all of these concepts, newest first."""
    numbers = mentioning(connection, concepts)
    if not concepts or len(numbers) < len(set(concepts)):
        return []
    # Scan the rarest concept, and look the others up.
    first, *remaining = sorted(numbers, key=lambda id: (numbers[id], id))
    visible, parameter = places.condition
    tests = "".join(
        f" AND EXISTS (SELECT 1 FROM mention WHERE concept = {other} AND place = m.place "
        "AND engram = m.engram)"
        for other in remaining
    )
    return integers(
        connection,
        f"SELECT m.engram FROM mention m WHERE m.concept = ? AND m.{visible}{tests} "
        "ORDER BY m.engram DESC LIMIT ?",
        first,
        parameter,
        limit,
    )


def close_pairs(
    connection: sqlite3.Connection, concepts: tuple[int, int], places: Places, limit: int
) -> list[tuple[int, int]]:
    """Pairs of engrams in one passage that mention one of two concepts each, closest first.

    The earlier engram of a pair comes first. Assumes that no engram mentions both.
    """
    test, visible = places.condition
    return connection.execute(
        "SELECT min(a.engram, b.engram), max(a.engram, b.engram) FROM mention a "
        "JOIN engram e ON e.id = a.engram JOIN passage p ON p.id = e.passage "
        "JOIN mention b ON b.concept = ? AND b.place = a.place "
        "AND b.engram BETWEEN p.first_engram AND p.last_engram "
        f"WHERE a.concept = ? AND a.place >= 0 AND a.{test} "
        "ORDER BY abs(a.engram - b.engram), a.engram LIMIT ?",
        (*reversed(concepts), visible, limit),
    ).fetchall()


_FIBER = "SELECT engram, place, at, record, conductivity, salience, frequency, conducted FROM fiber"


def fibers(connection: sqlite3.Connection, engrams: Collection[int]) -> dict[int, FiberRow]:
    """The fibers of these engrams, without damaged ones."""
    rows = execute(
        connection, f"{_FIBER} WHERE engram IN (SELECT value FROM json_each(?))", engrams
    )
    results: dict[int, FiberRow] = {}
    for engram, place, at, record, *remainder in rows:
        try:
            pathway = fiber_records.unpack(record)
        except FiberRecordError:
            _log.warning("The way through statement %s is damaged; a repair mends it.", engram)
            continue
        results[engram] = FiberRow(engram, place, at, pathway, *remainder)
    return results


def latest_pathways(
    connection: sqlite3.Connection, after: int, upto: int, limit: int
) -> list[Pathway]:
    """The pathways of engrams in (after, upto], newest first."""
    query = "SELECT record FROM fiber WHERE engram > ? AND engram <= ? ORDER BY engram DESC LIMIT ?"
    # Damaged records are reported where they matter.
    return [path for (path,) in fiber_records.intact(select(connection, query, after, upto, limit))]


def contemporaries(
    connection: sqlite3.Connection, fiber: FiberRow, seconds: float, limit: int
) -> list[tuple[int, float]]:
    """Statements told to the same scope within `seconds` of a fiber: (engram, at), nearest first.

    Empty for read statements, which all have the time of their source.
    """
    if fiber.place >= 0:
        return []
    rows = connection.execute(
        "SELECT f.engram, coalesce(f.at, f.told) AS since FROM fact f WHERE f.scope = :scope "
        "AND f.engram <> :engram AND since BETWEEN :at - :most AND :at + :most "
        "AND f.engram BETWEEN :engram - :far AND :engram + :far "
        "ORDER BY abs(since - :at), abs(f.engram - :engram) LIMIT :limit",
        {
            "scope": -1 - fiber.place,
            "engram": fiber.engram,
            "at": fiber.at,
            "most": seconds,
            "far": 2 * _STEP,
            "limit": limit,
        },
    )
    return [(int(engram), float(at)) for engram, at in rows]


# -- associations ----------------------------------------------------------------------------------

ASSOCIATIONS = Table(AssociationRow, "association")


def neighbours(connection: sqlite3.Connection, concept: int, limit: int) -> list[AssociationRow]:
    """The associations of a concept, in descending order of evidence.

    Without those that the user rejected.
    """
    wrong = verdicts.rejected(connection)
    rows = select_records(
        connection,
        AssociationRow,
        f"{ASSOCIATIONS.query} WHERE head = ?1 UNION ALL {ASSOCIATIONS.query} WHERE tail = ?1 "
        "ORDER BY evidence DESC, learned DESC, head, type, tail LIMIT ?2",
        concept,
        limit + len(wrong),
    )
    return [row for row in rows if (row.head, row.type, row.tail) not in wrong][:limit]


def association(
    connection: sqlite3.Connection, head: int, type: int, tail: int
) -> AssociationRow | None:
    """An association, or None."""
    test = "WHERE head = ? AND type = ? AND tail = ?"
    return ASSOCIATIONS.first(connection, test, head, type, tail)


def evidence(
    connection: sqlite3.Connection, triple: Triple, places: Places, limit: int = -1
) -> list[int]:
    """The engrams whose fibers contain an association, newest first."""
    results: list[int] = []
    shared = containing(connection, {triple[0], triple[2]}, places)
    for begin in range(0, len(shared), _STEP):
        part = shared[begin : begin + _STEP]
        present = fibers(connection, part)
        for engram in part:
            if len(results) == limit:
                return results
            fiber = present.get(engram)
            if fiber is not None and triple in triples_of(fiber.pathway):
                results.append(engram)
    return results


def of_sources(
    connection: sqlite3.Connection, sources: Collection[int]
) -> dict[int, tuple[int, int]]:
    """The numbers of concepts and associations in the fibers of each source."""
    rows = execute(
        connection,
        "SELECT x.source, f.record FROM extent x JOIN fiber f "
        "ON f.engram BETWEEN x.first AND x.last "
        "WHERE x.source IN (SELECT value FROM json_each(?))",
        sources,
    )
    concepts: dict[int, set[int]] = {source: set() for source in sources}
    triples: dict[int, set[Triple]] = {source: set() for source in sources}
    for source, pathway in fiber_records.intact(rows):
        concepts[source].update(pathway.concepts)
        triples[source] |= triples_of(pathway)
    return {source: (len(concepts[source]), len(triples[source])) for source in sources}


# -- progress --------------------------------------------------------------------------------------


def linked(connection: sqlite3.Connection) -> int:
    """The last engram whose concepts are linked."""
    return meta.number(connection, meta.LINKED)


def reach_linked(connection: sqlite3.Connection) -> int:
    """Set the state of verified, fully linked sources to linked; returns their number."""
    return connection.execute(
        "UPDATE source SET state = 'linked' WHERE state IN ('verified', 'embedded') "
        "AND NOT EXISTS (SELECT 1 FROM extent WHERE source = source.id "
        "AND last > coalesce((SELECT value FROM meta WHERE key = ?), 0))",
        (meta.LINKED,),
    ).rowcount


def pending(connection: sqlite3.Connection) -> tuple[int, int, bool]:
    """Progress of linking: last engram linked, last one existing, whether retracing is pending."""
    row = connection.execute(
        "SELECT (SELECT value FROM meta WHERE key = ?), (SELECT max(id) FROM engram), "
        f"EXISTS (SELECT 1 FROM waiting WHERE stage = 0) OR EXISTS ({GONE_FIBERS})",
        (meta.LINKED,),
    ).fetchone()
    return int(row[0] or 0), int(row[1] or 0), bool(row[2])
