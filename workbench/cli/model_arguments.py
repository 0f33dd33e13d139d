"""What the commands of embedding and language models take: models, see-also."""

import argparse
from collections.abc import Callable


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    models = command("models", "List every kind of model; choose, download and try them.")
    models.add_argument(
        "what",
        nargs="?",
        default="list",
        choices=[
            *("list", "use", "update", "off", "try", "read"),
            *("status", "pull", "use-language", "server"),
        ],
    )
    models.add_argument("model", nargs="?", metavar="NAME|FOLDER|ADDRESS|KIND")
    models.add_argument(
        "--for",
        dest="purpose",
        default="dialogue",
        choices=["dialogue", "extraction"],
        help="purpose for use-language (dialogue)",
    )
    models.add_argument(
        "--beyond",
        action="store_true",
        help="allow the texts a model reads to be sent to a server on another computer",
    )
    also = command("see-also", "Find the passages most similar to a sentence.")
    also.add_argument("text", metavar="TEXT")
    also.add_argument("--limit", type=int, default=8, metavar="N", help="passages at most (8)")
