"""Stores the statements of a database schema as facts.

They are compared with the former ones, so that learning a schema again changes only what is
different, in one transaction. Statements that another database or the user makes, too, stay when
this one drops them.
"""

import math
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.databases.reading import TIMEOUT, read_schema
from ingest.databases.records import Schema, Table
from ingest.errors import IngestError
from workbench.errors import InputError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.memory import plasticity
from workbench.memory.facts import consolidating, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.schemas import statements
from workbench.memory.schemas.patterns import WEIGHTS, patterns, sense
from workbench.memory.schemas.records import STAGES, Related, Trained, Training
from workbench.memory.schemas.sentences import printable
from workbench.memory.schemas.statements import Described, SchemaStatement
from workbench.store import collections, concept_mentions, strengths
from workbench.store import facts as rows
from workbench.store.concept_mentions import NewFiber
from workbench.store.strengths import StrengthRow
from workbench.store.text import place_of

#: Maximum characters of a domain: a word or two.
_LONGEST_DOMAIN = 60
_DEFAULT = Training()


def train(
    index: FactIndex,
    url: str,
    training: Training = _DEFAULT,
    *,
    report: Report = silent,
    cancel: Cancel | None = None,
    timeout: float = TIMEOUT,
) -> Trained:
    """Learn the schema of a database; no row is read. See `Library.train_db`.

    Raises `UsageError`, `InputError` if the database cannot be used (without user or password in
    its message), and `Cancelled`; then nothing has changed.
    """
    checked(training)
    stop = cancel or Cancel()
    schema = _read(url, report, stop, timeout)
    label = " ".join(training.domain.split()) or printable(schema.name)
    tables, left_out = _select_tables(schema.tables, training.max_tables)
    table_patterns = patterns(tables) if training.patterns else []
    described = Described(label, schema.system, tables, table_patterns, training.references)
    by_text = statements.distinct(_unstopped(statements.statements(described), stop))
    teller = remembering.source_name(schema.place)
    stored = _store(index, by_text, teller, training, report, stop)
    if training.consolidate:
        consolidating.consolidate(index, training.collection, report=report, cancel=cancel)
    return _result(schema, training, described, left_out, by_text, stored)


def _unstopped(items: Iterable[SchemaStatement], stop: Cancel) -> Iterator[SchemaStatement]:
    for statement in items:
        stop.check()
        yield statement


def checked(training: Training) -> None:
    """Raise `UsageError` for invalid options."""
    if training.max_tables < 1:
        raise UsageError("How many tables at most?", "Give a number above 0, such as 100.")
    ceiling = training.salience_ceiling
    if not (math.isfinite(ceiling) and 0 <= ceiling <= 1):
        raise UsageError("A ceiling of salience is a number from 0 to 1.", "The usual is 0.5.")
    if training.stage not in STAGES:
        raise UsageError(
            f"There is no stage “{printable(training.stage)}”.", f"Known: {', '.join(STAGES)}."
        )
    domain = training.domain
    if len(domain) > _LONGEST_DOMAIN or printable(domain) != domain:
        raise UsageError(
            "A domain is a word or two, such as “orders”.", "It stands in every statement."
        )


def _read(url: str, report: Report, stop: Cancel, timeout: float) -> Schema:
    def on_progress(count: int, total: int, unit: str) -> None:
        report(Progress("reading", count, total, unit))

    try:
        return read_schema(url, report=on_progress, cancel=stop.check, timeout=timeout)
    except IngestError as error:
        raise InputError(error.message, error.hint, error.code) from None


def _select_tables(tables: Sequence[Table], limit: int) -> tuple[list[Table], tuple[str, ...]]:
    """Partition the tables: those to learn, ordered by name, and the names of the others."""
    if len(tables) <= limit:
        return list(tables), ()
    ties: Counter[str] = Counter()
    for table in tables:
        for reference in table.references:
            ties[table.name] += 1
            ties[reference.table] += 1
    ranked = sorted(tables, key=lambda table: (table.view, -ties[table.name], table.name))
    names = {table.name for table in ranked[:limit]}
    selected = [table for table in tables if table.name in names]
    return selected, tuple(table.name for table in tables if table.name not in names)


