"""The commands of concepts: list concepts, concept, links, aliases; near, of words used alike."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from workbench.cli.opening import open_library, open_scope
from workbench.cli.output import Output
from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.graph.records import (
    Alias,
    Concept,
    ConceptCard,
    ConceptChange,
    Edge,
    RelationStrength,
    SaidAt,
    Saying,
)

#: Neighbours and mentions that are shown to people; `--json` has them all.
_SHOWN = 15
#: Sayings of each edge.
_CITED = 3


@dataclass(frozen=True, slots=True)
class StatedLink:
    """An edge with what says it, and where that stands in its source."""

    edge: Edge
    sayings: tuple[tuple[Saying, SaidAt | None], ...]


@dataclass(frozen=True, slots=True)
class StatedCard(ConceptCard):
    """A card with what statements say of its concept, and in which relations, strongest first."""

    stated: tuple[StatedLink, ...]
    relations: tuple[RelationStrength, ...]


def listing(arguments: argparse.Namespace, output: Output) -> int:
    """List the concepts of the library or a collection, those mentioned most first."""
    if arguments.tag is not None or arguments.trashed or arguments.missing:
        raise UsageError(
            "Concepts have no tags and no original files.",
            "Write: workbench list concepts [--kind T]",
        )
    with open_scope(arguments) as library:
        library.graph.link_concepts()
        found = library.graph.concepts(
            type=arguments.kind, collection=arguments.collection, limit=-1
        )
    for each in found:
        output.say(each, _line(each))
    if not found and not output.as_json:
        output.remark("No concepts yet. They come from your sources and notes.")
    return 0


def _concept(arguments: argparse.Namespace, output: Output) -> int:
    which = _which(arguments.name)
    changes = [
        arguments.rename is not None,
        arguments.retype is not None,
        arguments.merge is not None,
        arguments.split is not None,
        arguments.undo,
    ]
    if sum(changes) > 1 or (which is None) != arguments.undo:
        raise UsageError(
            "Name a concept, and at most one change of it.",
            "Undo the last change with: workbench concept --undo",
        )
    if any(changes):
        with open_library(arguments) as library:
            done = _change(library, which, arguments)
        if output.as_json:
            output.record(done)
        else:
            output.result(f"✓ Done ({done.what}): {_line(done.concept)}")
            output.remark("Undo it with: workbench concept --undo")
        return 0
    assert which is not None
    with open_scope(arguments) as library:
        library.graph.link_triples()
        card = library.graph.concept(which, collection=arguments.collection)
        stated = _stated(library, card, arguments.collection)
        relations = library.graph.strengths(
            card.concept.id, collection=arguments.collection, limit=_SHOWN
        )
    if output.as_json:
        output.record(StatedCard(**_fields(card), stated=stated, relations=tuple(relations)))
    else:
        _show(card, output)
        _show_stated(stated, output)
        _show_relations(relations, output)
    return 0


def _fields(card: ConceptCard) -> dict[str, Any]:
    return {each.name: getattr(card, each.name) for each in fields(card)}


def _stated(library: Library, card: ConceptCard, collection: str | None) -> tuple[StatedLink, ...]:
    """The strongest edges of a concept, each with what says it and where that stands."""
    around = library.graph.neighbourhood(card.concept.id, collection=collection, limit=_SHOWN)
    found: list[StatedLink] = []
    for edge in around.edges:
        said = library.graph.statements(edge.id, collection=collection, limit=_CITED)
        places = library.graph.said_at(*(each.engram for each in said))
        found.append(StatedLink(edge, tuple((each, places.get(each.engram)) for each in said)))
    return tuple(found)


def _show_stated(stated: Sequence[StatedLink], output: Output) -> None:
    if stated:
        output.result("stated:")
    for link in stated:
        edge = link.edge
        signs = [edge.tag] if edge.tag != "explicit" else []
        signs += ["contradicted"] if edge.contradicted else []
        told = "".join(f", {sign}" for sign in signs)
        output.result(
            f"  {edge.head_name} — {edge.relation} → {edge.tail_name}  · {edge.strength:.2f}{told}"
        )
        for saying, place in link.sayings:
            where = saying.title or saying.collection or ""
            if place is not None and place.page is not None:
                where += f", p. {place.page}"
            output.result(f"      “{saying.text}”{f'  · {where}' if where else ''}")


def _show_relations(relations: Sequence[RelationStrength], output: Output) -> None:
    if relations:
        output.result("relations:")
    for each in relations:
        others = ", ".join(each.concepts)
        ways = (each.relation, others) if each.side == "subject" else (others, each.relation)
        times = "once" if each.evidence == 1 else f"{each.evidence} times"
        output.result(f"  {' → '.join(ways)}  · {each.strength:.2f}, said {times}")


def _change(
    library: Library, which: str | int | None, arguments: argparse.Namespace
) -> ConceptChange:
    if which is None:
        return library.graph.undo()
    if arguments.rename is not None:
        return library.graph.rename(which, arguments.rename)
    if arguments.retype is not None:
        return library.graph.retype(which, arguments.retype)
    if arguments.merge is not None:
        return library.graph.merge(which, _which(arguments.merge) or "")
    return library.graph.split(which, arguments.split)


def _which(name: str | None) -> str | int | None:
    """A concept by its name, or as #12 by its number."""
    if name is not None and name.startswith("#") and name[1:].isdecimal():
        return int(name[1:])
    return name


