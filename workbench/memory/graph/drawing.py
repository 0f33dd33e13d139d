"""Turns the triples of a passage into edges between concepts, engram by engram.

An end is the concept that tracing has found where the triple has it; else the one whose key it has:
whom a pronoun means, the full name of a short one. What is no concept (pronouns, light nouns, the
lines of sponsors) never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory.concepts.boilerplate import without_wrapping
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import relations
from workbench.store.fiber_records import Pathway
from workbench.store.relation_rows import LOOSE, MODAL, NEGATED, TURNED, Claim, End

if TYPE_CHECKING:
    from ingest.triples.records import Term, Triple

from workbench.store.modelled import ModelRow

#: Words and characters of a concept that a triple brings.
_MOST_WORDS, _LONGEST = 6, 60
#: What a bond by cue words is worth, and what something merely possible is.
_CUE, _POSSIBLE = 0.5, 0.8
#: Share of a phrase with "of" in it that a traced concept must cover to be meant by it.
_COVERED = 0.6
_NARRATOR = "the narrator"

_TYPES = {
    "entity": ConceptType.ENTITY,
    "time": ConceptType.TIME,
    "place": ConceptType.SPATIAL,
    "action": ConceptType.ACTION,
    "state": ConceptType.STATE,
    "sensory": ConceptType.SENSORY,
    "intent": ConceptType.INTENT,
    "concept": ConceptType.CONCEPT,
}
_DONE = (int(ConceptType.ACTION), int(ConceptType.INTENT))
#: Kinds that cue words join, which say something of two things.
_CUES = frozenset(
    map(
        int,
        (
            AssociationType.CAUSED_BY,
            AssociationType.LEADS_TO,
            AssociationType.ENABLES,
            AssociationType.PREVENTS,
            AssociationType.SIMILAR_TO,
            AssociationType.IS_A,
            AssociationType.CONTRADICTS,
            AssociationType.RESOLVED_BY,
            AssociationType.SUPERSEDES,
            AssociationType.EVOLVES_FROM,
        ),
    )
)
_NOISE = classes("memory.txt")["graph_drawing_noise"]
#: Verbs that say nothing of how two belong together: they look, speak, come and go.
_IDLE = classes("memory.txt")["graph_drawing_idle"]
_SPONSOR = later(
    r"\b(?:(?:video|episode|podcast|post|article|newsletter)(?: is| was)? sponsored by"
    r"|(?:our|today's) sponsors?|promo code|discount code|use (?:the )?code"
    r"|coupon|affiliate link"
    r"|link in the description|links? (?:is|are) (?:down )?(?:below|in the description)|patreon"
    r"|subscribe|hit the (?:like|bell)|like and share|sign up (?:for|at|today|now)|free trial"
    r"|smash that)\b",
    re.IGNORECASE,
)
_PERSONAL = later(
    r"(?:i|me|my|mine|myself|we|us|our|you|your|he|him|his|she|hers?|it|its|they|them|their|himself"
    r"|herself|itself|themselves|this|that|these|those)",
    re.IGNORECASE,
)
_CALLED = later(
    r"(?:(?:the|a)\s+)?(?:new\s+)?(?:word|term|name|phrase|expression)\s+[\"“‘']?(?!of\b)",
    re.IGNORECASE,
)
_OF = later(r"\bof\b")


def is_noise(text: str) -> bool:
    """Whether an engram is a line that only asks for money or wraps what is said."""
    return _SPONSOR.search(text) is not None or not without_wrapping(text).strip()


def claims(
    passage: str, start: int, end: int, triples: Iterable[Triple], way: Pathway, title: str
) -> list[Claim]:
    """What the engram at `start` to `end` of a passage says, by its triples and its bonds.

    `way` is its fiber as traced; `title` names the source for a narrator, who has no name.
    """
    text = passage[start:end]
    if is_noise(text):
        return []
    found: dict[tuple[object, ...], Claim] = {}
    for triple in triples:
        claim = _claim(passage, start, end, triple, way, title)
        if claim is not None:
            same = _end(claim.head), claim.type, _end(claim.tail), claim.relation, claim.flags
            if same not in found or found[same].confidence < claim.confidence:
                found[same] = claim
    said = {
        frozenset((claim.head.step, claim.tail.step))
        for claim in found.values()
        if claim.head.step >= 0 and claim.tail.step >= 0
    }
    read = {
        (claim.type, side.step)
        for claim in found.values()
        for side in (claim.head, claim.tail)
        if side.step >= 0
    }
    return [*found.values(), *_cued(way, said, read)]


def _end(end: End) -> object:
    return end.step if end.step >= 0 else end.key


#: A participle by itself ("was seen") is nothing that a thing has.
_EMPTY_RULE = "state"
_COPULA = "copula"


def _claim(
    passage: str, start: int, end: int, triple: Triple, way: Pathway, title: str
) -> Claim | None:
    ends = [
        _found(passage, start, end, side, way, title)
        for side in (triple.subject, _coined(passage, triple))
    ]
    head, tail = ends
    if triple.rule == _EMPTY_RULE:
        return None
    if head is None or tail is None or _end(head) == _end(tail):
        return None
    relation, other_way = relations.converse(relations.plain(triple.canonical))
    type = relations.type_of(
        relation, triple.rule, triple.object.kind, dated=triple.object.concept == "time"
    )
    flags = (MODAL if triple.modal else 0) | (NEGATED if triple.negated else 0)
    if (
        not triple.plain
        # "Romanticism is fluid Classicism" does not say that it is Classicism.
        or (triple.rule == _COPULA and _narrowed(passage, start, triple.object, tail))
        or relation.partition(" ")[0] in _IDLE
        or any(
            _is_meant(_closed(side.text), _closed(passage[side.start : side.end]))
            for side in (triple.subject, triple.object)
        )
    ):
        flags |= LOOSE
    if triple.turned != other_way:
        head, tail, flags = tail, head, flags | TURNED
    if triple.negated:
        type = AssociationType.DENIED
    begin, until = triple.said
    if not start <= begin < until <= end:
        begin = until = start
    sure = triple.confidence * (_POSSIBLE if triple.modal else 1.0)
    return Claim(head, int(type), tail, relation, begin - start, until - start, flags, sure)


def _narrowed(passage: str, start: int, term: Term, end: End) -> bool:
    """Whether anything stands before a concept within its phrase but an article or whose it is."""
    from ingest.triples.words import DETERMINER, POSSESSIVE

    if end.step >= 0:
        before = passage[term.start : start + end.start]
    else:
        before = passage[term.start : term.end].partition(term.text)[0]
    return any(word not in DETERMINER and word not in POSSESSIVE for word in before.lower().split())


def _coined(passage: str, triple: Triple) -> Term:
    """The object of a triple, without "the word" before a word that somebody coined."""
    term = triple.object
    called = _CALLED.match(passage, term.start, term.end)
    if called is None or triple.canonical != "coin":
        return term
    text = passage[called.end() : term.end]
    return term._replace(text=text, start=called.end(), kind="name")


def _found(passage: str, start: int, end: int, term: Term, way: Pathway, title: str) -> End | None:
    """The concept that one side of a triple is; None where it is none."""
    if term.kind == "pronoun" or not start <= term.start <= term.end <= end:
        return None
    if term.kind == "number" and not any(map(str.isalpha, term.text)):
        return None
    written = passage[term.start : term.end]
    meant = _is_meant(term.text, written)
    begin, until = term.start - start, term.end - start
    if not meant:
        step = _step(passage[start:end], begin, until, way)
        if step is not None and (term.kind != "name" or way.steps[step].start >= begin):
            concept = way.steps[step]
            return End("", "", concept.type, concept.start, concept.end, step)
    else:
        until = begin
    name = f"the narrator of {title}" if term.text == _NARRATOR else term.text
    key = key_of(name, plural=term.kind != "name")
    if not key or key in _NOISE or len(key) > _LONGEST or key.count(" ") >= _MOST_WORDS:
        return None
    if key.split(" ")[-1] in _NOISE and " of " not in key:
        return None
    return End(key, " ".join(name.split()), int(_TYPES[term.concept]), begin, until)


def _closed(text: str) -> str:
    return "".join(text.split())


def _is_meant(text: str, written: str) -> bool:
    """Whether a term stands for something else than what is written there."""
    if _PERSONAL.fullmatch(written.strip()):
        return True
    return " ".join(text.casefold().split()) not in " ".join(written.casefold().split())


def _step(text: str, start: int, end: int, way: Pathway) -> int | None:
    """The traced concept that a phrase at `start` to `end` of a text is, by its place."""
    phrase = text[start:end].rstrip(" .,;:!?\"'”’")
    end = start + len(phrase)
    of = _OF.search(phrase)
    best: tuple[int, int] | None = None
    for at, step in enumerate(way.steps):
        overlap = min(end, step.end) - max(start, step.start)
        if overlap <= 0 or step.type in _DONE or step.start == step.end:
            continue
        if of is not None:
            if overlap < _COVERED * len(phrase):
                continue
        elif not step.start < end <= step.end + 2:
            # Another word of the phrase than its last, which it is about.
            continue
        if text[step.start : step.end].casefold() in _NOISE:
            continue
        if best is None or overlap > best[0]:
            best = overlap, at
    return None if best is None else best[1]


def _cued(way: Pathway, said: set[frozenset[int]], read: set[tuple[int, int]]) -> list[Claim]:
    """What cue words say and no triple does.

    Where a triple has read the same kind of one of the two, the cue only misses the other.
    """
    found: list[Claim] = []
    for head, type, tail in way.ties:
        one, other = way.steps[head], way.steps[tail]
        if type not in _CUES or frozenset((head, tail)) in said:
            continue
        if (type, head) in read or (type, tail) in read:
            continue
        if one.type in _DONE or other.type in _DONE:
            continue
        found.append(Claim(_at(way, head), type, _at(way, tail), "", 0, 0, 0, _CUE))
    return found


def _at(way: Pathway, step: int) -> End:
    there = way.steps[step]
    return End("", "", there.type, there.start, there.end, step)


def by_engram(triples: Sequence[Triple], spans: Sequence[tuple[int, int]]) -> list[list[Triple]]:
    """The triples of a passage by the engrams in which they stand, in order."""
    held: list[list[Triple]] = [[] for _ in spans]
    at = 0
    for triple in sorted(triples, key=lambda each: each.start):
        while at < len(spans) and spans[at][1] <= triple.start:
            at += 1
        if at == len(spans):
            break
        if spans[at][0] <= triple.start:
            held[at].append(triple)
    return held


# -- what models read ------------------------------------------------------------------------------

#: How far anything is believed at most that rules and a model have said.
_MOST = 0.97


def met(
    rules: Sequence[Claim], models: Sequence[ModelRow], words: str, way: Pathway
) -> list[Claim]:
    """The claims of an engram whose text is `words`: those of rules with those of models.

    `way` is its fiber as traced.
    """
    # The rules are loaded where something is drawn: whoever only opens a library waits for none.
    from ingest.triples.by_model import ModelTriple, triple_of

    found = list(rules)
    for row in models:
        told = ModelTriple(
            0, row.subject, row.relation, row.object,
            bool(row.flags & NEGATED), bool(row.flags & MODAL),
        )  # fmt: skip
        triple = triple_of(told, words)
        if triple is None:
            continue
        for claim in claims(words, 0, len(words), [triple], way, ""):
            if claim.relation:
                _join(found, claim, row.reader)
    return found


def _join(found: list[Claim], claim: Claim, reader: int) -> None:
    for at, other in enumerate(found):
        if _same(other, claim):
            if other.reader == 0:
                sure = 1 - (1 - other.confidence) * (1 - claim.confidence)
                sure = max(other.confidence, min(sure, _MOST))
                found[at] = other._replace(confidence=sure, reader=reader)
            return
    found.append(claim._replace(reader=reader, rules=False))


def _same(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same: of what only acts on something the relation counts, too."""
    if (_end(one.head), one.type, _end(one.tail)) != (
        _end(other.head),
        other.type,
        _end(other.tail),
    ):
        return False
    if one.flags & (NEGATED | MODAL) != other.flags & (NEGATED | MODAL) or not one.relation:
        return False
    loose = one.type not in (AssociationType.ACTS_ON, AssociationType.DENIED)
    return loose or one.relation == other.relation
