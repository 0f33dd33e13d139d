"""Lines of backups, checks, exports, imports, versions and shared libraries."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.cli.lines.form import (
    Complaint,
    Lines,
    Remark,
    aside,
    complaint,
    minute,
    optional,
    shows,
)
from workbench.cli.output import plural
from workbench.sizes import size_words
from workbench.translation import known, tr

if TYPE_CHECKING:
    from workbench.care.salvage import Salvaged
    from workbench.cli.doctor import Checkup
    from workbench.memory.group.records import GroupConflict, GroupStatus, GroupSync
    from workbench.memory.schemas.records import Trained
    from workbench.memory.sharing import records as sharing
    from workbench.memory.sharing.records import (
        Difference,
        Exported,
        Imported,
        ImportUndone,
        Version,
    )
    from workbench.store.backup import Backup, Restored
    from workbench.store.changes import Change
    from workbench.store.verify import Verified


@shows
def _backup(row: "Backup") -> Lines:
    yield f"✓ {row.path}"
    yield tr("  {sources}, {passages}, {statements}, {size}; every row was compared",
             sources=plural(row.sources, "source"), passages=plural(row.passages, "passage"),
             statements=plural(row.engrams, "statement"), size=size_words(row.bytes))  # fmt: skip
    for problem in row.problems:
        yield complaint("✗ Damaged in the library, and therefore in the backup: {problem}",
                           problem=problem)  # fmt: skip


@shows
def _restored(row: "Restored") -> Lines:
    proof = tr("whole; this copy carries no digest to compare with")
    if row.proven:
        proof = tr("as they were when the backup was made")
    sources, passages = plural(row.sources, "source"), plural(row.passages, "passage")
    yield f"✓ {row.path}"
    yield f"  {sources}, {passages}, {plural(row.engrams, 'statement')}, {proof}"
    if row.aside:
        yield tr("  The previous library is now {path}", path=row.aside)


@shows
def _salvaged(row: "Salvaged") -> Lines:
    yield f"✓ {row.path}"
    lost = tr("not all is there:") if row.lost or row.damaged else tr("nothing is lost")
    sources, statements = plural(row.sources, "source"), plural(row.engrams, "statement")
    yield f"  {sources}, {statements}, {plural(row.facts, 'fact')}; {lost}"
    for name in row.lost:
        yield tr("  Lost: {name}", name=name)
    for name in row.damaged:
        yield tr("  Damaged, and left out of answers: {name}", name=name)
    for name in row.derived:
        yield tr("  Rebuilt: {name}", name=name)


@shows
def _verified(row: "Verified", repair: bool) -> Lines:
    for name in row.repaired:
        yield tr("  Mended: {name}", name=name)
    yield from (f"✗ {problem}" for problem in row.problems)
    counts = f"{plural(row.sources, 'source')}, {plural(row.passages, 'passage')}"
    counts += f", {plural(row.engrams, 'statement')}"
    counts += optional(row.facts and plural(row.facts, "fact"), ", {}")
    if row.sound:
        yield f"✓ {counts}: {tr('sound')}"
        return
    yield f"✗ {counts}: {tr('{count} problems', count=len(row.problems))}"
    if any(problem.startswith("The file is damaged") for problem in row.problems):
        step = tr(
            "Rebuild its indexes with workbench verify --repair; if that does not help, restore a "
            "backup (workbench restore-backup FILE) or save what can be read (workbench salvage "
            "OLD.brain NEW.brain)."
        )
    elif not repair:
        step = tr("Repair what can be repaired with: workbench verify --repair")
    elif all("(source " in problem for problem in row.problems):
        step = tr(
            "The remaining problems are in the text: read it again with workbench reindex ID."
        )
    else:
        step = tr(
            "Nobody can tell what the remaining rows were: correct a statement with workbench "
            "edit ID TEXT, or restore a backup (workbench restore-backup FILE)."
        )
    yield Remark(step)


@shows
def _checkup(row: "Checkup", repair: bool) -> Lines:
    for one in row.capabilities:
        mark = "✓" if one.state == "works" else "✗" if one.needed else "–"
        yield f"{mark} {known(one.name):<38} {known(one.state):<14}  {known(one.how)}"
    yield ""
    yield from (f"{name:<10} {value}" for name, value in row.places.items())
    yield tr("network    off: nothing leaves this machine")
    if row.refusal and row.damaged:
        yield tr("✗ {refusal} Found: {damaged}", refusal=row.refusal, damaged=row.damaged)
    yield from (f"⚠ {known(warning)}" for warning in row.warnings)
    if row.closed:
        yield tr("Closed {closed:,} files and folders: only you can read them now.",
                 closed=row.closed)  # fmt: skip
    if not row.exposed:
        return
    files = plural(len(row.exposed), "file or folder", "files and folders")
    yield tr("\n{files} can be read by other users of this machine:", files=files)
    yield from (f"  {path}" for path in row.exposed[:5])
    if len(row.exposed) > 5:
        yield tr("  … and {more} more", more=len(row.exposed) - 5)
    if repair:
        yield tr("They belong to another user, who alone can close them.")
    else:
        yield tr("Close them with `workbench doctor --repair`.")


@shows
def _change(row: "Change") -> Lines:
    yield f"{row.id}  {minute(row.begun)}  {known(row.state)}  {row.what}"


# -- exports, imports, versions --------------------------------------------------------------------


@shows
def _exported(row: "Exported") -> Lines:
    counts = ((row.sources, "source"), (row.statements, "statement"), (row.facts, "fact"),
              (row.notes, "note"), (row.concepts, "concept"))  # fmt: skip
    parts = ", ".join(plural(count, noun) for count, noun in counts if count)
    yield f"✓ {row.path}"
    yield f"  {parts or tr('nothing')}; {size_words(row.bytes)}"
    if row.kept:
        yield aside("You changed {notes} there, which stayed as is.",
                        notes=plural(len(row.kept), "note"))  # fmt: skip


def _conflicts(conflicts: "Sequence[sharing.Conflict]") -> Lines:
    for row in conflicts[:20]:
        texts = (row.remote, row.local) if row.kept == "remote" else (row.local, row.remote)
        left = "" if row.stored else tr("; the other was left out")
        yield tr("  “{one}” counts, not “{other}”{left}", one=texts[0], other=texts[1], left=left)
    if len(conflicts) > 20:
        yield tr("  and {count} more contradictions", count=len(conflicts) - 20)


@shows
def _imported(row: "Imported") -> Lines:
    yield tr("{new}: {sources} with {statements}, {added}; known: {known_sources}, {known}.",
             new=tr("Would be new") if row.preview else tr("✓ New"),
             sources=plural(row.sources, "source"),
             statements=plural(row.statements, "statement"),
             added=plural(row.added, "memory", "memories"),
             known_sources=plural(row.known_sources, "source"),
             known=plural(row.known, "memory", "memories"))  # fmt: skip
    yield from _conflicts(row.conflicts)
    yield from map(Complaint, row.left)
    if row.run is not None:
        yield aside("Undo it with: workbench import --undo")


@shows
def _merged(row: "sharing.Merged") -> Lines:
    added = plural(row.added, "memory", "memories")
    yield tr("✓ New: {added}; known: {known}.", added=added, known=row.known)
    yield from _conflicts(row.conflicts)
    if row.run is not None:
        yield aside("Undo it with: workbench import --undo")


@shows
def _import_undone(row: "ImportUndone") -> Lines:
    # As the import and its preview count them.
    memories = plural(row.facts + row.notes, "memory", "memories")
    yield tr("✓ Taken back: {sources}, {memories}; {changed_back} are as before.",
             sources=plural(row.sources, "source"), memories=memories,
             changed_back=row.changed_back)  # fmt: skip


@shows
def _version(row: "Version") -> Lines:
    counts = f"{plural(row.facts, 'fact')}, {plural(row.notes, 'note')}"
    yield f"{row.name}{optional(row.collection)} · {minute(row.made)} · {counts}"


def saved(row: "Version") -> Lines:
    """A version that was saved."""
    yield from (f"✓ {line}" for line in _version(row))


@shows
def _difference(row: "Difference") -> Lines:
    yield from (f"+ {told.text}" for told in row.added)
    yield from (f"- {told.text}" for told in row.removed)
    for changed in row.changed:
        what = ", ".join(changed.what)
        yield f"~ {changed.before.text} → {changed.after.text} ({what})"
    if not (row.added or row.removed or row.changed):
        yield aside("There are no differences.")


@shows
def _trained(row: "Trained") -> Lines:
    views = optional(row.views and plural(row.views, "view"), ", {}")
    links, patterns = plural(row.relationships, "relationship"), plural(row.patterns, "pattern")
    statements = plural(row.statements, "statement")
    yield f"{plural(row.tables, 'table')}{views}, {links}, {patterns}: {statements}."
    if not row.changed:
        yield tr("✓ Nothing has changed since it was learned.")
    else:
        yield tr("✓ Learned: {added} new, {removed} taken back.",
                 added=len(row.added), removed=len(row.removed))  # fmt: skip
    yield from (Remark(f"- {text}") for text in row.removed[:12])
    if len(row.removed) > 12:
        yield aside("- … and {more} more (see --json)", more=len(row.removed) - 12)
    if row.removed:
        yield from (Remark(f"+ {text}") for text in row.added[:12])
        if len(row.added) > 12:
            yield aside("+ … and {more} more (see --json)", more=len(row.added) - 12)
    yield aside("Fingerprint {fingerprint} · {place}",
                    fingerprint=row.fingerprint, place=row.place)  # fmt: skip
    yield from map(Complaint, row.notices)


# -- a library shared by several -------------------------------------------------------------------


@shows
def _group_status(row: "GroupStatus") -> Lines:
    person = tr(", by {person}", person=row.person) if row.person else ""
    yield tr("Shared through {place}, as “{name}”{person}",
             place=row.place, name=row.name, person=person)  # fmt: skip
    for peer in row.peers:
        merged = tr("{pieces} merged", pieces=plural(peer.pieces, "piece"))
        yield f"  {peer.name}{optional(peer.person, ' ({})')}: {merged}"
    yield tr("{unsent} to send, {waiting} waiting for their place, {conflicts} changed by two",
             unsent=plural(row.unsent, "change"), waiting=row.waiting,
             conflicts=row.conflicts)  # fmt: skip
    if row.private:
        yield tr("Private: {collections}", collections=", ".join(row.private))
    if row.synced:
        yield tr("Synchronised {at}", at=minute(row.synced))
    else:
        yield tr("Not synchronised yet.")


@shows
def _group_sync(row: "GroupSync") -> Lines:
    yield tr("✓ Received: {received}, {sources}; sent: {sent}.",
             received=plural(row.received, "change"), sources=plural(row.sources, "source"),
             sent=plural(row.sent, "change"))  # fmt: skip
    if row.missing:
        yield aside("Not there yet: {pieces} of the log. Synchronise again later.",
                        pieces=plural(row.missing, "piece"))  # fmt: skip
    if row.waiting:
        yield aside("Without a place yet: {changes}.", changes=plural(row.waiting, "change"))
    if row.conflicts:
        yield complaint("Changed by two at the same time: {texts}. See them with: workbench "
                           "group conflicts", texts=plural(row.conflicts, "text"))  # fmt: skip
    yield from map(Complaint, row.problems)


@shows
def _group_conflict(row: "GroupConflict") -> Lines:
    yield f"{row.id}  {row.what}: {row.current}"
    yield tr("  at “{by}”: {other}", by=row.by, other=row.other)
    yield aside("Settle it with: workbench group settle {id} --keep current|other|both",
                    id=row.id)  # fmt: skip


def kept_private(_: None, word: str, off: bool) -> Lines:
    """Whether a collection is shared."""
    if off:
        yield tr("✓ “{word}” is shared.", word=word)
    else:
        yield tr("✓ “{word}” stays here; what the log has already stays there.", word=word)


def left(was_shared: bool) -> Lines:
    """Whether the library left the shared log."""
    if was_shared:
        yield tr("✓ The library is not shared any more; all that came stays.")
    else:
        yield tr("This library is not shared.")