def _show(card: ConceptCard, output: Output) -> None:
    output.result(_line(card.concept))
    if card.forms:
        output.result(f"also written: {', '.join(card.forms)}")
    for each in card.neighbours[:_SHOWN]:
        arrow = "→" if each.outgoing else "←"
        sign = arrow if each.directed else "—"
        times = "" if each.evidence == 1 else f", {each.evidence} times"
        output.result(f"  {sign} {each.kind} {sign} {each.name}  · {each.weight:.2f}{times}")
    if len(card.neighbours) > _SHOWN:
        output.remark(f"{len(card.neighbours) - _SHOWN} more neighbours; see them with --json.")
    for mention in card.history[-_SHOWN:]:
        where = mention.title or mention.collection
        by = f"  · {where}" if where else ""
        output.result(f"  {_day(mention.at)}  {mention.text}{by}")


def _links(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        library.graph.link_concepts()
        found = library.graph.links(
            arguments.match, kind=arguments.kind, collection=arguments.collection
        )[: arguments.limit if arguments.limit >= 0 else None]
    for each in found:
        through = f", through {', '.join(each.through)}" if each.through else ""
        output.say(each, f"{each.text}  · {each.kind} {each.weight:.2f}{through}")
    if not found and not output.as_json:
        output.remark("Nothing is linked with that.")
    return 0 if found else 1


def _line(concept: Concept) -> str:
    number = "1 mention" if concept.mentions == 1 else f"{concept.mentions} mentions"
    since = "" if concept.first is None else f", {_span(concept.first, concept.last)}"
    return f"#{concept.id} {concept.name}  · {concept.type}, {number}{since}"


def _span(first: float, last: float | None) -> str:
    begun, ended = _day(first), _day(first if last is None else last)
    return begun if begun == ended else f"{begun} to {ended}"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at).date().isoformat()


def _aliases(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        if arguments.accept is not None:
            found = [library.graph.accept_alias(arguments.accept)]
        elif arguments.reject is not None:
            found = [library.graph.reject_alias(arguments.reject)]
        elif arguments.merge:
            found = library.graph.merge_aliases()
        else:
            if not library.read_only:
                library.graph.find_aliases()
            found = library.graph.aliases(state=arguments.state, limit=-1)
    for each in found:
        output.shown(each, _show_alias)
    if not found and not output.as_json:
        output.remark("No names that may mean the same were found.")
    return 0


def _show_alias(alias: Alias, output: Output) -> None:
    output.result(
        f"#{alias.id} {alias.name} = {alias.into}  · {alias.why}, "
        f"{alias.certainty:.0%} sure, {alias.state}"
    )
    for mention in alias.evidence:
        where = mention.title or mention.collection
        output.remark(f"    “{mention.text}”{f'  · {where}' if where else ''}")


def _near(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.other is not None:
        return _between(arguments, output)
    if arguments.limit < 1:
        raise UsageError("--limit must be 1 or more.", "Give a number, such as --limit 8.")
    with open_library(arguments, reading=True) as library:
        found = library.graph.near_words(arguments.word, limit=arguments.limit)
    for each in found:
        output.say(each, f"{each.nearness:.2f}  {each.word}")
    if not found:
        output.complaint(_unknown(arguments.word))
    return 0 if found else 1


def _between(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, reading=True) as library:
        nearness = library.graph.word_nearness(arguments.word, arguments.other)
    if output.as_json:
        output.record({"word": arguments.word, "other": arguments.other, "nearness": nearness})
    elif nearness is not None:
        output.result(f"{nearness:.2f}")
    if nearness is None:
        output.complaint(_unknown(f"{arguments.word}” or “{arguments.other}"))
    return 0 if nearness is not None else 1


def _unknown(said: str) -> str:
    return (
        f"The library has too few sentences with “{said}”. "
        "Add texts that use the word, then ask again."
    )


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "list concepts": listing,
    "concept": _concept,
    "links": _links,
    "aliases": _aliases,
    "near": _near,
}
