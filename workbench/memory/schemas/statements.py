"""A schema as statements: plain sentences to answer questions from, with their concepts.

One for the database, for each table one on its columns, one on their types, one for every pattern
and comment, and two for every reference: on its columns, and on its table. Wide tables are split
over several, since a sentence of a thousand names is unreadable and exceeds the limit of a fiber.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.databases.records import Column, Reference, Table
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType, ConceptType, Trace
from workbench.memory.schemas.patterns import (
    Pattern,
    PatternKind,
    is_common,
    sense,
    words,
)
from workbench.memory.schemas.sentences import Sentence, join_list, printable, quoted, spelled

#: Maximum columns, tables and values per sentence.
_COLUMNS = 20
_TABLES = 40
_VALUES = 20
#: Maximum references of which the columns are described, too: with more, the additional wording is
#: not worth twice as many statements.
_MOST_REFERENCES = 1000
#: Maximum characters of a comment.
_COMMENT = 400
#: The weight of a concept in a statement.
_CENTRAL, _MENTIONED, _CONTEXT = 1.0, 0.7, 0.5

_IS = AssociationType.IS_A
_CONTAINS = AssociationType.CONTAINS
_HAS = AssociationType.HAS_PROPERTY
_RELATED = AssociationType.RELATED_TO


@dataclass(frozen=True, slots=True)
class SchemaStatement:
    """A statement of a schema, its concepts, and its salience (0 to 1)."""

    text: str
    trace: Trace
    salience: float


@dataclass(frozen=True, slots=True)
class Described:
    """A database to describe: its label, its tables, and their patterns and references."""

    label: str
    system: str
    tables: Sequence[Table]
    patterns: Sequence[Pattern]
    references: bool


def statements(of: Described) -> Iterator[SchemaStatement]:
    """Yield all statements; two of equal text are repeated.

    Among equal matches the last statement is found first: hence frequent topics come later, and a
    table after those that refer to it. A concept is named by its first mention: hence references
    come before columns of the same name.
    """
    by = {table.name: table for table in of.tables}
    if of.references:
        for table in _targets_first(of.tables):
            for reference in table.references:
                target = by.get(reference.table)
                yield _reference(of, table, reference, target.key if target else ())
        if sum(len(table.references) for table in of.tables) <= _MOST_REFERENCES:
            for table in of.tables:
                for reference in table.references:
                    yield _referring_columns(of, table, reference)
    for table in of.tables:
        for part in _parts(table.columns):
            yield _types(of, table, part)
        yield from _comments(of, table)
    for pattern in of.patterns:
        yield _pattern(of, pattern, by)
    for table in of.tables:
        if table.key:
            yield _key(of, table)
    for table in of.tables:
        yield from _columns(of, table)
    yield from _database(of)


def _targets_first(tables: Sequence[Table]) -> list[Table]:
    """The tables in topological order, targets first, as far as references are acyclic."""
    by = {table.name: table for table in tables}
    ordered: dict[str, Table] = {}
    visited: set[str] = set()
    for first in tables:
        waiting = [(first, False)]
        while waiting:
            table, expanded = waiting.pop()
            if expanded:
                ordered[table.name] = table
            elif table.name not in visited:
                visited.add(table.name)
                waiting.append((table, True))
                waiting += ((by[r.table], False) for r in table.references if r.table in by)
    return list(ordered.values())


def _parts(columns: Sequence[Column]) -> Iterator[Sequence[Column]]:
    for begin in range(0, len(columns), _COLUMNS):
        yield columns[begin : begin + _COLUMNS]


def concept_key(name: str) -> str:
    """The concept key of a table or column: that of its words in any text."""
    return key_of(" ".join(words(name))) or name.casefold()


def _concepts_of(
    of: Described, table: Table | None, columns: Iterable[str]
) -> list[tuple[str, str, ConceptType]]:
    """Columns with their concepts; a foreign key is the table it refers to.

    Ubiquitous columns, such as `id`, have none: they would join everything.
    """
    targets = {name: r.table for r in table.references for name in r.columns} if table else {}
    result = []
    for column in columns:
        if column in targets:
            key = concept_key(targets[column]) if of.references else ""
            result.append((column, key, ConceptType.ENTITY))
        else:
            key = "" if is_common(column) else concept_key(column)
            result.append((column, key, ConceptType.CONCEPT))
    return result


def _related(sentence: Sentence, of: Described, table: Table) -> None:
    """Join a table to its foreign keys' tables, if the reference has no more specific meaning.

    Three statements name such a key: only together do they reach the weight of `patterns.WEIGHTS`,
    which other association types have from the start.
    """
    for reference in table.references if of.references else ():
        if sense(reference) is _RELATED:
            sentence.bond(concept_key(table.name), _RELATED, concept_key(reference.table))


def _to_statement(sentence: Sentence, salience: float) -> SchemaStatement:
    text, trace = sentence.build()
    return SchemaStatement(text, trace, salience)


def _append_table(
    sentence: Sentence, of: Described, table: Table | str, weight: float = _CENTRAL
) -> None:
    """Append a table with its database: “The batches table (with its words) of mill”."""
    name = table if isinstance(table, str) else table.name
    view = not isinstance(table, str) and table.view
    sentence.name(name, key=concept_key(name), weight=weight)
    sentence.append(" view" if view else " table")
    if extra := spelled(name):
        sentence.append(f" ({extra})")
    sentence.append(" of ").name(of.label, key=concept_key(of.label), weight=_CONTEXT)


def _database(of: Described) -> Iterator[SchemaStatement]:
    database_key = concept_key(of.label)
    tables = [table for table in of.tables if not table.view]
    views = [table for table in of.tables if table.view]
    for kind, members in (("table", tables), ("view", views)):
        if not members:
            continue
        for begin in range(0, len(members), _TABLES):
            part = members[begin : begin + _TABLES]
            end = begin + len(part)
            sentence = Sentence()
            if begin:
                sentence.append(f"{kind.capitalize()}s {begin + 1} to {end} of the database ")
                sentence.name(of.label, key=database_key).append(" are ")
            else:
                # “Has” would be taken to contradict statements on tables.
                verb = "has" if kind == "table" else "offers"
                sentence.append("The database ").name(of.label, key=database_key)
                sentence.append(f" ({of.system}) {verb} {_plural(len(members), kind)}")
                sentence.append(": " if end == len(members) else f", of which the first {end} are ")
            for place, table in enumerate(part):
                if place:
                    sentence.append(" and " if place == len(part) - 1 else ", ")
                key = concept_key(table.name)
                sentence.name(table.name, key=key, weight=_MENTIONED).bond(
                    database_key, _CONTAINS, key
                )
            yield _to_statement(sentence.append("."), 0.5)


def _columns(of: Described, table: Table) -> Iterator[SchemaStatement]:
    table_key = concept_key(table.name)
    if not table.columns:
        sentence = Sentence().append("The ")
        _append_table(sentence, of, table)
        yield _to_statement(sentence.append(" has no columns."), 0.2)
    end = 0
    for part in _parts(table.columns):
        begin, end = end, end + len(part)
        sentence = Sentence()
        if begin:
            sentence.append(f"Columns {begin + 1} to {end} of the ")
            _append_table(sentence, of, table)
            sentence.append(" are ")
        else:
            sentence.append("The ")
            _append_table(sentence, of, table)
            sentence.append(f" has {_plural(len(table.columns), 'column')}")
            is_complete = end == len(table.columns)
            sentence.append(": " if is_complete else f", of which the first {end} are ")
        sentence.bond(concept_key(of.label), _CONTAINS, table_key)
        columns = _concepts_of(of, table, (column.name for column in part))
        sentence.list(columns, _MENTIONED)
        for _, key, type in columns:
            if type is ConceptType.CONCEPT:
                sentence.bond(table_key, _CONTAINS, key)
        _related(sentence, of, table)
        yield _to_statement(sentence.append("."), 0.4)


def _key(of: Described, table: Table) -> SchemaStatement:
    # The database first: “of orders of shop” would be read as one name.
    sentence = Sentence().append("In ").name(of.label, key=concept_key(of.label), weight=_CONTEXT)
    sentence.append(", the primary key of ").name(table.name, key=concept_key(table.name))
    if extra := spelled(table.name):
        sentence.append(f" ({extra})")
    sentence.append(" is ")
    sentence.list(_concepts_of(of, table, table.key), _MENTIONED)
    return _to_statement(sentence.append("."), 0.3)


def _types(of: Described, table: Table, part: Sequence[Column]) -> SchemaStatement:
    # Without a verb: a sentence of many types must not answer a question for one.
    sentence = Sentence().append("Column types of the ")
    _append_table(sentence, of, table)
    sentence.append(": ")
    columns = _concepts_of(of, table, (column.name for column in part))
    for place, (column, (name, key, type)) in enumerate(zip(part, columns, strict=True)):
        sentence.append(", " if place else "")
        if extra := spelled(column.name):
            sentence.append(f"{extra} (")
        sentence.name(name, key=key, type=type, weight=_MENTIONED)
        sentence.append(")" if extra else "")
        traits = join_list(list(_traits(table, column)))
        sentence.append(f" {printable(column.type)}" if column.type else " of any type")
        sentence.append(f" ({traits})" if traits else "")
    _related(sentence, of, table)
    return _to_statement(sentence.append("."), 0.3)


def _traits(table: Table, column: Column) -> Iterator[str]:
    if column.primary:
        yield "primary key" if len(table.key) == 1 else "part of the primary key"
    elif column.required:
        yield "required"
    if column.unique and not column.primary:
        yield "unique"
    if column.generated:
        yield "generated"


def _comments(of: Described, table: Table) -> Iterator[SchemaStatement]:
    if table.note.strip():
        sentence = Sentence().append("The ")
        _append_table(sentence, of, table)
        sentence.append(f" is described as “{printable(table.note.strip(), _COMMENT)}”.")
        yield _to_statement(sentence, 0.5)
    for column in table.columns:
        if not column.note.strip():
            continue
        sentence = Sentence().append("The ")
        sentence.list(_concepts_of(of, table, [column.name]), _CENTRAL)
        sentence.append(" column of the ")
        _append_table(sentence, of, table, _MENTIONED)
        yield _to_statement(
            sentence.append(f" is described as “{printable(column.note.strip(), _COMMENT)}”."), 0.4
        )


def _referring_columns(of: Described, table: Table, reference: Reference) -> SchemaStatement:
    many = len(reference.columns) > 1
    # The name after its noun: “the batch column” would be read as the batches.
    sentence = Sentence().append(f"The column{'s' if many else ''} ")
    sentence.list(_concepts_of(of, table, reference.columns), _MENTIONED)
    sentence.append(" of the ")
    _append_table(sentence, of, table)
    sentence.append(f" refer{'' if many else 's'} to the ")
    sentence.name(reference.table, key=concept_key(reference.table)).append(" table")
    return _to_statement(sentence.append("."), 0.4)


def _reference(
    of: Described, table: Table, reference: Reference, target_key: tuple[str, ...]
) -> SchemaStatement:
    table_key, target = concept_key(table.name), concept_key(reference.table)
    sentence = Sentence().append("The ")
    _append_table(sentence, of, table)
    sentence.append(" refers to ")
    if reference.table == table.name:
        sentence.append("itself")
    else:
        sentence.append("the ").name(reference.table, key=target).append(" table")
        if extra := spelled(reference.table):
            sentence.append(f" ({extra})")
    sentence.append(" by ")
    sentence.list(_concepts_of(of, table, reference.columns), _MENTIONED)
    if target_key and any(reference.targets) and reference.targets != target_key:
        # Usually the primary key, which is left out.
        sentence.append(f" ({join_list([quoted(name) for name in reference.targets])} there)")
    sentence.bond(table_key, sense(reference), target)
    return _to_statement(sentence.append("."), 0.5)


def _pattern(of: Described, pattern: Pattern, by: Mapping[str, Table]) -> SchemaStatement:
    table_key = concept_key(pattern.table)
    property_key = pattern.kind.value
    sentence = Sentence()
    columns = _concepts_of(of, by.get(pattern.table), pattern.columns)

    def append_subject(prefix: str = "The ") -> None:
        sentence.append(prefix)
        _append_table(sentence, of, pattern.table)

    def kind(prefix: str = " (", suffix: str = ").", relation: AssociationType = _HAS) -> None:
        sentence.append(prefix).name_of_kind(pattern.kind.value).append(suffix)
        sentence.bond(table_key, relation, property_key)

    match pattern.kind:
        case PatternKind.AUDIT:
            append_subject()
            kind(" has ", " and keeps track of the changes of its rows in ")
            sentence.list(columns, _MENTIONED).append(".")
        case PatternKind.SOFT_DELETE:
            append_subject()
            kind(" uses ", " and marks deleted rows in ")
            sentence.list(columns, _MENTIONED).append(".")
        case PatternKind.TREE:
            append_subject()
            kind(" is a ", " and a hierarchy of its own rows by ")
            sentence.list(columns, _MENTIONED).append(".")
        case PatternKind.POLYMORPHIC:
            append_subject()
            sentence.append(" points to rows of several tables by ").list(columns, _MENTIONED)
            kind()
        case PatternKind.ENUMERATION:
            sentence.append("The values of the ").list(columns, _CENTRAL)
            append_subject(" column of the ")
            sentence.append(f" are {_values(pattern.values)}")
            kind()
        case PatternKind.LOOKUP:
            append_subject()
            kind(" is a ", " and does nothing but list values.", _IS)
        case PatternKind.JOIN:
            append_subject()
            kind(" is a ", " and joins ", _IS)
            _join(sentence, pattern)
    return _to_statement(sentence, 0.4)


def _join(sentence: Sentence, pattern: Pattern) -> None:
    table_key = concept_key(pattern.table)
    left, right = pattern.others
    sentence.name(left, key=concept_key(left))
    if left == right:
        sentence.append(" with one another")
    else:
        sentence.append(" and ").name(right, key=concept_key(right))
    sentence.append(" (many to many).")
    sentence.bond(concept_key(left), _RELATED, concept_key(right))
    for other in (left, right):
        sentence.bond(table_key, _RELATED, concept_key(other))


def _values(values: Sequence[str]) -> str:
    quoted_values = [quoted(value) for value in values[:_VALUES]]
    if len(values) > _VALUES:
        quoted_values.append(f"{len(values) - _VALUES} others")
    return join_list(quoted_values)


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def distinct(candidates: Iterable[SchemaStatement]) -> dict[str, SchemaStatement]:
    """Statements by their text, without duplicates."""
    by_text: dict[str, SchemaStatement] = {}
    for statement in candidates:
        by_text.setdefault(statement.text, statement)
    return by_text
