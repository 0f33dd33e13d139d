"""Named entities of a text by kind: people, places and organisations, with their sentences.

Each mention has votes by the words within and next to the name, and by a following he, she or it
(`pronouns`). Names of which one contains all words of the other are one person or place.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.language.word_lists import classes
from ingest.patterns import later
from ingest.triples.lexicon import lexicon
from workbench.memory.concepts.vocabulary import GAZETTEER, PEOPLES, PLACES
from workbench.memory.graph.people import TITLES, may_match, person, same
from workbench.memory.vocabulary import COMMON, STOP
from workbench.recall.mentions import is_probably_verb, mentions
from workbench.recall.open_words import sampled
from workbench.recall.open_words import votes as pronoun_votes
from workbench.recall.value import is_date

_WORD = later(r"[\w.&’'-]*\w")
#: An age, “who”, and perhaps an office in apposition.
_APPOSED = later(r",? (?:who|whom|aged)\b|, \d\d\b|(?:, | \()(?:[\w-]+ ){0,4}?([a-z-]+)\b")
_IN = later(
    r"(?:\b[Ii]n|\b[Aa]t|\b[Nn]ear|off|across|around|(?:eastern|western|northern|southern)"
    r"|\b(?:in|at|near) [A-Z][\w ]+['’]s) $"
)
#: Separators of names in a run: “News Corporation and Fairfax”, “1. Norway 2. Spain”.
_PART = later(
    r"(?:['’]s)?(?:\s+(?:and|in|I|on(?=\s+\w+$))(?:\s+|$)|\s*(?:\n|--)\s*|\s+\d+\b\W*)|['’]s(?:\s+|$)"
    r"|\s?/\s?(?:The )?"
)
#: Tags of initial words that do not belong to the name after them.
_NO_NAME = ("RB", "CC", "DT", "IN", "PR", "UH", "WR")
#: The ratio above which a fuller name is too rare; the sentences of a short text, in which a full
#: name needs no vote.
_SELDOM, _SHORT = 12, 300
#: Minimum sentences with a person, in a short text and in others, and as a share of the text.
_SPARSE, _MINIMUM, _SHARE = 2, 3, 0.002
#: Maximum offset of an initial word: only punctuation precedes.
_OPENING = 3


@dataclass(frozen=True, slots=True)
class NameMentions:
    """The most frequent name of an entity, and the positions of its sentences."""

    name: str
    places: tuple[int, ...]


def named(sentences: Sequence[str], kind: str, minimum: int = 1) -> list[NameMentions]:
    """The entities of a kind (person, place, organisation), most frequent first.

    Only those with at least `minimum` sentences.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[int]] = defaultdict(list)
    for at, sentence in enumerate(sentences):
        sentence = sentence.replace("\xad", "")
        for start, end in _runs(sentence):
            name, is_titled = _bare(sentence[start:end])
            first = name.replace("’", "'").split("'")[0].lower()
            if not name or is_date(name) or not (STOP | COMMON).isdisjoint(first.split()[:1]):
                continue
            places[name] += [at] if places[name][-1:] != [at] else []
            # `+=` would drop votes against a kind.
            votes[name].update(_votes(name, sentence[:start], sentence[end:]))
            # A word mostly at the start of sentences may be any word.
            opens = start < _OPENING and not is_titled and name.lower() in lexicon()
            votes[name].update(person=3 * is_titled, opening=opens - 2 * (not opens))
    following, groups = [*sentences[1:], ""], list[list[str]]()
    for name in votes:
        if len(places[name]) > 1:
            pairs = [(sentences[at], following[at]) for at in sampled(places[name])]
            he, she, it = pronoun_votes(name, pairs)
            votes[name]["person"] += 2 * (he + she - it)
    is_short = len(sentences) < _SHORT
    kinds = {name: _kind(name, votes[name], is_short) for name in votes}
    # A name without evidence for the kind can only be part of one with.
    for name in sorted(votes, key=lambda name: (kinds[name] != kind, -len(places[name]))):
        whole = kinds[name] == kind
        group = next(
            (group for group in groups if _is_one(name, group[: None if whole else 1], kind)), None
        )
        if group is not None and kinds[name] in ("", kind):
            group.append(name)
        elif kinds[name] == kind:
            groups.append([name])
    results = [
        NameMentions(
            _best_name(group, places, is_short),
            tuple(sorted({at for name in group for at in places[name]})),
        )
        for group in groups
    ]
    results = [item for item in results if len(item.places) >= minimum]
    return sorted(results, key=lambda item: -len(item.places))


def people(sentences: Sequence[str]) -> list[NameMentions]:
    """The people with more than passing mentions, most frequent first."""
    count = len(sentences)
    minimum = _SPARSE if count < _SHORT else max(_MINIMUM, math.ceil(_SHARE * count))
    return named(sentences, "person", minimum)


