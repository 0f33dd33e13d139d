"""A library as a folder of linked Markdown notes, as for Obsidian.

One note per source, per informative concept, and for the facts of each collection; wiki links go in
both directions. A hidden list in the folder records the notes and their digests: another export
into the same folder rewrites these, leaves notes that were edited or added, and removes those no
longer in the library.
"""

import hashlib
import json
import re
import shutil
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from workbench import permissions
from workbench.errors import NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report
from workbench.memory.facts.index import FactIndex
from workbench.memory.graph import concept_cards, edges
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.memory.graph.records import Concept, Edge, Mention
from workbench.memory.notes import highlights
from workbench.memory.sharing import exporting
from workbench.memory.sharing.exporting import Selection
from workbench.memory.sharing.records import Exported
from workbench.store import bundle, graph, sources, text
from workbench.store.exported import Record
from workbench.store.graph import Places
from workbench.store.notes import HIGHLIGHT
from workbench.store.records import SourceRow
from workbench.store.text import place_of

SOURCES, CONCEPTS, FACTS = "Sources", "Concepts", "Facts"
#: The list of exported notes; note programs ignore hidden files.
LIST = ".engram-notes.json"
#: Maximum concepts with a note, minimum mentions; maximum sentences and relations in it, and names
#: of a source.
_CONCEPTS, _MENTIONS, _SENTENCES, _RELATED, _NAMES = 1_000, 2, 20, 20, 40
#: Maximum bytes of a file name; most systems allow 255, with the suffix.
_LONGEST = 160
_UNSAFE = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(slots=True)
class _Folder:
    """The folder: our unmodified notes, and the names in use."""

    path: Path
    ours: dict[str, str]
    changed: frozenset[str]
    used_names: set[str]
    digests: dict[str, str] = field(default_factory=dict)
    bytes: int = 0

    def name(self, title: str) -> str:
        """A unique file name for a note that is valid on every system."""
        stem = safe(title)
        number = 1
        candidate = stem
        while candidate.casefold() in self.used_names:
            number += 1
            candidate = f"{stem} ({number})"
        self.used_names.add(candidate.casefold())
        return candidate

    def write(self, folder: str, name: str, page: str) -> None:
        """Write a note, unless it is unchanged or was edited."""
        place = f"{folder}/{name}.md"
        content = page.encode("utf-8", "replace")
        digest = hashlib.sha256(content).hexdigest()
        self.bytes += len(content)
        self.digests[place] = digest
        if place in self.changed or self.ours.get(place) == digest:
            return
        file = self.path / place
        permissions.folder(file.parent)
        part = file.with_name(f".{name}.part")
        permissions.write_private(part, content)
        part.replace(file)


def safe(title: str) -> str:
    """A title as a file name without suffix that is valid on every system."""
    plain = unicodedata.normalize("NFC", " ".join(_UNSAFE.sub(" ", title).split()))
    while len(plain.encode("utf-8")) > _LONGEST:
        plain = plain[:-1]
    plain = plain.strip(" .") or "Untitled"
    return f"{plain}_" if _DEVICES.fullmatch(plain) else plain


def export(
    index: FactIndex,
    concepts: ConceptGraph,
    target: Path,
    selection: Selection,
    report: Report,
    cancel: Cancel,
) -> Exported:
    """Export a selection to `target`: a new or empty folder, a vault, or a previous export."""
    with bundle.unwritable(target), _open_folder(target) as folder:
        selected = _concepts(concepts, selection)
        joined = _edges(concepts, selection, selected)
        with index.store.read() as connection:
            notes = _Notes(index, connection, selection, folder, selected)
            statements = notes.write_sources(report, cancel)
            facts, note_count = notes.write_facts(cancel)
            notes.write_concepts(joined, report, cancel)
        unchanged = tuple(sorted(folder.changed & folder.digests.keys()))
    return Exported(
        target, "markdown", tuple(sorted(folder.digests)), len(selection.sources), statements,
        facts, note_count, len(selected), folder.bytes, unchanged,
    )  # fmt: skip


# -- the folder ------------------------------------------------------------------------------------


