"""Words that came lately: a table of those that are many, and a few loose ones beside it."""

from collections.abc import Iterable

from workbench.memory.postings import spelling
from workbench.memory.postings.spelling import Spelled

#: Loose words before they go into the table.
_LOOSE = 128


class Wordlist:
    """Words of the tail. One thread adds; any may read `tables`."""

    def __init__(self) -> None:
        self._table = spelling.NO_WORDS
        self._loose: dict[int, str] = {}
        self._made: tuple[Spelled, ...] | None = ()

    def add(self, hash_: int, text: str) -> None:
        """Take in a word that fits."""
        if hash_ in self._loose or self._table.holds(hash_, len(text)):
            return
        self._loose[hash_] = text
        if len(self._loose) >= _LOOSE:
            self._table = self.joined()
            self._loose = {}
        self._made = None

    def extend(self, words: Iterable[tuple[int, str]]) -> None:
        """Take in many words at once; those that do not fit are left out."""
        self._loose.update(words)
        self._table = self.joined()
        self._loose = {}
        self._made = None

    def joined(self) -> Spelled:
        """All words in one table."""
        return spelling.joined([self._table, spelling.table(self._loose.items())])

    def tables(self) -> tuple[Spelled, ...]:
        """The words, in a large table and a small one."""
        made = self._made
        if made is None:
            # A copy in one step: another thread may be adding.
            made = (self._table, spelling.table(list(self._loose.items())))
            self._made = made
        return made
