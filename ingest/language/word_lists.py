"""The closed classes of a language, from the files in `resources/language`; read on first use."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import ingest
from ingest.errors import IngestError


class Derived(NamedTuple):
    """An entailment of a claim: see `resources/language/en/derived.txt`."""

    needs: tuple[str, ...]
    verb: str
    roles: tuple[tuple[str, str], ...]
    denied: bool
    status: str


class Frame(NamedTuple):
    """Nouns for one role of a verb, relative to another: see `frames.txt`."""

    verb: str
    role: str
    holder: str
    nouns: frozenset[str]


class Measure(NamedTuple):
    """The verbs, nouns and units of an amount: “weighs”, “weight”, “kg”."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    units: frozenset[str]


def lines(name: str, language: str = "en") -> list[str]:
    """The lines of a file without comments. Raises `IngestError` if it is missing."""
    text = read_text(name, language)
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def read_text(name: str, language: str = "en") -> str:
    """The text of a file. Raises `IngestError` if it is missing."""
    root = Path(ingest.__file__).parent.parent
    inside = root / "workbench" / "resources"
    folder = inside if inside.is_dir() else root / "resources"
    try:
        return (folder / "language" / language / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise IngestError(
            f"A file that ships with the program is missing or damaged (language/{name}).",
            "Reinstall the program.",
        ) from problem


@cache
def words(name: str) -> frozenset[str]:
    """A small class of words by its name."""
    return classes("words.txt")[name]


@cache
def classes(name: str, language: str = "en") -> dict[str, frozenset[str]]:
    """The classes of words in a file, by their names."""
    return {head: frozenset(members.split()) for head, members in entries(name, language)}


def entries(name: str, language: str = "en") -> list[tuple[str, str]]:
    """The two sides of the colon of each entry; indented lines continue one."""
    text = "\n".join(lines(name, language)).replace("\n ", " ")
    pairs: list[tuple[str, str]] = []
    for line in text.splitlines():
        head, _, content = line.partition(":")
        pairs.append((head.strip(), " ".join(content.split())))
    return pairs


def phrases(name: str) -> str:
    """A class of conversational phrases, as alternatives of a regular expression."""
    return dict(entries("courtesy.txt", ""))[name].replace("_", r"\s+").replace(" ", "|")


@cache
def closed_tags() -> dict[str, str]:
    """All tags of words of the closed classes, likeliest first."""
    return {line.split()[0]: "".join(line.split()[1:]) for line in lines("tags.txt")}


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The antonyms of a word."""
    return {word: frozenset(pair) - {word} for word, pair in _related("opposites.txt").items()}


def _related(name: str) -> dict[str, set[str]]:
    """Each word of a file with all the words on a line with it, including itself."""
    by_word: dict[str, set[str]] = {}
    for group in map(str.split, lines(name)):
        for word in group:
            by_word.setdefault(word, set()).update(group)
    return by_word


@cache
def exclusive() -> dict[str, tuple[str, ...]]:
    """Groups of mutually exclusive properties, by name."""
    split = (line.split() for line in lines("exclusive.txt"))
    return {name: tuple(members) for name, *members in split}


@cache
def groups_of(word: str) -> frozenset[str]:
    """The exclusive groups of this word."""
    return frozenset(name for name, members in exclusive().items() if word in members)


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """The synonyms of a verb, including itself."""
    return {verb: frozenset(group) for verb, group in _related("same_meaning.txt").items()}


@cache
def kinship() -> dict[str, tuple[str, str]]:
    """The general term of a kinship term, and its inverse."""
    split = map(str.split, lines("kin.txt"))
    return {word: (general, other) for word, general, other in split}


@lru_cache(16_384)
def is_person_noun(word: str) -> bool:
    """Whether a noun is a person: by kinship or occupation."""
    return word in kinship() or word in words("person_noun")


@cache
def plurals() -> dict[str, str]:
    """Irregular plurals."""
    return {plural: noun for noun, plural in entries("irregular_nouns.txt") if " " not in plural}


@cache
def doers() -> dict[str, str]:
    """The verb of an agent noun."""
    return {noun: verb for noun, verb in map(str.split, lines("doers.txt"))}


@cache
def relational_nouns() -> dict[str, tuple[str, str]]:
    """The verb and preposition of a relational noun: somebody's employer is whom they work for."""
    split = (line.split() for line in lines("relational_nouns.txt"))
    return {noun: (verb, preposition) for noun, verb, preposition in split}


@cache
def event_verbs() -> frozenset[str]:
    """The verbs of `events.txt`, without particles and objects."""
    verbs = (verb for _, line in entries("events.txt") for verb in line.split())
    return frozenset(verb.removeprefix("not_").split("_")[0] for verb in verbs)


@cache
def measures() -> dict[str, Measure]:
    """The verbs, nouns and units for amounts of a quality."""
    measures: dict[str, Measure] = {}
    for line in lines("measures.txt"):
        (adjective, *verbs), nouns, units = (part.split() for part in line.split("|"))
        measures[adjective] = Measure(frozenset(verbs), frozenset(nouns), frozenset(units))
    return measures


@cache
def nominals() -> dict[str, str]:
    """The verbs of action nouns: whoever makes a payment pays."""
    return {noun: verb for verb, nouns in entries("nominals.txt") for noun in nouns.split()}


@cache
def aliases() -> dict[str, frozenset[str]]:
    """The synonyms of a noun in questions."""
    return {noun: frozenset(group) - {noun} for noun, group in _related("aliases.txt").items()}


@cache
def derived() -> dict[str, tuple[Derived, ...]]:
    """The entailments of a verb."""
    by_verb: dict[str, list[Derived]] = {}
    for line in lines("derived.txt"):
        left, right = line.split("=>")
        verbs, _, needs = left.partition(":")
        *fields, status = right.split()
        denied = fields[0] == "not"
        verb, *pairs = fields[1:] if denied else fields
        roles: list[tuple[str, str]] = []
        for pair in pairs:
            to, _, of = pair.partition("=")
            roles.append((to, of))
        entry = Derived(tuple(needs.split()), verb, tuple(roles), denied, status)
        for base in verbs.split():
            by_verb.setdefault(base, []).append(entry)
    return {base: tuple(entries) for base, entries in by_verb.items()}


@cache
def frames() -> tuple[Frame, ...]:
    """The named roles of verbs: who reports to somebody has a manager."""
    split = ((head.split(), frozenset(nouns.split())) for head, nouns in entries("frames.txt"))
    return tuple(Frame(verb, role, holder, nouns) for (verb, role, holder), nouns in split)
