"""Commands for operations of the library that have no short command of their own.

Words and options are the parameters of the call, its first sentence is the help.
"""

import inspect
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from workbench.cli.table import Argument, Command, Variant
from workbench.library.operations import NOTHING, OPERATIONS, Operation

#: Converters of `argparse` by the type of a parameter.
_TYPES = {float: "float", int: "int"}


def command(name: str) -> Command:
    """The command that calls an operation."""
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


def _argument(operation: Operation, parameter: inspect.Parameter, hint: Any) -> Argument | None:
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
        options["type"] = next(_TYPES[kind] for kind in (float, int) if kind in plain)
    if choices := operation.choices(parameter.name):
        options["choices"] = choices
    else:
        options["metavar"] = parameter.name.upper()
    if list in types or parameter.name == operation.several:
        options |= {"nargs": "+"} if required else {"many": True, "help": "may be repeated"}
    return Argument(name, options)
