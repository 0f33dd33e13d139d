"""The table of operations: every public call of a library, and which of them others may reach.

The asyncio façade is made from all calls (`public`); the tools for agents, the routes of the server
and the remote library are made from `OPERATIONS`. Parameters, results and texts are those of the
methods themselves, so that nothing is written down twice. What takes a path of this machine, a
callback or another program's file is not offered.
"""

import importlib
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from workbench.library.library import GROUPS, Library

#: What an operation does to a library; "erase" cannot be undone.
Effect = Literal["read", "write", "erase"]

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
}
#: Those that store.
_WRITING = {
    "turn": "",
    "add_text": "add_text",
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

    def run(self, library: Library, given: Mapping[str, Any], **here: Any) -> Any:
        """Call it on a library; `here` are its `report` and `cancel`."""
        group, _, name = self.name.rpartition(".")
        call = getattr(getattr(library, group) if group else library, name)
        args: list[Any] = []
        named = dict(given)
        for parameter in self.parameters.values():
            if parameter.kind is parameter.VAR_POSITIONAL:
                args += named.pop(parameter.name, ())
        return call(*args, **named, **here)


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
