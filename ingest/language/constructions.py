"""Clauses with another order than subject, verb, object, or with parts omitted.

Imperatives, inversion, clefts, notes without a subject or verb, “neither … nor”.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.language.groups import Group, groups, may_begin, to_do
from ingest.language.phrase_kinds import me
from ingest.language.records import Clause, Phrase, Segment
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import words

if TYPE_CHECKING:
    from ingest.language.clauses import ClauseReader


def inverted(reader: "ClauseReader", at: int, lead: Clause) -> Iterator[Segment]:
    """“On the table is a red box”, “behind the house stands an oak”."""
    locative = any(p in words("place") and not is_time(t, p) for p, t in lead.prepositions)
    for end, subject in reader.phrases(at + 1) if locative else ():
        for group in groups(reader.tokens, at, subject) if subject.kind != "adjective" else ():
            if group.end == at + 1 and group.clause.verb in {"be", *words("posture")}:
                for cost, clauses, stop in reader.complements(end, group.clause):
                    # A locative predicate is normal for be.
                    yield group.cost + max(0.0, cost - 2.0) + 0.5, clauses, stop


def cleft(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“It was Karl, not Ida, who broke the window.”"""
    for end, phrase in reader.phrases(at):
        denied = reader.phrases(end + 2) if reader.low(end + 1) == "not" else []
        contrasts = [(stop + 1, other) for stop, other in denied if reader.low(stop) == ","]
        for begin, other in (*contrasts, (end, None)):
            if begin >= reader.length or "W" not in reader.tokens[begin].tags:
                continue
            for group in groups(reader.tokens, begin + 1, phrase):
                for cost, clauses, finish in reader.complements(group.end, group.clause):
                    if other is not None:
                        clauses = (*clauses, replace(clauses[0], subject=other, negated=True))
                    yield cost, clauses, finish


def imperative(reader: "ClauseReader", at: int, preceding: tuple[Clause, ...]) -> Iterator[Segment]:
    """“Take the tablets after breakfast”, “don't forget to …”, “remind me to …”."""
    low, start = reader.low(at), at
    negated = low in ("do", "don't") and reader.low(at + 1) in ("n't", "not")
    if negated:
        start = at + 2
    elif low in ("never", "always"):
        start = at + 1
    if start >= reader.length:
        return
    head = reader.low(start)
    suggests = head == "let" and reader.low(start + 1) in ("'s", "us")
    if suggests or head in ("forget", "remember", "remind"):
        yield from (_suggestion if suggests else _reminder)(reader, start)
        return
    base = verb_of(head, "base")
    token = reader.tokens[start]
    follows = reader.tokens[start + 1] if start + 1 < reader.length else None
    if not base or "B" not in token.tags or base in ("be", "have", "do"):
        return
    if preceding and reader.low(at - 1) not in ("so", "then", ",", "and", ":"):
        return
    if token.tags[0] == "J" and preceding and preceding[-1].modality != "obliged":
        return
    cost = 1.0 if token.tags[0] == "B" else 2.5
    if follows is not None and follows.may_be("VMXHO") and not follows.may_be("DSJ"):
        cost += 4.0
    if preceding and preceding[-1].modality == "obliged":
        cost -= 1.0
    clause = Clause(base, subject=me(), modality="obliged", negated=negated or low == "never")
    for more, clauses, end in reader.completed(Group(clause, start + 1, 0.0, to_do(clause))):
        yield cost + more, clauses, end


