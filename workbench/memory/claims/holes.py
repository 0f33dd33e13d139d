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
from workbench.memory.claims.endings import verb_fits
from workbench.memory.claims.held import Held, Memory, words_of
from workbench.memory.claims.roles import Fit, fit_of, receiver, roles_fit
from workbench.memory.claims.things import literally, same, whose
from workbench.memory.claims.yes_no import compared

_CLOCK = re.compile(
    r"\d|o'clock|noon|midnight|midday|half|quarter"
    rf"|\b(?:{'|'.join(list(cardinals('en'))[1:13])})\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:once|twice|(?:\w+) times|each \w+|every \w+(?: \w+)?|daily|weekly|monthly|yearly"
    r"|always|never|often|seldom|rarely|usually|sometimes)(?: (?:a|an|per|every) \w+)?\b",
    re.IGNORECASE,
)
#: What begins a clause that says more of a thing than which it is.
_COMMENT = re.compile(r", (?:which|who|whose|where|when) ")
_EVENT = ("before", "after", "during")
#: Prepositions before what something is about.
_ABOUT = ("about", "on", "for", "regarding", "concerning", "of")
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

    def __init__(self, question: Question, held: Held, memory: Memory) -> None:
        self.question = question
        self.asked = question.clause
        self.held = held
        self.clause = held.clause
        self.memory = memory
        self.known = memory.identities
        #: Whether what is asked about stands only in what was told just before.
        self.beside = False

    def value(self) -> str:
        """What stands in the open role; "" where the claim does not answer."""
        said = _COMMENT.split(self._filled())[0]
        return _whole_amount(said, self.held) if said else ""

    def _filled(self) -> str:
        hole = self.question.hole
        if self.asked.condition and self.asked.verb in ("happen", "mean", "do"):
            return self._outcome()
        if hole.startswith("to:"):
            return self._preposition(hole[3:])
        find = getattr(self, f"_{hole}", None)
        return find() if find is not None else ""

    def _outcome(self) -> str:
        """What is so on a condition: “what happens if the alarm goes off?”"""
        who, text, condition = self.asked.subject, self.held.told.text, self.clause.condition
        anybody = who is None or who.kind == "pronoun"
        if not condition or not (anybody or self._same(who, self.clause.subject)):
            return ""
        rest = text.replace(condition, "").strip(" ,.")
        return rest if rest in text and not re.search(r"[;.!?] ", rest) else ""

    def _roles(self, *but: str) -> bool:
        if roles_fit(self.asked, self.clause, self.known, *but):
            return True
        state = self.question.state
        return state is not None and roles_fit(state, self.clause, self.known, *but)

    def _same(self, asked: Phrase | None, told: Phrase | None) -> bool:
        return same(asked, told, self.known)

    # -- places and other prepositions

    def _place(self) -> str:
        if not self._roles() or self.asked.verb == "do":
            return ""
        moving = self.clause.verb in words("travel")
        asked = [thing for _, thing in self.asked.prepositions]
        found = [
            (p, t)
            for p, t in self.clause.prepositions
            if (p in words("place") or "_" in p or (p in words("motion") and moving))
            and not (is_time(t, p) or p == "because_of" or t.kind == "clause")
            and not any(self._same(a, t) for a in asked)
        ]
        if self.clause.verb == "work" and not found:
            # “works for Danfoss”
            found = [(p, t) for p, t in self.clause.prepositions if p == "for" and t.kind == "name"]
        if found:
            subject = self.clause.subject
            start = subject.start if subject is not None else 0
            # “In act 4 Ida finds the ring under the stairs”
            found.sort(key=lambda each: each[1].start < start)
            preposition, thing = (
                next(((p, t) for p, t in found if p == "to"), found[0]) if moving else found[0]
            )
            place = self._going_on(thing, found)
            said = _with(preposition, place)
            # “moved from room 5”: it was in room 5, but that is not how it was told
            return said if said in self.held.told.text else place.text
        inside = self.clause.subject.inside if self.clause.subject is not None else ()
        beside = [(p, t) for p, t in inside if p in words("place") and not is_time(t, p)]
        if self.clause.verb == self.asked.verb == "be" and beside and not asked:
            # “dinner at Mario's is at seven”
            return _with(*beside[0])
        if self.clause.verb == "be" and self.clause.complement is None:
            holder = self.clause.role("with")
            if holder is not None:
                return f"with {holder.text}"
        return next((a for a in self.clause.adverbs if a in words("whereabouts")), "")

    def _going_on(self, thing: Phrase, found: Sequence[tuple[str, Phrase]]) -> Phrase:
        """“the drawer under the oven”: a place with those that stand right behind it."""
        text, end = self.held.told.text, thing.end
        for preposition, more in found:
            between = text[end : more.start].strip(" ,").lower().replace(" ", "_")
            if (
                more.start > end
                and more.kind != "number"
                and between == preposition
                and text[thing.start : end]
            ):
                end = more.end
        return thing if end == thing.end else replace(thing, text=text[thing.start : end], end=end)

    def _preposition(self, preposition: str) -> str:
        if preposition == "to" and self.question.wh in ("who", "whom"):
            thing = receiver(self.clause)
            return _said(thing) if thing is not None and self._roles() else ""
        if preposition == "of":
            for role in ("complement", "object", "subject"):
                told, asked = self.clause.role(role), self.asked.role(role)
                if told is None or asked is None or told.owner is None:
                    continue
                bare = replace(told, owner=asked.owner)
                if self._same(asked, bare) and self._roles(role):
                    return _said(told.owner)
        if not self._roles():
            return ""
        near = {"in": ("in", "at", "on"), "at": ("at", "in"), "on": ("on", "in", "at")}.get(
            preposition, (preposition,)
        )
        subject = self.clause.subject
        phrases = (*self.clause.prepositions, *(subject.inside if subject is not None else ()))
        for each in near:
            for prep, thing in phrases:
                if (
                    prep == each
                    and not is_time(thing, prep)
                    and self._sort(thing)
                    and (each == preposition or self.question.noun)
                ):
                    if self.question.wh == "where":
                        # “from a nursery in Wells”
                        near_by = [each for each in phrases if each[0] in words("place")]
                        thing = self._going_on(thing, near_by)
                    return _said(thing)
        return ""

    # -- time

    def _time(self) -> str:
        clause, asked = self.clause, self.asked
        what = clause.complement if clause.verb == asked.verb == "be" else None
        timed = what is not None and what.kind == "time" and asked.complement is None
        if what is not None and timed and self._same(asked.subject, clause.subject):
            fits = self._prepositions() and self._time_sort(what)
            return self._with_clock(what) if fits else ""
        born = asked.verb == "be" and clause.verb == "born" and asked.subject is not None
        if born and asked.subject is not None and asked.subject.head == "birthday":
            days = [t.text for p, t in clause.prepositions if is_time(t, p)]
            his = days and self._same(asked.subject.owner, clause.subject)
            return re.sub(r",? *\d{4}$", "", days[0]) if his else ""
        if not self._roles():
            return ""
        known = [t.text.lower() for p, t in asked.prepositions if is_time(t, p)]
        found = [
            (p, t)
            for p, t in clause.prepositions
            if (is_time(t, p) or (t.kind == "clause" and p in ("until", "before", "after")))
            and t.text.lower() not in known
            and self.question.adjective in ("", p)
            and self._time_sort(t)
            and not (p == "to" and _is_moved(clause))
        ]
        if not found:
            found = [(p, t) for p, t in clause.prepositions if p in _EVENT and _is_event(t)]
        # “twice a year, in April and October”: how often is not when
        said = self._run_on(found) if found and found[0][1].mods & words("every") else ""
        found = [(p, t) for p, t in found if p or not _OFTEN.match(t.text)] or found
        said = said or self._run_on(found)
        if said:
            return said
        day = self._day(found)
        if day:
            return day
        if found:
            return " ".join(
                f"{p} {t.text}"
                if p in ("before", "after", "until", "till", "since", "between", "by", "to", "from")
                and (n or p not in ("by", "from"))
                else t.text
                for n, (p, t) in enumerate(found[:2])
            )
        named = [adverb for adverb in clause.adverbs if adverb in _DAYS]
        if not named or self.question.adjective:
            return ""
        written = re.search(rf"\b{re.escape(named[0])}\b", self.held.told.text, re.IGNORECASE)
        return written[0] if written else named[0]

    def _with_clock(self, day: Phrase) -> str:
        """“next Thursday at 14:00”, where it is not asked for the day."""
        times = [(p, t) for p, t in self.clause.prepositions if is_time(t, p)]
        return day.text if self.question.noun else self._run_on([("", day), *times]) or day.text

    def _run_on(self, found: Sequence[tuple[str, Phrase]]) -> str:
        """“Tuesday at 3pm”, “Monday from 2 to 4”: times that follow one another, "" for one."""
        text = self.held.told.text
        first = found[0] if found else None
        last = first[1] if first is not None else None
        for preposition, more in found[1:]:
            if last is not None and text[last.end : more.start].strip(" ,").lower() == preposition:
                last = more
        if first is None or last is None or last is first[1]:
            return ""
        said = text[first[1].start : last.end]
        return f"between {said}" if first[0] == "between" else said

    def _day(self, found: Sequence[tuple[str, Phrase]]) -> str:
        """“tomorrow at 8pm”: an adverb with the time that stands beside it."""
        if self.question.noun or self.question.adjective or len(found) != 1:
            return ""
        text = self.held.told.text
        before = text[: found[0][1].start].rstrip().removesuffix(found[0][0]).rstrip()
        for day in _DAYS:
            if day in self.clause.adverbs and before.lower().endswith(day):
                return text[len(before) - len(day) : found[0][1].end]
        return ""

    def _time_sort(self, thing: Phrase) -> bool:
        noun = self.question.noun
        text = thing.text.lower()
        if noun == "time":
            return clock(text) and not (groups_of(thing.head) or re.search(r"\d{4}", text))
        if noun in ("day", "weekday"):
            return "weekday" in groups_of(thing.head) or (
                bool(re.search(r"\d", text)) and ":" not in text
            )
        if noun == "year":
            return bool(re.search(r"\d{4}", text))
        if noun == "month":
            return bool({singular(w) for w in text.split()} & set(exclusive()["month"]))
        return True

    def _duration(self) -> str:
        clause, asked = self.clause, self.asked
        until = clause.role("until") or clause.role("till")
        if asked.verb == "be" and asked.complement is not None and until is not None:
            return f"until {until.text}" if self._roles() else ""
        if asked.verb == "be":
            return self._amount()
        if not self._roles():
            return ""
        thing = (clause.object if asked.object is None else None) or clause.role("for")
        amount = thing is not None and (thing.number or thing.determiner in ("a", "an"))
        if thing is not None and amount and thing.head in measures()["long"].units:
            return thing.text
        since = clause.role("since")
        return f"since {since.text}" if since is not None else ""

    def _frequency(self) -> str:
        if not self._roles():
            return ""
        for text in (*self.clause.adverbs, *(t.text for _, t in self.clause.prepositions)):
            match = _OFTEN.search(text)
            if match:
                return match[0]
        return ""

    def _reason(self) -> str:
        if not self._roles():
            return ""
        if self.clause.reason is not None:
            return self.clause.reason.text
        because = self.clause.role("because_of") or self.clause.role("due_to")
        purpose = self.clause.role("for")
        if because is None and purpose is not None and purpose.head in words("ground"):
            # “for health reasons”
            because = purpose
        return because.text if because is not None else ""

    def _manner(self) -> str:
        if self.asked.verb in ("be", "do") or not self._roles():
            return ""
        means = self.clause.role("by")
        if means is None and self.clause.complement is not None:
            return self.clause.complement.text
        return f"by {means.text}" if means is not None and means.kind == "noun" else ""

    # -- amounts

    def _amount(self) -> str:
        quality = self.question.adjective
        verbs, nouns, units = measures().get(quality, ((), (), ()))
        clause, about = self.clause, self.clause.subject
        if clause.verb == "born" and quality == "old":
            return self._age()
        if clause.verb == "be" and about is not None and about.head in nouns:
            # “my weight is 71 kg”
            what = clause.complement if self._same(self.asked.subject, about.owner) else None
            return what.text if what is not None and what.number else ""
        if clause.verb not in verbs or not self._same(self.asked.subject, clause.subject):
            return ""
        if self.asked.complement is not None or self.asked.object is not None:
            return ""
        if any(self._fit(*each) not in ("same", "missing") for each in self.asked.prepositions):
            return ""
        told = clause.complement if clause.verb == "be" else clause.object
        for thing in (told.members or (told,)) if told is not None else ():
            if thing.kind == "adjective":
                by = next((t for p, t in thing.inside if p == "by"), None)
                if by is not None and thing.head == quality:
                    return thing.text
            elif thing.number and (
                thing.head in units or (quality == "old" and thing.kind == "number")
            ):
                return thing.text
        return ""

    def _age(self) -> str:
        """How old somebody is who was born on a day."""
        if self.asked.tense != "present" or not self._same(self.asked.subject, self.clause.subject):
            return ""
        days = [t for p, t in self.clause.prepositions if is_time(t, p)]
        born = day_of(days[0].text) if len(days) == 1 else None
        today = self.memory.today
        if born is None or today is None or born > today:
            return ""
        return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))

    def _price(self) -> str:
        clause, asked = self.clause, self.asked
        if asked.verb in ("be", "cost") and clause.verb in ("be", "cost"):
            if not self._same(asked.subject, clause.subject):
                return ""
            if any(fit_of(p, t, clause, self.known) != "same" for p, t in asked.prepositions):
                return ""
            thing = clause.complement if clause.verb == "be" else clause.object
            if thing is None or not (thing.number or thing.kind == "number"):
                return ""
            money = words("money") & {*thing.words, thing.text[:1]} or any(
                c in thing.text for c in "£$€"
            )
            return thing.text if money or clause.verb == "cost" or thing.kind == "number" else ""
        if self._roles() and clause.object is not None and clause.object.number:
            return clause.object.text
        if self._roles() and asked.object is not None:
            price = clause.role("for")
            return price.text if price is not None and price.number else ""
        return ""

    def _count(self) -> str:
        asked, clause = self.asked, self.clause
        if not asked.verb:
            # “how many riders?”
            roles = (clause.subject, clause.object, clause.complement, clause.second)
            every = (*roles, *(thing for _, thing in clause.prepositions))
            return next(filter(None, map(self._number_of, every)), "")
        if (
            asked.verb == "have"
            and clause.verb in ("have", "own", "hold", "contain", "seat")
            and self._same(asked.subject, clause.subject)
        ):
            return self._number_of(clause.object) if self._prepositions() else ""
        subject, what = clause.subject, clause.complement
        if (
            asked.verb == "have"
            and clause.verb == "be"
            and subject is not None
            and what is not None
        ):
            # “my cats are Tom and Kit”
            counted = what.members and not any(member.head == "one" for member in what.members)
            if counted and subject.head == self.question.noun and not subject.number:
                return str(len(what.members)) if self._same(asked.subject, subject.owner) else ""
        if asked.verb == "be" and asked.subject is None:
            if clause.verb == "be" and self._prepositions():
                if asked.complement is not None:
                    fits = self._same(asked.complement, clause.complement)
                else:
                    # “two of the five chairs are wet” does not say how many there are
                    part = subject is not None and subject.determiner == "some"
                    fits = not part or bool(asked.prepositions)
                return self._number_of(clause.subject) if fits else ""
            if clause.verb in ("have", "hold", "contain", "seat"):
                named = clause.object is not None and bool(clause.object.names)
                who = clause.subject
                placed = who is not None and who.kind == "noun" and not is_person(who)
                inside = ((named or placed) and not asked.prepositions) or any(
                    p in ("in", "at", "on") and self._same(t, clause.subject)
                    for p, t in asked.prepositions
                )
                return self._number_of(clause.object) if inside else ""
            return ""
        if verb_fits(asked.verb, clause.verb) != 1:
            return ""
        if asked.subject is not None:
            things = (clause.object, clause.role("for"), what) if self._roles("object") else ()
            return next(filter(None, map(self._number_of, things)), "")
        return self._number_of(clause.subject) if self._roles("subject") else ""

    def _prepositions(self) -> bool:
        return all(self._fit(*each) == "same" for each in self.asked.prepositions)

    def _fit(self, preposition: str, thing: Phrase) -> Fit:
        return fit_of(preposition, thing, self.clause, self.known)

    def _number_of(self, thing: Phrase | None) -> str:
        if thing is None:
            return ""
        if any(member.head == "one" for member in thing.members):
            return ""
        if thing.members and all(m.head == self.question.noun for m in thing.members):
            return str(len(thing.members))
        unit = thing.number and thing.head in words("unit") and not thing.members
        of = thing.owner if unit else None
        if of is not None and of.head == self.question.noun and self.question.mods <= of.mods:
            return self._how_often(thing)
        if thing.head != self.question.noun or not self.question.mods <= thing.mods:
            return ""
        one = thing.text.split()[0] if thing.text.lower().startswith("one ") else ""
        return thing.number or one

    def _how_often(self, amount: Phrase) -> str:
        """“5 mg of zinc twice a day”: an amount with how often it is so, told right behind it."""
        text = self.held.told.text
        times = [t for p, t in self.clause.prepositions if is_time(t, p) and recurs(t)]
        behind = (t.end for t in times if not text[amount.end : t.start].strip())
        return text[amount.start : next(behind, amount.end)]

    # -- things

    def _owner(self) -> str:
        question, asked, clause = self.question, self.asked, self.clause
        noun = question.noun
        if clause.verb == "own" and self._same(asked.subject, clause.object):
            return _said(clause.subject)
        if noun:
            bare = asked.subject is not None and asked.subject.head == "it"
            if bare and clause.verb == "own" and clause.object is not None:
                # “whose bike is it?”
                return _said(clause.subject) if clause.object.head == noun else ""
            if asked.subject is None or asked.verb in ("have",):
                for role in ("subject", "object"):
                    thing = clause.role(role)
                    owner = whose(thing) if thing is not None and thing.head == noun else None
                    if owner is not None and owner.kind != "pronoun" and self._roles(role):
                        return owner.text
            for what, other in (
                (clause.complement, clause.subject),
                (clause.subject, clause.complement),
            ):
                if clause.verb != "be" or asked.verb != "be" or what is None or what.head != noun:
                    continue
                if what.owner is not None and self._same(asked.subject, other):
                    return _said(what.owner)
            return ""
        thing, what, subject = asked.subject, clause.complement, clause.subject
        if thing is None:
            return ""
        owner = subject.owner if subject is not None and subject.head == thing.head else None
        named = owner is not None and owner.kind != "pronoun" and thing.owner is None
        being = clause.verb == "be"
        if being and named and asked.verb == "be" and self._same(asked.complement, what):
            return _said(owner)
        if not being or what is None or asked.complement or what.head != thing.head:
            return ""
        return _said(what.owner) if self._same(thing, subject) else ""

    def _complement(self) -> str:
        asked, clause = self.asked, self.clause
        if (
            clause.verb != "be"
            or asked.verb != "be"
            or asked.subject is None
            or clause.subject is None
        ):
            return ""
        if self.question.noun in ("colour", "color"):
            return self._colour()
        if not self._prepositions() or (self.held.claim.derived == "kin" and not clause.complement):
            return ""
        what, subject = clause.complement, clause.subject
        status = asked.subject.head in words("status")
        times = [(p, t) for p, t in clause.prepositions if is_time(t, p)]
        if what is None and times and asked.subject.head in ("hour", "time", "date"):
            # “The office hours are from 2 to 5”
            return self._run_on(times) if self._same(asked.subject, subject) else ""
        if what is None or (self.held.claim.derived == "state" and not status):
            return ""
        if asked.subject.head in ("job", "profession") and same(asked.subject.owner, subject):
            return self._trade(what)
        if (
            asked.subject.head == "name"
            and not asked.subject.mods - words("whole")
            and asked.subject.owner is not None
            and what.kind == "name"
            and same(asked.subject.owner, subject, self.known)
            and subject.kind != "name"
        ):
            return what.text
        itself = any(literally(asked.subject, each) for each in (what, *what.members))
        if self._same(asked.subject, subject) and not itself:
            name = what.names[0].text if what.names else ""
            if self.question.wh == "who" and name not in what.text:
                # “a former sprinter, Ann Holm”
                return name
            said = self._with_clock(what) if what.kind == "time" else self._led_to(what)
            return said if self._answers(what, subject) else ""
        # Two people's grade is A: that makes neither grade the other.
        turned = literally(asked.subject, what, self.known) and what.kind != "adjective"
        turned = turned and not literally(asked.subject, subject)
        return subject.text if turned and self._answers(subject, what) else ""

    def _led_to(self, thing: Phrase) -> str:
        """“The way to the sea”: a noun with what it leads to, right behind it."""
        text = self.held.told.text
        for preposition, to in self.clause.prepositions:
            near = text[thing.end : to.start].strip().lower() == preposition == "to"
            if near and thing.kind == "noun" and not (thing.number or is_time(to, "to")):
                return text[thing.start : to.end]
        return thing.text

    def _answers(self, thing: Phrase, about: Phrase) -> bool:
        """Whether a thing may answer who or what the other one is."""
        question = self.question
        if not thing.text:
            return False
        if question.noun and not self._sort(thing):
            return False
        if thing.kind == "pronoun" and thing.head not in ("i", "we"):
            return False
        asked = self.asked.subject
        # “the van's VIN” is no name of anybody
        name = about.kind == "name" and about.owner is None and about.determiner != "the"
        person = about.head in kinship() or about.head in words("person_noun") or name
        if question.wh == "who":
            return thing.kind not in ("adjective", "number", "time")
        if question.wh != "what" or asked is None:
            return True
        named = thing.kind == "name" and (name or about.head in kinship())
        return not (thing.kind == "adjective" and person) and (not named or asked.head == "name")

    def _colour(self) -> str:
        clause, asked = self.clause, self.asked
        what = clause.complement if self._same(asked.subject, clause.subject) else None
        if what is not None and what.words & set(exclusive()["colour"]):
            return what.text if what.kind == "adjective" else _colours(what)
        for thing in (clause.subject, clause.object):
            if thing is not None and self._same(asked.subject, thing):
                found = _colours(thing)
                if found:
                    return found
        return ""

    def _subject(self) -> str:
        asked, clause = self.asked, self.clause
        state = any(adverb in opposites() for adverb in asked.adverbs)
        if asked.verb == "be" and not (asked.complement or asked.prepositions or state):
            return self._listed()
        least, lower = asked.role("than"), clause.role("than")
        if (
            (least is not None and lower is not None)
            and (asked.complement and clause.complement)
            and compared(asked.complement, clause.complement) < 0
        ):
            # “Who is younger than Ann?”, where Ann is older than Ben
            alike = self._same(least, clause.subject) and self._sort(lower)
            return _said(lower) if alike and not clause.negated else ""
        if clause.subject is None or not self._roles("subject"):
            return ""
        subject = clause.subject
        if self._is_key(subject):
            return _said(clause.complement) if clause.complement is not None else ""
        if not subject.text or (subject.kind == "pronoun" and subject.head not in ("i", "we")):
            return ""
        if not self._sort(subject):
            return ""
        if self.question.wh == "who" and subject.kind == "noun":
            if is_person(subject) is False and subject.head in ("it", "thing"):
                return ""
            named = next(
                (
                    b
                    for a, b in self.known
                    if a.kind == "noun" and literally(subject, a) and literally(a, subject)
                ),
                None,
            )
            if named is not None:
                return named.text
            if subject.names:
                return subject.names[0].text
        return _said(subject)

    def _is_key(self, subject: Phrase) -> bool:
        """“Which book is on the shelf?”, where “the book on the shelf is Emma” says which."""
        what, asked = self.clause.complement, self.asked
        named = what is not None and what.kind in ("name", "number") and self.clause.verb == "be"
        bare = asked.verb == "be" and asked.complement is None and not self.clause.prepositions
        return named and bare and subject.head == self.question.noun

    def _listed(self) -> str:
        """“Which rooms are there?” where somebody or something has rooms, which are named."""
        thing = self.clause.object
        if thing is None or not thing.names:
            return ""
        return thing.names[0].text if thing.head == self.question.noun else ""

    def _reported(self) -> str:
        """What somebody says of what is asked about: “risky” of “Tom thinks the plan is risky”."""
        asked, whole = self.asked, self.clause.object
        topic = asked.role("about") or asked.role("of")
        bare = replace(asked, prepositions=())
        if topic is None or whole is None or not roles_fit(bare, self.clause, self.known):
            return ""
        for held in self.memory.claims:
            inner = held.clause
            if held.told is not self.held.told or inner.modality != "quoted":
                continue
            said = (inner.subject, inner.object, inner.complement)
            if not any(t is not None and whole.start <= t.start < whole.end for t in said):
                continue
            if inner.subject is None or not self._same(topic, inner.subject):
                continue
            if inner.verb == "be" and inner.complement is not None and not inner.negated:
                return inner.complement.text
            start = max(thing.end for thing in (inner.subject, *inner.subject.names))
            start = max(start, whole.start)
            return self.held.told.text[start : whole.end].strip(" ,")
        return ""

    def _object(self) -> str:
        if self.asked.verb in words("think") and self.clause.object is not None:
            reported = self._reported()
            if reported:
                return reported
        thing = self.clause.object
        if thing is None and self.asked.verb in ("read", "say"):
            thing = self.clause.complement
        if thing is not None and thing.kind == "clause" and self._of_topic(thing):
            return thing.text
        if self.question.noun in ("colour", "color") or not self._roles("object"):
            return ""
        state = self.question.state
        if thing is None and self.clause.verb in words("choose"):
            # “decided on Redis”
            thing = self.clause.role("on") or self.clause.role("for")
        if state is not None and roles_fit(state, self.clause, self.known, "subject"):
            # “What is broken?”
            thing = self.clause.subject
        if self.question.wh in ("who", "whom") and thing is not None and thing.number:
            # “Who do I pay?”: nobody is 75 euros
            thing = self.clause.second
        if thing is None or not thing.text or not self._sort(thing):
            return ""
        if thing.names and self.question.noun:
            return thing.names[0].text
        return self._told_apart(thing) if thing.words == {self.question.noun} else _said(thing)

    def _of_topic(self, content: Phrase) -> bool:
        """Whether what was decided, learned … is about what a question names, if it names any.

        That may have been told just before: of a meeting on hosting, then what was decided.
        """
        topics = [t for p, t in self.asked.prepositions if p in _ABOUT and not is_time(t, p)]
        others = tuple(each for each in self.asked.prepositions if each[1] not in topics)
        asked = replace(self.asked, prepositions=others)
        if not topics or not roles_fit(asked, self.clause, self.known, "object"):
            return False
        if content.text.lower().startswith(("he ", "she ", "they ")):
            # of whom that is said was not found out
            return False
        told = self.held.told
        here, before = words_of(told.text), words_of(*self.memory.before(told))
        wanted = frozenset[str]().union(*(topic.words for topic in topics))
        self.beside = not wanted <= here
        return wanted <= here | before

    def _told_apart(self, thing: Phrase) -> str:
        """“The letter from Bath” where it is asked which letter: the bare noun answers nothing."""
        behind = [t for _, t in self.clause.prepositions if 0 < t.start - thing.end < _NEXT]
        if thing.owner is not None or thing.inside or thing.relatives:
            return thing.text
        text = self.held.told.text
        return text[thing.start : behind[0].end] if behind else ""

    def _second(self) -> str:
        thing = receiver(self.clause)
        return _said(thing) if thing is not None and self._roles("second") else ""

    def _deed(self) -> str:
        """What somebody does for a living, or is to do."""
        what = self.clause.complement
        if self.asked.modality == "obliged":
            return self._to_do()
        if self.clause.verb != "be" or what is None or self.asked.prepositions:
            return ""
        return self._trade(what) if self._same(self.asked.subject, self.clause.subject) else ""

    def _to_do(self) -> str:
        """“Call Ann” where it is asked what there is to do on Friday."""
        task = self.clause.object if self.clause.verb == "do" else None
        if task is None or task.kind != "clause" or not task.text:
            return ""
        if not self._same(self.asked.subject, self.clause.subject):
            return ""
        said = {singular(word) for word in re.findall(r"[\w'’:.-]*\w", task.text)}
        text = task.text
        for preposition, thing in self.asked.prepositions:
            if not {singular(word) for word in thing.text.split()} - {"the"} <= said:
                return ""
            # what was named in the question need not be said again
            named = rf" (?:{re.escape(preposition)} )?{re.escape(thing.text)}$"
            text = re.sub(named, "", text, flags=re.IGNORECASE)
        return text

    def _trade(self, what: Phrase) -> str:
        """What somebody is, where that may be a trade."""
        one = what.determiner in ("a", "an") or (is_person(what) and what.text != what.head)
        other = what.owner or what.determiner == "the" or what.kind != "noun"
        return what.text if one and not other else ""

    def _sort(self, thing: Phrase) -> bool:
        """Whether a thing is of the sort that is asked for: “which hall”: hall 7."""
        noun = self.question.noun
        if not noun or noun in thing.words or any(noun in m.words for m in thing.members):
            return self.question.mods <= thing.words
        whole = self.clause.role("of")
        if whole is not None and thing is self.clause.subject and noun == whole.head:
            # “of the three ovens, Ida's is the best”
            return True
        if noun in ("sport", "game") and thing.determiner == "the":
            # one plays the violin, but football
            return False
        if noun in words("code_noun"):
            return is_code(thing.text)
        units = [measure.units for measure in measures().values() if noun in measure.nouns]
        if units and noun not in words("figure"):
            return thing.kind == "number" or any(thing.head in units_of for units_of in units)
        if noun in words("figure"):
            return thing.kind == "number"
        if noun in words("generic"):
            return thing.kind in ("name", "noun") and not thing.number
        # a Fairphone is a phone, headphones are none
        compound = thing.kind == "name" and len(noun) >= _LONG and thing.head.endswith(noun)
        return compound or any(self._same(each, thing) for each in self._kinds(noun))

    def _kinds(self, noun: str) -> Iterator[Phrase]:
        for one, other in self.known:
            if noun in one.words:
                yield other


