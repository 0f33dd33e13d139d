"""Multi-hop search: from names in the best passages to passages that answer the rest.

“Where was the director of X born?” names X. A sentence of X's passage says who directed it: it
covers part of the question and mentions a name. If that name is the title, opening or content of
another passage that covers the *rest* of the question, that passage is reached, though it may have
hardly a word of the question. The score of a path is the product of the coverage of its two ends,
and the best path counts, not the sum (PageRank over the same graph gained almost nothing). No graph
is stored: names are extracted from the best passages and looked up in the index.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from workbench.arrays import F32
from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall import mentions
from workbench.recall.mentions import MAX_HOLDERS, Name
from workbench.recall.ordinal_sets import between, count, joined, membership
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import Evidence, Step
from workbench.recall.search import Search
from workbench.recall.windows import TITLED, Windows, centred, widened
from workbench.store import sources, text

#: Start passages, context sentences, and the minimum sentences of a long section.
_SEEDS, _CONTEXT_MARKS, _LONG = 12, 3, 40
#: Start passages of long sections: names in running text rarely have their own page.
_LONG_SEEDS = 6
#: Names that are followed: those in sentences with the highest coverage.
_FOLLOWED = 40
#: Maximum ends of paths.
_REACHED = 100
#: The base score of a path at its start, at its end in a passage titled by the name, and backwards.
_BEGIN, _END, _BACK = 0.1, 0.3, 0.3
#: The weight of a passage without a title that opens with the name, without and with a defining
#: verb.
_OPENS, _DEFINES, _SPEECH_VERBS = 0.7, 1.0, 0.8
#: Maximum words before the subject of a first sentence, and characters that are read.
_EARLY, _READ = 6, 240
#: The end of a title made of the first words of a text.
_CUT = "…"
#: The kinds of ends: a text titled by the name, a sentence that mentions it, or, backwards, one
#: that mentions the title of the start.
_TITLED, _MENTIONED, _BACKWARDS = range(3)
#: Characters of the quoted sentence in a reason.
_EXCERPT = 120
#: The weight of a path.
_HOP = 3.0
_NONE: Ordinals = np.zeros(0, np.int32)
_EMPTY: "F32" = np.zeros(0, np.float32)
_ARTICLE = re.compile(r"^\W*(?:The|A|An)\s+")
_BE = re.compile(
    r"(?:\([^)]*\)|,[^,.;]{0,60},|\s)*\s*"
    r"(?:is|are|was|were|be|been|became|becomes|refers?|redirects?|means|denotes)\b"
)


@dataclass(frozen=True, slots=True)
class Hop:
    """A path: the sentence `seed` mentions `name`, which leads to the sentence `ordinal`.

    `value` is comparable within one question. `whole`: the whole section around `ordinal` is
    reached, as when the name is its title.
    """

    ordinal: int
    value: float
    seed: int
    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class _Seed:
    """A start passage: its sentences, score and titles.

    Its section is `[section, stop)`; of a long one it is a part.
    """

    score: float
    section: int
    stop: int
    ordinals: tuple[int, ...]
    sentences: tuple[str, ...]
    titles: tuple[Name, ...]

    @property
    def first(self) -> int:
        return self.ordinals[0]


def hops(search: Search, windows: Windows) -> list[Hop]:
    """The best path to each section (or sentence of a long one) that a name leads to.

    None if the question has no name: its best sentence is then not an intermediate step.
    """
    if not len(windows.starts) or len(search.cue.terms) < 2 or not _names(search.cue):
        return []
    return Walk(search).walk(_seeds(search, windows))


def _names(cue: Cue) -> bool:
    """Whether the question has a name, even if typed without capitals."""
    return bool(mentions.mentions(cue.text)) or any(term.is_name for term in cue.terms)


def _seeds(search: Search, windows: Windows) -> list[_Seed]:
    """The best sections; of long ones the context of the best windows."""
    connection, snapshot = search.connection, search.snapshot
    start_offset, size = snapshot.columns["section_start"], snapshot.size
    top = float(windows.scores.max(initial=0.0)) or 1.0
    reach = min(len(windows.scores), 40 * _SEEDS)
    best = np.argpartition(-windows.scores, reach - 1)[:reach]
    best = best[np.argsort(-windows.scores[best], kind="stable")]
    spans: list[tuple[float, int, int, int, int]] = []
    used: set[int] = set()
    long = 0
    starts = windows.starts[best]
    opens = start_offset[starts]
    after = np.append(snapshot.sections, np.int32(size))[snapshot.sections.searchsorted(opens) + 1]
    result = zip(best.tolist(), starts.tolist(), opens.tolist(), after.tolist(), strict=True)
    for place, start, section, stop in result:
        if start in used or (stop - section > _LONG and long == _LONG_SEEDS):
            continue
        if stop - section <= _LONG:
            first, end = section, stop
        else:
            first = max(section, start - _CONTEXT_MARKS)
            end = min(stop, int(windows.ends[place]) + _CONTEXT_MARKS)
        long += stop - section > _LONG
        used.update(range(first, end))
        spans.append((float(windows.scores[place]) / top, section, stop, first, end))
        if len(spans) == _SEEDS:
            break
    targets = [n + 1 for *_, first, final in spans for n in range(first, final)]
    rows = text.statements(connection, targets)
    source = snapshot.columns["source"]
    titles = sources.titles(connection, {int(source[span[3]]) for span in spans})
    seeds = []
    for weight, section, stop, first, end in spans:
        present = [n for n in range(first, end) if n + 1 in rows]
        title = titles.get(int(source[first]), ("", 0.0))[0]
        names = mentions.title_names(title)
        if present and section == present[0] and _untitled(title, rows[section + 1]):
            names = _leads(rows[section + 1])
        sentences = tuple(rows[n + 1] for n in present)
        seeds.append(_Seed(weight, section, stop, tuple(present), sentences, tuple(names)))
    return seeds


@dataclass(frozen=True, slots=True)
class _Covered:
    """The coverage of a question by a sentence, and the rest by term."""

    share: float
    rest: F32
    any_left: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A name to follow: its origin, score, and the rest of the question."""

    worth: float
    seed: _Seed
    ordinal: int
    raw: str
    name: Name
    left: _Covered


