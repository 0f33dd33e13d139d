"""The parser of the command line, built from the table of operations.

It imports nothing heavy, so that help is fast.
"""

import argparse
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NoReturn

from workbench.cli import table
from workbench.errors import UsageError
from workbench.translation import tr
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
    """The man(7) page of a parser and its commands."""
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
    """Escape roff requests."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"^(?=[.'])", "\\\\&", text)
    return "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)


#: Messages of `argparse`, and plainer ones.
PLAIN = (
    (r"argument COMMAND: invalid choice: '?(.*?)'? \(choose from .*", "There is no command “{0}”"),
    (
        r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        "“{1}” is no choice here; choose from {2}",
    ),
    (r"argument (.*): invalid int value: '(.*)'", "{0} must be a whole number, not “{1}”"),
    (r"argument (.*): invalid float value: '(.*)'", "{0} must be a number, not “{1}”"),
    (r"the following arguments are required: (.*)", "This is missing: {0}"),
    (r"unrecognized arguments: (.*)", "There is no option or argument “{0}” here"),
)


class _Parser(argparse.ArgumentParser):
    """A parser that raises our own error, so that `--json` applies to wrong usage, too."""

    def error(self, message: str) -> NoReturn:
        command = ""
        for pattern, plain in PLAIN:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = tr(plain).format(*match.groups())
                command = table.like(match[1]) if plain == PLAIN[0][1] else ""
                break
        raise UsageError(
            f"{message[:1].upper()}{message[1:]}.",
            tr("Did you mean `{program} {command}`?", program=self.prog, command=command)
            if command
            else tr("See `{program} --help` for the usage.", program=self.prog),
        )


class _Help(argparse.HelpFormatter):
    """Help that keeps the line breaks of the exit codes."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class _Manual(argparse.Action):
    """Prints the manual page and exits."""

    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from workbench.cli.output import Output

        Output().result(page(parser))
        parser.exit()


class _Unasked:
    """Stands for the parser of a command that is not used, without options.

    Building those of all commands took longer than everything else in `--help`.
    """

    def __getattr__(self, name: str) -> "_Unasked":
        return self

    def __call__(self, *_: object, **__: object) -> "_Unasked":
        return self


def days(text: str) -> float:
    """Parse a number of days, or “never”."""
    return math.inf if text.strip().casefold() == "never" else float(text)


def concept(text: str) -> int | str:
    """Parse a concept: its name, or its number as #12."""
    return int(text[1:]) if text.startswith("#") and text[1:].isdecimal() else text


def listing(text: str) -> str:
    """What is to be listed; statements and notes are memories in the table."""
    return "memories" if text in ("facts", "notes", "statements") else text


def capacity(text: str) -> int:
    """Parse a number of statements, -1 for “all”."""
    try:
        return -1 if text == "all" else int(text)
    except ValueError as error:
        raise UsageError(
            f"“{text}” is not a number of facts.", "Give a number from 1 on, or “all”."
        ) from error


def limit(text: str) -> tuple[str, float | None]:
    """Parse a limit and its number; “usual” is the default."""
    name, sign, value = (part.strip() for part in text.partition("="))
    try:
        return name, None if value == "usual" else float(value)
    except ValueError as error:
        raise UsageError(
            f"“{text}” sets no limit." if sign else f"“{text}” names no number.",
            "Write a name and a number, such as memories=5000.",
        ) from error


def setting(text: str, example: str = "") -> tuple[str, float | int | bool | str | None]:
    """Parse a setting and its value; “usual” is the default."""
    name, sign, value = (part.strip() for part in text.partition("="))
    if not (name and sign and value):
        raise UsageError(f"“{text}” sets nothing.", f"Write NAME=VALUE, such as {example}.")
    constants = {"usual": None, "default": None, **dict.fromkeys(("true", "on", "yes"), True)}
    constants |= dict.fromkeys(("false", "off", "no"), False)
    if value.casefold() in constants:
        return name, constants[value.casefold()]
    for kind in (int, float):
        try:
            return name, kind(value)
        except ValueError:
            continue
    return name, value


