"""Scores windows of text for a question: word proximity, section, title.

A window is a quote of at most three sentences and 80 words that starts at any sentence. Its score
is the sum of two shares of the best: by words and by meaning. A word of the question counts by its
*proximity* to the window, not only inside it, because running text names people once and then says
"he"; names decay more slowly still. Added are BM25 (Robertson & Zaragoza 2009) over the section,
which for a short record is the record itself, and a boost for records whose title is in the
question. Meaning is the mean cosine of the window's sentences (`dense_scores`). The cost is
bounded: at most a few thousand candidates come from the postings of the rarest words and the
nearest vectors, and the proximity of a word is a binary search per candidate (`nearness`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.arrays import F32
from workbench.memory import segment, words
from workbench.memory.segment import Ordinals, membership
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Cue, Term
from workbench.recall.search import Search

#: Maximum sentences per question.
MAX_CANDIDATES = 6000
#: The weights of the section's BM25 beside proximity, and of meaning beside words (chosen on tales,
#: papers and texts that the reader had not learned from; half and double are as good), and the
#: constants of BM25.
_SECTION, _MEANING = 0.45, 0.8
_K1, _B = 1.2, 0.75
#: The weight of a word in a heading, and in a title.
_HEADING, _TITLE = 5.0, 2.0
#: The words of a record at which its title counts half of a word inside.
_RECORD_WORDS = 300.0
#: The boost of a title in the question; of the author or speaker.
TITLED, _AUTHOR = 0.8, 0.5

#: The upper bounds of distance steps, in sentences; the weights of a word at each step and beyond
#: it in the same flow, and those of a name.
_REACH = (0, 2, 8, 16)
_COMMON, _NAMES = (1.0, 0.6, 0.4, 0.25, 0.1), (1.0, 0.9, 0.8, 0.6, 0.4)
#: The weight of another form of a word, and, for ranking only and times their cosine, of a similar
#: word.
_STEMS, _AKIN = 0.9, 0.85

MAX_SENTENCES, MAX_WORDS = 3, 80
#: Maximum titles that a question may name in full.
_MAX_TITLES = 200
_NONE: Ordinals = np.zeros(0, np.int32)

FloatType = TypeVar("FloatType", np.float32, np.float64)
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the score of each window, before normalisation.

    `near`, `meets`, `inside` and `in_title` are float32[terms, windows], all others
    float32[windows].
    """

    near: F32
    meets: F32
    inside: F32
    in_title: F32
    shortness: F32
    section: F32
    authors: F32
    meaning: F32


@dataclass(frozen=True, slots=True)
class Windows:
    """Scored windows `[starts, ends)` in ordinals, unsorted.

    `near` is float32[terms, windows]: 1 if the term is inside or in the title of a short record,
    decreasing with distance.
    """

    starts: Ordinals
    ends: Ordinals
    scores: F32
    near: F32
    proximity: F32
    titled: F32
    parts: Parts


@dataclass(frozen=True, slots=True)
class Sections:
    """The distinct sections `[begins, stops)` around windows; `of` is the index for each window."""

    begins: Ordinals
    stops: Ordinals
    of: NDArray[np.intp]


#: Starts and ends of windows, and the components of their scores.
Spans = tuple[Ordinals, Ordinals, Parts]


def candidates(terms: Sequence[Term], maximum: int) -> Ordinals:
    """The sentences with one of the rarest words; every list read is bounded by `maximum`."""
    lists = sorted((term.ordinals for term in terms if term.frequency), key=len)
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
    return segment.joined(*used)


def _best_part(ordinals: Ordinals, lists: Sequence[Ordinals], room: int) -> Ordinals:
    """Of a long list, the newest sentences near most other words of the question."""
    ordinals = ordinals[-16 * max(room, 1) :]
    # NumPy sorts short integers by counting.
    company = np.zeros(len(ordinals), np.int16)
    for other in lists:
        company += segment.proximity(other, ordinals, 2)
    best = np.argsort(-company, kind="stable")[:room]
    return np.sort(ordinals[best])


