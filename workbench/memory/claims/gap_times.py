"""Fills the gap of a question for a time: when, how long, how often."""

import re
from collections.abc import Sequence

from ingest.language.coreference import is_person
from ingest.language.nouns import singular
from ingest.language.numerals import cardinals
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import exclusive, groups_of, measures, words
from workbench.memory.claims.gap_amounts import amount_of
from workbench.memory.claims.roles import Gap

_CLOCK = re.compile(
    r"\d|o'clock|noon|midnight|midday|half|quarter"
    rf"|\b(?:{'|'.join(list(cardinals('en'))[1:13])})\b",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    r"\b(?:once|twice|(?:\w+) times|each \w+|every \w+(?: \w+)?|daily|weekly|monthly|yearly"
    r"|always|never|often|seldom|rarely|usually|sometimes)(?: (?:a|an|per|every) \w+)?\b",
    re.IGNORECASE,
)
_EVENT = ("before", "after", "during")
_DAYS = ("today", "tomorrow", "yesterday", "tonight", "daily")


def time_of(gap: Gap) -> str:
    """The time by the times and days of the claim."""
    clause, query = gap.clause, gap.query
    complement = clause.complement if clause.verb == query.verb == "be" else None
    timed = complement is not None and complement.kind == "time" and query.complement is None
    if complement is not None and timed and gap.same(query.subject, clause.subject):
        fits = gap.phrases_match() and _has_time_sort(gap, complement)
        return with_clock(gap, complement) if fits else ""
    born = query.verb == "be" and clause.verb == "born" and query.subject is not None
    if born and query.subject is not None and query.subject.head == "birthday":
        days = [t.text for _, t in gap.times]
        his = days and gap.same(query.subject.owner, clause.subject)
        return re.sub(r",? *\d{4}$", "", days[0]) if his else ""
    if not gap.roles_match():
        return ""
    query_times = [t.text.lower() for p, t in query.prepositions if is_time(t, p)]
    times = [
        (p, t)
        for p, t in clause.prepositions
        if (is_time(t, p) or (t.kind == "clause" and p in ("until", "before", "after")))
        and t.text.lower() not in query_times
        and gap.question.adjective in ("", p)
        and _has_time_sort(gap, t)
        and not (p == "to" and _is_rescheduled(clause))
    ]
    if not times:
        times = [(p, t) for p, t in clause.prepositions if p in _EVENT and _is_event(t)]
    # “twice a year, in April and October”: a frequency is not a time
    text = consecutive_times(gap, times) if times and times[0][1].mods & words("every") else ""
    times = [(p, t) for p, t in times if p or not _FREQUENCY.match(t.text)] or times
    text = text or consecutive_times(gap, times)
    if text:
        return text
    day = _adverb_day(gap, times)
    if day:
        return day
    if times:
        return " ".join(
            f"{p} {t.text}"
            if p in ("before", "after", "until", "till", "since", "between", "by", "to", "from")
            and (n or p not in ("by", "from"))
            else t.text
            for n, (p, t) in enumerate(times[:2])
        )
    day_adverbs = [adverb for adverb in clause.adverbs if adverb in _DAYS]
    if not day_adverbs or gap.question.adjective:
        return ""
    occurrence = re.search(rf"\b{re.escape(day_adverbs[0])}\b", gap.text, re.IGNORECASE)
    return occurrence[0] if occurrence else day_adverbs[0]


def with_clock(gap: Gap, day: Phrase) -> str:
    """“next Thursday at 14:00”, unless only the day is asked for."""
    times = [("", day), *gap.times]
    return day.text if gap.question.noun else consecutive_times(gap, times) or day.text


def consecutive_times(gap: Gap, times: Sequence[tuple[str, Phrase]]) -> str:
    """Consecutive times: “Tuesday at 3pm”, “Monday from 2 to 4”; "" for one."""
    text = gap.text
    first = times[0] if times else None
    final = first[1] if first is not None else None
    for preposition, more in times[1:]:
        if final is not None and text[final.end : more.start].strip(" ,").lower() == preposition:
            final = more
    if first is None or final is None or final is first[1]:
        return ""
    span = text[first[1].start : final.end]
    return f"between {span}" if first[0] == "between" else span


def _adverb_day(gap: Gap, times: Sequence[tuple[str, Phrase]]) -> str:
    """“tomorrow at 8pm”: an adverb with an adjacent time."""
    if gap.question.noun or gap.question.adjective or len(times) != 1:
        return ""
    text = gap.text
    prefix = text[: times[0][1].start].rstrip().removesuffix(times[0][0]).rstrip()
    for day in _DAYS:
        if day in gap.clause.adverbs and prefix.lower().endswith(day):
            return text[len(prefix) - len(day) : times[0][1].end]
    return ""


def _has_time_sort(gap: Gap, phrase: Phrase) -> bool:
    """Whether a time has the requested sort: a clock time, a weekday, a year."""
    noun = gap.question.noun
    text = phrase.text.lower()
    if noun == "time":
        return not (
            _CLOCK.search(text) is None or groups_of(phrase.head) or re.search(r"\d{4}", text)
        )
    if noun in ("day", "weekday"):
        return "weekday" in groups_of(phrase.head) or (
            bool(re.search(r"\d", text)) and ":" not in text
        )
    if noun == "year":
        return bool(re.search(r"\d{4}", text))
    if noun == "month":
        return bool({singular(w) for w in text.split()} & set(exclusive()["month"]))
    return True


def duration_of(gap: Gap) -> str:
    """The duration in a claim, or its end or start; "" if there is none."""
    clause, query = gap.clause, gap.query
    endpoint = clause.role("until") or clause.role("till")
    if query.verb == "be" and query.complement is not None and endpoint is not None:
        return f"until {endpoint.text}" if gap.roles_match() else ""
    if query.verb == "be":
        return amount_of(gap)
    if not gap.roles_match():
        return ""
    phrase = (clause.object if query.object is None else None) or clause.role("for")
    amount = phrase is not None and (phrase.number or phrase.determiner in ("a", "an"))
    if phrase is not None and amount and phrase.head in measures()["long"].units:
        return phrase.text
    onset = clause.role("since")
    return f"since {onset.text}" if onset is not None else ""


def frequency_of(gap: Gap) -> str:
    """The frequency in a claim, such as “every week”; "" if there is none."""
    if not gap.roles_match():
        return ""
    for text in (*gap.clause.adverbs, *(t.text for _, t in gap.clause.prepositions)):
        match = _FREQUENCY.search(text)
        if match:
            return match[0]
    return ""


def _is_rescheduled(clause: Clause) -> bool:
    """Whether a clause with be says that something was moved to a time."""
    state = clause.complement.head if clause.complement is not None else ""
    return verb_of(state, "participle") in words("change")


def _is_event(phrase: Phrase) -> bool:
    """Whether a phrase is an event with a before and after: “before use”."""
    return phrase.kind == "noun" and not is_person(phrase) and not phrase.number
