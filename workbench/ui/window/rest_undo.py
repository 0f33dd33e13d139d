"""Undo of archiving, reviews, pins, answers to ideas, and a whole sleep."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from workbench.ui.language import tr
from workbench.ui.window.undo import Command

if TYPE_CHECKING:
    from workbench.memory.fading.reinforcing import Reinforced
    from workbench.sleep.records import Proposal, Slept
    from workbench.ui.window.library_actions import Shelf

Told = Callable[[], object]


class LetGoCommand(Command):
    """Memories were let go; with `back`, they were taken back."""

    def __init__(
        self, shelf: "Shelf", engrams: tuple[int, ...], told: Callable[[bool], object],
        *, back: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(shelf, tr("Unarchive") if back else tr("Archive"))
        self._engrams, self._told, self._back = engrams, told, back

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is not None:
            gone = self._back == back
            work = library.memory.archive if gone else library.memory.unarchive
            self._shelf.retrace(work, *self._engrams, done=lambda _count: self._told(gone))

    def without(self, gone: frozenset[int]) -> "Command | None":
        return LetGoCommand(self._shelf, self._engrams, self._told, back=self._back)


class ReinforceCommand(Command):
    """Memories were recalled deliberately; `word` is what the Undo calls that."""

    def __init__(
        self, shelf: "Shelf", done: "Reinforced", told: Callable[[bool], object], word: str
    ) -> None:
        super().__init__(shelf, word)
        self._done, self._told, self._word = done, told, word

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is None:
            return
        if back:
            work = partial(library.memory.undo_reinforcing, self._done)
            self._shelf.retrace(work, done=lambda _count: self._told(False))
        else:
            engrams = [each.after.engram for each in self._done.recalled]
            self._shelf.retrace(library.memory.reinforcing, *engrams, done=self._again)

    def _again(self, done: "Reinforced") -> None:
        self._done = done
        self._told(True)

    def without(self, gone: frozenset[int]) -> "Command | None":
        return ReinforceCommand(self._shelf, self._done, self._told, self._word)


class PinCommand(Command):
    """A memory was pinned, or let fade again."""

    def __init__(self, shelf: "Shelf", engram: int, told: Told, *, pinned: bool) -> None:
        super().__init__(shelf, tr("Pin") if pinned else tr("Let It Fade"))
        self._engram, self._told, self._pinned = engram, told, pinned

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is not None:
            work = partial(library.memory.pin_ids, [self._engram], pinned=self._pinned != back)
            self._shelf.retrace(work, done=lambda _count: self._told())

    def without(self, gone: frozenset[int]) -> "Command | None":
        return PinCommand(self._shelf, self._engram, self._told, pinned=self._pinned)


class IdeaCommand(Command):
    """An idea was accepted or rejected."""

    def __init__(
        self, shelf: "Shelf", idea: "Proposal", told: Callable[["Proposal"], object],
        *, accept: bool,
    ) -> None:  # fmt: skip
        super().__init__(shelf, tr("Accept Idea") if accept else tr("Reject Idea"))
        self.idea, self._told, self._accept = idea, told, accept

    def step(self, *, back: bool) -> None:
        library = self._shelf.library
        if library is None:
            return
        work = library.sleep.accept if self._accept else library.sleep.reject
        self._shelf.retrace(library.sleep.reopen if back else work, self.idea.id, done=self._told)

    def without(self, gone: frozenset[int]) -> "Command | None":
        return IdeaCommand(self._shelf, self.idea, self._told, accept=self._accept)


class SleepCommand(Command):
    """The library slept; taken back all is as before, done again it sleeps anew."""

    def __init__(
        self, shelf: "Shelf", slept: "Slept", undo: Callable[["Slept"], object], again: Told
    ) -> None:
        super().__init__(shelf, tr("Sleep"))
        self.slept, self._undo, self._again = slept, undo, again

    def step(self, *, back: bool) -> None:
        if back:
            self._undo(self.slept)
        else:
            self._again()

    def without(self, gone: frozenset[int]) -> "Command | None":
        return SleepCommand(self._shelf, self.slept, self._undo, self._again)