@dataclass(frozen=True, slots=True)
class _Route:
    """The destinations of a name: sentences, the base score of each, and the kind.

    `wanted` weighs the terms that count there, `seed` is the sentence of origin.
    """

    ordinals: Ordinals
    share: F32
    wanted: F32
    kind: int
    seed: int
    name: str


class Walk:
    """The paths of one question."""

    def __init__(self, search: Search) -> None:
        self._search, self._snapshot = search, search.snapshot
        cue = search.cue
        self._terms = cue.terms
        rarity = np.array([term.rarity for term in cue.terms], np.float32)
        self._mass = rarity / (rarity.sum() or 1.0)
        self._keys = [frozenset(term.keys) for term in cue.terms]
        self._with: dict[int, list[int]] = {}
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._with.setdefault(key, []).append(number)
        self._uttered = cue.spoken
        self._routes: list[_Route] = []

    def walk(self, seeds: Sequence[_Seed]) -> list[Hop]:
        """Follow the names of these passages; returns the best paths, best first."""
        wording = self._terms_in(np.array([n for seed in seeds for n in seed.ordinals], np.int32))
        ends = np.cumsum([len(seed.ordinals) for seed in seeds])
        steps = [
            step
            for seed, part in zip(seeds, np.split(wording, ends[:-1], axis=1), strict=True)
            for step in self._steps(seed, part)
        ]
        steps = sorted(steps, key=lambda step: -step.worth)[:_FOLLOWED]
        for step, owned in zip(steps, self.owned([step.name for step in steps]), strict=True):
            self._to_owners(step, owned)
            self._to_holders(step)
        for seed in seeds:
            self._back(seed)
        return self._best() if self._routes else []

    def _best(self) -> list[Hop]:
        routes = self._routes
        lengths = [len(route.ordinals) for route in routes]
        ordinals = np.concatenate([route.ordinals for route in routes])
        share = np.concatenate([route.share for route in routes])
        number = np.repeat(np.arange(len(routes)), lengths)
        target = (self._mass * np.array([route.wanted for route in routes])).T[:, number]
        adjacent, context = self._matched_mass(ordinals, target)
        kind = np.array([route.kind for route in routes])[number]
        weight = np.where(
            kind == _TITLED,
            _END + context,
            np.where(
                kind == _MENTIONED, 0.5 * (context + adjacent), (_BEGIN + adjacent) * adjacent
            ),
        )
        values = share * weight
        order = np.argsort(-values, kind="stable")
        # The best path to each sentence counts.
        first = np.sort(np.unique(ordinals[order], return_index=True)[1])[:_REACHED]
        best = order[first]
        best = best[values[best] > 0]
        readings = [routes[at] for at in number[best].tolist()]
        return [
            Hop(ordinal, value, path.seed, path.name, path.kind == _TITLED)
            for ordinal, value, path in zip(
                ordinals[best].tolist(), values[best].tolist(), readings, strict=True
            )
        ]

    def _matched_mass(self, ordinals: Ordinals, target: F32) -> tuple[F32, F32]:
        """The `target` mass, (terms, n), in each sentence and in its section: float32[n] each.

        In a long section only the context of the sentence counts.
        """
        snapshot = self._snapshot
        # Unique and ascending, which is looked up several times as fast.
        present, of = np.unique(ordinals, return_inverse=True)
        first = snapshot.columns["section_start"][present]
        stop = snapshot.sections[snapshot.sections.searchsorted(first) + 1]
        long = stop - first > _LONG
        first = np.where(long, np.maximum(first, present - np.int32(_CONTEXT_MARKS)), first)
        stop = np.where(long, np.minimum(stop, present + np.int32(_CONTEXT_MARKS + 1)), stop)
        adjacent = np.zeros(len(ordinals), np.float32)
        context = np.zeros(len(ordinals), np.float32)
        for i, term in enumerate(self._terms):
            if not target[i].any():
                continue
            inside = between(term.ordinals, first, stop).astype(np.float32)
            adjacent += target[i] * self._has(i, present)[of]
            context += target[i] * inside[of]
        return adjacent, context

    # -- starts of paths ------------------------------------------------------------------------

    def _steps(self, seed: _Seed, wording: F32) -> list[_Step]:
        """The names in a passage; `wording` is a matrix of terms and sentences."""
        above = self._above(seed)
        primary = set(seed.titles)
        # One row per sentence.
        wording = np.maximum(wording, above[:, None]).T.copy()
        best: dict[Name, tuple[int, str, _Covered]] = {}
        for place, sentence in enumerate(seed.sentences):
            for mention in mentions.mentions(sentence):
                name = mention.name
                if name in primary or self._uttered.issuperset(name):
                    continue
                covered = self._left(wording[place], self._outside(name))
                contents = best.get(name)
                if contents is None or contents[2].share < covered.share:
                    best[name] = seed.ordinals[place], mention.raw, covered
        return [
            _Step(seed.score * (_BEGIN + covered.share), seed, ordinal, raw, name, covered)
            for name, (ordinal, raw, covered) in best.items()
        ]

    def _left(self, wording: F32, outside: F32) -> "_Covered":
        """The coverage of a sentence with these term weights, and the rest, without a name's words.

        `outside` marks the terms that are not in the name.
        """
        value = wording * outside
        remainder = outside * (1 - value)
        return _Covered(float(self._mass @ value), remainder, bool((self._mass @ remainder) > 0))

    def _above(self, seed: _Seed) -> F32:
        """A mask of terms in the titles of a passage."""
        return 1 - self._outside([word for name in seed.titles for word in name])

    def _terms_in(self, ordinals: Ordinals) -> F32:
        """A mask of terms by sentence."""
        return np.array([self._has(i, ordinals) for i in range(len(self._terms))], np.float32)

    def _has(self, term: int, ordinals: Ordinals) -> F32:
        """1 for sentences with a term, else 0: float32[n]."""
        return membership(self._terms[term].ordinals, ordinals).astype(np.float32)

    def _outside(self, name: Sequence[str]) -> F32:
        """A mask of terms that are not in a name."""
        outside = np.ones(len(self._keys), np.float32)
        outside[[term for word in name for term in self._with.get(words.key(word), ())]] = 0
        return outside

    # -- ends of paths --------------------------------------------------------------------------

    def owned(
        self, names: Sequence[Name]
    ) -> list[list[tuple[int, float]]]:  # fmt: skip
        """For each name the first sentences of the texts that it titles, with a weight.

        The opening of a text without a title replaces its title.
        """
        source = self._snapshot.columns["source"]
        firsts = [mentions.titled(self._search, name) for name in names]
        present = joined(_NONE, *firsts)
        rows = sources.titles(self._search.connection, set(source[present].tolist()))
        titles = {int(n): rows.get(int(source[n]), ("", 0.0))[0] for n in present}
        plain = [n for n, title in titles.items() if title.endswith(_CUT) or not title]
        opening = text.statements(self._search.connection, [n + 1 for n in plain])
        index = {
            n: _leads(opening[n + 1])
            if n + 1 in opening and _untitled(title, opening[n + 1])
            else mentions.title_names(title)
            for n, title in titles.items()
        }
        return [
            mentions.owners(first.tolist(), name, index)
            for name, first in zip(names, firsts, strict=True)
        ]

    def mass(self, name: Name) -> float:
        """The share of the question in a name."""
        return float(self._mass @ (1 - self._outside(name)))

    def _to_owners(self, step: _Step, owned: Sequence[tuple[int, float]]) -> None:
        starts = self._snapshot.columns["section_start"]
        owned = [item for item in owned if int(starts[item[0]]) != step.seed.section]
        if owned:
            ordinals = np.array([ordinal for ordinal, _ in owned], np.int32)
            weights = np.array([weight for _, weight in owned], np.float32)
            share = step.worth * weights / len(owned) ** 0.5
            self._routes.append(
                _Route(ordinals, share, step.left.rest, _TITLED, step.ordinal, step.raw)
            )

    def _to_holders(self, step: _Step) -> None:
        if not step.left.any_left:
            return
        holders, share = self._elsewhere(step.name, step.seed, step.worth)
        if len(holders):
            self._routes.append(
                _Route(holders, share, step.left.rest, _MENTIONED, step.ordinal, step.raw)
            )

    def _back(self, seed: _Seed) -> None:
        """Follow links to sentences that mention a seed and cover much of the question."""
        for name in seed.titles:
            if self._uttered.issuperset(name):
                continue
            holders, share = self._elsewhere(name, seed, _BACK * seed.score)
            if len(holders):
                target, raw = self._outside(name), " ".join(word.title() for word in name)
                self._routes.append(_Route(holders, share, target, _BACKWARDS, seed.first, raw))

    def _elsewhere(self, name: Name, seed: _Seed, weight: float) -> tuple[Ordinals, F32]:
        """The sentences with a name outside a seed's section, and their base scores.

        None if the name is too frequent.
        """
        holders = self._snapshot.cached(
            ("holding", name), partial(mentions.sentences_with, self._search, name)
        )
        if not len(holders):
            return _NONE, _EMPTY
        low, high = holders.searchsorted([seed.section, seed.stop]).tolist()
        if not 0 < len(holders) - (high - low) <= MAX_HOLDERS:
            return _NONE, _EMPTY
        if low < high:
            holders = np.concatenate([holders[:low], holders[high:]])
        sections = self._snapshot.columns["section_start"][holders]
        share = weight / count(sections) ** 0.25
        return holders, np.full(len(holders), share, np.float32)


