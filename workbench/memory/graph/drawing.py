"""Turns the triples of a passage into edges between concepts, engram by engram.

An end resolves to the traced concept at its position, else to the concept with its key: the
antecedent of a pronoun, the full form of a short name. Pronouns, light nouns and sponsors' lines
never become concepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory.concepts.boilerplate import blank_boilerplate
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import AssociationType, ConceptType
from workbench.memory.graph import relations
from workbench.memory.graph.kinds import FAMILIES, NAMES
from workbench.store.fiber_records import Pathway
from workbench.store.relation_rows import INVERTED, LOOSE, MODAL, NEGATED, Claim, End

if TYPE_CHECKING:
    from ingest.triples.records import Term, Triple

from workbench.store.modelled import ModelRow

#: Maximum words and characters of a concept from a triple.
_WORD_LIMIT, _LONGEST = 6, 60
#: The confidence of a bond by cue words, and the factor for a modal statement.
_CUE, _POSSIBLE = 0.5, 0.8
#: The share of a phrase with "of" that a traced concept must cover to match it.
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
_CLAUSE_TYPES = (int(ConceptType.ACTION), int(ConceptType.INTENT))
#: Association types of cue words that are informative between two concepts.
_CUES = (FAMILIES["causal"] | FAMILIES["conflict"] - {AssociationType.DENIED}) | {
    AssociationType.SIMILAR_TO,
    AssociationType.IS_A,
}
_NOISE = classes("memory.txt")["graph_drawing_noise"]
#: Verbs that say nothing of the relation of two concepts: of looking, speaking, motion.
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
_TERM_INTRO = later(
    r"(?:(?:the|a)\s+)?(?:new\s+)?(?:word|term|name|phrase|expression)\s+[\"“‘']?(?!of\b)",
    re.IGNORECASE,
)
_OF = later(r"\bof\b")
#: A line of code: calls, assignments, comparisons.
_CODE = later(r"\w\(\)|\w\s?[=!<>+-]?=\s?[\w'\"\[{(]|[{}]\s*$|::|->")
#: Deictic words, whose meaning depends on the context.
_POINTING = later(r"\b(?:this|that|these|those|such|same|latter|former|others?)\b")
_OWNED = later(r"\b(?:my|your|his|her|its|our|their|whose)\b|\w['’]s?\s")
_COMPARED = later(r"(?:more|less)\b|(?:better|worse|greater|larger|smaller|higher|lower)$")
#: Words after an adjective that is not all that is said: "full of beggars", "able to speak".
_GOES_ON = later(r"\s+(?:enough|of|to)\b")
_GERUND = later(r"(?m)^\w+ing[^\S\n]")
#: Words before a subject whose clause is not asserted.
_UNASSERTED = frozenset(("if", "whether", "unless", "lest", "whom", "whose", "than"))
#: Kinds of terms whose meaning does not depend on the context.
_NAMED = ("name", "pronoun")
_PARTICLES = classes("triple_words.txt")["particle"]
#: The minimum confidence of a triple with a resolved pronoun.
_PROXY = 0.85


def is_noise(text: str) -> bool:
    """Whether an engram is only a sponsor's line or boilerplate."""
    return _SPONSOR.search(text) is not None or not blank_boilerplate(text).strip()


def claims(
    passage: str, start: int, end: int, triples: Iterable[Triple], pathway: Pathway, title: str
) -> list[Claim]:
    """The claims of the engram at `start` to `end` of a passage, by its triples.

    `pathway` is its fiber as traced; `title` stands for an unnamed narrator.
    """
    text = passage[start:end]
    if is_noise(text) or _CODE.search(text):
        return []
    best: dict[tuple[object, ...], Claim] = {}
    for triple in triples:
        claim = _claim(passage, start, end, triple, pathway, title)
        if claim is not None:
            same = _end(claim.head), claim.type, _end(claim.tail), claim.relation, claim.flags
            if same not in best or best[same].confidence < claim.confidence:
                best[same] = claim
    return list(best.values())


def _end(end: End) -> object:
    return end.step if end.step >= 0 else end.key


#: A bare participle ("was seen") is not a property.
_EMPTY_RULE = "state"
_COPULA = "copula"
#: A possession with a name: “Kenji's dog is Rex”.
_ROLE_SUBJECT = "role subject"


