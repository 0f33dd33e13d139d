"""The suite `books`: five novels from the disk to answers, and the window beside it.

Ingest is measured as a user starts it: a fresh process of the command line, from its start to its
end, on an empty library. Asking is measured warm, in one process, with every question of the
corpus. The window is measured by `tests.benchmarks.measure` in processes of its own.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import quotes
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import added, in_window
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.errors import WorkbenchError
from workbench.library import Library
from workbench.turns import settle

GOALS: Mapping[str, Goal] = {
    "ingest_rate": Goal("MB/s", 1.0, True),
    "ingest_peak_memory": Goal("MB", 400, False),
    "ask_median": Goal("ms", 20, False),
    "ask_worst_of_200": Goal("ms", 100, False),
    "window_usable_warm": Goal("s", 1.5, False),
    "event_loop_gap_while_adding": Goal("ms", 100, False),
    "books_quote5_lexical": Goal("%", 30, True),
    "xquad_absent_silent": Goal("%", 80, True),
    "xquad_present_answered": Goal("%", 75, True),
}

_TIMES = 3


def run(say: Say) -> list[Row]:
    """Measure every row of the suite; needs the evaluation data (`WORKBENCH_CORPUS`)."""
    corpus = corpus_folder()
    books = sorted((corpus / "books").glob("*.txt"))
    questions = quotes.book_questions(corpus)
    size = sum(book.stat().st_size for book in books)
    read = f"{len(books)} books, {size / 1e6:.2f} MB"
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        rates, peak, library = _ingest(books, size, Path(folder), say)
        on = f"{read}; median of {_TIMES} runs, process start included"
        rows = [judged("ingest_rate", statistics.median(rates), GOALS, on)]
        on = f"{read}; all processes, shared pages once"
        rows.append(judged("ingest_peak_memory", peak, GOALS, on))
        rows += _ask(library, questions, read, say)
        rows += _window(library, books, read, say)
    return rows + quotes.xquad_rows(corpus, GOALS, say)


def _ingest(
    books: Sequence[Path], size: int, folder: Path, say: Say
) -> tuple[list[float], float | None, Path]:
    rates: list[float] = []
    for turn in range(_TIMES + 1):
        # The last turn is for memory only: sampling takes time from what is sampled.
        library = folder / f"books-{turn}.brain"
        finished = added(library, books, folder / "home", memory=turn == _TIMES)
        states = [json.loads(line)["state"] for line in finished.output.splitlines()]
        if states != ["verified"] * len(books):
            raise WorkbenchError("Not every book was verified.", finished.output[-500:])
        rates.append(size / 1e6 / finished.seconds)
        say(f"added {len(books)} books in {finished.seconds:.2f} s")
    return rates[:_TIMES], finished.peak_megabytes, library


def _ask(file: Path, questions: Sequence[Mapping[str, Any]], read: str, say: Say) -> list[Row]:
    asked = questions[:200]
    taken: list[float] = []
    hits: list[bool] = []
    with Library.open(file) as library:
        # As the command line does before it asks.
        settle()
        for question in asked[:5]:
            library.ask(question["question"], quotes=True)
        for question in questions:
            start = time.perf_counter()
            answer = library.ask(question["question"], quotes=True)
            if len(taken) < len(asked):
                taken.append(1000 * (time.perf_counter() - start))
            if question["answerable"]:
                hits.append(quotes.hit(question, [e.quote for e in answer.evidence]))
    say(f"asked {len(questions)} questions, median {statistics.median(taken):.1f} ms")
    on = f"{read}; {len(asked)} questions, warm"
    first_five = f"{read}; {len(hits)} answerable questions, first five quotes"
    return [
        judged("ask_median", statistics.median(taken), GOALS, on),
        judged("ask_worst_of_200", max(taken), GOALS, on),
        judged("books_quote5_lexical", 100 * sum(hits) / len(hits), GOALS, first_five),
    ]


def _window(library: Path, books: Sequence[Path], read: str, say: Say) -> list[Row]:
    usable, _ = in_window("measure", "start", [library], say)
    gap, _ = in_window("measure", "gap", books, say)
    start = f"library of {read}; process start to first idle; median of 5, offscreen"
    adding = f"{read} and a PDF of 300 pages; longest gap between two turns"
    return [
        judged("window_usable_warm", usable.get("value"), GOALS, start),
        judged("event_loop_gap_while_adding", gap.get("value"), GOALS, adding),
    ]
