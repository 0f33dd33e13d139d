"""The suite `facts`: what the fact memory holds, finds and answers, how fast, and how rightly.

Everything through the doors of the library, in real files, on made facts; the book test and its
needles need the evaluation data (`WORKBENCH_CORPUS`) and are told as not measured without it.
"""

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.bench import fact_quality, fact_sets, fact_speed
from workbench.bench.corpus import corpus_folder
from workbench.bench.fact_child import timed
from workbench.bench.fact_sets import Asked
from workbench.bench.fact_speed import Speed
from workbench.bench.rows import Goal, Row, judged
from workbench.errors import InputError
from workbench.library import Library

Say = Callable[[str], None]

_BLANK = re.compile(r"\n\s*\n")
_ENDS = (".", "!", "?", "”", '"')
_SECONDS = 3.0


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, each on a line of its own."""
    return [line for part in _BLANK.split(text) if (line := " ".join(part.split()))]


def planted(books: Sequence[list[str]], needles: Sequence[str]) -> list[list[str]]:
    """The books with the needles among their sentences, evenly: at the end of a paragraph each."""
    found = [list(book) for book in books]
    share = -(-len(needles) // len(books))
    for number, needle in enumerate(needles):
        book = found[number % len(books)]
        place = (number // len(books)) * len(book) // share
        while not book[place].endswith(_ENDS):
            place = (place + 1) % len(book)
        book[place] += f" {needle[0].upper()}{needle[1:]}."
    return found


def rows(corpus: Path, say: Say) -> Iterator[Row]:
    """Tell the five books, find what was planted, keep silent about what was not."""
    files = sorted((corpus / "books").glob("*.txt"))
    books = [paragraphs(file.read_text(encoding="utf-8")) for file in files]
    words = sum(len(line.split()) for book in books for line in book)
    hidden = fact_sets.needles()
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        path = Path(folder) / "books.brain"
        with Library.open(path) as library:
            start, cpu = time.perf_counter(), time.process_time()
            left: Counter[str] = Counter()
            for file, book in zip(files, planted(books, hidden.told), strict=True):
                made = library.facts.tell("\n".join(book), source=file.stem)
                left.update(each.reason for each in made.left)
            seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
            facts = library.facts.count()
            say(f"{words:,} words of {len(files)} books became {facts:,} facts in {seconds:.1f} s")
            yield from _asked(library, f"{len(files)} books, {facts} facts", hidden.asked, say)
        size = sum(each.stat().st_size for each in Path(folder).iterdir())
    on = f"{len(files)} books, {words} words"
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(left.items()))
    yield Row("book_test_facts", facts, "facts", input=f"{on}; neuron-db: 29,123 of 598,684 words")
    yield Row("book_test_not_stored", left.total(), "sentences", input=f"{on}; told: {told}")
    yield Row("book_test_rate", round(facts / seconds, 1), "facts/s", input=f"{on}; a book a call")
    yield Row("book_test_rate_cpu", round(facts / cpu, 1), "facts/s of CPU", input=on)
    beside = "library file without cache; neuron-db: about 298"
    yield Row("book_test_disk_per_fact", round(size / facts, 1), "bytes", input=f"{on}; {beside}")


def _asked(library: Library, on: str, asked: Sequence[Asked], say: Say) -> Iterator[Row]:
    failed = fact_quality.wrong(library, asked)
    absent = fact_sets.absent_needles()
    loud = fact_quality.wrong(library, absent)
    for each, value in [*failed, *loud][:5]:
        say(f"  “{each.question}” → {value or 'nothing'}, not {each.right or 'nothing'}")
    found = 100 * (len(asked) - len(failed)) / len(asked)
    silent = 100 * (len(absent) - len(loud)) / len(absent)
    yield Row("book_test_needles_50", found, "%", input=f"{on}; planted, asked by question")
    yield Row("book_test_absent_silent_50", silent, "%", input=f"{on}; of the same kinds, absent")
    questions = [each.question for each in (*asked, *absent)]
    for name, figures in (
        ("recall", timed(library.facts.recall, questions * 5, _SECONDS)),
        ("value", timed(library.facts.value, questions * 5, _SECONDS)),
    ):
        told = f"{on}; questions for needles, median of {figures['times']}"
        beside = "; neuron-db: single-digit ms" if name == "recall" else ""
        yield Row(f"book_test_{name}", round(figures["median"] / 1e3, 4), "ms", input=told + beside)
        yield Row(f"book_test_{name}_p99", round(figures["p99"] / 1e3, 4), "ms", input=told)


GOALS: Mapping[str, Goal] = {
    "tell_p95": Goal("ms", 5, False),
    "tell_rate_one_by_one": Goal("facts/s", 2_000, True),
    "turn_store_200k": Goal("ms", 5, False),
    "value_median_200k": Goal("ms", 5, False),
    "recall_rare_word_1M": Goal("ms", 1, False),
    "recall_broad_1M": Goal("ms", 5, False),
    "recall_six_frequent_1M": Goal("ms", 20, False),
    "miss_1M": Goal("ms", 1, False),
    "chain_3": Goal("ms", 10, False),
    "chain_50": Goal("ms", 100, False),
    "open_and_first_answer_1M": Goal("ms", 150, False),
    "disk_per_fact": Goal("bytes", 450, False),
    "distinct_keys_400": Goal("%", 100, True),
    "late_digit_keys_500": Goal("%", 100, True),
    "needles_50_in_50k": Goal("%", 100, True),
    "chains_both_phrasings_96": Goal("%", 100, True),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured on. The goals are for the sizes that stand here."""

    sizes: tuple[int, ...] = (1000, 10_000, 200_000, 1_000_000)
    written: int = 200_000
    reopened: tuple[int, ...] = (50_000,)
    seconds: float = 2.0
    times: int = 5
    many: int = 20_000
    needles: int = 50_000
    books: bool = True


def up_to(sizes: tuple[int, ...]) -> Size:
    """The same on libraries of these sizes, and nothing on a larger one."""
    most, whole = max(sizes), Size()
    return replace(
        whole,
        sizes=sizes,
        written=min(whole.written, most),
        reopened=tuple(size for size in whole.reopened if size <= most),
        needles=min(whole.needles, most),
    )


def run(say: Say, size: Size | None = None) -> list[Row]:
    """Measure every row of the suite; those of a size that was not asked for say so."""
    size = size or Size()
    found: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        speed = Speed(size.sizes, size.written, size.reopened, size.seconds, size.times, size.many)
        found += fact_speed.rows(Path(folder), speed, GOALS, say)
        found += fact_quality.rows(Path(folder), size.needles, GOALS, say)
    if size.books:
        found += _books(say)
    measured = {row.name: row for row in found}
    agreed = [
        measured.pop(name)
        if name in measured
        else judged(name, None, goal, "not measured on these sizes")
        for name, goal in GOALS.items()
    ]
    return [*agreed, *measured.values()]


def _books(say: Say) -> list[Row]:
    try:
        corpus = corpus_folder()
    except InputError as missing:
        say(f"the book test was left out: {missing}")
        return [Row("book_test_needles_50", None, "%", input="no evaluation data here")]
    return list(rows(corpus, say))
