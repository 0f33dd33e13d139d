"""A language model put to the test over the sample book, so that one is chosen by figures.

Ten questions that the book answers, two that it does not, and three sentences for triples, by the
same calls as in a library of one's own. The figures are kept on this machine, a row for each model.
"""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.models import serving
from ingest.models.records import Model, Server
from ingest.triples.by_model import read_by_model
from workbench import paths, permissions
from workbench.errors import InputError
from workbench.jobs import Cancel, Progress, Report
from workbench.models import server
from workbench.models.language import LanguageModels
from workbench.recall.records import Answer
from workbench.recall.writing.writing import Draft, unseen

if TYPE_CHECKING:
    from workbench.library.library import Library

#: Questions of `resources/sample/questions.jsonl`: five by name, five in other words, and two that
#: the book does not answer.
_ASKED = ("s02", "s05", "s10", "s13", "s19", "s21", "s22", "s30", "s35", "s40", "s42", "s47")
#: Sentences with the subject and the object of the triple that each states.
_STATED = (
    ("Anna Brook founded the school of Arn in 1842.", "anna brook", "school"),
    ("The mill was sold by Jonas Pell to the council of Larn.", "mill", "council"),
    ("Ida Weil, who kept the observatory, discovered two comets.", "ida weil", "comets"),
)
#: Quotes alone of which more are right make a model not worth asking.
_WORSE = 1
#: Seconds that a first word is waited for: slowness is a figure of the test, and does not end it.
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class ModelTest:
    """What a model did: of ten questions `right`, `wrong` (shown as supported) and `silent`.

    `quotes` of them are right without it. Of the same ten, `chosen` have a right passage first
    where the model chooses among many, `ranked` without it. `invented` counts supported answers to
    two questions that the sample does not answer, `triples` right ones of three sentences. `rate`
    is in tokens a second, `first` the median of seconds to the first word of an answer, `size` in
    bytes of memory or else of the file, 0 if unknown. `sentence` says what follows.
    """

    model: str
    address: str
    right: int
    wrong: int
    silent: int
    quotes: int
    ranked: int
    chosen: int
    invented: int
    triples: int
    rate: float
    first: float
    size: int
    sentence: str

    @property
    def errs(self) -> bool:
        """Whether it says what is wrong."""
        return self.wrong > _WORSE or self.invented > 0

    @property
    def worse(self) -> bool:
        """Whether quotes alone are better than what it writes."""
        return self.errs or self.right + _WORSE < self.quotes

    @property
    def chooses(self) -> bool:
        """Whether right passages stand first more often where it chooses."""
        return self.chosen > self.ranked


def _file() -> Path:
    return paths.config_dir() / "models-tested.json"


def tests() -> list[ModelTest]:
    """The tests on this machine, one for each model, the latest first."""
    try:
        rows = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = {field.name for field in fields(ModelTest)}
    kept = rows if isinstance(rows, list) else []
    return [ModelTest(**row) for row in kept if isinstance(row, dict) and row.keys() == names]


def test(
    models: LanguageModels, sample: "Library", name: str, report: Report, cancel: Cancel
) -> ModelTest:
    """Test a model of the chosen server over an empty library, and keep the figures.

    Raises `InputError` if the server or the model fails, `Cancelled`.
    """
    total = len(_ASKED) + 2
    report(Progress("testing", 0, total, "questions", name))
    trial = models.try_(name, cancel=cancel)
    sample.add(paths.sample_book())
    if sample.models.sending().state != "here":
        # Whoever tests a provider sends it the sample.
        sample.models.sending("allow")
    answering = sample.answers
    answering._patience = _PATIENCE
    counts = dict.fromkeys(
        ("right", "wrong", "silent", "quotes", "ranked", "chosen", "invented"), 0
    )
    firsts: list[float] = []
    for number, (question, answers) in enumerate(_questions(), start=1):
        report(Progress("testing", number, total, "questions", question))
        asked = sample.ask(question, cancel=cancel)
        # Another model may be chosen for reading: of one who is sure none is asked.
        sure, begun = replace(asked, confidence=1.0), time.monotonic()
        drafted: list[float] = []

        def on_draft(_: Draft, drafted: list[float] = drafted) -> None:
            drafted.append(time.monotonic())

        written = answering.write(sure, model=name, cancel=cancel, on_draft=on_draft)
        cancel.check()
        if written.hint and written.mode != "written" and written is not sure:
            # A server that fails says nothing about its model.
            raise InputError(written.note, written.hint)
        shown = _shown(written) if written.mode == "written" else ""
        if not answers:
            counts["invented"] += bool(shown)
            continue
        firsts += [at - begun for at in drafted[:1]]
        read = answering._read_wider(asked, name, cancel, unseen)
        for order, answer in (("ranked", asked), ("chosen", read)):
            counts[order] += any(_has(item.quote, answers) for item in answer.evidence[:1])
        counts["quotes"] += not asked.possible and _has(_shown(asked), answers)
        kind = "silent" if not shown else "right" if _has(shown, answers) else "wrong"
        counts[kind] += 1
    report(Progress("testing", total - 1, total, "questions"))
    running, model = server.find(name, cancel)
    triples = _triples(running, model, cancel)
    with server.input_errors():
        loaded = [row.size for row in serving.loaded(running) if row.name == name]
    result = ModelTest(
        model=name, address=trial.address, triples=triples, rate=trial.rate,
        first=statistics.median(firsts or [trial.first]),
        size=next(iter(loaded), model.size), sentence="", **counts,
    )  # fmt: skip
    result = replace(result, sentence=_verdict(result))
    others = [row for row in tests() if (row.model, row.address) != (name, trial.address)]
    permissions.replaced(_file(), json.dumps([asdict(row) for row in (result, *others)], indent=1))
    sample.models.sending("off")
    report(Progress("testing", total, total, "questions"))
    return result


def _triples(running: Server, model: Model, cancel: Cancel) -> int:
    """Of how many sentences the model draws the triple; 0 if it answers in no usable form."""
    sentences = [(n, row[0]) for n, row in enumerate(_STATED)]
    try:
        with server.input_errors():
            read = read_by_model(running, model, sentences, check=cancel.check)
    except InputError as error:
        if error.reason != "answer":
            raise
        return 0
    return sum(
        any(
            triple.sentence == n
            and subject in triple.subject.casefold()
            and object_ in triple.object.casefold()
            for triple in read.triples
        )
        for n, (_, subject, object_) in enumerate(_STATED)
    )


def _questions() -> list[tuple[str, list[str]]]:
    """The questions with their right answers, none for what the sample does not answer."""
    file = paths.resources() / "sample" / "questions.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    by_id = {row["id"]: row for row in rows}
    return [(by_id[id]["question"], by_id[id]["answers"]) for id in _ASKED]


def _shown(answer: Answer) -> str:
    """What an answer says as supported."""
    return " ".join(sentence.text for sentence in answer.sentences if sentence.supported)


def _has(text: str, answers: Sequence[str]) -> bool:
    return any(answer.casefold() in text.casefold() for answer in answers)


def _verdict(row: ModelTest) -> str:
    if row.errs:
        return f"“{row.model}” says what is wrong: quotes alone are safer."
    if row.worse:
        return f"“{row.model}” answers less than the quotes alone."
    return f"“{row.model}” answers as well as the quotes alone, in its own words."
