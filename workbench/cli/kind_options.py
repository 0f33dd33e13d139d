"""What the commands of kinds, projects, reviews and contradictions take; see `kinds`.

Apart from the commands, so that the help costs nothing of the library.
"""

import argparse
import math
from collections.abc import Callable


def days(text: str) -> float:
    """A number of days as it is typed; “never” is for good."""
    return math.inf if text.strip().casefold() == "never" else float(text)


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    inside = "in this collection instead of the library's own"
    info = command("info", "Show all details of the newest statement with these words.")
    info.add_argument("match", metavar="WORDS")
    mark = command("mark", "Set the kind, priority, expiry, tags and trust of statements.")
    mark.add_argument("match", metavar="WORDS")
    mark.add_argument("--kind", metavar="K", help="fact, decision, preference, todo, …")
    mark.add_argument("--priority", type=int, metavar="0-10", help="how much it matters")
    mark.add_argument(
        "--expires-days", type=days, metavar="N|never", help=("until when it is valid")
    )
    mark.add_argument("--tag", action="append", default=[], metavar="T", help="add this tag")
    mark.add_argument("--untag", action="append", default=[], metavar="T", help="remove it")
    mark.add_argument("--trust", type=float, metavar="0-1", help="how much to trust it")
    pin = mark.add_mutually_exclusive_group()
    pin.add_argument("--pin", action="store_true", help="let it never fade")
    pin.add_argument("--unpin", action="store_true", help="let it fade again")
    project = command("project", "Create, show, fill or end a project: a collection with dates.")
    project.add_argument("action", choices=["add", "info", "list", "assign", "remove", "end"])
    project.add_argument("name", nargs="?", metavar="NAME")
    project.add_argument(
        "words", nargs="?", metavar="WORDS", help=("statements to assign or remove")
    )
    project.add_argument("--days", type=float, metavar="N", help="how long it goes on")
    project.add_argument("--starts", metavar="TIME", help="start date, such as 2026-07-01")
    project.add_argument("--description", default="", metavar="TEXT")
    project.add_argument("--tag", action="append", default=[], metavar="T")
    reviews = command("reviews", "Show what is due for review.")
    reviews.add_argument("--limit", type=int, default=20, metavar="N", help="at most (20)")
    review = command("review", "Record how well you remembered something, or stop reviewing it.")
    review.add_argument("id", type=int, metavar="ID")
    how = review.add_mutually_exclusive_group(required=True)
    how.add_argument("--remembered", action="store_true")
    how.add_argument("--forgotten", action="store_true")
    how.add_argument(
        "--grade", type=int, metavar="0-5", help=("0 for no idea, up to 5 for instantly")
    )
    how.add_argument("--keep", action="store_true", help="review it from tomorrow on")
    how.add_argument("--stop", action="store_true", help="stop reviewing it")
    clash = command("conflicts", "Show statements that contradict each other.")
    clash.add_argument("--limit", type=int, default=20, metavar="N", help="at most (20)")
    clash.add_argument("--settled", action="store_true", help="include resolved ones")
    settle = command("resolve", "Resolve a contradiction: keep the newer, the older, or both.")
    settle.add_argument("older", type=int, metavar="ID")
    settle.add_argument("newer", type=int, metavar="ID")
    which = settle.add_mutually_exclusive_group(required=True)
    which.add_argument("--keep", choices=["newer", "older", "both"])
    which.add_argument("--undo", action="store_true", help="reopen it")
    for each in (info, mark, project, reviews, clash):
        each.add_argument("--collection", metavar="C", help=inside)
