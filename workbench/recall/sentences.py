"""Sentences of quotes that answer: those that say most of the question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.memory.words import is_dense
from workbench.recall import quotes
from workbench.recall.judgement import THRESHOLD
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import AnswerSentence
from workbench.recall.value import Value

#: What the kind of thing asked for is worth in a sentence, as a share of the question's words.
_KIND_WORTH = 0.2
#: What a sentence counts that says nothing but names of a question that says more, as the end of a
#: letter does.
_NAMES_ONLY = 0.6
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
_WORD = re.compile(r"[^\W\d_]{3}")
#: A word or number as a sentence or a row of a table has it, with its marks; how a line opens that
#: is typed into a console; words from which on it shows what a line is made of, and the share of
#: plain ones that a sentence has.
_PLAIN = re.compile(
    r"[(\[“\"'‘«—–-]*(?:[^\W\d_]+(?:[-’'/][^\W\d_]+)*|[$€£]?\d[\d.,:/–-]*[^\W_]{0,3}[%°]?|\|)"
    r"[.,;:!?)\]”\"'’»…—–-]*"
)
_PROMPT = re.compile(r"[$#]\s")
#: How an entry of a manual's list of options opens, which says what the option does.
_OPTION = re.compile(r"--?[A-Za-z0-9][\w-]*[\s,=\[]")
_TELLS_FORM, _PLAIN_SHARE = 3, 0.6
_ENDS = re.compile(r"[.!?…:;,。！？؟।][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence of a quote and how much of the question it says.

    `whole` is what it says with its title.
    """

    text: str
    cover: float
    whole: float


def best_sentence(cue: Cue, quote: Quote, wanted: str | None, title: str) -> Choice:
    """The sentence of the quote that says most of the question, and what is asked for best of all.

    What the title says already counts little in the choice, and so does a line above a text.
    """
    heads = headings(quote)
    best, most = Choice("", 0.0, 0.0), -1.0
    rows = [(" ".join(row.text.split()), row.id in heads) for row in quote.engrams]
    there = wanted is not None and any(wanted in each for each, _ in rows)
    for said, heading in rows:
        if there and wanted is not None and wanted not in said:
            continue
        worth = quotes.cover(said, cue, title) + _KIND_WORTH * quotes.holds_kind(said, cue)
        part = _NAMES_ONLY if _only_names(cue, said) else 1.0
        worth *= part * (_HEADED if heading else 1.0)
        if worth > most:
            whole = part * quotes.cover(f"{title}. {said}", cue)
            best, most = Choice(said, quotes.cover(said, cue), whole), worth
    return best


def _only_names(cue: Cue, said: str) -> bool:
    """Whether all that a sentence says of a question that says more is its names."""
    more = [term for term in cue.terms if not term.named]
    return bool(more) and all(term.named for term in quotes.matched(said, cue))


def headings(quote: Quote) -> set[int]:
    """The ids of short lines that head others: without an end mark and parted by a blank line.

    Or in capitals, as a running head or the name of who speaks, where not all of the quote is.
    """
    short = [row for row in quote.engrams if len(row.text.split()) <= _HEADING]
    capitals = {row.id for row in short if row.text.isupper() and _WORD.search(row.text)}
    return (capitals if len(capitals) < len(quote.engrams) else set()) | {
        row.id
        for row, after in pairwise(quote.engrams)
        if after.start - row.end > 1
        and row.section == after.section
        and row in short
        and not _ENDS.search(row.text.rstrip())
        and not _OPTION.match(row.text)
    }


def is_listing(line: str) -> bool:
    """Whether a line is of a console or a program rather than a sentence, by its form.

    Scripts without spaces have no words that could be counted.
    """
    said = line.split()
    if len(said) < _TELLS_FORM or any(map(is_dense, line)) or _OPTION.match(line):
        return False
    plain = sum(_PLAIN.fullmatch(each) is not None for each in said)
    return _PROMPT.match(line) is not None or plain < _PLAIN_SHARE * len(said)


def telling(
    cue: Cue,
    best: Sequence[Quote],
    chances: Sequence[float],
    asked_for: Value | None,
    titles: Sequence[str],
) -> tuple[AnswerSentence, ...]:
    """The best sentence of the first quote, then of those that are nearly as likely to bear on it.

    A further sentence must itself say much of what the question says: what only stands near such
    words explains nothing when it stands alone. Where no single value is asked for, another source
    is quoted, too, whose sentence says as much of the question as the first one does: several may
    each know a part ("what was done, and by whom?"), and ranks alone say nothing against the third.
    One that says much more of it than the first, its title read with it, comes before that: what a
    thing is does not tell who made it. `titles` are those of each quote's source.
    """
    said: list[AnswerSentence] = []
    chosen: list[Choice] = []
    voices: set[int] = set()
    least = first = 0.0
    for i, quote in enumerate(best):
        nearly = quote.score >= _NEARLY * best[0].score and chances[i] >= THRESHOLD
        source = quote.engrams[0].source
        other = asked_for is None and source not in voices and first >= _MUCH
        if said and not nearly and not other and (asked_for is not None or i >= _TELLERS):
            continue
        wanted = asked_for.text if asked_for is not None and asked_for.quote == i else None
        choice = best_sentence(cue, quote, wanted, titles[i])
        worth = choice.cover
        if said and (choice.text in [each.text for each in said] or worth < least):
            continue
        if said and not nearly and worth < first:
            continue
        if (
            said
            and not (nearly or other)
            and _AS_TELLING * choice.whole <= max(each.whole for each in chosen)
        ):
            continue
        first = first or worth
        least = max(least, _AS_TELLING * worth)
        voices.add(source)
        said.append(AnswerSentence(choice.text, (i + 1,)))
        chosen.append(choice)
        if len(said) == _MOST_SENTENCES:
            break
    if said and asked_for is None:
        top = max(range(len(chosen)), key=lambda at: chosen[at].whole)
        if _AS_TELLING * chosen[top].whole > chosen[0].whole:
            said.insert(0, said.pop(top))
    return tuple(said)
