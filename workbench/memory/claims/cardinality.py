"""The cardinality of relations: many values, unless a word is known to have one.

“My plan is pro” excludes another plan, “I am allergic to nuts” does not exclude more. Single-valued
relations are data (`resources/language/en/single_valued.txt`), or the statement excludes others
itself (“now”, “only”, “instead”): then a newer claim on the topic supersedes the older. A definite
description with “the” (“the deadline is 3 May”) denotes one thing, after Russell (1905); one with
“my” need not.
"""

from dataclasses import replace
from functools import lru_cache

from ingest.language.coreference import is_person
from ingest.language.events import relations_of
from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_clock, is_time, recurs
from ingest.language.word_lists import classes, groups_of, kinship, measures, opposites, words
from workbench.memory.claims.identity import definite, literally, refers_back

#: Prefixes of slots of states and of the states they exclude.
_STATES = ("state:", "group:")


def excludes(clause: Clause) -> bool:
    """Whether a clause excludes other values: “now”, “since May”, “only”, “my new dentist is”."""
    adverbs = set(clause.adverbs)
    if _begins(clause):
        adverbs.add("now")
    if adverbs & _words("beside"):
        return False
    if clause.subject is not None and "new" in clause.subject.mods:
        return True
    state = clause.complement.head if clause.complement is not None else ""
    restrictive = adverbs & _words("alone")
    times = [is_time(phrase, preposition) for preposition, phrase in clause.prepositions]
    if any(times) and (clause.object is not None or not all(times)):
        # “allergic to kiwis only in spring”
        restrictive -= {"only"}
    if {clause.verb, state} & _words("gathering"):
        return "only" in restrictive
    return bool(restrictive)


def _begins(clause: Clause) -> bool:
    """Whether a clause says since when it holds."""
    return is_time(clause.role("since"), "since")


def slots(clause: Clause) -> frozenset[str]:
    """The single-valued slots of a clause: time, place, amount, identity, state."""
    filled: set[str] = set()
    if clause.complement is not None:
        filled |= _of_complement(clause, clause.complement)
    else:
        filled.update(filter(None, (_of_phrase(clause, *phrase) for phrase in clause.prepositions)))
    if clause.object is not None and _is_amount(clause, clause.object):
        filled.add("amount")
    use = clause.role("for") if clause.verb in _words("object") else None
    if use is not None and (use.determiner == "the" or use.owner is not None):
        # “we use MySQL for the orders”
        filled.add("object")
    for adverb in clause.adverbs:
        if adverb in opposites():
            filled |= _states(adverb)
    return frozenset(filled)


def adds_up(clause: Clause, role: str) -> bool:
    """Whether a role may have several values: time, place, object, “from” …"""
    if excludes(clause):
        return False
    occupied = slots(clause)
    if role == "time":
        return not any(slot.startswith("time") for slot in occupied)
    if role in ("complement", "deed"):
        return not occupied & {"identity", "amount", "time"}
    if role == "object":
        return not occupied & {"amount", "object"}
    return ("place" if role in words("place") else role) not in occupied


def competes(newer: Clause, older: Clause) -> bool:
    """Whether two positive clauses on one subject give mutually exclusive values."""
    if excludes(newer) and _fills_the_same(*(with_role(c, "since", None) for c in (newer, older))):
        return True
    # uses for different purposes are compatible: see `claim_set.choices_differ`
    shared = (slots(newer) & slots(older)) - {"object"}
    if not shared:
        return False
    if shared & {"amount", "time"} and not _agree(newer, older, ("for", "with")):
        # “5 euros for children” and “7 for adults”
        return False
    if not _same_days(newer, older):
        return False
    if any(slot.startswith(_STATES) for slot in shared):
        return _excluded_state(newer, older)
    return True