def _untitled(title: str, opening: str) -> bool:
    """Whether a title is only the beginning of the text."""
    start_offset = title.removesuffix(_CUT).strip()
    return not start_offset or (
        title.endswith(_CUT)
        and (opening.startswith(start_offset) or start_offset.startswith(opening))
    )


def _leads(sentence: str) -> dict[Name, float]:
    """The subjects of a first sentence, with a weight."""
    pending = _ARTICLE.sub("", sentence[:_READ], count=1)
    leads: dict[Name, float] = {}
    for place, item in enumerate(mentions.mentions(pending)):
        at = pending.index(item.raw) if item.raw in pending else -1
        if at < 0 or pending.count(" ", 0, at) > _EARLY:
            continue
        defines = _BE.match(pending, at + len(item.raw)) is not None
        if place == 0 and not pending[:at].strip("\"'“‘«( "):
            leads.setdefault(item.name, _DEFINES if defines else _OPENS)
        elif defines:
            leads.setdefault(item.name, _SPEECH_VERBS)
    return leads


@dataclass(frozen=True, slots=True)
class Reached:
    """Windows with the scores of paths, and the path to each window, by position."""

    windows: Windows
    paths: Mapping[int, Hop]


def _boost_titled(search: Search, windows: Windows) -> Windows:
    """Rank windows first whose text opens with a name of the question.

    The opening of a text without a title replaces its title.
    """

    snapshot, question = search.snapshot, search.cue.text

    def scan() -> list[tuple[int, int, float]]:
        names = list({mention.name: mention for mention in mentions.mentions(question)})
        walk = Walk(search)
        return [
            (
                ordinal,
                int(snapshot.sections[snapshot.sections.searchsorted(ordinal) + 1]),
                weight * (walk.mass(name) / len(owned)) ** 0.5,
            )
            for name, owned in zip(names, walk.owned(names) if names else (), strict=True)
            for ordinal, weight in owned
        ]

    opening = snapshot.cached(("opened", question), scan)
    if not opening:
        return windows
    boost = np.zeros(len(windows.starts), np.float32)
    for ordinal, stop, score_weight in opening:
        low, high = windows.starts.searchsorted([ordinal, stop])
        boost[low:high] = np.maximum(boost[low:high], score_weight)
    if not boost.any():
        return windows
    top = float(windows.scores.max(initial=0.0)) or 1.0
    scores = windows.scores / top + TITLED * boost * (windows.titled == 0)
    return replace(windows, scores=scores, centred=centred(snapshot, windows.starts, scores))


