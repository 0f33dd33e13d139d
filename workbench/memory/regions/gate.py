"""The attention gate: refuses sentences that say nothing or too little.

After the thalamus of neurram 0.1.0, whose gate lets everything pass, since its lowest salience lies
over its threshold. Here salience counts by what there is to hold on to: a statement needs two words
that carry something to count in full, with one it counts half, with none it is refused. What is
being looked for lowers the threshold for what speaks of it.
"""

from dataclasses import dataclass

from ingest.language.word_lists import classes
from ingest.language.word_lists import words as word_class
from workbench.errors import UsageError
from workbench.memory import words
from workbench.memory.regions.salience import salience as weighed
from workbench.memory.vocabulary import STOP, carries, is_key_run

#: Relevance from which something passes, and how much the sought adds to it.
THRESHOLD, _HINT_BONUS = 0.2, 0.3
#: Words that carry something, from which a statement counts in full.
_ENOUGH = 2
_FILLERS = classes("memory.txt")["regions_gate_fillers"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement at the gate: how much it matters, how relevant that makes it (0 to 1).

    `refused` says why it does not pass: "empty", "chatter" or "faint"; "" where it does.
    """

    text: str
    salience: float
    relevance: float
    refused: str


def weigh(text: str, *, salience: float | None = None, hint: str = "") -> Weighed:
    """Weigh a statement; `salience` (None: by its words) is what somebody says that it matters.

    `hint` names what is being looked for. Raises `UsageError` for a salience that cannot be.
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
    """The words of a text that carry something."""
    return {
        word
        for place, token in enumerate(words.tokens(text))
        if carries(token)
        for word in token.words
        if word not in word_class("chatter")
        and not is_key_run(word)
        and word not in _FILLERS
        # A name may be written as a word that joins.
        and (word not in STOP or (token.capital and place > 0))
    }
