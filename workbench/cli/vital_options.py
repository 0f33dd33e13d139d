"""What the commands of alerts, health and follow-up questions take; see `vital`.

Apart from the commands, so that the help costs nothing of the library.
"""

import argparse
from collections.abc import Callable


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands to the parser."""
    alerts = command("alerts", "Show warnings about the library, and what to do.")
    alerts.add_argument(
        "--limit", action="append", default=[], metavar="NAME=N",
        help="use another limit once, such as memories=5000",
    )  # fmt: skip
    alerts.add_argument(
        "--set", action="append", default=[], metavar="NAME=N",
        help="set another limit; NAME=usual resets it",
    )  # fmt: skip
    alerts.add_argument("--resolved", action="store_true", help="include ended projects")
    alerts.add_argument("--seen", metavar="ID|TYPE", help="mark one as seen")
    alerts.add_argument("--acknowledge", metavar="ID|TYPE", help="mark one as known")
    alerts.add_argument("--resolve", metavar="ID|TYPE", help="mark one as done")
    health = command("health", "Grade the health of the library and say what to do about it.")
    suggest = command("suggest", "Suggest questions that usually follow a question or topic.")
    suggest.add_argument(
        "question", nargs="?", metavar="QUESTION", help=("without a topic: all patterns")
    )
    suggest.add_argument("--limit", type=int, default=5, metavar="N", help="topics at most (5)")
    suggest.add_argument("--forget", action="store_true", help="forget the questions asked here")
    suggest.add_argument(
        "--learn", choices=["on", "off"], help=("whether to learn which topics are asked together")
    )
    for each in (alerts, health):
        each.add_argument("--collection", metavar="C", help="only this collection")
    suggest.add_argument(
        "--collection", metavar="C", help="in this collection instead of the library's own"
    )
