"""Arguments of a verb: the roles that a phrase may fill in a clause, and their costs.

Costs are summed over a sentence; its cheapest reading is chosen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.language.nouns import singular
from ingest.language.phrase_kinds import is_address, is_score
from ingest.language.records import Clause, Phrase, Token
from ingest.language.times import as_event, is_time
from ingest.language.word_lists import is_person_noun, measures, words


def fillings(clause: Clause, phrase: Phrase) -> Iterator[tuple[float, Clause]]:
    """The roles of a phrase without a preposition, each with its cost."""
    preposition = _measured_by(clause, phrase)
    if preposition is None and clause.verb in words("change") and clause.object is None:
        phrase = as_event(phrase)
    if preposition is None and phrase.kind == "time" and not _is_of_being(clause):
        preposition = ""
    if preposition is not None:
        yield 0.0, clause.adding(preposition, phrase)
        return
    if clause.verb in words("copula"):
        if (
            clause.complement is None
            and clause.object is None
            and (clause.verb in ("be", "become") or phrase.kind == "adjective")
        ):
            yield 0.0, replace(clause, complement=phrase)
            return
        if clause.verb == "be":
            return
    if phrase.kind == "adjective":
        if clause.complement is None:
            yield 2.0 - (clause.object is not None), replace(clause, complement=phrase)
        return
    if clause.object is None:
        # “brought her plums” gives them to her, “brought her piano” is as likely hers
        to_her = clause.verb in words("give") and _may_be_recipient(phrase)
        yield 0.2 * to_her, replace(clause, object=phrase)
    elif clause.verb in words("passive_name") | words("promote") and clause.complement is None:
        yield 0.0, replace(clause, complement=phrase)
    elif clause.second is None:
        yield 0.0, replace(clause, second=clause.object, object=phrase)


def _measured_by(clause: Clause, phrase: Phrase) -> str | None:
    """The implied preposition of a measure beside an amount; None for other phrases."""
    counts = (clause.object, clause.complement, *(t for _, t in clause.prepositions))
    unit = phrase.determiner in ("a", "an") and phrase.head in measures()["long"].units
    unit |= phrase.head == "each" or phrase.text.lower() == f"a {phrase.head}"
    if unit and [argument for argument in counts if argument is not None and argument.number]:
        # “62 pounds a month”
        return "per"
    if phrase.head == "time" and phrase.number:
        # “three times a day”
        return ""
    has_result = clause.object is not None or clause.verb in ("win", "lose", "draw")
    return "with" if has_result and is_score(phrase.text) else None


def _is_of_being(clause: Clause) -> bool:
    """Whether a time may be a predicate: “the exam is Monday”."""
    return (
        clause.verb == "be"
        and clause.complement is None
        and clause.subject is not None
        and clause.subject.head != "there"
        and not clause.prepositions
    )


def clause_cost(clause: Clause) -> float:
    """The cost of an unusual clause: objects of be, two objects of an ordinary verb."""
    cost = 0.0
    if clause.complement is not None and clause.object is not None and clause.object.members:
        cost += 2.0
    if clause.complement is not None and clause.object is not None and clause.passive:
        # “… is called Hector, the router Achilles”
        cost += 3.0
    if clause.object is not None and clause.object.members and clause.role("of"):
        # “Dutch, Polish and a bit of Turkish”
        cost += 2.0
    if clause.negated and clause.complement is not None and " but " in clause.complement.text:
        # “isn't blue but green” are two states
        cost += 1.0
    if clause.verb == "be" and not (
        clause.complement or clause.prepositions or clause.adverbs or clause.object
    ):
        cost += 2.0
    coordinated = [(p, t) for p, t in clause.prepositions if t.members and not is_time(t, p)]
    sized = clause.verb in words("sized") and not clause.passive
    if sized and any(_is_size(p, t) for p, t in clause.prepositions):
        cost += 1.0
    place = words("place")
    if any(
        t is not u and (p == q or {p, q} <= place)
        for p, t in coordinated
        for q, u in clause.prepositions
        if not is_time(u, q)
    ):
        # “in the left drawer and the sugar under the right one”
        cost += 1.5
    if sum(p == "at" and is_time(t, p) for p, t in clause.prepositions) > 1:
        # “leaves at 23:10, on Fridays at 0:40”
        cost += 1.5
    recipient = clause.second
    if recipient is not None and clause.verb not in words("give"):
        cost += 4.0
    if recipient is not None and recipient.names and not is_person_noun(recipient.head):
        # “bought the tent, Eva the stove”
        cost += 3.0
    if (
        clause.passive
        and clause.object is not None
        and clause.verb not in (words("passive_name") | words("promote") | words("give"))
    ):
        cost += 3.0
    return cost


def verb_cost(tokens: Sequence[Token], first: int, stop: int, phrase: Phrase) -> float:
    """The cost of a phrase that contains a likely verb: “of the shop refers”."""
    determined = stop - first == 2 and tokens[first].may_be("DS")
    if phrase.relatives or phrase.members or determined:
        return 0.0
    # “(is the lamp in) the hall burning”
    burning = tokens[stop - 1].tags[0] == "G" and tokens[stop - 2].tags[0] == "N"
    # Right behind an article no verb is finite: “(led to) the lost orders”.
    begin = first + 2 if tokens[first].tags[0] in "DS" else first
    verb = "V" in [token.tags[0] for token in tokens[begin:stop]]
    return 1.5 * (verb or (burning and stop - first > 2))


def coordination_cost(tokens: Sequence[Token], first: int, stop: int) -> float:
    """The cost of a list: a member that may be the next verb, a verb behind it."""
    cost = 3.0 if stop < len(tokens) and tokens[stop].may_be("MXHO") else 0.0
    for at in range(first + 1, stop):
        token = tokens[at]
        if tokens[at - 1].low in ("and", ",", "or") and "V" in token.tags:
            goes_on = stop < len(tokens) and not tokens[stop].may_be(",;&")
            cost += 3.0 if token.tags[0] == "V" else 1.5 if goes_on else 0.0
        elif at < stop - 1 and token.tags[0] == "V":
            # “… and the green folder holds contracts”
            cost += 1.0
    if stop < len(tokens) and tokens[stop].tags[0] == "V":
        cost += 2.0
    return cost


def _is_size(preposition: str, phrase: Phrase) -> bool:
    """Whether a phrase is rather an amount: “(costs) about 40 euros”, “at least 50 litres”."""
    bounds = phrase.members and all(member.number for member in phrase.members)
    if preposition == "between":
        return bool(bounds)
    if preposition == "at":
        return bool(phrase.words & {"least", "most"})
    return bool(phrase.number) and preposition in words("about")


def name_cost(phrase: Phrase) -> float:
    """The cost of adjacent names, which are as often different people."""
    if phrase.head == "back" and phrase.mods:
        # “gave the tent back”
        return 1.0
    if phrase.kind != "name":
        return 0.0
    apposed = any(not p for p, _ in phrase.inside) or any(n.kind == "name" for n in phrase.names)
    return 1.0 if apposed and not is_address(phrase) else 0.0


def differs_in_owner(phrase: Phrase) -> bool:
    """Whether only the last of a list has a named owner."""
    first, final = phrase.members[0].owner, phrase.members[-1].owner
    return first is None and final is not None and final.kind != "pronoun"


def _may_be_recipient(phrase: Phrase) -> bool:
    """Whether “her” before a bare plural may be the recipient."""
    several = singular(word := phrase.text.split()[-1]) != word.lower()
    return several and phrase.owner is not None and phrase.text.lower().startswith("her ")


def is_unit_amount(phrase: Phrase) -> bool:
    """Whether a phrase is an amount without a substance: “4 degrees”, not “200 g of flour”."""
    return bool(phrase.number) and phrase.head in words("unit") and phrase.owner is None