def reach(search: Search, windows: Windows) -> Reached | None:
    """The windows with those that paths lead to; None if there are none."""
    snapshot = search.snapshot
    opening = _boost_titled(search, windows)
    result = hops(search, opening)
    if not result:
        return None if opening is windows else Reached(opening, {})
    repeated = _boost_titled(search, widened(search, windows, _ends(snapshot, result)))
    added, paths = _added(snapshot, repeated, result)
    top = float(repeated.scores.max(initial=0.0)) or 1.0
    lead = int(np.argmax(repeated.centred))
    scores = repeated.scores / top + added
    # The best match by words stays first, since a path may mislead.
    scores[lead] = scores.max() * (1 + 1e-4)
    return Reached(
        replace(repeated, scores=scores, centred=centred(snapshot, repeated.starts, scores)),
        paths,
    )


def _ends(snapshot: Snapshot, matches: Sequence[Hop]) -> Ordinals:
    """The ends of paths, and the whole sections that they title."""
    ends: list[int] = []
    for hop, first, stop in _with_sections(snapshot, matches):
        if hop.whole and stop - first <= _LONG:
            ends.extend(range(first, stop))
        else:
            ends.append(hop.ordinal)
    return joined(np.array(ends, np.int32))


def _with_sections(snapshot: Snapshot, matches: Sequence[Hop]) -> Iterator[tuple[Hop, int, int]]:
    """Each path with the section of its end, as `[first, stop)`."""
    ordinals = np.array([hop.ordinal for hop in matches], np.int32)
    first = snapshot.columns["section_start"][ordinals]
    stop = snapshot.sections[snapshot.sections.searchsorted(first) + 1]
    return zip(matches, first.tolist(), stop.tolist(), strict=True)


