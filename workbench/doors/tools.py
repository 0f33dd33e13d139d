"""A library as an MCP server (Model Context Protocol, revisions 2025-11-25 and 2026-07-28).

Tools are the operations with a tool name; by default only five, as every schema and result costs an
agent tokens in each turn. Resources are the sources with their sections and passages as text, saved
answers, and conversations; prompts are three common requests. Writing needs a library opened for
it. `Scope` limits what a client may access.
"""

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from ingest.books import naming
from workbench.asynchronous import AsyncLibrary
from workbench.doors import greeting
from workbench.doors.files import documents
from workbench.doors.greeting import Wire
from workbench.doors.redaction import problem, redact
from workbench.doors.rows import MAX_ROWS, check_limit
from workbench.errors import NotFoundError, UsageError, WorkbenchError
from workbench.intake.records import Added
from workbench.intake.requests import title_of
from workbench.jobs import Progress, Report, silent
from workbench.library.operations import OPERATIONS, Operation
from workbench.memory.chains.records import Chain
from workbench.memory.facts.records import Fact, Remembered, Value
from workbench.recall.records import Answer, Evidence, Place, SourceRef
from workbench.recall.wording import reference
from workbench.store.records import PassageRow, SourceRow
from workbench.version import __version__

# -- brief -----------------------------------------------------------------------------------------
# Short results for agents: the answer, its source, and ids for further calls.


#: Maximum characters of a result (about 80 tokens), of a statement in it, and of a quote.
_RESULT, _STATEMENT, _QUOTE = 300, 120, 180


def brief(result: Any) -> str:
    """A result in a few lines of text."""
    match result:
        case Answer():
            lines = list(_answer(result))
        case Value():
            lines = [result.value or "", _statement(result.fact)]
            lines += [] if result.also is None else ["But:", _statement(result.also.fact)]
        case Chain():
            broken = f"Nothing says “{result.broken_at}” of the last."
            ids = " ".join(f"[{hop.fact.id}]" for hop in result.hops if hop.fact is not None)
            way = f"{' → '.join(result.trail)} {ids}"
            lines = [broken if result.value is None else result.value, way]
        case Remembered():
            told = (("Kept", result.new), ("Known", result.known))
            lines = [f"{how} [{'] ['.join(map(str, ids))}]" for how, ids in told if ids]
            lines += [f"Left out ({left.reason}): {left.text}" for left in result.left]
        case [Fact(), *_]:
            lines = list(map(_statement, result))
        case _:
            lines = ["Nothing that was told says so."]
    return "\n".join(_fitting(filter(None, lines)))


def _answer(answer: Answer) -> Iterable[str]:
    if answer.abstained:
        yield answer.suggestion or "The library does not say."
        yield from map(_statement, answer.near)
    else:
        yield f"{answer.value or ''}{' (possible)' if answer.possible else ''}".strip()
        yield answer.note if answer.differs else ""
        yield from map(_statement, (*answer.facts, *answer.near))
        yield from map(_brief_quote, answer.evidence[:1])


def _statement(fact: Fact) -> str:
    former = "" if fact.current else " (no longer)"
    return f"[{fact.id}] {_cut(fact.text, _STATEMENT)}{former}"


def _brief_quote(evidence: Evidence) -> str:
    cited = _cut(reference(evidence.source, evidence.locator), _STATEMENT)
    return f"“{_cut(evidence.quote, _QUOTE)}” {cited} (library://sources/{evidence.source.id})"


