"""The table of operations: every public call of a library, and which of them others may reach.

The asyncio façade is made from all calls (`public`); the tools for agents, the routes of the server
and the remote library are made from `OPERATIONS`. Parameters, results and texts are those of the
methods themselves, so that nothing is written down twice. What takes a path of this machine or a
callback is not offered.
"""

import importlib
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import attrgetter, or_
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from workbench.arguments import MOST, Kind
from workbench.errors import UsageError
from workbench.library.library import GROUPS, Library

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

#: What an operation does to a library; "erase" cannot be undone.
Effect = Literal["read", "write", "erase"]

#: Characters that one argument may have.
LONGEST = 100_000

#: Public in a group for the rooms of the program, and nobody else's business.
_INSIDE = frozenset({"close", "read_on", "searching", "tiers", "unread"})
#: Arguments that cannot come from outside the process.
_HERE = frozenset({"self", "report", "cancel", "each"})
#: Where the records lie that signatures name for type checkers only.
_RECORDS = ("turn.conversation", "chains.records", "vital.records")

#: The operations that read, each with the name that agents know it by ("": it is none of theirs).
_READING = {
    "ask": "ask",
    "search": "search",
    "stats": "stats",
    "health": "",
    "alerts": "",
    "facts.value": "value",
    "facts.recall": "recall",
    "facts.recall_across": "",
    "facts.recall_many": "",
    "facts.reflex": "",
    "facts.context": "context",
    "facts.history": "history",
    "facts.list": "",
    "facts.count": "",
    "facts.scopes": "",
    "facts.get": "",
    "facts.details": "",
    "facts.chain": "chain",
    "facts.associate": "associate",
    "facts.conflicts": "",
    "notes.list": "",
    "notes.highlights": "",
    "notes.variable": "variable",
    "notes.variables": "",
    "notes.stance": "",
    "notes.stances": "",
    "sources.list": "sources",
    "sources.get": "",
    "sources.sections": "",
    "sources.passages": "",
    "sources.text": "",
    "sources.text_at": "text_at",
    "sources.tags": "",
    "collections.list": "collections",
    "collections.scopes": "",
    "collections.neighbours": "",
    "graph.concepts": "",
    "graph.concept": "concept",
    "graph.associated": "",
    "graph.path": "path",
    "memory.due": "due",
    "memory.fading": "",
    "memory.strength": "",
    "answers.list": "",
    "answers.get": "",
    "queue.summary": "",
    "converse": "",
    "brain.status": "",
    "brain.replay": "",
    "brain.dream": "",
    "sleep.state": "",
    "sleep.history": "",
    "pictures.find": "",
}
#: Those that store.
_WRITING = {
    "turn": "",
    "add_text": "add_text",
    "add_link": "",
    "facts.tell": "remember",
    "facts.perceive": "",
    "facts.edit": "edit",
    "facts.undo_edit": "",
    "facts.mark": "",
    "facts.set_expiry": "",
    "facts.resolve": "",
    "notes.add": "note",
    "notes.set_variable": "set_variable",
    "notes.set_stance": "",
    "collections.create": "",
    "collections.assign": "",
    "sources.tag": "",
    "sources.untag": "",
    "memory.strengthen": "",
    "memory.review": "",
    "sleep.run": "",
    "sleep.undo": "",
    "acknowledge": "",
}
#: Those that delete for good.
_ERASING = {
    "facts.forget": "forget",
    "facts.remove": "",
    "notes.remove": "",
    "notes.remove_variable": "",
}


def public(kind: type) -> Iterator[tuple[str, Any]]:
    """The public names of a library or of a group of it, with what the class has there."""
    for name in dir(kind):
        if not name.startswith("_") and (kind is Library or name not in _INSIDE):
            yield name, inspect.getattr_static(kind, name)


@dataclass(frozen=True)
class Operation:
    """One call that others may make: `name` is what stands behind `library.`."""

    name: str
    effect: Effect
    tool: str

    @property
    def call(self) -> Callable[..., Any]:
        """The method, which takes the library or its group first."""
        group, _, name = self.name.rpartition(".")
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
            names.update(vars(importlib.import_module(f"workbench.memory.{each}")))
        return typing.get_type_hints(self.call, localns=names, include_extras=True)

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """What can be given to it from outside."""
        signature = inspect.signature(self.call)
        return {name: each for name, each in signature.parameters.items() if name not in _HERE}

    @cached_property
    def takes(self) -> "type[BaseModel]":
        """A model of what can be given to it, with the limits of each kind of argument."""
        from pydantic import ConfigDict, create_model

        fields: dict[str, Any] = {
            name: (_bounded(self.hints[name]), ... if each.default is each.empty else each.default)
            for name, each in self.parameters.items()
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid", strict=True), **fields)

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
        """The call of one library, or of an asynchronous one."""
        found: Callable[..., Any] = attrgetter(self.name)(library)
        return found


def _bounded(hint: Any) -> Any:
    """A type with the limits that its kind has (`workbench.arguments`), for those who read it."""
    from pydantic import Field

    arguments, origin = get_args(hint), get_origin(hint)
    if origin is Annotated:
        limits: dict[str, dict[str, Any]] = {
            "id": {"ge": 0, "le": 2**63 - 1},
            "limit": {"ge": -1, "le": MOST},
            "number": {"ge": -(2**63), "le": 2**63 - 1},
        }
        kind = next(each.name for each in arguments[1:] if isinstance(each, Kind))
        return Annotated[arguments[0], Field(**limits.get(kind, {"max_length": LONGEST}))]
    if not arguments or origin is Literal:
        return hint
    parts = tuple(_bounded(each) for each in arguments)
    return reduce(or_, parts) if origin in (Union, UnionType) else origin[parts]


def _wrong(error: Any) -> str:
    """What does not fit, in one sentence."""
    said = [
        f"“{'.'.join(map(str, each['loc']))}”: {each['msg']}" if each["loc"] else each["msg"]
        for each in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return f"The arguments do not fit: {'; '.join(said[:3])}."


_TABLE: tuple[tuple[Effect, Mapping[str, str]], ...] = (
    ("read", _READING),
    ("write", _WRITING),
    ("erase", _ERASING),
)

#: Every operation that others may ask for, by its name.
OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        name: Operation(name, effect, tool)
        for effect, names in _TABLE
        for name, tool in names.items()
    }
)
