"""Answers questions with verbatim quotes, or abstains: "not in your sources"."""

import math
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.errors import InputError, UsageError
from workbench.memory import segment, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.snapshot import Snapshot
from workbench.memory.strengths import Strengths
from workbench.recall import (
    correspondence,
    listing,
    margin_notes,
    metadata,
    quotes,
    replies,
    verbatim,
)
from workbench.recall.affiliation import affiliations
from workbench.recall.answer import (
    AnswerMaterial,
    build_answer,
    empty_answer,
    with_repeats,
    without_orders,
)
from workbench.recall.answer import quoted as quoted_of
from workbench.recall.content_words import content_stems
from workbench.recall.dense_scores import dense_scores
from workbench.recall.differing import with_contradiction, with_difference
from workbench.recall.hops import paths_to, reach
from workbench.recall.list_question import (
    READ_LINES,
    ListQuestion,
    asks_for_several,
    list_question,
)
from workbench.recall.metadata_question import may_concern
from workbench.recall.missing import misspelt
from workbench.recall.named_source import NamedSource, named_source
from workbench.recall.question import Cue, parse
from workbench.recall.question_forms import (
    SpeakerQuery,
    asked_deed,
    highlight_query,
    quoted_phrase,
    speaker_query,
)
from workbench.recall.reader import Reader
from workbench.recall.records import LIKELY, QUOTED, Answer, Evidence
from workbench.recall.rerank import READ, Reread, rerank
from workbench.recall.reranker import Reranker
from workbench.recall.revision import RevisionModel
from workbench.recall.said_elsewhere import distinct, repeats
from workbench.recall.search import Request, Retrieval, Scope, Search, scope_of
from workbench.recall.windows import Windows, score
from workbench.recall.writing.injection import marked
from workbench.space.nearest import Nearness
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store import strengths as strength_rows
from workbench.store.store import Store

#: The number of quotes to retrieve if all are one text with many occurrences.
_EXTENDED_LIMIT = 400
_FOREIGN = (
    "The reader does not know this language, so passages are shown in the order they were found."
)
#: Seconds to make vectors of the nearest stretches exact that are approximate so far.
_EXACT = 1.0
#: The maximum relative change of a score by strength.
_NUDGE = 0.005
#: Statements of a source that the read-back samples.
_PROBES = 5


@dataclass(frozen=True, slots=True)
class _State:
    """State that depends only on `meta.statement_version`."""

    version: tuple[int, int]
    extents: tuple[text.Extent, ...]
    languages: frozenset[str]
    newer: Mapping[int, int]


