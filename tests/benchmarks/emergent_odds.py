"""How often what is proposed turns out: the table that `recall.odds` tells people.

A library of the passages is read by the program's own rules; the tier is made of 70 % of them, and
asked for the first links of concepts drawn at random. A link counts as found when both ends stand
in one passage of the other 30 %, and beside it stands how often a concept of the same frequency
does. Expected next counts at every place there at which the cue is named and something follows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus import library_of, passages_set
from tests.benchmarks.emergent_text import distinct
from tests.benchmarks.rows import Row
from workbench.arrays import I64
from workbench.brain.library.cooccurrence import (
    Cooccurrence,
    Mentions,
    Texts,
    cooccurrence,
    mentions,
)
from workbench.brain.library.emergent import MAX_LINKS, cooccurring, linked, upcoming
from workbench.brain.library.odds import CHAIN, MEASURED, NEXT, RARE, SIMILAR
from workbench.jobs import Cancel
from workbench.store import graph, graph_rows, text
from workbench.store.store import Store

_READ, _CUES, _SEEDS = 0.7, 500, (31, 32)
#: Concepts of nearest frequency among which one is drawn for comparison.
_LIKE = 20
_BINS = ("first", "second and third", "further")


@dataclass(slots=True)
class Tally:
    """By kind and place in the list: how many were proposed and found, and how many by chance."""

    proposed: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    found: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    chance: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    named_again: int = 0
    cues: int = 0

    def share(self, kind: str, place: int) -> float:
        """The share that was found."""
        return self.found[kind, place] / max(self.proposed[kind, place], 1)


def measure(
    all_: Mentions, types: Mapping[int, int], texts: Texts, *, seeds: Sequence[int], cues: int
) -> Tally:
    """Ask the tier of several divisions of what was read."""
    tally = Tally()
    for seed in seeds:
        chance = np.random.default_rng(seed)
        drawn = chance.random(int(all_.places.max(initial=0)) + 1) < _READ
        known, rest = all_.subset(drawn[all_.places]), all_.subset(~drawn[all_.places])
        made = cooccurrence(known, types, texts, "en", Cancel())
        if len(made.modelled) < 2:
            continue
        later = _Later(rest, made)
        chosen = chance.permutation(len(made.modelled))[:cues].tolist()
        for cue in chosen:
            _ask(made, later, cue, tally, chance)
    return tally


class _Later:
    """What was not read: who stands with whom there, and who follows whom."""

    def __init__(self, rest: Mentions, made: Cooccurrence) -> None:
        rows = np.minimum(np.searchsorted(made.ids, rest.concepts), len(made.ids) - 1)
        number = np.where(made.ids[rows] == rest.concepts, made.number[rows], -1)
        kept = number >= 0
        self._number, self._place = number[kept], rest.places[kept]
        order = np.argsort(self._number, kind="stable")
        self._by = self._number[order], self._place[order]
        by_place = np.argsort(self._place, kind="stable")
        self._at = self._place[by_place], self._number[by_place]
        line = rest.lines[kept]
        follows = (self._number[1:] != self._number[:-1]) & (line[1:] == line[:-1])
        self._before = self._number[:-1][follows]
        after = self._number[1:][follows]
        order = np.argsort(self._before, kind="stable")
        self._before, self._after = self._before[order], after[order]

    def with_(self, concept: int) -> frozenset[int]:
        """Who stands with a concept."""
        low, high = np.searchsorted(self._by[0], (concept, concept + 1))
        found: set[int] = set()
        for place in np.unique(self._by[1][low:high]).tolist():
            a, b = np.searchsorted(self._at[0], (place, place + 1))
            found.update(self._at[1][a:b].tolist())
        return frozenset(found)

    def after(self, concept: int) -> I64:
        """Who follows it, at each place where somebody does."""
        low, high = np.searchsorted(self._before, (concept, concept + 1))
        after: I64 = self._after[low:high]
        return after


def _ask(
    made: Cooccurrence, later: _Later, cue: int, tally: Tally, chance: np.random.Generator
) -> None:
    id = int(made.ids[made.modelled[cue]])
    there = later.with_(cue)
    tally.cues += 1
    tally.named_again += bool(there)
    spread = np.diff(made.subthreshold.graph.forth.starts)
    near = cooccurring(made, made.modelled[cue])
    links = linked(made, [id])
    listed = [(each.kind, rank, each) for rank, each in enumerate(links[:MAX_LINKS])]
    rare = [each for each in links if not each.common]
    listed += [(RARE, rank, each) for rank, each in enumerate(rare[:MAX_LINKS])]
    for kind, rank, each in listed:
        number = _number(made, each.concept)
        key = kind, _place(rank)
        tally.proposed[key] += 1
        tally.found[key] += number in there
        like = np.argsort(np.abs(spread - spread[number]), kind="stable")[: _LIKE + 2 + len(near)]
        free = [x for x in like.tolist() if x not in near and x not in (cue, number)]
        tally.chance[key] += bool(free) and int(chance.choice(free)) in there
    after = later.after(cue)
    for rank, each in enumerate(upcoming(made, [id])):
        key = NEXT, _place(rank)
        tally.proposed[key] += len(after)
        tally.found[key] += int((after == _number(made, each.concept)).sum())


def _number(made: Cooccurrence, concept: int) -> int:
    return int(made.number[np.searchsorted(made.ids, concept)])


def _place(rank: int) -> int:
    return 0 if rank < 1 else 1 if rank < 3 else 2


def rows(corpus: Path, names: Sequence[str], say: Callable[[str], None]) -> list[Row]:
    """The shares as rows, and as a table; no goal is set for them."""
    with _library(corpus, names) as (all_, types, texts):
        tally = measure(all_, types, texts, seeds=_SEEDS, cues=_CUES)
    found = []
    for kind in (SIMILAR, CHAIN, RARE, NEXT):
        for place, name in enumerate(_BINS):
            number = tally.proposed[kind, place]
            share = 100 * tally.share(kind, place)
            beside_it = ""
            if kind != NEXT:
                like = 100 * tally.chance[kind, place] / max(number, 1)
                beside_it = f", one of the same frequency {like:.1f} %"
            told = (
                f"{tally.found[kind, place]} of {number}{beside_it}; told as "
                f"{100 * MEASURED[kind][place]:.1f} %"
            )
            say(f"odds, {kind}, {name}: {share:.1f} %, {told}")
            found.append(Row(f"odds_{kind}_{place + 1}", round(share, 2), "%", input=told))
    say(f"{tally.named_again} of {tally.cues} cues were named again in what was not read")
    return found


@contextmanager
def _library(
    corpus: Path, names: Sequence[str]
) -> Iterator[tuple[Mentions, Mapping[int, int], Texts]]:
    """What the program's own rules find in the passages."""
    records = distinct(each for name in names for each in passages_set(corpus, name).records)
    numbered = [{**each, "id": str(number)} for number, each in enumerate(records)]
    with library_of(numbered) as library:
        library.graph.link(concepts_only=True)
        if library.path is None:
            return
        with Store.open(library.path, read_only=True) as store, store.read() as connection:
            found = mentions(connection, graph.places(connection), Cancel())
            yield (
                found,
                graph_rows.concept_types(connection),
                lambda ids: text.statements(connection, ids),
            )