@contextmanager
def _open_folder(target: Path) -> Iterator[_Folder]:
    """The folder; its list is updated at the end, also after an error."""
    fresh = not target.exists()
    if target.is_symlink() or not (fresh or target.is_dir()):
        raise UsageError(f"“{target.name}” is a file.", "Choose another name.")
    if fresh and not target.parent.is_dir():
        raise NotFoundError(f"The folder “{target.parent}” does not exist.", "Make it first.")
    is_vault = (target / ".obsidian").is_dir() or (target / LIST).is_file()
    if not fresh and not is_vault and any(target.iterdir()):
        raise UsageError(
            f"The folder “{target.name}” is not empty; it was not touched.",
            "Choose another name, or a folder that Obsidian has opened as a vault.",
        )
    for name in (SOURCES, CONCEPTS, FACTS):
        if (target / name).is_symlink():
            raise UsageError(f"“{name}” in this folder leads elsewhere.", "Choose another folder.")
    permissions.folder(target)
    previous = _load_list(target)
    existing = {place: digest for place in previous if (digest := _digest(target / place))}
    ours = {place: digest for place, digest in existing.items() if digest == previous[place]}
    foreign = {
        file.stem.casefold()
        for file in target.rglob("*.md")
        if file.relative_to(target).as_posix() not in previous
    }
    folder = _Folder(target, ours, frozenset(existing.keys() - ours.keys()), foreign)
    try:
        yield folder
        for place in ours.keys() - folder.digests.keys():
            (target / place).unlink(missing_ok=True)
    except BaseException:
        if fresh:
            shutil.rmtree(target, ignore_errors=True)
        else:
            # Both former and new notes are ours.
            _list(target, {**previous, **_unchanged(folder)})
        raise
    _list(target, {**_unchanged(folder), **{place: previous[place] for place in folder.changed}})


def _unchanged(folder: _Folder) -> dict[str, str]:
    return {at: digest for at, digest in folder.digests.items() if at not in folder.changed}


def _load_list(target: Path) -> dict[str, str]:
    """The notes of a former export; empty for an invalid list."""
    try:
        entries = json.loads((target / LIST).read_text("utf-8"))["notes"].items()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {
        place: str(digest)
        for place, digest in entries
        if (parts := place.split("/"))[0] in (SOURCES, CONCEPTS, FACTS)
        and len(parts) == 2
        and parts[1] == f"{safe(parts[1].removesuffix('.md'))}.md"
    }


def _list(target: Path, notes: Mapping[str, str]) -> None:
    content = {"about": "Written by Engram Workbench; do not edit.", "notes": notes}
    part = target / f"{LIST}.part"
    permissions.write_private(
        part, json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0)
    )
    part.replace(target / LIST)


def _digest(file: Path) -> str | None:
    if file.is_symlink() or not file.is_file():
        return None
    return hashlib.sha256(file.read_bytes()).hexdigest()


# -- content ---------------------------------------------------------------------------------------


def _places(selection: Selection) -> frozenset[int]:
    scopes = (place_of(id) for _, id in selection.scopes)
    return frozenset((*selection.sources, *scopes))


def _concepts(graph_of_library: ConceptGraph, selection: Selection) -> list[Concept]:
    """The concepts with a note, oldest first, so that their names are stable."""
    places = Places(_places(selection))
    candidates = concept_cards.listing(graph_of_library, collection=selection.collection, limit=-1)
    with graph_of_library.reading() as connection:
        eligible = (
            concept
            for concept in candidates
            if concept.kept or graph.mention_count(connection, concept.id, places) >= _MENTIONS
        )
        return sorted(islice(eligible, _CONCEPTS), key=lambda concept: concept.id)


def _edges(
    concepts: ConceptGraph, selection: Selection, selected: Sequence[Concept]
) -> dict[int, list[Edge]]:
    """The edges by concept; none for a selection, since edges count over the whole library."""
    joined: dict[int, list[Edge]] = defaultdict(list)
    if selection.kind == "selection":
        return joined
    ids = [concept.id for concept in selected]
    for edge in edges.between(concepts, ids, collection=selection.collection, limit=-1):
        for end in (edge.head, edge.tail):
            if len(joined[end]) < _RELATED:
                joined[end].append(edge)
    return joined


