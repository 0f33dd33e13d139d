"""Facts and notes as rows, fetched off the GUI thread: the newest first, as many as are asked for.

Each row's words are folded once, on the worker that fetches it, so that typing filters thousands
of rows in a few milliseconds.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from workbench.jobs import Cancel
from workbench.memory.facts.records import Fact
from workbench.ui.components import words
from workbench.ui.language import inside, tr
from workbench.ui.library.sifting import fold

if TYPE_CHECKING:
    from workbench.library import Library

#: What was told plainly; notes of the other kinds are kept apart from the facts.
FACT, INSTRUCTION, STANCE, VARIABLE = "fact", "instruction", "stance", "variable"
HIGHLIGHT = "highlight"
NOTES = (INSTRUCTION, STANCE, VARIABLE, HIGHLIGHT)
#: So many rows are listed; older ones are found by their words.
MOST = 50_000
_FOUND = 200
_SPOKEN = 1000  # characters of a fact that are read out in the table


@dataclass(frozen=True, slots=True)
class Memory:
    """A fact or a note as the window shows it.

    `collection` is its scope (None: the library's own), `by` names who said it (empty: the user),
    `told` and `since` are seconds since the epoch, `hay` its folded words for the filter.
    """

    id: int
    kind: str
    text: str
    collection: str | None
    by: tuple[str, ...]
    told: float
    since: float
    current: bool
    archived: bool
    expired: bool
    priority: int | None
    strength: float
    hay: str

    @property
    def is_note(self) -> bool:
        """Whether it is kept apart from the facts: no question is answered by it."""
        return self.kind in NOTES


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of rows, newest first; `more` says whether older ones are left.

    `seconds` is how long the reading took.
    """

    rows: tuple[Memory, ...]
    more: bool
    seconds: float = 0.0


def scopes_of(library: "Library", collection: str | None, *, every: bool) -> list[str | None]:
    """The scopes to look in: one, or with `every` all that hold facts or notes."""
    return [scope.collection for scope in library.collections.scopes()] if every else [collection]


def page(
    library: "Library",
    collection: str | None,
    every: bool,
    limit: int,
    known: Sequence[Memory],
    cancel: Cancel,
) -> Listed:
    """The newest rows of a scope, or with `every` of all scopes (on a worker).

    Rows that are as in `known` are those very rows: the table then sees at once what is new.
    """
    began = time.perf_counter()
    rows: list[Fact] = []
    for scope in scopes_of(library, collection, every=every):
        cancel.check()
        rows += library.facts.list(collection=scope, limit=limit + 1)
        rows += library.notes.list(collection=scope, limit=limit + 1)
    rows.sort(key=lambda fact: (fact.told, fact.id), reverse=True)
    before = {row.id: row for row in known}
    made = (memory(fact) for fact in rows[:limit])
    kept = tuple(before[row.id] if before.get(row.id) == row else row for row in made)
    return Listed(kept, len(rows) > limit, time.perf_counter() - began)


def found(
    library: "Library", cue: str, collection: str | None, every: bool, cancel: Cancel
) -> list[Memory]:
    """The rows that hold words of a cue, whatever their age (on a worker)."""
    rows: list[Memory] = []
    for scope in scopes_of(library, collection, every=every):
        cancel.check()
        rows += map(memory, library.facts.recall(cue, collection=scope, limit=_FOUND))
    return rows


def memory(fact: Fact) -> Memory:
    """A fact as a row."""
    return Memory(
        id=fact.id,
        kind=fact.kind,
        text=fact.text,
        collection=fact.collection,
        by=fact.sources,
        told=fact.told,
        since=fact.at,
        current=fact.current,
        archived=fact.archived,
        expired=fact.expired,
        priority=fact.priority,
        # As it is shown: it fades from moment to moment, and the row would never stay the same.
        strength=0.0 if fact.kind in NOTES else round(fact.strength, 1),
        hay=fold(f"{fact.text} {fact.collection or ''} {' '.join(fact.sources)}"),
    )


def teller(by: Sequence[str]) -> str:
    """Who said it, in words."""
    return ", ".join(by) if by else tr("You")


def state(row: Memory) -> str:
    """The state of a row, in words; "" where it simply holds."""
    if not row.current:
        return tr("Replaced")
    if row.expired:
        return tr("Expired")
    return tr("Archived") if row.archived else ""


def strength(row: Memory) -> str:
    """How strong it is, in words; "" of notes, which do not fade."""
    return "" if row.is_note else f"{row.strength:.1f}"


def share(strength: float) -> float:
    """A strength as a part of a bar, 0 to 1: freshly told is half, and no bar is ever full."""
    return strength / (1.0 + strength) if strength > 0 else 0.0


def since(row: Memory) -> str:
    """Since when it holds, as a day."""
    return words.day(row.since)


def sentence(row: Memory) -> str:
    """A row in one sentence, for those who hear the table."""
    parts = [
        words.short(row.text, _SPOKEN),
        tr("said by {teller}", teller=teller(row.by)) if row.by else tr("said by you"),
        tr("since {since}", since=since(row)),
    ]
    if row.collection:
        parts.append(tr("in {collection}", collection=row.collection))
    if not row.is_note:
        parts.append(tr("strength {strength:.1f}", strength=row.strength))
    if state(row):
        parts.append(inside(state(row)))
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each kind; facts of all their kinds are one."""

    facts: int = 0
    instructions: int = 0
    stances: int = 0
    variables: int = 0
    highlights: int = 0

    @property
    def all(self) -> int:
        """How many there are altogether."""
        notes = self.instructions + self.stances + self.variables + self.highlights
        return self.facts + notes

    def of(self, kind: str) -> int:
        """How many there are of a kind."""
        notes = {
            INSTRUCTION: self.instructions,
            STANCE: self.stances,
            VARIABLE: self.variables,
            HIGHLIGHT: self.highlights,
        }
        return notes.get(kind, self.facts)


def counts(library: "Library") -> dict[str | None, Counts]:
    """What each scope holds, the library's own under None (on a worker)."""
    return {
        scope.collection: Counts(
            scope.facts, scope.notes, scope.stances, scope.variables, scope.highlights
        )
        for scope in library.collections.scopes()
    }


def total(told: Iterable[Counts]) -> Counts:
    """All of them together."""
    return Counts(*map(sum, zip(*map(astuple, told), strict=True)))
