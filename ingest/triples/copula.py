"""Triples from "is" and apposition: kinds, roles, names in brackets."""

from itertools import pairwise

from ingest.triples import nouns
from ingest.triples.chunking import Bracket, Chunk
from ingest.triples.emission import Claim, emit
from ingest.triples.phrases import Line

_PARTITIVE = frozenset(("one", "some", "part", "member"))
_SCHOOLED = frozenset(("student", "pupil", "disciple", "apprentice", "teacher", "mentor"))
_ROLE_VERBS = frozenset(("be", "become", "remain"))


def copula(line: Line, subject: Chunk, complement: Chunk, claim: Claim) -> None:
    """X is the son of Y; the owner of Y is X; Y's owner is X; X is one of the Ys; X is a Y."""
    verb = claim.relation
    if verb == "be" and _role_as_subject(line, subject, complement, claim):
        return
    head = line.head(complement)
    tags = line.tags
    if complement.of is not None and head in nouns.RELATIONAL and verb in _ROLE_VERBS:
        assertion = claim.by("role", f"{verb} {head} of", 0.92)
        for part in complement.of.parts():
            emit(line, subject, assertion, part)
        return
    owner = tags.find("p", complement.start, complement.end)
    if complement.of is None and owner > complement.start and head in nouns.RELATIONAL:
        assertion = claim.by("role", f"{verb} {head} of", 0.85)
        emit(line, subject, assertion, Chunk("np", complement.start, owner))
        return
    if complement.of is not None and head in _PARTITIVE:
        assertion = claim.by("one of", f"{verb} {head} of", 0.85)
        of = complement.of
        emit(line, subject, assertion, of if of.of else Chunk("np", of.start, complement.end))
        return
    if complement.of is not None and head in nouns.PERSON:
        assertion = claim.by("role", f"{verb} {head} of", 0.85)
        for part in complement.of.parts():
            emit(line, subject, assertion, part)
    emit(line, subject, claim.by("copula", verb, 0.9), complement)


def _role_as_subject(line: Line, subject: Chunk, complement: Chunk, claim: Claim) -> bool:
    tags = line.tags
    role = line.head(subject)
    if subject.of is not None:
        inner = subject.of
        if (
            role in nouns.RELATIONAL
            and tags[inner.end - 1] == "E"
            and tags[complement.end - 1] == "E"
            and not complement.of
        ):
            emit(line, inner, claim.by("role subject", role, 0.95), complement)
            return True
        return False
    owner = tags.find("p", subject.start, subject.end)
    if owner <= subject.start:
        return False
    if owner + 1 < subject.end and (tags[complement.end - 1] == "E" or role in nouns.RELATIONAL):
        assertion = claim.by("role subject", role, 0.9)
        emit(line, Chunk("np", subject.start, owner), assertion, complement)
    return True


def appositive(line: Line, row: list[Chunk], k: int) -> None:
    """ "X, the author of Y," and "his wife, X": what stands beside a name between commas."""
    _possessive(line, row, k)
    tags = line.tags
    if k + 2 >= len(row) or row[k + 1].kind != "com" or row[k + 2].kind != "np":
        return
    name, bracketed = row[k].parts()[-1], row[k + 2].parts()[0]
    end = row[k + 3].kind if k + 3 < len(row) else "semi"
    words = [word.lower() for word in line.words[bracketed.start : bracketed.head_end()]]
    office = any(word in nouns.ROLE for word in words)
    starts = tags[bracketed.start]
    if row[k + 2].items and not (starts == "D" and end == "semi") and not office:
        return
    if end not in ("com", "semi", "rel", "quo", "ger", "prep", "inf"):
        return
    target = _first_name(name, tags)
    if target is None:
        return
    head = line.head(bracketed)
    recorded = (
        office
        or head in nouns.PERSON
        or head in nouns.WORK
        or head in nouns.PLACE
        or head in nouns.RELATIONAL
    )
    first = line.low(bracketed.start)
    ordinal = starts == "C" and "E" in tags[bracketed.start : bracketed.end]
    role_noun = head in nouns.RELATIONAL and bracketed.of is not None and starts in "NJ"
    if first not in ("a", "an", "the") and not ordinal and not office and not role_noun:
        return
    if tags[bracketed.end - 1] == "E" and first == "the" and not bracketed.of and not recorded:
        return
    copula(line, target, bracketed, Claim("appositive", "be", 0.8 if recorded else 0.5, row[k]))


