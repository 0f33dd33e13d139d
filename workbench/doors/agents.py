"""The endpoint `/mcp` of a server, which loads the protocol once the server listens.

Loading the protocol takes as long as all else of a server, which most clients need not wait for: a
thread does it meanwhile, and the first agent waits for what is left of it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Receive, Scope, Send

from workbench.asynchronous import AsyncLibrary

#: Agents that may be connected at the same time.
_SESSIONS = 100


class Agents:
    """The ASGI application of the endpoint; with `everything` it offers all tools."""

    def __init__(self, library: AsyncLibrary, *, everything: bool) -> None:
        self._library = library
        self._everything = everything
        self._loaded: asyncio.Future[Any] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Load the protocol, and answer agents within the block."""
        self._loaded = asyncio.get_running_loop().create_future()
        ending = asyncio.Event()
        task = asyncio.create_task(self._work(self._loaded, ending))
        try:
            yield
        finally:
            ending.set()
            await task

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        assert self._loaded is not None
        answering = await asyncio.shield(self._loaded)
        await answering(scope, receive, send)

    async def _work(self, loaded: "asyncio.Future[Any]", ending: asyncio.Event) -> None:
        # The manager is entered and left by one task, as its task group requires.
        try:
            manager, answering = await asyncio.to_thread(self._load)
            async with manager.run():
                loaded.set_result(answering)
                await ending.wait()
        except Exception as error:
            if loaded.done():
                raise
            loaded.set_exception(error)

    def _load(self) -> tuple[Any, Any]:
        from mcp.server.streamable_http_manager import (
            StreamableHTTPASGIApp,
            StreamableHTTPSessionManager,
        )

        from workbench.doors.tools import Scope, server

        scope = Scope(remote=True, everything=self._everything)
        manager = StreamableHTTPSessionManager(server(self._library, scope), max_sessions=_SESSIONS)
        return manager, StreamableHTTPASGIApp(manager)
