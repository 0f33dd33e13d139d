"""The everyday questions of the evaluation data, and the script that says what is right."""

import importlib.util
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.errors import InputError
from workbench.library import Library

#: The kinds of questions that are no single question.
OTHER_KINDS = ("conversation", "overview")


@contextmanager
def everyday_library(corpus: Path) -> Iterator[tuple[Library, list[dict[str, Any]], set[str]]]:
    """A library of the texts that are asked about, each a collection; gone afterwards.

    With it the questions of one text, answerable or not, and the names of the novels.
    """
    files = {each.stem: each for each in sorted((corpus / "everyday" / "texts").iterdir())}
    novels = {each.stem: each for each in sorted((corpus / "books").glob("*.txt"))}
    lines = (corpus / "everyday" / "questions.jsonl").read_text("utf-8").splitlines()
    items = [item for line in lines if (item := json.loads(line))["kind"] not in OTHER_KINDS]
    items = [item for item in items if item["text"]]
    with (
        tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder,
        Library.open(Path(folder) / "bench.brain") as library,
    ):
        for name in sorted({item["text"] for item in items}):
            library.add([(files | novels)[name]], collection=name)
        yield library, items, set(novels)


def score_of(corpus: Path) -> Any:
    """The script that says what is right."""
    file = corpus / "everyday" / "score.py"
    spec = importlib.util.spec_from_file_location("everyday_score", file)
    if spec is None or spec.loader is None or not file.is_file():
        raise InputError("The evaluation data has no everyday questions.", "", "missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
