"""Entailments of a clause: resulting states, exceptions, relative clauses.

Entailments of verbs (who lent something no longer has it) are in a table,
`resources/language/en/derived.txt`; those of the form of a clause are here.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.language.coreference import is_person, resolved
from ingest.language.events import keyed
from ingest.language.gaps import filled_ellipsis
from ingest.language.normalization import active_voice, is_bounded, normalized
from ingest.language.numerals import months
from ingest.language.predication import appositions, copular, spouses
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_time, names_time
from ingest.language.verbs import past_participle, verb_of
from ingest.language.word_lists import Derived, derived, measures, opposites, words

# -- changes --------------------------------------------------------------------------------------
# Claims about change: what something was changed to, what it was before, how long it lasts.


#: Characters between a day and its time of day.
_NEXT = 6
#: What a number looks like as an hour: “11”, “7.30”, “nine”, not “900”.
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?$|\D")


def changed(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The rent rose to 900”, “I moved the talk from Monday to Friday”: the new and old value."""
    theme = clause.object or clause.subject
    changes = any(key in words("change") for key, _ in keyed(clause))
    if (
        not changes
        or theme is None
        or clause.tense == "future"
        or clause.modality != "asserted"
        or theme.head in ("i", "we")
    ):
        return
    theme = _undated(theme)
    for role in ("to", "until", "from", "for"):
        phrase = clause.role(role)
        if (
            phrase is None
            or phrase.kind == "clause"
            # “rescheduled for Tuesday”, but not “postponed for a week”
            or (role == "for" and (not is_time(phrase, "on") or phrase.head in words("span")))
        ):
            continue
        phrase = _in_kind_of(phrase, clause.role("to")) if role == "from" else phrase
        timed = is_time(phrase, "at")
        attribute = theme.kind == "noun" and (theme.owner or theme.determiner == "the")
        if not timed and not (attribute and (phrase.number or clause.verb in words("rename"))):
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
            # Only the time of the show is known.
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


def _undated(theme: Phrase) -> Phrase:
    """What is changed, without the times in its phrase."""
    if any(is_time(phrase, p) for p, phrase in theme.inside):
        # “the fair on 5 May was moved”
        theme = replace(theme, inside=tuple(e for e in theme.inside if not is_time(e[1], e[0])))
    if theme.number in theme.mods or any(map(names_time, theme.mods)):
        # “the 3 pm interview”
        mods = frozenset(word for word in theme.mods if word.isalpha() and not names_time(word))
        theme = replace(theme, mods=mods, number="")
    return theme


def _in_kind_of(phrase: Phrase, goal: Phrase | None) -> Phrase:
    """The bare number that something is changed from, in the unit of the `goal`."""
    if phrase.kind != "number" or goal is None:
        return phrase
    if goal.kind == "time" and goal.text[:1].isdigit() and goal.head in months():
        # “from 12 to 26 November”
        month = goal.text.split(maxsplit=1)[-1]
        return replace(goal, text=f"{phrase.text} {month}", start=phrase.start, end=phrase.end)
    # “from 640 to 705 euros”
    return replace(phrase, head=goal.head, kind=goal.kind) if goal.number else phrase


