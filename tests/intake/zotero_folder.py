"""A data folder of Zotero, made by its public schema as far as items need it."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

_SCHEMA = """
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT, libraryID INT, key TEXT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT, PRIMARY KEY (itemID, fieldID));
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE itemAttachments (
  itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, path TEXT);
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE itemAnnotations (
  itemID INTEGER PRIMARY KEY, parentItemID INT, type INTEGER, text TEXT, comment TEXT, color TEXT,
  pageLabel TEXT, sortIndex TEXT, position TEXT);
CREATE TABLE collections (
  collectionID INTEGER PRIMARY KEY, collectionName TEXT, parentCollectionID INT, key TEXT);
CREATE TABLE collectionItems (collectionID INT, itemID INT, orderIndex INT);
CREATE TABLE tags (tagID INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE itemTags (itemID INT, tagID INT, type INT);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted TEXT);
"""


class ZoteroFolder:
    """Makes `zotero.sqlite` in a folder, and the files of its attachments under `storage`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "zotero.sqlite"
        folder.mkdir(parents=True)
        with closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(_SCHEMA)

    def run(self, statement: str, values: Sequence[object] = ()) -> int:
        """One statement, committed; the id of the row that it made."""
        with closing(sqlite3.connect(self.database)) as connection:
            made = connection.execute(statement, values).lastrowid
            connection.commit()
        return made or 0

    def item(
        self, kind: str, fields: Mapping[str, str] | None = None, authors: Sequence[str] = ()
    ) -> int:
        """An item of a kind such as journalArticle; authors as “First Last”."""
        item = self.run(
            "INSERT INTO items(itemTypeID, libraryID, key) VALUES (?, 1, ?)",
            (self._id("itemTypes", "typeName", kind), f"KEY{self._next():05}"),
        )
        for name, value in (fields or {}).items():
            self.run(
                "INSERT INTO itemData VALUES (?, ?, ?)",
                (item, self._id("fields", "fieldName", name),
                 self._id("itemDataValues", "value", value)),
            )  # fmt: skip
        for place, name in enumerate(authors):
            first, _, last = name.rpartition(" ")
            creator = self.run(
                "INSERT INTO creators(firstName, lastName, fieldMode) VALUES (?, ?, 0)",
                (first, last),
            )
            kind_ = self._id("creatorTypes", "creatorType", "author")
            self.run("INSERT INTO itemCreators VALUES (?, ?, ?, ?)", (item, creator, kind_, place))
        return item

    def attach(self, parent: int | None, name: str, text: str) -> int:
        """A stored file below an item, or by itself."""
        item = self.item("attachment", {"title": name})
        folder = self.folder / "storage" / self.key(item)
        folder.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
        self.run(
            "INSERT INTO itemAttachments VALUES (?, ?, 0, 'text/plain', ?)",
            (item, parent, f"storage:{name}"),
        )
        return item

    def note(self, parent: int | None, html: str) -> None:
        """A note below an item, or by itself."""
        self.run("INSERT INTO itemNotes VALUES (?, ?, ?, '')", (self.item("note"), parent, html))

    def annotate(self, attachment: int, text: str, comment: str, page: str) -> None:
        """A highlight in an attachment."""
        self.run(
            "INSERT INTO itemAnnotations VALUES (?, ?, 1, ?, ?, '#ffd400', ?, '', '')",
            (self.item("annotation"), attachment, text, comment, page),
        )

    def collect(self, item: int, name: str) -> None:
        """Put an item into a collection."""
        collection = self._id("collections", "collectionName", name)
        self.run("INSERT INTO collectionItems VALUES (?, ?, 0)", (collection, item))

    def tag(self, item: int, name: str) -> None:
        """Put a tag on an item."""
        self.run("INSERT INTO itemTags VALUES (?, ?, 0)", (item, self._id("tags", "name", name)))

    def key(self, item: int) -> str:
        """The key of an item, which names the folder of a stored file."""
        with closing(sqlite3.connect(self.database)) as connection:
            return str(
                connection.execute("SELECT key FROM items WHERE itemID = ?", (item,)).fetchone()[0]
            )

    def _next(self) -> int:
        with closing(sqlite3.connect(self.database)) as connection:
            return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])

    def _id(self, table: str, column: str, value: str) -> int:
        with closing(sqlite3.connect(self.database)) as connection:
            row = connection.execute(
                f"SELECT rowid FROM {table} WHERE {column} = ?", (value,)
            ).fetchone()
        return (
            int(row[0]) if row else self.run(f"INSERT INTO {table}({column}) VALUES (?)", (value,))
        )
