"""The arguments of version, export, import and merge; light, since every command reads them."""

import argparse
from collections.abc import Callable

_POLICIES = ("prefer_local", "prefer_remote", "prefer_recent", "prefer_stronger")
_FORMATS = ("bundle", "jsonl", "csv", "markdown", "graphml")


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    inside = "of this collection instead of the library's own facts"
    version = command(
        "version",
        "Save the statements of a collection as a version; compare or restore versions.",
    )
    version.add_argument("action", choices=["save", "list", "diff", "restore", "drop"])
    version.add_argument(
        "names", nargs="*", metavar="NAME", help="diff takes one, for now, or two versions"
    )
    version.add_argument("--collection", metavar="C", help=inside)

    out = command("export", "Export the library, or a part of it.")
    out.add_argument("target", metavar="DIR|FILE")
    out.add_argument(
        "--format",
        choices=_FORMATS,
        default="bundle",
        help=("only a bundle can be imported completely (bundle)"),
    )
    out.add_argument("--collection", metavar="C", help="only this collection")
    out.add_argument(
        "--source", type=int, action="append", metavar="ID", help="only these sources; repeatable"
    )
    out.add_argument(
        "--memory",
        type=int,
        action="append",
        metavar="ID",
        help=("only these statements; repeatable"),
    )

    come = command("import", "Import a bundle, or statements in JSON Lines.")
    come.add_argument("file", nargs="?", metavar="FILE")
    come.add_argument("--collection", metavar="C", help="add everything to this collection")
    _policy(come)
    come.add_argument("--preview", action="store_true", help="only show what would be done")
    come.add_argument("--undo", action="store_true", help="undo the last import or merge")

    merge = command("merge", "Copy the statements of one collection into another.")
    merge.add_argument("into", metavar="INTO")
    merge.add_argument("other", metavar="OTHER")
    _policy(merge)


def _policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy",
        choices=_POLICIES,
        default="prefer_recent",
        help="how to resolve contradictions (prefer_recent)",
    )
