"""Names in the relation a question asks about: who did what to whom.

Rules for English, no model. The question gives an anchor (its verb, or the noun that it asks
about) and a direction; a name counts only where it stands beside that anchor on the right side of
it: before an active verb, after "by", in apposition to the noun, on the other side of a form of
"be". A pronoun there, or another name in between, is no answer.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import STOP
from workbench.memory.words import LEMMAS

Direction = Literal["agent", "patient", "object", "noun"]

_BE = "is|are|was|were|be|been|being|became|becomes"
_WHO = r"(?:^|, )(?:(by|to|with|from|for|after|of|on|at|under) )?who(m)? "
_AGENTS = (
    "captain|king|queen|president|professor|doctor|general|author|writer|company|team|person|man"
    "|woman|scientist|psychologist|physicist|emperor|pope|actor|actress|director|engineer|poet"
    "|painter|artist|explorer|mathematician|country|university|band|group|organisation|organization"
)
_ASKED_WHO = later(_WHO, re.IGNORECASE)
_IN_CHARGE = later(r"(?:in charge|responsible) (?:of|for) ", re.IGNORECASE)
_ASKED_WHICH = later(
    rf"(?:^|, )(?:which|what) (?:(?!(?:did|does|do|the|an?|{_BE}) )\w+ ){{0,2}}?(?:{_AGENTS}) ",
    re.IGNORECASE,
)
_ASKED_NAME = later(rf"(?:^|, )what (?:{_BE}) the (?:\w+ )?name of (?:the |an? )?", re.IGNORECASE)
_AGAIN = later(
    r"(?:,|;|\band) (?:\w+ )?(?:who|whom|what|which|when|where|how|why)\b", re.IGNORECASE
)
_DID = later(r"(?:did|does|do) (.+)", re.IGNORECASE)
_HELPERS = later(
    r"(?:(?:has|have|had|will|would|could|can|may|might|must|first|also|then|later|originally"
    r"|once|actually|really|\w+ly) )+",
    re.IGNORECASE,
)
_IS = later(rf"(?:has been|had been|have been|{_BE}) (.+)", re.IGNORECASE)
_NOUN_ENDS = later(
    r"\s+(?:of|for|in|on|at|to|from|with|who|that|which|whose|during|by|when|under|behind|after"
    r"|before|between|and|or)\b|[,?;]",
    re.IGNORECASE,
)
_PREPOSITION = later(
    r"\b(?:of|in|by|to|with|from|for|at|on|near|about|than|after|before|against|under|over|into"
    r"|between|behind|like|unlike|without|through|during|via|the)(?: the| his| her| their)? $",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_][\w’'-]*"
#: Between a name and its verb: nothing, helpers, an apposition, "who".
_TO_VERB = later(
    rf"(?:(?: \([^)]*\))?(?:, (?:(?!and\b|but\b)[^,;:.]){{1,60}},)?"
    rf"(?:,? who| himself| herself| had| has| have| will| would| first| also| then| later| once"
    rf"| soon| originally| jointly| independently| together| {_WORD}ly)*) ?",
    re.IGNORECASE,
)
_TO_PATIENT = later(
    rf"(?:(?: \([^)]*\))?(?:, [^,;:.]{{1,60}},)?(?:,? who)?(?: had| has| have)?"
    rf"(?: (?:{_BE}))(?: {_WORD}ly| first| also| later| then)*) ?",
    re.IGNORECASE,
)
_BY = later(
    rf"(?: (?!by\b){_WORD}){{0,4}} by (?:(?:the|a|an|his|her|their|two|one|of) )?"
    rf"(?:(?!(?:and|or|in|on|at|to)\b)[a-z][\w’'-]* ){{0,3}}$"
)
_TITLE_AND_NAME = later(
    r"(?: (?:with|to|by|for|from|on|at|after))?"
    r"(?: (?:the|his|her|their|an?|my|our))?(?: (?!and\b|or\b)[a-z][\w’'-]*){0,2} ",
)
_IS_NOUN = later(
    rf"(?: \([^)]*\))?(?:,? (?:who|which))? (?:(?:had|has|have) )?(?:{_BE}|served as|was named"
    rf"|was elected|was appointed)(?: (?:also|then|now|still|later|at that time|again))?"
    rf"(?: (?:the|an?|his|her|their|its|my|our|one of the))?"
    rf"(?: (?!of\b|not\b|no\b){_WORD}){{0,3}} ",
    re.IGNORECASE,
)
_APPOSED = later(
    rf"(?: \([^)]*\))?,(?: (?:then|now|later|once))?(?: (?:the|an?|his|her|their|its|my|our)"
    rf"(?: (?!of\b|and\b|in\b|who\b){_WORD}){{0,3}}|(?: (?!of\b|and\b|in\b|who\b)[a-z][\w’'-]*)"
    r"{0,3}) ",
)
_NOUN_IS = later(
    rf"(?: (?:of|for|in|at|from|to) [^,;:.]{{1,60}})?,?(?: (?:{_BE}|namely|called|named|was called"
    rf"|was named|is called|is named))(?: (?:the|an?|his|her|probably|certainly|now|then))?"
    rf"(?: (?!not\b|no\b|in\b|at\b|to\b|by\b|from\b|of\b)[a-z][\w’'-]*){{0,2}} ",
    re.IGNORECASE,
)
#: “her husband, the pianist Anton Reger”, “his wife, a singer from Ghent called Ann”.
_TRADE = (
    r"(?:the|an?)(?: (?!(?:and|or|of|in|at|from|to|by|who|with)\b)[a-z][\w’'-]*){1,3} "
    r"(?:(?:(?:from|of|in) [^,;:.]{1,30} )?(?:called|named) )?"
)
_NOUN_COMMA = later(rf"(?: (?:of|for|in|at|from) [^,;:.]{{1,50}})?, (?:{_TRADE})?")

#: Verbs that say the same of somebody, and the nouns for who does it: who runs a project is its
#: head, who wrote a song its author. Only what holds in both directions: who sold is no buyer.
_ROLES = """
run lead manage head direct : head leader manager director boss chief charge
write compose pen : author writer composer
own possess : owner proprietor
found establish : founder
assist : assistant
teach tutor : teacher tutor
coach train : coach trainer
employ : employer
edit : editor
invent devise : inventor
supervise oversee : supervisor overseer
marry wed : husband spouse
marry wed : wife spouse
"""
#: Whom something belongs to owns it: there the name follows the verb.
_BELONGS = "belong"

#: Verbs whose forms no rule derives, and letters of the shortest noun for who does something.
_VERBS = frozenset(LEMMAS.values())
_AGENT = 5

_SOMEBODYS = later(r"\b(?:his|her|its|their|my|our|your|whose) (?:\w+ )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The relation of a question: its anchor word and where the answer stands to it.

    An *agent* does what the anchor says, a *patient* has it done to himself, an *object* follows
    the verb; a *noun* is what the answer is. `more` is what follows the anchor in the question.
    """

    anchor: str
    direction: Direction
    more: frozenset[str]


