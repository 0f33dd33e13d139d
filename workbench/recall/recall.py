"""From a question to an answer of verbatim quotes, or to an honest "not in your sources"."""

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.lexicon import Lexicon, Snapshot
from workbench.memory.strengths import Strengths
from workbench.recall import bylines, few, judgement, presumed, quotes, replies, topic, value
from workbench.recall.alike import repeats_behind
from workbench.recall.ascending import count
from workbench.recall.chained import chained
from workbench.recall.clauses import asking, clauses
from workbench.recall.feedback import learned
from workbench.recall.hops import Hop
from workbench.recall.joining import joined, moved, starts
from workbench.recall.meant import Tier, meant
from workbench.recall.missing import suggestion
from workbench.recall.parts import parts
from workbench.recall.question import Cue, parse
from workbench.recall.quotes import Quote
from workbench.recall.reaching import reach
from workbench.recall.records import Answer, Coverage, Evidence, Step, Via
from workbench.recall.replies import replied
from workbench.recall.said_elsewhere import Repeats, enough, once, repeats
from workbench.recall.scope import Scope, scope_of
from workbench.recall.sentences import Clause, telling, told_apart
from workbench.recall.standing import ARCHIVED, by_strength
from workbench.recall.way_told import told
from workbench.recall.ways import reason, ways
from workbench.recall.windows import Settings, Windows, names_title, reweighed, score, widened
from workbench.store import meta, text
from workbench.store import sources as catalogue
from workbench.store.store import Store

#: Best windows that are read from the library and looked at word by word.
_READ = 40
#: Quotes that are asked for where all of those are one that stands in very many places.
_BEHIND = 400
#: For each quote that is asked for so many are compared with one another.
_LOOKED = 3
#: Quotes in which a value is looked for.
_VALUE_QUOTES = 3
_SPACE = re.compile(r"\s+")
#: Statements of a source that the read-back asks for.
_PROBES = 5

_MEANS = "Means much the same as the question, also where its words are others."
_LIKE = "Is about much the same as what was found first."

#: From this share of foreign words on a question is not answered. Of 188 answerable questions
#: about five books one reaches it, and its evidence was not found.
_FOREIGN = 0.35
#: Statements from which on it means something that a word is nowhere among them.
_TELLING = 2000


