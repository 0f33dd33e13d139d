"""What lines told the library, and which of it was taken back in this run."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.ui.ask.conversation import TurnView
from workbench.ui.ask.saying import Said
from workbench.ui.wanted import Wanted

if TYPE_CHECKING:
    from workbench.memory.turn.conversation import Turn


def told(turn: "Turn") -> tuple[str, tuple[int, ...]]:
    """The words of a turn that were kept, and the ids of the facts that are new."""
    words = (reply.said for reply in turn.replies if reply.new)
    return "\n".join(words), tuple(id for reply in turn.replies for id in reply.new)


class Told(QObject):
    """Shows what lines told; where something was to be asked instead, it is taken back first."""

    #: The facts of these ids are to be taken back.
    undo_requested = Signal(object)
    #: (words, collection): they are to be asked, or kept.
    ask_requested = Signal(str, object)
    tell_requested = Signal(str, object)

    _marked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._undone: set[int] = set()
        self._instead: tuple[frozenset[int], str] = frozenset(), ""

    def forget(self) -> None:
        """Another library is told from now on."""
        self._undone.clear()
        self._instead = frozenset(), ""

    def view(self, said: Said, wanted: Wanted) -> TurnView:
        """What became of a line, kept up with what is taken back."""
        shown = TurnView(said, wanted, self._undone)
        self._marked.connect(shown.mark_undone)
        shown.undo_requested.connect(self.undo_requested)
        shown.instead_requested.connect(self._ask_instead)
        shown.ask_requested.connect(lambda words: self.ask_requested.emit(words, said.collection))
        shown.tell_requested.connect(lambda words: self.tell_requested.emit(words, said.collection))
        return shown

    def mark_undone(self, facts: Collection[int], collection: str | None) -> None:
        """These facts were taken back; what was to be asked instead is asked of `collection`."""
        self._undone.update(facts)
        self._marked.emit(self._undone)
        ids, words = self._instead
        if ids and ids <= self._undone:
            self._instead = frozenset(), ""
            self.ask_requested.emit(words, collection)

    def _ask_instead(self, facts: tuple[int, ...], words: str) -> None:
        # Asked before it is taken back, it would be answered by itself.
        self._instead = frozenset(facts), words
        self.undo_requested.emit(facts)
