"""The arguments of sleep and of what a memory matters; light, since every command reads them."""

import argparse
from collections.abc import Callable


def of_remember(told: argparse.ArgumentParser) -> None:
    """Add what `remember` takes for how much a memory matters."""
    told.add_argument("--salience", type=float, metavar="0-1", help="how much it matters")
    told.add_argument("--reward", type=float, metavar="0-1", help="keep it as a habit, by this")


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    sleep = command("sleep", "Keep for long what has earned it, and merge what says the same.")
    sleep.add_argument(
        "--prune-below", type=float, metavar="S", help="archive facts weaker than this, too"
    )
    sleep.add_argument("--preview", action="store_true", help="only say what would be done")
    sleep.add_argument("--undo", action="store_true", help="take the last sleep back")
    for each in (sleep,):
        each.add_argument(
            "--collection", metavar="C", help="in this collection instead of the library's own"
        )
