"""Answers a question from claims: yes, no, a value, or nothing.

If nothing answers it, it is rewritten: a misspelt or unknown word is replaced by a similar one in
the facts. Only words in no fact are replaced. Two names, or two short words, may differ by one
letter; a doubled letter or a transposition is a misspelling.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.language.claims import claims_of
from ingest.language.lexical import is_foreign, is_strange
from ingest.language.questions import Question, questions_of
from ingest.language.records import Phrase, with_role
from ingest.language.remainder import question_language, remainder
from ingest.language.rewordings import rewordings
from ingest.language.tagging import tagged
from ingest.language.unasserted import is_unasserted
from ingest.language.word_lists import closed_tags, groups_of, kinship, opposites, words
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, Statement
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.gap_filling import fill
from workbench.memory.claims.identity import same
from workbench.memory.claims.roles import Gap, fit_of, roles_fit, usable
from workbench.memory.claims.values import value
from workbench.memory.claims.yes_no import verdict

#: Confidence of a direct answer, of one in other words, and of one whose topic is only in the
#: preceding statement.
DIRECT, REWORDED, CONTEXTUAL = 0.95, 0.9, 0.6
#: Confidence with a learned or corrected word, and with an unparsed statement.
SLIP, REMAINDER = 0.75, 0.75
_ROLES = ("subject", "object", "complement")
#: Words of similar use.
Neighbours = Callable[[str], Collection[str]]
#: Minimum letters of words that do not differ by an extra letter, or by a substitution, by chance.
_LONG, _LONGER = 5, 7
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Match:
    """An answer with its statement; `exact` is False if inferred by contrast.

    `confidence` is its probability, 0 to 1. `newer` is a statement that may have ended or changed
    it.
    """

    answer: str
    statement: Statement
    exact: bool = True
    confidence: float = DIRECT
    newer: Statement | None = None


def match(question: str, statements: Iterable[Statement]) -> Match | None:
    """The answer of these statements to a question; None if there is no certain one."""
    return answer_question(question, ClaimSet(statements))[1]


def answer_question(
    question: str, claim_set: ClaimSet, neighbours: Neighbours | None = None
) -> tuple[Question | None, Match | None]:
    """The pattern of a question and the answer of the claims, also to a rewritten question.

    `neighbours` returns words of similar use. The pattern is None if the question is not
    understood.
    """
    pattern, match = _worded(question, claim_set)
    for variant in _rewritten(question, claim_set, neighbours) if match is None else ():
        other, match = _worded(variant, claim_set)
        if match is not None:
            return other, replace(match, confidence=min(match.confidence, SLIP))
    return pattern, match


def _worded(question: str, claim_set: ClaimSet) -> tuple[Question | None, Match | None]:
    patterns = questions_of(question)
    for pattern in patterns:
        match = matched(pattern, claim_set)
        if match is not None:
            return pattern, match
    for pattern in patterns:
        for other in rewordings(pattern, claim_set.mentions):
            match = matched(other, claim_set)
            if match is not None:
                return other, replace(match, confidence=min(match.confidence, REWORDED))
    return next(iter(patterns), None), remainder_match(question, claim_set.statements)


def remainder_match(question: str, statements: Iterable[Statement]) -> Match | None:
    """The remainder of the newest unparsed statement after the words of a question."""
    detected = question_language(question)
    if detected is None:
        return None
    newest = sorted(statements, key=lambda entry: (entry.at, entry.id), reverse=True)
    english = detected[0] == "en"
    foreign = (statement for statement in newest if _foreign(statement, english=english))
    remainders = ((statement, remainder(question, statement.text)) for statement in foreign)
    confidence = REMAINDER if english else DIRECT
    matches = (
        Match(piece.text, statement, confidence=confidence)
        for statement, piece in remainders
        # “Who sprained an ankle?”: not “my”
        if piece is not None and not all(token.tags[0] in "DPSX" for token in tagged(piece.text))
    )
    return next(matches, None)


def _foreign(statement: Statement, *, english: bool) -> bool:
    """Whether a statement is in another language, or unparsed English, and asserts something."""
    if is_unasserted(statement.text):
        return False
    if english:
        return not claims_of(statement.text, statement.context).claims
    strange = any(is_strange(word) for word in re.findall(r"[^\W\d_]+", statement.text))
    return strange or not claims_of(statement.text, statement.context).complete


def matched(pattern: Question, claim_set: ClaimSet) -> Match | None:
    """The answer to a pattern, with relative clauses resolved to their referents."""
    result = _matched(pattern, claim_set)
    if result is not None:
        return result
    clause = pattern.clause
    for role in _ROLES:
        phrase = clause.role(role)
        for referent in _referents(phrase, claim_set) if phrase is not None else ():
            changed = replace(pattern, clause=with_role(clause, role, referent))
            result = result or _matched(changed, claim_set)
    return result


def _referents(phrase: Phrase, claim_set: ClaimSet) -> Iterator[Phrase]:
    """Yield the referents of “the woman who owns the mill”, also as owners or leaders."""
    if phrase.owner is not None:
        # “the budget of the project that Ann leads”: the project, not the budget
        inner = replace(phrase.owner, relatives=(*phrase.owner.relatives, *phrase.relatives))
        for owner in _referents(inner, claim_set):
            yield replace(phrase, owner=owner, relatives=())
    for relative in phrase.relatives:
        relative_role = next(
            (
                r
                for r in ("subject", "object")
                if (t := relative.role(r)) and t.start <= phrase.start
            ),
            None,
        )
        if relative_role is None:
            continue
        pattern = Question("", relative)
        antecedent = replace(phrase, relatives=(), owner=None)
        for dated in claim_set.claims:
            candidate = dated.clause.role(relative_role)
            if candidate is None or dated.clause.negated or not usable(pattern, dated, claim_set):
                continue
            same_kind = phrase.head in words("person") or same(
                antecedent, candidate, claim_set.identities
            )
            if same_kind and roles_fit(relative, dated.clause, claim_set.identities, relative_role):
                yield candidate


def _matched(pattern: Question, claim_set: ClaimSet) -> Match | None:
    if not pattern.hole:
        decision = verdict(pattern, claim_set)
        if decision is None:
            return None
        doubt = claim_set.doubt(decision.dated) if decision.yes else None
        newer = None if doubt is None else doubt.statement
        return Match(
            "yes" if decision.yes else "no", decision.dated.statement, decision.exact, newer=newer
        )
    answer = value(pattern, claim_set)
    if answer is None:
        return None
    doubt = claim_set.doubt(answer.dated)
    newer = None if doubt is None else doubt.statement
    confidence = CONTEXTUAL if answer.contextual else DIRECT
    return Match(answer.text, answer.dated.statement, not answer.of, confidence, newer)


def ending_statement(pattern: Question, claim_set: ClaimSet) -> Statement | None:
    """The statement that ended the answer to a question; None if there is none."""
    if not pattern.hole or not any(dated.claim.endings for dated in claim_set.claims):
        return None
    for dated in claim_set.claims:
        newer = claim_set.newer(dated)
        if newer is not None and newer.claim.endings and fill(Gap(pattern, dated, claim_set)):
            return newer.statement
    return None


def mismatch(
    pattern: Question, statement: Statement, claim_set: ClaimSet
) -> Literal["contrary", "another", ""]:
    """How a statement without an answer relates to a question.

    "contrary" if it contradicts (a shop that closes does not open, only one of two is colder),
    "another" if it is on another subject or time. "" if its verb differs, so that it may be a
    paraphrase.
    """
    if all(
        dated.claim.status == "maybe" for dated in claim_set.claims if dated.statement is statement
    ):
        return "contrary"
    fits = [
        (_verb_fits(pattern, dated), dated)
        for dated in claim_set.claims
        if dated.statement is statement
    ]
    comparable = [dated for fit, dated in fits if fit > 0]
    if not comparable:
        return "contrary" if any(fit < 0 for fit, _ in fits) else ""
    comparable = [dated for dated in comparable if dated.clause.negated == pattern.clause.negated]
    if comparable and all(_measures_another(pattern, dated) for dated in comparable):
        return "another"
    is_present = pattern.clause.tense == "present" and not pattern.former
    if not comparable or (
        is_present and all(_is_superseded(pattern, dated, claim_set) for dated in comparable)
    ):
        return "contrary"
    if any(
        usable(pattern, dated, claim_set) and not _other(pattern, dated, claim_set)
        for dated in comparable
    ):
        return ""
    is_comparative = pattern.clause.role("than") and any(
        dated.clause.role("than") for dated in comparable
    )
    return "contrary" if is_comparative else "another"


def _is_superseded(pattern: Question, dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether another claim is current, or this one is in the future."""
    is_upcoming = dated.claim.status == "will" and not usable(pattern, dated, claim_set)
    return is_upcoming or claim_set.replaced(dated)


