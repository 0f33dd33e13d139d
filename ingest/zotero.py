"""Zotero's data folder: items as references, with notes, annotations and collections.

A copy of the database is read, so that Zotero may be running. The schema is public
(https://github.com/zotero/zotero, `resource/schema/userdata.sql`): an item has fields in rows, and
child items (attachments, notes, annotations).
"""

import json
import re
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from ingest.errors import DamagedFileError

#: The database in Zotero's folder, and the folder of its files.
DATABASE, STORAGE = "zotero.sqlite", "storage"
#: Types of child items, and those that may stand alone.
_CHILD_TYPES = ("attachment", "note", "annotation")
_STANDALONE = (
    "SELECT itemID FROM itemAttachments WHERE parentItemID IS NULL AND path IS NOT NULL "
    "UNION SELECT itemID FROM itemNotes WHERE parentItemID IS NULL"
)
#: Locations of Zotero's preferences in the home folder.
_PROFILES = (
    ".zotero/zotero", "Library/Application Support/Zotero/Profiles",
    "AppData/Roaming/Zotero/Zotero/Profiles",
)  # fmt: skip
_BASE = re.compile(
    r'(?m)^\s*user_pref\("extensions\.zotero\.baseAttachmentPath",\s*("(?:[^"\\\n]|\\.)+")\)'
)
#: Characters of a note that become its title.
_TITLE = 60
_AUTHORS = ("author", "director", "presenter", "inventor", "interviewee", "podcaster")
_KEY = re.compile(r"(?im)^\s*citation key:\s*(\S+)")
_TAG = re.compile(r"<[^<>]*>")
#: Types of annotations with text (1 highlight, 2 note, 5 underline).
_TEXT_ANNOTATIONS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a Zotero library; `kind` and `fields` by Zotero's names, `files` as paths."""

    key: str
    kind: str
    citation_key: str
    fields: Mapping[str, str]
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    notes: tuple[str, ...]
    files: tuple[str, ...]
    tags: tuple[str, ...]
    collections: tuple[str, ...]


def items(path: Path) -> list[Item]:
    """The items of a database, except deleted ones, in order of creation.

    Raises `DamagedFileError` if it is not Zotero's, damaged, or being written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, DATABASE)
        for suffix in ("", "-wal", "-journal"):
            original = path.with_name(path.name + suffix)
            if original.exists():
                shutil.copyfile(original, copy.with_name(copy.name + suffix))
        try:
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("PRAGMA trusted_schema=OFF")
                connection.execute("PRAGMA query_only=ON")
                return list(_items(connection, path.parent))
        except sqlite3.Error as error:
            raise DamagedFileError(
                f"This database of Zotero could not be read ({error}).",
                "Close Zotero and add its folder again.",
            ) from error


def _items(connection: sqlite3.Connection, folder: Path) -> Iterator[Item]:
    fields: dict[int, dict[str, str]] = defaultdict(dict)
    for item, name, value in connection.execute(
        "SELECT itemID, fieldName, value FROM itemData JOIN fields USING (fieldID) "
        "JOIN itemDataValues USING (valueID)"
    ):
        fields[item][name] = str(value)
    people = _people(connection)
    notes, files = _children(connection, folder)
    tags = _names(connection, "SELECT itemID, name FROM itemTags JOIN tags USING (tagID)")
    collections = _names(
        connection,
        "SELECT itemID, collectionName FROM collectionItems JOIN collections USING (collectionID)",
    )
    marks = ", ".join("?" * len(_CHILD_TYPES))
    for item, key, kind in connection.execute(
        "SELECT itemID, key, typeName FROM items JOIN itemTypes USING (itemTypeID) "
        f"WHERE (typeName NOT IN ({marks}) OR itemID IN ({_STANDALONE})) "
        "AND itemID NOT IN (SELECT itemID FROM deletedItems) "
        "ORDER BY itemID",
        _CHILD_TYPES,
    ).fetchall():
        values = fields[item]
        if kind == "note":
            values["title"] = shorten(" ".join(notes[item]), _TITLE, placeholder="…")
        match = _KEY.search(values.get("extra", ""))
        yield Item(
            key,
            kind,
            values.get("citationKey") or (match[1] if match else ""),
            values,
            *people[item],
            tuple(notes[item]),
            tuple(files[item]),
            tuple(tags[item]),
            tuple(collections[item]),
        )


def _people(
    connection: sqlite3.Connection,
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The authors, or equivalent creators, and editors of items: “Holm, Ada”."""
    by: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item, kind, first, last in connection.execute(
        "SELECT itemID, creatorType, firstName, lastName FROM itemCreators "
        "JOIN creators USING (creatorID) JOIN creatorTypes USING (creatorTypeID) "
        "ORDER BY itemID, orderIndex"
    ):
        by[item][kind].append(", ".join(filter(None, (last, first))))
    result: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = defaultdict(lambda: ((), ()))
    for item, kinds in by.items():
        editors = tuple(kinds.pop("editor", ()))
        kind = next((entry for entry in _AUTHORS if entry in kinds), "")
        kind = kind or ("" if editors else next(iter(kinds), ""))
        result[item] = tuple(kinds.get(kind, ())), editors
    return result


