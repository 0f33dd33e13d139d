"""Verb frames: objects and prepositional phrases to the right of a verb.

At most two objects and three prepositional phrases; a noun phrase before another finite verb begins
a clause of its own and is no object.
"""

from dataclasses import dataclass, field

from ingest.triples import nouns, words
from ingest.triples.chunking import Chunk
from ingest.triples.copula import copula
from ingest.triples.emission import Claim, emit
from ingest.triples.phrases import Line
from ingest.triples.words import CLASSES

_NAMING = CLASSES["naming"]
_LOCAL = CLASSES["local"]
_LIKE_BE = frozenset(("be", "become", "remain"))
_INDEFINITE = CLASSES["indefinite"]
_TAKING = CLASSES["taking"]
_DEGREES = CLASSES["degree_noun"]


@dataclass(slots=True)
class Complements:
    """The complements of a verb: objects, (preposition, phrase, objects before), the rest."""

    objects: list[Chunk] = field(default_factory=list)
    phrases: list[tuple[str, Chunk, int]] = field(default_factory=list)
    adjectives: list[Chunk] = field(default_factory=list)
    particle: str = ""
    negated: bool = False
    infinitive: int | None = None


def frame(
    line: Line, at: int, subject: Chunk, confidence: float, relative_object: Chunk | None = None
) -> None:
    """Emit the triples of the verb group at an index for its subject, with a confidence.

    `relative_object` is its object if a relative clause gives it.
    """
    verb = line.row[at]
    be = verb.lemma == "be"
    complements = _complements(line, at, be)
    if complements.infinitive is not None:
        # "Seeks to invoke", "was forced to leave": the infinitive's subject is this one
        inner = line.row[complements.infinitive]
        if not verb.passive:
            inner.negated, inner.modal = complements.negated, True
        frame(line, complements.infinitive, subject, confidence * (0.85 if verb.passive else 0.9))
        return
    times = (chunk.text for _, chunk, _ in complements.phrases if chunk.final_tag in "Ym")
    claim = Claim(
        "verb", verb.lemma, confidence, verb, complements.negated, verb.modal, next(times, None)
    )  # fmt: skip
    if relative_object and not complements.objects and not be:
        relation = f"{verb.lemma} {complements.particle}".strip()
        emit(line, subject, claim.by("object relative", relation, 0.75), relative_object)
    if be and subject.first_word == "there":
        for entity in complements.objects[:1]:
            for preposition, place, _ in complements.phrases[:1]:
                emit(line, entity, claim.by("there", f"be {preposition}", 0.75), place)
    elif be or (verb.lemma in _LIKE_BE and not verb.passive):
        _being(line, complements, subject, claim)
        _also_is(line, at, complements, subject, claim)
    elif verb.passive:
        stranded = line.row.kind(at + 1) in ("prep", "adj", "inf")
        _passive(line, complements, subject, claim, stranded)
    elif verb.final_tag != "L" or complements.phrases or complements.objects:
        _active(line, complements, subject, claim)


def _is_time(chunk: Chunk) -> bool:
    return chunk.final_word in nouns.TIME or chunk.final_tag in "Ym"


def _is_duration(chunk: Chunk) -> bool:
    """ "Two days", "a year": a duration."""
    return chunk.final_word.removesuffix("s") in nouns.TIME


def _is_stretch(chunk: Chunk) -> bool:
    """ "Several minutes", "two days", beside a verb that takes none of them as its object."""
    quantified = chunk.first_word in _INDEFINITE or chunk.first_tag == "C"
    return quantified and _is_duration(chunk)


def _complements(line: Line, at: int, be: bool) -> Complements:
    row, verb = line.row, line.row[at]
    complements = Complements(negated=verb.negated)
    j = at + 1
    while j < len(row):
        chunk = row[j]
        if chunk.kind == "np":
            if not _object(line, at, j, complements, be):
                break
            j += 1
        elif chunk.kind == "prep":
            step = _preposition(line, j, at, complements)
            if not step:
                break
            j += step
        elif chunk.kind == "adv":
            complements.negated = complements.negated or chunk.negated
            j += 1
        elif chunk.kind == "adj":
            complements.adjectives.append(chunk)
            j += 2 if row.matches(j + 1, "conj", "adj") else 1
        elif verb.passive and row.matches(j, "com", "prep") and (
            row[j + 1].first_word in ("by", "through")
        ):  # fmt: skip
            j += 1
        else:
            _remainder(line, at, j, complements)
            break
    return complements


