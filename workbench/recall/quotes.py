"""Turns scored windows into evidence: text, bounds, rank, location, highlights.

Paratext (Genette 1987), lines about a text rather than of it, is left out: “Return home from
Brazil—The gift of a ship—The rebuilding of the Spray” has the words of its whole chapter and
answers no question; nor does “[Illustration: The house of the king.]”.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import attrgetter

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.question import Cue, Term
from workbench.recall.records import Evidence, Place, SourceRef
from workbench.recall.windows import MAX_SENTENCES, MAX_WORDS, Windows
from workbench.space.nearest import largest
from workbench.store import sources, text
from workbench.store.records import EngramRow, PageRow, PassageRow, SectionRow, SourceRow

_CAPTION = later(r"(?i)\[(?:illustration|abbildung|image|bild)\b[^\[\]]*\]")
_DASH = later(r"\s*(?:--+|—|\s–\s)\s*")
#: The fewest topics of a summary, their fewest words on average, and the share of them that begin
#: like headings.
_TOPICS, _WORDS, _CAPITAL = 4, 2, 0.75


@lru_cache(4096)
def is_paratext(sentence: str) -> bool:
    """Whether a sentence is the caption of an illustration or the summary above a chapter."""
    text = sentence.strip()
    if _CAPTION.fullmatch(text):
        return True
    topics = list(filter(None, _DASH.split(text.rstrip(" ."))))
    if len(topics) < _TOPICS or any(topic[-1] in ".!?;," for topic in topics):
        return False
    if len(text.split()) < _WORDS * len(topics):
        return False
    heads: int = sum(topic.lstrip("_*\"'“‘„(")[:1].isupper() for topic in topics)
    return heads >= _CAPITAL * len(topics)


#: The weight of a caption, or the summary of a chapter, beside its text.
_PARATEXT = 0.5
#: Characters of context on each side of a quote.
_CONTEXT = 200
#: The minimum words of the rest of a window.
_FRAGMENT = 4
#: Maximum characters between adjacent sentences; more may be an omitted heading.
_GAP = 3
#: The shares of the tiers in a quote that is found by words alone.
BY_WORDS: Mapping[str, float] = {"lexical": 1.0, "semantic": 0.0, "graph": 0.0, "spiking": 0.0}
#: Quotes that are looked at for each that is shown, and how many sentences and words a card has;
#: the most characters between two paragraphs.
_JOINED, _CARD_SENTENCES, _CARD_WORDS, _PARAGRAPH = 3, 6, 160, 4
#: Minimum characters of a text whose locations are given as a share.
_LONG = 20_000


_TEXT = attrgetter("text")


@dataclass(frozen=True)
class Quote:
    """A window with its text. `score` is comparable within one question only."""

    place: int
    engrams: tuple[EngramRow, ...]
    score: float

    @cached_property
    def sentences(self) -> frozenset[tuple[str, ...]]:
        """The sentences as sequences of folded words."""
        return frozenset(map(_word_sequence, map(_TEXT, self.engrams)))

    @cached_property
    def words(self) -> str:
        """The text, sentences joined by single spaces."""
        return " ".join(" ".join(map(_TEXT, self.engrams)).split())


@dataclass(frozen=True, slots=True)
class WindowSpan:
    """A window, or the rest of one after overlaps: the ordinals `[start, end)`."""

    place: int
    start: int
    end: int
    score: float

    @property
    def ordinals(self) -> range:
        """The ordinals of its sentences."""
        return range(self.start, self.end)


def shortlist(
    windows: Windows, snapshot: Snapshot, maximum: int, headed: Collection[int] = ()
) -> list[WindowSpan]:
    """The best windows without common sentences, best first.

    Those that begin at one of `headed` are kept, however short, for the words of their heading.

    An overlapping window is shifted: it loses the common sentences and grows on the other side, so
    that no quote is a fragment; one that cannot grow, such as a signature, is left out.
    """
    selection: list[WindowSpan] = []
    used: set[int] = set()
    best = largest(windows.scores, maximum * 30)
    spans = windows.starts[best].tolist(), windows.ends[best].tolist()
    for place, left, right in zip(best.tolist(), *spans, strict=True):
        start, end = left, right
        while start < end and start in used:
            start += 1
        while start < end and end - 1 in used:
            end -= 1
        if start == end or not used.isdisjoint(range(start, end)):
            continue
        few = snapshot.before[end] - snapshot.before[start] < _FRAGMENT
        if few and start not in headed and not windows.parts.inside[:, place].any():
            # A signature or heading without a word of the question, near by chance.
            continue
        is_cut = end - start < right - left
        if (start > left) != (end < right):
            start, end = _grow_sideways(snapshot, start, end, start > left, used)
        if is_cut and snapshot.before[end] - snapshot.before[start] < _FRAGMENT:
            continue
        selection.append(WindowSpan(place, start, end, float(windows.scores[place])))
        used.update(range(start, end))
        if len(selection) == maximum:
            break
    return selection


def _grow_sideways(
    snapshot: Snapshot, start: int, end: int, forwards: bool, used: Collection[int]
) -> tuple[int, int]:
    """Extend a window at one side, within the section and the limits of a quote."""
    section = snapshot.columns["section_start"]
    length = snapshot.columns["words"]
    total = int(snapshot.before[end] - snapshot.before[start])
    while end - start < MAX_SENTENCES:
        grown = end if forwards else start - 1
        if not 0 <= grown < snapshot.size or grown in used:
            break
        total += int(length[grown])
        if section[grown] != section[start] or total > MAX_WORDS:
            break
        start, end = min(start, grown), max(end, grown + 1)
    return start, end


def read(connection: sqlite3.Connection, cue: Cue, selection: Sequence[WindowSpan]) -> list[Quote]:
    """Load the text of windows, best first."""
    contents = text.engrams(
        connection, sorted({n for item in selection for n in range(item.start + 1, item.end + 1)})
    )
    quotes = []
    for item in selection:
        rows, found = list[EngramRow](), list[EngramRow]()
        for row in filter(None, map(contents.get, range(item.start + 1, item.end + 1))):
            found.append(row)
            if not is_paratext(row.text):
                rows.append(row)
        score = item.score if rows else item.score * _PARATEXT
        if found:
            quotes.append(Quote(item.place, tuple(_unbroken(rows or found, cue)), score))
    return sorted(quotes, key=attrgetter("score"), reverse=True)


def _unbroken(rows: Sequence[EngramRow], cue: Cue) -> list[EngramRow]:
    """The contiguous run of sentences (no heading or figure between) with the highest coverage."""
    runs: list[list[EngramRow]] = []
    for row in rows:
        final = runs[-1][-1] if runs else None
        if final is not None and (
            final.passage == row.passage
            or (final.section == row.section and row.start - final.end <= _GAP)
        ):
            runs[-1].append(row)
        else:
            runs.append([row])
    if len(runs) < 2:
        return list(rows)
    return max(runs, key=lambda run: cover(" ".join(row.text for row in run), cue))


def cover(sentence: str, cue: Cue) -> float:
    """The share of the question's weight in a sentence."""
    total = sum(term.weight for term in cue.terms) or 1.0
    return sum(term.weight for term in matched(sentence, cue)) / total