def asked(question: str) -> Asked | None:
    """The relation that a question for one name asks about; None where the rules know none."""
    text = question.strip().rstrip("?!. ").strip()
    if _AGAIN.search(text[3:]):
        return None
    named = _ASKED_NAME.search(text)
    if named:
        return _noun(text[named.end() :])
    match = _ASKED_WHO.search(text)
    if match is None:
        which = _ASKED_WHICH.search(text)
        if which is None:
            return None
        return _after_subject(text[which.end() :])
    rest = text[match.end() :]
    if match[1] or match[2]:
        return _reversed(rest, by=(match[1] or "").lower() == "by")
    return _after_subject(rest)


def _after_subject(rest: str) -> Asked | None:
    did = _DID.match(rest)
    if did:
        return _reversed(rest, by=False)
    rest = _HELPERS.sub("", rest, count=1) if _HELPERS.match(rest) else rest
    being = _IS.match(rest)
    if being is None:
        return _verb(rest.split(" "), "agent")
    rest = being[1]
    if re.search(r" by$", rest):
        return _verb([*reversed(rest[:-3].split(" "))], "agent")
    charged = _IN_CHARGE.match(rest)
    if charged:
        return _asked("charge", "noun", rest[charged.end() :].split(" "))
    first = rest.split(" ", 1)[0]
    if re.match(r"(?:the|an?|his|her|their|its|one|two)\b", first, re.IGNORECASE) or re.search(
        r"\w['’]s? ", rest
    ):
        return _noun(rest)
    if re.search(r"(?:ed|en|wn|nt|ught|lt|ld|ung|ot|ng)$", first) and first.islower():
        return _verb(rest.split(" "), "patient" if not first.endswith("ing") else "agent")
    return None


