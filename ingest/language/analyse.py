"""A text taken apart: sentences, tokens and clauses."""

from functools import lru_cache

from ingest.language import VERSION
from ingest.language.clauses import ClauseReader
from ingest.language.records import Analysis, Clause, Sentence
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
    tokens = [token for token in tagged(text) if token.low not in ('"', "“", "”")]
    while tokens and (
        (tokens[-1].may_be(".;") and not tokens[-1].word.isalpha())
        or (len(tokens) > 3 and tokens[-1].low in words("filler"))
    ):
        tokens.pop()
    clauses: tuple[Clause, ...] | None = None
    strange = sum(is_strange(token.word) for token in tokens)
    quoted = any(token.low == ":" for token in tokens[2:]) or any(
        token.low in words("quoted") for token in tokens
    )
    if language == "en" and 0 < len(tokens) <= _LONGEST and not quoted and strange < 2:
        clauses = ClauseReader(text, tokens).read()
    return Sentence(text, start, tuple(tokens), clauses or (), clauses is not None)


def is_strange(word: str) -> bool:
    """Whether a word is none of English: then the sentence may be of another language."""
    known = lexicon()
    american = word.replace("our", "or").replace("ise", "ize")
    return (
        word.isalpha()
        and word.islower()
        and len(word) > 1
        and not any(each in known or lemma(each) in known for each in (word, american))
        and not forms(word)
    )
