"""Fills the gap of a question from one claim.

The filler must have the requested sort: a clock time for “what time”, an amount with its unit for
“how heavy”, a hall for “which hall”.
"""

import re
from dataclasses import replace

from ingest.language.coreference import is_person
from ingest.language.nouns import singular
from ingest.language.records import Phrase
from ingest.language.times import is_time, recurs
from ingest.language.word_lists import exclusive, kinship, opposites, words
from workbench.memory.claims.claim_set import words_of
from workbench.memory.claims.gap_adverbials import (
    consecutive_times,
    duration_of,
    frequency_of,
    place_of,
    prepositional_object,
    time_of,
    with_clock,
)
from workbench.memory.claims.gap_amounts import amount_of, count_of, price_of
from workbench.memory.claims.identity import literally, same, whose
from workbench.memory.claims.roles import Gap, answer_text, receiver, roles_fit
from workbench.memory.claims.yes_no import compared

#: The beginning of a non-restrictive clause.
_COMMENT = re.compile(r", (?:which|who|whose|where|when) ")
#: Prepositions of topics.
_TOPICAL = ("about", "on", "for", "regarding", "concerning", "of")
#: Maximum distance in characters of an adjacent prepositional phrase.
_NEXT = 12


def fill(gap: Gap) -> str:
    """The filler of the open role; "" if the claim does not answer."""
    text = _COMMENT.split(_value(gap))[0]
    return _complete_amount(gap, text) if text else ""


def _complete_amount(gap: Gap, amount: str) -> str:
    """An amount with its purpose and additions: “62 pounds a month plus 5 for gas”."""
    text = gap.text
    start = text.find(amount)
    end, previous = start + len(amount), ""
    for preposition, adjunct in sorted(gap.clause.prepositions, key=lambda phrase: phrase[1].start):
        joined = preposition in ("per", "plus") or (previous == "plus" and preposition == "for")
        between = text[end : adjunct.start].strip()
        # “10 mg twice a day”
        joined = joined or (not preposition and amount[:1].isdigit() and recurs(adjunct))
        if joined and adjunct.start > end and between in ("", "per", preposition):
            end, previous = adjunct.end, preposition
    return text[start:end] if start >= 0 else amount


def _value(gap: Gap) -> str:
    hole = gap.question.hole
    if gap.query.condition and gap.query.verb in ("happen", "mean", "do"):
        return _outcome(gap)
    if hole.startswith("to:"):
        return prepositional_object(gap, hole[3:])
    filler = _FILLERS.get(hole)
    return filler(gap) if filler is not None else ""


def _outcome(gap: Gap) -> str:
    """The consequence of a condition: “what happens if the alarm goes off?”"""
    subject, text, condition = gap.query.subject, gap.text, gap.clause.condition
    anybody = subject is None or subject.kind == "pronoun"
    if not condition or not (anybody or gap.same(subject, gap.clause.subject)):
        return ""
    consequence = text.replace(condition, "").strip(" ,.")
    return consequence if consequence in text and not re.search(r"[;.!?] ", consequence) else ""


def _reason(gap: Gap) -> str:
    content = gap.clause.object
    is_noted = content is not None and content.kind == "clause" and _is_on_topic(gap, content)
    if not is_noted and not gap.roles_match():
        return ""
    if gap.clause.reason is not None:
        return gap.clause.reason.text
    cause = gap.clause.role("because_of") or gap.clause.role("due_to")
    purpose = gap.clause.role("for")
    if cause is None and purpose is not None and purpose.head in words("ground"):
        # “for health reasons”
        cause = purpose
    return cause.text if cause is not None else ""


def _manner(gap: Gap) -> str:
    if gap.query.verb in ("be", "do") or not gap.roles_match():
        return ""
    instrument = gap.clause.role("by")
    if instrument is None and gap.clause.complement is not None:
        return gap.clause.complement.text
    return f"by {instrument.text}" if instrument is not None and instrument.kind == "noun" else ""


