"""`workbench --man`: the manual page, in the language of man(7), from the parser itself."""

import argparse
import re
from collections.abc import Iterator

from workbench.version import __version__

_FILES = """.SH FILES
.TP
.I Library.brain
The library that opens when none is named, in your documents.
.SH EXAMPLES
.nf
workbench add book.pdf notes/
workbench ask "Who built the lighthouse?"
workbench --json ask --batch questions.jsonl
.fi"""


def page(parser: argparse.ArgumentParser) -> str:
    """The manual page of a parser with its commands."""
    (commands,) = (
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    )
    summaries = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    lines = [
        f'.TH WORKBENCH 1 "" "Engram Workbench {__version__}" "User Commands"',
        ".SH NAME", "workbench \\- read, remember and ask with citations",
        ".SH SYNOPSIS", ".B workbench", "[OPTION]... [COMMAND [ARGUMENT]...]",
        ".SH DESCRIPTION", _plain(parser.description or ""),
        ".SH OPTIONS", *_options(parser), ".SH COMMANDS",
    ]  # fmt: skip
    for name, text in commands.choices.items():
        usage = " ".join(text.format_usage().split()[2:]).partition(f"{name} ")[2]
        lines += [f".SS {_plain(name)}", f".B {_plain(f'workbench {name}')}", _plain(usage)]
        lines += [".PP", _plain(summaries.get(name, "")), *_options(text)]
    codes = re.findall(r"^ +(\d+) +(.+)$", parser.epilog or "", re.M)
    lines.append(".SH EXIT STATUS")
    for code, description in codes:
        lines += [".TP", f".B {code}", _plain(description)]
    return "\n".join(filter(None, (*lines, _FILES)))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    shared = {"--library", "--json", "--quiet", "--help"}
    inside = parser.prog.count(" ") > 0
    for action in parser._actions:
        label = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        hidden = action.help == argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction)
        if hidden or not action.help or (inside and shared.intersection(action.option_strings)):
            continue
        if action.choices is not None:
            label += f" {{{','.join(map(str, action.choices))}}}"
        elif action.option_strings and action.nargs != 0:
            label += f" {action.metavar or action.dest.upper()}"
        yield from (".TP", f".B {_plain(label)}", _plain((action.help or "").replace("%%", "%")))


def _plain(text: str) -> str:
    """A text in which nothing is a request of roff."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"^(?=[.'])", "\\\\&", text)
    return "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)
