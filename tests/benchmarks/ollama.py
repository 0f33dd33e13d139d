"""The suite `ollama`: what is around a language model, measured with a server that answers at once.

No model is needed, and none is asked that somebody has chosen. What is read is the sample book;
what is learned, made lectures of twelve sentences in a library that holds that book. Rows of a real
model stand beside them where the dependency group `models` is installed (`ollama_real`).
"""

import statistics
import threading
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.models import serving
from ingest.models.records import ChatRequest, Message
from ingest.triples.by_model import VERSION, usable
from tests.benchmarks.instant_ollama import InstantOllama, instant_ollama
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench import paths
from workbench.library import Library
from workbench.memory.graph.modelling import ModelReader
from workbench.store import modelled, text
from workbench.store.modelled import ModelRow

GOALS: Mapping[str, Goal] = {
    "extraction_rate": Goal("sentences/min", 2000, True),
    "learn_12_triples": Goal("ms", 5, False),
}
TRIPLES, LECTURES = 12, 60


def run(say: Say, lectures: int = LECTURES, book: str = "") -> list[Row]:
    """Measure every row; `book` is read instead of the sample book."""
    words = book or (paths.resources() / "sample" / "the-trace.md").read_text("utf-8")
    with (
        TemporaryDirectory(prefix="workbench-ollama-") as folder,
        Library.open(Path(folder) / "read.brain") as library,
    ):
        # What works in the background by itself would be measured, too.
        library._core._model_reading.close()
        library.add_text(words, title="The Trace")
        library.graph.link()
        with instant_ollama() as server:
            extracted = _extraction(library, server, say)
        return [extracted, _learning(library, lectures, say)]


def _extraction(library: Library, server: InstantOllama, say: Say) -> Row:
    """Read the library as it is read by itself, while a person asks the same model."""
    reader = ModelReader(
        library._store, library._core.graph.stating, lambda _: (server.server, server.model)
    )
    over = threading.Event()
    answers = [0]

    def ask() -> None:
        while not over.is_set():
            serving.complete(
                serving.chat(
                    server.server, ChatRequest(server.model, [Message("user", "A bridge?")])
                )
            )
            answers[0] += 1
            over.wait(0.05)

    asking = threading.Thread(target=ask)
    asking.start()
    begun = time.perf_counter()
    try:
        read = reader.catch_up()
        taken = time.perf_counter() - begun
    finally:
        over.set()
        asking.join()
    say(
        f"{read.sentences} sentences read in {taken:.1f} s, {read.triples} triples learned, "
        f"{read.refused} refused; {answers[0]} questions were answered meanwhile"
    )
    note = f"{read.sentences} sentences of a book, {read.triples} triples, each learned"
    return judged("extraction_rate", 60 * read.sentences / taken, GOALS, note)


def _learning(library: Library, lectures: int, say: Say) -> Row:
    """Learn the triples of one lecture after another, each in its transaction."""
    prose, store = Prose(12), library._store
    with store.read() as connection:
        first = text.last_statement(connection)
    for number in range(lectures):
        spoken = [
            f"{prose.name().title()} measured the {prose.noun()} of {prose.name().title()}."
            for _ in range(TRIPLES)
        ]
        library.add_text(" ".join(spoken), title=f"Lecture {number}")
    library.graph.link()
    with store.read() as connection:
        rows = [
            (id, words)
            for id, _, _, _, words in text.replay(connection, first, (lectures + 1) * TRIPLES)
        ]
    times: list[float] = []
    for at in range(0, len(rows) - TRIPLES + 1, TRIPLES):
        some = rows[at : at + TRIPLES]
        reader = store.write(lambda c: modelled.begin(c, "lecture", "lecture", VERSION, 0.0))
        told, _ = usable([_said(number, words) for number, (_, words) in enumerate(some, 1)], some)
        found = {
            each.sentence: [ModelRow(reader.id, each.subject, each.relation, each.object, 0)]
            for each in told
        }
        counts = len(some), 0, 0, 0
        keep = partial(
            modelled.store, reader=reader, upto=some[-1][0], triples=found, counts=counts
        )
        begun = time.perf_counter()
        library._core.graph.stating.learn(found, keep)
        times.append(1000 * (time.perf_counter() - begun))
    assert sum(each.triples for each in library.models.readings() if each.model == "lecture") == (
        TRIPLES * len(times)
    )
    middle = statistics.median(times)
    say(f"12 triples learned in {middle:.2f} ms, the slowest of {len(times)} in {max(times):.2f}")
    note = f"median of {len(times)} lectures, slowest {max(times):.1f} ms"
    return judged("learn_12_triples", middle, GOALS, note)


def _said(number: int, words: str) -> Mapping[str, object]:
    """What a model lists of a sentence of a lecture."""
    said = words.rstrip(".").split()
    return {"sentence": number, "subject": said[0], "relation": "measure", "object": said[-1]}
