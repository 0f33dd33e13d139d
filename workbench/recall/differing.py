"""Detects whether two sources differ: another date, number or name for the same thing, or a change.

The reader finds the answering sentences and their values. Two have the same topic if the second
contains each word of the question that the first does, and if the model of revisions
(`recall.revision`) finds that one may change the other. What was told and a source are compared in
the same way.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from ingest.language.events import may_change
from ingest.language.tagging import tagged
from ingest.language.word_lists import measures
from ingest.language.word_lists import words as word_class
from ingest.languages import word_set
from ingest.patterns import later
from ingest.triples.lexicon import lemma
from workbench.errors import InputError
from workbench.memory import words
from workbench.memory.facts.records import Value
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall import quotes
from workbench.recall.answer import AnswerMaterial
from workbench.recall.question import Cue
from workbench.recall.records import Answer, AnswerSentence
from workbench.recall.revision import RevisionModel
from workbench.recall.siblings import clauses_of, replaced_words, rival_words
from workbench.recall.value_comparison import compared

#: Words that announce the correction of an earlier message.
_ANNOUNCES = word_set(
    "correct corrects corrected correction corrections corrigendum erratum mistake mistaken wrong"
    " berichtige berichtigen berichtigung falsch irrtum korrektur korrigiere korrigieren"
)
#: The minimum probability, and clearness of its span, of a sentence with another value.
_ANSWERS, _CLEAR = 0.85, 0.35
#: The minimum probability of one that says to correct another.
_ANNOUNCED = 0.5
#: The minimum clearness of a value that stands beside the one which it corrects, and what stands
#: between the two.
_CLEAR_IN_CONTRAST = 0.15
_CONTRAST = later(
    r"(?i),?\s+(?:and\s+|und\s+)?(?:not|instead of|rather than|nicht|statt|anstatt)\s+"
)
#: The minimum probability that one of two sentences changes the other: if each has a value, and if
#: the second has both.
_CHANGES, _CHANGES_ADJACENT = 0.1, 0.2
#: The minimum probability that a sentence without a value ends the first: “has been cancelled”.
_ENDS = 0.4
#: Maximum sentences that are compared, and the maximum probability if they differ.
_COMPARED, _UNSURE = 8, 0.55


@dataclass(frozen=True, slots=True)
class _Statement:
    """An answering sentence of quote `number`, with its value, source and date.

    `terms` are its words of the question, `kind` is that of the source; `announced`: it or the
    sentence before says that it corrects.
    """

    text: str
    value: str
    number: int
    source: int
    date: str
    terms: frozenset[str]
    kind: str = ""
    announced: bool = False

    @property
    def claim(self) -> "_Statement":
        """The statement without what announces it: “Sorry, that was wrong: …”."""
        _, _, claim = self.text.partition(": ")
        is_claim = self.announced and self.value and self.value in claim
        return replace(self, text=claim) if is_claim else self


def with_difference(
    candidates: AnswerMaterial, answer: Answer, revisions: Callable[[], RevisionModel | None]
) -> Answer:
    """The answer with both values in `differs` if another source disagrees.

    It is then only possible unless one corrects the other, and the newer value comes first if both
    are dated.
    """
    if not answer.found or candidates.reread is None or not answer.sentences:
        return answer
    statements = [*islice(_statements(candidates, answer), _COMPARED + 1)]
    try:
        for other in statements[1:]:
            first = _counterpart(statements, other)
            value = _difference(candidates, first, other, revisions)
            if value:
                return _differing(answer, first, replace(other, value=value))
    except InputError:
        # Without the model nothing is compared.
        pass
    return answer


def with_contradiction(
    candidates: AnswerMaterial,
    answer: Answer,
    revisions: Callable[[], RevisionModel | None],
    told: Callable[[], Value | None],
) -> Answer:
    """The answer with both values in `differs` if a source contradicts what was told.

    Nobody else writes of what is the speaker's.
    """
    cue = candidates.retrieval.cue
    if not answer.found or candidates.reread is None or answer.differs:
        return answer
    if not word_class("first_person").isdisjoint(words.sequence(cue.text)):
        return answer
    value = told()
    if value is None or value.value in (None, "yes", "no") or value.value not in value.fact.text:
        return answer
    own = _Statement(value.fact.text, value.value, 0, 0, "", _terms(value.fact.text, cue))
    try:
        for other in [*_statements(candidates, answer)][:_COMPARED]:
            theirs = _difference(candidates, own, other, revisions)
            if theirs:
                return replace(
                    answer,
                    differs=(own.value, theirs),
                    note=f"A note says “{own.value}”, a source “{theirs}”.",
                )
    except InputError:
        # Without the model nothing is compared.
        pass
    return answer


def _statements(candidates: AnswerMaterial, answer: Answer) -> Iterator[_Statement]:
    """Yield the answering sentences, the first one shown before all others."""
    assert candidates.reread is not None
    numbers = {quote.place: number for number, quote in enumerate(candidates.best, 1)}
    first_text = answer.sentences[0].text
    rows = [row for row in candidates.reread.sentences if row.place in numbers]
    rows.sort(key=lambda row: row.text not in first_text)
    for row in rows if rows and rows[0].text in first_text else ():
        reading = row.reading
        source = candidates.around.sources[
            candidates.best[numbers[row.place] - 1].engrams[0].source
        ]
        texts = [engram.text for engram in candidates.best[numbers[row.place] - 1].engrams]
        at = texts.index(row.text) if row.text in texts else 0
        said = " ".join((*texts[max(0, at - 1) : at], row.text))
        announced = not _ANNOUNCES.isdisjoint(map(str.lower, words.raw_tokens(said)))
        # “11 June, not on 4 June” is 11 June.
        span, *denied = _CONTRAST.split(row.text[reading.start : reading.end], maxsplit=1)
        clear = _CLEAR_IN_CONTRAST if denied else _CLEAR
        probable = _ANNOUNCED if announced else _ANSWERS
        is_clear = reading.probability >= probable and reading.clear >= clear
        value = span.strip(" .,;:!?") if is_clear else ""
        terms = _terms(row.text, candidates.retrieval.cue)
        yield _Statement(
            row.text, value, numbers[row.place], source.id, source.date, terms, source.kind,
            announced,
        )  # fmt: skip


def _counterpart(statements: Sequence[_Statement], other: _Statement) -> _Statement:
    """The statement that another one may contradict: the first, or one of its source.

    Of “It will be closed from 3 March. It will reopen on 30 September.” the one that has the word
    of the question which the first lacks.
    """
    first = statements[0]
    lacking = other.terms - first.terms
    return next(
        (
            row
            for row in statements
            if lacking and row.value and row.source == first.source and lacking <= row.terms
        ),
        first,
    )


def _terms(text: str, cue: Cue) -> frozenset[str]:
    """The words of a question in a statement, without those of measures."""
    return frozenset(term.word for term in quotes.matched(text, cue)) - measures().keys()


def _difference(
    candidates: AnswerMaterial,
    first: _Statement,
    other: _Statement,
    revisions: Callable[[], RevisionModel | None],
) -> str:
    """The value of the other statement that replaces the first; "" if it is compatible."""
    cue = candidates.retrieval.cue
    first, other = first.claim, other.claim
    if other.source == first.source or not first.value:
        return ""
    if other.terms and other.value and _corrects(first, other.value):
        return other.value
    if _is_of_another(cue, first, other):
        return ""
    if other.terms and _corrects(other, first.value):
        return other.value
    if not first.terms <= other.terms:
        return ""
    comparison = compared(first.value, other.value)
    if other.value and comparison is None:
        return ""
    if comparison is not None and _has_same_frame(first, other):
        # The model is unreliable for sentences that differ only in their values.
        return comparison.other
    model = revisions() if comparison is not None or may_change(other.text) else None
    if model is None:
        return ""
    (forward,) = model.effects(first.text, [other.text])
    if comparison is None:
        return other.text.rstrip(".!") if forward.ends >= _ENDS else ""
    minimum = _CHANGES_ADJACENT if comparison.has_first else _CHANGES
    (back,) = model.effects(other.text, [first.text])
    return comparison.other if max(forward.changes, back.changes) >= minimum else ""


def _corrects(statement: _Statement, value: str) -> bool:
    """Whether a statement denies a value beside its own: “on 11 June, not on 4 June”."""
    after = statement.text.partition(statement.value)[2] if statement.value else ""
    if _CONTRAST.match(after) is None:
        return False
    numbers = {word for word in _words(value) if any(map(str.isdigit, word))}
    return value.lower() in after.lower() or bool(numbers and numbers <= _words(after))


def _is_of_another(cue: Cue, first: _Statement, other: _Statement) -> bool:
    """Whether the other statement is on a sibling, or only shares part of the name."""
    present, clauses, others = _words(first.value), clauses_of(first.text), clauses_of(other.text)
    rivals = rival_words(clauses, others, lambda word: True)
    replaced = replaced_words(cue.text, other.text, lambda word: True)
    if any(replaced) or any(present.isdisjoint(rival.split()) for rival in rivals):
        return True
    question_words = _words(cue.text)
    subjects = {
        clause.verb: clause.subject.head
        for clause in clauses
        if clause.subject is not None and clause.subject.head in question_words
    }
    return any(
        clause.subject is not None
        and clause.verb in subjects
        and clause.subject.head not in question_words | _words(other.value)
        for clause in others
    )


def _has_same_frame(first: _Statement, other: _Statement) -> bool:
    """Whether two statements are equal except for their values and additions to one of them.

    An additional name or number may denote another year, or another ship of similar name.
    """
    left, right = frame(first.text, first.value), frame(other.text, other.value)
    return has_same_names(left, right) and (left <= right or right <= left)


def has_same_names(left: AbstractSet[str], right: AbstractSet[str]) -> bool:
    """Whether the differences of two frames include no name."""
    return all(word.islower() for word in left ^ right)


def frame(text: str, *values: str) -> set[str]:
    """The lemmas of the content words of a statement, without its values."""
    remainder = text
    for value in values:
        remainder = remainder.replace(value, " ", 1)
    rows = [token for token in tagged(remainder) if token.word[:1].isalnum()]
    # Each sentence begins with a capital; before another one it is a forename.
    first = int(len(rows) < 2 or not rows[1].word[:1].isupper())
    names = {row.word for row in rows[first:] if row.word[:1].isupper()}
    plain = {_dimension(lemma(row.low)) for row in rows if row.word not in names}
    return {word for word in names | plain if word.lower() not in ENGLISH_STOP}


def _dimension(word: str) -> str:
    """The noun of a dimension: “length” for “long”; the word itself if it is none."""
    nouns = (
        noun
        for adjective, measure in measures().items()
        if word == adjective or word in measure.nouns
        for noun in measure.nouns
    )
    return min(nouns, default=word)


def _words(text: str) -> set[str]:
    return {token.low for token in tagged(text) if token.low not in ENGLISH_STOP}


def _differing(answer: Answer, first: _Statement, other: _Statement) -> Answer:
    pair = [first, other]
    is_dated = bool(first.date and other.date)
    if is_dated:
        pair.sort(key=lambda statement: statement.date, reverse=True)
    values = tuple(statement.value for statement in pair)
    has_value = bool(answer.value) and not pair[0].text.startswith(values[0])
    # What the newer statement corrects is no doubt of it.
    is_corrected = _corrects(pair[0], pair[1].value) or (
        is_dated and pair[0].announced and not pair[1].announced
    )
    note = f"Two sources differ: {values[0]}, {values[1]}."
    if is_corrected and is_dated:
        later = "mail" if pair[0].kind == "mail" else "source"
        note = f"A later {later} says “{values[0]}”, not “{values[1]}”."
    further = [row for row in answer.sentences if row.citations not in [(r.number,) for r in pair]]
    return replace(
        answer,
        confidence=answer.confidence if is_corrected else min(answer.confidence, _UNSURE),
        value=values[0] if has_value else None,
        sentences=(*(AnswerSentence(row.text, (row.number,)) for row in pair), *further),
        differs=values,
        note=note,
    )
