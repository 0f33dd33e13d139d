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

_NAMING = frozenset(("name", "call", "know", "title"))
_LOCAL = frozenset(("to", "into", "from", "in", "at", "on"))
_LIKE_BE = frozenset(("be", "become", "remain"))
_INDEFINITE = frozenset(("a", "an", "some", "several", "many", "few"))
_TAKING = frozenset(("take", "receive", "earn", "complete", "obtain", "do", "get", "write"))
_DEGREES = frozenset(("doctorate", "degree", "phd", "ph.d.", "dissertation", "thesis", "training"))
_CLAUSE_OPENERS = frozenset(("as", "than", "after", "before", "like"))


@dataclass(slots=True)
class Complements:
    """What a verb takes: objects, (preposition, phrase, objects before it), and the rest."""

    objects: list[Chunk] = field(default_factory=list)
    phrases: list[tuple[str, Chunk, int]] = field(default_factory=list)
    adjectives: list[Chunk] = field(default_factory=list)
    particle: str = ""
    negated: bool = False
    infinitive: int | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does it, how surely, and for an object relative what it is done to."""

    chunk: Chunk
    confidence: float
    relative_object: Chunk | None = None


Predicatives = dict[int, Chunk]


def frame(
    line: Line, row: list[Chunk], k: int, subject: Subject, predicatives: Predicatives
) -> None:
    """Emit what the verb group at `k` says of its subject.

    `predicatives` takes the phrases that were said to be the subject, so that what follows them
    ("a film directed by …") is said of it.
    """
    verb = row[k]
    be = verb.lemma == "be" and not verb.progressive
    complements = _complements(line, row, k, be)
    if complements.infinitive is not None:
        _pass_on(line, row, verb, complements, subject, predicatives)
        return
    claim = Claim(
        "verb", verb.lemma, subject.confidence, verb, complements.negated, verb.modal,
        _time(line, complements),
    )  # fmt: skip
    if subject.relative_object and not verb.passive and not complements.objects and not be:
        relation = f"{verb.lemma} {complements.particle}".strip()
        _all(line, subject, claim.by("object relative", relation, 0.75), subject.relative_object)
    if be and line.low(subject.chunk.start) == "there":
        _existential(line, complements, claim)
    elif be or (verb.lemma in _LIKE_BE and not verb.passive):
        _being(line, complements, subject, claim, predicatives)
        _also_is(line, row, k, complements, subject, claim)
    elif verb.passive:
        stranded = k + 1 < len(row) and row[k + 1].kind in ("prep", "adj", "inf")
        _passive(line, verb, complements, subject, claim, stranded)
    elif line.tags[verb.main] != "L" or complements.phrases or complements.objects:
        _active(line, complements, subject, claim)


def _pass_on(
    line: Line, row: list[Chunk], verb: Chunk, complements: Complements, subject: Subject,
    predicatives: Predicatives,
) -> None:  # fmt: skip
    """ "Seeks to invoke", "was forced to leave": the infinitive's subject is this one."""
    assert complements.infinitive is not None
    passive = verb.passive
    inner = row[complements.infinitive]
    if not passive:
        inner.negated, inner.modal = inner.negated or complements.negated, True
    share = 0.85 if passive else 0.9
    lesser = Subject(subject.chunk, subject.confidence * share)
    frame(line, row, complements.infinitive, lesser, predicatives)


def _all(line: Line, subject: Subject, claim: Claim, object_: Chunk) -> None:
    for left in subject.chunk.parts():
        for right in object_.parts():
            emit(line, left, claim, right)


def _is_time(line: Line, chunk: Chunk) -> bool:
    return line.low(chunk.end - 1) in nouns.TIME or line.tags[chunk.end - 1] in "Ym"


def _is_duration(line: Line, chunk: Chunk) -> bool:
    """ "Two days", "a year": how long, not what."""
    low = line.low(chunk.end - 1)
    return (low[:-1] if low.endswith("s") else low) in nouns.TIME