@dataclass(frozen=True, slots=True)
class _State:
    """What changes only when other statements count, by `meta.standing`."""

    version: tuple[int, int]
    extents: tuple[text.Extent, ...]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The inside of an answer: what was looked up and how it was weighed.

    Whether the library can answer is judged by `own`, the windows that the question's own words
    have found, whose best is at the place `first`, and by the quotes; `paths` lead to windows that
    it takes a name to reach. `clauses` are what the question asks one after another, with the
    quotes for each; none where it asks one thing. `asked_before` gives for the sentences of turns
    that answer, by their ordinals, the sentence that asks.
    """

    snapshot: Snapshot
    scope: Scope
    cue: Cue
    windows: Windows
    quotes: list[Quote]
    own: Windows
    first: int
    paths: Mapping[int, Hop]
    clauses: tuple[Clause, ...] = ()
    asked_before: Mapping[int, int] = field(default_factory=dict)

    @property
    def features(self) -> list[float]:
        """What speaks for an answer and against it (`judgement.FEATURES`)."""
        size = 0 if self.clauses or parts(self.cue.text) else self.scope.size
        return judgement.features(
            self.snapshot, self.cue, self.own, self.quotes, self.paths, self.first, size
        )


class Recall:
    """Answers questions from the engrams of one library. Safe to call from any thread."""

    def __init__(
        self,
        store: Store,
        lexicon: Lexicon,
        settings: Settings | None = None,
        strengths: Strengths | None = None,
        tiers: Callable[[], Sequence[Tier]] = tuple,
    ) -> None:
        """Without `strengths` it is all the same which memories are used.

        `tiers` gives the searches by meaning that can be asked at the moment.
        """
        self._tiers = tiers
        self._store = store
        self._strengths = strengths
        self._lexicon = lexicon
        self._settings = settings or Settings()
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
        cancel: Cancel | None = None,
    ) -> Answer:
        """Answer with at most `limit` quotes from `sources` (None: all that are not in the trash).

        Raises `UsageError` for an empty question and `Cancelled`.
        """
        began = time.perf_counter()
        asked = _SPACE.sub(" ", question).strip()
        if not words.raw_tokens(asked):
            what = "holds no words" if asked else "is empty"
            raise UsageError(f"The question {what}.", "Ask in a few words what you want to know.")
        if limit < 1:
            raise UsageError("At least one quote must be asked for.", "Use a limit of 1 or more.")
        stop = cancel or Cancel()
        # What a question holds inside is made of its own words: these are looked up once for all.
        snapshot = self._lexicon.refresh(stop).for_question()

        def one(question: str, for_value: bool = False) -> Answer:
            return self._answered(snapshot, question, sources, limit, explain, stop, for_value)

        whole = one(asked)
        answer = chained(one, self._where, asked, whole, limit)
        if answer is not whole:
            quoted = _quoted(snapshot, answer.evidence)
            answer = replace(answer, coverage=replace(answer.coverage, **quoted))
        if bylines.work_of(asked):
            with self._store.read() as connection:
                answer = bylines.with_author(connection, asked, answer, sources, limit)
        return replace(answer, milliseconds=(time.perf_counter() - began) * 1000)

    def _where(self, quote: Evidence, sentence: str) -> tuple[int, int, int]:
        """Engram and place of a sentence of a quote; those of the quote where it is no one's."""
        with self._store.read() as connection:
            rows = text.engrams(connection, quote.engrams)
        for row in rows.values():
            if " ".join(row.text.split()) == sentence:
                return row.id, row.start, row.end
        return quote.engram, quote.locator.start, quote.locator.end

    def _answered(
        self,
        snapshot: Snapshot,
        asked: str,
        sources: Collection[int] | None,
        limit: int,
        explain: bool,
        stop: Cancel,
        for_value: bool,
    ) -> Answer:
        """The answer to one question, taken as it is.

        With `for_value` one that gives no value has no evidence either: nobody asks for it.
        """
        began = time.perf_counter()
        with self._store.read() as connection:
            found = self._look_up(connection, snapshot, asked, sources, limit, stop)
            stop.check()
            if not found.scope.size:
                return _nothing_there(asked, sources, snapshot, began)
            best, whole = enough(found.quotes, limit)
            if not whole and limit < _READ <= len(found.quotes):
                # All that was read is the same again and again: what else there is lies behind.
                found = self._look_up(connection, snapshot, asked, sources, _BEHIND, stop)
                best, _ = enough(found.quotes, limit)
            aside = frozenset[int]()
            if self._strengths is not None:
                best, aside = by_strength(connection, self._strengths, best)
            best, again = once(best, found.quotes)
            best = best[:limit]
            said = {
                quote.place: repeats(connection, snapshot, found.scope, quote)
                for quote in best
                if quote.place in again
            }
            around = quotes.surroundings(connection, best)
            led = ways(connection, snapshot, found.paths, best)
            after = replies.answering(connection, snapshot, found.cue, found.asked_before, best)
        answer = _answer(
            asked, found, best, around, explain, began, sources is not None, aside, led, after,
            for_value,
        )  # fmt: skip
        return _with_repeats(answer, best, said)

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
        cue = parse(question, snapshot, scope, state.languages)
        cancel.check()
        found = self._asked(connection, snapshot, scope, cue, limit, cancel)
        parted = [
            self._asked(
                connection, snapshot, scope, parse(each, snapshot, scope, state.languages), limit,
                cancel,
            )
            for each in parts(question)
        ]  # fmt: skip
        if not found.quotes:
            return found
        if parted:
            return self._with_parts(found, parted)
        parted = [
            self._clause(connection, found, each, limit, cancel) for each in clauses(question)
        ]
        if not parted:
            return found
        apart = tuple(Clause(each.cue, tuple(each.quotes)) for each in parted)
        return replace(self._with_parts(found, parted, spread=False), clauses=apart)

    def _clause(
        self,
        connection: sqlite3.Connection,
        found: Found,
        clause: str,
        limit: int,
        cancel: Cancel,
    ) -> Found:
        """What a clause finds among the windows of its question, or near to it in meaning."""
        cancel.check()
        snapshot, scope = found.snapshot, found.scope
        cue = self._by_meaning(snapshot, asking(found.cue, clause), scope)
        if cue.meant is None:
            windows = reweighed(snapshot, cue, scope, found.own, self._settings)
        else:
            windows = self._windows(snapshot, cue, scope)
        chosen = quotes.shortlist(windows, snapshot, max(_READ, 2 * limit))
        reader = quotes.Reader(connection, cue, self._settings)
        read = repeats_behind(reader.read(chosen), cue, _LOOKED * limit)
        first = read[0].place if read else 0
        return Found(snapshot, scope, cue, windows, read, windows, first, {})

    def _with_parts(self, found: Found, parted: Sequence[Found], *, spread: bool = True) -> Found:
        """What a question finds, with what the questions find that it holds."""
        listed = [(each.windows, each.quotes) for each in parted]
        whole = widened(
            found.snapshot, found.cue, found.scope, found.windows, starts(listed), self._settings
        )
        own = [
            replace(
                quote, place=int(np.searchsorted(whole.starts, found.windows.starts[quote.place]))
            )
            for quote in found.quotes
        ]
        paths: dict[int, Hop] = {}
        asked: dict[int, int] = {}
        for each in (found, *parted):
            asked |= each.asked_before
            paths = {**moved(each.paths, each.windows, whole), **paths}
        return replace(
            found, windows=whole, quotes=joined(whole, own, listed, spread=spread), paths=paths,
            asked_before=asked,
        )  # fmt: skip

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
        chosen = quotes.shortlist(windows, snapshot, max(_READ, 2 * limit))
        reader = quotes.Reader(connection, cue, self._settings)
        first = reader.best(chosen)
        own = windows
        cue, windows = learned(
            snapshot, cue, scope, windows, _within(snapshot, scope), self._settings
        )
        cancel.check()
        turns = replied(connection, snapshot, cue, scope, windows, self._settings)
        further = reach(connection, snapshot, cue, scope, turns.windows, self._settings)
        cancel.check()
        found, paths = (turns.windows, {}) if further is None else (further.windows, further.paths)
        if found is not own:
            chosen = quotes.shortlist(found, snapshot, max(_READ, 2 * limit))
        read = repeats_behind(reader.read(chosen), cue, _LOOKED * limit)
        return Found(snapshot, scope, cue, found, read, own, first, paths, asked_before=turns.asked)

    def _windows(self, snapshot: Snapshot, cue: Cue, scope: Scope) -> Windows:
        near = None
        if cue.meant is not None:
            near = cue.meant.ordinals
            # A model may have read what came after this look at the library.
            near = scope.keep(near[near < snapshot.size], snapshot)
        return score(snapshot, cue, scope, self._settings, near)

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
        version = meta.standing(connection)
        with self._lock:
            state = self._state
        if state is not None and state.version == version:
            return state
        state = _State(version, tuple(text.extents(connection)), catalogue.languages(connection))
        with self._lock:
            self._state = state
        return state

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
        snapshot = self._lexicon.refresh()
        with self._store.read() as connection:
            passages = text.passages(connection, source)
            step = max(1, len(passages) // _PROBES)
            rows = text.engrams(connection, [each.first_engram for each in passages[::step]])
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


def _with_repeats(answer: Answer, best: Sequence[Quote], said: Mapping[int, Repeats]) -> Answer:
    """The answer with where else its quotes stand."""
    firsts = {quote.engrams[0].id: said[quote.place] for quote in best if quote.place in said}
    if not firsts:
        return answer
    evidence = tuple(
        replace(each, elsewhere=firsts[each.engram].listed, places=firsts[each.engram].places)
        if each.engram in firsts
        else each
        for each in answer.evidence
    )
    return replace(answer, evidence=evidence)


def _answer(
    question: str,
    found: Found,
    best: Sequence[Quote],
    around: quotes.Surroundings,
    explain: bool,
    began: float,
    scoped: bool,
    aside: frozenset[int],
    led: Mapping[int, Via],
    after: Mapping[int, Via],
    for_value: bool,
) -> Answer:
    fitted, features = judgement.weights(), found.features
    knows = judgement.probability(features, fitted)
    if found.cue.topic:
        # No relation is asked for that could be missing: what is named only has to be here.
        weights = [term.weight for term in found.cue.terms]
        sure = topic.sureness(weights, found.own.meets)
        # Nor does a namesake answer for somebody who stands nowhere.
        strange = any(not each.found and (each.name or each.capital) for each in found.cue.terms)
        knows = sure if strange else max(knows, sure)
    titles = {key: source.title for key, source in around.sources.items()}
    # Of one who speaks in a talk the judgement itself has looked what holds of them.
    plain = not found.clauses and not features[judgement.SPEAKER]
    amiss = presumed.amiss(found.snapshot, found.cue, best, titles) if plain else ""
    if found.cue.hollow:
        knows = 0.0
    elif amiss or (
        found.scope.size >= _TELLING
        and (
            _foreign_share(found.cue) >= _FOREIGN
            or few.never_meet(found.snapshot, found.cue, found.own)
        )
    ):
        # What the question is mostly about is not even mentioned here, or both of its words are,
        # but never of one another, or not of the one who is named.
        knows *= judgement.THRESHOLD
    abstained = knows < judgement.THRESHOLD or not best
    abouts = [] if abstained else [quotes.about(quote, around) for quote in best]
    apart = () if abstained else told_apart(found.clauses, best, abouts)
    asked_for = None if abstained or apart else _value(found.cue, best, around)
    # What a path leads to stands behind where it begins: its rank tells nothing against it.
    ends = _chances(knows, best, fitted, ranked=False)
    way = None if abstained or apart else told(found.cue, best, ends, led)
    if way is not None and asked_for is None:
        asked_for = _value(found.cue, best, around, way.end)
    if asked_for is not None and (way is None or way.end != asked_for.quote):
        way = None
    if for_value and asked_for is None:
        best = ()
    if asked_for is not None and asked_for.quote and way is None:
        # The quote that holds the value answers best, whatever the windows said.
        best = [best[asked_for.quote], *(q for i, q in enumerate(best) if i != asked_for.quote)]
        abouts = [quotes.about(quote, around) for quote in best]
        best[0] = replace(best[0], score=best[1].score)
        asked_for = replace(asked_for, quote=0)
    chances = _chances(knows, best, fitted)
    evidence = []
    for i, quote in enumerate(best):
        place = (asked_for.start, asked_for.end) if asked_for and asked_for.quote == i else None
        section = around.sections[quote.engrams[0].section]
        title = around.sources[quote.engrams[0].source].title
        why = (
            quotes.reasons(quote, found.cue, found.windows, section.title, title) if explain else []
        )
        via = led.get(quote.place)
        if via is not None and _by_words(found, quote) and (way is None or way.end != i):
            # It speaks of what the question names, or of all it asks: the words alone lead here.
            via = None
        if via is not None and explain:
            why.append(reason(via))
        if via is None and (via := after.get(quote.place)) is not None and explain:
            why.append(replies.reason(via))
        made = quotes.evidence(quote, i + 1, chances[i], found.cue, around, why, place)
        made = replace(made, tiers={**made.tiers, **_shares(found, quote, via)})
        if via is not None:
            made = replace(made, via=via, path=_path(via, made))
        if explain and made.tiers["semantic"]:
            made = replace(made, reasons=(*made.reasons, _meaning(found.cue, quote)))
        evidence.append(replace(made, tags=(ARCHIVED,)) if quote.place in aside else made)
    sentences = way.sentences if way is not None else apart
    if not abstained and not sentences:
        sentences = telling(found.cue, best, chances, asked_for, abouts)
    return Answer(
        question=question,
        mode="quotes",
        abstained=abstained,
        confidence=knows,
        value=asked_for.text if asked_for else None,
        sentences=sentences,
        evidence=tuple(evidence),
        coverage=_coverage(found, evidence),
        milliseconds=(time.perf_counter() - began) * 1000,
        suggestion=(amiss or suggestion(found.snapshot, found.cue, found.own, scoped))
        if abstained
        else "",
    )


def _shares(found: Found, quote: Quote, via: Via | None) -> dict[str, float]:
    """How far each tier speaks for the quote, 1 for what it holds to be best of all.

    Links speak where a path is told: a bar whose reason nobody can read tells nothing.
    """
    windows, place = found.windows, quote.place
    most = float(windows.proximity.max(initial=0.0))
    shares = {"lexical": float(windows.proximity[place]) / most if most else 0.0}
    if found.cue.meant is not None:
        first, last = quote.engrams[0], quote.engrams[-1]
        shares["semantic"] = found.cue.meant.share(first.id - 1, last.id)
    if via is not None:
        best = max((hop.value for hop in found.paths.values()), default=0.0)
        hop = found.paths.get(place)
        # What was asked before it leads to an answer as directly as a link can.
        shares["graph"] = hop.value / best if hop is not None and best else 1.0
    return {tier: round(min(share, 1.0), 4) for tier, share in shares.items()}


def _meaning(cue: Cue, quote: Quote) -> str:
    """Why a quote was found by its meaning: by that of the question, or of what that found."""
    first, last = quote.engrams[0].id - 1, quote.engrams[-1].id
    before = cue.meant.before if cue.meant is not None else None
    return _LIKE if before is not None and not before.share(first, last) else _MEANS


def _path(via: Via, made: Evidence) -> tuple[Step, ...]:
    """The way to a quote: the sentence that names what leads to it, then the quote."""
    return (
        Step(via.name, via.engram, via.sentence, via.source, via.title, via.start, via.end),
        Step(
            "",
            made.engram,
            made.quote,
            made.source.id,
            made.source.title,
            made.locator.start,
            made.locator.end,
        ),
    )


def _foreign_share(cue: Cue) -> float:
    """Share of the question's weight in words that nothing here says, in no form or synonym."""
    total = sum(term.weight for term in cue.terms) or 1.0
    unsaid = (term.weight for term in cue.terms if not term.found and not len(term.like))
    return sum(unsaid) / total


def _value(
    cue: Cue, best: Sequence[Quote], around: quotes.Surroundings, only: int | None = None
) -> value.Value | None:
    """The value that the first three quotes give, or the one at the place `only`."""
    looked_at = best[:_VALUE_QUOTES] if only is None else best[only : only + 1]
    found = value.find(
        cue,
        [quotes.shown(quote, around) for quote in looked_at],
        [quote.score / (looked_at[0].score or 1.0) for quote in looked_at],
        [quotes.about(quote, around) for quote in looked_at],
    )
    return found if found is None or only is None else replace(found, quote=only)


def _chances(
    knows: float, best: Sequence[Quote], fitted: judgement.Weights, *, ranked: bool = True
) -> list[float]:
    """A probability for each quote, never above the answer's own nor that of the quote before it.

    It falls with the rank unless not `ranked`.
    """
    top = best[0].score if best else 1.0
    chances: list[float] = []
    for rank, quote in enumerate(best):
        share = quote.score / top if top else 0.0
        chance = judgement.quote_probability(knows, share, rank if ranked else 0, fitted)
        chances.append(min([chance, knows, *chances[-1:]]))
    return chances


def _coverage(found: Found, evidence: Sequence[Evidence]) -> Coverage:
    """Passages quoted, passages in scope, sources quoted."""
    passage = found.snapshot.columns["passage"]
    if found.scope.sources is None:
        of = found.snapshot.lastingly(("passages",), lambda: count(passage))
    else:
        everything = found.scope.keep(
            np.arange(found.snapshot.size, dtype=np.int32), found.snapshot
        )
        of = count(passage[everything])
    return Coverage(of=of, **_quoted(found.snapshot, evidence))


def _quoted(snapshot: Snapshot, evidence: Sequence[Evidence]) -> dict[str, int]:
    """How many passages are quoted, from how many sources."""
    passage = snapshot.columns["passage"]
    passages = {int(passage[engram - 1]) for each in evidence for engram in each.engrams}
    return {"passages": len(passages), "sources": len({each.source.id for each in evidence})}


def _by_words(found: Found, quote: Quote) -> bool:
    """Whether a quote holds a name that stands in the question, or all of its words."""
    if (found.windows.inside[:, quote.place] >= 1).all():
        return True
    names = [
        i for i, term in enumerate(found.cue.terms) if term.found and (term.name or term.capital)
    ]
    return bool((found.windows.inside[names, quote.place] >= 1).any())


def _nothing_there(
    question: str, sources: Collection[int] | None, snapshot: Snapshot, began: float
) -> Answer:
    """The answer of an empty library or scope."""
    empty_scope = sources is not None and snapshot.size > 0
    return Answer(
        question=question,
        mode="none",
        abstained=True,
        confidence=0.0,
        value=None,
        sentences=(),
        evidence=(),
        coverage=Coverage(0, 0, 0),
        milliseconds=(time.perf_counter() - began) * 1000,
        suggestion=(
            "There is nothing to read in this selection: ask all sources instead."
            if empty_scope
            else "Add a book, an article or a note first, then ask again."
        ),
    )
