"""The arguments of videos and recordings."""

import argparse
from collections.abc import Callable


def add_wishes(add: argparse.ArgumentParser) -> None:
    """What `add` may be told about videos."""
    add.add_argument("--captions", metavar="L,L", help="videos: languages of captions, best first")
    add.add_argument(
        "--speech",
        action="store_true",
        help="videos without captions: download the sound and transcribe it",
    )


def add_profile(add: argparse.ArgumentParser) -> None:
    """Whether `add` says what took how long."""
    add.add_argument("--profile", action="store_true", help="say how long each stage took")


def add_parsers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands of videos and recordings."""
    speech = command("speech", "List, download or choose models that transcribe recordings.")
    speech.add_argument("what", nargs="?", default="list", choices=["list", "get", "use"])
    speech.add_argument("model", nargs="?", metavar="NAME|FOLDER")
    speech.add_argument("--language", metavar="L", default="", help="spoken language (detected)")
    correct = command("correct", "Correct words of a transcript; citations follow.")
    correct.add_argument("id", type=int, metavar="ID")
    correct.add_argument("was", metavar="WORDS", help="the words to correct")
    correct.add_argument("now", metavar="WORDS", help="the correct words")
    correct.add_argument(
        "--at", metavar="TIME", help=("the time, where they occur more than once: 1:02:09")
    )
    playlist = command("playlist", "Show the videos of a list; nothing is added.")
    playlist.add_argument("link", metavar="URL")
    playlist.add_argument("--first", type=int, default=1, metavar="N", help="start at number N")
    playlist.add_argument(
        "--count", type=int, default=50, metavar="N", help=("at most this many (50)")
    )
    pictures = command(
        "pictures", ("Choose an image model; find pictures by words or by a picture.")
    )
    pictures.add_argument(
        "what",
        nargs="?",
        default="list",
        choices=["list", "use", "update", "off", "find", "like", "names"],
    )
    pictures.add_argument("argument", nargs="?", metavar="FOLDER|WORDS|SOURCE|FILE")
    pictures.add_argument(
        "--limit", type=int, default=12, metavar="N", help=("results at most (12)")
    )