def _owner(gap: Gap) -> str:
    question, query, clause = gap.question, gap.query, gap.clause
    noun = question.noun
    if clause.verb == "own" and gap.same(query.subject, clause.object):
        return answer_text(clause.subject)
    if noun:
        is_pronoun = query.subject is not None and query.subject.head == "it"
        if is_pronoun and clause.verb == "own" and clause.object is not None:
            # “whose bike is it?”
            return answer_text(clause.subject) if clause.object.head == noun else ""
        if query.subject is None or query.verb == "have":
            for role in ("subject", "object"):
                phrase = clause.role(role)
                owner = whose(phrase) if phrase is not None and phrase.head == noun else None
                if owner is not None and owner.kind != "pronoun" and gap.roles_match(role):
                    return owner.text
        for complement, counterpart in (
            (clause.complement, clause.subject),
            (clause.subject, clause.complement),
        ):
            if (
                clause.verb != "be"
                or query.verb != "be"
                or complement is None
                or complement.head != noun
            ):
                continue
            if complement.owner is not None and gap.same(query.subject, counterpart):
                return answer_text(complement.owner)
        return ""
    phrase, complement, subject = query.subject, clause.complement, clause.subject
    if phrase is None:
        return ""
    owner = subject.owner if subject is not None and subject.head == phrase.head else None
    has_name = owner is not None and owner.kind != "pronoun" and phrase.owner is None
    being = clause.verb == "be"
    if being and has_name and query.verb == "be" and gap.same(query.complement, complement):
        return answer_text(owner)
    if not being or complement is None or query.complement or complement.head != phrase.head:
        return ""
    return answer_text(complement.owner) if gap.same(phrase, subject) else ""


def _complement(gap: Gap) -> str:
    query, clause = gap.query, gap.clause
    if clause.verb != "be" or query.verb != "be" or query.subject is None or clause.subject is None:
        return ""
    if gap.question.noun in ("colour", "color"):
        return _colour(gap)
    if not gap.phrases_match() or (gap.dated.claim.derived == "kin" and not clause.complement):
        return ""
    complement, subject = clause.complement, clause.subject
    status = query.subject.head in words("status")
    times = gap.times
    if complement is None and times and query.subject.head in ("hour", "time", "date"):
        # “The office hours are from 2 to 5”
        return consecutive_times(gap, times) if gap.same(query.subject, subject) else ""
    if complement is None or (gap.dated.claim.derived == "state" and not status):
        return ""
    if query.subject.head in ("job", "profession") and same(query.subject.owner, subject):
        return _occupation(complement)
    if (
        query.subject.head == "name"
        and not query.subject.mods - words("whole")
        and query.subject.owner is not None
        and complement.kind == "name"
        and same(query.subject.owner, subject, gap.identities)
        and subject.kind != "name"
    ):
        return complement.text
    itself = any(
        literally(query.subject, alternative) for alternative in (complement, *complement.members)
    )
    if gap.same(query.subject, subject) and not itself:
        name = complement.names[0].text if complement.names else ""
        if gap.question.wh == "who" and name not in complement.text:
            # “a former sprinter, Ann Holm”
            return name
        text = (
            with_clock(gap, complement)
            if complement.kind == "time"
            else _with_goal(gap, complement)
        )
        return text if _may_answer(gap, complement, subject) else ""
    # Two people may share grade A: neither grade is the other.
    is_inverted = (
        literally(query.subject, complement, gap.identities) and complement.kind != "adjective"
    )
    is_inverted = is_inverted and not literally(query.subject, subject)
    return subject.text if is_inverted and _may_answer(gap, subject, complement) else ""


def _with_goal(gap: Gap, phrase: Phrase) -> str:
    """“The way to the sea”: a noun with its goal right after it."""
    text = gap.text
    for preposition, to in gap.clause.prepositions:
        is_adjacent = text[phrase.end : to.start].strip().lower() == preposition == "to"
        if is_adjacent and phrase.kind == "noun" and not (phrase.number or is_time(to, "to")):
            return text[phrase.start : to.end]
    return phrase.text


def _may_answer(gap: Gap, phrase: Phrase, topic: Phrase) -> bool:
    """Whether a phrase may answer who or what another one is."""
    question = gap.question
    if not phrase.text:
        return False
    if question.noun and not gap.has_sort(phrase):
        return False
    if phrase.kind == "pronoun" and phrase.head not in ("i", "we"):
        return False
    query_subject = gap.query.subject
    # “the van's VIN” is not a name
    name = topic.kind == "name" and topic.owner is None and topic.determiner != "the"
    person = topic.head in kinship() or topic.head in words("person_noun") or name
    if question.wh == "who":
        return phrase.kind not in ("adjective", "number", "time")
    if question.wh != "what" or query_subject is None:
        return True
    is_naming = phrase.kind == "name" and (name or topic.head in kinship())
    return not (phrase.kind == "adjective" and person) and (
        not is_naming or query_subject.head == "name"
    )


