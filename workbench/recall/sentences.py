"""Lines of quotes: the sentence that says most of a question, headings, and listings."""

import re
from itertools import pairwise

from workbench.memory.words import is_dense
from workbench.recall import quotes
from workbench.recall.question import Cue
from workbench.recall.quotes import Quote

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


def telling_sentence(cue: Cue, quote: Quote) -> str:
    """The sentence of a quote that says most of a question, no heading unless all are."""
    titles = headings(quote)
    rows = [row for row in quote.engrams if row.id not in titles] or quote.engrams
    sentences = [" ".join(row.text.split()) for row in rows]
    return max(sentences, key=lambda sentence: quotes.cover(sentence, cue))


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
