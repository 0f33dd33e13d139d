"""The portable cases of neuron-db over HTTP and over the agents' protocol: as in process."""

import contextlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases_adapter import Adapter
from tests.doors.serving import Served, served
from tests.memory.facts.test_portable_cases import _runner
from workbench.library import Library, remote, wire
from workbench.library.operations import OPERATIONS

#: What the cases ask for that a tool or a route offers.
_OPS = {"remember", "ask", "recall", "chain", "associate", "forget", "note", "var_set", "var_get"}
_MORE = {"turn", "count", "neighbours", "recall_across", "stance", "stance_of"}


class _Doors(Adapter):
    """The adapter over a library behind a door; every case has scopes of its own."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._own = uuid.uuid4().hex[:8]

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name in _OPS | _MORE:
            return lambda scope, **given: found(f"{self._own} {scope}", **given)
        return found

    def close(self) -> None:
        """The library stays open for the next case."""


class _ByTools:
    """In the place of the connection of a remote library: each call is the call of a tool."""

    def __init__(self, portal: Any, client: Any) -> None:
        self._portal, self._client = portal, client

    def failures(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def events(self, request: wire.Request) -> Iterator[tuple[str, Any]]:
        yield "result", json.loads(self.read(request))

    def read(self, request: wire.Request, _size_limit: int = 0) -> bytes:
        operation = OPERATIONS[request.place.removeprefix("/v1/").replace("/", ".")]
        assert isinstance(request.content, bytes)
        given = json.loads(request.content)
        if not operation.tool:
            # A variable has tools of its own, under which its kind is set.
            operation = next(
                other
                for other in OPERATIONS.values()
                if other.tool
                and other.target == operation.target
                and other.sets.items() <= given.items()
            )
            given = {name: value for name, value in given.items() if name not in operation.sets}
        said = self._portal.call(self._client.call_tool, operation.tool, given)
        if said.is_error:
            raise wire.to_error(422, {"title": said.content[0].text})
        held = said.structured_content
        return json.dumps(held.get("result", held)).encode()

    def end(self) -> None:
        """The client ends by itself."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(
        tmp_path_factory.mktemp("cases") / "c.brain", "--write", "--tools", "all"
    ) as server:
        yield server


def _check(corpus: Path, library: Library, ops: set[str], least: int) -> None:
    runner = _runner(corpus.parent / "cases")
    cases = runner.load([str(corpus.parent / "cases" / "neuron-db.jsonl")])
    wanted = [case for case in cases if {step["op"] for step in case["steps"]} <= ops]
    assert len(wanted) >= least
    found = {case["id"]: runner.Runner(lambda: _Doors(library)).run(case) for case in wanted}
    assert {id: result for id, result in found.items() if result[0] != "pass"} == {}


@pytest.mark.slow
@pytest.mark.corpus
def test_the_cases_pass_over_http(corpus: Path, there: Served) -> None:
    with Library.open(there.address, token=there.token) as library:
        _check(corpus, library, _OPS | _MORE, 60)


@pytest.mark.slow
@pytest.mark.corpus
def test_the_cases_pass_over_the_protocol(corpus: Path, there: Served) -> None:
    import httpx2
    from anyio.from_thread import start_blocking_portal
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    with contextlib.ExitStack() as stack:
        portal = stack.enter_context(start_blocking_portal())
        headers = {"Authorization": f"Bearer {there.token}"}
        http = httpx2.AsyncClient(headers=headers, trust_env=False, timeout=60)
        stack.enter_context(portal.wrap_async_context_manager(http))
        transport = streamable_http_client(f"{there.address}/mcp", http_client=http)
        client = stack.enter_context(portal.wrap_async_context_manager(Client(transport)))
        with Library.open(there.address, token=there.token) as library:
            library.close()
            for each in (library, *(getattr(library, name) for name in remote._GROUPS)):
                each._wire = _ByTools(portal, client)
            _check(corpus, library, _OPS, 45)
