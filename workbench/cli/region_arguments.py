"""The arguments of perceiving, working memory and sleep; light, since every command reads them."""

import argparse
from collections.abc import Callable


def of_remember(told: argparse.ArgumentParser) -> None:
    """Add what `remember` takes for how much a memory matters."""
    told.add_argument("--salience", type=float, metavar="0-1", help="how much it matters")
    told.add_argument(
        "--reward", type=float, metavar="0-1", help=("save it as a habit, named by this")
    )


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    sleep = command("sleep", "Consolidate memory: keep what is used, merge duplicates.")
    sleep.add_argument(
        "--prune-below", type=float, metavar="S", help=("archive statements weaker than this, too")
    )
    sleep.add_argument("--preview", action="store_true", help="only show what would be done")
    sleep.add_argument(
        "--undo",
        nargs="?",
        type=int,
        const=0,
        metavar="N",
        help=("undo the last sleep, or sleep N"),
    )
    sleep.add_argument(
        "--settings",
        nargs="*",
        metavar="NAME=VALUE",
        help=("show or set when it sleeps automatically"),
    )
    sleep.add_argument("--list", action="store_true", help="show the last sleeps")
    sleep.add_argument("--proposals", action="store_true", help="show the links it proposes")
    sleep.add_argument("--accept", type=int, metavar="N", help="accept a proposed link")
    sleep.add_argument("--reject", type=int, metavar="N", help="reject a proposed link for good")
    perceive = command("perceive", "Save a note unless it says nothing new.")
    perceive.add_argument("text", metavar="TEXT|-")
    perceive.add_argument("--source", metavar="NAME", help="who said it")
    perceive.add_argument(
        "--at", metavar="TIME", help=("since when it is true, such as 2026-07-01")
    )
    perceive.add_argument("--kind", metavar="K", help="semantic, episodic, procedural, …")
    perceive.add_argument("--hint", default="", metavar="TEXT", help="what is being looked for")
    of_remember(perceive)
    working = command("working-memory", "Show working memory: at most seven statements.")
    rehearse = command("rehearse", "Keep statements in working memory.")
    rehearse.add_argument("match", metavar="WORDS")
    for each in (sleep, perceive, working, rehearse):
        each.add_argument(
            "--collection",
            metavar="C",
            help=(
                "in this collection only"
                if each is sleep
                else "in this collection instead of the library's own"
            ),
        )