def _clock_of(day: Phrase, clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The time of day right after a day."""
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
        # What was adjourned from the 12th to the 26th does not last for a fortnight.
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
    """The times of an event, with their prepositions."""
    return tuple(argument for argument in clause.prepositions if is_time(argument[1], argument[0]))


def _timed(phrase: Phrase) -> bool:
    return is_time(phrase, "at")


# -- consequences ----------------------------------------


def entailments(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The entailments of a clause and of embedded ones."""
    yield from _consequences(clause)
    yield from _relatives(clause)


def _consequences(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The entailments of a clause by its verb and form."""
    if clause.modality == "quoted" and not clause.habit:
        # “Noor said that the conductor, Mr. Valente, is leaving”: an apposition holds in
        # quotations.
        yield from appositions(clause)
    if clause.modality not in ("asserted", "obliged") and clause.tense != "future":
        return
    if (clause.habit or (is_bounded(clause) and not clause.passive)) and not clause.negated:
        ceased = replace(clause, habit=False, negated=True, ceased=True, tense="present")
        yield with_role(with_role(ceased, "until", None), "till", None), "ended"
    yield from appositions(clause)
    yield from _excepted(clause)
    yield from _unchanged(clause)
    yield from _working(clause)
    if clause.negated:
        return
    instead = clause.role("instead_of")
    if instead is not None:
        yield _instead(clause, instead), "instead"
    yield from _derived(clause)
    yield from _posted(clause)
    if clause.verb == "be":
        yield from copular(clause)
    if clause.verb == "have":
        yield from _titled(clause)
    if clause.verb in words("beat") | {"win", "lose"}:
        yield from _outcomes(clause)
    if clause.verb == "marry":
        yield from spouses(clause.subject, clause.object)
    yield from lasting(clause)
    yield from changed(clause)
    if clause.verb == "have":
        yield from _dated(clause)
    yield from _results(clause)
    yield from _appointed(clause)
    price = clause.role("for")
    if (
        price is not None
        and clause.verb in ("buy", "sell")
        and clause.object is not None
        and (price.number or price.head[:1] in "£$€")
        and price.head not in measures()["long"].units
    ):
        yield Clause("cost", clause.object, object=price), "price"


def _derived(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The entailments of a verb, by the table."""
    for key, core in keyed(clause):
        for entry in derived().get(key, ()):
            entailed = _by_table(core, entry)
            if entailed is None or _is_home_at_post(entailed):
                continue
            if clause.verb in words("rename") | words("remodel"):
                entailed = replace(entailed, adverbs=("now",))
            yield entailed, clause.verb
            if clause.verb == "borrow" and entailed.object is not None and entailed.object.owner:
                # The ladder that was borrowed from somebody is “the ladder”, too.
                yield replace(entailed, object=clause.object), clause.verb


def _is_home_at_post(clause: Clause) -> bool:
    """Whether a clause says that somebody lives where he works: who moved to ward 2A does not."""
    places = (phrase for p, phrase in clause.prepositions if p in words("place"))
    return clause.verb == "live" and any(phrase.words & words("post") for phrase in places)


def _posted(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“I switched to the day shift”: I am on it, and no longer on the night shift."""
    if clause.verb not in words("alter") or clause.negated or clause.object is not None:
        return
    for preposition in ("to", "from"):
        post, is_new = clause.role(preposition), preposition == "to"
        if post is None or not post.words & words("post") or clause.subject is None:
            continue
        held = Clause(
            "be",
            clause.subject,
            prepositions=(("on", post),),
            adverbs=("now",) if is_new else (),
            tense="present" if is_new else "past",
        )
        yield held, "post"
        yield replace(held, verb="work", object=post, prepositions=()), "post"


def _titled(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Ann has Bo as her manager”: he is her manager."""
    office = clause.role("as")
    if clause.object is not None and office is not None:
        noun = replace(office, owner=clause.subject, determiner="")
        holder = Clause("be", noun, complement=clause.object, tense=clause.tense)
        yield holder, "as"
        yield from copular(holder)


def _dated(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Ann has an exam on Friday”: it is on Friday."""
    event, times = clause.object, times_of(clause)
    if times and event is not None and event.kind == "noun" and not (event.owner or event.number):
        owned = replace(event, owner=clause.subject)
        yield Clause("be", owned, prepositions=times, tense=clause.tense), "date"


def _appointed(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """Superiors manage, appointees hold their office."""
    above = clause.role("to") if clause.verb == "report" else None
    if above is not None and clause.subject is not None:
        manager = Phrase("manager", "", 0, 0, owner=clause.subject)
        yield Clause("be", manager, complement=above, tense=clause.tense), "report"
    appointed = clause.complement if clause.verb in words("promote") else None
    titled = appointed is not None and appointed.kind == "noun"
    if appointed is not None and titled and clause.object is not None and _is_past(clause):
        # “the committee appointed Nele treasurer”
        office = replace(appointed, determiner=appointed.determiner or "the")
        yield Clause("be", clause.object, complement=office), "office"


def _is_past(clause: Clause) -> bool:
    return clause.tense in ("past", "perfect")


def _in_state(subject: Phrase | None, state: str, text: str = "") -> Clause:
    """The clause that something is in a state; without text it is never displayed."""
    return Clause("be", subject, complement=Phrase(state, text, 0, 0, "adjective"))


def _results(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The place or state in which an action leaves its object or subject."""
    places = tuple(
        (p, phrase)
        for p, phrase in clause.prepositions
        if (p in words("place") or "_" in p) and not is_time(phrase, p)
    )
    if (
        clause.verb in words("put")
        and clause.object is not None
        and places
        and clause.tense != "future"
        and clause.modality == "asserted"
    ):
        yield Clause("be", clause.object, prepositions=places), "put"
    if clause.verb in words("posture") and places and clause.object is None:
        subject = clause.subject
        if subject is not None and subject.kind == "noun" and clause.modality == "asserted":
            yield Clause("be", subject, prepositions=places, tense=clause.tense), "put"
    completed = _is_past(clause)
    # What was closed last week may be open again.
    lasts = clause.subject is not None or clause.tense == "perfect" or not _is_reversible(clause)
    turns = clause.verb in words("inchoative") and clause.object is None and completed
    if turns and clause.subject is not None and not clause.passive:
        # What was reopened is open.
        verb = clause.verb.removeprefix("re") if clause.verb == "reopen" else clause.verb
        state = past_participle(verb) if verb != "open" else verb
        # “the pond froze overnight”, “the room closed on Friday”
        yield _in_state(clause.subject, state, state), "done"
    if clause.verb in words("done") and clause.object is not None and completed and lasts:
        state = past_participle(clause.verb)
        yield _in_state(clause.object, state, state), "done"
    if clause.verb in ("repair", "fix", "mend") and clause.object is not None and completed:
        yield _in_state(clause.object, "working"), "repaired"
    yield from _switched(clause)
    separated = {"up", "away", "off"} & set(clause.adverbs)
    if clause.verb == "break" and not (clause.object or separated) and clause.subject is not None:
        yield _in_state(clause.subject, "broken"), "broke"


def _working(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The lift works”, “the printer doesn't work”: the working state."""
    arguments = clause.object or clause.complement or clause.prepositions
    subject = clause.subject
    if subject is None or (clause.negated and (subject.kind != "noun" or is_person(subject))):
        # Who doesn't work is not broken.
        return
    if clause.verb == "work" and not arguments and not clause.ceased:
        state = _in_state(subject, "working")
        yield replace(state, tense=clause.tense, negated=clause.negated), "works"


def _unchanged(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“The shop is not closing after all”: it stays open."""
    future = clause.progressive or clause.tense == "future"
    if not (clause.negated and future) or clause.subject is None or clause.object is not None:
        return
    state = past_participle(clause.verb)
    for other in sorted(opposites().get(state, frozenset()) & words("binary")):
        yield _in_state(clause.subject, other, other), "state"


def _is_reversible(clause: Clause) -> bool:
    """Whether an action is easily reversed: what was closed is opened."""
    if clause.verb in words("final"):
        return False
    return bool(opposites().get(past_participle(clause.verb), frozenset()) & words("binary"))


def _switched(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“Switched the heating off”, “the light went out”: it is off."""
    if clause.verb not in words("switch") or not _is_past(clause):
        return
    for adverb in {"on", "off"}.intersection(clause.adverbs):
        patient = clause.object or clause.subject
        yield Clause("be", patient, adverbs=(adverb,)), "state"
    for preposition, phrase in clause.prepositions if clause.object is None else ():
        if preposition in ("on", "off") and not is_time(phrase, preposition):
            yield Clause("be", phrase, adverbs=(preposition,)), "state"


def exceptions(clause: Clause) -> list[tuple[str, Phrase]]:
    """Exceptions from a clause about all, with their preposition."""
    inside = list(clause.subject.inside) if clause.subject is not None else []
    # “everyone in the team except Ann”
    inside += [nested for _, phrase in inside for nested in phrase.inside]
    return [
        exception
        for exception in (*clause.prepositions, *inside)
        if exception[0] in words("without")
    ]


def _excepted(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“All chapters are edited except chapter nine”: for that one the contrary holds."""
    for preposition, exception in exceptions(clause):
        main = with_role(clause, preposition, None)
        domain = clause.subject if exception.head == "one" else None
        phrase = filled_ellipsis(exception, domain) if domain is not None else exception
        if is_time(phrase):
            # “open every day except Friday” is closed then
            prepositions = (
                *(argument for argument in main.prepositions if not is_time(argument[1])),
                ("on", phrase),
            )
            main = replace(main, prepositions=prepositions)
            complement = clause.complement
            other = (
                opposites().get(complement.head, frozenset())
                if complement is not None
                else frozenset()
            )
            for state in sorted(other & words("binary")):
                yield replace(main, complement=Phrase(state, state, 0, 0, "adjective")), "except"
            continue
        for role in ("subject", "object"):
            domain = clause.role(role)
            universal = domain is not None and (
                domain.determiner in words("every") or domain.head == "everything"
            )
            if universal and (phrase.determiner == "the" or not phrase.number):
                yield with_role(replace(main, negated=not clause.negated), role, phrase), "except"
                break


def _instead(clause: Clause, other: Phrase) -> Clause:
    """“To Iceland instead of Norway”: deny it of the other, in the preceding role."""
    denied = with_role(replace(clause, negated=True), "instead_of", None)
    if denied.prepositions and denied.prepositions[-1][1].start < other.start:
        return with_role(denied, denied.prepositions[-1][0], other)
    return with_role(denied, "object" if denied.object is not None else "complement", other)


def _by_table(clause: Clause, entry: Derived) -> Clause | None:
    """Apply a row of the table to a clause; None if a role that it needs is empty."""
    if _is_exempt(clause, entry):
        return None
    needed = [(role, _filler(clause, role)) for role in entry.needs]
    if any(filler is None or is_time(filler, role) for role, filler in needed):
        return None
    entailed = Clause(entry.verb, negated=entry.denied)
    for role, of in entry.roles:
        entailed = with_role(entailed, role, _filler(clause, of))
    if entry.status == "same":
        return replace(
            entailed,
            tense=clause.tense,
            modality=clause.modality,
            prepositions=(*entailed.prepositions, *times_of(clause)),
        )
    if entry.status == "past":
        return replace(entailed, tense="past", habit=True)
    return replace(entailed, tense="present")


def _is_exempt(clause: Clause, entry: Derived) -> bool:
    """Whether a row of the table does not apply to a clause, whatever its roles."""
    if clause.tense == "future" or clause.modality == "obliged":
        return True
    moves = clause.tense == "present" and clause.verb in words("travel")
    if entry.status != "same" and (clause.progressive or moves):
        # Who moves to Graz in May does not live there.
        return True
    if clause.verb in words("travel") and clause.object is not None and "object" not in entry.needs:
        # Nor does who moves the papers to the safe.
        return True
    used = clause.object if clause.verb == "use" else None
    if used is not None and (used.owner is not None or used.determiner == "the"):
        # Other people's things may be used, too.
        return True
    lent = clause.object if entry.verb == "owe" and clause.verb in ("lend", "borrow") else None
    if lent is not None and not (lent.head in words("money") or lent.head[:1] in "£$€"):
        # A book that was lent is had, and not owed.
        return True
    return "back" in clause.adverbs and entry.verb not in ("have", "owe")


def _filler(clause: Clause, role: str) -> Phrase | None:
    """The filler of a role of the table: `:state`, or the subject with `!role` empty."""
    if role.startswith(":"):
        return Phrase(role[1:], "", 0, 0, "adjective")
    if role.startswith("!"):
        return clause.subject if clause.role(role[1:]) is None else None
    filler = clause.role(role)
    if role == "to" and filler is None:
        return clause.second or clause.role("into")
    if role == "from" and filler is None and clause.verb == "borrow" and clause.object:
        return clause.object.owner
    if role == "object" and clause.verb == "borrow" and clause.object is not None:
        owner = clause.role("from")
        if clause.object.owner is None and owner is not None:
            return replace(clause.object, owner=owner)
    return filler


def _relatives(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The claims of relative clauses."""
    for phrase in clause.arguments:
        for relative in phrase.relatives:
            statement = relative
            for role in ("subject", "object"):
                antecedent = statement.role(role)
                if (
                    antecedent is not None
                    and antecedent.start == phrase.start
                    and antecedent.head == phrase.head
                ):
                    statement = with_role(statement, role, replace(phrase, relatives=()))
            for active, rule in active_voice(normalized(resolved([statement], [clause])[0])):
                yield active, rule
                yield from _consequences(active)


def _outcomes(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """Winners and losers: who beat somebody won; who won in the final won the final."""
    against = clause.role("to") or clause.role("against") or clause.role("over")
    phrases = tuple(e for e in clause.prepositions if e[0] not in ("to", "against", "over", "by"))
    if clause.verb in words("beat"):
        winner, loser = clause.subject, clause.object
    elif clause.verb == "lose":
        # “lost to Bo” and no “lost the key to the shed”
        winner, loser = (against, clause.subject) if clause.object is None else (None, None)
    else:
        winner, loser = clause.subject, against
    contest = clause.object if clause.verb == "win" else None
    contests = [t for p, t in phrases if p in ("in", "at") and t.kind == "noun"]
    for participant, verb in ((winner, "win"), (loser, "lose")):
        if participant is None:
            continue
        # Losers lost to somebody, winners won against somebody.
        other, link = (winner, "to") if verb == "lose" else (loser, "against")
        rival = ((link, other),) if other is not None else ()
        all_phrases = (*phrases, *rival)
        outcome = replace(
            clause,
            verb=verb,
            subject=participant,
            object=contest,
            second=None,
            prepositions=all_phrases,
        )
        if verb != clause.verb:
            yield outcome, "beat"
        for event in contests if contest is None else ():
            remaining = tuple(argument for argument in all_phrases if argument[1] is not event)
            yield replace(outcome, object=event, prepositions=remaining), "beat"
    if winner is not None and loser is not None and clause.verb not in words("beat"):
        yield (
            replace(clause, verb="beat", subject=winner, object=loser, prepositions=phrases),
            "beat",
        )
