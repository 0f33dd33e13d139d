"""Sentences of quotes that answer: the one that says most, and one for each clause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.recall import quotes
from workbench.recall.judgement import THRESHOLD
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import AnswerSentence
from workbench.recall.value import Value

#: What the kind of thing asked for is worth in a sentence, as a share of the question's words.
_KIND_WORTH = 0.2
#: Share of a clause that a quote says from which on its sentence answers it.
_SAYS = 0.5
#: Words of a line above a text at most, what a line ends with that is none, and what it counts: it
#: names what the question names, and tells nothing of it.
_HEADING, _HEADED = 10, 0.25
#: Sentences that an answer of quotes has at most.
_MOST_SENTENCES = 3
#: A further quote is said, too, when it is nearly as good as the first.
_NEARLY = 0.85
#: ... and when its sentence says as much of the question as this share of what the first says.
_AS_TELLING = 0.7
#: Quotes of which one that says much more of the question may tell instead of the first.
_TELLERS = 3
#: Share of the question's weight that a sentence says from which on another source may join it.
_MUCH = 0.7
_ENDS = re.compile(r"[.!?…:;,。！？؟।][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """What one clause of a question asks for, and the quotes that it finds, best first."""

    cue: Cue
    quotes: tuple[Quote, ...]


def best_sentence(cue: Cue, quote: Quote, wanted: str | None, title: str) -> tuple[str, float]:
    """The sentence of the quote that says most of the question, and how much that is.

    What the title says already counts little in the choice, and so does a line above a text.
    """
    headings = _headings(quote)
    candidates = [(" ".join(row.text.split()), row.id in headings) for row in quote.engrams]
    if wanted is not None and any(wanted in each for each, _ in candidates):
        candidates = [each for each in candidates if wanted in each[0]]
    worths = [
        (quotes.cover(each, cue, title) + _KIND_WORTH * quotes.holds_kind(each, cue))
        * (_HEADED if above else 1.0)
        for each, above in candidates
    ]
    best, _ = candidates[max(range(len(worths)), key=lambda i: worths[i])]
    return best, quotes.cover(best, cue)


def _headings(quote: Quote) -> set[int]:
    """The ids of short lines without an end mark that a blank line parts from what they head."""
    return {
        row.id
        for row, after in pairwise(quote.engrams)
        if after.start - row.end > 1
        and row.section == after.section
        and len(row.text.split()) <= _HEADING
        and not _ENDS.search(row.text.rstrip())
    }


def telling(
    cue: Cue,
    best: Sequence[Quote],
    chances: Sequence[float],
    asked_for: Value | None,
    titles: Mapping[int, str],
) -> tuple[AnswerSentence, ...]:
    """The best sentence of the first quote, then of those that are nearly as likely to bear on it.

    A further sentence must itself say much of what the question says: what only stands near such
    words explains nothing when it stands alone. Where no single value is asked for, another source
    is quoted, too, whose sentence says as much of the question as the first one does: several may
    each know a part ("what was done, and by whom?"), and ranks alone say nothing against the third.
    One that says much more of it than the first, its title read with it, comes before that: what a
    thing is does not tell who made it.
    """
    said: list[AnswerSentence] = []
    wholes: list[float] = []
    voices: set[int] = set()
    least = first = 0.0
    for i, quote in enumerate(best):
        nearly = quote.score >= _NEARLY * best[0].score and chances[i] >= THRESHOLD
        source = quote.engrams[0].source
        other = asked_for is None and source not in voices and first >= _MUCH
        if said and not nearly and not other and (asked_for is not None or i >= _TELLERS):
            continue
        wanted = asked_for.text if asked_for is not None and asked_for.quote == i else None
        title = titles.get(source, "")
        sentence, worth = best_sentence(cue, quote, wanted, title)
        whole = quotes.cover(f"{title}. {sentence}", cue)
        if said and (sentence in [each.text for each in said] or worth < least):
            continue
        if said and not nearly and worth < first:
            continue
        if said and not (nearly or other) and _AS_TELLING * whole <= max(wholes):
            continue
        first = first or worth
        least = max(least, _AS_TELLING * worth)
        voices.add(source)
        said.append(AnswerSentence(sentence, (i + 1,)))
        wholes.append(whole)
        if len(said) == _MOST_SENTENCES:
            break
    top = max(range(len(said)), key=lambda at: wholes[at], default=0)
    if said and asked_for is None and _AS_TELLING * wholes[top] > wholes[0]:
        said.insert(0, said.pop(top))
    return tuple(said)


def told_apart(
    clauses: Sequence[Clause], best: Sequence[Quote], titles: Mapping[int, str]
) -> tuple[AnswerSentence, ...]:
    """A sentence for each clause out of the quote that it finds best among those that are shown.

    `titles` are those of the sources by their ids. Nothing, where fewer than two clauses find a
    sentence that says much of them: then the question is answered as one.
    """
    said: dict[str, AnswerSentence] = {}
    for clause in clauses:
        places = {engram.id: i for i, quote in enumerate(best) for engram in quote.engrams}
        for quote in clause.quotes:
            place = next((places[row.id] for row in quote.engrams if row.id in places), None)
            if place is None or quotes.cover(best[place].words, clause.cue) < _SAYS:
                continue
            title = titles.get(best[place].engrams[0].source, "")
            sentence, _ = best_sentence(clause.cue, best[place], None, title)
            if sentence not in said:
                said[sentence] = AnswerSentence(sentence, (place + 1,))
            break
    return tuple(said.values()) if len(said) > 1 else ()
