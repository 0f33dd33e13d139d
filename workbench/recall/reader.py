"""The reader: how well a passage answers a question, and the span of the answer.

A cross-encoder (Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085): a small BERT encodes
question and passage together. Two linear heads use its last layer: the score, on the mean, and
start and end of the answer, on each token of the passage. CTranslate2 runs the encoder; nothing is
downloaded, and nothing is loaded before its first use. The folder of the weights describes their
training (`CARD.md`).
"""

import copy
import hashlib
import json
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import installation
from ingest.detection import detect_language
from workbench import paths
from workbench.arrays import F32
from workbench.errors import InputError
from workbench.jobs import Cancel
from workbench.space.embeddings import encoder
from workbench.space.embeddings.encoder import missing

#: The files of a reader's folder. The digest in `ABOUT` is that of the others.
MODEL, TOKENIZER, HEADS, ABOUT = "model.bin", "tokenizer.json", "heads.safetensors", "reader.json"
VERSION = 1
#: Maximum tokens of a question with a passage for any such encoder.
_MOST_TOKENS = 8192
#: Pairs per thread and batch; `cancel` is checked between batches. Larger ones are slower per pair,
#: since they exceed the processor's cache.
_BATCH = 8
#: Passages that are sorted by length, to minimise padding within a batch. The time limit is checked
#: between stretches.
_STRETCH = 4 * _BATCH
#: The maximum share of a pair for the question, and the overlap of windows.
_QUESTION, _OVERLAP = 0.4, 0.25
#: Maximum characters of a question: the rest would be truncated anyway.
_QUESTION_CHARACTERS = 2000
#: Decimals of what a head returns. The last digits differ between processors and between batches,
#: by some millionths: passages that are read alike keep their order.
_DECIMALS = 3
#: Maximum tokens of a sentence that is read as a whole.
_SENTENCE = 96
#: Maximum tokens of an answer, as in the reading models of SQuAD.
_ANSWER_TOKENS = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """The result for one passage.

    `score` compares passages of the same question, higher is better; `probability` is that the
    passage answers. `start` and `end` are the span of the likeliest answer in the passage, both 0
    if it has no word, and `clear` is the share of this span among all.
    """

    score: float
    probability: float
    start: int
    end: int
    clear: float = 0.0


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a passage: its tokens, and the span of each in the passage."""

    passage: int
    ids: Sequence[int]
    places: Sequence[tuple[int, int]]


def shipped() -> Path | None:
    """The folder of the included reader; None if there is none."""
    folder = paths.resources() / "reader"
    return folder if (folder / ABOUT).is_file() else None


def digest(folder: Path) -> str:
    """A digest that identifies the weights in a folder."""
    made = hashlib.blake2b(digest_size=16)
    for name in (MODEL, TOKENIZER, HEADS):
        with (folder / name).open("rb") as file:
            made.update(hashlib.file_digest(file, "sha256").digest())
    return made.hexdigest()


@dataclass(frozen=True, slots=True)
class PairEncoder:
    """An encoder of text pairs with linear heads on its last layer, loaded from a folder.

    `threads` work in parallel on a batch each: two on the same one took half as long again.
    """

    about: Mapping[str, Any]
    model: Any
    tokenizer: Any
    heads: Mapping[str, F32]
    threads: int

    @classmethod
    def load(cls, folder: Path, threads: int) -> "PairEncoder":
        """Load the weights in a folder.

        Raises `InputError` if they are damaged or exceed the memory, and if the libraries to run
        them are not installed.
        """
        why = missing()
        if why is not None:
            raise InputError(why, f"{installation.repair()}.")
        with loading(folder):
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            is_known = about["version"] == VERSION and about["weights"] == digest(folder)
            heads = encoder.load(folder / HEADS)
            finite = all(np.isfinite(values).all() for values in heads.values())
            if not (is_known and finite and 0 < about["tokens"] <= _MOST_TOKENS):
                raise ValueError(ABOUT)
            tokenizer = encoder.tokenizer_in(folder / TOKENIZER)
            model = encoder.encoder_in(folder, inter_threads=threads, intra_threads=1)
        return cls(about, model, tokenizer, heads, threads)

    @property
    def tokens(self) -> int:
        """The maximum tokens of a pair, including special ones."""
        return int(self.about["tokens"])

    def encoded(self, texts: Sequence[str]) -> Any:
        """The tokens of texts, without special ones."""
        # The tokenizer rejects lone surrogates, as in damaged files; "?" has the same length.
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return self.tokenizer.encode_batch(whole, add_special_tokens=False)

    def last_layer(self, first: Sequence[int], seconds: Sequence[Sequence[int]]) -> list[F32]:
        """The last layer, float32[tokens, size], of a first text paired with each second one.

        Raises `InputError` if memory runs out.
        """
        opening, between = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        before = [opening, *first, between]
        ids = [[*before, *second, between] for second in seconds]
        types = [[0] * len(before) + [1] * (len(second) + 1) for second in seconds]
        try:
            out = self.model.forward_batch(ids, token_type_ids=types)
            hidden = np.asarray(out.last_hidden_state)
        except (MemoryError, RuntimeError) as error:
            if _is_memory(error):
                raise _no_memory() from error
            raise
        return [hidden[row, : len(pair)] for row, pair in enumerate(ids)]

    def head(self, name: str, values: F32) -> F32:
        """Apply a linear head to values, [size] or [tokens, size]."""
        applied: F32 = values @ self.heads[f"{name}.weight"].T + self.heads[f"{name}.bias"]
        return np.round(applied, _DECIMALS)


class Reader:
    """A loaded reader. Thread-safe; calls share its threads."""

    def __init__(self, encoder: PairEncoder) -> None:
        """Wrap an encoder from `PairEncoder.load`."""
        about = encoder.about
        self.languages: tuple[str, ...] = tuple(about["languages"])
        self.size = int(encoder.heads["score.weight"].shape[-1])
        self._tokens = encoder.tokens
        self._scale, self._offset = float(about["scale"]), float(about["offset"])
        self._encoder = encoder
        self._most: int | None = None

    @classmethod
    def load(cls, folder: Path, *, threads: int = 1) -> "Reader":
        """Load the weights in a folder; `threads` work in parallel on a batch each.

        Raises `InputError` as `PairEncoder.load` does, and if they are not those of a reader.
        """
        parts = PairEncoder.load(folder, threads)
        with loading(folder):
            if not np.isfinite([parts.about["scale"], parts.about["offset"]]).all():
                raise ValueError(ABOUT)
            made = cls(parts)
            # Detects heads of another size, and tokens that the model does not know.
            made.read("?", [". " * made._tokens])
        return made

    def of_first(self, most: int) -> "Reader":
        """This reader, limited to the first `most` passages."""
        made = copy.copy(self)
        made._most = most
        return made

    def supports(self, question: str) -> bool:
        """Whether a question is probably in a language of the reader."""
        return detect_language(question) in ("", *self.languages)

    def read(
        self,
        question: str,
        passages: Sequence[str],
        *,
        seconds: float | None = None,
        cancel: Cancel | None = None,
    ) -> list[Reading | None]:
        """Read passages, best first: the last ones may be skipped.

        A long passage is read in windows, of which the best counts. After `seconds` no stretch is
        started: None for an unread passage. Raises `Cancelled`, and `InputError` if memory runs
        out.
        """
        until = None if seconds is None else time.monotonic() + seconds
        asked = self._encoder.encoded([question[:_QUESTION_CHARACTERS]])[0].ids
        asked = asked[: int(self._tokens * _QUESTION)]
        readings: list[Reading | None] = [None] * len(passages)
        size = self._tokens - len(asked) - 3
        batches = self._batches(passages[: self._most], size, until, cancel)
        for window, reading in self._side_by_side(asked, batches):
            known = readings[window.passage]
            if known is None or reading.score > known.score:
                readings[window.passage] = reading
        return readings

    def pooled(self, question: str, sentences: Sequence[str]) -> F32:
        """The last layer of sentences, each beside a question, for heads on whole sentences.

        The first token, the sentence's mean and its maximum, float32[n, 3 × size]; what is longer
        than `_SENTENCE` tokens is cut. Raises `InputError` if memory runs out.
        """
        asked = self._encoder.encoded([question])[0].ids
        ids = [each.ids[:_SENTENCE] for each in self._encoder.encoded(sentences)]
        # The lengths of a batch are alike, and the order is that of `sentences` again.
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        rows: dict[int, F32] = {}
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            layers = self._encoder.last_layer(asked, [ids[at] for at in batch])
            for at, hidden in zip(batch, layers, strict=True):
                inside = hidden[len(asked) + 2 : len(asked) + 2 + max(1, len(ids[at]))]
                rows[at] = np.concatenate([hidden[0], inside.mean(axis=0), inside.max(axis=0)])
        return np.stack([rows[at] for at in range(len(ids))])

    def _side_by_side(
        self,
        asked: Sequence[int],
        batches: Iterable[list[_Window]],
    ) -> Iterator[tuple[_Window, Reading]]:
        """Yield the reading of each window; one more batch than threads is queued."""
        begun: deque[tuple[list[_Window], Future[list[Reading]]]] = deque()
        with ThreadPoolExecutor(self._encoder.threads, "reader") as pool:
            for some in batches:
                try:
                    begun.append((some, pool.submit(self._read, asked, some)))
                except RuntimeError as error:  # no thread can be started
                    raise _no_memory() from error
                if len(begun) > self._encoder.threads:
                    yield from _finished(*begun.popleft())
            while begun:
                yield from _finished(*begun.popleft())

    def _batches(
        self, passages: Sequence[str], size: int, until: float | None, cancel: Cancel | None
    ) -> Iterator[list[_Window]]:
        """Yield batches of windows: the first of all passages before the second of any."""
        later: list[_Window] = []
        for first in range(0, len(passages), _STRETCH):
            if _stopped(until, cancel):
                return
            heads = []
            tokenized = self._encoder.encoded(passages[first : first + _STRETCH])
            for number, each in enumerate(tokenized, first):
                head, *rest = _windows(number, each.ids, each.offsets, size)
                heads.append(head)
                later += rest
            yield from _length_batches(heads, cancel)
        for first in range(0, len(later), _STRETCH):
            if _stopped(until, cancel):
                return
            yield from _length_batches(later[first : first + _STRETCH], cancel)

    def _read(self, asked: Sequence[int], windows: Sequence[_Window]) -> list[Reading]:
        layers = self._encoder.last_layer(asked, [window.ids for window in windows])
        return [
            self._reading(hidden, len(asked) + 2, window)
            for hidden, window in zip(layers, windows, strict=True)
        ]

    def _reading(self, hidden: F32, first: int, window: _Window) -> Reading:
        (score,) = self._encoder.head("score", hidden.mean(axis=0))
        probability = 1 / (1 + np.exp(-np.clip(self._scale * score + self._offset, -30, 30)))
        start = end = 0
        clear = 0.0
        if len(window.ids):
            inside = hidden[first : first + len(window.ids)]
            opens, closes = self._encoder.head("span", inside).T
            pairs = opens[:, None] + closes[None, :]
            pairs[_no_answers(len(pairs))] = -np.inf
            one, other = np.unravel_index(np.argmax(pairs), pairs.shape)
            start, end = window.places[int(one)][0], window.places[int(other)][1]
            clear = float(1 / np.exp(pairs - pairs[one, other]).sum())
        return Reading(float(score), float(probability), start, end, clear)


def _length_batches(windows: list[_Window], cancel: Cancel | None) -> Iterator[list[_Window]]:
    """Yield batches of windows by length, longest first."""
    windows = sorted(windows, key=lambda each: -len(each.ids))
    for first in range(0, len(windows), _BATCH):
        _stopped(None, cancel)
        yield windows[first : first + _BATCH]


def _finished(
    windows: list[_Window], readings: Future[list[Reading]]
) -> Iterator[tuple[_Window, Reading]]:
    return zip(windows, readings.result(), strict=True)


def _windows(
    passage: int, ids: Sequence[int], places: Sequence[tuple[int, int]], size: int
) -> list[_Window]:
    """The overlapping windows of a passage with at most `size` tokens."""
    step = max(1, int(size * (1 - _OVERLAP)))
    firsts = range(0, max(1, len(ids) - size + step), step)
    return [_Window(passage, ids[i : i + size], places[i : i + size]) for i in firsts]


@lru_cache(maxsize=512)
def _no_answers(size: int) -> NDArray[np.bool_]:
    """A mask of invalid spans, bool[size, size]: the end precedes the start, or is too far."""
    length = np.arange(size)[None, :] - np.arange(size)[:, None]
    outside: NDArray[np.bool_] = (length < 0) | (length >= _ANSWER_TOKENS)
    return outside


def _stopped(until: float | None, cancel: Cancel | None) -> bool:
    if cancel is not None:
        cancel.check()
    return until is not None and time.monotonic() >= until


def _is_memory(error: Exception) -> bool:
    """Whether an error is about memory, also in libraries without an own type for it."""
    # A thread that cannot start for lack of memory is "temporarily unavailable".
    said = str(error)
    return isinstance(error, MemoryError) or "alloc" in said or "unavailable" in said


def _no_memory() -> InputError:
    return InputError(
        "There is not enough free memory for the reader.",
        "Answers come without it; close other programs to use it.",
    )


@contextmanager
def loading(folder: Path) -> Iterator[None]:
    """Raise `InputError` where weights are unusable, or exceed the memory."""
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # the tokenizer raises nothing narrower
        raise (_no_memory() if _is_memory(error) else _damaged(folder)) from error


def _damaged(folder: Path) -> InputError:
    why = (
        f"The reader in “{folder.name}” is damaged or of another kind, and was not used."
        if (folder / ABOUT).is_file()
        else f"There is no reader in “{folder.name}”."
    )
    own = "put a whole one there, or leave WORKBENCH_READER unset"
    mend = installation.repair().lower() if folder == shipped() else own
    return InputError(why, f"Answers come without it; {mend}.")
