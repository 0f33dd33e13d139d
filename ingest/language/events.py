"""Events that end states, or put something else in the place of what was so.

A verb, with the particle or the word that it stands with (“call off”, “go bankrupt”), has effects
whose roles its clause fills; `resources/language/en/events.txt` lists them by class. Which states
a memory holds that an event ends is another question: see `workbench.memory.claims.endings`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ingest.language.nouns import singular
from ingest.language.records import Clause, Thing, with_role
from ingest.language.times import is_time
from ingest.language.verbs import verb_of
from ingest.language.word_lists import entries, exclusive, kin, words

Kind = Literal["end", "over", "swap", "new", "change"]
#: Before a verb that ends something by being denied: “did not take place”.
_DENIED = "not_"


class Effect(NamedTuple):
    """What an event does: see `events.txt`."""

    kind: Kind
    roles: tuple[tuple[str, ...], ...]
    relation: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Ending:
    """What an event ends: the state of a `holder` (None: anybody's) towards `other`.

    Of `other` None all states of the `relation` end. With the kind “over” all that presupposes
    `other` ends; with “swap” `instead` takes its place; with “new” it takes the place of whatever
    was the holder's in a state of the `relation`, of this sort where `other` names one. A “change”
    of `other` says to what, or that something is not as it was. With `only` no other relation ends
    than this one of the holder's. It is `sure` unless the event may as well have ended nothing
    (“Ida left”).
    """

    kind: Kind
    holder: Thing | None
    other: Thing | None
    relation: str = ""
    instead: Thing | None = None
    sure: bool = True
    only: bool = False


@cache
def effects() -> dict[str, tuple[Effect, ...]]:
    """The effects of a verb with the word that it stands with."""
    found: dict[str, list[Effect]] = {}
    for head, verbs in entries("events.txt"):
        kind, *said = head.split()
        roles = said if kind in ("over", "change") else said[:-1]
        relation = "" if kind in ("over", "change") else said[-1].removeprefix("-")
        effect = Effect(_KINDS[kind], tuple([tuple(role.split("/")) for role in roles]), relation)
        for verb in verbs.split():
            sure = not verb.endswith("?")
            found.setdefault(verb.removesuffix("?"), []).append(effect._replace(sure=sure))
    return {verb: tuple(dict.fromkeys(rows)) for verb, rows in found.items()}


_KINDS: dict[str, Kind] = {
    "end": "end", "over": "over", "swap": "swap", "new": "new", "change": "change",
}  # fmt: skip


@cache
def _states() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Relations by name: the clauses that say so, and the nouns for them."""
    found = {}
    for name, said in entries("states.txt"):
        clauses, _, nouns = said.partition("|")
        found[name] = frozenset(clauses.split()), frozenset(nouns.split())
    return found


@lru_cache(4000)
def relations_of(clause: Clause, *, trades: bool = True) -> frozenset[str]:
    """The relations that a clause tells a state of; with `trades` also by what somebody is."""
    keys = {key for key, _ in keyed(clause)}
    if clause.modality == "planned":
        keys.add("plan")
    what = clause.object if clause.verb == "do" else None
    if what is not None and not (what.determiner or what.owner or what.number):
        # “does judo”
        keys.add("do_activity")
    for preposition, thing in clause.prepositions:
        if is_time(thing, preposition):
            continue
        if preposition == "for" and thing.kind == "name":
            keys.add("do_for")
        placed = clause.verb in {"be", *words("posture")} and preposition in words("place")
        if placed and clause.complement is None and clause.object is None:
            keys.add("be_placed")
    one, other = clause.subject, clause.complement
    for noun, name in ((one, other), (other, one)) if clause.verb == "be" else ():
        definite = noun is not None and (noun.owner is not None or noun.determiner == "the")
        if noun is None or not (noun.kind == "noun" or (noun.kind == "name" and definite)):
            continue
        keys.add(f"be_{noun.head}")
        if trades and _is_doer(noun):
            keys.add("be_doer")
        named = name is not None and name.kind == "name" and name.owner is None
        if trades and definite and named and noun.head not in kin():
            keys.add("be_office")
    return frozenset(name for name, (clauses, _) in _states().items() if keys & clauses)


@cache
def relations_named(noun: str) -> frozenset[str]:
    """The relations that a noun names: employment for “job”."""
    return frozenset(name for name, (_, nouns) in _states().items() if noun in nouns)


def _is_doer(noun: Thing) -> bool:
    """Whether a noun says what somebody is by trade or office."""
    if noun.head in kin() or noun.number or noun.members:
        return False
    return noun.head in words("person_noun") or noun.head.endswith(tuple(words("doer_ending")))


def keyed(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The verb of a clause alone and with each word that it may stand with.

    Beside each stands the clause without that word: in “called off the talk” the talk is the
    object of “call_off”.
    """
    verb = clause.verb
    yield verb, clause
    for adverb in clause.adverbs:
        others = tuple(word for word in clause.adverbs if word != adverb)
        yield f"{verb}_{adverb}", replace(clause, adverbs=others)
    for preposition, thing in clause.prepositions:
        rest = tuple(phrase for phrase in clause.prepositions if phrase[1] is not thing)
        particle, _, behind = preposition.partition("_")
        if is_time(thing, preposition):
            if preposition in words("particle"):
                # “ran out yesterday”
                yield f"{verb}_{particle}", replace(clause, prepositions=(*rest, ("", thing)))
            continue
        bare = replace(clause, prepositions=rest)
        yield f"{verb}_{preposition}_{thing.head}", bare
        if behind:
            # “moved out of Bonn”
            kept = replace(clause, prepositions=(*rest, (behind, thing)))
            yield f"{verb}_{particle}", kept
        elif clause.object is None and clause.complement is None:
            yield f"{verb}_{particle}", replace(bare, object=thing)
    what = clause.complement
    if what is not None:
        bare = replace(clause, complement=None)
        for said in dict.fromkeys((what.head, what.text.lower().replace(" ", "_"))):
            yield f"{verb}_{said}", bare
    about = clause.object
    if about is None or not about.head:
        return
    yield f"{verb}_{about.head}", replace(clause, object=clause.second, second=None)
    for adverb in clause.adverbs:
        yield f"{verb}_{adverb}_{about.head}", replace(clause, object=None)
    *before, last = about.text.lower().split() or [""]
    if verb == "let" and before and verb_of(last, "base"):
        # “let my membership lapse”
        text, head = about.text[: -len(last)].rstrip(), before[-1]
        left = replace(about, head=singular(head), text=text, mods=about.mods - {head})
        for ending in (last, *(f"{last}_{adverb}" for adverb in clause.adverbs)):
            yield f"let_{ending}", replace(clause, object=left)


def endings_of(clause: Clause) -> tuple[Ending, ...]:
    """What a clause ends, where it tells of something done."""
    had_to = clause.modality == "obliged" and clause.tense == "past"
    never_will = clause.modality == "planned" and clause.negated
    if clause.modality != "asserted" and not (had_to or never_will):
        return ()
    found: dict[Ending, None] = {}
    for key, bare in chain_of(clause):
        # “is not going to happen”
        said = f"{_DENIED}{key}" if clause.negated else key
        state = key.startswith("be_") and clause.verb == "be"
        if not (clause.negated or state or bare.tense in ("past", "perfect")):
            continue
        if clause.habit or (clause.tense == "future" and not clause.negated):
            continue
        for effect in effects().get(said, ()):
            ending = _filled(bare, effect, key)
            if ending is not None:
                found[ending] = None
        if key in words("change") and not clause.negated:
            found.update(dict.fromkeys(_moved(bare)))
    return tuple(found)


def _moved(clause: Clause) -> Iterator[Ending]:
    """What something was changed to: “pushed to 10”, “rescheduled for Tuesday”."""
    about = clause.object or clause.subject
    for role in ("to", "until", "for"):
        new = clause.role(role)
        if role == "for" and not is_time(new, "on"):
            continue
        if about is not None and new is not None and new.kind != "clause" and new is not about:
            yield Ending("change", None, about, instead=new)
            return


def chain_of(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The keys of a clause, and those of what was done where it tells what state is left by it."""
    yield from keyed(clause)
    what = clause.complement
    deed = verb_of(what.head, "participle") if what is not None and clause.verb == "be" else ""
    if not deed or what is None or what.kind != "adjective":
        return
    particles = tuple(what.text.lower().split()[1:])
    done = replace(clause, verb=deed, complement=None, tense="perfect")
    done = replace(done, adverbs=(*clause.adverbs, *particles))
    agent = clause.role("by")
    by = None if is_time(agent, "by") else agent
    yield from keyed(with_role(replace(done, subject=by, object=clause.subject), "by", None))


def _filled(clause: Clause, effect: Effect, key: str) -> Ending | None:
    """What an effect of a clause ends; None where that does not say it."""

    def filled(roles: tuple[str, ...]) -> Thing | None:
        for role in roles:
            thing = clause.role(role)
            if thing is None or thing.kind == "clause" or is_time(thing, role):
                continue
            # “dropped the idea of a picnic”
            within = next((inner for p, inner in thing.inside if p == "of"), thing.owner)
            vague = thing.head in words("transparent") and within is not None
            return within if vague and within and within.kind != "pronoun" else thing
        return None

    if key in words("daily") and any(_of_the_day(p, thing) for p, thing in clause.prepositions):
        return None
    if any(p == "for" and _passes(thing) for p, thing in clause.prepositions):
        # who moved out for a week comes back
        return None
    # who broke up with somebody is no couple
    alone = not (clause.object or clause.complement or clause.role("with"))
    if effect.kind in ("over", "change") and effect.roles == (("subject",),) and not alone:
        return None
    if effect.kind == "over":
        other = filled(effect.roles[0])
        if other is None:
            return None
        sure = effect.sure or other.owner is None or bool(relations_named(other.head))
        whose = clause.subject if clause.subject is not other else None
        return Ending("over", whose, _with_phrases(other, clause), sure=sure)
    if effect.kind == "change":
        other = filled(effect.roles[0])
        told_to = clause.role("to") or clause.role("until")
        return None if other is None or told_to else Ending("change", None, other, sure=False)
    if effect.kind == "swap":
        old, new = filled(effect.roles[0]), filled(effect.roles[1])
        if old is None or new is None or old is new or new.number:
            return None
        others = (thing for thing in (clause.object, clause.subject) if thing not in (old, new))
        holder = next((thing for thing in others if thing is not None), None)
        return Ending("swap", holder, old, effect.relation, new)
    if effect.kind == "new":
        holder, new = filled(effect.roles[0]), filled(effect.roles[1])
        if holder is None or new is None or new is holder or new.number:
            return None
        # “switched banks to ING”, but not “moved the papers to the safe”
        left = clause.object if clause.object not in (holder, new) else None
        if left is not None and effect.relation != "service":
            return None
        if effect.relation == "employer" and new.head in words("club"):
            return None
        return Ending("new", holder, left, effect.relation, new)
    nobody = effect.roles[0] == ("-",)
    holder, other = filled(effect.roles[0]), filled(effect.roles[1])
    if other is holder:
        other = None
    if holder is not None and other is None and len(holder.members) == 2:
        # “Ann and Bo split up”
        holder, other = holder.members
    if nobody:
        owner = other.owner if other is not None else None
        return None if other is None else Ending("end", owner, other, effect.relation)
    if holder is None:
        return None
    if key in ("leave", "depart") and (_is_put(clause) if other else clause.role("for")):
        # “left the keys on the table”, “left for Rome”
        return None
    relation, sure = effect.relation.rstrip("?!"), effect.sure
    if other is not None:
        sure = sure or other.owner is None or bool(relations_named(other.head))
        other = _with_phrases(other, clause)
    else:
        if not relation:
            return None
        sure = not effect.relation.endswith("?") or any(map(is_of_months, clause.prepositions))
    return Ending("end", holder, other, relation, sure=sure, only=effect.relation.endswith("!"))


def _with_phrases(thing: Thing, clause: Clause) -> Thing:
    """“Her job at Nord”: what names a relation, with what stands right behind it."""
    if not relations_named(thing.head):
        return thing
    behind = tuple(
        phrase
        for phrase in clause.prepositions
        if phrase[0] in ("at", "with", "on", "of", "in")
        and phrase[1].start - thing.end == len(phrase[0]) + 2
        and not is_time(phrase[1], phrase[0])
    )
    return replace(thing, inside=(*thing.inside, *behind))


def _passes(thing: Thing) -> bool:
    """Whether something is a while or what one does meanwhile: “for a week”, “for lunch”."""
    return is_time(thing, "for") or thing.head in words("meal") or thing.head in words("span")


def _is_put(clause: Clause) -> bool:
    """Whether a thing was left somewhere: “left the keys on the table”."""
    return any(
        preposition in words("place") and not is_time(thing, preposition)
        for preposition, thing in clause.prepositions
    )


def _of_the_day(preposition: str, thing: Thing) -> bool:
    """Whether a phrase says at what time of the day: “at nine”."""
    return preposition in ("at", "around", "by", "before", "after") and is_time(thing, preposition)


def is_of_months(phrase: tuple[str, Thing]) -> bool:
    """Whether a phrase names a month, a season or a year, so that what was done was for good."""
    preposition, thing = phrase
    if not is_time(thing, preposition):
        return False
    groups = exclusive()
    long = thing.head in ("month", "year") or thing.head.isdecimal()
    return long or thing.head in groups["month"] or thing.head in groups["season"]
