"""What the commands of embedding models take: models, see-also."""

import argparse
from collections.abc import Callable


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    models = command("models", "List embedding models, or let one read the library.")
    models.add_argument(
        "what", nargs="?", default="list", choices=["list", "use", "update", "off", "try"]
    )
    models.add_argument("model", nargs="?", metavar="NAME|FOLDER")
    also = command("see-also", "Find the passages nearest to a sentence.")
    also.add_argument("text", metavar="TEXT")
    also.add_argument("--limit", type=int, default=8, metavar="N", help="passages at most (8)")
