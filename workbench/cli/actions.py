"""Commands that are more than one call of the library: each returns a record to print.

The table names these functions with “@”. They get the library, the parsed arguments and the output,
to which they may write remarks only.
"""

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import permissions
from workbench.cli.opening import check_collection
from workbench.cli.output import Output, plural
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions
from workbench.memory.graph.records import (
    ConceptCard,
    Edge,
    RelationStrength,
    SaidAt,
    Saying,
)

if TYPE_CHECKING:
    from ingest.reference_list import ListedWork
    from workbench.intake.accounting import Account
    from workbench.memory.facts.plastic import Strength
    from workbench.memory.facts.records import Fact
    from workbench.memory.fading.records import Curve
    from workbench.memory.graph.records import Linked
    from workbench.memory.notes.records import Stance
    from workbench.memory.vital.records import Alert
    from workbench.recall.records import Answer
    from workbench.recall.related import Alike
    from workbench.store.kept_originals import Original
    from workbench.store.records import PassageRow, SectionRow, SourceRow

Arguments = argparse.Namespace
#: Neighbours and mentions of a concept that are shown, and statements per link.
_NEIGHBOURS, _CITED = 15, 3
#: Most answers of a thread: all that are kept.
_ANSWERS = 5000


# -- statements and notes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Valued:
    """The value that answers a question; without one, `near` has the closest statements."""

    question: str
    value: str | None
    abstained: bool
    confidence: float
    fact: "Fact | None"
    also: "Fact | None"
    near: "Sequence[Fact]"


def valued(library: Library, arguments: Arguments, output: Output) -> Valued:
    """Answer a question with the value of a statement."""
    question, collection, as_of = arguments.question, arguments.collection, arguments.as_of
    value = library.facts.value(question, collection=collection, as_of=as_of, depth=arguments.depth)
    if value is not None:
        also = None if value.also is None else value.also.fact
        return Valued(question, value.value, False, value.confidence, value.fact, also, [])
    closest = library.facts.recall(
        question, collection=collection, as_of=as_of, options=RecallOptions(by="nearness")
    )
    if output.as_json:
        return Valued(question, None, True, 0.0, None, None, closest)
    texts = "; ".join(f"“{fact.text}”" for fact in closest)
    raise NotFoundError(
        "No statement answers that.",
        f"Closest statements: {texts}"
        if closest
        else "See what is known about it with: workbench recall CUE",
    )


@dataclass(frozen=True, slots=True)
class VariableValue:
    """The value of a variable, or a hint if its key does not exist."""

    value: str | None
    hint: str


def variable(library: Library, arguments: Arguments, _: Output) -> VariableValue:
    """Look up a variable; keys that differ only in case become a hint."""
    key, collection = arguments.key, arguments.collection
    found = library.notes.get("variable", key, collection=collection)
    existing = library.notes.list("variable", collection=collection) if found is None else []
    folded = " ".join(key.split()).casefold()
    similar = (row.key for row in existing if row.key.casefold() == folded)
    hint = next((f"There is “{name}”." for name in similar), "See them with: workbench var list")
    return VariableValue(None if found is None else found.value, hint)


def removed_variable(library: Library, arguments: Arguments, _: Output) -> bool:
    """Remove a variable; returns whether it existed."""
    variable = library.notes.get("variable", arguments.key, collection=arguments.collection)
    return variable is not None and library.facts.forget([variable.id]).forgotten > 0


def set_stance(library: Library, arguments: Arguments, _: Output) -> "Stance | None":
    """Record a stance on a topic."""
    topic, collection = arguments.topic, arguments.collection
    made = library.notes.add("stance", arguments.text, key=topic, collection=collection)
    stance = library.notes.get("stance", topic, collection=collection)
    return None if stance is None else replace(stance, created=bool(made.new))


def export_highlights(library: Library, arguments: Arguments, _: Output) -> str:
    """Write highlights to a new file and return its name, or else return the text."""
    to, form = arguments.to, arguments.format or "markdown"
    content = library.notes.export(arguments.source, format=form)
    if to is None:
        return content.decode()
    if os.path.lexists(to):
        # Existing files, above all the original, are never replaced.
        raise UsageError(f"“{to}” is there already.", "Choose the name of a new file.")
    try:
        permissions.private(Path(to)).write_bytes(content)
    except OSError as error:
        raise InputError(
            f"“{to}” could not be written: {error.strerror}.", "Choose another folder."
        ) from error
    return str(to)


