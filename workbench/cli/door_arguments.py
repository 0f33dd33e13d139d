"""The arguments of the commands `mcp` and `serve`."""

import argparse
from collections.abc import Callable


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    agents = command(
        "mcp",
        "Let an agent use the library (Model Context Protocol, standard input and output).",
    )
    agents.add_argument(
        "--folder", action="append", default=[], metavar="DIR",
        help="a folder whose files the agent may add (repeatable; with --write)",
    )  # fmt: skip
    agents.add_argument(
        "--collection", metavar="C", help="show this collection and nothing else of the library"
    )
    agents.add_argument(
        "--write", action="store_true", help="allow saving and deleting; otherwise read only"
    )
