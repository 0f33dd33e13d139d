"""Names in a sentence: runs of capitalised words, and their occurrences in a library.

A run may include small words (“Battle of the Nile”) and ends at punctuation. A name is resolved by
the index only: the sentences with all of its words, and the sources that it titles.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

import numpy as np

from ingest.language import verbs
from ingest.triples.lexicon import lexicon
from workbench.memory import words
from workbench.memory.segment import Ordinals, distinct, intersection, membership
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.recall.search import Search

#: Words within a name.
_JOINING = "of the de la le du des von van der den da di do dos al el and in on for y ibn bin"
_BRIDGES = frozenset(_JOINING.split())
#: Those that may also separate two names.
_LOOSE = frozenset(("and", "in", "on", "for", "of"))
#: Connectives after which the first and last word together are not a name: “Republic of China
#: President Lin Sen” is not “Republic Sen”, but “Ada King Byron” is “Ada Byron”.
_SEVERAL = _LOOSE | {"the"}
#: Capitalised words at the beginning of a sentence that are not in a name, besides stop words.
_OPENERS = (
    "after before during since until till while once when whenever because therefore thus hence"
    " consequently although though whereas despite without within among amongst along around above"
    " below behind beyond under through throughout toward towards upon unlike like besides except"
    " however if unless whether instead otherwise later still perhaps maybe even often sometimes"
    " usually soon then now meanwhile finally eventually originally recently moreover furthermore"
    " nevertheless nonetheless together according"
    # German, French, Spanish
    " nach während seit bis als wenn weil obwohl doch dann später trotz seitdem nachdem bevor"
    " après avant pendant depuis quand lorsque alors puis malgré"
    " después antes durante desde cuando aunque entonces mientras"
)
_OPENING = frozenset(_OPENERS.split())
_BREAKS = re.compile(r"[,;:()\"“”!?\[\]–—]|\.\s")
_SHORT_FORMS = "Mr Mrs Ms Dr St Prof Sir Jr Sr Gen Col Capt Lt Rev Hon Fr Mt Ft"
_SHORTENED = frozenset(_SHORT_FORMS.split())
#: Optional suffixes of a name.
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|Esq|II|III|IV)\.?$")
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
_MAX_WORDS, _MAX_BRIDGES = 8, 2
#: Maximum sentences with a word of a name, and with all words, for it to be followed.
_COMMON, MAX_HOLDERS = 20_000, 300
#: Maximum titles with the words of a name.
_MAX_TITLES = 64
#: The weights of a full title, without brackets, and before its comma.
_FULL, _PLAIN, _FIRST = 1.0, 0.9, 0.7

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as written in a sentence, and its folded words."""

    raw: str
    name: Name


@lru_cache(maxsize=8192)
def mentions(sentence: str) -> tuple[Mention, ...]:
    """The names in a sentence, in order; for long ones also first and last word."""
    result = words.spans(sentence)
    names: list[Mention] = []
    # “After Marie left” mentions Marie.
    at = int(bool(result) and result[0][0].lower() in _OPENING)
    for first in [place for place, span in enumerate(result) if span[0][0].isupper()]:
        if first < at or STOP.issuperset(words.split(result[first][0])[:1]):
            continue
        at = _end(sentence, result, first)
        run = result[first:at]
        name = _name(run)
        if name and (len(name) > 1 or len(name[0]) > 1):
            names.append(Mention(sentence[run[0][1] : run[-1][2]], name))
            if len(run) == 1:
                continue
            composed = {raw for raw, _, _ in run}
            if len(name) > 2 and run[-1][0][0].isupper() and composed.isdisjoint(_SEVERAL):
                names.append(Mention(f"{run[0][0]} {run[-1][0]}", (name[0], name[-1])))
            if not composed.isdisjoint(_LOOSE):
                names += _parts(sentence, run)
    return tuple(names)


def is_probably_verb(word: str) -> bool:
    """Whether a capitalised word is a verb or an exclamation instead of a name."""
    tag = lexicon().get(word.lower(), "")
    verb = verbs.is_verb(word.lower()) or tag.startswith(("VB", "UH"))
    return verb and lexicon().get(word) != "NNP"


