"""Links put right from the window: confirmed, rejected; the window's Undo takes it back."""

from typing import TYPE_CHECKING

from workbench.ui.language import tr
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.ui.window.library_actions import Shelf

CONFIRM, REJECT = "confirm", "reject"
_WORDS = {CONFIRM: (tr("Confirm"), tr("Confirmed")), REJECT: (tr("Reject"), tr("Rejected"))}


def said(verb: str, link: str) -> str:
    """What has happened to a link, for the toast."""
    return f"{_WORDS[verb][1]}: {link}"


class EdgeCommand(Command):
    """A link was confirmed or rejected."""

    def __init__(self, shelf: "Shelf", edge: str, link: str, verb: str) -> None:
        super().__init__(shelf, f"{_WORDS[verb][0]} “{link}”")
        self._edge, self._link, self._verb = edge, link, verb

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is None:
            return
        again = library.graph.confirm if self._verb == CONFIRM else library.graph.reject
        self._shelf.retrace(library.graph.undo_judgement if back else again, self._edge)

    def without(self, gone: frozenset[int]) -> "Command | None":
        return EdgeCommand(self._shelf, self._edge, self._link, self._verb)
