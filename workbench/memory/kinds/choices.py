"""Who uses what for which purpose: the statements of which two can contradict each other.

“We use PostgreSQL for the orders database” settles a choice; a list (“X and Y”), an addition (“also
X”) and what was used before do not, nor does what names no purpose: one may use many things.
"""

from dataclasses import dataclass

from workbench.memory.facts import speech
from workbench.memory.facts.claims import Claim, Slot, Statement, carries, read

#: Verbs that settle on one thing, and the slot that says on which.
_VERBS = {
    "use": "object", "choose": "object", "adopt": "object", "select": "object", "pick": "object",
    "switch": "to", "move": "to", "migrate": "to", "decide": "to", "agree": "to",
    "settle": "on", "standardize": "on", "standardise": "on",
}  # fmt: skip
#: What leads in the purpose.
_PURPOSES = ("for", "as")
_MORE = speech.these("also too both sometimes additionally besides either occasionally")
_LISTS = speech.these("and or plus & + und et y e o ou oder")
_USING = speech.these("use using adopt choose pick take go with switch to on")
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
        return (
            _within(self.by, other.by)
            and _within(other.by, self.by)
            and _within(self.purpose, other.purpose)
            and _within(other.purpose, self.purpose)
            and not (_within(self.thing, other.thing) or _within(other.thing, self.thing))
        )


def may_be(relation: str, text: str) -> bool:
    """Whether a claim of that verb may settle a choice: cheaper than reading it."""
    return relation in _VERBS and (" for " in text or " as " in text or text[:4] in ("For ", "As "))


def choices(text: str) -> list[Choice]:
    """The choices that a statement settles; mostly none."""
    said = read(text)
    if any(token.word in _MORE or token.word == "used" for token in said.tokens):
        return []
    found = (_choice(said, claim) for claim in said.claims if not claim.negative)
    return [choice for choice in found if choice is not None]


def _choice(said: Statement, claim: Claim) -> Choice | None:
    role = _VERBS.get(claim.verb)
    thing = None if role is None else claim.slot(role)
    subject = claim.slot("subject")
    if thing is None or subject is None:
        return None
    inner = said.tokens[thing.first : thing.last - 1]
    if any(token.word in _LISTS or "," in token.after for token in inner):
        return None
    by, led = _led(said, subject)
    purpose = next((slot for each in _PURPOSES if (slot := claim.slot(each))), None)
    asked = led if purpose is None else _words(said, purpose)
    chosen = [word for word in _words(said, thing) if word not in _USING]
    if not asked or not chosen:
        return None
    who = tuple(speech.kin(word) for word in by if word not in _SPEAKERS)
    return Choice(who, tuple(map(speech.kin, chosen)), tuple(map(speech.kin, asked)))


def _led(said: Statement, subject: Slot) -> tuple[list[str], list[str]]:
    """Who does it, and a purpose that stands before: “For the orders database | we use …”."""
    words = said.tokens[subject.first : subject.last]
    if words[0].word not in _PURPOSES or words[-1].word not in speech.SELF:
        return _words(said, subject), []
    return [], [token.word for token in words[1:-1] if carries(token)]


def _words(said: Statement, slot: Slot) -> list[str]:
    return [
        token.word
        for token in said.tokens[slot.first : slot.last]
        if carries(token) and token.word not in speech.FRESH
    ]


def _within(these: Words, those: Words) -> bool:
    """Whether each of these words is a form of one of those."""
    return all(any(word & other for other in those) for word in these)
