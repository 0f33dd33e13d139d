"""What a library learns about words by reading: the doors to its corpus space."""

from functools import lru_cache

from ingest.segment import EVERY_LINE, segment
from workbench.arguments import Limit, Words
from workbench.errors import UsageError
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.vocabulary import STOP
from workbench.recall.word_use import NearWord, WordUse
from workbench.space.corpus_space import CorpusSpace, Learned

#: Longer ones are keys and addresses, which keep no company.
_LONGEST = 40
#: Near words that one call finds at most: each is looked up in the text.
_MOST = 1_000


class MeaningDoors:
    """What a library can do with the meaning of words; `Library` is one."""

    _space: CorpusSpace
    _word_use: WordUse

    def learn_text(self, text: Words) -> Learned:
        """Learn from a text how words are used. It becomes no fact and no source.

        A question may then be answered by a fact that says the same in another word.
        """
        return self._space.learn(sentences(text))

    def similar_words(self, word: Words, *, limit: Limit = 8) -> list[tuple[str, float]]:
        """The words that are used most like this one, nearest first, with cosines."""
        return self._space.neighbours(word.strip().casefold(), limit)

    def word_nearness(
        self, one: Words, other: Words, *, cancel: Cancel | None = None
    ) -> float | None:
        """How near two words stand in what the library holds, −1 to 1: a cosine.

        Near are those that stand beside like words, in one sentence and the next; no model is
        needed. None where it knows one of them too little. The first call reads the library, which
        takes seconds where it is large. Raises `Cancelled`.
        """
        return self._word_use.between(one.strip(), other.strip(), cancel)

    def near_words(
        self, word: Words, *, limit: Limit = 8, cancel: Cancel | None = None
    ) -> list[NearWord]:
        """The words that the library uses most like this one, nearest first.

        None are found for a word that it knows too little. Raises `UsageError` for an empty word or
        limit, and `Cancelled`.
        """
        if not word.strip() or not 1 <= limit <= _MOST:
            raise UsageError(
                f"Name a word, and how many to show, from 1 to {_MOST:,}.",
                "Such as: workbench near music",
            )
        return self._word_use.near(word.strip(), limit, cancel) or []


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence that say something, as the space counts them."""
    kept = ([word for raw in words.raw_tokens(text[start:end]) for word in _telling(raw)]
            for start, end in segment(text, "en", EVERY_LINE))  # fmt: skip
    return [said for said in kept if said]


@lru_cache(maxsize=100_000)
def _telling(raw: str) -> tuple[str, ...]:
    """The words of a token that say something; texts say the same tokens again and again."""
    return tuple(
        word
        for word in words.split(raw)
        if word not in STOP and len(word) <= _LONGEST and not any(map(str.isdigit, word))
    )
