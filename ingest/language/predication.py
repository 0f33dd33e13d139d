"""What follows where something is said to be something: names, offices, kinship, possession.

It is said by a copula (“my landlord is Gustav”) or by a name in apposition (“my landlord, Gustav”).
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.language.coreference import left_office
from ingest.language.key_values import label_of
from ingest.language.normalization import is_bounded
from ingest.language.phrase_kinds import me
from ingest.language.records import Clause, Phrase
from ingest.language.times import is_time
from ingest.language.word_lists import aliases, doers, kinship, relational_nouns, words
from ingest.triples.lexicon import lexicon


def appositions(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """“My sister Clara”, “two daughters, Romy and Leni”: a name beside a thing."""
    for thing in clause.arguments:
        for name in thing.names:
            owner = thing.owner
            if owner is None and clause.verb == "have" and thing is clause.object:
                owner = clause.subject
            before = 0 if thing.number else max(0, name.start - thing.start)
            said = thing.text if thing.kind == "name" else thing.text[:before].rstrip(" ,:")
            bare = replace(thing, names=(), owner=owner, text=said)
            past = _is_leaver(clause, thing)
            yield from _siblings(thing, name)
            for each in (*name.members, name):
                # “the minister, Falk Reuter, resigned”: he was the minister
                called = Clause("be", bare, complement=each, habit=past)
                yield replace(called, tense="past" if past else "present"), "called"
                yield from _kinship(called, bare, each) if not each.members else ()
                if clause.verb == "have" and thing is clause.object and thing.number:
                    # “two cats, Tom and Kit”: there is a cat Tom
                    one = Phrase(thing.head, each.text, each.start, each.end, mods=each.words)
                    yield replace(clause, object=one), "called"


def _siblings(thing: Phrase, names: Phrase) -> Iterator[tuple[Clause, str]]:
    """Of “two daughters, Romy and Leni” each is the sister of the other."""
    word = {"daughter": "sister", "son": "brother", "child": "sibling", "sister": "sister",
            "brother": "brother"}.get(thing.head)  # fmt: skip
    for one in names.members if word else ():
        for other in names.members:
            if one is not other:
                yield Clause("be", Phrase(word or "", "", 0, 0, owner=one), complement=other), "kin"


def _is_leaver(clause: Clause, thing: Phrase) -> bool:
    """Whether a clause tells that somebody no longer is what they were called beside their name."""
    leaver = clause.object if clause.subject is None else clause.subject
    who = thing.owner is None and thing.determiner == "the"
    to_come = clause.progressive or clause.tense in ("present", "future")
    to_come = to_come or clause.modality == "quoted"
    return bool(who and left_office(clause) and leaver is thing and not (clause.negated or to_come))


def copular(clause: Clause) -> Iterator[tuple[Clause, str]]:
    subject, what = clause.subject, clause.complement
    if subject is None:
        return
    holder = clause.role("with")
    if what is None:
        if holder is not None and holder.kind in ("name", "pronoun"):
            yield Clause("have", holder, object=subject, tense=clause.tense), "with"
        gone = clause.role("out_of")
        if gone is not None and subject.kind in ("pronoun", "name"):
            yield Clause("have", subject, object=gone, negated=True, tense=clause.tense), "without"
        if (
            subject.kind == "noun"
            and not (subject.determiner or subject.owner)
            and any(
                p in words("place") and not is_time(thing, p) for p, thing in clause.prepositions
            )
        ):
            # “there is milk in the cellar”: then we have some
            yield Clause("have", me(), object=subject, tense=clause.tense), "there"
        return
    if what.head == me().head and what.text.lower() == "mine":
        yield (
            replace(clause, verb="own", subject=me("you"), object=subject, complement=None),
            "mine",
        )
    if not what.head and what.owner is not None:
        yield (
            replace(clause, verb="own", subject=what.owner, object=subject, complement=None),
            "own",
        )
    for attribute, name in ((subject, what), (what, subject)):
        named = attribute.head == "name" and not attribute.mods - words("whole")
        if named and attribute.owner is not None:
            # a maiden name or a user name is none that one goes by
            yield replace(clause, subject=attribute.owner, complement=name), "name"
    noted = _labelled(clause, what)
    if noted is not None:
        yield noted, "label"
    for doer, who, at in ((what, subject, what), (subject, what, subject)):
        if (
            doer.head in doers()
            and doer.owner
            and who.kind != "adjective"
            and _is_full_office(doer)
        ):
            yield (
                replace(
                    clause, verb=doers()[doer.head], subject=who, object=at.owner, complement=None
                ),
                "doer",
            )
    for one, other in ((subject, what), (what, subject)):
        above = one.head == "manager" or one.head in aliases()["manager"]
        if above and one.owner is not None and other.kind in ("name", "pronoun"):
            yield Clause("report", one.owner, prepositions=(("to", other),)), "manager"
    for noun, other in ((subject, what), (what, subject)):
        relation = relational_nouns().get(noun.head) if noun.owner is not None else None
        if relation is not None and other.kind in ("name", "noun") and noun.kind == "noun":
            verb, preposition = relation
            yield Clause(verb, noun.owner, prepositions=((preposition, other),)), "noun"
    place = clause.role("at") or clause.role("for")
    if (
        what.kind == "noun"
        and what.determiner in ("a", "an")
        and place is not None
        and not is_time(place, "at")
        and subject.kind in ("name", "pronoun", "noun")
    ):
        yield Clause("work", subject, prepositions=(("at", place),), tense=clause.tense), "job"
    wed = what.kind == "adjective" and what.head == "married"
    wed = wed and not (clause.habit or is_bounded(clause))
    if wed and clause.role("to") is not None:
        yield Clause("marry", subject, object=clause.role("to"), tense=clause.tense), "marry"
        if clause.tense == "present":
            yield from spouses(subject, clause.role("to"))
    yield from _kinship(clause, subject, what)


def _is_full_office(doer: Phrase) -> bool:
    """Whether an “owner” owns: a “budget owner” or a “former owner” does not."""
    qualities = all(lexicon().get(word, "").startswith("JJ") for word in doer.mods)
    return qualities and not doer.mods & words("other_office")


def _labelled(clause: Clause, what: Phrase) -> Clause | None:
    """What is noted under a label, by the verb for it: “DECISION: use Rust” was decided."""
    verb = label_of(clause)
    content = Phrase(what.head, what.text, what.start, what.end, "clause")
    if verb in ("decide", "learn"):
        return Clause(verb, Phrase("we", "", 0, 0, "pronoun"), object=content, tense="past")
    if verb == "prefer":
        return Clause(verb, me(), object=content)
    return Clause("do", me(), object=content, modality="obliged") if verb == "do" else None


def spouses(one: Phrase | None, other: Phrase | None) -> Iterator[tuple[Clause, str]]:
    """Who is married to somebody is the spouse of that one."""
    if one is None or other is None or one.members or other.members:
        return
    for whose, who in ((one, other), (other, one)):
        yield Clause("be", Phrase("spouse", "", 0, 0, owner=whose), complement=who), "marry"


def _kinship(clause: Clause, subject: Phrase, what: Phrase) -> Iterator[tuple[Clause, str]]:
    """“My daughter is Lea”: I am a parent of Lea; in general words, which are never shown."""
    for relation, name in ((subject, what), (what, subject)):
        if relation.head not in kinship() or relation.owner is None or relation.members:
            continue
        if name.kind not in ("name", "pronoun") or name.members:
            continue
        _, other = kinship()[relation.head]
        turned = Phrase(other, "", 0, 0, "noun", owner=name)
        yield replace(clause, subject=turned, complement=relation.owner), "kin"
