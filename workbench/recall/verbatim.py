"""Words that a question has in quotation marks and wants to find: “Where does it say ‘…’?”.

They are looked for as they stand, but for capitals and punctuation, and each place is shown, in the
order of the text. “Where was ‘Moby Dick’ written?” asks for something else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.recall import ordinal_sets, quotes
from workbench.recall.candidates import Found
from workbench.recall.question import Standing
from workbench.recall.quotes import Chosen, Quote
from workbench.recall.records import AnswerSentence
from workbench.recall.search import Search
from workbench.recall.windows import Windows, widened
from workbench.store import text
from workbench.store.records import EngramRow

#: Letters of the longest question that is read; sentences that are looked at, at once and in all,
#: and places that are found.
_LONGEST, _BATCH, _LOOKED, _MOST = 600, 400, 8000, 200
#: Sentences over which what is quoted may stretch: without an end of one inside, and at most.
_OVER, _MOST_OVER = 2, 12
#: Sentences that an answer has.
_SHOWN = 3
#: What is in marks, each of which has its own counterpart.
_QUOTED = later(
    r"“([^“”]{2,400})”|„([^„“”]{2,400})[“”]|«([^«»]{2,400})»|»([^«»]{2,400})«|\"([^\"]{2,400})\""
    r"|‘([^‘]{2,400})’(?!\w)|‚([^‚‘]{2,400})‘|「([^「」]{1,400})」|『([^『』]{1,400})』"
)
_THESE = (
    r"(?:the|these|this|those) (?:exact )?(?:words|sentence|phrase|passage|quot(?:e|ation)|line) "
)
_PART = r"(?:chapter|book|part|source|text|section|page|paper|document|scene|act|letter)s?"
_WHERE = rf"(?:where(?: exactly)?(?: in \w+ \w+)?|(?:in|on|at) (?:which|what) {_PART})"
_SAYS = r"(?:says?|said|states?|mentions?|uses?|contains?)"
_USED = r"(?:used|found|mentioned|said|quoted)"
_FORMS = (
    rf"(?:please )?(?:find|search(?: for)?|look (?:up|for)|show(?: me)?|locate) (?:{_THESE})?X",
    rf"{_WHERE} (?:do|does|did|has|have) (?:[\w.’'-]+ ){{1,5}}{_SAYS} (?:{_THESE})?X",
    rf"{_WHERE} (?:is|are|was|were) (?:{_THESE}X(?: \w+)?|X {_USED})",
    rf"{_WHERE} (?:do|does|did) (?:{_THESE})?X (?:occur|appear|stand)",
    rf"{_WHERE} (?:do|does|did|can) (?:{_THESE}X come(?: from| up)?|i find (?:{_THESE})?X)",
    rf"(?:do|does|did) (?:it|they|\w+ \w+) {_SAYS} (?:{_THESE})?X(?: anywhere)?",
    rf"(?:on )?(?:which|what) page is (?:{_THESE})?X(?: on)?",
    rf"who (?:said|says) (?:{_THESE})?X",
    rf"(?:which|what) (?:author|character|{_PART}) {_SAYS} (?:{_THESE})?X",
    r"(?:wo|in welche[mnrs]? (?:kapitel|buch|text|quelle|abschnitt|teil)) (?:steht|stehen) X",
    r"(?:wo|in welche[mnrs]? (?:kapitel|buch|text|quelle|abschnitt|teil)) kommt X vor",
    r"wer (?:sagt|sagte) X|(?:suche?|finde?)(?: nach)? X",
)
_ASKED = later(rf"(?:{'|'.join(_FORMS)})(?: please| bitte)?")
_MARKS = later(r"[\s,:?!.…]+")
#: The end of a sentence inside what is quoted, and signs that words of the index lack.
_END, _SIGNS = later(r"[.!?…;:。！？]"), later(r"[+#@$%&/\\=<>*^~|]")


def sought(question: str) -> str:
    """What is in quotation marks where a question asks where it stands, or has no more; else “”."""
    found = list(_QUOTED.finditer(question)) if len(question) <= _LONGEST else []
    if len(found) != 1:
        return ""
    phrase = next(filter(None, found[0].groups())).strip()
    before, after = (
        _MARKS.sub(" ", each).lower()
        for each in (question[: found[0].start()], question[found[0].end() :])
    )
    rest = f"{before}X{after}".strip()
    alone = rest == "X" and len(_said(phrase)) > 1
    return phrase if alone or _ASKED.fullmatch(rest) else ""


def standing(search: Search, phrase: str) -> Standing:
    """Where these words stand one after the other."""
    wanted = _said(phrase)
    if not wanted:
        return Standing()
    over = min(max(_OVER, 1 + len(_END.findall(phrase))), _MOST_OVER)
    places: list[range] = []
    there = _together(search, wanted, over)
    for first in range(0, min(len(there), _LOOKED), _BATCH):
        # The place begins in one of these or a little before.
        some = there[first : first + _BATCH].tolist()
        around = {ordinal + step for ordinal in some for step in range(1 - over, over)}
        rows = text.engrams(search.connection, [ordinal + 1 for ordinal in around if ordinal >= 0])
        said = {id: _said(row.text) for id, row in rows.items()}
        known = {each.start for each in places}
        for id in sorted(rows):
            stretch = _stretch(rows, id, over)
            length = _length([said[each.id] for each in stretch], wanted)
            if length and id - 1 not in known and _holds_signs(stretch, phrase):
                places.append(range(id - 1, id - 1 + length))
        if len(places) >= _MOST:
            break
    headed = any(
        all(len(search.snapshot.lookup(words.key(_key(word), space))) for word in wanted)
        for space in ("h", "t")
    )
    # What a heading or title may say is not in the sentences, but not nowhere either.
    complete = len(there) <= _LOOKED and len(places) < _MOST and (bool(places) or not headed)
    places.sort(key=lambda each: each.start)
    return Standing(tuple(places[:_MOST]), complete)


def _together(search: Search, wanted: Sequence[str], over: int) -> Ordinals:
    """The sentences with the rarest of these words near which all others stand."""
    posted = [search.snapshot.lookup(words.key(word)) for word in dict.fromkeys(map(_key, wanted))]
    posted.sort(key=len)
    there = ordinal_sets.distinct(search.keep(posted[0]))
    for each in posted[1:]:
        there = there[ordinal_sets.beside(each, there, over - 1)]
    return there


def _stretch(rows: Mapping[int, EngramRow], first: int, over: int) -> list[EngramRow]:
    """A sentence and those behind it in its section, so many at most."""
    stretch = [rows[first]]
    for id in range(first + 1, first + over):
        if id not in rows or rows[id].section != rows[first].section:
            break
        stretch.append(rows[id])
    return stretch


def _length(said: Sequence[Sequence[str]], wanted: Sequence[str]) -> int:
    """Over how many sentences what is wanted stretches that begins in the first; 0 for none."""
    if wanted[0] not in said[0]:
        return 0
    start = _begins(list(chain.from_iterable(said)), wanted, len(said[0]))
    ends = np.cumsum([len(sentence) for sentence in said])
    return int(np.searchsorted(ends, start + len(wanted))) + 1 if start >= 0 else 0


def _holds_signs(stretch: Sequence[EngramRow], phrase: str) -> bool:
    """Whether a phrase with signs that are no words stands with them, too."""
    if not _SIGNS.search(phrase):
        return True
    whole = " ".join(" ".join(each.text for each in stretch).split())
    return " ".join(phrase.split()).casefold() in whole.casefold()


def _begins(said: Sequence[str], wanted: Sequence[str], before: int) -> int:
    """Where what is wanted begins before that word; -1 for nowhere."""
    for start in range(min(before, len(said) - len(wanted) + 1)):
        if said[start] == wanted[0] and said[start : start + len(wanted)] == wanted:
            return start
    return -1


def found(search: Search, windows: Windows) -> Found:
    """The places at which stands what is sought, in the order of the text."""
    places = search.cue.stands.places
    windows = widened(search, windows, np.array([place.start for place in places], np.int32))
    chosen = quotes.read(search.connection, search.cue, _holding(windows, places))
    ordered = sorted(chosen, key=lambda quote: quote.engrams[0].id)
    ordered = [replace(quote, score=1.0) for quote in ordered]
    return Found(search, windows, ordered, windows, {})


def _holding(windows: Windows, places: Sequence[range]) -> list[Chosen]:
    """Windows that hold the places whole, each place once."""
    chosen: list[Chosen] = []
    shown: set[int] = set()
    for each in places:
        held = (windows.starts <= each.start) & (each.start < windows.ends)
        whole = np.flatnonzero(held & (each.stop <= windows.ends))
        if not shown.isdisjoint(each) or not held.any():
            continue
        best = whole if len(whole) else np.flatnonzero(held)
        place = int(best[np.argmax(windows.centred[best])])
        chosen.append(Chosen(place, int(windows.starts[place]), int(windows.ends[place]), 1.0))
        shown.update(chosen[-1].ordinals)
    return chosen


def sentences(best: Sequence[Quote], places: Iterable[range]) -> tuple[AnswerSentence, ...]:
    """What stands at the places that the quotes hold."""
    where = {ordinal: place for place in places for ordinal in place}
    found: dict[str, AnswerSentence] = {}
    for number, quote in enumerate(best, 1):
        rows: dict[range, list[str]] = {}
        for row in quote.engrams:
            if (place := where.get(row.id - 1)) is not None:
                rows.setdefault(place, []).append(row.text)
        for said in rows.values():
            whole = " ".join(" ".join(said).split())
            found.setdefault(whole, AnswerSentence(whole, (number,)))
    return tuple(found.values())[:_SHOWN]


def remark(found: Standing, best: Sequence[Quote]) -> str:
    """One sentence on how many places there are, where not all are shown."""
    shown = {row.id - 1 for quote in best for row in quote.engrams}
    if all(not shown.isdisjoint(each) for each in found.places):
        return ""
    count = len(found.places)
    return f"It stands in {count} places." if found.all else f"It stands in over {count} places."


def _said(sentence: str) -> list[str]:
    """The words of a sentence in their order, in small letters; characters of dense scripts."""
    said: list[str] = []
    for raw, _, _ in words.spans(sentence):
        held = words.split(raw)
        if any(map(words.is_dense, held)):
            said += [each for each in held if len(each) == 1 or not words.is_dense(each)]
        else:
            said.append(raw.casefold().replace("’", "'").strip("_"))
    return said


def _key(word: str) -> str:
    """What a word is found by."""
    return next(iter(words.split(word)), word)
