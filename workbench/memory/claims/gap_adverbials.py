"""Fills the gap of a question for an adverbial: time, duration, frequency, place, preposition."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.language.coreference import is_person
from ingest.language.nouns import singular
from ingest.language.numerals import cardinals
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import exclusive, groups_of, measures, words
from workbench.memory.claims.gap_amounts import amount_of
from workbench.memory.claims.roles import Gap, answer_text, receiver

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
        and not (p == "to" and (_is_rescheduled(clause) or _is_goal(gap)))
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


def _is_goal(gap: Gap) -> bool:
    """Whether “to Saturday” says to what something changed, and not until when it lasted."""
    return gap.query.tense == "past" and gap.clause.role("from") is None


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


def place_of(gap: Gap) -> str:
    """The place with its preposition."""
    if not gap.roles_match() or gap.query.verb == "do":
        return ""
    moving = gap.clause.verb in words("travel")
    query_phrases = [phrase for _, phrase in gap.query.prepositions]
    places = [
        (p, t)
        for p, t in gap.clause.prepositions
        if (p in words("place") or "_" in p or (p in words("motion") and moving))
        and not (is_time(t, p) or p == "because_of" or t.kind == "clause")
        and not any(gap.same(a, t) for a in query_phrases)
    ]
    if gap.clause.verb == "work" and not places:
        # “works for Danfoss”
        places = [(p, t) for p, t in gap.clause.prepositions if p == "for" and t.kind == "name"]
    if places:
        subject = gap.clause.subject
        start = subject.start if subject is not None else 0
        # “In act 4 Ida finds the ring under the stairs”
        places.sort(key=lambda item: item[1].start < start)
        preposition, phrase = (
            next(((p, t) for p, t in places if p == "to"), places[0]) if moving else places[0]
        )
        place = _extended_place(gap, phrase, places)
        text = _with_preposition(preposition, place)
        # “moved from room 5”: it was in room 5, but not in these words
        return text if text in gap.text else place.text
    inside = gap.clause.subject.inside if gap.clause.subject is not None else ()
    modifiers = [(p, t) for p, t in inside if p in words("place") and not is_time(t, p)]
    if gap.clause.verb == gap.query.verb == "be" and modifiers and not query_phrases:
        # “dinner at Mario's is at seven”
        return _with_preposition(*modifiers[0])
    if gap.clause.verb in ("be", "stay", "lodge") and gap.clause.complement is None:
        holder = gap.clause.role("with")
        if holder is not None:
            return f"with {holder.text}"
    return next((a for a in gap.clause.adverbs if a in words("whereabouts")), "")


def _extended_place(gap: Gap, place: Phrase, phrases: Sequence[tuple[str, Phrase]]) -> Phrase:
    """“the drawer under the oven”: a place with the phrases right after it."""
    text, end = gap.text, place.end
    for preposition, more in phrases:
        between = text[end : more.start].strip(" ,").lower().replace(" ", "_")
        if (
            more.start > end
            and more.kind != "number"
            and between == preposition
            and text[place.start : end]
        ):
            end = more.end
    return place if end == place.end else replace(place, text=text[place.start : end], end=end)


def prepositional_object(gap: Gap, preposition: str) -> str:
    """The object of a preposition, or of an equivalent one."""
    if preposition == "to" and gap.question.wh in ("who", "whom"):
        phrase = receiver(gap.clause)
        return answer_text(phrase) if phrase is not None and gap.roles_match() else ""
    if preposition == "of":
        for role in ("complement", "object", "subject"):
            candidate, query = gap.clause.role(role), gap.query.role(role)
            if candidate is None or query is None or candidate.owner is None:
                continue
            possessed = replace(candidate, owner=query.owner)
            if gap.same(query, possessed) and gap.roles_match(role):
                return answer_text(candidate.owner)
    if not gap.roles_match():
        return ""
    alternatives = {"in": ("in", "at", "on"), "at": ("at", "in"), "on": ("on", "in", "at")}.get(
        preposition, (preposition,)
    )
    subject = gap.clause.subject
    phrases = (*gap.clause.prepositions, *(subject.inside if subject is not None else ()))
    for alternative in alternatives:
        for prep, phrase in phrases:
            if (
                prep == alternative
                and not is_time(phrase, prep)
                and gap.has_sort(phrase)
                and (alternative == preposition or gap.question.noun)
            ):
                if gap.question.wh == "where":
                    # “from a nursery in Wells”
                    places = [item for item in phrases if item[0] in words("place")]
                    phrase = _extended_place(gap, phrase, places)
                return answer_text(phrase)
    return ""


def _with_preposition(preposition: str, phrase: Phrase) -> str:
    if preposition == "to" or (phrase.kind == "name" and preposition in ("in", "at")):
        return phrase.text
    return f"{preposition.replace('_', ' ')} {phrase.text}"
