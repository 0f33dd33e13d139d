"""Did a change alter what the program answers? Record its answers, then compare two records.

300 development questions (`ask`) and 220 questions about told facts (`value`) go through the
stable command line, so that a record outlives any rewrite behind it:

    python -m tests.benchmarks.comparison record FILE.jsonl
    python -m tests.benchmarks.comparison compare BEFORE.jsonl AFTER.jsonl

`compare` exits with 1 and names every changed field where two records differ. What may differ
between two runs of the same program (durations, moments, row ids) is left out of a record.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.corpus import corpus_folder, rows_of

#: Questions of each set; "everyday" are asked of their own text, the others of their own set.
_ASKED = (("everyday", 160), ("xquad", 60), ("hotpotqa", 40), ("musique", 40))
_VALUES = 220

#: Fields that say when or where, not what.
_VARYING = frozenset({"milliseconds", "id", "engram", "told", "at", "expires", "path"})

#: Runs many commands in one interpreter: argument lists in, one JSON list of output lines out.
_RUNNER = """
import contextlib, io, json, sys
from workbench.cli.main import main
for line in sys.stdin:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main(json.loads(line))
    print(json.dumps([code, out.getvalue()]), flush=True)
"""


def record(target: Path) -> int:
    """Ask everything of fresh libraries, write one answer a line and return their number."""
    corpus = corpus_folder()
    with TemporaryDirectory() as name, target.open("w", encoding="utf-8") as file:
        count = 0
        for line in (*_questions(corpus, Path(name)), *_facts(corpus, Path(name))):
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    return count


def compare(before: Path, after: Path) -> list[str]:
    """Name each difference of two records, one line a field."""
    old, new = (_by_id(path) for path in (before, after))
    lines = [f"{key}: only in {before.name}" for key in old.keys() - new.keys()]
    lines += [f"{key}: only in {after.name}" for key in new.keys() - old.keys()]
    for key in old.keys() & new.keys():
        for where, was, now in _differences(old[key], new[key]):
            lines.append(f"{key} {where}: {_short(was)} → {_short(now)}")
    return sorted(lines)


def _by_id(path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows_of(path)}


def _differences(old: Any, new: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        # A field that is only added is no changed answer.
        for key in old:
            yield from _differences(old[key], new.get(key), f"{where}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, f"{where}[{number}]")
    elif old != new:
        yield where, old, new


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else f"{text[:157]}…"


def _questions(corpus: Path, folder: Path) -> Iterator[dict[str, Any]]:
    for name, count in _ASKED:
        library = folder / f"{name}.brain"
        if name == "everyday":
            asked = [row for row in rows_of(corpus / name / "questions.jsonl") if row["question"]]
            _add_texts(library, corpus, sorted({row["text"] for row in asked}))
        else:
            asked = rows_of(corpus / name / "questions.jsonl.gz")
            records = folder / f"{name}.jsonl"
            kept = [{k: r[k] for k in ("id", "title", "text")} for r in _passages(corpus, name)]
            records.write_text("".join(json.dumps(r) + "\n" for r in kept), encoding="utf-8")
            _command(library, "add", str(records))
        batch = folder / f"{name}-batch.jsonl"
        batch.write_text(
            "".join(
                json.dumps(
                    {"id": row["id"], "question": row["question"]}
                    | ({"collection": row["text"]} if name == "everyday" else {})
                )
                + "\n"
                for row in asked[:count]
            ),
            encoding="utf-8",
        )
        for answer in _command(library, "ask", "--quotes", "--batch", str(batch)):
            yield {"id": f"ask {name} {answer['id']}", "answer": _steady(answer)}


def _passages(corpus: Path, name: str) -> list[dict[str, Any]]:
    return rows_of(corpus / name / "passages.jsonl.gz")


def _add_texts(library: Path, corpus: Path, texts: Sequence[str]) -> None:
    folders = (corpus / "everyday" / "texts", corpus / "books")
    for text in texts:
        (file,) = [p for f in folders for p in f.iterdir() if p.is_file() and p.stem == text]
        _command(library, "add", str(file), "--collection", text)


def _facts(corpus: Path, folder: Path) -> Iterator[dict[str, Any]]:
    """Values asked of told facts, each case in a collection of its own."""
    commands: list[list[str]] = []
    asked: dict[int, tuple[str, str]] = {}
    for case in rows_of(corpus / "everyday" / "facts.jsonl"):
        scope = ["--collection", case["id"], "--json", "--library", str(folder / "facts.brain")]
        commands += [["remember", told["text"], *scope] for told in case["tell"]]
        for number, question in enumerate(case["ask"]):
            asked[len(commands)] = (f"value {case['id']}.{number}", question["question"])
            commands.append(["value", question["question"], *scope])
    for place, lines in enumerate(_run(commands)):
        if place in asked and place in list(asked)[:_VALUES]:
            key, question = asked[place]
            yield {"id": key, "question": question, "answer": _steady(lines)}


def _run(commands: Iterable[Sequence[str]]) -> list[Any]:
    """Run commands of the program in one interpreter and return what each printed, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input="".join(json.dumps(list(command)) + "\n" for command in commands),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [[code, *map(json.loads, out.splitlines())] for code, out in answers]


def _command(library: Path, *words: str) -> list[Mapping[str, Any]]:
    (printed,) = _run([[*words, "--json", "--library", str(library)]])
    return list(printed[1:])


def _steady(value: Any) -> Any:
    """The value without what differs between two runs of the same program."""
    if isinstance(value, Mapping):
        # A told statement is an object under the name that elsewhere holds the moment of telling.
        kept = {k: v for k, v in value.items() if k not in _VARYING or isinstance(v, Mapping)}
        return {key: _steady(entry) for key, entry in kept.items()}
    if isinstance(value, list):
        return [_steady(entry) for entry in value]
    return round(value, 4) if isinstance(value, float) else value


def main(argv: Sequence[str] | None = None) -> int:
    """Record or compare, as the arguments say; 1 where two records differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.comparison")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("record").add_argument("file", type=Path)
    both = verbs.add_parser("compare")
    both.add_argument("before", type=Path)
    both.add_argument("after", type=Path)
    arguments = parser.parse_args(argv)
    if arguments.verb == "record":
        print(f"{record(arguments.file)} answers recorded")
        return 0
    lines = compare(arguments.before, arguments.after)
    print("\n".join([*lines, f"{len(lines)} differences"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
