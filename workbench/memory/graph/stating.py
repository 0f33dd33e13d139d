"""Extracts triples from whole passages in the background, after linking.

Passages are read in the order of their engrams, in batches, each passage whole, since pronouns
refer to earlier sentences; facts are read one by one. Filler words are removed from speech, and
talk about the channel and its sponsors is ignored. Each batch is one transaction that also advances
the mark in `meta`, as in linking, so that a crash neither loses nor duplicates. A new version of
the rules re-extracts the whole library.
"""

from __future__ import annotations

import re
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ingest.patterns import later
from workbench.memory.graph import drawing
from workbench.memory.graph.batches import InBatches
from workbench.memory.graph.relations import EXTRACTOR
from workbench.store import edges, modelled, relation_rows, sources, text, unlinked
from workbench.store.modelled import ModelRow
from workbench.store.relation_rows import Extraction, Passage, TracedFiber
from workbench.store.store import Store
from workbench.store.unlinked import Unlinked

if TYPE_CHECKING:
    from ingest.triples.records import Triple


Span = tuple[int, int]

_CHANNEL = later(
    r"\b(?:thank(?:s| you)(?: (?:so|very) much)? for (?:watching|listening|tuning in|joining)"
    r"|welcome (?:back )?to (?:the|my|our|this|another) (?:channel|show|podcast|episode|video)"
    r"|(?:in|for) (?:this|today's|the next|my last|our last) (?:video|episode|podcast),?"
    r" (?:i|we|you|let)\b"
    r"|see you (?:guys |all )?(?:in the )?next (?:time|week|one|video|episode)"
    r"|(?:let me|let us) know in the comments|leave (?:me )?a (?:comment|like|review)"
    r"|(?:like|liked|enjoyed) (?:this|the) (?:video|episode)|(?:comments?|description|linked) below"
    r"|check out (?:my|our|the links?)|(?:my|our) channel|show notes|giveaway|merch)\b",
    re.IGNORECASE,
)
_PROGRAMME = r"(?:video|episode|podcast|show|stream|channel|lecture|talk|programme|program)"
_SPONSOR = later(
    rf"\b(?:{_PROGRAMME}(?:(?:'s| is| was)(?: \w+)?)? sponsored by"
    r"|(?:our|today's|video's|episode's|podcast's|channel's) sponsors?"
    r"|sponsors? of (?:this|today)|for sponsoring|sponsoring (?:this|today)|brought to you by)\b",
    re.IGNORECASE,
)
#: The sponsor's name: capitals after "by", "sponsor" or "to", in a sentence that matches one above.
_BY = later(
    r"\b(?i:sponsored by|brought to you by|sponsors?(?: today| of [^.,]{1,40})?,?(?: is| are)?"
    r"|thank(?:s| you)(?: again)? to)\s+(?i:our (?:friends|sponsors?) at\s+)?"
    r"(?P<name>[A-ZÀ-Ž][\w.&'-]*(?:\s+[A-ZÀ-Ž][\w.&'-]*){0,3})"
)
#: Characters without the sponsor's name that end an advertisement.
_GAP = 400
_SENTENCE = later(r"[^.!?\n]+(?:[.!?]+(?!\s)[^.!?\n]+)*[.!?\n]*")


def is_channel_talk(text: str) -> bool:
    """Whether a sentence of a transcript is only about the channel, the video or a sponsor."""
    return _CHANNEL.search(text) is not None or _SPONSOR.search(text) is not None


def advertisements(text: str) -> tuple[Span, ...]:
    """The spans of advertisements in a transcript, in order."""
    if _SPONSOR.search(text) is None:
        return ()
    sentences = [match.span() for match in _SENTENCE.finditer(text)]
    stretches: list[Span] = []
    at = 0
    while at < len(sentences):
        start, end = sentences[at]
        at += 1
        sentence = text[start:end]
        sponsor = _BY.search(sentence) if _SPONSOR.search(sentence) else None
        if sponsor is None:
            continue
        name = sponsor["name"].split()[0].strip(".,'").removesuffix("'s").casefold()
        stop = _advert_end(
            text, sentences[at:], end, re.compile(rf"\b{re.escape(name)}", re.IGNORECASE)
        )
        stretches.append((start, stop))
        while at < len(sentences) and sentences[at][0] < stop:
            at += 1
    return tuple(stretches)


