"""Scores windows of text for a question: word proximity, section, title.

A window is a quote of at most three sentences and 80 words that starts at any sentence. A word of
the question counts by how *near* to the window it stands, not only by standing in it, because
running text names its people once and then says "he"; names fade more slowly still. To
this come BM25 (Robertson & Zaragoza 2009) over the section, which for a
short record is the record itself, and a boost for records whose title the question names.

The cost is flat: candidates come from the postings of the rarest words, at most a few thousand,
and each word's nearness is a search a candidate (`nearness`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.memory.snapshot import Snapshot
from workbench.recall import ordinal_sets
from workbench.recall.ordinal_sets import membership
from workbench.recall.question import Cue, Term
from workbench.recall.search import Search

#: Sentences of a section above which it is running text, and words below which it says little.
LONG, SHORT = 40, 40
#: Sentences that are looked at for one question.
MAX_CANDIDATES = 6000
#: Weight of the section's BM25, what is added to it where sections are records that say more than
#: one window holds, and the constants of BM25.
_SECTION, _RECORD = 0.45, 16.0
_K1, _B = 1.2, 0.75
#: What a word counts in a heading, in a title.
_HEADING, _TITLE = 5.0, 2.0
#: A title stands over a record of so many words half as near as a word in it.
_RECORD_WORDS = 300.0
#: What it adds that the question names the title; the author or speaker.
TITLED, _AUTHOR = 0.8, 0.5
#: Share of its neighbours' scores by which the best placed of overlapping windows is chosen.
_CENTRE = 0.6

#: Sentences within which a word counts as much as stands in the same place of the others, and what
#: it counts anywhere farther in the same flow; a name fades more slowly.
_REACH = (0, 2, 8, 16)
_COMMON, _NAMES = (1.0, 0.6, 0.4, 0.25, 0.1), (1.0, 0.9, 0.8, 0.6, 0.4)
#: What another form of the word counts, and, for the ranking alone and times the cosine of the two,
#: a word in like company.
_STEMS, _AKIN = 0.9, 0.85

MAX_SENTENCES, MAX_WORDS = 3, 80

FloatType = TypeVar("FloatType", np.float32, np.float64)
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the score of each window is made of, before any of it is compared with the best.

    `near`, `meets`, `inside` and `in_title` are (terms, windows), all else is a number a window.
    """

    near: F32
    meets: F32
    inside: F32
    in_title: F32
    shortness: F32
    section: F32
    lengths: F32
    authors: F32
    meaning: F32


@dataclass(frozen=True, slots=True)
class Windows:
    """Scored windows `[starts, ends)` in ordinals, unsorted.

    `near` is (terms, windows): 1 where the term stands inside or in the title of a short record,
    less the farther away.
    """

    starts: Ordinals
    ends: Ordinals
    scores: F32
    centred: F32
    near: F32
    proximity: F32
    titled: F32
    parts: Parts


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections `[begins, stops)` around windows, each once; `of` says which is a window's."""

    begins: Ordinals
    stops: Ordinals
    of: NDArray[np.intp]


#: Where windows begin and end, and what their scores are made of.
Spans = tuple[Ordinals, Ordinals, Parts]


def candidates(snapshot: Snapshot, terms: Sequence[Term], maximum: int) -> Ordinals:
    """Sentences that hold one of the rarest words; every list read is bounded by `maximum`."""
    lists = sorted((term.ordinals for term in terms if term.found), key=len)
    used: list[Ordinals] = []
    room = maximum
    for ordinals in lists:
        if len(ordinals) > room:
            if used and len(used[0]) * 4 > maximum:
                break
            ordinals = _best_part(ordinals, lists, room)
        used.append(ordinals)
        room -= len(ordinals)
        if room <= 0:
            break
    return ordinal_sets.joined(*used)


def _best_part(ordinals: Ordinals, lists: Sequence[Ordinals], room: int) -> Ordinals:
    """Of a long list, the newest sentences near which most other words of the question stand."""
    ordinals = ordinals[-16 * max(room, 1) :]
    # Of numbers so short NumPy sorts by counting.
    company = np.zeros(len(ordinals), np.int16)
    for other in lists:
        company += ordinal_sets.proximity(other, ordinals, 2)
    best = np.argsort(-company, kind="stable")[:room]
    return np.sort(ordinals[best])


