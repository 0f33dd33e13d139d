"""Facts as answer candidates, next to passages of sources.

Candidates in order of confidence: from claims, compared role by role; then from the reader, a
cross-encoder, over facts similar by words and by sentence vectors, unless roles contradict. A whole
sentence is never a value: the fact is quoted, and its span is a value only if it is a clear phrase.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from ingest.language.corrections import points_back
from ingest.language.records import Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import closed_tags, groups_of, kinship, opposites
from ingest.language.word_lists import words as word_class
from workbench.errors import InputError
from workbench.memory import plasticity, words
from workbench.memory.claims.candidates import TALK, ScopeView
from workbench.memory.claims.yes_no import positive
from workbench.memory.facts import claimed, facts, statement_clock
from workbench.memory.facts.claimed import forms_of
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import MEANT, Fact, FactQuery, Meant, Value
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall import topic
from workbench.recall.extraction import MIN_PROBABILITY, Ranked, extract, ranked
from workbench.recall.missing import capitalized
from workbench.recall.question_forms import courtesy_reply, quoted_phrase
from workbench.recall.revised import Revisions
from workbench.space.embeddings.encoder import Encodes, reads_language
from workbench.store import facts as rows

if TYPE_CHECKING:
    from workbench.recall.embedding_reading import StatementVectors
    from workbench.recall.reader import Reader
    from workbench.recall.revision import RevisionModel


#: Maximum scopes per question.
_SCOPES = 64
#: The minimum share of a question's content words in facts, if sources answer.
_SHARE = 0.5
#: The minimum cosine of a similar fact, and of one that is read.
_SIMILAR, _READABLE = 0.35, 0.1
#: Facts similar to a question, facts that are read, and closest ones that are shown.
_NEAREST, READ, _CLOSEST = 6, 8, 3
#: The minimum score, as a share of a question's weight, of a close fact.
_CLOSE = 0.6
#: The factor of confidence for an answer to a _reworded question.
_REWORDED = 0.8
#: Characters of a question that show whether it is a yes-no question.
_OPENING = 80


@dataclass(frozen=True, slots=True)
class Statements:
    """The facts of a library as answer candidates."""

    index: FactIndex
    vectors: "StatementVectors"
    reader: Callable[[], "Reader | None"]
    revisions: Callable[[], "RevisionModel | None"]

    def concerned(
        self,
        question: str,
        scopes: Iterable[str | None],
        *,
        has_answer: bool,
        any_question: bool = False,
    ) -> list[str | None]:
        """The scopes with a fact that may be relevant.

        It contains a content word of the question, or is similar in meaning; if sources have an
        answer (`has_answer`), half of the content words must occur. For `any_question` all scopes
        with facts.
        """
        content = _content(question)
        threshold = max(1, _SHARE * len(content) if has_answer else 0)
        inclusive = any_question or not word_class("first_person").isdisjoint(
            words.sequence(question)
        )
        selected: list[str | None] = []
        with self.index.store.read() as connection:
            numbered = [(rows.scope_id(connection, s), s) for s in islice(scopes, _SCOPES)]
            for number, scope in numbered:
                if number is None or not self.index.count(number):
                    continue
                share = sum(self.index.frequency(number, [word], 1) for word in content)
                if inclusive or share >= threshold:
                    selected.append(scope)
        if selected or has_answer:
            return selected
        known = [scope for number, scope in numbered if number is not None]
        return [scope for scope in known if self.similar(question, scope, MEANT)]

    def value(
        self,
        question: str,
        scopes: Iterable[str | None],
        *,
        as_of: str | float | None = None,
    ) -> Value | None:
        """The value with the highest confidence in these scopes, of equals the latest.

        From claims only, which compare the question as it is worded; see `meant`. `as_of` answers
        as of that time.
        """
        searched = islice(scopes, _SCOPES)
        values = [facts.value(self.index, question, collection=s, as_of=as_of) for s in searched]
        value = max(filter(None, values), key=_order, default=None)
        return value if value is None or as_of is not None else self._revisions.value(value)

    def meant(self, question: str, scopes: Iterable[str | None]) -> Meant:
        """What facts say to a question that no claim answers as it is worded."""
        meant = self._meant(question, list(islice(scopes, _SCOPES)))
        if meant.value is None:
            return meant
        return replace(meant, value=self._revisions.value(meant.value))

    def _meant(self, question: str, searched: Sequence[str | None]) -> Meant:
        in_their_words = {scope: self._reworded(question, scope) for scope in searched}
        values = [
            facts.value(self.index, other, collection=scope)
            for scope, other in in_their_words.items()
            if other != question
        ]
        best = max(filter(None, values), key=_order, default=None)
        if best is None:
            return self._extracted(question, in_their_words)
        confidence = round(best.confidence * _REWORDED, 3)
        return Meant(replace(best, question=question, confidence=confidence), confidence)

    def similar(self, question: str, scope: str | None, least: float = _SIMILAR) -> list[Fact]:
        """The facts in force whose cosine with a question is at least that, nearest first."""
        with self.index.store.read() as connection:
            number = rows.scope_id(connection, scope)
        ids = [] if number is None else self.index.all(number)
        ranked = self.vectors.nearest(question, ids, _NEAREST) if ids else []
        ids = [id for id, cosine in ranked if cosine >= least]
        if number is None or not ids:
            return []
        with self.index.store.read() as connection:
            valid = {row.id for row in ScopeView(self.index, connection, number).in_force(ids)}
        by_id = {fact.id: fact for fact in facts.in_scope(self.index, ids, scope)}
        return [by_id[id] for id in ids if id in valid and id in by_id]

    def _reworded(self, question: str, scope: str | None) -> str:
        texts = [fact.text for fact in self.similar(question, scope)]
        return _reworded(question, texts, self.vectors.encoder()) if texts else question

    def _extracted(self, question: str, rewordings: Mapping[str | None, str]) -> Meant:
        """The value of the fact that the reader selects, unless roles contradict it."""
        read = self._read(question, list(rewordings))
        best = extract(question, read)
        if best is None:
            return Meant(None, 0.0, tuple(one.fact for one in read))
        first = next(iter(tagged(question[:_OPENING])), None)
        is_open = first is not None and not first.may_be("MXHO")
        nearest = (best.fact, *(one.fact for one in read if one.fact.id != best.fact.id))
        # Roles that contradict a value (a dad's and an old man's) are no reason to hide the fact.
        unsure = Meant(None, best.probability if is_open else 0.0, nearest)
        if best.probability < MIN_PROBABILITY:
            # The superseding fact may be its only rival.
            revision = self._revisions.of(best.fact, question)
            others = [one for one in read if revision and one.fact.id != revision[0].id]
            best = extract(question, others)
        if best is None or best.probability < MIN_PROBABILITY:
            return unsure
        if not is_open:
            denial = self._revisions.denial(question, best.fact)
            return unsure if denial is None else Meant(denial, denial.confidence)
        confidence, phrase = round(best.probability, 3), best.phrase
        if phrase is not None:
            phrase = statement_clock.dated(phrase, best.fact.at, self.index.store.clock())
        value = Value(question, phrase, confidence, best.fact, best.start, best.end)
        if not claimed.denied(self.index, rewordings[best.fact.collection], best.fact):
            return Meant(value, confidence)
        # Contradicted by roles, or superseded.
        revised = self._revisions.value(value)
        return unsure if revised.fact.id == best.fact.id else Meant(revised, confidence)

    def _read(self, question: str, scopes: Sequence[str | None]) -> list[Ranked]:
        """The candidates as the reader ranks them; none of topics and small talk."""
        no_value = topic.subject_of(question) or quoted_phrase(question) or courtesy_reply(question)
        reader = None if no_value else self.reader()
        if reader is None or not reader.supports(question):
            return []
        pool, cosines = self.candidates(question, scopes)
        try:
            return ranked(question, pool, reader, cosines) if pool else []
        except InputError:
            return []

    @property
    def _revisions(self) -> Revisions:
        return Revisions(self.index, self.revisions, self.reader)

    def candidates(
        self, question: str, scopes: Sequence[str | None]
    ) -> tuple[list[Fact], dict[int, float]]:
        """The facts for the reader, the most similar by meaning and words, and their cosines."""
        near = [fact for scope in scopes for fact in self.similar(question, scope, _READABLE)]
        matching = self._matching(question, scopes, None, READ)
        matching.sort(key=lambda fact: -fact.score)
        cosines = self._cosines(question, [*near, *matching])
        near.sort(key=lambda fact: -cosines.get(fact.id, 0.0))
        pool = {fact.id: fact for fact in (*near[:_NEAREST], *matching)}
        valid = [fact for fact in pool.values() if fact.current and not fact.expired]
        return valid[:READ], cosines

    def quotations(
        self,
        question: str,
        scopes: Sequence[str | None],
        limit: int,
        *,
        as_of: str | float | None = None,
    ) -> list[Value]:
        """The facts on the topic of a question as quotations, stronger and newer first.

        They contain all of its words; a quoted phrase verbatim.
        """
        phrase = quoted_phrase(question)
        subject = phrase or topic.subject_of(question)
        content = _content(subject)
        if not content or courtesy_reply(question):
            return []
        on_topic = [
            fact
            for fact in self._matching(subject, scopes, as_of, limit)
            if (fact.current or as_of is not None)
            and phrase.casefold() in fact.text.casefold()
            # recall also matches misspellings
            and not any(map(_forms(fact.text).isdisjoint, map(_forms, content)))
        ]
        on_topic.sort(key=lambda fact: (-plasticity.rank(fact.strength), -fact.told))
        return [Value(question, None, topic.TOLD, fact, 0, 0) for fact in on_topic[:limit]]

    def closest(
        self,
        question: str,
        scopes: Sequence[str | None],
        *,
        as_of: str | float | None = None,
        with_sources: bool = False,
        nearest: Sequence[Fact] = (),
    ) -> list[Fact]:
        """The facts closest to a question without an answer, best first.

        Those near in meaning, as the reader ranks them (`nearest`, if it has read), before those
        that share words. If sources were searched, too, each is similar, or matches most of the
        question or all of its names. A fact right after one of them that refers to it (“he keeps it
        in the barn”) follows it.
        """
        pool = self._matching(question, scopes, as_of, _CLOSEST)
        pool.sort(key=lambda fact: (-fact.score, not fact.current))
        matched = {fact.id for fact in pool if fact.score >= _CLOSE}
        if as_of is None:
            pool = [*(nearest or self._nearest(question, scopes)), *pool]
            pool = list({fact.id: fact for fact in pool}.values())
        if with_sources:
            names = [words.split(name) for name in capitalized(question)] or [()]
            cosines = self._cosines(question, pool)
            pool = [
                fact
                for fact in pool
                if fact.id in matched
                or cosines.get(fact.id, 0.0) >= _SIMILAR
                or not any(map(set(words.sequence(fact.text)).isdisjoint, names))
            ]
        selection: dict[int, Fact] = {}
        for fact in pool[:_CLOSEST]:
            selection[fact.id] = fact
            following = [fact.id + 1, fact.id + 2] if as_of is None else []
            for follower in facts.by_ids(self.index, following):
                is_here = fact.collection == follower.collection
                same_sitting = is_here and 0 <= follower.told - fact.told <= TALK
                if same_sitting and points_back(follower.text):
                    selection.setdefault(follower.id, follower)
        return list(selection.values())[:_CLOSEST]

    def _nearest(self, question: str, scopes: Sequence[str | None]) -> list[Fact]:
        """The facts nearest in meaning, as the reader ranks them; by their cosines without it."""
        if read := self._read(question, scopes):
            return [one.fact for one in read]
        pool, cosines = self.candidates(question, scopes)
        near = [fact for fact in pool if cosines.get(fact.id, 0.0) >= _SIMILAR]
        return sorted(near, key=lambda fact: -cosines[fact.id])

    def _cosines(self, question: str, found: Sequence[Fact]) -> dict[int, float]:
        ids = list(dict.fromkeys(fact.id for fact in found))
        return dict(self.vectors.nearest(question, ids, len(ids))) if ids else {}

    def _matching(
        self, cue: str, scopes: Sequence[str | None], as_of: str | float | None, limit: int
    ) -> list[Fact]:
        return [
            fact
            for scope in scopes[:_SCOPES]
            for fact in facts.recall(self.index, cue, FactQuery(scope, limit, as_of))
        ]


def _content(question: str) -> list[str]:
    """The content words of a question."""
    return [word for word in dict.fromkeys(words.sequence(question)) if word not in ENGLISH_STOP]


def _forms(text: str) -> set[str]:
    return {form for word in words.sequence(text) for form in (word, *words.forms(word, "en"))}


def _order(value: Value) -> tuple[float, float, int]:
    return value.confidence, value.fact.at, value.fact.id


#: The minimum cosine of synonyms: hyponyms are above it, related words below, as cats and dogs
#: (.65), uncles and aunts (.74).
_MIN_SYNONYM_COSINE = 0.8


def _reworded(question: str, statements: Sequence[str], encoder: Encodes | None) -> str:
    """The question with synonyms from these statements, by vectors of single words.

    “Where did I leave my vehicle?” becomes “… my car” if a statement has “car”.
    """
    theirs = {t.low: t for text in statements for t in tagged(text) if _has_synonyms(t)}
    if encoder is None or not theirs or not reads_language(encoder.model, question):
        return question
    shared = {form for token in theirs.values() for form in forms_of(token)}
    replaceable = [t for t in tagged(question) if _has_synonyms(t) and not forms_of(t) & shared]
    if not replaceable:
        return question
    try:
        vectors = encoder.encode([*(token.low for token in replaceable), *theirs])
    except InputError:
        return question
    cosines = vectors[: len(replaceable)] @ vectors[len(replaceable) :].T
    for token, row in zip(replaceable[::-1], cosines[::-1], strict=True):
        best = list(theirs.values())[int(row.argmax())]
        if row.max() >= _MIN_SYNONYM_COSINE and not _is_opposed(token.low, best.low):
            question = question[: token.start] + _inflected(best, token) + question[token.end :]
    return question


def _has_synonyms(token: Token) -> bool:
    """Whether a word may have synonyms: not a name or number."""
    return token.tags[0] in "NJVBLG" and token.low not in closed_tags() and token.low.isalpha()


def _is_opposed(left: str, right: str) -> bool:
    """Whether words are similar but exclusive: Monday and Tuesday, tall and taller."""
    return bool(
        groups_of(left) & groups_of(right)
        # “how tall” does not match “taller”
        or left == positive(right)
        or right == positive(left)
        or right in opposites().get(left, ())
        or (left in kinship() and right in kinship())
    )


def _inflected(token: Token, target: Token) -> str:
    """The word of a statement in the inflection of the question's word: “buy” for “bought”."""
    if target.tags[0] not in "BV" or all(form.form != "base" for form in forms(target.low)):
        return token.word
    bases = (form.verb for form in forms(token.low) if token.tags[0] in "VBLG")
    return next(bases, token.word)
