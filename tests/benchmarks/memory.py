"""The suite `memory`: statements with concepts, associations and fibers, and recall by reflex.

Everything through the doors of the library, in real files, each size in processes of its own. What
is asked are made questions; where the evaluation data lies beside the script that measures rivals,
that script asks its own questions, too, and its figures are the ones that stand in the rows.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.processes import Figures, measured
from tests.benchmarks.processes import run as run_process
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged, label
from workbench.errors import InputError, WorkbenchError

GOALS: Mapping[str, Goal] = {
    "encode_1k": Goal("statements/s", 5000, True),
    "encode_100k": Goal("statements/s", 5000, True),
    "reflex_recall_100k": Goal("ms", 5, False),
    "rivals_direct_first": Goal("of 100", 98, True),
    "rivals_reworded_first": Goal("of 100", 60, True),
    "rivals_silent": Goal("of 20", 19, True),
}
_KINDS = {"direct": "direct_first", "reworded": "reworded_first", "silent": "silent"}
#: What the script for rivals measures ours by: the doors as the portable cases use them.
_ADAPTER = "tests.cases_adapter:create"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured on. The goals are for the sizes that stand here.

    `asked` statements hold those that questions are about; `seconds` is the time for recall;
    `rivals` says whether the script for rivals is run where it lies.
    """

    sizes: tuple[int, ...] = (1000, 10_000, 100_000)
    asked: int = 10_000
    seconds: float = 4.0
    rivals: bool = True


def up_to(sizes: tuple[int, ...]) -> Size:
    """The same on libraries of these sizes; questions are asked of the one that is nearest."""
    asked = min(sizes, key=lambda size: abs(size - Size().asked))
    return Size(sizes, asked, rivals=asked == Size().asked)


def run(say: Say, size: Size | None = None) -> list[Row]:
    """Measure every row of the suite; those of a size that was not asked for say so."""
    size = size or Size()
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder:
        found = list(_rows(Path(folder), size, say))
    return agreed(found, GOALS, "not measured on these sizes")


def _rows(folder: Path, size: Size, say: Say) -> Iterator[Row]:
    for each in sorted({*size.sizes, size.asked}):
        file = folder / label(each) / "memory.brain"
        yield _encoded(file, each, say)
        yield _recalled(file, each, size.seconds, say)
        if each == size.asked:
            yield from _asked(file, each, size, say)


def _child(what: str, file: Path, **more: object) -> Figures:
    file.parent.mkdir(exist_ok=True)
    return measured("tests.benchmarks.memory_child", what, file.parent / "home", file=file, **more)


def _encoded(file: Path, size: int, say: Say) -> Row:
    got, tag = _child("encode", file, size=size), label(size)
    if got["lost"]:
        raise WorkbenchError("Statements were lost.", f"{got['lost']} of {size} are not linked.")
    rate = size / got["seconds"]
    say(f"encoded {tag} statements: {rate:,.0f} a second")
    on = f"{tag} statements, {got['call']} a call, acknowledged, until all are linked"
    return judged(f"encode_{tag}", rate, GOALS, on, "statements/s")


def _recalled(file: Path, size: int, seconds: float, say: Say) -> Row:
    got, tag = _child("recall", file, seconds=seconds), label(size)
    say(f"recalled from {tag} statements: {got['median'] / 1e3:.2f} ms")
    on = f"{tag} statements, context put together; {got['times']} calls, warm; median"
    return judged(f"reflex_recall_{tag}", got["median"] / 1e3, GOALS, on, "ms")


def _asked(file: Path, size: int, measured: Size, say: Say) -> Iterator[Row]:
    own = _child("questions", file)
    say(", ".join(f"{kind} {own[kind]}" for kind in _KINDS))
    rivals = _rivals(file.parent, size, say) if measured.rivals else None
    on = f"{label(size)} statements; made questions of the suite"
    for kind, name in _KINDS.items():
        if rivals is not None:
            unit = GOALS[f"rivals_{name}"].unit
            yield judged(f"own_{name}", own[kind], {}, on, unit)
        script = f"{label(size)} memories of rivals_memory.py, asked by it"
        script += "" if rivals else "; it did not finish"
        asked, where = (own, on) if rivals is None else (rivals, script)
        yield judged(f"rivals_{name}", asked.get(kind), GOALS, where)


def _rivals(folder: Path, size: int, say: Say) -> dict[str, int] | None:
    """What the script for rivals says of ours; None where it, its data or the adapter is not.

    Empty where it fails: that is told, and its rows have no figure.
    """
    checkout = Path(__file__).resolve().parents[2]
    try:
        script = corpus_folder().resolve().parent / "bench" / "rivals_memory.py"
    except InputError as missing:
        say(f"the script for rivals was left out: {missing}")
        return None
    if not script.is_file() or not (checkout / "tests" / "cases_adapter.py").is_file():
        say("the script for rivals was left out: it is not beside the evaluation data")
        return None
    out = folder / "rivals.json"
    more = ["--engines", "ours", "--ours", _ADAPTER, "--sizes", str(size), "--json", str(out)]
    at = {**os.environ, "WORKBENCH_HOME": str(folder / "rivals"), "PYTHONPATH": str(checkout)}
    finished = run_process([sys.executable, str(script), *more], at)
    rows = json.loads(out.read_text("utf-8")) if not finished.code and out.is_file() else []
    if not rows or "error" in rows[0]:
        why = rows[0]["error"] if rows else finished.errors.strip()[-800:]
        say(f"the script for rivals did not finish: {why}")
        return {}
    say(f"rivals_memory.py: {rows[0]['first']}, silent {rows[0]['silent']}")
    first: dict[str, int] = rows[0]["first"]
    return {"direct": first["direct"], "reworded": first["reworded"], "silent": rows[0]["silent"]}