def _first_name(chunk: Chunk, tags: str) -> Chunk | None:
    """The name that an apposition belongs to: in "son of A of B" it is A."""
    inner: Chunk | None = chunk
    if inner is not None and tags[chunk.head_end() - 1] == "E":
        return chunk
    while inner is not None:
        if tags[inner.head_end() - 1] == "E":
            return inner
        inner = inner.of
    return None


def _possessive(line: Line, row: list[Chunk], k: int) -> None:
    tags = line.tags
    parts = row[k].parts()
    if all(tags[part.start] != "S" for part in parts):
        return
    latest = parts[-1]
    pairs = list(pairwise(parts))
    if k + 2 < len(row) and row[k + 1].kind == "com" and row[k + 2].kind == "np":
        pairs.append((latest, row[k + 2]))
    for preceding, part in zip((None, *parts), parts, strict=False):
        _of_owner(line, preceding, part)
    for owned, name in pairs:
        role = line.low(owned.end - 1)
        if (
            tags[owned.start] == "S"
            and role in nouns.PERSON
            and tags[owned.end] == ","
            and tags[name.end - 1] == "E"
        ):
            owner = Chunk("poss", owned.start, owned.start + 1)
            emit(line, owner, Claim("possessive", role, 0.75, row[k]), name)


def _of_owner(line: Line, preceding: Chunk | None, part: Chunk) -> None:
    """ "Her pupil Ines Dahl": the noun between whose and the name says what the two are.

    In "Ada Krog and her pupil", whose is told by the name `preceding`.
    """
    start, tags = part.start, line.tags
    if part.of is not None or tags[start] != "S" or part.end - start < 3:
        return
    if line.low(start + 1) not in _SCHOOLED:
        return
    if tags[start + 1] == "N" and set(tags[start + 2 : part.end]) == {"E"}:
        is_name = preceding is not None and tags[preceding.end - 1] == "E"
        owner = preceding if preceding is not None and is_name else Chunk("poss", start, start + 1)
        name = Chunk("np", start + 2, part.end)
        role = Claim("role", f"be {line.low(start + 1)} of", 0.9, Chunk("np", start + 1, start + 2))
        emit(line, name, role, owner)


def brackets(line: Line, groups: list[Bracket]) -> None:
    """Dates of birth and death, and other names, that stand in brackets after a name."""
    tags = line.tags
    for owner, row in groups:
        if owner is None or owner.kind != "np" or not row:
            continue
        words = [word.lower() for word in line.words[row[0].start : row[-1].end]]
        dates = [c for c in row if c.kind == "np" and "Y" in tags[c.start : c.end]]
        claim = Claim("dates", "be born", 0.9, owner)
        if words[0] == "born" and dates:
            emit(line, owner, claim, dates[0])
        elif _lifespan(line, owner, row, dates):
            emit(line, owner, claim._replace(confidence=0.85), dates[0])
            emit(line, owner, claim._replace(confidence=0.85, relation="die"), dates[1])
        if words[0] in ("also", "or") or "known" in words[:3]:
            for chunk in row:
                for part in chunk.parts() if chunk.kind == "np" else ():
                    emit(line, owner, Claim("alias", "alias", 0.8, owner), part)


def _lifespan(line: Line, owner: Chunk, row: list[Chunk], dates: list[Chunk]) -> bool:
    return (
        len(dates) == 2
        and (len(row) <= 4 or any(chunk.kind == "semi" for chunk in row))
        and row[0] is dates[0]
        and line.tags[owner.end - 1] == "E"
        and any("m" in line.tags[date.start : date.end] for date in dates)
    )
