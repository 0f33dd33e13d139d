"""Triples from "is" and apposition: kinds, roles, names in brackets."""

from itertools import pairwise

from ingest.triples import nouns
from ingest.triples.chunking import Bracket, Chunk
from ingest.triples.emission import Claim, emit
from ingest.triples.phrases import Line
from ingest.triples.words import CLASSES

_PARTITIVE = CLASSES["partitive_role"]


def copula(line: Line, subject: Chunk, complement: Chunk, claim: Claim) -> None:
    """X is the son of Y; the owner of Y is X; Y's owner is X; X is one of the Ys; X is a Y."""
    verb, head, of = claim.relation, complement.head, complement.of
    if verb == "be" and _role_as_subject(line, subject, complement, claim):
        return
    relation = f"{verb} {head} of"
    owner = line.tags.find("p", complement.start, complement.end)
    if of is not None:
        if head in nouns.RELATIONAL:
            emit(line, subject, claim.by("role", relation, 0.92), of)
            return
        if head in _PARTITIVE:
            inner = of if of.of else of.cut(of.start, complement.end)
            emit(line, subject, claim.by("one of", relation, 0.85), inner)
            return
        if head in nouns.PERSON:
            emit(line, subject, claim.by("role", relation, 0.85), of)
    elif owner > complement.start and head in nouns.RELATIONAL:
        owning = complement.cut(complement.start, owner)
        emit(line, subject, claim.by("role", relation, 0.85), owning)
        return
    emit(line, subject, claim.by("copula", verb, 0.9), complement)


def _role_as_subject(line: Line, subject: Chunk, complement: Chunk, claim: Claim) -> bool:
    role, inner = subject.head, subject.of
    is_name = complement.final_tag == "E"
    if inner is not None:
        if role in nouns.RELATIONAL and inner.final_tag == "E" and is_name and not complement.of:
            emit(line, inner, claim.by("role subject", role, 0.95), complement)
            return True
        return False
    owner = line.tags.find("p", subject.start, subject.end)
    if owner <= subject.start:
        return False
    if is_name or role in nouns.RELATIONAL:
        owning = subject.cut(subject.start, owner)
        emit(line, owning, claim.by("role subject", role, 0.9), complement)
    return True


def appositive(line: Line, k: int) -> None:
    """ "X, the author of Y," and "his wife, X": appositions between commas."""
    row = line.row
    _possessive(line, k)
    if not row.matches(k + 1, "com", "np"):
        return
    following = row[k + 2]
    name, bracketed = row[k].parts()[-1], following.parts()[0]
    end = row.kind(k + 3) or "semi"
    office = any(
        word.lower() in nouns.ROLE for word in line.words[bracketed.start : bracketed.head_end()]
    )
    starts, first, head = bracketed.first_tag, bracketed.first_word, bracketed.head
    target = _first_name(name)
    if target is None or end not in ("com", "semi", "rel", "quo", "ger", "prep", "inf"):
        return
    relational = head in nouns.RELATIONAL
    recorded = office or relational or head in nouns.PERSON | nouns.WORK | nouns.PLACE
    ordinal = starts == "C" and "E" in bracketed.tags
    role_noun = relational and bracketed.of is not None and starts in "NJ"
    if first not in ("a", "an", "the") and not ordinal and not office and not role_noun:
        return
    copula(line, target, bracketed, Claim("appositive", "be", 0.8 if recorded else 0.5, row[k]))


def _first_name(chunk: Chunk) -> Chunk | None:
    """The name that an apposition belongs to: in "son of A of B" it is A."""
    inner: Chunk | None = chunk
    while inner is not None and inner.head_tag != "E":
        inner = inner.of
    return inner


def _possessive(line: Line, k: int) -> None:
    row = line.row
    parts = row[k].parts()
    if all(part.first_tag != "S" for part in parts):
        return
    following = row[k + 2 : k + 3] if row.matches(k + 1, "com", "np") else []
    for owned, name in pairwise([*parts, *following]):
        role = owned.final_word
        if (
            owned.first_tag == "S"
            and role in nouns.PERSON
            and line.tags[owned.end] == ","
            and name.final_tag == "E"
        ):
            owner = owned.cut(owned.start, owned.start + 1, "poss")
            emit(line, owner, Claim("possessive", role, 0.75, row[k]), name)


def brackets(line: Line, groups: list[Bracket]) -> None:
    """Dates of birth and death, and other names, in brackets after a name."""
    for owner, row in groups:
        if owner is None or owner.kind != "np" or not row:
            continue
        words = [word.lower() for word in line.words[row[0].start : row[-1].end]]
        dates = [chunk for chunk in row if chunk.kind == "np" and "Y" in chunk.tags]
        claim = Claim("dates", "be born", 0.9, owner)
        if words[0] == "born" and dates:
            emit(line, owner, claim, dates[0])
        elif _lifespan(owner, row, dates):
            emit(line, owner, claim._replace(confidence=0.85), dates[0])
            emit(line, owner, claim._replace(confidence=0.85, relation="die"), dates[1])
        if words[0] in ("also", "or") or "recorded" in words[:3]:
            for chunk in row:
                if chunk.kind == "np":
                    emit(line, owner, Claim("alias", "alias", 0.8, owner), chunk)


def _lifespan(owner: Chunk, row: list[Chunk], dates: list[Chunk]) -> bool:
    return (
        len(dates) == 2
        and (len(row) <= 4 or any(chunk.kind == "semi" for chunk in row))
        and row[0] is dates[0]
        and owner.final_tag == "E"
        and any("m" in date.tags for date in dates)
    )