def _is_stretch(line: Line, chunk: Chunk) -> bool:
    """ "Several minutes", "two days", beside a verb that takes none of them as its object."""
    quantified = line.low(chunk.start) in _INDEFINITE or line.tags[chunk.start] == "C"
    return quantified and _is_duration(line, chunk)


def _time(line: Line, complements: Complements) -> str | None:
    for _, chunk, _ in complements.phrases:
        if line.tags[chunk.end - 1] in "Ym":
            return " ".join(line.words[chunk.start : chunk.end])
    return None


def _complements(line: Line, row: list[Chunk], k: int, be: bool) -> Complements:
    verb = row[k]
    complements = Complements(negated=verb.negated)
    j = k + 1
    while j < len(row):
        chunk = row[j]
        if chunk.kind == "np":
            after = _after_adverbs(row, j + 1)
            clause = after < len(row) and row[after].kind == "vg"
            of_relative = k > 0 and row[k - 1].kind == "rel" and verb.lemma not in words.SAY
            if (
                clause
                and _other_clause(complements, verb, be)
                and (complements.objects or not of_relative)
            ):
                break
            if clause and be and complements.adjectives:
                # "was sure her opinion was shared"
                break
            if line.low(chunk.end - 1) in words.REFLEXIVE or _waits(
                line, row, j, verb, complements
            ):
                j += 1
                continue
            if complements.phrases and (
                be or verb.passive or not _late_object(line, complements, chunk)
            ):
                break
            if verb.lemma in words.INTRANSITIVE and _is_stretch(line, chunk):
                pass
            elif (complements.objects or verb.passive) and _is_time(line, chunk):
                if not _is_stretch(line, chunk):
                    complements.phrases.append(("on", chunk, 1))
            else:
                complements.objects.append(chunk)
                if len(complements.objects) > 2:
                    break
            j += 1
        elif chunk.kind == "prep":
            step = _preposition(line, row, j, k, complements)
            if not step:
                break
            j += step
        elif chunk.kind == "adv":
            complements.negated = complements.negated or chunk.negated
            j += 1
        elif chunk.kind == "adj":
            complements.adjectives.append(chunk)
            j += 1
            if j + 1 < len(row) and row[j].kind == "conj" and row[j + 1].kind == "adj":
                j += 1
        elif chunk.kind == "com" and _agent_after_comma(line, row, j, verb):
            j += 1
        else:
            empty = (
                not complements.objects and not complements.phrases and not complements.adjectives
            )
            shares = empty and not be and not verb.passive
            if chunk.kind == "conj" and shares and verb.lemma not in words.INTRANSITIVE:
                if j + 1 < len(row) and row[j + 1].kind == "vg" and not row[j + 1].passive:
                    # "kill or insult any person": both verbs have the object
                    complements.objects = _complements(line, row, j + 1, False).objects
                    complements.shared = bool(complements.objects)
                break
            if chunk.kind == "inf" and not complements.objects:
                passes = verb.passive and not complements.phrases
                chained = verb.lemma in words.CHAIN_VERB and not verb.passive
                if verb.lemma == "turn":
                    chained = chained and complements.particle == "out"
                if passes or chained:
                    complements.infinitive = j
            break
    return complements


def _waits(line: Line, row: list[Chunk], j: int, verb: Chunk, complements: Complements) -> bool:
    """ "Seemed every instant to fall": how long stands before what."""
    return (
        verb.lemma in words.CHAIN_VERB
        and not complements.objects
        and j + 1 < len(row)
        and row[j + 1].kind == "inf"
        and _is_time(line, row[j])
    )


def _late_object(line: Line, complements: Complements, chunk: Chunk) -> bool:
    """ "Bearing on his shoulders a load": an object behind one prepositional phrase."""
    return (
        len(complements.phrases) == 1
        and not complements.objects
        and line.tags[chunk.start] in "DS"
        and not _is_time(line, chunk)
        and line.tags[complements.phrases[0][1].end - 1] not in "Ym"
    )


def _after_adverbs(row: list[Chunk], j: int) -> int:
    while j < len(row) and row[j].kind == "adv":
        j += 1
    return j


