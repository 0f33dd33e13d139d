"""A library in which a sleep has something to do in every phase, and a picture of all its rows."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

from workbench.library import Library
from workbench.library.options import Marks, TellOptions
from workbench.memory.plasticity import DAY, HOUR
from workbench.store import synapses

START = 1_700_000_000.0 // DAY * DAY + 9 * HOUR


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: float = START) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


def fill(library: Library, clock: Clock, size: int = 3) -> None:
    """Tell and use what there is to keep, merge, replay, sum up, weaken, archive and propose."""
    for number in range(size):
        library.facts.tell(f"Valve {number} is critical and must be shut, always!!")
        library.facts.tell(f"The lamp of cabin {number} hangs low")
        clock.pass_(60)
    library.facts.tell("A gull sat on rail 7")
    clock.pass_(HOUR)
    for number in range(size):
        library.facts.tell(
            f"The lamp of cabin {number} hangs low", source="Ada", options=TellOptions(again=True)
        )
        clock.pass_(30)
    library.facts.tell(
        "The lamp of cabin 1 hangs low", source="Cem", options=TellOptions(again=True)
    )
    (told, *_) = library.facts.recall("lamp of cabin 1")
    library.memory.mark([told.id], Marks(tags=["light"]))
    library.memory.mark([told.id], Marks(review=True))
    for day in ("Monday", "Tuesday", "Friday"):
        library.facts.tell(f"Orsolya repaired the Kestrel pump in Terschelling on {day}")
        clock.pass_(30)
    for text in (
        "Rain leads to flooding", "Heavy rain leads to flooding",
        "Flooding leads to evacuation", "The dam is of clay",
    ):  # fmt: skip
        library.facts.tell(text)
    library.facts.tell("Flooding leads to evacuation", collection="Boats")
    library.facts.tell("The keel is oak", collection="Boats")
    library.facts.tell(
        "The keel is oak", collection="Boats", source="Ada", options=TellOptions(again=True)
    )
    library.sleep.configure(archive_below=0.9, archive_after_days=5, propose=True)
    for _ in range(12):
        clock.pass_(DAY)
        library.facts.tell(f"It is day {int(clock.now // DAY)}")
        library._core.fact_index.strengths.flush()
    for _ in range(3):
        library.facts.recall("lamp of cabin 1")
        library.facts.recall("Kestrel pump")
        library.facts.recall("valve 0")
        clock.pass_(20)
    library._core.fact_index.strengths.flush()
    ids = [fact.id for fact in library.facts.list()][:12]
    library._core.fact_index.strengths.link_all(ids)
    library._core.fact_index.strengths.flush()
    library._store.write(
        lambda c: c.execute("UPDATE association SET learned = 0.9, reinforced = 2, used = 1.7e9")
    )
    library._store.write(lambda c: c.execute("UPDATE fiber SET conductivity = 0.4"))
    library.graph.link(concepts_only=True)
    library._store.write(lambda c: teach(c, clock.now))
    clock.pass_(60)


def teach(connection: sqlite3.Connection, now: float) -> None:
    """Let the brain have recalled something, and have learned too much and too little before."""
    ends = connection.execute("SELECT DISTINCT head, tail FROM association").fetchall()
    near = Counter(end for pair in ends for end in pair)
    most = max(near, key=lambda each: (near[each], -each))
    around = sorted({end for pair in ends if most in pair for end in pair} - {most})
    assert len(around) > 3
    synapses.store(connection, {(most, each): 0.69 for each in around}, now)
    synapses.store(connection, {(around[0], most): 0.002}, now)
    traces = {pair: 0.5 for pair in sorted(ends)[:8] if most not in pair}
    assert traces
    synapses.add_episode(connection, now, [most], traces)


#: Numbers that grow with every change, and what was removed.
_OUTSIDE = frozenset(
    (
        "derived",
        "meta",
        "capacity",
        "change",
        "change_item",
        "version",
    )
)
#: Columns that name an engram, by table.
_ENGRAMS = {"a", "b", "engram", "fact", "keeper", "older", "newer", "told", "first", "last"}


def picture(file: Path | str, *, but: frozenset[str] = _OUTSIDE) -> dict[str, Counter[str]]:
    """All rows of a library by table, with the words of memories in the place of their ids."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        names: dict[int, str] = {}
        seen: Counter[str] = Counter()
        for id, text, _ in connection.execute(
            "SELECT e.id, e.text, coalesce(f.told, 0) FROM engram e "
            "LEFT JOIN fact f ON f.engram = e.id ORDER BY e.text, 3, e.id"
        ):
            seen[text] += 1
            names[id] = f"{text} ({seen[text]})"
        found: dict[str, Counter[str]] = {}
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if table in but:
                continue
            keyed = {
                key[3]
                for key in connection.execute(f"PRAGMA foreign_key_list({table})")
                if key[2] in ("engram", "fact", "note")
            } | ({"id"} if table == "engram" else {"engram"} if table == "mention" else set())
            own = {"id"} - keyed if table not in ("concept", "collection") else set()
            cursor = connection.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            rows: Counter[str] = Counter()
            for row in cursor:
                record: dict[str, Any] = dict(zip(columns, row, strict=True))
                for column in own:
                    record.pop(column, None)
                # Of a row with another id it is another.
                record.pop("sum", None)
                if table == "strength":
                    # Worked out again by whoever asks what fades.
                    record.pop("fades", None)
                for column in keyed:
                    if record[column] is not None:
                        record[column] = names.get(record[column], f"lost {record[column]}")
                if table == "link" and record["a"] > record["b"] and record["kind"] == "together":
                    record["a"], record["b"] = record["b"], record["a"]
                for column, value in record.items():
                    if isinstance(value, bytes):
                        record[column] = value.hex()
                    elif isinstance(value, float) and column == "at":
                        # What is told anew may hold since a moment that is next to its own.
                        record[column] = round(value, 5)
                rows[json.dumps(record, sort_keys=True)] += 1
            found[table] = rows
        return found
    finally:
        connection.close()


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> list[str]:
    """What is in one picture and not in the other."""
    found = []
    for table in sorted(one.keys() | other.keys()):
        gone, come = one.get(table, Counter()), other.get(table, Counter())
        found += [f"- {table} {row}" for row in (gone - come)]
        found += [f"+ {table} {row}" for row in (come - gone)]
    return found