def _children(
    connection: sqlite3.Connection, folder: Path
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Notes, annotations and files of items."""
    removed = {item for (item,) in connection.execute("SELECT itemID FROM deletedItems")}
    notes: dict[int, list[str]] = defaultdict(list)
    files: dict[int, list[str]] = defaultdict(list)
    parents: dict[int, int] = {}
    for item, parent, path, key in connection.execute(
        "SELECT itemID, coalesce(parentItemID, itemID), path, key "
        "FROM itemAttachments JOIN items USING (itemID) WHERE path IS NOT NULL"
    ):
        if item not in removed:
            parents[item] = parent
            kind, _, name = path.partition(":")
            if kind == "storage":
                path = str(folder / STORAGE / key / name)
            elif kind == "attachments":
                path = str(_based(folder, name))
            files[parent].append(path)
    for item, parent, note in connection.execute(
        "SELECT itemID, coalesce(parentItemID, itemID), note FROM itemNotes"
    ):
        if item not in removed and (text := _plain(note)):
            notes[parent].append(text)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'itemAnnotations'").fetchone():
        for item, attachment, kind, text, comment, page in connection.execute(
            "SELECT itemID, parentItemID, type, text, comment, pageLabel FROM itemAnnotations "
            "ORDER BY itemID"
        ):
            if item in removed or kind not in _TEXT_ANNOTATIONS or attachment not in parents:
                continue
            place = f" (p. {page})" if page else ""
            quoted = f"“{_plain(text)}”{place}" if text else place.strip()
            if entry := ": ".join(filter(None, (quoted, _plain(comment)))):
                notes[parents[attachment]].append(entry)
    return notes, files


def homes() -> list[Path]:
    """Where Zotero's profiles may lie, with its preferences."""
    return [Path.home() / path for path in _PROFILES]


def _based(folder: Path, name: str) -> Path:
    """The path of a file linked below the Linked Attachment Base Directory.

    Zotero's preferences name it; without them the file is searched in the folder.
    """
    bases = [*_bases(folder), folder, *(path for path in sorted(folder.iterdir()) if path.is_dir())]
    return next((path for base in bases if (path := base / name).is_file()), bases[0] / name)


def _bases(folder: Path) -> Iterator[Path]:
    profiles = [profile for home in homes() if home.is_dir() for profile in sorted(home.iterdir())]
    for profile in (folder, folder.parent, *profiles):
        with suppress(OSError, ValueError):
            preferences = (profile / "prefs.js").read_text(encoding="utf-8")
            yield from (Path(json.loads(path)) for path in _BASE.findall(preferences))


def _names(connection: sqlite3.Connection, query: str) -> dict[int, list[str]]:
    result: dict[int, list[str]] = defaultdict(list)
    for item, name in connection.execute(query):
        result[item].append(str(name))
    return result


def _plain(html: str | None) -> str:
    if not html:
        return ""
    from html import unescape

    return " ".join(unescape(_TAG.sub(" ", html)).split())
