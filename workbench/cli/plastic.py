"""The commands of plasticity: strengthen, consolidate."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output, ProgressLine, many
from workbench.errors import UsageError
from workbench.memory.facts.consolidating import Consolidated

#: Merges and faded facts that are told one by one.
_SHOWN = 10


def _strengthen(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        done = library.memory.strengthen(
            arguments.match, amount=arguments.amount, collection=arguments.collection
        )
    if output.as_json:
        output.record(done)
    elif done.touched:
        output.result(
            f"✓ Strengthened: {many(done.touched)}; the strongest is at {done.strength:.3g} of 8."
        )
    else:
        output.remark("No statement contains these words; nothing was changed.")
    return 0 if done.touched else 1


def _consolidate(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.undo and (arguments.preview or arguments.prune_below is not None):
        raise UsageError("--undo takes no other options.")
    if arguments.undo:
        return _undo(arguments, output)
    with open_library(arguments) as library, ProgressLine(output) as line:
        done = library.memory.consolidate(
            arguments.collection,
            prune_below=arguments.prune_below,
            preview=arguments.preview,
            report=line,
        )
    if output.as_json:
        output.record(done)
    else:
        _tell(done, output, preview=arguments.preview)
    return 0


def _undo(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        undone = library.memory.undo_consolidation(arguments.collection)
    output.say(
        undone,
        f"✓ Undone: {undone.merged} merged, {undone.archived} archived.",
    )
    return 0


def _tell(done: Consolidated, output: Output, *, preview: bool) -> None:
    for merge in done.merges[:_SHOWN]:
        output.remark(f"says the same as {len(merge.others)} more: “{merge.text}”")
    for text in done.faded[:_SHOWN]:
        output.remark(f"faded: “{text}”")
    if preview:
        output.result(
            f"Would merge {many(done.merged)} and archive {done.archived} of {done.examined}."
        )
        return
    output.result(f"✓ Merged: {many(done.merged)}; archived: {done.archived}.")
    if done.run is not None:
        output.remark("Nothing is deleted. Undo it with: workbench consolidate --undo")


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "strengthen": _strengthen,
    "consolidate": _consolidate,
}
