"""Entailments of predicates: names, offices, kinship, possession.

Of a copula (“my landlord is Gustav”) or a name in apposition (“my landlord, Gustav”).
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
    """“My sister Clara”, “two daughters, Romy and Leni”: a name in apposition to a noun."""
    for phrase in clause.arguments:
        for name in phrase.names:
            owner = phrase.owner
            if owner is None and clause.verb == "have" and phrase is clause.object:
                owner = clause.subject
            offset = 0 if phrase.number else max(0, name.start - phrase.start)
            text = phrase.text if phrase.kind == "name" else phrase.text[:offset].rstrip(" ,:")
            base = replace(phrase, names=(), owner=owner, text=text)
            past = _is_leaver(clause, phrase)
            yield from _siblings(phrase, name)
            for member in (*name.members, name):
                # “the minister, Falk Reuter, resigned”: he was the minister
                naming = Clause("be", base, complement=member, habit=past)
                yield replace(naming, tense="past" if past else "present"), "called"
                yield from _kinship(naming, base, member) if not member.members else ()
                if clause.verb == "have" and phrase is clause.object and phrase.number:
                    # “two cats, Tom and Kit”: there is a cat Tom
                    individual = Phrase(
                        phrase.head, member.text, member.start, member.end, mods=member.words
                    )
                    yield replace(clause, object=individual), "called"


def _siblings(phrase: Phrase, names: Phrase) -> Iterator[tuple[Clause, str]]:
    """Of “two daughters, Romy and Leni” each is the sister of the other."""
    word = {"daughter": "sister", "son": "brother", "child": "sibling", "sister": "sister",
            "brother": "brother"}.get(phrase.head)  # fmt: skip
    for sibling in names.members if word else ():
        for other in names.members:
            if sibling is not other:
                yield (
                    Clause("be", Phrase(word or "", "", 0, 0, owner=sibling), complement=other),
                    "kin",
                )


def _is_leaver(clause: Clause, phrase: Phrase) -> bool:
    """Whether somebody loses the role of their apposition in this clause."""
    leaver = clause.object if clause.subject is None else clause.subject
    definite = phrase.owner is None and phrase.determiner == "the"
    upcoming = clause.progressive or clause.tense in ("present", "future")
    upcoming = upcoming or clause.modality == "quoted"
    return bool(
        definite and left_office(clause) and leaver is phrase and not (clause.negated or upcoming)
    )


def copular(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """Entailments of “somebody is something”: possession, names, actions, offices, kinship."""
    subject, complement = clause.subject, clause.complement
    if subject is None:
        return
    if complement is None:
        yield from _possession(clause, subject)
        return
    if complement.head == me().head and complement.text.lower() == "mine":
        yield (
            replace(clause, verb="own", subject=me("you"), object=subject, complement=None),
            "mine",
        )
    if not complement.head and complement.owner is not None:
        yield (
            replace(clause, verb="own", subject=complement.owner, object=subject, complement=None),
            "own",
        )
    noted = _labelled(clause, complement)
    for role, other in ((subject, complement), (complement, subject)):
        is_name = role.head == "name" and not role.mods - words("whole")
        if is_name and role.owner is not None:
            # a maiden name or a user name is none that one goes by
            yield replace(clause, subject=role.owner, complement=other), "name"
    if noted is not None:
        yield noted, "label"
    yield from _offices(clause, subject, complement)
    place = clause.role("at") or clause.role("for")
    if (
        complement.kind == "noun"
        and complement.determiner in ("a", "an")
        and place is not None
        and not is_time(place, "at")
        and subject.kind in ("name", "pronoun", "noun")
    ):
        yield Clause("work", subject, prepositions=(("at", place),), tense=clause.tense), "job"
    wed = complement.kind == "adjective" and complement.head == "married"
    wed = wed and not (clause.habit or is_bounded(clause))
    if wed and clause.role("to") is not None:
        yield Clause("marry", subject, object=clause.role("to"), tense=clause.tense), "marry"
        if clause.tense == "present":
            yield from spouses(subject, clause.role("to"))
    yield from _kinship(clause, subject, complement)


def _possession(clause: Clause, subject: Phrase) -> Iterator[tuple[Clause, str]]:
    """“The key is with Ann”, “we are out of milk”: possession."""
    holder = clause.role("with")
    if holder is not None and holder.kind in ("name", "pronoun"):
        yield Clause("have", holder, object=subject, tense=clause.tense), "with"
    lacking = clause.role("out_of")
    if lacking is not None and subject.kind in ("pronoun", "name"):
        yield (
            Clause("have", subject, object=lacking, negated=True, tense=clause.tense),
            "without",
        )
    if (
        subject.kind == "noun"
        and not (subject.determiner or subject.owner)
        and any(p in words("place") and not is_time(phrase, p) for p, phrase in clause.prepositions)
    ):
        # “there is milk in the cellar”: then we have some
        yield Clause("have", me(), object=subject, tense=clause.tense), "there"


def _offices(clause: Clause, subject: Phrase, complement: Phrase) -> Iterator[tuple[Clause, str]]:
    """“Bo is Ann's tutor”: the action, the reporting line, and the relation."""
    for doer, agent, at in ((complement, subject, complement), (subject, complement, subject)):
        if (
            doer.head in doers()
            and doer.owner
            and agent.kind != "adjective"
            and _is_full_office(doer)
        ):
            yield (
                replace(
                    clause, verb=doers()[doer.head], subject=agent, object=at.owner, complement=None
                ),
                "doer",
            )
    for office, other in ((subject, complement), (complement, subject)):
        above = office.head == "manager" or office.head in aliases()["manager"]
        if above and office.owner is not None and other.kind in ("name", "pronoun"):
            yield Clause("report", office.owner, prepositions=(("to", other),)), "manager"
    for noun, other in ((subject, complement), (complement, subject)):
        relation = relational_nouns().get(noun.head) if noun.owner is not None else None
        if relation is not None and other.kind in ("name", "noun") and noun.kind == "noun":
            verb, preposition = relation
            yield Clause(verb, noun.owner, prepositions=((preposition, other),)), "noun"


