"""What somebody says in minutes, interviews and plays: “James: …”, “Myles, yes we could …”.

There a label begins a paragraph, and the words are its speaker's up to its end. What they are about
often stands only above, in the item of the agenda.
"""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.segment import intersection
from workbench.memory.snapshot import Snapshot
from workbench.recall.quotes import Quote
from workbench.recall.search import Scope
from workbench.recall.windows import MAX_SENTENCES
from workbench.store import sources as catalogue
from workbench.store import text
from workbench.store.records import EngramRow

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_LABEL = later(
    rf"\W{{0,3}}(?P<who>{_NAME}(?: {_NAME}){{0,3}})(?: \([^)]{{1,30}}\))?(?P<mark>:|,) +(?=\S)"
)
#: An item of an agenda: “Brotli support #24938”, “3. The roof”.
_ITEM = later(r"#\d+|^\W*\d+\.\s")
#: Sentences of which the latest are looked at, of one turn, and above it in search of its item.
_LIMIT, _LONGEST, _ABOVE = 2000, 12, 30
#: Sources in which a name and a comma are a label, too; elsewhere somebody is called so.
_MEETING = later(r"(?i)\b(?:meeting|minutes|session|protocol)\b")


def turns(
    connection: sqlite3.Connection, snapshot: Snapshot, scope: Scope, who: str, about: str
) -> list[list[EngramRow]]:
    """The turns of a speaker in order, those on a topic if there are any; empty without any."""
    name = frozenset(words.sequence(who))
    posted = [snapshot.lookup(words.key(word)) for word in name]
    ordinals = scope.restrict(intersection(posted))[-_LIMIT:]
    rows = text.engrams(connection, (ordinals + 1).tolist())
    titles = catalogue.titles(connection, {row.source for row in rows.values()})
    kinds = catalogue.kinds(connection, {row.source for row in rows.values()})
    found = [
        list(_turn(connection, row))
        for row in rows.values()
        if kinds[row.source] not in ("mail", "chat")
        and (match := _LABEL.match(row.text))
        and name <= frozenset(words.sequence(match["who"]))
        and (match["mark"] == ":" or _MEETING.search(titles[row.source][0]))
    ]
    topic = _content(about)
    fitting = [turn for turn in found if topic and _is_on(connection, turn, topic)]
    return fitting or ([] if topic else found)


def within(turns: Sequence[Sequence[EngramRow]]) -> Scope:
    """The scope of some turns."""
    firsts = np.array([turn[0].id - 1 for turn in turns], np.int32)
    ends = np.array([turn[-1].id for turn in turns], np.int32)
    owners = np.unique(np.array([turn[0].source for turn in turns], np.int32))
    return Scope(owners, int((ends - firsts).sum()), firsts, ends)


def quoted(turns: Sequence[Sequence[EngramRow]]) -> list[Quote]:
    """The beginnings of some turns as quotes."""
    return [Quote(turn[0].id - 1, tuple(turn[:MAX_SENTENCES]), 1.0) for turn in turns]


def _turn(connection: sqlite3.Connection, first: EngramRow) -> Iterator[EngramRow]:
    """Yield the sentences from a label to the end of its paragraph."""
    yield first
    end = first.end
    for row in text.engrams_between(connection, first.id + 1, first.id + _LONGEST):
        gap = text.text_at(connection, first.source, end, row.start)
        if row.section != first.section or "\n" in gap or _LABEL.match(row.text):
            return
        yield row
        end = row.end


def _is_on(
    connection: sqlite3.Connection, turn: Sequence[EngramRow], topic: frozenset[str]
) -> bool:
    """Whether a turn or the item above has the words of a topic."""
    first = turn[0]
    if topic <= _content(" ".join(row.text for row in turn)):
        return True
    above = text.engrams_between(connection, max(1, first.id - _ABOVE), first.id - 1)
    for row in reversed(above):
        if row.section != first.section:
            return False
        if not _LABEL.match(row.text) and topic <= _content(row.text):
            return True
        if _ITEM.search(row.text):
            return False
    return False


def _content(phrase: str) -> frozenset[str]:
    return frozenset(
        words.forms(word, "en")[0] for word in words.sequence(phrase) if word not in _SMALL
    )


_SMALL = frozenset(("the", "a", "an", "of", "in", "on", "by", "to", "for", "with", "and"))