@dataclass(frozen=True, slots=True)
class MemoryCard:
    """The strength of a statement, and its forecast."""

    strength: "Strength"
    curve: "Curve"


def memory(library: Library, arguments: Arguments, _: Output) -> MemoryCard:
    """Show the strength of a statement."""
    strength = library.memory.strength(arguments.id)
    if strength is None:
        raise NotFoundError(f"There is no memory {arguments.id}.", "See `workbench list memories`.")
    return MemoryCard(strength, library.memory.curve(arguments.id))


def suggesting(library: Library, arguments: Arguments, _: Output) -> dict[str, object]:
    """Forget feedback, or switch learning from it on or off."""
    outcome: dict[str, object] = {}
    if arguments.learn is not None:
        library.brain.configure(query_patterns=arguments.learn == "on")
        outcome["learn"] = arguments.learn == "on"
    if arguments.forget:
        outcome["forgotten"] = library.memory.forget_asked(collection=arguments.collection)
    return outcome


#: Options that mark an alert, and the marks.
_MARKS = {"seen": "seen", "acknowledge": "acknowledged", "resolve": "resolved"}


def alerts(library: Library, arguments: Arguments, _: Output) -> "list[Alert]":
    """Mark alerts, or list them with other limits."""
    if arguments.set:
        library.brain.configure(**{f"alert_{name}": value for name, value in arguments.set})
    collection = arguments.collection
    marks = [(getattr(arguments, name), status) for name, status in _MARKS.items()]
    marked_alerts = [
        library.acknowledge(int(target) if target.isdecimal() else target, status,
                            collection=collection)
        for target, status in marks
        if target is not None
    ]  # fmt: skip
    limits = dict(arguments.limit)
    return marked_alerts or library.alerts(collection, limits=limits, resolved=arguments.resolved)


# -- the graph -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LinkCard:
    """An edge with its evidence and the locations of that."""

    edge: Edge
    sayings: tuple[tuple[Saying, SaidAt | None], ...]


@dataclass(frozen=True, slots=True)
class ConceptPage(ConceptCard):
    """A concept with the statements about it, grouped by relation, strongest first."""

    stated: tuple[LinkCard, ...]
    relations: tuple[RelationStrength, ...]


def concept_card(library: Library, arguments: Arguments, _: Output) -> ConceptPage:
    """Show a concept with its neighbours and statements."""
    graph, collection = library.graph, arguments.collection
    card = graph.concept(arguments.which, collection=collection)
    number = card.concept.id
    stated: list[LinkCard] = []
    for edge in graph.neighbourhood(number, collection=collection, limit=_NEIGHBOURS).edges:
        sayings = graph.evidence(edge.id, collection=collection, limit=_CITED)
        places = graph.said_at(*(statement.engram for statement in sayings))
        pairs = tuple((statement, places.get(statement.engram)) for statement in sayings)
        stated.append(LinkCard(edge, pairs))
    relations = graph.strengths(number, collection=collection, limit=_NEIGHBOURS)
    values = {field.name: getattr(card, field.name) for field in fields(card)}
    return ConceptPage(**values, stated=tuple(stated), relations=tuple(relations))


def nearness(library: Library, arguments: Arguments, _: Output) -> float | None:
    """Compare the meaning of a word with that of another one."""
    near = library.graph.near_words(arguments.word, arguments.other)
    return near[0].nearness if near else None


def links(library: Library, arguments: Arguments, _: Output) -> "list[Linked]":
    """List links of the statements that match some words."""
    rows = library.graph.links(
        arguments.match, kind=arguments.kind, collection=arguments.collection
    )
    return rows[: arguments.limit if arguments.limit >= 0 else None]


def associated(library: Library, arguments: Arguments, _: Output) -> list[Any]:
    """List the statements, or concepts, associated with a cue."""
    scope: dict[str, Any] = {
        "hops": arguments.hops,
        "limit": arguments.limit,
        "collection": arguments.collection,
    }
    facts: list[Any] = []
    if arguments.over != "graph":
        facts = library.facts.associate(arguments.cue, as_of=arguments.as_of, **scope)
    if arguments.over == "facts" or facts:
        return facts
    return [*library.graph.associated(arguments.cue, **scope)]


