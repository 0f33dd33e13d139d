"""Which states an event ends, and which its new thing inherits.

An event names the participants it separates; a state between the two is over, whatever its verb:
who left the choir no longer sings in it, nor is its treasurer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.language.amendments import rescheduled
from ingest.language.claims import Claim
from ingest.language.events import Ending, is_of_months, relations_of, relations_of_noun
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import (
    exclusive,
    kinship,
    opposites,
    synonyms,
    words,
)
from workbench.memory.claims.identity import Identity, literally, original

_ROLES = ("subject", "object", "second", "complement")
_KINSHIP = kinship().keys() | {general for general, _ in kinship().values()}


def verb_fits(query: str, candidate: str) -> int:
    """1 for synonymous verbs, -1 for opposite ones, else 0."""
    if query == candidate or query in synonyms().get(candidate, ()):
        return 1
    return -1 if candidate in opposites().get(query, ()) else 0


class Aliases:
    """Other names of things, from stated identities: “Rex is our dog”."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self._identities = tuple(identities)
        self._names: dict[Phrase, tuple[Phrase, ...]] = {}

    def of(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The other names of a thing, and the nouns for it."""
        if phrase not in self._names:
            pairs = (*self._identities, *((name, noun) for noun, name in self._identities))
            self._names[phrase] = tuple(
                right for left, right in pairs if _is_same(phrase, left, None)
            )
        return self._names[phrase]


#: Without identities.
_UNALIASED = Aliases()


def ends(ending: Ending, state: Clause, aliases: Aliases) -> bool:
    """Whether an event ends a state, given these aliases."""
    if _is_lasting(state):
        return False
    if ending.kind == "over":
        return ending.other is not None and _presupposes(
            ending.other, ending.holder, state, aliases
        )
    if ending.kind == "new" and ending.relation in ("home", "employer"):
        return not _is_unfit(ending) and _is_left(ending, state, aliases)
    if ending.kind in ("swap", "new"):
        return bool(_swapped_role(ending, state, aliases))
    if ending.kind == "change" and ending.instead is not None:
        return substituted(ending, state, aliases) is not None
    if ending.kind == "change":
        phrase, topic = ending.other, state.subject
        is_mentioned = (
            phrase is not None and topic is not None and mentions(phrase, topic, aliases, state)
        )
        return is_mentioned and _may_change(state)
    return _is_parted(ending, state, aliases)


def _is_unfit(ending: Ending) -> bool:
    """Whether what is new is no home or employer: a ward, “pottery” that one signed up for."""
    new = ending.instead
    if new is None or ending.relation not in ("home", "employer"):
        return False
    if ending.relation == "home":
        return not new.words.isdisjoint(words("post"))
    return new.kind == "noun" and not (new.determiner or new.owner)


def bears_on(event: Clause, state: Clause, aliases: Aliases) -> bool:
    """Whether an event of no known class involves both participants of a state."""
    if event.verb in words("ends_nothing") or event.verb == state.verb or event.negated:
        return False
    if event.subject is None or state.verb in ("be", "have", "own") or state.tense == "perfect":
        return False
    participant = _mentioned_phrase(event.subject, state, aliases)
    phrase = event.object
    if phrase is not None and phrase.owner is not None and state.object is not None:
        # who spilled his coffee may still drink coffee
        phrase = phrase if state.object.owner is not None else None
    affected = [phrase, *(t for p, t in event.prepositions if not is_time(t, p))]
    return (
        participant is not None
        and _has(participant, state)
        and any(
            other is not None
            and _mentioned_phrase(other, state, aliases, but=participant) is not None
            for other in affected
        )
    )


def _may_change(state: Clause) -> bool:
    """Whether a state has an amount, a time or a label."""
    content = state.complement or state.object
    timed = any(is_time(phrase, p) for p, phrase in state.prepositions)
    return timed or (content is not None and (bool(content.number) or content.kind != "adjective"))


def denies(newer: Clause, state: Clause, aliases: Aliases) -> bool:
    """Whether a claim retracts a state: “she no longer plays the cello”."""
    if not newer.negated or state.negated or newer.subject is None:
        return False
    # who does not always play may still play
    if set(newer.adverbs) - set(state.adverbs) - words("now") - {"longer"}:
        return False
    participant = _mentioned_phrase(newer.subject, state, aliases)
    if _is_passive_of(newer, state.verb) and participant is not None:
        # “the shop accepts Amex”: “Amex stopped being accepted at the shop”
        return participant is state.object and all(
            _mentioned_phrase(phrase, state, aliases, but=participant) is not None
            for p, phrase in newer.prepositions
            if not _is_onset(p, phrase)
        )
    if participant is None or not (_has(participant, state) or participant is state.subject):
        return False
    trade = _trade(state)
    does = trade is not None and trade.head in _doers(newer.verb)
    if newer.ceased and does:
        # “a bus driver” who stopped driving buses
        return newer.object is None or trade is None or newer.object.head in {*trade.mods, ""}
    same_verb = verb_fits(newer.verb, state.verb) == 1
    with_ = newer.ceased and newer.verb == "be" and newer.complement is None
    if not (same_verb or with_ or relations_of(newer) & relations_of(state)):
        return False
    complement, state_complement = newer.complement, state.complement
    if complement is not None and same_verb:
        same_state = state_complement is not None and (
            complement.head == state_complement.head
            or complement.kind == state_complement.kind != "adjective"
        )
        if not same_state:
            return False
    roles = [
        t for t in (newer.object, newer.second, complement if same_verb else None) if t is not None
    ]
    roles += [
        phrase for p, phrase in newer.prepositions if not (newer.ceased and _is_onset(p, phrase))
    ]
    if not roles:
        return same_verb and (newer.ceased or newer.verb not in ("be", "have", "do"))
    times = [phrase for p, phrase in state.prepositions if is_time(phrase, p)]
    return all(
        any(literally(phrase, time) for time in times)
        if phrase.kind == "time"
        else _mentioned_phrase(phrase, state, aliases, but=participant) is not None
        for phrase in roles
    )


def _is_passive_of(clause: Clause, verb: str) -> bool:
    """Whether a clause says in the passive what this verb says in the active."""
    done = clause.complement.head if clause.verb == "be" and clause.complement is not None else ""
    participle = verb_of(done, "participle") if done else None
    return participle is not None and verb_fits(participle, verb) == 1


def _is_onset(preposition: str, phrase: Phrase) -> bool:
    """Whether a phrase is the time or cause of an ending: “after the operation”."""
    if preposition in words("over_since"):
        return True
    recurring = phrase.head in exclusive()["weekday"] or phrase.text.lower().endswith("s")
    return is_time(phrase, preposition) and not recurring and not phrase.mods & {"every", "each"}


def _is_lasting(state: Clause) -> bool:
    """Whether a state is permanent: kinship, a name, a place of birth."""
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
    """Whether a perfect clause describes an ongoing state: “has worked here since May”."""
    onset = state.role("since") or state.role("for")
    return state.progressive or state.verb in words("stative") or is_time(onset, "for")


def _is_parted(ending: Ending, state: Clause, aliases: Aliases) -> bool:
    holder, other = ending.holder, ending.other
    relations = relations_of(state)
    if holder is None:
        if other is None or (ending.relation and ending.relation not in relations):
            return False
        phrase = _mentioned_phrase(other, state, aliases)
        is_place = ending.relation == "place"
        return phrase is not None and is_place == (phrase is state.subject)
    participant = _mentioned_phrase(holder, state, aliases)
    if participant is None:
        return False
    if ending.restricted and not (participant is state.subject and ending.relation in relations):
        # who paid somebody back owes him nothing, but may be owed
        return False
    if other is None:
        # somebody else's teacher does not stop teaching
        whose = ending.relation in relations_of(state, trades=False)
        sides = (state.object, *(phrase for _, phrase in state.prepositions))
        # a symmetric relation of the two, but not of their parents
        mutual = ending.relation in words("mutual") and any(
            participant is phrase for phrase in sides
        )
        return ending.relation in relations and (mutual or _has(participant, state, owner=whose))
    if _mentioned_phrase(_had(other, holder), state, aliases, but=participant) is not None:
        return True
    return _names_relation(other, state, relations, participant, aliases)


def _trade(state: Clause) -> Phrase | None:
    """The occupation in a state; None if there is none."""
    occupation = state.complement if state.verb == "be" else state.role("as")
    return occupation if occupation is not None and occupation.kind == "noun" else None


def _doers(verb: str) -> tuple[str, ...]:
    """The agent nouns of a verb."""
    return (f"{verb}er", f"{verb}r", f"{verb}{verb[-1:]}er", f"{verb}or")


def _names_relation(
    noun: Phrase,
    state: Clause,
    relations: frozenset[str],
    participant: Phrase,
    aliases: Aliases,
) -> bool:
    """Whether a noun names the relation of a state: “her job at Nord” for “works for Nord”."""
    if not relations & relations_of_noun(noun.head) or not _has(participant, state):
        return False
    inside = [phrase for p, phrase in noun.inside if not is_time(phrase, p)]
    if noun.owner is not None and not literally(noun.owner, participant):
        inside.append(noun.owner)
    mentioned = {word for phrase in _phrases_of(state) for word in phrase.words}
    return noun.mods - words("temporal") <= mentioned and all(
        _mentioned_phrase(phrase, state, aliases, but=participant) is not None for phrase in inside
    )


def _presupposes(phrase: Phrase, by: Phrase | None, state: Clause, aliases: Aliases) -> bool:
    """Whether a state presupposes a thing that has ceased, for somebody or altogether."""
    for role in _ROLES:
        candidate = state.role(role)
        if candidate is None or not mentions(phrase, candidate, aliases, state):
            continue
        # a name or kind remains
        return not (role == "complement" and _gives_name(state)) and not _is_kind(state, role)
    if any(mentions(phrase, candidate, aliases, state) for p, candidate in state.prepositions):
        return True
    for candidate in (state.subject, state.object, state.complement):
        if candidate is None or candidate.kind != "noun":
            continue
        attached = [candidate.owner, *(inner for _, inner in candidate.inside)]
        if any(t is not None and mentions(phrase, t, aliases, state) for t in attached):
            # the treasurer of a dissolved club, but not the site of somebody's house
            return bool(relations_of(state))
    owner = phrase.owner or next((t for p, t in phrase.inside if p == "with"), None)
    if owner is None and phrase.mods:
        # “the house purchase”, if somebody buys the house
        participant = state.subject
    else:
        by = owner or by
        participant = _mentioned_phrase(by, state, aliases) if by is not None else None
    return participant is not None and _names_relation(
        phrase, state, relations_of(state), participant, aliases
    )


def _gives_name(state: Clause) -> bool:
    return state.verb == "be" and state.complement is not None and state.complement.kind == "name"


def _is_kind(state: Clause, role: str) -> bool:
    """Whether a state is the kind of its subject: “Rex is a beagle”."""
    complement = state.complement
    return (
        role == "subject"
        and state.verb == "be"
        and complement is not None
        and complement.kind == "noun"
        and complement.determiner in ("a", "an")
        and not relations_of(state)
    )


def substituted(ending: Ending, state: Clause, aliases: Aliases) -> Clause | None:
    """A state with the new thing replacing the old; None if the old one only ends."""
    if ending.kind == "change":
        topic, changed = state.subject, ending.other
        if topic is None or changed is None or ending.instead is None:
            return None
        same = mentions(changed, topic, aliases, state)
        return rescheduled(state, ending.instead) if same else None
    role = _swapped_role(ending, state, aliases)
    if ending.instead is None or not role or _is_lasting(state):
        return None
    candidate = state.role(role)
    new = ending.instead
    self_description = role == "subject" and state.complement is not None
    if self_description and not (new.kind == "name" and relations_of(state)):
        # a new stove is not thereby old
        return None
    if candidate is not None and candidate.kind == new.kind == "noun":
        owner = (
            candidate.owner
            if candidate.owner is not None and candidate.owner.kind != "noun"
            else None
        )
        # a hob in the role of a stove is still asked for as the stove
        kind = {candidate.head} if state.verb in ("have", "own", "use") else set()
        new = replace(new, owner=new.owner or owner, mods=new.mods | kind)
    retained = tuple(
        phrase
        for phrase in state.prepositions
        if not is_of_months(phrase)
        and not (phrase[0] in words("over_since") and is_time(phrase[1], phrase[0]))
    )
    return with_role(replace(state, prepositions=retained), role, new)


def _swapped_role(ending: Ending, state: Clause, aliases: Aliases) -> str:
    """The role of the old thing in a state; "" if it has none."""
    old, holder = ending.other, ending.holder
    if ending.kind == "new":
        return _value_role(ending, state, aliases)
    if old is None or (ending.relation and ending.relation not in relations_of(state)):
        return ""
    ranked = [t for t in (state.subject, state.complement) if t is not None]
    if any(word.endswith("est") for phrase in ranked for word in phrase.mods):
        # “the tallest boy” is no role to take over
        return ""
    participant = _mentioned_phrase(holder, state, aliases) if holder is not None else None
    unnamed = holder if participant is None and old.owner is None else None
    if unnamed is not None and not ending.relation and _is_agent(unnamed):
        # “the doctor replaced aspirin with ibuprofen”, which somebody else takes
        holder = None
    elif unnamed is not None and ending.relation not in relations_of_noun(unnamed.head):
        # “handed the keys over” transfers no office
        return ""
    old = _had(old, holder) if holder is not None else old
    roles = [
        role for role in _ROLES if (t := state.role(role)) is not None and t is not participant
    ]
    roles += [
        p
        for p, phrase in state.prepositions
        if not is_time(phrase, p) and phrase is not participant
    ]
    for names in (_UNALIASED, aliases):
        for role in roles:
            phrase = state.role(role)
            if phrase is not None and mentions(old, phrase, names, state):
                return role
    return ""


def _is_agent(phrase: Phrase) -> bool:
    """Whether somebody acts on behalf of others: “the doctor”, “my landlord”."""
    definite = phrase.owner is not None or phrase.determiner == "the"
    return definite and phrase.head in words("person_noun") and phrase.head not in _KINSHIP


def _is_left(ending: Ending, state: Clause, aliases: Aliases) -> bool:
    """Whether a state is on a home or job other than the new one."""
    holder, new = ending.holder, ending.instead
    if holder is None or new is None or ending.relation not in relations_of(state):
        return False
    participant = _mentioned_phrase(holder, state, aliases)
    if participant is None or not _has(participant, state):
        return False
    return _mentioned_phrase(new, state, aliases, but=participant) is None


def _value_role(ending: Ending, state: Clause, aliases: Aliases) -> str:
    """The role of a changed value in a state of a relation."""
    holder, new = ending.holder, ending.instead
    if holder is None or new is None or ending.relation not in relations_of(state):
        return ""
    if _is_unfit(ending):
        return ""
    participant = _mentioned_phrase(holder, state, aliases)
    if participant is None or not _has(participant, state):
        return ""
    roles = ["subject"] if state.verb == "employ" else ["complement", "object"]
    complement = (
        state.complement if state.complement and state.complement.kind != "adjective" else None
    )
    if complement is None and (state.object is None or state.verb not in words("direct")):
        roles = [p for p, phrase in state.prepositions if not is_time(phrase, p)]
    kind = ending.other
    if kind is not None and (state.subject is None or kind.head != state.subject.head):
        return ""
    for role in roles:
        phrase = state.role(role)
        is_label = new.kind in ("adjective", "noun") and not new.determiner
        if phrase is None or phrase is participant or (phrase.kind == "adjective" and not is_label):
            continue
        if phrase.kind == "clause":
            # “buy a heater”, which is to do, is no bank that one switches from.
            return ""
        return "" if mentions(new, phrase, aliases, state) else role
    return ""


def substituted_claim(
    ending: Ending, event: Claim, state: Clause, aliases: Aliases
) -> Claim | None:
    """The claim with the new thing replacing the old one since an event."""
    substitute = substituted(ending, state, aliases)
    return None if substitute is None else Claim(substitute, "now", "swap", event.sentence)


def _has(participant: Phrase, state: Clause, *, owner: bool = True) -> bool:
    """Whether a state is somebody's: as its subject, owner or employee."""
    subject, direct_object = state.subject, state.object
    whose = subject.owner if subject is not None and owner else None
    employee = direct_object if state.verb in ("employ", "hire") else None
    complement = state.complement if state.verb == "be" else None
    has = complement.owner if complement is not None and owner else None
    name = complement if complement is not None and complement.kind == "name" else None
    return any(participant is phrase for phrase in (subject, whose, employee, has, name))


def _had(other: Phrase, holder: Phrase) -> Phrase:
    """A thing without its owner, if that is its holder: “Ida sold her car”."""
    owner = other.owner
    same_owner = owner is not None and (
        literally(owner, holder) or (owner.kind == holder.kind == "pronoun")
    )
    return replace(other, owner=None, determiner="the") if same_owner else other


def _mentioned_phrase(
    phrase: Phrase, state: Clause, aliases: Aliases, but: Phrase | None = None
) -> Phrase | None:
    """The phrase of a state that denotes this thing, including owners and arguments."""
    return next(
        (
            candidate
            for candidate in _phrases_of(state)
            if candidate is not but and mentions(phrase, candidate, aliases, state)
        ),
        None,
    )


def _phrases_of(state: Clause) -> Iterator[Phrase]:
    """Yield the phrases of a state, their owners and arguments; no times."""
    phrases = [state.role(role) for role in _ROLES]
    phrases += [phrase for p, phrase in state.prepositions if not is_time(phrase, p)]
    for phrase in phrases:
        if phrase is None:
            continue
        yield phrase
        yield from phrase.names
        inner = phrase.owner
        while inner is not None:
            yield inner
            inner = inner.owner
        for p, other in phrase.inside:
            if not is_time(other, p):
                yield other


def mentions(newer: Phrase, older: Phrase, aliases: Aliases, state: Clause | None = None) -> bool:
    """Whether a phrase refers to the older thing, perhaps shortened or by an alias."""
    if newer.members:
        return any(mentions(member, older, aliases, state) for member in newer.members)
    if older.members:
        return any(mentions(newer, member, aliases, state) for member in older.members)
    if newer.kind in ("time", "number", "clause", "adjective") and newer.head != older.head:
        return False
    if newer.inside and not older.inside and state is not None:
        # “the deal with Nokia” for “we have a deal with Nokia”
        arguments = [phrase for _, phrase in state.prepositions]
        remaining = tuple(
            item for item in newer.inside if not any(literally(item[1], t) for t in arguments)
        )
        newer = replace(newer, inside=remaining)
    newer = _without_time(newer, state) if state is not None else newer
    if _is_same(newer, older, state):
        return True
    return any(_is_same(alias, older, state) for alias in aliases.of(newer))


def _without_time(phrase: Phrase, state: Clause) -> Phrase:
    """A thing without the time of its state: “the Friday class”, “the 3 pm interview”."""
    for preposition, time in state.prepositions:
        if is_time(time, preposition) and time.words <= phrase.mods:
            return replace(phrase, mods=phrase.mods - time.words, number="")
    return phrase


def is_occasion(ending: Ending, state: Clause) -> bool:
    """Whether an event may concern one occasion of a state: “the Friday class” of yoga."""
    occasion = ending.other
    if ending.kind not in ("over", "change") or occasion is None:
        return False
    timed = _without_time(occasion, state) is not occasion
    return timed and occasion.head in words("occasion")


def _shares_words(newer: Phrase, older: Phrase) -> bool:
    """Whether two things may be identical: both are kin, or they share a word."""
    if "pronoun" in (newer.kind, older.kind):
        return newer.kind == older.kind
    if newer.head in _KINSHIP and older.head in _KINSHIP:
        return True
    newer_words = newer.words
    related = (older, older.owner, *older.names, *older.members)
    return any(
        phrase is not None and not newer_words.isdisjoint(phrase.words) for phrase in related
    )


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
        # “Bonnier's offer” for an offer that we have from Bonnier
        newer = replace(newer, owner=None, determiner="the")
        owner = None
    if owner is not None and older.owner is None and subject is not None:
        # “Mara's bike” for a bike that Mara has
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
