"""A schema as statements: plain sentences that can be asked, each with the concepts it names.

One for the database, and for each table one of its columns, one of their types, one for every
reference, pattern and comment. Wide tables take several, since nobody reads a sentence of a
thousand names and no fiber holds so many concepts.
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
from workbench.memory.schemas.sentences import Sentence, listed, printable, shown, spelled

#: Columns, tables and values of one sentence.
_COLUMNS = 20
_TABLES = 40
_VALUES = 20
#: Characters of a comment.
_COMMENT = 400
#: How much a statement is about what it names.
_CENTRAL, _NAMED, _BESIDE = 1.0, 0.7, 0.5

_IS = AssociationType.IS_A
_CONTAINS = AssociationType.CONTAINS
_HAS = AssociationType.HAS_PROPERTY
_RELATED = AssociationType.RELATED_TO


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a schema, what it names, and how much it matters (0 to 1)."""

    text: str
    trace: Trace
    salience: float


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one database: its label, its tables, and patterns and references of them."""

    label: str
    system: str
    tables: Sequence[Table]
    patterns: Sequence[Pattern]
    references: bool


def statements(of: Described) -> Iterator[Stated]:
    """All statements; two that read alike come twice.

    Of those that a question fits equally the last one is found first: hence what is asked more
    often comes later, and a reference to a table after those that go out from it. A concept has the
    name of the first that mentions it: hence references come before columns that are named so.
    """
    by = {table.name: table for table in of.tables}
    if of.references:
        for table in _targets_first(of.tables):
            for reference in table.references:
                target = by.get(reference.table)
                yield _reference(of, table, reference, target.key if target else ())
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
    """Tables after those that they refer to, as far as they do not refer in circles."""
    by = {table.name: table for table in tables}
    ordered: dict[str, Table] = {}
    seen: set[str] = set()
    for first in tables:
        waiting = [(first, False)]
        while waiting:
            table, done = waiting.pop()
            if done:
                ordered[table.name] = table
            elif table.name not in seen:
                seen.add(table.name)
                waiting.append((table, True))
                waiting += ((by[r.table], False) for r in table.references if r.table in by)
    return list(ordered.values())


def _parts(columns: Sequence[Column]) -> Iterator[Sequence[Column]]:
    for begin in range(0, len(columns), _COLUMNS):
        yield columns[begin : begin + _COLUMNS]


def concept_key(name: str) -> str:
    """The key of the concept that a table or column is: that of its words in any text."""
    return key_of(" ".join(words(name))) or name.casefold()


def _about(
    of: Described, table: Table | None, columns: Iterable[str]
) -> list[tuple[str, str, ConceptType]]:
    """Columns with the concepts that they are; a foreign key is the table that it points to.

    What every table has, such as `id`, is none: it would tie everything to everything.
    """
    led = {name: r.table for r in table.references for name in r.columns} if table else {}
    found = []
    for column in columns:
        if column in led:
            key = concept_key(led[column]) if of.references else ""
            found.append((column, key, ConceptType.ENTITY))
        else:
            key = "" if is_common(column) else concept_key(column)
            found.append((column, key, ConceptType.CONCEPT))
    return found


def _related(sentence: Sentence, of: Described, table: Table) -> None:
    """Tie a table to those that its foreign keys name, where a reference says nothing more.

    Three statements name such a key: that makes the weight of `patterns.WEIGHTS`, which other
    types of association have from the first.
    """
    for reference in table.references if of.references else ():
        if sense(reference) is _RELATED:
            sentence.bond(concept_key(table.name), _RELATED, concept_key(reference.table))


def _said(sentence: Sentence, salience: float) -> Stated:
    text, trace = sentence.done()
    return Stated(text, trace, salience)


def _named(sentence: Sentence, of: Described, table: Table | str, weight: float = _CENTRAL) -> None:
    """The batches table (with its words) of mill."""
    name = table if isinstance(table, str) else table.name
    view = not isinstance(table, str) and table.view
    sentence.name(name, key=concept_key(name), weight=weight)
    sentence.say(" view" if view else " table")
    if extra := spelled(name):
        sentence.say(f" ({extra})")
    sentence.say(" of ").name(of.label, key=concept_key(of.label), weight=_BESIDE)


def _database(of: Described) -> Iterator[Stated]:
    own = concept_key(of.label)
    tables = [table for table in of.tables if not table.view]
    views = [table for table in of.tables if table.view]
    for kind, held in (("table", tables), ("view", views)):
        if not held:
            continue
        for begin in range(0, len(held), _TABLES):
            part = held[begin : begin + _TABLES]
            last = begin + len(part)
            sentence = Sentence()
            if begin:
                sentence.say(f"{kind.capitalize()}s {begin + 1} to {last} of the database ")
                sentence.name(of.label, key=own).say(" are ")
            else:
                # “Has” would be taken to deny what is said of the tables.
                verb = "has" if kind == "table" else "offers"
                sentence.say("The database ").name(of.label, key=own)
                sentence.say(f" ({of.system}) {verb} {_many(len(held), kind)}")
                sentence.say(": " if last == len(held) else f", of which the first {last} are ")
            for place, table in enumerate(part):
                if place:
                    sentence.say(" and " if place == len(part) - 1 else ", ")
                key = concept_key(table.name)
                sentence.name(table.name, key=key, weight=_NAMED).bond(own, _CONTAINS, key)
            yield _said(sentence.say("."), 0.5)


def _columns(of: Described, table: Table) -> Iterator[Stated]:
    own = concept_key(table.name)
    if not table.columns:
        sentence = Sentence().say("The ")
        _named(sentence, of, table)
        yield _said(sentence.say(" has no columns."), 0.2)
    last = 0
    for part in _parts(table.columns):
        begin, last = last, last + len(part)
        sentence = Sentence()
        if begin:
            sentence.say(f"Columns {begin + 1} to {last} of the ")
            _named(sentence, of, table)
            sentence.say(" are ")
        else:
            sentence.say("The ")
            _named(sentence, of, table)
            sentence.say(f" has {_many(len(table.columns), 'column')}")
            whole = last == len(table.columns)
            sentence.say(": " if whole else f", of which the first {last} are ")
        sentence.bond(concept_key(of.label), _CONTAINS, own)
        said = _about(of, table, (column.name for column in part))
        sentence.list(said, _NAMED)
        for _, key, type in said:
            if type is ConceptType.CONCEPT:
                sentence.bond(own, _CONTAINS, key)
        _related(sentence, of, table)
        yield _said(sentence.say("."), 0.4)


def _key(of: Described, table: Table) -> Stated:
    # The place goes first: “of orders of shop” would be read as one name.
    sentence = Sentence().say("In ").name(of.label, key=concept_key(of.label), weight=_BESIDE)
    sentence.say(", the primary key of ").name(table.name, key=concept_key(table.name))
    if extra := spelled(table.name):
        sentence.say(f" ({extra})")
    sentence.say(" is ")
    sentence.list(_about(of, table, table.key), _NAMED)
    return _said(sentence.say("."), 0.3)


def _types(of: Described, table: Table, part: Sequence[Column]) -> Stated:
    # Without a verb: a sentence of many types must not pass for the answer to a question for one.
    sentence = Sentence().say("Column types of the ")
    _named(sentence, of, table)
    sentence.say(": ")
    said = _about(of, table, (column.name for column in part))
    for place, (column, (name, key, type)) in enumerate(zip(part, said, strict=True)):
        sentence.say(", " if place else "")
        if extra := spelled(column.name):
            sentence.say(f"{extra} (")
        sentence.name(name, key=key, type=type, weight=_NAMED)
        sentence.say(")" if extra else "")
        traits = listed(list(_traits(table, column)))
        sentence.say(f" {printable(column.type)}" if column.type else " of any type")
        sentence.say(f" ({traits})" if traits else "")
    _related(sentence, of, table)
    return _said(sentence.say("."), 0.3)


def _traits(table: Table, column: Column) -> Iterator[str]:
    if column.primary:
        yield "primary key" if len(table.key) == 1 else "part of the primary key"
    elif column.required:
        yield "required"
    if column.unique and not column.primary:
        yield "unique"
    if column.generated:
        yield "generated"


def _comments(of: Described, table: Table) -> Iterator[Stated]:
    if table.note.strip():
        sentence = Sentence().say("The ")
        _named(sentence, of, table)
        sentence.say(f" is described as “{printable(table.note.strip(), _COMMENT)}”.")
        yield _said(sentence, 0.5)
    for column in table.columns:
        if not column.note.strip():
            continue
        sentence = Sentence().say("The ")
        sentence.list(_about(of, table, [column.name]), _CENTRAL)
        sentence.say(" column of the ")
        _named(sentence, of, table, _NAMED)
        yield _said(
            sentence.say(f" is described as “{printable(column.note.strip(), _COMMENT)}”."), 0.4
        )


def _reference(
    of: Described, table: Table, reference: Reference, target_key: tuple[str, ...]
) -> Stated:
    own, target = concept_key(table.name), concept_key(reference.table)
    sentence = Sentence().say("The ")
    _named(sentence, of, table)
    sentence.say(" refers to ")
    if reference.table == table.name:
        sentence.say("itself")
    else:
        sentence.say("the ").name(reference.table, key=target).say(" table")
        if extra := spelled(reference.table):
            sentence.say(f" ({extra})")
    sentence.say(" by ")
    sentence.list(_about(of, table, reference.columns), _NAMED)
    if target_key and any(reference.targets) and reference.targets != target_key:
        # As a rule it is the primary key, which needs no words.
        sentence.say(f" ({listed([shown(name) for name in reference.targets])} there)")
    sentence.bond(own, sense(reference), target)
    return _said(sentence.say("."), 0.5)


def _pattern(of: Described, pattern: Pattern, by: Mapping[str, Table]) -> Stated:
    own = concept_key(pattern.table)
    property_key = pattern.kind.value
    sentence = Sentence()
    columns = _about(of, by.get(pattern.table), pattern.columns)

    def about(before: str = "The ") -> None:
        sentence.say(before)
        _named(sentence, of, pattern.table)

    def kind(before: str = " (", after: str = ").", relation: AssociationType = _HAS) -> None:
        sentence.say(before).name_of_kind(pattern.kind.value).say(after)
        sentence.bond(own, relation, property_key)

    match pattern.kind:
        case PatternKind.AUDIT:
            about()
            kind(" has ", " and keeps track of the changes of its rows in ")
            sentence.list(columns, _NAMED).say(".")
        case PatternKind.SOFT_DELETE:
            about()
            kind(" uses ", " and marks deleted rows in ")
            sentence.list(columns, _NAMED).say(".")
        case PatternKind.TREE:
            about()
            kind(" is a ", " and a hierarchy of its own rows by ")
            sentence.list(columns, _NAMED).say(".")
        case PatternKind.POLYMORPHIC:
            about()
            sentence.say(" points to rows of several tables by ").list(columns, _NAMED)
            kind()
        case PatternKind.ENUMERATION:
            sentence.say("The values of the ").list(columns, _CENTRAL)
            about(" column of the ")
            sentence.say(f" are {_values(pattern.values)}")
            kind()
        case PatternKind.LOOKUP:
            about()
            kind(" is a ", " and does nothing but list values.", _IS)
        case PatternKind.JOIN:
            about()
            kind(" is a ", " and joins ", _IS)
            _join(sentence, pattern)
    return _said(sentence, 0.4)


def _join(sentence: Sentence, pattern: Pattern) -> None:
    own = concept_key(pattern.table)
    left, right = pattern.others
    sentence.name(left, key=concept_key(left))
    if left == right:
        sentence.say(" with one another")
    else:
        sentence.say(" and ").name(right, key=concept_key(right))
    sentence.say(" (many to many).")
    sentence.bond(concept_key(left), _RELATED, concept_key(right))
    for other in (left, right):
        sentence.bond(own, _RELATED, concept_key(other))


def _values(values: Sequence[str]) -> str:
    held = [shown(value) for value in values[:_VALUES]]
    if len(values) > _VALUES:
        held.append(f"{len(values) - _VALUES} others")
    return listed(held)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def distinct(stated: Iterable[Stated]) -> dict[str, Stated]:
    """Statements by their words; what reads alike is one."""
    found: dict[str, Stated] = {}
    for each in stated:
        found.setdefault(each.text, each)
    return found
