"""Patterns of tables (lookup, join, audit, soft delete) by their columns and references.

The patterns are those of NeuralMemory's schema trainer (package neural-memory): audit columns, soft
deletion, trees, polymorphic references, enumerated values, and join tables.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ingest.databases.records import Column, Reference, Table
from workbench.memory.concepts.records import AssociationType

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[^\w]+|_+")

_CHANGES = frozenset(
    f"{verb}_{_suffix}"
    for verb in ("created", "updated", "modified", "inserted", "changed")
    for _suffix in ("at", "on", "by", "date", "time", "by_id")
) | {"date_created", "date_updated", "date_modified", "creation_date", "modification_date",
     "last_modified", "last_updated", "last_changed", "created", "updated", "modified",
     "last_modified_by", "last_updated_by"}  # fmt: skip
_DELETED = frozenset(
    ("deleted_at", "deleted_on", "deleted_by", "deleted", "is_deleted", "date_deleted",
     "removed_at", "is_removed", "deletion_date", "soft_deleted")
)  # fmt: skip
_PARENTS = frozenset(("parent", "parent_id", "parent_uuid", "parent_key"))
_KEYS = frozenset(("id", "uuid", "guid", "key", "rowid", "pk"))
#: Columns of a lookup table.
_LOOKUP_COLUMNS = frozenset(
    ("name", "label", "title", "code", "value", "slug", "description", "symbol", "position",
     "sort_order", "sort", "display_order", "ordering", "rank", "active", "is_active", "enabled",
     "abbreviation", "short_name")
)  # fmt: skip
_LABEL_COLUMNS = frozenset(("name", "label", "title", "code", "value", "slug"))
_LOOKUP_LIMIT = 6

_COMMON = _CHANGES | _DELETED | _KEYS | _LOOKUP_COLUMNS | _PARENTS

_IS_A = frozenset(("parent", "category", "categories", "supertype", "superclass", "genre"))
_INVOLVES = frozenset(
    ("user", "users", "owner", "owners", "author", "authors", "creator", "member", "account",
     "person", "people", "assignee", "manager", "employee", "customer", "created_by", "updated_by")
)  # fmt: skip
_AT_LOCATION = frozenset(
    ("location", "locations", "address", "addresses", "place", "places", "city", "cities",
     "country", "countries", "region", "regions", "site", "sites", "warehouse", "warehouses",
     "building", "room", "venue")
)  # fmt: skip

#: The strength of a reference by its meaning (the weights of NeuralMemory's trainer).
WEIGHTS = {
    AssociationType.IS_A: 0.85,
    AssociationType.INVOLVES: 0.75,
    AssociationType.AT_LOCATION: 0.80,
    AssociationType.RELATED_TO: 0.60,
}


class PatternKind(Enum):
    """The name of a pattern in sentences."""

    AUDIT = "audit columns"
    SOFT_DELETE = "soft delete"
    TREE = "tree"
    POLYMORPHIC = "polymorphic"
    ENUMERATION = "enumeration"
    LOOKUP = "lookup table"
    JOIN = "join table"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a table, with its columns and the other tables it connects."""

    kind: PatternKind
    table: str
    columns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name such as `orderItems` or `order_items`, in lower case."""
    return tuple(part.lower() for part in _PARTS.split(_HUMP.sub("_", name)) if part)


def is_common(column: str) -> bool:
    """Whether a column occurs in tables on any topic, such as `id`."""
    folded = "_".join(words(column))
    return folded in _COMMON


def sense(reference: Reference) -> AssociationType:
    """The meaning of a reference, by the names of its columns and target."""
    vocabulary = {"_".join(words(name)) for name in reference.columns}
    vocabulary |= {word for name in (*reference.columns, reference.table) for word in words(name)}
    if vocabulary & _IS_A:
        return AssociationType.IS_A
    if vocabulary & _AT_LOCATION:
        return AssociationType.AT_LOCATION
    if vocabulary & _INVOLVES:
        return AssociationType.INVOLVES
    return AssociationType.RELATED_TO


def patterns(tables: Sequence[Table]) -> list[Pattern]:
    """The patterns of these tables, in order."""
    referenced = Counter(
        reference.table for table in tables for reference in table.references
        if reference.table != table.name
    )  # fmt: skip
    return [
        pattern
        for table in tables
        if not table.view
        for pattern in _of_table(table, referenced[table.name] > 0)
    ]


def _of_table(table: Table, is_target: bool) -> list[Pattern]:
    plain = {column.name: "_".join(words(column.name)) for column in table.columns}
    result: list[Pattern] = []
    tracked = tuple(name for name, folded in plain.items() if folded in _CHANGES)
    if len(tracked) > 1:
        result.append(Pattern(PatternKind.AUDIT, table.name, tracked))
    deleted = tuple(name for name, folded in plain.items() if folded in _DELETED)
    if deleted:
        result.append(Pattern(PatternKind.SOFT_DELETE, table.name, deleted))
    up = _upward(table, plain)
    if up:
        result.append(Pattern(PatternKind.TREE, table.name, up))
    result += _polymorphic(table, plain)
    result += [
        Pattern(PatternKind.ENUMERATION, table.name, (column.name,), values=column.values)
        for column in table.columns
        if column.values
    ]
    joined = _joined(table, {*tracked, *deleted}, plain)
    if joined:
        columns = tuple(name for reference in joined for name in reference.columns)
        targets = tuple(reference.table for reference in joined)
        result.append(Pattern(PatternKind.JOIN, table.name, columns, targets))
    elif is_target and _lists(table, {*tracked, *deleted}, plain):
        result.append(Pattern(PatternKind.LOOKUP, table.name))
    return result


def _upward(table: Table, plain: dict[str, str]) -> tuple[str, ...]:
    """The columns that refer from a row to its parent."""
    for reference in table.references:
        if reference.table == table.name:
            return reference.columns
    foreign = {name for reference in table.references for name in reference.columns}
    return tuple(
        name for name, folded in plain.items() if folded in _PARENTS and name not in foreign
    )[:1]


def _polymorphic(table: Table, plain: dict[str, str]) -> list[Pattern]:
    """Pairs such as `commentable_type` and `commentable_id`, the latter not a foreign key."""
    foreign = {name for reference in table.references for name in reference.columns}
    by = {folded: name for name, folded in plain.items()}
    return [
        Pattern(PatternKind.POLYMORPHIC, table.name, (name, by[f"{stem}_id"]))
        for name, folded in plain.items()
        if (stem := folded.removesuffix("_type")) != folded
        and by.get(f"{stem}_id", name) not in {name, *foreign}
    ]


def _joined(table: Table, bookkeeping: set[str], plain: dict[str, str]) -> tuple[Reference, ...]:
    """The two references of a join table, whose rows have nothing else."""
    if len(table.references) != 2:
        return ()
    foreign = {name for reference in table.references for name in reference.columns}
    if len(table.key) > 1 and set(table.key) == foreign:
        return table.references
    rest_columns = [
        column
        for column in table.columns
        if column.name not in foreign
        and column.name not in bookkeeping
        and not _is_key(column, plain)
    ]
    return () if rest_columns else table.references


def _lists(table: Table, bookkeeping: set[str], plain: dict[str, str]) -> bool:
    """Whether a table has only a key and labels."""
    if table.references or len(table.columns) > _LOOKUP_LIMIT:
        return False
    folded = [
        plain[column.name]
        for column in table.columns
        if column.name not in bookkeeping and not (_is_key(column, plain) and column.primary)
    ]
    return bool(set(folded) & _LABEL_COLUMNS) and set(folded) <= _LOOKUP_COLUMNS


def _is_key(column: Column, plain: dict[str, str]) -> bool:
    folded = plain[column.name]
    return bool(column.primary) or folded in _KEYS
