"""Run benchmarks and print their rows.

    uv run python -m tests.benchmarks SUITE|all [--json] [--report FILE] [--sizes N,N] [--only PART]
                                                [--full]

Exits with 1 where a row misses its goal. `--report resources/bench/RESULTS.md` records what was
measured there; a file that ends in `.json` gets the rows as `--json` prints them.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import results
from tests.benchmarks.rows import as_dicts, table
from tests.benchmarks.suites import PARTED, SIZED, SUITES, machine, run_suite
from workbench.errors import WorkbenchError

_UNITS = {"k": 1000, "M": 1_000_000}


def main(words: Sequence[str] | None = None) -> int:
    """Run one suite or all; 0 where every row meets its goal."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Run benchmarks and print their rows."
    )
    parser.add_argument("suite", nargs="?", default="all", choices=(*SUITES, "all"))
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each suite")
    parser.add_argument("--report", type=Path, help="also write a report (.md or .json)")
    parser.add_argument(
        "--sizes", type=_sizes, default=(), metavar="N,N", help=f"for {', '.join(SIZED)}"
    )
    parser.add_argument(
        "--only", type=_parts, default=(), metavar="PART,PART", help=f"for {', '.join(PARTED)}"
    )
    parser.add_argument(
        "--full", action="store_true", help=f"as many trials as goals say: {', '.join(PARTED)}"
    )
    chosen = parser.parse_args(words)
    if chosen.sizes and chosen.suite not in SIZED:
        parser.error(f"Only these suites have sizes to choose: {', '.join(SIZED)}.")
    if chosen.only and chosen.suite not in PARTED:
        parser.error(f"Only these suites have parts to choose: {', '.join(PARTED)}.")
    measured, healthy = [], True
    for name in SUITES if chosen.suite == "all" else (chosen.suite,):
        try:
            rows = run_suite(name, _remark, chosen.sizes, chosen.only, full=chosen.full)
        except WorkbenchError as error:
            parser.error(str(error))
        healthy = healthy and all(row.met is not False for row in rows)
        measured.append({"suite": name, "machine": machine(), "rows": as_dicts(rows)})
        if chosen.json:
            print(json.dumps(measured[-1], ensure_ascii=False), flush=True)
        else:
            print(f"{name} — {machine()}\n{table(rows)}\n", flush=True)
        if chosen.report and chosen.report.suffix != ".json":
            results.record(chosen.report, name, rows)
    if chosen.report and chosen.report.suffix == ".json":
        text = json.dumps(measured, ensure_ascii=False, indent=1)
        chosen.report.write_text(text + "\n", encoding="utf-8")
    return 0 if healthy else 1


def _remark(line: str) -> None:
    print(line, file=sys.stderr)


def _sizes(words: str) -> tuple[int, ...]:
    """Numbers of facts or passages as people write them: "1k,200k,1M"."""
    sizes = []
    for word in words.split(","):
        size = word.strip()
        unit = _UNITS.get(size[-1:], 1)
        digits = size if unit == 1 else size[:-1]
        if not (digits.isascii() and digits.isdigit()) or not 100 <= int(digits) * unit <= 10**7:
            raise argparse.ArgumentTypeError(
                f"“{size}” is not a size; write sizes from 100 to 10M, such as 1k,100k"
            )
        sizes.append(int(digits) * unit)
    return tuple(sizes)


def _parts(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


if __name__ == "__main__":
    sys.exit(main())
