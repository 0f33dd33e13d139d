"""Fills the gap of a question for an amount: how much, how old, how many, for what price.

The unit must fit the question: metres for “how tall”, years for “how old”.
"""

from ingest.language.coreference import is_person
from ingest.language.records import Phrase
from ingest.language.times import day_of, recurs
from ingest.language.word_lists import measures, words
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.roles import Gap


def amount_of(gap: Gap) -> str:
    """The amount of the requested quality, with its unit."""
    quality = gap.question.adjective
    verbs, nouns, units = measures().get(quality, ((), (), ()))
    clause, subject = gap.clause, gap.clause.subject
    if clause.verb == "born" and quality == "old":
        return _age(gap)
    if clause.verb == "be" and subject is not None and subject.head in nouns:
        # “my weight is 71 kg”
        complement = clause.complement if gap.same(gap.query.subject, subject.owner) else None
        return complement.text if complement is not None and complement.number else ""
    if clause.verb not in verbs or not gap.same(gap.query.subject, clause.subject):
        return ""
    if gap.query.complement is not None or gap.query.object is not None:
        return ""
    if any(gap.fit(*adjunct) not in ("same", "missing") for adjunct in gap.query.prepositions):
        return ""
    measured = clause.complement if clause.verb == "be" else clause.object
    for phrase in (measured.members or (measured,)) if measured is not None else ():
        if phrase.kind == "adjective":
            by = next((t for p, t in phrase.inside if p == "by"), None)
            if by is not None and phrase.head == quality:
                return phrase.text
        elif phrase.number and (
            phrase.head in units or (quality == "old" and phrase.kind == "number")
        ):
            return phrase.text
    return ""


def _age(gap: Gap) -> str:
    """The age of somebody by the date of birth."""
    if gap.query.tense != "present" or not gap.same(gap.query.subject, gap.clause.subject):
        return ""
    days = [t for _, t in gap.times]
    born = day_of(days[0].text) if len(days) == 1 else None
    today = gap.claim_set.today
    if born is None or today is None or born > today:
        return ""
    return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def price_of(gap: Gap) -> str:
    """The price in a claim; "" if there is none."""
    clause, query = gap.clause, gap.query
    if query.verb in ("be", "cost") and clause.verb in ("be", "cost"):
        if not gap.same(query.subject, clause.subject):
            return ""
        if any(gap.fit(p, t) != "same" for p, t in query.prepositions):
            return ""
        phrase = clause.complement if clause.verb == "be" else clause.object
        if phrase is None or not (phrase.number or phrase.kind == "number"):
            return ""
        money = words("money") & {*phrase.words, phrase.text[:1]} or any(
            c in phrase.text for c in "£$€"
        )
        return phrase.text if money or clause.verb == "cost" or phrase.kind == "number" else ""
    if gap.roles_match() and clause.object is not None and clause.object.number:
        return clause.object.text
    if gap.roles_match() and query.object is not None:
        price = clause.role("for")
        return price.text if price is not None and price.number else ""
    return ""


def count_of(gap: Gap) -> str:
    """The number of the things that a question counts; "" if there is none."""
    query, clause = gap.query, gap.clause
    if not query.verb:
        # “how many riders?”
        roles = (clause.subject, clause.object, clause.complement, clause.second)
        phrases = (*roles, *(phrase for _, phrase in clause.prepositions))
        return next(filter(None, (_number_of(gap, phrase) for phrase in phrases)), "")
    if (
        query.verb == "have"
        and clause.verb in ("have", "own", "hold", "contain", "seat")
        and gap.same(query.subject, clause.subject)
    ):
        return _number_of(gap, clause.object) if gap.phrases_match() else ""
    subject, complement = clause.subject, clause.complement
    if (
        query.verb == "have"
        and clause.verb == "be"
        and subject is not None
        and complement is not None
    ):
        # “my cats are Tom and Kit”
        is_countable = complement.members and not any(
            member.head == "one" for member in complement.members
        )
        if is_countable and subject.head == gap.question.noun and not subject.number:
            return str(len(complement.members)) if gap.same(query.subject, subject.owner) else ""
    if query.verb == "be" and query.subject is None:
        if clause.verb == "be" and gap.phrases_match():
            if query.complement is not None:
                fits = gap.same(query.complement, clause.complement)
            else:
                # “two of the five chairs are wet” does not count the chairs
                part = subject is not None and subject.determiner == "some"
                fits = not part or bool(query.prepositions)
            return _number_of(gap, clause.subject) if fits else ""
        if clause.verb in ("have", "hold", "contain", "seat"):
            has_name = clause.object is not None and bool(clause.object.names)
            holder = clause.subject
            is_place = holder is not None and holder.kind == "noun" and not is_person(holder)
            inside = ((has_name or is_place) and not query.prepositions) or any(
                p in ("in", "at", "on") and gap.same(t, clause.subject)
                for p, t in query.prepositions
            )
            return _number_of(gap, clause.object) if inside else ""
        return ""
    if verb_fits(query.verb, clause.verb) != 1:
        return ""
    if query.subject is not None:
        amounts = (
            (clause.object, clause.role("for"), complement) if gap.roles_match("object") else ()
        )
        return next(filter(None, (_number_of(gap, phrase) for phrase in amounts)), "")
    return _number_of(gap, clause.subject) if gap.roles_match("subject") else ""


def _number_of(gap: Gap, phrase: Phrase | None) -> str:
    """The number of a phrase if it counts the requested things."""
    if phrase is None:
        return ""
    if any(member.head == "one" for member in phrase.members):
        return ""
    if phrase.members and all(m.head == gap.question.noun for m in phrase.members):
        return str(len(phrase.members))
    unit = phrase.number and phrase.head in words("unit") and not phrase.members
    of = phrase.owner if unit else None
    if of is not None and of.head == gap.question.noun and gap.question.mods <= of.mods:
        return _with_frequency(gap, phrase)
    if phrase.head != gap.question.noun or not gap.question.mods <= phrase.mods:
        return ""
    numeral = phrase.text.split()[0] if phrase.text.lower().startswith("one ") else ""
    return phrase.number or numeral


def _with_frequency(gap: Gap, amount: Phrase) -> str:
    """“5 mg of zinc twice a day”: an amount with the frequency right after it."""
    text = gap.text
    times = (t for _, t in gap.times if recurs(t))
    ends = (t.end for t in times if not text[amount.end : t.start].strip())
    return text[amount.start : next(ends, amount.end)]
