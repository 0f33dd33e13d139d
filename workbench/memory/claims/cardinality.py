"""How many values a relation has at a time: many, unless its word is known to have one.

“My plan is pro” leaves no room for another plan, “I am allergic to nuts” leaves room for more. What
has one value is data (`resources/language/en/single_valued.txt`), or the statement itself excludes
the others (“now”, “only”, “instead”). A definite description with “the” (“the deadline is 3 May”)
denotes one thing, after Russell (1905); one with “my” need not.
"""

from functools import lru_cache

from ingest.language.coreference import is_person
from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_clock, is_time, recurs
from ingest.language.word_lists import classes, groups_of, kinship, measures, opposites, words

#: Slots that hold a state with the states that it denies.
_STATES = ("state:", "group:")


def single_valued(clause: Clause) -> bool:
    """Whether a clause gives what has one value at a time, or itself excludes any other value."""
    return excludes(clause) or bool(slots(clause))


def excludes(clause: Clause) -> bool:
    """Whether a clause says that nothing else is so: “now”, “only”, “my new dentist is”."""
    adverbs = set(clause.adverbs)
    if adverbs & _words("beside"):
        return False
    if clause.subject is not None and "new" in clause.subject.mods:
        return True
    state = clause.complement.head if clause.complement is not None else ""
    alone = adverbs & _words("alone")
    if {clause.verb, state} & _words("gathering"):
        return "only" in alone
    return bool(alone)


def slots(clause: Clause) -> frozenset[str]:
    """The slots of a clause that hold one value at a time: time, place, amount, identity, state."""
    found: set[str] = set()
    if clause.complement is not None:
        found |= _of_complement(clause, clause.complement)
    else:
        found.update(filter(None, (_of_phrase(clause, *phrase) for phrase in clause.prepositions)))
    if clause.object is not None and _is_amount(clause, clause.object):
        found.add("amount")
    use = clause.role("for") if clause.verb in _words("object") else None
    if use is not None and (use.determiner == "the" or use.owner is not None):
        # “we use MySQL for the orders”
        found.add("object")
    for adverb in clause.adverbs:
        if adverb in opposites():
            found |= _states(adverb)
    return frozenset(found)


def adds_up(clause: Clause, role: str) -> bool:
    """Whether other values may stand beside the one in a role: time, place, object, “from” …"""
    if excludes(clause):
        return False
    taken = slots(clause)
    if role == "time":
        return not any(slot.startswith("time") for slot in taken)
    if role in ("complement", "deed"):
        return not taken & {"identity", "amount", "time"}
    if role == "object":
        return not taken & {"amount", "object"}
    return ("place" if role in words("place") else role) not in taken


def competes(newer: Clause, older: Clause) -> bool:
    """Whether two positive clauses of one subject give values of which only one can hold."""
    if excludes(newer) and _fills_the_same(newer, older):
        return True
    # what is used for one purpose says nothing of another: `held.choices_differ`
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


def has_one(thing: Phrase) -> bool:
    """Whether a noun phrase denotes the only one there is: “my plan”, “the deadline”."""
    if thing.kind != "noun" or thing.number or is_plural(thing):
        return False
    if thing.owner is None and thing.determiner != "the":
        return False
    if thing.mods & _words("modifiers"):
        return True
    if thing.head in _words("several"):
        return False
    return thing.determiner == "the" or thing.head in _words("nouns")


def has_one_holder(clause: Clause) -> bool:
    """Whether only one owns or leads a certain thing at a time: “the car”, “marketing”."""
    thing = clause.object
    if clause.verb not in _words("holder") or thing is None or thing.members or thing.number:
        return False
    if set(clause.adverbs) & _words("beside") or is_plural(thing):
        return False
    if thing.kind == "name" or thing.owner is not None or thing.determiner == "the":
        return True
    return clause.verb != "own" and thing.kind == "noun" and not thing.determiner


def narrows(asked: Phrase, told: Phrase) -> bool:
    """Whether a noun of which there is one was told with more: “my old number”, “a maiden name”."""
    if asked.kind != "noun" or told.kind != "noun" or asked.head != told.head:
        return False
    beside = {word for _, thing in asked.inside for word in thing.words}
    if asked.owner is not None and asked.owner.kind != "pronoun":
        # “the ip of the router” is the router ip
        beside |= asked.owner.words
    more = told.mods - asked.words - beside - words("whole")
    return bool(more) and (told.head in _words("nouns") or bool(more & _words("bygone")))


def is_plural(thing: Phrase) -> bool:
    """Whether a noun phrase stands in the plural."""
    return any(
        word != thing.head and singular(word) == thing.head for word in thing.text.lower().split()
    )


@lru_cache(64)
def _words(name: str) -> frozenset[str]:
    return classes("single_valued.txt").get(name, frozenset())


