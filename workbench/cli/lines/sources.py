"""Lines of sources, answers, tables and highlights."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from workbench.cli.lines.form import (
    Complaint,
    Lines,
    Remark,
    aside,
    clock,
    complaint,
    cut,
    day,
    fields,
    listed,
    minute,
    optional,
    short,
    shows,
)
from workbench.cli.output import plural
from workbench.sizes import size_words
from workbench.translation import known, tr

if TYPE_CHECKING:
    from ingest.media.playlist import Playlist
    from workbench.cli.actions import CitedSource, CollectionCard, Located, SourceCard
    from workbench.intake.records import Added, LookUp, Watched
    from workbench.memory.notes.records import (
        FolderSync,
        ForeignHighlight,
        Highlight,
        TakenOver,
        Variable,
    )
    from workbench.recall.answered.saved import Answered
    from workbench.recall.citation_styles import CitationStyle
    from workbench.recall.pictures import PictureHit
    from workbench.recall.records import (
        Cell,
        Chronology,
        DatedStatement,
        SourceDifference,
        Table,
    )
    from workbench.recall.related import Alike
    from workbench.store.records import SourceRow, TagRow
    from workbench.store.removal import Deletion


# -- sources ---------------------------------------------------------------------------------------


@shows
def _added(row: "Added") -> Lines:
    if row.error:
        yield Complaint(f"✗ {_place(row.path)}: {known(row.error)}")
    found, seconds = f"✓ {row.source}  {row.title}", f"{row.seconds:.1f} s"
    passages = plural(row.passages, "passage")
    if row.already:
        yield found + tr("  · already in the library; this place was noted")
    if row.renewed:
        yield f"{found}{tr('  · read again')}, {passages}, {seconds}"
    if row.restored:
        yield found + tr("  · restored from the trash")
    is_new = not (row.error or row.already or row.renewed or row.restored)
    if is_new and row.source and row.passages and row.engrams:
        yield f"{found}  · {passages}, {plural(row.engrams, 'statement')}, {seconds}"
    if not (row.source or row.error):
        yield tr("– {title}  · its pages are pictures; their words are read while the window is "
                 "open, or when you add it again", title=row.title)  # fmt: skip
    if row.source:
        yield from (Remark(f"  {notice}") for notice in row.notices)
    if row.former:
        yield aside("  The earlier version is source {former}; see add --replace.",
                        former=row.former)  # fmt: skip


def _place(path: str) -> str:
    """The file or address as requested, or a name for pasted text."""
    from workbench.intake import places

    return places.name_of(path) if places.is_pasted(path) else path


@shows
def _source_row(row: "SourceRow") -> Lines:
    of = f"{optional(row.author)} · {row.kind} · {plural(row.passages, 'passage')} · {row.state}"
    yield f"{row.id:>4}  {row.title}{of}{listed(row.tags)}"


def edited(rows: "Sequence[SourceRow]") -> Lines:
    """Sources with their corrected details."""
    for row in rows:
        yield f"✓ {row.id:>4}  {row.title}{optional(row.author)}{optional(row.date)}"


def tagged(rows: "Sequence[SourceRow]") -> Lines:
    """Sources with their tags."""
    for row in rows:
        yield f"{row.id:>4}  {row.title} · {', '.join(row.tags) or tr('no tags')}"


def missing(rows: "Sequence[SourceRow]") -> Lines:
    """Sources whose original file is missing."""
    for row in rows:
        yield from _source_row(row)
    if rows:
        yield aside("If a file has moved, say where it is now with: workbench locate ID PATH")


@shows
def _source_card(row: "SourceCard") -> Lines:
    source, original, metadata = row.source, row.original, row.source.metadata
    fetched = ""
    if original is not None and original.address:
        fetched = tr("{at}, {size:.0f} kB, from {address}", size=original.size / 1000,
                     at=day(original.fetched, tr("%d %B %Y, %H:%M")),
                     address=original.final)  # fmt: skip
    passages, statements = plural(source.passages, "passage"), plural(source.engrams, "statement")
    yield from fields(
        8,
        (tr("Title"), source.title),
        (tr("Author"), source.author),
        (tr("Date"), source.date),
        (tr("In"), metadata.get("venue")),
        (tr("Volume"), metadata.get("volume")),
        (tr("By"), metadata.get("publisher")),
        (tr("Kind"), f"{source.kind}{optional(source.language, ', {}')}"),
        (known("Added"), day(source.added, "%d %B %Y")),
        (tr("State"), source.state + ("" if source.trashed is None else tr(", in the trash"))),
        (tr("Indexed"), f"{passages}, {statements}"),
        (known("Read"), row.read_in_words),
        (tr("Cites"), row.references and tr("{count} works", count=len(row.references))),
        ("DOI", metadata.get("doi")),
        ("ISBN", metadata.get("isbn")),
        ("arXiv", metadata.get("arxiv")),
        (tr("Location"), ", ".join(source.locations) or "–"),
        (tr("With"), metadata.get("attached_to")),
        (tr("Fetched"), fetched),
        (tr("Listed"), ", ".join(source.collections)),
        (known("Tags"), ", ".join(source.tags)),
    )
    yield from (tr("Note     {notice}", notice=notice) for notice in source.notices)
    yield from row.titles
    yield from row.passage_texts


@shows
def _look_up(row: "LookUp") -> Lines:
    details = row.details
    yield row.address
    if sentence := details.get("sentence"):
        yield known(sentence)
    if not details:
        yield aside("Nothing was sent. Add --send to ask this address.")
    yield from fields(
        10,
        (tr("Title"), details.get("title")),
        (tr("Authors"), details.get("authors")),
        (tr("Date"), details.get("date")),
        (tr("In"), details.get("venue")),
        (tr("Publisher"), details.get("publisher")),
        (tr("Volume"), details.get("volume")),
        (tr("Pages"), details.get("page_range")),
        ("DOI", details.get("doi")),
        ("ISBN", details.get("isbn")),
    )


@shows
def _collection_card(row: "CollectionCard") -> Lines:
    name = f"{row.name}  · {plural(row.sources, 'source')}" if row.name else tr("In no collection ")
    facts = optional(row.facts and plural(row.facts, "fact"))
    yield f"{name}{facts}{optional(row.notes and plural(row.notes, 'note'))}"


@shows
def _tag_row(row: "TagRow") -> Lines:
    yield f"{row.name}  · {plural(row.sources, 'source')}"


@shows
def _deletion(row: "Deletion") -> Lines:
    going = row.vanishing
    yield from row.titles
    yield tr("To be deleted: {passages}, {statements}, {size}", size=size_words(going.bytes),
             passages=plural(going.passages, "passage"),
             statements=plural(going.engrams, "statement"))  # fmt: skip
    if going.triples:
        yield tr("  and {triples} triples, with {links} links that nothing else says; {kept} links "
                 "stay, since other sources say them, too", triples=going.triples,
                 links=going.links, kept=going.links_kept)  # fmt: skip
    if going.questions:
        yield tr("  and what {questions} saved answers quote of it", questions=going.questions)
    if going.tags:
        yield tr("  and the tags {tags}", tags=", ".join(going.tags))
    for path in going.locations:
        yield tr("  Kept: the original {path}", path=path)
    for name in going.collections:
        yield tr("  Kept: the collection {name}", name=name)
    for copy in going.copies:
        yield tr("  Kept: the backup {path}, which contains the text", path=copy)
    if row.deleted:
        yield tr("Deleted permanently.")
    else:
        yield tr("Nothing was deleted yet. To delete it permanently, add --yes.")
    if row.clean is False:
        yield aside("Another program is reading the library: the last of the text leaves its "
                        "log when that program closes it.")  # fmt: skip


def located(row: "Located", id: int) -> Lines:
    """Where the original of a source is."""
    more = tr(", and {count} more sources of that file", count=row.further) if row.further else ""
    yield tr("✓ {id} is at {path}{more}", id=id, path=row.path, more=more)


@shows
def _watched(row: "Watched") -> Lines:
    yield f"{row.folder}{optional(row.collection, '  → {}')}"
    if row.problem:
        yield Remark(f"  {row.problem}")


@shows
def _playlist(row: "Playlist", first: int, count: int) -> Lines:
    if row.title and row.channel:
        yield f"{row.title} ({row.channel})"
    for entry in row.entries:
        length = optional(entry.seconds and clock(entry.seconds), "  {}")
        yield f"{entry.number:>5}  {entry.title}{length}  {entry.address}"
    following = (row.entries[-1].number if row.entries else first - 1) + 1
    more = 0 if row.total is None else row.total + 1 - following
    if more > 0:
        yield aside("{more} more: go on with --first {first}.", more=more, first=following)
    elif row.total is None and len(row.entries) == count:
        yield aside("There may be more: go on with --first {first}.", first=following)
    yield aside("Add those that you want: workbench add ADDRESS …")


@shows
def _picture_hit(row: "PictureHit") -> Lines:
    page = tr(", page {page}", page=row.page) if row.page else ""
    source = tr("source {source}", source=row.source)
    yield f"{row.nearness:.2f}  {row.title}{page}  ({source})"


def labels(rows: Sequence[tuple[str, float]]) -> Lines:
    """The names of the library nearest to a picture."""
    yield from (f"{100 * share:3.0f} %  {name}" for name, share in rows)


# -- answers and references ------------------------------------------------------------------------


@shows
def _answered(row: "Answered") -> Lines:
    collection = optional(row.collection, "  · {}")
    yield f"#{row.id} {minute(row.asked)}  {row.answer.question}{collection}"


@shows
def _citation_style(row: "CitationStyle") -> Lines:
    yield f"{row.name:<28} {row.title}"


@shows
def _cited_source(row: "CitedSource") -> Lines:
    if row.text:
        yield row.text
    if not row.notes:
        yield f"    {row.reference}"


@shows
def _alike(row: "Alike") -> Lines:
    yield f"{row.nearness:.2f}  {row.title}: “{cut(row.words, 161)}”"


@shows
def _source_difference(row: "SourceDifference") -> Lines:
    first, second = row.first, row.second
    for side in (first, second):
        yield f"{side.engram}  {side.source.title}: {side.quote}"
    if row.state != "open":
        yield aside("Set to: {state}.", state=row.state)
    else:
        yield aside("Settle it with: workbench differences settle {first} {second} "
                        "settled|dismissed", first=first.engram, second=second.engram)  # fmt: skip


@shows
def _chronology(row: "Chronology") -> Lines:
    for statement in row.statements:
        yield from _dated_statement(statement)
    if not row.total:
        yield tr("No dates were found. Add a source that gives days, months or years, or ask with: "
                 'workbench ask "When …?"')  # fmt: skip
    if row.unplaced:
        yield aside("Without a year, or of another calendar: {dates}.",
                        dates=plural(row.unplaced, "date"))  # fmt: skip


@shows
def _dated_statement(row: "DatedStatement") -> Lines:
    doubts = {
        "relative": tr(" (counted from the date at its head)"),
        "year": tr(" (year of the date before it)"),
        "about": tr(" (about)"),
        "before": tr(" (before)"),
        "after": tr(" (after)"),
        "by": tr(" (by then)"),
        "style": tr(" (old style)"),
        "order": tr(" (day or month first)"),
    }
    of = f"{row.sentence.text}  · {row.sentence.source.title}"
    yield f"{row.date_to_read}{doubts.get(row.doubt, '')}  {of}"


@shows
def _table(row: "Table") -> Lines:
    yield f"{row.name}: {len(row.rows)} × {len(row.questions)}{optional(row.collection)}"
    for line in row.rows:
        yield f"{line.source.id:>6}  {line.source.title}"
        for cell in line.cells:
            yield from _cell(cell)
    if not row.rows:
        yield aside("Add sources with: workbench tables change \"{name}\" --add-sources NUMBER",
                        name=row.name)  # fmt: skip
    if not row.questions:
        yield aside("Add questions with: workbench tables change \"{name}\" --add QUESTION",
                        name=row.name)  # fmt: skip
    if row.unfilled:
        yield aside('Fill it with: workbench tables fill "{name}"', name=row.name)


@shows
def _cell(row: "Cell") -> Lines:
    before = {"empty": "–", "unstated": tr("not stated")}.get(row.state, "")
    after = {"possible": tr(" (uncertain)"), "corrected": tr(" (corrected)")}.get(row.state, "")
    yield f"  {row.question}: {before}{row.text}{after}"


# -- highlights, variables, folders of notes -------------------------------------------------------


@shows
def _highlight(row: "Highlight") -> Lines:
    lost = tr(" · no longer in the text") if row.lost else ""
    quote = tr("“{quote}”", quote=short(row.quote))
    yield f"  {row.id}  {quote} · {row.colour}{lost}"
    if row.note:
        yield f"      {short(row.note)}"


def highlights(rows: "Sequence[Highlight]") -> Lines:
    """Highlights by source."""
    for title, of_source in groupby(rows, key=lambda row: row.title):
        yield title
        for row in of_source:
            yield from _highlight(row)


@shows
def _foreign_highlight(row: "ForeignHighlight") -> Lines:
    source = row.source or tr("not found in the library")
    page = tr("  · p. {page}", page=row.page) if row.page else ""
    yield f"  {tr('“{quote}”', quote=short(row.quote))}  · {source}{page}"
    if row.note:
        yield f"      {short(row.note)}"


@shows
def _taken_over(row: "TakenOver") -> Lines:
    for highlight in row.highlights:
        yield from _foreign_highlight(highlight)
    lost = tr(", {missing:,} not found in the library", missing=row.missing) if row.missing else ""
    yield tr("{path}: {new:,} new, {known:,} there already{lost}.",
             path=row.path, new=row.new, known=row.known, lost=lost)  # fmt: skip


def variables(rows: "Sequence[Variable]") -> Lines:
    """Variables with their values."""
    yield from (f"{row.key} = {short(row.value)}" for row in rows)


@shows
def _folder_sync(row: "FolderSync") -> Lines:
    yield tr("{read_in}: {read}; changed here: {changed}; written: {written}.",
             read_in=tr("Would be read") if row.preview else tr("✓ Read"), read=len(row.read),
             changed=len(row.changed), written=len(row.written))  # fmt: skip
    for conflict in row.conflicts[:20]:
        yield complaint("{path} was changed on both sides. There: {file} Here: {library} Choose "
                           "with --keep file or --keep library.", path=conflict.path,
                           file=conflict.file, library=conflict.library)  # fmt: skip
    for path in row.missing[:20]:
        yield complaint("{path} is gone; its statement is still here. --keep library writes it "
                           "again.", path=path)  # fmt: skip
    for path in row.forgotten[:20]:
        yield complaint("{path} has a statement that is forgotten here. --keep file tells it "
                           "again.", path=path)  # fmt: skip
    yield from map(Complaint, row.left[:20])