def cut(snapshot: Snapshot, matches: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Windows `[starts, ends)` that touch these sentences, ascending ones.

    Each is as long as the limits allow, inside one section.
    """
    if not len(matches):
        return matches, matches
    starts = ordinal_sets.joined(*(matches - np.int32(step) for step in range(MAX_SENTENCES)))
    starts = starts[starts >= 0]
    starts_item = snapshot.columns["section_start"]
    length = snapshot.columns["words"]
    source = snapshot.columns["source"]
    starts = starts[source[starts] > 0]
    section = starts_item[starts]
    total = length[starts]
    ends = starts + np.int32(1)
    grows = np.ones(len(starts), bool)
    for _ in range(MAX_SENTENCES - 1):
        at = np.minimum(ends, np.int32(snapshot.size - 1))
        longer = total + length[at]
        grows &= (ends < snapshot.size) & (starts_item[at] == section)
        grows &= (longer <= MAX_WORDS) & (source[at] > 0)
        total = np.where(grows, longer, total)
        ends += grows
    # A window that was cut short may no longer reach a candidate.
    reached = ordinal_sets.between(matches, starts, ends)
    return starts[reached], ends[reached]


def score(search: Search, also: Ordinals | None = None) -> Windows:
    """Score every window that touches a candidate sentence, or one of `also`."""
    snapshot = search.snapshot
    result = candidates(snapshot, search.cue.terms, MAX_CANDIDATES)
    titles = _titles(search)
    if len(titles[0]):
        sections = snapshot.columns["section_start"]
        more = ordinal_sets.joined(*(titles[0] + np.int32(step) for step in range(4)))
        more = more[more < snapshot.size]
        more = more[sections[more] >= 0]
        result = ordinal_sets.joined(result, search.restrict(more))
    starts, ends = cut(snapshot, result)
    spans = starts, ends, _parts(search, starts, ends)
    if also is not None:
        spans = _more(search, spans, also)
    return _scored(search, spans, titles)


def widened(search: Search, windows: Windows, also: Ordinals) -> Windows:
    """The windows again, with those that touch one of `also` among them."""
    spans = windows.starts, windows.ends, windows.parts
    more = _more(search, spans, also)
    if more is spans:
        return windows
    return _scored(search, more, _titles(search))


def _more(search: Search, contents: Spans, also: Ordinals) -> Spans:
    """The windows that are held, with those that touch one of `also` among them."""
    starts, ends = cut(search.snapshot, also)
    new = ~membership(contents[0], starts)
    starts, ends = starts[new], ends[new]
    if not len(starts):
        return contents
    parts = _parts(search, starts, ends)
    order = np.argsort(np.concatenate([contents[0], starts]), kind="stable")

    def joined(left: NDArray[Number], other: NDArray[Number]) -> NDArray[Number]:
        return np.concatenate([left, other], axis=-1).take(order, axis=-1)

    merged = {
        field.name: joined(getattr(contents[2], field.name), getattr(parts, field.name))
        for field in fields(Parts)
    }
    return joined(contents[0], starts), joined(contents[1], ends), Parts(**merged)


def weighed(weights: NDArray[FloatType], parts: F32) -> F32:
    """The sum of `parts`, (terms, windows), each times the weight of its term: a number a window.

    Without BLAS, whose threads wait for one another longer than this takes, and which may report
    an invalid number where all of them are finite.
    """
    result: F32 = np.einsum("t,tw->w", weights.astype(np.float32), parts)
    return result


def _parts(search: Search, starts: Ordinals, ends: Ordinals) -> Parts:
    snapshot, cue = search.snapshot, search.cue
    empty = np.zeros(0, np.float32)
    if not len(starts):
        none = np.zeros((len(cue.terms), 0), np.float32)
        return Parts(none, none, none, none, *[empty] * 5)
    closeness, meets, inside = nearness(snapshot, cue.terms, starts, ends)
    context = enclosing_sections(snapshot, starts)
    section, shortness, in_title, lengths = _sections(search, context)
    return Parts(
        near=closeness,
        meets=meets,
        inside=inside,
        in_title=in_title,
        shortness=shortness,
        section=section,
        lengths=lengths,
        authors=_authors(snapshot, cue, starts),
        meaning=cue.meant.lift(starts, ends, _long(context), has_short_sections(snapshot))
        if cue.meant is not None
        else np.zeros(len(starts), np.float32),
    )


def enclosing_sections(snapshot: Snapshot, starts: Ordinals) -> Sections:
    """The sections in which windows begin, ascending ones."""
    start_offset, of = ordinal_sets.runs(snapshot.columns["section_start"][starts])
    return Sections(
        start_offset, snapshot.sections[snapshot.sections.searchsorted(start_offset) + 1], of
    )


def _long(context: Sections) -> NDArray[np.bool_]:
    """Which windows stand in running text, in sections longer than a record or a page is."""
    long: NDArray[np.bool_] = (context.stops - context.begins > LONG)[context.of]
    return long


def has_short_sections(snapshot: Snapshot) -> bool:
    """Whether most sections of the library say a sentence or two, as turns of a talk do."""

    def scan() -> bool:
        words = np.diff(snapshot.before[snapshot.sections])
        return bool(len(words)) and float(np.median(words)) < SHORT

    return snapshot.lastingly(("says little",), scan)


def _scored(search: Search, spans: Spans, titles: tuple[Ordinals, F32]) -> Windows:
    snapshot, cue = search.snapshot, search.cue
    starts, ends, parts = spans
    if not len(starts):
        empty = np.zeros(0, np.float32)
        return Windows(starts, ends, empty, empty, parts.near, empty, empty, parts)
    closeness = _title_proximity(parts)
    rarity = np.array([term.rarity for term in cue.terms], np.float32)
    proximity = weighed(rarity, closeness)
    titled = _titled(snapshot, starts, titles)
    scores = _share(proximity) + _SECTION * _share(parts.section)
    # Where the best are short records, the record is the quote: its own BM25 says more.
    best = np.argpartition(-scores, min(20, len(scores) - 1))[:20]
    length = float(np.median(parts.lengths[best]))
    excess = (1 - np.exp(-((length / 150) ** 2))) * (300 / (300 + length)) ** 2
    weight = _SECTION + _RECORD * excess
    scores = _share(proximity) + weight * _share(parts.section)
    scores = _share(scores) + TITLED * titled
    if parts.meaning.any():
        part = (
            cue.meant.lift_share(rarity, parts.inside) if cue.meant is not None else np.float32(1)
        )
        scores = _share(scores) + part * parts.meaning
    scores *= 1 + _AUTHOR * parts.authors
    return Windows(
        starts=starts,
        ends=ends,
        scores=scores.astype(np.float32),
        centred=centred(snapshot, starts, scores),
        near=closeness,
        proximity=proximity,
        titled=titled,
        parts=parts,
    )


def _title_proximity(parts: Parts) -> F32:
    """How near each term is, where what stands in the title above is near, too."""
    titles = np.flatnonzero(parts.in_title.max(axis=1))
    if not len(titles):
        return parts.near
    closeness = parts.near.copy()
    closeness[titles] = np.maximum(
        closeness[titles], parts.in_title[titles] * parts.shortness * np.float32(0.9)
    )
    return closeness


def centred(snapshot: Snapshot, starts: Ordinals, scores: F32) -> F32:
    """Add part of the scores of the windows that start one sentence before and after.

    Of the windows around a telling sentence the middle one is then the best: the answer may stand
    before it or after.
    """
    section = snapshot.columns["section_start"][starts]
    # At an edge the window stands for the neighbour that it has not: an edge is no fault.
    follows = (np.diff(starts) == 1) & (np.diff(section) == 0)
    after = np.append(np.where(follows, scores[1:], scores[:-1]), scores[-1:])
    previous = np.append(scores[:1], np.where(follows, scores[:-1], scores[1:]))
    shared: F32 = (scores + _CENTRE * (previous + after)).astype(np.float32)
    return shared


def _share(values: F32) -> F32:
    top = values.max(initial=0.0)
    return (values / top if top > 0 else values).astype(np.float32)


def _sections(search: Search, context: Sections) -> tuple[F32, F32, F32, F32]:
    """For each window its section's BM25, how short the section is, and which terms title it."""
    snapshot, cue = search.snapshot, search.cue
    distinct, stops, of = context.begins, context.stops, context.of
    lengths = (snapshot.before[stops] - snapshot.before[distinct]).astype(np.float64)
    count = max(len(snapshot.sections) - 1, 1)
    average = max(float(snapshot.before[-1]) / count, 1.0)
    norm = _K1 * (1 - _B + _B * lengths / average)
    sources = snapshot.columns["source"][distinct]
    titled = np.zeros((len(cue.terms), len(distinct)), np.float32)
    total = np.zeros(len(distinct))
    for i, term in enumerate(cue.terms):
        frequency = ordinal_sets.stretch_counts(term.ordinals, distinct, stops).astype(np.float64)
        above = _above(search, term)
        containing = above.sections
        if len(above.headings):
            frequency += _HEADING * membership(above.headings, distinct)
        if len(above.titled):
            titled[i] = membership(above.titled, sources)
            frequency += _TITLE * titled[i]
        if len(above.authors):
            frequency += membership(above.authors, distinct)
        if len(above.headings) or len(above.titled) or len(above.authors):
            # Of the text alone no more hold the term here than in all.
            containing = max(containing, int(np.count_nonzero(frequency)))
        rarity = np.log(1 + max(count - containing + 0.5, 0.1) / (containing + 0.5))
        total += rarity * (_K1 + 1) * frequency / (frequency + norm)
    shortness = _RECORD_WORDS / (_RECORD_WORDS + lengths)
    return (
        total.astype(np.float32).take(of),
        shortness.astype(np.float32).take(of),
        titled.take(of, axis=1) if titled.any() else np.zeros((len(titled), len(of)), np.float32),
        lengths.astype(np.float32).take(of),
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above the sentences: sections that a term heads or whose author it names.

    `titled` are sources that it titles, `sections` how many it stands in.
    """

    headings: Ordinals
    authors: Ordinals
    titled: Ordinals
    sections: int


def _above(search: Search, term: Term) -> _Above:
    """What stands above for a term; looked up once for a question."""

    snapshot = search.snapshot

    def scan() -> _Above:
        forms = words.forms(term.word, "en")
        titles = search.restrict(snapshot.union(words.key(form, "t") for form in forms))
        columns = snapshot.columns
        return _Above(
            headings=snapshot.union(words.key(form, "h") for form in forms),
            authors=snapshot.union(words.key(form, "a") for form in forms),
            titled=ordinal_sets.joined(columns["source"][titles]),
            sections=ordinal_sets.count(columns["section_start"][term.ordinals]),
        )

    return snapshot.cached(("above", term.word, term.keys), scan)


def _titles(search: Search) -> tuple[Ordinals, F32]:
    """Sources that the question names by their whole title: first ordinals and strength."""
    return search.snapshot.cached(("titles", search.cue.text), lambda: _fully_named(search))


def _fully_named(search: Search) -> tuple[Ordinals, F32]:
    snapshot, cue = search.snapshot, search.cue
    posted: list[Ordinals] = []
    masses: list[float] = []
    total = sum(term.rarity for term in cue.terms) or 1.0
    by_form = {}
    for term in cue.terms:
        for form in words.forms(term.word, "en"):
            by_form[form] = term
    vocabulary = {form: word for word in cue.spoken for form in words.forms(word, "en")}
    for form in vocabulary:
        ordinals = snapshot.lookup(words.key(form, "t"))
        if len(ordinals):
            posted.append(ordinals)
            masses.append(by_form[form].rarity / total if form in by_form else 0.0)
    empty = np.zeros(0, np.int32), np.zeros(0, np.float32)
    if not posted:
        return empty
    ordinals, place = np.unique(np.concatenate(posted), return_inverse=True)
    matched = np.bincount(place)
    mass = np.bincount(place, weights=np.repeat(masses, [len(item) for item in posted]))
    size = snapshot.columns["titled"][ordinals]
    full = (matched >= size) & (size > 0) & (mass > 0)
    single = {
        key
        for term in cue.terms
        if term.capital
        for form in words.forms(term.word, "en")
        for key in snapshot.lookup(words.key(form, "t")).tolist()
    }
    if single:
        full &= (size > 1) | membership(np.array(sorted(single), np.int32), ordinals)
    else:
        full &= size > 1
    ordinals, mass = ordinals[full], mass[full]
    retained = search.restrict(ordinals)
    mass = mass[membership(retained, ordinals)]
    if not len(retained) or len(retained) > 200:
        return empty
    return retained, (np.sqrt(mass)).astype(np.float32)


def _titled(snapshot: Snapshot, starts: Ordinals, titles: tuple[Ordinals, F32]) -> F32:
    ordinals, mass = titles
    boost = np.zeros(len(starts), np.float32)
    if not len(ordinals):
        return boost
    # Where many sources share the title, each is less surely the one that is meant.
    source = snapshot.columns["source"]
    of = source[ordinals]
    order = np.argsort(of, kind="stable")
    at = np.searchsorted(of[order], source[starts])
    at[at == len(order)] = 0
    hit = of[order][at] == source[starts]
    strength = mass[order][at]
    same = np.array([np.count_nonzero(mass == item) for item in mass[order]])[at]
    boost[hit] = (strength / np.sqrt(same))[hit]
    return boost


def _authors(snapshot: Snapshot, cue: Cue, starts: Ordinals) -> F32:
    """1 for windows said by the one author or speaker whom the question names."""
    vocabulary: dict[bytes, Ordinals] = {}
    for term in cue.terms:
        for form in words.forms(term.word, "en"):
            ordinals = snapshot.lookup(words.key(form, "a"))
            if len(ordinals):
                vocabulary.setdefault(ordinals[:64].tobytes(), ordinals)
    if len(vocabulary) != 1:
        return np.zeros(len(starts), np.float32)
    (ordinals,) = vocabulary.values()
    return membership(ordinals, starts).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Posted:
    """Where one of a term's words stands, and what it counts there.

    What stands at a distance counts `near` of that for the ranking and `meets` of it with all forms
    alike; what stands inside, counts `inside`.
    """

    ordinals: Ordinals
    near: float
    meets: float = 0.0
    inside: float = 0.0


def nearness(
    snapshot: Snapshot, terms: Sequence[Term], starts: Ordinals, ends: Ordinals
) -> tuple[F32, F32, F32]:
    """How near each term stands to each window `[starts, ends)`, ascending: (terms, windows) each.

    First for the ranking, where exact forms count most; then with all forms alike; then only what
    stands inside.
    """
    proximity = np.zeros((len(terms), len(starts)), np.float32)
    meets, inside = np.zeros_like(proximity), np.zeros_like(proximity)
    postings = [(i, posted) for i, term in enumerate(terms) for posted in _lists(term)]
    values = _by_distance(_COMMON), _by_distance(_NAMES)
    flows = snapshot.columns["flow_start"]
    spans = starts, ends, flows[starts]
    for i, posted in postings:
        counts = _counts(posted.ordinals, flows, spans, values[terms[i].name])
        np.maximum(proximity[i], np.float32(posted.near) * counts, out=proximity[i])
        if posted.meets:
            np.maximum(meets[i], np.float32(posted.meets) * counts, out=meets[i])
        if posted.inside:
            inside_item = np.float32(posted.inside) * (counts >= 1.0)
            np.maximum(inside[i], inside_item, out=inside[i])
    return proximity, meets, inside


def _lists(term: Term) -> Iterator[_Posted]:
    """The lists of a term that hold anything."""
    if len(term.ordinals):
        similar = len(term.exact) == len(term.ordinals)
        yield _Posted(term.ordinals, 1.0 if similar else _STEMS, 1.0, 1.0)
        if len(term.exact) and not similar:
            yield _Posted(term.exact, 1.0)
    for ordinals, weight in term.akin:
        yield _Posted(ordinals, _AKIN * weight)


def _counts(
    ordinals: Ordinals, flows: Ordinals, spans: tuple[Ordinals, Ordinals, Ordinals], values: F32
) -> F32:
    """What one of these sentences counts at most for each window: its start, end and flow."""
    starts, ends, flow = spans
    # Sentences farther away than any step count alike, and what stands in another flow nothing.
    excess, far = np.int32(len(values) - 2), np.int32(len(values) - 1)
    contents = flows[ordinals]
    at = ordinals.searchsorted(starts)
    right = ordinals.take(at, mode="clip")
    ahead = np.clip(right - ends + np.int32(1), np.int32(0), excess)
    ahead[(right < starts) | (contents.take(at, mode="clip") != flow)] = far
    at -= 1
    left = ordinals.take(at, mode="clip")
    following = np.minimum(starts - left, excess)
    following[(left >= starts) | (contents.take(at, mode="clip") != flow)] = far
    result: F32 = values[np.minimum(ahead, following)]
    return result


@cache
def _by_distance(fading: tuple[float, ...]) -> F32:
    """What a term counts at each distance, then at any greater one, then in another flow."""
    steps = np.searchsorted(np.array(_REACH), np.arange(_REACH[-1] + 2))
    return np.array([*(fading[step] for step in steps), 0.0], np.float32)