def _reversed(rest: str, *, by: bool) -> Asked | None:
    """ "By whom was X built", "whom did X marry": the verb comes after its subject."""
    helper = re.match(rf"(?:did|does|do|had|has|have|{_BE}) (.+)", rest, re.IGNORECASE)
    if helper is None:
        return None
    parts = helper[1].split(" ")
    last = len(parts) - 1
    while last > 0 and (parts[last].lower() in STOP or parts[last].isdigit()):
        last -= 1
    if last <= 0:
        return None
    if by:
        verb = next((p for p in reversed(parts) if re.search(r"(?:ed|en|wn|lt|ng)$", p)), "")
        return _asked(verb, "agent", parts) if verb else None
    # "in 1886" and the like may follow the verb; a name may not be it.
    verb = next((p for p in parts[1:] if p.islower() and p.lower() not in STOP), "")
    return _asked(verb, "object", parts) if verb else None


def _verb(parts: Sequence[str], direction: Direction) -> Asked | None:
    for i, part in enumerate(parts):
        if part.lower() not in STOP and not part.lower().endswith("ly") and part.islower():
            return _asked(part, direction, parts[i + 1 :])
        if part[:1].isupper():
            return None
    return None


def _noun(rest: str) -> Asked | None:
    owned = re.search(r"\w['’]s? ", rest)
    ends = _NOUN_ENDS.search(rest, owned.end() if owned else 0)
    phrase = rest[: ends.start()] if ends else rest
    head = phrase.rsplit(" ", 1)[-1]
    if not head.islower() or head in STOP:
        return None
    return _asked(head, "noun", rest.split(" "))


def _asked(anchor: str, direction: Direction, more: Sequence[str]) -> Asked:
    folded = frozenset(words.fold(word.strip("?,.;:")) for word in more if word)
    return Asked(words.fold(anchor), direction, folded - STOP - {words.fold(anchor)})


def kindred(relation: Asked) -> tuple[Asked, ...]:
    """The same relation said by another word: an owner owns, who manages is the manager or head.

    By the list of roles, and by the endings -er and -or: who teaches is a teacher, but a sister
    does nothing of the kind. A word that nobody uses is found nowhere, and does no harm.
    """
    if relation.direction not in ("agent", "noun"):
        return ()
    found = dict.fromkeys((*_by_ending(relation), *_by_role(relation)))
    return tuple(each for each in found if each.anchor != relation.anchor)


def _by_ending(relation: Asked) -> tuple[Asked, ...]:
    word = relation.anchor
    if relation.direction == "agent":
        verb = LEMMAS.get(word, words.forms(word, "en")[0])
        ends = ("r", "er", "or") if verb.endswith("e") else ("er", "or")
        nouns = [f"{verb}{end}" for end in ends]
        return tuple(Asked(noun, "noun", relation.more) for noun in nouns)
    if len(word) < _AGENT or not word.endswith(("er", "or")):
        return ()
    verb = next((each for each in (word[:-1], word[:-2]) if each in _VERBS), f"{word[:-2]}ed")
    return (Asked(verb, "agent", relation.more),)


def _by_role(relation: Asked) -> tuple[Asked, ...]:
    """What the list of roles knows of a verb of which somebody is the agent, or of a noun."""
    stem = words.forms(relation.anchor, "en")[0]
    found: list[Asked] = []
    for verbs, nouns in _roles():
        if stem not in (verbs if relation.direction == "agent" else nouns):
            continue
        found += [Asked(word, "agent", relation.more) for word in verbs.values()]
        found += [Asked(word, "noun", relation.more) for word in nouns.values()]
        if "own" in verbs:
            found.append(Asked(_BELONGS, "object", relation.more))
        if "marry" in verbs.values():
            # Who married somebody is married to the one whom the verb names, too.
            found += [Asked(word, "object", relation.more) for word in verbs.values()]
    return tuple(found)


