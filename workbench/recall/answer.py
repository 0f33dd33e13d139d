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
from workbench.recall.hops import final_step, reason
from workbench.recall.listing import READ_LINES, asks_for_several
from workbench.recall.missing import suggestion
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
from workbench.recall.search import Request, Retrieval
from workbench.recall.siblings import describes_sibling, has_rivals, in_context
from workbench.recall.value import Value
from workbench.recall.writing.injection import addresses_model, withheld

_SEMANTIC_NOTE = "Similar in meaning."
#: What is evidence from a file as it was before it changed.
_OLDER_VERSION = "earlier version"
#: How sure an answer is at most that stands beside orders which seemed to answer better.
_DOUBTFUL = 0.55
_ORDERS = "What gives orders to a program was not taken for an answer."
#: Sentences that are shown where the reader has chosen them, and how far one may lie behind the
#: first.
_DISPLAYED, _NEARLY = 3, 3.0
#: How sure it is that words stand where they were found.
_VERBATIM_PROBABILITY = 0.99
#: The share of the least probability that is enough for a question that goes on from answered ones.
_GOES_ON = 0.6
#: What is left of the probability where what is shown tells of something else.
_STRANGE = 0.5


@dataclass(frozen=True, slots=True)
class AnswerMaterial:
    """What an answer is made of.

    `best` are the quotes that are shown, `around` the words about them, `led` what led to some of
    them by their places, and `aside` the places of those laid aside. `reread` is what the reader
    says, None where it was not asked, and `unread` why so where that is not as usual. `orders`
    counts quotes that give orders to a program, which are the last and are not among what it says;
    it is `doubtful` where a sentence with orders would have come first.
    """

    request: Request
    found: Retrieval
    best: Sequence[Quote]
    around: quotes.Surroundings
    led: Mapping[int, Step]
    aside: frozenset[int]
    reread: Reread | None
    unread: str = ""
    orders: int = 0
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _AnswerParts:
    """What an answer says: its sentences, its value, and its quotes in the order of that.

    `chances` are the probabilities of the quotes.
    """

    best: Sequence[Quote]
    chances: Sequence[float]
    sentences: tuple[AnswerSentence, ...] = ()
    value: Value | None = None


def build_answer(material: AnswerMaterial) -> Answer:
    """The answer."""
    result, read, strange = material.found, material.reread, False
    if read is not None and read.sentences and not result.cue.topic:
        filtered = _drop_siblings(material, read)
        strange = filtered is None or _elsewhere(material, filtered)
        material = replace(material, reread=filtered or read)
    likely = _likely(result, material.reread) * (_STRANGE if strange else 1.0)
    is_foreign = not (result.cue.english or result.cue.topic)
    if material.doubtful or (material.unread and is_foreign):
        likely = min(likely, _DOUBTFUL)
    thread = material.request.thread
    threshold = material.request.least * (
        _GOES_ON if thread is not None and thread.has_answer else 1.0
    )
    silent = strange or likely < threshold or material.orders >= len(material.best)
    if silent:
        parts = _AnswerParts(material.best, _chances(likely, material.best))
    elif material.reread is not None:
        parts = _read(material, material.reread, likely)
    else:
        parts = _retrieval_parts(material, likely)
    evidence = [_evidence(material, parts, number) for number in range(len(parts.best))]
    return Answer(
        material.request.question,
        abstained=silent,
        confidence=likely,
        value=parts.value.text if parts.value else None,
        sentences=parts.sentences,
        evidence=tuple(evidence),
        coverage=_coverage(result, evidence),
        suggestion=suggestion(result.search, material.request.sources is not None)
        if silent
        else "",
        note=material.unread
        or (
            _ORDERS
            if material.orders or material.doubtful
            else verbatim.remark(result.cue.stands, material.best)
        ),
    )


def without_orders(material: AnswerMaterial) -> AnswerMaterial:
    """Without passages that surely give orders to a program, and sentences that seem to.

    Where such a sentence would have come first, what is left is only a possible answer. Words that
    are looked up as they stand are shown.
    """
    if material.found.cue.stands.places:
        return material
    orders = {quote.place for quote in material.best if _gives_orders(quote, material)}
    best, read = sorted(material.best, key=lambda quote: quote.place in orders), material.reread
    material = replace(material, best=best, orders=len(orders))
    if read is None:
        return material
    sentences = tuple(
        row for row in read.sentences if row.place not in orders and not addresses_model(row.text)
    )
    if len(sentences) == len(read.sentences):
        return material
    if not sentences:
        return replace(material, orders=len(best))
    doubtful = read.sentences[0] not in sentences
    rows = zip(read.quotes, read.readings, strict=False)
    readings = tuple(row for quote, row in rows if quote.place not in orders)
    read = replace(read, sentences=sentences, readings=readings or read.readings)
    return replace(material, reread=read, doubtful=doubtful)


def _gives_orders(quote: Quote, material: AnswerMaterial) -> bool:
    """Whether a quote, its source's title or, where nobody read it, a sentence gives orders."""
    context = material.around
    title = context.sources[quote.engrams[0].source].title
    text = f"{title}\n{quotes.source_text(quote, context)}"
    return withheld(text) if material.reread is not None else addresses_model(text)


