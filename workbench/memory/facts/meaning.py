"""Rewords a question whose words no fact has.

Used only where the question as it was put has no answer. Words that the library has learned to be
alike may stand for each other; "which digits do I need for …" says what a value looks like, not
what it is of.
"""

from dataclasses import replace

from workbench.memory.facts import speech
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.facets import Key
from workbench.memory.facts.index import Alike
from workbench.memory.facts.question_parts import Asked

#: How sure an answer is that rests on a learned word, beside one in the question's own.
LEARNED = 0.8
_DIGITS = speech.these("digit digits number numbers figure figures numerals")
_SIGNS = speech.these("letters characters signs symbols string code word value thing details info")
#: What is done with a value by whoever needs it.
_USES = speech.these("need use type enter know press punch key dial tap")
#: Used alike, and yet never the same: one's mother and father, Monday and Tuesday.
_OPPOSED = speech.WEEKDAYS | speech.MONTHS | speech.TIME_WORDS | speech.these(
    "mother father mum mom dad sister brother son daughter wife husband aunt uncle cousin nephew"
    " niece grandmother grandfather boy girl man woman king queen he she north south east west"
    " left right up down day night summer winter cat dog first second last next old new good bad"
    " hot cold big small high low red blue green black white yellow brown grey"
)  # fmt: skip


def reworded(asked: Asked, alike: Alike) -> Asked | None:
    """The question with learned words beside its own; None where there are none."""
    if asked.dense or asked.kind == "yes":
        return None
    shown = _DIGITS | _SIGNS if asked.kind == "what" else frozenset[str]()
    using = _USES if asked.mine else frozenset[str]()
    needed = tuple(key for key in asked.wanted if not key.kin & (shown | using))
    wanted = tuple(_with(key, alike) for key in needed)
    if wanted == needed:
        return None
    mine = asked.mine and len(needed) == len(asked.wanted)
    # Only what it is of is left of "which digits do I need for the lift".
    return replace(asked, wanted=wanted, soft=(), mine=mine,
                   roles=frozenset() if shown else asked.roles)  # fmt: skip


def _with(key: Key, alike: Alike) -> Key:
    if key.name or key.kin & _OPPOSED:
        return key
    others = frozenset(
        other for form in key.kin for other in alike(form) if not other.isdigit()
    ) - _OPPOSED  # fmt: skip
    return replace(key, like=key.like | others) if others else key


def fits(asked: Asked, choice: Choice, said: str) -> bool:
    """Whether what was found looks like what was asked for: digits have digits in them."""
    if choice.said:
        return False
    words = {word for key in (*asked.wanted, *asked.soft) for word in key.kin}
    return any(map(str.isdigit, said)) if words & _DIGITS else True