def _colour(gap: Gap) -> str:
    clause, query = gap.clause, gap.query
    complement = clause.complement if gap.same(query.subject, clause.subject) else None
    if complement is not None and complement.words & set(exclusive()["colour"]):
        return complement.text if complement.kind == "adjective" else _colours(complement)
    for phrase in (clause.subject, clause.object):
        if phrase is not None and gap.same(query.subject, phrase):
            colour = _colours(phrase)
            if colour:
                return colour
    return ""


def _subject(gap: Gap) -> str:
    query, clause = gap.query, gap.clause
    state = any(adverb in opposites() for adverb in query.adverbs)
    if query.verb == "be" and not (query.complement or query.prepositions or state):
        return _enumeration(gap)
    standard, lower = query.role("than"), clause.role("than")
    if (
        (standard is not None and lower is not None)
        and (query.complement and clause.complement)
        and compared(query.complement, clause.complement) < 0
    ):
        # “Who is younger than Ann?”, if Ann is older than Ben
        is_answer = gap.same(standard, clause.subject) and gap.has_sort(lower)
        return answer_text(lower) if is_answer and not clause.negated else ""
    if clause.subject is None or not gap.roles_match("subject"):
        return ""
    subject = clause.subject
    if _is_key(gap, subject):
        return answer_text(clause.complement) if clause.complement is not None else ""
    if not subject.text or (subject.kind == "pronoun" and subject.head not in ("i", "we")):
        return ""
    if not gap.has_sort(subject):
        return ""
    if gap.question.wh == "who" and subject.kind == "noun":
        if is_person(subject) is False and subject.head in ("it", "thing"):
            return ""
        name = next(
            (
                b
                for a, b in gap.identities
                if a.kind == "noun" and literally(subject, a) and literally(a, subject)
            ),
            None,
        )
        if name is not None:
            return name.text
        if subject.names:
            return subject.names[0].text
    return answer_text(subject)


def _is_key(gap: Gap, subject: Phrase) -> bool:
    """Whether a name identifies the subject: “Which book is on the shelf?”, “… is Emma”."""
    complement, query = gap.clause.complement, gap.query
    has_name = (
        complement is not None and complement.kind in ("name", "number") and gap.clause.verb == "be"
    )
    is_plain = query.verb == "be" and query.complement is None and not gap.clause.prepositions
    return has_name and is_plain and subject.head == gap.question.noun


def _enumeration(gap: Gap) -> str:
    """“Which rooms are there?”: the named ones of a list."""
    phrase = gap.clause.object
    if phrase is None or not phrase.names:
        return ""
    return phrase.names[0].text if phrase.head == gap.question.noun else ""


def _reported(gap: Gap) -> str:
    """The reported content on a topic: “risky” of “Tom thinks the plan is risky”."""
    query, report = gap.query, gap.clause.object
    topic = query.role("about") or query.role("of")
    pattern = replace(query, prepositions=())
    if topic is None or report is None or not roles_fit(pattern, gap.clause, gap.identities):
        return ""
    for dated in gap.claim_set.claims:
        inner = dated.clause
        if dated.statement is not gap.dated.statement or inner.modality != "quoted":
            continue
        phrases = (inner.subject, inner.object, inner.complement)
        if not any(t is not None and report.start <= t.start < report.end for t in phrases):
            continue
        if inner.subject is None or not gap.same(topic, inner.subject):
            continue
        if inner.verb == "be" and inner.complement is not None and not inner.negated:
            return inner.complement.text
        start = max(phrase.end for phrase in (inner.subject, *inner.subject.names))
        start = max(start, report.start)
        return gap.text[start : report.end].strip(" ,")
    return ""