def _end(sentence: str, matches: Sequence["Span"], first: int) -> int:
    """The end of the name that begins with this token."""
    end = first + 1
    for end in range(first + 1, min(first + _MAX_WORDS, len(matches)) + 1):
        if (
            end == first + _MAX_WORDS
            or end == len(matches)
            or _parted(sentence, matches[end - 1], matches[end])
            or not _goes_on(sentence, matches, end)
        ):
            break
    while end > first + 1 and matches[end - 1][0] in _BRIDGES:
        end -= 1
    return end


Span = tuple[str, int, int]


def _parts(sentence: str, run: Sequence[Span]) -> Iterator[Mention]:
    """Yield the names separated by a loose word, as in “Ansel Brandt in Harrow”."""
    cuts = [place for place, (raw, _, _) in enumerate(run) if raw in _LOOSE]
    for first, final in pairwise([-1, *cuts, len(run)]):
        part = run[first + 1 : final]
        if part and part[0][0][0].isupper():
            yield Mention(sentence[part[0][1] : part[-1][2]], _name(part))


def _name(run: Sequence[Span]) -> Name:
    """The folded words of tokens."""
    return tuple([part[0] for raw, _, _ in run if (part := words.split(raw))])


def _goes_on(sentence: str, matches: Sequence[Span], at: int) -> bool:
    """Whether a name continues with this token."""
    first = matches[at][0][0]
    if first.isupper() or first.isdigit():
        return True
    for number in range(at, min(at + _MAX_BRIDGES, len(matches) - 1)):
        if matches[number][0] not in _BRIDGES:
            return False
        following = matches[number + 1]
        if _parted(sentence, matches[number], following):
            return False
        if following[0][0].isupper():
            return True
    return False


def _parted(sentence: str, left: Span, other: Span) -> bool:
    """Whether punctuation between two tokens ends a name, unlike after an initial or title."""
    between = sentence[left[2] : other[1]]
    if between == " ":
        return False
    short = len(left[0]) == 1 or left[0] in _SHORTENED
    return _BREAKS.search(between[1:] if short and between.startswith(".") else between) is not None


@lru_cache(maxsize=20_000)
def title_names(title: str) -> Mapping[Name, float]:
    """The names by which a title may be mentioned, with weights."""
    plain = _BRACKETS.sub(" ", title).strip()
    index: dict[Name, float] = {}
    shorter = _SUFFIX.sub("", plain)
    readings = ((title, _FULL), (plain, _PLAIN), (shorter, _PLAIN), (plain.split(",")[0], _FIRST))
    for text, weight in readings:
        name = tuple(word for raw in words.raw_tokens(text) for word in words.split(raw)[:1])
        while len(name) > 1 and name[0] in ("the", "a", "an"):
            name = name[1:]
        if name:
            # Usually all four are equal, and the first weight counts.
            index.setdefault(name, weight)
    return index


def sentences_with(search: Search, name: Name) -> Ordinals:
    """The sentences with all words of a name; none if these are too frequent."""
    posted = [search.snapshot.lookup(words.key(word)) for word in name]
    if min(map(len, posted), default=0) > _COMMON:
        return np.zeros(0, np.int32)
    return search.restrict(intersection(posted))


def titled(search: Search, name: Name) -> Ordinals:
    """The first sentences of sources whose titles have all words of a name."""
    matches: Ordinals | None = None
    snapshot = search.snapshot
    for word in name:
        local = snapshot.cached(("titled", word), partial(_titled, snapshot, word))
        matches = local if matches is None else matches[membership(local, matches)]
        if not len(matches):
            break
    if matches is None or len(matches) > _MAX_TITLES:
        return np.zeros(0, np.int32)
    return search.restrict(matches)


def _titled(snapshot: Snapshot, word: str) -> Ordinals:
    return distinct(snapshot.union([words.key(form, "t") for form in words.forms(word, "en")]))


def owners(
    first: Sequence[int], name: Name, index: Mapping[int, Mapping[Name, float]]
) -> list[tuple[int, float]]:
    """The texts titled by a name, among those with these first sentences: (ordinal, weight).

    `index` has the names of each.
    """
    target = _stems(name)
    matches = []
    for ordinal in first:
        names = index.get(ordinal, {})
        same = (weight for item, weight in names.items() if _stems(item) == target)
        if weight := names.get(name) or max(same, default=0.0):
            matches.append((ordinal, weight))
    return matches


@lru_cache(maxsize=50_000)
def _stems(name: Name) -> tuple[str, ...]:
    return tuple(min(words.forms(word, "en"), key=len, default=word) for word in name)
