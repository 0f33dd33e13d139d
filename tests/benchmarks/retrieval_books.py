"""Quotes from the five books: half B of the questions, those that need several quotes, bridges."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import embedding_speed
from tests.benchmarks.corpus import library_of
from tests.benchmarks.quotes import book_questions, flat, hit
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

#: Quotes among which several are looked for, and those among which one is.
_TEN, _FIVE = 10, 5


def rows(corpus: Path, goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """The rows `books_*`; those with a model only where one is installed."""
    files = sorted((corpus / "books").glob("*.txt"))
    asked = [row for row in book_questions(corpus) if row["answerable"]]
    chosen = embedding_speed.model()
    with library_of((), files) as library:
        figures = _found(library, asked, "no_model")
        if chosen is not None:
            library.models.use(chosen.name)
            figures |= _found(library, asked, "minilm")
    say(", ".join(f"{name} {value:.1f} (n {count})" for name, (value, count) in figures.items()))
    return [
        judged(name, value, goals, f"{count} questions", "of all")
        for name, (value, count) in figures.items()
    ]


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
