"""Choices ("we use X for Y") of which two can contradict each other.

“We use PostgreSQL for the orders database” settles a choice; a list (“X and Y”), an addition (“also
X”) and what was used before do not, nor does what names no purpose: one may use many things.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ingest.language.word_lists import classes
from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, read

_FOR = ("for", "as", "to")
#: Verbs that settle on one thing: the slot that says on which, and those that say for what.
_VERBS: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("use", "choose", "adopt", "select", "pick", "prefer"), ("object", _FOR)),
    **dict.fromkeys(("switch", "move", "migrate", "decide", "agree"), ("to", _FOR[:2])),
    **dict.fromkeys(("settle", "standardize", "standardise"), ("on", _FOR)),
    "schedule": ("for", ("object",)),
    **dict.fromkeys(("store", "write"), ("in", ("object",))),
    "host": ("on", ("object",)),
}
#: Of these it says nothing who did it, and where somebody did, it happened once: “Ann wrote it”.
_DONE = frozenset(("schedule", "write", "host"))
#: Being about to use, or using at the moment, is using.
_AT_WORK = re.compile(
    r"(?:['’](?:re|m|s)|\s(?:are|am|is))((?: now| currently)?) using\b", re.IGNORECASE
)
_MORE = speech.these("also too both sometimes additionally besides either occasionally")
_LISTS = classes("memory.txt")["kinds_choices_lists"]
_USING = classes("memory.txt")["kinds_choices_using"]
_SPEAKERS = speech.these("we i our my us ours the team")


#: Words, each as all the forms that it may be one of.
Words = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who (`by`, empty: the speaker) uses `thing` for `purpose`, each word in all its forms."""

    by: Words
    thing: Words
    purpose: Words

    def against(self, other: "Choice") -> bool:
        """Whether it settles the same otherwise: neither says just more of the other's thing."""
        return self._of_one(other) and not (
            _within(self.thing, other.thing) or _within(other.thing, self.thing)
        )

    def same(self, other: "Choice") -> bool:
        """Whether it settles the same so."""
        return (
            self._of_one(other)
            and _within(self.thing, other.thing)
            and _within(other.thing, self.thing)
        )

    def _of_one(self, other: "Choice") -> bool:
        return _same(self.by, other.by) and _same(self.purpose, other.purpose)


def may_be(text: str, relations: Iterable[str]) -> bool:
    """Whether a statement with claims of these verbs may settle a choice: cheaper than reading."""
    return " using " in text or any(relation in _VERBS for relation in relations)


@lru_cache(maxsize=16_384)
def choices(text: str) -> tuple[Choice, ...]:
    """The choices that a statement settles; mostly none."""
    said = read(_AT_WORK.sub(r"\1 use", text))
    if any(token.word in _MORE or token.word == "used" for token in said.tokens):
        return ()
    found = (_choice(said, claim) for claim in said.claims if not claim.negative)
    return tuple(choice for choice in found if choice is not None)


def _choice(said: Statement, claim: Claim) -> Choice | None:
    role, purposes = _VERBS.get(claim.verb, ("", ()))
    thing, subject = claim.slot(role), claim.slot("subject")
    done = claim.verb in _DONE
    if thing is None or (subject is None) != done:
        return None
    inner = said.tokens[thing.first : thing.last - 1]
    if any(token.word in _LISTS or "," in token.after for token in inner):
        return None
    by, led = ([], []) if subject is None else _led(said, subject)
    purpose = next((slot for each in purposes if (slot := claim.slot(each))), None)
    asked = led if purpose is None else _words(said, purpose)
    chosen = _words(said, thing)
    if role == "to" and chosen and chosen[0] in _USING:
        # "We decided to *use* Go".
        chosen = chosen[1:]
    if not asked or not chosen:
        return None
    who = tuple(speech.kin(word) for word in by if word not in _SPEAKERS)
    return Choice(who, tuple(map(speech.kin, chosen)), tuple(map(speech.kin, asked)))


def _led(said: Statement, subject: Slot) -> tuple[list[str], list[str]]:
    """Who does it, and a purpose that stands before: “For the orders database | we use …”."""
    words = said.tokens[subject.first : subject.last]
    if words[0].word not in _FOR[:2] or words[-1].word not in speech.SELF:
        return _words(said, subject), []
    return [], [token.word for token in words[1:-1] if carries(token)]


def _words(said: Statement, slot: Slot) -> list[str]:
    return [
        token.word
        for token in said.tokens[slot.first : slot.last]
        if carries(token) and token.word not in speech.FRESH
    ]


def _same(these: Words, those: Words) -> bool:
    """Whether these are those words, in the same order where numbers are among them."""
    if any(form.isdigit() for word in these for form in word):
        return len(these) == len(those) and all(map(frozenset.intersection, these, those))
    return _within(these, those) and _within(those, these)


def _within(these: Words, those: Words) -> bool:
    """Whether each of these words is a form of one of those."""
    return all(any(word & other for other in those) for word in these)
