"""Verbatim search for quoted phrases: “Where does it say ‘…’?”.

Matches ignore case and punctuation, and are listed in text order. “Where was ‘Moby Dick’ written?”
is another kind of question.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain

import numpy as np

from workbench.memory import segment, words
from workbench.memory.segment import Ordinals
from workbench.recall import quotes
from workbench.recall.question import Occurrences
from workbench.recall.quotes import Quote, WindowSpan
from workbench.recall.records import AnswerSentence
from workbench.recall.said_elsewhere import distinct
from workbench.recall.search import Retrieval, Search
from workbench.recall.windows import Windows, widened
from workbench.store import text
from workbench.store.records import EngramRow

#: Sentences per batch and in total, and maximum occurrences.
_BATCH, _SCANNED, _LIMIT = 400, 8000, 200
#: Maximum sentences of a phrase: without an inner sentence end, and in general.
_FINISHED, _MAX_LIMIT = 2, 12
#: Maximum sentences of an answer.
_DISPLAYED = 3
#: Sentence ends inside a phrase, and characters that the index lacks.
_ENDS, _SIGNS = ".!?…;:。！？", frozenset("+#@$%&/\\=<>*^~|")


def occurrences(search: Search, phrase: str) -> Occurrences:
    """The occurrences of these words in sequence."""
    target = _word_sequence(phrase)
    if not target:
        return Occurrences()
    finished = min(max(_FINISHED, 1 + sum(map(phrase.count, _ENDS))), _MAX_LIMIT)
    places: list[range] = []
    present = _cooccurring(search, target, finished)
    for first in range(0, min(len(present), _SCANNED), _BATCH):
        # The occurrence begins in one of these or slightly before.
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
    # Headings and titles are not searched, but may contain it.
    complete = len(present) <= _SCANNED and len(places) < _LIMIT and (bool(places) or not headed)
    places.sort(key=lambda item: item.start)
    return Occurrences(tuple(places[:_LIMIT]), complete)


def _cooccurring(search: Search, targets: Sequence[str], finished: int) -> Ordinals:
    """The sentences with the rarest of these words that are near all others."""
    posted = [search.snapshot.lookup(words.key(word)) for word in dict.fromkeys(map(_key, targets))]
    posted.sort(key=len)
    present = segment.distinct(search.restrict(posted[0]))
    for item in posted[1:]:
        present = present[segment.proximity(item, present, finished - 1)]
    return present


def _stretch(rows: Mapping[int, EngramRow], first: int, finished: int) -> list[EngramRow]:
    """A sentence and those after it in its section, at most `finished`."""
    stretch = [rows[first]]
    for id in range(first + 1, first + finished):
        if id not in rows or rows[id].section != rows[first].section:
            break
        stretch.append(rows[id])
    return stretch


def _length(tokens: Sequence[Sequence[str]], targets: Sequence[str]) -> int:
    """The number of sentences of an occurrence that begins in the first; 0 for none."""
    flat = [*chain.from_iterable(tokens)]
    ends = [*accumulate(map(len, tokens))]
    for start, token in enumerate(tokens[0]):
        if token == targets[0] and flat[start : start + len(targets)] == targets:
            return bisect_left(ends, start + len(targets)) + 1
    return 0


def _has_marks(stretch: Sequence[EngramRow], phrase: str) -> bool:
    """Whether a phrase with other characters than words matches with these, too."""
    if _SIGNS.isdisjoint(phrase):
        return True
    complete = " ".join(" ".join(item.text for item in stretch).split())
    return " ".join(phrase.split()).casefold() in complete.casefold()


def exact_matches(search: Search, windows: Windows) -> Retrieval:
    """The occurrences of the phrase, in text order; those in the same words are one quote."""
    places = search.cue.stands.places
    windows = widened(search, windows, np.array([place.start for place in places], np.int32))
    selected = quotes.read(search.connection, search.cue, _covering_windows(windows, places))
    ordered = sorted(selected, key=lambda quote: quote.engrams[0].id)
    retained, alike, repeated = distinct(ordered, search.cue, search.newer)
    ordered = sorted((*retained, *alike), key=lambda quote: quote.engrams[0].id)
    return Retrieval(search, windows, ordered, windows, {}, repeated=repeated)


def _covering_windows(windows: Windows, places: Sequence[range]) -> list[WindowSpan]:
    """Windows that contain the occurrences completely, each once."""
    selection: list[WindowSpan] = []
    displayed: set[int] = set()
    for place_item in places:
        inside = (windows.starts <= place_item.start) & (place_item.start < windows.ends)
        whole = inside & (place_item.stop <= windows.ends)
        best = np.flatnonzero(whole if whole.any() else inside)
        if not displayed.isdisjoint(place_item) or not len(best):
            continue
        place = int(best[np.argmax(windows.scores[best])])
        selection.append(
            WindowSpan(place, int(windows.starts[place]), int(windows.ends[place]), 1.0)
        )
        displayed.update(selection[-1].ordinals)
    return selection


def sentences(best: Sequence[Quote], places: Iterable[range]) -> tuple[AnswerSentence, ...]:
    """The sentences at the occurrences inside the quotes."""
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
    """One sentence on the number of occurrences, if not all are shown."""
    displayed = {row.id - 1 for quote in best for row in quote.engrams}
    if all(not displayed.isdisjoint(place) for place in result.places):
        return ""
    count = len(result.places)
    return f"It occurs in {count} places." if result.all else f"It occurs in over {count} places."


def _word_sequence(sentence: str) -> list[str]:
    """The words of a sentence in order, in lower case; characters in dense scripts."""
    tokens: list[str] = []
    for raw, _, _ in words.spans(sentence):
        contents = words.split(raw)
        if any(map(words.is_dense, contents)):
            tokens += [item for item in contents if len(item) == 1 or not words.is_dense(item)]
        else:
            tokens.append(raw.casefold().replace("’", "'").strip("_"))
    return tokens


def _key(word: str) -> str:
    """The index word of a word."""
    return next(iter(words.split(word)), word)