def _added(
    snapshot: Snapshot, windows: Windows, matches: Sequence[Hop]
) -> tuple[F32, dict[int, Hop]]:
    """The score added to each window, and the best path to it, by position."""
    added = np.zeros(len(windows.starts), np.float32)
    spans = [
        (first, stop) if stop - first <= _LONG else (hop.ordinal - 2, hop.ordinal + 1)
        for hop, first, stop in _with_sections(snapshot, matches)
    ]
    firsts = np.array([first for first, _ in spans], np.int32)
    bounds = windows.starts.searchsorted(np.array(spans, np.int32).reshape(-1, 2))
    lengths = bounds[:, 1] - bounds[:, 0]
    # One row per pair of a path and a window that it touches.
    path = np.repeat(np.arange(len(matches)), lengths)
    place = np.arange(len(path)) + np.repeat(bounds[:, 1] - np.cumsum(lengths), lengths)
    touched = windows.ends[place] > firsts[path]
    path, place = path[touched], place[touched]
    values = np.array([_HOP * hop.value for hop in matches], np.float32)[path]
    # The best path counts; of equals the first.
    order = np.lexsort((path, -values))
    places, at = np.unique(place[order], return_index=True)
    best = order[at]
    weight = values[best] > 0
    places, best = places[weight], best[weight]
    added[places] = values[best]
    paths = {
        item: matches[number]
        for item, number in zip(places.tolist(), path[best].tolist(), strict=True)
    }
    return added, paths


def paths_to(search: Search, paths: Mapping[int, Hop], best: Sequence[Quote]) -> dict[int, Step]:
    """The steps to quotes that paths lead to, by position."""
    linked = {quote.place: paths[quote.place] for quote in best if quote.place in paths}
    if not linked:
        return {}
    connection, source = search.connection, search.snapshot.columns["source"]
    wording = text.engrams(connection, [hop.seed + 1 for hop in linked.values()])
    titles = sources.titles(connection, {int(source[hop.seed]) for hop in linked.values()})
    return {
        place: Step(
            name=hop.name,
            engram=hop.seed + 1,
            sentence=wording[hop.seed + 1].text,
            source=int(source[hop.seed]),
            title=titles.get(int(source[hop.seed]), ("", 0.0))[0],
            start=wording[hop.seed + 1].start,
            end=wording[hop.seed + 1].end,
        )
        for place, hop in linked.items()
        if hop.seed + 1 in wording
    }


def reason(via: Step) -> str:
    """One sentence on the path to a quote."""
    wording = (
        via.sentence if len(via.sentence) <= _EXCERPT else f"{via.sentence[:_EXCERPT].rstrip()}…"
    )
    return f"Reached over “{via.name}”, which “{via.title}” names: “{wording}”"


def final_step(quote: Evidence) -> Step:
    """The end of a path: the quote itself."""
    source, place = quote.source, quote.locator
    return Step("", quote.engram, quote.quote, source.id, source.title, place.start, place.end)