@dataclass(frozen=True, slots=True)
class NoPath:
    """The record for scripts if there is no path."""

    steps: tuple[()] = ()
    trail: tuple[()] = ()


def path(library: Library, arguments: Arguments, output: Output) -> Any:
    """Show how two concepts are connected."""
    hops, collection = arguments.hops, arguments.collection
    route = library.graph.path(arguments.start, arguments.end, hops=hops, collection=collection)
    if route is None:
        output.complaint(
            f"There is no path worth showing within {hops} hops. Widen the scope, or allow more."
        )
    return route or NoPath()


# -- sources ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """A collection with its counts of sources, facts and notes; "" for those in none."""

    id: int | None
    name: str
    sources: int
    facts: int
    notes: int


@dataclass(frozen=True, slots=True)
class SourceCard:
    """A source: its row, original, outline and passages, and how it was read."""

    source: "SourceRow"
    original: "Original | None"
    read: "Account"
    references: "Sequence[ListedWork]"
    sections: "Sequence[SectionRow]"
    passages: "Sequence[PassageRow]"
    with_passages: bool

    @property
    def read_in_words(self) -> str:
        """How it was read, in words."""
        from workbench.intake.accounting import in_words

        return in_words(self.read)

    @property
    def titles(self) -> list[str]:
        """The titles of its sections, indented by level."""
        return [f"{'  ' * row.level}{row.title}" for row in self.sections if row.title]

    @property
    def passage_texts(self) -> Iterator[str]:
        """Its passages with their locations, if requested."""
        for row in self.passages if self.with_passages else ():
            page = f"p. {row.page_label or row.page} " if row.page or row.page_label else ""
            place = f"\n— {page}[{row.start}–{row.end}] {row.chapter}".rstrip()
            yield f"{place}\n{row.text}"


def collections(library: Library, _arguments: Arguments, output: Output) -> list[CollectionCard]:
    """List collections with their counts."""
    counts = {
        scope.collection: (
            scope.facts,
            scope.notes + scope.variables + scope.stances + scope.highlights,
        )
        for scope in library.collections.scopes()
    }
    cards = [
        CollectionCard(row.id, row.name, row.sources, *counts.get(row.name, (0, 0)))
        for row in library.collections.list()
    ]
    if None in counts and not output.as_json:
        cards.append(CollectionCard(None, "", 0, *counts[None]))
    return cards


def sources(library: Library, arguments: Arguments, _: Output) -> "list[SourceRow]":
    """List sources. Raises `NotFoundError` for an unknown collection or tag."""
    from workbench.store.tags import fold

    tag, trashed = arguments.tag, arguments.trashed
    check_collection(library, arguments.collection)
    if tag is not None and not trashed:
        existing = {fold(row.name) for row in library.sources.tags()}
        if fold(tag) not in existing:
            raise NotFoundError(f"No source has the tag “{tag}”.", "See `workbench list tags`.")
    return library.sources.list(
        collection=arguments.collection, tag=tag, trashed=trashed, missing=arguments.missing
    )


def source_or_memory(library: Library, arguments: Arguments, output: Output) -> Any:
    """Show the source of a number, or else the statement."""
    try:
        source = library.sources.get(arguments.id)
    except NotFoundError:
        if library.memory.strength(arguments.id) is None:
            raise
        return memory(library, arguments, output)
    return SourceCard(
        source,
        library.sources.original(source.id),
        library.sources.account(source.id),
        library.sources.references(source.id),
        library.sources.sections(source.id),
        library.sources.passages(source.id),
        arguments.passages,
    )


def tagged(library: Library, arguments: Arguments, _: Output) -> "list[SourceRow]":
    """Tag sources, or remove a tag."""
    library.sources.tag(arguments.ids, arguments.name, remove=arguments.remove)
    return [library.sources.get(source) for source in arguments.ids]


@dataclass(frozen=True, slots=True)
class Located:
    """Sources whose file was found at a path."""

    sources: list[int]
    path: str | None

    @property
    def further(self) -> int:
        """The number of other sources in that file."""
        return len(self.sources) - 1


def located(library: Library, arguments: Arguments, _: Output) -> Located:
    """Record where the original of a source is."""
    sources = library.sources.locate(arguments.id, arguments.path)
    return Located(sources, library.sources.get(arguments.id).path)


