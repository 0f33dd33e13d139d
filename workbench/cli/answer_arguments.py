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
    kept.add_argument("--style", metavar="S", default="", help="cite by this style; see `cite`")
    kept.add_argument("--file", metavar="FILE", help="where to write it; standard output if absent")
    kept.add_argument(
        "--forget", type=int, action="append", default=[], metavar="ID", help=("forget this answer")
    )
    kept.add_argument("--forget-all", action="store_true", help="forget every question")


def of_citing(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The options of `cite`."""
    cite = command("cite", "Cite sources by a style, or print them as references.")
    cite.add_argument("ids", nargs="*", type=int, metavar="ID", help="all sources if absent")
    cite.add_argument("--collection", metavar="C", help="the sources of this collection")
    cite.add_argument(
        "--style", metavar="S", default="apa", help="a name of --styles or a .csl file (apa)"
    )
    cite.add_argument("--page", metavar="P", help="the page cited, of one source")
    cite.add_argument("--list", action="store_true", help="print the list of references alone")
    cite.add_argument("--form", choices=("bibtex", "csl"), help="print them in this form instead")
    cite.add_argument("--styles", action="store_true", help="list the styles that come along")