def _object(gap: Gap) -> str:
    if gap.query.verb in words("think") and gap.clause.object is not None:
        reported = _reported(gap)
        if reported:
            return reported
    phrase = gap.clause.object
    if phrase is None and gap.query.verb in ("read", "say"):
        phrase = gap.clause.complement
    if phrase is not None and phrase.kind == "clause" and _is_on_topic(gap, phrase):
        return phrase.text
    if gap.question.noun in ("colour", "color") or not gap.roles_match("object"):
        return ""
    state = gap.question.state
    if phrase is None and gap.clause.verb in words("choose"):
        # “decided on Redis”
        phrase = gap.clause.role("on") or gap.clause.role("for")
    if state is not None and roles_fit(state, gap.clause, gap.identities, "subject"):
        # “What is broken?”
        phrase = gap.clause.subject
    if gap.question.wh in ("who", "whom") and phrase is not None and phrase.number:
        # “Who do I pay?”: not 75 euros
        phrase = gap.clause.second
    if phrase is None or not phrase.text or not gap.has_sort(phrase):
        return ""
    if phrase.names and gap.question.noun:
        return phrase.names[0].text
    return (
        _distinguished(gap, phrase) if phrase.words == {gap.question.noun} else answer_text(phrase)
    )


def _is_on_topic(gap: Gap, content: Phrase) -> bool:
    """Whether a decision or finding is on the topic that a question names, if any.

    The topic may be in the preceding statement: a meeting on hosting, then its decision.
    """
    topics = [t for p, t in gap.query.prepositions if p in _TOPICAL and not is_time(t, p)]
    remaining = tuple(adjunct for adjunct in gap.query.prepositions if adjunct[1] not in topics)
    query = replace(gap.query, prepositions=remaining)
    if not topics or not roles_fit(query, gap.clause, gap.identities, "object"):
        return False
    if content.text.lower().startswith(("he ", "she ", "they ")):
        # the person of whom it is said was not found out
        return False
    statement = gap.dated.statement
    statement_words, context_words = (
        words_of(statement.text),
        words_of(*gap.claim_set.context_of(statement)),
    )
    topic_words = frozenset[str]().union(*(topic.words for topic in topics))
    gap.contextual = not topic_words <= statement_words
    return topic_words <= statement_words | context_words


def _distinguished(gap: Gap, phrase: Phrase) -> str:
    """“The letter from Bath” for which letter: a bare noun does not answer."""
    following = [t for _, t in gap.clause.prepositions if 0 < t.start - phrase.end < _NEXT]
    if phrase.owner is not None or phrase.inside or phrase.relatives:
        return phrase.text
    text = gap.text
    return text[phrase.start : following[0].end] if following else ""


def _recipient(gap: Gap) -> str:
    phrase = receiver(gap.clause)
    return answer_text(phrase) if phrase is not None and gap.roles_match("second") else ""


def _deed(gap: Gap) -> str:
    """The occupation or task of somebody."""
    complement = gap.clause.complement
    if gap.query.modality == "obliged":
        return _task(gap)
    if gap.clause.verb != "be" or complement is None or gap.query.prepositions:
        return ""
    return _occupation(complement) if gap.same(gap.query.subject, gap.clause.subject) else ""


def _task(gap: Gap) -> str:
    """“Call Ann” for what to do on Friday."""
    task = gap.clause.object if gap.clause.verb == "do" else None
    if task is None or task.kind != "clause" or not task.text:
        return ""
    if not gap.same(gap.query.subject, gap.clause.subject):
        return ""
    task_words = {singular(word) for word in re.findall(r"[\w'’:.-]*\w", task.text)}
    text = task.text
    for preposition, phrase in gap.query.prepositions:
        if not {singular(word) for word in phrase.text.split()} - {"the"} <= task_words:
            return ""
        # without phrases of the question
        mention = rf" (?:{re.escape(preposition)} )?{re.escape(phrase.text)}$"
        text = re.sub(mention, "", text, flags=re.IGNORECASE)
    return text


def _occupation(phrase: Phrase) -> str:
    """A complement that may be an occupation."""
    is_occupation = phrase.determiner in ("a", "an") or (
        is_person(phrase) and phrase.text != phrase.head
    )
    is_specific = phrase.owner or phrase.determiner == "the" or phrase.kind != "noun"
    return phrase.text if is_occupation and not is_specific else ""


def _colours(phrase: Phrase) -> str:
    """The colour words of a phrase, as written."""
    colours = exclusive()["colour"]
    return " ".join(word for word in phrase.text.split() if word.lower().strip(",") in colours)


#: The functions for open roles other than prepositions.
_FILLERS = {
    "amount": amount_of,
    "complement": _complement,
    "count": count_of,
    "deed": _deed,
    "duration": duration_of,
    "frequency": frequency_of,
    "manner": _manner,
    "object": _object,
    "owner": _owner,
    "place": place_of,
    "price": price_of,
    "reason": _reason,
    "second": _recipient,
    "subject": _subject,
    "time": time_of,
}
