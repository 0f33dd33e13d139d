"""Answers from told statements: reads the best candidates of the index and compares their claims.

Statements are taken apart when they are asked about; what was taken apart lately is kept (see
`ingest.language.claims`). What stands between the question and its answer (“my dentist is Dr.
Braun”) is looked for by the names that the first candidates give.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.language.claims import claims_of
from ingest.language.nouns import singular
from ingest.language.questions import Question, question_of, questions_of
from ingest.language.records import Token
from ingest.language.tagging import tagged
from ingest.language.verbs import forms
from ingest.language.word_lists import closed_tags, opposites
from workbench.memory.claims.answer_kinds import unlike_asked, without_more
from workbench.memory.claims.held import Memory, Told, definite
from workbench.memory.claims.holes import clock
from workbench.memory.claims.matching import Match, compared, left_over, matched, of_another
from workbench.memory.claims.things import DEPTH
from workbench.memory.facts import speech
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.claims import carries
from workbench.memory.facts.facts_at import FactsAt
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.parsing import cues
from workbench.memory.facts.reading import tokens
from workbench.memory.facts.records import Fact
from workbench.store import conflicts
from workbench.store import facts as rows
from workbench.store.facts import FactRow

#: Seconds between the first and the last of what is told in one go.
TALK = 600.0
_DOUBTED = re.compile(r"\b(?:probably|likely)\b", re.IGNORECASE)
#: Before a number of all: “two of our six hens” do not say that six lay.
_OF_ALL = re.compile(r"\bof \w+ $")
_ON_CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
#: Words that an answer may leave out.
_LIGHT = frozenset(("in", "on", "at", "to", "the", "a", "an", "my", "from"))
_VAGUE = frozenset(("in", "at", "to", "from"))
#: Facts that are read by roles for one question, and more that a name among them leads to.
_MOST, _BY_NAME = 60, 20
#: The least score of a fact that is read, as part of the best one's.
_NEAR = 0.4
#: How sure an answer is that a claim gives, and one that follows by contrast.
SURE, CONTRAST = 0.95, 0.85
_POINTS = re.compile(
    r"\b(?:he|she|it|they|him|her|his|its|their|them|there|both|ones?|sorry)\b"
    # “The dishwasher isn't any more.”
    r"|\b(?:is|are|was|were|do|does|did|has|have)(?:n't| not)?(?: any ?more| either| too)?\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read by roles beside the facts that may answer it.

    `pattern` is None where the question is not understood, `match` where nothing answers it.
    """

    pattern: Question | None
    match: Match | None
    memory: Memory | None

    def understood(self, fact: int) -> Told | None:
        """The fact where question and fact were both taken apart: then silence means something."""
        if self.pattern is None or self.memory is None:
            return None
        told = next((each for each in self.memory.statements if each.id == fact), None)
        return told if told is not None and claims_of(told.text, told.context).sure else None


def read(here: FactsAt, question: str, chosen: int | None) -> Reading:
    """A question and the facts of a scope that count, by their roles; `chosen` is that by words."""
    patterns = questions_of(question)
    closed = any(not pattern.hole for pattern in patterns)
    found = _candidates(here, question, closed)
    if chosen is not None and all(row.id != chosen for row in found):
        found += here.in_force([chosen])
    told = _told(here, found)
    both = conflicts.both_true(here.connection, {row.id for row in found})
    memory = Memory(told, both, _day(here.moment))
    chosen_of = _of_two(question, memory)
    if not patterns:
        return Reading(None, chosen_of or left_over(question, told), None)
    for pattern in patterns:
        match = chosen_of or matched(pattern, memory)
        if match is not None:
            return Reading(pattern, match, memory)
    return Reading(patterns[0], None, memory)


def _day(moment: float) -> date | None:
    """The day of a moment; None where no calendar has it."""
    try:
        return date.fromtimestamp(moment)
    except (OverflowError, OSError, ValueError):
        return None


