"""Facts that end others: what was broken was repaired, what was owed was paid.

Only what a fact says without any condition counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.memory.facts import facets, speech
from workbench.memory.facts.claims import read_again
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.parsed_claims import Claim, Slot, Statement
from workbench.memory.facts.reading import Token
from workbench.store.facts import FactRow

#: Word → whether what is so works.
_STATES = {"working": True, "fixed": True, "repaired": True, "mended": True, "broken": False}
_MENDING = ("fix", "repair", "mend")
#: By which words facts about it are found.
_FOUND_BY = frozenset(_STATES) | speech.these("work fix repair mend break")
_IDLE = speech.ADVERBS | speech.these("too now currently again")
#: Facts that are looked at for one fact or debt, the newest first.
_MOST = 60


@dataclass(frozen=True, slots=True)
class State:
    """Whether something works: `about` is what."""

    works: bool
    about: Slot


def state_of(statement: Statement, claim: Claim) -> State | None:
    """Whether a thing works by a claim that says so without any condition; None for others."""
    tokens, slots = statement.tokens, claim.slots
    if not slots or claim.doubtful or (claim.ended and not claim.negative):
        return None
    works: bool | None = None
    about = slots[0]
    if claim.verb == "be" and len(slots) == 2 and about.role == "key" and slots[1].role == "value":
        said = [t.word for t in tokens[slots[1].first : slots[1].last] if t.word not in _IDLE]
        works = _STATES.get(said[0]) if len(said) == 1 else None
    elif claim.verb in ("work", "break") and len(slots) == 1 and _is_thing(tokens, about):
        works = claim.verb == "work"
    elif claim.verb in _MENDING and not claim.negative and slots[-1].role == "object":
        works, about = True, slots[-1]
    if works is None or claim.under is not None:
        return None
    return State(works != claim.negative, about)


def _is_thing(tokens: Sequence[Token], about: Slot) -> bool:
    """Whether a subject is surely no person: who does not work is not broken."""
    return about.role == "subject" and tokens[about.first].word in speech.DETERMINERS


#: What stands in every fact that `over` may be about.
_ENDING = ("broke", "work", "fix", "repair", "mend", " owe")


def over(
    index: FactIndex,
    row: FactRow,
    in_force: Callable[[Sequence[int]], Sequence[FactRow]],
) -> set[int]:
    """The places of a fact's claims that a newer one ended: it was mended, the debt was paid back.

    `in_force` gives the facts of ids that count.
    """
    text = row.text.lower()
    if not any(said in text for said in _ENDING):
        # Most facts are neither, which is told at once.
        return set()
    statement = read_again(row.text)
    return {
        place
        for place, claim in enumerate(statement.claims)
        if (claim.verb == "owe" and not claim.negative and _paid(index, row, claim, in_force))
        or _turned(index, row, statement, claim, in_force)
    }


def again(
    index: FactIndex, row: FactRow, in_force: Callable[[Sequence[int]], Sequence[FactRow]]
) -> set[int]:
    """The places of claims that are no more known, so that to tell them again is news.

    Those that are `over`, and that a debt was paid back where there is one again.
    """
    places = over(index, row, in_force)
    if "back" not in row.text.lower():
        return places
    statement = read_again(row.text)
    for place, claim in enumerate(statement.claims):
        payer = claim.slot("subject")
        if claim.verb != "pay" or payer is None:
            continue
        debtor = _persons(statement, payer)
        groups = [frozenset((word,)) for word in sorted(debtor - {_SPEAKER})]
        for other in _newer(index, row, [*groups, frozenset(("owe",))], in_force):
            for each in other.claims:
                who = each.slot("subject")
                if each.verb == "owe" and who is not None and _persons(other, who) == debtor:
                    places.add(place)
    return places


def _newer(
    index: FactIndex,
    row: FactRow,
    groups: Sequence[frozenset[str]],
    in_force: Callable[[Sequence[int]], Sequence[FactRow]],
) -> list[Statement]:
    ids = index.meeting(row.scope, groups, _MOST)
    newer = [each for each in in_force(ids) if (each.at, each.id) > (row.at, row.id)]
    return [read_again(each.text) for each in newer]


def _turned(
    index: FactIndex,
    row: FactRow,
    statement: Statement,
    claim: Claim,
    in_force: Callable[[Sequence[int]], Sequence[FactRow]],
) -> bool:
    state = state_of(statement, claim)
    if state is None:
        return False
    words = _said(statement, state.about)
    if not words:
        return False
    groups = [*(frozenset((word,)) for word in words), _FOUND_BY]
    for other in _newer(index, row, groups, in_force):
        for each in other.claims:
            now = state_of(other, each)
            if now is not None and now.works != state.works and _said(other, now.about) == words:
                return True
    return False


def _paid(
    index: FactIndex,
    row: FactRow,
    claim: Claim,
    in_force: Callable[[Sequence[int]], Sequence[FactRow]],
) -> bool:
    """Whether who owes has paid it back, and not only a part of it."""
    statement = read_again(row.text)
    who, to, debt = claim.slot("subject"), claim.slot("to"), claim.slot("object")
    if who is None or to is None:
        return False
    receiver, debtor = _persons(statement, to), _persons(statement, who)
    owed = frozenset() if debt is None else _said(statement, debt)
    others = (receiver | debtor) - {_SPEAKER}
    if not receiver or not debtor or not others:
        return False
    groups = [*(frozenset((word,)) for word in sorted(others)), frozenset(("pay",))]
    for other in _newer(index, row, groups, in_force):
        for each in other.claims:
            payer = each.slot("subject")
            if each.verb != "pay" or each.negative or each.doubtful or payer is None:
                continue
            said: frozenset[str] = frozenset()
            for slot in each.slots:
                if slot is not payer:
                    said |= _persons(other, slot)
                    said |= frozenset(t.word for t in other.tokens[slot.first : slot.last])
            rest = said - receiver - owed - _WHOLE - speech.DETERMINERS - speech.SELF
            if "back" in said and receiver <= said and not rest and (
                _persons(other, payer) == debtor
            ):  # fmt: skip
                return True
    return False


#: Whoever speaks, by whatever word.
_SPEAKER = "i"
_WHOLE = speech.these("back everything all full money today yesterday")


def _said(statement: Statement, slot: Slot) -> frozenset[str]:
    return frozenset(key.word for key in facets.keys(statement, slot.first, slot.last))


def _persons(statement: Statement, slot: Slot) -> frozenset[str]:
    """The words of a part; the speaker by whatever word is one."""
    own = any(t.word in speech.SELF for t in statement.tokens[slot.first : slot.last])
    return _said(statement, slot) | (frozenset((_SPEAKER,)) if own else frozenset())
