"""Timed words as paragraphs, sections and passages, for captions and transcripts.

Without punctuation a sentence is a breath group; a silence or another speaker begins a paragraph; a
passage lasts some fifteen seconds, so that its citation opens near its words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from ingest import segment
from ingest.patterns import later
from ingest.records import Passage, Section, Span

#: Approximate length of a passage in seconds.
PASSAGE_SECONDS = 15.0
#: Seconds of silence that end a paragraph.
_SILENCE = 4.0
#: Fewest and most words of a sentence without punctuation.
_BREATH = (12, 26)
_BREATH_SECONDS = 0.6
#: Probability below which a word is marked. With tiny.en half of those are wrong, and 45 % of the
#: wrong ones are among them: 1,426 words of two synthesisers, some with noise; see RESULTS.md.
_DOUBTFUL = 0.5
#: Seconds between the start of a chapter and its first sentence, at most.
_TOLERANCE = 5.0
#: Approximate characters of a section without chapters.
_STRETCH = 40_000

_UNSPACED = later("[\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
_ENDS = later(r"[.!?…。！？؟।][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its time in seconds; `turn` begins another speaker.

    `certainty` is its probability, if known.
    """

    text: str
    start: float
    end: float
    turn: bool = False
    certainty: float = 1.0


class Text:
    """The words as running text, and the time of each offset."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._starts: list[int] = []
        self.punctuated = sum(bool(_ENDS.search(word.text)) for word in words) * 40 > len(words)
        parts: list[str] = []
        length = count = 0
        for previous, word in zip([None, *words], words, strict=False):
            glue = self._glue(previous, word, count) if previous else ""
            count = 0 if "\n" in glue else count + 1
            parts += [glue, word.text]
            self._starts.append(length + len(glue))
            length += len(glue) + len(word.text)
        self.text = "".join(parts)
        self.breaks = segment.BLANK_LINE if self.punctuated else segment.EVERY_LINE

    def _glue(self, previous: Word, word: Word, count: int) -> str:
        silence = word.start - previous.end
        if self.punctuated:
            sentence_end = bool(_ENDS.search(previous.text))
            if word.turn or (silence > _SILENCE and sentence_end):
                return "\n\n"
        else:
            minimum, maximum = _BREATH
            breath = silence > _BREATH_SECONDS and count >= minimum
            if word.turn or silence > _SILENCE or breath or count >= maximum:
                return "\n"
        unspaced = _UNSPACED.match(previous.text[-1]) and _UNSPACED.match(word.text)
        return "" if unspaced else " "

    def second(self, offset: int) -> float:
        """The second at which the character at `offset` is spoken."""
        at = max(0, bisect_right(self._starts, offset) - 1)
        word = self._words[at]
        share = (offset - self._starts[at]) / max(1, len(word.text))
        return round(word.start + (word.end - word.start) * min(1.0, max(0.0, share)), 3)

    def doubtful(self, base: int) -> tuple[Span, ...]:
        """The spans of doubtful words, in a text that begins at `base`.

        In scripts without spaces the text is one word, and some part of it is always doubtful.
        """
        return tuple(
            (base + start, base + start + len(word.text))
            for word, start in zip(self._words, self._starts, strict=True)
            if word.certainty < _DOUBTFUL and not _UNSPACED.match(word.text)
        )

    def offset(self, second: float) -> int:
        """The offset of the first word at or after `second`, or the text's length."""
        for word, start in zip(self._words, self._starts, strict=True):
            if word.start >= second - 0.001:
                return start
        return len(self.text)

    def nearest_sentence(self, second: float) -> int:
        """The offset of the sentence nearest to a second, if one begins close to it.

        Chapter marks are precise to some seconds.
        """
        at = self.offset(second)
        low, high = self.offset(second - _TOLERANCE), self.offset(second + _TOLERANCE)
        starts = [match.end() for match in _SENTENCE_END.finditer(self.text, low, high)]
        return min(starts, key=lambda start: abs(start - at), default=at) if at else 0


class Part(NamedTuple):
    """Characters `[start, end)` of a text that become one section, and its title."""

    start: int
    end: int
    title: str


def parts(text: Text, chapters: Sequence[tuple[float, str]]) -> Iterator[Part]:
    """The chapters, or else stretches that end with a sentence."""
    cuts: list[tuple[int, str]] = []
    for second, name in chapters:
        at = text.nearest_sentence(second)
        if cuts and at <= cuts[-1][0]:
            cuts[-1] = (cuts[-1][0], name)
        elif at < len(text.text):
            cuts.append((at, name))
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, ""))
    for (start, name), (stop, _) in zip(cuts, [*cuts[1:], (len(text.text), "")], strict=True):
        at = start
        while stop - at > _STRETCH * 3 // 2:
            match = _SENTENCE_END.search(text.text, at + _STRETCH, stop)
            if match is None:
                break
            yield Part(at, match.end(), name)
            at = match.end()
        yield Part(at, stop, name)


_SENTENCE_END = later(r"\n\s*|(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？])")


class Timed(Protocol):
    """A text with the time of each of its characters."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def breaks(self) -> re.Pattern[str]:
        """The pattern that ends its paragraphs."""

    def second(self, offset: int) -> float:
        """The second at which the character at `offset` is spoken."""


def section(text: Timed, ordinal: int, part: Part, language: str, *, base: int = 0) -> Section:
    """A part of `text` as a section; `base` is the offset of `text` itself."""
    start, end, name = part
    content = text.text[start:end]
    result = segment.passages(content, start, language, chapter=name or None, breaks=text.breaks)
    return Section(
        ordinal=ordinal,
        title=name,
        start=base + start,
        text=content,
        passages=tuple(short for passage in result for short in _timed(passage, text, base)),
    )


def _timed(passage: Passage, text: Timed, base: int) -> Iterator[Passage]:
    """Split the passage into whole sentences of about `PASSAGE_SECONDS` each."""
    sentences: list[Span] = []
    start = 0.0
    for sentence in passage.sentences:
        second = text.second(sentence[0])
        if sentences and text.second(sentence[1]) - start > PASSAGE_SECONDS:
            yield _piece(passage, sentences, text, base)
            sentences = []
        if not sentences:
            start = second
        sentences.append(sentence)
    if sentences:
        yield _piece(passage, sentences, text, base)


def _piece(passage: Passage, sentences: Sequence[Span], text: Timed, base: int) -> Passage:
    start, end = sentences[0][0], sentences[-1][1]
    place = replace(passage.locator, start=base + start, end=base + end, seconds=text.second(start))
    spans = tuple((first + base, stop + base) for first, stop in sentences)
    return Passage(place, text.text[start:end], spans)