def _advert_end(text: str, sentences: Sequence[Span], end: int, name: re.Pattern[str]) -> int:
    """The end of the last sentence with the name, with no large gap before it."""
    for start, stop in sentences:
        if start - end > _GAP:
            break
        if name.search(text, start, stop):
            end = stop
    return end


#: Engrams per batch.
_BATCH = 256
#: Characters below which a source is too short to learn the genders of its names.
_SHORT = 3000
#: Maximum characters of an article on its title, words of that title, and characters of its
#: opening.
_ARTICLE, _TITLE_WORDS, _OPENING = 40_000, 6, 200
_READERS = 8
#: Kinds of spoken sources.
_SPEECH_KINDS = ("recording", "captions")
#: Passages whose triples are cached, to be joined with those of a model.
_CACHED = 256


class Reader(Protocol):
    """Extracts triples from a passage (`ingest.triples.reading.PassageReader.read`)."""

    def read(
        self,
        text: str,
        title: str | None = None,
        speaker: str | None = None,
        listener: str | None = None,
        spans: Sequence[tuple[int, int]] | None = None,
    ) -> tuple[Triple, ...]:
        """The triples of a passage whose sentences are `spans`."""


#: Makes the reader of a source from its text ("" if short) and its language.
ReaderOf = Callable[[str, str], Reader]


class _Read(NamedTuple):
    """How a source is read: its reader, its title, and its topic if it is an article on the title.

    `advertised` are the spans of advertisements in speech.
    """

    reader: Reader
    title: str
    article: str | None
    is_speech: bool = False
    advertised: Sequence[tuple[int, int]] = ()

    def plain(self, words: str) -> str:
        """The words of a passage without fillers, at unchanged offsets."""
        if not self.is_speech:
            return words
        from ingest.triples.fillers import without_fillers

        return without_fillers(words)

    def states(self, start: int, text: str) -> bool:
        """Whether a sentence at `start` of the source may make claims."""
        if not self.is_speech:
            return True
        praised = any(first <= start < stop for first, stop in self.advertised)
        return not praised and not is_channel_talk(text)


def reader_of(full_text: str, language: str) -> Reader:
    """The rule-based reader of a source; loading its lexicon takes a moment."""
    from ingest.triples.context import genders
    from ingest.triples.reading import PassageReader
    from ingest.triples.speech import told_by_narrator
    from ingest.triples.tokens import normalised

    if not full_text:
        return PassageReader(language=language)
    return PassageReader(
        genders(" ".join(full_text.split())), told_by_narrator(normalised(full_text)), language
    )


def _ignore() -> None:
    """The default callback."""