def _is_moved(clause: Clause) -> bool:
    """Whether a clause with be says that something was moved: to when it was, it was not before."""
    state = clause.complement.head if clause.complement is not None else ""
    return verb_of(state, "participle") in words("change")


def _is_event(thing: Phrase) -> bool:
    """Whether something may be before or after what a thing names: “before use”."""
    return thing.kind == "noun" and not is_person(thing) and not thing.number


def _with(preposition: str, thing: Phrase) -> str:
    if preposition in ("to",) or (thing.kind == "name" and preposition in ("in", "at")):
        return thing.text
    return f"{preposition.replace('_', ' ')} {thing.text}"


def _colours(thing: Phrase) -> str:
    """The words for colours among those of a thing, as they stand."""
    colours = exclusive()["colour"]
    return " ".join(word for word in thing.text.split() if word.lower().strip(",") in colours)


def _said(thing: Phrase | None) -> str:
    if thing is None:
        return ""
    return "you" if thing.head in ("i",) and thing.kind == "pronoun" else thing.text


def _whole_amount(said: str, held: Held) -> str:
    """An amount with what it is for and what comes on top: “62 pounds a month plus 5 for gas”."""
    text = held.told.text
    start = text.find(said)
    end, before = start + len(said), ""
    for preposition, thing in sorted(held.clause.prepositions, key=lambda phrase: phrase[1].start):
        joined = preposition in ("per", "plus") or (before == "plus" and preposition == "for")
        between = text[end : thing.start].strip()
        # “10 mg twice a day”
        joined = joined or (not preposition and said[:1].isdigit() and recurs(thing))
        if joined and thing.start > end and between in ("", "per", preposition):
            end, before = thing.end, preposition
    return text[start:end] if start >= 0 else said
