"""The part of the library that is shown: everything, a collection, a tag, the Trash, Fading."""

from dataclasses import dataclass

from workbench.ui.language import tr


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part it is; `fading` shows memories, not sources."""

    collection: str | None = None
    trash: bool = False
    tag: str | None = None
    fading: bool = False

    @property
    def name(self) -> str:
        """The scope in a word."""
        if self.trash or self.fading:
            return tr("Trash") if self.trash else tr("Fading")
        return self.collection or self.tag or tr("Everything")
