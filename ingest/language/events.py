"""Events that end or replace states.

A verb, with its particle or object (“call off”, “go bankrupt”), has effects on the roles of its
clause; `resources/language/en/events.txt` lists them by class. `workbench.memory.claims.endings`
decides which stored states an event ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ingest.language.nouns import singular
from ingest.language.records import Clause, Phrase, with_role
from ingest.language.times import as_event, is_time
from ingest.language.verbs import forms, verb_of
from ingest.language.word_lists import derived, entries, exclusive, kinship, words

Kind = Literal["end", "over", "swap", "new", "change"]
#: Prefix of verbs that end something when negated: “did not take place”.
_DENIED = "not_"
_SIGNALS = frozenset(("not", "t", "no", "never", "new", "instead"))
_DEEDS = ("change", "done", "inchoative", "promote", "put", "switch")


class Effect(NamedTuple):
    """The effect of an event: see `events.txt`."""

    kind: Kind
    roles: tuple[tuple[str, ...], ...]
    relation: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Ending:
    """What an event ends: the state of a `holder` (None: anybody's) towards `other`.

    If `other` is None, all states of the `relation` end. The kind “over” ends everything that
    presupposes `other`; with “swap” `instead` replaces it; with “new” it replaces the holder's
    state of the `relation`, of the sort of `other` if given. A “change” of `other` gives the new
    value, or says that there is one. `restricted`: other relations of the holder continue. It is
    `certain` unless the event may have ended nothing (“Ida left”).
    """

    kind: Kind
    holder: Phrase | None
    other: Phrase | None
    relation: str = ""
    instead: Phrase | None = None
    certain: bool = True
    restricted: bool = False


@cache
def effects() -> dict[str, tuple[Effect, ...]]:
    """The effects of a verb with its particle or object."""
    by_verb: dict[str, list[Effect]] = {}
    for head, verbs in entries("events.txt"):
        kind, *fields = head.split()
        roles = fields if kind in ("over", "change") else fields[:-1]
        relation = "" if kind in ("over", "change") else fields[-1].removeprefix("-")
        effect = Effect(_KINDS[kind], tuple([tuple(role.split("/")) for role in roles]), relation)
        for verb in verbs.split():
            certain = not verb.endswith("?")
            by_verb.setdefault(verb.removesuffix("?"), []).append(effect._replace(certain=certain))
    return {verb: tuple(dict.fromkeys(rows)) for verb, rows in by_verb.items()}


@cache
def _deeds() -> dict[str, list[frozenset[str]]]:
    """The other words of events, by the first one."""
    by_first: dict[str, list[frozenset[str]]] = {}
    results = (
        verb for verb, entries in derived().items() if any(e.status == "now" for e in entries)
    )
    for deed in (*effects(), *results, *(verb for name in _DEEDS for verb in words(name))):
        first, *remainder = deed.split("_")
        by_first.setdefault(first, []).append(frozenset(remainder))
    return by_first


@lru_cache(4000)
def may_change(text: str) -> bool:
    """Whether a text contains words of an event, a denial or a correction; needs no analysis."""
    lows = re.findall(r"[^\W\d_]+", text.lower())
    bases = {*lows, *(form.verb for low in lows for form in forms(low))}
    if not bases.isdisjoint(_SIGNALS | words("now") | words("retraction")):
        return True
    return any(remainder <= bases for base in bases for remainder in _deeds().get(base, ()))


_KINDS: dict[str, Kind] = {
    "end": "end", "over": "over", "swap": "swap", "new": "new", "change": "change",
}  # fmt: skip


@cache
def _states() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Relations by name: their verbs and nouns."""
    states = {}
    for name, entry in entries("states.txt"):
        clauses, _, nouns = entry.partition("|")
        states[name] = frozenset(clauses.split()), frozenset(nouns.split())
    return states


@lru_cache(4000)
def relations_of(clause: Clause, *, trades: bool = True) -> frozenset[str]:
    """The relations that a clause states; with `trades` also occupations."""
    keys = {key for key, _ in keyed(clause)}
    if clause.modality == "planned":
        keys.add("plan")
    activity = clause.object if clause.verb == "do" else None
    if activity is not None and not (activity.determiner or activity.owner or activity.number):
        # “does judo”
        keys.add("do_activity")
    for preposition, phrase in clause.prepositions:
        if is_time(phrase, preposition):
            continue
        if preposition == "for" and phrase.kind == "name":
            keys.add("do_for")
        located = clause.verb in {"be", *words("posture")} and preposition in words("place")
        if located and clause.complement is None and clause.object is None:
            keys.add("be_placed")
    left, right = clause.subject, clause.complement
    for noun, name in ((left, right), (right, left)) if clause.verb == "be" else ():
        definite = noun is not None and (noun.owner is not None or noun.determiner == "the")
        if noun is None or not (noun.kind == "noun" or (noun.kind == "name" and definite)):
            continue
        keys.add(f"be_{noun.head}")
        if trades and _is_doer(noun):
            keys.add("be_doer")
        personal = name is not None and name.kind == "name" and name.owner is None
        if trades and definite and personal and noun.head not in kinship():
            keys.add("be_office")
    return frozenset(name for name, (clauses, _) in _states().items() if keys & clauses)


@cache
def relations_of_noun(noun: str) -> frozenset[str]:
    """The relations that a noun names: employment for “job”."""
    return frozenset(name for name, (_, nouns) in _states().items() if noun in nouns)


def _is_doer(noun: Phrase) -> bool:
    """Whether a noun is an occupation or office."""
    if noun.head in kinship() or noun.number or noun.members:
        return False
    return noun.head in words("person_noun") or noun.head.endswith(tuple(words("doer_ending")))


def keyed(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The verb of a clause, alone and with each particle or object.

    Each comes with the clause without that word: in “called off the talk” the talk is the object of
    “call_off”.
    """
    verb = clause.verb
    yield verb, clause
    for adverb in clause.adverbs:
        adverbs = tuple(word for word in clause.adverbs if word != adverb)
        yield f"{verb}_{adverb}", replace(clause, adverbs=adverbs)
    for preposition, noun in clause.prepositions:
        remainder = tuple(phrase for phrase in clause.prepositions if phrase[1] is not noun)
        particle, _, relation = preposition.partition("_")
        if is_time(noun, preposition):
            if preposition in words("particle"):
                # “ran out yesterday”
                yield f"{verb}_{particle}", replace(clause, prepositions=(*remainder, ("", noun)))
            continue
        core = replace(clause, prepositions=remainder)
        yield f"{verb}_{preposition}_{noun.head}", core
        if relation:
            # “moved out of Bonn”
            reduced = replace(clause, prepositions=(*remainder, (relation, noun)))
            yield f"{verb}_{particle}", reduced
        elif clause.object is None and clause.complement is None:
            yield f"{verb}_{particle}", replace(core, object=noun)
    complement = clause.complement
    if complement is not None:
        core = replace(clause, complement=None)
        for predicate in dict.fromkeys(
            (complement.head, complement.text.lower().replace(" ", "_"))
        ):
            yield f"{verb}_{predicate}", core
    if clause.object is not None and clause.object.head:
        yield from _keyed_by_object(clause, clause.object)


def _keyed_by_object(clause: Clause, theme: Phrase) -> Iterator[tuple[str, Clause]]:
    """“lose hope”, “let the membership lapse”: the verb with its object, or the embedded verb."""
    verb = clause.verb
    yield f"{verb}_{theme.head}", replace(clause, object=clause.second, second=None)
    for adverb in clause.adverbs:
        yield f"{verb}_{adverb}_{theme.head}", replace(clause, object=None)
    *leading, final = theme.text.lower().split() or [""]
    if verb == "let" and leading and verb_of(final, "base"):
        # “let my membership lapse”
        text, head = theme.text[: -len(final)].rstrip(), leading[-1]
        left = replace(theme, head=singular(head), text=text, mods=theme.mods - {head})
        for ending in (final, *(f"{final}_{adverb}" for adverb in clause.adverbs)):
            yield f"let_{ending}", replace(clause, object=left)


def endings_of(clause: Clause) -> tuple[Ending, ...]:
    """The states that a clause about an event ends."""
    had_to = clause.modality == "obliged" and clause.tense == "past"
    abandoned = clause.modality == "planned" and clause.negated
    # Somebody told to stop may have stopped.
    ordered = clause.modality == "obliged" and not (had_to or clause.negated)
    if clause.modality != "asserted" and not (had_to or abandoned or ordered):
        return ()
    endings: dict[Ending, None] = {}
    for key, core in chain_of(clause):
        # “is not going to happen”
        event = f"{_DENIED}{key}" if clause.negated else key
        state = key.startswith("be_") and clause.verb == "be"
        if not (clause.negated or state or ordered or core.tense in ("past", "perfect")):
            continue
        if clause.habit or (clause.tense == "future" and not clause.negated):
            continue
        for effect in effects().get(event, ()):
            ending = _filled(core, effect, key)
            if ending is not None:
                endings[replace(ending, certain=ending.certain and not ordered)] = None
        if key in words("change") and not (clause.negated or ordered):
            endings.update(dict.fromkeys(_rescheduled(core)))
    return tuple(endings)


def _rescheduled(clause: Clause) -> Iterator[Ending]:
    """What something was changed to: “pushed to 10”, “rescheduled for Tuesday”."""
    theme = clause.object or clause.subject
    for role in ("to", "until", "for"):
        new = clause.role(role)
        if role == "for" and not is_time(new, "on"):
            continue
        if theme is not None and new is not None and new.kind != "clause" and new is not theme:
            yield Ending("change", None, theme, instead=new)
            return


def chain_of(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The keys of a clause, and those of the event whose resulting state it describes."""
    yield from keyed(clause)
    complement = clause.complement
    deed = (
        verb_of(complement.head, "participle")
        if complement is not None and clause.verb == "be"
        else ""
    )
    if not deed or complement is None or complement.kind != "adjective":
        return
    particles = tuple(complement.text.lower().split()[1:])
    event = replace(clause, verb=deed, complement=None, tense="perfect")
    event = replace(event, adverbs=(*clause.adverbs, *particles))
    agent = clause.role("by")
    by = None if is_time(agent, "by") else agent
    yield from keyed(with_role(replace(event, subject=by, object=clause.subject), "by", None))


def _filled(clause: Clause, effect: Effect, key: str) -> Ending | None:
    """The ending of an effect on a clause; None if a role is missing."""
    if _is_passing(clause, key):
        return None
    # “broke up with Bo”: the subject alone is no couple.
    intransitive = not (clause.object or clause.complement or clause.role("with"))
    if effect.kind in ("over", "change") and effect.roles == (("subject",),) and not intransitive:
        return None
    first, *others = (_role_filler(clause, roles) for roles in effect.roles)
    match effect.kind:
        case "over":
            return None if first is None else _occasion_ending(clause, effect, first)
        case "change":
            directed = first is None or clause.role("to") or clause.role("until")
            return None if directed else Ending("change", None, first, certain=False)
        case "swap" | "new":
            return _replacement(clause, effect, first, others[0])
    return _state_ending(clause, effect, key, (first, others[0]))


def _is_passing(clause: Clause, key: str) -> bool:
    """Whether an event is temporary, or happens every day."""
    # “at nine” says at what time of the day
    if key in words("daily") and any(
        p in ("at", "around", "by", "before", "after") and is_time(phrase, p)
        for p, phrase in clause.prepositions
    ):
        return True
    # “for a week”, “for lunch”: who moved out for a week comes back
    meanwhile = words("meal") | words("span")
    return any(
        p == "for" and (is_time(phrase, p) or phrase.head in meanwhile)
        for p, phrase in clause.prepositions
    )


def _role_filler(clause: Clause, roles: tuple[str, ...]) -> Phrase | None:
    """The filler of the first role that is no time and no clause."""
    for role in roles:
        phrase = clause.role(role)
        if phrase is not None and role in ("subject", "object"):
            # “the lunch”, “the dinner with Bo” is what happens
            phrase = as_event(phrase)
        if phrase is None or phrase.kind == "clause" or is_time(phrase, role):
            continue
        # “dropped the idea of a picnic”
        content = next((inner for p, inner in phrase.inside if p == "of"), phrase.owner)
        vague = phrase.head in words("transparent") and content is not None
        return content if vague and content and content.kind != "pronoun" else phrase
    return None


def _occasion_ending(clause: Clause, effect: Effect, other: Phrase) -> Ending:
    certain = effect.certain or other.owner is None or bool(relations_of_noun(other.head))
    whose = clause.subject if clause.subject is not other else None
    return Ending("over", whose, _with_phrases(other, clause), certain=certain)


def _replacement(
    clause: Clause, effect: Effect, first: Phrase | None, new: Phrase | None
) -> Ending | None:
    """What `new` replaces: `first` in a swap, or what `first` had."""
    if first is None or new is None or new is first or new.number:
        return None
    if effect.kind == "swap":
        candidates = (
            phrase for phrase in (clause.object, clause.subject) if phrase not in (first, new)
        )
        holder = next((phrase for phrase in candidates if phrase is not None), None)
        return Ending("swap", holder, first, effect.relation, new)
    # “switched banks to ING”, but not “moved the papers to the safe”
    left = clause.object if clause.object not in (first, new) else None
    if left is not None and effect.relation != "service":
        return None
    if effect.relation == "employer" and new.head in words("club"):
        return None
    return Ending("new", first, left, effect.relation, new)


def _state_ending(
    clause: Clause, effect: Effect, key: str, parties: tuple[Phrase | None, Phrase | None]
) -> Ending | None:
    """The state of the first party towards the second that ends."""
    impersonal = effect.roles[0] == ("-",)
    holder, other = parties
    if other is holder:
        other = None
    if holder is not None and other is None and len(holder.members) == 2:
        # “Ann and Bo split up”
        holder, other = holder.members
    if impersonal:
        owner = other.owner if other is not None else None
        return None if other is None else Ending("end", owner, other, effect.relation)
    if holder is None:
        return None
    if key in ("leave", "depart") and (_has_location(clause) if other else clause.role("for")):
        # “left the keys on the table”, “left for Rome”
        return None
    relation, certain = effect.relation.rstrip("?!"), effect.certain
    if other is not None:
        certain = certain or other.owner is None or bool(relations_of_noun(other.head))
        other = _with_phrases(other, clause)
    else:
        if not relation:
            return None
        certain = not effect.relation.endswith("?") or any(map(is_of_months, clause.prepositions))
    return Ending(
        "end", holder, other, relation, certain=certain, restricted=effect.relation.endswith("!")
    )


def _with_phrases(noun: Phrase, clause: Clause) -> Phrase:
    """“Her job at Nord”: the noun of a relation with its modifiers."""
    if not relations_of_noun(noun.head):
        return noun
    adjacent = tuple(
        phrase
        for phrase in clause.prepositions
        if phrase[0] in ("at", "with", "on", "of", "in", "to")
        and phrase[1].start - noun.end == len(phrase[0]) + 2
        and not is_time(phrase[1], phrase[0])
    )
    return replace(noun, inside=(*noun.inside, *adjacent))


def _has_location(clause: Clause) -> bool:
    """Whether something was left somewhere: “left the keys on the table”."""
    return any(
        preposition in words("place") and not is_time(phrase, preposition)
        for preposition, phrase in clause.prepositions
    )


def is_of_months(phrase: tuple[str, Phrase]) -> bool:
    """Whether a phrase names a month, a season or a year, so that the event was permanent."""
    preposition, time = phrase
    if not is_time(time, preposition):
        return False
    groups = exclusive()
    long = time.head in ("month", "year") or time.head.isdecimal()
    return long or time.head in groups["month"] or time.head in groups["season"]
