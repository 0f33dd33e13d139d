"""Do the quotes hold the answer, and is the library silent where it should be?

Quotes are compared with the corpus' evidence after both are flattened: white space, typographic
quotes and dashes, emphasis underscores and case do not count.
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus import rows_of
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "--", "_": ""})


def flat(text: str) -> str:
    """`text` with everything removed that does not count when quotes are compared."""
    return re.sub(r"\s+", " ", text.translate(_TYPOGRAPHY)).strip().lower()


def book_questions(corpus: Path) -> list[dict[str, Any]]:
    """The questions about the five books, both files, in order."""
    questions = []
    for name in ("questions.jsonl", "questions2.jsonl"):
        lines = (corpus / "books" / name).read_text(encoding="utf-8").splitlines()
        questions += [json.loads(line) for line in lines if line.strip()]
    return questions


def hit(question: Mapping[str, Any], found: Sequence[str]) -> bool:
    """Whether the evidence stands in one of the quotes.

    A question may list several quotes; the last one counts where the earlier ones only lead to it
    (kind `bridge`), any of them elsewhere.
    """
    evidence = question["evidence"]
    wanted = [evidence] if isinstance(evidence, str) else list(evidence)
    if question.get("kind") == "bridge":
        wanted = wanted[-1:]
    quotes = [flat(quote) for quote in found]
    return any(flat(one) in quote for one in wanted for quote in quotes)


def xquad_rows(corpus: Path, goals: Mapping[str, Goal], say: Say) -> list[Row]:
    """Silence about absent articles, and answers about those that are there."""
    passages = rows_of(corpus / "xquad" / "passages.jsonl.gz")
    questions = rows_of(corpus / "xquad" / "questions.jsonl.gz")
    present = [p for p in passages if not p["absent_in_abstention_test"]]
    silent: list[bool] = []
    answered: list[bool] = []
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        file = Path(folder) / "present.jsonl"
        with file.open("w", encoding="utf-8") as out:
            for p in present:
                line = {"id": p["id"], "title": p["title"], "text": p["text"]}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        with Library.open(Path(folder) / "xquad.brain") as library:
            library.add(file)
            for question in questions:
                abstained = library.ask(question["question"], quotes=True).abstained
                if question["absent_in_abstention_test"]:
                    silent.append(abstained)
                else:
                    answered.append(not abstained)
    say(
        f"XQuAD: silent on {sum(silent)} of {len(silent)}, "
        f"answers {sum(answered)} of {len(answered)}"
    )
    on = f"{len(present)} of {len(passages)} passages in the library"
    absent = f"{on}; {len(silent)} questions about absent articles"
    others = f"{on}; {len(answered)} questions about the others"
    return [
        judged("xquad_absent_silent", 100 * sum(silent) / len(silent), goals, absent),
        judged("xquad_present_answered", 100 * sum(answered) / len(answered), goals, others),
    ]
