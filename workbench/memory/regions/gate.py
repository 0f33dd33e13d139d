"""Perception: the attention gate, and the sensory buffer behind it.

The gate rejects sentences with little or no content; the buffer has what was perceived within the
last three seconds, and is not stored.

After the thalamus of neurram 0.1.0, whose gate passes everything, since its minimum salience
exceeds the threshold. Here salience is scaled by content: a statement with two content words counts
fully, with one by half, and with none it is rejected. A hint on what is sought lowers the threshold
for matching statements.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from ingest.language.word_lists import classes
from ingest.language.word_lists import words as word_class
from workbench.errors import UsageError
from workbench.memory import words
from workbench.memory.facts.records import Left
from workbench.memory.regions.salience import salience as weighed
from workbench.memory.vocabulary import STOP, carries, is_key_run

#: The relevance threshold, and the bonus for a match with the hint.
THRESHOLD, _HINT_BONUS = 0.2, 0.3
#: Content words from which a statement counts fully.
_ENOUGH = 2
_FILLERS = classes("memory.txt")["regions_gate_fillers"]
#: The lifetime in seconds, and the maximum number of items.
SECONDS, _CAPACITY = 3.0, 64


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement at the gate with its salience and relevance (0 to 1).

    `refused` is the reason for rejection: "empty", "chatter" or "faint"; "" if it passes.
    """

    text: str
    salience: float
    relevance: float
    refused: str


def weigh(text: str, *, salience: float | None = None, hint: str = "") -> Weighed:
    """Weigh a statement; `salience` None derives it from the words.

    `hint` names what is sought. Raises `UsageError` for an invalid salience.
    """
    if salience is not None and not 0 <= salience <= 1:
        raise UsageError("A salience is a number from 0 to 1.")
    matters = weighed(text) if salience is None else salience
    if not words.raw_tokens(text):
        return Weighed(text, matters, 0.0, "empty")
    content = _content_words(text)
    if not content:
        return Weighed(text, matters, 0.0, "chatter")
    relevance = matters * min(1.0, len(content) / _ENOUGH)
    hint_words = _content_words(hint)
    if hint_words:
        relevance += _HINT_BONUS * len(hint_words & content) / len(hint_words)
    relevance = round(min(1.0, relevance), 3)
    return Weighed(text, matters, relevance, "" if relevance >= THRESHOLD else "faint")


def _content_words(text: str) -> set[str]:
    """The content words of a text."""
    return {
        word
        for place, token in enumerate(words.tokens(text))
        if carries(token)
        for word in token.words
        if word not in word_class("chatter")
        and not is_key_run(word)
        and word not in _FILLERS
        # A name may be spelled like a stop word.
        and (word not in STOP or (token.capital and place > 0))
    }


@dataclass(frozen=True, slots=True)
class Perceived:
    """The result of perception: ids of facts that are `new` or were `known`.

    `left` passed the gate but is not a statement, `refused` did not pass, with reasons.
    """

    new: tuple[int, ...]
    known: tuple[int, ...]
    left: tuple[Left, ...]
    refused: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Sensed:
    """A perceived statement with its scope, time and the gate's result."""

    weighed: Weighed
    collection: str | None
    at: float


class SensoryBuffer:
    """The sensory buffer of a library. Thread-safe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sensed: deque[Sensed] = deque(maxlen=_CAPACITY)

    def take_in(self, weighed: Weighed, collection: str | None) -> None:
        """Add a statement perceived now."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            self._sensed.append(Sensed(weighed, collection, timestamp))

    def current(self) -> tuple[Sensed, ...]:
        """The items still in the buffer, oldest first."""
        timestamp = self._clock()
        with self._lock:
            self._empty(timestamp)
            return tuple(self._sensed)

    def _empty(self, timestamp: float) -> None:
        # Items from the future precede a clock that was set back.
        fresh = [item for item in self._sensed if 0 <= timestamp - item.at < SECONDS]
        if len(fresh) < len(self._sensed):
            self._sensed = deque(fresh, maxlen=_CAPACITY)
