"""The suite `doors`: what agents, programs and the command line wait for.

Everything runs as its users start it, in processes of its own, over standard input or loopback,
on a library of told statements that is made anew.
"""

import asyncio
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library

_FACTS, _CALLS, _CONNECTIONS, _EACH = 2000, 200, 50, 20
_EXPORTED = 100_000
GOALS = {
    "mcp_recall_round_trip": Goal("ms", 5, False),
    "mcp_tokens_a_turn": Goal("tokens", 1100, False),
    "serve_listens_processor_time": Goal("s", 1, False),
    "http_recall_of_empty_handler": Goal("%", 50, True),
    "http_p99_50_connections": Goal("ms", 50, False),
    "command_ask_wall_warm": Goal("ms", 500, False),
    "command_help_wall": Goal("ms", 120, False),
    "export_import_100k": Goal("s", 30, False),
    "clients_16_lost_or_doubled": Goal("count", 0, False),
}


def run(say: Say) -> list[Row]:
    """Measure every row."""
    folder = Path(tempfile.mkdtemp(prefix="bench-doors-"))
    file = folder / "doors.brain"
    rows: list[Row] = []

    def row(name: str, value: float, on: str) -> None:
        rows.append(judged(name, value, GOALS, on))
        say(f"{name}: {value:.3g}")

    try:
        with Library.open(file) as library:
            library.facts.tell(
                "\n".join(f"The code of door {n} is {n * 37}." for n in range(_FACTS))
            )
        row("mcp_recall_round_trip", asyncio.run(_agent(file)), f"{_FACTS} facts, {_CALLS} calls")
        standing, turns = asyncio.run(session(folder / "session.brain"))
        on = f"{len(turns)} turns of a session"
        row("mcp_tokens_a_turn", standing + statistics.mean(turns), on)
        so_far = statistics.mean(itertools.accumulate(turns))
        row("mcp_tokens_in_context", standing + so_far, f"{on}, whatever was said kept")
        row("serve_listens_processor_time", _until_it_listens(file), "median of 5")
        with served(file) as (address, token):
            share, slowest = _programs(address, token)
        row("http_recall_of_empty_handler", share, f"{_CALLS} calls of each, one connection")
        row("http_p99_50_connections", slowest, f"{_CONNECTIONS} connections, {_EACH} calls each")
        ask = ["--library", str(file), "ask", "What is the code of door 7?"]
        row("command_ask_wall_warm", _wall(ask), "median of 5")
        row("command_help_wall", _wall(["--help"]), "median of 5")
        row("export_import_100k", _carried(folder), f"{_EXPORTED} statements")
        row("clients_16_lost_or_doubled", crowd(folder / "crowd.brain"), "16 clients, 10 writes")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


@contextmanager
def served(file: Path, *more: str) -> Iterator[tuple[str, str]]:
    """A server of a library on a free port: its address and token."""
    words = _words(file, "--json", "serve", "--port", "0", *more)
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            yield said["url"], Path(said["token_file"]).read_text("utf-8").strip()
        finally:
            process.terminate()


def _until_it_listens(file: Path) -> float:
    """Processor time of a server until it has said its address, s."""
    took = []
    for _ in range(5):
        before = os.times()
        words = _words(file, "--json", "serve", "--port", "0")
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()
        after = os.times()
        took.append(
            after.children_user + after.children_system
            - before.children_user - before.children_system
        )  # fmt: skip
    return statistics.median(took)


async def _agent(file: Path) -> float:
    """The median round trip of `recall` over standard input, ms."""
    from mcp import Client, StdioServerParameters

    _, *words = _words(file, "mcp")
    given = StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))
    took: list[float] = []
    async with Client(given) as client:
        for n in range(_CALLS):
            begun = time.perf_counter()
            said = await client.call_tool("recall", {"cue": f"the code of door {n}"})
            took.append(1000 * (time.perf_counter() - begun))
            assert not said.is_error
    return statistics.median(took[10:])


