"""Which states of a memory an event ends, and which its new thing takes over.

An event names whom and what it parts; a state is over where it holds between the two, whatever its
verb is: who left the choir no longer sings in it, nor is its treasurer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.language.amendments import rescheduled
from ingest.language.claims import Claim
from ingest.language.events import Ending, is_of_months, relations_of, relations_of_noun
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import exclusive, kinship, opposites, synonyms, words
from workbench.memory.claims.things import Identity, literally, original

_ROLES = ("subject", "object", "second", "complement")
_KIN = kinship().keys() | {general for general, _ in kinship().values()}


def verb_fits(asked: str, told: str) -> int:
    """1 where verbs ask for the same, -1 where one denies the other, else 0."""
    if asked == told or asked in synonyms().get(told, ()):
        return 1
    return -1 if told in opposites().get(asked, ()) else 0


class Aliases:
    """What things are called by besides, as told identities say: “Rex is our dog”."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self._identities = tuple(identities)
        self._found: dict[Phrase, tuple[Phrase, ...]] = {}

    def of(self, thing: Phrase) -> tuple[Phrase, ...]:
        """The other names of a thing and the nouns that it is called by."""
        if thing not in self._found:
            pairs = (*self._identities, *((name, noun) for noun, name in self._identities))
            self._found[thing] = tuple(other for one, other in pairs if _is_same(thing, one, None))
        return self._found[thing]


#: Without any told identity.
_UNALIASED = Aliases()


def ends(ending: Ending, state: Clause, known: Aliases) -> bool:
    """Whether an event ends a state, with these names for things."""
    if _is_lasting(state):
        return False
    if ending.kind == "over":
        return ending.other is not None and _is_over(ending.other, ending.holder, state, known)
    if ending.kind == "new" and ending.relation in ("home", "employer"):
        return _is_left(ending, state, known)
    if ending.kind in ("swap", "new"):
        return bool(_swapped_role(ending, state, known))
    if ending.kind == "change" and ending.instead is not None:
        return substituted(ending, state, known) is not None
    if ending.kind == "change":
        thing, about = ending.other, state.subject
        told = thing is not None and about is not None and mentions(thing, about, known, state)
        return told and _may_change(state)
    return _is_parted(ending, state, known)


def bears_on(event: Clause, state: Clause, known: Aliases) -> bool:
    """Whether an event of no known class happened between the two that a state relates."""
    if event.verb in words("ends_nothing") or event.verb == state.verb or event.negated:
        return False
    if event.subject is None or state.verb in ("be", "have", "own") or state.tense == "perfect":
        return False
    who = _named(event.subject, state, known)
    thing = event.object
    if thing is not None and thing.owner is not None and state.object is not None:
        # who spilled his coffee may still drink coffee
        thing = thing if state.object.owner is not None else None
    others = [thing, *(t for p, t in event.prepositions if not is_time(t, p))]
    return (
        who is not None
        and _has(who, state)
        and any(
            other is not None and _named(other, state, known, but=who) is not None
            for other in others
        )
    )


def _may_change(state: Clause) -> bool:
    """Whether a state has an amount or a time, or what something is called."""
    what = state.complement or state.object
    timed = any(is_time(thing, p) for p, thing in state.prepositions)
    return timed or (what is not None and (bool(what.number) or what.kind != "adjective"))


def denies(newer: Clause, state: Clause, known: Aliases) -> bool:
    """Whether a claim takes a state back: “she no longer plays the cello”."""
    if not newer.negated or state.negated or newer.subject is None:
        return False
    # who does not always play may still play
    if set(newer.adverbs) - set(state.adverbs) - words("now") - {"longer"}:
        return False
    who = _named(newer.subject, state, known)
    if who is None or not (_has(who, state) or who is state.subject):
        return False
    trade = _trade(state)
    does = trade is not None and trade.head in _doers(newer.verb)
    if newer.ceased and does:
        # “a bus driver” who stopped driving buses
        return newer.object is None or trade is None or newer.object.head in {*trade.mods, ""}
    alike = verb_fits(newer.verb, state.verb) == 1
    with_ = newer.ceased and newer.verb == "be" and newer.complement is None
    if not (alike or with_ or relations_of(newer) & relations_of(state)):
        return False
    what, told = newer.complement, state.complement
    if what is not None and alike:
        same_state = told is not None and (
            what.head == told.head or what.kind == told.kind != "adjective"
        )
        if not same_state:
            return False
    said = [t for t in (newer.object, newer.second, what if alike else None) if t is not None]
    said += [thing for p, thing in newer.prepositions if not (newer.ceased and _once(p, thing))]
    if not said:
        return alike and (newer.ceased or newer.verb not in ("be", "have", "do"))
    times = [thing for p, thing in state.prepositions if is_time(thing, p)]
    return all(
        any(literally(thing, time) for time in times)
        if thing.kind == "time"
        else _named(thing, state, known, but=who) is not None
        for thing in said
    )


