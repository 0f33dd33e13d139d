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
        "Keep what is told in a collection as a version, compare versions, bring one back.",
    )
    version.add_argument("action", choices=["save", "list", "diff", "restore", "drop"])
    version.add_argument(
        "names", nargs="*", metavar="NAME", help="diff takes one, for now, or two versions"
    )
    version.add_argument("--collection", metavar="C", help=inside)

    out = command("export", "Write the library, or a part of it, for others.")
    out.add_argument("target", metavar="DIR|FILE")
    out.add_argument(
        "--format", choices=_FORMATS, default="bundle", help="a bundle is read back whole (bundle)"
    )
    out.add_argument("--collection", metavar="C", help="only this collection")
    out.add_argument(
        "--source", type=int, action="append", metavar="ID", help="only these sources; repeatable"
    )
    out.add_argument(
        "--memory", type=int, action="append", metavar="ID", help="only these facts; repeatable"
    )

    come = command("import", "Bring in a bundle, or facts in JSON Lines.")
    come.add_argument("file", nargs="?", metavar="FILE")
    come.add_argument("--collection", metavar="C", help="put all of it into this collection")
    _policy(come)
    come.add_argument("--preview", action="store_true", help="only say what would be done")
    come.add_argument("--undo", action="store_true", help="take the last import or merge back")

    merge = command("merge", "Bring what is told in one collection into another.")
    merge.add_argument("into", metavar="INTO")
    merge.add_argument("other", metavar="OTHER")
    _policy(merge)


def _policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--policy",
        choices=_POLICIES,
        default="prefer_recent",
        help="which of two counts that contradict each other (prefer_recent)",
    )