def cut(snapshot: Snapshot, matches: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Windows `[starts, ends)` that include these ascending sentences.

    Each is as long as the limits allow, within one section.
    """
    if not len(matches):
        return matches, matches
    starts = segment.joined(*(matches - np.int32(step) for step in range(MAX_SENTENCES)))
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
    # A truncated window may no longer include a candidate.
    reached = segment.between(matches, starts, ends)
    return starts[reached], ends[reached]


def score(search: Search, also: Ordinals | None = None) -> Windows:
    """Score every window that includes a candidate sentence, or one of `also`."""
    snapshot = search.snapshot
    result = candidates(search.cue.terms, MAX_CANDIDATES)
    titles = _titles(search)
    if len(titles[0]):
        sections = snapshot.columns["section_start"]
        more = segment.joined(*(titles[0] + np.int32(step) for step in range(4)))
        more = more[more < snapshot.size]
        more = more[sections[more] >= 0]
        result = segment.joined(result, search.restrict(more))
    starts, ends = cut(snapshot, result)
    spans = starts, ends, _parts(search, starts, ends)
    if also is not None:
        spans = _more(search, spans, also)
    return _scored(search, spans, titles)


def widened(search: Search, windows: Windows, also: Ordinals) -> Windows:
    """The windows with those that include one of `also`."""
    spans = windows.starts, windows.ends, windows.parts
    more = _more(search, spans, also)
    if more is spans:
        return windows
    return _scored(search, more, _titles(search))


def _more(search: Search, contents: Spans, also: Ordinals) -> Spans:
    """The windows with those that include one of `also`."""
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
    """The sum of `parts`, (terms, windows), weighted by term: float32[windows].

    Without BLAS, whose thread synchronisation takes longer than this, and which may report an
    invalid value although all are finite.
    """
    result: F32 = np.einsum("t,tw->w", weights.astype(np.float32), parts)
    return result


def _parts(search: Search, starts: Ordinals, ends: Ordinals) -> Parts:
    snapshot, cue = search.snapshot, search.cue
    closeness, meets, inside = nearness(snapshot, cue.terms, starts, ends)
    context = enclosing_sections(snapshot, starts)
    section, shortness, in_title = _sections(search, context)
    return Parts(
        near=closeness,
        meets=meets,
        inside=inside,
        in_title=in_title,
        shortness=shortness,
        section=section,
        authors=_authors(snapshot, cue, starts),
        meaning=cue.meant.scores(starts, ends)
        if cue.meant is not None
        else np.zeros(len(starts), np.float32),
    )


def enclosing_sections(snapshot: Snapshot, starts: Ordinals) -> Sections:
    """The sections in which windows begin, which are ascending."""
    start_offset, of = segment.runs(snapshot.columns["section_start"][starts])
    return Sections(
        start_offset, snapshot.sections[snapshot.sections.searchsorted(start_offset) + 1], of
    )


def _scored(search: Search, spans: Spans, titles: tuple[Ordinals, F32]) -> Windows:
    snapshot, cue = search.snapshot, search.cue
    starts, ends, parts = spans
    if not len(starts):
        empty = np.zeros(0, np.float32)
        return Windows(starts, ends, empty, parts.near, empty, empty, parts)
    # A word in the title above counts as near.
    closeness = np.maximum(parts.near, parts.in_title * parts.shortness * np.float32(0.9))
    rarity = np.array([term.rarity for term in cue.terms], np.float32)
    proximity = weighed(rarity, closeness)
    titled = _titled(snapshot, starts, titles)
    scores = _share(_share(proximity) + _SECTION * _share(parts.section)) + TITLED * titled
    scores = _share(scores) + _MEANING * parts.meaning
    scores *= 1 + _AUTHOR * parts.authors
    return Windows(
        starts=starts,
        ends=ends,
        scores=scores.astype(np.float32),
        near=closeness,
        proximity=proximity,
        titled=titled,
        parts=parts,
    )


def _share(values: F32) -> F32:
    top = values.max(initial=0.0)
    return (values / top if top > 0 else values).astype(np.float32)


def _sections(search: Search, context: Sections) -> tuple[F32, F32, F32]:
    """For each window its section's BM25 and shortness, and the terms in its title."""
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
        frequency = segment.stretch_counts(term.ordinals, distinct, stops).astype(np.float64)
        above = _above(search, term)
        titled[i] = membership(above.titled, sources)
        frequency += _TITLE * titled[i] + _HEADING * membership(above.headings, distinct)
        frequency += membership(above.authors, distinct)
        containing = max(above.sections, int(np.count_nonzero(frequency)))
        rarity = np.log(1 + max(count - containing + 0.5, 0.1) / (containing + 0.5))
        total += rarity * (_K1 + 1) * frequency / (frequency + norm)
    shortness = _RECORD_WORDS / (_RECORD_WORDS + lengths)
    return (
        total.astype(np.float32).take(of),
        shortness.astype(np.float32).take(of),
        titled.take(of, axis=1),
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """Metadata above sentences: sections with a term in the heading or author.

    `titled` are sources with it in the title, `sections` how many contain it.
    """

    headings: Ordinals
    authors: Ordinals
    titled: Ordinals
    sections: int


def _above(search: Search, term: Term) -> _Above:
    """The metadata matches of a term, cached per question."""

    snapshot = search.snapshot

    def scan() -> _Above:
        forms = words.forms(term.word, "en")
        titles = search.restrict(snapshot.union(words.key(form, "t") for form in forms))
        columns = snapshot.columns
        return _Above(
            headings=snapshot.union(words.key(form, "h") for form in forms),
            authors=snapshot.union(words.key(form, "a") for form in forms),
            titled=segment.joined(columns["source"][titles]),
            sections=segment.count(columns["section_start"][term.ordinals]),
        )

    return snapshot.cached(("above", term.word, term.keys), scan)


def headed_by(search: Search, term: Term) -> Ordinals:
    """The first ordinals of the sections with a term in their heading."""
    return _above(search, term).headings


def _titles(search: Search) -> tuple[Ordinals, F32]:
    """The sources whose whole title is in the question: first ordinals and weights."""
    return search.snapshot.cached(("titles", search.cue.text), lambda: _fully_named(search))


def _fully_named(search: Search) -> tuple[Ordinals, F32]:
    snapshot, cue = search.snapshot, search.cue
    total = sum(term.rarity for term in cue.terms) or 1.0
    shares = {
        form: term.rarity / total for term in cue.terms for form in words.forms(term.word, "en")
    }
    spoken = {form for word in cue.spoken for form in words.forms(word, "en")}
    posted = {form: snapshot.lookup(words.key(form, "t")) for form in spoken}
    ordinals, place = np.unique(np.concatenate([_NONE, *posted.values()]), return_inverse=True)
    shares_of = np.repeat(
        [shares.get(form, 0.0) for form in posted], [len(item) for item in posted.values()]
    )
    mass = np.bincount(place, weights=shares_of)
    size = snapshot.columns["titled"][ordinals]
    capitals = (
        posted[form]
        for term in cue.terms
        if term.capital
        for form in words.forms(term.word, "en")
        if form in posted
    )
    full = (np.bincount(place) >= size) & (size > 0) & (mass > 0)
    full &= (size > 1) | membership(segment.joined(*capitals), ordinals)
    kept = membership(search.restrict(ordinals[full]), ordinals)
    if np.count_nonzero(kept) > _MAX_TITLES:
        kept[:] = False
    return ordinals[kept], np.sqrt(mass[kept]).astype(np.float32)


def _titled(snapshot: Snapshot, starts: Ordinals, titles: tuple[Ordinals, F32]) -> F32:
    ordinals, mass = titles
    if not len(ordinals):
        return np.zeros(len(starts), np.float32)
    source = snapshot.columns["source"]
    of, first = np.unique(source[ordinals], return_index=True)
    at = np.minimum(of.searchsorted(source[starts]), len(of) - 1)
    # A title shared by several sources is ambiguous.
    strength = mass / np.sqrt([np.count_nonzero(mass == item) for item in mass])
    boost: F32 = np.where(of[at] == source[starts], strength[first][at], 0).astype(np.float32)
    return boost


def _authors(snapshot: Snapshot, cue: Cue, starts: Ordinals) -> F32:
    """1 for windows of the single author or speaker whom the question names."""
    forms = (form for term in cue.terms for form in words.forms(term.word, "en"))
    posted = (snapshot.lookup(words.key(form, "a")) for form in forms)
    authors = {ordinals[:64].tobytes(): ordinals for ordinals in posted if len(ordinals)}
    only = next(iter(authors.values())) if len(authors) == 1 else _NONE
    return membership(only, starts).astype(np.float32)


def nearness(
    snapshot: Snapshot, terms: Sequence[Term], starts: Ordinals, ends: Ordinals
) -> tuple[F32, F32, F32]:
    """The proximity of each term to each window `[starts, ends)`, ascending: (terms, windows) each.

    First for the ranking, where exact forms count most; then with all forms equal; then inside
    only.
    """
    proximity = np.zeros((len(terms), len(starts)), np.float32)
    meets, inside = np.zeros_like(proximity), np.zeros_like(proximity)
    values = _by_distance(_COMMON), _by_distance(_NAMES)
    flows = snapshot.columns["flow_start"]
    spans = starts, ends, flows[starts]
    for i, term in enumerate(terms):
        for ordinals, weight in _lists(term):
            counts = _counts(ordinals, flows, spans, values[term.name])
            np.maximum(proximity[i], np.float32(weight) * counts, out=proximity[i])
            if ordinals is term.ordinals:
                meets[i], inside[i] = counts, counts >= 1.0
    return proximity, meets, inside


def _lists(term: Term) -> Iterator[tuple[Ordinals, float]]:
    """Yield the non-empty postings of a term, with weights for the ranking."""
    if len(term.ordinals):
        similar = len(term.exact) == len(term.ordinals)
        yield term.ordinals, 1.0 if similar else _STEMS
        if len(term.exact) and not similar:
            yield term.exact, 1.0
    for ordinals, weight in term.akin:
        yield ordinals, _AKIN * weight


def _counts(
    ordinals: Ordinals, flows: Ordinals, spans: tuple[Ordinals, Ordinals, Ordinals], values: F32
) -> F32:
    """The maximum weight of these sentences for each window: by its start, end and flow."""
    starts, ends, flow = spans
    # Distances beyond the last step are equal, and other flows count nothing.
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
    """The weight of a term at each distance, then beyond, then in another flow."""
    steps = np.searchsorted(np.array(_REACH), np.arange(_REACH[-1] + 2))
    return np.array([*(fading[step] for step in steps), 0.0], np.float32)
