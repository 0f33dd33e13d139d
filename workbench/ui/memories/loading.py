"""Looks up the details of a fact or note on a worker."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.memory.facts.records import Fact
from workbench.memory.graph.records import Concept
from workbench.memory.kinds.records import Review
from workbench.ui.memories.rows import HIGHLIGHT, STANCE, VARIABLE, Memory

if TYPE_CHECKING:
    from workbench.library import Library
    from workbench.memory.facts.fact_details import FactCard


@dataclass(frozen=True, slots=True)
class Looked:
    """`card` is of facts alone; `former` are its wordings before it was edited, oldest first.

    `words` are what is edited: of a stance its text, of a variable its value, else the whole.
    """

    id: int
    card: "FactCard | None"
    former: tuple[Fact, ...]
    words: str
    concepts: tuple[Concept, ...] = ()
    #: When it is asked for, None where it is not kept for review.
    review: Review | None = None


def look(library: "Library", memory: Memory) -> Looked:
    """Look it up. Raises `NotFoundError` where it was forgotten meanwhile."""
    card = None if memory.is_note else library.facts.get(memory.id)
    *former, _now = library.facts.history(memory.id)
    kept = next((one for one in library.memory.reviews(memory.id) if one.due is not None), None)
    return Looked(
        memory.id,
        card,
        tuple(former),
        _words(library, memory),
        tuple(library.graph.concepts(of=[memory.id], limit=12)),
        # How many days are left changes while one looks: it is not a change of the memory.
        None if kept is None else replace(kept, days=None),
    )


def _words(library: "Library", memory: Memory) -> str:
    if memory.kind == VARIABLE:
        variables = library.notes.list("variable", collection=memory.collection)
        return next((each.value for each in variables if each.id == memory.id), memory.text)
    if memory.kind == STANCE:
        stances = library.notes.list("stance", collection=memory.collection)
        return next((each.text for each in stances if each.id == memory.id), memory.text)
    if memory.kind == HIGHLIGHT:
        # What is written about the words; those themselves are the source's.
        marked = library.notes.list("highlight")
        return next((each.note for each in marked if each.id == memory.id), "")
    return memory.text
