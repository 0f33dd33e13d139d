"""Runs a sleep: its phases (`PHASES`) in order, each in slices.

Each phase plans what remains to be done, so that an interrupted sleep, by the user or a crash, can
be resumed; progress is recorded with each slice. The order allows each phase to be undone alone:
replay links the memories that remain after merging.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from workbench.errors import Cancelled
from workbench.sleep import (
    dreaming,
    history,
    homeostasis,
    proposing,
    rehearsing,
    replay,
    retention,
)
from workbench.sleep.night import Night
from workbench.sleep.records import Proposal, Slept, Summary
from workbench.store import changes, gists, sleeping
from workbench.store import facts as rows
from workbench.store.changes import Change
from workbench.store.lease import Slices


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of sleep: its name and label, its plan, and the function that carries out a slice."""

    name: str
    label: str
    plan: Callable[[Night], list[Any]]
    work: Callable[..., dict[str, float]]
    cursor: Callable[[Any], Any] = lambda _item: None


PHASES: tuple[Phase, ...] = (
    Phase("promote", "keeping", retention.plan_promotion, retention.promote),
    Phase("merge", "merging", retention.plan_merge, retention.merge),
    Phase("replay", "replaying", replay.plan, replay.work, list),
    Phase("rehearse", "going through recalls", rehearsing.plan, rehearsing.work, list),
    Phase("summarise", "summing up", retention.plan_summaries, retention.summarise),
    Phase(
        "downscale",
        "weakening what is linked too strongly",
        homeostasis.plan_downscaling,
        homeostasis.downscale,
    ),
    Phase("balance", "holding links in balance", homeostasis.plan_balance, homeostasis.balance),
    Phase("loosen", "letting faint links go", homeostasis.plan_decay, homeostasis.decay),
    Phase("archive", "archiving what faded", retention.plan_archiving, retention.archive),
    Phase("propose", "looking for links", proposing.plan, proposing.work),
)
_ORDER = [phase.name for phase in PHASES]


def preview(night: Night) -> Slept:
    """Return what a sleep would do, without writing. Raises `Cancelled`."""
    promoted = retention.plan_promotion(night)
    groups = retention.plan_merge(night)
    merged = frozenset(row.id for group in groups for row in group[1:])
    night.merged, night.grown = merged, frozenset(group[0].id for group in groups)
    night.promoted = frozenset(promoted)
    replayed = replay.plan(night)
    rehearsed = rehearsing.plan(night)
    with night.store.read() as connection:
        rehearsed_links = rehearsing.foreseen(connection, rehearsed)
    planned = retention.plan_summaries(night)
    scaled = homeostasis.preview_downscaling(night, homeostasis.plan_downscaling(night))
    bound = {(a, b) for kind, a, b in replayed if kind == replay.LINK}
    loose = [pair for pair in homeostasis.plan_decay(night) if pair not in bound]
    faded = retention.plan_archiving(night)
    items = proposing.plan(night)
    with night.store.read() as connection:
        summaries = retention.describe_summaries(connection, planned[: history.LISTED_LIMIT])
        return Slept(
            run=None,
            state="preview",
            why=night.trigger,
            begun=night.start,
            ended=None,
            examined=int(night.tally.get("examined", 0)),
            replayed=len(replayed),
            consolidated=len(promoted),
            merged=len(merged),
            pruned=len(faded),
            summarised=sum(len(gist.members) for gist in planned),
            downscaled=scaled,
            rehearsed=len(rehearsed_links),
            balanced=len(homeostasis.preview_balance(night, rehearsed_links)),
            loosened=len(loose),
            proposed=len(items),
            keeps=history.texts(connection, promoted[: history.LISTED_LIMIT]),
            merges=retention.preview_merges(groups, history.LISTED_LIMIT),
            faded=history.texts(connection, faded[: history.LISTED_LIMIT]),
            summaries=tuple(Summary(*fields) for fields in summaries),
            proposals=tuple(_proposal(connection, item) for item in items[: history.LISTED_LIMIT]),
        )


def _proposal(connection: Any, item: tuple[int, ...]) -> Proposal:
    """The record of a proposal that is not stored; its number is 0."""
    if len(item) == 3:
        texts = rows.texts(connection, item[:2])
        ends, between = (texts.get(item[0], ""), texts.get(item[1], "")), None
        row = gists.ProposalRow(
            0, 0, item[0], item[1], None, 0, None, None, item[2], "open", 0.0, None, *ends, between
        )
    else:
        head, type, via, tail, *_ = item
        plain = gists.DreamRow(head, type, via, tail, None, "", 0.0)
        link = dreaming.row(item) if len(item) > 4 else plain
        concepts = (link.head, link.via, link.onward, link.tail)
        names = gists.concept_names(connection, [concept for concept in concepts if concept])
        first, between, farther, second = (names.get(concept or 0, "") for concept in concepts)
        row = gists.ProposalRow(
            0, 0, None, None, head, type, tail, via, 0, "open", 0.0, None,
            first, second, between, link.found, link.odds, farther if link.onward else None,
        )  # fmt: skip
    return history.proposal(row)


def sleep(night: Night, slices: Slices, goes_on: Change | None) -> Slept:
    """Run a sleep, or resume one that was interrupted.

    Raises `Cancelled`; finished slices stay, and the next sleep resumes there.
    """
    night.slices = slices
    first = 0
    if goes_on is not None:
        night.run, night.tally = goes_on.id, dict(goes_on.report)
        first = _ORDER.index(goes_on.phase) if goes_on.phase in _ORDER else 0
    try:
        night.graph.catch_up(cancel=night.cancel) if _is_nearly_linked(night) else None
        for phase in PHASES[first:]:
            night.cancel.check()
            night.phase = phase.name
            is_resumed = goes_on is not None and goes_on.phase == phase.name
            night.cursor = goes_on.cursor if is_resumed and goes_on is not None else None
            items = phase.plan(night)
            night.write_all(
                phase.label,
                items,
                lambda c, portion, work=phase.work: work(night, c, portion),  # type: ignore[misc]
                phase.cursor,
            )
    except BaseException as error:
        _interrupted(night, slices, died=not isinstance(error, Cancelled))
        raise
    run, end = night.run, night.store.clock()
    if run is None:
        return Slept(
            None, "done", night.trigger, night.start, end,
            examined=int(night.tally.get("examined", 0)),
            slices=slices.count, longest_write=round(1000 * slices.longest, 3),
        )  # fmt: skip
    slices.write(lambda c: changes.settle(c, run, "done", end))
    slices.write(lambda c: changes.tidy(c, end))
    with night.store.read() as connection:
        row = sleeping.by_id(connection, run)
        assert row is not None
        return history.slept(connection, row, slices=slices.count, longest=slices.longest)


def _is_nearly_linked(night: Night) -> bool:
    """Whether the backlog of linking is small; otherwise it is left to the background."""
    return night.graph.backlog() < 20_000


def _interrupted(night: Night, slices: Slices, *, died: bool) -> None:
    run = night.run
    if run is None:
        return
    end = night.store.clock()
    try:
        slices.write(lambda c: changes.settle(c, run, "interrupted", end))
    except Exception:
        # Report the original error; a run that is not settled counts as interrupted anyway.
        if not died:
            raise


def resume(night: Night, run: Change) -> Night:
    """The state of an interrupted sleep, with its original parameters."""
    return replace(
        night, start=run.begun, trigger=run.why, prune_below=run.asked.get("prune_below")
    )
