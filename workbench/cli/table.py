"""The table of operations for the command line: `library/operations.toml`.

Every command has its arguments, and its calls of the library, each under a condition on the
arguments. Only the text is read: loading the classes of a library would slow down
help. Operations without a short command of their own are commands, too.
"""

import inspect
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import workbench
from workbench.translation import tr

if TYPE_CHECKING:
    from workbench.library.operations import Operation

#: Fields of a command that are not arguments.
_FIELDS = ("does", "operation", "refuse", "several", "run")
#: Fields of an argument that `argparse` does not know.
OURS = ("joined", "piped")
#: Converters of `argparse` by the type of a parameter.
_CONVERTERS = {float: "float", int: "int"}
_COMPARISON = re.compile(r"(\w+)(!=|=|<)(.+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Wrong usage under one of some conditions, with message and hint."""

    conditions: Sequence[str]
    message: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a command: a `call` of the library under a condition, and its result.

    A call that begins with “@” is a function of `actions`; “:” is followed by the part of the
    result that counts; `by` is a function that does everything. `opens` is how the library is
    opened (`opening.library_for`). `takes` maps parameters to arguments (“!a”: its absence, “/a”: a
    number, or else a path), `spread` is an argument of names and values that are parameters, `sets`
    has constant parameters. People see the lines of each record by its type, of the whole result by
    `show` (a function of `lines`), or the sentence `line`, filled with the arguments, the
    `result`, and its `count` of what it `counts` (“one/many”); `none` if there is no result or
    `success` is not met, `complaint` for scripts, too. Scripts get the records, with the properties
    `adds`, or an object of `record`.
    """

    condition: str = ""
    call: str = ""
    by: str = ""
    opens: str = "change"
    first: str = ""
    takes: Mapping[str, str] | None = None
    spread: str = ""
    sets: Mapping[str, Any] | None = None
    show: str = ""
    line: str = ""
    counts: str = ""
    none: str = ""
    complaint: str = ""
    missing: Sequence[str] = ()
    unusable: Sequence[str] = ()
    remark: str = ""
    record: Mapping[str, str] | None = None
    adds: str = ""
    success: str = ""
    failed: str = ""
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
    return rows, rows.pop("operations"), rows.pop("arguments")


def names() -> Iterable[str]:
    """The names of all commands, in the order of the help."""
    return _rows()[0].keys()


def commands() -> Iterator[Command]:
    """Every command, in the order of the help."""
    return map(command, names())


def command(name: str) -> Command:
    """The command of this name, or of an operation, “graph.between”."""
    if "." in name:
        return _of_operation(name)
    row = _rows()[0][name]
    arguments = (Argument(key, _options(value)) for key, value in row.items() if key not in _FIELDS)
    return Command(
        name,
        row["does"],
        tuple(arguments),
        tuple(Refusal(**refusal) for refusal in row.get("refuse", ())),
        tuple(row.get("several", "").split()),
        tuple(Variant(**variant) for variant in row.get("run", ())),
    )


def _options(value: str | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(value, str):
        return {"switch": True, "help": value}
    shared: Mapping[str, Any] = _rows()[2]
    return shared[value["like"]] if "like" in value else value


def groups() -> dict[str, dict[str, list[str]]]:
    """The verbs of every group, with the words of the command that each is."""
    verbs: dict[str, dict[str, list[str]]] = {}
    for name, row in _rows()[0].items():
        operation = row.get("operation", {})
        pairs = {"": operation} if isinstance(operation, str) else operation
        for action, operation in pairs.items():
            group, _, verb = operation.partition(" ")
            verbs.setdefault(group, {})[verb] = [name, *filter(None, [action])]
    operations = _rows()[1]
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


def like(word: str) -> str:
    """The command that a word probably means, as the verb of a group or misspelt; "" if none is."""
    verbs = (" ".join(row[word]) for row in groups().values() if word in row)
    near = get_close_matches(word, names(), 1, 0.75)
    return next(iter([*(name for name in verbs if "." not in name), *near]), "")


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


def _of_operation(name: str) -> Command:
    """The command of an operation without a short one: its parameters are words and options."""
    from workbench.library.operations import NOTHING, OPERATIONS

    operation = OPERATIONS[name.replace("-", "_")]
    nothing = NOTHING.get(operation.name, "Nothing found.")
    empty = "Done." if operation.hints["return"] in (None, NoneType) else nothing
    variant = Variant(
        call=operation.target,
        opens="read" if operation.effect == "read" else "change",
        sets=dict(operation.sets),
        none=empty,
    )
    arguments = [
        _argument(operation, parameter, operation.hints[parameter.name])
        for parameter in operation.parameters.values()
    ]
    return Command(name, operation.summary, tuple(filter(None, arguments)), (), (), (variant,))


def _types(hint: Any) -> list[Any]:
    """The plain types of a value; those of list items follow `list`."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return [inner[0]]
    if origin in (Union, UnionType):
        return [kind for member in inner for kind in _types(member)]
    if origin is None:
        return [hint]
    return [list, *_types(inner[0])] if len(inner) == 1 or inner[1:] == (...,) else [origin]


def _argument(operation: "Operation", parameter: inspect.Parameter, hint: Any) -> Argument | None:
    """A word or option for a parameter; None if it cannot be typed."""
    types = set(_types(hint)) - {NoneType}
    plain = types - {list}
    if not plain or plain - {bool, bytes, float, int, str}:
        return None
    required = parameter.default is parameter.empty and parameter.name != operation.several
    name = parameter.name if required else f"--{parameter.name.replace('_', '-')}"
    options: dict[str, Any] = {}
    if bool in plain:
        options["off" if parameter.default is True else "switch"] = True
        return Argument(
            name if not parameter.default else f"--no-{name[2:]}",
            {**options, "dest": parameter.name},
        )
    if {int, str} <= plain and list not in types:
        options["type"] = "concept"
    elif str not in plain:
        options["type"] = next(_CONVERTERS[kind] for kind in (float, int) if kind in plain)
    if choices := operation.choices(parameter.name):
        options["choices"] = choices
    else:
        options["metavar"] = parameter.name.upper()
    if list in types or parameter.name == operation.several:
        options |= {"nargs": "+"} if required else {"many": True, "help": "may be repeated"}
    return Argument(name, options)
