"""A library that has something of everything, made through the public doors, and its contents.

Books of several kinds, told statements with tellers, marks, tags and former wordings, notes, a
vault, strengths, a sleep, collections, a project, reviews, kept answers and versions. The same
calls on the same clock make the same library, but for random ids and salts.
"""

import hashlib
import json
import operator
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks import made_files, made_pdf
from tests.benchmarks.prose import Prose
from workbench.library import Library
from workbench.library.options import Marks, TellOptions

_DAY = 86_400.0
_START = 1_700_000_000.0 // _DAY * _DAY + 9 * 3600

SECRET = "correct horse battery staple"


class Clock:
    """A clock that only you move; seconds since the epoch."""

    def __init__(self, now: float = _START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.now += seconds


#: When the library is done: everything that is asked of it later is asked at this moment.
DONE = _START + 20 * _DAY

_PEOPLE = ("Ada", "Cem", "Orsolya", "Piet", "Wanda", "Yusuf")
_CITIES = ("Porto", "Leeds", "Graz", "Turku", "Lille", "Split")


def make(library: Path, folder: Path, *, size: int = 5_000, facts: int = 40) -> None:
    """Make the library; its documents of about `size` bytes go into `folder`, which must exist."""
    clock = Clock()
    documents = _documents(folder, size)
    with Library.open(library, clock=clock) as opened:
        opened.add(documents[:3], collection="Stones")
        opened.add(documents[3:])
        rows = opened.sources.list()
        opened.sources.tag([rows[0].id], "read first")
        opened.collections.create("Boats")
        opened.sources.trash([rows[-1].id])
        _tell(opened, clock, facts)
        _use(opened, clock)
        clock.now = DONE - _DAY
        opened.graph.link(concepts_only=True)
        opened.sleep.run()
        opened.versions.save("after the sleep")
        opened.vault.put("bank", "the number of the account", "DE00 1234", secret=SECRET)
        opened.vault.put("bank", "the word for the telephone", "heliotrope", secret=SECRET)
        opened.answers.keep(opened.ask("Who lives in Porto?", quotes=True))
        opened.graph.link(concepts_only=True)


def _documents(folder: Path, size: int) -> list[Path]:
    made = [folder / name for name in ("quarry.txt", "stones.md", "layers.pdf", "cards.jsonl")]
    made_files.text(made[0], Prose(1), size)
    made_files.markdown(made[1], Prose(2), size)
    made_pdf.write(made[2], 2)
    made_files.records(made[3], Prose(3), size // 2)
    return made


def _tell(library: Library, clock: Clock, facts: int) -> None:
    for number in range(facts):
        person, city = _PEOPLE[number % 6], _CITIES[number // 6 % 6]
        if number % 5 == 0:
            library.facts.tell(f"{person} lives in {city}", source="Wanda")
        elif number % 5 == 1:
            library.facts.tell(f"The lamp of cabin {number} hangs low", collection="Boats")
        elif number % 5 == 2:
            library.facts.tell(
                f"Valve {number} is critical and must be shut",
                options=TellOptions(priority=number % 10),
            )
        elif number % 5 == 3:
            library.facts.tell(f"Rain leads to flooding in {city}, and {person} saw it")
        else:
            library.facts.tell(f"{person} keeps the ledger of {city} in drawer {number}")
        clock.advance(60)
    library.facts.tell(
        f"{_PEOPLE[0]} lives in {_CITIES[0]}", source="Cem", options=TellOptions(again=True)
    )
    for number in range(4):
        library.notes.add("instruction", f"Answer question {number} in one short sentence")
    library.notes.add("variable", "Terschelling", key="harbour")
    library.notes.add("stance", "Dams of clay should be watched in spring", key="dams")
    library.facts.tell("The keel is oak", options=TellOptions(expires_days=400))


def _use(library: Library, clock: Clock) -> None:
    told = library.facts.list()
    first = [fact.id for fact in told[:6]]
    library.memory.mark(first[:3], Marks(tags=["light"], trust=0.8))
    library.memory.mark([*first[:2]], Marks(review=True))
    library.memory.mark(first[2:3], Marks(pinned=True))
    library.facts.edit(first[3], f"{told[3].text}, as the log says")
    library.collections.add_project(
        "Harbour", duration_days=90, description="The survey of the harbour"
    )
    library.collections.assign("ledger", "Harbour")
    for _ in range(6):
        clock.advance(_DAY)
        library.facts.value("Where does Ada live?")
        library.facts.recall("lamp of cabin")
        library.memory.strengthen("Valve 2")
    library.memory.suggest("Who keeps the ledger?")


# -- what a library contains ---------------------------------------------------------------------

#: A thing that a reader would miss, in words and numbers of its own, and the rows it is made of.
Item = tuple[Any, ...]
Rows = frozenset[tuple[str, Any]]


#: What nobody can derive again: its own columns, then the tables and keys of the rows it needs.
#: Ids appear only among the keys: a library that was rebuilt may give others.
_ITEMS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "source": (
        "s.hash, s.key, s.title, s.author, s.date, s.kind, s.trashed IS NOT NULL, s.metadata",
        "source s",
        ("source:s.id",),
    ),
    "text": (
        "s.hash, c.ordinal, c.title, c.text",
        "section c JOIN source s ON s.id = c.source",
        ("source:s.id", "section:c.id"),
    ),
    "location": (
        "s.hash, l.path",
        "location l JOIN source s ON s.id = l.source",
        ("source:s.id", "location:l.source || '/' || l.path"),
    ),
    "membership": (
        "s.hash, c.name",
        "membership m JOIN source s ON s.id = m.source JOIN collection c ON c.id = m.collection",
        ("source:s.id", "collection:c.id", "membership:m.collection || '/' || m.source"),
    ),
    "tag": (
        "s.hash, t.value",
        "source s JOIN json_each(s.tags) t",
        ("source:s.id",),
    ),
    "collection": ("c.name", "collection c", ("collection:c.id",)),
    "told": (
        "c.name, e.text, f.told, f.at, t.name",
        "fact f JOIN engram e ON e.id = f.engram LEFT JOIN collection c ON c.id = f.scope "
        "LEFT JOIN teller t ON t.id = f.teller",
        ("fact:f.engram", "engram:e.id", "collection:c.id", "teller:t.id"),
    ),
    "said": (
        "e.text, t.name, a.told",
        "said a JOIN engram e ON e.id = a.fact LEFT JOIN teller t ON t.id = a.teller",
        ("said:a.fact || '/' || a.teller", "engram:e.id", "fact:e.id", "teller:t.id"),
    ),
    "note": (
        "n.kind, n.name, e.text, n.told, n.intensity",
        "note n JOIN engram e ON e.id = n.engram",
        ("note:n.engram", "engram:e.id"),
    ),
    "mark": (
        "e.text, m.kind, m.priority, m.expires, m.trust",
        "mark m JOIN engram e ON e.id = m.engram",
        ("mark:m.engram", "engram:e.id", "fact:e.id"),
    ),
    "memory tag": (
        "e.text, t.name",
        "label t JOIN engram e ON e.id = t.engram",
        ("label:t.engram || '/' || t.kind || '/' || t.fold", "engram:e.id", "fact:e.id"),
    ),
    "wording": (
        "e.text, w.text, w.told, w.until",
        "wording w JOIN engram e ON e.id = w.engram",
        ("wording:w.id", "engram:e.id", "fact:e.id"),
    ),
    "strength": (
        "e.text, s.weight, s.uses, s.stability, s.pinned",
        "strength s JOIN fact f ON f.engram = s.engram JOIN engram e ON e.id = s.engram",
        ("strength:s.engram", "engram:e.id", "fact:f.engram"),
    ),
    "review": (
        "e.text, r.state, r.stability, r.difficulty, r.due",
        "review r JOIN engram e ON e.id = r.engram",
        ("review:r.engram", "engram:e.id", "fact:e.id"),
    ),
    "vault": (
        "l.value, r.head, r.body",
        "vault_record r JOIN meta l ON l.key = 'lock:' || r.lock",
        ("vault_record:r.id", "meta:l.key"),
    ),
    "answer": ("q.question, q.answer", "question q", ("question:q.id",)),
}


#: The tables of which each row is needed by something that cannot be derived.
KEPT = frozenset(key.partition(":")[0] for _, _, keys in _ITEMS.values() for key in keys)

#: Tables that are counted or drawn from the others, and who works on what at the moment.
DERIVED = frozenset(
    ("association", "concept", "concept_key", "derived", "edge", "fiber", "mention", "saying",
     "sqlite_sequence", "sqlite_stat1", "waiting")
)  # fmt: skip


def items(connection: sqlite3.Connection) -> Iterator[tuple[str, Item, Rows]]:
    """Each thing in a library that cannot be derived: its kind, its values, its rows by key."""
    connection.text_factory = operator.methodcaller("decode", "utf-8", "replace")
    for kind, (columns, tables, keys) in _ITEMS.items():
        asked = ", ".join(key.partition(":")[2] for key in keys)
        names = [key.partition(":")[0] for key in keys]
        for row in connection.execute(f"SELECT {asked}, {columns} FROM {tables}"):
            rows = frozenset(
                (name, key) for name, key in zip(names, row, strict=False) if key is not None
            )
            values = row[len(keys) :]
            if kind == "source":
                # Salvage writes JSON anew: with other blanks it says the same.
                values = (*values[:-1], _sorted_json(values[-1]))
            yield kind, tuple(values), rows


def _sorted_json(text: str) -> str:
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text


def written(kind: str, item: Item) -> str:
    """A thing as a line that can be told and compared."""
    return json.dumps([kind, item], default=repr)


def contents(file: Path) -> list[str]:
    """Every such thing in a library as a line."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return [written(kind, item) for kind, item, _ in items(connection)]


def digests(file: Path) -> dict[str, str]:
    """A digest of the rows of each table, read by an SQLite connection of its own."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = bytes
    try:
        found = {}
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall():
            table = name.decode()
            rows = sorted(map(repr, connection.execute(f'SELECT * FROM "{table}"')))
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return found
    finally:
        connection.close()
