"""Parses CHECK constraints for allowed values, and resolves references, for all databases."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.databases.records import Reference, Table

_NAME = r"(?:\"(?P<a>[^\"]+)\"|`(?P<b>[^`]+)`|\[(?P<c>[^\]]+)\]|(?P<d>\w+))"
_LITERAL = r"'(?:[^']|'')*'"
#: `status IN ('open', 'done')`, and `status = ANY (ARRAY['open'::text …])` of PostgreSQL.
_IN = re.compile(
    rf"\bCHECK\s*\(+\s*{_NAME}\)?(?:::[\w ]+)?\s*(?:IN\s*\(|=\s*ANY\s*\(+\s*ARRAY\s*\[)"
    rf"(?P<values>\s*{_LITERAL}(?:[^'()\[\]]*{_LITERAL})*[^'()\[\]]*)[\])]",
    re.IGNORECASE,
)
_VALUE_LIMIT = 100
#: Longest definition that is searched for checks.
_LONGEST = 1_000_000


def allowed(definition: str) -> dict[str, tuple[str, ...]]:
    """The values allowed by the checks of a definition, by lower-case column name."""
    values_by_column: dict[str, tuple[str, ...]] = {}
    for check in _IN.finditer(definition[:_LONGEST]):
        name = next(check[part] for part in "abcd" if check[part])
        values = [name[1:-1].replace("''", "'") for name in re.findall(_LITERAL, check["values"])]
        values_by_column[name.casefold()] = tuple(dict.fromkeys(values))[:_VALUE_LIMIT]
    return values_by_column


def resolved(tables: Sequence[Table]) -> list[Table]:
    """Tables with references resolved to the target's spelling and columns.

    A reference without columns means the primary key.
    """
    by = {table.name.casefold(): table for table in tables}
    return [
        replace(table, references=tuple(_resolved(reference, by) for reference in table.references))
        for table in tables
    ]


def _resolved(reference: Reference, by: dict[str, Table]) -> Reference:
    target = by.get(reference.table.casefold())
    if target is None:
        return reference
    targets = reference.targets
    if not all(targets):
        targets = target.key if len(target.key) == len(targets) else ()
    names = {column.name.casefold(): column.name for column in target.columns}
    target_names = tuple(names.get(name.casefold(), name) for name in targets)
    return replace(reference, table=target.name, targets=target_names)
