"""Entry point: takes a passage and returns its triples in order, each with its probability."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.triples.chunking import chunks
from ingest.triples.clauses import read_clauses
from ingest.triples.context import Context
from ingest.triples.copula import brackets
from ingest.triples.corrections import tags
from ingest.triples.emission import strongest
from ingest.triples.fitted import LEAST, RULE_WEIGHTS, WEIGHTS
from ingest.triples.phrases import Line
from ingest.triples.records import TermKind, Triple
from ingest.triples.speech import speeches
from ingest.triples.tokens import Span, normalised, sentences, tokens
from ingest.triples.words import CLASSES

#: Least product of doubts of a triple.
THRESHOLD = 0.5
#: A longer stretch without an end is no sentence: tables, lists, text without punctuation.
LONGEST = 2000
_FUNCTION = "DSIPXHMOTWAn&"
#: Pronouns with an antecedent in the text.
_PRONOUNS = CLASSES["third_person"]
#: Correction in logits, since the rules were written from the sentences fitted to: .89 of triples
#: were right on those, .84 on unseen ones.
OPTIMISM = 0.4
#: Rules with enough labelled triples for a weight of their own.
RULES = ("object", "preposition", "copula", "passive", "adjective", "be in")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Features of a triple before calibration.

    `product` is the rules' score in 0..1, `guessed` whether a pronoun was resolved to a name
    without a title or speaker to support it. In words: `distance` is between subject and object,
    `length` that of the sentence, `preceding` the words of the sentence before the triple.
    """

    product: float
    rule: str
    subject: TermKind
    guessed: bool
    distance: int
    length: int
    preceding: int


def features(doubts: Doubts) -> dict[str, float]:
    """The inputs of the regression by name; the weight of the rule is added to them."""
    product = min(max(doubts.product, 0.02), 0.98)
    return {
        "one": 1.0,
        "product": math.log(product / (1 - product)),
        "no name": float(doubts.subject != "name"),
        "guessed": float(doubts.guessed),
        "apart": math.log1p(doubts.distance),
        "long": _excess(doubts.length, 25),
        "late": _excess(doubts.preceding, 20),
    }


def _excess(words: int, typical: int) -> float:
    """Tens of words above the typical, clipped to the range of the labelled sentences."""
    return min(max(0, words - typical), 25) / 10


def rule_of(doubts: Doubts) -> str:
    """The rule for its weight; the rest, all rare and precise, share one."""
    return doubts.rule if doubts.rule in RULES else "other"


def calibrated(doubts: Doubts) -> float:
    """The probability that a triple is right, by a ridge logistic regression.

    The rules multiply their confidences, which ranks triples but is no probability: between .3 and
    .8 the share of right ones hardly changes. `packaging/triple_sureness.py` fits the weights on
    the sentences that the rules were written from.
    """
    weighed = sum(WEIGHTS[name] * value for name, value in features(doubts).items())
    weighed += RULE_WEIGHTS[rule_of(doubts)] - OPTIMISM
    return round(1 / (1 + math.exp(-weighed)), 3)


class PassageReader:
    """Reads the passages of one source.

    `genders` are those of the source's first names, `narrator` whether it has a first-person
    narrator (`ingest.triples.context.genders`, `ingest.triples.speech.told_by_narrator`, over the
    whole source). `threshold` is the least product of doubts of a triple, `minimum` its least
    calibrated probability.
    """

    def __init__(
        self, genders: Mapping[str, str] | None = None, narrator: bool = False,
        language: str = "en", *, threshold: float = THRESHOLD, minimum: float = LEAST,
    ) -> None:  # fmt: skip
        self._threshold, self._minimum = threshold, minimum
        self._genders = dict(genders or {})
        self._narrator = narrator
        self._english = language.split("-")[0].lower() in ("en", "")

    def read(
        self,
        text: str,
        title: str | None = None,
        speaker: str | None = None,
        listener: str | None = None,
        spans: Sequence[Span] | None = None,
    ) -> tuple[Triple, ...]:
        """The triples of a passage, with offsets in `text`.

        `title` is that of an article about one thing, `speaker` and `listener` are those of a turn;
        `spans` are its sentences if known. The rules are for English: other languages give no
        triples.
        """
        triples: list[Triple] = []
        extracted = self.candidates(text, title, speaker, listener, spans, self._threshold)
        for triple, doubts in extracted:
            confidence = calibrated(doubts)
            if confidence >= self._minimum:
                triples.append(triple._replace(confidence=confidence))
        return tuple(triples)

    def candidates(
        self,
        text: str,
        title: str | None = None,
        speaker: str | None = None,
        listener: str | None = None,
        spans: Sequence[Span] | None = None,
        threshold: float = 0.0,
    ) -> Iterator[tuple[Triple, Doubts]]:
        """All candidates in a passage with their doubts, before calibration.

        A triple's `confidence` is here the product of its doubts.
        """
        if not self._english:
            return
        clean = normalised(text)
        context = Context(speaker, listener, self._narrator, self._genders)
        if title:
            context.entitle(title, clean)
        if not speaker:
            context.speeches = speeches(clean)
        guessing = not title and not speaker
        for start, end in spans if spans is not None else sentences(clean):
            if end - start > LONGEST:
                continue
            triples_of_sentence = _sentence(clean[start:end], start, context)
            context.after(triples_of_sentence)
            length = clean.count(" ", start, end) + 1 if triples_of_sentence else 0
            for triple in triples_of_sentence:
                if triple.confidence >= threshold:
                    yield triple, _doubts(triple, clean, start, length, guessing)


def _sentence(text: str, offset: int, context: Context) -> list[Triple]:
    parts = tokens(text, context.title_token)
    if len(parts) < 3:
        return []
    row = [part.word for part in parts]
    marks = tags(row, [at for at, part in enumerate(parts) if part.name])
    if len(row) >= 10 and not any(mark in _FUNCTION for mark in marks):
        # Not one function word: a list, or no English.
        return []
    cut, bracketed = chunks(row, marks)
    line = Line(parts, row, marks, offset, context, "?" in row[-2:], cut)
    read_clauses(line)
    brackets(line, bracketed)
    return strongest(line.triples)


def _doubts(triple: Triple, text: str, start: int, length: int, guessing: bool) -> Doubts:
    sides = triple.subject, triple.object
    after = min(triple.subject.end, triple.object.end)
    stop = max(triple.subject.start, triple.object.start)
    return Doubts(
        triple.confidence,
        triple.rule,
        triple.subject.kind,
        guessing and any(text[side.start : side.end].lower() in _PRONOUNS for side in sides),
        len(text[after:stop].split()),
        length,
        text.count(" ", start, max(start, triple.start)),
    )