class Recall:
    """Answers questions from the engrams of one library. Thread-safe."""

    def __init__(
        self,
        store: Store,
        lexicon: Lexicon,
        strengths: Strengths | None = None,
        nearness: Callable[[], Nearness | None] = lambda: None,
        reader: Callable[[], Reader | None] = lambda: None,
        revisions: Callable[[], RevisionModel | None] = lambda: None,
        reranker: Callable[[], Reranker | None] = lambda: None,
    ) -> None:
        """Without `strengths`, use does not influence the order.

        `nearness` returns the semantic search, `reader` the reader, `reranker` the larger model
        that orders what the reader put first, `revisions` the model of differences, each None if
        unavailable.
        """
        self._reranker = reranker
        self._reader = reader
        self._revisions = revisions
        self._nearness = nearness
        self._store = store
        self._strengths = strengths
        self._lexicon = lexicon
        self._state: _State | None = None
        self._full: tuple[tuple[tuple[int, int], int], Scope] | None = None
        self._lock = threading.Lock()

    def ask(self, request: Request) -> Answer:
        """Answer a question with quotes.

        Raises `UsageError` for an empty question, and `Cancelled`.
        """
        start_time = time.perf_counter()
        request = replace(request, question=" ".join(request.question.split()))
        if not words.raw_tokens(request.question):
            problem = "holds no words" if request.question else "is empty"
            raise UsageError(f"The question {problem}.", "Ask about anything in your sources.")
        if request.limit < 1:
            raise UsageError("At least one quote must be asked for.", "Use a limit of 1 or more.")
        snapshot = self._lexicon.refresh(request.cancel).for_question()
        with self._store.read() as connection:
            answer = marked(self._answer(connection, snapshot, request))
        return replace(answer, milliseconds=(time.perf_counter() - start_time) * 1000)

    def _answer(
        self, connection: sqlite3.Connection, snapshot: Snapshot, request: Request
    ) -> Answer:
        named = named_source(connection, request.question, request.sources)
        answer = self._answer_of(connection, snapshot, request, named)
        return answer if named is None else named.noted(replace(answer, question=request.question))

    def _answer_of(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        request: Request,
        named: NamedSource | None,
    ) -> Answer:
        """The answer of the sources that the question names, if any."""
        whole = request
        if named is not None and named.narrows:
            request = replace(request, sources=named.ids)
        limit, values = request.limit, list_question(request.question)
        answer, fallback = _answer_without_search(connection, snapshot, request, values, named)
        if answer is not None:
            return answer
        several = limit >= QUOTED and asks_for_several(request.question)
        if named is not None:
            # Other texts may tell who wrote “the report on …”.
            is_told = fallback is not None and named.introduced
            # “Who was at the last meeting?” has no other words.
            searched = named.searched if content_stems(named.searched) else request.question
            request = whole if is_told else replace(request, question=searched)
        if several:
            request = replace(request, limit=max(limit, READ_LINES), several=True)
        material = self._material(connection, snapshot, request)
        if material is None:
            return empty_answer(request, snapshot)
        search = material.retrieval.search
        repeated = {
            quote.engrams[0].id: repeats(search, quote)
            for quote in material.best
            if quote.place in material.retrieval.repeated
        }
        answer = with_repeats(build_answer(material), repeated)
        answer = with_difference(material, answer, self._revisions)
        answer = with_contradiction(material, answer, self._revisions, request.told)
        if several:
            answer = listing.completed(answer, limit)
        if search.speech:
            answer = correspondence.with_speakers(search, answer, limit)
        # A question for an author or a year has a value.
        is_vague = not answer.found or answer.value is None
        if fallback is not None and (is_vague or _is_unsure(answer) > _is_unsure(fallback)):
            answer = fallback
        if _is_unsure(answer):
            answer = margin_notes.with_notes(connection, request, search.cue, answer)
        if not answer.found and values:
            answer = replace(answer, suggestion=listing.NOTHING)
        return answer

    def slips(self, question: str, *, sources: Collection[int] | None = None) -> dict[str, str]:
        """The misspelt words of a question with their corrections (`misspelt`).

        None in a quoted phrase.
        """
        if quoted_phrase(question):
            return {}
        snapshot = self._lexicon.refresh().for_question()
        with self._store.read() as connection:
            return misspelt(self._search(connection, snapshot, Request(question, sources)))

    def quoted(self, evidence: Sequence[Evidence]) -> dict[str, int]:
        """The numbers of quoted passages and sources."""
        return quoted_of(self._lexicon.snapshot(), evidence)

    def draw(
        self, question: str, *, sources: Collection[int] | None = None
    ) -> AnswerMaterial | None:
        """The material of the answer by `ask`, for calibration; None without anything to search."""
        snapshot = self._lexicon.refresh().for_question()
        with self._store.read() as connection:
            return self._material(connection, snapshot, Request(question, sources))

    def _material(
        self, connection: sqlite3.Connection, snapshot: Snapshot, request: Request
    ) -> AnswerMaterial | None:
        search = self._search(connection, snapshot, request)
        if not search.scope.size:
            return None
        retrieval = self._retrieve(search, request)
        request.cancel.check()
        if (
            retrieval.repeated
            and len(retrieval.quotes) + len(retrieval.alike) < request.limit < READ
        ):
            # All results are the same text: retrieve more, for other ones.
            retrieval = self._retrieve(search, replace(request, limit=_EXTENDED_LIMIT))
        reread, unread = self._reread(retrieval, request) if request.read else (None, "")
        ordered = retrieval.quotes if reread is None else reread.quotes
        if retrieval.cue.stands.places:
            best = list(ordered)
        else:
            best, parts = quotes.joined(ordered, request.limit, retrieval.replies.keys())
            reread = None if reread is None else reread.joined(parts)
        best = [*best, *retrieval.alike][: request.limit]
        archived = frozenset[int]()
        if self._strengths is not None:
            best, archived = _by_strength(connection, self._strengths, best)
        context = quotes.surroundings(connection, best)
        linked = paths_to(search, retrieval.paths, best)
        return without_orders(
            AnswerMaterial(request, retrieval, best, context, linked, archived, reread, unread)
        )

    def _reread(self, retrieval: Retrieval, request: Request) -> tuple[Reread | None, str]:
        """The quotes in the reader's order; None if unchanged, and why.

        The reason is "" for questions that are never read.
        """
        cue = retrieval.cue
        is_unread = cue.hollow or cue.stands.places or not retrieval.quotes
        reader = None if is_unread else self._reader()
        if reader is None:
            return None, ""
        if not reader.supports(cue.text):
            return None, _FOREIGN
        try:
            larger = self._reranker()
            return rerank(reader, retrieval, request.thread, request.cancel, larger), ""
        except InputError as error:
            # Without enough memory, the order of retrieval is kept.
            return None, f"{error.message} {error.hint}"

    def retrieve(
        self, question: str, *, sources: Collection[int] | None = None, limit: int = QUOTED
    ) -> Retrieval:
        """The retrieval of `ask` before the reader, for calibration and inspection."""
        snapshot = self._lexicon.refresh().for_question()
        request = Request(question, sources, limit)
        with self._store.read() as connection:
            return self._retrieve(self._search(connection, snapshot, request), request)

    def _search(
        self, connection: sqlite3.Connection, snapshot: Snapshot, request: Request
    ) -> Search:
        state = self._library_state(connection)
        scope = self._scope(state, request.sources, snapshot)
        speech = speaker_query(request.question) or asked_deed(request.question)
        if isinstance(speech, SpeakerQuery) and speech.who:
            scope = correspondence.narrowed(connection, snapshot, scope, speech)
        cue = parse(request.question, snapshot, scope, state.languages)
        request.cancel.check()
        search = Search(connection, snapshot, scope, cue, state.newer, speech)
        phrase = quoted_phrase(request.question)
        if not phrase:
            return search
        places_found = verbatim.occurrences(search, phrase)
        if places_found.places:
            cue = replace(parse(phrase, snapshot, scope, state.languages), kind="", hollow=False)
        return replace(search, cue=replace(cue, topic="", sought=phrase, stands=places_found))

    def _retrieve(self, search: Search, request: Request) -> Retrieval:
        if search.cue.stands.places:
            return verbatim.exact_matches(search, self._windows(search))
        request.cancel.check()
        search = replace(search, cue=self._add_semantic(search, _EXACT if request.read else 0.0))
        request.cancel.check()
        following = replies.replies(search)
        primary = self._windows(search, following)
        request.cancel.check()
        maximum = max(READ, 2 * request.limit)
        windows, paths = reach(search, primary)
        request.cancel.check()
        headed = replies.largely_headed(search)
        selection = quotes.shortlist(windows, search.snapshot, maximum, headed)
        read = quotes.read(search.connection, search.cue, selection)
        kept, alike, repeated = distinct(read, search.cue, search.newer)
        kept, replied = replies.in_front(kept, windows, following)
        return Retrieval(search, windows, kept, primary, paths, alike, repeated, replied)

    def _windows(self, search: Search, also: Collection[int] = ()) -> Windows:
        nearest = None if search.cue.meant is None else search.cue.meant.nearest
        if also:
            following = np.array(sorted(also), np.int32)
            nearest = following if nearest is None else segment.joined(nearest, following)
        return score(search, nearest)

    def _add_semantic(self, search: Search, seconds: float) -> Cue:
        """The question with its semantic search, if available."""
        nearness, cue = self._nearness(), search.cue
        if nearness is None or cue.hollow:
            return cue
        inside = _scope_mask(search.snapshot, search.scope)
        size = search.snapshot.size
        return replace(cue, meant=dense_scores(nearness, cue.text, inside, size, seconds))

    def _library_state(self, connection: sqlite3.Connection) -> _State:
        """Extents and languages, reloaded only if the library's statements have changed.

        Other writes, such as of strengths by questions, do not matter.
        """
        version = meta.statement_version(connection)
        with self._lock:
            if self._state is not None and self._state.version == version:
                return self._state
        state = _State(
            version,
            tuple(text.extents(connection)),
            catalogue.languages(connection),
            catalogue.newer_versions(connection),
        )
        with self._lock:
            self._state = state
        return state

    def in_scope(
        self,
        connection: sqlite3.Connection,
        sources: Collection[int] | None,
        snapshot: Snapshot,
    ) -> Scope:
        """The scope of `sources`, or of everything."""
        return self._scope(self._library_state(connection), sources, snapshot)

    def _scope(self, state: _State, sources: Collection[int] | None, snapshot: Snapshot) -> Scope:
        """The scope of a question; the full scope is cached."""
        if sources is not None:
            return scope_of(state.extents, sources, snapshot)
        key = (state.version, snapshot.size)
        with self._lock:
            if self._full is None or self._full[0] != key:
                self._full = key, scope_of(state.extents, None, snapshot)
            return self._full[1]

    def finds(self, source: int) -> bool:
        """Whether a read-back finds the source: its own statements, looked up by their words.

        Samples stored statements and queries the index for the engrams with their words; True if
        each finds itself, or if there is no text, as for an untranscribed recording.
        """
        with self._store.read() as connection:
            passages = text.passages(connection, source)
            step = max(1, len(passages) // _PROBES)
            rows = text.engrams(connection, [passage.first_engram for passage in passages[::step]])
            if not passages:
                query = "SELECT 1 FROM source WHERE id = ? AND kind = 'recording'"
                return connection.execute(query, (source,)).fetchone() is not None
        snapshot = self._lexicon.snapshot()
        if max(rows, default=0) > snapshot.size:
            snapshot = self._lexicon.refresh()
        return bool(rows) and all(
            snapshot.leads_to(set(map(words.key, words.sequence(row.text))), row.id - 1)
            for row in rows.values()
        )


def _answer_without_search(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    request: Request,
    values: ListQuestion | None,
    named: NamedSource | None,
) -> tuple[Answer | None, Answer | None]:
    """The answer from highlights, a list of values or metadata; None if the texts are searched.

    The second one is for when the texts do not answer.
    """
    answer: Answer | None = None
    if wanted := highlight_query(request.question):
        answer = margin_notes.highlights_for(connection, snapshot, request, wanted)
    if answer is None and named is not None:
        answer = metadata.attendance(connection, snapshot, request, named)
    if answer is None:
        answer = affiliations(connection, snapshot, request, named)
    if answer is None and values:
        answer = listing.listed_values(connection, snapshot, request, values)
    if answer is None and snapshot.size and may_concern(request.question):
        return metadata.metadata_answer(connection, snapshot, request, named)
    return answer, None


def _is_unsure(answer: Answer) -> bool:
    return answer.confidence < LIKELY


def _scope_mask(snapshot: Snapshot, scope: Scope) -> NDArray[np.bool_] | None:
    """A mask of the ordinals in scope; None for all."""
    if scope.sources is None:
        return None
    inside = np.zeros(snapshot.size, bool)
    for first, end in zip(scope.firsts.tolist(), scope.ends.tolist(), strict=True):
        inside[first:end] = True
    return inside


def _by_strength(
    connection: sqlite3.Connection, strengths: Strengths, best: Sequence[quotes.Quote]
) -> tuple[list[quotes.Quote], frozenset[int]]:
    """The quotes in order of display, and the positions of archived ones.

    Used memories move slightly ahead until this fades, released ones slightly behind. Strength
    neither finds nor hides anything: a better quote never loses its place. If questions do not
    teach, only archiving counts, so that the same question always has the same evidence.
    """
    ids = [engram.id for quote in best for engram in quote.engrams]
    existing = strength_rows.by_ids(connection, ids).keys() | strengths.waiting(ids)
    if not existing:
        return list(best), frozenset()
    contents = strengths.rows(connection, existing)
    learns = strengths.learns()

    def lift(quote: quotes.Quote) -> float:
        matching = [contents[engram.id] for engram in quote.engrams if engram.id in contents]
        if any(row.archived is not None for row in matching):
            return -1.0
        current = (strengths.current(row, "statement") for row in matching if learns)
        return math.log2(max([1.0, *current])) / math.log2(strengths.settings.cap)

    lifts = {quote.place: lift(quote) for quote in best}
    ordered = sorted(best, key=lambda quote: -quote.score * (1 + _NUDGE * lifts[quote.place]))
    return ordered, frozenset(place for place, item in lifts.items() if item < 0)
