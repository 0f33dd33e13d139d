"""Relations by name: “owner”, “reports to”, “written by”, “due_date”.

A relation is a set of nouns and verb patterns that express it, closed over `frames.txt`,
`doers.txt` and `aliases.txt`: who owns a thing is its owner, and the thing belongs to that one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.language.nouns import singular
from ingest.language.tagging import tagged
from ingest.language.verbs import forms, inflected, is_verb
from ingest.language.word_lists import Frame, aliases, closed_tags, doers, frames, words
from workbench.errors import UsageError

#: Word separators of identifiers: “depends_on”, “reports-to”.
_JOINT = re.compile(r"_|-(?=(?:to|on|in|at|by|of|for|with|from|under)\b)", re.IGNORECASE)
#: Redundant nouns after another: “capital city”, “owner name”.
GENERIC = frozenset(("city", "town", "name", "person", "date"))
#: Verbs of location.
_LOCATIVE = ("be", "lie", "locate", "situate")

#: The words of a noun phrase, in the singular.
Noun = frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A verb or a state, with the roles at the start and end of a hop."""

    verb: str
    start: str
    end: str

    @property
    def single(self) -> bool:
        """Whether it has one end at a time, as a thing has one owner."""
        return _is_single(self.verb, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a hop searches for.

    `nouns` name its end (“the owner of Aurora”), `inverse_nouns` its start (“Kenji is the owner of
    …”). A statement must contain one of `terms`, if there are any.
    """

    nouns: frozenset[Noun]
    inverse_nouns: frozenset[Noun]
    patterns: frozenset[Pattern]
    terms: frozenset[str]

    @property
    def single(self) -> bool:
        """Whether it is single-valued."""
        return any(pattern.single for pattern in self.patterns)

    @property
    def inverse(self) -> "Relation":
        """The inverse relation."""
        patterns = frozenset(Pattern(p.verb, p.end, p.start) for p in self.patterns)
        return replace(self, nouns=self.inverse_nouns, inverse_nouns=self.nouns, patterns=patterns)


@cache
def _is_single(verb: str, start: str, end: str) -> bool:
    if start == "subject":
        return verb in words("functional")
    return end == "subject" and any(f.verb == verb and f.role == "subject" for f in frames())


@lru_cache(maxsize=4096)
def relation(name: str) -> Relation:
    """The relation of a name. Raises `UsageError` for a name without words."""
    text = _JOINT.sub(" ", name.lower())
    for compound in words("compound"):
        text = re.sub(rf"\b{compound.replace('_', ' ')}\b", compound, text)
    parts = re.findall(r"\w+(?:['’.-]\w+)*", text)
    while len(parts) > 1 and parts[0] in _leading():
        del parts[0]
    while len(parts) > 1 and parts[-1] in ("is", "are", "was", "were"):
        del parts[-1]
    if not parts:
        raise UsageError("A relation is empty.", "Name it by a word, such as “owner”.")
    builder = _Builder()
    builder.add(parts)
    return builder.relation()


@cache
def _leading() -> frozenset[str]:
    """Words before a relation without content: “is the capital of”, “whose owner”."""
    pointers = (word for word, tags in closed_tags().items() if not {*tags} & {*"ITJC"})
    return frozenset((*pointers, *words("relation_lead")))


def _is_preposition(word: str) -> bool:
    return bool({*closed_tags().get(word, "")} & {*"IT"}) or word in words("compound")


class _Builder:
    """Builds a relation; the key of `nouns` is whether they name the start of a hop."""

    def __init__(self) -> None:
        self.nouns: dict[bool, set[Noun]] = {False: set(), True: set()}
        self.patterns: set[Pattern] = set()

    def add(self, parts: list[str]) -> None:
        """Add all readings of a name."""
        head, tail = parts[0], parts[-1]
        verbs = list(dict.fromkeys(form.verb for form in forms(head)))
        tag = tagged(head)[0].tags[0] if verbs else ""
        finite = tag in ("V", "L") and head not in verbs
        if all(map(_is_preposition, parts)):
            self.add_pattern("be", "subject", tail)
        elif len(parts) > 1 and tail == "by":
            self.add_verb((forms(parts[-2]) or forms("be"))[0].verb, "object", "subject")
        elif len(parts) > 1 and _is_preposition(tail):
            for verb in dict.fromkeys((*verbs, parts[-2])):
                self.add_verb(verb, "subject", tail)
            if not finite:
                self.add_noun(parts[:-1], inverse=True)
        elif len(parts) == 1 and finite:
            self.add_verb(verbs[0], "subject", "object")
        else:
            self.add_noun(("location",) if head == "where" else parts)
            if len(parts) == 1 and tag == "V":
                self.add_verb(verbs[0], "subject", "object")

    def add_verb(self, verb: str, start: str, end: str) -> None:
        """Add a verb with the nouns for its two roles."""
        self.add_pattern(verb, start, end)
        for frame in frames():
            if frame.verb == verb and {*_roles(frame)} == {start, end}:
                for noun in frame.nouns:
                    self.add_noun((noun,), inverse=frame.role == start)
        for noun, deed in doers().items():
            if deed == verb and {start, end} == {"subject", "object"}:
                self.add_noun((noun,), inverse=start == "subject")

    def add_pattern(self, verb: str, start: str, end: str) -> None:
        """Add a pattern; all verbs of location are equivalent."""
        locative = verb in _LOCATIVE and end in words("place")
        verbs = _LOCATIVE if locative else (verb,)
        self.patterns.update(Pattern(verb, start, end) for verb in verbs)

    def add_noun(self, parts: Iterable[str], *, inverse: bool = False) -> None:
        """Add a noun and the verbs of which it names a role."""
        *mods, head = (p.replace("-", "") if "-" in p else singular(p) for p in parts)
        nouns = {frozenset((*mods, head)), frozenset(("".join((*mods, head)),))}
        nouns |= {frozenset(mods)} if head in GENERIC and mods else set()
        single = {word for noun in nouns if len(noun) == 1 for word in noun}
        single |= {alias for word in single for alias in aliases().get(word, ())}
        self.nouns[inverse] |= nouns | {frozenset((word,)) for word in single}
        roles = [(frame.verb, *_roles(frame)) for frame in frames() if single & frame.nouns]
        roles += [(doers()[word], "object", "subject") for word in single if word in doers()]
        for verb, holder, role in roles:
            self.add_pattern(verb, *((role, holder) if inverse else (holder, role)))

    def relation(self) -> Relation:
        """Build the relation."""
        terms = {word for nouns in self.nouns.values() for noun in nouns for word in noun}
        for verb in {pattern.verb for pattern in self.patterns}:
            terms.add(verb)
            if is_verb(verb):
                terms.update(inflected(verb, form) for form in ("s", "past", "participle"))
        if any(pattern.verb == "be" for pattern in self.patterns):
            # “Is in” has no index terms.
            terms.clear()
        nouns, inverse_nouns = frozenset(self.nouns[False]), frozenset(self.nouns[True])
        return Relation(nouns, inverse_nouns, frozenset(self.patterns), frozenset(terms))


def _roles(frame: Frame) -> tuple[str, str]:
    """The roles of holder and noun in a claim; in “was born in” the holder is the subject."""
    stative = frame.holder == "object" and frame.role != "subject"
    return "subject" if stative else frame.holder, frame.role
