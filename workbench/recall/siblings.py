"""What is told of a sibling is no answer: of the north tower for the south one, of product B for Z.

A sibling has what is asked for in all but one part, and in the place of that part another one of
its kind: another name of the same class, another of words that exclude one another, or another
owner where nothing here has the one that is asked for. Where the words around name what is asked
for, the sentence may tell of it all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from ingest.language.analyse import analyse
from ingest.language.questions import question_of
from ingest.language.records import Clause, Phrase
from ingest.language.word_lists import groups_of, words
from workbench.memory.words import tokens
from workbench.recall import quotes
from workbench.recall.question import Cue

_ROLES = ("subject", "object", "second", "complement")


def in_context(sentence: str, prefix: str) -> str:
    """The sentence, behind the one `prefix` where that says who or what it means."""
    first = next((token.raw.lower() for token in tokens(sentence)), "")
    return f"{prefix} {sentence}" if first in words("anaphor") else sentence


def has_rivals(cue: Cue, text: str, context: str) -> bool:
    """Whether a text may have another word in the place of one of the question's.

    Seen by words alone: where nothing could be compared nothing has to be analysed.
    """
    present, above = quotes.matched(text, cue), quotes.matched(context, cue)
    return bool(present) and any(
        term.named or not term.found or len(term.word) == 1 or _excluding(term.word)
        for term in cue.terms
        if term not in present and term not in above
    )


def describes_sibling(
    question: str, text: str, context: str, present_in: Callable[[str], bool]
) -> bool:
    """Whether a text tells of a sibling of what the question asks about, and of nothing else.

    `context` is what heads it. `present_in` says whether a word stands anywhere in what is asked.
    """
    vocabulary: set[str] = set()
    for word in replaced_words(question, text, present_in):
        vocabulary = vocabulary or {*_words(text), *_words(context)}
        if word not in vocabulary:
            return True
    return False


def replaced_words(question: str, text: str, present_in: Callable[[str], bool]) -> Iterator[str]:
    """The words of a question in whose place a text has a sibling's, be they in it or not."""
    pattern = question_of(question)
    phrases = _phrases(text) if pattern is not None else ()
    for query in () if pattern is None else _of_clause(pattern.clause):
        yield from _parting(query, phrases, present_in)


def _parting(
    query: Phrase, phrases: Sequence[Phrase], present_in: Callable[[str], bool]
) -> Iterator[str]:
    """The words of a phrase in whose place its siblings in a sentence have others."""
    for phrase in phrases:
        if query.kind == phrase.kind == "name" and query.head != phrase.head:
            if query.mods & phrase.mods - words("title"):
                yield query.head
        elif query.head == phrase.head:
            yield from (
                word
                for word in query.mods - phrase.words
                for other in phrase.mods - query.words
                if _excluding(word) & _excluding(other)
            )
            owner, rival = query.owner, phrase.owner
            if owner is None or rival is None or query.mods != phrase.mods:
                continue
            if owner.head != rival.head and not present_in(owner.head):
                yield owner.head


def _excluding(word: str) -> frozenset[str]:
    """The classes of which a thing has one word only: “ward 12” is not ward 14."""
    return frozenset(("number",)) if word.isdigit() else frozenset(groups_of(word))


@lru_cache(64)
def _phrases(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a text with those inside them."""
    matches: list[Phrase] = []
    for sentence in analyse(text).sentences:
        for clause in sentence.clauses:
            matches += _of_clause(clause)
    return tuple(matches)


def _of_clause(clause: Clause) -> Iterator[Phrase]:
    roles = (clause.role(role) for role in _ROLES)
    for phrase in (*filter(None, roles), *(phrase for _, phrase in clause.prepositions)):
        yield from _nested_phrases(phrase)


def _nested_phrases(phrase: Phrase) -> Iterator[Phrase]:
    yield phrase
    for _, inner in phrase.inside:
        yield from _nested_phrases(inner)
    for member in phrase.members:
        yield from _nested_phrases(member)


def _words(text: str) -> Iterator[str]:
    for sentence in analyse(text).sentences:
        yield from (token.low for token in sentence.tokens)
