"""The suite `tables`: one question to many sources, what they differ in, their dates and lists.

The texts are made. Reports and differences come from `made_reports`, where what is true is known
because it was put there; dated sentences and questions for lists were written, with what is right,
before the code that is measured had read them (`dated_sentences.txt`, `list_questions.txt`), and
the code was mended on what it missed there. Questions about real articles are of three parts
(`list_questions_read.txt`): the first was used while the code was written, the second when it was
done, and the third was asked once. German questions are of two parts likewise
(`list_questions_de.txt`). What thirty real papers say to eight questions was read before a cell was
seen (`paper_cells.txt`; the reader that ships was trained on other questions to these papers).
Points of overviews were written from memory of six books of the evaluation data before their
overviews were seen, and of eight others (`overview_points.txt`).
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import made_reports
from tests.benchmarks.corpus import NoCorpus, corpus_folder, rows_of
from tests.benchmarks.rows import DATA, Goal, Row, Say, judged
from workbench.library import Library
from workbench.library.tables import ready_questions
from workbench.recall.records import Answer, Cell, DatedStatement

GOALS: Mapping[str, Goal] = {
    "cells_right": Goal("%", 70, True),
    "cells_wrong_and_sure": Goal("%", 6, False),
    "cells_unstated_right": Goal("%", 85, True),
    "paper_cells_right": Goal("%", 70, True),
    "paper_cells_wrong_and_sure": Goal("%", 6, False),
    "paper_cells_unstated_right": Goal("%", 85, True),
    # 25 papers and 8 questions in a minute.
    "cell_time": Goal("s", 0.3, False),
    "differences_found": Goal("of 60", 42, True),
    "differences_false": Goal("%", 20, False),
    "dates_right": Goal("%", 90, True),
    "dates_false": Goal("%", 5, False),
    "dates_sure_and_wrong": Goal("%", 2, False),
    "lists_complete": Goal("%", 80, True),
    "lists_read_complete": Goal("%", 80, True),
    "lists_read_first_seen": Goal("%", 80, True),
    "lists_read_last_seen": Goal("%", 80, True),
    "lists_german": Goal("%", 80, True),
    "lists_german_last_seen": Goal("%", 80, True),
    # 45 of 55 points.
    "overview_points": Goal("%", 82, True),
    "overview_points_last_seen": Goal("%", 82, True),
}


@dataclass(slots=True)
class _Document:
    """A made document: its kind, its lines with what is true of them, and questions about it."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    questions: list[tuple[str, list[str]]] = field(default_factory=list)


def run(say: Say) -> list[Row]:
    """Measure every row of the suite, with the reader that ships."""
    return [
        *_cells(say), *_paper_cells(say), *_differences(say), *_dates(say),
        *_lists(say), *_overviews(say),
    ]  # fmt: skip


def _cells(say: Say) -> list[Row]:
    reports = made_reports.reports()
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
        for report in reports:
            _add(library, Path(folder), report.title, report.text)
        ids = [row.id for row in library.sources.list()]
        library.tables.create("Studies", made_reports.QUESTIONS, sources=sorted(ids))
        begun = time.process_time()
        table = library.tables.fill("Studies")
        taken = time.process_time() - begun
        truth = {report.title: report.truth for report in reports}
        pairs = [
            (cell, right)
            for row in table.rows
            for cell, right in zip(row.cells, truth[row.source.title], strict=True)
        ]
    note = f"{len(reports)} made reports, {len(made_reports.QUESTIONS)} questions"
    return [
        *_judged_cells("cells", pairs, note, say),
        judged("cell_time", taken / len(pairs), GOALS, note),
    ]


def _paper_cells(say: Say) -> list[Row]:
    """Cells of real papers; nothing without them."""
    try:
        corpus = corpus_folder()
    except NoCorpus as missing:
        say(f"cells of papers: {missing}")
        return []
    papers = rows_of(corpus / "stories" / "covid-papers.jsonl.gz")
    documents = [*_documents("paper_cells.txt")]
    questions = [*ready_questions("papers"), "Where was the study done?"]
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
        for document in documents:
            _add(library, Path(folder), document.title, papers[int(document.title)]["text"])
        ids = [row.id for row in library.sources.list()]
        library.tables.create("Papers", questions, sources=sorted(ids))
        table = library.tables.fill("Papers")
    truth = {document.title: [line for _, line in document.lines] for document in documents}
    pairs = [
        (cell, "" if right == "-" else right)
        for row in table.rows
        for cell, right in zip(row.cells, truth[row.source.title], strict=True)
        if right != "?"
    ]
    note = f"{len(pairs)} cells of {len(documents)} real papers"
    return _judged_cells("paper_cells", pairs, note, say)