def _object(line: Line, at: int, j: int, complements: Complements, be: bool) -> bool:
    """Consume a noun phrase; returns whether more complements may follow."""
    row, verb, chunk = line.row, line.row[at], line.row[j]
    objects, phrases = complements.objects, complements.phrases
    if _opens_clause(line, at, j, complements, be):
        return False
    waits = verb.lemma in words.CHAIN_VERB and not objects and row.kind(j + 1) == "inf"
    if chunk.final_word in words.CLASSES["reflexive"] or (waits and _is_time(chunk)):
        # "seemed every instant to fall": how long stands before what
        return True
    if phrases and (be or verb.passive or not _is_late_object(complements, chunk)):
        return False
    if verb.lemma in words.INTRANSITIVE and _is_stretch(chunk):
        return True
    if (objects or verb.passive) and _is_time(chunk):
        if not _is_stretch(chunk):
            phrases.append(("on", chunk, 1))
        return True
    objects.append(chunk)
    return len(objects) <= 2


def _remainder(line: Line, at: int, j: int, complements: Complements) -> None:
    """Read an infinitive, which ends the complements."""
    verb = line.row[at]
    if line.row.kind(j) == "inf" and not complements.objects:
        chained = verb.lemma in words.CHAIN_VERB
        if verb.lemma == "turn":
            chained = complements.particle == "out"
        if not complements.phrases if verb.passive else chained:
            complements.infinitive = j


def _opens_clause(line: Line, at: int, j: int, complements: Complements, be: bool) -> bool:
    """Whether a noun phrase has a verb of its own behind it."""
    row, verb = line.row, line.row[at]
    after = j + 1
    while row.kind(after) == "adv":
        after += 1
    if row.kind(after) != "vg":
        return False
    if complements.objects or (be and complements.adjectives):
        # "was sure her opinion was shared"
        return True
    of_relative = row.kind(at - 1) == "rel" and verb.lemma not in words.SAY
    return not (be or verb.passive or of_relative)


def _is_late_object(complements: Complements, chunk: Chunk) -> bool:
    """ "Bearing on his shoulders a load": an object behind one prepositional phrase."""
    return (
        len(complements.phrases) == 1
        and not complements.objects
        and chunk.first_tag in "DS"
        and not _is_time(chunk)
    )


def _preposition(line: Line, j: int, at: int, complements: Complements) -> int:
    """Consume a prepositional phrase or a particle; returns the number of chunks."""
    row = line.row
    word = row[j].text.lower()
    if row.kind(j + 1) == "np":
        if word != "than" or not (complements.objects or complements.phrases):
            # "of more value than gold": what is compared is not what is done
            complements.phrases.append((word, row[j + 1], len(complements.objects)))
        return 2
    if j == at + 1 and word in words.CLASSES["particle"]:
        complements.particle = word
        return 1
    return 0


def _being(line: Line, complements: Complements, subject: Chunk, claim: Claim) -> None:
    if complements.objects:
        complement = complements.objects[0]
        if claim.relation == "remain" and _is_duration(complement):
            return
        parts = complement.parts()
        line.predicatives[id(complement)] = subject
        for rank, part in enumerate(parts):
            if rank != len(parts) - 2 or not _is_modifier(part, parts[-1]):
                line.predicatives[id(part)] = subject
                for left in subject.parts():
                    copula(line, left, part, claim)
        head = parts[-1].head
        preposition, location, _ = (
            complements.phrases[0] if complements.phrases else ("", subject, 0)
        )
        if preposition in ("to", "at", "for", "with") and (
            head in nouns.PERSON or head in nouns.RELATIONAL
        ):
            # "the heir to the throne", "a coach at Vester School": whose, beside what
            role = claim.by("role", f"{claim.relation} {head} {preposition}", 0.8)
            emit(line, subject, role, location)
    elif complements.adjectives and not _promises(line, complements.adjectives[-1]):
        for chunk in complements.adjectives:
            emit(line, subject, claim.by("adjective", claim.relation, 0.8), chunk)
        for preposition, location, _ in complements.phrases[:1]:
            relation = f"be {complements.adjectives[-1].text} {preposition}"
            emit(line, subject, claim.by("adjective", relation, 0.75), location)
    else:
        for preposition, location, _ in complements.phrases[:2]:
            emit(line, subject, claim.by("be in", f"be {preposition}", 0.8), location)


