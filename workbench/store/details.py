"""Bibliographic fields of a source: the values read, and the user's corrections.

The effective value is in the row of the source. For a corrected field the value read is kept in the
metadata (`as_read`, a JSON object): re-reading the source, or a reference list that names it,
updates only that, and setting the field back to it ends the correction.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from workbench.errors import UsageError
from workbench.store import meta, names
from workbench.store.queries import integers
from workbench.store.records import SourceRow
from workbench.store.sources import by_id

#: Fields that are columns of a source, and fields in its metadata.
COLUMNS = ("title", "author", "date", "language")
METADATA = (
    "authors", "editors", "type", "venue", "publisher", "volume", "issue", "page_range", "doi",
    "isbn", "url", "citation_key", "same_work",
)  # fmt: skip
#: Types of works, as CSL 1.0.2 names them.
TYPES = (
    "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "document",
    "interview", "manuscript", "motion_picture", "paper-conference", "personal_communication",
    "report", "speech", "thesis", "webpage",
)  # fmt: skip
#: The name in the metadata of the values read of corrected fields.
AS_READ = "as_read"
_LONGEST = 20_000
_DATE = re.compile(r"(-?\d{1,4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
#: Maximum years between now and an announced publication date.
_AHEAD = 2
_ISBN_10, _ISBN_13 = re.compile(r"\d{9}[\dX]"), re.compile(r"97[89]\d{10}")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")
_URL = re.compile(r"https?://\S+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    return match is not None and int(match[1]) <= datetime.now(UTC).year + _AHEAD


def _is_isbn(value: str) -> bool:
    """Whether the check digit of an ISBN is correct (ISO 2108), with or without hyphens."""
    digits = re.sub(r"[- \u2010-\u2013]", "", value).upper()
    numbers = [10 if digit == "X" else int(digit) for digit in digits if digit in "0123456789X"]
    if _ISBN_10.fullmatch(digits):
        return sum(weight * number for weight, number in enumerate(reversed(numbers), 1)) % 11 == 0
    return (
        _ISBN_13.fullmatch(digits) is not None
        and (sum(numbers[::2]) + 3 * sum(numbers[1::2])) % 10 == 0
    )


#: Validators of fields, and what to enter instead of an invalid value.
_PROBLEMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "date": (_is_date, "a year, or a day such as 2024-04-12"),
    "isbn": (_is_isbn, "its 10 or 13 digits, the check digit last"),
    "doi": (_DOI.fullmatch, "it as 10.1000/182"),
    "url": (_URL.fullmatch, "an address that begins with https://"),
    "language": (_LANGUAGE.fullmatch, "its code, such as en, de or pt-BR"),
    "same_work": (("yes", "no").__contains__, "yes or no"),
    "type": (TYPES.__contains__, f"one of: {', '.join(TYPES)}"),
}
_NAMES = {
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "address",
    "type": "type of work",
    "same_work": "value of “same work”",
}


def fields(source: SourceRow) -> dict[str, str]:
    """The effective bibliographic fields of a source, "" for unknown ones."""
    columns = {"title": source.title, "author": source.author}
    columns |= {"date": source.date, "language": source.language}
    return columns | {name: source.metadata.get(name, "") for name in METADATA}


def separate_works(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The sources whose reader says that they are not the work of another source, in order."""
    return tuple(
        integers(
            connection,
            "SELECT id FROM source WHERE instr(metadata, '\"same_work\"') "
            "AND metadata ->> 'same_work' = 'no' ORDER BY id",
        )
    )


def read_values(source: SourceRow) -> dict[str, str]:
    """The values read of corrected fields."""
    values: dict[str, str] = json.loads(source.metadata.get(AS_READ, "{}"))
    return values