def _judged_cells(name: str, pairs: Sequence[tuple[Cell, str]], note: str, say: Say) -> list[Row]:
    for question in dict.fromkeys(cell.question for cell, _ in pairs):
        part = [pair for pair in pairs if pair[0].question == question]
        say(f"{question} {sum(map(_is_right, part))} of {len(part)} right")
    unstated = [pair for pair in pairs if not pair[1]]
    sure = [pair for pair in pairs if pair[0].state == "answer" and not _is_right(pair)]
    figures = {
        f"{name}_right": 100 * sum(map(_is_right, pairs)) / len(pairs),
        f"{name}_wrong_and_sure": 100 * len(sure) / len(pairs),
        f"{name}_unstated_right": 100 * sum(map(_is_right, unstated)) / len(unstated),
    }
    return [judged(figure, value, GOALS, note) for figure, value in figures.items()]


def _add(library: Library, folder: Path, title: str, content: str) -> None:
    """Add a text, and let the embedding model read it, as a window does."""
    file = folder / f"{title}.txt"
    file.write_text(content, encoding="utf-8")
    library.add(file, title=title, wait="embedded")


def _is_right(pair: tuple[Cell, str]) -> bool:
    cell, right = pair
    if not right:
        return cell.state == "unstated"
    return any(word in cell.text.lower() for word in right.lower().split("|"))


def _differences(say: Say) -> list[Row]:
    texts, planted = made_reports.differing()
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
        for title, content in texts.items():
            library.add_text(content, title=title)
        shown = library.differences.list(limit=1000)
    found = {frozenset((item.first.quote, item.second.quote)) for item in shown}
    false = [
        item
        for item in shown
        if not (subject := made_reports.subject_of(item.first.quote))
        or subject != made_reports.subject_of(item.second.quote)
    ]
    for item in false:
        say(f"no difference: {item.first.quote} / {item.second.quote}")
    note = f"{len(planted)} planted pairs in {len(texts)} made sources"
    hits = sum(pair in found for pair in planted)
    share = 100 * len(false) / max(1, len(shown))
    return [
        judged("differences_found", 60 * hits / len(planted), GOALS, note),
        judged("differences_false", share, GOALS, f"{len(shown)} that were listed"),
    ]


def _dates(say: Say) -> list[Row]:
    right = dated = false = sure = wrong = 0
    for document in _documents("dated_sentences.txt"):
        content = " ".join(sentence for _, sentence in document.lines)
        with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
            library.add_text(content, title=document.title)
            read = library.timeline.list().statements
        for truth, sentence in document.lines:
            at = content.index(sentence)
            found = [item for item in read if _lies_in(item, at, sentence)]
            given = {(item.date, bool(item.doubt)) for item in found}
            wanted = {(day.strip(), truth[0] == "~") for day in truth[2:].split(",") if day.strip()}
            dated += bool(wanted)
            right += bool(wanted) and given == wanted
            false += bool(given) and not wanted
            sure += sum(not doubt for _, doubt in given)
            wrong += sum(not doubt and (day, doubt) not in wanted for day, doubt in given)
            if given != wanted:
                say(f"{document.title}: {sentence} {sorted(given)}")
    note = f"{dated} made sentences with dates"
    return [
        judged("dates_right", 100 * right / dated, GOALS, note),
        judged("dates_false", 100 * false / max(1, dated), GOALS, "sentences without a date"),
        judged("dates_sure_and_wrong", 100 * wrong / max(1, sure), GOALS, f"{sure} sure dates"),
    ]


def _lies_in(item: DatedStatement, at: int, sentence: str) -> bool:
    place = item.sentence.place.start + item.sentence.marks[0][0]
    return at <= place < at + len(sentence)


