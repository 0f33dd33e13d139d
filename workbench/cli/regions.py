"""The commands of the regions of remembering: sleep."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output, ProgressLine
from workbench.errors import UsageError
from workbench.memory.regions.doors import Slept

#: What was kept, merged and archived that is told one by one.
_SHOWN = 10


def _sleep(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.undo and (arguments.preview or arguments.prune_below is not None):
        raise UsageError("Undo takes back what was done; leave the other options out.")
    if arguments.undo:
        return _wake(arguments, output)
    line = ProgressLine(output)
    with open_library(arguments) as library:
        try:
            done = library.sleep(
                arguments.collection,
                prune_below=arguments.prune_below,
                preview=arguments.preview,
                report=line,
            )
        finally:
            line.clear()
    if output.as_json:
        output.record(done)
    else:
        _tell(done, output, preview=arguments.preview)
    return 0


def _tell(done: Slept, output: Output, *, preview: bool) -> None:
    for text in done.keeps[:_SHOWN]:
        output.remark(f"kept for long: “{text}”")
    for merge in done.merges[:_SHOWN]:
        output.remark(f"says the same as {len(merge.others)} more: “{merge.text}”")
    for text in done.faded[:_SHOWN]:
        output.remark(f"faded: “{text}”")
    counts = (
        f"{_many(done.consolidated)} for long, {done.merged} into others that say the same, "
        f"{done.pruned} to the archive"
    )
    if preview:
        output.result(f"Would take {counts}, of {done.examined}.")
        return
    output.result(f"✓ Took {counts}, of {done.examined}.")
    if done.run is not None:
        output.remark("Nothing is deleted. Take it back with: workbench sleep --undo")


def _wake(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        undone = library.undo_sleep(arguments.collection)
    if output.as_json:
        output.record(undone)
    else:
        output.result(
            f"✓ There again: {_many(undone.merged)}; counting again: {_many(undone.archived)}; "
            f"not kept for long any more: {_many(undone.kept)}."
        )
    return 0


def _many(number: int) -> str:
    return "1 fact" if number == 1 else f"{number} facts"


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "sleep": _sleep,
}
