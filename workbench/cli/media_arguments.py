"""The arguments of videos and recordings."""

import argparse
from collections.abc import Callable


def add_wishes(add: argparse.ArgumentParser) -> None:
    """What `add` may be told about videos."""
    add.add_argument(
        "--captions", metavar="L,L", help="of videos: languages of captions, best first"
    )
    add.add_argument(
        "--speech",
        action="store_true",
        help="of videos without captions: load the sound and write down what is said",
    )


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands of videos."""
    playlist = command("playlist", "Show what a list of videos holds; nothing is added.")
    playlist.add_argument("link", metavar="URL")
    playlist.add_argument("--first", type=int, default=1, metavar="N", help="begin with number N")
    playlist.add_argument("--count", type=int, default=50, metavar="N", help="so many at most (50)")
