"""Compares two editions of one text: every sentence that was changed, added or left out.

Two sources are editions of one text if they have sentences in common, and most runs of three words
of the shorter one stand in the other (shingles, Broder 1997). Their sentences are aligned, and
those of a changed stretch paired by their common words (Ratcliff & Metzener 1988, as in `difflib`).
White space, quotes, hyphens, case, the numbers of clauses and the edition that a title page
names are passed over; a sentence that was only moved is no change.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, count, pairwise

from ingest.language.numerals import number_words
from ingest.languages import word_set
from ingest.patterns import later
from workbench.memory import words as tokens
from workbench.recall.value import date_spans

#: The minimum sentences of an edition, and words of a sentence that tells one.
_LEAST, _WORDS = 6, 4
#: The minimum shares that both have of the sentences of the shorter, and of its runs of words.
_SAME, _COMMON = 0.2, 0.5
#: The minimum length of the shorter, relative to the other.
_LENGTH = 0.5
#: Sources with a sentence from which it is of a form, and editions of one text that are compared.
_FORM, _MOST = 7, 6
#: The minimum share of common words of a sentence and its other wording.
_ALIKE = 0.5
#: How far from its place in a changed stretch the other wording of a sentence is looked for.
_REACH = 20
#: A number or letter before a clause: “1.2 ”, “(a) ”, “§ 3 ”, “IV. ”.
_NUMBERED = later(
    r"^\W*(?:(?:section|article|clause|artikel|absatz|§)\s*)?(?:(?:\d+(?:\.\d+)*[.)]?|[ivxlc]+[.)]"
    r"|[a-z][.)])(?=\s)\s*(?=\S)|(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.)]\s*$)",
)
#: Words that change what is allowed, denied or owed.
_MODAL = word_set(
    "not no never none nor cannot without may must shall should can only except unless"
    " nicht kein keine keinen nie ohne darf dürfen muss müssen soll sollen kann nur außer"
)
#: The maximum lines before the first sentence of a text, and words of those on its edition.
_FRONT = 15
_EDITION = word_set(
    "edition editions version revision revised draft printed published publisher press isbn issn"
    " copyright reprint reprinted adopted amended enacted dated auflage ausgabe fassung entwurf"
    " verlag druck gedruckt erschienen stand nachdruck beschlossen geändert"
)


@dataclass(frozen=True, slots=True)
class EditionSentence:
    """A sentence of a source that may be an edition."""

    engram: int
    source: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence in two editions with what differs in it, as spans of its text.

    `kind` is "wording", or of a sentence that only one edition has "removed" or "added"; then the
    other is the sentence before its place, without a span. `weighty`: a number, name or negation
    differs.
    """

    first: EditionSentence
    second: EditionSentence
    spans: tuple[tuple[int, int], ...]
    others: tuple[tuple[int, int], ...]
    weighty: bool
    kind: str = "wording"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def editions(sources: Mapping[int, Sequence[EditionSentence]]) -> list[tuple[int, int]]:
    """The pairs of sources that are editions of one text, of several each with the next."""
    holders: dict[int, set[int]] = defaultdict(set)
    for source, rows in sources.items():
        for row in rows if len(rows) >= _LEAST else ():
            key = _key(row.text)
            if len(key) >= _WORDS:
                holders[hash(key)].add(source)
    shared: Counter[tuple[int, int]] = Counter()
    for owners in holders.values():
        if 1 < len(owners) < _FORM:
            shared.update(combinations(sorted(owners), 2))
    groups: dict[int, set[int]] = {}
    for (left, right), common in sorted(shared.items()):
        few, many = sorted((len(sources[left]), len(sources[right])))
        # An excerpt is no edition.
        if few < _LENGTH * many:
            continue
        if common >= _SAME * few and _common(sources[left], sources[right]) >= _COMMON:
            joined = groups.get(left, {left}) | groups.get(right, {right})
            groups.update(dict.fromkeys(joined, joined))
    distinct = {min(group): sorted(group) for group in groups.values()}
    return [pair for group in distinct.values() if len(group) <= _MOST for pair in pairwise(group)]


def _common(first: Sequence[EditionSentence], second: Sequence[EditionSentence]) -> float:
    """The share of the runs of three words of the shorter text that are in the other."""
    left, right = (set(_runs(rows)) for rows in (first, second))
    return len(left & right) / max(1, min(len(left), len(right)))


def _runs(rows: Iterable[EditionSentence]) -> Iterator[tuple[str, ...]]:
    words = _joined(_key(row.text) for row in rows)
    return zip(words, words[1:], words[2:], strict=False)


