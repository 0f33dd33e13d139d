"""Questions of our own about whole books of the evaluation data, as readers ask: by paraphrase.

Thirteen books of `books2`, 3,043 questions, a third of which the book does not answer; each was
written by somebody who had read the book and none of the program. Seven books are to learn from,
three to calibrate with and three to report on, so that no book is in two parts. A quote is kept as
the characters where it stands in the book.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.corpus import rows_of

_FILE = Path("packaging/reader/book_questions.jsonl.gz")


@dataclass(frozen=True, slots=True)
class BookQuestion:
    """A question about one book. `evidence` are quotes that answer, none where nothing does.

    `near` are quotes that look as if they did. `part` is learn, calibrate or report.
    """

    id: str
    book: str
    part: str
    kind: str
    text: str
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    near: tuple[str, ...]


def book_file(corpus: Path, book: str) -> Path:
    """Where the text of a book lies."""
    return corpus / "books2" / f"{book}.txt"


def reading_questions(corpus: Path, part: str) -> Iterator[BookQuestion]:
    """The questions of a part, those about one book after the other."""
    text, name = "", ""
    for number, row in enumerate(rows_of(Path(__file__).parents[2] / _FILE)):
        if row["part"] != part:
            continue
        if row["book"] != name:
            name = row["book"]
            text = book_file(corpus, name).read_text(encoding="utf-8")
        quotes, near = (
            tuple(" ".join(text[start:end].split()) for start, end in row[key])
            for key in ("evidence", "near")
        )
        yield BookQuestion(
            f"books2-{number}",
            name,
            part,
            row["kind"],
            row["question"],
            tuple(row["answers"]),
            quotes,
            near,
        )
