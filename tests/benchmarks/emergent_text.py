"""Passages as the measurements of associations read them: names, sentences and stems, by one rule.

The names are those that the published baselines find (runs of capitalised words), so that figures
can be laid beside theirs; nothing here knows of the program's own concepts.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import Stemmer

from tests.benchmarks.corpus import Record
from workbench.arrays import F32, F64, I64
from workbench.brain.engine.connectivity import Connectivity, cooccurrence_graph
from workbench.space import concept_vectors
from workbench.space.latent import Counts

_NAME = re.compile(
    r"\b[A-Z][\w'’.\-]*(?:\s+(?:of|the|and|de|von|van|la|du|in)(?=\s+[A-Z])|\s+[A-Z0-9][\w'’.\-]*)*"
)
_STOP = frozenset(
    re.findall(
        r"\w+",
        "the a an in on at by for from to of and or but he she it they his her its their this that "
        "these those who what when where which how why is was are were did does do has had have as "
        "with after before during while if there one both i we you my our your not no yes",
    )
)
_SENTENCE = re.compile(r"(?<=[.!?][\s\"”)])(?=[\"“(]?[A-Z0-9])")
_WORD = re.compile(r"[^\W\d_]{3,}")
_BRACKETS = re.compile(r"\s*\(.*?\)\s*")
_POSSESSIVE = re.compile(r"[’']s$")
#: Sentences that tell what the title is about.
_TITLED = 3


def normed(name: str) -> str:
    """A name as it is compared: small letters, without brackets and possessive."""
    bare = _BRACKETS.sub(" ", name).strip(" .,'’-").lower()
    return _POSSESSIVE.sub("", bare).strip()


def names_in(text: str) -> list[str]:
    """The names of a text in order, as they are compared."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and words[0].lower() in _STOP:
            words = words[1:]
        name = normed(" ".join(words))
        if len(name) > 2 and name not in _STOP:
            found.append(name)
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """A passage: `names` with the sentence each stands in (-1: the title), `stems` by sentence."""

    names: tuple[tuple[str, int], ...]
    stems: tuple[tuple[str, ...], ...]


def read(records: Iterable[Record]) -> list[Read]:
    """Read passages of a set."""
    stem = Stemmer.Stemmer("english")
    found = []
    for record in records:
        names: list[tuple[str, int]] = []
        if record.get("title"):
            names.append((normed(record["title"]), -1))
        stems = []
        for number, sentence in enumerate(_SENTENCE.split(record["text"])):
            names += [(name, number) for name in names_in(sentence)]
            words = stem.stemWords([word.lower() for word in _WORD.findall(sentence)])
            stems.append(tuple(word for word in words if word not in _STOP))
        found.append(Read(tuple(names), tuple(stems)))
    return found


