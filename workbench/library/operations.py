"""The table of operations: all public calls of a library, and those available to clients.

The asyncio façade is generated from all calls (`public`); the agents' tools, the routes of a
server, the verbs of the command line and the remote library from `OPERATIONS`, which reads
`operations.toml`. Parameters, results and descriptions are those of the methods. Calls with local
paths or callbacks are not included, except files that are sent and fetched; `LOCAL` gives the
reasons.
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

import ingest
from workbench.arguments import MAX_NUMBER, Kind, flat_parameters, pack
from workbench.errors import UsageError
from workbench.library.groups import GROUPS
from workbench.library.library import Library
from workbench.once import once

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

#: The effect of an operation on a library; "erase" cannot be undone.
Effect = Literal["read", "write", "erase"]

#: Maximum characters of an argument.
LONGEST = 100_000

#: Arguments that clients cannot pass.
_LOCAL = frozenset({"self", "report", "cancel", "each"})
#: Modules of the records that signatures import for type checking only.
_RECORDS = (
    "care.salvage",
    "memory.chains.records",
    "memory.facts.merging",
    "memory.graph.records",
    "memory.kinds.records",
    "memory.notes.records",
    "memory.reflex.context",
    "memory.reflex.records",
    "memory.regions.gate",
    "memory.schemas.records",
    "memory.sharing.records",
    "memory.turn.conversation",
    "memory.vital.records",
    "recall.pictures",
    "recall.records",
    "sleep.records",
    "store.backup",
    "store.changes",
    "store.verify",
)

#: Records of few calls, whose modules are slow to import.
_ELSEWHERE = {
    "Alike": "workbench.recall.related",
    "Citation": "workbench.recall.citation_styles",
    "Corrected": "workbench.intake.correcting",
    "Deletion": "workbench.store.removal",
    "ListedWork": f"{ingest.__name__}.reference_list",
    "Waveform": "workbench.intake.listening",
}


def public(kind: type) -> Iterator[tuple[str, Any]]:
    """The public attributes of a library or group class, by name."""
    for name in dir(kind):
        if not name.startswith("_"):
            static = inspect.getattr_static(kind, name)
            if not isinstance(static, once):
                yield name, static


@dataclass(frozen=True)
class Operation:
    """A call available to clients: `target` is its path below `library`.

    `name` equals `target`, except for aliases that set some arguments. `sends` and `fetches` are
    parameters that name a file to send before, or to fetch after the call; if the argument
    `writes_with` is true, a reading call writes.
    """

    name: str
    effect: Effect
    tool: str
    target: str
    sets: Mapping[str, Any] = field(default_factory=dict, hash=False)
    sends: str = ""
    fetches: str = ""
    writes_with: str = ""

    def writes(self, arguments: Mapping[str, Any]) -> bool:
        """Whether a call with these arguments changes the library."""
        return self.effect != "read" or bool(arguments.get(self.writes_with))

    @property
    def call(self) -> Callable[..., Any]:
        """The unbound method of the library or its group."""
        group, _, name = self.target.rpartition(".")
        method: Callable[..., Any] = getattr(GROUPS.get(group, Library), name)
        return method

    @cached_property
    def text(self) -> str:
        """The docstring of the method."""
        return inspect.getdoc(self.call) or ""

    @property
    def summary(self) -> str:
        """The first paragraph, without its errors."""
        return self.text.partition("\n\n")[0].replace("\n", " ").partition(" Raises ")[0]

    @cached_property
    def long(self) -> bool:
        """Whether it reports progress and can be cancelled."""
        return {"report", "cancel"} <= inspect.signature(self.call).parameters.keys()

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The types of its parameters and of its result (`return`)."""
        names: dict[str, Any] = {}
        for module in _RECORDS:
            names.update(vars(importlib.import_module(f"workbench.{module}")))
        returned = str(inspect.signature(self.call).return_annotation)
        for name in filter(returned.__contains__, _ELSEWHERE):
            names[name] = getattr(importlib.import_module(_ELSEWHERE[name]), name)
        types = typing.get_type_hints(self.call, localns=names, include_extras=True)
        types.update(
            {name: row.annotation for name, row in self.parameters.items() if name not in types}
        )
        if self.several is not None:
            types[self.several] = GenericAlias(list, types[self.several])
        return types

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The parameters that clients can pass."""
        hidden = _LOCAL | self.sets.keys()
        parameters = flat_parameters(self.call)
        files = {self.sends, self.fetches}
        return {
            name: row
            for name, row in parameters.items()
            if name not in hidden
            and (name in files or not {str, Path} <= set(get_args(row.annotation)))
        }

    @cached_property
    def several(self) -> str | None:
        """The variadic positional parameter, which clients pass as a list."""
        parameters = inspect.signature(self.call).parameters.values()
        return next(
            (
                parameter.name
                for parameter in parameters
                if parameter.kind is parameter.VAR_POSITIONAL
            ),
            None,
        )

    def choices(self, parameter: str) -> tuple[str, ...]:
        """The allowed values of a parameter; empty if any is."""
        group = self.name.rpartition(".")[0]
        names = (f"{self.target}.{parameter}", f"{group}.{parameter}", parameter)
        place = next((_CHOICES[name] for name in names if name in _CHOICES), "")
        if not place:
            return ()
        module, _, constant = place.rpartition(".")
        return tuple(getattr(importlib.import_module(f"workbench.{module}"), constant))

    @cached_property
    def takes(self) -> "type[BaseModel]":
        """A pydantic model of the arguments, with the limits of their kinds."""
        from pydantic import ConfigDict, create_model

        fields: dict[str, Any] = {
            name: (
                _bounded(self.hints[name], self.choices(name)),
                _default(parameter),
            )
            for name, parameter in self.parameters.items()
        }
        # A unique name, as client generators make classes of the schemas.
        title = f"{self.name}_arguments"
        return create_model(title, __config__=ConfigDict(extra="forbid", strict=True), **fields)

    @cached_property
    def gives(self) -> "TypeAdapter[Any]":
        """The type adapter of the result."""
        from pydantic import ConfigDict, TypeAdapter

        base64 = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
        return TypeAdapter(self.hints["return"], config=base64 if self.gives_bytes else None)

    @cached_property
    def gives_bytes(self) -> bool:
        """Whether the result contains bytes, which are base64 in JSON."""
        return bytes in (self.hints["return"], *get_args(self.hints["return"]))

    def checked(self, given: Mapping[str, Any] | bytes) -> dict[str, Any]:
        """Validate arguments, given as a mapping or as JSON. Raises `UsageError`."""
        from pydantic import ValidationError

        try:
            if isinstance(given, bytes):
                model = self.takes.model_validate_json(given)
            else:
                model = self.takes.model_validate(given)
        except ValidationError as error:
            raise UsageError(_problems(error), "Correct the arguments, and ask again.") from None
        return {name: getattr(model, name) for name in sorted(model.model_fields_set)}

    def of(self, library: Any) -> Callable[..., Any]:
        """The call bound to a library, or an asynchronous one, with keyword arguments."""
        bound: Callable[..., Any] = attrgetter(self.target)(library)

        def invoke(**arguments: Any) -> Any:
            packed = pack(self.call, {**arguments, **self.sets})
            return bound(*packed.pop(self.several or "", ()), **packed)

        return invoke


def _default(parameter: inspect.Parameter) -> Any:
    """The default of a parameter; `...` for required ones."""
    if parameter.kind is parameter.VAR_POSITIONAL:
        return []
    return ... if parameter.default is parameter.empty else parameter.default


def _bounded(hint: Any, choices: tuple[str, ...] = ()) -> Any:
    """A type with the limits of its kind (`workbench.arguments`), for schemas.

    `choices` are only documented: the call itself ignores case.
    """
    from pydantic import BeforeValidator, Field

    arguments, origin = get_args(hint), get_origin(hint)
    if origin is Annotated:
        limits: dict[str, dict[str, Any]] = {
            "id": {"ge": 0, "le": 2**63 - 1},
            "limit": {"ge": -1, "le": MAX_NUMBER},
            "number": {"ge": -(2**63), "le": 2**63 - 1},
        }
        kind = next(bound.name for bound in arguments[1:] if isinstance(bound, Kind))
        if choices:
            field = Field(max_length=LONGEST, json_schema_extra={"enum": list(choices)})
            return Annotated[arguments[0], field]
        if kind in limits:
            return Annotated[arguments[0], Field(**limits[kind]), BeforeValidator(_to_integer)]
        return Annotated[arguments[0], Field(max_length=LONGEST)]
    if not arguments or origin is Literal:
        return hint
    # Clients cannot pass local paths.
    parts = tuple(_bounded(part, choices) for part in arguments if part is not Path)
    return reduce(or_, parts) if origin in (Union, UnionType) else origin[parts]


def _to_integer(number: Any) -> Any:
    """Accept integral floats as integers, as JSON Schema does: 12.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _problems(error: Any) -> str:
    """The validation errors in one sentence."""
    problems = [
        f"“{'.'.join(map(str, problem['loc']))}”: {problem['msg']}"
        if problem["loc"]
        else problem["msg"]
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return f"The arguments do not fit: {'; '.join(problems[:3])}."


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
        files = [table[way].get(name, "") for way in ("sends", "fetches", "writes_with")]
        yield Operation(name, effect, tools.get(name, ""), row["call"], sets, *files)


_ROWS = tomllib.loads(Path(__file__).with_name("operations.toml").read_text("utf-8"))["operations"]
#: Constants with the allowed values of arguments. A bare name applies to all operations.
_CHOICES: Mapping[str, str] = _ROWS["one_of"]
#: All operations available to clients, by name.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for operation in _operations(_ROWS)}
)
#: What to do next where a call has found nothing, by name.
NOTHING: Mapping[str, str] = _ROWS["nothing"]
#: Reasons why public calls are local only, by name.
LOCAL: Mapping[str, str] = {
    name: reason for reason, names in _ROWS["local"].items() for name in names.split()
}
