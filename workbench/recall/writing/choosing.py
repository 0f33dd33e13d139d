"""A language model as a reader: which of many passages answers a question.

It is asked of one passage at a time, in the order of the pipeline, whether it contains the answer,
and the probability that its reply begins with yes rather than no is its score (Sachan et al. 2022,
https://arxiv.org/abs/2204.07496, rank by the probability of the question instead). Asked for the
numbers of those that answer, a small model names the first ones whatever they say. As many passages
are read as its own speed allows in the time that a setting names. Where the first half has no
answer, the passages found by the question in other words are read before the rest.
"""

import math
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.models import serving
from ingest.models.records import ChatRequest, Message, Model, Server
from ingest.models.watched import Timing
from ingest.records import Check
from workbench.recall.records import MARKED, QUOTED, Answer, Evidence
from workbench.recall.writing.prompting import fenced, rules

PROMPT = "choice-1"
CHOSEN = "The language model finds the answer here."
#: The confidence of the reader from which the model is not asked.
SURE = 0.9
#: Passages that are read at most, those before any that other words find; characters before each.
READ, FIRST, _BEFORE = 24, 12, 120
#: The weight of the logarithm of a passage's rank beside the log odds, which joins both readers:
#: each errs elsewhere.
_RANK = 0.2
#: A probability that counts as none.
_NONE = 1e-6


@dataclass(frozen=True, slots=True)
class Reader:
    """A model that reads, how long a request may take, and how many seconds all of them."""

    server: Server
    model: Model
    keep_alive: str
    timing: Timing
    seconds: float
    check: Check


def choose(
    reader: Reader,
    question: str,
    evidence: Sequence[Evidence],
    others: Callable[[], Sequence[Evidence]] = tuple,
    told: Callable[[int], object] = lambda _read: None,
) -> Evidence | None:
    """The passage that most likely has the answer; None if none likely has.

    Reads for the time of the reader, and at least one passage; `told` is called before each.
    `others` is called once, where the first passages have no answer: what it finds besides is read
    next. Passages that address a model are not read. None, too, if the server does not tell
    probabilities. Raises `ModelError`.
    """
    until = time.monotonic() + reader.seconds
    best: tuple[float, Evidence] | None = None
    likely = -math.inf
    waiting = list(evidence[:READ])
    for at in range(READ):
        if at == min(FIRST, len(evidence)) and likely <= 0:
            waiting = besides(waiting, others())
        if at >= len(waiting):
            break
        item = waiting[at]
        if MARKED in item.tags:
            continue
        told(at)
        request = ChatRequest(
            reader.model, messages(question, item), max_tokens=1, keep_alive=reader.keep_alive
        )
        tokens = serving.first_tokens(
            reader.server, request, timing=reader.timing, check=reader.check
        )
        if tokens is None:
            return None
        odds = log_odds(tokens)
        likely = max(likely, odds)
        joined = odds - _RANK * math.log1p(at)
        if best is None or joined > best[0]:
            best = joined, item
        if time.monotonic() >= until:
            break
    return best[1] if best is not None and likely > 0 else None


def besides(evidence: Sequence[Evidence], others: Sequence[Evidence]) -> list[Evidence]:
    """The first passages, those of `others` that are not among them, and the rest."""
    first = list(evidence[:FIRST])
    known = {item.engrams for item in first}
    for item in (*others, *evidence[FIRST:]):
        if item.engrams not in known:
            known.add(item.engrams)
            first.append(item)
    return first


def log_odds(tokens: Mapping[str, float]) -> float:
    """The log odds of yes against no, by the log probabilities of first tokens."""
    likely = {"yes": _NONE, "no": _NONE}
    for token, logarithm in tokens.items():
        word = token.strip().casefold()
        if word in likely:
            likely[word] += math.exp(min(logarithm, 0.0))
    return math.log(likely["yes"] / likely["no"])


def messages(question: str, item: Evidence) -> list[Message]:
    """The request for one passage: rules, the fenced passage, the question."""
    fence = secrets.token_hex(4)
    title = " ".join([item.source.title, item.locator.chapter or ""]).strip()[:120]
    before = item.before[-_BEFORE:].partition(" ")[2]
    lead = f"… {before} " if before else ""
    user = (
        f"<passage {fence}>\n({fenced(title)}) {fenced(lead + item.quote)}\n</passage {fence}>\n\n"
        f"Question: {question}\nDoes this passage contain the answer?"
    )
    return [Message("system", rules(PROMPT).replace("{fence}", fence)), Message("user", user)]


def with_first(answer: Answer, chosen: Evidence) -> Answer:
    """The answer with a passage of a wider search first, and no more passages than before."""
    same = next((item for item in answer.evidence if item.engrams == chosen.engrams), chosen)
    first = replace(same, reasons=(*same.reasons, CHOSEN))
    others = [item for item in answer.evidence if item.engrams != chosen.engrams]
    kept = [first, *others][: max(QUOTED, len(answer.evidence))]
    return replace(
        answer, evidence=tuple(replace(item, n=n) for n, item in enumerate(kept, start=1))
    )
