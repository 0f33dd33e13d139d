"""The commands of sources: list, show, trash, restore."""

import argparse
import time
from collections.abc import Callable, Mapping

from workbench.cli.opening import check_collection, open_library
from workbench.cli.output import Output, many
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.store.kept_originals import Original
from workbench.store.records import SourceRow
from workbench.store.tags import fold


def _list(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.kind is not None:
        raise UsageError(
            "Only statements and concepts have a kind.", "Write: workbench list memories --kind K"
        )
    with open_library(arguments, reading=True) as library:
        if arguments.what == "tags":
            named = library.sources.tags()
            rows: list[object] = list(named)
            lines = [f"{row.name}  · {many(row.sources, 'source')}" for row in named]
        else:
            _check_names(library, arguments)
            sources = library.sources.list(
                collection=arguments.collection, tag=arguments.tag, trashed=arguments.trashed
            )
            if arguments.missing:
                gone = set(library.sources.missing())
                sources = [source for source in sources if source.id in gone]
            rows = list(sources)
            lines = [_source_line(source) for source in sources]
    if output.as_json:
        for row in rows:
            output.record(row)
    else:
        for line in lines:
            output.result(line)
        if arguments.missing and lines:
            output.remark("If a file has moved, say where it is now with: workbench locate ID PATH")
        elif not lines and not arguments.missing:
            output.remark("Nothing yet. Add something with: workbench add FILE")
    return 0


def _check_names(library: Library, arguments: argparse.Namespace) -> None:
    """Raise `NotFoundError` for a collection or tag that there is not: a slip is no empty list."""
    tag = arguments.tag
    check_collection(library, arguments.collection)
    known = {fold(row.name) for row in library.sources.tags()} if tag is not None else set()
    if tag is not None and not arguments.trashed and fold(tag) not in known:
        raise NotFoundError(f"No source has the tag “{tag}”.", "See `workbench list tags`.")


def _source_line(source: SourceRow) -> str:
    by = f" · {source.author}" if source.author else ""
    tagged = f" · {', '.join(source.tags)}" if source.tags else ""
    return (
        f"{source.id:>4}  {source.title}{by} · {source.kind} · "
        f"{many(source.passages, 'passage')} · {source.state}{tagged}"
    )


def show(arguments: argparse.Namespace, output: Output) -> int:
    """Show a source."""
    with open_library(arguments, reading=True) as library:
        source = library.sources.get(arguments.id)
        original = library.sources.original(source.id)
        sections = library.sources.sections(source.id)
        passages = library.sources.passages(source.id)
        read = library.sources.account(source.id)
        references = library.sources.references(source.id)
    if output.as_json:
        told = {"read": read, "not_read": source.notices, "references": references}
        output.record(
            {"source": source, "original": original, **told, "sections": sections,
             "passages": passages}
        )  # fmt: skip
        return 0
    from workbench.intake.accounting import in_words

    added = time.strftime("%d %B %Y", time.localtime(source.added))
    facts = {
        "Title": source.title,
        "Author": source.author,
        "Kind": source.kind + (f", {source.language}" if source.language else ""),
        "Added": added,
        "State": source.state if source.trashed is None else f"{source.state}, in the trash",
        "Indexed": f"{many(source.passages, 'passage')}, {many(source.engrams, 'statement')}",
        "Read": in_words(read),
        "Cites": f"{len(references)} works" if references else "",
        "DOI": source.metadata.get("doi", ""),
        "arXiv": source.metadata.get("arxiv", ""),
        "Location": ", ".join(source.locations) or "–",
        "With": source.metadata.get("attached_to", ""),
        "Fetched": _fetched(original),
        "Listed": ", ".join(source.collections),
        "Tags": ", ".join(source.tags),
    }
    for name, value in facts.items():
        if value:
            output.result(f"{name.ljust(8)} {value}")
    for notice in source.notices:
        output.result(f"{'Note'.ljust(8)} {notice}")
    for section in sections:
        if section.title:
            output.result(f"{'  ' * section.level}{section.title}")
    for passage in passages if arguments.passages else ():
        where = f"p. {passage.page_label or passage.page} " if passage.page else ""
        output.result(f"\n— {where}[{passage.start}–{passage.end}] {passage.chapter}".rstrip())
        output.result(passage.text)
    return 0


def _fetched(original: Original | None) -> str:
    """When a page of the web was fetched and from where, in words; "" for everything else."""
    if original is None or not original.address:
        return ""
    when = time.strftime("%d %B %Y, %H:%M", time.localtime(original.fetched))
    return f"{when}, {original.size / 1000:.0f} kB, from {original.final}"


def trash(arguments: argparse.Namespace, output: Output) -> int:
    """Move sources to the trash."""
    with open_library(arguments) as library:
        library.sources.trash(arguments.ids)
    _moved(arguments, output, "trashed", "In the trash; restore with: workbench restore")
    return 0


def _restore(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        library.sources.restore(arguments.ids)
    _moved(arguments, output, "restored", "Back in the library:")
    return 0


def _moved(arguments: argparse.Namespace, output: Output, verb: str, words: str) -> None:
    output.say({verb: arguments.ids}, f"{words} {' '.join(map(str, arguments.ids))}")


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "list": _list,
    "restore": _restore,
}
