"""States of which one thing has one at a time: open or closed, on or off, broken or working.

"Is the shop closed" is answered by "the shop is open", and what is broken works once it was mended.
Only what a fact says without any condition counts: "open on Monday" says nothing of Sunday.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.memory.facts import asking, facets, speech
from workbench.memory.facts.asking import Asked
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.claims import read_again
from workbench.memory.facts.facets import Key
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.matching import Candidate, level_of
from workbench.memory.facts.reading import Token
from workbench.memory.facts.stated import Claim, Slot, Statement
from workbench.store.facts import FactRow

_AXES = (
    ("open", "closed shut"),
    ("on", "off"),
    ("paid", "unpaid"),
    ("locked", "unlocked"),
    ("alive", "dead"),
    ("working fixed repaired mended", "broken"),
)
#: Word → (which pair, whether it is the first of it).
_STATES = {
    word: (axis, first)
    for axis, pair in enumerate(_AXES)
    for first, words in zip((True, False), pair, strict=True)
    for word in words.split()
}
_ON, _PAID, _WORKING = 1, 2, 5
#: Verbs that bring about a state of what they are done to.
_BRINGING = {"fix": _WORKING, "repair": _WORKING, "mend": _WORKING, "pay": _PAID}
#: By which words facts about a pair are found, beside those of the pair.
_FOUND_BY = {_WORKING: speech.these("work fix repair mend break"), _PAID: speech.these("pay")}
_IDLE = speech.ADVERBS | speech.these("too now currently again")
_SURE = 0.97
#: Facts that are looked at for one question or debt, the newest first.
_MOST = 60
Candidates = Callable[[Sequence[int]], Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class State:
    """Which of a pair something is in: `axis` is the pair, `about` who or what."""

    axis: int
    first: bool
    about: Slot


def state_of(statement: Statement, claim: Claim) -> State | None:
    """The state that a claim tells of, without any condition; None for none."""
    tokens, slots = statement.tokens, claim.slots
    if not slots or claim.doubtful or (claim.ended and not claim.negative):
        return None
    told: tuple[int, bool] | None = None
    about = slots[0]
    if claim.verb == "be" and len(slots) == 2 and about.role == "key" and slots[1].role == "value":
        said = [t.word for t in tokens[slots[1].first : slots[1].last] if t.word not in _IDLE]
        told = _STATES.get(said[0]) if len(said) == 1 else None
    elif claim.verb in ("work", "break") and len(slots) == 1 and _is_thing(tokens, about):
        told = _WORKING, claim.verb == "work"
    elif claim.verb in _BRINGING and not claim.negative and slots[-1].role == "object":
        told, about = (_BRINGING[claim.verb], True), slots[-1]
    if told is None or claim.under is not None:
        return None
    return State(told[0], told[1] != claim.negative, about)


def _is_thing(tokens: Sequence[Token], about: Slot) -> bool:
    """Whether a subject is surely no person: who does not work is not broken."""
    return about.role == "subject" and tokens[about.first].word in speech.DETERMINERS


def asked_state(asked: Asked) -> tuple[int, bool] | None:
    """The state that a question asks for, by yes or no; None where it asks for none."""
    if asked.kind != "yes" or asked.negative or asked.former or asked.yours or asked.dense:
        return None
    said = [token.word for token in asking.words_of(asked.text) if token.word not in _IDLE]
    if len(said) < 3:
        return None
    if said[0] in ("is", "are"):
        return _STATES.get(said[-1])
    return (_WORKING, True) if said[0] in ("do", "does") and said[-1] == "work" else None


def answer(
    index: FactIndex, scope: int, asked: Asked, candidates: Candidates
) -> tuple[bool, Choice | None]:
    """Yes or no for a question for a state, and whether no other way may answer it."""
    wanted = asked_state(asked)
    if wanted is None:
        return False, None
    axis, first = wanted
    about = [key for key in asked.wanted if key.word not in _STATES and key.word != "work"]
    if not about:
        return axis == _ON, None
    groups: list[Iterable[str]] = [speech.related(key.word) for key in about]
    if axis != _ON:
        groups.append(_words(axis))
    near = candidates(index.meeting(scope, [frozenset(group) for group in groups], _MOST))
    found = [
        ((one.at, one.id, place), one, state)
        for one in near
        for place, claim in enumerate(one.statement.claims)
        if place not in one.stale
        and (state := state_of(one.statement, claim)) is not None
        and state.axis == axis
        and _is_about(asked, about, one.statement, state.about)
    ]
    if not found:
        return axis == _ON, None
    (at, id, _), one, state = max(found, key=lambda each: each[0])
    end = len(one.statement.text)
    newer = [each for each in near if (each.at, each.id) > (at, id)]
    if any(_speaks(axis, each.statement) for each in newer):
        # Something newer says it under a condition.
        return False, None
    said = "yes" if state.first == first else "no"
    return True, Choice(id, end, end, _SURE, said)


def _words(axis: int) -> frozenset[str]:
    return frozenset(" ".join(_AXES[axis]).split()) | _FOUND_BY.get(axis, frozenset())


def _speaks(axis: int, statement: Statement) -> bool:
    there = _words(axis)
    return any(speech.kin(token.word) & there for token in statement.tokens)


def _is_about(asked: Asked, about: Sequence[Key], statement: Statement, slot: Slot) -> bool:
    """Whether a part names just what is asked for."""
    there = facets.keys(statement, slot.first, slot.last)
    own = any(t.word in speech.SELF for t in statement.tokens[slot.first : slot.last])
    return (
        bool(there)
        and (asked.mine or not own)
        and all(level_of(key, there)[0] for key in about)
        and all(level_of(key, about)[0] for key in there)
    )


# -- what holds no longer --------------------------------------------------------------------------


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
    if state is None or state.axis != _WORKING:
        return False
    words = _said(statement, state.about)
    if not words:
        return False
    groups = [*(frozenset((word,)) for word in words), _words(_WORKING)]
    for other in _newer(index, row, groups, in_force):
        for each in other.claims:
            now = state_of(other, each)
            other_way = now is not None and now.axis == _WORKING and now.first != state.first
            if now is not None and other_way and _said(other, now.about) == words:
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