def _of_two(question: str, memory: Memory) -> Match | None:
    """Which of the two it is that a question leaves to choose from; None for both or neither."""
    for pair in choices(question):
        patterns = [(said, question_of(asked)) for said, asked in pair]
        held = [
            (said, match)
            for said, pattern in patterns
            if pattern is not None and (match := matched(pattern, memory)) is not None
        ]
        upheld = [(said, match) for said, match in held if match.said == "yes"]
        if len(upheld) == 1:
            said, match = upheld[0]
            return replace(match, said=said)
        if held:
            break
    return None


def _candidates(here: FactsAt, question: str, closed: bool) -> list[FactRow]:
    index, scope = here.index, here.scope
    if index.count(scope) <= _MOST:
        return here.in_force(index.all(scope))
    ids = _near(index.best(scope, cues.cue(question), _MOST))
    if closed:
        # For a yes or no a word may be met by its opposite.
        ids = list(dict.fromkeys((*_meeting(index, scope, question), *ids)))
    found = here.in_force(ids)
    there, last = {row.id for row in found}, found
    for _ in range(DEPTH):
        # “the landlord of Mara's assistant”: one name leads to the next, each by itself
        near = (_near(index.best(scope, cues.cue(name), _BY_NAME)) for name in _names(last))
        more = dict.fromkeys(id for ids in near for id in ids if id not in there)
        there |= more.keys()
        last = here.in_force(more)
        found += last
    after = {row.id + step for row in found for step in (1, 2)} - {row.id for row in found}
    near_by = here.in_force(sorted(after))
    found += [row for row in near_by if row.scope == scope and points(row.text)]
    return found


def _meeting(index: FactIndex, scope: int, question: str) -> list[int]:
    """The facts that hold each word of a question, or what is related or opposite to it."""
    words = dict.fromkeys(token.word for token in tokens(question[:2000]) if carries(token))
    groups = [
        frozenset(
            form
            for each in (word, *opposites().get(word, ()))
            for kin in speech.kin(each)
            for form in speech.related(kin)
        )
        for word in words
    ]
    return index.meeting(scope, groups, _BY_NAME) if groups else []


def _near(ranked: Sequence[tuple[int, float]]) -> list[int]:
    """The facts that meet nearly as much of a cue as the best: the others hardly bear on it."""
    return [id for id, score in ranked if score >= _NEAR * ranked[0][1]]


def points(text: str) -> bool:
    """Whether a statement says “she” or “there” of what was said before it."""
    return _POINTS.search(text) is not None


def _names(found: Iterable[FactRow]) -> list[str]:
    """Names that the first facts say somebody or something has, or tell of."""
    named: list[str] = []
    told_of: list[str] = []
    for row in list(found)[:8]:
        for claim in claims_of(row.text).claims:
            clause = claim.clause
            is_called = clause.verb == "be" and claim.status in ("now", "will")
            if is_called and claim.derived in ("", "called"):
                things = (clause.subject, clause.complement)
                named += [t.text for t in things if t and t.kind == "name"]
            subject = clause.subject
            if subject is not None and (subject.kind == "name" or definite(subject)):
                # what was moved since is told of by name or as “the forms”
                told_of.append(subject.text)
    return list(dict.fromkeys((*named, *told_of)))[:6]


def _told(here: FactsAt, found: Collection[FactRow]) -> list[Told]:
    """The facts with what was told just before those that point at it."""
    by = {row.id: row for row in found}
    pointing = [row for row in found if points(row.text)]
    missing = {row.id - step for row in pointing for step in (1, 2)} - by.keys()
    earlier = rows.by_ids(here.connection, missing)
    before = by | {row.id: row for row in earlier if row.scope == here.scope}

    def context(row: FactRow) -> tuple[str, ...]:
        if not points(row.text):
            return ()
        near = (before.get(row.id - step) for step in (2, 1))
        return tuple(each.text for each in near if each and 0 <= row.told - each.told <= TALK)

    return [Told(row.id, row.text, row.at, context(row)) for row in found]


