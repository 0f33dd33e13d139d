"""Expands the words of a question to those that an answering statement may contain.

For each informative word: its forms, paraphrases (aliases, verbs of frames, agents or actions),
antonyms, learned synonyms and spelling variants. A statement with one word of each group is a
candidate.
"""

from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache

from ingest.language.nouns import singular
from ingest.language.records import Token
from ingest.language.rewordings import verb_of_agent
from ingest.language.tagging import tagged
from ingest.language.verbs import forms, inflected
from ingest.language.word_lists import (
    aliases,
    closed_tags,
    frames,
    nominals,
    opposites,
    synonyms,
    words,
)

#: The words that may replace a word: learned ones, or known spellings.
Likes = Callable[[str], Collection[str]]
#: Words that only describe the kind of answer, or its purpose.
_IDLE = ("figures", "hold_of", "enter", "make_of", "occur", "empty", "generic", "status")


def groups(
    question: str, similar: Likes | None = None, spelled: Likes | None = None
) -> list[frozenset[str]]:
    """For each informative word of a question the words of which a statement must have one.

    If a question has only words for the kind of answer (“what plan am I on?”), these count.
    """
    content = [token for token in tagged(question) if _is_content(token)]
    narrow = [token for token in content if not _is_idle(token.low)]
    return [_group(token, similar, spelled) for token in narrow or content]


def _is_content(token: Token) -> bool:
    if not any(map(str.isalnum, token.low)) or token.may_be("XHOMWw"):
        return False
    return token.may_be("NEJBVLGC") and (token.low not in closed_tags() or token.tags[0] in "NC")


@cache
def _idle() -> frozenset[str]:
    return frozenset().union(*map(words, _IDLE))


def _is_idle(word: str) -> bool:
    return word in _idle() or singular(word) in _idle()


def _group(token: Token, similar: Likes | None, spelled: Likes | None) -> frozenset[str]:
    terms = {*related(token.low)}
    for other in (
        *(similar(token.low) if similar else ()),
        *(spelled(token.low) if spelled else ()),
    ):
        terms |= _forms(other)
    return frozenset(terms)


@lru_cache(4096)
def related(word: str) -> frozenset[str]:
    """A word in its forms, with synonyms and antonyms."""
    basic = {word, singular(word), *(form.verb for form in forms(word))}
    neighbours = {other for base in basic for other in _expressions(base)}
    return frozenset(form for base in basic | neighbours for form in _forms(base))


def _expressions(word: str) -> Iterator[str]:
    yield from aliases().get(word, ())
    yield from synonyms().get(word, ())
    yield from opposites().get(word, ())
    verb = verb_of_agent(word) or nominals().get(word, "")
    if verb:
        yield verb
    for noun, base in nominals().items():
        if base == word:
            yield noun
    for frame in frames():
        if word in frame.nouns:
            yield frame.verb
        elif word == frame.verb:
            yield from frame.nouns


@lru_cache(16_384)
def _forms(word: str) -> frozenset[str]:
    """The inflected forms of a word."""
    variants = {word, word + "s", word + "es"}
    if word.endswith("y"):
        variants.add(word[:-1] + "ies")
    verb = next((form.verb for form in forms(word)), "")
    if verb:
        stem = verb[:-1] if verb.endswith("e") else verb
        variants |= {verb, *(inflected(verb, form) for form in ("s", "past", "participle"))}
        variants |= {stem + "ing", stem + stem[-1:] + "ing"}
    return frozenset(variants)