class _Notes:
    """Writes the notes: all names are assigned first, so that any note can link to any other."""

    def __init__(
        self,
        index: FactIndex,
        connection: sqlite3.Connection,
        selection: Selection,
        folder: _Folder,
        selected: Sequence[Concept],
    ) -> None:
        self._index, self._connection, self._selection = index, connection, selection
        self._folder, self._concepts = folder, selected
        self._places = Places(_places(selection))
        self._of_source = {
            row.id: folder.name(row.title) for row in sources.by_ids(connection, selection.sources)
        }
        self._of_concept = {concept.id: folder.name(concept.name) for concept in selected}
        self._of_scope = {name: folder.name(name or "Library") for name, _ in selection.scopes}
        self._sentences = {concept.id: self._mentions(concept.id) for concept in selected}

    def write_sources(self, report: Report, cancel: Cancel) -> int:
        """Write the notes of sources; returns the number of their statements."""
        names = self._names()
        statements = 0
        for number, row in enumerate(sources.by_ids(self._connection, self._selection.sources)):
            cancel.check()
            total = len(self._selection.sources)
            report(Progress("exporting", number, total, "sources", row.title))
            lines = [f"# {_plain(row.title)}", ""]
            if named := names.get(row.id):
                links = ", ".join(self._link(self._of_concept[id], name) for id, name in named)
                lines += ["## Names", "", links, ""]
            lines += self._highlights(row)
            if row.kind == "markdown":
                # The user's own documents are exported in full.
                statements += row.engrams
                lines += ["## Text", "", *self._text(row.id)]
            if linked := row.metadata.get("links", "").splitlines():
                lines += ["## Links", "", ", ".join(f"[[{link}]]" for link in linked), ""]
            page = to_page(_source_matter(row), lines)
            self._folder.write(SOURCES, self._of_source[row.id], page)
        return statements

    def write_facts(self, cancel: Cancel) -> tuple[int, int]:
        """Write the facts and notes of each collection; returns the numbers of both."""
        facts = notes = 0
        by_scope: dict[str | None, list[Record]] = defaultdict(list)
        for name, record in exporting.memories(self._connection, self._selection):
            facts += record["kind"] == "fact"
            notes += record["kind"] != "fact"
            if record["kind"] != HIGHLIGHT:
                by_scope[name].append(record)
        for scope, records in by_scope.items():
            cancel.check()
            fibers = graph.fibers(self._connection, [record["id"] for record in records])
            lines = [f"# {_plain(scope or 'Library')}", ""]
            for record in records:
                fiber = fibers.get(record["id"])
                spans = [] if fiber is None else fiber.pathway.steps
                linked = self._linked(record["text"], [(s.concept, s.start, s.end) for s in spans])
                by = ", ".join(_plain(teller) for teller, _ in record.get("by", ()) if teller)
                name = f"{_plain(record['name'])}: " if record.get("name") else ""
                lines.append(f"- {name}{linked}" + (f" ({by})" if by else ""))
            matter = {"collections": [scope] if scope else []}
            self._folder.write(FACTS, self._of_scope[scope], to_page(matter, lines))
        return facts, notes

    def write_concepts(
        self, joined: Mapping[int, Sequence[Edge]], report: Report, cancel: Cancel
    ) -> None:
        """Write the notes of concepts, with their relations and mentions."""
        total = len(self._concepts)
        for number, concept in enumerate(self._concepts):
            cancel.check()
            report(Progress("exporting", number, total, "concepts", concept.name))
            lines = [f"# {_plain(concept.name)}", ""]
            if related := joined.get(concept.id):
                lines += ["## Related", ""]
                lines += [f"- {self._edge(edge)}" for edge in related]
                lines.append("")
            lines += ["## Said", ""]
            pages = {
                engram: page
                for engram, _, _, _, page in graph.spans(
                    self._connection, [mention.engram for mention in self._sentences[concept.id]]
                )
            }
            for mention in self._sentences[concept.id]:
                origin = (
                    self._of_scope.get(mention.collection)
                    if mention.source is None
                    else self._of_source.get(mention.source)
                )
                page = (
                    f", p. {_plain(pages[mention.engram] or '')}"
                    if pages.get(mention.engram)
                    else ""
                )
                link = f" — {self._link(origin, mention.title or origin)}{page}" if origin else ""
                lines.append(f"- {_plain(mention.text)}{link}")
            matter = {
                "type": concept.type,
                "aliases": [concept.name] if self._renamed(concept) else [],
            }
            self._folder.write(CONCEPTS, self._of_concept[concept.id], to_page(matter, lines))

    def _renamed(self, concept: Concept) -> bool:
        return self._of_concept[concept.id] != concept.name

    def _mentions(self, concept: int) -> list[Mention]:
        """The newest mentions of a concept, in the order of storage."""
        engrams = graph.mentions(self._connection, concept, self._places)
        if self._selection.memories is not None:
            # Of facts only those in the selection.
            memory_ids, read = self._selection.memories, set(self._selection.sources)
            mentions = concept_cards.mentioned(self._connection, engrams)
            return [
                mention
                for mention in mentions
                if mention.source in read or mention.engram in memory_ids
            ][:_SENTENCES][::-1]
        return concept_cards.mentioned(self._connection, engrams[:_SENTENCES])[::-1]

    def _names(self) -> dict[int, list[tuple[int, str]]]:
        """The concepts with a note that each source names, most frequent first."""
        concept_names = {concept.id: concept.name for concept in self._concepts}
        rows = self._connection.execute(
            "SELECT m.place, m.concept, count(*) AS n FROM mention m "
            "JOIN json_each(?) c ON c.value = m.concept JOIN json_each(?) s ON s.value = m.place "
            "GROUP BY m.place, m.concept ORDER BY n DESC, m.concept",
            (json.dumps(sorted(concept_names)), json.dumps(list(self._selection.sources))),
        )
        names: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for place, concept, _ in rows:
            if len(names[place]) < _NAMES:
                names[place].append((concept, concept_names[concept]))
        return names

    def _highlights(self, row: SourceRow) -> list[str]:
        memory_ids = self._selection.memories
        lines: list[str] = []
        for highlight in highlights.listing(self._index, row.id):
            if memory_ids is None or highlight.id in memory_ids:
                page = text.page_at(self._connection, row.id, highlight.start)
                label = "" if page is None else f" (p. {_plain(page.label or str(page.number))})"
                suffix = " (no longer in the text)" if highlight.lost else ""
                lines += [f"> {_plain(highlight.quote)}{label}{suffix}", ""]
                lines += [highlight.note, ""] if highlight.note else []
        return ["## Highlights", "", *lines] if lines else []

    def _text(self, source: int) -> list[str]:
        """The text of a source, by chapter and paragraph."""
        lines: list[str] = []
        chapter = ""
        for passage in text.passages(self._connection, source):
            if passage.chapter and passage.chapter != chapter:
                chapter = passage.chapter
                lines += [f"### {_plain(chapter)}", ""]
            for paragraph in passage.text.split("\n"):
                lines += [_plain(paragraph), ""] if paragraph.strip() else []
        return lines

    def _edge(self, edge: Edge) -> str:
        head, tail = (
            self._link(self._of_concept[id], name)
            for id, name in ((edge.head, edge.head_name), (edge.tail, edge.tail_name))
        )
        return f"{head} {_plain(edge.relation)} {tail}"

    def _linked(self, words: str, spans: Sequence[tuple[int, int, int]]) -> str:
        """Words with the first occurrence of each name as a link."""
        parts: list[str] = []
        position, linked = 0, set[int]()
        for concept, start, end in sorted(spans, key=lambda span: span[1:]):
            if concept in self._of_concept and concept not in linked and position <= start < end:
                linked.add(concept)
                parts += [_inner(words[position:start])]
                parts += [self._link(self._of_concept[concept], words[start:end])]
                position = end
        return "".join([*parts, _inner(words[position:])])

    @staticmethod
    def _link(name: str, label: str) -> str:
        label = " ".join(re.sub(r"[\[\]|]", " ", label).split())
        return f"[[{name}]]" if label in ("", name) else f"[[{name}|{label}]]"