def _once(preposition: str, thing: Phrase) -> bool:
    """Whether a phrase says since when or why something is over: “after the operation”."""
    if preposition in words("over_since"):
        return True
    often = thing.head in exclusive()["weekday"] or thing.text.lower().endswith("s")
    return is_time(thing, preposition) and not often and not thing.mods & {"every", "each"}


def _is_lasting(state: Clause) -> bool:
    """Whether a state is one for good: somebody's kin, a name, where one was born."""
    if state.verb in ("born", "call", "cost") or (state.tense == "perfect" and not _goes_on(state)):
        return True
    if state.verb != "be":
        return False
    return any(
        noun is not None
        and name is not None
        and noun.kind == "noun"
        and name.kind in ("name", "pronoun")
        and noun.head in kinship()
        and kinship()[noun.head][0] not in words("chosen_kin")
        for noun, name in ((state.subject, state.complement), (state.complement, state.subject))
    )


def _goes_on(state: Clause) -> bool:
    """Whether a clause in the perfect tells what goes on: “has worked here since May”."""
    since = state.role("since") or state.role("for")
    return state.progressive or state.verb in words("stative") or is_time(since, "for")


def _is_parted(ending: Ending, state: Clause, known: Aliases) -> bool:
    holder, other = ending.holder, ending.other
    relations = relations_of(state)
    if holder is None:
        if other is None or (ending.relation and ending.relation not in relations):
            return False
        thing = _named(other, state, known)
        placed = ending.relation == "place"
        return thing is not None and placed == (thing is state.subject)
    who = _named(holder, state, known)
    if who is None:
        return False
    if ending.restricted and not (who is state.subject and ending.relation in relations):
        # who paid somebody back does not owe him any more, but may be owed
        return False
    if other is None:
        # whose teacher somebody is does not stop to teach
        whose = ending.relation in relations_of(state, trades=False)
        sides = (state.object, *(thing for _, thing in state.prepositions))
        # what holds between two ends for both, but not for their parents
        mutual = ending.relation in words("mutual") and any(who is thing for thing in sides)
        return ending.relation in relations and (mutual or _has(who, state, owner=whose))
    if _named(_had(other, holder), state, known, but=who) is not None:
        return True
    if _has(who, state) and _is_deed(other, state):
        return True
    return _names_relation(other, state, relations, who, known)


def _is_deed(noun: Phrase, state: Clause) -> bool:
    """Whether a noun names what a state says is done: “plumbing” of a plumber, “smoking”."""
    trade = _trade(state)
    deeds = {verb_of(word, "ing") or word.removesuffix("ing") for word in noun.words}
    return any(
        state.verb == deed or (trade is not None and trade.head in _doers(deed)) for deed in deeds
    )


def _trade(state: Clause) -> Phrase | None:
    """What a state says somebody is or works as; None where it says nothing."""
    what = state.complement if state.verb == "be" else state.role("as")
    return what if what is not None and what.kind == "noun" else None


def _doers(verb: str) -> tuple[str, ...]:
    """Who does something: the nouns of a verb."""
    return (f"{verb}er", f"{verb}r", f"{verb}{verb[-1:]}er", f"{verb}or")


def _names_relation(
    noun: Phrase,
    state: Clause,
    relations: frozenset[str],
    who: Phrase,
    known: Aliases,
) -> bool:
    """Whether a noun names the relation of a state: “her job at Nord” of “works for Nord”."""
    if not relations & relations_of_noun(noun.head) or not _has(who, state):
        return False
    inside = [thing for p, thing in noun.inside if not is_time(thing, p)]
    if noun.owner is not None and not literally(noun.owner, who):
        inside.append(noun.owner)
    said = {word for thing in _things(state) for word in thing.words}
    return noun.mods - words("temporal") <= said and all(
        _named(thing, state, known, but=who) is not None for thing in inside
    )


def _is_over(thing: Phrase, by: Phrase | None, state: Clause, known: Aliases) -> bool:
    """Whether a state presupposes a thing that is no more, ended by somebody if not by itself."""
    for role in _ROLES:
        told = state.role(role)
        if told is None or not mentions(thing, told, known, state):
            continue
        # what somebody was named or was a kind of remains so
        return not (role == "complement" and _is_named(state)) and not _is_kind(state, role)
    if any(mentions(thing, told, known, state) for p, told in state.prepositions):
        return True
    for told in (state.subject, state.object, state.complement):
        if told is None or told.kind != "noun":
            continue
        around = [told.owner, *(inner for _, inner in told.inside)]
        if any(t is not None and mentions(thing, t, known, state) for t in around):
            # the treasurer of a club that is no more, but not where somebody's house was
            return bool(relations_of(state))
    owner = thing.owner or next((t for p, t in thing.inside if p == "with"), None)
    if owner is None and thing.mods:
        # “the house purchase”, where somebody buys the house
        who = state.subject
    else:
        by = owner or by
        who = _named(by, state, known) if by is not None else None
    return who is not None and _names_relation(thing, state, relations_of(state), who, known)


