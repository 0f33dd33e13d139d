"""Builds an answer from quotes: its sentences, value and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter

import numpy as np

from workbench.memory import words
from workbench.memory.segment import count
from workbench.memory.snapshot import Snapshot
from workbench.recall import (
    answerability,
    quotes,
    value,
    verbatim,
)
from workbench.recall.hops import final_step, reason
from workbench.recall.list_question import READ_LINES
from workbench.recall.missing import never_mentioned, suggestion
from workbench.recall.question_forms import courtesy_reply
from workbench.recall.quotes import Quote
from workbench.recall.records import (
    LIKELY,
    NEAR,
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
from workbench.store.records import EngramRow

_SEMANTIC_NOTE = "Similar in meaning."
#: The tag of evidence from a former version of a file.
_OLDER_VERSION = "earlier version"
#: The maximum probability if suspicious sentences seemed to answer better.
_DOUBTFUL = 0.55
_ORDERS = "What gives orders to a program was not taken for an answer."
#: Sentences shown from the reader's selection, and the maximum score difference to the first.
_DISPLAYED, _NEARLY = 3, 3.0
#: How much worse a sentence may read than one that denies what it names, to answer in its place.
_CLOSE = 1.5
#: The probability of a verbatim match.
_VERBATIM_PROBABILITY = 0.99
#: The probability of what follows the very question in a text.
_REPLIED = 0.9
#: The minimum probability without the reader: half of the words of the question in one place.
_HALF = 0.03
#: The factor of the probability if the evidence is on another subject.
_STRANGE = 0.5


@dataclass(frozen=True, slots=True)
class AnswerMaterial:
    """The input of an answer.

    `best` are the quotes to show, `around` their context, `led` the links to some of them by
    position, and `aside` the positions of excluded ones. `reread` is the reader's result, None if
    it was not used, with the reason in `unread`. `orders` counts quotes with instructions to a
    program, which are last and excluded from sentences; it is `doubtful` if a sentence with
    instructions would have been first.
    """

    request: Request
    retrieval: Retrieval
    best: Sequence[Quote]
    around: quotes.Surroundings
    led: Mapping[int, Step]
    aside: frozenset[int]
    reread: Reread | None
    unread: str = ""
    orders: int = 0
    doubtful: bool = False


def build_answer(material: AnswerMaterial) -> Answer:
    """Build the answer."""
    result, read, strange = material.retrieval, material.reread, False
    if read is not None and read.sentences and not result.cue.topic:
        filtered = _drop_siblings(material, read)
        first = _first_place(material, filtered or read)
        best = sorted(material.best, key=lambda quote: quote.place != first)
        material = replace(material, reread=filtered or read, best=best)
        strange = filtered is None
    likely = _likely(result, material.reread) * (_STRANGE if strange else 1.0)
    is_asserted = _is_asserted(read) and _is_asserted(material.reread)
    if not is_asserted and not result.replies:
        likely = min(likely, _DOUBTFUL)
    is_foreign = material.unread and not (result.cue.english or result.cue.topic or result.replies)
    if material.doubtful or is_foreign:
        likely = min(likely, _DOUBTFUL)
    # Unless what answers is clear, a name that occurs nowhere is a question about something else.
    scoped = material.request.sources is not None
    unknown = likely < POSSIBLE and never_mentioned(result.search, scoped, is_of_sibling=strange)
    least = POSSIBLE if result.cue.topic else _HALF if material.reread is None else NEAR
    silent = likely < least or unknown or material.orders >= len(material.best)
    sentences, result_value = ((), None) if silent else _said(material, likely)
    result_value = result_value if is_asserted else None
    # Nothing is close to a greeting.
    shown = () if courtesy_reply(result.cue.text) else material.best
    evidence = [
        _evidence(material, number, chance, result_value)
        for number, chance in enumerate(_chances(likely, shown))
    ]
    return Answer(
        material.request.question,
        abstained=bool(silent),
        confidence=likely,
        value=result_value.text if result_value else None,
        sentences=sentences,
        evidence=tuple(evidence),
        coverage=_coverage(result, evidence),
        suggestion=suggestion(result.search, scoped, is_of_sibling=strange) if silent else "",
        note=material.unread
        or (
            _ORDERS
            if material.orders or material.doubtful
            else verbatim.remark(result.cue.stands, material.best)
            if result.cue.stands.places
            else ""
        ),
    )


def without_orders(material: AnswerMaterial) -> AnswerMaterial:
    """Remove passages with certain instructions to a program, and probable sentences.

    If such a sentence would have been first, the answer is only possible. Verbatim searches are
    exempt.
    """
    if material.retrieval.cue.stands.places:
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
    """Whether a quote or its title has instructions; unless it was read, also by sentence."""
    context = material.around
    title = context.sources[quote.engrams[0].source].title
    text = f"{title}\n{quotes.source_text(quote, context)}"
    return withheld(text) if material.reread is not None else addresses_model(text)


def _likely(retrieval: Retrieval, reread: Reread | None) -> float:
    """The probability that the evidence answers."""
    cue = retrieval.cue
    if cue.stands.places:
        return _VERBATIM_PROBABILITY
    if cue.hollow or cue.stands.nowhere:
        return 0.0
    first = next(iter(retrieval.quotes if reread is None else reread.quotes), None)
    if first is not None and first.place in retrieval.replies:
        return _REPLIED if len(retrieval.replies) == 1 else _DOUBTFUL
    return answerability.probability(retrieval, reread)


def _is_asserted(reread: Reread | None) -> bool:
    """Whether the first sentence says that what answers is so (`asserted`).

    Not if it only stands in for one that reads better and denies or doubts it.
    """
    if reread is None or not reread.sentences:
        return True
    first = reread.sentences[0]
    best = max(reread.sentences, key=lambda row: row.worth + row.withheld)
    return not first.withheld and (
        not best.withheld or best.worth + best.withheld < first.worth + _CLOSE
    )


def _drop_siblings(material: AnswerMaterial, reread: Reread) -> Reread | None:
    """Remove sentences on a sibling of the subject; None if none as good remains."""
    cue, context = material.retrieval.cue, material.around
    if not cue.english:
        return reread
    quoted = {quote.place: quote.engrams for quote in material.best}
    indexed_words = {term.word for term in cue.terms if term.frequency}
    thread = material.request.thread
    substitution = None if thread is None else thread.substitution
    leads = quotes.preceding_sentences(material.retrieval.search.connection, material.best)
    before = {quote.place: lead for quote, lead in zip(material.best, leads, strict=True)}
    filtered = list[ReadSentence]()
    # The words of the question that what was left out has.
    dropped = set[str]()
    for sentence in reread.sentences:
        rows = quoted.get(sentence.place, ())
        previous = [row.text for row in rows if row.id < sentence.engram]
        above = _above(context, rows[0]) if rows else ""
        heading = context.chapters[rows[0].section].rpartition(" · ")[2] if rows else ""
        passage = in_context(sentence.text, [before.get(sentence.place, ""), *previous])
        if substitution is not None and substitution.contradicts(passage):
            continue
        if has_rivals(cue, passage, above) and describes_sibling(
            cue.text, passage, above, indexed_words.__contains__, heading
        ):
            dropped |= set() if filtered else _present(passage, material)
        elif filtered or not (dropped and _present(passage, material) < dropped):
            filtered.append(sentence)
    least = reread.sentences[0].worth - _NEARLY
    if not filtered or filtered[0].worth < least:
        return None
    return replace(reread, sentences=tuple(filtered))


def _present(passage: str, material: AnswerMaterial) -> set[str]:
    """The words of the question in a passage."""
    return {term.word for term in quotes.matched(passage, material.retrieval.cue)}


def _first_place(material: AnswerMaterial, reread: Reread) -> int | None:
    """The position of the quote with the first sentence; None if it is not shown."""
    places = {quote.place for quote in material.best}
    return next((row.place for row in reread.sentences if row.place in places), None)


def _above(context: quotes.Surroundings, row: EngramRow) -> str:
    """The titles above a sentence."""
    return f"{context.sources[row.source].title}. {context.chapters[row.section]}."


def _said(
    material: AnswerMaterial, likely: float
) -> tuple[tuple[AnswerSentence, ...], Value | None]:
    """The sentences selected by the reader, and their value; else those of retrieval.

    Of passages that only may answer, the best sentence of each.
    """
    numbers = {quote.place: at for at, quote in enumerate(material.best)}
    selected = () if material.reread is None else material.reread.sentences
    available = [sentence for sentence in selected if sentence.place in numbers]
    replies = material.retrieval.replies
    available = [row for row in available if row.place in replies] or available
    if not available and material.best[0].place in material.retrieval.replies:
        return (AnswerSentence(" ".join(material.best[0].engrams[0].text.split()), (1,)),), None
    if not available:
        # A value needs the reader.
        places = material.retrieval.cue.stands.places
        best = verbatim.sentences(material.best, places) if places else _covering(material)
        return best, None
    if likely < LIKELY and not material.request.several:
        best_of = {row.place: row for row in reversed(available)}
        firsts = (best_of[place] for place in numbers if place in best_of)
        chosen = tuple(AnswerSentence(row.text, (numbers[row.place] + 1,)) for row in firsts)
        first = available[0]
        sure = likely >= material.request.least
        return chosen, _value(material, first, numbers[first.place]) if sure else None
    of_another = _of_another_number(material, available[0].place)
    by_text: dict[str, ReadSentence] = {}
    lines = READ_LINES if material.request.several else _DISPLAYED
    for sentence in available:
        if sentence.worth < available[0].worth - _NEARLY or len(by_text) >= lines:
            continue
        if sentence.place in of_another:
            continue
        # After the first lines, only sentences that answer on their own.
        if len(by_text) < _DISPLAYED or sentence.reading.probability >= POSSIBLE:
            by_text.setdefault(sentence.text, sentence)
    sentences = tuple(
        AnswerSentence(text, (numbers[item.place] + 1,)) for text, item in by_text.items()
    )
    return sentences, _value(material, available[0], numbers[available[0].place])


def _of_another_number(material: AnswerMaterial, first: int) -> set[int]:
    """The places of quotes without a number of the question that the first one has.

    “When is invoice 4713 due?” is not answered by invoice 4712.
    """
    numbers = [term for term in material.retrieval.cue.terms if any(map(str.isdigit, term.word))]
    keys = {key for term in numbers for key in term.keys}
    found = {
        quote.place: keys.intersection(
            words.key(word) for word in words.sequence(_with_headings(material, quote))
        )
        for quote in material.best
        if keys
    }
    return {place for place, present in found.items() if not found.get(first, set()) <= present}


def _with_headings(material: AnswerMaterial, quote: Quote) -> str:
    return f"{_above(material.around, quote.engrams[0])} {quote.words}"


def _value(material: AnswerMaterial, first: ReadSentence, number: int) -> Value | None:
    """The value in the first sentence, with its span in the quote."""
    text = value.span(material.retrieval.cue, first, material.request.thread)
    at = quotes.source_text(material.best[number], material.around).find(first.text) if text else -1
    start = at + max(first.text.find(text, first.reading.start), 0)
    return Value(text, number, start, start + len(text)) if at >= 0 else None


def _covering(material: AnswerMaterial) -> tuple[AnswerSentence, ...]:
    """The sentence of the first quote with the highest coverage of a question.

    In a language that the reader does not know, and all others that cover as much.
    """
    cue = material.retrieval.cue
    lines = [
        (" ".join(row.text.split()), number)
        for number, quote in enumerate(material.best, 1)
        for row in quote.engrams
    ]
    first = max(lines[: len(material.best[0].engrams)], key=lambda line: quotes.cover(line[0], cue))
    least = quotes.cover(first[0], cue)
    others = [] if cue.english else lines
    chosen = dict([first, *(line for line in others if quotes.cover(line[0], cue) >= least)])
    return tuple(AnswerSentence(text, (number,)) for text, number in chosen.items())


def _evidence(
    material: AnswerMaterial, number: int, chance: float, result_value: Value | None
) -> Evidence:
    """The evidence for the quote of this number, from 0."""
    result, context, quote = material.retrieval, material.around, material.best[number]
    record = quotes.evidence(quote, number + 1, chance, result.cue, context)
    # If it matches a name or all words of the question, the link is irrelevant.
    via = None if _by_words(result, quote) else material.led.get(quote.place)
    tiers = {**record.tiers, **_shares(result, quote, via)}
    reasons: list[str] = []
    if material.request.explain:
        heading = context.sections[quote.engrams[0].section].title
        reasons += quotes.reasons(quote, result.cue, result.windows, heading, record.source.title)
        reasons += [reason(via)] if via is not None else []
        reasons += [_SEMANTIC_NOTE] if tiers["semantic"] else []
    spans = record.highlights
    if result_value is not None and result_value.quote == number:
        span = result_value.start, result_value.end
        spans = quotes.highlights(record.quote, result.cue, span)
    states = {
        "archived": quote.place in material.aside,
        _OLDER_VERSION: quote.engrams[0].source in result.search.newer,
    }
    return replace(
        record,
        tags=tuple(tag for tag, holds in states.items() if holds),
        tiers=tiers,
        reasons=tuple(reasons),
        highlights=spans,
        via=via,
        path=() if via is None else (via, final_step(record)),
    )


def with_repeats(answer: Answer, repeats: Mapping[int, Repeats]) -> Answer:
    """The answer with other locations of its quotes, by their first engram."""
    evidence = tuple(
        replace(item, elsewhere=repeat.listed, places=repeat.places) if repeat else item
        for item in answer.evidence
        for repeat in [repeats.get(item.engram)]
    )
    return replace(answer, evidence=evidence)


def _shares(retrieval: Retrieval, quote: Quote, via: Step | None) -> dict[str, float]:
    """The score of the quote by tier, relative to the best of all.

    Links count only if a path is shown: an unexplained score is meaningless.
    """
    windows, place = retrieval.windows, quote.place
    peak = float(windows.proximity.max(initial=0.0))
    shares = {"lexical": float(windows.proximity[place]) / peak if peak else 0.0}
    if retrieval.cue.meant is not None:
        first, final = quote.engrams[0], quote.engrams[-1]
        shares["semantic"] = retrieval.cue.meant.share(first.id - 1, final.id)
    if via is not None:
        best = max(map(attrgetter("value"), retrieval.paths.values()), default=0.0)
        hop = retrieval.paths.get(place)
        shares["graph"] = hop.value / best if hop is not None and best else 1.0
    return {tier: round(min(share, 1.0), 4) for tier, share in shares.items()}


def _chances(likely: float, best: Sequence[Quote]) -> list[float]:
    """The probability of each quote, not increasing."""
    top = best[0].score if best else 0.0
    shares = (min(quote.score / top, 1.0) if top > 0 else 1.0 for quote in best)
    return [likely * share for share in accumulate(shares, min)]


def _coverage(retrieval: Retrieval, evidence: Sequence[Evidence]) -> Coverage:
    """The numbers of quoted passages, passages in scope, and quoted sources."""
    passage = retrieval.search.snapshot.columns["passage"]
    if retrieval.search.scope.sources is None:
        of = retrieval.search.snapshot.lastingly(("passages",), lambda: count(passage))
    else:
        every = np.arange(retrieval.search.snapshot.size, dtype=np.int32)
        ordinals = retrieval.search.restrict(every)
        of = count(passage[ordinals])
    return Coverage(of=of, **quoted(retrieval.search.snapshot, evidence))


def quoted(snapshot: Snapshot, evidence: Sequence[Evidence]) -> dict[str, int]:
    """The numbers of quoted passages and sources."""
    passage = snapshot.columns["passage"]
    passages = {int(passage[engram - 1]) for item in evidence for engram in item.engrams}
    return {"passages": len(passages), "sources": len({item.source.id for item in evidence})}


def _by_words(retrieval: Retrieval, quote: Quote) -> bool:
    """Whether a quote contains a name of the question, or all its words."""
    inside = retrieval.windows.parts.inside[:, quote.place] >= 1
    names = [
        i
        for i, term in enumerate(retrieval.cue.terms)
        if term.frequency and (term.name or term.capital)
    ]
    return bool(inside.all() or inside[names].any())


def empty_answer(request: Request, snapshot: Snapshot) -> Answer:
    """The answer for an empty library or scope."""
    empty_scope = request.sources is not None and snapshot.size > 0
    return Answer(
        request.question,
        mode="none",
        abstained=True,
        suggestion=(
            "There is nothing to search in this selection. Ask all sources instead?"
            if empty_scope
            else "Add a book, an article or a note first, then ask again."
        ),
    )