def _other_clause(complements: Complements, verb: Chunk, be: bool) -> bool:
    return bool(complements.objects) or not (be or verb.passive)


def _preposition(line: Line, row: list[Chunk], j: int, k: int, complements: Complements) -> int:
    """Take a prepositional phrase or a particle; how many chunks that took."""
    word = " ".join(line.words[row[j].start : row[j].end]).lower()
    if j + 1 < len(row) and row[j + 1].kind == "np":
        clause = j + 2 < len(row) and row[j + 2].kind == "vg"
        if clause and line.tags[row[j + 1].start] in "PDSE" and word in _CLAUSE_OPENERS:
            return 0
        if word != "than" or not (complements.objects or complements.phrases):
            # "of more value than gold": what is compared is not what is done
            complements.phrases.append((word, row[j + 1], len(complements.objects)))
        return 2
    if j == k + 1 and word in words.PARTICLE:
        complements.particle = word
        return 1
    return 0


def _agent_after_comma(line: Line, row: list[Chunk], j: int, verb: Chunk) -> bool:
    return (
        verb.passive
        and j + 1 < len(row)
        and row[j + 1].kind == "prep"
        and line.low(row[j + 1].start) in ("by", "through")
    )


def _existential(line: Line, complements: Complements, claim: Claim) -> None:
    for entity in complements.objects[:1]:
        for preposition, place, _ in complements.phrases[:1]:
            for part in place.parts():
                emit(line, entity, claim.by("there", f"be {preposition}", 0.75), part)


def _being(
    line: Line, complements: Complements, subject: Subject, claim: Claim, predicatives: Predicatives
) -> None:  # fmt: skip
    subjects = subject.chunk.parts()
    if (
        complements.objects
        and claim.relation == "remain"
        and _is_duration(line, complements.objects[0])
    ):
        return
    if complements.objects:
        complement = complements.objects[0]
        parts = complement.parts()
        predicatives[id(complement)] = subject.chunk
        for rank, part in enumerate(parts):
            if rank == len(parts) - 2 and _is_modifier(line, part, parts[-1]):
                continue
            predicatives[id(part)] = subject.chunk
            for left in subjects:
                copula(line, left, part, claim)
        _position(line, complements, subject, claim)
    elif complements.adjectives and not _promises(line, complements):
        for chunk in complements.adjectives:
            _all(line, subject, claim.by("adjective", claim.relation, 0.8), chunk)
        chunk = complements.adjectives[-1]
        text = " ".join(line.words[chunk.start : chunk.end])
        for preposition, location, _ in complements.phrases[:1]:
            assertion = claim.by("adjective", f"be {text} {preposition}", 0.75)
            _all(line, subject, assertion, location)
    else:
        for preposition, location, _ in complements.phrases[:2]:
            if _is_stretch(line, location) and preposition == "out":
                continue
            _all(line, subject, claim.by("be in", f"be {preposition}", 0.8), location)


def _also_is(
    line: Line, row: list[Chunk], k: int, complements: Complements, subject: Subject, claim: Claim
) -> None:
    """ "She was a chemist, a pupil of A": what stands beside what she is, she is, too."""
    if (
        not complements.objects
        or complements.objects[0].items
        or complements.objects[0] not in row[k:]
    ):
        return
    at = row.index(complements.objects[0], k)
    if at + 2 >= len(row) or row[at + 1].kind != "com" or row[at + 2].kind != "np":
        return
    bracketed = row[at + 2]
    article = line.low(bracketed.start) in ("a", "an", "the")
    if not article or bracketed.of is None or bracketed.items:
        return
    if line.head(bracketed) in nouns.RELATIONAL:
        for left in subject.chunk.parts():
            copula(line, left, bracketed, claim._replace(confidence=claim.confidence * 0.95))


def _promises(line: Line, complements: Complements) -> bool:
    """ "Was unable to speak" says nothing by the adjective alone."""
    latest = complements.adjectives[-1]
    return (
        line.low(latest.end - 1) in words.PROMISING
        and line.tags[latest.end : latest.end + 1] == "T"
    )


