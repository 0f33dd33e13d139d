"""The commands by which agents and other programs reach a library: `mcp` and `serve`."""

import argparse
import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from workbench import paths
from workbench.asynchronous import AsyncLibrary
from workbench.cli.output import Output
from workbench.errors import NotFoundError, UsageError


def _mcp(arguments: argparse.Namespace, output: Output) -> int:
    # Standard output belongs to the protocol.
    logging.getLogger("workbench").addHandler(logging.StreamHandler())
    # The protocol's library takes longer to load than most commands take in all.
    from workbench.doors import tools

    folders = [Path(each).expanduser().absolute() for each in arguments.folder]
    for each in folders:
        if not each.is_dir():
            raise UsageError(f"There is no folder “{each}”.", "Check the name after --folder.")
    if folders and not arguments.write:
        raise UsageError("Files can be added with --write only.", "Add --write to --folder.")

    async def work() -> None:
        async with opened(arguments) as library:
            scope = tools.Scope(arguments.collection, tuple(folders))
            await tools.stdio(library, scope)

    asyncio.run(work())
    return 0


@contextlib.asynccontextmanager
async def opened(arguments: argparse.Namespace) -> AsyncIterator[AsyncLibrary]:
    """The library that was named, for reading alone unless `--write` is given."""
    named = getattr(arguments, "library", None)
    place = paths.default_library() if named is None else paths.absolute(named)
    if not arguments.write and not paths.is_there(place):
        raise NotFoundError(
            f"There is no library at “{place}”.", "Check the name, or make it with --write."
        )
    async with AsyncLibrary.open(place, read_only=not arguments.write) as library:
        wanted = getattr(arguments, "collection", None)
        if wanted is not None and arguments.write:
            await library.collections.create(wanted)
        elif wanted is not None and wanted not in {
            each.name for each in await library.collections.list()
        }:
            raise NotFoundError(
                f"There is no collection called “{wanted}”.",
                "See `workbench list collections`, or make it with --write.",
            )
        yield library


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {"mcp": _mcp}
