"""One turn of a conversation: stores its statements and answers its questions, in order.

Every part gets a reply, also those that could not be stored or answered.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.language.word_lists import words as word_class
from workbench.memory import words
from workbench.memory.claims.candidates import TALK
from workbench.memory.facts import facts, remembering
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, FactQuery, Left, Meant, Value
from workbench.memory.turn import restating
from workbench.memory.turn.arithmetic import calculate
from workbench.memory.turn.utterance import Kind, Part, parts
from workbench.store import facts as rows

#: The kind of a turn is the first of these that a part has.
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
_NO_COMMANDS = (
    "I carry out nothing; I only remember and answer. To keep it as a fact, say “note: …”."
)
_UNKNOWN = "No statement answers that."
#: The minimum share of a question in a statement that is quoted as related, and the minimum
#: probability with which one answers that is.
_MIN_SCORE, _LIKELY = 0.5, 0.3


#: Maximum quoted pieces in a reply, and their length in characters.
_QUOTED, _LONGEST = 5, 120


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to one part of a line: `kind` is one of `KINDS`, `said` the words of the part.

    `text` is the reply; `value` a bare answer or result; `fact` the source of an answer; `new` and
    `known` are ids of facts, `left` what was not stored, and why.
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
    """The response to a line: its `replies` in order; `kind`, `text` and `value` summarise them.

    `stored` is the number of new facts.
    """

    kind: str
    text: str
    value: str | None
    stored: int
    replies: tuple[Reply, ...]


#: What facts say to a question.
Answering = Callable[[str], Meant]


def turn(
    index: FactIndex, line: str, answering: Answering, *, collection: str | None = None
) -> Turn:
    """Process one line of conversation. Raises `UsageError` for a collection without a name."""
    replies: list[Reply] = []
    after = ""
    for part in parts(line):
        replies.append(_reply(index, part, answering, collection, after))
        after = part.text if part.kind is Kind.CHATTER else ""
    if not replies:
        return Turn("smalltalk", "", None, 0, ())
    kind = min((reply.kind for reply in replies), key=KINDS.index)
    # Courtesies need no reply next to other parts.
    texts = [r.text for r in replies if r.kind != "smalltalk" or kind == "smalltalk"]
    value = next((r.value for r in replies if r.kind == kind), None)
    stored = sum(len(r.new) for r in replies)
    return Turn(kind, " ".join(dict.fromkeys(texts)), value, stored, tuple(replies))


def _reply(
    index: FactIndex, part: Part, answering: Answering, collection: str | None, after: str
) -> Reply:
    """The reply to a part; `after` is an interjection before it: “no,”."""
    if part.kind is Kind.STATEMENT:
        restated = _restate(index, part.text, collection, after)
        if restated:
            reply = _remember(index, restated, answering, collection)
            return replace(reply, said=part.text, text=f"{reply.text[:-1]}: “{restated}”")
        return _remember(index, part.text, answering, collection)
    if part.kind is Kind.QUESTION:
        meant = answering(part.text)
        if meant.value is not None:
            return _answer(part.text, meant.value)
        if meant.probability >= _LIKELY:
            return _unknown(part.text, meant.nearest[0])
        matches = facts.recall(index, part.text, FactQuery(collection, 1))
        return _unknown(
            part.text, matches[0] if matches and matches[0].score >= _MIN_SCORE else None
        )
    if part.kind is Kind.ARITHMETIC:
        return _reckoned(part.text)
    if part.kind is Kind.COMMAND:
        return Reply("refused", part.text, _NO_COMMANDS)
    if part.kind is Kind.SELF:
        return Reply("self", part.text, _SELF)
    return Reply("smalltalk", part.text, _COURTESIES[part.kind])


def _restate(index: FactIndex, text: str, collection: str | None, after: str) -> str:
    """The full statement of a correction of the previous fact; "" for any other line."""
    value = restating.corrects(text, after=after)
    if not value:
        return ""
    timestamp = index.store.clock()
    with index.store.read() as connection:
        scope = rows.scope_id(connection, collection)
        previous = None if scope is None else rows.newest(connection, scope)
    if previous is None or not 0 <= timestamp - previous.recorded <= TALK:
        return ""
    return restating.restated(previous.text, value)


def _remember(index: FactIndex, text: str, answering: Answering, collection: str | None) -> Reply:
    result = remembering.remember(index, text, remembering.StoreOptions(collection))
    if result.new or result.known:
        message = "Remembered." if result.new else "That was known."
        if result.dropped:
            oldest = "oldest fact" if result.dropped == 1 else f"{result.dropped} oldest facts"
            message += f" The collection is full: its {oldest} left."
        if result.left:
            message += f" Not kept: {_quoted(result.left)}."
        return Reply("stored", text, message, None, None, result.new, result.known, result.left)
    # Perhaps a question: two words such as “Falun status”.
    value = answering(text).value
    if value is not None:
        return _answer(text, value)
    tokens = [word for token in words.tokens(text) for word in token.words]
    if tokens and all(word in word_class("chatter") for word in tokens):
        return Reply("smalltalk", text, _COURTESIES[Kind.CHATTER])
    return Reply("unknown", text, f"Not kept: {_quoted(result.left)}.", left=result.left)


def _quoted(left: tuple[Left, ...]) -> str:
    """The first pieces that were not stored, quoted; all are in `Reply.left`."""
    quotes = ", ".join(f"“{_short(item.text)}”" for item in left[:_QUOTED])
    more = len(left) - _QUOTED
    return (f"{quotes} and {more} more" if more > 0 else quotes) or "there are no words in it"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _answer(question: str, value: Value) -> Reply:
    text = f"“{value.fact.text}”"
    if value.value is not None:
        text = f"{value.value}. {text}"
    return Reply("answer", question, text, value.value, value.fact)


def _unknown(question: str, closest_fact: Fact | None = None) -> Reply:
    closest = "" if closest_fact is None else f" Closest: “{closest_fact.text}”"
    return Reply("unknown", question, _UNKNOWN + closest)


def _reckoned(expression: str) -> Reply:
    sum_ = calculate(expression)
    if sum_ is None:
        return _unknown(expression)
    if not sum_.value:
        return Reply("math", expression, sum_.problem)
    sign = "=" if sum_.exact else "≈"
    return Reply("math", expression, f"{sum_.expression} {sign} {sum_.value}", sum_.value)
