"""The commands that go along facts: chain, associate."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_scope
from workbench.cli.output import Output, plain


def _chain(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.chain(
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
        by = f", from {', '.join(hop.fact.sources)}" if hop.fact.sources else ""
        output.remark(f"{hop.relation}: “{hop.fact.text}”{by}")
    if found.value is None:
        output.complaint(
            f"No fact says “{found.broken_at}” of {found.trail[-1]}. "
            f"See what is known about it with: workbench recall “{found.trail[-1]}”"
        )
        return 1
    return 0


def _associate(arguments: argparse.Namespace, output: Output) -> int:
    with open_scope(arguments) as library:
        found = library.associate(
            arguments.cue,
            hops=arguments.hops,
            limit=arguments.limit,
            collection=arguments.collection,
            as_of=arguments.as_of,
        )
    for each in found:
        if output.as_json:
            output.record(each)
            continue
        way = "in it" if each.seed else f"{each.hops} hop{'s' if each.hops > 1 else ''} away"
        output.result(f"{each.fact.text}  · {each.tag}, {way} · {each.activation:.3g}")
    if not found and not output.as_json:
        output.remark("Nothing comes to mind.")
    return 0 if found else 1


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "chain": _chain,
    "associate": _associate,
}