@dataclass(frozen=True)
class World:
    """What was read of some passages: concepts, where they stand, and where they lie.

    `names` are sorted; entry i says that concept `concepts[i]` stands in place `places[i]` (each
    pair once) with `weights[i]`, of `count` places. `order` are the (concept, sentence) of each
    place as they come, `titles` the concept of its title or -1.
    """

    names: tuple[str, ...]
    concepts: I64
    places: I64
    weights: F64
    count: int
    order: tuple[tuple[tuple[int, int], ...], ...]
    titles: I64
    reads: tuple[Read, ...]

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """The numbers of names."""
        return {name: number for number, name in enumerate(self.names)}

    @property
    def size(self) -> int:
        """How many concepts there are."""
        return len(self.names)

    @cached_property
    def spread(self) -> F64:
        """In how many places each concept stands."""
        return np.bincount(self.concepts, minlength=self.size).astype(np.float64)

    @cached_property
    def graph(self) -> Connectivity:
        """What stands together."""
        return cooccurrence_graph(self.concepts, self.places, self.size, self.count)

    @cached_property
    def vectors(self) -> F32:
        """Where the concepts lie, by the words of the sentences that mention them."""
        return concept_vectors.vectors(self.company())

    @cached_property
    def near(self) -> tuple[I64, I64]:
        """Who stands with whom at all: starts and, sorted, the others of each."""
        of, place, _ = self.graph.forth.entries(np.arange(self.size))
        which, other, _ = self.graph.place_targets.entries(place.astype(np.int64))
        keys = np.unique(of[which] * np.int64(self.size) + other)
        one, two = keys // self.size, keys % self.size
        apart = one != two
        starts = np.zeros(self.size + 1, np.int64)
        np.cumsum(np.bincount(one[apart], minlength=self.size), out=starts[1:])
        return starts, two[apart]

    def beside(self, concept: int) -> I64:
        """Those that stand with a concept in some place."""
        starts, others = self.near
        return others[starts[concept] : starts[concept + 1]]

    def company(self) -> Counts:
        """How often words stand in the sentences that mention a concept, its own left out."""
        stem = Stemmer.Stemmer("english")
        own = [frozenset(stem.stemWords(name.split())) for name in self.names]
        numbers: dict[str, int] = {}
        rows: list[int] = []
        words: list[int] = []
        for place in self.reads:
            for name, sentence in place.names:
                concept = self.ids.get(name)
                if concept is None:
                    continue
                told = place.stems[:_TITLED] if sentence < 0 else (place.stems[sentence],)
                for word in (word for part in told for word in part):
                    if word not in own[concept]:
                        rows.append(concept)
                        words.append(numbers.setdefault(word, len(numbers)))
        wide = max(len(numbers), 1)
        keys, times = np.unique(
            np.array(rows, np.int64) * wide + np.array(words, np.int64), return_counts=True
        )
        starts = np.zeros(self.size + 1, np.int64)
        np.cumsum(np.bincount(keys // wide, minlength=self.size), out=starts[1:])
        return Counts(starts, (keys % wide).astype(np.int32), times.astype(np.float32), wide)


def world(
    reads: Sequence[Read],
    *,
    least: int = 2,
    share: float = 0.05,
    shuffled: int | None = None,
) -> World:
    """What these passages hold: concepts of `least` places and no more than that share of them.

    With `shuffled`, a seed, every concept and every place keeps its number of partners, but who
    they are is chance: a control.
    """
    found = Counter(name for each in reads for name in {name for name, _ in each.names})
    names = tuple(
        sorted(name for name, count in found.items() if least <= count <= share * len(reads))
    )
    ids = {name: number for number, name in enumerate(names)}
    concepts: list[int] = []
    places: list[int] = []
    weights: list[float] = []
    order: list[tuple[tuple[int, int], ...]] = []
    titles = np.full(len(reads), -1, np.int64)
    for number, each in enumerate(reads):
        here = [(ids[name], sentence) for name, sentence in each.names if name in ids]
        order.append(tuple(here))
        times: Counter[int] = Counter()
        for concept, sentence in here:
            times[concept] += 2 if sentence < 0 else 1
            if sentence < 0:
                titles[number] = concept
        for concept, count in times.items():
            concepts.append(concept)
            places.append(number)
            weights.append(1 + float(np.log(count)))
    columns = np.array(concepts, np.int64)
    if shuffled is not None:
        columns = np.random.default_rng(shuffled).permutation(columns)
    keys, first = np.unique(
        columns * np.int64(max(len(reads), 1)) + np.array(places, np.int64), return_index=True
    )
    return World(
        names,
        keys // max(len(reads), 1),
        keys % max(len(reads), 1),
        np.array(weights)[first],
        len(reads),
        tuple(order),
        titles,
        tuple(reads),
    )


def distinct(records: Iterable[Record]) -> list[Record]:
    """Without passages that are there twice."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for record in records:
        key = record.get("title") or "", record["text"][:80]
        if key not in seen:
            seen.add(key)
            kept.append(record)
    return kept


def those(reads: Sequence[Read], numbers: Collection[int]) -> list[Read]:
    """Some of the passages."""
    return [reads[number] for number in sorted(numbers)]
