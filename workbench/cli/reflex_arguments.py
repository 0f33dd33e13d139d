"""The arguments of recall by reflex; light, since every command reads them."""

import argparse
from collections.abc import Callable

_DEPTHS = ("auto", "instant", "context", "habit", "deep")
_STRATEGIES = ("hybrid", "reflex", "classic")


def of_recall(recall: argparse.ArgumentParser) -> None:
    """Add what `recall` takes for going by reflex."""
    depth(recall)
    recall.add_argument(
        "--explain", action="store_true", help="show which concepts lead to each statement"
    )
    recall.add_argument("--strategy", choices=_STRATEGIES, help="how activation spreads")
    recall.add_argument("--context", action="store_true", help="combine the results into one text")
    recall.add_argument("--max-tokens", type=int, metavar="N", help="size of the context (1500)")
    recall.add_argument("--no-learn", action="store_true", help="learn nothing from this")


def depth(asking: argparse.ArgumentParser) -> None:
    """Add `--depth`."""
    asking.add_argument(
        "--depth", choices=_DEPTHS, help="how far to follow what statements have in common"
    )


def arguments(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands."""
    config = command("brain-config", "Show or change the settings of associative recall.")
    config.add_argument("changes", nargs="*", metavar="NAME=VALUE", help="“usual” as value resets")
