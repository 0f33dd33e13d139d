"""Sentences that people have read for triples, and how right a list of triples is against them.

A gold file has no text: a source's hash, the span of a sentence in it, and the spans of the words
that a triple's sides stand for; the text is read from the evaluation data. A triple is right where
both its heads are those of a gold triple: for a name any of its words, for a pronoun the name that
gold gives it. Required triples count for recall; optional ones are true, but nobody has to find
them.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.triples.context import genders
from ingest.triples.reading import PassageReader
from ingest.triples.records import Triple
from ingest.triples.speech import told_by_narrator
from ingest.triples.tokens import normalised

_CONTEXT = 400
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*|#?\d[\d.,%]*")
_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "i", "him", "her", "them", "me", "his", "its", "their", "you", "we"]
)
_SPEAKER = re.compile(r"([A-Z]\w+): ")


@dataclass(frozen=True, slots=True)
class Side:
    """The subject or object of a gold triple: its words, other words for it, its name."""

    text: str
    also: tuple[str, ...] = ()
    name: str = ""

    def heads(self, required: bool) -> frozenset[str]:
        """The words any of which is its head."""
        found: set[str] = set()
        for text in (self.text, self.name, *self.also):
            words = _WORD.findall(text)
            if words:
                last = words[-1].lower()
                found |= {last, last.split("-")[-1]}
                found |= {w.lower() for w in words if w[0].isupper() or w[0].isdigit()}
        if required and self.name and self.text.lower() in _PRONOUNS:
            found.discard(self.text.lower())
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """What a reader found in a sentence. `relation` begins with the verb's lemma or a role."""

    subject: Side
    relation: str
    object: Side
    required: bool


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with the text before it. `kind` is book, wiki, chat or caption."""

    id: str
    kind: str
    split: str
    text: str
    context: str
    title: str | None
    speaker: str | None
    listener: str | None
    file: str
    triples: tuple[GoldTriple, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over a set of sentences; shares in 0..1, None where nothing was counted."""

    sentences: int
    predicted: int
    right: int
    required: int
    found: int

    @property
    def precision(self) -> float | None:
        """The share of predicted triples that are right."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of required triples that were found."""
        return self.found / self.required if self.required else None


class HashDiffers(ValueError):
    """A source of the evaluation data is not the one that was annotated."""


def fresh(gold: Path, data: Path) -> list[GoldSentence]:
    """The sentences of a gold file of spans, read from the sources under `data`.

    Raises HashDiffers where a source has changed.
    """
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    return [_fresh(row, data) for row in rows]


def _fresh(row: dict[str, Any], data: Path) -> GoldSentence:
    source = _text(data / row["file"], row.get("passage"))
    if hashlib.sha256((data / row["file"]).read_bytes()).hexdigest() != row["sha256"]:
        raise HashDiffers(f"{row['file']} is not the file that was annotated")
    start, end = row["start"], row["end"]
    sentence = source["text"][start:end]

    def side(found: list[Any]) -> Side:
        return Side(sentence[found[0] : found[1]], (), found[2] if len(found) > 2 else "")

    return GoldSentence(
        str(row["id"]),
        row["kind"],
        row["split"],
        sentence,
        source["text"][max(0, start - _CONTEXT) : start],
        source.get("title"),
        source.get("speaker"),
        None,
        row["file"],
        tuple(
            GoldTriple(side(t["s"]), t["r"], side(t["o"]), not t.get("optional", False))
            for t in row["triples"]
        ),
    )


@cache
def _text(path: Path, passage: str | None) -> dict[str, Any]:
    if passage is None:
        return {"text": path.read_text("utf-8")}
    return _passages(path)[passage]


@cache
def _passages(path: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def spent(path: Path) -> list[GoldSentence]:
    """The sentences of the evaluation data's own gold set, from which rules were written."""
    return [_spent(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _spent(row: dict[str, Any]) -> GoldSentence:
    def side(found: dict[str, Any]) -> Side:
        return Side(found["text"], tuple(found.get("also", ())), found.get("name") or "")

    before = _SPEAKER.match(row.get("prev") or "")
    speaker = row.get("speaker")
    listener = before.group(1) if before and speaker and before.group(1) != speaker else None
    return GoldSentence(
        str(row["id"]),
        row["kind"],
        row["split"],
        row["sentence"],
        row["context"],
        row.get("title"),
        speaker,
        listener,
        row["file"],
        tuple(
            GoldTriple(side(t["subject"]), t["relation"], side(t["object"]), t["required"])
            for t in row["triples"]
        ),
    )


def predicted(gold: GoldSentence, data: Path) -> tuple[Triple, ...]:
    """What the rules find in a sentence, read behind its context as in a library."""
    door = reader(data / gold.file) if gold.kind == "book" else PassageReader()
    found = door.read(gold.context + gold.text, gold.title, gold.speaker, gold.listener)
    return tuple(triple for triple in found if triple.start >= len(gold.context))


@cache
def reader(book: Path) -> PassageReader:
    """The rules with what a whole book tells of its names and its narrator."""
    text = book.read_text("utf-8")
    return PassageReader(genders(re.sub(r"\s+", " ", text)), told_by_narrator(normalised(text)))


Predict = Callable[[GoldSentence], Sequence[Triple]]
Judged = tuple[GoldSentence, list[tuple[Triple, bool]], list[GoldTriple]]


def judge(gold: Iterable[GoldSentence], predict: Predict) -> list[Judged]:
    """Each sentence with its triples, right or not, and the required ones that were missed."""
    found: list[Judged] = []
    for sentence in gold:
        triples = predict(sentence)
        hit: set[int] = set()
        rows: list[tuple[Triple, bool]] = []
        for triple in triples:
            found_here = same(triple, sentence)
            hit.update(found_here)
            rows.append((triple, bool(found_here)))
        missed = [g for n, g in enumerate(sentence.triples) if g.required and n not in hit]
        found.append((sentence, rows, missed))
    return found


def score(judged: Sequence[Judged]) -> Score:
    """The counts over judged sentences."""
    rows = [right for _, triples, _ in judged for _, right in triples]
    required = sum(t.required for sentence, _, _ in judged for t in sentence.triples)
    missed = sum(len(missing) for _, _, missing in judged)
    return Score(len(judged), len(rows), sum(rows), required, required - missed)


def same(triple: Triple, sentence: GoldSentence) -> list[int]:
    """Which of the sentence's gold triples this one is, by their places in the list."""
    return [n for n, gold in enumerate(sentence.triples) if _same(triple, gold, sentence)]


def _same(triple: Triple, gold: GoldTriple, sentence: GoldSentence) -> bool:
    subject, object_ = _bag(triple, sentence, True), _bag(triple, sentence, False)
    left, right = gold.subject.heads(gold.required), gold.object.heads(gold.required)
    if subject & left and object_ & right:
        return True
    turned = " by" in f" {gold.relation}" or " by" in triple.relation
    turned = turned or triple.rule == "role subject"
    return bool(turned and subject & right and object_ & left)


def _bag(triple: Triple, sentence: GoldSentence, subject: bool) -> frozenset[str]:
    """The words by which a side is matched: its head, and a name's every word."""
    side = triple.subject if subject else triple.object
    found = {side.head, side.head.split("-")[-1], *re.findall(r"\w+", side.head)}
    if side.text.split()[-1:] and side.text.split()[-1][:1].isupper():
        found |= {word.lower() for word in _WORD.findall(side.text) if word[0].isupper()}
    shift = len(sentence.context)
    written = sentence.text[side.start - shift : side.end - shift].lower()
    if written in _PRONOUNS:
        found.add(written)
    return frozenset(found)
