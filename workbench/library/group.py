"""The base class of all groups of public calls, and declarations of forwarded calls.

`path = forward(paths.path, of_graph)` declares a call with the signature and docstring of
`paths.path`, whose first argument comes from the core.
"""

import inspect
import sqlite3
from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from workbench.arguments import checked
from workbench.care.diagnosis import diagnosed
from workbench.library.core import Core
from workbench.store.store import Store

if TYPE_CHECKING:
    from workbench.memory.facts.index import FactIndex
    from workbench.memory.graph.concept_graph import ConceptGraph

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


class Group:
    """A group of a library's public calls, which share its core.

    Public calls validate their arguments, and report a damaged file as the cause of a failure.
    """

    def __init_subclass__(cls, *, mixin: bool = False) -> None:
        """Wrap the public calls; those of a `mixin` by the class that inherits them."""
        super().__init_subclass__()
        if not mixin:
            diagnosed(checked(cls))

    def __init__(self, core: Core) -> None:
        """Called by `Library`, once for each open library."""
        self._core = core

    @property
    def _store(self) -> Store:
        return self._core.store

    def _notify_scope(self, collection: str | None) -> None:
        self._core.changes.tell("facts")
        if collection is not None:
            self._core.changes.tell("collections")

    def _notify_if(self, changed: bool, collection: str | None) -> None:
        if changed:
            self._notify_scope(collection)

    def _notified(self, result: T) -> T:
        self._core.changes.tell("facts")
        return result

    def _notify_count(self, number: int) -> int:
        if number:
            self._core.changes.tell("facts")
        return number

    def _notify_sources(self) -> None:
        self._core.changes.tell("sources")
        self._core.changes.tell("collections")

    def _notify_shared(self) -> None:
        for topic in ("sources", "collections", "facts"):
            self._core.changes.tell(topic)


def of_facts(core: Core) -> "FactIndex":
    """The core's index of statements."""
    return core.fact_index


def of_graph(core: Core) -> "ConceptGraph":
    """The core's concept graph."""
    return core.graph


def query(
    function: Callable[Concatenate[sqlite3.Connection, P], R],
) -> Callable[Concatenate[Any, P], R]:
    """A public call of `function`, which takes a read connection first."""

    @wraps(function)
    def read(store: Store, /, *args: P.args, **keywords: P.kwargs) -> R:
        with store.read() as connection:
            return function(connection, *args, **keywords)

    return forward(read, attrgetter("store"))


def forward(
    function: Callable[Concatenate[T, P], R],
    part: Callable[[Core], T],
    changes: tuple[str, ...] = (),
) -> Callable[Concatenate[Any, P], R]:
    """A public call of `function`, which takes a part of the core first.

    Publishes the `changes` if its result is truthy.
    """

    @wraps(function)
    def forwarded(self: Group, /, *args: P.args, **keywords: P.kwargs) -> R:
        result = function(part(self._core), *args, **keywords)
        for topic in changes if result else ():
            self._core.changes.tell(topic)
        return result

    signature = inspect.signature(function)
    first = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    parameters = [first, *list(signature.parameters.values())[1:]]
    forwarded.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return forwarded