def is_unique(phrase: Phrase) -> bool:
    """Whether a noun phrase denotes a unique thing: “my plan”, “the deadline”."""
    if phrase.kind != "noun" or phrase.number or is_plural(phrase):
        return False
    if phrase.owner is None and phrase.determiner != "the":
        return False
    if phrase.mods & _words("modifiers"):
        return True
    if phrase.head in _words("several"):
        return False
    return phrase.determiner == "the" or phrase.head in _words("nouns")


def has_sole_holder(clause: Clause) -> bool:
    """Whether a thing has one owner or leader at a time: “the car”, “marketing”."""
    phrase = clause.object
    if clause.verb not in _words("holder") or phrase is None or phrase.members or phrase.number:
        return False
    if set(clause.adverbs) & _words("beside") or is_plural(phrase):
        return False
    if phrase.kind == "name" or phrase.owner is not None or phrase.determiner == "the":
        return True
    return clause.verb != "own" and phrase.kind == "noun" and not phrase.determiner


def narrows(query: Phrase, candidate: Phrase) -> bool:
    """Whether a candidate for a unique noun has additional modifiers: “my old number”."""
    if query.kind != "noun" or candidate.kind != "noun" or query.head != candidate.head:
        return False
    context_words = {word for _, phrase in query.inside for word in phrase.words}
    if query.owner is not None and query.owner.kind != "pronoun":
        # “the ip of the router” is the router ip
        context_words |= query.owner.words
    more = candidate.mods - query.words - context_words - words("whole")
    return bool(more) and (candidate.head in _words("nouns") or bool(more & _words("bygone")))


def is_plural(phrase: Phrase) -> bool:
    """Whether a noun phrase is plural."""
    return any(
        word != phrase.head and singular(word) == phrase.head
        for word in phrase.text.lower().split()
    )


@lru_cache(64)
def _words(name: str) -> frozenset[str]:
    return classes("single_valued.txt").get(name, frozenset())


def _of_phrase(clause: Clause, preposition: str, phrase: Phrase) -> str:
    """The slot of a prepositional phrase; "" if it may have several values."""
    verb, subject = clause.verb, clause.subject
    if is_time(phrase, preposition):
        single = verb in _words("time") or clause.progressive
        if not single or not _is_single_time(clause, phrase):
            return ""
        return "time" if preposition in ("at", "on", "in", "") else f"time:{preposition}"
    if preposition in words("place") and verb in _words("place"):
        if phrase.head in _words("bodies"):
            return ""
        indefinite = subject is not None and subject.kind == "noun"
        indefinite = (
            indefinite and subject is not None and not (subject.determiner or subject.owner)
        )
        return "" if indefinite and verb == "be" else "place"
    return preposition if verb in _words(preposition) else ""


def _is_single_time(clause: Clause, time: Phrase) -> bool:
    """Whether something has one such time: a meeting one day, an opening one hour."""
    subject = clause.subject
    if subject is None or recurs(time):
        return False
    if subject.head in _words("timetable") and subject.owner is None:
        return False
    if is_clock(time):
        return True
    if clause.verb in ("open", "close"):
        return not groups_of(time.head)
    certain = subject.owner is not None or subject.determiner == "the"
    return (certain and not is_plural(subject)) or subject.kind in ("name", "pronoun")


def _of_complement(clause: Clause, complement: Phrase) -> set[str]:
    """The slots of a complement with be."""
    unique = clause.subject is not None and is_unique(clause.subject)
    if complement.kind == "adjective" and complement.number:
        # “180 cm tall” does not exclude “34 years old”
        return (
            {"amount", f"amount:{complement.head}"}
            if complement.head == "old"
            else {f"amount:{complement.head}"}
        )
    if complement.kind == "adjective":
        states = {f"group:{name}" for name in groups_of(complement.head)}
        if complement.head in opposites():
            states |= _states(complement.head)
        # “my plan is basic”: a label
        is_label = unique and clause.subject is not None and clause.subject.head in _words("nouns")
        return states | {"identity"} if is_label or (unique and not states) else states
    if complement.kind == "number" or complement.number:
        return {"amount"}
    if complement.kind == "time":
        return {"time"} if _is_single_time(clause, complement) else set()
    return {"identity"} if unique else set()


