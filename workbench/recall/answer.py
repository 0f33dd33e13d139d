"""From the quotes that were found to an answer: its sentences, its value and its evidence."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall import (
    answerability,
    quotes,
    value,
    verbatim,
)
from workbench.recall.candidates import Found, Request
from workbench.recall.missing import suggestion
from workbench.recall.multi_hop import last_step, reason
from workbench.recall.ordinal_sets import count
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import (
    POSSIBLE,
    Answer,
    AnswerSentence,
    Coverage,
    Evidence,
    Step,
)
from workbench.recall.rerank import ReadSentence, Reread
from workbench.recall.said_elsewhere import Repeats
from workbench.recall.siblings import has_rivals, in_context, tells_of_sibling
from workbench.recall.strength_order import ARCHIVED
from workbench.recall.value import Value

_MEANS = "Similar in meaning."
#: What is evidence from a file as it was before it changed.
_EARLIER = "earlier version"
#: Sentences that are shown where the reader has chosen them, and how far one may lie behind the
#: first.
_SHOWN, _NEARLY = 3, 3.0
#: How sure it is that words stand where they were found.
_STANDS = 0.99
#: The share of the least probability that is enough for a question that goes on from answered ones.
_GOES_ON = 0.6
#: What is left of the probability where what is shown tells of something else.
_STRANGE = 0.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an answer is made of.

    `best` are the quotes that are shown, `around` the words about them, `led` what led to some of
    them by their places, and `aside` the places of those laid aside. `reread` is what the reader
    says, None where it was not asked, and `unread` why so where that is not as usual.
    """

    request: Request
    found: Found
    best: Sequence[Quote]
    around: quotes.Surroundings
    led: Mapping[int, Step]
    aside: frozenset[int]
    reread: Reread | None
    unread: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What an answer says: its sentences, its value, and its quotes in the order of that.

    `chances` are the probabilities of the quotes.
    """

    best: Sequence[Quote]
    chances: Sequence[float]
    sentences: tuple[AnswerSentence, ...] = ()
    value: Value | None = None


def answered(drawn: Drawn) -> Answer:
    """The answer."""
    found, read, strange = drawn.found, drawn.reread, False
    if read is not None and read.sentences and not found.cue.topic:
        kept = _without_siblings(drawn, read)
        strange = kept is None or _elsewhere(drawn, kept)
        drawn = replace(drawn, reread=kept or read)
    likely = _likely(found, drawn.reread) * (_STRANGE if strange else 1.0)
    goes_on = drawn.request.thread is not None and bool(drawn.request.thread.told)
    least = POSSIBLE * (_GOES_ON if goes_on else 1.0)
    silent = strange or likely < least or not drawn.best
    if silent:
        said = _Said(drawn.best, _chances(likely, drawn.best))
    elif drawn.reread is not None:
        said = _read(drawn, drawn.reread, likely)
    else:
        said = _told(drawn, likely)
    evidence = [_evidence(drawn, said, number) for number in range(len(said.best))]
    return Answer(
        question=drawn.request.question,
        mode="quotes",
        abstained=silent,
        confidence=likely,
        value=said.value.text if said.value else None,
        sentences=said.sentences,
        evidence=tuple(evidence),
        coverage=_coverage(found, evidence),
        milliseconds=0.0,
        suggestion=suggestion(found.search, drawn.request.sources is not None) if silent else "",
        note=drawn.unread or verbatim.remark(found.cue.stands, drawn.best),
    )


def _likely(found: Found, reread: Reread | None) -> float:
    """How likely what is shown answers."""
    cue = found.cue
    if cue.stands.places:
        return _STANDS
    if cue.hollow or cue.stands.nowhere:
        return 0.0
    return answerability.probability(found, reread)


def _without_siblings(drawn: Drawn, reread: Reread) -> Reread | None:
    """Without sentences that tell of a sibling of what is asked for; None where all do."""
    cue, around = drawn.found.cue, drawn.around
    if not cue.english:
        return reread
    quoted = {quote.place: quote.engrams for quote in drawn.best}
    standing = {term.word for term in cue.terms if term.found}
    thread = drawn.request.thread
    substitution = None if thread is None else thread.substitution
    kept = []
    for sentence in reread.sentences:
        rows = quoted.get(sentence.place, ())
        place = next((n for n, row in enumerate(rows) if row.id == sentence.engram), 0)
        before = rows[place - 1].text if place else ""
        row = next(iter(rows), None)
        heads = "" if row is None else around.chapters[row.section]
        title = "" if row is None else around.sources[row.source].title
        above = f"{title}. {heads}."
        told = in_context(sentence.text, before)
        if substitution is not None and substitution.contradicts(told):
            continue
        if not has_rivals(cue, told, above) or not tells_of_sibling(
            cue.text, told, above, standing.__contains__
        ):
            kept.append(sentence)
    return replace(reread, sentences=tuple(kept)) if kept else None


def _elsewhere(drawn: Drawn, reread: Reread) -> bool:
    """Whether the first sentence stands in a text that says no name of the question.

    “Idris was born in Harrow” is no answer to where Dora was born, however well it reads. What a
    path leads to may stand in a text of its own.
    """
    names = [term for term in drawn.found.cue.terms if term.found and term.named]
    shown = {quote.place: quote for quote in drawn.best}
    place = next((each.place for each in reread.sentences if each.place in shown), None)
    if not names or place is None or drawn.request.thread is not None:
        return False
    if any(place in paths for paths in (drawn.led, drawn.found.paths)):
        return False
    row, around = shown[place].engrams[0], drawn.around
    text = f"{around.sources[row.source].title}. {around.chapters[row.section]}. "
    text += around.texts[row.section]
    said = {words.key(word) for token in words.tokens(text) for word in token.words}
    return all(said.isdisjoint(term.keys) for term in names)


def _read(drawn: Drawn, reread: Reread, likely: float) -> _Said:
    """What the sentences say that the reader has chosen."""
    numbers = {quote.place: at for at, quote in enumerate(drawn.best)}
    there = [each for each in reread.sentences if each.place in numbers]
    if not there:
        return _told(drawn, likely)
    shown: dict[str, ReadSentence] = {}
    for each in there:
        if each.worth >= there[0].worth - _NEARLY and len(shown) < _SHOWN:
            shown.setdefault(each.text, each)
    sentences = tuple(
        AnswerSentence(text, (numbers[each.place] + 1,)) for text, each in shown.items()
    )
    found = _value(drawn, there[0], numbers[there[0].place])
    return _Said(drawn.best, _chances(likely, drawn.best), sentences, found)


def _value(drawn: Drawn, first: ReadSentence, number: int) -> Value | None:
    """The value that the first sentence gives, and where it stands in its quote."""
    text = value.span(drawn.found.cue, first, drawn.request.thread)
    at = quotes.shown(drawn.best[number], drawn.around).find(first.text) if text else -1
    start = at + first.reading.start
    return Value(text, number, start, start + len(text)) if at >= 0 else None


def _told(drawn: Drawn, likely: float) -> _Said:
    """What the quotes say in the order of retrieval: no value, which takes the reader."""
    best, places = drawn.best, drawn.found.cue.stands.places
    if places:
        stand = verbatim.sentences(best, places)
    else:
        stand = (AnswerSentence(_covering(drawn.found.cue, best[0]), (1,)),)
    return _Said(best, _chances(likely, best), stand)


def _covering(cue: Cue, quote: Quote) -> str:
    """The sentence of a quote that says most of a question."""
    sentences = [" ".join(row.text.split()) for row in quote.engrams]
    return max(sentences, key=lambda sentence: quotes.cover(sentence, cue))


def _evidence(drawn: Drawn, said: _Said, number: int) -> Evidence:
    """The quote of this number, from 0."""
    found, around, explain = drawn.found, drawn.around, drawn.request.explain
    quote, given = said.best[number], said.value
    place = (given.start, given.end) if given and given.quote == number else None
    section = around.sections[quote.engrams[0].section]
    title = around.sources[quote.engrams[0].source].title
    why = quotes.reasons(quote, found.cue, found.windows, section.title, title) if explain else []
    via = drawn.led.get(quote.place)
    if via is not None and _by_words(found, quote):
        # It speaks of what the question names, or of all it asks: the words alone lead here.
        via = None
    if via is not None and explain:
        why.append(reason(via))
    made = quotes.evidence(quote, number + 1, said.chances[number], found.cue, around)
    tiers = {**made.tiers, **_shares(found, quote, via)}
    made = replace(made, tiers=tiers, reasons=tuple(why))
    if place is not None:
        made = replace(made, highlights=quotes.highlights(made.quote, found.cue, place))
    if via is not None:
        made = replace(made, via=via, path=(via, last_step(made)))
    if explain and made.tiers["semantic"]:
        made = replace(made, reasons=(*made.reasons, _MEANS))
    tags = [ARCHIVED] if quote.place in drawn.aside else []
    if quote.engrams[0].source in found.search.newer:
        tags.append(_EARLIER)
    return replace(made, tags=tuple(tags))


def with_repeats(answer: Answer, best: Sequence[Quote], said: Mapping[int, Repeats]) -> Answer:
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


def _shares(found: Found, quote: Quote, via: Step | None) -> dict[str, float]:
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
        shares["graph"] = hop.value / best if hop is not None and best else 1.0
    return {tier: round(min(share, 1.0), 4) for tier, share in shares.items()}


def _chances(likely: float, best: Sequence[Quote]) -> list[float]:
    """A probability for each quote, never above that of the quote before it."""
    top = best[0].score if best else 0.0
    shares = (min(quote.score / top, 1.0) if top > 0 else 1.0 for quote in best)
    return [likely * share for share in accumulate(shares, min)]


def _coverage(found: Found, evidence: Sequence[Evidence]) -> Coverage:
    """Passages quoted, passages in scope, sources quoted."""
    passage = found.search.snapshot.columns["passage"]
    if found.search.scope.sources is None:
        of = found.search.snapshot.lastingly(("passages",), lambda: count(passage))
    else:
        everything = found.search.scope.keep(
            np.arange(found.search.snapshot.size, dtype=np.int32), found.search.snapshot
        )
        of = count(passage[everything])
    return Coverage(of=of, **quoted(found.search.snapshot, evidence))


def quoted(snapshot: Snapshot, evidence: Sequence[Evidence]) -> dict[str, int]:
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


def nothing_there(request: Request, snapshot: Snapshot, began: float) -> Answer:
    """The answer of an empty library or scope."""
    empty_scope = request.sources is not None and snapshot.size > 0
    return Answer(
        question=request.question,
        mode="none",
        abstained=True,
        confidence=0.0,
        value=None,
        sentences=(),
        evidence=(),
        coverage=Coverage(0, 0, 0),
        milliseconds=(time.perf_counter() - began) * 1000,
        suggestion=(
            "There is nothing to search in this selection. Ask all sources instead?"
            if empty_scope
            else "Add a book, an article or a note first, then ask again."
        ),
    )