def _position(line: Line, complements: Complements, subject: Subject, claim: Claim) -> None:
    """ "The heir to the throne", "a coach at Vester School": whose, beside what."""
    head = line.head(complements.objects[0].parts()[-1])
    if head not in nouns.PERSON and head not in nouns.RELATIONAL:
        return
    for preposition, location, _ in complements.phrases[:1]:
        if preposition in ("to", "at", "for", "with"):
            assertion = claim.by("role", f"{claim.relation} {head} {preposition}", 0.8)
            _all(line, subject, assertion, location)


def _is_modifier(line: Line, first: Chunk, second: Chunk) -> bool:
    """ "A film and stage actor": the first item only describes the second."""
    return (
        line.low(first.end - 1) not in nouns.PERSON
        and not first.of
        and line.tags[second.start] in "NJ"
        and second.end - second.start > 1
        and not second.of
        and (
            line.low(second.end - 1) in nouns.PERSON
            or (line.tags[first.start] == "D" and line.low(second.end - 1) in nouns.WORK)
            or (
                (line.tags[first.start] == "D" or first.end - first.start == 1)
                and line.low(second.end - 1).endswith(("er", "or", "ist", "company"))
            )
        )
    )


def _passive(
    line: Line,
    verb: Chunk,
    complements: Complements,
    subject: Subject,
    claim: Claim,
    stranded: bool,
) -> None:
    lemma = verb.lemma
    if not complements.objects and not complements.phrases:
        if verb.kind == "vg" and not complements.particle and not stranded:
            state = Chunk("adj", verb.main, verb.main + 1)
            _all(line, subject, claim.by("state", "be", 0.75), state)
        return
    predicatives = f"be {line.words[verb.main].lower()}" if lemma in _NAMING else f"{lemma} as"
    for entity in complements.objects[:1]:
        _all(line, subject, claim.by("passive object", predicatives, 0.7), entity)
    for rank, (preposition, entity, _) in enumerate(complements.phrases[:4]):
        share = 0.95 if preposition == "by" else 0.85 if rank == 0 else 0.7
        _all(line, subject, claim.by("passive", f"{lemma} {preposition}", share), entity)


def _is_study(line: Line, claim: Claim, objects: list[Chunk], preposition: str) -> bool:
    """Whether a degree was taken under somebody, which is to study under them."""
    return (
        preposition in ("under", "with")
        and claim.relation in _TAKING
        and any(line.low(entity.head_end() - 1) in _DEGREES for entity in objects)
    )


def _active(line: Line, complements: Complements, subject: Subject, claim: Claim) -> None:
    relation = f"{claim.relation} {complements.particle}".strip()
    objects = complements.objects[:2]
    if complements.adjectives and not objects and claim.relation in words.LINKING:
        _all(line, subject, claim.by("adjective", relation, 0.75), complements.adjectives[0])
    for rank, entity in enumerate(objects):
        share = 0.75 if complements.shared else 0.9 if rank == len(objects) - 1 else 0.55
        _all(line, subject, claim.by("object", relation, share), entity)
    for rank, (preposition, entity, preceding) in enumerate(complements.phrases[:3]):
        if preceding and _is_study(line, claim, objects, preposition):
            # "took her doctorate under A"
            _all(line, subject, claim.by("preposition", "study under", 0.9), entity)
            continue
        if preceding:
            share = 0.48 if preposition in _LOCAL and rank == 0 else 0.4
            if rank == 0 and preceding == 1 and claim.relation in words.PLACED.get(preposition, ()):
                share = 0.75
            if preposition == "by":
                # "songs by Ines Dahl": it belongs to the noun
                share = 0.3
        else:
            share = 0.88 if rank == 0 else 0.62
        if line.tags[entity.end - 1] in "Ym" or (rank == 0 and line.tags[entity.end - 1] == "E"):
            share *= 1.15
        assertion = claim.by("preposition", f"{relation} {preposition}", share)
        _all(line, subject, assertion if preceding == 0 else assertion._replace(time=None), entity)
