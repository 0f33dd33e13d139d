"""What a variable of a library is set to, and its removal."""

from workbench import Library


def value_of(library: Library, key: str, *, collection: str | None = None) -> str | None:
    """The text of a variable; None where there is none of that key."""
    variable = library.notes.get("variable", key, collection=collection)
    return None if variable is None else variable.value


def remove_variable(library: Library, key: str, *, collection: str | None = None) -> bool:
    """Remove a variable; whether it was there."""
    variable = library.notes.get("variable", key, collection=collection)
    return variable is not None and library.facts.forget([variable.id]).forgotten == 1