def denied(index: FactIndex, question: str, fact: Fact) -> bool:
    """Whether roles deny that a statement answers a question: it tells of another, or of a case."""
    with index.store.read() as connection:
        (row,) = rows.by_ids(connection, [fact.id])
        reading = read(FactsAt(index, connection, row.scope), question, row.id)
    if reading.pattern is None or reading.memory is None:
        return False
    if reading.pattern.surely:
        return True
    told = reading.understood(fact.id)
    if told is None:
        return not _ON_CONDITION.search(question) and _ON_CONDITION.match(fact.text) is not None
    return compared(reading.pattern, told, reading.memory) != ""


def settled(
    read: Reading, found: tuple[Choice, float] | None, connection: sqlite3.Connection
) -> tuple[Choice, float] | None:
    """The answer by roles, and that by words where roles say nothing against it."""
    match = read.match
    if match is None:
        return None if found is None or _against(read, found[0]) else _cut(read, *found)
    if found is not None and _agree(connection, read, match, found[0]):
        return found
    start = match.told.text.find(match.said)
    sure = SURE if match.exact else CONTRAST
    if match.said in ("yes", "no") or start < 0:
        return Choice(match.told.id, 0, 0, sure, match.said), 1.0
    return Choice(match.told.id, start, start + len(match.said), sure), 1.0


def _cut(read: Reading, choice: Choice, sure: float) -> tuple[Choice, float] | None:
    """The answer by words without what it runs on into."""
    statements = read.memory.statements if read.memory is not None else ()
    told = next((each for each in statements if each.id == choice.id), None)
    if told is None or choice.said:
        return choice, sure
    end = without_more(choice.start, choice.end, told)
    return None if end == choice.start else (replace(choice, end=end), sure)


def _agree(connection: sqlite3.Connection, read: Reading, match: Match, choice: Choice) -> bool:
    """Whether both ways say the same."""
    if choice.said or match.said in ("yes", "no"):
        return choice.said == match.said
    (row,) = rows.by_ids(connection, [choice.id])
    said = row.text[choice.start : choice.end].casefold()
    if choice.id == match.told.id and _goes_on(read, match, said):
        return True
    if choice.id != match.told.id or said not in match.said.casefold():
        return False
    if read.pattern is not None and read.pattern.hole == "place":
        # Beside “the wardrobe” only the preposition tells where.
        before = match.said.casefold().removesuffix(said).split()
        # “level 3” may leave out more than “the wardrobe”.
        vague = _VAGUE if said.startswith(("the ", "a ", "my ")) else _VAGUE | {"on"}
        return not said.startswith(("front ", "top ")) and set(before) <= vague
    left = set(match.said.casefold().replace(said, "", 1).split())
    noun = read.pattern.noun if read.pattern is not None else ""
    # of several that were told, the one that the words choose, and no list cut short
    return left <= _LIGHT | {noun} or (", " in match.said and ", " not in said)


def _goes_on(read: Reading, match: Match, said: str) -> bool:
    """Whether the words give what is said and more: “the long way to the sea” is a whole title."""
    rest = said.removeprefix(match.said.casefold())
    hole = read.pattern.hole if read.pattern is not None else ""
    if any(claim.clause.verb != "be" for claim in claims_of(match.told.text).claims):
        # “the dog called Rex bit Ann” is no dog's name
        return False
    return hole == "complement" and rest != said and rest.startswith(" ") and "," not in rest


