"""The command `sleep`: preview, report, undo, settings, and what sleep proposes."""

import argparse
from datetime import datetime

from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine, many
from workbench.errors import UsageError
from workbench.library import Library
from workbench.sleep.records import Proposal, Slept, Undone

#: What was kept, merged, archived and found that is told one by one.
_SHOWN = 10


def sleep(arguments: argparse.Namespace, output: Output) -> int:
    """Sleep, or do with a sleep what the options say."""
    asked = [
        arguments.undo is not None, arguments.settings is not None, arguments.list,
        arguments.proposals, arguments.accept is not None, arguments.reject is not None,
    ]  # fmt: skip
    if sum(asked) > 1 or (any(asked) and (arguments.preview or arguments.prune_below is not None)):
        raise UsageError("Give one of these options at a time.")
    with open_library(arguments) as library:
        if arguments.undo is not None:
            return _undo(library, arguments, output)
        if arguments.settings is not None:
            return _settings(library, arguments.settings, output)
        if arguments.list:
            return _list(library, output)
        if any(asked):
            return _decide(library, arguments, output)
        return _sleep(library, arguments, output)


def _sleep(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        done = library.sleep.run(
            arguments.collection,
            prune_below=arguments.prune_below,
            preview=arguments.preview,
            report=line,
        )
    output.shown(done, _tell)
    return 0


def _tell(done: Slept, output: Output) -> None:
    for text in done.keeps[:_SHOWN]:
        output.remark(f"kept for long: “{text}”")
    for merge in done.merges[:_SHOWN]:
        output.remark(f"says the same as {len(merge.others)} more: “{merge.text}”")
    for text in done.faded[:_SHOWN]:
        output.remark(f"faded: “{text}”")
    for summary in done.summaries[:_SHOWN]:
        output.remark(f"{len(summary.engrams)} on {summary.name}: “{summary.lines[0]}”")
    for proposal in done.proposals[:_SHOWN]:
        output.remark(_proposal(proposal))
    counts = {
        "kept for long": done.consolidated,
        "merged": done.merged,
        "archived": done.pruned,
        "replayed": done.replayed,
        "summarised": done.summarised,
        "with weaker links": done.downscaled,
        "faint links removed": done.loosened,
        "links of the brain rehearsed": done.rehearsed,
        "links of the brain balanced": done.balanced,
        "links proposed": done.proposed,
    }
    listed = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    examined = f"{many(done.examined)} examined"
    if not listed:
        begins = "There is" if done.state == "preview" else "✓ There was"
        output.result(f"{begins} nothing to do; {examined}.")
        return
    if done.state == "preview":
        output.result(f"Sleep would do this: {listed}; {examined}.")
        return
    output.result(f"✓ Slept: {listed}; {examined}.")
    if done.run is not None:
        output.remark(f"Nothing is deleted. Undo it with: workbench sleep --undo {done.run}")
    if done.proposed:
        output.remark("See its proposals with: workbench sleep --proposals")


def _undo(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    with ProgressLine(output) as line:
        run = arguments.undo or None
        undone = library.sleep.undo(arguments.collection, run=run, report=line)
    output.shown(undone, _tell_undone)
    return 0


def _tell_undone(undone: Undone, output: Output) -> None:
    counts = {
        "merged": undone.merged,
        "archived": undone.archived,
        "kept for long": undone.kept,
        "links changed": undone.links,
        "summaries": undone.summaries,
        "proposals": undone.proposals,
    }
    listed = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    output.result(f"✓ Undone: {listed or 'nothing was left to undo'}.")
    if undone.left:
        output.remark(f"Changed since then, so left alone: {undone.left}.")


def _settings(library: Library, wanted: list[str], output: Output) -> int:
    changes: dict[str, object] = {}
    for each in wanted:
        name, sign, value = each.partition("=")
        if not sign:
            raise UsageError(f"“{each}” sets nothing.", "Write it as every_hours=12.")
        changes[name.strip()] = value.strip()
    after = library.sleep.configure(**changes) if changes else library.sleep.settings()
    if output.as_json:
        output.record(after)
        return 0
    on = "by itself" if after.automatic else "only when asked"
    output.result(
        f"Sleeps {on}, every {after.every_hours:g} hours, after {after.idle_minutes:g} idle "
        f"minutes. Archives what is weaker than {after.archive_below:g} and was not used on "
        f"{after.archive_after_days} days of use, {100 * after.archive_share:g} % at most."
    )
    return 0


def _list(library: Library, output: Output) -> int:
    found = library.sleep.history()
    for each in found:
        when = datetime.fromtimestamp(each.begun).strftime("%Y-%m-%d %H:%M")
        output.say(
            each,
            f"{each.run}  {when}  {each.state}  {each.consolidated} kept, {each.merged} merged, "
            f"{each.pruned} archived, {each.replayed} replayed, {each.summarised} summed up",
        )
    if not found and not output.as_json:
        output.remark("The library has not slept yet, or had nothing to do.")
    return 0 if found else 1


def _decide(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    if arguments.accept is not None:
        found = [library.sleep.accept(arguments.accept)]
    elif arguments.reject is not None:
        found = [library.sleep.reject(arguments.reject)]
    else:
        found = library.sleep.proposals()
    return output.listed(
        found, lambda each: f"{each.id}  {each.state}  {_proposal(each)}", "There are no proposals."
    )


def _proposal(proposal: Proposal) -> str:
    quoted = "".join(f"\n    “{' '.join(each.split())}”" for each in proposal.passages)
    return f"{proposal.question} ({proposal.why}){quoted}"
