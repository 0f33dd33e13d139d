"""Claims about change: what something was changed to, what it was before, how long it lasts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.language.events import keyed
from ingest.language.numerals import months
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time, names_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import words

#: Characters to a time of the day that stands right behind its day.
_NEXT = 6
#: What a bare number may be an hour by: “11”, “7.30”, “nine”, and not “900”.
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?$|\D")


def changed(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The rent rose to 900”, “I moved the talk from Monday to Friday”: what it is, and was."""
    theme = clause.object or clause.subject
    changes = any(key in words("change") for key, _ in keyed(clause))
    if not changes or theme is None or clause.tense == "future":
        return
    if clause.modality != "asserted" or theme.head in ("i", "we"):
        return
    if any(is_time(phrase, p) for p, phrase in theme.inside):
        # “the fair on 5 May was moved”
        theme = replace(theme, inside=tuple(e for e in theme.inside if not is_time(e[1], e[0])))
    if theme.number in theme.mods or any(map(names_time, theme.mods)):
        # “the 3 pm interview”
        mods = frozenset(word for word in theme.mods if word.isalpha() and not names_time(word))
        theme = replace(theme, mods=mods, number="")
    for role in ("to", "until", "from", "for"):
        phrase = clause.role(role)
        if phrase is None or phrase.kind == "clause":
            continue
        if role == "for" and (not is_time(phrase, "on") or phrase.head in words("span")):
            # “rescheduled for Tuesday”, but not “postponed for a week”
            continue
        goal = clause.role("to")
        if (
            role == "from"
            and phrase.kind == "number"
            and goal is not None
            and goal.kind == "time"
            and goal.text[:1].isdigit()
            and goal.head in months()
        ):
            # “from 12 to 26 November”
            month = goal.text.split(maxsplit=1)[-1]
            phrase = replace(
                goal, text=f"{phrase.text} {month}", start=phrase.start, end=phrase.end
            )
        if role == "from" and phrase.kind == "number" and goal is not None and goal.number:
            # “from 640 to 705 euros”
            phrase = replace(phrase, head=goal.head, kind=goal.kind)
        timed = is_time(phrase, "at")
        if not timed and not phrase.number and clause.verb not in words("rename"):
            continue
        attribute = theme.kind == "noun" and (theme.owner or theme.determiner == "the")
        if not timed and not attribute:
            # “we went up to 3 people” does not say what we are
            continue
        quantified = clause.role("from") is not None and phrase.number
        if clause.verb == "go" and not {"up", "down"} & set(clause.adverbs) and not quantified:
            continue
        numeric = timed and attribute and phrase.kind == "number" and role != "from"
        if numeric and clause.verb != "go":
            # “to 11”: that is when the lesson is, or what the grade is
            if clause.tense != "present" and (is_time(phrase, "in") or _HOUR.match(phrase.head)):
                at = "in" if is_time(phrase, "in") else "at"
                yield Clause("be", theme, prepositions=((at, phrase),)), "change"
            timed = False
        if timed and theme.owner is None:
            # when the show is, but no more than that
            result = Clause("be", theme, prepositions=(("", phrase),))
        else:
            result = Clause("be", theme, complement=phrase)
        if timed and role != "from":
            # “to Thursday at 10”
            result = replace(
                result, prepositions=(*result.prepositions, *_clock_of(phrase, clause))
            )
        if role == "from":
            result = replace(result, tense="past", habit=True)
            yield result, "change"
            continue
        result = replace(result, adverbs=("now",))
        lasting = timed or clause.progressive
        if clause.tense == "present" and not lasting and times_of(clause):
            # “goes up to 900 in January”
            result = replace(result, tense="future")
        yield result, "change"


def _clock_of(day: Phrase, clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The time of the day that stands right behind a day."""
    for preposition, phrase in clause.prepositions:
        if preposition == "at" and is_time(phrase, "at") and 0 < phrase.start - day.end < _NEXT:
            yield preposition, phrase


def lasting(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Runs from May to June” begins in May and ends in June."""
    if clause.verb not in ("be", "run", "last", "take", "open", "go") or clause.subject is None:
        return
    first = next((t for p, t in clause.prepositions if p == "from" and _timed(t)), None)
    end_time = next(
        (t for p, t in clause.prepositions if p in ("to", "until", "till") and _timed(t)), None
    )
    state = clause.complement.head if clause.complement is not None else ""
    if verb_of(state, "participle") in words("change"):
        # what was adjourned from the 12th to the 26th lasts for no fortnight
        return
    if first is None and end_time is not None and clause.verb in ("run", "last"):
        # “the lease runs until May” ends in May
        yield (
            Clause("end", clause.subject, prepositions=(("at", end_time),), tense=clause.tense),
            "to",
        )
    if first is not None and end_time is not None:
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
        yield (
            Clause(end, clause.subject, prepositions=(("at", end_time),), tense=clause.tense),
            "to",
        )


def times_of(clause: Clause) -> tuple[tuple[str, Phrase], ...]:
    """When something is, with the prepositions that say so."""
    return tuple(argument for argument in clause.prepositions if is_time(argument[1], argument[0]))


def _timed(phrase: Phrase) -> bool:
    return is_time(phrase, "at")
