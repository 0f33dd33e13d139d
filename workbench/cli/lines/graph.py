"""Lines of the graph of concepts, of the brain and of sleep."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.cli.lines.form import (
    Lines,
    Remark,
    aside,
    away,
    day,
    minute,
    optional,
    quoted,
    shows,
    tally,
    times,
)
from workbench.cli.lines.told import merged_and_faded
from workbench.cli.output import plural
from workbench.translation import known, tr

if TYPE_CHECKING:
    from workbench.brain.library.assembly import Assembly
    from workbench.brain.library.concept_map import ConceptMap
    from workbench.brain.records import BrainRecall, BrainStatus, Dreamt, Lesson, Lit
    from workbench.cli.actions import ConceptPage, LinkCard
    from workbench.memory.graph.records import (
        Alias,
        BroughtToMind,
        Concept,
        ConceptChange,
        Linked,
        Neighbour,
        Path,
        RelationStrength,
    )
    from workbench.memory.reflex.settings import BrainConfig
    from workbench.recall.records import Brought
    from workbench.recall.similar_words import NearWord
    from workbench.sleep import records as sleep
    from workbench.sleep.records import Proposal, SleepSettings, Slept

#: Longest bar of a region's activity, in characters.
_BAR = 24
_ISO = "%Y-%m-%d"


# -- concepts --------------------------------------------------------------------------------------


def _concept_line(concept: "Concept") -> str:
    days = ""
    if concept.first is not None:
        first, final = day(concept.first, _ISO), day(concept.last or concept.first, _ISO)
        days = f", {first}"
        if first != final:
            days = tr(", {first} to {final}", first=first, final=final)
    mentions = plural(concept.mentions, "mention")
    return f"#{concept.id} {concept.name}  · {concept.type}, {mentions}{days}"


@shows
def _concept(row: "Concept") -> Lines:
    yield _concept_line(row)


@shows
def _concept_change(row: "ConceptChange") -> Lines:
    yield tr("✓ Done ({what}): {concept}", what=row.what, concept=_concept_line(row.concept))
    yield aside("Undo it with: workbench concept --undo")


@shows
def _concept_page(row: "ConceptPage") -> Lines:
    yield _concept_line(row.concept)
    if row.forms:
        yield tr("also written: {forms}", forms=", ".join(row.forms))
    for neighbour in row.neighbours[:15]:
        yield from _neighbour(neighbour)
    if len(row.neighbours) > 15:
        yield aside("{count} more neighbours; see them with --json.",
                        count=len(row.neighbours) - 15)  # fmt: skip
    for mention in row.history[-15:]:
        place = optional(mention.title or mention.collection, "  · {}")
        yield f"  {day(mention.at, _ISO)}  {mention.text}{place}"
    if row.stated:
        yield tr("stated:")
    for link in row.stated:
        yield from _link_card(link)
    if row.relations:
        yield tr("relations:")
    for relation in row.relations:
        yield from _relation_strength(relation)


@shows
def _neighbour(row: "Neighbour") -> Lines:
    arrow = ("→" if row.outgoing else "←") if row.directed else "—"
    often = "" if row.evidence == 1 else tr(", {times} times", times=row.evidence)
    yield f"  {arrow} {row.kind} {arrow} {row.name}  · {row.weight:.2f}{often}"


@shows
def _link_card(row: "LinkCard") -> Lines:
    edge = row.edge
    tag = "" if edge.tag == "explicit" else f", {edge.tag}"
    denied = tr(", contradicted") if edge.contradicted else ""
    link = f"{edge.head_name} — {edge.relation} → {edge.tail_name}"
    yield f"  {link}  · {edge.strength:.2f}{tag}{denied}"
    for saying, at in row.sayings:
        page = "" if at is None or at.page is None else f", p. {at.page}"
        where = f"{saying.title or saying.collection or ''}{page}"
        yield f"      “{saying.text}”{optional(where, '  · {}')}"


@shows
def _relation_strength(row: "RelationStrength") -> Lines:
    ends = (row.relation, ", ".join(row.concepts))
    first, second = ends if row.side == "subject" else reversed(ends)
    said = tr("said {times}", times=times(row.evidence))
    yield f"  {first} → {second}  · {row.strength:.2f}, {said}"


@shows
def _alias(row: "Alias") -> Lines:
    sure = tr("{certainty:.0%} sure", certainty=row.certainty)
    yield f"#{row.id} {row.name} = {row.into}  · {row.why}, {sure}, {row.state}"
    for mention in row.evidence:
        place = optional(mention.title or mention.collection, "  · {}")
        yield Remark(f"    “{mention.text}”{place}")


@shows
def _linked(row: "Linked") -> Lines:
    through = tr(", through {names}", names=", ".join(row.through)) if row.through else ""
    yield f"{row.text}  · {row.kind} {row.weight:.2f}{through}"


@shows
def _path(row: "Path") -> Lines:
    yield " → ".join(row.trail)
    for step in row.steps:
        edge, saying = step.edge, step.saying
        yield f"  {edge.head_name} — {edge.relation} → {edge.tail_name}"
        if saying is not None:
            place = optional(saying.title or saying.collection, "  · {}")
            yield Remark(f"    “{saying.text}”{place}")


@shows
def _brought_to_mind(row: "BroughtToMind") -> Lines:
    yield f"{' → '.join(row.trail)}  · {away(row.hops)} · {row.strength:.2f}"
    for step in row.steps:
        if step.saying is not None:
            yield Remark(f"    “{step.saying.text}”")


@shows
def _near_word(row: "NearWord") -> Lines:
    yield f"{row.nearness:.2f}  {row.word}"


def nearness(value: float) -> Lines:
    """The similarity of two words."""
    yield f"{value:.2f}"


# -- the brain -------------------------------------------------------------------------------------


def _trail(row: "Brought | Dreamt | Lit", least: int) -> str:
    """How a concept was reached, if through as many others."""
    return row.path or (" → ".join(row.trail) if len(row.trail) >= least else "")


@shows
def brought(row: "Brought") -> Lines:
    """A concept that the brain associates with a question."""
    odds = tr(" ({odds} such links was found in print)", odds=row.odds) if row.odds else ""
    yield f"  {row.tag:<10} {_trail(row, 1) or row.name}{odds}"


@shows
def _lit(row: "Lit") -> Lines:
    cover = "     " if row.step == -1 else f"{100 * row.cover:3.0f} %"
    odds = tr(" ({odds} was found in print)", odds=row.odds_words) if row.odds_words else ""
    trail, edge = optional(_trail(row, 2), "  {}"), optional(row.edge, "  ({})")
    yield f"{row.tag:<10} {cover}  {row.name}{trail}{odds}{edge}"


@shows
def _dreamt(row: "Dreamt") -> Lines:
    yield f"{row.name}  ({row.told}){optional(_trail(row, 3), '  {}')}"


@shows
def _brain_recall(row: "BrainRecall") -> Lines:
    yield f"{', '.join(row.cue)} ({row.mode}, {row.milliseconds:.0f} ms)"
    for lit in row.lit:
        yield from _lit(lit)
    for name, neurons in row.kin[:5]:
        yield aside("related in meaning, partly active: {name} ({neurons} of 100 neurons)",
                        name=name, neurons=neurons)  # fmt: skip
    maximum = max(row.regions.values(), default=0) or 1
    for name, spikes in row.regions.items():
        bar = "█" * round(_BAR * spikes / maximum)
        yield Remark(f"{known(name):<12} {bar:<{_BAR}} {tr('{n} spikes', n=f'{spikes:,}')}")
    if not row.lit:
        yield aside("No associations: nothing is known about this yet.")


@shows
def _brain_config(row: "BrainConfig") -> Lines:
    yield from (f"{name} = {getattr(row, name)}" for name in row.__dataclass_fields__)


@shows
def _brain_status(row: "BrainStatus") -> Lines:
    yield tr("{neurons:,} neurons and {synapses:,} background synapses (scale {scale:g}), which "
             "are computed and not stored",
             neurons=row.neurons, synapses=row.synapses, scale=row.scale)  # fmt: skip
    for region in row.regions:
        yield f"{region.label:<20} {region.neurons:>9,}  {region.job}"
    if row.taught:
        yield aside("{links} links have changed because of your questions. See them with: "
                        "workbench brain lessons", links=row.taught)  # fmt: skip


@shows
def _assembly(row: "Assembly", limit: int) -> Lines:
    yield tr("{name}: {neurons} of the {size:,} neurons of the association cortex, {shared} of "
             "them shared", name=row.name, neurons=len(row.neurons), size=row.size,
             shared=row.shared)  # fmt: skip
    for other in row.sharing[:limit]:
        yield f"{len(other.places):>4}  {other.name}"


@shows
def _concept_map(row: "ConceptMap") -> Lines:
    for point in row.points:
        near = tr("near {names}", names=", ".join(row.points[at].name for at in point.near))
        yield f"{point.x:6.2f} {point.y:6.2f}  {point.name}  ({near})"


@shows
def _lesson(row: "Lesson") -> Lines:
    yield f"{row.id}  {minute(row.at)}  {row.why}"
    for head, tail, change in row.links:
        yield f"    {head} → {tail} {change:+.3f}"


# -- sleep -----------------------------------------------------------------------------------------


@shows
def _proposal(row: "Proposal") -> Lines:
    yield f"{row.id}  {row.state}  {row.question} ({row.why}){quoted(row.passages)}"


@shows
def _sleep_settings(row: "SleepSettings") -> Lines:
    yield tr("Sleeps {automatic}, every {every_hours:g} hours, after {idle_minutes:g} idle minutes."
             " Archives what is weaker than {archive_below:g} and was not used on "
             "{archive_after_days} days of use, {archive_share} at most.",
             automatic=tr("by itself") if row.automatic else tr("only when asked"),
             every_hours=row.every_hours, idle_minutes=row.idle_minutes,
             archive_below=row.archive_below, archive_after_days=row.archive_after_days,
             archive_share=f"{100 * row.archive_share:g} %")  # fmt: skip


def sleeps(rows: "Sequence[Slept]") -> Lines:
    """Earlier sleeps."""
    for row in rows:
        did = tr("{consolidated} kept, {merged} merged, {pruned} archived, {replayed} replayed, "
                 "{summarised} summed up", consolidated=row.consolidated, merged=row.merged,
                 pruned=row.pruned, replayed=row.replayed, summarised=row.summarised)  # fmt: skip
        yield f"{row.run}  {minute(row.begun)}  {row.state}  {did}"


@shows
def _slept(row: "Slept") -> Lines:
    for text in row.keeps[:10]:
        yield aside("kept for long: “{text}”", text=text)
    yield from merged_and_faded(row)
    for summary in row.summaries[:10]:
        yield aside("{count} on {name}: “{text}”", count=len(summary.engrams),
                        name=summary.name, text=summary.lines[0])  # fmt: skip
    for proposal in row.proposals[:10]:
        yield Remark(f"{proposal.question} ({proposal.why}){quoted(proposal.passages)}")
    preview = row.state == "preview"
    did = tally(
        (row.consolidated, tr("kept for long")),
        (row.merged, tr("merged")),
        (row.pruned, tr("archived")),
        (row.replayed, tr("replayed")),
        (row.summarised, tr("summarised")),
        (row.downscaled, tr("with weaker links")),
        (row.loosened, tr("faint links removed")),
        (row.rehearsed, tr("links of the brain rehearsed")),
        (row.balanced, tr("links of the brain balanced")),
        (row.proposed, tr("links proposed")),
    )
    yield tr("{slept}: {did}; {facts} examined.", did=did or tr("nothing to do"),
             slept=tr("Sleep would do this") if preview else tr("✓ Slept"),
             facts=plural(row.examined, "fact"))  # fmt: skip
    if row.run is not None:
        yield aside("Nothing is deleted. Undo it with: workbench sleep --undo {run}",
                        run=row.run)  # fmt: skip
    if row.proposed and not preview:
        yield aside("See its proposals with: workbench sleep --proposals")


@shows
def _undone(row: "sleep.Undone") -> Lines:
    yield f"✓ {tr('Done again') if row.again else tr('Undone')}: {row.what}"
    changed = tally(
        (row.merged, tr("merged")),
        (row.archived, tr("archived")),
        (row.kept, known("kept for long")),
        (row.links, tr("links changed")),
        (row.summaries, tr("summaries")),
        (row.proposals, tr("proposals")),
    )
    if changed:
        yield f"  {changed}"
    if row.left:
        yield aside("Changed since then, so left alone: {left}.", left=row.left)
