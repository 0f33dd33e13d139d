"""Parses a cue into words and the hashes under which matching facts are indexed."""

from functools import lru_cache

from workbench.memory.facts import speech
from workbench.memory.facts.reading import IDLE, carries, tokens
from workbench.memory.facts.unspaced_scripts import dense_words, is_dense
from workbench.memory.hashing import either, word_hash

#: How well a word is met: by itself, by another form of it, by one that means or implies it.
WHOLE, KIN, RELATED = 1.0, 0.9, 0.6
#: (term, how well it meets the word), the best first.
Group = tuple[tuple[int, float], ...]

_MOST = 2000
_IDLE = frozenset(("please", "now", "currently"))


def cue(text: str) -> tuple[Group, ...]:
    """A group for each word that says something, in order, none twice."""
    text = text[:_MOST]
    if is_dense(text):
        return tuple(((word_hash(word), WHOLE),) for word in sorted(dense_words(text)))
    return tuple(dict(filter(None, map(_chunk, text.split()))).values())


@lru_cache(maxsize=2048)
def _chunk(chunk: str) -> tuple[str, Group] | None:
    """What stands between white space: a word with its group, or nothing that says something."""
    if len(chunk) > 1 and chunk.isascii() and chunk.isalnum() and not chunk.isupper():
        # Most are their word as they stand, and need not be taken apart.
        word = chunk.lower()
        if word not in IDLE and word not in _IDLE:
            return word, _group(word)
    for token in tokens(chunk):
        if carries(token) and token.word not in _IDLE:
            return token.word, _group(token.word)
    return None


@lru_cache(maxsize=2048)
def _group(word: str) -> Group:
    related, kin = speech.related(word), speech.kin(word)
    if len(related) == 1:
        own, form = either(word)
        return (own, WHOLE), (form, KIN)
    met = {term: RELATED for other in related for term in either(other)}
    met.update({term: KIN for form in kin for term in either(form)})
    met[word_hash(word)] = WHOLE
    return tuple(sorted(met.items(), key=lambda each: (-each[1], each[0])))
