"""The suite `documents`: real documents, read as people drop them: what is lost, what is wrong.

The pack lies in the evaluation data (`peers`): test files of other projects, broken and hostile
ones among them. Each of its folders is added by the command line; titles, authors and words are
compared with what is known of the files. Processor time is taken of a second addition without text
recognition, because the words in pictures cost many times those of the text.
"""

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from ingest import readers
from ingest.errors import IngestError
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import command, in_home, setting
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

Truth = Mapping[str, Any]


def truths(pack: Path) -> dict[str, Truth]:
    """What is known of each file, by its name below `files/`."""
    lines = (pack / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["file"]: row for row in map(json.loads, lines)}


def words(text: str) -> list[str]:
    """The words of a text, capitals and soft hyphens aside."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return re.findall(r"\w+", plain)


def overlap(got: Sequence[str], wanted: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words that were read, in whatever order."""
    common = sum((Counter(got) & Counter(wanted)).values())
    precision, recall = common / max(1, len(got)), common / max(1, len(wanted))
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def is_title(got: str, wanted: Sequence[str]) -> bool:
    """Whether a title is one of those that are right, but for signs and a slip."""
    found = _plain(got)
    return any(
        "".join(found) == "".join(_plain(one))
        or difflib.SequenceMatcher(None, found, _plain(one), autojunk=False).ratio() >= 0.9
        for one in wanted
    )


def are_authors(got: str, wanted: Sequence[str]) -> bool:
    """Whether every family name is among the authors, and little else."""
    found, people = _plain(got), [_plain(one) for one in wanted]
    families = [[name for name in one if name not in _NO_NAMES][-1:] for one in people]
    # A "Jr." after a comma stands in some truths as a person of its own.
    named = all(family[0] in found for family in families if family)
    return bool(found) and named and len(found) <= 1.6 * sum(map(len, people)) + 1


_NO_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "’": "", "'": ""})


def _plain(text: str) -> list[str]:
    bare = (each for each in unicodedata.normalize("NFKD", text.casefold()))
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return re.findall(r"[^\W_]+", kept.translate(_LETTERS))


GOALS: Mapping[str, Goal] = {
    "reader_crashes": Goal("count", 0, False),
    "not_accounted_for": Goal("count", 0, False),
    "refused_with_words": Goal("count", 0, False),
    "web_mean_f1": Goal("%", 95.5, True),
    "web_pages_under_70": Goal("count", 2, False),
    "paper_titles_right": Goal("%", 90, True),
    "paper_authors_right": Goal("%", 85, True),
    "pep_titles_right": Goal("%", 100, True),
    "pep_authors_right": Goal("%", 100, True),
    "epub_titles_right": Goal("%", 100, True),
    "mail_subjects_right": Goal("%", 100, True),
    "mailboxes_whole": Goal("%", 100, True),
    "pdf_word_precision": Goal("%", 99, True),
    "pdf_word_recall": Goal("%", 98, True),
    "papers_rate_text": Goal("papers/s", 3, True),
    "batch_memory_200": Goal("MB", 400, False),
    "pack_cpu_per_mb_without_figures": Goal("s/MB", 2, False),
    "largest_process": Goal("MB", 500, False),
}
#: Without text recognition.
_WITHOUT = ("WORKBENCH_OCR", "none")
_BATCH = 200
#: A page of the web below this F1 has lost its text, or is mostly something else.
_POOR = 0.7
_CRASHED = re.compile("unexpected fault|its reader stopped|Traceback|no progress")


@dataclass(frozen=True, slots=True)
class Finished:
    """An addition: the lines it printed, its processor time (s), its largest process (MB)."""

    lines: tuple[Mapping[str, Any], ...]
    seconds: float
    megabytes: float


@dataclass(slots=True)
class File:
    """What became of a file: its sources, and verified, refused, crashed or unnamed."""

    truth: Truth
    sources: tuple[int, ...]
    state: str
    error: str
    title: str = ""
    author: str = ""
    text: str = ""


def run(say: Say) -> list[Row]:
    """Measure every row on the pack of the evaluation data."""
    pack = corpus_folder() / "peers"
    return measured(pack, truths(pack), say)