#: A session of an agent: what it calls, turn by turn.
_TURNS: Sequence[tuple[str, dict[str, Any]]] = (
    ("ask", {"question": "Who built the lighthouse at Skagen?"}),
    ("remember", {"text": "The survey of the coast is led by Kenji Mori."}),
    ("value", {"question": "Who leads the survey of the coast?"}),
    ("ask", {"question": "What did the lighthouse burn?"}),
    ("recall", {"cue": "harbour of Bredal", "limit": 10}),
    ("recall", {"cue": "[LAST]"}),
    ("chain", {"start": "Aurora", "path": ["owner", "manager", "timezone"]}),
    ("value", {"question": "What is the depth of berth 7?"}),
    ("ask", {"question": "When was the quay of Bredal rebuilt?"}),
    ("remember", {"text": "Berth 7 is closed until May.", "source": "harbour master"}),
    ("recall", {"cue": "berth 7"}),
    ("ask", {"question": "What is the tax rate in Peru?"}),
    ("value", {"question": "Who owns Aurora?"}),
    ("recall", {"cue": "berth", "limit": 50}),
    ("chain", {"start": "Aurora", "path": ["owner", "doctor"]}),
    ("ask", {"question": "Why did ships run aground at Skagen before the lighthouse?"}),
    ("remember", {"text": "Kenji Mori's assistant is Lea. Lea speaks Danish and Dutch."}),
    ("value", {"question": "Which languages does Lea speak?"}),
    ("recall", {"cue": "Kenji"}),
    ("ask", {"question": "How high is the lighthouse at Skagen, and who paid for it?"}),
)
_SOURCE = """\
The lighthouse at Skagen was built by Maria Lindqvist in 1862. It burned rape oil until 1904, and
coal gas afterwards. Before it stood, ships ran aground on the reef every winter, for fires on the
beach were taken for those of farms. The tower is 46 metres high. The merchants of Aalborg paid.

The quay of Bredal was rebuilt in stone in 1911, after the storm of the Christmas before. Its berths
are numbered from the north.
"""


async def session(file: Path) -> tuple[float, list[float]]:
    """What the library costs an agent in a session, in tokens.

    First the tools and instructions, which a model reads anew in every turn, then the call and the
    result of each turn; “LAST” in a call is the last number of a statement in a result. A token is
    counted as four characters of JSON as it is sent, as is usual for English where the model is not
    known.
    """
    from mcp import Client, StdioServerParameters

    with Library.open(file) as library:
        library.add_text(_SOURCE, title="Harbours of the north")
        library.facts.tell("Aurora's owner is Kenji Mori. Kenji Mori's manager is Marisol.")
        library.facts.tell("Marisol's timezone is WET. The harbour of Bredal freezes in January.")
        library.facts.tell(
            "\n".join(f"The depth of berth {n} is {n + 3} metres." for n in range(60))
        )
    _, *words = _words(file, "mcp", "--write")
    given = StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))

    def size(*records: Any) -> int:
        return sum(len(each.model_dump_json(exclude_none=True, by_alias=True)) for each in records)

    spent, last = list[float](), ""
    async with Client(given) as client:
        standing = size(*(await client.list_tools()).tools) + len(client.instructions or "")
        for name, arguments in _TURNS:
            call = json.dumps({"name": name, "arguments": arguments}).replace("LAST", last)
            result = await client.call_tool(**json.loads(call))
            assert not result.is_error, result.content
            last = next(iter(re.findall(r"\[(\d+)\]", str(result.content[0]))), last)
            spent.append((len(call) + size(result)) / 4)
    return standing / 4, spent


def _programs(address: str, token: str) -> tuple[float, float]:
    """The rate of recall in % of that of an empty handler, and the p99 of many calls, ms."""
    import httpx2

    head = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=address, headers=head, trust_env=False, timeout=60) as client:

        def rate(call: Callable[[int], Any]) -> float:
            for n in range(10):
                call(n)
            begun = time.perf_counter()
            for n in range(_CALLS):
                call(n).raise_for_status()
            return _CALLS / (time.perf_counter() - begun)

        def recall(n: int) -> Any:
            return client.post("/v1/facts/recall", json={"cue": f"the code of door {n}"})

        empty = rate(lambda _: client.get("/healthz"))
        share = 100 * rate(recall) / empty
    return share, asyncio.run(_many(address, token))