def _is_named(state: Clause) -> bool:
    return state.verb == "be" and state.complement is not None and state.complement.kind == "name"


def _is_kind(state: Clause, role: str) -> bool:
    """Whether a state says of what kind its subject is: “Rex is a beagle”."""
    what = state.complement
    return (
        role == "subject"
        and state.verb == "be"
        and what is not None
        and what.kind == "noun"
        and what.determiner in ("a", "an")
        and not relations_of(state)
    )


def substituted(ending: Ending, state: Clause, known: Aliases) -> Clause | None:
    """A state with the new thing in the place of the old; None where only the old one is over."""
    if ending.kind == "change":
        about, thing = state.subject, ending.other
        if about is None or thing is None or ending.instead is None:
            return None
        same = mentions(thing, about, known, state)
        return rescheduled(state, ending.instead) if same else None
    role = _swapped_role(ending, state, known)
    if ending.instead is None or not role or _is_lasting(state):
        return None
    told = state.role(role)
    new = ending.instead
    about_itself = role == "subject" and state.complement is not None
    if about_itself and not (new.kind == "name" and relations_of(state)):
        # the new stove is not old for it
        return None
    if told is not None and told.kind == new.kind == "noun":
        owner = told.owner if told.owner is not None and told.owner.kind != "noun" else None
        # the hob that is used for a stove is asked for as the stove
        kind = {told.head} if state.verb in ("have", "own", "use") else set()
        new = replace(new, owner=new.owner or owner, mods=new.mods | kind)
    kept = tuple(
        phrase
        for phrase in state.prepositions
        if not is_of_months(phrase)
        and not (phrase[0] in words("over_since") and is_time(phrase[1], phrase[0]))
    )
    return with_role(replace(state, prepositions=kept), role, new)


def _swapped_role(ending: Ending, state: Clause, known: Aliases) -> str:
    """The role of a state in which the old thing stands; "" where it does not."""
    old, holder = ending.other, ending.holder
    if ending.kind == "new":
        return _value_role(ending, state, known)
    if old is None or (ending.relation and ending.relation not in relations_of(state)):
        return ""
    ranked = [t for t in (state.subject, state.complement) if t is not None]
    if any(word.endswith("est") for thing in ranked for word in thing.mods):
        # nobody is the tallest boy for having replaced him
        return ""
    who = _named(holder, state, known) if holder is not None else None
    unnamed = holder if who is None and old.owner is None else None
    if unnamed is not None and ending.relation not in relations_of_noun(unnamed.head):
        # “handed the keys over” hands on no office
        return ""
    old = _had(old, holder) if holder is not None else old
    named = [role for role in _ROLES if (t := state.role(role)) is not None and t is not who]
    named += [p for p, thing in state.prepositions if not is_time(thing, p) and thing is not who]
    for names in (_UNALIASED, known):
        for role in named:
            thing = state.role(role)
            if thing is not None and mentions(old, thing, names, state):
                return role
    return ""


def _is_left(ending: Ending, state: Clause, known: Aliases) -> bool:
    """Whether a state is of a home or a job other than the new one."""
    holder, new = ending.holder, ending.instead
    if holder is None or new is None or ending.relation not in relations_of(state):
        return False
    who = _named(holder, state, known)
    if who is None or not _has(who, state):
        return False
    return _named(new, state, known, but=who) is None


def _value_role(ending: Ending, state: Clause, known: Aliases) -> str:
    """The role of what somebody has in a state of a relation, where that is now something else."""
    holder, new = ending.holder, ending.instead
    if holder is None or new is None or ending.relation not in relations_of(state):
        return ""
    who = _named(holder, state, known)
    if who is None or not _has(who, state):
        return ""
    roles = ["subject"] if state.verb == "employ" else ["complement", "object"]
    what = state.complement if state.complement and state.complement.kind != "adjective" else None
    if what is None and (state.object is None or state.verb not in words("direct")):
        roles = [p for p, thing in state.prepositions if not is_time(thing, p)]
    kind = ending.other
    if kind is not None and (state.subject is None or kind.head != state.subject.head):
        return ""
    for role in roles:
        thing = state.role(role)
        called = new.kind in ("adjective", "noun") and not new.determiner
        if thing is None or thing is who or (thing.kind == "adjective" and not called):
            continue
        return "" if mentions(new, thing, known, state) else role
    return ""