def _likely(retrieval: Retrieval, reread: Reread | None) -> float:
    """How likely what is shown answers."""
    cue = retrieval.cue
    if cue.stands.places:
        return _VERBATIM_PROBABILITY
    if cue.hollow or cue.stands.nowhere:
        return 0.0
    return answerability.probability(retrieval, reread)


def _drop_siblings(material: AnswerMaterial, reread: Reread) -> Reread | None:
    """Without sentences that tell of a sibling of what is asked for; None where all do."""
    cue, context = material.found.cue, material.around
    if not cue.english:
        return reread
    quoted = {quote.place: quote.engrams for quote in material.best}
    indexed_words = {term.word for term in cue.terms if term.found}
    thread = material.request.thread
    substitution = None if thread is None else thread.substitution
    filtered = []
    for sentence in reread.sentences:
        rows = quoted.get(sentence.place, ())
        place = next((n for n, row in enumerate(rows) if row.id == sentence.engram), 0)
        prefix = rows[place - 1].text if place else ""
        row = next(iter(rows), None)
        heads = "" if row is None else context.chapters[row.section]
        title = "" if row is None else context.sources[row.source].title
        above = f"{title}. {heads}."
        passage = in_context(sentence.text, prefix)
        if substitution is not None and substitution.contradicts(passage):
            continue
        if not has_rivals(cue, passage, above) or not describes_sibling(
            cue.text, passage, above, indexed_words.__contains__
        ):
            filtered.append(sentence)
    return replace(reread, sentences=tuple(filtered)) if filtered else None


def _elsewhere(material: AnswerMaterial, reread: Reread) -> bool:
    """Whether the first sentence stands in a text that says no name of the question.

    “Idris was born in Harrow” is no answer to where Dora was born, however well it reads. What a
    path leads to may stand in a text of its own.
    """
    names = [term for term in material.found.cue.terms if term.found and term.is_name]
    by_place = {quote.place: quote for quote in material.best}
    place = next(
        (sentence.place for sentence in reread.sentences if sentence.place in by_place), None
    )
    if not names or place is None or material.request.thread is not None:
        return False
    if any(place in paths for paths in (material.led, material.found.paths)):
        return False
    row, context = by_place[place].engrams[0], material.around
    text = f"{context.sources[row.source].title}. {context.chapters[row.section]}. "
    text += context.texts[row.section]
    keys = {words.key(word) for token in words.tokens(text) for word in token.words}
    return all(keys.isdisjoint(term.keys) for term in names)


def _read(material: AnswerMaterial, reread: Reread, likely: float) -> _AnswerParts:
    """What the sentences say that the reader has chosen."""
    numbers = {quote.place: at for at, quote in enumerate(material.best)}
    available = [sentence for sentence in reread.sentences if sentence.place in numbers]
    if not available:
        return _retrieval_parts(material, likely)
    by_text: dict[str, ReadSentence] = {}
    is_list = material.request.limit >= READ_LINES and asks_for_several(material.request.question)
    lines = READ_LINES if is_list else _DISPLAYED
    for sentence in available:
        if sentence.worth < available[0].worth - _NEARLY or len(by_text) >= lines:
            continue
        # Behind the first lines of a list stands only what answers by itself.
        if len(by_text) < _DISPLAYED or sentence.reading.probability >= POSSIBLE:
            by_text.setdefault(sentence.text, sentence)
    sentences = tuple(
        AnswerSentence(text, (numbers[item.place] + 1,)) for text, item in by_text.items()
    )
    result = _value(material, available[0], numbers[available[0].place])
    return _AnswerParts(material.best, _chances(likely, material.best), sentences, result)


def _value(material: AnswerMaterial, first: ReadSentence, number: int) -> Value | None:
    """The value that the first sentence gives, and where it stands in its quote."""
    text = value.span(material.found.cue, first, material.request.thread)
    at = quotes.source_text(material.best[number], material.around).find(first.text) if text else -1
    start = at + first.reading.start
    return Value(text, number, start, start + len(text)) if at >= 0 else None


def _retrieval_parts(material: AnswerMaterial, likely: float) -> _AnswerParts:
    """What the quotes say in the order of retrieval: no value, which takes the reader."""
    best, places = material.best, material.found.cue.stands.places
    if places:
        sentences = verbatim.sentences(best, places)
    else:
        sentences = (AnswerSentence(_covering(material.found.cue, best[0]), (1,)),)
    return _AnswerParts(best, _chances(likely, best), sentences)


def _covering(cue: Cue, quote: Quote) -> str:
    """The sentence of a quote that says most of a question."""
    sentences = [" ".join(row.text.split()) for row in quote.engrams]
    return max(sentences, key=lambda sentence: quotes.cover(sentence, cue))