async def _many(address: str, token: str) -> float:
    """The p99 of calls on many connections at once, ms; each asks again when it is answered.

    Written byte by byte: a whole client in Python would measure itself.
    """
    parts = urlsplit(address)
    head = (
        f"POST /v1/facts/recall HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}"
        "\r\nContent-Type: application/json\r\nContent-Length: "
    )
    took: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for n in range(_EACH):
            body = json.dumps({"cue": f"door {n}"})
            begun = time.perf_counter()
            writer.write(f"{head}{len(body)}\r\n\r\n{body}".encode())
            said = (await reader.readuntil(b"\r\n\r\n")).lower()
            assert said.startswith(b"http/1.1 200")
            size = said.partition(b"content-length: ")[2].partition(b"\r")[0]
            await reader.readexactly(int(size))
            took.append(1000 * (time.perf_counter() - begun))
        writer.close()

    await asyncio.gather(*(one() for _ in range(_CONNECTIONS)))
    assert len(took) == _CONNECTIONS * _EACH
    return statistics.quantiles(took, n=100)[98]


def _wall(words: Sequence[str]) -> float:
    """The median wall time of a command, ms; what it loads is warm.

    Compiled, too, as with its users: where Python may not write that down, it compiles each time.
    """
    here = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    took = []
    for _ in range(6):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "workbench", *words], env=here, capture_output=True, check=True
        )
        took.append(1000 * (time.perf_counter() - begun))
    return statistics.median(took[1:])


def _carried(folder: Path) -> float:
    """Seconds to export all statements and import them elsewhere, where they are equal."""
    lines = [f"The weight of bead {n} is {n * 7} grams." for n in range(_EXPORTED)]
    with (
        Library.open(folder / "from.brain") as source,
        Library.open(folder / "to.brain") as target,
    ):
        source.facts.tell("\n".join(lines))
        begun = time.perf_counter()
        source.export(folder / "all.brainbundle")
        target.import_(folder / "all.brainbundle")
        took = time.perf_counter() - begun
        assert {each.text for each in target.facts.list()} == set(lines)
    return took


def crowd(file: Path) -> int:
    """Writes that are lost or doubled where clients of four kinds write to one library at once."""
    Library.open(file).close()

    def told(who: int) -> list[str]:
        return [f"The locker {who}-{n} holds {who * 100 + n} coins." for n in range(10)]

    def by_library(who: int) -> None:
        with Library.open(file) as library:
            for each in told(who):
                library.facts.tell(each)

    def by_command(who: int) -> None:
        for each in told(who):
            subprocess.run(_words(file, "remember", each), capture_output=True, check=True)

    def by_tools(who: int) -> None:
        asyncio.run(_writing_agent(file, told(who)))

    with served(file, "--write") as (address, token):

        def by_http(who: int) -> None:
            with Library.open(address, token=token) as library:
                for each in told(who):
                    library.facts.tell(each)

        kinds = (by_library, by_command, by_tools, by_http)
        _together([partial(kinds[who % 4], who) for who in range(16)])
    with Library.open(file) as library:
        held = [each.text for each in library.facts.list()]
    wanted = [each for who in range(16) for each in told(who)]
    return len(held) - len(set(held)) + len(set(wanted) - set(held))


async def _writing_agent(file: Path, lines: Sequence[str]) -> None:
    from mcp import Client, StdioServerParameters

    _, *words = _words(file, "mcp", "--write")
    given = StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ))
    async with Client(given) as client:
        for each in lines:
            said = await client.call_tool("remember", {"text": each})
            assert not said.is_error, said.content


def _together(work: Sequence[Callable[[], None]]) -> None:
    """Run all at once, each on a thread; raises what went wrong first."""
    wrong: list[Exception] = []

    def tried(each: Callable[[], None]) -> None:
        try:
            each()
        except Exception as error:  # noqa: BLE001 - told by the thread that waits
            wrong.append(error)

    threads = [threading.Thread(target=tried, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def _words(file: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "workbench", "--library", str(file), *words]
