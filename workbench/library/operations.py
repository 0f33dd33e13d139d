"""The table of operations: every public call of a library, and which of them others may reach.

The asyncio façade is made from all calls (`public`); the tools for agents, the routes of a server,
the verbs of the command line and the remote library are made from `OPERATIONS`, which reads
`operations.toml`. Parameters, results and texts are those of the methods themselves, so that
nothing is written down twice. What takes a path of this machine or a callback is not offered.
"""

import importlib
import inspect
import tomllib
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import attrgetter, or_
from pathlib import Path
from types import GenericAlias, MappingProxyType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from workbench.arguments import MOST, Kind, flat_parameters, pack
from workbench.errors import UsageError
from workbench.library.groups import GROUPS
from workbench.library.library import Library
from workbench.once import once

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

#: What an operation does to a library; "erase" cannot be undone.
Effect = Literal["read", "write", "erase"]

#: Characters that one argument may have.
LONGEST = 100_000

#: Arguments that cannot come from outside the process.
_HERE = frozenset({"self", "report", "cancel", "each"})
#: Where the records lie that signatures name for type checkers only.
_RECORDS = (
    "care.salvage",
    "memory.chains.records",
    "memory.facts.merging",
    "memory.graph.records",
    "memory.kinds.records",
    "memory.notes.records",
    "memory.reflex.context",
    "memory.reflex.records",
    "memory.regions.records",
    "memory.schemas.records",
    "memory.sharing.records",
    "memory.turn.conversation",
    "memory.vital.records",
    "recall.pictures",
    "recall.records",
    "sleep.records",
    "store.backup",
    "store.verify",
)


def public(kind: type) -> Iterator[tuple[str, Any]]:
    """The public names of a library or of a group of it, with what the class has there."""
    for name in dir(kind):
        if not name.startswith("_"):
            static = inspect.getattr_static(kind, name)
            if not isinstance(static, once):
                yield name, static