def matched(sentence: str, cue: Cue) -> list[Term]:
    """The terms of the question in a sentence."""
    keys = _keys(sentence)
    return [term for term in cue.terms if not keys.isdisjoint(term.keys)]


@lru_cache(maxsize=2048)
def _keys(sentence: str) -> frozenset[int]:
    """The word keys of a sentence; cached, since a quote is examined repeatedly."""
    return frozenset(map(words.key, _word_sequence(sentence)))


@lru_cache(maxsize=4096)
def _word_sequence(sentence: str) -> tuple[str, ...]:
    """The words of a sentence in order; cached, since it is in several windows."""
    return tuple(words.sequence(sentence))


def joined(
    quotes: Sequence[Quote], limit: int, alone: Set[int] = frozenset()
) -> tuple[list[Quote], dict[int, int]]:
    """The first `limit` quotes, each with those right before and after it among the next ones.

    Two windows of one paragraph would otherwise take the room of another. Also returns the place of
    the quote that each joined one became part of. Within the limits of a card; those at the places
    `alone` stay by themselves.
    """
    kept: list[Quote] = []
    parts: dict[int, int] = {}
    for quote in quotes[: _JOINED * limit]:
        at = next(
            (
                at
                for at, other in enumerate(kept)
                if alone.isdisjoint((quote.place, other.place)) and _adjoins(quote, other)
            ),
            None,
        )
        if at is None:
            kept.append(quote)
        else:
            rows = sorted((*kept[at].engrams, *quote.engrams), key=lambda row: row.id)
            kept[at] = replace(kept[at], engrams=tuple(rows))
            parts[quote.place] = kept[at].place
    return kept[:limit], parts