# -- storing ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Stored:
    """The statements that were added and removed, and the facts dropped for capacity."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    dropped: int = 0


def _store(
    index: FactIndex,
    by_text: Mapping[str, SchemaStatement],
    teller: str,
    training: Training,
    report: Report,
    stop: Cancel,
) -> _Stored:
    """Replace the statements of a database in a scope, in one transaction."""
    collection = training.collection
    with index.store.read() as connection:
        existing = _stored_statements(connection, rows.scope_id(connection, collection), teller)
    if existing.keys() == by_text.keys():
        return _Stored()
    report(Progress("remembering", 0, len(by_text.keys() - existing.keys()), "statements"))
    stop.check()
    # Refresh the index before the library is locked.
    index.lexicon.refresh()

    def work(connection: sqlite3.Connection) -> _Stored:
        scope = rows.scope_id(connection, collection)
        if scope is None:
            scope = collections.create(connection, collection or "").id
        existing = _stored_statements(connection, scope, teller)
        removed = [text for text in existing if text not in by_text]
        added = [text for text in by_text if text not in existing]
        fresh = _unknown(index, connection, scope, added, teller)
        _add(index, connection, scope, [by_text[text] for text in fresh], teller, training)
        rows.unsay(connection, [existing[text] for text in removed], teller)
        dropped = rows.enforce_capacity(connection, scope, len(fresh)) if fresh else 0
        return _Stored(tuple(added), tuple(removed), dropped)

    return index.store.write(work)


def _stored_statements(
    connection: sqlite3.Connection, scope: int | None, teller: str
) -> dict[str, int]:
    """The former statements of a database in a scope, by text."""
    if scope is None:
        return {}
    ids = rows.of_teller(connection, scope, teller)
    return {text: id for id, text in rows.texts(connection, ids).items()}


def _unknown(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    texts: Sequence[str],
    teller: str,
) -> list[str]:
    """The new statements; of known ones the database becomes another source."""
    timestamp = index.store.clock()
    new: list[str] = []
    existing = remembering.existing_ids(index, connection, scope, texts)
    words = rows.texts(connection, existing.values())
    for place, text in enumerate(texts):
        if place in existing and words.get(existing[place]) == text:
            rows.add_teller(connection, existing[place], teller, timestamp)
        else:
            new.append(text)
    return new


def _add(
    index: FactIndex,
    connection: sqlite3.Connection,
    scope: int,
    fresh: Sequence[SchemaStatement],
    teller: str,
    training: Training,
) -> None:
    if not fresh:
        return
    timestamp = index.store.clock()
    texts = [statement.text for statement in fresh]
    first = rows.add(connection, scope, texts, teller, recorded=timestamp, at=timestamp)
    items = list(enumerate(fresh, first))
    settings = index.strengths.settings
    pace = STAGES[training.stage]
    weighed = []
    for id, statement in items:
        salience = min(statement.salience, training.salience_ceiling)
        stability = plasticity.first_stability(salience, settings) / pace
        weighed.append(
            StrengthRow(id, settings.first, timestamp, 0, stability, salience, came=timestamp)
        )
    strengths.store(connection, weighed)
    _weave(connection, scope, timestamp, items)
    # A fiber has the salience of its statement.
    concept_mentions.weigh(connection, [(row.engram, row.salience) for row in weighed])


def _weave(
    connection: sqlite3.Connection,
    scope: int,
    at: float,
    items: Sequence[tuple[int, SchemaStatement]],
) -> None:
    """Store the fibers of statements, which need no tracing."""
    place = place_of(scope)
    fibers = [NewFiber(id, place, at, statement.trace) for id, statement in items]
    concept_mentions.weave(connection, concept_mentions.spin(connection, fibers))


# -- results ---------------------------------------------------------------------------------------


def _result(
    schema: Schema,
    training: Training,
    described: Described,
    left_out: tuple[str, ...],
    by_text: Collection[str],
    stored: _Stored,
) -> Trained:
    related = tuple(
        Related(table.name, reference.columns, reference.table, sense(reference).name.lower(),
                WEIGHTS[sense(reference)])
        for table in described.tables
        for reference in table.references
    ) if training.references else ()  # fmt: skip
    views = sum(table.view for table in described.tables)
    return Trained(
        place=schema.place,
        database=schema.name,
        domain=training.domain,
        collection=training.collection,
        tables=len(described.tables) - views,
        views=views,
        relationships=len(related),
        patterns=len(described.patterns),
        fingerprint=schema.fingerprint,
        statements=len(by_text),
        added=stored.added,
        removed=stored.removed,
        changed=bool(stored.added or stored.removed),
        left_out=left_out,
        unread=schema.unread,
        related=related,
        notices=tuple(_notices(schema, training, left_out, stored)),
        dropped=stored.dropped,
    )


def _notices(
    schema: Schema, training: Training, left_out: Sequence[str], stored: _Stored
) -> list[str]:
    messages = []
    if left_out:
        messages.append(
            f"{len(left_out):,} of {len(schema.tables):,} tables and views were left out: those "
            f"tied to the fewest others. Raise the limit of {training.max_tables:,} to learn them."
        )
    if schema.unread:
        more = f" and {len(schema.unread) - 1:,} others" if len(schema.unread) > 1 else ""
        messages.append(
            f"The database itself cannot describe “{printable(schema.unread[0])}”{more}: "
            "what it is made of is gone."
        )
    if training.references and not any(table.references for table in schema.tables):
        messages.append("The schema declares no foreign keys, so there are no relationships in it.")
    if stored.dropped:
        messages.append(
            f"The collection is full: {stored.dropped:,} of its oldest facts left. "
            "Make room with: workbench stats --keep N"
        )
    return messages