def _exit_codes() -> str:
    return tr("""\
exit status:
  0    done
  1    done, and the answer is no: nothing found, or not sound
  2    wrong usage
  3    an input could not be used
  4    the library is locked, full or damaged
  130  stopped by Ctrl+C
""")


#: Converters of words, by their names in the table.
_TYPES: Mapping[str, Callable[[str], object]] = {
    "capacity": capacity, "concept": concept, "days": days, "float": float, "int": int,
    "limit": limit, "listing": listing, "setting": setting,
}  # fmt: skip


def parser(words: Collection[str] | None = None) -> argparse.ArgumentParser:
    """Build the parser, given the words of a command line only with their options."""

    class Described(_Parser):
        """The parser of a command, or its placeholder."""

        def __new__(cls, **keywords: Any) -> Any:
            name = keywords["prog"].removeprefix("workbench ").replace(" ", ".")
            requested = words is None or name in words
            return super().__new__(cls) if requested else _Unasked()

    shared = _Parser(add_help=False)
    group = shared.add_argument_group(tr("global options"))
    group.add_argument(
        "--library", metavar="FILE.brain", default=argparse.SUPPRESS, help=tr("the library to use")
    )
    group.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=tr("print JSON for scripts")
    )
    group.add_argument(
        "--quiet",
        action="store_true",
        default=argparse.SUPPRESS,
        help=tr("no progress, no remarks"),
    )
    root = _Parser(
        prog="workbench",
        parents=[shared],
        description=tr(
            "Reads your books and papers and answers questions with citations. "
            "Without a command it opens the window; files, links and a .brain file named instead "
            "of a command are opened in it. A command is also the verb of a group, `remember` that "
            "of `facts tell`: `workbench facts` lists those of facts, and so do collections, "
            "differences, graph, memory, notes, queue, sources, tables, timeline and versions."
        ),
        epilog=_exit_codes(),
        formatter_class=_Help,
    )
    root.add_argument("--man", action=_Manual, help=tr("print the manual page"))
    root.add_argument("--smoke", nargs="?", const="", metavar="PICTURE.png", help=argparse.SUPPRESS)
    root.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands: argparse._SubParsersAction[_Parser] = root.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Described
    )

    verbs = [word for word in words or () if table.is_verb(word)]
    for command in [*table.commands(), *map(table.command, verbs)]:
        subparser = commands.add_parser(
            command.name, prog=f"workbench {command.name.replace('.', ' ')}",
            help=tr(command.does), description=tr(command.does), parents=[shared],
        )  # fmt: skip
        if not isinstance(subparser, _Unasked):
            _take(subparser, command.arguments)
    return root


def _take(command: argparse.ArgumentParser, arguments: Iterable[table.Argument]) -> None:
    """Add options and words to the parser of a command."""
    single: argparse._MutuallyExclusiveGroup | None = None
    for argument in arguments:
        keywords = {key: value for key, value in argument.options.items() if key not in table.OURS}
        group: argparse._ActionsContainer = command
        if exclusive := keywords.pop("one_of", None):
            group = single = single or command.add_mutually_exclusive_group(
                required=exclusive == "exactly"
            )
        if keywords.pop("switch", False):
            keywords["action"] = "store_true"
        if keywords.pop("off", False):
            keywords["action"] = "store_false"
        if keywords.pop("many", False):
            keywords |= {"action": "append", "default": []}
        if keywords.pop("hidden", False):
            keywords["help"] = argparse.SUPPRESS
        if help_text := keywords.get("help"):
            keywords["help"] = tr(help_text)
        if "type" in keywords:
            keywords["type"] = _TYPES[keywords["type"]]
        if "example" in keywords:
            keywords["type"] = partial(keywords["type"], example=keywords.pop("example"))
        group.add_argument(argument.name, **keywords)
