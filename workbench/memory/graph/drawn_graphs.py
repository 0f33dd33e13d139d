"""Caches the drawn graph of a library until the library changes.

What tells something of what was read is learned anew only when the sources or their concepts
change, and lies in the file, so that the next start has it at once.
"""

import contextlib
import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryError
from workbench.memory.graph import drawn_graph
from workbench.memory.graph.drawn_graph import DrawnGraph, Stated, ordered
from workbench.memory.graph.termhood import THINGS, Telling, telling
from workbench.store import derived, graph, meta, prose_rows, sayings, text, verdicts
from workbench.store.graph import Places
from workbench.store.store import Store
from workbench.store.verdicts import REJECTED

#: Raised when other concepts are chosen from the same text: what lies in a file is made anew.
VERSION = 3
_KIND = "telling"
_NAMES = ("ids", "scores", "firm", "themes", "groups", "counts", "unfit")
#: Words of a library from which on what was learned is kept, and how much more must be linked
#: before it is learned again while linking goes on.
_LARGE, _MORE = 20_000, 1.5
#: Scopes whose graphs are kept.
_KEPT = 4


class DrawnGraphs:
    """The drawn graphs of one library. Every method may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._telling: tuple[_Moment, Telling] | None = None
        self._graphs: OrderedDict[object, DrawnGraph] = OrderedDict()

    def graph(self, connection: sqlite3.Connection, among: Places) -> DrawnGraph:
        """The graph of what may be seen, at the moment of a connection."""
        at = _moment(connection)
        moves = meta.get(connection, meta.GRAPH_MOVES)
        moment = at, moves, tuple(sorted(verdicts.verdicts(connection).items())), among
        with self._lock:
            found = self._graphs.get(moment)
            if found is None:
                found = _drawn(connection, self._held(connection, at), among)
                self._graphs[moment] = found
                while len(self._graphs) > _KEPT:
                    self._graphs.popitem(last=False)
            return found

    def learn(self) -> None:
        """Have ready what tells something, as in the background after texts were linked."""
        with self._store.read() as connection, self._lock:
            self._held(connection, _moment(connection))

    def _held(self, connection: sqlite3.Connection, at: "_Moment") -> Telling:
        before = self._telling
        if before is not None and (before[0] == at or not at.worth_learning(before[0])):
            return before[1]
        found = _read(connection) if derived.stamp(connection, _KIND) == at.stamp else None
        if found is None:
            found = telling(connection)
            if at.linked >= at.last and sum(found.words.values()) >= _LARGE:
                self._keep(at, found)
        self._telling = at, found
        return found

    def _keep(self, at: "_Moment", found: Telling) -> None:
        def work(connection: sqlite3.Connection) -> None:
            if _moment(connection) == at:
                derived.keep(connection, _KIND, at.stamp, _arrays(found))

        # A library that can take nothing up just now costs the next start its learning, no more.
        with contextlib.suppress(LibraryError):
            self._store.write(work)


class _Moment(NamedTuple):
    """What the sources of a library are: `linked` up to a statement, of the `last` one."""

    linked: int
    last: int
    sources: tuple[int, ...]
    removals: int
    moves: int

    @property
    def stamp(self) -> str:
        """This moment as it is kept beside what was learned then."""
        return json.dumps([VERSION, *self])

    def worth_learning(self, before: "_Moment") -> bool:
        """Whether it is worth while to learn again, for what is linked by and by is not yet."""
        return self.linked >= self.last or self.linked > _MORE * before.linked


def _moment(connection: sqlite3.Connection) -> _Moment:
    extents = [each for each in text.extents(connection) if not each.trashed]
    last = max((each.last for each in extents), default=0)
    return _Moment(
        min(int(meta.get(connection, meta.LINKED) or 0), last),
        last,
        tuple(sorted({each.source for each in extents})),
        int(meta.get(connection, meta.REMOVALS) or 0),
        int(meta.get(connection, meta.CONCEPT_MOVES) or 0),
    )


def _drawn(connection: sqlite3.Connection, held: Telling, among: Places) -> DrawnGraph:
    told = prose_rows.told(connection)
    wanted = held.scores.keys() | told.keys()
    rows = [
        row for part in prose_rows.mentioning(connection, wanted) for row in part if row[1] in among
    ]
    there = {row[0] for row in rows}
    if among.only is not None:
        told = {concept: number for concept, number in told.items() if concept in there}
    known = graph.by_ids(connection, there | told.keys())
    names = {id: row.name for id, row in known.items()}
    firm = held.firm | {id for id in told if id in known and known[id].type in THINGS}
    judged = verdicts.verdicts(connection)
    often = held.often
    stated: dict[tuple[int, int], Stated] = {}
    for head, type, tail, place, said, plainly in sayings.worded(connection, among):
        # What a long text does not say plainly is as likely as not something else.
        number = said if said >= often or held.is_short(place) else plainly
        if (
            number
            and head in wanted
            and tail in wanted
            and judged.get((head, type, tail)) != REJECTED
        ):
            ends = ordered(head, tail)
            before, sure, by_you = stated.get(ends, (0, False, False))
            sure, by_you = sure or held.is_short(place), by_you or place < 0
            stated[ends] = Stated(before + number, sure, by_you)
    gone = {ordered(*ends) for ends in verdicts.parted(connection)}
    return drawn_graph.drawn(held, told, rows, stated, names, firm, gone - stated.keys())


def _arrays(found: Telling) -> Mapping[str, NDArray[Any]]:
    ids = sorted(found.scores)
    return {
        "ids": np.array(ids, np.int64),
        "scores": np.array([found.scores[id] for id in ids], np.float32),
        "firm": np.array(sorted(found.firm), np.int64),
        "themes": np.array(
            [(key, id) for key, held in found.themes.items() for id in sorted(held)], np.int64
        ).reshape(-1, 2),
        "groups": np.array(sorted(found.group_of.items()), np.int64).reshape(-1, 2),
        "counts": np.array(
            [(key, found.sentences[key], words) for key, words in sorted(found.words.items())],
            np.int64,
        ).reshape(-1, 3),
        "unfit": found.unfit,
    }


def _read(connection: sqlite3.Connection) -> Telling | None:
    kept = derived.kept(connection, _KIND, _NAMES)
    if kept is None:
        return None
    themes: dict[int, set[int]] = {}
    for key, id in kept["themes"].tolist():
        themes.setdefault(key, set()).add(id)
    return Telling(
        dict(zip(kept["ids"].tolist(), kept["scores"].tolist(), strict=True)),
        frozenset(kept["firm"].tolist()),
        {key: frozenset(held) for key, held in themes.items()},
        dict(kept["groups"].tolist()),
        {key: sentences for key, sentences, _ in kept["counts"].tolist()},
        {key: words for key, _, words in kept["counts"].tolist()},
        kept["unfit"],
    )
