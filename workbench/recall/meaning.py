"""What a library learns about words by reading: the doors to its corpus space."""

from functools import lru_cache

from ingest.segment import EVERY_LINE, segment
from workbench.memory import words
from workbench.memory.vocabulary import STOP
from workbench.space.corpus_space import CorpusSpace, Learned

#: Longer ones are keys and addresses, which keep no company.
_LONGEST = 40


class MeaningDoors:
    """What a library can do with the meaning of words; `Library` is one."""

    _space: CorpusSpace

    def learn_text(self, text: str) -> Learned:
        """Learn from a text how words are used. It becomes no fact and no source.

        A question may then be answered by a fact that says the same in another word.
        """
        return self._space.learn(sentences(text))

    def similar_words(self, word: str, *, limit: int = 8) -> list[tuple[str, float]]:
        """The words that are used most like this one, nearest first, with cosines."""
        return self._space.neighbours(word.strip().casefold(), limit)


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
