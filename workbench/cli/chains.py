"""The commands that go along facts and associations: chain, associate, path."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.opening import open_scope
from workbench.cli.output import Output, plain
from workbench.memory.chains.records import Hop


def _chain(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.facts.chain(
            arguments.start,
            arguments.path,
            collection=arguments.collection,
            as_of=arguments.as_of,
        )
    if output.as_json:
        output.record({**plain(found), "trail": found.trail})
        return 1 if found.value is None else 0
    if found.value is not None:
        output.result(found.value)
    output.remark(" → ".join(found.trail))
    for hop in found.hops:
        output.remark(f"{hop.relation}: “{hop.text}”{_origin(hop)}")
    if found.value is None:
        output.complaint(
            f"No statement says “{found.broken_at}” of {found.trail[-1]}. "
            f"See what is known about it with: workbench recall “{found.trail[-1]}”"
        )
        return 1
    return 0


def _origin(hop: Hop) -> str:
    """Who told a hop, or on which page it stands."""
    if hop.read is not None:
        page = f", p. {hop.read.page}" if hop.read.page else ""
        return f", from {hop.read.title}{page}"
    sources = hop.fact.sources if hop.fact is not None else ()
    return f", from {', '.join(sources)}" if sources else ""


def _associate(arguments: argparse.Namespace, output: Output) -> int:
    facts, concepts = [], []
    with open_scope(arguments) as library:
        if arguments.over != "graph":
            facts = library.facts.associate(
                arguments.cue,
                hops=arguments.hops,
                limit=arguments.limit,
                collection=arguments.collection,
                as_of=arguments.as_of,
            )
        if arguments.over == "graph" or (arguments.over is None and not facts):
            concepts = library.graph.associated(
                arguments.cue,
                hops=arguments.hops,
                limit=arguments.limit,
                collection=arguments.collection,
            )
    for fact in facts:
        way = "in it" if fact.seed else _away(fact.hops)
        output.say(fact, f"{fact.fact.text}  · {fact.tag}, {way} · {fact.activation:.3g}")
    for each in concepts:
        if output.as_json:
            output.record(each)
            continue
        output.result(f"{' → '.join(each.trail)}  · {_away(each.hops)} · {each.strength:.2f}")
        for step in each.steps:
            if step.saying is not None:
                output.remark(f"    “{step.saying.text}”")
    if not facts and not concepts and not output.as_json:
        output.remark("Nothing was found.")
    return 0 if facts or concepts else 1


def _away(hops: int) -> str:
    return f"{hops} hop{'s' if hops > 1 else ''} away"


def _path(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        library.graph.link_concepts()
        found = library.graph.path(
            _which(arguments.start),
            _which(arguments.end),
            hops=arguments.hops,
            collection=arguments.collection,
        )
    if found is None:
        if output.as_json:
            output.record({"steps": [], "trail": []})
        output.complaint(
            f"There is no path worth showing within {arguments.hops} hops. "
            "Widen the scope, or allow more."
        )
        return 1
    if output.as_json:
        output.record({**plain(found), "trail": found.trail})
        return 0
    output.result(" → ".join(found.trail))
    for step in found.steps:
        edge = step.edge
        output.result(f"  {edge.head_name} — {edge.relation} → {edge.tail_name}")
        if step.saying is not None:
            where = step.saying.title or step.saying.collection
            output.remark(f"    “{step.saying.text}”{f'  · {where}' if where else ''}")
    return 0


def _which(name: str) -> str | int:
    """A concept by its name, or as #12 by its number."""
    return int(name[1:]) if name.startswith("#") and name[1:].isdecimal() else name


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "chain": _chain,
    "associate": _associate,
    "path": _path,
}