def _of_phrase(clause: Clause, preposition: str, thing: Phrase) -> str:
    """The slot that a prepositional phrase fills; "" where others may stand beside it."""
    verb, subject = clause.verb, clause.subject
    if is_time(thing, preposition):
        single = verb in _words("time") or clause.progressive
        if not single or not _once(clause, thing):
            return ""
        return "time" if preposition in ("at", "on", "in", "") else f"time:{preposition}"
    if preposition in words("place") and verb in _words("place"):
        if thing.head in _words("bodies"):
            return ""
        bare = subject is not None and subject.kind == "noun"
        bare = bare and subject is not None and not (subject.determiner or subject.owner)
        return "" if bare and verb == "be" else "place"
    return preposition if verb in _words(preposition) else ""


def _once(clause: Clause, time: Phrase) -> bool:
    """Whether something is at one such time: a meeting on one day, a shop opens at one hour."""
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


def _of_complement(clause: Clause, what: Phrase) -> set[str]:
    """The slots of what something is."""
    one = clause.subject is not None and has_one(clause.subject)
    if what.kind == "adjective" and what.number:
        # “180 cm tall” takes no place of “34 years old”
        return {"amount", f"amount:{what.head}"} if what.head == "old" else {f"amount:{what.head}"}
    if what.kind == "adjective":
        states = {f"group:{name}" for name in groups_of(what.head)}
        if what.head in opposites():
            states |= _states(what.head)
        # “my plan is basic”: what it is called
        named = one and clause.subject is not None and clause.subject.head in _words("nouns")
        return states | {"identity"} if named or (one and not states) else states
    if what.kind == "number" or what.number:
        return {"amount"}
    if what.kind == "time":
        return {"time"} if _once(clause, what) else set()
    return {"identity"} if one else set()


def _is_amount(clause: Clause, thing: Phrase) -> bool:
    if clause.verb not in _words("amount"):
        return False
    if clause.verb in ("cost", "weigh", "measure"):
        return True
    lasts = thing.head in measures()["long"].units
    return bool(thing.number) and (lasts or clause.verb not in ("take", "last"))


def _states(word: str) -> set[str]:
    """A state, and those that it denies, which cannot be so at the same time."""
    return {f"state:{word}", *(f"state:{other}" for other in opposites()[word])}


def _excluded_state(newer: Clause, older: Clause) -> bool:
    """Whether two states of the same exclude each other: “open” and “closed” on the same day."""
    one, other = newer.complement, older.complement
    if one is None or other is None:
        return one is other or newer.adverbs != older.adverbs
    if one.head == other.head:
        return one.head in _words("adjectives") or "identity" in slots(newer)
    return _agree(newer, older) and _timed(newer) <= _timed(older)


def _timed(clause: Clause) -> set[str]:
    """The times at which something is so; not since or until when."""
    return {
        thing.head
        for preposition, thing in clause.prepositions
        if is_time(thing, preposition) and preposition not in ("since", "until")
    }


def _agree(newer: Clause, older: Clause, among: tuple[str, ...] = ()) -> bool:
    """Whether two clauses have the same phrases, but for times, with these prepositions (all)."""
    said, before = (
        {
            (preposition, thing.words)
            for preposition, thing in clause.prepositions
            if not is_time(thing, preposition) and preposition in (among or (preposition,))
        }
        for clause in (newer, older)
    )
    return said == before


def _same_days(newer: Clause, older: Clause) -> bool:
    """Whether two clauses are of the same recurring days: “on Sundays” is another than any day."""
    said, before = (
        {
            thing.words
            for preposition, thing in clause.prepositions
            if is_time(thing, preposition)
            and (recurs(thing) or (clause.verb in ("open", "close") and not is_clock(thing)))
        }
        for clause in (newer, older)
    )
    return said == before


def _fills_the_same(newer: Clause, older: Clause) -> bool:
    """Whether a clause that excludes others fills the very role that the older one fills."""
    one, other = newer.complement, older.complement
    if (one is None) != (other is None) or (newer.object is None) != (older.object is None):
        return False
    if one is not None and other is not None:
        if "adjective" in (one.kind, other.kind):
            return one.head == other.head and _phrases(newer) == _phrases(older) != []
        kind = {thing.head for thing in (one, other)} & kinship().keys()
        trades = not kind and is_person(one) and is_person(other)
        subject = newer.subject
        certain = subject is not None and (subject.owner is not None or subject.determiner == "the")
        return bool(trades) or (certain and subject is not None and not is_plural(subject))
    return set(_phrases(newer)) <= set(_phrases(older))


def _phrases(clause: Clause) -> list[str]:
    """The prepositions of a clause, all times under one name."""
    return sorted("time" if is_time(t, p) else p for p, t in clause.prepositions)
