"""From a question to an answer of verbatim quotes, or to an honest "not in your sources"."""

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from workbench.errors import InputError, UsageError
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.lexicon import Lexicon
from workbench.memory.snapshot import Snapshot
from workbench.memory.strengths import Strengths
from workbench.recall import bylines, correspondence, options, quotes, verbatim
from workbench.recall.answer import Drawn, answered, nothing_there, with_repeats
from workbench.recall.answer import quoted as quoted_of
from workbench.recall.candidates import Found
from workbench.recall.dense_scores import Tier, meant
from workbench.recall.introductions import introducing
from workbench.recall.lead_ins import completed
from workbench.recall.misspelt import misspelt
from workbench.recall.multi_hop import reach
from workbench.recall.path_evidence import ways
from workbench.recall.question import Cue, parse
from workbench.recall.reader import Reader
from workbench.recall.records import Answer, Evidence
from workbench.recall.rerank import READ, Reread, rerank
from workbench.recall.said_elsewhere import distinct, repeats
from workbench.recall.scope import Scope, scope_of
from workbench.recall.strength_order import by_strength
from workbench.recall.thread import Thread
from workbench.recall.windows import Windows, names_title, score
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store.store import Store

#: Quotes that are asked for where all of those are one that stands in very many places.
_BEHIND = 400
_SPACE = re.compile(r"\s+")
_FOREIGN = (
    "The reader does not know this language, so passages are shown in the order they were found."
)
#: Statements of a source that the read-back asks for.
_PROBES = 5


@dataclass(frozen=True, slots=True)
class _State:
    """What changes only when other statements count, by `meta.statement_version`."""

    version: tuple[int, int]
    extents: tuple[text.Extent, ...]
    languages: frozenset[str]


