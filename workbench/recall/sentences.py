"""Lines of quotes: the sentence that says most of a question, headings, and listings."""

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.memory.words import is_dense
from workbench.recall import quotes
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote
from workbench.recall.records import AnswerSentence

#: What the kind of thing asked for is worth in a sentence, as a share of the question's words.
_KIND_WORTH = 0.2
#: Quotes of which one may tell, and what the sentence of one behind the first counts.
_TELLERS, _BEHIND = 3, 0.6
#: What a sentence counts that says only the names of a question that says more.
_NAMES_ONLY = 0.6
#: Words of a line above a text at most.
_HEADING = 10
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


def best_sentence(
    cue: Cue, best: Sequence[Quote], titles: Sequence[str], value: str | None
) -> AnswerSentence:
    """Return the sentence of the first quotes that says most of the question.

    What the title of its source says counts little. Where there is a value it is a sentence of the
    first quote that gives it.
    """
    sentences = [
        (number, sentence)
        for number, quote in enumerate(best[: 1 if value is not None else _TELLERS], 1)
        for sentence in _plain_sentences(quote)
    ]
    if value is not None:
        sentences = [row for row in sentences if value in row[1]] or sentences

    def worth(row: tuple[int, str]) -> float:
        number, sentence = row
        kind = _KIND_WORTH * quotes.holds_kind(sentence, cue)
        cover = quotes.cover(sentence, cue, titles[number - 1])
        share = _NAMES_ONLY if _only_names(cue, sentence) else 1.0
        return (cover + kind) * share * (1.0 if number == 1 else _BEHIND)

    number, sentence = max(sentences, key=worth)
    return AnswerSentence(sentence, (number,))


def _only_names(cue: Cue, sentence: str) -> bool:
    """Whether all that a sentence says of a question that says more is its names."""
    more = any(not term.named for term in cue.terms)
    return more and all(term.named for term in quotes.matched(sentence, cue))


def _plain_sentences(quote: Quote) -> list[str]:
    """Return the sentences of a quote without headings, unless it has nothing else."""
    titles = headings(quote)
    rows = [row for row in quote.engrams if row.id not in titles] or quote.engrams
    return [" ".join(row.text.split()) for row in rows]


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