def changes(first: Sequence[EditionSentence], second: Sequence[EditionSentence]) -> list[Change]:
    """What differs between two editions, the weightiest first."""
    left, right = [_key(row.text) for row in first], [_key(row.text) for row in second]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    moved = set(left) & set(right)
    for rows, keys in ((first, left), (second, right)):
        for at in _imprint(rows):
            keys[at] = ()
    found = list[Change]()
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind == "equal" or _letters(left[low:high]) == _letters(right[start:end]):
            continue
        gone = [at for at in range(low, high) if left[at] and left[at] not in moved]
        new = [at for at in range(start, end) if right[at] and right[at] not in moved]
        pairs = dict(_paired([left[at] for at in gone], [right[at] for at in new]))
        found += [
            _changed(first[gone[at]], second[new[other]])
            for at, other in pairs.items()
            if _letters([left[gone[at]]]) != _letters([right[new[other]]])
        ]
        taken = set(pairs.values())
        for number, at in enumerate(gone):
            if second and number not in pairs:
                place = second[max(start - 1, 0)]
                found.append(_only(first[at], place, is_first=True))
        for number, at in enumerate(new):
            if first and number not in taken:
                place = first[max(low - 1, 0)]
                found.append(_only(second[at], place, is_first=False))
    return sorted(found, key=lambda change: not change.weighty)


def _imprint(rows: Sequence[EditionSentence]) -> Iterator[int]:
    """The lines of a title page that say which edition it is, and when and where it appeared."""
    front = [row.text.strip() for row in rows[: _FRONT + 1]]
    prose = (at for at, line in enumerate(front) if line.endswith((".", "!", "?", ":", ";")))
    for at, line in enumerate(front[: next(prose, 0)]):
        dates = date_spans(line)
        apart = sum(end - start for start, end in dates)
        if (dates and 2 * apart > len(line)) or not _EDITION.isdisjoint(_key(line)):
            yield at


def _key(text: str) -> tuple[str, ...]:
    """The words of a sentence without its number, in lower case."""
    return tuple(word.text.lower() for word in _words(text))


def _words(text: str) -> list[_Word]:
    number = _NUMBERED.match(text.lower())
    begin = number.end() if number else 0
    spans = ((raw, start + begin, end + begin) for raw, start, end in tokens.spans(text[begin:]))
    return [_Word(raw, start, end) for raw, start, end in spans if any(map(str.isalnum, raw))]


def _joined(keys: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for key in keys for word in key)


def _letters(keys: Iterable[tuple[str, ...]]) -> str:
    """The letters and digits of sentences, which another hyphen or space leaves as they are."""
    return "".join(filter(str.isalnum, "".join(_joined(keys))))


def _paired(
    gone: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Sentences and their other wordings, by the share of common words, each once.

    In a long stretch only sentences at about the same place are compared: each with each would take
    hours where a book was rewritten.
    """
    slope = len(new) / max(1, len(gone))
    likely = sorted(
        (
            (ratio, at, other)
            for at, left in enumerate(gone)
            for other, right in _around(new, round(at * slope))
            if (ratio := SequenceMatcher(None, left, right, autojunk=False).ratio()) >= _ALIKE
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    pairs, taken = dict[int, int](), set[int]()
    for _, at, other in likely:
        if at not in pairs and other not in taken:
            pairs[at] = other
            taken.add(other)
    return sorted(pairs.items())


def _around(keys: Sequence[tuple[str, ...]], place: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    low = max(0, place - _REACH)
    return zip(count(low), keys[low : place + _REACH + 1], strict=False)


def _changed(first: EditionSentence, second: EditionSentence) -> Change:
    left, right = _words(first.text), _words(second.text)
    matcher = SequenceMatcher(
        None, [word.text.lower() for word in left], [word.text.lower() for word in right],
        autojunk=False,
    )  # fmt: skip
    differing = [row for row in matcher.get_opcodes() if row[0] != "equal"]
    # Each sentence begins with a capital.
    weighty = any(
        _is_weighty(line[at].text if at else line[at].text.lower())
        for line, ranges in (
            (left, [range(low, high) for _, low, high, _, _ in differing]),
            (right, [range(low, high) for _, _, _, low, high in differing]),
        )
        for part in ranges
        for at in part
    )
    return Change(
        first,
        second,
        tuple(_spans(left, ((low, high) for _, low, high, _, _ in differing))),
        tuple(_spans(right, ((low, high) for _, _, _, low, high in differing))),
        weighty,
    )


def _spans(words: Sequence[_Word], ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for low, high in ranges:
        if low < high:
            yield words[low].start, words[high - 1].end


def _only(sentence: EditionSentence, place: EditionSentence, *, is_first: bool) -> Change:
    """A sentence that only one edition has."""
    words = _words(sentence.text)
    whole = ((words[0].start, words[-1].end),) if words else ()
    weighty = any(_is_weighty(word.text) for word in words[1:])
    if is_first:
        return Change(sentence, place, whole, (), weighty, "removed")
    return Change(place, sentence, (), whole, weighty, "added")


def _is_weighty(word: str) -> bool:
    """Whether a word is a number, a name or decides what is allowed or denied."""
    low = word.lower()
    parts = low.split("-")
    return (
        any(map(str.isdigit, word))
        or word[0].isupper()
        or low in _MODAL
        or low.endswith(("n't", "n’t"))
        or not number_words().isdisjoint(parts)
        or any(part.endswith(_FRACTIONS) for part in parts)
    )


_FRACTIONS = ("half", "third", "thirds", "quarter", "quarters", "fourth", "fourths", "fifths")
