"""Brings a folder of Markdown notes and the facts of a scope together, both ways.

A note with front matter is one fact; one with several lines, such as the observations and relations
of basic-memory, is told line by line and never written. A hidden list in the folder records what
both sides were at the last look, so that what changed since, and where, is known. Nothing is
deleted on either side.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.books.encoding import decode
from ingest.books.markdown import front_matter
from workbench import permissions
from workbench.errors import UsageError, WorkbenchError
from workbench.jobs import Cancel, Progress, Report
from workbench.library.facts import Facts
from workbench.library.memory import Memory
from workbench.library.options import Marks, TellOptions
from workbench.memory.facts import facts
from workbench.memory.facts.marking import KINDS, NEVER
from workbench.memory.facts.records import Fact
from workbench.memory.notes.records import FolderConflict, FolderSync
from workbench.memory.sharing.note_folder import safe, to_page
from workbench.store import marks, tags

#: The list of notes; note programs ignore hidden files.
LIST = ".engram-memories.json"
#: Maximum bytes of a note, and characters of the name of a written one.
_LARGEST, _NAME = 1 << 20, 60
_DAY_SECONDS = 86_400
_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"[-*+]\s+(?:\[(?P<kind>[^\]\n]{1,40})\]\s+)?(?P<text>.+)")
_RELATION = re.compile(r"(?P<verb>[^\[\]]+?)\s+\[\[(?P<target>[^\]|#^]+)[^\]]*\]\](?P<rest>.*)")
_HASHTAG = re.compile(r"(?<!\S)#(\w[\w/-]*)")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a line or note says; None and empty where it says nothing of the kind."""

    text: str
    kind: str | None = None
    priority: int | None = None
    expires: float | None = None
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Entry:
    """A note at the last look: its facts, its digest, and that of its fact as a page.

    A note with several statements has no page.
    """

    ids: list[int]
    file: str
    page: str = ""