def _runs(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of names in a sentence, without what they are joined to."""
    end = 0
    for mention in mentions(sentence):
        first = sentence.find(mention.raw, end)
        if first < 0:
            # Part of the previous run, or its first and last word.
            continue
        at, end = first, first + len(mention.raw)
        opening, _, remainder = mention.raw.partition(" ")
        if remainder[:1].isupper() and lexicon().get(opening.lower(), "").startswith(_NO_NAME):
            at += len(opening) + 1
        for part in [*_PART.finditer(sentence, at, end), None]:
            stop = part.start() if part else end
            if stop > at and sentence[at].isupper():
                yield at, stop
            at = part.end() if part else end


def _bare(raw: str) -> tuple[str, bool]:
    """A name without its office, and whether it has an office or title."""
    lists, parts = classes("list_kinds.txt"), raw.split()
    if "of" in parts and lists["organisation_word"].isdisjoint(raw.lower().split()):
        parts = parts[: parts.index("of")]
    offices = [at for at, part in enumerate(parts) if part.rstrip(".").lower() in lists["role"]]
    if not offices:
        return " ".join(parts), False
    if offices[-1] == len(parts) - 1:
        return "", False
    is_title = parts[offices[-1]].rstrip(".").lower() in TITLES
    return " ".join(parts[offices[-1] + (not is_title) :]), True


def _votes(name: str, lead: str, after: str) -> Counter[str]:
    lists, votes = classes("list_kinds.txt"), Counter[str]()
    parts = name.lower().split()
    if not lists["organisation_word"].isdisjoint(parts):
        votes["organisation"] += 4
    elif name.lower() in GAZETTEER | lists["country"]:
        votes["place"] += 4
    elif len(parts) > 1 and (
        parts[0] in lists["place_first"] or parts[-1] in PLACES | lists["place_word"]
    ):
        votes["place"] += 3
    *_, earlier, before = ["", "", *_WORD.findall(lead[-40:].lower())]
    following = _WORD.findall(after[:40])[:1]
    apposed = _APPOSED.match(after)
    is_apposed = apposed is not None and (not apposed[1] or apposed[1] in lists["role"])
    votes["person"] += 2 * (before in lists["role"] or is_apposed)
    votes["person"] += not lists["speaking"].isdisjoint((before, *following))
    is_trading = not (lists["trading"] | lists["organisation_word"]).isdisjoint(following)
    votes["organisation"] += is_trading or after.startswith("-owned")
    if name.isupper() and name.isalpha() and len(name) > 2 and name.lower() not in lexicon():
        votes["organisation"] += 1
    is_there = before == "of" and earlier in PLACES | lists["place_word"]
    votes["place"] += bool(_IN.search(lead)) + 2 * (after.startswith("-based") or is_there)
    votes["person"] -= 2 * (before == "the")
    return votes


def _kind(name: str, votes: Counter[str], is_short: bool) -> str:
    """The kind with most votes; a full name with an own word is a person."""
    parts = name.split()
    if votes.pop("opening") > 0 or is_probably_verb(parts[0]):
        return ""
    kind, number = max(votes.items(), key=lambda item: item[1])
    is_own = any(part.lower() not in lexicon() for part in parts)
    if number <= 0 and not votes["person"] and len(parts) > 1 and is_own and is_short:
        kind, number = "person", 1
    if kind != "person":
        return kind if number > 0 and name.lower() not in PEOPLES else ""
    if not PEOPLES.isdisjoint(name.lower().split()):
        return ""
    is_initial = any(len(part) > 1 and part.isupper() and part.isalpha() for part in parts)
    # “Anyone who” is not a name.
    minimum = 2 * (len(parts) == 1 and not is_own)
    return kind if number > minimum and person(name) and not is_initial else ""


def _is_one(name: str, group: Sequence[str], kind: str) -> bool:
    """Whether a name denotes the same entity as this group."""
    if kind != "person":
        return any(f" {name} " in f" {other} " or f" {other} " in f" {name} " for other in group)
    candidate, existing = person(name), [person(other) for other in group]
    return any(same(name, other) for other in group) and not any(
        candidate and one and candidate.surname == one.surname and not may_match(candidate, one)
        for one in existing
    )


def _best_name(group: Sequence[str], places: dict[str, list[int]], is_short: bool) -> str:
    """The fullest sufficiently frequent name."""
    maximum = max(len(places[name]) for name in group)
    minimum = max(maximum / _SELDOM, 0 if is_short else min(2, maximum / 6))
    frequent = [name for name in group if len(places[name]) >= minimum]
    return max(frequent, key=lambda name: (len(name.split()), len(places[name])))