class Stating(InBatches):
    """Extracts the triples of one library. Thread-safe.

    `reader` makes the reader of a source; `extractor` is its version.
    """

    _stage = "triples"

    def __init__(
        self, store: Store, reader: ReaderOf = reader_of, extractor: int = EXTRACTOR
    ) -> None:
        super().__init__(store)
        self._reader = reader
        self._extractor = extractor
        #: Called after every batch, on the extracting thread; must return immediately.
        self.on_learn: Callable[[], object] = _ignore
        #: By source; -1 for facts.
        self._readers: OrderedDict[int, _Read] = OrderedDict()
        self._section: tuple[int, int, str] = (0, 0, "")
        #: Recent passages, by source, words and sentence spans.
        self._read: OrderedDict[tuple[object, ...], tuple[Triple, ...]] = OrderedDict()

    def step(self, limit: int | None = None) -> int:
        """As in `InBatches`; then calls `on_learn`."""
        count = super().step(limit)
        if count:
            self.on_learn()
        return count

    def _left(self, connection: sqlite3.Connection) -> int:
        extracted, linked, waiting = relation_rows.pending(connection, self._extractor)
        return max(linked - extracted, 0) + waiting

    def _batch(self, limit: int | None) -> int:
        return self._reextract(limit or _BATCH) or self._forward(limit or _BATCH)

    def learn(
        self,
        read_by_model: Mapping[int, Sequence[ModelRow]],
        store_rows: Callable[[sqlite3.Connection], bool],
    ) -> None:
        """Store what a model has read, in the transaction that `store_rows` writes in.

        It is joined with the triples that rules extract from the same engrams; those not linked yet
        follow once they are. If `store_rows(connection)` is False nothing is stored.
        """
        with self._lock:
            with self._store.read() as connection:
                mark = relation_rows.pending(connection, self._extractor)[0]
                ids = [engram for engram in read_by_model if engram <= mark]
                extracted = self._extract(connection, unlinked.of(connection, ids), read_by_model)

            def work(connection: sqlite3.Connection) -> None:
                if not store_rows(connection):
                    return
                # Engrams extracted meanwhile lack these triples.
                edges.queue_reextraction(connection, set(read_by_model) - set(ids))
                relation_rows.write(connection, extracted, self._extractor)

            self._store.write(work)

    def _forward(self, limit: int) -> int:
        with self._store.read() as connection:
            mark, linked, _ = relation_rows.pending(connection, self._extractor)
            if mark >= linked:
                return 0
            end, waiting = unlinked.after(connection, mark, limit)
            if not end:
                return 0
            passage = relation_rows.passages(connection, [end])
            if passage and passage[0].last > end:
                # A passage is read as a whole.
                end = passage[0].last
                _, waiting = unlinked.after(connection, mark, limit + end - passage[0].first)
                waiting = [row for row in waiting if row.engram <= end]
            end = min(end, linked) if not passage else end
            if end > linked:
                return 0
            extracted = self._extract(connection, [row for row in waiting if row.engram <= end])

        def work(connection: sqlite3.Connection) -> None:
            if relation_rows.pending(connection, self._extractor)[0] != mark:
                # Another program has processed them meanwhile.
                return
            relation_rows.write(connection, extracted, self._extractor)
            relation_rows.reach(connection, end, self._extractor)

        self._store.write(work)
        return end - mark

    def _reextract(self, limit: int) -> int:
        with self._store.read() as connection:
            waiting = relation_rows.waiting(connection, limit)
            if not waiting:
                return 0
            rows = unlinked.of(connection, waiting)
            extracted = self._extract(connection, rows)

        def work(connection: sqlite3.Connection) -> None:
            relation_rows.mark_extracted(connection, waiting)
            relation_rows.write(connection, extracted, self._extractor)

        self._store.write(work)
        return len(waiting)

    def _extract(
        self,
        connection: sqlite3.Connection,
        rows: Sequence[Unlinked],
        read_by_model: Mapping[int, Sequence[ModelRow]] | None = None,
    ) -> list[Extraction]:
        """The claims of these engrams, each passage read as a whole.

        `read_by_model` are the triples of a model, None for the stored ones.
        """
        fibers = relation_rows.owned(connection, [row.engram for row in rows])
        by_engram = {row.engram: row for row in rows if row.engram in fibers}
        extracted: list[Extraction] = []
        engrams = [engram for engram, row in by_engram.items() if row.place >= 0]
        if read_by_model is None:
            read_by_model = modelled.of(connection, engrams)
        for passage in relation_rows.passages(connection, engrams):
            for entry, states in self._of_passage(connection, passage, by_engram, fibers):
                models = read_by_model.get(entry.engram, ()) if states else ()
                pathway, words = fibers[entry.engram].pathway, by_engram[entry.engram].text
                claims = (
                    drawing.join_models(entry.claims, models, words, pathway)
                    if models
                    else entry.claims
                )
                extracted.append(Extraction(entry.engram, entry.record, claims))
        notes = {engram: row for engram, row in by_engram.items() if row.place < 0}
        speakers = relation_rows.tellers(connection, notes)
        for engram, row in notes.items():
            reader = self._note_reader(row.language)
            triples = reader.read(row.text, None, speakers.get(engram), None, [(0, len(row.text))])
            pathway = fibers[engram].pathway
            claims = drawing.claims(row.text, 0, len(row.text), triples, pathway, "a note")
            claims += drawing.by_cues(pathway, claims)
            extracted.append(Extraction(engram, fibers[engram].record, claims))
        return extracted

    def _of_passage(
        self,
        connection: sqlite3.Connection,
        passage: Passage,
        by_engram: dict[int, Unlinked],
        fibers: dict[int, TracedFiber],
    ) -> list[tuple[Extraction, bool]]:
        """The claims of each engram of a passage, and whether it may make any."""
        if self._section[0] != passage.section:
            self._section = (passage.section, *relation_rows.section(connection, passage.section))
        _, begin, section = self._section
        words = section[passage.start - begin : passage.end - begin]
        rows = relation_rows.sentences(connection, passage.first, passage.last)
        spans = [(start - passage.start, end - passage.start) for _, start, end in rows]
        read = self._of_source(connection, passage.source)
        words = read.plain(words)
        triples = self._triples(passage.source, read, words, spans)
        results: list[tuple[Extraction, bool]] = []
        for (engram, _, _), (start, end), triples_here in zip(
            rows, spans, drawing.by_engram(triples, spans), strict=True
        ):
            if engram in by_engram:
                fiber = fibers[engram]
                states = read.states(passage.start + start, words[start:end])
                claims = (
                    drawing.claims(words, start, end, triples_here, fiber.pathway, read.title)
                    if states
                    else []
                )
                results.append((Extraction(engram, fiber.record, claims), states))
        return results

    def _triples(
        self, source: int, read: _Read, words: str, spans: list[tuple[int, int]]
    ) -> tuple[Triple, ...]:
        key = source, words, read.article, tuple(spans)
        triples = self._read.pop(key, None)
        if triples is None:
            triples = read.reader.read(words, read.article, None, None, spans)
        self._read[key] = triples
        while len(self._read) > _CACHED:
            self._read.popitem(last=False)
        return triples

    def _note_reader(self, language: str) -> Reader:
        if -1 not in self._readers:
            self._readers[-1] = _Read(self._reader("", language), "", None)
        self._readers.move_to_end(-1)
        return self._readers[-1].reader

    def _of_source(self, connection: sqlite3.Connection, source: int) -> _Read:
        if source not in self._readers:
            rows = sources.by_ids(connection, [source])
            title, language = (rows[0].title, rows[0].language) if rows else ("", "")
            size = rows[0].characters if rows else 0
            full_text = text.text_at(connection, source, 0, size)
            article = title if size < _ARTICLE and _is_on(title, full_text) else None
            is_speech = bool(rows) and rows[0].kind in _SPEECH_KINDS
            advertised = advertisements(full_text) if is_speech else ()
            reader = self._reader(full_text if size >= _SHORT else "", language)
            self._readers[source] = _Read(reader, title, article, is_speech, advertised)
            while len(self._readers) > _READERS:
                self._readers.popitem(last=False)
        return self._readers[source]


def _is_on(title: str, full_text: str) -> bool:
    """Whether a text is an article on its title: it begins with that name."""
    short = title.partition("(")[0].strip()
    words = short.split()
    if not 0 < len(words) <= _TITLE_WORDS or short[-1] in ".!?:":
        return False
    is_title = all(word[0].isupper() or word[0].isdigit() or len(word) < 4 for word in words)
    return is_title and short.casefold() in full_text[:_OPENING].casefold()
