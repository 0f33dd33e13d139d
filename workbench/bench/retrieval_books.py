"""Quotes from the five books: half B of the questions, those that need several quotes, bridges."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.bench import embedding_speed, everyday, own_questions
from workbench.bench.corpus import library_of
from workbench.bench.quotes import book_questions, flat, hit
from workbench.bench.rows import Goal, Row, judged
from workbench.bench.simple_rivals import Rivals, beside
from workbench.bench.statistics import Floats, paired_bootstrap
from workbench.library import Library
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.stretches import stretches
from workbench.store import text
from workbench.store import vectors as stored
from workbench.store.store import Store

Say = Callable[[str], None]

#: Quotes among which several are looked for, and those among which one is.
_TEN, _FIVE = 10, 5


def rows(corpus: Path, goals: Mapping[str, Goal], say: Say) -> dict[str, Row]:
    """The rows `books_*`, `own_*`, `everyday_*`; those with a model only where one is installed."""
    files = sorted((corpus / "books").glob("*.txt"))
    asked = [row for row in book_questions(corpus) if row["answerable"]]
    chosen = embedding_speed.model()
    with library_of((), files) as library:
        figures = _found(library, asked, "no_model")
        ours = _quoted(library, asked)
        own = own_questions.rows(library, files, "no_model", say)
        own |= everyday.book_rows(library, files, say) | everyday.note_rows(say)
        if chosen is not None:
            library.embeddings.use(chosen.name)
            figures |= _found(library, asked, "minilm")
            own |= own_questions.rows(library, files, "minilm", say)
        own |= _beside_rivals(library, asked, ours, say)
    say(", ".join(f"{name} {value:.1f} (n {count})" for name, (value, count) in figures.items()))
    return own | {
        name: judged(name, value, goals[name], f"{count} questions")
        if name in goals
        else Row(name, value, "of all", input=f"{count} questions")
        for name, (value, count) in figures.items()
    }


def _found(
    library: Library, asked: Sequence[Mapping[str, Any]], tier: str
) -> dict[str, tuple[float, int]]:
    half_b: list[bool] = []
    several: list[bool] = []
    bridges: list[bool] = []
    for row in asked:
        bridge, many = row.get("kind") == "bridge", isinstance(row["evidence"], list)
        if not bridge and not many and row.get("half") != "B":
            continue
        answer = library.ask(row["question"], limit=_TEN, quotes=True)
        found = [each.quote for each in answer.evidence]
        if bridge:
            bridges.append(hit(row, found))
        elif many:
            quoted = [flat(each) for each in found]
            several.append(
                all(any(flat(one) in each for each in quoted) for one in row["evidence"])
            )
        else:
            half_b.append(hit(row, found[:_FIVE]))
    suffix = "" if tier == "no_model" else f"_{tier}"
    return {
        f"books_quote5_half_b_{tier}": (100 * sum(half_b) / len(half_b), len(half_b)),
        f"books_several_quotes_in_10{suffix}": (float(sum(several)), len(several)),
        f"books_bridge_in_10{suffix}": (float(sum(bridges)), len(bridges)),
    }


def _single(asked: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The questions with one short quote, both halves."""
    return [
        row
        for row in asked
        if row.get("kind") != "bridge" and not isinstance(row["evidence"], list)
    ]


def _quoted(library: Library, asked: Sequence[Mapping[str, Any]]) -> Floats:
    """Whether ours quotes it, for every question with one short quote."""

    def found(question: str) -> list[str]:
        answer = library.ask(question, limit=_FIVE, quotes=True)
        return [each.quote for each in answer.evidence]

    return np.array([hit(row, found(row["question"])) for row in _single(asked)], np.float64)


def _beside_rivals(
    library: Library, asked: Sequence[Mapping[str, Any]], ours: Floats, say: Say
) -> dict[str, Row]:
    """The gap of ours without a model to the best rival, over windows as long as our quotes."""
    windows, vectors = _windows(library)
    model = embedding_speed.model()
    encoder = Encoder.load(model) if model is not None and len(vectors) else None
    rivals = Rivals(windows, [""] * len(windows), encoder, vectors)
    theirs: dict[str, list[bool]] = {}
    for row in _single(asked):
        for name, places in rivals.best(row["question"], _FIVE).items():
            theirs.setdefault(name, []).append(hit(row, [windows[place] for place in places]))
    reached = {name: np.array(each, np.float64) for name, each in theirs.items()}
    best = max(reached, key=lambda name: float(reached[name].mean()))
    low, high = paired_bootstrap(ours, reached[best])
    found = Row(
        "books_quote5_over_best_rival",
        round(100 * float((ours - reached[best]).mean()), 1),
        "points",
        0.0,
        low > 0,
        f"no model {100 * float(ours.mean()):.1f} %; 95 % interval {100 * low:+.1f} to "
        f"{100 * high:+.1f} over {best}; {beside(reached)} over {len(windows)} windows of three "
        f"sentences; {len(ours)} questions, both halves",
    )
    say(f"{found.name} {found.value} ({found.input})")
    return {found.name: found}


def _windows(library: Library) -> tuple[list[str], NDArray[np.float32]]:
    """What a model reads, and the vectors that the library holds of it: as many, or none."""
    assert library.path is not None
    with Store.open(library.path, read_only=True) as store, store.read() as connection:
        cut = list(stretches(text.replay(connection, 0, 10**9)))
        space = stored.active(connection)
        if space is None:
            return [each.text for each in cut], np.zeros((0, 0), np.float32)
        held = {row.first: row for row in stored.after(connection, space.id, 0)}
    rows = [held[each.first] for each in cut]
    vectors = np.stack(
        [np.frombuffer(row.numbers, np.int8) * np.float32(row.scale) for row in rows]
    )
    return [each.text for each in cut], vectors
