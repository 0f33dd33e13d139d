"""Parses a cue into weighted search terms (query expansion).

Each content word matches itself, with less weight its other forms, and with least a word that means
or implies it: a synonym, an agent noun, or the noun for a role of a verb (somebody who *reports to*
somebody has a *manager*). Among equal matches, statements with numbers next to the same words come
first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import permutations

from ingest.language.word_lists import doers, kinship, lines, synonyms
from workbench.memory import told_words, words
from workbench.memory.facts.index import DECIDING
from workbench.memory.told_words import Term, dense_words, form_terms, is_dense, word_term
from workbench.memory.vocabulary import ENGLISH_STOP

#: Weight of a match: the word itself, another form, a related word.
LITERAL, FORM, RELATED = 1.0, 0.9, 0.6
#: (term, weight), the best first.
Group = tuple[tuple[Term, float], ...]

_LONGEST = 2000
#: Stop words of cues; some that only phrase a question about a book are content in a statement.
_IDLE = ENGLISH_STOP - {"give", "tell", "show", "explain", "describe"}
_IDLE_IN_CUES = ("please", "now", "currently")


def cue(text: str) -> tuple[Group, ...]:
    """A group of terms for each content word, in order, without duplicates."""
    text = text[:_LONGEST]
    if is_dense(text):
        return tuple(((word_term(word), LITERAL),) for word in sorted(dense_words(text)))
    content = [word for word in content_words(text) if word not in _IDLE_IN_CUES]
    pairs = dict.fromkeys(told_words.numbered(told_words.in_order(text)))
    return (
        *map(_group, content),
        *(((word_term(pair), DECIDING),) for pair in pairs if pair not in content),
    )


def covers(groups: Iterable[Group], text: str) -> bool:
    """Whether a text matches each word of a cue."""
    keys = told_words.postings(text)
    return all(
        any(term.key in keys for term, _ in group) for group in groups if group[0][1] > DECIDING
    )


def content_words(text: str) -> list[str]:
    """The content words of a text, in order, without duplicates; “q7-r8” is “q7 r8”."""
    return list(dict.fromkeys(word for chunk in text.split() for word in _content_of(chunk)))


def graded_terms(word: str, level: float) -> Group:
    """The terms of all forms of a word, with one weight."""
    return tuple((term, level) for term in form_terms(word))


def _content_of(chunk: str) -> Iterator[str]:
    tokens = list(words.tokens(chunk))
    pairs = told_words.numbered(told_words.in_order(chunk)) if len(tokens) > 1 else []
    yield from pairs
    in_pairs = {word for pair in pairs for word in pair.split()}
    for token in tokens:
        word = token.words[0] if token.words else ""
        # Case folding merges “US” and “it”, and the letter of “plan A” and the article.
        is_name = token.raw in ("US", "IT", "UK", "AM", "PM") or (
            token.capital and (word in ("may", "will") or (len(word) == 1 and word != "i"))
        )
        if word and word not in in_pairs and (is_name or word not in _IDLE):
            yield word


@lru_cache(maxsize=2048)
def _group(word: str) -> Group:
    levels = dict.fromkeys((term for other in related(word) for term in form_terms(other)), RELATED)
    levels |= dict.fromkeys(form_terms(word), FORM) | {word_term(word): LITERAL}
    return tuple(sorted(levels.items(), key=lambda pair: (-pair[1], pair[0])))


@lru_cache(maxsize=4096)
def related(word: str) -> frozenset[str]:
    """The words that mean or imply a word."""
    lists = (_relations().get(form, frozenset()) for form in words.forms(word, "en"))
    return frozenset().union(*lists) - {word}


@cache
def _relations() -> Mapping[str, frozenset[str]]:
    """Related words, by form."""
    pairs: list[tuple[str, str]] = []
    for group in (*map(str.split, lines("aliases.txt")), *set(synonyms().values())):
        pairs += permutations(group, 2)
    for doer, verb in doers().items():
        pairs += (doer, verb), (verb, doer)
    for word, relatives in kinship().items():
        pairs += ((word, other) for other in relatives)
    verbs: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines("frames.txt"):
        left, _, nouns = line.partition(":")
        for noun in nouns.split():
            verbs[noun].append(left.split()[0])
    for noun, group in verbs.items():
        pairs += permutations(dict.fromkeys((noun, *group)), 2)
    table: defaultdict[str, set[str]] = defaultdict(set)
    for word, other in pairs:
        for form in words.forms(word, "en"):
            table[form].add(other)
    return {form: frozenset(relatives) for form, relatives in table.items()}


def same_words(text: str, match: str) -> bool:
    """Whether a text contains the words of `match`, whole and consecutive."""
    if is_dense(match):
        return match.strip() in text
    phrase, sequence = told_words.in_order(match), told_words.in_order(text)
    size = len(phrase)
    return any(sequence[i : i + size] == phrase for i in range(len(sequence) - size + 1))