def _is_amount(clause: Clause, phrase: Phrase) -> bool:
    if clause.verb not in _words("amount"):
        return False
    if clause.verb in ("cost", "weigh", "measure"):
        return True
    lasts = phrase.head in measures()["long"].units
    return bool(phrase.number) and (lasts or clause.verb not in ("take", "last"))


def _states(word: str) -> set[str]:
    """A state, and its opposites, which exclude it."""
    return {f"state:{word}", *(f"state:{other}" for other in opposites()[word])}


def _excluded_state(newer: Clause, older: Clause) -> bool:
    """Whether two states exclude each other: “open” and “closed” on the same day."""
    left, right = newer.complement, older.complement
    if left is None or right is None:
        return left is right or newer.adverbs != older.adverbs
    if left.head == right.head:
        return left.head in _words("adjectives") or "identity" in slots(newer)
    return _agree(newer, older) and _timed(newer) <= _timed(older)


def _timed(clause: Clause) -> set[str]:
    """The times of a clause, without since and until."""
    return {
        phrase.head
        for preposition, phrase in clause.prepositions
        if is_time(phrase, preposition) and preposition not in ("since", "until")
    }


def _agree(newer: Clause, older: Clause, prepositions: tuple[str, ...] = ()) -> bool:
    """Whether two clauses have equal phrases with these prepositions (default: all); no times."""
    left, right = (
        {
            (preposition, phrase.words)
            for preposition, phrase in clause.prepositions
            if not is_time(phrase, preposition) and preposition in (prepositions or (preposition,))
        }
        for clause in (newer, older)
    )
    return left == right


def _same_days(newer: Clause, older: Clause) -> bool:
    """Whether two clauses have the same recurring days: “on Sundays” differs from any day."""
    left, right = (
        {
            phrase.words
            for preposition, phrase in clause.prepositions
            if is_time(phrase, preposition)
            and (recurs(phrase) or (clause.verb in ("open", "close") and not is_clock(phrase)))
        }
        for clause in (newer, older)
    )
    return left == right


def _fills_the_same(newer: Clause, older: Clause) -> bool:
    """Whether a clause that excludes others fills the role that the older one fills."""
    left, right = newer.complement, older.complement
    if (left is None) != (right is None) or (newer.object is None) != (older.object is None):
        return False
    if left is not None and right is not None:
        if "adjective" in (left.kind, right.kind):
            return left.head == right.head and _phrases(newer) == _phrases(older) != []
        kind = {phrase.head for phrase in (left, right)} & kinship().keys()
        trades = not kind and is_person(left) and is_person(right)
        subject = newer.subject
        certain = subject is not None and (subject.owner is not None or subject.determiner == "the")
        return bool(trades) or (certain and subject is not None and not is_plural(subject))
    return set(_phrases(newer)) <= set(_phrases(older))


def _phrases(clause: Clause) -> list[str]:
    """The prepositions of a clause, with one name for all times."""
    return sorted("time" if is_time(t, p) else p for p, t in clause.prepositions)


def same_topic(newer: Clause, older: Clause) -> bool:
    """Whether a clause denies an older one, or gives another value of a single-valued relation."""
    newer, older = _by_role(newer), _by_role(older)
    subject, older_subject = newer.subject, older.subject
    if subject is None or older_subject is None:
        return False
    if choices_differ(newer, older):
        return True
    if newer.verb != older.verb:
        return False
    if "new" in subject.mods | older_subject.mods:
        # “we have a new password: …”
        subject = replace(subject, mods=subject.mods - {"new"})
        older_subject = replace(older_subject, mods=older_subject.mods - {"new"})
    if newer.negated and not older.negated and newer.verb not in ("have", "own", "owe"):
        return _denied(newer, older)
    equal_subjects = literally(subject, older_subject) and literally(older_subject, subject)
    if not equal_subjects and not any(literally(subject, name) for name in older_subject.names):
        # “Jan”, introduced as “my nephew Jan”
        return False
    if newer.verb == "owe":
        to = newer.second, older.second
        return to[0] is not None and to[1] is not None and literally(to[0], to[1])
    if newer.verb in ("have", "own"):
        objects = newer.object, older.object
        return (
            objects[0] is not None
            and objects[1] is not None
            and refers_back(objects[0], objects[1])
            and newer.negated != older.negated
        )
    if older.negated:
        return not newer.negated and _overlaps(newer, older)
    free = excludes(newer) or slots(newer) & {"amount", "object"}
    return (bool(free) or _same_object(newer, older)) and competes(newer, older)


