"""The command `near`: which words a library uses alike, or how near two of them are."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.commands import open_library
from workbench.cli.output import Output
from workbench.errors import UsageError


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


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"near": _near}