def _lists(say: Say) -> list[Row]:
    made = _lists_made("list_questions.txt", ["lists_complete"], "made texts", say)
    names = ["lists_german", "lists_german_last_seen"]
    german = _lists_made("list_questions_de.txt", names, "made German texts", say)
    return [*made, *german, *_lists_read(say)]


def _lists_made(file: str, names: Sequence[str], kind: str, say: Say) -> list[Row]:
    """A figure for each part of a file of made texts and questions; "- …" begins a part."""
    parts: list[list[tuple[str, list[str]]]] = [[]]
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
        for document in _documents(file):
            if document.title.startswith("- "):
                parts.append([])
                continue
            content = " ".join(sentence for _, sentence in document.lines)
            _add(library, Path(folder), document.title, content)
            parts[-1] += document.questions
        return [
            judged(name, _complete(library, part, say), GOALS, f"{len(part)} questions of {kind}")
            for name, part in zip(names, parts, strict=True)
        ]


def _lists_read(say: Say) -> list[Row]:
    """Lists of things of one kind in real texts; nothing without them."""
    try:
        corpus = corpus_folder()
    except NoCorpus as missing:
        say(f"lists: {missing}")
        return []
    documents = [*_documents("list_questions_read.txt")]
    with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
        for document in documents:
            if document.title != "-":
                library.add(corpus / document.title, wait="embedded")
        # Each part is answered with the sources of all parts at hand.
        parts = [document.questions for document in documents if document.questions]
        shares = [_complete(library, part, say) for part in parts]
    names = ("lists_read_complete", "lists_read_first_seen", "lists_read_last_seen")
    return [
        judged(name, share, GOALS, f"{len(part)} questions of real articles")
        for name, share, part in zip(names, shares, parts, strict=True)
    ]


def _complete(library: Library, questions: Sequence[tuple[str, Sequence[str]]], say: Say) -> float:
    """The share of questions in percent whose answers name all that they should."""
    complete = 0
    for question, items in questions:
        words = _shown(library.ask(question)).lower()
        missing = [item for item in items if item.lower() not in words]
        complete += not missing
        if missing:
            say(f"{question} Missing: {', '.join(missing)}")
    return 100 * complete / len(questions)


def _overviews(say: Say) -> list[Row]:
    """What overviews of whole books name of what a reader expects; nothing without the books."""
    try:
        corpus = corpus_folder()
    except NoCorpus as missing:
        say(f"overviews: {missing}")
        return []
    rows, points, named, books = list[Row](), 0, 0, 0
    names = ["overview_points", "overview_points_last_seen"]
    for document in [*_documents("overview_points.txt"), _Document("- end")]:
        if document.title.startswith("- "):
            note = f"{points} points of {books} books"
            rows.append(judged(names[len(rows)], 100 * named / points, GOALS, note))
            points = named = books = 0
            continue
        with TemporaryDirectory() as folder, Library.open(Path(folder) / "x.brain") as library:
            library.add(corpus / document.title, wait="linked")
            answer = library.ask("What is this book about?")
        words = " ".join(sentence.text for sentence in answer.sentences).lower()
        books += 1
        for _, point in document.lines:
            is_named = any(word in words for word in point.lower().split("|"))
            points, named = points + 1, named + is_named
            if not is_named:
                say(f"{document.title}: {point} is missing")
    return rows


def _shown(answer: Answer) -> str:
    """The value, the sentences of an answer, and the titles that they are cited from."""
    cited = {number for sentence in answer.sentences for number in sentence.citations}
    titles = [item.source.title for item in answer.evidence if item.n in cited]
    return " ".join([answer.value or "", *(row.text for row in answer.sentences), *titles])


def _documents(name: str) -> Iterator[_Document]:
    document: _Document | None = None
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            if document is not None:
                yield document
            document = _Document(line.removeprefix("## "))
        elif document is None:
            continue
        elif line.startswith("? "):
            document.questions.append((line[2:], []))
        elif document.questions and line.startswith("= "):
            document.questions[-1][1].extend(line[2:].split(" | "))
        else:
            truth, tab, sentence = line.partition("\t")
            document.lines.append((truth, sentence) if tab else ("", line))
    if document is not None:
        yield document