def _against(read: Reading, choice: Choice) -> bool:
    """Whether the answer by words is denied by roles that say nothing.

    It is where question and fact are both understood and a role or the time of one is another's.
    Where the fact says it in another construction (“tier” of a plan), roles know nothing about it.
    """
    if choice.said in ("yes", "no"):
        return True
    if read.pattern is None or read.memory is None:
        return False
    texts = [each.text for each in read.memory.statements if each.id == choice.id]
    if any(text[choice.start : choice.end].casefold() in ("the", "a", "an") for text in texts):
        return True
    said = [text[choice.start : choice.end] for text in texts]
    if read.pattern.hole == "time" and read.pattern.noun == "time" and not any(map(clock, said)):
        return True
    if read.pattern.hole == "duration" and any(":" in each for each in said):
        return True
    counted = read.pattern.hole == "count" and read.pattern.clause.verb not in ("be", "have")
    if counted and any(_OF_ALL.search(text[: choice.start]) for text in texts):
        return True
    asked = {*re.findall(r"\w+", read.pattern.text.casefold())}
    if read.pattern.hole == "time" and all(asked.issuperset(s.casefold().split()) for s in said):
        # “When does it close on Saturdays?” names that day itself
        return True
    said_by = next((each for each in read.memory.statements if each.id == choice.id), None)
    if said_by is not None and unlike_asked(read.pattern, choice.start, choice.end, said_by):
        return True
    told = read.understood(choice.id)
    if told is None:
        # what is so on a condition does not answer what is so
        led = _ON_CONDITION.search(read.pattern.text)
        return not led and any(map(_ON_CONDITION.match, texts))
    if read.pattern.hole == "place" and _state_at(told, choice.start, read.memory):
        return True
    if _runs_on(told, choice):
        return True
    if of_another(read.pattern, told.text[choice.start : choice.end], told, read.memory):
        return True
    if _DOUBTED.search(told.text):
        # what is but probable is told with as much doubt
        return choice.confidence >= SURE
    how = compared(read.pattern, told, read.memory)
    return how == "contrary" or (how == "another" and _holds(told.text, read.pattern.text))


def _runs_on(told: Told, choice: Choice) -> bool:
    """Whether an answer goes on into another clause: “the invoices and the red one the bills”."""
    subjects = (claim.clause.subject for claim in claims_of(told.text, told.context).claims)
    return any(s is not None and choice.start < s.start < choice.end for s in subjects)


def _state_at(told: Told, start: int, memory: Memory) -> bool:
    """Whether a state stands there, which is no place: “out of order”."""
    things = (held.clause.complement for held in memory.claims if held.told is told)
    return any(t is not None and t.kind == "adjective" and t.start == start for t in things)


def _holds(text: str, question: str) -> bool:
    """Whether a text holds all the words of a question, in whatever form."""
    said = {form for token in tagged(text) for form in forms_of(token)}
    asked = [token for token in tagged(question) if token.may_be("NEJBVLGC")]
    asked = [
        t
        for t in asked
        if not t.may_be("XHOM") and (t.low not in closed_tags() or t.tags[0] == "N")
    ]
    return all(forms_of(token) & said for token in asked)


def forms_of(token: Token) -> set[str]:
    """A word as it may stand elsewhere."""
    return {token.low, singular(token.low), *(form.verb for form in forms(token.low))}


# -- which of the two ------------------------------------------------------------------------------

_WHICH = re.compile(
    r"(?:who|which(?: \w+)?) (is|was|are|were) ([\w ]+?),"
    r" (?P<one>[^,?]+) or (?P<other>[^,?]+?)[ ?.!]*",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:more|less) \w+|\w+er", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+(?P<other>\S.*?)\s*[?？.!]*\s*$", re.IGNORECASE)
#: Words of what there is to choose from.
_WORDS = 4


def choices(question: str) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two things that are asked and the question for each, in every way they may be parted."""
    which = _WHICH.fullmatch(question.strip())
    if which is not None:
        be, what, one, other = which.groups()
        than = [f" than {each}" if _MORE.fullmatch(what) else "" for each in (other, one)]
        yield (one, f"{be} {one} {what}{than[0]}?"), (other, f"{be} {other} {what}{than[1]}?")
        return
    found = _OR.search(question)
    if found is None:
        return
    other, words = found["other"], question[: found.start()].split()
    size = len(other.split())
    if size > _WORDS or re.search(r",|\b(?:or|not)\b", other, re.IGNORECASE):
        return
    # Most often both are as long.
    for many in sorted(range(1, min(_WORDS, len(words) - 2) + 1), key=lambda n: abs(n - size)):
        before, one = " ".join(words[:-many]), " ".join(words[-many:])
        yield (one, f"{before} {one}?"), (other, f"{before} {other}?")
