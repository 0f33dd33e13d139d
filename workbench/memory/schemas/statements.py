"""A schema as statements: plain sentences to answer questions from.

One for the database, for each table one on its columns, one on their types, one for every pattern
and comment, and two for every reference: on its columns, and on its table. Wide tables are split
over several, since a sentence of a thousand names is unreadable and exceeds the limit of a fiber.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.databases.records import Column, Reference, Table
from workbench.memory.schemas.patterns import Pattern, PatternKind, words

#: Maximum columns, tables and values per sentence.
_COLUMNS = 20
_TABLES = 40
_VALUES = 20
#: Maximum references of which the columns are described, too: with more, the additional wording is
#: not worth twice as many statements.
_MOST_REFERENCES = 1000
#: Maximum characters of a name or a value, and of a comment.
_MAX_LENGTH, _COMMENT = 120, 400
_PLAIN = re.compile(r"\w[\w$.-]*")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class SchemaStatement:
    """A statement of a schema, and its salience (0 to 1)."""

    text: str
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
    table after those that refer to it.
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
        yield SchemaStatement(_pattern(of, pattern), 0.4)
    for table in of.tables:
        if table.key:
            # The database first: “of orders of shop” would be read as one name.
            name = quoted(table.name) + _in_words(table.name)
            text = f"In {quoted(of.label)}, the primary key of {name} is {_names(table.key)}."
            yield SchemaStatement(text, 0.3)
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


def _in_words(name: str) -> str:
    """The words of a name in parentheses: “ (order items)”."""
    spelling = spelled(name)
    return f" ({spelling})" if spelling else ""


def _names(names: Iterable[str]) -> str:
    return join_list([quoted(name) for name in names])


def _of_database(of: Described, table: Table | str) -> str:
    """A table with its database: “batches table (with its words) of mill”."""
    name, kind = (table, "table") if isinstance(table, str) else (table.name, _kind(table))
    return f"{quoted(name)} {kind}{_in_words(name)} of {quoted(of.label)}"


def _kind(table: Table) -> str:
    return "view" if table.view else "table"


def _database(of: Described) -> Iterator[SchemaStatement]:
    database = f"the database {quoted(of.label)}"
    for kind in ("table", "view"):
        members = [table.name for table in of.tables if _kind(table) == kind]
        for begin in range(0, len(members), _TABLES):
            part = members[begin : begin + _TABLES]
            if begin:
                start = f"{kind.capitalize()}s {begin + 1} to {begin + len(part)} of {database} are"
            else:
                # “Has” would be taken to contradict statements on tables.
                verb = "has" if kind == "table" else "offers"
                start = f"The{database[3:]} ({of.system}) {verb} {_plural(len(members), kind)}"
                start += _first(part, members)
            yield SchemaStatement(f"{start} {_names(part)}.", 0.5)


def _first(part: Sequence[object], whole: Sequence[object]) -> str:
    """How a list begins that others go on, or not."""
    return ":" if len(part) == len(whole) else f", of which the first {len(part)} are"


def _columns(of: Described, table: Table) -> Iterator[SchemaStatement]:
    named = _of_database(of, table)
    if not table.columns:
        yield SchemaStatement(f"The {named} has no columns.", 0.2)
    end = 0
    for part in _parts(table.columns):
        begin, end = end, end + len(part)
        if begin:
            start = f"Columns {begin + 1} to {end} of the {named} are"
        else:
            start = f"The {named} has {_plural(len(table.columns), 'column')}"
            start += _first(part, table.columns)
        yield SchemaStatement(f"{start} {_names(column.name for column in part)}.", 0.4)


def _types(of: Described, table: Table, part: Sequence[Column]) -> SchemaStatement:
    # Without a verb: a sentence of many types must not answer a question for one.
    columns = ", ".join(_typed(table, column) for column in part)
    return SchemaStatement(f"Column types of the {_of_database(of, table)}: {columns}.", 0.3)


def _typed(table: Table, column: Column) -> str:
    name, spelling = quoted(column.name), spelled(column.name)
    traits = join_list(list(_traits(table, column)))
    return (
        (f"{spelling} ({name})" if spelling else name)
        + (f" {printable(column.type)}" if column.type else " of any type")
        + (f" ({traits})" if traits else "")
    )


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
    named = _of_database(of, table)
    described = [(named, table.note, 0.5)]
    described += [
        (f"{quoted(column.name)} column of the {named}", column.note, 0.4)
        for column in table.columns
    ]
    for name, note, salience in described:
        if note.strip():
            text = f"The {name} is described as “{printable(note.strip(), _COMMENT)}”."
            yield SchemaStatement(text, salience)


def _referring_columns(of: Described, table: Table, reference: Reference) -> SchemaStatement:
    # The name after its noun: “the batch column” would be read as the batches.
    column, verb = ("columns", "refer") if len(reference.columns) > 1 else ("column", "refers")
    return SchemaStatement(
        f"The {column} {_names(reference.columns)} of the {_of_database(of, table)} {verb} to the "
        f"{quoted(reference.table)} table.",
        0.4,
    )


def _reference(
    of: Described, table: Table, reference: Reference, target_key: tuple[str, ...]
) -> SchemaStatement:
    target = f"the {quoted(reference.table)} table{_in_words(reference.table)}"
    if reference.table == table.name:
        target = "itself"
    there = ""
    if target_key and any(reference.targets) and reference.targets != target_key:
        # Usually the primary key, which is left out.
        there = f" ({_names(reference.targets)} there)"
    return SchemaStatement(
        f"The {_of_database(of, table)} refers to {target} by {_names(reference.columns)}{there}.",
        0.5,
    )


def _pattern(of: Described, pattern: Pattern) -> str:
    named, columns, kind = (
        _of_database(of, pattern.table), _names(pattern.columns), pattern.kind.value,
    )  # fmt: skip
    match pattern.kind:
        case PatternKind.AUDIT:
            return (
                f"The {named} has {kind} and keeps track of the changes of its rows in {columns}."
            )
        case PatternKind.SOFT_DELETE:
            return f"The {named} uses {kind} and marks deleted rows in {columns}."
        case PatternKind.TREE:
            return f"The {named} is a {kind} and a hierarchy of its own rows by {columns}."
        case PatternKind.POLYMORPHIC:
            return f"The {named} points to rows of several tables by {columns} ({kind})."
        case PatternKind.ENUMERATION:
            values = _values(pattern.values)
            return f"The values of the {columns} column of the {named} are {values} ({kind})."
        case PatternKind.LOOKUP:
            return f"The {named} is a {kind} and does nothing but list values."
        case PatternKind.JOIN:
            left, right = pattern.others
            others = f"{quoted(left)} with one another" if left == right else _names((left, right))
            return f"The {named} is a {kind} and joins {others} (many to many)."


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


# -- names and texts ---------------------------------------------------------------------------


def quoted(name: str) -> str:
    """A name as in a sentence: in quotes unless it is one word, without control characters."""
    if _PLAIN.fullmatch(name) and len(name) <= _MAX_LENGTH:
        return name
    return f"“{printable(name)}”"


def printable(text: str, limit: int = _MAX_LENGTH) -> str:
    """A text without control characters, truncated to `limit`."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    return "".join(_ESCAPES.get(c) or (c if _is_text(c) else " ") for c in cut)


def _is_text(character: str) -> bool:
    return character == "\u200d" or unicodedata.category(character) not in (
        "Cc", "Cf", "Cs", "Zl", "Zp",
    )  # fmt: skip


def spelled(name: str) -> str:
    """The words of a name such as `order_items`; "" if it is spelled as words already."""
    spelling = " ".join(words(name))
    return spelling if spelling and spelling != name.casefold() and len(name) <= _MAX_LENGTH else ""


def join_list(parts: Sequence[str]) -> str:
    """Join parts as an enumeration: a, b and c."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