def _also_is(line: Line, at: int, complements: Complements, subject: Chunk, claim: Claim) -> None:
    """ "She was a chemist, a pupil of A": an apposition to the predicate."""
    row = line.row
    if not complements.objects or complements.objects[0].items:
        return
    after = row.index(complements.objects[0], at) + 1
    if not row.matches(after, "com", "np"):
        return
    bracketed = row[after + 1]
    article = bracketed.first_word in ("a", "an", "the")
    if article and bracketed.of and not bracketed.items and bracketed.head in nouns.RELATIONAL:
        for left in subject.parts():
            copula(line, left, bracketed, claim._replace(confidence=claim.confidence * 0.95))


def _promises(line: Line, adjective: Chunk) -> bool:
    """ "Was unable to speak" says nothing by the adjective alone."""
    promising = adjective.final_word in words.CLASSES["promising"]
    return promising and line.tags[adjective.end : adjective.end + 1] == "T"


def _is_modifier(first: Chunk, second: Chunk) -> bool:
    """ "A film and stage actor": the first item only describes the second."""
    determined, head = first.first_tag == "D", second.final_word
    return (
        first.final_word not in nouns.PERSON
        and not first.of
        and second.first_tag in "NJ"
        and second.end - second.start > 1
        and not second.of
        and (
            head in nouns.PERSON
            or (determined and head in nouns.WORK)
        )
    )  # fmt: skip


def _passive(
    line: Line, complements: Complements, subject: Chunk, claim: Claim, stranded: bool
) -> None:  # fmt: skip
    verb, lemma = claim.at, claim.relation
    if not complements.objects and not complements.phrases:
        if verb.kind == "vg" and not complements.particle and not stranded:
            state = verb.cut(verb.main, verb.end, "adj")
            emit(line, subject, claim.by("state", "be", 0.75), state)
        return
    for entity in complements.objects[:1] if lemma in _NAMING else ():
        emit(line, subject, claim.by("passive object", f"be {verb.final_word}", 0.7), entity)
    for rank, (preposition, entity, _) in enumerate(complements.phrases[:4]):
        share = 0.95 if preposition == "by" else 0.7 if rank else 0.85
        emit(line, subject, claim.by("passive", f"{lemma} {preposition}", share), entity)


def _active(line: Line, complements: Complements, subject: Chunk, claim: Claim) -> None:
    relation = f"{claim.relation} {complements.particle}".strip()
    objects = complements.objects[:2]
    if complements.adjectives and not objects and claim.relation in words.CLASSES["linking"]:
        emit(line, subject, claim.by("adjective", relation, 0.75), complements.adjectives[0])
    for rank, entity in enumerate(objects):
        share = 0.9 if rank == len(objects) - 1 else 0.55
        emit(line, subject, claim.by("object", relation, share), entity)
    is_degree = claim.relation in _TAKING and any(entity.head in _DEGREES for entity in objects)
    for rank, (preposition, entity, preceding) in enumerate(complements.phrases[:3]):
        if preceding and is_degree and preposition in ("under", "with"):
            # "took her doctorate under A"
            emit(line, subject, claim.by("preposition", "study under", 0.9), entity)
            continue
        share = 0.62 if rank else 0.88
        if preceding:
            share = 0.48 if preposition in _LOCAL and not rank else 0.4
            if rank == 0 and preceding == 1 and claim.relation in words.PLACED.get(preposition, ()):
                share = 0.75
            if preposition == "by":
                # "songs by Ines Dahl": it belongs to the noun
                share = 0.3
        if entity.final_tag in "Ym" or (rank == 0 and entity.final_tag == "E"):
            share *= 1.15
        assertion = claim.by("preposition", f"{relation} {preposition}", share)
        emit(line, subject, assertion._replace(time=None) if preceding else assertion, entity)
