"""The options of questions and answers of before."""

import argparse
from collections.abc import Callable


def of_answers(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of `answers`."""
    kept = command("answers", "List, show, export or forget saved answers.")
    kept.add_argument(
        "words", nargs="*", metavar="WORD", help=("only those that contain these words")
    )
    kept.add_argument("--collection", metavar="C", help=("only questions asked in this collection"))
    kept.add_argument("--limit", type=int, default=50, metavar="N", help="questions at most (50)")
    kept.add_argument("--show", type=int, metavar="ID", help="show one with its evidence")
    kept.add_argument("--export", type=int, metavar="ID", help="export one with its references")
    kept.add_argument(
        "--form", choices=("markdown", "bibtex", "csl"), default="markdown", help="how (markdown)"
    )
    kept.add_argument("--file", metavar="FILE", help="where to write it; standard output if absent")
    kept.add_argument(
        "--forget", type=int, action="append", default=[], metavar="ID", help=("forget this answer")
    )
    kept.add_argument("--forget-all", action="store_true", help="forget every question")
