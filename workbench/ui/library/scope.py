"""Which part of the library is shown: everything, one collection, one tag, or the trash."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sources the table shows: everything, one collection, one tag, or the trash."""

    collection: str | None = None
    trash: bool = False
    tag: str | None = None

    @property
    def name(self) -> str:
        """The scope in a word."""
        return "Trash" if self.trash else self.collection or self.tag or "Everything"
