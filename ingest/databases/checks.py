"""Values that a CHECK constraint allows, and names of references, for both kinds of database."""

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
_MOST_VALUES = 100
#: A longer definition is not searched for checks.
_LONGEST = 1_000_000


def allowed(definition: str) -> dict[str, tuple[str, ...]]:
    """The values that checks of a definition allow, by the name of the column in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for check in _IN.finditer(definition[:_LONGEST]):
        name = next(check[part] for part in "abcd" if check[part])
        values = [each[1:-1].replace("''", "'") for each in re.findall(_LITERAL, check["values"])]
        found[name.casefold()] = tuple(dict.fromkeys(values))[:_MOST_VALUES]
    return found


def whole(tables: Sequence[Table]) -> list[Table]:
    """Tables whose references name their target as it is written, with its columns.

    A reference that names no columns means the primary key.
    """
    by = {table.name.casefold(): table for table in tables}
    return [
        replace(table, references=tuple(_meant(each, by) for each in table.references))
        for table in tables
    ]


def _meant(reference: Reference, by: dict[str, Table]) -> Reference:
    target = by.get(reference.table.casefold())
    if target is None:
        return reference
    targets = reference.targets
    if not all(targets):
        targets = target.key if len(target.key) == len(targets) else ()
    names = {column.name.casefold(): column.name for column in target.columns}
    written = tuple(names.get(each.casefold(), each) for each in targets)
    return replace(reference, table=target.name, targets=written)
