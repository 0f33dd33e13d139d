"""The commands of videos: playlist."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output
from workbench.errors import UsageError


def _playlist(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.first < 1 or arguments.count < 1:
        raise UsageError("Numbers of entries begin with 1.", "Leave --first and --count out.")
    with open_library(arguments) as library:
        found = library.playlist(
            arguments.link, first=arguments.first, count=arguments.count, typed=True
        )
    if output.as_json:
        output.record(found)
        return 0
    if found.title:
        output.result(found.title + (f" ({found.channel})" if found.channel else ""))
    for entry in found.entries:
        lasts = f"  {_clock(entry.seconds)}" if entry.seconds else ""
        output.result(f"{entry.number:>5}  {entry.title}{lasts}  {entry.address}")
    last = found.entries[-1].number if found.entries else arguments.first - 1
    if found.total is not None and found.total > last:
        output.remark(f"{found.total - last} more: go on with --first {last + 1}.")
    elif found.total is None and len(found.entries) == arguments.count:
        output.remark(f"There may be more: go on with --first {last + 1}.")
    output.remark("Add those that you want: workbench add ADDRESS …")
    return 0


def _clock(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"playlist": _playlist}
