"""The suite `intake`: the long, the many and the interrupted, on made documents.

Adding is measured as a user starts it: a fresh process of the command line, from its start to its
end. The window is measured by `tests.benchmarks.measure` in processes of its own; memory in runs of
their own, since looking at it takes time. A row whose library is not as it should be afterwards
keeps its figure and is not met; its last column says why.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import segment
from tests.benchmarks import made_files, made_pdf
from tests.benchmarks.processes import added, in_window, setting
from tests.benchmarks.prose import Prose
from tests.benchmarks.reliability import kills
from tests.benchmarks.reliability.kills import COMMIT_KINDS
from tests.benchmarks.rows import DATA, Goal, Row, Say, agreed, judged
from workbench.library import Library
from workbench.memory import words
from workbench.store.store import Store

#: How text is written into files by anything here or below: SQLite, JSON, Qt.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
#: The kinds of words the index keeps apart: of texts, stems, titles, headings, authors.
_SPACES = ("", "s", "t", "h", "a")


def traces(phrases: Sequence[str], names: Sequence[str], folders: Iterable[Path]) -> list[str]:
    """Files that hold one of the phrases, or the index's number of one of the names, as sentences.

    `names` are single words that occur in no other text.
    """
    wanted = {
        phrase.encode(encoding): f"“{phrase}” in {encoding}"
        for phrase in [*phrases, *names, *map(str.lower, names)]
        for encoding in _ENCODINGS
    }
    for name in names:
        word = words.fold(name)
        for form in {word, *words.forms(word, "en")}:
            for space in _SPACES:
                number = words.key(form, space).to_bytes(8, "little")
                wanted[number] = f"the number of “{form}”"
    found = []
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            found += [f"{file.name}: {what}" for data, what in wanted.items() if data in content]
    return found


HELD_OUT = "held out"


@dataclass(frozen=True, slots=True)
class Case:
    """A text as its sentences, white space included: joined, they are the text."""

    language: str
    half: str
    set: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text before it was cut."""
        return "".join(self.sentences)


def cases() -> Iterator[Case]:
    """The hand-marked texts, in the order of the file."""
    file = DATA / "sentence_cuts.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield Case(told["language"], told["half"], told["set"], tuple(told["sentences"]))


def is_right(case: Case) -> bool:
    """Whether the text is cut at every mark and nowhere else."""
    found = [case.text[a:b] for a, b in segment.segment(case.text, case.language)]
    return found == [sentence.strip() for sentence in case.sentences]


def measure(half: str = "") -> tuple[int, int]:
    """How many texts (of one half) are cut exactly right, and how many there are."""
    judged = [is_right(case) for case in cases() if half in ("", case.half)]
    return sum(judged), len(judged)


GOALS: Mapping[str, Goal] = {
    "pdf_1000_pages_verified": Goal("s", 60, False),
    "event_loop_gap_1000_pages": Goal("ms", 100, False),
    "memory_all_processes_1000_pages": Goal("MB", 800, False),
    "memory_window_1000_pages": Goal("MB", 500, False),
    "small_files_rate": Goal("files/s", 100, True),
    "second_drop_2000_files": Goal("s", 5, False),
    "kills_lost_or_doubled": Goal("count", 0, False),
    "sentence_cuts_right": Goal("%", 98, True),
    "delete_book_for_good": Goal("s", 2, False),
}

