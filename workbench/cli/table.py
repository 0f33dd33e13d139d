"""The table of operations for the command line: `library/operations.toml`.

Every command has its arguments, its calls of the library, each under a condition on the arguments,
and the lines to print. Only the text is read: loading the classes of a library would slow down
help.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import workbench
from workbench.translation import tr

#: Fields of a command that are not arguments.
_FIELDS = ("does", "operation", "refuse", "several", "run")
#: Fields of an argument that `argparse` does not know.
OURS = ("joined", "piped")
_COMPARISON = re.compile(r"(\w+)(!=|=|<)(.+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Wrong usage under a condition, with message and hint."""

    condition: str
    message: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a command: a `call` of the library under a condition, and its result.

    A call that begins with “@” is a function of `actions`; “:” is followed by the part of the
    result that counts; `by` is a function that does everything. `opens` is how the library is
    opened (`opening.library_for`). `takes` maps parameters to arguments (“!a”: its absence, “/a”: a
    number, or else a path), `spread` is an argument of names and values that are parameters, `sets`
    has constant parameters. People see `line` for each record, or `none` if there is no result or
    `success` is not met; scripts get the records, with the properties `adds`, or an object of
    `record`.
    """

    condition: str = ""
    call: str = ""
    by: str = ""
    opens: str = "change"
    first: str = ""
    takes: Mapping[str, str] | None = None
    spread: str = ""
    sets: Mapping[str, Any] | None = None
    line: str | Sequence[str] = ()
    none: str = ""
    missing: Sequence[str] = ()
    unusable: Sequence[str] = ()
    remark: str = ""
    record: Mapping[str, str] | None = None
    adds: str = ""
    success: str = ""
    failed: str = ""
    show: str = ""
    array: bool = False
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A word or option of a command; `options` are the arguments of `argparse`, and some more."""

    name: str
    options: Mapping[str, Any]

    @property
    def option(self) -> bool:
        """Whether it is an option."""
        return self.name.startswith("--")

    @property
    def target(self) -> str:
        """Its name among the parsed arguments."""
        return str(self.options.get("dest", self.name.removeprefix("--").replace("-", "_")))

    @property
    def default(self) -> Any:
        """Its default value."""
        if self.options.get("switch"):
            return False
        several = self.options.get("many") or (not self.option and self.options.get("nargs") == "*")
        return self.options.get(
            "default", True if self.options.get("off") else [] if several else None
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its help, arguments, refusals, and variants."""

    name: str
    does: str
    arguments: tuple[Argument, ...]
    refusals: tuple[Refusal, ...]
    several: tuple[str, ...]
    variants: tuple[Variant, ...]


def _text() -> str:
    file = Path(workbench.__file__).parent / "library" / "operations.toml"
    return file.read_text(encoding="utf-8")


@cache
def _rows() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    rows = tomllib.loads(_text())
    return rows, rows.pop("shown"), rows.pop("operations")


def names_of(record: object) -> tuple[str, str]:
    """The name of a record's type, with the folder of its module and alone."""
    name = type(record).__name__
    return f"{type(record).__module__.split('.')[-2:][0]}.{name}", name


def displays() -> Mapping[str, str | Sequence[str]]:
    """How records are printed, by the name of their type."""
    return _rows()[1]


def lines_of(record: object) -> str | Sequence[str]:
    """The lines of a record; () if its type is not in the table."""
    return next((displays()[name] for name in names_of(record) if name in displays()), ())


def names() -> Iterable[str]:
    """The names of all commands, in the order of the help."""
    return _rows()[0].keys()


def commands() -> Iterator[Command]:
    """Every command, in the order of the help."""
    return map(command, names())


def command(name: str) -> Command:
    """The command of this name, or of an operation, “graph.between”."""
    if "." in name:
        from workbench.cli import verbs

        return verbs.command(name)
    row = _rows()[0][name]
    arguments = (
        Argument(key, {"switch": True, "help": value} if isinstance(value, str) else value)
        for key, value in row.items()
        if key not in _FIELDS
    )
    return Command(
        name,
        row["does"],
        tuple(arguments),
        tuple(Refusal(**refusal) for refusal in row.get("refuse", ())),
        tuple(row.get("several", "").split()),
        tuple(Variant(**variant) for variant in row.get("run", ())),
    )


def groups() -> dict[str, dict[str, list[str]]]:
    """The verbs of every group, with the words of the command that each is."""
    verbs: dict[str, dict[str, list[str]]] = {}
    for name, row in _rows()[0].items():
        operation = row.get("operation", {})
        pairs = {"": operation} if isinstance(operation, str) else operation
        for action, operation in pairs.items():
            group, _, verb = operation.partition(" ")
            verbs.setdefault(group, {})[verb] = [name, *filter(None, [action])]
    operations = _rows()[2]
    offered = [
        f"{group}.{name}"
        for effect in ("read", "write", "erase")
        for group, offered_names in operations[effect].items()
        if group != "library"
        for name in offered_names.split()
    ]
    for operation in (*offered, *operations["aliases"]):
        group, _, verb = operation.replace("_", "-").partition(".")
        if group in names():
            # More words are arguments: `brain status`, `answers WORD`.
            continue
        verbs.setdefault(group, {}).setdefault(verb, [f"{group}.{verb}"])
    return verbs


def is_verb(word: str) -> bool:
    """Whether a word names an operation without a short command."""
    group, _, verb = word.partition(".")
    return word in groups().get(group, {}).get(verb, ())


def help_of(group: str) -> str:
    """The verbs of a group with their help."""
    rows = [
        f"  {group} {verb}".ljust(34)
        + ("" if "." in words[0] else f"(workbench {' '.join(words)}) ")
        + tr(command(words[0]).does)
        for verb, words in sorted(groups()[group].items())
    ]
    return "\n".join([f"{tr('usage: ')}workbench {group} VERB ...", "", *rows])


@dataclass(frozen=True, slots=True)
class Condition:
    """Conditions that must all hold.

    `a|b`: one of them is given, `!a`: not given, `a=x|y`: one of these values, `a!=x`, `a<1`, `?a`:
    a text without a letter or digit.
    """

    words: str

    def evaluate(self, value: Callable[[str], Any], is_given: Callable[[str], bool]) -> bool:
        """Evaluate it, given a function that returns a value and whether it counts as given."""
        return all(self._evaluate(word, value, is_given) for word in self.words.split())

    @staticmethod
    def _evaluate(word: str, value: Callable[[str], Any], is_given: Callable[[str], bool]) -> bool:
        if compared := _COMPARISON.fullmatch(word):
            name, sign, expected = compared.groups()
            if sign == "<":
                return bool(value(name) < float(expected))
            return (str(value(name)) in expected.split("|")) is (sign == "=")
        if word.startswith("?"):
            return is_given(word[1:]) and not any(map(str.isalnum, value(word[1:])))
        return any(map(is_given, word.removeprefix("!").split("|"))) is not word.startswith("!")
