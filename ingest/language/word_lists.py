"""The closed classes of a language, from the files in `resources/language`; read when needed."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import ingest
from ingest.errors import IngestError


class Derived(NamedTuple):
    """What follows from a claim: see `resources/language/en/derived.txt`."""

    needs: tuple[str, ...]
    verb: str
    roles: tuple[tuple[str, str], ...]
    denied: bool
    when: str


def lines(name: str, language: str = "en") -> list[str]:
    """The lines of a file without its comments. Raises `IngestError` where it is missing."""
    beside = Path(ingest.__file__).parent.parent
    inside = beside / "workbench" / "resources"
    folder = inside if inside.is_dir() else beside / "resources"
    try:
        text = (folder / "language" / language / name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise IngestError(
            f"A file that ships with the program is missing or damaged (language/{name}).",
            "Reinstall the program.",
        ) from problem
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """A small class of words by its name."""
    return classes("words.txt")[name]


@cache
def classes(name: str, language: str = "en") -> dict[str, frozenset[str]]:
    """The classes of words in a file, by their names."""
    return {each: frozenset(found.split()) for each, found in entries(name, language)}


def entries(name: str, language: str = "en") -> list[tuple[str, str]]:
    """What stands before and after the colon of each entry; an indented line goes on with one."""
    whole = "\n".join(lines(name, language)).replace("\n ", " ")
    split = (line.partition(":") for line in whole.splitlines())
    return [(head.strip(), " ".join(found.split())) for head, _, found in split]


@cache
def closed_tags() -> dict[str, str]:
    """What words of the closed classes may be: all their tags, likeliest first."""
    return {line.split()[0]: "".join(line.split()[1:]) for line in lines("tags.txt")}


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The words that deny a word."""
    found: dict[str, set[str]] = {}
    for line in lines("opposites.txt"):
        one, other = line.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def exclusive() -> dict[str, tuple[str, ...]]:
    """The groups of which a thing is one at a time, by their names."""
    split = (line.split() for line in lines("exclusive.txt"))
    return {name: tuple(members) for name, *members in split}


@cache
def months() -> dict[str, int]:
    """The months by their names, and by these cut short, as numbers."""
    names = enumerate(exclusive()["month"], 1)
    return {word: at for at, name in names for word in (name, name[:3])} | {"sept": 9}


@cache
def groups_of(word: str) -> frozenset[str]:
    """The names of the exclusive groups that hold this word."""
    return frozenset(name for name, members in exclusive().items() if word in members)


@cache
def same_meaning() -> dict[str, frozenset[str]]:
    """The verbs that ask for the same as a verb."""
    found: dict[str, set[str]] = {}
    for line in lines("same_meaning.txt"):
        group = line.split()
        for verb in group:
            found.setdefault(verb, set()).update(group)
    return {verb: frozenset(group) for verb, group in found.items()}


@cache
def kin() -> dict[str, tuple[str, str]]:
    """What a word for kin is in general, and what the other one is in turn."""
    split = (line.split() for line in lines("kin.txt"))
    return {word: (general, other) for word, general, other in split}


@cache
def plurals() -> dict[str, str]:
    """The nouns of plurals that follow no rule."""
    return {plural: noun for noun, plural in entries("irregular_nouns.txt") if " " not in plural}


@cache
def doers() -> dict[str, str]:
    """The verb of a noun for who does something."""
    split = (line.split() for line in lines("doers.txt"))
    return {noun: verb for noun, verb in split}


@cache
def measures() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """With which verbs and units an amount of a quality is said."""
    found = {}
    for line in lines("measures.txt"):
        left, units = line.split("|")
        adjective, *verbs = left.split()
        found[adjective] = (frozenset(verbs), frozenset(units.split()))
    return found


@cache
def derived() -> dict[str, tuple[Derived, ...]]:
    """The claims that follow from one of a verb."""
    found: dict[str, list[Derived]] = {}
    for line in lines("derived.txt"):
        left, right = line.split("=>")
        verbs, needs = (part.split() for part in left.split(":"))
        *said, when = right.split()
        denied = said[0] == "not"
        verb, *pairs = said[1:] if denied else said
        roles = tuple((to, of) for to, _, of in (pair.partition("=") for pair in pairs))
        for each in verbs:
            entry = Derived(tuple(needs), verb, roles, denied, when)
            found.setdefault(each, []).append(entry)
    return {verb: tuple(entries) for verb, entries in found.items()}