_TOLD = 5


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured on. The goals are for the sizes that stand here."""

    times: int = 3
    pages: int = 1000
    files: int = 2000
    kills: int = 500
    kill_bytes: int = 150_000
    kinds: tuple[str, ...] = COMMIT_KINDS
    books: int = 100
    book_bytes: int = 300_000


def run(say: Say, size: Size | None = None) -> list[Row]:
    """Measure every row of the suite."""
    size = size or Size()
    rows: list[Row] = []
    for part in (_long_pdf, _small_files, _deletion, _kills, _cuts):
        with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
            rows += part(Path(folder), size, say)
    return agreed(rows, GOALS, "not measured")


# -- one long document ----------------------------------------------------------------------------


def _long_pdf(folder: Path, size: Size, say: Say) -> list[Row]:
    pdf = folder / "long.pdf"
    words = made_pdf.write(pdf, size.pages)
    made = f"made PDF, {size.pages} pages, two columns, {words:,} words"
    seconds: list[float] = []
    faults: list[str] = []
    for turn in range(size.times):
        library = folder / f"{turn}.brain"
        run = added(library, [pdf], library.with_suffix(".home"))
        seconds.append(run.seconds)
        faults += _not_whole(library, size.pages, words)
        say(f"{size.pages} pages verified in {run.seconds:.1f} s")
    on = f"{made}; {_runs(size.times)}, process start included"
    verified = judged("pdf_1000_pages_verified", statistics.median(seconds), GOALS, on)
    return [_doubted(verified, faults), *_long_pdf_in_window(pdf, made, size, say)]


def _not_whole(library: Path, pages: int, words: int) -> list[str]:
    """Whether all pages, and nearly all words, of the made PDF are in the library."""
    with Store.open(library, read_only=True) as store, store.read() as connection:
        found = connection.execute("SELECT sum(pages) FROM source").fetchone()[0]
        texts = connection.execute("SELECT text FROM section").fetchall()
    stored = sum(len(text.split()) for (text,) in texts)
    faults = [] if found == pages else [f"{found} of {pages} pages are there"]
    if abs(stored - words) > words / 100:
        faults.append(f"{stored} of {words} words are there")
    return faults


def _long_pdf_in_window(pdf: Path, made: str, size: Size, say: Say) -> list[Row]:
    told = [in_window("measure", "drop", [pdf], say)[0] for _ in range(size.times)]
    gaps = [facts["value"] for facts in told if facts]
    window = [facts["megabytes"] for facts in told if facts and facts["megabytes"]]
    looked_at, finished = in_window("measure", "drop", [pdf], say, memory=True)
    gap = statistics.median(gaps) if gaps else None
    peak = finished.peak_megabytes if looked_at else None
    how = "proportional sets" if Path("/proc/self/smaps_rollup").exists() else "resident sets"
    on = f"{made}, dropped; "
    gapped = f"{on}longest gap, {_runs(size.times)}" + (
        f" ({', '.join(f'{gap:.0f}' for gap in gaps)})" if gaps else ""
    )
    whole = f"{on}peak of the sum of {how} of the window and its readers"
    alone = f"{on}peak resident set of the window's process"
    return [
        judged("event_loop_gap_1000_pages", gap, GOALS, gapped),
        judged("memory_all_processes_1000_pages", peak, GOALS, whole),
        judged("memory_window_1000_pages", max(window, default=None), GOALS, alone),
    ]


# -- many small documents -------------------------------------------------------------------------


def _small_files(folder: Path, size: Size, say: Say) -> list[Row]:
    dropped = folder / "dropped"
    total = made_files.nested(dropped, size.files)
    made = f"{size.files} made files of {len(made_files.NESTED)} kinds, {total / 1e6:.1f} MB"
    rates: list[float] = []
    again: list[float] = []
    faults: list[str] = []
    doubled: list[str] = []
    for turn in range(size.times):
        library = folder / f"{turn}.brain"
        home = library.with_suffix(".home")
        first = added(library, [dropped], home)
        lines = [json.loads(line) for line in first.output.splitlines()]
        files = {line["path"] for line in lines if line["state"] == "verified"}
        if len(files) != size.files:
            faults.append(f"{len(files)} of {size.files} files were verified")
        rates.append(size.files / first.seconds)
        before = _counts(library)
        second = added(library, [dropped], home)
        lines = [json.loads(line) for line in second.output.splitlines()]
        if not all(line["already"] for line in lines):
            doubled.append("something was added again")
        if (after := _counts(library)) != before:
            doubled.append(f"there were {before}, and there are {after}")
        again.append(second.seconds)
        say(f"{size.files} files in {first.seconds:.1f} s, again in {second.seconds:.1f} s")
    nested = f"{made} in nested folders; {_runs(size.times)}, process start included"
    rate = judged("small_files_rate", statistics.median(rates), GOALS, nested)
    on = f"the same folder again; {_runs(size.times)}, process start included"
    row = judged("second_drop_2000_files", statistics.median(again), GOALS, on)
    return [_doubted(rate, faults), _doubted(row, doubled)]


def _counts(library: Path) -> dict[str, int]:
    with Store.open(library, read_only=True) as store, store.read() as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("source", "location", "section", "passage", "engram")
        }


# -- removal for good -----------------------------------------------------------------------------


def _deletion(folder: Path, size: Size, say: Say) -> list[Row]:
    originals, home, place = folder / "originals", folder / "home", folder / "library"
    originals.mkdir()
    place.mkdir()
    secrets: dict[str, tuple[list[str], list[str]]] = {}
    for number in range(size.books):
        name = f"{number:03}.txt"
        secrets[name] = _book(originals / name, number, size.book_bytes)
    library = place / "hundred.brain"
    added(library, [originals], home)
    seconds: list[float] = []
    faults: list[str] = []
    with setting("WORKBENCH_HOME", str(home)):
        with Library.open(library) as opened:
            rows = {Path(row.path or "").name: row.id for row in opened.sources.list()}
            # The middle, the newest and the oldest: each lies elsewhere in the index.
            doomed = [sorted(rows)[at] for at in (size.books // 2, -1, 0)]
            if not traces(*secrets[doomed[0]], (place, home)):
                faults.append("what is looked for could not even be found before")
            for name in doomed:
                began = time.perf_counter()
                clean = opened.sources.delete([rows[name]])
                seconds.append(time.perf_counter() - began)
                if not clean:
                    faults.append("the log could not be emptied")
                faults += traces(*secrets[name], (place, home))
                say(f"a book removed in {seconds[-1]:.2f} s, {len(faults)} traces of it")
            left = sorted(Path(row.path or "").name for row in opened.sources.list())
            if left != sorted(set(rows) - set(doomed)):
                faults.append("other books went as well, or one stayed")
        for name in doomed:
            faults += traces(*secrets[name], (place, home))
    made = f"{size.books} made books of {size.book_bytes // 1000} kB; median of {len(seconds)}"
    searched = "; then looked for in every file of library, log and cache, words and their numbers"
    row = judged("delete_book_for_good", statistics.median(seconds), GOALS, made + searched)
    return [_doubted(row, faults)]


def _book(file: Path, number: int, size: int) -> tuple[list[str], list[str]]:
    """Write a book; return some of its sentences, and some names that no other book has."""
    prose = Prose(10_000 + number)
    names = [prose.name() + prose.name().lower() for _ in range(4)]
    title = f"The Confessions of {names[0]} {names[1]}"
    sentences: list[str] = []
    paragraphs: list[str] = []
    written = 0
    while written < size:
        paragraph = prose.paragraph(90)
        name = names[len(paragraphs) % len(names)]
        kept = f"Only {name} {prose.noun()} remembered {prose.noun()} and {prose.noun()}."
        if len(paragraphs) % 40 == 0 and len(sentences) < 8:
            sentences.append(kept)
        paragraphs.append(f"{paragraph} {kept}")
        written += len(paragraphs[-1]) + 2
    file.write_text("\n\n".join([title, *paragraphs]) + "\n", encoding="utf-8")
    return sentences, names


# -- interruptions, and cuts ----------------------------------------------------------------------


def _kills(folder: Path, size: Size, say: Say) -> list[Row]:
    name = "kills_lost_or_doubled"
    if sys.platform == "win32":
        return [judged(name, None, GOALS, "not measured on Windows")]
    found = kills.adding(folder, kills=size.kills, size=size.kill_bytes, kinds=size.kinds, say=say)
    for fault in found.faults:
        say(fault)
    on = (
        f"{found.kills} kills at random moments of adding a mixed folder ({found.midway} with a "
        f"document stored in part), {found.libraries} libraries; {found.commits} deaths right "
        f"before and after commits, {len(size.kinds)} kinds of documents"
    )
    return [_doubted(judged(name, len(found.faults), GOALS, on), found.faults)]


def _cuts(_folder: Path, _size: Size, say: Say) -> list[Row]:
    right, total = measure()
    unseen_right, unseen = measure(HELD_OUT)
    say(f"{right} of {total} texts cut right; {unseen_right} of the {unseen} held out")
    name, on = "sentence_cuts_right", f"the {unseen} of them that no rule was changed for"
    return [
        judged(name, 100 * right / total, GOALS, f"{total} hand-marked texts"),
        judged(f"{name}_held_out", 100 * unseen_right / unseen, GOALS, on, "%"),
    ]


# -- common parts ---------------------------------------------------------------------------------


def _runs(times: int) -> str:
    return f"median of {times} runs" if times > 1 else "one run"


def _doubted(row: Row, faults: Sequence[str]) -> Row:
    """The row, not met where anything was wrong with what it was measured on."""
    if not faults:
        return row
    told = "; ".join(list(dict.fromkeys(faults))[:_TOLD])
    return replace(row, met=False, input=f"{row.input}. Wrong: {told}")
