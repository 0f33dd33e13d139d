"""Detects sentences on a sibling: the north tower instead of the south one, product B instead of Z.

A sibling matches the question in all parts but one, where it has another word of the same kind:
another name of the same class, another of mutually exclusive words, the opposite verb, or another
owner if the right one never occurs. If the context contains the right word, the sentence may be on
it all the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise, product, takewhile

from ingest.language.analyse import analyse
from ingest.language.nouns import singular
from ingest.language.phrases import PhraseParser
from ingest.language.questions import question_of
from ingest.language.records import Clause, Phrase, Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import groups_of, opposites, words
from ingest.triples.tokens import normalised, sentences
from workbench.memory.words import tokens
from workbench.recall import quotes
from workbench.recall.question import Cue

_ROLES = ("subject", "object", "second", "complement")
#: Words whose lemmas and classes are cached.
_REMEMBERED = 16_384
#: What a sentence without a verb stands between.
_ENDS = (".", "!", "?", ";", ":")
#: The active roles of the arguments of a passive clause.
_ACTIVE = {"subject": "object", "by": "subject"}


def in_context(sentence: str, previous: Sequence[str]) -> str:
    """The sentence after those before it, back to the first that begins with no anaphor."""
    passage = [sentence]
    for prefix in reversed(previous):
        first = next((token.raw.lower() for token in tokens(passage[0])), "")
        if first not in words("anaphor"):
            break
        passage.insert(0, prefix)
    return " ".join(passage)


def has_rivals(cue: Cue, text: str, context: str) -> bool:
    """Whether a text may have another word in place of one of the question's.

    A quick test by words, which avoids parsing.
    """
    present, above = quotes.matched(text, cue), quotes.matched(context, cue)
    # “Closed” is about what is open.
    opposed = {word for term in cue.terms for word in opposites().get(term.word, ())}
    is_about = present or opposed & _vocabulary(_tokens(text))
    return bool(is_about) and (
        _designator(cue.text) is not None
        or any(
            term.is_name
            or not term.frequency
            or _excluding(term.word)
            or _verbs(term.word) & opposites().keys()
            for term in cue.terms
            if term not in present and term not in above
        )
    )


def _designator(question: str) -> str | None:
    """A letter as a designator: “product A”."""
    letters = (token.raw for token in tokens(question) if len(token.raw) == 1)
    return next((raw for raw in letters if raw.isupper() and raw != "I"), None)


def describes_sibling(
    question: str, text: str, context: str, present_in: Callable[[str], bool], heading: str = ""
) -> bool:
    """Whether a text is on a sibling of the question's subject only.

    `context` are its title and headings, the last of them `heading`, which may name the sibling.
    `present_in` tests whether a word occurs anywhere in scope.
    """
    line, above = _tokens(text), _tokens(heading)
    replaced = [*_replaced_by_heading(question, heading, above, present_in)]
    if _may_replace(question, line, present_in):
        replaced += replaced_words(question, text, present_in)
    if not replaced:
        return False
    vocabulary = _vocabulary(chain(line, above, _tokens(context)))
    # “On Fridays” is said of Friday.
    vocabulary |= {singular(word) for word in vocabulary if len(word) > 1}
    return any((word.upper() if len(word) == 1 else word) not in vocabulary for word in replaced)


def _may_replace(question: str, line: Sequence[Token], present_in: Callable[[str], bool]) -> bool:
    """Whether a text of these tokens may replace a word of a question.

    What `replaced_words` yields needs words beside it in the text: a sibling's own, what both have
    in common. Looking for them takes a hundredth of parsing the text.
    """
    pattern = question_of(question)
    if pattern is None:
        return False
    verb, said = pattern.clause.verb, _vocabulary(line)
    opposed = opposites().get(verb)
    if opposed and any(opposed & _verbs(word) for word in said):
        return True
    groups = frozenset[str]().union(*map(_excluding, said))
    opposed_states = _opposed(pattern.clause)
    others = {token.low for token in line if "E" in token.tags} - words("title")
    for _, phrase in _arguments(pattern.clause):
        is_name = phrase.kind == "name"
        has_rival = (is_name and others - phrase.words) or _excluding(phrase.head) & groups
        if has_rival and (opposed_states & said or _has_verb(line, verb)):
            return True
        if is_name and _extends(phrase, line):
            return True
        if phrase.head not in said and phrase.head not in map(singular, said):
            continue
        beside = [*_beside(phrase.head, line)]
        owner = phrase.owner
        if owner is not None and any(t.low == "of" or t.may_be("ESp") for t in beside):
            is_name = owner.kind == "name"
            if is_name or not present_in(owner.head) or _excluding(owner.head) & groups:
                return True
        parting = frozenset[str]().union(*(_excluding(token.low) for token in beside))
        if any("E" in token.tags and token.low not in phrase.words for token in beside):
            parting |= {"name"}
        if any(_classes(word, phrase, named=False) & parting for word in phrase.mods):
            return True
    return False


def _beside(head: str, line: Sequence[Token]) -> Iterator[Token]:
    """Yield what may modify a noun: the words before it, back to a preposition, and after it."""
    for at, token in enumerate(line):
        if head in (token.low, singular(token.low)):
            yield from takewhile(lambda before: before.tags[0] not in "I.;:", line[:at][::-1])
            yield from line[at + 1 : at + 2]


def _has_verb(line: Sequence[Token], verb: str) -> bool:
    """Whether a text has a form of a verb; without one it is taken to say what something is."""
    lemmas = frozenset[str]().union(*map(_verbs, [token.low for token in line]))
    if _verbs(verb) & lemmas:
        return True
    ends = [-1, *(at for at, token in enumerate(line) if token.low in _ENDS), len(line)]
    return verb == "be" and any(
        first + 1 < stop and not any(token.may_be("VMXHOB") for token in line[first + 1 : stop])
        for first, stop in pairwise(ends)
    )


def _extends(name: Phrase, line: Sequence[Token]) -> bool:
    """Whether a part of a name stands beside a word that is none of it."""
    part, named = name.mods - words("title"), name.words
    for pair in pairwise(line) if part else ():
        for first, second in (pair, pair[::-1]):
            if first.low in part and second.low not in named and second.low[0].isalnum():
                return True
    return False


def replaced_words(question: str, text: str, present_in: Callable[[str], bool]) -> Iterator[str]:
    """Yield the words of a question that a text replaces by a sibling's.

    Only those of its sentences are parsed that may do so.
    """
    pattern = question_of(question)
    if pattern is None:
        return
    query, normal = pattern.clause, normalised(text)
    parts = [text[start:end] for start, end in sentences(normal)]
    near = [part for part in parts if _may_replace(question, _tokens(part), present_in)]
    clauses = [*chain.from_iterable(map(clauses_of, near))]
    yield from rival_words((query,), clauses, present_in)
    opposed = opposites().get(query.verb, frozenset())
    if any(
        clause.verb in opposed
        and clause.negated == query.negated
        and _heads(query) & _heads(clause)
        for clause in clauses
    ) and all(clause.verb != query.verb for clause in chain(*map(clauses_of, parts))):
        yield query.verb


def _replaced_by_heading(
    question: str, heading: str, line: Sequence[Token], present_in: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the words of a question that a heading of these tokens replaces by a sibling's."""
    pattern = question_of(question)
    phrase = PhraseParser(heading, line).phrase(0, len(line))
    if pattern is not None and phrase is not None:
        named = _named((pattern.clause,))
        for _, query in _arguments(pattern.clause):
            if not _in_question(query, phrase, named):
                yield from _parting(query, phrase, present_in)


