"""Loads facts and notes as rows, newest first, on a worker.

The text of each row is folded once while loading, so that filtering thousands of rows takes a few
milliseconds.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.memory.facts.records import Fact
from workbench.memory.notes.records import NotePlace
from workbench.ui.components import words
from workbench.ui.language import inside, known, tr
from workbench.ui.library.sifting import fold

if TYPE_CHECKING:
    from workbench.library import Library

#: Plain facts; notes of the other kinds are stored separately.
FACT, INSTRUCTION, STANCE, VARIABLE = "fact", "instruction", "stance", "variable"
HIGHLIGHT = "highlight"
NOTES = (INSTRUCTION, STANCE, VARIABLE, HIGHLIGHT)
#: Maximum number of listed rows; a search finds older ones.
MAX_ROWS = 50_000
_MAX_RESULTS = 50
_MAX_ACCESSIBLE = 1000  # characters of a fact read out in the table


@dataclass(frozen=True, slots=True)
class Memory:
    """A fact or note as a row.

    `collection` is its scope (None for the library), `by` who said it (empty for the user), `told`
    and `valid_from` are seconds since the epoch, `hay` is the folded text for the filter, `at` has
    the tags, and quotation, note and place of a highlight.
    """

    id: int
    kind: str
    text: str
    collection: str | None
    by: tuple[str, ...]
    told: float
    valid_from: float
    current: bool
    archived: bool
    expired: bool
    priority: int | None
    hay: str
    at: NotePlace

    @property
    def is_note(self) -> bool:
        """Whether it is not a fact: no question is answered from it."""
        return self.kind in NOTES

    @property
    def words(self) -> str:
        """The user's text: for a highlight its note, "" without one."""
        return self.at.note if self.kind == HIGHLIGHT else self.text

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of its tags."""
        return self.at.tags


@dataclass(frozen=True, slots=True)
class MemoryPage:
    """A page of rows, newest first; `more` is whether older ones are left.

    `seconds` is the loading time.
    """

    rows: tuple[Memory, ...]
    more: bool
    seconds: float = 0.0


def scopes_of(library: "Library", collection: str | None, *, all_scopes: bool) -> list[str | None]:
    """The scopes to search: one, or with `all_scopes` all with facts or notes."""
    return (
        [scope.collection for scope in library.collections.scopes()] if all_scopes else [collection]
    )


def page(
    library: "Library",
    collection: str | None,
    all_scopes: bool,
    limit: int,
    existing: Sequence[Memory],
    cancel: Cancel,
) -> MemoryPage:
    """Load the newest rows of a scope, or with `all_scopes` of all. Runs on a worker.

    Rows equal to those in `existing` are the same objects, so that the table detects changes fast.
    """
    started = time.perf_counter()
    rows: list[Fact] = []
    for scope in scopes_of(library, collection, all_scopes=all_scopes):
        cancel.check()
        rows += library.facts.list(collection=scope, limit=limit + 1)
        rows += library.notes.list(collection=scope, limit=limit + 1)
    rows.sort(key=lambda fact: (fact.told, fact.id), reverse=True)
    previous = {row.id: row for row in existing}
    created = _with_places(library, rows[:limit])
    retained = tuple(previous[row.id] if previous.get(row.id) == row else row for row in created)
    return MemoryPage(retained, len(rows) > limit, time.perf_counter() - started)


def highlighted(library: "Library", cue: str) -> list[Memory]:
    """Highlights that match a cue in quotation or note. Runs on a worker."""
    from workbench.library.options import RecallOptions

    options = RecallOptions(kind=HIGHLIGHT)
    return _with_places(library, library.facts.recall(cue, limit=_MAX_RESULTS, options=options))


def _with_places(library: "Library", facts: Sequence[Fact]) -> list[Memory]:
    places = {at.id: at for at in library.notes.places(*(fact.id for fact in facts))}
    return [memory(fact, places.get(fact.id)) for fact in facts]


def memory(fact: Fact, at: NotePlace | None = None) -> Memory:
    """Convert a fact to a row."""
    at = at or NotePlace(fact.id, ())
    texts = (fact.collection or "", *fact.sources, *at.tags, at.title, at.place)
    return Memory(
        id=fact.id,
        kind=fact.kind,
        text=fact.text,
        collection=fact.collection,
        by=fact.sources,
        told=fact.told,
        valid_from=fact.at,
        current=fact.current,
        archived=fact.archived,
        expired=fact.expired,
        priority=fact.priority,
        hay=fold(" ".join((fact.text, *texts))),
        at=at,
    )


def teller(by: Sequence[str]) -> str:
    """Who said it, as text."""
    return ", ".join(by) if by else tr("You")


def state(row: Memory) -> str:
    """The state of a row; "" if current."""
    if not row.current:
        return tr("Replaced")
    if row.expired:
        return tr("Expired")
    return tr("Archived") if row.archived else ""


def valid_day(row: Memory) -> str:
    """The day since which it is valid."""
    return words.day(row.valid_from)


def sentence(row: Memory) -> str:
    """Describe a row in a sentence, for screen readers."""
    parts = [words.short(row.text, _MAX_ACCESSIBLE), valid_day(row)]
    if row.kind == HIGHLIGHT:
        parts[1:1] = [known(row.at.colour), f"{row.at.title}, {row.at.place}".strip(", ")]
    else:
        parts.insert(
            1, tr("said by {teller}", teller=teller(row.by)) if row.by else tr("said by you")
        )
    if row.collection:
        parts.append(tr("in {collection}", collection=row.collection))
    if row.tags:
        parts.append(tr("tagged {tags}", tags=", ".join(row.tags)))
    if state(row):
        parts.append(inside(state(row)))
    return ", ".join(parts)
