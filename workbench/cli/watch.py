"""The command for watched folders: name one, stop watching one, or list them."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.opening import open_library
from workbench.cli.output import Output
from workbench.errors import UsageError
from workbench.intake.records import Watched


def _watch(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.folder is None and (arguments.stop or arguments.collection):
        raise UsageError("Which folder?", "Name it: workbench watch FOLDER")
    with open_library(arguments, make=arguments.folder is not None) as library:
        if arguments.folder is not None and arguments.stop:
            library.queue.unwatch(arguments.folder)
        elif arguments.folder is not None:
            library.queue.watch(arguments.folder, arguments.collection)
        folders = library.queue.watched()
    for folder in folders:
        output.shown(folder, _say)
    if not folders and not output.as_json:
        output.remark("You are not watching a folder. Watch one with: workbench watch FOLDER")
    elif arguments.folder is not None and not arguments.stop:
        output.remark("New files are added while the window is open.")
    return 0


def _say(folder: Watched, output: Output) -> None:
    into = f"  → {folder.collection}" if folder.collection else ""
    output.result(f"{folder.folder}{into}")
    if folder.problem:
        output.remark(f"  {folder.problem}")


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"watch": _watch}
