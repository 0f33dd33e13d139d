"""Claims about change: what something was changed to, what it was before, how long it lasts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.language.events import keyed
from ingest.language.numerals import months
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import words

#: Characters to a time of the day that stands right behind its day.
_NEXT = 6
#: What a bare number may be an hour by: “11”, “7.30”, “nine”, and not “900”.
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?$|\D")


def changed(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The rent rose to 900”, “I moved the talk from Monday to Friday”: what it is, and was."""
    about = clause.object or clause.subject
    changes = any(key in words("change") for key, _ in keyed(clause))
    if not changes or about is None or clause.tense == "future":
        return
    if clause.modality != "asserted" or about.head in ("i", "we"):
        return
    if any(is_time(thing, p) for p, thing in about.inside):
        # “the fair on 5 May was moved”
        about = replace(about, inside=tuple(e for e in about.inside if not is_time(e[1], e[0])))
    for role in ("to", "until", "from", "for"):
        thing = clause.role(role)
        if thing is None or thing.kind == "clause":
            continue
        if role == "for" and (not is_time(thing, "on") or thing.head in words("span")):
            # “rescheduled for Tuesday”, but not “postponed for a week”
            continue
        later = clause.role("to")
        if role == "from" and thing.kind == "number" and later is not None and _is_date(later):
            # “from 12 to 26 November”
            month = later.text.split(maxsplit=1)[-1]
            thing = replace(later, text=f"{thing.text} {month}", start=thing.start, end=thing.end)
        if role == "from" and thing.kind == "number" and later is not None and later.number:
            # “from 640 to 705 euros”
            thing = replace(thing, head=later.head, kind=later.kind)
        timed = is_time(thing, "at")
        if not timed and not thing.number and clause.verb not in words("rename"):
            continue
        attribute = about.kind == "noun" and (about.owner or about.determiner == "the")
        if not timed and not attribute:
            # “we went up to 3 people” does not say what we are
            continue
        both = clause.role("from") is not None and thing.number
        if clause.verb == "go" and not {"up", "down"} & set(clause.adverbs) and not both:
            continue
        bare = timed and attribute and thing.kind == "number" and role != "from"
        if bare and clause.verb != "go":
            # “to 11”: that is when the lesson is, or what the grade is
            if clause.tense != "present" and (is_time(thing, "in") or _HOUR.match(thing.head)):
                at = "in" if is_time(thing, "in") else "at"
                yield Clause("be", about, prepositions=((at, thing),)), "change"
            timed = False
        if timed and about.owner is None:
            # when the show is, but no more than that
            made = Clause("be", about, prepositions=(("", thing),))
        else:
            made = Clause("be", about, complement=thing)
        if timed and role != "from":
            # “to Thursday at 10”
            made = replace(made, prepositions=(*made.prepositions, *_clock_of(thing, clause)))
        if role == "from":
            made = replace(made, tense="past", habit=True)
            yield made, "change"
            continue
        made = replace(made, adverbs=("now",))
        lasting = timed or clause.progressive
        if clause.tense == "present" and not lasting and times_of(clause):
            # “goes up to 900 in January”
            made = replace(made, tense="future")
        yield made, "change"


def _clock_of(day: Phrase, clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The time of the day that stands right behind a day."""
    for preposition, thing in clause.prepositions:
        if preposition == "at" and is_time(thing, "at") and 0 < thing.start - day.end < _NEXT:
            yield preposition, thing


def lasting(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Runs from May to June” begins in May and ends in June."""
    if clause.verb not in ("be", "run", "last", "take", "open", "go") or clause.subject is None:
        return
    first = next((t for p, t in clause.prepositions if p == "from" and _timed(t)), None)
    last = next(
        (t for p, t in clause.prepositions if p in ("to", "until", "till") and _timed(t)), None
    )
    state = clause.complement.head if clause.complement is not None else ""
    if verb_of(state, "participle") in words("change"):
        # what was adjourned from the 12th to the 26th lasts for no fortnight
        return
    if first is None and last is not None and clause.verb in ("run", "last"):
        # “the lease runs until May” ends in May
        yield Clause("end", clause.subject, prepositions=(("at", last),), tense=clause.tense), "to"
    if first is not None and last is not None:
        begin, end = (
            ("open", "close")
            if clause.verb == "open"
            or (clause.complement is not None and clause.complement.head == "open")
            else ("begin", "end")
        )
        yield (
            Clause(begin, clause.subject, prepositions=(("at", first),), tense=clause.tense),
            "from",
        )
        yield Clause(end, clause.subject, prepositions=(("at", last),), tense=clause.tense), "to"


def times_of(clause: Clause) -> tuple[tuple[str, Phrase], ...]:
    """When something is, with the prepositions that say so."""
    return tuple(each for each in clause.prepositions if is_time(each[1], each[0]))


def _is_date(thing: Phrase) -> bool:
    """Whether a time is a day of a month: “26 November”."""
    return thing.kind == "time" and thing.text[:1].isdigit() and thing.head in months()


def _timed(thing: Phrase) -> bool:
    return is_time(thing, "at")
