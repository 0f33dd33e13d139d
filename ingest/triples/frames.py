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
_NEAR = frozenset(("to", "into", "from", "in", "at", "on"))
_LIKE_BE = frozenset(("be", "become", "remain"))
_SOME = frozenset(("a", "an", "some", "several", "many", "few"))
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


def frame(line: Line, row: list[Chunk], k: int, subject: Subject, named: Predicatives) -> None:
    """Emit what the verb group at `k` says of its subject.

    `named` takes the phrases that were said to be the subject, so that what follows them
    ("a film directed by …") is said of it.
    """
    verb = row[k]
    be = verb.lemma == "be" and not verb.progressive
    found = _complements(line, row, k, be)
    if found.infinitive is not None:
        _pass_on(line, row, verb, found, subject, named)
        return
    claim = Claim(
        "verb", verb.lemma, subject.confidence, verb, found.negated, verb.modal,
        _time(line, found),
    )  # fmt: skip
    if subject.relative_object and not verb.passive and not found.objects and not be:
        relation = f"{verb.lemma} {found.particle}".strip()
        _all(line, subject, claim.by("object relative", relation, 0.75), subject.relative_object)
    if be and line.low(subject.chunk.start) == "there":
        _there(line, found, claim)
    elif be or (verb.lemma in _LIKE_BE and not verb.passive):
        _being(line, found, subject, claim, named)
        _also_is(line, row, k, found, subject, claim)
    elif verb.passive:
        stranded = k + 1 < len(row) and row[k + 1].kind in ("prep", "adj", "inf")
        _passive(line, verb, found, subject, claim, stranded)
    elif line.tags[verb.main] != "L" or found.phrases or found.objects:
        _active(line, found, subject, claim)


def _pass_on(
    line: Line, row: list[Chunk], verb: Chunk, found: Complements, subject: Subject,
    named: Predicatives,
) -> None:  # fmt: skip
    """ "Seeks to invoke", "was forced to leave": the infinitive's subject is this one."""
    assert found.infinitive is not None
    passive = verb.passive
    inner = row[found.infinitive]
    if not passive:
        inner.negated, inner.modal = inner.negated or found.negated, True
    share = 0.85 if passive else 0.9
    frame(
        line, row, found.infinitive, Subject(subject.chunk, subject.confidence * share), named
    )  # fmt: skip


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
    counted = line.low(chunk.start) in _SOME or line.tags[chunk.start] == "C"
    return counted and _is_duration(line, chunk)


def _time(line: Line, found: Complements) -> str | None:
    for _, chunk, _ in found.phrases:
        if line.tags[chunk.end - 1] in "Ym":
            return " ".join(line.words[chunk.start : chunk.end])
    return None


def _complements(line: Line, row: list[Chunk], k: int, be: bool) -> Complements:
    verb = row[k]
    found = Complements(negated=verb.negated)
    j = k + 1
    while j < len(row):
        chunk = row[j]
        if chunk.kind == "np":
            after = _after_adverbs(row, j + 1)
            clause = after < len(row) and row[after].kind == "vg"
            of_relative = k > 0 and row[k - 1].kind == "rel" and verb.lemma not in words.SAY
            if clause and _other_clause(found, verb, be) and (found.objects or not of_relative):
                break
            if clause and be and found.adjectives:
                # "was sure her opinion was shared"
                break
            if line.low(chunk.end - 1) in words.REFLEXIVE or _waits(line, row, j, verb, found):
                j += 1
                continue
            if found.phrases and (be or verb.passive or not _late_object(line, found, chunk)):
                break
            if verb.lemma in words.INTRANSITIVE and _is_stretch(line, chunk):
                pass
            elif (found.objects or verb.passive) and _is_time(line, chunk):
                if not _is_stretch(line, chunk):
                    found.phrases.append(("on", chunk, 1))
            else:
                found.objects.append(chunk)
                if len(found.objects) > 2:
                    break
            j += 1
        elif chunk.kind == "prep":
            step = _preposition(line, row, j, k, found)
            if not step:
                break
            j += step
        elif chunk.kind == "adv":
            found.negated = found.negated or chunk.negated
            j += 1
        elif chunk.kind == "adj":
            found.adjectives.append(chunk)
            j += 1
            if j + 1 < len(row) and row[j].kind == "conj" and row[j + 1].kind == "adj":
                j += 1
        elif chunk.kind == "com" and _agent_after_comma(line, row, j, verb):
            j += 1
        else:
            nothing = not found.objects and not found.phrases and not found.adjectives
            shares = nothing and not be and not verb.passive
            if chunk.kind == "conj" and shares and verb.lemma not in words.INTRANSITIVE:
                if j + 1 < len(row) and row[j + 1].kind == "vg" and not row[j + 1].passive:
                    # "kill or insult any person": both verbs have the object
                    found.objects = _complements(line, row, j + 1, False).objects
                    found.shared = bool(found.objects)
                break
            if chunk.kind == "inf" and not found.objects:
                passes = verb.passive and not found.phrases
                chained = verb.lemma in words.CHAIN_VERB and not verb.passive
                if verb.lemma == "turn":
                    chained = chained and found.particle == "out"
                if passes or chained:
                    found.infinitive = j
            break
    return found


