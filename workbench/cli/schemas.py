"""The command that learns a database's schema: train-db."""

import argparse
from collections.abc import Callable, Mapping

from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine, many
from workbench.memory.schemas.records import Trained

#: Changed statements that are printed for people; `--json` has them all.
_TOLD = 12


def _train_db(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments, make=True) as library, ProgressLine(output) as line:
        done = library.train_db(
            arguments.url,
            domain=arguments.domain,
            collection=arguments.collection,
            consolidate=arguments.consolidate,
            salience_ceiling=arguments.salience_ceiling,
            initial_stage=arguments.stage,
            include_patterns=not arguments.no_patterns,
            include_relationships=not arguments.no_relationships,
            max_tables=arguments.max_tables,
            report=line,
        )
    output.shown(done, _say)
    return 0


def _say(done: Trained, output: Output) -> None:
    views = f", {many(done.views, 'view')}" if done.views else ""
    output.result(
        f"{many(done.tables, 'table')}{views}, {many(done.relationships, 'relationship')}, "
        f"{many(done.patterns, 'pattern')}: {many(done.statements, 'statement')}."
    )
    if not done.changed:
        output.result("✓ Nothing has changed since it was learned.")
    else:
        output.result(f"✓ Learned: {len(done.added):,} new, {len(done.removed):,} taken back.")
        if done.removed:
            for mark, texts in (("-", done.removed), ("+", done.added)):
                for text in texts[:_TOLD]:
                    output.remark(f"{mark} {text}")
                if len(texts) > _TOLD:
                    output.remark(f"{mark} … and {len(texts) - _TOLD:,} more (see --json)")
    output.remark(f"Fingerprint {done.fingerprint} · {done.place}")
    for notice in done.notices:
        output.complaint(notice)


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"train-db": _train_db}
