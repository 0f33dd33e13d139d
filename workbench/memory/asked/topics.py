"""The topics of a question: its content words and its names.

Words are compared by their concept keys, so that `token` and `tokens` are one topic. So is a proper
name of several words: adjacent capitalised words, which needs no language model. Linear in the
length of the text, which is read up to a limit.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.language.word_lists import classes
from workbench.memory.concepts.keys import key_of
from workbench.memory.vocabulary import STOP, carries
from workbench.memory.words import Token, fold, tokens

#: Topics per question, and characters that are read.
_LIMIT, _READ = 8, 1000
_LONGEST = 60
_POSSESSIVE = re.compile(r"['’]s?$")
#: Words that phrase questions, never their topics.
_QUESTION_WORDS = classes("memory.txt")["asked_topics_asking"]


class Topic(NamedTuple):
    """A topic: its key, and its spelling."""

    key: str
    name: str


def topics(text: str) -> tuple[Topic, ...]:
    """The topics of a question in order, without duplicates; at most eight."""
    read = text[:_READ]
    by_key: dict[str, Topic] = {}
    for run in _runs(read):
        name = _POSSESSIVE.sub("", read[run[0].start : run[-1].end])
        if len(run) > 1 and len(name) <= _LONGEST:
            key = key_of(name, plural=False)
            by_key.setdefault(key, Topic(key, name))
            continue
        for token in run:
            word = fold(token.raw)
            key = key_of(word)
            if key and len(word) <= _LONGEST:
                by_key.setdefault(key, Topic(key, word))
    return tuple(by_key.values())[:_LIMIT]


def _runs(text: str) -> Iterator[list[Token]]:
    """Yield the content words, those of one proper name together."""
    # Text in capitals throughout marks no names.
    naming = not text.isupper()
    name: list[Token] = []
    for token in tokens(text):
        is_content = bool(token.words) and carries(token) and _is_content(token)
        if name and not (is_content and naming and token.capital):
            yield name
            name = []
        if not is_content:
            continue
        if not (naming and token.capital):
            yield [token]
            continue
        name.append(token)
        ends = text[token.end : token.end + 1].strip()
        if ends or _POSSESSIVE.search(token.raw):
            yield name
            name = []
    if name:
        yield name


def _is_content(token: Token) -> bool:
    word = fold(token.raw)
    if word in _QUESTION_WORDS or (word in STOP and not token.capital):
        return False
    return len(word) > 1 or token.capital or not word.isascii()