def _claim(
    passage: str, start: int, end: int, triple: Triple, pathway: Pathway, title: str
) -> Claim | None:
    ends = [
        _locate(passage, start, end, side, pathway, title)
        for side in (triple.subject, _coined(passage, triple))
    ]
    head, tail = ends
    if triple.rule == _EMPTY_RULE:
        return None
    if head is None or tail is None or _end(head) == _end(tail):
        return None
    if _is_partial(passage, triple):
        return None
    relation, reversed_sides = relations.converse(relations.plain(triple.canonical))
    type = relations.type_of(
        relation, triple.rule, triple.object.kind, dated=triple.object.concept == "time"
    )
    flags = (MODAL if triple.modal else 0) | (NEGATED if triple.negated else 0)
    if (
        not triple.plain
        # "Romanticism is fluid Classicism" does not make it Classicism.
        or (triple.rule == _COPULA and _narrowed(passage, start, triple.object, tail))
        or relation.partition(" ")[0] in _IDLE
        or any(
            _is_proxy(_closed(side.text), _closed(passage[side.start : side.end]))
            for side in (triple.subject, triple.object)
        )
    ):
        flags |= LOOSE
    if triple.turned != reversed_sides:
        head, tail, flags = tail, head, flags | INVERTED
    if triple.negated:
        type = AssociationType.DENIED
    begin, stop = triple.said
    is_possessed = triple.rule == _ROLE_SUBJECT
    if is_possessed and triple.canonical == triple.relation:
        relation = f"have {relation}"
    if is_possessed or not start <= begin < stop <= end:
        # The verb of “Kenji's dog is Rex” is not about Kenji.
        begin = stop = start
    confidence = triple.confidence * (_POSSIBLE if triple.modal else 1.0)
    return Claim(head, int(type), tail, relation, begin - start, stop - start, flags, confidence)


def _is_partial(passage: str, triple: Triple) -> bool:
    """Whether a triple is unasserted, depends on its context, or lacks a part.

    "Her presence", "this island" and "the latter" refer back, "better" ahead; "if she is ill"
    asserts nothing; "set out for", "stand on of" and "reading code" are incomplete.
    """
    from ingest.triples.words import PREPOSITION

    subject, object = triple.subject, triple.object
    first, last = (passage[term.start : term.end].casefold() for term in (subject, object))
    is_proxy = _is_proxy(subject.text, first)
    relation = triple.relation.split()
    by_rules = triple.rule != "model"
    cut = (
        (
            subject.kind not in _NAMED
            and not is_proxy
            and (_OWNED.search(first) or _POINTING.search(first))
        )
        or (object.kind not in _NAMED and _POINTING.search(last))
        or (
            object.kind == "adjective"
            and (_COMPARED.match(last) or _GOES_ON.match(passage, object.end))
        )
        or (by_rules and _GERUND.search(f"{first}\n{last}"))
    )
    return (
        bool(cut)
        or (by_rules and is_proxy and triple.confidence < _PROXY)
        or not _UNASSERTED.isdisjoint(relation + passage[: subject.start].casefold().split()[-1:])
        or not PREPOSITION.isdisjoint(last.split()[-1:])
        or (len(relation) > 1 and PREPOSITION.issuperset(relation[-2:]))
        or not _PARTICLES.intersection(passage[slice(*triple.said)].split()) <= {*relation}
    )


def _narrowed(passage: str, start: int, term: Term, end: End) -> bool:
    """Whether a concept has modifiers within its phrase other than articles and possessives."""
    from ingest.triples.words import DETERMINER, POSSESSIVE

    if end.step >= 0:
        prefix = passage[term.start : start + end.start]
    else:
        prefix = passage[term.start : term.end].partition(term.text)[0]
    return any(word not in DETERMINER and word not in POSSESSIVE for word in prefix.lower().split())


def _coined(passage: str, triple: Triple) -> Term:
    """The object of a triple, without "the word" before a coined word."""
    term = triple.object
    intro = _TERM_INTRO.match(passage, term.start, term.end)
    if intro is None or triple.canonical != "coin":
        return term
    text = passage[intro.end() : term.end]
    return term._replace(text=text, start=intro.end(), kind="name")


def _locate(
    passage: str, start: int, end: int, term: Term, pathway: Pathway, title: str
) -> End | None:
    """The concept of one side of a triple; None if there is none."""
    if term.kind == "pronoun" or not start <= term.start <= term.end <= end:
        return None
    if term.kind == "number" and not any(map(str.isalpha, term.text)):
        return None
    surface = passage[term.start : term.end]
    is_stand_in = _is_proxy(term.text, surface)
    begin, stop = term.start - start, term.end - start
    if not is_stand_in:
        step = _step(passage[start:end], begin, stop, pathway)
        if step is not None and (term.kind != "name" or pathway.steps[step].start >= begin):
            concept = pathway.steps[step]
            return End("", "", concept.type, concept.start, concept.end, step)
    else:
        stop = begin
    name = f"the narrator of {title}" if term.text == _NARRATOR else term.text
    key = key_of(name, plural=term.kind != "name")
    if not key or key in _NOISE or len(key) > _LONGEST or key.count(" ") >= _WORD_LIMIT:
        return None
    if key.split(" ")[-1] in _NOISE and " of " not in key:
        return None
    return End(key, " ".join(name.split()), int(_TYPES[term.concept]), begin, stop)


def _closed(text: str) -> str:
    return "".join(text.split())