@dataclass(slots=True)
class _Done:
    read: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    conflicts: list[FolderConflict] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class MemoryFolder:
    """One look at a folder: `run` it."""

    def __init__(
        self, calls: Facts, memory: Memory, folder: Path, collection: str | None, *, preview: bool
    ) -> None:
        """Read the list of the folder. Raises `UsageError` for what is no folder."""
        try:
            is_folder = folder.is_dir()
        except OSError:  # the name is too long
            is_folder = False
        if not is_folder:
            raise UsageError(f"“{folder.name}” is not a folder.", "Name a folder for notes.")
        self._facts, self._memory, self._store = calls, memory, calls._store
        self._folder, self._collection, self._preview = folder, collection, preview
        self._entries = _load(folder)
        self._done = _Done()
        #: What notes of one statement became, whose pages are made once all are told.
        self._told: list[_Entry] = []
        #: The digests of the notes that were read.
        self._seen: dict[str, str] = {}
        self._rows: dict[int, Fact] = {}
        self._tags: dict[int, tuple[str, ...]] = {}

    def run(self, keep: str, report: Report, cancel: Cancel) -> FolderSync:
        """Compare both sides, and bring over what changed on one; `keep` decides the rest."""
        files = _files(self._folder)
        self._load_rows()
        ids = [id for entry in self._entries.values() for id in entry.ids]
        with self._store.read() as connection:
            became = marks.successors(connection, ids)
        fresh: dict[str, _Entry] = {}
        total = len(self._entries.keys() | files.keys())
        places = [*sorted(self._entries), *sorted(files.keys() - self._entries.keys())]
        try:
            for number, place in enumerate(places):
                cancel.check()
                report(Progress("comparing", number, total, "files", place))
                entry = self._entries.get(place)
                if entry is not None:
                    entry.ids = [became.get(id, id) for id in entry.ids]
                    entry.ids = [id for id in entry.ids if id in self._rows]
                content = _content(files[place]) if place in files else None
                if content is not None:
                    self._seen[place] = _digest(content)
                after = self._look(place, entry, content, keep)
                if after is not None:
                    fresh[place] = after
            if self._told:
                self._load_rows()
            for row in self._told:
                row.page = _digest(self._page(row.ids[0]))
            self._write_others(fresh, {*files, *fresh})
        except BaseException:
            self._save({**self._entries, **fresh})
            raise
        self._save(fresh)
        done = self._done
        return FolderSync(
            tuple(done.read), tuple(done.changed), tuple(sorted(done.written)),
            tuple(done.conflicts), tuple(done.missing), tuple(done.forgotten), tuple(done.left),
            self._preview,
        )  # fmt: skip

    def _load_rows(self) -> None:
        index = self._facts._core.fact_index
        self._rows = {row.id: row for row in facts.unjudged(index, self._collection)}
        self._load_tags(list(self._rows))

    def _look(
        self, place: str, entry: _Entry | None, content: str | None, keep: str
    ) -> _Entry | None:
        """Compare a note with its fact; returns what both are now."""
        if entry is None:
            return self._tell(place, content or "")
        if content is None:
            if not entry.ids:
                return None
            if keep == "library" and entry.page:
                return self._write(place, entry.ids[0])
            self._done.missing.append(place)
            return entry
        edited = _digest(content) != entry.file
        if not entry.page:
            return self._tell(place, content, entry.ids) if edited else entry
        if not entry.ids:
            if keep == "file":
                return self._tell(place, content)
            self._done.forgotten.append(place)
            return entry
        (id,) = entry.ids
        page = self._page(id)
        moved = _digest(page) != entry.page
        if edited and moved and _statements(content) != _statements(page) and not keep:
            text = "; ".join(row.text for row in _statements(content)[0])
            self._done.conflicts.append(FolderConflict(place, text, self._rows[id].text))
            return entry
        if moved and (not edited or keep == "library"):
            return self._write(place, id)
        return self._change(place, id, content) if edited else entry

    def _tell(self, place: str, content: str, former: Sequence[int] = ()) -> _Entry | None:
        """Tell what a note says; `former` are the facts that it stated before."""
        statements, is_single = _statements(content)
        self._done.read.append(place)
        if not statements:
            self._done.read.pop()
            self._done.left.append(f"“{place}” says nothing.")
            return None
        if self._preview:
            return None
        kind = front_matter(content)[0].get("kind", "").strip()
        if kind and kind not in KINDS:
            self._done.left.append(
                f"“{place}”: “{kind}” is no kind of a statement; told as a fact."
            )
        ids: list[int] = []
        for row in statements:
            if row.expires is not None and row.expires <= self._store.clock():
                self._done.left.append(f"“{place}” has expired, and is not told.")
                continue
            try:
                days = self._days(row.expires)
                told = self._facts.tell(
                    row.text, collection=self._collection,
                    options=TellOptions(row.kind, row.priority, days, row.tags),
                )  # fmt: skip
            except WorkbenchError as error:
                self._done.left.append(f"“{place}”: {error.message}")
                continue
            ids += [*told.new, *told.known]
            self._done.left += [f"“{place}”: {left.text} ({left.reason})" for left in told.left]
        if not ids:
            self._done.read.pop()
            return _Entry([], _digest(content)) if former else None
        ids = list(dict.fromkeys(ids))
        for id in set(former).difference(ids):
            self._done.left.append(f"“{place}” no longer says: {self._rows[id].text}")
        entry = _Entry([*ids, *sorted(set(former).difference(ids))], _digest(content))
        if is_single and len(ids) == 1 and not former:
            self._told.append(entry)
        return entry

    def _change(self, place: str, id: int, content: str) -> _Entry:
        """Bring the changes of a note to its fact."""
        statements, is_single = _statements(content)
        unchanged = self._entries[place]
        if not is_single or len(statements) != 1:
            self._done.left.append(f"“{place}” was one statement, and is none or several now.")
            return unchanged
        (row,), fact = statements, self._rows[id]
        self._done.changed.append(place)
        if self._preview:
            return unchanged
        try:
            if row.text != fact.text:
                id = self._facts.edit(id, row.text).id
                self._refresh([id])
            before = _noted(self._rows[id], self._tags.get(id, ()))
            after = Marks(
                kind=row.kind if row.kind not in (None, before.kind) else None,
                priority=row.priority if row.priority != before.priority else None,
                expires_days=self._days(row.expires) if row.expires != before.expires else None,
                tags=tuple(tag for tag in row.tags if not _has(before.tags, tag)),
                untag=tuple(tag for tag in before.tags if not _has(row.tags, tag)),
            )
            if after != Marks():
                self._memory.mark([id], after)
                self._refresh([id])
        except WorkbenchError as error:
            self._done.changed.pop()
            self._done.left.append(f"“{place}”: {error.message}")
            return unchanged
        return _Entry([id], _digest(content), _digest(self._page(id)))

    def _write_others(self, fresh: dict[str, _Entry], places: set[str]) -> None:
        """Write a note for each current fact without one."""
        written = {id for entry in (*fresh.values(), *self._entries.values()) for id in entry.ids}
        names = {Path(place).name.casefold() for place in places}
        index = self._facts._core.fact_index
        for fact in facts.in_scope(index, self._rows.keys() - written, self._collection):
            if not fact.current or fact.expired or fact.archived:
                continue
            stem, number = safe(fact.text[:_NAME]), 1
            name = f"{stem}.md"
            while name.casefold() in names:
                number += 1
                name = f"{stem} ({number}).md"
            names.add(name.casefold())
            fresh[name] = self._write(name, fact.id)

    def _write(self, place: str, id: int) -> _Entry:
        page, file = self._page(id), self._folder / place
        if file.exists() and _digest(_content(file)) != self._seen.get(place):
            self._done.left.append(f"“{place}” was changed just now, and is left as it is.")
            return self._entries.get(place) or _Entry([id], "", _digest(page))
        self._done.written.append(place)
        if not self._preview:
            permissions.folder(file.parent)
            part = file.with_name(f".{file.name}.part")
            permissions.write_private(part, page)
            part.replace(file)
        return _Entry([id], _digest(page), _digest(page))

    def _page(self, id: int) -> str:
        fact = self._rows[id]
        noted = _noted(fact, self._tags.get(id, ()))
        matter = {
            "kind": noted.kind if noted.kind != "fact" else "",
            "priority": "" if noted.priority is None else str(noted.priority),
            "expires": "" if noted.expires is None else f"{_local(noted.expires):%Y-%m-%d}",
            "tags": list(noted.tags),
            "by": list(fact.sources),
        }
        return to_page(matter, [fact.text])

    def _refresh(self, ids: Sequence[int]) -> None:
        for id in ids:
            self._rows[id] = self._facts.get(id).fact
        self._load_tags(ids)

    def _load_tags(self, ids: Sequence[int]) -> None:

        with self._store.read() as connection:
            self._tags |= dict.fromkeys(ids, ()) | marks.tags_of(connection, ids)

    def _days(self, expires: float | None) -> float | None:
        return None if expires is None else max(0.0, expires - self._store.clock()) / _DAY_SECONDS

    def _save(self, entries: Mapping[str, _Entry]) -> None:
        if self._preview:
            return
        notes = {place: [row.ids, row.file, row.page] for place, row in entries.items()}
        content = {"about": "Written by Engram Workbench; do not edit.", "notes": notes}
        part = self._folder / f"{LIST}.part"
        permissions.write_private(part, json.dumps(content, ensure_ascii=False, sort_keys=True))
        part.replace(self._folder / LIST)


