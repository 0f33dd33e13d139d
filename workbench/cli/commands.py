"""The commands that work on a library: each takes the arguments, calls the library, prints."""

import argparse
import contextlib
import json
import os
import textwrap
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.books.naming import one_line
from workbench import paths, permissions
from workbench.care.diagnosis import diagnosing
from workbench.cli.output import Output, ProgressLine, many, plain
from workbench.cli.piped import piped
from workbench.errors import (
    InputError,
    LibraryError,
    LibraryFullError,
    NotFoundError,
    UsageError,
    WorkbenchError,
)
from workbench.intake.records import STAGES, Added
from workbench.library import Library
from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Hit
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import said_elsewhere
from workbench.store.kept_originals import Original
from workbench.store.records import SourceRow
from workbench.store.tags import fold
from workbench.turns import settle

_WIDTH = 92


def _add(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.wait not in STAGES[1:]:
        raise UsageError(
            f"There is no stage “{arguments.wait}”.", f"Choose one of: {', '.join(STAGES[1:])}."
        )
    line = ProgressLine(output)
    told = _Told(output, line)
    with open_library(arguments, make=True) as library:
        wanted = [_wished(path, arguments) for path in arguments.paths if path != "-"]
        try:
            if "-" in arguments.paths:
                for added in library.add_text(
                    piped(),
                    title=arguments.title,
                    collection=arguments.collection,
                    wait=arguments.wait,
                ):
                    told.say(added)
            if wanted:
                library.add(
                    wanted,
                    collection=arguments.collection,
                    title=arguments.title,
                    wait=arguments.wait,
                    replace=arguments.replace,
                    report=line,
                    each=told.say,
                )
        finally:
            line.clear()
        told.end(wanted)
        spent = library.queue.spent()
        # So that who asks next need not wait for it; who added need not wait to be told.
        library.embeddings.update_subjects()
    if arguments.profile:
        # Only now: the processor time of readers is known when they have ended.
        _say_spent(spent, output)
    return InputError.exit_code if told.failed else 0


def _say_spent(spent: Mapping[str, float], output: Output) -> None:
    """Print how long each stage took, and the processor time of this process and of readers."""
    processor = {"here": time.process_time(), "readers": sum(os.times()[2:4])}
    if output.as_json:
        output.record({"profile": {"seconds": spent, "processor_seconds": processor}})
        return
    whole = sum(spent.values()) or 1.0
    for stage, seconds in spent.items():
        output.result(f"{stage.ljust(10)} {seconds:8.2f} s  {100 * seconds / whole:3.0f} %")
    output.result(
        f"processor  {processor['here']:8.2f} s here, {processor['readers']:.2f} s in readers"
    )


class _Told:
    """Says what became of each source as its file is done, and keeps count."""

    def __init__(self, output: Output, line: ProgressLine) -> None:
        self._output = output
        self._line = line
        self._tried: set[str] = set()
        self._sources = 0
        self.failed = 0

    def say(self, added: Added) -> None:
        """Print what became of one source."""
        self._tried.add(added.path)
        self._sources += 1
        self.failed += bool(added.error)
        self._line.clear()
        self._output.shown(added, say_added)

    def end(self, wanted: Sequence[str]) -> None:
        """Print which files were passed over, and the sum of it."""
        from workbench.intake import places

        for path in wanted:
            for skipped in _passed_over(path, self._tried):
                if self._output.as_json:
                    self._output.record(skipped)
                else:
                    self._output.remark(
                        f"– {one_line(places.name_of(skipped.path))}: {skipped.notices[0]}"
                    )
        if self.failed and self._sources > 1 and not self._output.as_json:
            self._output.remark(
                f"{self._sources - self.failed} added, {self.failed} could not be used."
            )


def _wished(path: str, arguments: argparse.Namespace) -> str:
    """A link with what is wanted of a video behind it; files as they are."""
    from ingest.media import wishes
    from workbench.intake import places

    languages = [name for name in (arguments.captions or "").split(",") if name]
    if not places.is_link(path) or not (languages or arguments.speech):
        return path
    return wishes.written(path, languages, speech=arguments.speech)


def _passed_over(path: str, tried: Collection[str]) -> Iterator[Added]:
    """The files of a folder that were not tried, each with the reason as its notice."""
    from ingest import zotero
    from workbench.intake import places

    if places.is_file(Path(paths.absolute(path), zotero.DATABASE)):
        # What is there besides is Zotero's own.
        return
    # What is no folder has nothing in it.
    for here, folders, names in os.walk(paths.absolute(path)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            stored = places.as_text(file)
            if name.startswith(".") or stored in tried:
                continue
            # No reason is left where the file came, or became readable, after the folder was read.
            why = places.why_unread(file) or "It did not exist yet. Add the folder again."
            yield Added(None, "", "skipped", 0, 0, 0, 0, 0.0, None, stored, notices=(why,))


def say_added(added: Added, output: Output) -> None:
    """Print what became of one source."""
    if added.error:
        from workbench.intake import places

        place = places.name_of(added.path) if places.is_pasted(added.path) else added.path
        output.complaint(f"✗ {place}: {added.error}")
        return
    told = f"✓ {added.source}  {added.title}"
    if added.already:
        told += "  · already in the library; this place was noted"
    elif added.renewed:
        told += f"  · read again, {many(added.passages, 'passage')}, {added.seconds:.1f} s"
    elif added.restored:
        told += "  · restored from the trash"
    else:
        told += f"  · {many(added.passages, 'passage')}, {many(added.engrams, 'statement')}"
        told += f", {added.seconds:.1f} s"
    output.result(told)
    for notice in added.notices:
        output.remark(f"  {notice}")
    if added.former is not None:
        output.remark(f"  The earlier version is source {added.former}; see add --replace.")


def _ask(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.limit < 1:
        raise UsageError("The limit must be 1 or more.", "Leave --limit out for five quotes.")
    if bool(arguments.question) == bool(arguments.batch):
        raise UsageError("Give either a question or --batch FILE.jsonl.", "See `workbench ask -h`.")
    if arguments.source and arguments.depth:
        raise UsageError(
            "--source searches only sources, --depth only statements.", "Leave one of them out."
        )
    with _sample(output) if arguments.sample else open_library(arguments, reading=True) as library:
        if arguments.batch:
            return _ask_batch(library, arguments, output)
        talk = arguments.conversation
        turns = None if talk is None else library.answers.turns(talk)
        answer = library.ask(
            arguments.question,
            collection=arguments.collection,
            sources=arguments.source or None,
            limit=arguments.limit,
            quotes=arguments.quotes,
            explain=arguments.explain,
            as_of=arguments.as_of,
            depth=arguments.depth,
            turns=turns,
            about=arguments.about,
        )
        if talk is not None:
            answer = replace(answer, scope={**answer.scope, "conversation": talk})
        made = answer
        if not arguments.quotes and library.answers.writes():
            made = library.answers.write(answer, turns=turns or ())
        if arguments.keep or talk is not None:
            kept = library.answers.keep(answer, made)
            made = replace(made, id=kept.id)
        answer = made
        if arguments.brain:
            answer = library.brain.beside_answer(answer)
        trouble = trouble_of(library)
    if output.as_json:
        output.record(answer_record(answer))
    else:
        say_answer(answer, output, explain=arguments.explain)
    if trouble:
        output.remark(trouble)
    return 1 if answer.abstained else 0


def trouble_of(library: Library) -> str:
    """One sentence on a model that should help to answer and cannot; "" where all is well."""
    spaces = (each.trouble for each in library.embeddings.spaces() if each.trouble)
    return next(spaces, "") or library.reader_trouble


def _ask_batch(library: Library, arguments: argparse.Namespace, output: Output) -> int:
    try:
        lines = Path(arguments.batch).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The questions in {arguments.batch} could not be read.",
            "Give a UTF-8 file with one JSON object {id, question} a line.",
        ) from error
    healthy = True
    talks: dict[str, list[Answer]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        ident: object = number
        try:
            wanted = _batch_line(line, number)
            ident = wanted.get("id", number)
            talk = wanted.get("conversation")
            turns = None if talk is None else talks.setdefault(str(talk), [])
            answer = library.ask(
                _batch_question(wanted, number),
                collection=_text_or_none(wanted.get("collection", arguments.collection)),
                sources=_sources_or_none(wanted.get("sources", arguments.source or None), number),
                limit=arguments.limit,
                quotes=arguments.quotes,
                explain=arguments.explain,
                as_of=arguments.as_of,
                depth=arguments.depth,
                turns=turns,
                about=_text_or_none(wanted.get("about")) or "",
            )
            if arguments.written and not arguments.quotes:
                answer = library.answers.write(answer, turns=turns or ())
            if turns is not None:
                turns.append(answer)
            if arguments.brain:
                answer = library.brain.beside_answer(answer)
        except WorkbenchError as error:
            healthy = False
            told = {"code": error.code, "message": error.message, "hint": error.hint}
            output.record({"id": ident, "error": told})
        else:
            output.record({"id": ident, **answer_record(answer)})
    return 0 if healthy else InputError.exit_code


def _batch_line(line: str, number: int) -> Mapping[str, object]:
    try:
        wanted = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"Line {number} is not JSON.", "Correct the line and ask again."
        ) from error
    if not isinstance(wanted, dict):
        raise InputError(f"Line {number} is not a JSON object.", "Correct the line and ask again.")
    return wanted


def _batch_question(wanted: Mapping[str, object], number: int) -> str:
    question = wanted.get("question")
    if not isinstance(question, str):
        raise InputError(f"Line {number} has no question.", 'Give it a "question".')
    return question


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _sources_or_none(value: object, number: int) -> list[int] | None:
    if value is None:
        return None
    if not isinstance(value, list) or any(type(each) is not int for each in value):
        raise InputError(
            f"The sources in line {number} are not numbers of sources.",
            'Write them like "sources": [3, 7]; see `workbench list sources`.',
        )
    return value


def answer_record(answer: Answer) -> dict[str, object]:
    """The fields of `ask --json`, in the order that DESIGN fixes, ours after them."""
    return {
        "question": answer.question,
        "mode": answer.mode,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "value": answer.value,
        "sentences": [
            {"text": s.text, "citations": list(s.citations), "supported": s.supported}
            for s in answer.sentences
        ],
        "evidence": [_evidence_record(evidence) for evidence in answer.evidence],
        "coverage": {
            "passages": answer.coverage.passages,
            "of": answer.coverage.of,
            "sources": answer.coverage.sources,
        },
        "milliseconds": round(answer.milliseconds, 2),
        "suggestion": answer.suggestion,
        "about": answer.about,
        "asked_as": answer.asked_as,
        "others": list(answer.others),
        "told": None if answer.told is None else _told_record(answer.told),
        "near": [_fact_record(fact) for fact in answer.near],
        **_written_record(answer),
        **({"brought": list(answer.brought)} if answer.thought else {}),
        **({"depth": answer.depth, "recalled": plain(answer.recalled)} if answer.depth else {}),
    }


def _written_record(answer: Answer) -> dict[str, object]:
    """What there is to say of the model, where one was asked."""
    if not answer.model and not answer.note:
        return {}
    return {
        "model": answer.model,
        "prompt": answer.prompt,
        "cut": answer.cut,
        "note": answer.note,
        "hint": answer.hint,
    }


def _told_record(told: Value) -> dict[str, object]:
    return {**_fact_record(told.fact), "confidence": round(told.confidence, 4)}


def _fact_record(fact: Fact) -> dict[str, object]:
    return {
        "engram": fact.id,
        "text": fact.text,
        "collection": fact.collection,
        "sources": list(fact.sources),
        "at": fact.at,
    }


def _evidence_record(evidence: Evidence) -> dict[str, object]:
    place = evidence.locator
    record: dict[str, object] = {
        "n": evidence.n,
        "engram": evidence.engram,
        "quote": evidence.quote,
        "score": round(evidence.score, 4),
        "tags": list(evidence.tags),
        "tiers": {tier: round(share, 4) for tier, share in evidence.tiers.items()},
        "source": {
            "id": evidence.source.id,
            "key": evidence.source.key,
            "title": evidence.source.title,
            "path": evidence.source.path,
        },
        "locator": {
            "page": place.page,
            "page_label": place.page_label,
            "chapter": place.chapter,
            "start": place.start,
            "end": place.end,
            "seconds": place.seconds,
            "box": None if place.box is None else list(place.box),
        },
    }
    if evidence.reasons:
        record["reasons"] = list(evidence.reasons)
    if evidence.via is not None:
        record["via"] = plain(evidence.via)
    if evidence.path:
        record["path"] = [plain(step) for step in evidence.path]
    if evidence.places:
        record["places"] = evidence.places
        record["elsewhere"] = [plain(place) for place in evidence.elsewhere]
    return record


def place_words(evidence: Evidence) -> str:
    """The place of a quote in words: “ch. Sleep, p. 141 (PDF 153)”."""
    place = evidence.locator
    parts = [place.chapter] if place.chapter else []
    if place.page is not None:
        label = place.page_label or str(place.page)
        index = "" if label == str(place.page) else f" (PDF {place.page})"
        parts.append(f"p. {label}{index}")
    return ", ".join(parts)


def say_answer(answer: Answer, output: Output, *, explain: bool) -> None:
    """Print an answer with its evidence for people."""
    if answer.about:
        others = f": {', '.join(answer.others)}" if answer.others else ""
        output.result(f"About {answer.about} (--about NAME asks about another{others})\n")
    if answer.abstained and answer.mode == "none" and answer.suggestion.endswith("?"):
        # It asks back: nothing was looked up.
        output.result(answer.suggestion)
    elif answer.abstained:
        empty = answer.mode == "none" and not answer.coverage.of
        output.result("There is nothing to answer from yet." if empty else "No answer found.")
        if answer.suggestion:
            output.result(answer.suggestion)
        if answer.near:
            output.result("\nClosest statements:")
        for fact in answer.near:
            by = ", ".join(fact.sources) or "you"
            output.result(f"  “{textwrap.shorten(fact.text, _WIDTH)}” (said by {by})")
        if answer.evidence:
            output.result("\nThe closest passages:")
    else:
        likely = "Possible answer" if answer.possible else "Answer"
        output.result("Written" if answer.mode == "written" else likely)
        if answer.value and not (answer.told is not None and answer.told.whole):
            output.result(f"\n  {answer.value}\n")
        if answer.told is not None:
            by = ", ".join(answer.told.fact.sources) or "you"
            output.result(f"  “{answer.told.fact.text}” (said by {by})\n")
        for sentence in answer.sentences:
            marks = "".join(f"[{n}]" for n in sentence.citations)
            said = sentence.text if answer.mode == "written" else f"“{sentence.text}”"
            doubt = "" if sentence.supported else " (unsupported)"
            output.result(textwrap.fill(f"{said} {marks}{doubt}", _WIDTH))
        if answer.evidence:
            output.result("\nEvidence:")
    for evidence in answer.evidence:
        where = " · ".join(filter(None, [evidence.source.title, place_words(evidence)]))
        tagged = f"  ({', '.join(evidence.tags)})" if evidence.tags else ""
        output.result(f"\n[{evidence.n}] {where}{tagged}")
        output.result(textwrap.indent(textwrap.fill(f"“{evidence.quote}”", _WIDTH - 4), "    "))
        if explain:
            likely = f"{round(100 * evidence.score)} % likely to bear on the question."
            output.result("\n".join(f"      {each}" for each in (*evidence.reasons, likely)))
        if evidence.places:
            output.result(f"      {said_elsewhere(evidence)}")
    say_recalled(answer.recalled, output, explain=explain)
    if answer.brought:
        output.result("\nAssociated in the brain:")
    for brought in answer.brought:
        way = brought.path or " → ".join(brought.trail) or brought.name
        odds = f" ({brought.odds} such links was found in print)" if brought.odds else ""
        output.result(f"  {brought.tag:<10} {way}{odds}")
    if answer.note:
        output.remark(f"\n{answer.note} {answer.hint}".rstrip())
    coverage = answer.coverage
    read = (
        f"{coverage.passages} of {coverage.of} passages, {coverage.sources} "
        f"{'source' if coverage.sources == 1 else 'sources'}, "
    )
    output.remark(f"\n{read if coverage.of else ''}{answer.milliseconds:.0f} ms")


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


def _check_collection(library: Library, wanted: str | None) -> None:
    if wanted is None:
        return
    if wanted.strip().casefold() not in {row.name.casefold() for row in library.collections.list()}:
        raise NotFoundError(
            f"There is no collection called “{wanted}”.", "See `workbench list collections`."
        )


def _check_names(library: Library, arguments: argparse.Namespace) -> None:
    """Raise `NotFoundError` for a collection or tag that there is not: a slip is no empty list."""
    tag = arguments.tag
    _check_collection(library, arguments.collection)
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


@contextlib.contextmanager
def open_library(
    arguments: argparse.Namespace, *, make: bool = False, reading: bool = False
) -> Iterator[Library]:
    """The library that was named, or the default; only `add` makes one where none is.

    Where a full disk lets nobody write, a command that is only `reading` goes on.
    """
    named = getattr(arguments, "library", None)
    if named is not None and not make and not paths.is_there(paths.absolute(named)):
        raise NotFoundError(
            f"There is no library at “{named}”.", "Check the name, or add something to it first."
        )
    try:
        library = Library.open(named)
    except LibraryFullError:
        if not reading:
            raise
        library = Library.open(named, read_only=True)
    settle()
    with library:
        if library.clock_notice:
            Output(quiet=getattr(arguments, "quiet", False)).remark(library.clock_notice)
        with diagnosing(library._store):
            yield library


@contextlib.contextmanager
def open_scope(arguments: argparse.Namespace) -> Iterator[Library]:
    """The library, to look for what was told.

    Raises `NotFoundError` where the collection that was named is not there: a slip in its name is
    no lack of facts.
    """
    with open_library(arguments, reading=True) as library:
        _check_collection(library, arguments.collection)
        yield library


@contextlib.contextmanager
def _sample(output: Output) -> Iterator[Library]:
    """A library of its own that holds the sample book, built once and kept in the cache."""
    with Library.open(_sample_place()) as library:
        there = any(s.verified for s in library.sources.list())
        if not there:
            output.remark("Reading the sample book once…")
        # One that can only be read here is asked as it is.
        added = None if there and library.read_only else library.add_sample()
        if added is not None and added.error:
            raise InputError("The sample book could not be read.", added.error)
        yield library


def _sample_place() -> str | Path:
    """Where the sample library is; nowhere that lasts where the cache can hold none just now."""
    file = paths.cache_dir() / "sample" / "sample.brain"
    try:
        permissions.folder(file.parent)
        Library.open(file).close()
    except OSError:
        return ":memory:"
    except LibraryError as error:
        if error.passes:
            return ":memory:"
        # Only a copy: what a crash or another version left behind is made anew.
        for part in file.parent.iterdir():
            part.unlink()
    return file


def say_hit(hit: Hit, output: Output, *, explain: bool) -> None:
    """Print a memory with where it is from, and why it came to mind."""
    was = "" if hit.current else " · replaced"
    was += " · archived" if hit.archived else ""
    output.result(f"{hit.text}  · {_origin_of(hit)} · {hit.score:.2f}{was}")
    for reason in hit.reasons if explain else ():
        output.result(f"    {reason}")


def say_recalled(hits: Sequence[Hit], output: Output, *, explain: bool) -> None:
    """Print what came to mind beside an answer, under a heading."""
    if hits:
        output.result("\nWhat comes to mind:")
    for hit in hits:
        say_hit(hit, output, explain=explain)


def _origin_of(hit: Hit) -> str:
    origin = hit.origin
    if origin.told:
        return ", ".join(origin.sources) or "told"
    page = f"p. {origin.page}" if origin.page else ""
    return " · ".join(filter(None, (origin.title, origin.chapter, page)))


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "add": _add,
    "ask": _ask,
    "list": _list,
    "restore": _restore,
}
