"""Analysis of a text: sentences, tokens and clauses."""

from collections.abc import Sequence
from functools import lru_cache

from ingest.language import VERSION
from ingest.language.clauses import ClauseReader
from ingest.language.nouns import singular
from ingest.language.records import Analysis, Clause, Sentence, Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import words
from ingest.triples import tokens as cutting
from ingest.triples.lexicon import lemma, lexicon

#: Longer sentences are not taken apart: they are quoted.
_LONGEST = 45


@lru_cache(4000)
def analyse(text: str, language: str = "en") -> Analysis:
    """What a text says; of other languages than English only its sentences are known."""
    even = cutting.even(text)
    found = []
    for start, end in cutting.sentences(even):
        part = even[start:end]
        found.append(_sentence(text[start : start + len(part)], start, language))
    return Analysis(text, language, VERSION, tuple(found))


def _sentence(text: str, start: int, language: str) -> Sentence:
    tokens = _without_asides(tagged(text))
    while tokens and (
        (tokens[-1].may_be(".;") and not tokens[-1].word.isalpha())
        or (len(tokens) > 3 and tokens[-1].low in words("filler"))
    ):
        tokens.pop()
    clauses: tuple[Clause, ...] | None = None
    strange = {token.low for token in tokens if is_strange(token.word)}
    quoted = _colon(tokens) or any(token.low in words("quoted") for token in tokens)
    if language == "en" and 0 < len(tokens) <= _LONGEST and not quoted and len(strange) < 2:
        clauses = ClauseReader(text, tokens).read()
    return Sentence(text, start, tuple(tokens), clauses or (), clauses is not None)


def _without_asides(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without quotation marks, and without what stands in brackets."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.low == "("
        if not depth and token.low not in ('"', "“", "”"):
            kept.append(token)
        depth -= token.low == ")" and depth > 0
    return list(tokens) if depth else kept


def _colon(tokens: Sequence[Token]) -> bool:
    """Whether anything follows a colon but a list (“two cats: Tom and Kit”) or what is new.

    “Nora has a new password: otter9” says which.
    """
    colons = [at for at, token in enumerate(tokens) if at > 1 and token.low == ":"]
    if len(colons) != 1 or colons[0] + 1 >= len(tokens):
        return bool(colons)
    before, rest = tokens[colons[0] - 1], tokens[colons[0] + 1 :]
    counted = tokens[colons[0] - 2].may_be("C")
    listed = before.may_be("N") and (counted or singular(before.low) != before.low)
    new = before.may_be("N") and any(token.low == "new" for token in tokens[: colons[0]])
    return not (listed or new) or any(token.may_be("MXHOPW") for token in rest)


@lru_cache(16_384)
def is_strange(word: str) -> bool:
    """Whether a word is none of English: then the sentence may be of another language."""
    known = lexicon()
    american = word.replace("our", "or").replace("ise", "ize")
    american = american[:-3] + american[-3:].replace("re", "er")
    return (
        word.isalpha()
        and word.islower()
        and len(word) > 1
        and not any(each in known or lemma(each) in known for each in (word, american))
        and singular(word) not in words("unit")
        and not forms(word)
    )
