"""Sentences that restate the question with the answer of the reader.

Such a sentence has words that its passage lacks: those of the question. It is right if the passage
answers the question, as judged by the reader without the sentence.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ingest.languages import word_set
from workbench.recall import reader_at_hand
from workbench.recall.checking.checking import is_fragment
from workbench.recall.checking.clauses import Clause, Word, clauses, sentences
from workbench.recall.checking.misplaced import adjacent_share
from workbench.recall.checking.roles import contains_form
from workbench.recall.checking.tables import BE, HEDGES
from workbench.recall.records import MARKED, Evidence

#: The minimum probability that a passage answers.
_ANSWERS = 0.6
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
#: Words that move or vanish when a question becomes a statement.
_AUXILIARIES = BE | word_set("do does did have has had the a an")


def restated_from(text: str, question: str, evidence: Iterable[Evidence]) -> int:
    """The number of the passage whose answer a sentence restates, 0 for none.

    Passages with instructions are excluded.
    """
    for item in evidence:
        span = None if MARKED in item.tags else _answer(question, item.quote)
        if span is not None and restates(text, question, item.quote, span):
            return item.n
    return 0


@lru_cache(64)
def _answer(question: str, passage: str) -> tuple[int, int] | None:
    """The span of a passage that answers a question, None if it probably does not."""
    reader = reader_at_hand.at_hand()
    (reading,) = reader.read(question, [passage]) if reader is not None else (None,)
    if reading is None or reading.probability < _ANSWERS or reading.end <= reading.start:
        return None
    return reading.start, reading.end


def restates(text: str, question: str, passage: str, span: tuple[int, int]) -> bool:
    """Whether a sentence consists of words of the question and the complete answer at `span`.

    Negations and hedges must be those of the question and of the passage's sentence, and the
    question's words must be in order.
    """
    wording, queries, answer = clauses(text), clauses(question), clauses(passage[slice(*span)])
    source = next((s for s in reversed(sentences(clauses(passage))) if s[0].start <= span[0]), [])
    if is_fragment(text) or not _denied(wording) == _denied(queries) == _denied(source):
        return False
    question_words, answer_words = _content(queries), _content(answer)
    new = [word for word in _content(wording) if not contains_form(question_words, word)]
    added = [word for word in answer_words if not contains_form(question_words, word)]
    weakened = [word for word in _words(source) if word.text in HEDGES]
    if not all(contains_form(_words(wording), word) for word in weakened):
        return False
    numbers, answer_numbers = _numbers(wording), _numbers(answer)
    if not (new or numbers - _numbers(queries)) or numbers - _numbers(queries) != answer_numbers:
        return False
    if not all(contains_form(answer_words, word) for word in new) or not all(
        contains_form(new, word) for word in added
    ):
        return False
    before, _, after = text.partition(_ARTICLE.sub("", passage[slice(*span)], count=1))
    answer_forms = [word for word in _words(answer) if not contains_form(_words(queries), word)]
    remainder = [
        w for w in _fixed(clauses(f"{before} {after}")) if not contains_form(answer_forms, w)
    ]
    return adjacent_share(remainder, [_fixed(queries)]) == 1.0


def _denied(matches: Sequence[Clause]) -> bool:
    return any(clause.denial for clause in matches)


def _words(matches: Sequence[Clause]) -> list[Word]:
    return [word for clause in matches for word in clause.words]


def _content(matches: Sequence[Clause]) -> list[Word]:
    return [word for word in _words(matches) if not word.light]


def _fixed(matches: Sequence[Clause]) -> list[Word]:
    return [word for word in _words(matches) if word.text not in _AUXILIARIES]


def _numbers(matches: Sequence[Clause]) -> set[float]:
    return {amount.value for clause in matches for amount in clause.amounts}
