"""Parses the name of a relation into the nouns and verbs by which facts may express it.

"Manager", "reports to" and "managed by" are one relation, told by the frames of `speech`; "owns"
and "owner of" are the same as "owner" from the other end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.word_lists import classes
from workbench.errors import UsageError
from workbench.memory.facts import speech
from workbench.memory.facts.claims import carries, dense_words, is_dense
from workbench.memory.facts.question_parts import GENERIC
from workbench.memory.facts.reading import Token, tokens

#: Relations that hold both ways.
_BOTH_WAYS = classes("memory.txt")["chains_relations_both_ways"]
#: What joins words in names of relations as programs write them: "depends_on", "reports-to".
_JOINED = re.compile(r"_|(?<=\w)-(?=(?:to|on|in|at|by|of|for|with|from)$)", re.IGNORECASE)
#: Verbs that say no more than where something is.
_LYING = frozenset(("be", "lie", "locate", "situate"))
_LEADS = (
    speech.ENGLISH_COPULAS
    | speech.AUXILIARIES
    | speech.DETERMINERS
    | speech.FRESH
    | speech.these("whose who which what that has's")
)


@dataclass(frozen=True, slots=True)
class Noun:
    """The words of a noun that names a part; each with all that may stand for it."""

    words: tuple[str, ...]
    alike: tuple[frozenset[str], ...]

    def meets(self, found: Iterable[Token]) -> bool:
        """Whether these tokens are this noun, word for word."""
        return all(
            token.word in alike or bool(speech.kin(token.word) & alike)
            for token, alike in zip(found, self.alike, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Way:
    """A verb that says the relation: from its subject to the part that `prep` leads in, or back."""

    verb: str
    prep: str
    back: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """What a hop looks for.

    `nouns` name the answer ("the owner of Aurora"), `of` name the end where the hop begins ("Kenji
    is the owner of …"), `ways` are verbs, `adjectives` stand before a preposition ("allergic
    to"). A fact must hold one of `words`, where there are any; it need not for `loose` ones, which
    say no more than "is in".
    """

    text: str
    nouns: tuple[Noun, ...]
    of: tuple[Noun, ...]
    ways: frozenset[Way]
    adjectives: tuple[tuple[Noun, str], ...]
    words: frozenset[str]
    loose: bool


@lru_cache(maxsize=4096)
def relation(text: str) -> Relation:
    """Read the name of a relation. Raises `UsageError` where it names none."""
    if is_dense(text):
        said = text.strip()
        noun = Noun((said,), (frozenset((said,)),))
        return Relation(text, (noun,), (), frozenset(), (), dense_words(text), False)
    found = tokens(_JOINED.sub(" ", text))
    while len(found) > 1 and found[0].word in _LEADS and not speech.verb_of(found[0].word):
        found = found[1:]
    while len(found) > 1 and found[-1].word in speech.ENGLISH_COPULAS:
        found = found[:-1]
    words = [token.word for token in found]
    if not words:
        raise UsageError("A relation is empty.", "Name it by a word, such as “owner”.")
    made = _Made(text)
    _read(made, found, words)
    return made.done()


def _read(made: "_Made", found: list[Token], words: list[str]) -> None:
    last = words[-1] if len(words) > 1 else ""
    before = found[:-1]
    verb = speech.verb_of(words[0])
    if words[0] in ("has", "have", "had") and len(words) == 1:
        verb = "have"
    if last == "by" and speech.verb_of(words[-2]):
        made.verb(speech.verb_of(words[-2]), "", back=True)
    elif last == "of" and verb and speech.is_inflected(words[0]) and verb != words[0]:
        made.verb(verb, "of")
    elif last == "of":
        made.noun(before, back=True)
    elif verb and last in speech.PREPOSITIONS:
        made.verb(verb, last)
    elif verb and len(words) == 1 and speech.is_inflected(words[0]) and verb != words[0]:
        made.verb(verb, "")
    elif verb and len(words) == 1:
        made.noun(found)
        if not made.ways and words[0] not in speech.FRAMES_OF_NOUN:
            made.verb(verb, "")
    elif last in speech.PREPOSITIONS:
        made.adjectives[tuple(token.word for token in before), last] = None
    elif all(word in speech.PREPOSITIONS for word in words):
        made.way(Way("be", words[0], back=False))
    elif words in (["where"], ["whereabouts"]):
        made.noun(tokens("location"))
    else:
        made.noun(found)


class _Made:
    """A relation in the making: everything that says the same as what was named."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nouns: dict[tuple[str, ...], None] = {}
        self.of: dict[tuple[str, ...], None] = {}
        self.ways: set[Way] = set()
        self.adjectives: dict[tuple[tuple[str, ...], str], None] = {}

    def way(self, way: Way) -> None:
        self.ways.add(way)
        if way.verb in _LYING and way.prep in speech.PLACE_PREPOSITIONS:
            self.ways.update(Way(verb, way.prep, way.back) for verb in _LYING)
        if way.verb in _BOTH_WAYS:
            self.ways.add(Way(way.verb, way.prep, not way.back))

    def noun(self, found: list[Token], *, back: bool = False) -> None:
        """A noun that names the answer, or with `back` where the hop begins."""
        said = tuple(t.word for t in found if carries(t) and t.word not in speech.DETERMINERS)
        said = said or tuple(token.word for token in found)
        here = self.of if back else self.nouns
        here[said] = None
        if len(said) > 1 and said[-1] in GENERIC:
            here[said[:-1]] = None
        self.verbs_of("".join(said), back=back)
        if len(said) == 1 and said[0] in _BOTH_WAYS:
            (self.nouns if back else self.of)[said] = None

    def verb(self, verb: str, prep: str, *, back: bool = False) -> None:
        """A verb from its subject to a part, or with `back` from the part to the subject."""
        self.way(Way(verb, prep, back))
        nouns: set[str] = set()
        others: set[str] = set()
        part = prep or "object"
        for frame in speech.FRAMES.get(verb, ()):
            ends = {frame.part, frame.holder}
            if ends == {"subject", part} or (prep and ends == {"object", prep}):
                ahead = frame.part == part
                (others if ahead is back else nouns).update(frame.nouns)
        if not prep:
            (nouns if back else others).update(speech.AGENTS.get(verb, ()))
        for noun in sorted(nouns):
            self.nouns[(noun,)] = None
            self.verbs_of(noun, back=False)
        for noun in sorted(others):
            self.of[(noun,)] = None
            self.verbs_of(noun, back=True)

    def verbs_of(self, noun: str, *, back: bool) -> None:
        """The verbs of which a noun names a part."""
        for form in sorted(speech.kin(noun)):
            for frame in speech.FRAMES_OF_NOUN.get(form, ()):
                if frame.part == "subject":
                    prep = "" if frame.holder == "object" else frame.holder
                    self.way(Way(frame.verb, prep, not back))
                else:
                    prep = "" if frame.part == "object" else frame.part
                    self.way(Way(frame.verb, prep, back))
            verb = speech.agent_verb(form)
            if verb:
                self.way(Way(verb, "", not back))

    def done(self) -> Relation:
        nouns, of = tuple(map(_noun, self.nouns)), tuple(map(_noun, self.of))
        adjectives = tuple((_noun(words), prep) for words, prep in self.adjectives)
        words = {way.verb for way in self.ways if way.verb != "be"}
        for noun in (*nouns, *of, *(each for each, _ in adjectives)):
            words |= noun.alike[-1]
            words.add("".join(noun.words))
        # Words that only join stand in no index.
        loose = not words or any(not all(map(carries, tokens(w.verb))) for w in self.ways)
        return Relation(
            self.text, nouns, of, frozenset(self.ways), adjectives, frozenset(words), loose
        )


@lru_cache(maxsize=4096)
def _noun(words: tuple[str, ...]) -> Noun:
    return Noun(words, tuple(map(_alike, words)))


def _alike(word: str) -> frozenset[str]:
    found = set(speech.kin(word))
    for form in tuple(found):
        found |= speech.ALIASES.get(form, frozenset())
    return frozenset(found)
