"""A language model as a reader: which of many passages answers a question.

It gets as many of the first passages, in the order of the pipeline, as it can read in the time that
a setting names, by its own speed. It copies the sentence that answers before it names a passage: a
number alone is chosen without sense by small models. What it copies has to stand in a passage that
addresses no model, or nothing is chosen; so the choice is a quotation like any other, and only its
place among the others is the model's word.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ingest.errors import ModelError
from ingest.models import serving
from ingest.models.records import CONTEXT, ChatRequest, Message, Model, Reply, Server
from ingest.models.structured import structured
from ingest.records import Check
from workbench.memory import words
from workbench.recall.records import MARKED, QUOTED, Answer, Evidence
from workbench.recall.writing.prompting import fenced, rules, tokens

PROMPT = "choice-1"
CHOSEN = "The language model found the answer here."
#: Passages that are read at most, and of a model whose speed is not known yet.
READ, _UNMEASURED = 24, 8
#: The confidence of the reader from which the model is not asked.
SURE = 0.9
#: Tokens of the answer; characters of context before a passage.
_TOKENS, _BEFORE = 160, 120
#: The share of a copied sentence's words that a passage has in their order.
_COPIED = 0.8
#: Seconds below which a prompt was not read but remembered.
_REMEMBERED = 0.5
_SCHEMA = {
    "type": "object",
    "properties": {"sentence": {"type": "string"}, "number": {"type": "integer"}},
    "required": ["sentence", "number"],
}
#: Tokens of a prompt that a model reads a second, as measured last, by server and model.
_speeds: dict[tuple[str, str], float] = {}


def readable(question: str, evidence: Sequence[Evidence], room: int) -> list[Evidence]:
    """The first passages that fit into so many tokens."""
    selected: list[Evidence] = []
    room -= tokens(rules(PROMPT)) + tokens(question) + _TOKENS
    for item in evidence[:READ]:
        room -= tokens(_block(item, "12345678"))
        if room < 0:
            break
        selected.append(item)
    return selected


def budget(server: Server, model: Model, seconds: float) -> int:
    """The tokens of a prompt that a model reads in so many seconds, within its context.

    Of a model that has read nothing yet those of a few passages.
    """
    speed = _speeds.get((server.address.url, model.name))
    limit = min(CONTEXT, model.context or CONTEXT)
    return min(limit, int(speed * seconds) if speed is not None else _UNMEASURED * 150)


def measured(server: Server, model: Model, reply: Reply) -> None:
    """Record how fast a model read the prompt of a reply."""
    if reply.prompt_tokens and reply.first > _REMEMBERED:
        _speeds[server.address.url, model.name] = reply.prompt_tokens / reply.first


def forget_speeds() -> None:
    """Measure every model anew."""
    _speeds.clear()


def choose(
    server: Server,
    model: Model,
    question: str,
    evidence: Sequence[Evidence],
    *,
    keep_alive: str,
    first_word: float,
    check: Check,
) -> int | None:
    """The position of the passage that has the sentence that a model copied; None for none.

    Raises `ModelError`; an answer in another form chooses nothing.
    """
    request = ChatRequest(
        model, messages(question, evidence), _SCHEMA, max_tokens=_TOKENS, keep_alive=keep_alive
    )
    timing = replace(serving.ANSWER, first=first_word)
    try:
        answer = structured(server, request, timing=timing, check=check)
    except ModelError as error:
        if error.reason == "answer":
            return None
        raise
    measured(server, model, answer.reply)
    return _place(answer.value, evidence)


def messages(question: str, evidence: Sequence[Evidence]) -> list[Message]:
    """The request: rules, numbered and fenced passages, the question."""
    fence = secrets.token_hex(4)
    blocks = "\n".join(_block(item, fence) for item in evidence)
    return [
        Message("system", rules(PROMPT).replace("{fence}", fence)),
        Message("user", f"Passages:\n{blocks}\n\nQuestion: {question}"),
    ]


def _place(value: Any, evidence: Sequence[Evidence]) -> int | None:
    """The passage with the copied sentence; the named one first."""
    sentence = value.get("sentence") if isinstance(value, dict) else None
    copied = words.raw_tokens(sentence.casefold()) if isinstance(sentence, str) else []
    if len(copied) < 2:
        return None
    number = value.get("number")
    order = sorted(range(len(evidence)), key=lambda at: evidence[at].n != number)
    return next((at for at in order if _stands(copied, evidence[at])), None)


def _stands(copied: list[str], item: Evidence) -> bool:
    """Whether a passage has nearly all of these words, in their order."""
    if MARKED in item.tags:
        return False
    present = words.raw_tokens(item.quote.casefold())
    at = matching = 0
    for word in copied:
        try:
            at = present.index(word, at) + 1
        except ValueError:
            continue
        matching += 1
    return matching >= _COPIED * len(copied)


def with_first(answer: Answer, wide: Sequence[Evidence], at: int) -> Answer:
    """The answer with a passage of a wider search first, and no more passages than before."""
    chosen = wide[at]
    same = next((item for item in answer.evidence if item.engrams == chosen.engrams), chosen)
    first = replace(same, reasons=(*same.reasons, CHOSEN))
    others = [item for item in answer.evidence if item.engrams != chosen.engrams]
    kept = [first, *others][: max(QUOTED, len(answer.evidence))]
    return replace(
        answer, evidence=tuple(replace(item, n=n) for n, item in enumerate(kept, start=1))
    )


def _block(item: Evidence, fence: str) -> str:
    title = " ".join([item.source.title, item.locator.chapter or ""]).strip()[:120]
    before = item.before[-_BEFORE:].partition(" ")[2]
    lead = f"… {before} " if before else ""
    return (
        f"<passage {fence}>\n[{item.n}] ({fenced(title)}) {fenced(lead + item.quote)}\n"
        f"</passage {fence}>"
    )
