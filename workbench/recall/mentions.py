"""Names that a sentence mentions: runs of words with capitals, and where else a library has them.

A run is bridged by small words (“Battle of the Nile”) and ends at a mark. Whom it names is looked
up in the index alone: the sentences that hold all of its words, and the sources that it titles.
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
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import STOP
from workbench.recall.ordinal_sets import distinct, membership
from workbench.recall.search import Search

#: Words that join the parts of a name.
_JOINING = "of the de la le du des von van der den da di do dos al el and in on for y ibn bin"
_BRIDGES = frozenset(_JOINING.split())
#: Those of them that may as well stand between two names.
_LOOSE = frozenset(("and", "in", "on", "for", "of"))
#: What joins several names or a name and an office, whose first and last word are no name: that of
#: “Republic of China President Lin Sen” is not “Republic Sen”, as that of “Ada King Byron” is one.
_SEVERAL = _LOOSE | {"the"}
#: Words that open a sentence with a capital and belong to no name, beside those that carry nothing.
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
#: What may follow a name and is left out of it as often as not.
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|Esq|II|III|IV)\.?$")
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
_MAX_WORDS, _MAX_BRIDGES = 8, 2
#: Sentences that hold a word of a name, and all of them, above which it is not followed.
_COMMON, MAX_HOLDERS = 20_000, 300
#: Titles that hold the words of a name, above which it is none.
_MAX_TITLES = 64
#: What a title counts whole, without what stands in brackets, and before its comma.
_FULL, _PLAIN, _FIRST = 1.0, 0.9, 0.7

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it is written in a sentence, and its folded words."""

    raw: str
    name: Name


@lru_cache(maxsize=8192)
def mentions(sentence: str) -> tuple[Mention, ...]:
    """The names in a sentence, in order; of a long one its first and last word as well."""
    result = words.spans(sentence)
    names: list[Mention] = []
    # “After Marie left” mentions Marie.
    at = int(bool(result) and result[0][0].lower() in _OPENING)
    for first in [place for place, span in enumerate(result) if span[0][0].isupper()]:
        if first < at or not _carries(result[first][0]):
            continue
        at = _end(sentence, result, first)
        run = result[first:at]
        name = tuple([part[0] for raw, _, _ in run if (part := words.split(raw))])
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
    """Whether a word with a capital is a verb or an exclamation, and no name that is known."""
    tag = lexicon().get(word.lower(), "")
    verb = verbs.is_verb(word.lower()) or tag.startswith(("VB", "UH"))
    return verb and lexicon().get(word) != "NNP"


def _end(sentence: str, matches: Sequence["Span"], first: int) -> int:
    """The token after the last one of the name that begins with this one."""
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
    """The names that a loose word may part, as in “Ansel Brandt in Harrow”."""
    cuts = [place for place, (raw, _, _) in enumerate(run) if raw in _LOOSE]
    for first, final in pairwise([-1, *cuts, len(run)]):
        part = run[first + 1 : final]
        if part and part[0][0][0].isupper():
            name = tuple(result[0] for raw, _, _ in part if (result := words.split(raw)))
            yield Mention(sentence[part[0][1] : part[-1][2]], name)


def _goes_on(sentence: str, matches: Sequence[Span], at: int) -> bool:
    """Whether a name goes on with this token."""
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
    """Whether a mark between two tokens ends a name; that of an initial or a title does not."""
    between = sentence[left[2] : other[1]]
    if between == " ":
        return False
    short = len(left[0]) == 1 or left[0] in _SHORTENED
    return _BREAKS.search(between[1:] if short and between.startswith(".") else between) is not None


def _carries(raw: str) -> bool:
    result = words.split(raw)
    return bool(result) and result[0] not in STOP


@lru_cache(maxsize=20_000)
def title_names(title: str) -> Mapping[Name, float]:
    """The names by which a title may be mentioned, with how surely it is meant by them."""
    plain = _BRACKETS.sub(" ", title).strip()
    index: dict[Name, float] = {}
    shorter = _SUFFIX.sub("", plain)
    readings = ((title, _FULL), (plain, _PLAIN), (shorter, _PLAIN), (plain.split(",")[0], _FIRST))
    for text, weight in readings:
        name = tuple(word for raw in words.raw_tokens(text) for word in words.split(raw)[:1])
        while len(name) > 1 and name[0] in ("the", "a", "an"):
            name = name[1:]
        if name:
            # Mostly all four are one and the same, and the first weight counts.
            index.setdefault(name, weight)
    return index


def sentences_with(search: Search, name: Name) -> Ordinals:
    """The sentences in which all words of a name stand; none where these are too common."""
    posted = sorted((search.snapshot.lookup(words.key(word)) for word in name), key=len)
    if not posted or not len(posted[0]) or len(posted[0]) > _COMMON:
        return np.zeros(0, np.int32)
    result = posted[0]
    for other in posted[1:]:
        result = result[membership(other, result)]
        if not len(result):
            break
    return distinct(search.restrict(result))


def titled(search: Search, name: Name) -> Ordinals:
    """The first sentences of the sources whose titles hold all words of a name."""
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
    """Of texts by their first sentences those that a name titles: (ordinal, weight).

    `index` are the names of each.
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
