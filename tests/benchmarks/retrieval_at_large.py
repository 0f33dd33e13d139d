"""How long a question takes of a large library: real sets and books, filled up with more passages.

What fills it up are sentences of the same sets and books, drawn anew, so that words are as frequent
and as rare as in real text; each stands there several times. A model would need hours to read it
all: vectors of the passages are drawn, in bundles as those of sentences lie, and the question is
read by the model itself. Without a model on this machine nothing is measured with vectors.
"""

import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.segment import segment
from tests.benchmarks.corpus import Record, library_of, passages_set
from tests.benchmarks.embedding_speed import bundled, model
from tests.benchmarks.quotes import book_questions
from tests.benchmarks.rows import Goal, Row, Say, judged, label
from workbench.jobs import Cancel, silent
from workbench.library import Library
from workbench.space.embeddings import building
from workbench.space.embeddings.encoder import Step, TextModel
from workbench.space.embeddings.folder import ModelFolder
from workbench.store.store import Store

#: Passages that the goals are for, sets that are in it, and questions that are asked.
PASSAGES = 100_000
_SETS = ("musique", "2wiki", "hotpotqa", "lihua", "cranfield")
_ASKED, _WARM = 100, 5
#: Letters from which on a made passage is full, and passages of one made file.
_FULL, _FILE = 450, 1000


class _Drawn:
    """Stands for the model while the library is read: vectors in bundles, whatever the words."""

    def __init__(self, model: TextModel) -> None:
        self.model = model
        self._turn = 0

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        self._turn += 1
        return bundled(len(texts), self.model.dimension, self._turn)

    def of_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.encode([question])[0]
        return vector


def rows(corpus: Path, passages: int, goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """The rows `ask_100k_*`, or those of another size, which have no goal, and how it was built."""
    questions = _questions(corpus)
    records = [
        {**each, "id": f"{name} {each['id']}"}
        for name in _SETS
        for each in passages_set(corpus, name).records
    ]
    books = sorted((corpus / "books").glob("*.txt"))
    if passages < PASSAGES:
        # A small part of each set, and as many books as their share leaves.
        records = records[:: -(-PASSAGES // passages)]
        books = books[: len(books) * passages // PASSAGES]
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        began = time.perf_counter()
        with library_of(records, books) as library:
            held = _passages(library)
            made = _fill(corpus, passages - held, Path(folder))
            if made:
                library.add(made)
            count = _passages(library)
            say(f"a library of {count} passages in {time.perf_counter() - began:.0f} s")
            return _asked(library, questions, count, passages, goals, say)


def _asked(
    library: Library,
    questions: Sequence[str],
    count: int,
    passages: int,
    goals: Mapping[str, Goal],
    say: Say,
) -> list[Row]:
    found: list[Row] = []
    size = label(passages)

    def keep(what: str, figures: tuple[float, float, float], on: str) -> None:
        median, worst, busy = figures
        name = f"ask_{size}_{what}"
        told = f"{on}; worst {worst:.0f} ms, {busy:.1f} ms of processor time; {count} passages"
        found.append(judged(name, median, goals, told, "ms"))
        say(f"{name} {median:.1f} ms ({told})")

    for question in questions[:_WARM]:
        library.ask(question, quotes=True)
    keep("no_model", _timed(library, questions), f"{len(questions)} questions, no model")
    keep("read", _timed(library, questions, read=True), f"{len(questions)} questions")
    chosen = model()
    if chosen is None or library.path is None:
        return found
    vectors = _read_by(chosen, library.path)
    on = f"{len(questions)} questions, {vectors} vectors, drawn"
    for question in questions[:_WARM]:
        library.ask(question, quotes=True)
    keep("with_embedding", _timed(library, questions[_WARM:]), f"{on}, question read by the model")

    def read_before(question: str) -> None:
        library.sources.related(question)

    keep("median", _timed(library, questions, read_before), f"{on}, question read before")
    return found


def _timed(
    library: Library,
    questions: Sequence[str],
    before: Callable[[str], None] | None = None,
    *,
    read: bool = False,
) -> tuple[float, float, float]:
    """Median and worst milliseconds of a question, and the median of processor time.

    It is the first look, unless `read`: then the reader has put the quotes into order.
    """
    taken, busy = [], []
    for question in questions:
        if before is not None:
            before(question)
        began, used = time.perf_counter(), time.process_time()
        library.ask(question, quotes=True, read=read)
        busy.append(1000 * (time.process_time() - used))
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.median(taken)), max(taken), float(np.median(busy))


def _read_by(chosen: ModelFolder, file: Path) -> int:
    """Give every passage a vector that was drawn, in the space of a model that is there."""
    with Store.open(file) as store:
        space = building.begin(store, chosen)
        return building.build(store, space, _Drawn(chosen), silent, Cancel())


def _passages(library: Library) -> int:
    return library.ask("What is said of it here?", quotes=True).coverage.of


def _questions(corpus: Path) -> list[str]:
    asked = [row["question"] for row in book_questions(corpus)]
    for name in _SETS:
        asked += [question.text for question in passages_set(corpus, name).questions]
    random.Random(3).shuffle(asked)
    return asked[:_ASKED]


def _fill(corpus: Path, count: int, folder: Path) -> list[Path]:
    """So many passages of drawn sentences, as chapters of files."""
    chance = random.Random(17)
    sentences = _sentences(corpus)
    files: list[Path] = []
    for first in range(0, count, _FILE):
        written = []
        for number in range(first, min(first + _FILE, count)):
            said: list[str] = []
            while sum(map(len, said)) < _FULL:
                said.append(chance.choice(sentences))
            written.append(f"## {number}\n\n{' '.join(said)}\n")
        files.append(folder / f"drawn {first}.md")
        files[-1].write_text("\n".join(written), encoding="utf-8")
    return files


def _sentences(corpus: Path) -> list[str]:
    texts = [book.read_text(encoding="utf-8") for book in sorted((corpus / "books").glob("*.txt"))]
    records: list[Record] = [r for name in _SETS for r in passages_set(corpus, name).records]
    texts += [record["text"] for record in records]
    found = (" ".join(text[start:end].split()) for text in texts for start, end in segment(text))
    return [sentence for sentence in found if len(sentence) < _FULL]
