"""`workbench bench`: run a suite of measurements and print its rows."""

import argparse
import json
from pathlib import Path

from workbench.bench.rows import as_dicts, table
from workbench.bench.suites import PARTED, SIZED, SUITES, machine, run_suite
from workbench.cli.output import Output
from workbench.errors import InputError, UsageError


def bench(arguments: argparse.Namespace, output: Output) -> int:
    """Run one suite or all; 0 when every row could be measured, 1 when one misses its goal."""
    names = list(SUITES) if arguments.suite == "all" else [arguments.suite]
    if unknown := [name for name in names if name not in SUITES]:
        raise UsageError(
            f"There is no suite “{unknown[0]}”.", f"Choose one of: {', '.join(SUITES)}, all."
        )
    sizes = _sizes(arguments.sizes)
    if sizes and arguments.suite not in SIZED:
        raise UsageError(
            "Only some suites have sizes to choose.", f"Choose one of: {', '.join(SIZED)}."
        )
    parts = tuple(part.strip() for part in arguments.only.split(",")) if arguments.only else ()
    if parts and arguments.suite not in PARTED:
        raise UsageError(
            "Only some suites have parts to choose.", f"Choose one of: {', '.join(PARTED)}."
        )
    measured, healthy = [], True
    for name in names:
        rows = run_suite(name, output.remark, sizes, parts)
        healthy = healthy and all(row.met is not False for row in rows)
        measured.append({"suite": name, "machine": machine(), "rows": as_dicts(rows)})
        output.say(measured[-1], f"{name} — {machine()}\n{table(rows)}\n")
    if arguments.report:
        _write(Path(arguments.report), measured)
    return 0 if healthy else 1


def _sizes(words: str | None) -> tuple[int, ...]:
    """Numbers of facts or passages as people write them: "1k,200k,1M"."""
    sizes = []
    for word in (words or "").split(","):
        told = word.strip()
        if not told and words is None:
            continue
        unit = {"k": 1000, "M": 1_000_000}.get(told[-1:], 1)
        digits = told if unit == 1 else told[:-1]
        if not (digits.isascii() and digits.isdigit()) or not 100 <= int(digits) * unit <= 10**7:
            raise UsageError(
                f"“{told}” is not a size.", "Write sizes from 100 to 10M, such as 1k,100k."
            )
        sizes.append(int(digits) * unit)
    return tuple(sizes)


def _write(file: Path, measured: list[dict[str, object]]) -> None:
    if file.suffix == ".json":
        text = json.dumps(measured, ensure_ascii=False, indent=1)
    else:
        text = "\n".join(_markdown(suite) for suite in measured)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The report could not be written to {file}.", f"{error.strerror}; choose another file."
        ) from error


def _markdown(suite: dict[str, object]) -> str:
    rows = suite["rows"]
    assert isinstance(rows, list)
    lines = [
        f"## {suite['suite']}",
        "",
        f"{suite['machine']}",
        "",
        "| figure | value | unit | goal | met | measured on |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['name']} | {r['value']} | {r['unit']} | {r['goal']} | {r['met']} | {r['input']} |"
        for r in rows
    ]
    return "\n".join([*lines, ""])