def _reminder(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“Remind me to call Ann”, “don't forget to …”: an obligation."""
    to = at + 1 + (reader.low(at) == "remind" and reader.low(at + 1) in ("me", "us"))
    base = verb_of(reader.low(to + 1), "base")
    if reader.low(to) == "to" and base:
        clause = Clause(base, subject=me(), modality="obliged")
        yield from reader.completed(Group(clause, to + 2, 0.0, to_do(clause)))


def _suggestion(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“Let's meet on Friday.”"""
    base = verb_of(reader.low(at + 2), "base")
    if base:
        us = Phrase("we", "us", 0, 0, "pronoun")
        clause = Clause(base, subject=us, modality="planned", tense="future")
        yield from reader.complements(at + 3, clause)


def subjectless(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“Submitted the application”, “not going to Lisbon”: the writer is the subject, if anybody."""
    low = reader.low(at)
    writer = me("")
    ing = verb_of(reader.low(at + 1), "ing") if low == "not" else ""
    if ing:
        clause = Clause(ing, subject=writer, negated=True, progressive=True)
        for cost, clauses, end in reader.complements(at + 2, clause):
            yield 2.0 + cost, clauses, end
    if not verb_of(low, "past"):
        return
    finite = not verb_of(low, "participle")
    past = replace(reader.tokens[at], tags="V" + reader.tokens[at].tags)
    tokens = (*reader.tokens[:at], past, *reader.tokens[at + 1 :])
    for group in groups(tokens, at, writer):
        for cost, clauses, end in reader.completed(group):
            noted = clauses[0].verb in words("choose") | words("think")
            noted = noted or group.lead is not None
            if finite or noted or clauses[0].object is not None:
                yield 2.0 + group.cost + cost, clauses, end


def verbless(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“Spare tyre in the boot”, “dentist Tuesday 14:00”: be is omitted."""
    if reader.is_verbal:
        return
    for cut in range(at + 1, reader.length):
        subject = reader.subject(at, cut)
        if subject is None or subject.kind not in ("noun", "name") or subject.members:
            continue
        for cost, clauses, end in reader.complements(cut, Clause("be", subject)):
            complement, phrases = clauses[0].complement, clauses[0].prepositions
            predicative = (
                complement.kind in ("adjective", "time")
                if complement is not None
                else bool(phrases)
            )
            # “Ann lives in Rome, Italy in winter”
            verbal = any("V" in token.tags for token in reader.tokens[at + 1 : cut])
            if predicative and end == reader.length and len(clauses) == 1:
                yield 2.0 + 0.5 * verbal + cost, clauses, end


def negative_coordination(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    conjunction = next((k for k in range(at, reader.length) if reader.low(k) == "nor"), None)
    if conjunction is None:
        return
    for verb in range(conjunction + 2, reader.length):
        left, right = (
            reader.parser.phrase(at + 1, conjunction),
            reader.parser.phrase(conjunction + 1, verb),
        )
        if left is None or right is None or not may_begin(reader.tokens[verb]):
            continue
        for group in groups(reader.tokens, verb, right):
            denied = replace(group.clause, negated=True)
            for more, clauses, end in reader.complements(group.end, denied):
                repeated = tuple(replace(c, subject=left) for c in clauses[:1])
                yield group.cost + more, (*clauses, *repeated), end


def all_but(reader: "ClauseReader", at: int) -> Iterator[Segment]:
    """“Everyone but Eike has paid”: of Eike it is denied."""
    for verb in range(at + 3, reader.length):
        exception = reader.parser.phrase(at + 2, verb)
        if exception is None or not may_begin(reader.tokens[verb]):
            continue
        for group in groups(reader.tokens, verb, replace(exception, number="")):
            if exception.number and exception.determiner == "some":
                # “all but two of the windows”: two of them are not
                remainder = replace(
                    group.clause, negated=not group.clause.negated, subject=exception
                )
                for more, clauses, end in reader.complements(group.end, remainder):
                    yield group.cost + more, clauses, end
                continue
            if exception.kind != "name" and exception.owner is None:
                continue
            for more, clauses, end in reader.complements(group.end, group.clause):
                negative = reader.low(at) in ("nobody", "no_one")
                denied = tuple(replace(c, negated=c.negated == negative) for c in clauses[:1])
                yield group.cost + more, denied, end
