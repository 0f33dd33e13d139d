"""The commands that care for a library: backup and the way back, tags."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output, ProgressLine
from workbench.library import Library


def _backup(arguments: argparse.Namespace, output: Output) -> int:
    line = ProgressLine(output)
    with open_library(arguments) as library:
        try:
            made = library.backup(arguments.file, report=line)
        finally:
            line.clear()
    if output.as_json:
        output.record(made)
    else:
        output.result(f"✓ {made.path}")
        output.result(
            f"  {made.sources} sources, {made.passages} passages, {made.engrams} statements, "
            f"{size_words(made.bytes)}; every row was compared"
        )
    return 0


def _restore_backup(arguments: argparse.Namespace, output: Output) -> int:
    line = ProgressLine(output)
    try:
        restored = Library.restore_backup(
            arguments.file, getattr(arguments, "library", None), report=line
        )
    finally:
        line.clear()
    if output.as_json:
        output.record(restored)
        return 0
    output.result(f"✓ {restored.path}")
    checked = (
        "as they were when the backup was made"
        if restored.proven
        else "whole; this copy carries no digest to compare with"
    )
    output.result(
        f"  {restored.sources} sources, {restored.passages} passages, {restored.engrams} "
        f"statements, {checked}"
    )
    if restored.aside is not None:
        output.result(f"  What was there before is now {restored.aside}")
    return 0


def size_words(size: int) -> str:
    """A number of bytes for people: “3.4 MB”."""
    amount, unit = float(size), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"


def _tag(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        change = library.untag if arguments.remove else library.tag
        change(arguments.ids, arguments.name)
        rows = [library.source(source) for source in arguments.ids]
    for row in rows:
        if output.as_json:
            output.record({"source": row.id, "tags": row.tags})
        else:
            output.result(f"{row.id:>4}  {row.title} · {', '.join(row.tags) or 'no tags'}")
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "backup": _backup,
    "restore-backup": _restore_backup,
    "tag": _tag,
}