def _cut(text: str, size: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= size else f"{flat[: size - 1]}…"


def _fitting(lines: Iterable[str]) -> Iterable[str]:
    """The lines that fit the maximum; “…” marks the rest."""
    left = _RESULT
    for place, line in enumerate(lines):
        if len(line) > left and place:
            yield "…"
            return
        left -= len(line)
        yield line


# -- tools -----------------------------------------------------------------------------------------

_logger = logging.getLogger("workbench.doors")

_PROMPTS = {
    "answer_with_citations": (
        "Answer a question from my library, with citations.",
        "question",
        "Answer from my library alone: {}\nCall `ask`; where its evidence is thin, `search` for "
        "the names in it. Quote the sentences that carry the answer, each with title and page. "
        "Where the library does not say, tell me so instead of filling in.",
    ),
    "what_do_i_know": (
        "Say what my library and my notes hold about something.",
        "topic",
        "What do I know about {}?\nCall `ask`, `recall` and `concept`. Keep apart what my sources "
        "say (title and page) and what I said myself (with its date). Name what contradicts.",
    ),
    "prepare_review": (
        "Prepare questions from what is due for review.",
        "collection",
        "Prepare a review of the collection “{}”.\nCall `due`. Ask me one question at a time about "
        "what is due, wait for my answer, then show the statement it comes from.",
    ),
}

#: Adds files of the allowed folders; only for agents on this machine.
_ADD = Operation("add", "write", "add", "add", sends="paths")
_ADDED = ("paths", "collection", "title")
#: The default tools, which return short results, with the arguments that agents need.
_FEW = {
    "ask": "question collection",
    "value": "question collection as_of",
    "recall": "cue collection limit",
    "chain": "start path collection",
    "remember": "text collection source",
}
#: The id of a statement, as short results give it.
_NUMBER = re.compile(r"\s*\[(\d{1,12})\]\s*")
#: Maximum sources listed as resources, and answers searched for conversations.
_PAGE_SIZE, _ANSWERS = 500, 200
#: Resources by URI template, each with a description and a media type.
_TEMPLATES = (
    ("sources/{id}", "A source: title, author, and its sections.", "application/json"),
    ("sources/{id}/sections/{section}", "The text of a section.", "text/plain"),
    ("sources/{id}/passages/{passage}", "A passage with its citation.", "text/markdown"),
    ("answers/{id}", "An answer that was kept, with its citations.", "text/markdown"),
    ("threads/{name}", "A conversation: its answers, with their citations.", "text/markdown"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a client may access.

    A `collection` restricts every call to it. Files may be added from `folders`. `remote` clients
    see no local file names. `everything` offers all tools, with all arguments and results.
    """

    collection: str | None = None
    folders: Sequence[Path] = ()
    remote: bool = False
    everything: bool = False

    def arguments(self, operation: Operation) -> dict[str, Any] | None:
        """The input schema of an operation; None if it is not offered."""
        return _arguments(operation, self.collection is not None, self.is_brief(operation))

    def is_brief(self, operation: Operation) -> bool:
        """Whether an agent gets the short form of an operation."""
        return operation.tool in _FEW and not self.everything

    def checked(self, operation: Operation, values: Mapping[str, Any]) -> dict[str, Any]:
        """Validate the arguments of a call. Raises `UsageError` for unknown and invalid ones."""
        allowed = (self.arguments(operation) or {})["properties"]
        unknown = values.keys() - allowed.keys()
        if unknown:
            raise UsageError(
                f"There is no argument “{min(unknown)}”.", f"Give some of: {', '.join(allowed)}."
            )
        result = operation.checked(values)
        check_limit(result)
        if result.get("limit", 1) < 1:
            raise UsageError("“limit” is at least 1.", "Leave it out for the usual number.")
        if self.collection is not None:
            result["collection"] = self.collection
        if operation is _ADD:
            paths = result["paths"]
            requested = [paths] if isinstance(paths, str | Path) else paths
            result["paths"] = [self._inside(path) for path in requested]
        return result

    def _inside(self, path: str | Path) -> tuple[Path, Path]:
        """The allowed folder of a path, and the path, both resolved."""
        # A path may name an unknown home, or contain a null character.
        with contextlib.suppress(RuntimeError, ValueError, StopIteration):
            folders = [folder.resolve() for folder in self.folders]
            places = [(folder / Path(path).expanduser()).resolve() for folder in folders]
            real = next(filter(Path.exists, places))
            links = (item.resolve() for item in real.rglob("*") if item.is_symlink())
            if all(any(map(item.is_relative_to, folders)) for item in chain([real], links)):
                return next(filter(real.is_relative_to, folders)), real
        raise UsageError(
            "This file is not there, or it or a link lies outside the folders that may be read.",
            "Ask the user to start `workbench mcp` with --folder.",
        )


def tools(library: AsyncLibrary, scope: Scope) -> dict[str, Operation]:
    """The operations offered to a client, by tool name."""
    table: Iterable[Operation] = OPERATIONS.values()
    if scope.folders:
        table = (*table, _ADD)
    return {
        item.tool: item
        for item in table
        if item.tool
        and (item.effect == "read" or not library.read_only)
        and (item.tool in _FEW or scope.everything or item is _ADD)
        and scope.arguments(item) is not None
    }


def server(library: AsyncLibrary, scope: Scope) -> Server[Any]:
    """An MCP server for an open library, on any transport."""
    offered = tools(library, scope)
    described = [_described(item, scope) for item in offered.values()]

    async def list_tools(_context: Any, _request: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=described)

    async def call_tool(
        context: Any, parameters: types.CallToolRequestParams
    ) -> types.CallToolResult:
        operation = offered.get(parameters.name)
        if operation is None:
            wrong = (
                f"There is no tool “{parameters.name}” here. Choose another, or start "
                "`workbench mcp` with --tools all or --write."
            )
            raise MCPError(code=types.INVALID_PARAMS, message=wrong)
        try:
            values = scope.checked(operation, parameters.arguments or {})
            number = _NUMBER.fullmatch(str(values.get("cue")))
            async with _reporting(operation, context) as scoped:
                result: Any
                if operation is _ADD:
                    result = await _added(library, **values, **scoped)
                elif operation.tool == "recall" and number is not None:
                    result = [await _statement_of(library, scope, int(number[1]))]
                    if scope.is_brief(operation):
                        whole = json.dumps(asdict(result[0]), ensure_ascii=False)
                        return types.CallToolResult(content=[types.TextContent(text=whole)])
                else:
                    result = await operation.of(library)(**values, **scoped)
            if scope.is_brief(operation):
                return types.CallToolResult(content=[types.TextContent(text=brief(result))])
            text = None
            if isinstance(result, Answer):
                text = await library.answers.export(result)
        except WorkbenchError as error:
            words = problem(error)[1]
            return _error_result(
                f"{words['title']} {words['hint']}" if scope.remote else str(error)
            )
        except Exception:
            _logger.exception("The tool %s failed", parameters.name)
            return _error_result("Something went wrong in the workbench. Its log says what.")
        data = operation.gives.dump_python(result, mode="json")
        if scope.remote:
            data = redact(data)
        return types.CallToolResult(
            content=[types.TextContent(text=text or json.dumps(data, ensure_ascii=False))],
            structured_content=data if _is_object(operation) else {"result": data},
        )

    async def list_resources(_context: Any, _request: Any) -> types.ListResourcesResult:
        rows = await library.sources.list(collection=scope.collection)
        entries = [
            types.Resource(
                uri=f"library://sources/{row.id}", name=row.title or f"Source {row.id}",
                description=row.author or None, mime_type="application/json",
            )
            for row in rows[:_PAGE_SIZE]
        ]  # fmt: skip
        if scope.collection is None:
            saved = await library.answers.list(limit=_ANSWERS)
            entries += [
                types.Resource(
                    uri=f"library://answers/{item.id}", name=item.answer.question,
                    mime_type="text/markdown",
                )
                for item in saved[:50]
            ]  # fmt: skip
            talks = (item.answer.scope.get("conversation") for item in saved)
            entries += [
                types.Resource(
                    uri=f"library://threads/{quote(str(name), safe='')}", name=str(name),
                    mime_type="text/markdown",
                )
                for name in dict.fromkeys(filter(None, talks))
            ]  # fmt: skip
        return types.ListResourcesResult(resources=entries)

    async def list_templates(_context: Any, _request: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=f"library://{place}", name=place.split("/")[-2],
                    description=help_text, mime_type=kind,
                )
                for place, help_text, kind in _TEMPLATES
                if scope.collection is None or place.startswith("sources")
            ]
        )  # fmt: skip

    async def read_resource(
        _context: Any, parameters: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            kind, text = await _read(library, scope, parameters.uri)
        except (WorkbenchError, ValueError):
            wrong = "There is no such resource in this library. Choose one of the list."
            raise MCPError(code=types.INVALID_PARAMS, message=wrong) from None
        content = types.TextResourceContents(uri=parameters.uri, mime_type=kind, text=text)
        return types.ReadResourceResult(contents=[content])

    async def list_prompts(_context: Any, _request: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=name, description=help_text,
                    arguments=[types.PromptArgument(name=argument, required=True)],
                )
                for name, (help_text, argument, _) in _PROMPTS.items()
            ]
        )  # fmt: skip

    async def get_prompt(
        _context: Any, parameters: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        help_text, argument, words = _PROMPTS.get(parameters.name, ("", "", ""))
        values = (parameters.arguments or {}).get(argument)
        if not help_text or not values:
            wrong = (
                f"Give the prompt “{argument}”." if help_text else "Choose a prompt of the list."
            )
            raise MCPError(code=types.INVALID_PARAMS, message=wrong)
        message = types.PromptMessage(
            role="user", content=types.TextContent(text=words.format(values))
        )
        return types.GetPromptResult(description=help_text, messages=[message])

    return Server(
        greeting.NAME,
        version=__version__,
        title=greeting.TITLE,
        instructions=greeting.INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        get_tool_input_schema=lambda name: (
            scope.arguments(offered[name]) if name in offered else None
        ),
    )


async def stdio(library: AsyncLibrary, scope: Scope, wire: Wire) -> None:
    """Serve one client on standard input and output until it disconnects."""
    mcp_server = server(library, scope)
    streams: Any = wire.lines(), wire
    async with stdio_server(*streams) as (read, write):
        await mcp_server.run(read, write, mcp_server.create_initialization_options())


@cache
def _arguments(operation: Operation, inside: bool, few: bool) -> dict[str, Any] | None:
    """As `Scope.arguments`; `inside`: the collection is fixed."""
    if inside and "collection" not in operation.parameters:
        return None
    schema = operation.takes.model_json_schema()
    # Agents have no records of earlier calls to pass.
    hidden = {name for name, item in schema["properties"].items() if "$ref" in json.dumps(item)}
    if inside:
        hidden.add("collection")
    if few:
        hidden |= schema["properties"].keys() - set(_FEW[operation.tool].split())
    if operation is _ADD:
        hidden |= schema["properties"].keys() - set(_ADDED)
    visible = {
        name: _short_schema(item) for name, item in schema["properties"].items()
        if name not in hidden
    }  # fmt: skip
    if "limit" in visible:
        visible["limit"] |= {"minimum": 1, "maximum": MAX_ROWS}
    required = [name for name in schema.get("required", ()) if name in visible]
    return {
        "type": "object", "properties": visible, **({"required": required} if required else {}),
        "additionalProperties": False,
    }  # fmt: skip


def _short_schema(item: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an argument without what a model has no use for, as it pays for each word.

    Dropped are titles, null where that is the same as leaving the argument out, and bounds that
    only exclude what no model sends; the call itself still checks them.
    """
    kinds: list[dict[str, Any]] = []
    for kind in map(_short_schema, item.get("anyOf", ())):
        if kind not in kinds and not (kind == {"type": "null"} and "default" in item):
            kinds.append(kind)
    if len(kinds) == 1:
        item = {**kinds[0], **item}
    short = {name: item[name] for name in ("type", "enum") if name in item}
    if len(kinds) > 1:
        short["anyOf"] = kinds
    if "items" in item:
        short["items"] = _short_schema(item["items"])
    if item.get("default") not in (None, "", [], False, 2**63 - 1):
        short["default"] = item["default"]
    return short


@cache
def _is_object(operation: Operation) -> bool:
    """Whether the result is an object, as revisions up to 2025-11-25 require; else wrapped."""
    return operation.gives.json_schema(mode="serialization").get("type") == "object"


def _described(operation: Operation, scope: Scope) -> types.Tool:
    # The schema of a result costs an agent more than all else, and the result shows it.
    return types.Tool(
        name=operation.tool,
        description=operation.summary,
        input_schema=scope.arguments(operation) or {},
        annotations=types.ToolAnnotations(
            read_only_hint=operation.effect == "read",
            destructive_hint=None if operation.effect == "read" else operation.effect == "erase",
            open_world_hint=False,
        ),
    )


async def _statement_of(library: AsyncLibrary, scope: Scope, id: int) -> Fact:
    """The statement of an id, as results give it."""
    fact: Fact = (await library.facts.get(id)).fact
    if scope.collection not in (None, fact.collection):
        raise NotFoundError("This statement is in another collection.", "Recall its words.")
    return fact


async def _added(
    library: AsyncLibrary,
    paths: Iterable[tuple[Path, Path]],
    collection: str | None = None,
    title: str | None = None,
    report: Report = silent,
) -> list[Added]:
    """Add the documents at these paths; untitled ones are titled by their file names."""
    results: list[Added] = []
    for folder, path in paths:
        remaining = documents(folder, path)
        while (document := await asyncio.to_thread(next, remaining, None)) is not None:
            name, content = document
            has_name = title_of(content) is not None
            results += await library.add_text(
                content, collection=collection, report=report,
                title=title or (naming.from_file_name(name) if has_name else None),
            )  # fmt: skip
    return results


def _error_result(sentence: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=sentence)], is_error=True)


@contextlib.asynccontextmanager
async def _reporting(operation: Operation, context: Any) -> Any:
    """The `report` of a long call, as progress notifications if the client asked for them."""
    if not operation.long:
        yield {}
        return
    tasks: set[asyncio.Task[None]] = set()
    count = 0

    def report(progress: Progress) -> None:
        nonlocal count
        count += 1
        words = f"{progress.stage} {progress.note}".strip()
        task = asyncio.ensure_future(context.session.report_progress(float(count), None, words))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    try:
        yield {"report": report}
    finally:
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(library: AsyncLibrary, scope: Scope, uri: str) -> tuple[str, str]:
    """The media type and text of a resource. Raises `WorkbenchError` or `ValueError`."""
    match uri.removeprefix("library://").split("/"):
        case ["sources", source, *rest]:
            row = await library.sources.get(int(source))
            if scope.collection is not None and scope.collection not in row.collections:
                raise NotFoundError("This source is in another collection.", "List them first.")
            sections = await library.sources.sections(row.id)
            if rest[:1] == ["passages"]:
                passage_by_id = {item.id: item for item in await library.sources.passages(row.id)}
                passage = passage_by_id.get(int(rest[1]))
                if passage is not None:
                    return "text/markdown", _quoted(row, passage)
            if not rest:
                outline = [
                    {"uri": f"{uri}/sections/{item.id}", "title": item.title} for item in sections
                ]
                details = {
                    "id": row.id, "title": row.title, "author": row.author, "sections": outline,
                }  # fmt: skip
                return "application/json", json.dumps(details, ensure_ascii=False)
            if rest[0] == "sections":
                for item in sections:
                    if item.id == int(rest[1]):
                        text = await library.sources.text(row.id, item.start, item.end)
                        return "text/plain", text
        case ["answers", answer] if scope.collection is None:
            saved = await library.answers.get(int(answer))
            return "text/markdown", await library.answers.export(saved.written or saved.answer)
        case ["threads", name] if scope.collection is None:
            talk = await library.answers.list(conversation=unquote(name), limit=_ANSWERS)
            texts = [await library.answers.export(row.written or row.answer) for row in talk]
            if texts:
                return "text/markdown", "\n".join(reversed(texts))
    raise ValueError(uri)


def _quoted(source: SourceRow, passage: PassageRow) -> str:
    """A passage as a Markdown quote with its reference."""
    place = Place(
        passage.page, passage.page_label, passage.chapter, passage.start, passage.end,
        passage.seconds,
    )  # fmt: skip
    cited = SourceRef(source.id, source.key, source.title, None, source.kind)
    lines = "\n".join(f"> {line}" for line in passage.text.splitlines())
    return f"{lines}\n\n{reference(cited, place, source.author)}\n"
