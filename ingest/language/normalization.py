"""Normalises clauses: active voice, modality and polarity from words.

Hedges and negative words become modality and polarity, verbs of becoming their resulting state, a
passive the action of its agent or the resulting state.
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.language.coreference import compared
from ingest.language.groups import phrasal, remaining
from ingest.language.records import Clause, Phrase, Tense, with_role
from ingest.language.times import is_time
from ingest.language.verbs import past_participle, verb_of
from ingest.language.word_lists import words


def is_bounded(clause: Clause) -> bool:
    """Whether a past clause has an end date (what is postponed continues)."""
    state = clause.complement.head if clause.complement is not None else ""
    return (
        clause.tense == "past"
        and bool(clause.role("until") or clause.role("till"))
        and not {clause.verb, verb_of(state, "participle")} & words("change")
    )


def resulting(clause: Clause) -> Clause:
    """The state that results from becoming something."""
    tense: Tense = "present" if clause.tense in ("past", "perfect") else clause.tense
    complement = clause.complement or clause.object
    return replace(clause, verb="be", tense=tense, complement=complement, object=None)


def normalized(clause: Clause) -> Clause:
    """The clause with hedges, negative words and verbs of becoming resolved."""
    clause, adverbs = _postmodified(compared(clause)), clause.adverbs
    if any(word in words("hedge") for word in adverbs) and clause.modality == "asserted":
        clause = replace(clause, modality="possible")
    clause = _with_adverbs(clause, adverbs)
    if clause.verb == "become":
        clause = resulting(clause)
    if clause.verb == "get" and clause.complement is not None:
        clause = replace(
            clause, verb="be", tense="present" if clause.tense != "future" else "future"
        )
    if clause.tense == "present" and any(
        not p and phrase.text.lower().startswith("last ") for p, phrase in clause.prepositions
    ):
        # “I read 42 books last year”
        clause = replace(clause, tense="past")
    clause = _with_amount(clause)
    if clause.verb in words("rename"):
        clause = _renamed(clause)
    if clause.verb == "run" and clause.role("out_of") is not None:
        clause = replace(clause, verb="be", tense="present")
    milk = clause.role("of") if clause.verb == "be" and "out" in adverbs else None
    if milk is not None:
        clause = with_role(with_role(clause, "of", None), "out_of", milk)
    clause = phrasal(remaining(clause))
    if clause.ceased and clause.tense == "past":
        clause = replace(clause, tense="present", negated=True)
    return clause


def _with_adverbs(clause: Clause, adverbs: tuple[str, ...]) -> Clause:
    """Apply the polarity and modality of adverbs and determiners."""
    nearly = next((a for a in adverbs if a in ("almost", "nearly")), "")
    complement = clause.complement
    if nearly and clause.verb == "be" and complement is not None and nearly not in complement.mods:
        text = f"{nearly} {complement.text}"
        clause = replace(
            clause, complement=replace(complement, text=text, mods=complement.mods | {nearly})
        )
        nearly = ""
    if "either" in adverbs or (nearly and (clause.verb != "be" or complement is None)):
        clause = replace(clause, modality="possible")
    arguments = (clause.subject, clause.object, clause.complement)
    if any(phrase is not None and phrase.determiner in ("no", "neither") for phrase in arguments):
        clause = replace(clause, negated=True)
    if any(word in ("hardly", "rarely", "seldom") for word in adverbs):
        clause = replace(clause, modality="possible")
    return clause


def _with_amount(clause: Clause) -> Clause:
    """“Comes to 40 euros”, “turned 40”: as being an amount."""
    amount = clause.role("to")
    sums = clause.verb in ("come", "amount") and clause.role("from") is None
    if sums and amount is not None and amount.number:
        clause = with_role(replace(clause, verb="be", complement=amount), "to", None)
    if clause.verb == "turn" and clause.object is not None and clause.object.number:
        tense: Tense = "future" if clause.tense == "future" else "present"
        clause = replace(
            clause, verb="be", tense=tense, complement=clause.object, object=None, prepositions=()
        )
    return clause


def _renamed(clause: Clause) -> Clause:
    """“Renamed the street Peace Street”: the new name follows its bearer."""
    phrase = clause.object
    if phrase is None or phrase.kind != "name" or clause.complement or clause.role("to"):
        return clause
    parts = phrase.text.split()
    begin = next((at for at, word in enumerate(parts) if word[:1].isupper()), 0)
    if phrase.determiner != "the" or begin < 2 or clause.passive:
        return clause
    noun, name = " ".join(parts[:begin]), " ".join(parts[begin:])
    start = phrase.end - len(name)
    bearer = Phrase(parts[begin - 1].lower(), noun, phrase.start, phrase.start + len(noun))
    new = Phrase(
        parts[-1].lower(), name, start, phrase.end, "name", frozenset(name.lower().split()[:-1])
    )
    return replace(clause, object=replace(bearer, determiner="the"), complement=new)


def _postmodified(clause: Clause) -> Clause:
    """“Moved the meeting with Ida to Friday”: a phrase after a noun modifies it."""
    phrase = clause.object
    goal = clause.role("to") or clause.role("until")
    if phrase is None or goal is None or clause.verb not in words("change") | words("travel"):
        return clause
    remaining = []
    for preposition, modifier in clause.prepositions:
        adjacent = modifier.start - phrase.end == len(preposition) + 2
        if adjacent and preposition in words("which") and not is_time(modifier, preposition):
            text = f"{phrase.text} {preposition} {modifier.text}"
            inside = (*phrase.inside, (preposition, modifier))
            phrase = replace(phrase, text=text, end=modifier.end, inside=inside)
        else:
            remaining.append((preposition, modifier))
    return replace(clause, object=phrase, prepositions=tuple(remaining))


def active_voice(clause: Clause) -> Iterator[tuple[Clause, str]]:
    """The clause in the active voice, and the resulting state of a passive."""
    if not clause.passive:
        yield clause, ""
        return
    if clause.verb in words("passive_name") and (clause.object or clause.complement):
        name = clause.object or clause.complement
        if name is not None and name.kind == "noun" and not (name.owner or name.determiner):
            name = replace(name, kind="name", head=name.text.split()[-1].lower())
        renamed = clause.verb in words("rename") and clause.tense == "past"
        tense: Tense = "perfect" if renamed else clause.tense
        naming = replace(clause, verb="be", passive=False, complement=name, object=None)
        if renamed:
            naming = replace(naming, adverbs=(*naming.adverbs, "now"))
        yield replace(naming, tense=tense), ""
        return
    if clause.verb == "bear":
        yield replace(clause, verb="born", passive=False), ""
        return
    if clause.verb in words("promote"):
        role = clause.object or clause.complement or clause.role("to") or clause.role("as")
        if role is not None:
            if role.kind == "noun" and not role.determiner and role.owner is not None:
                # “elected captain of the team”: there is one
                role = replace(role, determiner="the")
            yield (
                replace(
                    clause, verb="be", passive=False, complement=role, object=None, tense="present"
                ),
                "",
            )
            return
    # “postponed by a week” says by how much
    agents = (phrase for p, phrase in clause.prepositions if p == "by" and not is_time(phrase, p))
    agent = next((phrase for phrase in agents if phrase.head not in words("span")), None)
    if agent is None and not clause.progressive:
        particle = next((a for a in clause.adverbs if a in words("particle")), "")
        state = past_participle(clause.verb)
        phrase = Phrase(state, " ".join((state, particle)).strip(), 0, 0, "adjective")
        yield replace(clause, verb="be", passive=False, complement=phrase, object=None), "state"
        if clause.tense == "present" and not clause.progressive and clause.modality == "asserted":
            # “is closed” is a state and no deed
            return
    yield (
        replace(
            clause.without_argument(agent),
            subject=agent,
            object=clause.subject,
            second=None,
            passive=False,
        ),
        "",
    )
