"""Words that a question has in quotation marks and wants to find: “Where does it say ‘…’?”.

They are looked for as they stand, but for capitals and punctuation, and each place is shown, in the
order of the text. “Where was ‘Moby Dick’ written?” asks for something else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets, quotes
from workbench.recall.question import Occurrences
from workbench.recall.quotes import Quote, WindowSpan
from workbench.recall.records import AnswerSentence
from workbench.recall.search import Retrieval, Search
from workbench.recall.windows import Windows, widened
from workbench.store import text
from workbench.store.records import EngramRow

#: Sentences that are looked at, at once and in all, and places that are found.
_BATCH, _SCANNED, _LIMIT = 400, 8000, 200
#: Sentences over which what is quoted may stretch: without an end of one inside, and at most.
_FINISHED, _MAX_LIMIT = 2, 12
#: Sentences that an answer has.
_DISPLAYED = 3
#: The end of a sentence inside what is quoted, and signs that words of the index lack.
_ENDS, _SIGNS = ".!?…;:。！？", frozenset("+#@$%&/\\=<>*^~|")


def occurrences(search: Search, phrase: str) -> Occurrences:
    """Where these words stand one after the other."""
    target = _word_sequence(phrase)
    if not target:
        return Occurrences()
    finished = min(max(_FINISHED, 1 + sum(map(phrase.count, _ENDS))), _MAX_LIMIT)
    places: list[range] = []
    present = _cooccurring(search, target, finished)
    for first in range(0, min(len(present), _SCANNED), _BATCH):
        # The place begins in one of these or a little before.
        batch = present[first : first + _BATCH].tolist()
        context = {ordinal + step for ordinal in batch for step in range(1 - finished, finished)}
        rows = text.engrams(search.connection, [ordinal + 1 for ordinal in context if ordinal >= 0])
        tokens = {id: _word_sequence(row.text) for id, row in rows.items()}
        index = {place.start for place in places}
        for id in sorted(rows):
            stretch = _stretch(rows, id, finished)
            length = _length([tokens[item.id] for item in stretch], target)
            if length and id - 1 not in index and _has_marks(stretch, phrase):
                places.append(range(id - 1, id - 1 + length))
        if len(places) >= _LIMIT:
            break
    headed = any(
        all(len(search.snapshot.lookup(words.key(_key(word), space))) for word in target)
        for space in ("h", "t")
    )
    # What a heading or title may say is not in the sentences, but not nowhere either.
    complete = len(present) <= _SCANNED and len(places) < _LIMIT and (bool(places) or not headed)
    places.sort(key=lambda item: item.start)
    return Occurrences(tuple(places[:_LIMIT]), complete)


def _cooccurring(search: Search, targets: Sequence[str], finished: int) -> Ordinals:
    """The sentences with the rarest of these words near which all others stand."""
    posted = [search.snapshot.lookup(words.key(word)) for word in dict.fromkeys(map(_key, targets))]
    posted.sort(key=len)
    present = ordinal_sets.distinct(search.restrict(posted[0]))
    for item in posted[1:]:
        present = present[ordinal_sets.proximity(item, present, finished - 1)]
    return present


def _stretch(rows: Mapping[int, EngramRow], first: int, finished: int) -> list[EngramRow]:
    """A sentence and those behind it in its section, so many at most."""
    stretch = [rows[first]]
    for id in range(first + 1, first + finished):
        if id not in rows or rows[id].section != rows[first].section:
            break
        stretch.append(rows[id])
    return stretch


def _length(tokens: Sequence[Sequence[str]], targets: Sequence[str]) -> int:
    """Over how many sentences what is wanted stretches that begins in the first; 0 for none."""
    if targets[0] not in tokens[0]:
        return 0
    start = _phrase_start(list(chain.from_iterable(tokens)), targets, len(tokens[0]))
    ends = np.cumsum([len(sentence) for sentence in tokens])
    return int(np.searchsorted(ends, start + len(targets))) + 1 if start >= 0 else 0


def _has_marks(stretch: Sequence[EngramRow], phrase: str) -> bool:
    """Whether a phrase with signs that are no words stands with them, too."""
    if _SIGNS.isdisjoint(phrase):
        return True
    complete = " ".join(" ".join(item.text for item in stretch).split())
    return " ".join(phrase.split()).casefold() in complete.casefold()


def _phrase_start(tokens: Sequence[str], targets: Sequence[str], previous: int) -> int:
    """Where what is wanted begins before that word; -1 for nowhere."""
    for start in range(min(previous, len(tokens) - len(targets) + 1)):
        if tokens[start] == targets[0] and tokens[start : start + len(targets)] == targets:
            return start
    return -1


def exact_matches(search: Search, windows: Windows) -> Retrieval:
    """The places at which stands what is sought, in the order of the text."""
    places = search.cue.stands.places
    windows = widened(search, windows, np.array([place.start for place in places], np.int32))
    selected = quotes.read(search.connection, search.cue, _covering_windows(windows, places))
    ordered = sorted(selected, key=lambda quote: quote.engrams[0].id)
    ordered = [replace(quote, score=1.0) for quote in ordered]
    return Retrieval(search, windows, ordered, windows, {})


def _covering_windows(windows: Windows, places: Sequence[range]) -> list[WindowSpan]:
    """Windows that hold the places whole, each place once."""
    selection: list[WindowSpan] = []
    displayed: set[int] = set()
    for place_item in places:
        contents = (windows.starts <= place_item.start) & (place_item.start < windows.ends)
        merged = np.flatnonzero(contents & (place_item.stop <= windows.ends))
        if not displayed.isdisjoint(place_item) or not contents.any():
            continue
        best = merged if len(merged) else np.flatnonzero(contents)
        place = int(best[np.argmax(windows.centred[best])])
        selection.append(
            WindowSpan(place, int(windows.starts[place]), int(windows.ends[place]), 1.0)
        )
        displayed.update(selection[-1].ordinals)
    return selection


def sentences(best: Sequence[Quote], places: Iterable[range]) -> tuple[AnswerSentence, ...]:
    """What stands at the places that the quotes hold."""
    location = {ordinal: place for place in places for ordinal in place}
    index: dict[str, AnswerSentence] = {}
    for number, quote in enumerate(best, 1):
        rows: dict[range, list[str]] = {}
        for row in quote.engrams:
            if (place := location.get(row.id - 1)) is not None:
                rows.setdefault(place, []).append(row.text)
        for wording in rows.values():
            full = " ".join(" ".join(wording).split())
            index.setdefault(full, AnswerSentence(full, (number,)))
    return tuple(index.values())[:_DISPLAYED]


def remark(result: Occurrences, best: Sequence[Quote]) -> str:
    """One sentence on how many places there are, where not all are shown."""
    displayed = {row.id - 1 for quote in best for row in quote.engrams}
    if all(not displayed.isdisjoint(place) for place in result.places):
        return ""
    count = len(result.places)
    return f"It stands in {count} places." if result.all else f"It stands in over {count} places."


def _word_sequence(sentence: str) -> list[str]:
    """The words of a sentence in their order, in small letters; characters of dense scripts."""
    tokens: list[str] = []
    for raw, _, _ in words.spans(sentence):
        contents = words.split(raw)
        if any(map(words.is_dense, contents)):
            tokens += [item for item in contents if len(item) == 1 or not words.is_dense(item)]
        else:
            tokens.append(raw.casefold().replace("’", "'").strip("_"))
    return tokens


def _key(word: str) -> str:
    """What a word is found by."""
    return next(iter(words.split(word)), word)