# -- Markdown --------------------------------------------------------------------------------------


def _source_matter(row: SourceRow) -> dict[str, Any]:
    matter = {"title": row.title, "author": row.author, "year": row.date[:4], "date": row.date}
    for key in ("doi", "url", "citation_key"):
        matter[key] = row.metadata.get(key, "")
    fields = {**matter, "language": row.language, "kind": row.kind}
    tags = [tag.replace(" ", "-") for tag in row.tags]
    return {**fields, "tags": tags, "collections": list(row.collections)}


def to_page(matter: Mapping[str, Any], lines: Iterable[str]) -> str:
    """A note with YAML front matter, in which every value is quoted."""
    head: list[str] = []
    for name, value in matter.items():
        if isinstance(value, list):
            head += [f"{name}:", *(f"  - {_quoted(item)}" for item in value)] if value else []
        elif value:
            head.append(f"{name}: {_quoted(value)}")
    top = ["---", *head, "---", ""] if head else []
    return "\n".join([*top, *lines]).rstrip("\n") + "\n"


def _quoted(value: str) -> str:
    return json.dumps(" ".join(str(value).split()), ensure_ascii=False)


def _inner(words: str) -> str:
    """A piece of a line, with Markdown characters escaped."""
    return _MARKS.sub(r"\\\1", re.sub(r"\s+", " ", words))


def _plain(words: str) -> str:
    """Words on one line, with Markdown characters escaped."""
    return _inner(words).strip()