def _heads(clause: Clause) -> set[tuple[str, str]]:
    return {(role, phrase.head) for role, phrase in _arguments(clause)}


def rival_words(
    queries: Sequence[Clause], clauses: Sequence[Clause], present_in: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the words of clauses that others replace by a sibling's.

    Of two things that are compared, neither is a sibling.
    """
    named = _named(queries)
    for pattern, clause in product(queries, clauses):
        same_verb = _verbs(pattern.verb) & _verbs(clause.verb) or _state(clause) & _opposed(pattern)
        for (role, query), (other, phrase) in product(_arguments(pattern), _arguments(clause)):
            if _in_question(query, phrase, named):
                continue
            yield from _parting(query, phrase, present_in)
            if same_verb and role and role == other:
                yield from _named_otherwise(query, phrase)


def _state(clause: Clause) -> set[str]:
    """The words for the state that a clause tells: “open” of “is open”, “close” of “is closed”."""
    if clause.verb == "be":
        complement = clause.role("complement")
        return {complement.head} if complement else set()
    # A passive question is read as an active one of nobody.
    return {clause.verb} if clause.passive or clause.role("subject") is None else set()


def _opposed(clause: Clause) -> set[str]:
    """The opposites of its state."""
    return {word for state in _state(clause) for word in opposites().get(state, ())}


def _named(queries: Sequence[Clause]) -> frozenset[str]:
    """The words of all phrases of clauses."""
    phrases = (phrase for clause in queries for _, phrase in _arguments(clause))
    return frozenset[str]().union(*(phrase.words for phrase in phrases))


def _in_question(query: Phrase, phrase: Phrase, named: frozenset[str]) -> bool:
    """Whether what distinguishes a phrase from the question's is named elsewhere in it."""
    differing = phrase.words - query.words
    return bool(differing) and differing <= named


def _parting(query: Phrase, phrase: Phrase, present_in: Callable[[str], bool]) -> Iterator[str]:
    """Yield the words of a phrase that its sibling replaces."""
    if query.kind == phrase.kind == "name" and query.head != phrase.head:
        if query.mods & phrase.mods - words("title"):
            yield query.head
    elif query.head == phrase.head:
        named = query.kind == phrase.kind == "name"
        yield from (
            word
            for word in query.mods - phrase.words
            for other in phrase.mods - query.words - {phrase.number.lower()}
            if _classes(word, query, named) & _classes(other, phrase, named)
        )
        owner, rival = query.owner, phrase.owner
        if owner is None or rival is None or query.mods != phrase.mods:
            return
        if owner.head != rival.head and not present_in(owner.head):
            yield owner.head
        yield from _named_otherwise(owner, rival)


def _named_otherwise(query: Phrase, phrase: Phrase) -> Iterator[str]:
    """Yield the words of the question's phrase if the other phrase has another name.

    A name with a title may be the same as one without.
    """
    if query.kind == phrase.kind == "name":
        titles = words("title")
        common = titles | ({query.head} & {phrase.head})
        parts, rivals = query.words - common, phrase.words - common
        titled = query.words & titles == phrase.words & titles
        if titled and rivals and parts.isdisjoint(rivals):
            yield from parts
    elif query.head != phrase.head and _excluding(query.head) & _excluding(phrase.head):
        yield query.head


def _classes(word: str, phrase: Phrase, named: bool) -> frozenset[str]:
    """The exclusive classes of a word; part of a proper name has none by itself."""
    is_name = not named and word.title() in phrase.text
    return _excluding(word) | ({"name"} if is_name and word not in words("title") else set())


@lru_cache(_REMEMBERED)
def _excluding(word: str) -> frozenset[str]:
    """The classes of mutually exclusive words: “ward 12” is not ward 14."""
    if word[:1].isdigit():
        return frozenset(("number",))
    # “Mondays”
    return groups_of(word) or groups_of(singular(word))


@lru_cache(256)
def _tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text; many passages have one title and heading."""
    return tuple(tagged(text))


@lru_cache(64)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of all sentences of a text."""
    return tuple(clause for sentence in analyse(text).sentences for clause in sentence.clauses)


@lru_cache(_REMEMBERED)
def _verbs(word: str) -> frozenset[str]:
    """The lemmas of a verb form: “bear” for “born”."""
    return frozenset((word, *[form.verb for form in forms(word)]))


def _arguments(clause: Clause) -> list[tuple[str, Phrase]]:
    """The noun phrases of a clause by active role, including nested ones.

    The role of a nested phrase is "".
    """
    passive = clause.passive or clause.verb == "born"
    roles = [(role, clause.role(role)) for role in _ROLES]
    rows = [(role, phrase) for role, phrase in (*roles, *clause.prepositions) if phrase is not None]
    return [
        (_ACTIVE.get(role, role) if passive else role, part)
        for row in rows
        for role, part in _nested_phrases(*row)
    ]


def _nested_phrases(role: str, phrase: Phrase) -> Iterator[tuple[str, Phrase]]:
    yield role, phrase
    for preposition, inner in phrase.inside:
        yield from _nested_phrases(preposition, inner)
    for member in phrase.members:
        yield from _nested_phrases(role, member)
    if phrase.owner is not None:
        yield from _nested_phrases("", phrase.owner)


def _vocabulary(tokens: Iterable[Token]) -> set[str]:
    """The words in lower case, but for single letters, which may be names."""
    return {token.word if len(token.word) == 1 else token.low for token in tokens}
