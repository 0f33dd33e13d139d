"""The arguments of the commands `mcp`, `serve` and `completion`."""

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
    server = command(
        "serve", "Serve the library to programs on this machine: HTTP, and /mcp for agents."
    )
    server.add_argument("--host", default="127.0.0.1", metavar="H", help="listen here (127.0.0.1)")
    server.add_argument("--port", type=int, default=8765, metavar="N", help="port (8765)")
    server.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="answer to this name, too"
    )
    server.add_argument("--token", metavar="FILE", help="a file with the token to use")
    server.add_argument(
        "--connections", type=int, default=200, metavar="N", help="connections at most (200)"
    )
    server.add_argument(
        "--yes-beyond-this-machine", action="store_true",
        help="allow a --host that other machines can reach; nothing is encrypted",
    )  # fmt: skip
    for each in (agents, server):
        each.add_argument(
            "--write", action="store_true", help="allow saving and deleting; otherwise read only"
        )
    shells = command("completion", "Print what lets your shell complete commands and options.")
    shells.add_argument("shell", choices=["bash", "zsh", "fish"])