class Recall:
    """Answers questions from the engrams of one library. Safe to call from any thread."""

    def __init__(
        self,
        store: Store,
        lexicon: Lexicon,
        strengths: Strengths | None = None,
        tiers: Callable[[], Sequence[Tier]] = tuple,
        reader: Callable[[], Reader | None] = lambda: None,
    ) -> None:
        """Without `strengths` it is all the same which memories are used.

        `tiers` gives the searches by meaning that can be asked at the moment, `reader` what reads
        the candidates, None where nothing does.
        """
        self._reader = reader
        self._tiers = tiers
        self._store = store
        self._strengths = strengths
        self._lexicon = lexicon
        self._state: _State | None = None
        self._whole: tuple[tuple[tuple[int, int], int], Scope] | None = None
        self._lock = threading.Lock()

    def ask(
        self,
        question: str,
        *,
        sources: Collection[int] | None = None,
        limit: int = 5,
        explain: bool = False,
        read: bool = True,
        thread: Thread | None = None,
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer with at most `limit` quotes from `sources` (None: all that are not in the trash).

        `thread` has the turns before, where there are any.
        Unless `read` the reader is left out: the quotes come at once, in the order of retrieval.
        Raises `UsageError` for an empty question and `Cancelled`.
        """
        began = time.perf_counter()
        asked = _SPACE.sub(" ", question).strip()
        if not words.raw_tokens(asked):
            what = "holds no words" if asked else "is empty"
            raise UsageError(f"The question {what}.", "Ask about anything in your sources.")
        if limit < 1:
            raise UsageError("At least one quote must be asked for.", "Use a limit of 1 or more.")
        stop = cancel or Cancel()
        snapshot = self._lexicon.refresh(stop).for_question()
        with self._store.read() as connection:
            drawn = self._drawn(connection, snapshot, asked, sources, limit, stop, read, thread)
            if drawn is None:
                return nothing_there(asked, sources, snapshot, began)
            drawn = replace(drawn, explain=explain, began=began)
            said = {
                quote.place: repeats(connection, snapshot, drawn.found.scope, quote)
                for quote in drawn.best
                if quote.place in drawn.found.repeated
            }
            answer = with_repeats(answered(drawn), drawn.best, said)
            answer = correspondence.with_speakers(
                connection, snapshot, drawn.found.scope, drawn.found.cue, answer, limit
            )
        if bylines.work_of(asked):
            with self._store.read() as connection:
                answer = bylines.with_author(connection, asked, answer, sources, limit)
        return replace(answer, milliseconds=(time.perf_counter() - began) * 1000)

    def slips(self, question: str, *, sources: Collection[int] | None = None) -> dict[str, str]:
        """The words of a question that are misspelt, each with what is meant (`misspelt`).

        None in words that are to be found as they stand.
        """
        if verbatim.sought(question):
            return {}
        snapshot = self._lexicon.refresh().for_question()
        with self._store.read() as connection:
            state = self._seen(connection)
        scope = self._scope(state, sources, snapshot)
        return misspelt(parse(question, snapshot, scope, state.languages), snapshot, scope)

    def quoted(self, evidence: Sequence[Evidence]) -> dict[str, int]:
        """How many passages are quoted, from how many sources."""
        return quoted_of(self._lexicon.snapshot(), evidence)

    def draw(
        self, question: str, *, sources: Collection[int] | None = None, limit: int = 5
    ) -> Drawn | None:
        """What `ask` makes its answer of; None where there is nothing to look in."""
        snapshot = self._lexicon.refresh().for_question()
        with self._store.read() as connection:
            return self._drawn(connection, snapshot, question, sources, limit, Cancel(), True)

    def _drawn(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        asked: str,
        sources: Collection[int] | None,
        limit: int,
        stop: Cancel,
        read: bool,
        thread: Thread | None = None,
    ) -> Drawn | None:
        found = self._look_up(connection, snapshot, asked, sources, limit, stop)
        stop.check()
        if not found.scope.size:
            return None
        if found.repeated and len(found.quotes) + len(found.alike) < limit < READ:
            # All that was read is the same again and again: what else there is lies behind.
            found = self._look_up(connection, snapshot, asked, sources, _BEHIND, stop)
        reread, unread = (
            self._reread(connection, found, limit, stop, thread) if read else (None, "")
        )
        ordered = found.quotes if reread is None else reread.quotes
        best = [*ordered, *found.alike][:limit]
        aside = frozenset[int]()
        if self._strengths is not None:
            best, aside = by_strength(connection, self._strengths, best)
        best = completed(connection, best)
        return Drawn(
            question=asked,
            found=found,
            best=best,
            around=quotes.surroundings(connection, best),
            led=ways(connection, snapshot, found.paths, best),
            aside=aside,
            reread=reread,
            unread=unread,
            thread=thread,
            scoped=sources is not None,
        )

    def _reread(
        self,
        connection: sqlite3.Connection,
        found: Found,
        limit: int,
        stop: Cancel,
        thread: Thread | None,
    ) -> tuple[Reread | None, str]:
        """The quotes as the reader orders them; None where they stay as they are, and why so.

        Nothing is said of what the reader is never asked.
        """
        cue = found.cue
        if cue.hollow or cue.stands.places or not found.quotes:
            return None, ""
        reader = self._reader()
        if reader is None:
            return None, ""
        if not reader.knows(cue.text):
            return None, _FOREIGN
        try:
            before = partial(quotes.sentences_before, connection)
            return rerank(reader, found, before, thread, stop), ""
        except InputError as error:
            # Without the memory that it takes, quotes come as they were found.
            return None, f"{error.message} {error.hint}"

    def look_up(
        self, question: str, *, sources: Collection[int] | None = None, limit: int = 5
    ) -> Found:
        """What `ask` weighs before it answers: for calibration and for the curious."""
        snapshot = self._lexicon.refresh().for_question()
        with self._store.read() as connection:
            return self._look_up(connection, snapshot, question, sources, limit, Cancel())

    def _look_up(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        question: str,
        sources: Collection[int] | None,
        limit: int,
        cancel: Cancel,
    ) -> Found:
        state = self._seen(connection)
        scope = self._scope(state, sources, snapshot)
        scope = correspondence.narrowed(connection, snapshot, scope, question)
        cue = parse(question, snapshot, scope, state.languages)
        cancel.check()
        if phrase := verbatim.sought(question):
            stands = verbatim.standing(connection, snapshot, scope, phrase)
            cue = replace(cue, topic="", sought=phrase, stands=stands)
            if stands.places:
                itself = parse(phrase, snapshot, scope, state.languages)
                cue = replace(itself, kind="", topic="", hollow=False, sought=phrase, stands=stands)
                windows = self._windows(snapshot, cue, scope)
                return verbatim.found(connection, snapshot, scope, cue, windows)
        return self._asked(connection, snapshot, scope, cue, limit, cancel)

    def _asked(
        self,
        connection: sqlite3.Connection,
        snapshot: Snapshot,
        scope: Scope,
        cue: Cue,
        limit: int,
        cancel: Cancel,
    ) -> Found:
        cancel.check()
        cue = self._by_meaning(snapshot, cue, scope)
        cancel.check()
        windows = self._windows(snapshot, cue, scope)
        cancel.check()
        most = max(READ, 2 * limit)
        chosen = quotes.shortlist(windows, snapshot, most)
        first = next((quote.place for quote in quotes.read(connection, cue, chosen)), 0)
        own = windows
        further = reach(connection, snapshot, cue, scope, windows)
        cancel.check()
        found, paths = (windows, {}) if further is None else (further.windows, further.paths)
        if found is not own:
            chosen = quotes.shortlist(found, snapshot, most)
        also = options.telling(connection, snapshot, scope, cue.text)
        if not also:
            introduced, also = introducing(snapshot, cue, scope)
            cue = cue if cue.topic else replace(cue, introduced=introduced)
        chosen = quotes.with_sentences(found, chosen[: most - len(also)], also)
        read = distinct(quotes.read(connection, cue, chosen), cue)
        return Found(
            snapshot, scope, cue, found, read.quotes, own, first, paths, read.alike, read.repeated
        )

    def _windows(self, snapshot: Snapshot, cue: Cue, scope: Scope) -> Windows:
        near = None
        if cue.meant is not None:
            near = cue.meant.ordinals
            # A model may have read what came after this look at the library.
            near = scope.keep(near[near < snapshot.size], snapshot)
        return score(snapshot, cue, scope, near)

    def _by_meaning(self, snapshot: Snapshot, cue: Cue, scope: Scope) -> Cue:
        """The question with what is near to it in meaning, as far as anything can tell."""
        tiers = self._tiers()
        if not tiers or cue.hollow:
            return cue
        within = _within(snapshot, scope)
        named = any(term.found and (term.name or term.capital) for term in cue.terms)
        named = named or names_title(snapshot, cue, scope)
        found = meant(tiers, cue.text, named, within)
        return cue if found is None else replace(cue, meant=found)

    def _seen(self, connection: sqlite3.Connection) -> _State:
        """Extents and languages, read again only when the library holds other statements.

        Not whenever anything was written: asking itself writes what it strengthens.
        """
        version = meta.statement_version(connection)
        with self._lock:
            state = self._state
        if state is not None and state.version == version:
            return state
        state = _State(version, tuple(text.extents(connection)), catalogue.languages(connection))
        with self._lock:
            self._state = state
        return state

    def in_scope(
        self,
        connection: sqlite3.Connection,
        sources: Collection[int] | None,
        snapshot: Snapshot,
    ) -> Scope:
        """What counts among `sources`, or of everything."""
        return self._scope(self._seen(connection), sources, snapshot)

    def _scope(self, state: _State, sources: Collection[int] | None, snapshot: Snapshot) -> Scope:
        """The scope of a question; that over everything is kept."""
        if sources is not None:
            return scope_of(state.extents, sources, snapshot)
        key = (state.version, snapshot.size)
        with self._lock:
            kept = self._whole
        if kept is None or kept[0] != key:
            kept = key, scope_of(state.extents, None, snapshot)
            with self._lock:
                self._whole = kept
        return kept[1]

    def finds(self, source: int) -> bool:
        """Whether a read-back finds the source: its own statements, looked up by their words.

        Takes some of its statements from the stored text and asks the index for the engrams that
        hold a statement's words; True when every one leads back to itself.
        """
        with self._store.read() as connection:
            passages = text.passages(connection, source)
            step = max(1, len(passages) // _PROBES)
            rows = text.engrams(connection, [each.first_engram for each in passages[::step]])
        snapshot = self._lexicon.snapshot()
        if max(rows, default=0) > snapshot.size:
            snapshot = self._lexicon.refresh()
        return bool(rows) and all(
            _leads_back(snapshot, row.text, row.id - 1) for row in rows.values()
        )


def _within(snapshot: Snapshot, scope: Scope) -> NDArray[np.bool_] | None:
    """Which ordinals count; None where all do."""
    if scope.sources is None:
        return None
    within = np.zeros(snapshot.size, bool)
    for first, end in zip(scope.firsts.tolist(), scope.ends.tolist(), strict=True):
        within[first:end] = True
    return within


def _leads_back(snapshot: Snapshot, statement: str, ordinal: int) -> bool:
    """Whether looking up the statement's words leads to its ordinal."""
    keys = {words.key(word) for token in words.tokens(statement) for word in token.words}
    return snapshot.holds(keys, ordinal)
