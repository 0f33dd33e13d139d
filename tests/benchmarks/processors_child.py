"""What `processors` asks, in a process of its own: the processor is chosen when it starts."""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.corpus import rows_of
from tests.benchmarks.everyday import OTHER_KINDS
from tests.benchmarks.processes import Figures, answer
from workbench import paths
from workbench.library import Library
from workbench.recall.records import LIKELY, Answer

#: Texts of the evaluation data; a novel and two whole books are left out, which take long to embed.
_TEXTS = ("ripgrep-user-guide", "scihub-coverage-study", "treasure-island")
_LEFT_OUT = ("how-to-listen-to-music",)
#: Cases of told statements, which the model of revisions judges.
_CASES = 50

#: The question, and the source or collection that it is asked of.
Asked = tuple[str, str]


def ask_all(corpus: str, most: int) -> Figures:
    """The outcome of every question, of `most` in each library; with the processor time."""
    began, outcomes = time.process_time(), []
    for name, files, questions in _libraries(Path(corpus)):
        with (
            tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
            Library.open(Path(folder) / "bench.brain") as library,
        ):
            for file in files:
                library.add([file], collection=file.stem)
            library.models.update("embedding")
            for number, (question, scope) in enumerate(questions[:most]):
                found = library.ask(question, collection=scope or None, quotes=True)
                outcomes.append({"id": f"{name} {number}", **_outcome(found)})
    outcomes += _told(Path(corpus), most)
    return {"outcomes": outcomes, "seconds": time.process_time() - began}


def _libraries(corpus: Path) -> Iterator[tuple[str, list[Path], list[Asked]]]:
    """The name of each library, its files, and the questions."""
    sample = paths.resources() / "sample"
    papers = sorted((sample / "papers").glob("*.md"))
    roles = (paths.resources() / "tables" / "papers.txt").read_text("utf-8").splitlines()
    questions = [(row["question"], "") for row in rows_of(sample / "questions.jsonl")]
    cells = [(role, paper.stem) for paper in papers for role in roles if role]
    yield "sample", [sample / "the-trace.md", *papers], [*cells, *questions]
    everyday = sorted((corpus / "everyday" / "texts").iterdir())
    yield "everyday", *_asked(corpus / "everyday", [f for f in everyday if f.stem not in _LEFT_OUT])
    later = [corpus / "everyday2" / part for part in ("texts", "books")]
    files = [file for part in later for file in sorted(part.iterdir()) if file.stem in _TEXTS]
    yield "everyday2", *_asked(corpus / "everyday2", files)
    desks = corpus / "desks"
    asked = rows_of(desks / "questions.jsonl")
    for desk, pattern in (("b", "b/**/*.m*"), ("c", "c/restic/*.html")):
        chosen = [(row["question"], "") for row in asked if row["desk"] == desk]
        yield f"desk {desk}", sorted(desks.glob(pattern)), chosen


def _asked(folder: Path, files: list[Path]) -> tuple[list[Path], list[Asked]]:
    """Texts, and the questions that are asked of each."""
    names = {file.stem for file in files}
    rows = [row for row in rows_of(folder / "questions.jsonl") if row["text"] in names]
    return files, [
        (row["question"], row["text"]) for row in rows if row["kind"] not in OTHER_KINDS[:1]
    ]


def _told(corpus: Path, most: int) -> Iterator[Figures]:
    """Outcomes of questions about told statements, each case in a collection of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
        Library.open(Path(folder) / "told.brain") as library,
    ):
        for case in rows_of(corpus / "everyday" / "facts.jsonl")[: min(_CASES, most)]:
            for told in case["tell"]:
                library.facts.tell(told["text"], collection=case["id"])
            for number, asked in enumerate(case["ask"]):
                found = library.ask(asked["question"], collection=case["id"], quotes=True)
                yield {"id": f"{case['id']} {number}", **_outcome(found)}


def _outcome(found: Answer) -> Figures:
    """What a person sees of an answer: its state, what it says, its order, and how sure it is."""
    sure = "likely" if found.confidence >= LIKELY else "possible"
    said = [found.value or "", *(sentence.text for sentence in found.sentences)]
    return {
        "state": found.mode if found.mode == "none" else "silent" if found.abstained else sure,
        "said": _digest(*said, *(fact.text for fact in found.facts)),
        "order": _digest(*(evidence.quote for evidence in found.evidence)),
        "confidence": found.confidence,
    }


def _digest(*texts: str) -> str:
    """A short mark: outcomes are compared, and nothing of the evaluation data is kept."""
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()


if __name__ == "__main__":
    answer(ask_all)
