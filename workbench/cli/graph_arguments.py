"""The arguments of chains, paths, aliases and near words; light: every command reads them."""

import argparse
from collections.abc import Callable


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    inside = "in this collection instead of the library's own facts"
    chain = command(
        "chain", ("Follow relations between statements, such as: Aurora owner manager.")
    )
    chain.add_argument("start", metavar="START")
    chain.add_argument("path", nargs="+", metavar="RELATION")
    chain.add_argument("--collection", metavar="C", help=inside)
    chain.add_argument("--as-of", metavar="TIME", help="use what was true then")
    near = command(
        "associate", ("Show what a cue is associated with: statements, or concepts with paths.")
    )
    near.add_argument("cue", metavar="CUE")
    near.add_argument(
        "--hops", type=int, default=2, metavar="N", help="how far (2); 0: all the way"
    )
    near.add_argument(
        "--limit", type=int, default=10, metavar="N", help=("statements at most (10)")
    )
    near.add_argument("--as-of", metavar="TIME", help="use what was true then")
    near.add_argument(
        "--over",
        choices=("facts", "graph"),
        help="follow statements, or associations (statements, else associations)",
    )
    near.add_argument("--collection", metavar="C", help=inside)
    path = command("path", "Show how two concepts are connected, with evidence for each step.")
    path.add_argument("start", metavar="NAME|#ID")
    path.add_argument("end", metavar="NAME|#ID")
    path.add_argument("--hops", type=int, default=6, metavar="N", help="at most (6)")
    path.add_argument("--collection", metavar="C", help="only this collection")
    word = command("near", "Show words used most like a word in the library, with cosines.")
    word.add_argument("word", metavar="WORD")
    word.add_argument(
        "other", nargs="?", metavar="OTHER", help=("show the similarity of this word instead")
    )
    word.add_argument("--limit", type=int, default=8, metavar="N", help="words at most (8)")
    names = command(
        "aliases", ("Show names that may mean the same; --merge joins the certain ones.")
    )
    names.add_argument("--state", choices=("open", "merged", "rejected"), default="open")
    one = names.add_mutually_exclusive_group()
    one.add_argument("--merge", action="store_true", help="merge the certain ones")
    one.add_argument("--accept", type=int, metavar="ID", help="these two are the same")
    one.add_argument(
        "--reject", type=int, metavar="ID", help=("they are different; undoes a merge")
    )
