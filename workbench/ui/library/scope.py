"""Scopes of the library: everything, a collection, a tag, Trash, Fading.

Their list with counts is `ui.window.collections`.
"""

from dataclasses import dataclass

from workbench.ui.language import tr


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope; `fading` shows memories instead of sources."""

    collection: str | None = None
    trash: bool = False
    tag: str | None = None
    fading: bool = False

    @property
    def name(self) -> str:
        """The name of the scope."""
        if self.trash or self.fading:
            return tr("Trash") if self.trash else tr("Fading")
        return self.collection or self.tag or tr("Everything")
