"""Our own 150 questions about the five books: paraphrases, across passages, and invented ones.

Kept are the question, the hash of the file it is about and the span that holds the answer, no word
of the book. No constant was chosen by them; each stands in half A or B by its id, so that one half
stays untouched should that ever change. A file with another hash is not asked about.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import paths
from workbench.bench.quotes import flat
from workbench.bench.rows import Row
from workbench.library import Library

Say = Callable[[str], None]

#: Quotes among which the answer is looked for: of one passage, of several.
_FIVE, _TEN = 5, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `wanted` are the texts of its spans, none where no book answers it.

    `kind` is paraphrase, across or invented; `half` A or B.
    """

    id: str
    book: str
    kind: str
    half: str
    text: str
    wanted: tuple[str, ...]


def questions(books: Sequence[Path]) -> list[Asked]:
    """The questions about those of these files that are the ones they were written for."""
    known = {book.stem: book.read_bytes() for book in books}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in known.items()}
    texts = {name: data.decode(errors="replace") for name, data in known.items()}
    file = paths.resources() / "bench" / "book_questions.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        Asked(
            row["id"], row["book"], row["kind"], row["half"], row["question"],
            tuple(texts[row["book"]][start:end] for start, end in row["spans"]),
        )
        for row in rows
        if hashes.get(row["book"]) == row["sha256"]
    ]  # fmt: skip


def rows(library: Library, books: Sequence[Path], tier: str, say: Say) -> dict[str, Row]:
    """The rows `own_*` of a library that holds the books; `tier` is no_model or a model's name."""
    found: dict[str, list[bool]] = {}
    for asked in questions(books):
        answer = library.ask(asked.text, limit=_TEN, quotes=True)
        quoted = [flat(each.quote) for each in answer.evidence]
        if asked.kind == "invented":
            name, right = "own_invented_silent", answer.abstained
        elif asked.kind == "across":
            name = "own_across_quotes10"
            right = all(any(flat(each) in quote for quote in quoted) for each in asked.wanted)
        else:
            name = "own_paraphrase_quote5"
            right = any(flat(asked.wanted[0]) in quote for quote in quoted[:_FIVE])
            found.setdefault(f"own_paraphrase_answered_{tier}", []).append(not answer.abstained)
        for suffix in ("", f"_half_{asked.half.lower()}"):
            found.setdefault(f"{name}{suffix}_{tier}", []).append(right)
    made = {
        name: Row(name, round(100 * sum(each) / len(each), 1), "%", input=f"{len(each)} questions")
        for name, each in sorted(found.items())
    }
    say(", ".join(f"{row.name} {row.value} (n {row.input})" for row in made.values()))
    return made
