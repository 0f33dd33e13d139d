"""Lines of what was told: statements, notes, working memory, projects, reviews."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.cli.lines.form import (
    Lines,
    Remark,
    aside,
    away,
    complaint,
    cut,
    day,
    fields,
    listed,
    optional,
    short,
    shows,
    times,
    until,
)
from workbench.cli.output import plural
from workbench.translation import known, tr

if TYPE_CHECKING:
    from workbench.cli.actions import MemoryCard, Valued
    from workbench.memory.asked.patterns import FollowUp
    from workbench.memory.chains.records import Associated, Chain
    from workbench.memory.facts.consolidating import Consolidated
    from workbench.memory.facts.fact_details import FactCard
    from workbench.memory.facts.plastic import Strengthened
    from workbench.memory.facts.records import Fact, Forgotten, Left, Remembered
    from workbench.memory.fading.records import Fading, FadingList
    from workbench.memory.kinds.records import Conflict, Info, Project, Review
    from workbench.memory.notes.records import Stance, Stats
    from workbench.memory.reflex.context import Context
    from workbench.memory.reflex.records import Hit, Recollection
    from workbench.memory.regions.gate import Perceived
    from workbench.memory.regions.working import InMind
    from workbench.memory.vital.records import Alert, Health
    from workbench.sleep.records import Slept


# -- statements ------------------------------------------------------------------------------------


def _replaced(fact: "Fact | Hit") -> str:
    return "" if fact.current else tr(" · replaced")


def _line(fact: "Fact") -> str:
    expired = tr(" · expired") if fact.expired else ""
    archived = tr(" · archived") if fact.archived else ""
    said = f"{fact.text}  · {day(fact.at)}{listed(fact.sources)}"
    return f"{said}{_replaced(fact)}{expired}{archived}"


def _priority(priority: int | None) -> str:
    return "" if priority is None else tr(" · priority {priority}", priority=priority)


@shows
def _fact(row: "Fact") -> Lines:
    yield _line(row)


def memories(rows: "Sequence[Fact]") -> Lines:
    """Statements and notes, with their numbers."""
    for row in rows:
        kind = "" if row.kind == "fact" else f"{row.kind}: "
        expired = tr(" · expired") if row.expired else ""
        said = f"{kind}{short(row.text)}  · {day(row.at)}{listed(row.sources)}"
        yield f"{row.id:>6}  {said}{_priority(row.priority)}{_replaced(row)}{expired}"


@shows
def _fact_card(row: "FactCard") -> Lines:
    info = row.info
    yield f"#{row.fact.id} {_line(row.fact)}"
    details = (
        f"{_priority(info.priority)}{listed(info.tags)}{tr(' · pinned') if info.pinned else ''}"
    )
    strength = tr("strength {strength:.3g} of 8, recalled {times}",
                  strength=info.strength, times=times(info.access_count))  # fmt: skip
    yield f"  {info.type}{details} · {strength}"
    if row.others:
        yield tr("Also said about the same:")
    for fact in row.others:
        yield f"  #{fact.id} {fact.text}  · {day(fact.at)}{_replaced(fact)}"
    yield aside("See more with: workbench info {id}", id=row.fact.id)


@shows
def _info(row: "Info") -> Lines:
    if row.expires is None:
        expires = tr("never")
    elif row.expired:
        expires = tr("expired on {day}", day=day(row.expires))
    elif row.expires_in_days:
        on = day(row.expires)
        expires = tr("in {days:.3g} days, on {day}", days=row.expires_in_days, day=on)
    else:
        expires = ""
    stages = {"stm": tr("new"), "working": tr("in use"), "episodic": tr("an episode"),
              "semantic": tr("knowledge")}  # fmt: skip
    short_term = tr("short-term; a sleep decides what is kept for long")
    yield row.text
    for label, value in (
        (tr("kind:"), row.type),
        (tr("priority:"), "" if row.priority is None else str(row.priority)),
        (tr("tags:"), ", ".join(row.tags)),
        (tr("projects:"), ", ".join(row.projects)),
        (tr("said by:"), row.source),
        (tr("trust:"), f"{row.trust:g}"),
        (tr("saved:"), day(row.told)),
        (tr("true since:"), day(row.at)),
        (tr("counts:"), "" if row.current else tr("replaced by a newer note")),
        (tr("expires:"), expires),
        (tr("pinned:"), tr("yes") if row.pinned else ""),
        (tr("archived:"), tr("yes") if row.archived else ""),
        (tr("strength:"), tr("{strength:.3g} of 8, recalled {times}", strength=row.strength,
                            times=times(row.access_count))),
        (tr("stage:"), stages.get(row.stage, "")),
        (tr("memory:"), known("long-term") if row.layer == "long_term" else short_term),
        (tr("review:"), tr("due {day}", day=day(row.due)) if row.due else ""),
    ):  # fmt: skip
        if value:
            yield f"  {label} {value}"


def _reason(name: str) -> str:
    """Why a text was not saved."""
    reasons = {
        "question": tr("a question, which `workbench value` answers"),
        "chatter": tr("it says nothing"),
        "empty": tr("there are no words in it"),
        "faint": tr("it says too little"),
    }
    return reasons.get(name, "")


def _not_saved(left: "Sequence[Left]") -> Lines:
    for row in left:
        text, reason = cut(row.text, 60), _reason(row.reason)
        yield complaint("Not saved: “{text}” ({reason}).", text=text, reason=reason)


def _saved(row: "Remembered | Perceived", kind: str) -> Lines:
    noun = "note" if kind in ("instruction", "stance", "variable") else "fact"
    if row.new:
        yield tr("✓ Remembered: {count}.", count=plural(len(row.new), noun))
    if row.known:
        yield tr("✓ Already known: {count}.", count=plural(len(row.known), noun))


@shows
def _remembered(row: "Remembered", kind: str) -> Lines:
    yield from _saved(row, kind)
    if row.dropped:
        yield complaint("The collection is full: {facts} of the oldest removed. Make room "
                           "with: workbench stats --keep N",
                           facts=plural(row.dropped, "fact"))  # fmt: skip
    yield from _not_saved(row.left)


@shows
def _perceived(row: "Perceived", kind: str) -> Lines:
    for weighed in row.refused:
        text, reason = cut(weighed.text, 60), _reason(weighed.refused)
        yield complaint("Refused: “{text}” ({reason}).", text=text, reason=reason)
    if row.refused:
        yield aside("Save it anyway with: workbench remember TEXT")
    yield from _saved(row, kind)
    yield from _not_saved(row.left)


@shows
def _forgotten(row: "Forgotten") -> Lines:
    facts = plural(row.forgotten, "fact")
    notes = tr(" and {notes}", notes=plural(row.notes, "note")) if row.notes else ""
    yield tr("✓ Forgotten: {facts}{notes}; {remaining} left.",
             facts=facts, notes=notes, remaining=row.remaining)  # fmt: skip
    if not row.clean:
        yield aside("Another program is reading the library: what is left of them leaves its "
                        "log when that program closes it.")  # fmt: skip


def forgotten_of(row: "Forgotten", id: Sequence[int]) -> Lines:
    """How many of the named statements were forgotten."""
    yield tr("✓ Forgotten: {forgotten} of {all}.", forgotten=row.forgotten, all=len(set(id)))


def edited(row: "Fact", id: int) -> Lines:
    """The text of a statement after an edit."""
    yield f"✓ {row.id}: {short(row.text)}"


@shows
def _conflict(row: "Conflict") -> Lines:
    older, newer = row.older, row.newer
    for name, fact in ((tr("older"), older), (tr("newer"), newer)):
        yield f"{name} {fact.id}: {fact.text} · {day(fact.at)}"
    if row.state != "open":
        yield aside("Settled: {state}.", state=row.state)
    else:
        yield aside("The newer one counts. Resolve it with: workbench resolve {older} {newer} "
                        "--keep newer|older|both", older=older.id, newer=newer.id)  # fmt: skip


@shows
def _valued(row: "Valued") -> Lines:
    fact = row.fact
    if row.value or fact:
        yield row.value or (f"“{fact.text}”" if fact else "")
    text = "" if fact is None else fact.text
    said = tr("“{text}” · ", text=text) if row.value else ""
    if fact is not None:
        names = ", ".join(fact.sources)
        said += tr("from {names} · ", names=names) if names else ""
        said += tr("{confidence:.0%} sure", confidence=row.confidence)
    if said:
        yield Remark(said)
    if row.also is not None:
        before = tr("But later") if row.also.current else tr("Used more before")
        yield aside("{before}: “{text}”", before=before, text=row.also.text)


@shows
def _chain(row: "Chain") -> Lines:
    if row.value:
        yield row.value
    if row.trail:
        yield Remark(" → ".join(row.trail))
    for hop in row.hops:
        read, names = hop.read, "" if hop.fact is None else ", ".join(hop.fact.sources)
        title = tr(", from {title}", title=read.title) if read and read.title else ""
        page = tr(", p. {page}", page=read.page) if read and read.page else ""
        source = tr(", from {names}", names=names) if names else ""
        place = f"{title}{page}{source}"
        yield aside("{relation}: “{text}”{place}",
                        relation=hop.relation, text=hop.text, place=place)  # fmt: skip
    if not row.value:
        yield complaint("No statement says “{relation}” of {name}. See what is known about it "
                           'with: workbench recall "{name}"',
                           relation=row.broken_at, name=row.trail[-1])  # fmt: skip


@shows
def _associated(row: "Associated") -> Lines:
    yield f"{row.fact.text}  · {row.tag}, {away(row.hops)} · {row.activation:.3g}"


@shows
def hit(row: "Hit", explain: bool = False) -> Lines:
    """A statement found by spreading activation."""
    origin = row.origin
    place = f"{origin.title or ''}{optional(origin.chapter)}"
    place += tr(" · p. {page}", page=origin.page) if origin.page else ""
    told = "" if origin.title else ", ".join(origin.sources) or tr("told")
    archived = tr(" · archived") if row.archived else ""
    yield f"{row.text}  · {place}{told} · {row.score:.2f}{_replaced(row)}{archived}"
    if explain:
        yield from (f"    {reason}" for reason in row.reasons)


@shows
def _recollection(row: "Recollection", explain: bool) -> Lines:
    for found in row.hits:
        yield from hit(found, explain)
    if explain:
        for bound in row.co_activations[:5]:
            yield aside("Bound together: “{concept}” {strength:.2f}",
                            concept=bound.concept, strength=bound.strength)  # fmt: skip
        for name in row.unknown:
            yield aside("Nothing mentions “{name}”.", name=name)
    if row.unlinked:
        yield aside("{memories} memories are not linked yet; only their words were found.",
                        memories=row.unlinked)  # fmt: skip
    sure = tr("{confidence:.0%} sure that the first answers", confidence=row.confidence)
    yield Remark(f"{row.depth}, {row.strategy} · {sure} · {row.milliseconds:.0f} ms")


@shows
def _context(row: "Context") -> Lines:
    if row.items and row.text:
        yield row.text
    left = tr("; {dropped} left out", dropped=row.dropped) if row.dropped else ""
    yield aside("{items} memories, about {tokens} tokens{left}.",
                    items=len(row.items), tokens=row.tokens, left=left)  # fmt: skip


# -- strength, working memory, reviews -------------------------------------------------------------


def strengthened(row: "Strengthened") -> Lines:
    """How many statements were strengthened."""
    yield tr("✓ Strengthened: {facts}; the strongest is at {strength:.3g} of 8.",
             facts=plural(row.touched, "fact"), strength=row.strength)  # fmt: skip


def merged_and_faded(row: "Consolidated | Slept") -> Lines:
    """The first statements that say the same, and those that have faded."""
    for merged in row.merges[:10]:
        yield aside("says the same as {others} more: “{text}”",
                        others=len(merged.others), text=merged.text)  # fmt: skip
    for text in row.faded[:10]:
        yield aside("faded: “{text}”", text=text)


@shows
def _consolidated(row: "Consolidated", preview: bool) -> Lines:
    yield from merged_and_faded(row)
    facts = plural(row.merged, "fact")
    if preview:
        yield tr("Would merge {facts} and archive {archived} of {examined}.",
                 facts=facts, archived=row.archived, examined=row.examined)  # fmt: skip
    else:
        yield tr("✓ Merged: {facts}; archived: {archived}.", facts=facts, archived=row.archived)
    if row.run:
        yield aside("Nothing is deleted. Undo it with: workbench consolidate --undo")


@shows
def _memory_card(row: "MemoryCard") -> Lines:
    strength, curve = row.strength, row.curve
    left = tr("{strength:.3g} of {cap:g}", strength=strength.strength, cap=curve.cap)
    used = tr("never used")
    if strength.uses:
        used = tr("{date}, used {times}", date=day(strength.used, "%d %B %Y"),
                  times=times(strength.uses))  # fmt: skip
    yield from fields(
        10,
        (tr("Says"), strength.text),
        (tr("Kind"), strength.kind),
        (tr("Strength"), left + (tr(", pinned") if strength.pinned else "")),
        (known("Last use"), used),
        (tr("Half-life"), tr("{days:.0f} days", days=strength.half_life / 86_400)),
    )
    if curve.half_at:
        yield tr("Half of it is left on {date}", date=day(curve.half_at, "%d %B %Y"))
    if strength.archived:
        yield tr("Laid aside archived: still found, ranked last among equals")


@shows
def _fading(row: "Fading") -> Lines:
    strength = f"{100 * row.strength:.0f} %"
    yield f"{row.engram:>6}  {until(row.fades_at)} · {strength} · {cut(row.text, 80)}"


@shows
def _fading_list(row: "FadingList", days: float) -> Lines:
    for item in row.items:
        yield from _fading(item)
    if not row.items:
        yield aside("Nothing fades within {days:g} days.", days=days)
        return
    about = "" if row.complete else tr("about ")
    if row.total:
        yield aside("{items} of {about}{total}",
                        items=len(row.items), about=about, total=row.total)  # fmt: skip
    yield aside("Keep one with: workbench reinforce ID · let it go with: workbench let-go ID")


@shows
def _in_mind(row: "InMind") -> Lines:
    left = row.hours_left
    yet = tr("pinned") if left is None else tr("for {hours:.2g} hours yet", hours=left)
    yield f"{row.text} · {yet}"


@shows
def _review(row: "Review") -> Lines:
    if row.days and row.due:
        yield tr("✓ Due again in {days:.3g} days, on {day}.", days=row.days, day=day(row.due))
    if not row.due:
        yield tr("✓ Removed from review.")


def reviews(rows: "Sequence[Review]") -> Lines:
    """What is due for review."""
    for row in rows:
        reviewed = tr("reviewed {times}", times=times(row.times))
        yield f"{row.id}  {row.text}{optional(row.title)} · {reviewed}"


def card(row: "Review") -> Lines:
    """The front and the answer of a card."""
    yield f"✓ {row.front}{optional(row.answer, ' → {}')}"


# -- collections, notes ----------------------------------------------------------------------------


def _project_line(row: "Project") -> str:
    left = row.days_left
    days = tr("without an end") if left is None else ""
    if row.ended:
        days += tr("ended {days} days ago", days="" if left is None else f"{abs(left):.3g}")
    elif left:
        days = tr("{days:.3g} days left", days=left)
    return f"{row.name} · {plural(row.memories, 'memory', 'memories')} · {days}{listed(row.tags)}"


@shows
def _project(row: "Project") -> Lines:
    yield _project_line(row)


def started(row: "Project") -> Lines:
    """A project that was added."""
    yield tr("✓ Started: {project}.", project=_project_line(row))


def project(rows: "Sequence[Project]") -> Lines:
    """A project with its description."""
    for row in rows:
        yield _project_line(row)
        if row.description:
            yield f"  {row.description}"


@shows
def _stance(row: "Stance") -> Lines:
    hardened = tr(", hardened") if row.hardened else ""
    yield f"{row.topic}: {row.text}  · {row.intensity:.2g}{hardened}"


@shows
def _stats(row: "Stats") -> Lines:
    scope = tr("of your own")
    if row.collection:
        scope = tr("in “{collection}”", collection=row.collection)
    yield f"{plural(row.facts, 'fact')} {scope}"
    if row.archived:
        yield tr("  archived as well: {archived}", archived=row.archived)
    yield from (f"  {name}: {count}" for name, count in row.kinds.items())
    if row.capacity is not None:
        yield tr("  room for {capacity}; {dropped} of the oldest were removed",
                 capacity=row.capacity, dropped=row.dropped)  # fmt: skip
    for name, count in row.tellers.items():
        yield tr("  said by {name}: {count}", name=name or tr("you"), count=count)
    if row.first_told and row.last_told:
        yield tr("  first saved {first}, last saved {last}",
                 first=day(row.first_told), last=day(row.last_told))  # fmt: skip


@shows
def _follow_up(row: "FollowUp") -> Lines:
    after = tr("after {topic}, {times} times", topic=row.after, times=row.times)
    yield f"{row.topic} · {after}"


def learning(outcome: Mapping[str, object], forget: bool) -> Lines:
    """Whether following questions are learned, or that they were forgotten."""
    if forget:
        yield tr("✓ Forgot which questions follow one another.")
    else:
        state = tr("on") if outcome.get("learn") is True else tr("off")
        yield tr("✓ Learning which questions follow one another is {state}.", state=state)


@shows
def _alert(row: "Alert") -> Lines:
    yield f"{row.id}  {known(row.severity)} · {known(row.status)} · {known(row.message)}"
    if row.advice:
        yield f"   {known(row.advice)}"


@shows
def _health(row: "Health") -> Lines:
    if row.message:
        yield known(row.message)
    if row.purity is not None and row.memories:
        yield tr("Purity {purity:g} of 100, {memories:,} memories.",
                 purity=row.purity, memories=row.memories)  # fmt: skip
    for part in row.parts:
        value = "  –" if part.value is None else f"{100 * part.value:3.0f}"
        yield f"  {value}  {known(part.name)} ({part.weight:.0%}): {known(part.told)}"
        if part.advice:
            yield f"       {known(part.advice)}"