def _is_full_office(doer: Phrase) -> bool:
    """Whether an “owner” owns: a “budget owner” or a “former owner” does not."""
    qualities = all(lexicon().get(word, "").startswith("JJ") for word in doer.mods)
    return qualities and not doer.mods & words("other_office")


def _labelled(clause: Clause, complement: Phrase) -> Clause | None:
    """A labelled note, by the verb of the label: “DECISION: use Rust” was decided."""
    verb = label_of(clause)
    content = Phrase(complement.head, complement.text, complement.start, complement.end, "clause")
    if verb in ("decide", "learn"):
        return Clause(verb, Phrase("we", "", 0, 0, "pronoun"), object=content, tense="past")
    if verb == "prefer":
        return Clause(verb, me(), object=content)
    return Clause("do", me(), object=content, modality="obliged") if verb == "do" else None


def spouses(first: Phrase | None, second: Phrase | None) -> Iterator[tuple[Clause, str]]:
    """Marriage makes each the spouse of the other."""
    if first is None or second is None or first.members or second.members:
        return
    for whose, spouse in ((first, second), (second, first)):
        yield Clause("be", Phrase("spouse", "", 0, 0, owner=whose), complement=spouse), "marry"


def _kinship(clause: Clause, subject: Phrase, complement: Phrase) -> Iterator[tuple[Clause, str]]:
    """“My daughter is Lea”: I am a parent of Lea; general terms, which are never displayed."""
    for relation, name in ((subject, complement), (complement, subject)):
        if relation.head not in kinship() or relation.owner is None or relation.members:
            continue
        if name.kind not in ("name", "pronoun") or name.members:
            continue
        _, other = kinship()[relation.head]
        converse = Phrase(other, "", 0, 0, "noun", owner=name)
        yield replace(clause, subject=converse, complement=relation.owner), "kin"
