"""The command of names that mean one thing: aliases."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output
from workbench.memory.graph.records import Alias


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
        output.shown(each, _show)
    if not found and not output.as_json:
        output.remark("No names that may mean the same were found.")
    return 0


def _show(alias: Alias, output: Output) -> None:
    output.result(
        f"#{alias.id} {alias.name} = {alias.into}  · {alias.why}, "
        f"{alias.certainty:.0%} sure, {alias.state}"
    )
    for mention in alias.evidence:
        where = mention.title or mention.collection
        output.remark(f"    “{mention.text}”{f'  · {where}' if where else ''}")


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"aliases": _aliases}