def record(
    connection: sqlite3.Connection,
    source: SourceRow,
    values: Mapping[str, str],
    metadata: Mapping[str, str],
) -> None:
    """Store the fields read from a source, columns and all of its metadata.

    Corrected fields keep their value, and the value read replaces the earlier one. Columns without
    a value stay as they are.
    """
    current, as_read = fields(source), read_values(source)
    fresh = {name: value for name, value in values.items() if value}
    fresh |= {name: metadata.get(name, "") for name in METADATA}
    for name in as_read.keys() & fresh.keys():
        if fresh[name] != current[name]:
            as_read[name] = fresh[name]
        fresh[name] = current[name]
    remainder = {
        name: value for name, value in metadata.items() if name not in (*METADATA, AS_READ)
    }
    _write(connection, source.id, current | fresh, remainder, as_read)


def edit(
    connection: sqlite3.Connection, sources: Sequence[int], changes: Mapping[str, str]
) -> None:
    """Correct fields of sources; "" clears a field.

    Authors and editors are one a line, "Family, Given" or a plain name. Raises `NotFoundError`, and
    `UsageError` for an invalid value.
    """
    for source in (by_id(connection, id) for id in sources):
        current, as_read = fields(source), read_values(source)
        requested = {
            name: checked(name, value) for name, value in changes.items() if value != current[name]
        }
        if "authors" in requested and "author" not in changes:
            requested["author"] = ", ".join(map(_signed, requested["authors"].splitlines()))
        for name, value in requested.items():
            original = as_read.setdefault(name, current[name])
            if value == original:
                del as_read[name]
            if name == "same_work":
                # Statements count, or no longer do.
                meta.count(connection, meta.SOURCE_CHANGES)
        _write(connection, source.id, current | requested, _foreign_metadata(source), as_read)


def restore(connection: sqlite3.Connection, sources: Sequence[int]) -> None:
    """Reset every field of sources to the value read. Raises `NotFoundError`."""
    for source in (by_id(connection, id) for id in sources):
        _write(
            connection,
            source.id,
            fields(source) | read_values(source),
            _foreign_metadata(source),
            {},
        )
    meta.count(connection, meta.SOURCE_CHANGES)


def _foreign_metadata(source: SourceRow) -> dict[str, str]:
    existing = (*METADATA, AS_READ)
    return {name: value for name, value in source.metadata.items() if name not in existing}


def _write(
    connection: sqlite3.Connection,
    source: int,
    values: Mapping[str, str],
    foreign: Mapping[str, str],
    as_read: Mapping[str, str],
) -> None:
    metadata = {name: values[name] for name in METADATA if values[name]} | dict(foreign)
    if as_read:
        metadata[AS_READ] = json.dumps(dict(as_read), ensure_ascii=False, sort_keys=True)
    clean = {name: names.without_surrogates(value) for name, value in metadata.items()}
    columns = ", ".join(f"{name} = ?" for name in COLUMNS)
    connection.execute(
        f"UPDATE source SET {columns}, metadata = ? WHERE id = ?",
        (*(names.without_surrogates(values[name]) for name in COLUMNS), json.dumps(clean), source),
    )


def _signed(name: str) -> str:
    """A name in natural order: "Ada Holm" for "Holm, Ada"."""
    family, _, forename = name.partition(",")
    return f"{forename.strip()} {family.strip()}".strip()


def checked(name: str, value: str) -> str:
    """The normalised value of a field. Raises `UsageError`."""
    lines = name in ("authors", "editors")
    value = _lines(value.splitlines()) if lines else " ".join(value.split())
    if len(value) > (_LONGEST * 10 if lines else _LONGEST):
        raise UsageError(f"The {_label(name)} is too long.", "Give at most 20,000 characters.")
    if name == "title" and not value:
        raise UsageError("A source needs a title.", "Give it one, or set back what was read.")
    if name == "doi":
        value = _DOI_PREFIX.sub("", value)
    problem = _PROBLEMS.get(name)
    if value and problem is not None and not problem[0](value):
        raise UsageError(f"“{value[:80]}” is no {_label(name)}.", f"Give {problem[1]}.")
    return value


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _label(name: str) -> str:
    return _NAMES.get(name, name.replace("_", " "))