def measured(pack: Path, known: Mapping[str, Truth], say: Say) -> list[Row]:
    """Every row on this pack."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        place = Path(name)
        batch = _batch_memory(pack, place, say)
        files, bare = _added(pack, known, place / "whole.brain", say)
        texts, text_only = _added(pack, known, place / "text.brain", say, [_WITHOUT])
    size = sum(path.stat().st_size for path in _files(pack)) / 1e6
    everything = f"{len(files)} files, {size:.1f} MB"
    values: dict[str, tuple[float | None, str]] = {
        **_accounts(files, everything),
        # The words in figures are none that pdftotext could read.
        **_words_right(files, texts),
        **_names_right(files),
        "papers_rate_text": _papers_rate(pack, known),
        "batch_memory_200": batch,
        "pack_cpu_per_mb_without_figures": (
            sum(each.seconds for each in text_only) / max(0.001, size),
            f"{everything}; starting the program {len(text_only)} times included",
        ),
        "largest_process": (max(each.megabytes for each in bare), everything),
    }
    for file in files.values():
        if file.state in ("crashed", "unnamed"):
            say(f"{file.state}: {file.truth['file']} {file.error}")
    return [judged(name, value, GOALS, on) for name, (value, on) in values.items()]


# -- adding ----------------------------------------------------------------------------------------


def _files(pack: Path) -> list[Path]:
    return sorted(path for path in (pack / "files").rglob("*") if path.is_file())


def _add(library: Path, what: Path, changes: Sequence[tuple[str, str]] = ()) -> Finished:
    """Add a folder by the command line."""
    words = command(library, "--json", "add", str(what))
    environment = in_home(library.parent / "home", **dict(changes))
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        seconds, megabytes = _used(process)
        out.seek(0)
        lines = tuple(json.loads(line) for line in out.read().decode().splitlines())
    return Finished(lines, seconds, megabytes)


def _used(process: "subprocess.Popen[bytes]") -> tuple[float, float]:
    """Processor time and the largest process of a command and all it has waited for."""
    if sys.platform == "win32":
        process.wait()
        return 0.0, 0.0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1e6 / 1024 if _IS_KB else 1e6)


_IS_KB = sys.platform != "darwin"


def _added(
    pack: Path,
    known: Mapping[str, Truth],
    library: Path,
    say: Say,
    changes: Sequence[tuple[str, str]] = (),
) -> tuple[dict[str, File], list[Finished]]:
    """Add the folders of a pack, one after the other; what became of each file."""
    done = []
    files: dict[str, File] = {}
    for folder in sorted(path for path in (pack / "files").iterdir() if path.is_dir()):
        finished = _add(library, folder, changes)
        done.append(finished)
        say(f"{folder.name}: {finished.seconds:.1f} s, {finished.megabytes:.0f} MB")
        for path in (path for path in _files(pack) if folder in path.parents):
            name = path.relative_to(pack / "files").as_posix()
            said = [line for line in finished.lines if line["path"] == str(path)]
            files[name] = _file({"file": name, **known.get(name, {})}, said)
    with Library.open(library, read_only=True) as opened:
        rows = {row.id: row for row in opened.sources.list()}
        for file in files.values():
            if file.sources and (row := rows.get(file.sources[0])):
                file.title, file.author = row.title, row.author
                sections = opened.sources.sections(row.id) if _is_read(file.truth) else []
                file.text = "\n".join(
                    opened.sources.text(each.source, each.start, each.end) for each in sections
                )
    return files, done


def _is_read(truth: Truth) -> bool:
    return "article" in truth or "words" in truth


def _file(truth: Truth, said: Sequence[Mapping[str, Any]]) -> File:
    error = " ".join(line["error"] for line in said if line["error"])
    if any(line["state"] == "verified" for line in said):
        state = "verified"
    elif _CRASHED.search(error):
        state = "crashed"
    else:
        state = "refused" if said else "unnamed"
    found = dict.fromkeys(line["source"] for line in said if line["source"] is not None)
    return File(truth, tuple(found), state, error)


def _batch_memory(pack: Path, place: Path, say: Say) -> tuple[float | None, str]:
    """The largest process while a folder of many documents is added, texts alone."""
    folder = place / "batch"
    folder.mkdir()
    chosen = [path for path in _files(pack) if path.suffix.lower() == ".pdf"][:_BATCH]
    for number, path in enumerate(chosen):
        shutil.copyfile(path, folder / f"{number:03}{path.suffix}")
    finished = _add(place / "batch.brain", folder, [_WITHOUT])
    say(f"a batch of {len(chosen)} PDFs: {finished.megabytes:.0f} MB")
    return finished.megabytes, f"{len(chosen)} PDFs in one folder"


def _papers_rate(pack: Path, known: Mapping[str, Truth]) -> tuple[float | None, str]:
    """Papers a second of processor time, read and cut into passages, without text recognition."""
    papers = [pack / "files" / name for name, truth in known.items() if truth.get("paper")]
    began = time.process_time()
    with setting(*_WITHOUT):
        for path in papers:
            for _ in _read(path):
                pass
    taken = time.process_time() - began
    return (len(papers) / taken if papers else None), f"{len(papers)} papers, read alone"


def _read(path: Path) -> Iterator[object]:
    try:
        yield from readers.read(path)
    except IngestError:
        return


# -- judging ---------------------------------------------------------------------------------------

Values = dict[str, tuple[float | None, str]]


def _accounts(files: Mapping[str, File], on: str) -> Values:
    def count(states: Collection[str]) -> int:
        return sum(file.state in states for file in files.values())

    held = [file for file in files.values() if file.truth.get("found")]
    refused = [file for file in held if file.state == "refused" and "locked" not in file.error]
    return {
        "reader_crashes": (count({"crashed"}), on),
        "not_accounted_for": (count({"unnamed"}), on),
        "refused_with_words": (len(refused), f"{len(held)} PDFs in which pdftotext finds words"),
    }


def _words_right(files: Mapping[str, File], without_figures: Mapping[str, File]) -> Values:
    def compared(files: Mapping[str, File], key: str) -> list[tuple[float, float, float]]:
        found = [file for file in files.values() if file.truth.get(key)]
        return [overlap(words(file.text), words(file.truth[key])) for file in found]

    pages, texts = compared(files, "article"), compared(without_figures, "words")
    on = f"{len(texts)} PDFs of one column, against pdftotext"
    return {
        "web_mean_f1": (_percent([each[2] for each in pages]), f"{len(pages)} pages"),
        "web_pages_under_70": (sum(each[2] < _POOR for each in pages), f"{len(pages)} pages"),
        "pdf_word_precision": (_percent([each[0] for each in texts]), on),
        "pdf_word_recall": (_percent([each[1] for each in texts]), on),
    }


def _names_right(files: Mapping[str, File]) -> Values:
    groups: dict[str, list[File]] = {"paper": [], "pep": [], "epub": [], "mail": [], "box": []}
    for name, file in files.items():
        suffix = name.rpartition(".")[2].lower()
        kind = {"rst": "pep", "epub": "epub"}.get(
            suffix, "paper" if file.truth.get("paper") else ""
        )
        kind = "mail" if "subject" in file.truth else "box" if "messages" in file.truth else kind
        if kind:
            groups[kind].append(file)
    found: Values = {}
    for kind in ("paper", "pep", "epub"):
        titled = [
            is_title(each.title, [each.truth["title"], *each.truth.get("titles", ())])
            for each in groups[kind]
            if "title" in each.truth
        ]
        signed = [
            are_authors(each.author, each.truth["authors"])
            for each in groups[kind]
            if each.truth.get("authors")
        ]
        found[f"{kind}_titles_right"] = _percent(titled), f"{len(titled)} files"
        found[f"{kind}_authors_right"] = _percent(signed), f"{len(signed)} files"
    subjects = [is_title(each.title, [each.truth["subject"]]) for each in groups["mail"]]
    boxes = [len(each.sources) == each.truth["messages"] for each in groups["box"]]
    found["mail_subjects_right"] = _percent(subjects), f"{len(subjects)} messages"
    found["mailboxes_whole"] = _percent(boxes), f"{len(boxes)} mailboxes"
    return found


def _percent(values: Sequence[float]) -> float | None:
    return 100 * mean(values) if values else None
