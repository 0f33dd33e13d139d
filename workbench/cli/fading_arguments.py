"""The arguments of what fades; light, since every command reads them."""

import argparse
from collections.abc import Callable


def of_list(listing: argparse.ArgumentParser) -> None:
    """Add what `list fading` takes."""
    listing.add_argument(
        "--days", type=float, metavar="N", help="what will have faded within this many days (7)"
    )


def of_show(show: argparse.ArgumentParser) -> None:
    """Add what `show` takes for a memory."""
    show.add_argument(
        "--memory", action="store_true", help="ID of a statement, a note or a sentence"
    )


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for name, says in (
        ("reinforce", "Recall statements on purpose, which strengthens them."),
        ("let-go", "Archive statements; they stay searchable. `--undo` restores them."),
    ):
        each = command(name, says)
        each.add_argument("ids", type=int, nargs="+", metavar="ID")
        if name == "let-go":
            each.add_argument("--undo", action="store_true", help="count them as before")