def _evidence(material: AnswerMaterial, parts: _AnswerParts, number: int) -> Evidence:
    """The quote of this number, from 0."""
    result, context, explain = material.found, material.around, material.request.explain
    quote, value_span = parts.best[number], parts.value
    place = (
        (value_span.start, value_span.end) if value_span and value_span.quote == number else None
    )
    section = context.sections[quote.engrams[0].section]
    title = context.sources[quote.engrams[0].source].title
    explanations = (
        quotes.reasons(quote, result.cue, result.windows, section.title, title) if explain else []
    )
    via = material.led.get(quote.place)
    if via is not None and _by_words(result, quote):
        # It speaks of what the question names, or of all it asks: the words alone lead here.
        via = None
    if via is not None and explain:
        explanations.append(reason(via))
    record = quotes.evidence(quote, number + 1, parts.chances[number], result.cue, context)
    tiers = {**record.tiers, **_shares(result, quote, via)}
    record = replace(record, tiers=tiers, reasons=tuple(explanations))
    if place is not None:
        record = replace(record, highlights=quotes.highlights(record.quote, result.cue, place))
    if via is not None:
        record = replace(record, via=via, path=(via, final_step(record)))
    if explain and record.tiers["semantic"]:
        record = replace(record, reasons=(*record.reasons, _SEMANTIC_NOTE))
    tags = ["archived"] if quote.place in material.aside else []
    if quote.engrams[0].source in result.search.newer:
        tags.append(_OLDER_VERSION)
    return replace(record, tags=tuple(tags))


def with_repeats(
    answer: Answer, best: Sequence[Quote], repeats_by_place: Mapping[int, Repeats]
) -> Answer:
    """The answer with where else its quotes stand."""
    firsts = {
        quote.engrams[0].id: repeats_by_place[quote.place]
        for quote in best
        if quote.place in repeats_by_place
    }
    if not firsts:
        return answer
    evidence = tuple(
        replace(item, elsewhere=firsts[item.engram].listed, places=firsts[item.engram].places)
        if item.engram in firsts
        else item
        for item in answer.evidence
    )
    return replace(answer, evidence=evidence)


def _shares(retrieval: Retrieval, quote: Quote, via: Step | None) -> dict[str, float]:
    """How far each tier speaks for the quote, 1 for what it holds to be best of all.

    Links speak where a path is told: a bar whose reason nobody can read tells nothing.
    """
    windows, place = retrieval.windows, quote.place
    peak = float(windows.proximity.max(initial=0.0))
    shares = {"lexical": float(windows.proximity[place]) / peak if peak else 0.0}
    if retrieval.cue.meant is not None:
        first, final = quote.engrams[0], quote.engrams[-1]
        shares["semantic"] = retrieval.cue.meant.share(first.id - 1, final.id)
    if via is not None:
        best = max((hop.value for hop in retrieval.paths.values()), default=0.0)
        hop = retrieval.paths.get(place)
        shares["graph"] = hop.value / best if hop is not None and best else 1.0
    return {tier: round(min(share, 1.0), 4) for tier, share in shares.items()}


def _chances(likely: float, best: Sequence[Quote]) -> list[float]:
    """A probability for each quote, never above that of the quote before it."""
    top = best[0].score if best else 0.0
    shares = (min(quote.score / top, 1.0) if top > 0 else 1.0 for quote in best)
    return [likely * share for share in accumulate(shares, min)]


def _coverage(retrieval: Retrieval, evidence: Sequence[Evidence]) -> Coverage:
    """Passages quoted, passages in scope, sources quoted."""
    passage = retrieval.search.snapshot.columns["passage"]
    if retrieval.search.scope.sources is None:
        of = retrieval.search.snapshot.lastingly(("passages",), lambda: count(passage))
    else:
        ordinals = retrieval.search.scope.restrict(
            np.arange(retrieval.search.snapshot.size, dtype=np.int32), retrieval.search.snapshot
        )
        of = count(passage[ordinals])
    return Coverage(of=of, **quoted(retrieval.search.snapshot, evidence))


def quoted(snapshot: Snapshot, evidence: Sequence[Evidence]) -> dict[str, int]:
    """How many passages are quoted, from how many sources."""
    passage = snapshot.columns["passage"]
    passages = {int(passage[engram - 1]) for item in evidence for engram in item.engrams}
    return {"passages": len(passages), "sources": len({item.source.id for item in evidence})}


def _by_words(retrieval: Retrieval, quote: Quote) -> bool:
    """Whether a quote holds a name that stands in the question, or all of its words."""
    inside = retrieval.windows.parts.inside
    if (inside[:, quote.place] >= 1).all():
        return True
    names = [
        i
        for i, term in enumerate(retrieval.cue.terms)
        if term.found and (term.name or term.capital)
    ]
    return bool((inside[names, quote.place] >= 1).any())


def empty_answer(request: Request, snapshot: Snapshot, start_time: float) -> Answer:
    """The answer of an empty library or scope."""
    empty_scope = request.sources is not None and snapshot.size > 0
    return Answer(
        request.question,
        mode="none",
        abstained=True,
        milliseconds=(time.perf_counter() - start_time) * 1000,
        suggestion=(
            "There is nothing to search in this selection. Ask all sources instead?"
            if empty_scope
            else "Add a book, an article or a note first, then ask again."
        ),
    )
