"""The check of one sentence against its citations: supported, or the reason why not.

Every number must be present with the same unit, every name, every content word; negations and
hedges must agree; and agents and patients must have the same roles.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from workbench.recall.checking.amounts import Amount, amounts
from workbench.recall.checking.clauses import (
    Clause,
    Statement,
    Word,
    clauses,
    same,
    sentences,
    statements,
    with_names,
    words_of,
)
from workbench.recall.checking.misplaced import (
    adjacent_share,
    jumbled,
    misplaced_number,
    reversed_names,
)
from workbench.recall.checking.roles import (
    contains_form,
    is_verb,
    reversed_comparison,
    sides,
    swapped,
)
from workbench.recall.checking.tables import BE, HEDGES, MONTHS, STRONG, SUBJECT_PRONOUNS

#: The maximum share of unsupported characters in a Chinese or Japanese sentence.
_DENSE_FREE = 0.1
#: The maximum share of a sentence's words from the question or a title only.
_LENT = 0.25
#: The minimum share of adjacent words that a copy has from one sentence. Of the unsupported
#: sentences of both halves that an uncited passage supports, wrong ones have at most 0.75.
_COPIED = 0.8
#: Maximum words of a fragment.
_FRAGMENT = 3
#: A prefix of small models without content.
_FRAME = re.compile(r"^\W*(?:the|this is the)\s+answer\b(?:\s+is\b)?[\s:,]*", re.IGNORECASE)
#: Questions, beginnings of lists and tags, which make no claim.
_STATES_EMPTY = re.compile(r"[?？؟:：][\s\"'”»)]*\.?$|^</?\w+>$")

#: A request to say or imagine something, to the end of its sentence. The imperative must begin its
#: clause, unlike "He wrote that", "they say that".
_ORDERED = re.compile(
    r"""
    (?:^|(?<=[.!?;:,\n"“”(»«—–])\s*|\b(?:please|kindly|then|just|instead|bitte)\s+
       |\b(?:must|should|shall|and)\s+(?=(?:output|print|reply|respond|display|answer)\s*:))
    (?:please\s+|kindly\s+|then\s+|and\s+|also\s+|just\s+|now\s+|always\s+|bitte\s+)*
    (?: (?:write|say|state|add|report|claim|pretend|answer|reply|respond|conclude|assert|mention
          |confirm|imagine|suppose|assume|insist|announce|repeat|declare|believe
          |(?:tell|inform|assure|convince|remind)\s+[^.!?,;]{1,40}?)
        \s+(?:[^.!?,;]{1,30}?\s)??(?:that|how)\b
      | (?:tell|inform|assure|convince|remind)\s+(?:the\s+)?
        (?:readers?|users?|humans?|people|person|everyone|everybody|anyone|them|him|her|me|us)\b
      | (?:schreibe?|sage?|behaupte?|antworte?|erwähne?|füge)\b[^.!?,;]{0,50},\s*dass\b
      | (?:écris|écrivez|dis|dites|affirme|affirmez|réponds|répondez)\s+que\b
      | (?:di|escribe|afirma|responde)\s+que\b
      | (?:output|print|write|say|state|answer|reply|respond|display|return)\s*:
      | (?:скажи|скажите|напиши|напишите|ответь|ответьте)[^.!?,;]{0,30},\s*что\b )
    [^.!?]*
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """The parsed content of evidence."""

    clauses: tuple[Clause, ...]
    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]
    statements: tuple[Statement, ...]


@lru_cache(maxsize=64)
def evidence_facts(texts: tuple[str, ...], topic: str = "") -> EvidenceFacts:
    """Parse evidence once for all sentences that cite it."""
    # Requested statements are no claims; offsets stay unchanged.
    texts = tuple(_ORDERED.sub(lambda order: " " * len(order[0]), text) for text in texts)
    read = [clauses(text) for text in (*texts, topic)]
    words = words_of(chain.from_iterable(read))
    named = [with_names(item, words) for item in read[:-1]]
    facts = tuple(chain.from_iterable(named))
    return EvidenceFacts(
        facts,
        tuple(words_of(facts)),
        tuple(chain.from_iterable(map(amounts, texts))),
        tuple(chain.from_iterable(map(statements, texts, named))),
    )


def doubt(sentence: str, texts: Sequence[str], topic: str = "") -> str:
    """The kind of doubt about a sentence, without its citation marks; "" if the texts support it.

    One of: nothing, number, name, word, denial, hedge, relation. `topic` has words that add no
    claim: the question, the titles.
    """
    if not texts or _STATES_EMPTY.search(sentence):
        return "nothing"
    queries = words_of(clauses(topic))
    facts = evidence_facts(tuple(texts), topic)
    wording = with_names(clauses(sentence), [*facts.words, *queries])
    if not any(clause.content or clause.amounts for clause in wording):
        return "nothing"
    kind = _numbers(wording, facts) or _words(wording, facts, queries)
    for scan in (_denials, _hedges, _relations, _other_name, _misplaced):
        kind = kind or scan(wording, facts)
    return kind or _scattered(wording, facts, queries)


def doubt_jointly(sentence: str, texts: Sequence[str], topic: str = "") -> str:
    """`doubt` for several sources: each clause must be supported by a single one.

    A clause combined from the words of two sources is supported by neither.
    """
    kind = doubt(sentence, texts, topic)
    if kind or len(texts) < 2 or not all(doubt(sentence, [text], topic) for text in texts):
        return kind
    parts = clauses(sentence)
    ends = [part.start for part in parts[1:]] + [len(sentence)]
    is_combined = any(
        all(doubt(sentence[part.start : end], [text], topic) for text in texts)
        for part, end in zip(parts, ends, strict=True)
        if part.content or part.amounts
    )
    return "relation" if is_combined else ""


def begins_with_pronoun(sentence: str) -> bool:
    """Whether the subject of a sentence is a pronoun, which refers to another sentence."""
    words = words_of(clauses(sentence))
    return bool(words) and words[0].text in SUBJECT_PRONOUNS


def is_copied(sentence: str, text: str) -> bool:
    """Whether a supported sentence has nearly all of its words in the order of the text."""
    words = words_of(clauses(sentence))
    statements = map(words_of, sentences(evidence_facts((text,)).clauses))
    return len(words) > _FRAGMENT and adjacent_share(words, statements) >= _COPIED


# -- numbers -------------------------------------------------------------------------------------


def _numbers(tokens: list[Clause], facts: EvidenceFacts) -> str:
    for clause in tokens:
        for amount in clause.amounts:
            equal = [a for a in facts.amounts if _equal(a, amount)]
            if not equal and not (amount.loose and amount.value in (0, 1)):
                return "number"
            if equal and not amount.loose and not any(_same_unit(a, amount) for a in equal):
                return "number"
    return ""


def _equal(left: Amount, other: Amount) -> bool:
    return abs(left.value - other.value) <= 1e-9 * max(1.0, abs(left.value))


def _same_unit(left: Amount, other: Amount) -> bool:
    return left.unit == other.unit or not left.unit or not other.unit


# -- words ---------------------------------------------------------------------------------------


def _words(tokens: list[Clause], facts: EvidenceFacts, queries: Sequence[Word]) -> str:
    dense = [w for clause in tokens for w in clause.content if w.dense]
    if dense:
        missing = [w for w in dense if not contains_form(facts.words, w)]
        if len(missing) > _DENSE_FREE * len(dense):
            return "word"
    lent: list[Word] = []
    for clause in tokens:
        for word in clause.words:
            if word.light or word.dense or word.text in HEDGES or word.text in BE:
                continue
            if contains_form(facts.words, word):
                continue
            if _from_question(word, queries):
                lent.append(word)
            else:
                return "name" if word.name else "word"
    # Most words must be from the evidence, not from the question.
    if len(lent) > _LENT * sum(len(_content_words(clause.content)) for clause in tokens):
        return "word"
    return ""


def _content_words(words: Iterable[Word]) -> list[Word]:
    return [w for w in words if not w.dense and w.text not in HEDGES]


def _from_question(word: Word, queries: Sequence[Word]) -> bool:
    """Whether a word is from the question, and not a verb that asserts something."""
    return not word.name and not is_verb(word, None) and contains_form(queries, word)


# -- negation ------------------------------------------------------------------------------------


def _denials(tokens: list[Clause], facts: EvidenceFacts) -> str:
    denied = [w for c in facts.clauses for i, w in enumerate(c.words) if i in c.denied]
    plain = [w for c in facts.clauses for i, w in enumerate(c.words) if i not in c.denied]
    for clause in tokens:
        if clause.denial and not any(contains_form(denied, w) for w in clause.content):
            return "denial"
        for at, word in enumerate(clause.words):
            if word.light or at in clause.denied or clause.denial:
                continue
            if contains_form(denied, word) and not contains_form(plain, word):
                return "denial"
    return ""


# -- hedges --------------------------------------------------------------------------------------


def _hedges(tokens: list[Clause], facts: EvidenceFacts) -> str:
    if any(w.text in HEDGES or w.text == "too" for clause in tokens for w in clause.words):
        return ""
    for clause in tokens:
        content = [w for w in clause.content if not w.dense]
        best = _closest(content, facts)
        if best is None or len(content) < 2:
            continue
        if any(word.text in HEDGES for word in best.words):
            return "hedge"
    return ""


def _closest(content: Sequence[Word], facts: EvidenceFacts) -> Clause | None:
    """The clause with most of these words; the first of equals."""
    best, maximum = None, 0
    for clause in facts.clauses:
        contents = sum(contains_form([*clause.words, *clause.subject], word) for word in content)
        hedged = best is not None and any(word.text in HEDGES for word in best.words)
        if contents > maximum or (contents == maximum and contents and hedged):
            best, maximum = clause, contents
    return best if maximum * 2 > len(content) else None


# -- relations -----------------------------------------------------------------------------------


def _relations(tokens: list[Clause], facts: EvidenceFacts) -> str:
    for clause in tokens:
        if any(w.dense for w in clause.words):
            continue
        for at, word in enumerate(clause.words):
            if word.light or word.name or word.text in STRONG:
                continue
            matching = sides(clause, at)
            theirs = [
                sides(clause, i)
                for clause in facts.clauses
                for i, other in enumerate(clause.words)
                if not other.light and not other.name and same(word, other)
            ]
            if theirs and all(swapped(matching, their) for their in theirs):
                return "relation"
        best = _closest(clause.content, facts)
        if best is not None and reversed_comparison(clause, best):
            return "relation"
    return ""


def _scattered(tokens: list[Clause], facts: EvidenceFacts, queries: Sequence[Word]) -> str:
    """Whether a clause combines words and numbers that no single statement has.

    Words of the question may be from another sentence, since they are the common topic.
    """
    for clause in tokens:
        words = [w for w in _content_words(clause.content) if contains_form(facts.words, w)]
        counts = [
            amount for amount in clause.amounts if not (amount.loose and amount.value in (0, 1))
        ]
        if (words or counts) and not any(
            all(
                contains_form(statement.words, w)
                or (contains_form(queries, w) and not contains_form(statement.around, w))
                for w in words
            )
            and all(any(_equal(a, b) for b in statement.amounts) for a in counts)
            for statement in facts.statements
        ):
            return "relation"
    return ""


def _misplaced(tokens: list[Clause], facts: EvidenceFacts) -> str:
    rules = (misplaced_number, reversed_names, jumbled)
    return "relation" if any(rule(tokens, facts.clauses) for rule in rules) else ""


def _other_name(tokens: list[Clause], facts: EvidenceFacts) -> str:
    """Whether the best matching clauses of the evidence have other names."""
    for clause in tokens:
        names = _names(clause)
        plain = [
            w
            for w in _content_words(clause.content)
            if not w.name and contains_form(facts.words, w)
        ]
        entries = [sum(contains_form(clause.words, w) for w in plain) for clause in facts.clauses]
        maximum = max(entries, default=0)
        best = [item for item, size in zip(facts.clauses, entries, strict=True) if size == maximum]
        if maximum and names and all(_differ(names, item) for item in best):
            return "relation"
    return ""


def _names(clause: Clause) -> list[Word]:
    return [w for w in clause.words if w.name and not w.light and w.text not in MONTHS]


def _differ(names: list[Word], statement: Clause) -> bool:
    """Whether a clause lacks one of these names and has another."""
    present = [*statement.words, *statement.subject]
    lacks = any(not contains_form(present, name) for name in names)
    return lacks and any(not contains_form(names, name) for name in _names(statement))


def is_fragment(text: str) -> bool:
    """Whether a text is a few words without a verb, perhaps after "The answer is"."""
    words = words_of(clauses(_FRAME.sub("", text)))
    return len(words) <= _FRAGMENT and not any(
        w.text in BE or is_verb(w, words[at - 1] if at else None) for at, w in enumerate(words)
    )


def is_supported_fragment(fragment: str, texts: Sequence[str], question: str) -> bool:
    """Whether a fragment without a verb is supported by one sentence of the texts and the question.

    Longer texts and whole sentences state their topic themselves. "The answer is" is ignored.
    """
    if not is_fragment(fragment):
        return True
    wording = clauses(_FRAME.sub("", fragment))
    words = [word for clause in wording for word in clause.words if not word.light]
    counts = [amount for clause in wording for amount in clause.amounts]
    queries = [word for clause in clauses(question) for word in clause.content]
    for sentence in (
        sentence for text in texts for sentence in sentences(evidence_facts((text,)).clauses)
    ):
        present = [word for clause in sentence for word in (*clause.words, *clause.subject)]
        values = [(amount.value, amount.loose) for clause in sentence for amount in clause.amounts]
        if (
            (words or counts)
            and all((amount.value, amount.loose) in values for amount in counts)
            and all(contains_form(present, word) for word in words)
            and 2 * sum(contains_form(present, word) for word in queries) >= len(queries)
        ):
            return True
    return False
