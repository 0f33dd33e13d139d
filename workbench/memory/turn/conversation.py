"""One turn of a conversation: saves its statements and answers its questions, in order.

No part of a line is lost: what could not be kept or answered is said, part by part.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.language.word_lists import words as word_class
from workbench.memory import words
from workbench.memory.claims.candidates import TALK
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, Left, Value
from workbench.memory.turn import restating
from workbench.memory.turn.arithmetic import calculate
from workbench.memory.turn.utterance import Kind, Part, parts
from workbench.store import facts as rows

#: What a whole turn is called after, the first that any part of it is.
KINDS = ("answer", "unknown", "math", "stored", "refused", "self", "smalltalk")

_COURTESIES = {
    Kind.GREETING: "Hello.",
    Kind.HOW_ARE_YOU: "All is well here.",
    Kind.THANKS: "You are welcome.",
    Kind.BYE: "Goodbye.",
    Kind.LAUGHTER: "Good.",
    Kind.CHATTER: "All right.",
}
_SELF = (
    "I am the memory of this library: tell me facts and ask for them. There is no language model."
)
_REFUSED = "I carry out nothing; I only remember and answer. To keep it as a fact, say “note: …”."
_UNKNOWN = "No statement answers that."
#: Share of a question that a statement must hold to be shown beside that.
_NEAR = 0.5


#: Pieces of a line that are repeated in a reply, and characters of each.
_QUOTED, _LONGEST = 5, 120


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one part of a line: `kind` is one of `KINDS`, `said` the words it is about.

    `text` is what to say to it; `value` a bare answer or result; `fact` what an answer rests on;
    `new` and `known` are ids of facts, `left` what of it was not kept, and why.
    """

    kind: str
    said: str
    text: str
    value: str | None = None
    fact: Fact | None = None
    new: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to a line: its `replies` in order; `kind`, `text` and `value` sum them up.

    `stored` is the number of facts that are new by it.
    """

    kind: str
    text: str
    value: str | None
    stored: int
    replies: tuple[Reply, ...]


#: Question → its value; None where no statement gives one.
Answering = Callable[[str], Value | None]


def turn(
    index: FactIndex, line: str, answering: Answering, *, collection: str | None = None
) -> Turn:
    """Take in one line of conversation. Raises `UsageError` for a collection without a name."""
    replies: list[Reply] = []
    after = ""
    for part in parts(line):
        replies.append(_reply(index, part, answering, collection, after))
        after = part.said if part.kind is Kind.CHATTER else ""
    if not replies:
        return Turn("smalltalk", "", None, 0, ())
    kind = min((reply.kind for reply in replies), key=KINDS.index)
    # A courtesy beside something said needs no words of its own.
    said = [r.text for r in replies if r.kind != "smalltalk" or kind == "smalltalk"]
    value = next((r.value for r in replies if r.kind == kind), None)
    stored = sum(len(r.new) for r in replies)
    return Turn(kind, " ".join(dict.fromkeys(said)), value, stored, tuple(replies))


def _reply(
    index: FactIndex, part: Part, answering: Answering, collection: str | None, after: str
) -> Reply:
    """The reply to a part; `after` is what was but uttered before it: “no,”."""
    if part.kind is Kind.STATEMENT:
        meant = _written_out(index, part.said, collection, after)
        if meant:
            reply = _kept(index, meant, answering, collection)
            return replace(reply, said=part.said, text=f"{reply.text[:-1]}: “{meant}”")
        return _kept(index, part.said, answering, collection)
    if part.kind is Kind.QUESTION:
        found = answering(part.said)
        if found is not None:
            return _answer(part.said, found)
        near = facts.recall(index, part.said, collection=collection, limit=1)
        return _unknown(part.said, near[0] if near and near[0].score >= _NEAR else None)
    if part.kind is Kind.ARITHMETIC:
        return _reckoned(part.said)
    if part.kind is Kind.COMMAND:
        return Reply("refused", part.said, _REFUSED)
    if part.kind is Kind.SELF:
        return Reply("self", part.said, _SELF)
    return Reply("smalltalk", part.said, _COURTESIES[part.kind])


def _written_out(index: FactIndex, said: str, collection: str | None, after: str) -> str:
    """What a line means that corrects the fact told just before it; "" for every other line."""
    value = restating.corrects(said, after=after)
    if not value:
        return ""
    now = index.store.clock()
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        last = None if scope is None else rows.newest(connection, scope)
    if last is None or not 0 <= now - last.told <= TALK:
        return ""
    return restating.restated(last.text, value)


def _kept(index: FactIndex, said: str, answering: Answering, collection: str | None) -> Reply:
    made = remembering.remember(index, said, collection=collection)
    if made.new or made.known:
        text = "Remembered." if made.new else "That was known."
        if made.dropped:
            oldest = "oldest fact" if made.dropped == 1 else f"{made.dropped} oldest facts"
            text += f" The collection is full: its {oldest} left."
        if made.left:
            text += f" Not kept: {_quoted(made.left)}."
        return Reply("stored", said, text, None, None, made.new, made.known, made.left)
    # Not a statement after all: two words such as “Falun status” may ask.
    found = answering(said)
    if found is not None:
        return _answer(said, found)
    spoken = [word for token in words.tokens(said) for word in token.words]
    if spoken and all(word in word_class("chatter") for word in spoken):
        return Reply("smalltalk", said, _COURTESIES[Kind.CHATTER])
    return Reply("unknown", said, f"Not kept: {_quoted(made.left)}.", left=made.left)


def _quoted(left: tuple[Left, ...]) -> str:
    """What was left, the first pieces as they were said; all of it lies in `Reply.left`."""
    told = ", ".join(f"“{_short(each.text)}”" for each in left[:_QUOTED])
    more = len(left) - _QUOTED
    return (f"{told} and {more} more" if more > 0 else told) or "there are no words in it"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _answer(said: str, found: Value) -> Reply:
    text = f"“{found.fact.text}”"
    if found.value is not None:
        text = f"{found.value}. {text}"
    return Reply("answer", said, text, found.value, found.fact)


def _unknown(said: str, near: Fact | None = None) -> Reply:
    closest = "" if near is None else f" Closest: “{near.text}”"
    return Reply("unknown", said, _UNKNOWN + closest)


def _reckoned(said: str) -> Reply:
    sum_ = calculate(said)
    if sum_ is None:
        return _unknown(said)
    if not sum_.value:
        return Reply("math", said, sum_.problem)
    sign = "=" if sum_.exact else "≈"
    return Reply("math", said, f"{sum_.expression} {sign} {sum_.value}", sum_.value)