def _waits(line: Line, row: list[Chunk], j: int, verb: Chunk, found: Complements) -> bool:
    """ "Seemed every instant to fall": how long stands before what."""
    return (
        verb.lemma in words.CHAIN_VERB
        and not found.objects
        and j + 1 < len(row)
        and row[j + 1].kind == "inf"
        and _is_time(line, row[j])
    )


def _late_object(line: Line, found: Complements, chunk: Chunk) -> bool:
    """ "Bearing on his shoulders a load": an object behind one prepositional phrase."""
    return (
        len(found.phrases) == 1
        and not found.objects
        and line.tags[chunk.start] in "DS"
        and not _is_time(line, chunk)
        and line.tags[found.phrases[0][1].end - 1] not in "Ym"
    )


def _after_adverbs(row: list[Chunk], j: int) -> int:
    while j < len(row) and row[j].kind == "adv":
        j += 1
    return j


def _other_clause(found: Complements, verb: Chunk, be: bool) -> bool:
    return bool(found.objects) or not (be or verb.passive)


def _preposition(line: Line, row: list[Chunk], j: int, k: int, found: Complements) -> int:
    """Take a prepositional phrase or a particle; how many chunks that took."""
    word = " ".join(line.words[row[j].start : row[j].end]).lower()
    if j + 1 < len(row) and row[j + 1].kind == "np":
        clause = j + 2 < len(row) and row[j + 2].kind == "vg"
        if clause and line.tags[row[j + 1].start] in "PDSE" and word in _CLAUSE_OPENERS:
            return 0
        if word != "than" or not (found.objects or found.phrases):
            # "of more value than gold": what is compared is not what is done
            found.phrases.append((word, row[j + 1], len(found.objects)))
        return 2
    if j == k + 1 and word in words.PARTICLE:
        found.particle = word
        return 1
    return 0


def _agent_after_comma(line: Line, row: list[Chunk], j: int, verb: Chunk) -> bool:
    return (
        verb.passive
        and j + 1 < len(row)
        and row[j + 1].kind == "prep"
        and line.low(row[j + 1].start) in ("by", "through")
    )


def _there(line: Line, found: Complements, claim: Claim) -> None:
    for thing in found.objects[:1]:
        for preposition, place, _ in found.phrases[:1]:
            for part in place.parts():
                emit(line, thing, claim.by("there", f"be {preposition}", 0.75), part)


def _being(
    line: Line, found: Complements, subject: Subject, claim: Claim, named: Predicatives
) -> None:  # fmt: skip
    subjects = subject.chunk.parts()
    if found.objects and claim.relation == "remain" and _is_duration(line, found.objects[0]):
        return
    if found.objects:
        complement = found.objects[0]
        parts = complement.parts()
        named[id(complement)] = subject.chunk
        for rank, part in enumerate(parts):
            if rank == len(parts) - 2 and _is_modifier(line, part, parts[-1]):
                continue
            named[id(part)] = subject.chunk
            for left in subjects:
                copula(line, left, part, claim)
        _position(line, found, subject, claim)
    elif found.adjectives and not _promises(line, found):
        for chunk in found.adjectives:
            _all(line, subject, claim.by("adjective", claim.relation, 0.8), chunk)
        chunk = found.adjectives[-1]
        text = " ".join(line.words[chunk.start : chunk.end])
        for preposition, where, _ in found.phrases[:1]:
            said = claim.by("adjective", f"be {text} {preposition}", 0.75)
            _all(line, subject, said, where)
    else:
        for preposition, where, _ in found.phrases[:2]:
            if _is_stretch(line, where) and preposition == "out":
                continue
            _all(line, subject, claim.by("be in", f"be {preposition}", 0.8), where)


