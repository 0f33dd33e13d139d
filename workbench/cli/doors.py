"""The commands that serve a library to agents and other programs: `mcp` and `serve`."""

import argparse
import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import paths
from workbench.cli.output import Output
from workbench.doors import binding, greeting
from workbench.errors import NotFoundError, UsageError
from workbench.running import Run, doors

if TYPE_CHECKING:
    from workbench.asynchronous import AsyncLibrary


def mcp(arguments: argparse.Namespace, _: Output) -> int:
    """Serve the library to an agent over standard input and output."""
    # Standard output belongs to the protocol.
    logging.getLogger("workbench").addHandler(logging.StreamHandler())
    folders = [Path(row).expanduser().absolute() for row in arguments.folder]
    for row in folders:
        if not row.is_dir():
            raise UsageError(f"There is no folder “{row}”.", "Check the name after --folder.")
    if folders and not arguments.write:
        raise UsageError("Files can only be added with --write.", "Add --write to --folder.")
    _place(arguments)
    wire = greeting.greet()
    # Imported late: loading the protocol takes longer than most commands.
    from workbench.doors import tools

    async def work() -> None:
        async with open_async(arguments) as library:
            everything = arguments.tools == "all"
            scope = tools.Scope(arguments.collection, tuple(folders), everything=everything)
            with _registered(library, door="mcp", write=arguments.write):
                await tools.stdio(library, scope, wire)

    asyncio.run(work())
    return 0


def _place(arguments: argparse.Namespace) -> Path:
    """The path of the requested library. Raises `NotFoundError`."""
    path = getattr(arguments, "library", None)
    place = paths.default_library() if path is None else paths.absolute(path)
    if not arguments.write and not paths.is_there(place):
        raise NotFoundError(
            f"There is no library at “{place}”.", "Check the name, or make it with --write."
        )
    return place


@contextlib.asynccontextmanager
async def open_async(arguments: argparse.Namespace) -> "AsyncIterator[AsyncLibrary]":
    """Open the requested library, read-only unless `--write` is given."""
    from workbench.asynchronous import AsyncLibrary

    async with AsyncLibrary.open(_place(arguments), read_only=not arguments.write) as library:
        collection = getattr(arguments, "collection", None)
        if collection is not None and arguments.write:
            await library.collections.create(collection)
        elif collection is not None and collection not in {
            row.name for row in await library.collections.list()
        }:
            raise NotFoundError(
                f"There is no collection called “{collection}”.",
                "See `workbench list collections`, or make it with --write.",
            )
        yield library


@contextlib.contextmanager
def _registered(library: "AsyncLibrary", **at: str | bool) -> Iterator[None]:
    """List this connection under Privacy in the window while it is open."""
    run = Run(doors())
    run.note(str(library.path), at)
    try:
        yield
    finally:
        run.end()


def serve(arguments: argparse.Namespace, output: Output) -> int:
    """Serve the library to other programs."""
    logging.getLogger("workbench").addHandler(logging.StreamHandler())
    encryption = binding.encryption(
        arguments.host, arguments.certificate, arguments.key, arguments.yes_beyond_this_machine
    )
    file = paths.config_dir() / "token" if arguments.token is None else Path(arguments.token)
    token = binding.stored_token(file)
    listening = binding.listening(arguments.host, arguments.port)

    import uvicorn

    from workbench.doors import http_protocol, neuron_db_api, web

    async def work() -> None:
        async with open_async(arguments) as library:
            host, port = listening.getsockname()[:2]
            host_text = f"[{host}]" if ":" in host else host
            address = f"http{'s' if encryption else ''}://{host_text}:{port}"
            names = (host_text, *arguments.name)
            config = uvicorn.Config(
                web.application(
                    library, token, names, neuron_db_api.routes,
                    everything=arguments.tools == "all", connections=arguments.connections,
                ),
                log_level="warning", backlog=http_protocol.ACCEPTED_AT_ONCE,
                access_log=False, server_header=False, proxy_headers=False, ws="none",
                timeout_graceful_shutdown=5,
                http=http_protocol.protocol(token, arguments.connections), **encryption,
            )  # fmt: skip
            server = uvicorn.Server(config)

            def end(*_: object) -> None:
                server.should_exit = True

            # uvicorn listens to signals only while it serves, and re-raises the one that ended it
            # before the library is closed.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, end)
            with _registered(library, door="serve", write=arguments.write, address=address):
                if output.as_json:
                    output.record(
                        {"url": address, "token_file": str(file), "write": arguments.write}
                    )
                else:
                    output.result(
                        f"{address} ({'may be changed' if arguments.write else 'read only'}; "
                        f"the token is in {file}; Ctrl+C ends it)"
                    )
                loop = asyncio.get_running_loop()
                loop.set_exception_handler(http_protocol.Complaints())
                # uvicorn's backlog is how many are accepted at a time; more may wait.
                waiting = loop.call_later(0.5, listening.listen, 1024)
                try:
                    await server.serve(sockets=[listening])
                finally:
                    waiting.cancel()

    with listening:
        asyncio.run(work())
    return 0
