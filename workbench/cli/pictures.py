"""The command of what pictures show: pictures (list, use, update, off, find, like, names)."""

import argparse
from collections.abc import Callable, Mapping, Sequence

from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine
from workbench.errors import UsageError
from workbench.library import Library
from workbench.recall.pictures import PictureHit, PictureSpace

_NONE = "There is no image model; pictures are found by their captions and the words in them."
_HOW = "Choose one: workbench pictures use FOLDER"


def _pictures(arguments: argparse.Namespace, output: Output) -> int:
    needs = arguments.what in ("use", "find", "like", "names")
    if needs != (arguments.argument is not None):
        raise UsageError(
            f"Say what to {arguments.what}."
            if needs
            else f"`pictures {arguments.what}` takes nothing more.",
            "See `workbench pictures --help`.",
        )
    with open_library(arguments) as library:
        return _WHAT[arguments.what](library, arguments, output)


def _list(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    space = library.pictures.space()
    if output.as_json:
        output.record({"space": space})
        return 0
    if space is None:
        output.remark(f"{_NONE} {_HOW}")
        return 0
    output.result(_told(space))
    if space.trouble:
        output.remark(space.trouble)
    return 0


def _told(space: PictureSpace) -> str:
    return (
        f"{space.model} has looked through {space.done} of {space.total} sources with pictures"
        f" and seen {space.pictures}."
    )


def _use(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        space = library.pictures.use(arguments.argument, report=line)
    output.say(space, f"✓ {_told(space)}")
    return 0


def _update(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        made = library.pictures.update(report=line)
    output.say({"seen": made}, f"✓ {made} more pictures seen.")
    return 0


def _off(library: Library, _arguments: argparse.Namespace, output: Output) -> int:
    used = library.pictures.space() is not None
    gone = library.pictures.drop()
    output.say(
        {"removed": gone},
        "✓ No image model is used any more." if used else "There was no model in use.",
    )
    return 0


def _find(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    return _shown(library.pictures.find(arguments.argument, limit=arguments.limit), output)


def _like(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    which = _which(arguments.argument)
    return _shown(library.pictures.like(which, limit=arguments.limit), output)


def _names(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    found = library.pictures.labels(_which(arguments.argument), limit=arguments.limit)
    if output.as_json:
        output.record([{"name": name, "share": share} for name, share in found])
        return 0
    for name, share in found:
        output.result(f"{100 * share:3.0f} %  {name}")
    if not found:
        output.remark("The library has no names yet: add a source first.")
    return 0


def _which(told: str) -> int | str:
    return int(told) if told.isdecimal() else told


def _shown(found: Sequence[PictureHit], output: Output) -> int:
    if output.as_json:
        output.record(found)
        return 0
    for each in found:
        page = f", page {each.page}" if each.page else ""
        output.result(f"{each.nearness:.2f}  {each.title}{page}  (source {each.source})")
    if not found:
        output.remark("The image model has not looked at any other picture yet.")
    return 0


_WHAT: Mapping[str, Callable[[Library, argparse.Namespace, Output], int]] = {
    "list": _list, "use": _use, "update": _update, "off": _off,
    "find": _find, "like": _like, "names": _names,
}  # fmt: skip
COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"pictures": _pictures}
