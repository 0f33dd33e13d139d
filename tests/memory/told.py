"""Statements told in a collection of their own, so that one library serves a table of them."""

import itertools
from collections.abc import Callable, Iterable

from workbench.library import Library
from workbench.memory.facts.records import Value

#: Tells statements, and asks for a value among them and no others.
ValueOf = Callable[[Iterable[str], str], Value | None]


def value_in(library: Library) -> ValueOf:
    """Ask for values in this library."""
    numbers = itertools.count(1)

    def value_of(told: Iterable[str], question: str) -> Value | None:
        row = f"row {next(numbers)}"
        for text in told:
            library.facts.tell(text, collection=row)
        return library.facts.value(question, collection=row)

    return value_of