@dataclass(frozen=True)
class Operation:
    """One call that others may make: `target` is what stands behind `library.`.

    `name` is that, too, unless another name stands for the call with some arguments set.
    """

    name: str
    effect: Effect
    tool: str
    target: str
    sets: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def call(self) -> Callable[..., Any]:
        """The method, which takes the library or its group first."""
        group, _, name = self.target.rpartition(".")
        found: Callable[..., Any] = getattr(GROUPS.get(group, Library), name)
        return found

    @cached_property
    def text(self) -> str:
        """What the method says of itself."""
        return inspect.getdoc(self.call) or ""

    @property
    def summary(self) -> str:
        """The first sentence of that."""
        return self.text.partition("\n\n")[0].replace("\n", " ")

    @cached_property
    def long(self) -> bool:
        """Whether it tells its progress and can be stopped."""
        return {"report", "cancel"} <= inspect.signature(self.call).parameters.keys()

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The types of its parameters and of its result (`return`)."""
        names: dict[str, Any] = {}
        for each in _RECORDS:
            names.update(vars(importlib.import_module(f"workbench.{each}")))
        found = typing.get_type_hints(self.call, localns=names, include_extras=True)
        found.update(
            {name: row.annotation for name, row in self.parameters.items() if name not in found}
        )
        if self.several is not None:
            found[self.several] = GenericAlias(list, found[self.several])
        return found

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """What can be given to it from outside."""
        hidden = _HERE | self.sets.keys()
        parameters = flat_parameters(self.call)
        return {name: row for name, row in parameters.items() if name not in hidden}

    @cached_property
    def several(self) -> str | None:
        """The parameter that takes any number of arguments; from outside they come as a list."""
        parameters = inspect.signature(self.call).parameters.values()
        return next((each.name for each in parameters if each.kind is each.VAR_POSITIONAL), None)

    def one_of(self, parameter: str) -> tuple[str, ...]:
        """The words of which a parameter is one; none where it may be any."""
        group = self.name.rpartition(".")[0]
        names = (f"{self.target}.{parameter}", f"{group}.{parameter}", parameter)
        place = next((_ONE_OF[name] for name in names if name in _ONE_OF), "")
        if not place:
            return ()
        module, _, constant = place.rpartition(".")
        return tuple(getattr(importlib.import_module(f"workbench.{module}"), constant))

    @cached_property
    def takes(self) -> "type[BaseModel]":
        """A model of what can be given to it, with the limits of each kind of argument."""
        from pydantic import ConfigDict, create_model

        fields: dict[str, Any] = {
            name: (
                _bounded(self.hints[name], self.one_of(name)),
                _default(each),
            )
            for name, each in self.parameters.items()
        }
        # A name of its own: programs make classes of it, beside that of the result.
        named = f"{self.name}_arguments"
        return create_model(named, __config__=ConfigDict(extra="forbid", strict=True), **fields)

    @cached_property
    def gives(self) -> "TypeAdapter[Any]":
        """What reads its result from JSON and writes it there."""
        from pydantic import TypeAdapter

        return TypeAdapter(self.hints["return"])

    def checked(self, given: Mapping[str, Any] | bytes) -> dict[str, Any]:
        """Its arguments, from Python or from JSON. Raises `UsageError` for what does not fit."""
        from pydantic import ValidationError

        try:
            if isinstance(given, bytes):
                found = self.takes.model_validate_json(given)
            else:
                found = self.takes.model_validate(given)
        except ValidationError as error:
            raise UsageError(_wrong(error), "Correct the arguments, and ask again.") from None
        return {name: getattr(found, name) for name in sorted(found.model_fields_set)}

    def of(self, library: Any) -> Callable[..., Any]:
        """The call of one library, or of an asynchronous one, by the names of its arguments."""
        bound: Callable[..., Any] = attrgetter(self.target)(library)

        def called(**arguments: Any) -> Any:
            packed = pack(self.call, {**arguments, **self.sets})
            return bound(*packed.pop(self.several or "", ()), **packed)

        return called


def _default(parameter: inspect.Parameter) -> Any:
    """What a parameter is where it is not given; `...` for one that must be."""
    if parameter.kind is parameter.VAR_POSITIONAL:
        return []
    return ... if parameter.default is parameter.empty else parameter.default


def _bounded(hint: Any, one_of: tuple[str, ...] = ()) -> Any:
    """A type with the limits that its kind has (`workbench.arguments`), for those who read it.

    `one_of` are only told: the call itself takes them in any case of letters.
    """
    from pydantic import BeforeValidator, Field

    arguments, origin = get_args(hint), get_origin(hint)
    if origin is Annotated:
        limits: dict[str, dict[str, Any]] = {
            "id": {"ge": 0, "le": 2**63 - 1},
            "limit": {"ge": -1, "le": MOST},
            "number": {"ge": -(2**63), "le": 2**63 - 1},
        }
        kind = next(each.name for each in arguments[1:] if isinstance(each, Kind))
        if one_of:
            told = Field(max_length=LONGEST, json_schema_extra={"enum": list(one_of)})
            return Annotated[arguments[0], told]
        if kind in limits:
            return Annotated[arguments[0], BeforeValidator(_whole), Field(**limits[kind])]
        return Annotated[arguments[0], Field(max_length=LONGEST)]
    if not arguments or origin is Literal:
        return hint
    # A path of this machine is none of theirs.
    parts = tuple(_bounded(part, one_of) for part in arguments if part is not Path)
    return reduce(or_, parts) if origin in (Union, UnionType) else origin[parts]


def _whole(number: Any) -> Any:
    """What JSON takes for an integer is one: 12.0 as well as 12."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _wrong(error: Any) -> str:
    """What does not fit, in one sentence."""
    said = [
        f"“{'.'.join(map(str, each['loc']))}”: {each['msg']}" if each["loc"] else each["msg"]
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return f"The arguments do not fit: {'; '.join(said[:3])}."


def _operations(table: Mapping[str, Any]) -> Iterator[Operation]:
    tools, effects = table["tools"], dict[str, Effect]()
    for effect in get_args(Effect):
        for group, names in table[effect].items():
            prefix = "" if group == "library" else f"{group}."
            effects |= dict.fromkeys([prefix + name for name in names.split()], effect)
    aliases = {name: ({"call": name}, effects[name]) for name in effects}
    aliases |= {name: (row, effects[row["call"]]) for name, row in table["aliases"].items()}
    for name, (row, effect) in aliases.items():
        sets = {parameter: value for parameter, value in row.items() if parameter != "call"}
        yield Operation(name, effect, tools.get(name, ""), row["call"], sets)


_ROWS = tomllib.loads(Path(__file__).with_name("operations.toml").read_text("utf-8"))["operations"]
#: Arguments that are one of a list: the constant with it. A bare name means it in all operations.
_ONE_OF: Mapping[str, str] = _ROWS["one_of"]
#: Every operation that others may ask for, by its name.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for operation in _operations(_ROWS)}
)