def displaces_holder(newer: Clause, older: Clause) -> bool:
    """Whether “Leif conducts the choir now”, “Bo owns the car” excludes another holder."""
    left, right = newer.object, older.object
    if newer.verb != older.verb or newer.negated or older.negated:
        return False
    if left is None or right is None or not (literally(left, right) and literally(right, left)):
        return False
    if (set(newer.adverbs) & words("now") or _begins(newer)) and "office" in relations_of(newer):
        return True
    people = newer.subject, older.subject
    return (
        has_sole_holder(newer)
        and people[0] is not None
        and people[1] is not None
        and not (people[0].members or people[1].members)
        and not (literally(people[0], people[1]) or literally(people[1], people[0]))
    )


def _by_role(clause: Clause) -> Clause:
    """“Bo is the chair” rewritten as “the chair is Bo”."""
    holder, office = clause.subject, clause.complement
    if clause.verb != "be" or holder is None or office is None:
        return clause
    is_inverted = holder.kind in ("name", "pronoun") and office.kind == "noun" and definite(office)
    return replace(clause, subject=office, complement=holder) if is_inverted else clause


def _denied(newer: Clause, older: Clause) -> bool:
    """Whether a claim is retracted in its own words: “she no longer plays the cello”."""
    subjects = newer.subject, older.subject
    return (
        subjects[0] is not None
        and subjects[1] is not None
        and newer.negated
        and not older.negated
        and (literally(subjects[0], subjects[1]) or literally(subjects[1], subjects[0]))
        # who does not always play may still play
        and not set(newer.adverbs) - words("now") - {"longer"}
        and _overlaps(newer, older)
    )


def _same_object(newer: Clause, older: Clause) -> bool:
    """Whether both have the same object: keeping the jam in the cellar says nothing of bread."""
    left, right = newer.object, older.object
    if left is None or right is None:
        return left is right
    return literally(left, right) or literally(right, left)


def _overlaps(newer: Clause, older: Clause) -> bool:
    """Whether a denial matches all roles of the older clause."""
    for role in ("object", "complement"):
        left, right = newer.role(role), older.role(role)
        if (left is None) != (right is None):
            return False
        if left is not None and right is not None and not literally(left, right):
            return False
    return all(
        (counterpart := older.role(preposition)) is not None and literally(phrase, counterpart)
        for preposition, phrase in newer.prepositions
    )


def choices_differ(newer: Clause, older: Clause) -> bool:
    """Whether two claims choose different things for one purpose: “we use X for the docs”.

    Additions (“also X”) and lists are no choices.
    """
    left, right = purpose(newer), purpose(older)
    objects = newer.object, older.object
    if left is None or right is None or objects[0] is None or objects[1] is None:
        return False
    by = newer.subject, older.subject
    return (
        by[0] is not None
        and by[1] is not None
        and literally(by[0], by[1])
        and literally(left, right)
        and literally(right, left)
        and not literally(objects[0], objects[1])
        and not literally(objects[1], objects[0])
    )


def purpose(clause: Clause) -> Phrase | None:
    """The purpose of a choice; None if a clause makes none."""
    phrase = clause.object
    if clause.verb not in words("adopt") or clause.negated or phrase is None or phrase.members:
        return None
    if set(clause.adverbs) & words("additive"):
        return None
    return clause.role("for") or clause.role("as") or clause.role("to")
