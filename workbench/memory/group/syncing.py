"""Synchronises a library with a shared log: joining, pulling, pushing, conflicts, leaving.

Whatever step a process dies at, the next synchronisation goes on: a piece is written before its
words count as sent, and is merged in the transaction that notes it as merged.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from workbench import paths
from workbench.errors import InputError, NotFoundError, UsageError, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.group import log, server, texts
from workbench.memory.group.folder import Folder
from workbench.memory.group.log import Carrier, Entry, Piece
from workbench.memory.group.merging import Merging
from workbench.memory.group.records import (
    GroupConfig,
    GroupConflict,
    GroupStatus,
    GroupSync,
    Peer,
    home,
    new_desk,
)
from workbench.store import collections, facts, notes, removal, shared
from workbench.store.shared_state import Item, scan
from workbench.store.store import Store

#: Words merged in one transaction, and words of a piece.
_MERGED, _LINES = 16_000, 4000
#: Rounds of pulling and pushing until nothing comes any more.
_ROUNDS = 8


def reached(point: str) -> None:
    """Called at each step at which a process may die; tests replace it."""


@contextmanager
def _carrier(place: str, *, create: bool = False) -> Iterator[Carrier]:
    kind = server.Server if server.is_address(place) else Folder
    with closing(kind(place, create=create)) as carrier:
        yield carrier


# -- joining ---------------------------------------------------------------------------------------


def join(store: Store, place: str, name: str, person: str) -> None:
    """Take part in the log at a place; the first one begins it. Raises `UsageError`."""
    where = str(store.file)
    place = server.checked(place) if server.is_address(place) else str(paths.absolute(place))
    with _carrier(place, create=True):
        pass

    def work(connection: sqlite3.Connection) -> None:
        config = GroupConfig.load(connection)
        if config is not None:
            raise UsageError(
                f"This library is shared through “{config.place}” already.",
                "Leave that first: workbench group leave",
            )
        shared.clear(connection)
        GroupConfig(place, new_desk(), home(where), name, person).save(connection)

    store.write(work)


def leave(store: Store) -> bool:
    """Take part no more; what came stays. False if it did not."""

    def work(connection: sqlite3.Connection) -> bool:
        was = GroupConfig.load(connection) is not None
        shared.clear(connection)
        return was

    return store.write(work)


def _required(connection: sqlite3.Connection) -> GroupConfig:
    config = GroupConfig.load(connection)
    if config is None:
        raise UsageError(
            "This library is not shared.", "Share it with: workbench group join FOLDER"
        )
    return config


def keep_private(store: Store, collection: str, *, private: bool) -> None:
    """Keep a collection out of the log, or let it in. Raises `NotFoundError`."""

    def work(connection: sqlite3.Connection) -> None:
        config = _required(connection)
        view = config.view(connection)
        uid = view.uids[collections.by_name(connection, collection).id]
        chosen = set(config.private) - {uid} | ({uid} if private else set())
        config.private = sorted(chosen)
        config.save(connection)

    store.write(work)


# -- synchronising ---------------------------------------------------------------------------------


class _Sync:
    """One synchronisation."""

    def __init__(self, index: FactIndex, carrier: Carrier, report: Report, cancel: Cancel) -> None:
        self.index, self.carrier = index, carrier
        self.store, self.report, self.cancel = index.store, report, cancel
        self.received = self.sent = self.sources = self.missing = self.removed = 0
        self.problems: list[str] = []
        #: What the last transaction knew, and the version of the library for which it holds.
        self._merging: Merging | None = None
        self._seen = (0, 0)

    def _write(
        self, pieces: Sequence[tuple[Entry, Piece]], cursor: Entry | None = None
    ) -> tuple[list[log.Line], int]:
        """Note what was changed here, merge pieces and apply them, in one transaction.

        Returns the words that the log does not have, and how many came.
        """
        where = str(self.store.file)

        def work(connection: sqlite3.Connection) -> tuple[Merging, list[log.Line], int]:
            merging, self._merging = self._merging, None
            if merging is None or _version(connection) != self._seen:
                config = _required(connection)
                config.at_home(where)
                merging = Merging(connection, config, self.store.clock())
                merging.record()
            config = merging.config
            mine = shared.merged(connection, [entry.hash for entry, _ in pieces])
            fresh = [(entry, piece) for entry, piece in pieces if entry.hash not in mine]
            for entry, piece in fresh:
                merging.merge(piece.lines)
                if entry.desk != config.desk:
                    config.peers[entry.desk] = [piece.name, piece.person]
                elif entry.number > config.number:
                    # Written before a backup was restored, or before the process died.
                    config.number, config.head = entry.number, entry.hash
            if cursor is not None:
                config.cursor, config.mark = cursor.order, list(cursor[1:])
            merging.apply()
            shared.store_merged(connection, [(e.hash, e.number, e.desk) for e, _ in fresh])
            reached("in merge")
            others = sum(len(p.lines) for e, p in fresh if e.desk != config.desk)
            self._seen = _version(connection)
            return merging, merging.unsent(), others

        self._merging, lines, received = self.store.write(work)
        self.removed += self._merging.removed
        self._merging.removed = 0
        reached("after merge")
        self.received += received
        return lines, received

    def _fresh(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, Piece]]:
        """Read the pieces that were not merged, in order; what comes after a gap waits."""
        with self.store.read() as connection:
            known = shared.merged(connection, [entry.hash for entry in entries])
        for entry in entries:
            self.cancel.check()
            if entry.hash in known:
                continue
            try:
                piece = log.unpacked(self.carrier.read(entry), entry)
            except InputError as error:
                self.problems.append(f"{error.message} {error.hint}")
                self.missing += 1
                continue
            except (ValueError, KeyError, TypeError, IndexError, RecursionError):
                self._problem(
                    f"Piece {entry.number} of the desk {entry.desk} is cut off, or was altered."
                )
                self.missing += 1
                continue
            if piece.previous and piece.previous not in known:
                with self.store.read() as connection:
                    before = shared.merged(connection, [piece.previous])
                if not before:
                    self.missing += 1
                    continue
            known.add(entry.hash)
            if piece.unsound:
                self._problem(f"{piece.unsound} changes of “{piece.name}” could not be read.")
            yield entry, piece

    def _problem(self, sentence: str) -> None:
        if sentence not in self.problems:
            self.problems.append(sentence)

    def pull(self) -> int:
        """Merge what is new in the log; returns how many words came."""
        with self.store.read() as connection:
            config = _required(connection)
        if config.cursor and not self.carrier.has(Entry(config.cursor, *config.mark)):
            # The server was restored from a backup, and numbers its pieces anew.
            config.cursor = 0
        self.missing, received = 0, 0
        entries = list(self.carrier.entries(config.cursor))
        batch: list[tuple[Entry, Piece]] = []
        size = 0
        try:
            for number, (entry, piece) in enumerate(self._fresh(entries)):
                self.report(Progress("merging", number, len(entries), "pieces"))
                batch.append((entry, piece))
                size += len(piece.lines)
                if size >= _MERGED:
                    received += self._write(batch)[1]
                    batch, size = [], 0
        except WorkbenchError:
            # What has come is merged, so that the next time goes on from there.
            self._write(batch)
            raise
        cursor = None if self.missing else max(entries, default=None)
        received += self._write(batch, cursor)[1]
        if self._take_texts():
            self._write([])
        return received

    def _take_texts(self) -> int:
        """Bring in the texts of sources that others added."""
        taken = 0
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            for hash in self._wanted():
                failures = []
                for path in self.carrier.sources(hash, Path(folder)):
                    self.report(Progress("merging", taken, note=path.name))
                    try:
                        texts.take(self.index, hash, path, self.cancel)
                    except InputError as error:
                        failures.append(error.message)
                        continue
                    taken += 1
                    reached("after text")
                    break
                else:
                    # Of copies one that is whole is enough.
                    for message in failures:
                        self._problem(message)
        self.sources += taken
        return taken

    def _wanted(self) -> list[str]:
        """The sources that others have and this library has not."""
        with self.store.read() as connection:
            rows = connection.execute(
                "SELECT waiting FROM shared WHERE key GLOB 'source/*' AND waiting <> 'null'"
            ).fetchall()
            hashes = [json.loads(value)["hash"] for (value,) in rows]
            return [hash for hash in hashes if texts.exist(connection, hash) is None]

    def push(self) -> None:
        """Write what the log does not have, piece by piece."""
        while True:
            lines, _ = self._write([])
            if not lines:
                return
            for start in range(0, len(lines), _LINES):
                self.cancel.check()
                self.report(Progress("sending", start, len(lines), "changes"))
                self._append(lines[start : start + _LINES])

    def _append(self, lines: Sequence[log.Line]) -> None:
        with self.store.read() as connection:
            config = _required(connection)
        for line in lines:
            if line.key.startswith("source/") and line.value is not None:
                self._put_text(line.value["hash"])
        piece = Piece(
            config.desk, config.number + 1, config.head, config.name, config.person, tuple(lines)
        )
        content = log.packed(piece)
        entry = Entry(0, config.desk, piece.number, log.name_of(content))
        reached("before append")
        self.carrier.append(entry, content)
        reached("after append")
        self._sent(lines, entry)
        self.sent += len(lines)
        reached("after push")

    def _sent(self, lines: Sequence[log.Line], entry: Entry) -> None:
        """Note that the log has these words."""

        def work(connection: sqlite3.Connection) -> Merging | None:
            merging, self._merging = self._merging, None
            is_known = merging is not None and _version(connection) == self._seen
            config = merging.config if merging is not None and is_known else _required(connection)
            config.number, config.head = entry.number, entry.hash
            shared.mark_sent(connection, [(line.key, line.clock, line.desk) for line in lines])
            shared.store_merged(connection, [(entry.hash, entry.number, entry.desk)])
            config.save(connection)
            self._seen = _version(connection)
            if merging is None or not is_known:
                return None
            merging.mark_sent(lines)
            return merging

        self._merging = self.store.write(work)

    def _put_text(self, hash: str) -> None:
        if self.carrier.has_source(hash):
            return
        with self.store.read() as connection:
            id = texts.exist(connection, hash)
        if id is not None:
            with texts.written(self.store, id, self.cancel) as path:
                self.carrier.put_source(hash, path)
                reached("after put")

    def run(self) -> None:
        """Pull and push until nothing comes."""
        self._check_head()
        for _ in range(_ROUNDS):
            received = self.pull()
            before = self.sent
            self.push()
            if not received and self.sent == before:
                break
        at = self.store.clock()

        def work(connection: sqlite3.Connection) -> None:
            config = _required(connection)
            config.synced = at
            config.save(connection)

        self.store.write(work)

    def _check_head(self) -> None:
        """Have everything sent again if the log was emptied, or restored from a backup."""
        with self.store.read() as connection:
            config = _required(connection)
        if not config.head:
            return
        if self.carrier.has(Entry(0, config.desk, config.number, config.head)):
            return

        def work(connection: sqlite3.Connection) -> None:
            config = _required(connection)
            config.head, config.cursor = "", 0
            shared.send_again(connection)
            config.save(connection)

        self.store.write(work)


def _version(connection: sqlite3.Connection) -> tuple[int, int]:
    """What changes with any write, here or by others."""
    (others,) = connection.execute("PRAGMA data_version").fetchone()
    return int(others), connection.total_changes


def sync(index: FactIndex, report: Report, cancel: Cancel) -> GroupSync:
    """Synchronise with the log. Raises `UsageError` if the library is not shared."""
    store = index.store
    index.strengths.flush()
    with store.read() as connection:
        place = _required(connection).place
    with _carrier(place) as carrier:
        syncing = _Sync(index, carrier, report, cancel)
        syncing.run()
    if syncing.removed:
        # Their words are left nowhere: neither in an index nor in the log of the file.
        index.forget()
        removal.compact(store)
    state = status(store)
    assert state is not None
    return GroupSync(
        syncing.received, syncing.sent, syncing.sources, state.waiting, syncing.missing,
        state.conflicts, tuple(syncing.problems),
    )  # fmt: skip


def status(store: Store) -> GroupStatus | None:
    """How the library takes part; None if it does not."""
    with store.read() as connection:
        config = GroupConfig.load(connection)
        if config is None:
            return None
        newest = shared.newest(connection)
        (waiting,) = connection.execute(
            "SELECT count(*) FROM shared WHERE waiting <> 'null'"
        ).fetchone()
        private = [
            str(collections.name_of(connection, config.uids[uid][0]))
            for uid in config.private
            if uid in config.uids
        ]
        return GroupStatus(
            config.place, config.name, config.person,
            tuple(
                Peer(desk, name, person, newest.get(desk, 0))
                for desk, (name, person) in sorted(config.peers.items())
            ),
            shared.unsent(connection), int(waiting), len(_conflicts(connection, config)),
            tuple(private), config.synced,
        )  # fmt: skip


# -- conflicts -------------------------------------------------------------------------------------


def conflicts(store: Store) -> list[GroupConflict]:
    """The texts that two changed at the same time."""
    with store.read() as connection:
        return [conflict for conflict, _ in _conflicts(connection, _required(connection))]


def _conflicts(
    connection: sqlite3.Connection, config: GroupConfig
) -> list[tuple[GroupConflict, dict[str, Any]]]:
    rows = list(shared.others(connection))
    if not rows:
        return []
    state = scan(connection, config.view(connection))
    found = []
    for key, other in rows:
        named = config.peers.get(other["by"], [config.name])[0] or other["by"]
        kind = key.partition("/")[0]
        if kind == "wording":
            mine, rival = state.get(other["of"]), state.get(other["rival"])
            if mine is None or rival is None:
                continue
            texts = mine.value["text"], rival.value["text"]
            place = {"mine": mine.place[0], "rival": rival.place[0]}
            kind = "fact"
        else:
            item = state.get(key)
            if item is None:
                continue
            name = "name" if kind == "collection" else "text"
            texts = item.value[name], other["value"][name]
            place = {"kind": kind, "item": item, "value": other["value"]}
            kind = item.value["name"] if kind == "field" else kind
        found.append((GroupConflict(key.partition("/")[2], kind, *texts, named), place))
    return found


def settle(index: FactIndex, id: str, keep: str) -> None:
    """Settle a conflict: keep the current text, the other, or both (of facts).

    Raises `NotFoundError` and `UsageError`.
    """
    if keep not in ("current", "other", "both"):
        raise UsageError(f"“{keep}” is no choice.", "Give one of: current, other, both.")

    def work(connection: sqlite3.Connection) -> None:
        config = _required(connection)
        rows = [row for row in _conflicts(connection, config) if row[0].id == id]
        if not rows:
            raise NotFoundError(
                "There is no conflict with this id.", "See `workbench group conflicts`."
            )
        conflict, place = rows[0]
        if "rival" in place and keep != "both":
            gone = place["rival"] if keep == "current" else place["mine"]
            facts.remove(connection, [gone])
        elif keep == "other":
            _write(connection, place["kind"], place["item"], conflict.other)
        keys = [key for key, _ in shared.others(connection) if key.partition("/")[2] == id]
        for key in keys:
            shared.end_conflict(connection, key)

    index.store.write(work)
    index.forget()


def _write(connection: sqlite3.Connection, kind: str, item: Item, text: str) -> None:
    """Give a field, note or collection another text, as a change of this desk."""
    from workbench.store import details

    if kind == "field":
        details.edit(connection, [item.place[0]], {item.value["name"]: text})
    elif kind == "collection":
        collections.rename(connection, item.value["name"], text)
    else:
        (row,) = notes.by_ids(connection, [item.place[0]])
        changed = notes.NewNote(row.kind, row.key, row.name, text, row.intensity)
        notes.change(connection, row.id, changed, item.value["changed"])