def taken_over(ending: Ending, event: Claim, state: Clause, known: Aliases) -> Claim | None:
    """What is so since an event, where its new thing takes the place of the old one."""
    made = substituted(ending, state, known)
    return None if made is None else Claim(made, "now", "swap", event.sentence)


def _has(who: Phrase, state: Clause, *, owner: bool = True) -> bool:
    """Whether a state is somebody's: of its subject, of whom it is of, or of whom it employs."""
    subject, thing = state.subject, state.object
    whose = subject.owner if subject is not None and owner else None
    kept = thing if state.verb in ("employ", "hire") else None
    complement = state.complement if state.verb == "be" else None
    has = complement.owner if complement is not None and owner else None
    named = complement if complement is not None and complement.kind == "name" else None
    return any(who is each for each in (subject, whose, kept, has, named))


def _had(other: Phrase, holder: Phrase) -> Phrase:
    """A thing without its owner, where that is who had it: “Ida sold her car”."""
    owner = other.owner
    mine = owner is not None and (
        literally(owner, holder) or (owner.kind == holder.kind == "pronoun")
    )
    return replace(other, owner=None, determiner="the") if mine else other


def _named(
    thing: Phrase, state: Clause, known: Aliases, but: Phrase | None = None
) -> Phrase | None:
    """The thing of a state that is this one, also as who has another or what it is of."""
    return next(
        (
            told
            for told in _things(state)
            if told is not but and mentions(thing, told, known, state)
        ),
        None,
    )


def _things(state: Clause) -> Iterator[Phrase]:
    """The things of a state, with who has them and what they are of; no times."""
    said = [state.role(role) for role in _ROLES]
    said += [thing for p, thing in state.prepositions if not is_time(thing, p)]
    for thing in said:
        if thing is None:
            continue
        yield thing
        yield from thing.names
        inner = thing.owner
        while inner is not None:
            yield inner
            inner = inner.owner
        for p, other in thing.inside:
            if not is_time(other, p):
                yield other


def mentions(newer: Phrase, older: Phrase, known: Aliases, state: Clause | None = None) -> bool:
    """Whether a thing is the older one, as that was called, shorter, or by another name."""
    if newer.members:
        return any(mentions(member, older, known, state) for member in newer.members)
    if older.members:
        return any(mentions(newer, member, known, state) for member in older.members)
    if newer.kind in ("time", "number", "clause", "adjective") and newer.head != older.head:
        return False
    if newer.inside and not older.inside and state is not None:
        # “the deal with Nokia” of “we have a deal with Nokia”
        said = [thing for _, thing in state.prepositions]
        rest = tuple(e for e in newer.inside if not any(literally(e[1], t) for t in said))
        newer = replace(newer, inside=rest)
    if _is_same(newer, older, state):
        return True
    return any(_is_same(alias, older, state) for alias in known.of(newer))


def _shares_words(newer: Phrase, older: Phrase) -> bool:
    """Whether two things may be one at all: kin, or what shares a word."""
    if "pronoun" in (newer.kind, older.kind):
        return newer.kind == older.kind
    if newer.head in _KIN and older.head in _KIN:
        return True
    said = newer.words
    near = (older, older.owner, *older.names, *older.members)
    return any(thing is not None and not said.isdisjoint(thing.words) for thing in near)


def _is_same(newer: Phrase, older: Phrase, state: Clause | None) -> bool:
    newer, older = original(newer), original(older)
    if not _shares_words(newer, older):
        return False
    if newer.relatives:
        newer = replace(newer, relatives=())
    if literally(newer, older) or (newer.kind == older.kind == "name" and literally(older, newer)):
        return True
    if newer.kind == "name" and any(literally(newer, name) for name in older.names):
        return True
    if newer.kind == "name" and older.kind == "noun" and newer.words <= older.mods:
        # “the Massey Ferguson” for “a Massey Ferguson tractor”
        return True
    owner, subject = newer.owner, state.subject if state is not None else None
    source = state.role("from") or state.role("with") if state is not None else None
    if owner is not None and source is not None and literally(owner, source):
        # “Bonnier's offer” where we have an offer from Bonnier
        newer = replace(newer, owner=None, determiner="the")
        owner = None
    if owner is not None and older.owner is None and subject is not None:
        # “Mara's bike” where Mara has a bike
        if older is subject or not (literally(owner, subject) or literally(subject, owner)):
            return False
        newer = replace(newer, owner=None, determiner="the")
        return literally(newer, older)
    definite = newer.determiner in words("definite") or newer.kind == "noun"
    return (
        definite
        and owner is None
        and literally(replace(newer, determiner="the"), replace(older, owner=None))
    )
