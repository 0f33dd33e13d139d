"""The prompt of a model: rules, numbered and fenced evidence, previous turns.

A fence has a random word, new for each request, which no passage can contain. The wording of the
prompt is in `resources/prompts` with its version, which is stored with every answer. Evidence
beyond the model's context is dropped from the end, and counted.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.models.records import Message
from workbench import paths
from workbench.errors import WorkbenchError
from workbench.recall.records import Answer, Evidence
from workbench.recall.writing.language import language_name
from workbench.recall.writing.turns import PROMPT_TURNS

PROMPT = "answer-3"
#: The maximum tokens of an answer, and its divisor of the context.
_ANSWER_TOKENS, _ANSWER_SHARE = 700, 3
_FENCE = re.compile(r"<(\s*/?\s*passage)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages; `shown` are the numbers of the included evidence.

    `cut` counts evidence that did not fit.
    """

    messages: tuple[Message, ...]
    shown: tuple[int, ...]
    cut: int


@lru_cache(4)
def rules(name: str) -> str:
    """The wording of a prompt. Raises `WorkbenchError` if its file is missing."""
    try:
        return (paths.resources() / "prompts" / f"{name}.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise WorkbenchError(
            f"A file that ships with the program is missing or damaged (prompts/{name}.txt).",
            "Reinstall the program.",
        ) from problem


def tokens(text: str) -> int:
    """The estimated number of tokens of a text, rather too high."""
    dense = sum(sign > "\u2e80" for sign in text)
    wide = sum("\u0250" < sign <= "\u2e80" for sign in text)
    return dense * 3 // 2 + wide * 2 // 3 + (len(text) - dense - wide) // 3 + 1


def answer_tokens(context: int) -> int:
    """The maximum tokens of an answer for a context of prompt and answer."""
    return min(_ANSWER_TOKENS, context // _ANSWER_SHARE)


def prompt(answer: Answer, turns: Sequence[Answer], context: int) -> Prompt:
    """Build the messages for a context of `context` tokens, including the answer."""
    fence = secrets.token_hex(4)
    wording = rules(PROMPT).replace("{language}", language_name(answer.question))
    wording = wording.replace("{fence}", fence)
    mentioned = [told for turn in turns[-PROMPT_TURNS:] if (told := _turn(turn))]
    room = context - answer_tokens(context) - tokens(wording) - tokens(answer.question) - 120
    while mentioned and sum(map(tokens, mentioned)) > room // 3:
        mentioned.pop(0)
    room -= sum(map(tokens, mentioned))
    blocks: list[str] = []
    displayed: list[int] = []
    cut = 0
    for item in answer.evidence:
        block = _block(item, fence)
        need = tokens(block)
        if need > room:
            cut += 1
            continue
        room -= need
        blocks.append(block)
        displayed.append(item.n)
    parts = []
    if mentioned:
        parts += ["What was asked and answered before:", *mentioned, ""]
    parts += ["Passages:", *blocks, "", f"Question: {answer.asked_as or answer.question}"]
    messages = (Message("system", wording), Message("user", "\n".join(parts)))
    return Prompt(messages, tuple(displayed), cut)


def _turn(turn: Answer) -> str:
    """A question with its answer; "" if there is none."""
    wording = (
        " ".join(sentence.text for sentence in turn.sentences if sentence.supported) or turn.value
    )
    return f"Q: {fenced(turn.question)}\nA: {fenced(wording)[:600]}" if wording else ""


def _block(item: Evidence, fence: str) -> str:
    title = fenced(" ".join(item.source.title.split()))[:120]
    return f"<passage {fence}>\n[{item.n}] ({title}) {fenced(item.quote)}\n</passage {fence}>"


def fenced(text: str) -> str:
    """A text in which fences are escaped."""
    return _FENCE.sub(r"‹\1", text)
