"""English verbs, relations with two phrasings, and everyday aliases.

Word lists of general validity. A *frame* says which noun names the part of a verb: who reports to
somebody has him as manager, who owns a thing is its owner. So "Kim reports to Lee" and "the manager
of Kim is Lee" are one statement in two phrasings.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ingest.language.word_lists import classes, lines, months
from workbench.memory import words
from workbench.memory.irregular import LEMMAS


def these(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


_WORDS = classes("speech.txt")

COPULAS = _WORDS["copulas"]
#: Copulas of other languages count only where the sentence has no English one.
ENGLISH_COPULAS = these("is are was were am be been isnt arent wasnt werent equals means")
AUXILIARIES = _WORDS["auxiliaries"]
NEGATIONS = _WORDS["negations"]
#: Words that say how or when something holds, and are no part of what it is about.
ADVERBS = _WORDS["adverbs"]
DOUBT = these("probably maybe perhaps possibly apparently allegedly might may could")
DETERMINERS = _WORDS["determiners"]
SELF = these("i me my mine myself we us our ours ourselves im ive id ill")
PRONOUNS = these("i you he she it we they this that there these those who")
PREPOSITIONS = _WORDS["prepositions"]
PLACE_PREPOSITIONS = _WORDS["place_prepositions"]
#: Words of time that qualify a key without naming another thing.
FRESH = these("new current latest present actual updated newest recent now today")
#: Words for somebody or something said before, of which nobody knows who it is.
THIRD = these("he she it they his her hers its their theirs")
#: Words that only point at somebody or something said before, or at those who speak.
POINTING = _WORDS["pointing"]
FORMER = these("old previous former earlier before previously formerly prior past")
ARTICLES = these("the a an")

VERBS = _WORDS["verbs"]
#: Verbs of which one thing holds at a time: whoever lives in Rome now lives in Bonn no longer.
FUNCTIONAL = _WORDS["functional"]
#: "X changed to V": what holds of X is V from now on.
CHANGES = _WORDS["changes"]
#: "X rose to 5": how much X is from now on.
SHIFTS = these("rise drop fall climb grow jump go")
NAMERS = these("call name title dub")


class Frame(NamedTuple):
    """Which nouns name a part of a verb. `part` is subject, object or a preposition.

    `holder` is the part of whom the noun is said: subject or object.
    """

    verb: str
    part: str
    holder: str
    nouns: frozenset[str]


def _frames() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for line in lines("frames.txt"):
        left, _, right = line.partition(":")
        verb, part, holder = left.split()
        found.setdefault(verb, []).append(Frame(verb, part, holder, frozenset(right.split())))
    return {verb: tuple(frames) for verb, frames in found.items()}


#: Verb → its frames.
FRAMES = _frames()


def _aliases() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines("aliases.txt"):
        group = line.split()
        for word in group:
            found.setdefault(word, set()).update(w for w in group if w != word)
    return {word: frozenset(kin) for word, kin in found.items()}


#: Word → words that mean the same where something is asked of a person or a thing.
ALIASES = _aliases()

#: Words that stand where a kind of answer is asked for, and need not be in the fact.
KIND_NOUNS = {
    "who": these("name person man woman"),
    "where": these("location place venue city address room town country spot"),
    "when": these("time date day deadline year month hour"),
    "much": these("price cost amount sum fee"),
    "many": these("number count amount"),
    "what": frozenset(("name",)),
}
CHATTER = _WORDS["chatter"]
WEEKDAYS = _WORDS["weekdays"]
MONTHS = frozenset(months())
TIME_WORDS = _WORDS["time_words"]

NUMBER_WORDS = _WORDS["number_words"]


#: Forms too short for the rules.
IRREGULAR = {"born": "bear", "used": "use", "owed": "owe", "tied": "tie"}


@lru_cache(maxsize=8192)
def kin(word: str) -> frozenset[str]:
    """The word and the dictionary forms that it may be an inflection of; nothing derived.

    Words with digits are kin to themselves alone, so that project1 is never project10.
    """
    if len(word) < 3 or not word.isalpha():
        return frozenset((word,))
    if word[-1] not in "sdg" and word.isascii() and not (word in LEMMAS or word in IRREGULAR):
        # No ending of those below.
        return frozenset((word,))
    found = {word}
    plain = words.unaccented(word)
    found.add(plain)
    if plain in LEMMAS:
        found.add(LEMMAS[plain])
    if not plain.isascii():
        return frozenset(found)
    if plain in IRREGULAR:
        found.add(IRREGULAR[plain])
    size = len(plain)
    if size > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        found.add(plain[:-1])
        if plain.endswith("ies") and size > 4:
            found.add(plain[:-3] + "y")
        if plain.endswith(("ches", "shes", "xes", "sses", "zes", "oes")):
            found.add(plain[:-2])
    for ending in ("ed", "ing"):
        if plain.endswith(ending) and size > len(ending) + 2:
            stem = plain[: -len(ending)]
            if stem.endswith("i") and ending == "ed":
                found.add(stem[:-1] + "y")
            found.update(base for base in (stem, stem + "e") if len(base) > 2)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)


@lru_cache(maxsize=16_384)
def verb_of(word: str) -> str:
    """The dictionary form of a verb, or "" for what is no verb this program knows."""
    for base in (word, LEMMAS.get(word, ""), *sorted(kin(word), key=len, reverse=True)):
        if base in VERBS:
            return base
    return ""


@lru_cache(maxsize=1024)
def agent_verb(noun: str) -> str:
    """The verb whose doer the noun names (keeper → keep); "" where it names none."""
    if not noun.endswith(("er", "or")) or len(noun) < 5 or noun in _NO_AGENTS:
        return ""
    stem = noun[:-2]
    doubled = stem[:-1] if stem[-1] == stem[-2] else ""
    for base in (stem, f"{stem}e", doubled, f"{stem[:-1]}y" if stem[-1] == "i" else ""):
        if base in VERBS:
            return base
    return ""


_NO_AGENTS = _WORDS["no_agents"]


def is_inflected(word: str) -> bool:
    """Whether the word bears the mark of a finite verb: s, ed, or an irregular past."""
    return word in LEMMAS or word.endswith(("s", "ed")) or word == "born"


def _agents() -> Mapping[str, frozenset[str]]:
    found = {}
    for verb in VERBS:
        stems = {verb[:-1] if verb.endswith("e") else verb, verb + verb[-1], f"{verb[:-1]}i"}
        nouns = {stem + ending for stem in stems for ending in ("er", "or")}
        found[verb] = frozenset(noun for noun in nouns if agent_verb(noun) == verb)
    return found


#: Verb → what its doer may be called.
AGENTS = _agents()


def _nouns() -> Mapping[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for frames in FRAMES.values():
        for frame in frames:
            for noun in frame.nouns:
                found.setdefault(noun, []).append(frame)
    return {noun: tuple(frames) for noun, frames in found.items()}


#: Noun → the frames in which it names a part.
FRAMES_OF_NOUN = _nouns()


@lru_cache(maxsize=4096)
def related(word: str) -> frozenset[str]:
    """Every word under which a fact that answers for this one may stand in the index."""
    found = set(kin(word))
    for base in tuple(found):
        found |= ALIASES.get(base, frozenset())
    for base in tuple(found):
        for frame in FRAMES_OF_NOUN.get(base, ()):
            found.add(frame.verb)
        for frame in FRAMES.get(base, ()):
            found |= frame.nouns
            found |= {f.verb for noun in frame.nouns for f in FRAMES_OF_NOUN[noun]}
        found |= AGENTS.get(base, frozenset())
        verb = agent_verb(base)
        if verb:
            found.add(verb)
    return frozenset(found)