def related(library: Library, arguments: Arguments, output: Output) -> "list[Alike]":
    """List passages similar to a sentence; remark if only words were compared."""
    rows = library.sources.related(arguments.text, limit=arguments.limit)
    if rows and rows[0].tier == "lexical" and not output.as_json:
        output.remark(f"Found by words: {model_problem(library) or _unread(library)}")
    return rows


def _unread(library: Library) -> str:
    """Why nothing was found by meaning, though no model has failed."""
    for space in library.models.readings("embedding"):
        if space.done < space.total:
            return (
                f"{space.model} has read {space.done} of {plural(space.total, 'statement')} so far."
            )
        return "nothing is near enough in meaning."
    return "no embedding model has read this library yet (workbench models)."


def model_problem(library: Library) -> str:
    """A sentence on a configured model that cannot be used, or ""."""
    spaces = (space.trouble for space in library.models.readings("embedding") if space.trouble)
    return next(spaces, "") or library.reader_trouble


def corrected(library: Library, arguments: Arguments, _: Output) -> Any:
    """Correct words of a transcript."""
    number, was = arguments.id, arguments.was
    starts = [
        start + match.start()
        for start, end in ((row.start, row.end) for row in library.sources.sections(number))
        for match in re.finditer(re.escape(was), library.sources.text(number, start, end))
    ]
    if arguments.at is not None:
        second = _seconds(arguments.at)
        passages = library.sources.passages(number)
        starts = sorted(starts, key=lambda start: abs(_second(passages, start) - second))[:1]
    if not starts:
        raise NotFoundError(
            f"“{was}” is not in that transcript.", f"See its words with `workbench show {number}`."
        )
    if len(starts) > 1:
        raise UsageError(
            f"“{was}” occurs there {len(starts)} times.",
            "Say where with --at, or give more of the words around it.",
        )
    return library.sources.correct(number, starts[0], starts[0] + len(was), arguments.now)


def _second(passages: "Sequence[PassageRow]", offset: int) -> float:
    preceding = [row.seconds for row in passages if row.start <= offset and row.seconds is not None]
    return preceding[-1] if preceding else 0.0


def _seconds(text: str) -> float:
    total = 0.0
    try:
        for part in text.split(":"):
            total = total * 60 + float(part)
    except ValueError:
        raise UsageError(f"“{text}” is not a time.", "Write it like 4:07 or 1:02:09.") from None
    return total


# -- answers and references ------------------------------------------------------------------------


def thread_of(library: Library, conversation: str, limit: int) -> "list[Answer]":
    """The last answers of a conversation, oldest first."""
    rows = library.answers.list(conversation=conversation, limit=limit)
    return [row.written or row.answer for row in reversed(rows)]


def exported_answers(library: Library, arguments: Arguments, output: Output) -> str | None:
    """Export an answer or its thread; returns the text, or None if it went to a file."""
    saved = library.answers.get(arguments.export)
    thread = [saved.written or saved.answer]
    if arguments.thread and (name := str(saved.answer.scope.get("conversation") or "")):
        thread = thread_of(library, name, _ANSWERS)
    form, file = arguments.form or "", arguments.file
    result = library.answers.export(thread, form, style=arguments.style, file=file)
    if file is None:
        return result.rstrip("\n")
    output.remark(f"Written to {result}.")
    return None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as cited; `notes` says whether the style cites in notes."""

    source: int
    text: str
    reference: str
    notes: bool


def citations(library: Library, arguments: Arguments, _: Output) -> list[CitedSource]:
    """Cite sources in a style."""
    from workbench.recall.records import Place

    if arguments.page and len(arguments.ids) != 1:
        raise UsageError("--page needs exactly one source.", "Give one ID.")
    places = [Place(0, arguments.page, None, 0, 0)] if arguments.page else None
    ids = _cited(library, arguments)
    result = library.sources.cite(ids, style=arguments.style, places=places)
    rows = zip(ids, result, strict=True)
    return [CitedSource(id, row.text, row.reference, row.notes) for id, row in rows]


def bibliography(library: Library, arguments: Arguments, _: Output) -> str:
    """Format sources as a bibliography."""
    form = arguments.form or arguments.style
    return library.sources.bibliography(_cited(library, arguments), form=form).rstrip("\n")


def _cited(library: Library, arguments: Arguments) -> list[int]:
    if arguments.ids:
        return list(arguments.ids)
    rows = library.sources.list(collection=arguments.collection)
    return [row.id for row in reversed(rows)]
