"""What all groups of public calls have in common: the core they share, and whom they tell."""

from typing import Any, TypeVar

from workbench.arguments import checked
from workbench.care.diagnosis import diagnosed
from workbench.library.core import Core
from workbench.store.store import Store

T = TypeVar("T")


class Group:
    """A part of a library's public calls; what they work on lies in the core.

    Every public call checks its arguments first, and says so where a damaged file makes it fail.
    """

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        diagnosed(checked(cls))

    def __init__(self, core: Core) -> None:
        """Made by `Library`, once for each library that is open."""
        self._core = core

    @property
    def _store(self) -> Store:
        return self._core.store

    def _tell_scope(self, collection: str | None) -> None:
        self._core.changes.tell("facts")
        if collection is not None:
            self._core.changes.tell("collections")

    def _tell_if(self, changed: bool, collection: str | None) -> None:
        if changed:
            self._tell_scope(collection)

    def _told(self, done: T) -> T:
        self._core.changes.tell("facts")
        return done

    def _tell_count(self, number: int) -> int:
        if number:
            self._core.changes.tell("facts")
        return number

    def _tell_sources(self) -> None:
        self._core.changes.tell("sources")
        self._core.changes.tell("collections")

    def _tell_shared(self) -> None:
        for topic in ("sources", "collections", "facts"):
            self._core.changes.tell(topic)
