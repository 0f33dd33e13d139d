"""Keeps a sentence that introduces a list or quotation together with what follows it.

“There are three kinds of them:” answers nothing alone, nor does “She then observed,” or the first
half of a sentence that was too long to be kept as one. What belongs to it may stand behind the
quote, which then grows by that.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.patterns import later
from workbench.recall import quotes
from workbench.recall.quotes import Quote, Surroundings
from workbench.recall.records import AnswerSentence
from workbench.store import text
from workbench.store.records import EngramRow

#: What ends a sentence that goes on, and one that is over.
_OPEN = later(r"[:,;：，；、–—-][\"'”’»)\]*_`]*$")
_COLON = later(r"[:：]$")
_OVER = later(r"[.!?…。！？؟।][\"'”’»)\]*_`]*$")
_ITEM = later(r"(?:[-–•*+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)])\s")
#: Sentences that may be added to one, and the words of all of them.
_MOST, _MOST_WORDS = 6, 100


def completed(connection: sqlite3.Connection, found: Sequence[Quote]) -> list[Quote]:
    """The quotes, grown by what belongs to their sentences and stands behind them."""
    lasts = [quote.engrams[-1].id for quote in found]
    wanted = {last + step for last in lasts for step in range(1, _MOST + 1)}
    there = text.engrams(connection, sorted(wanted))
    grown = []
    for quote, last in zip(found, lasts, strict=True):
        size = len(quote.engrams)
        rows = [
            *quote.engrams,
            *(there[n] for n in range(last + 1, last + _MOST + 1) if n in there),
        ]
        ends = (at + 1 + len(_belonging(rows, at)) for at in range(size))
        grown.append(replace(quote, engrams=tuple(rows[: max(size, *ends)])))
    return grown


def whole_sentences(
    said: Sequence[AnswerSentence], best: Sequence[Quote], around: Surroundings
) -> tuple[AnswerSentence, ...]:
    """The sentences, those that go on with what belongs to them.

    One after which nothing comes that belongs to it is left out where there is another, and so is
    one that another says already, or that says another again.
    """
    made: list[AnswerSentence] = []
    hanging: list[AnswerSentence] = []
    for sentence in said:
        shown = _whole(sentence, best[sentence.citations[0] - 1], around)
        if shown.text == sentence.text and _OPEN.search(shown.text):
            hanging.append(shown)
        elif not any(shown.text in each.text or each.text in shown.text for each in made):
            made.append(shown)
    return tuple(made or hanging)


def _whole(sentence: AnswerSentence, quote: Quote, around: Surroundings) -> AnswerSentence:
    for at, row in enumerate(quote.engrams):
        if " ".join(row.text.split()) == sentence.text:
            more = _belonging(quote.engrams, at)
            part = replace(quote, engrams=(row, *more))
            return replace(sentence, text=quotes.shown(part, around)) if more else sentence
    return sentence


def _belonging(rows: Sequence[EngramRow], at: int) -> list[EngramRow]:
    """What belongs to the sentence at a place: the end of it, or what it introduces."""
    row, behind = rows[at], rows[at + 1 :]
    same = list(takewhile(lambda each: each.section == row.section, behind))
    more: list[EngramRow] = []
    total = len(row.text.split())
    for each in same[:_MOST]:
        before = more[-1] if more else row
        total += len(each.text.split())
        item = _ITEM.match(each.text)
        listed = more and _ITEM.match(more[0].text) and item
        if total > _MOST_WORDS or not (_goes_on(before.text, each.text) or listed):
            break
        if more and not item and _COLON.search(before.text):
            # What a sentence introduces introduces nothing but a list: verses end in “:”, too.
            break
        more.append(each)
    return more


def _goes_on(said: str, after: str) -> bool:
    """Whether what is said goes on in what comes after it."""
    said = said.rstrip()
    return _OPEN.search(said) is not None or (
        not _OVER.search(said) and after[:1].islower() and said[:1].isalpha()
    )