def _adjoins(quote: Quote, other: Quote) -> bool:
    """Whether two quotes follow one another in a section, and both fit on a card."""
    first, second = quote.engrams, other.engrams
    if first[0].id > second[0].id:
        first, second = second, first
    return (
        first[-1].section == second[0].section
        and first[-1].id + 1 == second[0].id
        and second[0].start - first[-1].end <= _PARAGRAPH
        and len(first) + len(second) <= _CARD_SENTENCES
        and len(quote.words.split()) + len(other.words.split()) <= _CARD_WORDS
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The context that all quotes of an answer share."""

    sections: Mapping[int, SectionRow]
    texts: Mapping[int, str]
    chapters: Mapping[int, str]
    passages: Mapping[int, PassageRow]
    pages: Mapping[int, PageRow | None]
    sources: Mapping[int, SourceRow]


def surroundings(connection: sqlite3.Connection, quotes: Iterable[Quote]) -> Surroundings:
    """Load the sections, passages and sources of these quotes."""
    quotes = list(quotes)
    firsts = [quote.engrams[0] for quote in quotes]
    section_ids = {row.section for row in firsts}
    sections = text.sections_by_ids(connection, section_ids)
    return Surroundings(
        sections=sections,
        texts={section: text.section_text(connection, section) for section in section_ids},
        chapters={row.id: text.chapter_path(connection, row) for row in sections.values()},
        passages=text.passages_by_ids(
            connection, {row.passage for quote in quotes for row in quote.engrams}
        ),
        # A passage may begin on the page before its third sentence.
        pages={row.id: text.page_at(connection, row.source, row.start) for row in firsts},
        sources={
            row.id: row for row in sources.by_ids(connection, sorted({r.source for r in firsts}))
        },
    )


def preceding_sentences(connection: sqlite3.Connection, quotes: Iterable[Quote]) -> list[str]:
    """The sentence before each quote in its source, empty for the first one."""
    firsts = [quote.engrams[0] for quote in quotes]
    prefix = text.engrams(connection, [first.id - 1 for first in firsts])
    return [
        row.text if row is not None and row.source == first.source else ""
        for first in firsts
        for row in [prefix.get(first.id - 1)]
    ]


def source_text(quote: Quote, context: Surroundings) -> str:
    """The source's text at the quote's position, with collapsed white space."""
    section = context.sections[quote.engrams[0].section]
    full = context.texts[section.id]
    start = quote.engrams[0].start - section.start
    return " ".join(full[start : quote.engrams[-1].end - section.start].split())


def evidence(
    quote: Quote, number: int, probability: float, cue: Cue, context: Surroundings
) -> Evidence:
    """The quote as public evidence."""
    first, final = quote.engrams[0], quote.engrams[-1]
    section = context.sections[first.section]
    full = context.texts[first.section]
    passage = context.passages[first.passage]
    source = context.sources[first.source]
    start, end = first.start - section.start, final.end - section.start
    wording = source_text(quote, context)
    return Evidence(
        n=number,
        engram=first.id,
        quote=wording,
        score=probability,
        tags=(),
        tiers=BY_WORDS,
        source=reference_to(source),
        locator=replace(
            place_of(first, final, passage, context.pages[first.id], context.chapters[section.id]),
            seconds=_second(quote, passage, cue, context),
            share=share_of(source, first.start),
        ),
        engrams=tuple(engram.id for engram in quote.engrams),
        before=_left_context(full, start),
        after=_after(full, end),
        highlights=highlights(wording, cue),
    )


def reference_to(source: SourceRow) -> SourceRef:
    """The reference to a source in public records."""
    return SourceRef(source.id, source.key, source.title, source.path, source.kind)


def share_of(source: SourceRow, start: int) -> float | None:
    """The relative position of a character in a long source, 0 to 1; None in a short one."""
    return start / source.characters if source.characters >= _LONG else None


def place_of(
    first: EngramRow, final: EngramRow, passage: PassageRow, page: PageRow | None, chapter: str
) -> Place:
    """The location of sentences, given the passage and page of the first."""
    return Place(
        page=page.number if page else passage.page,
        page_label=page.label if page else passage.page_label,
        chapter=chapter or None,
        start=first.start,
        end=final.end,
        seconds=passage.seconds,
        box=passage.box,
    )


def _second(quote: Quote, passage: PassageRow, cue: Cue, context: Surroundings) -> float | None:
    """The time of the sentence with the highest coverage, which may follow a pause."""
    if passage.seconds is None:
        return None
    best = max(quote.engrams, key=lambda engram: cover(engram.text, cue))
    second = context.passages[best.passage].seconds
    return passage.seconds if second is None else second


def _left_context(full: str, start: int) -> str:
    """The context before, from the start of a word."""
    cut = max(0, start - _CONTEXT)
    piece = full[cut:start]
    if cut and not full[cut - 1].isspace():
        piece = piece.split(maxsplit=1)[-1] if " " in piece else piece
    return " ".join(piece.split())


def _after(full: str, end: int) -> str:
    """The context after, to the end of a word."""
    piece = full[end : end + _CONTEXT]
    if end + _CONTEXT < len(full) and not full[end + _CONTEXT].isspace() and " " in piece:
        piece = piece.rsplit(maxsplit=1)[0]
    return " ".join(piece.split())


def highlights(
    quote: str, cue: Cue, value: tuple[int, int] | None = None
) -> tuple[tuple[int, int], ...]:
    """The spans of the question's words and of the value in the quote, merged."""
    keys = {key for term in cue.terms for key in term.keys}
    spans = [
        (start, end)
        for raw, start, end in words.spans(quote)
        for wording in (words.split(raw),)
        # One of the keys, in a script with spaces.
        if not keys.isdisjoint(map(words.key, wording)) and not any(map(words.is_dense, wording))
    ]
    spans += [
        (at, at + len(term.word))
        for term in cue.terms
        if words.is_dense(term.word)
        for at in range(len(quote))
        if quote.startswith(term.word, at)
    ]
    if value is not None:
        spans.append(value)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def reasons(quote: Quote, cue: Cue, windows: Windows, heading: str, title: str) -> list[str]:
    """Short sentences on why this quote was selected."""
    result = matched(quote.words, cue)
    exact = set(words.sequence(quote.words))
    inside = [term.raw if term.word in exact else f"{term.raw} (another form)" for term in result]
    nearby = [
        term.raw
        for i, term in enumerate(cue.terms)
        if term not in result and windows.near[i, quote.place] >= 0.25
    ]
    above = [term.raw for term in matched(heading, cue)]
    tokens = [
        f"{lead} {', '.join(terms)}."
        for lead, terms in (
            *(("Words of the question:", inside), ("Nearby:", nearby)),
            (f"The chapter “{heading}” names", above),
        )
        if terms
    ]
    if windows.titled[quote.place] > 0 and title:
        tokens.append(f"The question names the title “{title}”.")
    return tokens
