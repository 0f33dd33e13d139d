"""Sentences of quotes that answer: the one that says most, and one for each clause."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.recall import quotes
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import AnswerSentence

#: What the kind of thing asked for is worth in a sentence, as a share of the question's words.
_KIND_WORTH = 0.2
#: Share of a clause that a quote says from which on its sentence answers it.
_SAYS = 0.5
#: Words of a line above a text at most, what a line ends with that is none, and what it counts: it
#: names what the question names, and tells nothing of it.
_HEADING, _HEADED = 10, 0.25
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
