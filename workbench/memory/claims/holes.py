"""Fills the open role of a question from one claim.

What stands there must be of the sort that is asked for: a clock time for “what time”, an amount
with its unit for “how heavy”, a hall for “which hall”.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.language.coreference import is_person
from ingest.language.key_values import is_code
from ingest.language.nouns import singular
from ingest.language.numerals import cardinals
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.times import day_of, is_time, recurs
from ingest.language.verbs import verb_of
from ingest.language.word_lists import exclusive, groups_of, kinship, measures, opposites, words
from workbench.memory.claims.claim_set import ClaimSet, DatedClaim, words_of
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.identity import literally, same, whose
from workbench.memory.claims.roles import Fit, fit_of, receiver, roles_fit
from workbench.memory.claims.yes_no import compared

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
#: What begins a clause that says more of a thing than which it is.
_COMMENT = re.compile(r", (?:which|who|whose|where|when) ")
_EVENT = ("before", "after", "during")
#: Prepositions before what something is about.
_TOPICAL = ("about", "on", "for", "regarding", "concerning", "of")
_DAYS = ("today", "tomorrow", "yesterday", "tonight", "daily")
#: Letters of a noun that ends a compound by no chance.
_LONG = 5
#: Characters to the thing of a preposition that stands right behind another thing.
_NEXT = 12


def clock(text: str) -> bool:
    """Whether a text may name a time of the day."""
    return bool(_CLOCK.search(text))


class Hole:
    """The open role of a question beside one claim."""

    def __init__(self, question: Question, dated: DatedClaim, claim_set: ClaimSet) -> None:
        self.question = question
        self.query = question.clause
        self.dated = dated
        self.clause = dated.clause
        self.claim_set = claim_set
        self.identities = claim_set.identities
        #: Whether what is asked about stands only in what was told just before.
        self.contextual = False

    def value(self) -> str:
        """What stands in the open role; "" where the claim does not answer."""
        text = _COMMENT.split(self._filled())[0]
        return _complete_amount(text, self.dated) if text else ""

    def _filled(self) -> str:
        hole = self.question.hole
        if self.query.condition and self.query.verb in ("happen", "mean", "do"):
            return self._outcome()
        if hole.startswith("to:"):
            return self._preposition(hole[3:])
        find = getattr(self, f"_{hole}", None)
        return find() if find is not None else ""

    def _outcome(self) -> str:
        """What is so on a condition: “what happens if the alarm goes off?”"""
        subject, text, condition = (
            self.query.subject,
            self.dated.statement.text,
            self.clause.condition,
        )
        anybody = subject is None or subject.kind == "pronoun"
        if not condition or not (anybody or self._same(subject, self.clause.subject)):
            return ""
        consequence = text.replace(condition, "").strip(" ,.")
        return consequence if consequence in text and not re.search(r"[;.!?] ", consequence) else ""

    def _roles(self, *but: str) -> bool:
        if roles_fit(self.query, self.clause, self.identities, *but):
            return True
        state = self.question.state
        return state is not None and roles_fit(state, self.clause, self.identities, *but)

    def _same(self, query: Phrase | None, candidate: Phrase | None) -> bool:
        return same(query, candidate, self.identities)

    # -- places and other prepositions

    def _place(self) -> str:
        if not self._roles() or self.query.verb == "do":
            return ""
        moving = self.clause.verb in words("travel")
        query_phrases = [phrase for _, phrase in self.query.prepositions]
        places = [
            (p, t)
            for p, t in self.clause.prepositions
            if (p in words("place") or "_" in p or (p in words("motion") and moving))
            and not (is_time(t, p) or p == "because_of" or t.kind == "clause")
            and not any(self._same(a, t) for a in query_phrases)
        ]
        if self.clause.verb == "work" and not places:
            # “works for Danfoss”
            places = [
                (p, t) for p, t in self.clause.prepositions if p == "for" and t.kind == "name"
            ]
        if places:
            subject = self.clause.subject
            start = subject.start if subject is not None else 0
            # “In act 4 Ida finds the ring under the stairs”
            places.sort(key=lambda item: item[1].start < start)
            preposition, phrase = (
                next(((p, t) for p, t in places if p == "to"), places[0]) if moving else places[0]
            )
            place = self._extended_place(phrase, places)
            text = _with(preposition, place)
            # “moved from room 5”: it was in room 5, but that is not how it was told
            return text if text in self.dated.statement.text else place.text
        inside = self.clause.subject.inside if self.clause.subject is not None else ()
        modifiers = [(p, t) for p, t in inside if p in words("place") and not is_time(t, p)]
        if self.clause.verb == self.query.verb == "be" and modifiers and not query_phrases:
            # “dinner at Mario's is at seven”
            return _with(*modifiers[0])
        if self.clause.verb == "be" and self.clause.complement is None:
            holder = self.clause.role("with")
            if holder is not None:
                return f"with {holder.text}"
        return next((a for a in self.clause.adverbs if a in words("whereabouts")), "")

    def _extended_place(self, place: Phrase, phrases: Sequence[tuple[str, Phrase]]) -> Phrase:
        """“the drawer under the oven”: a place with those that stand right behind it."""
        text, end = self.dated.statement.text, place.end
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

    def _preposition(self, preposition: str) -> str:
        if preposition == "to" and self.question.wh in ("who", "whom"):
            phrase = receiver(self.clause)
            return _answer_text(phrase) if phrase is not None and self._roles() else ""
        if preposition == "of":
            for role in ("complement", "object", "subject"):
                candidate, query = self.clause.role(role), self.query.role(role)
                if candidate is None or query is None or candidate.owner is None:
                    continue
                possessed = replace(candidate, owner=query.owner)
                if self._same(query, possessed) and self._roles(role):
                    return _answer_text(candidate.owner)
        if not self._roles():
            return ""
        alternatives = {"in": ("in", "at", "on"), "at": ("at", "in"), "on": ("on", "in", "at")}.get(
            preposition, (preposition,)
        )
        subject = self.clause.subject
        phrases = (*self.clause.prepositions, *(subject.inside if subject is not None else ()))
        for alternative in alternatives:
            for prep, phrase in phrases:
                if (
                    prep == alternative
                    and not is_time(phrase, prep)
                    and self._sort(phrase)
                    and (alternative == preposition or self.question.noun)
                ):
                    if self.question.wh == "where":
                        # “from a nursery in Wells”
                        places = [item for item in phrases if item[0] in words("place")]
                        phrase = self._extended_place(phrase, places)
                    return _answer_text(phrase)
        return ""

    # -- time

    def _time(self) -> str:
        clause, query = self.clause, self.query
        complement = clause.complement if clause.verb == query.verb == "be" else None
        timed = complement is not None and complement.kind == "time" and query.complement is None
        if complement is not None and timed and self._same(query.subject, clause.subject):
            fits = self._prepositions() and self._time_sort(complement)
            return self._with_clock(complement) if fits else ""
        born = query.verb == "be" and clause.verb == "born" and query.subject is not None
        if born and query.subject is not None and query.subject.head == "birthday":
            days = [t.text for p, t in clause.prepositions if is_time(t, p)]
            his = days and self._same(query.subject.owner, clause.subject)
            return re.sub(r",? *\d{4}$", "", days[0]) if his else ""
        if not self._roles():
            return ""
        query_times = [t.text.lower() for p, t in query.prepositions if is_time(t, p)]
        times = [
            (p, t)
            for p, t in clause.prepositions
            if (is_time(t, p) or (t.kind == "clause" and p in ("until", "before", "after")))
            and t.text.lower() not in query_times
            and self.question.adjective in ("", p)
            and self._time_sort(t)
            and not (p == "to" and _is_rescheduled(clause))
        ]
        if not times:
            times = [(p, t) for p, t in clause.prepositions if p in _EVENT and _is_event(t)]
        # “twice a year, in April and October”: how often is not when
        text = self._run_on(times) if times and times[0][1].mods & words("every") else ""
        times = [(p, t) for p, t in times if p or not _FREQUENCY.match(t.text)] or times
        text = text or self._run_on(times)
        if text:
            return text
        day = self._day(times)
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
        if not day_adverbs or self.question.adjective:
            return ""
        occurrence = re.search(
            rf"\b{re.escape(day_adverbs[0])}\b", self.dated.statement.text, re.IGNORECASE
        )
        return occurrence[0] if occurrence else day_adverbs[0]

    def _with_clock(self, day: Phrase) -> str:
        """“next Thursday at 14:00”, where it is not asked for the day."""
        times = [(p, t) for p, t in self.clause.prepositions if is_time(t, p)]
        return day.text if self.question.noun else self._run_on([("", day), *times]) or day.text

    def _run_on(self, times: Sequence[tuple[str, Phrase]]) -> str:
        """“Tuesday at 3pm”, “Monday from 2 to 4”: times that follow one another, "" for one."""
        text = self.dated.statement.text
        first = times[0] if times else None
        final = first[1] if first is not None else None
        for preposition, more in times[1:]:
            if (
                final is not None
                and text[final.end : more.start].strip(" ,").lower() == preposition
            ):
                final = more
        if first is None or final is None or final is first[1]:
            return ""
        span = text[first[1].start : final.end]
        return f"between {span}" if first[0] == "between" else span

    def _day(self, times: Sequence[tuple[str, Phrase]]) -> str:
        """“tomorrow at 8pm”: an adverb with the time that stands beside it."""
        if self.question.noun or self.question.adjective or len(times) != 1:
            return ""
        text = self.dated.statement.text
        prefix = text[: times[0][1].start].rstrip().removesuffix(times[0][0]).rstrip()
        for day in _DAYS:
            if day in self.clause.adverbs and prefix.lower().endswith(day):
                return text[len(prefix) - len(day) : times[0][1].end]
        return ""

    def _time_sort(self, phrase: Phrase) -> bool:
        noun = self.question.noun
        text = phrase.text.lower()
        if noun == "time":
            return clock(text) and not (groups_of(phrase.head) or re.search(r"\d{4}", text))
        if noun in ("day", "weekday"):
            return "weekday" in groups_of(phrase.head) or (
                bool(re.search(r"\d", text)) and ":" not in text
            )
        if noun == "year":
            return bool(re.search(r"\d{4}", text))
        if noun == "month":
            return bool({singular(w) for w in text.split()} & set(exclusive()["month"]))
        return True

    def _duration(self) -> str:
        clause, query = self.clause, self.query
        endpoint = clause.role("until") or clause.role("till")
        if query.verb == "be" and query.complement is not None and endpoint is not None:
            return f"until {endpoint.text}" if self._roles() else ""
        if query.verb == "be":
            return self._amount()
        if not self._roles():
            return ""
        phrase = (clause.object if query.object is None else None) or clause.role("for")
        amount = phrase is not None and (phrase.number or phrase.determiner in ("a", "an"))
        if phrase is not None and amount and phrase.head in measures()["long"].units:
            return phrase.text
        onset = clause.role("since")
        return f"since {onset.text}" if onset is not None else ""

    def _frequency(self) -> str:
        if not self._roles():
            return ""
        for text in (*self.clause.adverbs, *(t.text for _, t in self.clause.prepositions)):
            match = _FREQUENCY.search(text)
            if match:
                return match[0]
        return ""

    def _reason(self) -> str:
        if not self._roles():
            return ""
        if self.clause.reason is not None:
            return self.clause.reason.text
        cause = self.clause.role("because_of") or self.clause.role("due_to")
        purpose = self.clause.role("for")
        if cause is None and purpose is not None and purpose.head in words("ground"):
            # “for health reasons”
            cause = purpose
        return cause.text if cause is not None else ""

    def _manner(self) -> str:
        if self.query.verb in ("be", "do") or not self._roles():
            return ""
        instrument = self.clause.role("by")
        if instrument is None and self.clause.complement is not None:
            return self.clause.complement.text
        return (
            f"by {instrument.text}" if instrument is not None and instrument.kind == "noun" else ""
        )

    # -- amounts

    def _amount(self) -> str:
        quality = self.question.adjective
        verbs, nouns, units = measures().get(quality, ((), (), ()))
        clause, subject = self.clause, self.clause.subject
        if clause.verb == "born" and quality == "old":
            return self._age()
        if clause.verb == "be" and subject is not None and subject.head in nouns:
            # “my weight is 71 kg”
            complement = (
                clause.complement if self._same(self.query.subject, subject.owner) else None
            )
            return complement.text if complement is not None and complement.number else ""
        if clause.verb not in verbs or not self._same(self.query.subject, clause.subject):
            return ""
        if self.query.complement is not None or self.query.object is not None:
            return ""
        if any(
            self._fit(*adjunct) not in ("same", "missing") for adjunct in self.query.prepositions
        ):
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

    def _age(self) -> str:
        """How old somebody is who was born on a day."""
        if self.query.tense != "present" or not self._same(self.query.subject, self.clause.subject):
            return ""
        days = [t for p, t in self.clause.prepositions if is_time(t, p)]
        born = day_of(days[0].text) if len(days) == 1 else None
        today = self.claim_set.today
        if born is None or today is None or born > today:
            return ""
        return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))

    def _price(self) -> str:
        clause, query = self.clause, self.query
        if query.verb in ("be", "cost") and clause.verb in ("be", "cost"):
            if not self._same(query.subject, clause.subject):
                return ""
            if any(fit_of(p, t, clause, self.identities) != "same" for p, t in query.prepositions):
                return ""
            phrase = clause.complement if clause.verb == "be" else clause.object
            if phrase is None or not (phrase.number or phrase.kind == "number"):
                return ""
            money = words("money") & {*phrase.words, phrase.text[:1]} or any(
                c in phrase.text for c in "£$€"
            )
            return phrase.text if money or clause.verb == "cost" or phrase.kind == "number" else ""
        if self._roles() and clause.object is not None and clause.object.number:
            return clause.object.text
        if self._roles() and query.object is not None:
            price = clause.role("for")
            return price.text if price is not None and price.number else ""
        return ""

    def _count(self) -> str:
        query, clause = self.query, self.clause
        if not query.verb:
            # “how many riders?”
            roles = (clause.subject, clause.object, clause.complement, clause.second)
            phrases = (*roles, *(phrase for _, phrase in clause.prepositions))
            return next(filter(None, map(self._number_of, phrases)), "")
        if (
            query.verb == "have"
            and clause.verb in ("have", "own", "hold", "contain", "seat")
            and self._same(query.subject, clause.subject)
        ):
            return self._number_of(clause.object) if self._prepositions() else ""
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
            if is_countable and subject.head == self.question.noun and not subject.number:
                return (
                    str(len(complement.members)) if self._same(query.subject, subject.owner) else ""
                )
        if query.verb == "be" and query.subject is None:
            if clause.verb == "be" and self._prepositions():
                if query.complement is not None:
                    fits = self._same(query.complement, clause.complement)
                else:
                    # “two of the five chairs are wet” does not say how many there are
                    part = subject is not None and subject.determiner == "some"
                    fits = not part or bool(query.prepositions)
                return self._number_of(clause.subject) if fits else ""
            if clause.verb in ("have", "hold", "contain", "seat"):
                has_name = clause.object is not None and bool(clause.object.names)
                holder = clause.subject
                is_place = holder is not None and holder.kind == "noun" and not is_person(holder)
                inside = ((has_name or is_place) and not query.prepositions) or any(
                    p in ("in", "at", "on") and self._same(t, clause.subject)
                    for p, t in query.prepositions
                )
                return self._number_of(clause.object) if inside else ""
            return ""
        if verb_fits(query.verb, clause.verb) != 1:
            return ""
        if query.subject is not None:
            amounts = (
                (clause.object, clause.role("for"), complement) if self._roles("object") else ()
            )
            return next(filter(None, map(self._number_of, amounts)), "")
        return self._number_of(clause.subject) if self._roles("subject") else ""

    def _prepositions(self) -> bool:
        return all(self._fit(*adjunct) == "same" for adjunct in self.query.prepositions)

    def _fit(self, preposition: str, phrase: Phrase) -> Fit:
        return fit_of(preposition, phrase, self.clause, self.identities)

    def _number_of(self, phrase: Phrase | None) -> str:
        if phrase is None:
            return ""
        if any(member.head == "one" for member in phrase.members):
            return ""
        if phrase.members and all(m.head == self.question.noun for m in phrase.members):
            return str(len(phrase.members))
        unit = phrase.number and phrase.head in words("unit") and not phrase.members
        of = phrase.owner if unit else None
        if of is not None and of.head == self.question.noun and self.question.mods <= of.mods:
            return self._with_frequency(phrase)
        if phrase.head != self.question.noun or not self.question.mods <= phrase.mods:
            return ""
        numeral = phrase.text.split()[0] if phrase.text.lower().startswith("one ") else ""
        return phrase.number or numeral

    def _with_frequency(self, amount: Phrase) -> str:
        """“5 mg of zinc twice a day”: an amount with how often it is so, told right behind it."""
        text = self.dated.statement.text
        times = [t for p, t in self.clause.prepositions if is_time(t, p) and recurs(t)]
        ends = (t.end for t in times if not text[amount.end : t.start].strip())
        return text[amount.start : next(ends, amount.end)]

    # -- things

    def _owner(self) -> str:
        question, query, clause = self.question, self.query, self.clause
        noun = question.noun
        if clause.verb == "own" and self._same(query.subject, clause.object):
            return _answer_text(clause.subject)
        if noun:
            is_pronoun = query.subject is not None and query.subject.head == "it"
            if is_pronoun and clause.verb == "own" and clause.object is not None:
                # “whose bike is it?”
                return _answer_text(clause.subject) if clause.object.head == noun else ""
            if query.subject is None or query.verb in ("have",):
                for role in ("subject", "object"):
                    phrase = clause.role(role)
                    owner = whose(phrase) if phrase is not None and phrase.head == noun else None
                    if owner is not None and owner.kind != "pronoun" and self._roles(role):
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
                if complement.owner is not None and self._same(query.subject, counterpart):
                    return _answer_text(complement.owner)
            return ""
        phrase, complement, subject = query.subject, clause.complement, clause.subject
        if phrase is None:
            return ""
        owner = subject.owner if subject is not None and subject.head == phrase.head else None
        has_name = owner is not None and owner.kind != "pronoun" and phrase.owner is None
        being = clause.verb == "be"
        if being and has_name and query.verb == "be" and self._same(query.complement, complement):
            return _answer_text(owner)
        if not being or complement is None or query.complement or complement.head != phrase.head:
            return ""
        return _answer_text(complement.owner) if self._same(phrase, subject) else ""

    def _complement(self) -> str:
        query, clause = self.query, self.clause
        if (
            clause.verb != "be"
            or query.verb != "be"
            or query.subject is None
            or clause.subject is None
        ):
            return ""
        if self.question.noun in ("colour", "color"):
            return self._colour()
        if not self._prepositions() or (
            self.dated.claim.derived == "kin" and not clause.complement
        ):
            return ""
        complement, subject = clause.complement, clause.subject
        status = query.subject.head in words("status")
        times = [(p, t) for p, t in clause.prepositions if is_time(t, p)]
        if complement is None and times and query.subject.head in ("hour", "time", "date"):
            # “The office hours are from 2 to 5”
            return self._run_on(times) if self._same(query.subject, subject) else ""
        if complement is None or (self.dated.claim.derived == "state" and not status):
            return ""
        if query.subject.head in ("job", "profession") and same(query.subject.owner, subject):
            return self._trade(complement)
        if (
            query.subject.head == "name"
            and not query.subject.mods - words("whole")
            and query.subject.owner is not None
            and complement.kind == "name"
            and same(query.subject.owner, subject, self.identities)
            and subject.kind != "name"
        ):
            return complement.text
        itself = any(
            literally(query.subject, alternative)
            for alternative in (complement, *complement.members)
        )
        if self._same(query.subject, subject) and not itself:
            name = complement.names[0].text if complement.names else ""
            if self.question.wh == "who" and name not in complement.text:
                # “a former sprinter, Ann Holm”
                return name
            text = (
                self._with_clock(complement)
                if complement.kind == "time"
                else self._with_goal(complement)
            )
            return text if self._answers(complement, subject) else ""
        # Two people's grade is A: that makes neither grade the other.
        is_inverted = (
            literally(query.subject, complement, self.identities) and complement.kind != "adjective"
        )
        is_inverted = is_inverted and not literally(query.subject, subject)
        return subject.text if is_inverted and self._answers(subject, complement) else ""

    def _with_goal(self, phrase: Phrase) -> str:
        """“The way to the sea”: a noun with what it leads to, right behind it."""
        text = self.dated.statement.text
        for preposition, to in self.clause.prepositions:
            is_adjacent = text[phrase.end : to.start].strip().lower() == preposition == "to"
            if is_adjacent and phrase.kind == "noun" and not (phrase.number or is_time(to, "to")):
                return text[phrase.start : to.end]
        return phrase.text

    def _answers(self, phrase: Phrase, topic: Phrase) -> bool:
        """Whether a thing may answer who or what the other one is."""
        question = self.question
        if not phrase.text:
            return False
        if question.noun and not self._sort(phrase):
            return False
        if phrase.kind == "pronoun" and phrase.head not in ("i", "we"):
            return False
        query_subject = self.query.subject
        # “the van's VIN” is no name of anybody
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

    def _colour(self) -> str:
        clause, query = self.clause, self.query
        complement = clause.complement if self._same(query.subject, clause.subject) else None
        if complement is not None and complement.words & set(exclusive()["colour"]):
            return complement.text if complement.kind == "adjective" else _colours(complement)
        for phrase in (clause.subject, clause.object):
            if phrase is not None and self._same(query.subject, phrase):
                colour = _colours(phrase)
                if colour:
                    return colour
        return ""

    def _subject(self) -> str:
        query, clause = self.query, self.clause
        state = any(adverb in opposites() for adverb in query.adverbs)
        if query.verb == "be" and not (query.complement or query.prepositions or state):
            return self._enumeration()
        standard, lower = query.role("than"), clause.role("than")
        if (
            (standard is not None and lower is not None)
            and (query.complement and clause.complement)
            and compared(query.complement, clause.complement) < 0
        ):
            # “Who is younger than Ann?”, where Ann is older than Ben
            is_answer = self._same(standard, clause.subject) and self._sort(lower)
            return _answer_text(lower) if is_answer and not clause.negated else ""
        if clause.subject is None or not self._roles("subject"):
            return ""
        subject = clause.subject
        if self._is_key(subject):
            return _answer_text(clause.complement) if clause.complement is not None else ""
        if not subject.text or (subject.kind == "pronoun" and subject.head not in ("i", "we")):
            return ""
        if not self._sort(subject):
            return ""
        if self.question.wh == "who" and subject.kind == "noun":
            if is_person(subject) is False and subject.head in ("it", "thing"):
                return ""
            name = next(
                (
                    b
                    for a, b in self.identities
                    if a.kind == "noun" and literally(subject, a) and literally(a, subject)
                ),
                None,
            )
            if name is not None:
                return name.text
            if subject.names:
                return subject.names[0].text
        return _answer_text(subject)

    def _is_key(self, subject: Phrase) -> bool:
        """“Which book is on the shelf?”, where “the book on the shelf is Emma” says which."""
        complement, query = self.clause.complement, self.query
        has_name = (
            complement is not None
            and complement.kind in ("name", "number")
            and self.clause.verb == "be"
        )
        is_plain = query.verb == "be" and query.complement is None and not self.clause.prepositions
        return has_name and is_plain and subject.head == self.question.noun

    def _enumeration(self) -> str:
        """“Which rooms are there?” where somebody or something has rooms, which are named."""
        phrase = self.clause.object
        if phrase is None or not phrase.names:
            return ""
        return phrase.names[0].text if phrase.head == self.question.noun else ""

    def _reported(self) -> str:
        """What somebody says of what is asked about: “risky” of “Tom thinks the plan is risky”."""
        query, report = self.query, self.clause.object
        topic = query.role("about") or query.role("of")
        pattern = replace(query, prepositions=())
        if topic is None or report is None or not roles_fit(pattern, self.clause, self.identities):
            return ""
        for dated in self.claim_set.claims:
            inner = dated.clause
            if dated.statement is not self.dated.statement or inner.modality != "quoted":
                continue
            phrases = (inner.subject, inner.object, inner.complement)
            if not any(t is not None and report.start <= t.start < report.end for t in phrases):
                continue
            if inner.subject is None or not self._same(topic, inner.subject):
                continue
            if inner.verb == "be" and inner.complement is not None and not inner.negated:
                return inner.complement.text
            start = max(phrase.end for phrase in (inner.subject, *inner.subject.names))
            start = max(start, report.start)
            return self.dated.statement.text[start : report.end].strip(" ,")
        return ""

    def _object(self) -> str:
        if self.query.verb in words("think") and self.clause.object is not None:
            reported = self._reported()
            if reported:
                return reported
        phrase = self.clause.object
        if phrase is None and self.query.verb in ("read", "say"):
            phrase = self.clause.complement
        if phrase is not None and phrase.kind == "clause" and self._of_topic(phrase):
            return phrase.text
        if self.question.noun in ("colour", "color") or not self._roles("object"):
            return ""
        state = self.question.state
        if phrase is None and self.clause.verb in words("choose"):
            # “decided on Redis”
            phrase = self.clause.role("on") or self.clause.role("for")
        if state is not None and roles_fit(state, self.clause, self.identities, "subject"):
            # “What is broken?”
            phrase = self.clause.subject
        if self.question.wh in ("who", "whom") and phrase is not None and phrase.number:
            # “Who do I pay?”: nobody is 75 euros
            phrase = self.clause.second
        if phrase is None or not phrase.text or not self._sort(phrase):
            return ""
        if phrase.names and self.question.noun:
            return phrase.names[0].text
        return (
            self._distinguished(phrase)
            if phrase.words == {self.question.noun}
            else _answer_text(phrase)
        )

    def _of_topic(self, content: Phrase) -> bool:
        """Whether what was decided, learned … is about what a question names, if it names any.

        That may have been told just before: of a meeting on hosting, then what was decided.
        """
        topics = [t for p, t in self.query.prepositions if p in _TOPICAL and not is_time(t, p)]
        remaining = tuple(
            adjunct for adjunct in self.query.prepositions if adjunct[1] not in topics
        )
        query = replace(self.query, prepositions=remaining)
        if not topics or not roles_fit(query, self.clause, self.identities, "object"):
            return False
        if content.text.lower().startswith(("he ", "she ", "they ")):
            # of whom that is said was not found out
            return False
        statement = self.dated.statement
        statement_words, context_words = (
            words_of(statement.text),
            words_of(*self.claim_set.context_of(statement)),
        )
        topic_words = frozenset[str]().union(*(topic.words for topic in topics))
        self.contextual = not topic_words <= statement_words
        return topic_words <= statement_words | context_words

    def _distinguished(self, phrase: Phrase) -> str:
        """“The letter from Bath” where it is asked which letter: the bare noun answers nothing."""
        following = [t for _, t in self.clause.prepositions if 0 < t.start - phrase.end < _NEXT]
        if phrase.owner is not None or phrase.inside or phrase.relatives:
            return phrase.text
        text = self.dated.statement.text
        return text[phrase.start : following[0].end] if following else ""

    def _second(self) -> str:
        phrase = receiver(self.clause)
        return _answer_text(phrase) if phrase is not None and self._roles("second") else ""

    def _deed(self) -> str:
        """What somebody does for a living, or is to do."""
        complement = self.clause.complement
        if self.query.modality == "obliged":
            return self._to_do()
        if self.clause.verb != "be" or complement is None or self.query.prepositions:
            return ""
        return (
            self._trade(complement) if self._same(self.query.subject, self.clause.subject) else ""
        )

    def _to_do(self) -> str:
        """“Call Ann” where it is asked what there is to do on Friday."""
        task = self.clause.object if self.clause.verb == "do" else None
        if task is None or task.kind != "clause" or not task.text:
            return ""
        if not self._same(self.query.subject, self.clause.subject):
            return ""
        task_words = {singular(word) for word in re.findall(r"[\w'’:.-]*\w", task.text)}
        text = task.text
        for preposition, phrase in self.query.prepositions:
            if not {singular(word) for word in phrase.text.split()} - {"the"} <= task_words:
                return ""
            # what was named in the question need not be said again
            mention = rf" (?:{re.escape(preposition)} )?{re.escape(phrase.text)}$"
            text = re.sub(mention, "", text, flags=re.IGNORECASE)
        return text

    def _trade(self, phrase: Phrase) -> str:
        """What somebody is, where that may be a trade."""
        is_occupation = phrase.determiner in ("a", "an") or (
            is_person(phrase) and phrase.text != phrase.head
        )
        is_specific = phrase.owner or phrase.determiner == "the" or phrase.kind != "noun"
        return phrase.text if is_occupation and not is_specific else ""

    def _sort(self, phrase: Phrase) -> bool:
        """Whether a thing is of the sort that is asked for: “which hall”: hall 7."""
        noun = self.question.noun
        if not noun or noun in phrase.words or any(noun in m.words for m in phrase.members):
            return self.question.mods <= phrase.words
        group = self.clause.role("of")
        if group is not None and phrase is self.clause.subject and noun == group.head:
            # “of the three ovens, Ida's is the best”
            return True
        if noun in ("sport", "game") and phrase.determiner == "the":
            # one plays the violin, but football
            return False
        if noun in words("code_noun"):
            return is_code(phrase.text)
        units = [measure.units for measure in measures().values() if noun in measure.nouns]
        if units and noun not in words("figure"):
            return phrase.kind == "number" or any(phrase.head in units_of for units_of in units)
        if noun in words("figure"):
            return phrase.kind == "number"
        if noun in words("generic"):
            return phrase.kind in ("name", "noun") and not phrase.number
        # a Fairphone is a phone, headphones are none
        compound = phrase.kind == "name" and len(noun) >= _LONG and phrase.head.endswith(noun)
        return compound or any(self._same(kind, phrase) for kind in self._kinds(noun))

    def _kinds(self, noun: str) -> Iterator[Phrase]:
        for left, right in self.identities:
            if noun in left.words:
                yield right


def _is_rescheduled(clause: Clause) -> bool:
    """Whether a clause with be says that something was moved: to when it was, it was not before."""
    state = clause.complement.head if clause.complement is not None else ""
    return verb_of(state, "participle") in words("change")


def _is_event(phrase: Phrase) -> bool:
    """Whether something may be before or after what a thing names: “before use”."""
    return phrase.kind == "noun" and not is_person(phrase) and not phrase.number


def _with(preposition: str, phrase: Phrase) -> str:
    if preposition in ("to",) or (phrase.kind == "name" and preposition in ("in", "at")):
        return phrase.text
    return f"{preposition.replace('_', ' ')} {phrase.text}"


def _colours(phrase: Phrase) -> str:
    """The words for colours among those of a thing, as they stand."""
    colours = exclusive()["colour"]
    return " ".join(word for word in phrase.text.split() if word.lower().strip(",") in colours)


def _answer_text(phrase: Phrase | None) -> str:
    if phrase is None:
        return ""
    return "you" if phrase.head in ("i",) and phrase.kind == "pronoun" else phrase.text


def _complete_amount(amount: str, dated: DatedClaim) -> str:
    """An amount with what it is for and what comes on top: “62 pounds a month plus 5 for gas”."""
    text = dated.statement.text
    start = text.find(amount)
    end, previous = start + len(amount), ""
    for preposition, adjunct in sorted(
        dated.clause.prepositions, key=lambda phrase: phrase[1].start
    ):
        joined = preposition in ("per", "plus") or (previous == "plus" and preposition == "for")
        between = text[end : adjunct.start].strip()
        # “10 mg twice a day”
        joined = joined or (not preposition and amount[:1].isdigit() and recurs(adjunct))
        if joined and adjunct.start > end and between in ("", "per", preposition):
            end, previous = adjunct.end, preposition
    return text[start:end] if start >= 0 else amount