def _measures_another(pattern: Question, dated: DatedClaim) -> bool:
    """Whether an amount has another quality: a length is not a width."""
    complement = dated.clause.complement
    return (
        pattern.hole == "amount"
        and pattern.adjective != ""
        and complement is not None
        and complement.kind == "adjective"
        and complement.number != ""
        and complement.head != pattern.adjective
    )


def _verb_fits(pattern: Question, dated: DatedClaim) -> int:
    """`verb_fits`, also for the state that a question asks about: “what is broken?”"""
    state, complement = pattern.state, dated.clause.complement
    query_complement = state.complement if state is not None else None
    if query_complement is not None and complement is not None and dated.clause.verb == "be":
        return int(complement.head == query_complement.head)
    return verb_fits(pattern.clause.verb, dated.clause.verb)


def _other(pattern: Question, dated: DatedClaim, claim_set: ClaimSet) -> bool:
    """Whether a claim fills a role of the question differently."""
    query, clause = pattern.clause, dated.clause
    if pattern.state is not None and verb_fits(query.verb, clause.verb) < 1:
        query = pattern.state
    identities = claim_set.identities
    for role in _ROLES:
        phrase, other = query.role(role), clause.role(role)
        if phrase is None or other is None:
            continue
        if not same(phrase, other, identities) or words("blur") & (other.mods - phrase.mods):
            return True
    return any(
        fit_of(preposition, phrase, clause, identities) in ("opposite", "differs")
        for preposition, phrase in query.prepositions
    )