@cache
def _roles() -> tuple[tuple[dict[str, str], dict[str, str]], ...]:
    """The list of roles: for each line its verbs and its nouns by their stems."""
    lines = (line.split(":") for line in _ROLES.split("\n") if line)
    return tuple(
        (
            {words.forms(word, "en")[0]: word for word in verbs.split()},
            {words.forms(word, "en")[0]: word for word in nouns.split()},
        )
        for verbs, nouns in lines
    )


def fits(
    relation: Asked,
    quote: str,
    candidates: Collection[tuple[int, int]],
    anchors: Collection[tuple[int, int]],
    others: Collection[int],
    theirs: Collection[tuple[int, int]] = (),
) -> list[tuple[int, int, float]]:
    """Of the names at `candidates` those that stand to an anchor as asked, each with a weight.

    `others` are the places of the other words of the question in the same sentence, `theirs` those
    of the names of the question and of what stands for them.
    """
    found: list[tuple[int, int, float]] = []
    for start, end in anchors:
        for at, to in candidates:
            if at < end and start < to:
                continue
            if relation.direction == "noun":
                # "Her captain" is the captain of whatever was spoken of before.
                whose = _SOMEBODYS.search(quote[:start])
                if whose and not _owns(quote, whose.start(), theirs, candidates):
                    continue
                weight = _noun_fit(quote, start, end, at, to)
            else:
                weight = _verb_fit(relation, quote, (start, end), (at, to), others)
            if weight:
                found.append((at, to, weight))
    return found


def _owns(
    quote: str,
    whose: int,
    theirs: Collection[tuple[int, int]],
    candidates: Collection[tuple[int, int]],
) -> bool:
    """Whether “his” at this place speaks of a name of the question: the nearest that is named."""
    nearest = max((at for at, _ in theirs if at <= whose), default=-1)
    return nearest >= 0 and not any(nearest < at < whose for at, _ in candidates)


def _verb_fit(
    relation: Asked,
    quote: str,
    anchor: tuple[int, int],
    name: tuple[int, int],
    others: Collection[int],
) -> float:
    (start, end), (at, to) = anchor, name
    if relation.direction == "object":
        follows = at >= end and _TITLE_AND_NAME.fullmatch(quote[end:at]) is not None
        return 1.0 if follows and any(place < start for place in others) else 0.0
    if at >= end:
        passive = relation.direction == "agent" and _BY.fullmatch(quote[end:at]) is not None
        before = not relation.more or any(place < start for place in others)
        return 1.0 if passive and before else 0.0
    if _PREPOSITION.search(quote[max(0, at - 24) : at]):
        return 0.0
    between = quote[to:start]
    if relation.direction == "patient":
        return 1.0 if _TO_PATIENT.fullmatch(between) else 0.0
    if re.search(rf"\b(?:{_BE}) (?:\w+ )?$", quote[max(0, start - 24) : start]):
        return 0.0
    if re.match(r" by\b", quote[end:]):
        return 0.0
    reaches = not relation.more or any(end <= place <= end + 60 for place in others)
    return 1.0 if _TO_VERB.fullmatch(between) and reaches else 0.0


def _noun_fit(quote: str, start: int, end: int, at: int, to: int) -> float:
    if at >= end:
        between = quote[end:at]
        if between == " ":
            return 1.0
        if _NOUN_IS.fullmatch(between):
            return 0.9
        return 0.75 if _NOUN_COMMA.fullmatch(between) else 0.0
    if _PREPOSITION.search(quote[max(0, at - 24) : at]):
        return 0.0
    between = quote[to:start]
    if _IS_NOUN.fullmatch(between):
        return 1.0
    return 0.9 if _APPOSED.fullmatch(between) else 0.0