def _is_proxy(text: str, surface: str) -> bool:
    """Whether a term is resolved to something else than its surface text."""
    if _PERSONAL.fullmatch(surface.strip()):
        return True
    return " ".join(text.casefold().split()) not in " ".join(surface.casefold().split())


def _step(text: str, start: int, end: int, pathway: Pathway) -> int | None:
    """The traced concept at the span `start` to `end` of a text."""
    phrase = text[start:end].rstrip(" .,;:!?\"'”’")
    end = start + len(phrase)
    of = _OF.search(phrase)
    best: tuple[int, int] | None = None
    for at, step in enumerate(pathway.steps):
        overlap = min(end, step.end) - max(start, step.start)
        if overlap <= 0 or step.type in _CLAUSE_TYPES or step.start == step.end:
            continue
        if of is not None:
            if overlap < _COVERED * len(phrase):
                continue
        elif not step.start < end <= step.end + 2:
            # Not the last word of the phrase, which is its head.
            continue
        if text[step.start : step.end].casefold() in _NOISE:
            continue
        if best is None or overlap > best[0]:
            best = overlap, at
    return None if best is None else best[1]


def by_cues(pathway: Pathway, claims: Sequence[Claim]) -> list[Claim]:
    """Claims by the cue words of a stored statement that no triple makes; in books one of six is
    right.

    If a triple has the same type and one end, the cue has only missed the other end.
    """
    joined = {
        frozenset((claim.head.step, claim.tail.step))
        for claim in claims
        if claim.head.step >= 0 and claim.tail.step >= 0
    }
    read = {
        (claim.type, side.step)
        for claim in claims
        for side in (claim.head, claim.tail)
        if side.step >= 0
    }
    cued: list[Claim] = []
    for head, type, tail in pathway.ties:
        source, target = pathway.steps[head], pathway.steps[tail]
        if type not in _CUES or frozenset((head, tail)) in joined:
            continue
        if type == AssociationType.IS_A and source.type not in NAMES and target.type in NAMES:
            # “The owner is Kenji”: nothing is an instance of a person.
            continue
        if (type, head) in read or (type, tail) in read:
            continue
        if source.type in _CLAUSE_TYPES or target.type in _CLAUSE_TYPES:
            continue
        cued.append(Claim(_at(pathway, head), type, _at(pathway, tail), "", 0, 0, 0, _CUE))
    return cued


def _at(pathway: Pathway, step: int) -> End:
    place = pathway.steps[step]
    return End("", "", place.type, place.start, place.end, step)


def by_engram(triples: Sequence[Triple], spans: Sequence[tuple[int, int]]) -> list[list[Triple]]:
    """Group the triples of a passage by engram, in order."""
    grouped: list[list[Triple]] = [[] for _ in spans]
    at = 0
    for triple in sorted(triples, key=lambda triple: triple.start):
        while at < len(spans) and spans[at][1] <= triple.start:
            at += 1
        if at == len(spans):
            break
        if spans[at][0] <= triple.start:
            grouped[at].append(triple)
    return grouped


# -- triples of models -----------------------------------------------------------------------------


#: The maximum confidence of a claim by rules and a model together.
_CONFIDENCE_LIMIT = 0.97


def join_models(
    rules: Sequence[Claim], models: Sequence[ModelRow], words: str, pathway: Pathway
) -> list[Claim]:
    """Join the claims of rules and models on an engram with text `words`.

    `pathway` is its fiber as traced.
    """
    # Loaded only for extraction: opening a library needs no rules.
    from ingest.triples.by_model import ModelTriple, triple_of

    joined = list(rules)
    for row in models:
        stored = ModelTriple(
            0, row.subject, row.relation, row.object,
            bool(row.flags & NEGATED), bool(row.flags & MODAL),
        )  # fmt: skip
        triple = triple_of(stored, words)
        if triple is None:
            continue
        for claim in claims(words, 0, len(words), [triple], pathway, ""):
            if claim.relation:
                _join(joined, claim, row.reader)
    return joined


def _join(joined: list[Claim], claim: Claim, reader: int) -> None:
    for at, other in enumerate(joined):
        if _same(other, claim):
            if other.reader == 0:
                confidence = 1 - (1 - other.confidence) * (1 - claim.confidence)
                confidence = max(other.confidence, min(confidence, _CONFIDENCE_LIMIT))
                joined[at] = other._replace(confidence=confidence, reader=reader)
            return
    joined.append(claim._replace(reader=reader, rules=False))


def _same(claim: Claim, other: Claim) -> bool:
    """Whether two claims are the same; for ACTS_ON their relations must be equal, too."""
    if (_end(claim.head), claim.type, _end(claim.tail)) != (
        _end(other.head),
        other.type,
        _end(other.tail),
    ):
        return False
    if claim.flags & (NEGATED | MODAL) != other.flags & (NEGATED | MODAL) or not claim.relation:
        return False
    loose = claim.type not in (AssociationType.ACTS_ON, AssociationType.DENIED)
    return loose or claim.relation == other.relation
