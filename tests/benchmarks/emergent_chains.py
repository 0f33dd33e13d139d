"""Gold chains A → B → C of question sets: which bridge is shown for what is driven most.

Pairs that no passage holds together. Titles speak to what their passage mentions (focused: kin are
silent), and the path of a concept is who drove it most.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.corpus import Dataset, passages_set
from tests.benchmarks.emergent_text import World, normed, read, world
from workbench.brain.engine.connectivity import Connectivity, bipartite, rows_of
from workbench.brain.engine.kinship import coded_assemblies, codes, hashed_codes
from workbench.brain.engine.subthreshold import FOCUSED, SubthresholdNetwork

#: Weights: from a title to what its passage mentions, back, in one sentence, in one passage.
_TITLE, _BACK, _SENTENCE, _PASSAGE = 1.0, 0.3, 0.1, 0.03
_LATER = 0.3
_INTO, _OUT = 1 << 16, 1 << 14

Pairs = Mapping[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Chains:
    """Of so many `pairs`, how often a path was `shown`, and how often over the `right` bridge."""

    pairs: int
    shown: int
    right: int


def measure(corpus: Path) -> Chains:
    """Ask all gold chains."""
    pairs = shown = right = 0
    for data, chains in _gold(corpus):
        known = world(read(data.records), least=1, share=0.1)
        asked = list(_apart(data, chains, known))
        brain = SubthresholdNetwork(
            directed(known), coded_assemblies(known.size, hashed_codes(codes(known.vectors)))
        )
        for start, end, bridges in asked:
            pairs += 1
            sources = brain.sources(brain.recall([start], FOCUSED), end, 1)
            shown += bool(sources)
            right += bool(sources) and sources[0] in bridges
    return Chains(pairs, shown, right)


def directed(known: World) -> Connectivity:
    """Titles speak to mentions, the sooner named the louder, and everything a little back.

    Of each source the row is divided by the root of its sum, of each target by that of how many
    places it stands in.
    """
    forth: list[tuple[int, int, float]] = []
    there: list[tuple[int, int, float]] = []
    total = np.zeros(known.size)
    count = 0

    def place(sources: Mapping[int, float], targets: Mapping[int, float]) -> None:
        nonlocal count
        if not sources or not targets:
            return
        whole = sum(targets.values())
        for source, weight in sources.items():
            forth.append((source, count, weight))
            total[source] += weight * (whole - targets.get(source, 0.0))
        there.extend((count, target, weight) for target, weight in targets.items())
        count += 1

    for line, title in zip(known.order, known.titles.tolist(), strict=True):
        first: dict[int, int] = {}
        for concept, sentence in line:
            if sentence >= 0:
                first.setdefault(concept, sentence)
        if title >= 0:
            told = {c: 1 / (1 + _LATER * s) for c, s in first.items() if c != title}
            place({title: _TITLE}, told)
            place({c: _BACK * weight for c, weight in told.items()}, {title: 1.0})
        crowd = 1 / np.log(2 + len(first))
        place(dict.fromkeys(first, 1.0), dict.fromkeys(first, _PASSAGE * crowd))
        rows: dict[int, list[int]] = defaultdict(list)
        for concept, sentence in first.items():
            rows[sentence].append(concept)
        for row in rows.values():
            if len(row) > 1:
                together = dict.fromkeys(row, (_SENTENCE - _PASSAGE) * crowd)
                place(dict.fromkeys(row, 1.0), together)
    source, into, weight = (np.array(each) for each in zip(*forth, strict=True))
    out, target, said = (np.array(each) for each in zip(*there, strict=True))
    scaled = weight / np.sqrt(np.maximum(total[source], 1e-9))
    return bipartite(
        rows_of(known.size, source, into, scaled, _INTO),
        rows_of(count, out, target, said, _OUT),
        1 / np.sqrt(np.maximum(known.spread, 1)),
    )


def _gold(corpus: Path) -> Iterator[tuple[Dataset, Pairs]]:
    for name, pairs_of in (("musique", _chain), ("2wiki", _triples), ("hotpotqa", _bridge)):
        data = passages_set(corpus, name)
        texts = {each["id"]: each for each in data.records}
        pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for question in data.questions:
            for start, end, bridges in pairs_of(question.facts, texts):
                pairs[start, end] |= bridges
        yield data, pairs


def _chain(row: Mapping[str, Any], _texts: Any) -> Iterator[tuple[str, str, set[str]]]:
    chain = row["chain"]
    if ">>" in chain[0][0] and all("#" in step[0] for step in chain[1:]):
        bridges = {normed(step[1]) for step in chain[:-1]}
        yield normed(chain[0][0].split(">>")[0]), normed(row["answers"][0]), bridges


def _triples(row: Mapping[str, Any], _texts: Any) -> Iterator[tuple[str, str, set[str]]]:
    for one in row["triples"]:
        for two in row["triples"]:
            if normed(one[2]) == normed(two[0]) and one != two:
                yield normed(one[0]), normed(two[2]), {normed(one[2])}


def _bridge(row: Mapping[str, Any], texts: Any) -> Iterator[tuple[str, str, set[str]]]:
    if row["type"] != "bridge" or len(row["gold"]) != 2:
        return
    for one, two in (row["gold"], row["gold"][::-1]):
        first, second = texts[one], texts[two]
        end, bridge = normed(row["answers"][0]), normed(second["title"])
        in_first, in_second = first["text"].lower(), second["text"].lower()
        if bridge in in_first and end in in_second and end not in in_first and end != bridge:
            yield normed(first["title"]), end, {bridge}


def _apart(data: Dataset, pairs: Pairs, known: World) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Those of the pairs that are known and stand in no passage together."""
    texts = [f"{each['title']}. {each['text']}".lower() for each in data.records]
    for start, end in sorted(pairs):
        if start == end or start not in known.ids or end not in known.ids:
            continue
        if any(start in text and end in text for text in texts):
            continue
        bridges = frozenset(known.ids[each] for each in pairs[start, end] if each in known.ids)
        yield known.ids[start], known.ids[end], bridges