def _also_is(
    line: Line, row: list[Chunk], k: int, found: Complements, subject: Subject, claim: Claim
) -> None:
    """ "She was a chemist, a pupil of A": what stands beside what she is, she is, too."""
    if not found.objects or found.objects[0].items or found.objects[0] not in row[k:]:
        return
    at = row.index(found.objects[0], k)
    if at + 2 >= len(row) or row[at + 1].kind != "com" or row[at + 2].kind != "np":
        return
    beside = row[at + 2]
    article = line.low(beside.start) in ("a", "an", "the")
    if not article or beside.of is None or beside.items:
        return
    if line.head(beside) in nouns.RELATIONAL:
        for left in subject.chunk.parts():
            copula(line, left, beside, claim._replace(confidence=claim.confidence * 0.95))


def _promises(line: Line, found: Complements) -> bool:
    """ "Was unable to speak" says nothing by the adjective alone."""
    last = found.adjectives[-1]
    return line.low(last.end - 1) in words.PROMISING and line.tags[last.end : last.end + 1] == "T"


def _position(line: Line, found: Complements, subject: Subject, claim: Claim) -> None:
    """ "The heir to the throne", "a coach at Vester School": whose, beside what."""
    head = line.head(found.objects[0].parts()[-1])
    if head not in nouns.PERSON and head not in nouns.RELATIONAL:
        return
    for preposition, where, _ in found.phrases[:1]:
        if preposition in ("to", "at", "for", "with"):
            said = claim.by("role", f"{claim.relation} {head} {preposition}", 0.8)
            _all(line, subject, said, where)


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
    line: Line, verb: Chunk, found: Complements, subject: Subject, claim: Claim, stranded: bool
) -> None:
    lemma = verb.lemma
    if not found.objects and not found.phrases:
        if verb.kind == "vg" and not found.particle and not stranded:
            state = Chunk("adj", verb.main, verb.main + 1)
            _all(line, subject, claim.by("state", "be", 0.75), state)
        return
    named = f"be {line.words[verb.main].lower()}" if lemma in _NAMING else f"{lemma} as"
    for thing in found.objects[:1]:
        _all(line, subject, claim.by("passive object", named, 0.7), thing)
    for rank, (preposition, thing, _) in enumerate(found.phrases[:4]):
        share = 0.95 if preposition == "by" else 0.85 if rank == 0 else 0.7
        _all(line, subject, claim.by("passive", f"{lemma} {preposition}", share), thing)


def _is_study(line: Line, claim: Claim, objects: list[Chunk], preposition: str) -> bool:
    """Whether a degree was taken under somebody, which is to study under them."""
    return (
        preposition in ("under", "with")
        and claim.relation in _TAKING
        and any(line.low(thing.own_end() - 1) in _DEGREES for thing in objects)
    )


def _active(line: Line, found: Complements, subject: Subject, claim: Claim) -> None:
    relation = f"{claim.relation} {found.particle}".strip()
    objects = found.objects[:2]
    if found.adjectives and not objects and claim.relation in words.LINKING:
        _all(line, subject, claim.by("adjective", relation, 0.75), found.adjectives[0])
    for rank, thing in enumerate(objects):
        share = 0.75 if found.shared else 0.9 if rank == len(objects) - 1 else 0.55
        _all(line, subject, claim.by("object", relation, share), thing)
    for rank, (preposition, thing, before) in enumerate(found.phrases[:3]):
        if before and _is_study(line, claim, objects, preposition):
            # "took her doctorate under A"
            _all(line, subject, claim.by("preposition", "study under", 0.9), thing)
            continue
        if before:
            share = 0.48 if preposition in _NEAR and rank == 0 else 0.4
            if rank == 0 and before == 1 and claim.relation in words.PLACED.get(preposition, ()):
                share = 0.75
            if preposition == "by":
                # "songs by Ines Dahl": it belongs to the noun
                share = 0.3
        else:
            share = 0.88 if rank == 0 else 0.62
        if line.tags[thing.end - 1] in "Ym" or (rank == 0 and line.tags[thing.end - 1] == "E"):
            share *= 1.15
        said = claim.by("preposition", f"{relation} {preposition}", share)
        _all(line, subject, said if before == 0 else said._replace(time=None), thing)
