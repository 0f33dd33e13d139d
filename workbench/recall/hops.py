"""Multi-hop search: from names in the best passages to passages that answer the rest.

“Where was the director of X born?” names X. A sentence of X's passage says who directed it: it
covers part of the question and mentions a name. If that name is the title, opening or content of
another passage that covers the *rest* of the question, that passage is reached, though it may have
hardly a word of the question. The score of a path is the product of the coverage of its two ends,
and the best path counts, not the sum (PageRank over the same graph gained almost nothing). No graph
is stored: names are extracted from the best passages and looked up in the index.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import attrgetter

import numpy as np

from workbench.arrays import F32
from workbench.memory import words
from workbench.memory.segment import Ordinals, between, count, joined, membership
from workbench.memory.snapshot import Snapshot
from workbench.recall import mentions
from workbench.recall.mentions import MAX_HOLDERS, Name
from workbench.recall.quotes import Quote
from workbench.recall.records import Evidence, Step
from workbench.recall.search import Search
from workbench.recall.windows import TITLED, Windows, widened
from workbench.space.nearest import largest
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
    ordinals: Sequence[int]
    sentences: Sequence[str]
    titles: Sequence[Name]


def hops(search: Search, windows: Windows) -> list[Hop]:
    """The best path to each section (or sentence of a long one) that a name leads to.

    None if the question has no name: its best sentence is then not an intermediate step.
    """
    terms = search.cue.terms
    # A name may be typed without capitals.
    is_named = mentions.mentions(search.cue.text) or any(term.is_name for term in terms)
    if not len(windows.starts) or len(terms) < 2 or not is_named:
        return []
    return Walk(search).walk(_seeds(search, windows))


def _seeds(search: Search, windows: Windows) -> list[_Seed]:
    """The best sections; of long ones the context of the best windows."""
    connection, snapshot = search.connection, search.snapshot
    top = float(windows.scores.max(initial=0.0)) or 1.0
    best = largest(windows.scores, 40 * _SEEDS)
    spans: list[tuple[float, int, int, int, int]] = []
    used: set[int] = set()
    long = 0
    starts = windows.starts[best]
    opens = snapshot.columns["section_start"][starts]
    sections = np.append(snapshot.sections, np.int32(snapshot.size))
    after = sections[snapshot.sections.searchsorted(opens) + 1]
    columns = (best, starts, windows.ends[best], opens, after)
    for place, start, end, section, stop in zip(*(row.tolist() for row in columns), strict=True):
        is_long = stop - section > _LONG
        if start in used or (is_long and long == _LONG_SEEDS):
            continue
        first, end = (
            (max(section, start - _CONTEXT_MARKS), min(stop, end + _CONTEXT_MARKS))
            if is_long
            else (section, stop)
        )
        long += is_long
        used.update(range(first, end))
        spans.append((float(windows.scores[place]) / top, section, stop, first, end))
        if len(spans) == _SEEDS:
            break
    rows = text.statements(connection, [n + 1 for *_, low, high in spans for n in range(low, high)])
    source = snapshot.columns["source"]
    titles = sources.titles(connection, {int(source[first]) for *_, first, _ in spans})
    seeds = []
    for weight, section, stop, first, end in spans:
        present = [n for n in range(first, end) if n + 1 in rows]
        title = titles.get(int(source[first]), ("", 0.0))[0]
        names = mentions.title_names(title)
        if present and section == present[0] and _untitled(title, rows[section + 1]):
            names = _leads(rows[section + 1])
        sentences = [rows[n + 1] for n in present]
        seeds.append(_Seed(weight, section, stop, present, sentences, tuple(names)))
    return seeds


@dataclass(frozen=True, slots=True)
class _Step:
    """A name to follow: its origin, score, and the rest of the question by term."""

    worth: float
    seed: _Seed
    ordinal: int
    raw: str
    name: Name
    rest: F32


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
        self._terms, self._spoken = search.cue.terms, search.cue.spoken
        rarity = np.array([term.rarity for term in self._terms], np.float32)
        self._masks: dict[Name, F32] = {}
        self._mass = rarity / (rarity.sum() or 1.0)
        self._routes: list[_Route] = []

    def walk(self, seeds: Sequence[_Seed]) -> list[Hop]:
        """Follow the names of these passages; returns the best paths, best first."""
        ordinals = np.array([n for seed in seeds for n in seed.ordinals], np.int32)
        wording = np.array(
            [membership(term.ordinals, ordinals) for term in self._terms], np.float32
        )
        ends = np.cumsum([len(seed.ordinals) for seed in seeds])
        steps = [
            step
            for seed, part in zip(seeds, np.split(wording, ends[:-1], axis=1), strict=True)
            for step in self._steps(seed, part)
        ]
        steps = sorted(steps, key=attrgetter("worth"), reverse=True)[:_FOLLOWED]
        for step, owned in zip(steps, self.owned([step.name for step in steps]), strict=True):
            self._to_owners(step, owned)
            if self._mass @ step.rest > 0:
                origin = step.ordinal, step.raw
                self._to_mentions(step.name, step.seed, step.worth, step.rest, _MENTIONED, origin)
        for seed in seeds:
            # Backwards: sentences that mention the title and cover much of the question.
            for name in seed.titles:
                if not self._spoken.issuperset(name):
                    origin = seed.ordinals[0], " ".join(word.title() for word in name)
                    weight, wanted = _BACK * seed.score, self._outside(name)
                    self._to_mentions(name, seed, weight, wanted, _BACKWARDS, origin)
        return self._best() if self._routes else []

    def _best(self) -> list[Hop]:
        routes = self._routes
        ordinals = np.concatenate([route.ordinals for route in routes])
        share = np.concatenate([route.share for route in routes])
        number = np.repeat(np.arange(len(routes)), [len(route.ordinals) for route in routes])
        target = (self._mass * np.array([route.wanted for route in routes])).T[:, number]
        adjacent, context = self._matched_mass(ordinals, target)
        kind = np.array([route.kind for route in routes])[number]
        titled, mentioned = _END + context, 0.5 * (context + adjacent)
        backwards = (_BEGIN + adjacent) * adjacent
        values = share * np.choose(kind, (titled, mentioned, backwards))
        order = np.argsort(-values, kind="stable")
        # The best path to each sentence counts.
        first = np.sort(np.unique(ordinals[order], return_index=True)[1])[:_REACHED]
        results = []
        for at in order[first].tolist():
            route = routes[number[at]]
            if values[at] > 0:
                whole = route.kind == _TITLED
                results.append(
                    Hop(int(ordinals[at]), float(values[at]), route.seed, route.name, whole)
                )
        return results

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
        context = adjacent.copy()
        for mass, term in zip(target, self._terms, strict=True):
            if mass.any():
                adjacent += mass * membership(term.ordinals, present)[of]
                context += mass * between(term.ordinals, first, stop)[of]
        return adjacent, context

    # -- starts of paths ------------------------------------------------------------------------

    def _steps(self, seed: _Seed, wording: F32) -> Iterable[_Step]:
        """The names in a passage; `wording` is a matrix of terms and sentences."""
        above = 1 - self._outside(tuple(chain.from_iterable(seed.titles)))
        # One row per sentence.
        wording = np.maximum(wording, above[:, None]).T.copy()
        best: dict[Name, _Step] = {}
        for ordinal, sentence, present in zip(seed.ordinals, seed.sentences, wording, strict=True):
            for mention in mentions.mentions(sentence):
                name = mention.name
                if name in seed.titles or self._spoken.issuperset(name):
                    continue
                outside = self._outside(name)
                covered = present * outside
                worth = seed.score * (_BEGIN + float(self._mass @ covered))
                if name not in best or best[name].worth < worth:
                    best[name] = _Step(worth, seed, ordinal, mention.raw, name, outside - covered)
        return best.values()

    def _outside(self, name: Name) -> F32:
        """A mask of terms that are not in a name."""
        mask = self._masks.get(name)
        if mask is None:
            keys = set(map(words.key, name))
            inside = [keys.isdisjoint(term.keys) for term in self._terms]
            mask = self._masks[name] = np.array(inside, np.float32)
        return mask

    # -- ends of paths --------------------------------------------------------------------------

    def owned(self, names: Sequence[Name]) -> list[list[tuple[int, float]]]:
        """For each name the first sentences of the texts that it titles, with a weight.

        The opening of a text without a title replaces its title.
        """
        source = self._snapshot.columns["source"]
        firsts = [mentions.titled(self._search, name) for name in names]
        present = joined(_NONE, *firsts)
        rows = sources.titles(self._search.connection, set(source[present].tolist()))
        titles = {int(n): rows.get(int(source[n]), ("", 0.0))[0] for n in present}
        plain = [n + 1 for n, title in titles.items() if title.endswith(_CUT) or not title]
        opening = text.statements(self._search.connection, plain)
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
            self._routes.append(_Route(ordinals, share, step.rest, _TITLED, step.ordinal, step.raw))

    def _to_mentions(
        self,
        name: Name,
        seed: _Seed,
        weight: float,
        wanted: F32,
        kind: int,
        origin: tuple[int, str],
    ) -> None:
        """Follow a name to the sentences that mention it outside a seed's section.

        None if the name is too frequent. `origin` is the sentence of origin, and the name there.
        """
        holders = self._snapshot.cached(
            ("holding", name), partial(mentions.sentences_with, self._search, name)
        )
        low, high = holders.searchsorted([seed.section, seed.stop]).tolist()
        if 0 < len(holders) - (high - low) <= MAX_HOLDERS:
            holders = np.delete(holders, slice(low, high))
            sections = self._snapshot.columns["section_start"][holders]
            share = np.full(len(holders), weight / count(sections) ** 0.25, np.float32)
            self._routes.append(_Route(holders, share, wanted, kind, *origin))


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
    return replace(windows, scores=scores)


def reach(search: Search, windows: Windows) -> tuple[Windows, Mapping[int, Hop]]:
    """The windows with those that paths lead to, and the path to each window, by position."""
    snapshot = search.snapshot
    opening = _boost_titled(search, windows)
    result = hops(search, opening)
    if not result:
        return opening, {}
    repeated = _boost_titled(search, widened(search, windows, _ends(snapshot, result)))
    paths = _paths(snapshot, repeated, result)
    top = float(repeated.scores.max(initial=0.0)) or 1.0
    lead = int(np.argmax(repeated.scores))
    scores = repeated.scores / top
    scores[[*paths]] += np.array([_HOP * path.value for path in paths.values()], np.float32)
    # The best match by words stays first, since a path may mislead.
    scores[lead] = scores.max() * (1 + 1e-4)
    return replace(repeated, scores=scores), paths


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


def _paths(snapshot: Snapshot, windows: Windows, matches: Sequence[Hop]) -> dict[int, Hop]:
    """The best path to each window, by position."""
    paths: dict[int, Hop] = {}
    for hop, first, stop in _with_sections(snapshot, matches):
        if stop - first > _LONG:
            first, stop = hop.ordinal - 2, hop.ordinal + 1
        low, high = windows.starts.searchsorted([first, stop]).tolist()
        for place, end in enumerate(windows.ends[low:high].tolist(), low):
            if end > first:
                paths.setdefault(place, hop)
    return paths


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