def _load(folder: Path) -> dict[str, _Entry]:
    """The notes at the last look; empty for an invalid list."""
    try:
        rows = json.loads((folder / LIST).read_text("utf-8"))["notes"].items()
        entries = {
            str(place): _Entry([int(id) for id in ids], str(file), str(page))
            for place, (ids, file, page) in rows
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {place: row for place, row in entries.items() if ".." not in Path(place).parts}


def _files(folder: Path) -> dict[str, Path]:
    """The notes below a folder by relative path, without hidden ones and links."""
    found: dict[str, Path] = {}
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.name.startswith(".") or path.is_symlink():
                continue
            if path.is_dir():
                waiting.append(path)
            elif path.suffix.lower() == ".md" and path.stat().st_size <= _LARGEST:
                found[path.relative_to(folder).as_posix()] = path
    return found


def _content(path: Path) -> str:
    return decode(path.read_bytes()).text.replace("\r\n", "\n")


def _statements(content: str) -> tuple[list[_Statement], bool]:
    """What a note says, and whether that is a single text, not lines."""
    matter, body = front_matter(content)
    named = (matter.get(name, "").strip() for name in ("kind", "type"))
    kind = next((name for name in named if name in KINDS), None)
    priority = matter.get("priority", "").strip()
    noted: dict[str, Any] = {
        "kind": kind,
        "priority": int(priority) if priority.isdecimal() and int(priority) <= 10 else None,
        "expires": _day(matter.get("expires", "")),
        "tags": _plain_tags(matter.get("tags", "").split(",")),
    }
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    prose = [line for line in lines if not _HEADING.match(line)]
    if not any(map(_ITEM.fullmatch, prose)):
        # A paragraph is one text, whatever lines it has.
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", body)]
        texts = [part for part in paragraphs if part and not _HEADING.match(part)]
        texts = texts or [line for line in prose]
        return [_Statement(text, **noted) for text in texts], len(texts) == 1
    title = matter.get("title", "").strip()
    return [_line(line, title, noted) for line in prose], False


def _line(line: str, title: str, noted: Mapping[str, Any]) -> _Statement:
    """An item of a list: an observation, a relation to another note, or a sentence."""
    item = _ITEM.fullmatch(line)
    text = line if item is None else item["text"]
    kind = item["kind"] if item is not None else None
    relation = _RELATION.fullmatch(text)
    if relation is not None and title and kind is None:
        verb = relation["verb"].replace("_", " ")
        return _Statement(f"{title} {verb} {relation['target'].strip()}.", tags=noted["tags"])
    found = _HASHTAG.findall(text)
    words = " ".join(_HASHTAG.sub("", _LINK.sub(r"\1", text)).split())
    return _Statement(
        words, kind if kind in KINDS else noted["kind"], noted["priority"], noted["expires"],
        _plain_tags([*noted["tags"], *found]),
    )  # fmt: skip


def _plain_tags(names: Sequence[str]) -> tuple[str, ...]:
    stripped = (name.strip(" #\"'") for name in names)
    return tuple(dict.fromkeys(name for name in stripped if name))


def _noted(fact: Fact, labels: Sequence[str]) -> _Statement:
    """What a note says of a fact: expiry by the day, as it is written."""
    expires = None if fact.expires in (None, NEVER) else fact.expires
    day = None if expires is None else _day(f"{_local(expires):%Y-%m-%d}")
    return _Statement(fact.text, fact.kind, fact.priority, day, tuple(labels))


def _has(names: Sequence[str], name: str) -> bool:
    return tags.fold(name) in map(tags.fold, names)


def _local(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds)


def _day(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text.strip()).timestamp()
    except ValueError:
        return None


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