def _rewritten(
    question: str, claim_set: ClaimSet, neighbours: Neighbours | None = None
) -> Iterator[str]:
    """Yield the question with one unknown word replaced by a known one."""
    language, tokens = question_language(question), tagged(question)
    if (language and language[0] != "en") or is_foreign([token.word for token in tokens]):
        # “hermano” is not a misspelt “hermana”
        return
    for token in tokens:
        low = token.low
        if not low.isalpha() or low in closed_tags() or claim_set.mentions(low):
            continue
        replacements = [other for other in claim_set.spellings if _is_slip(token.word, other)]
        if not replacements and neighbours is not None and not _is_opposed(low):
            candidates = (other for other in neighbours(low) if claim_set.mentions(other))
            replacements = [
                other for other in candidates if not _is_opposed(other) and not other.isdigit()
            ]
        for other in replacements:
            yield question[: token.start] + other + question[token.end :]


def _is_opposed(word: str) -> bool:
    """Whether a word has contrasting alternatives: Monday, mother, north."""
    return bool(
        word in kinship() or word in opposites() or groups_of(word) or word in words("time")
    )


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another one misspelt by one letter."""
    low, stored = word.lower(), other.lower()
    if low[0] != stored[0] or low == stored or abs(len(low) - len(stored)) > 1:
        return False
    swapped = (
        len(low) == len(stored) and sorted(low) == sorted(stored) and _mismatches(low, stored) == 2
    )
    if swapped or _DOUBLED.sub(r"\1", low) == _DOUBLED.sub(r"\1", stored):
        return True
    name = word[0].isupper() or other[0].isupper()
    long = min(len(low), len(stored)) >= _LONG
    if name or not long or not is_strange(low):
        return False
    # “stork” may be an unknown word, not “store”
    other_letter = len(low) == len(stored) and len(low) >= _LONGER and _mismatches(low, stored) == 1
    return other_letter or (len(low) != len(stored) and _has_extra_letter(low, stored))


def _mismatches(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True))


def _has_extra_letter(left: str, right: str) -> bool:
    """Whether one of the words has an extra letter."""
    short, long = sorted((left, right), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
