"""The library over HTTP: as an intruder, a program and another machine meet it."""

import asyncio
import base64
import contextlib
import hashlib
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.doors.serving import Served, served
from tests.patience import seconds
from workbench import AsyncLibrary
from workbench.cli.main import main
from workbench.doors.binding import stored_token
from workbench.errors import InputError, NotFoundError, UsageError, WorkbenchError
from workbench.jobs import Progress
from workbench.library import Library
from workbench.library.operations import OPERATIONS
from workbench.paths import resources

_TEXT = "The lighthouse at Skagen was built by Maria Lindqvist in 1862. It burned rape oil."


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that may write, of a library with a file, a text and a statement."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "secret-name.txt").write_text("The quay of Bredal is of stone.", "utf-8")
    with Library.open(folder / "a.brain") as library:
        library.add(folder / "secret-name.txt")
        library.add_text(_TEXT, title="Skagen")
        library.facts.tell("Ada's plan is pro.")
    with served(folder / "a.brain", "--write", "--tools", "all") as server:
        yield server
    assert not (folder / "a.brain-wal").exists(), "the library was not closed"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (401, {"Authorization": None}),
        (401, {"Authorization": "Bearer "}),
        (401, {"Authorization": "Bearer wrong"}),
        (401, {"Authorization": "Basic YTpi"}),
        (421, {"Host": "evil.example"}),
        (421, {"Host": "127.0.0.1.evil.example:80"}),
        (421, {"Host": "localhost.evil.example"}),
        (403, {"Origin": "http://evil.example"}),
        (403, {"Origin": "null"}),
        (403, {"Origin": "http://localhost:1"}),
        (403, {"Origin": "httpx://127.0.0.1"}),
        (401, {"Origin": "moz-extension://9f0e", "Authorization": None}),
        (413, {"Content_Length": "9999999999"}),
        (415, {"Content_Type": "text/plain"}),
    ],
)
def test_who_may_not_come_in_gets_a_sentence(
    there: Served, status: int, headers: dict[str, str | None]
) -> None:
    places = ["/v1/stats"] if status in (413, 415) else ["/v1/stats", "/mcp", "/healthz", "/x"]
    for place in places:
        got, named, body = there.ask("POST", place, b"{}", **headers)
        assert got == status, place
        assert named["content-type"] == "application/problem+json"
        assert _says_what_to_do(body)
        assert status != 401 or named["www-authenticate"] == "Bearer"


@pytest.mark.slow
def test_two_hosts_and_endless_bodies_are_refused(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    head = f"POST /v1/stats HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {there.token}\r\n"
    two = f"{head}Host: evil.example\r\nContent-Length: 0\r\n\r\n".encode()
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    endless = f"{head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    pages = (f"http://{name}:{port}", "http://evil.example")
    mixed = [
        f"{head}Origin: {one}\r\nOrigin: {other}\r\nContent-Length: 0\r\n\r\n".encode()
        for one, other in (pages, pages[::-1])
    ]
    wrong = [(two, b" 4"), *((each, b" 403 ") for each in mixed)]
    for sent, status in (*wrong, (endless + chunk * 40, b" 413 ")):
        with socket.create_connection((name, int(port)), timeout=seconds(60)) as connection:
            try:
                connection.sendall(sent)
                assert status in connection.recv(64)
            except ConnectionError:
                assert status == b" 413 "


@pytest.mark.slow
def test_who_only_holds_connections_is_sent_away(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    with contextlib.ExitStack() as held:
        sockets = []
        for n in range(250):
            one = socket.create_connection((name, int(port)), timeout=seconds(60))
            sockets.append(held.enter_context(one))
            if n % 2:
                one.sendall(b"GET / HTTP/1.1\r\nHost: ")
        # Strangers keep out nobody who has the token.
        assert there.ask("GET", "/healthz")[0] == 200
        for one in sockets:
            with contextlib.suppress(ConnectionError):
                assert one.recv(1) == b""
        assert there.ask("GET", "/healthz")[0] == 200


@pytest.mark.slow
def test_a_body_that_does_not_come_is_not_waited_for(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    head = f"HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {there.token}\r\n"
    told = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
    with contextlib.ExitStack() as held:
        sockets = []
        for place in ("/v1/ask", "/mcp"):
            one = socket.create_connection((name, int(port)), timeout=seconds(90))
            sockets.append(held.enter_context(one))
            one.sendall(f"POST {place} {head}{told}Content-Length: 9\r\n\r\n{{".encode())
        for one, status in zip(sockets, (b" 408 ", b" 500 "), strict=True):
            assert status in one.recv(64)


def test_a_head_beyond_its_limit_is_refused_though_it_comes_at_once(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    head = f"GET /healthz HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {there.token}\r\n"
    for size, status in ((12_000, b" 200 "), (17_000, b" 400 "), (100_000, b" 400 ")):
        sent = f"{head}X-Long: {'x' * size}\r\n\r\n".encode()
        with socket.create_connection((name, int(port)), timeout=seconds(60)) as connection:
            connection.sendall(sent)
            assert status in connection.recv(64), size


def test_a_head_without_end_is_cut_off(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    for begun in (b"GET /", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: "):
        with socket.create_connection((name, int(port)), timeout=seconds(60)) as connection:
            connection.sendall(begun)
            with contextlib.suppress(ConnectionError):
                for _ in range(400):
                    connection.sendall(b"a" * 10_000)
                    time.sleep(0.001)
                raise AssertionError("four megabytes of a head were read")
    assert there.ask("GET", "/healthz", X_Long="a" * 10_000)[0] == 200
    assert there.ask("POST", "/v1/stats", b" " * 500_000 + b"{}")[0] == 200


@pytest.mark.parametrize(
    ("place", "body", "status"),
    [
        ("/v1/ask", b"{", 422),
        ("/v1/ask", b"[" * 100_000, 422),
        ("/v1/ask", b"\xff\xfe", 422),
        ("/v1/ask", b"", 422),
        ("/v1/ask", {"question": 7}, 422),
        ("/v1/ask", {"question": "Who?", "typed": True}, 422),
        ("/v1/ask", {"question": ""}, 422),
        ("/v1/ask", {"question": "Who?", "limit": "5"}, 422),
        ("/v1/facts/list", {"limit": False}, 422),
        ("/v1/facts/history", {"cue": "Ada", "as_of": True}, 422),
        ("/v1/ask", {"question": "Who?", "limit": 10**40}, 422),
        ("/v1/ask", {"question": "Who?", "depth": "bottomless"}, 422),
        ("/v1/facts/recall", {"cue": "Ada", "limit": 1_000_000}, 422),
        ("/v1/collections/neighbours", {"cue": "Ada", "window": 1_000_000}, 422),
        ("/v1/stats", {"collection": "nowhere"}, 404),
        ("/v1/facts/get", {"match": 999}, 404),
        ("/v1/add", {"paths": ["/etc/passwd"]}, 404),
        ("/v1/export", {"target": "/tmp/x"}, 422),
        ("/v1/import_", {"path": "/etc/passwd"}, 422),
        ("/v1/train_db", {"url": "postgresql://localhost/x"}, 422),
        ("/v1/backup", {"file": f"{'a' * 32}/../../x"}, 422),
        ("/v1/add_link", {"link": "/etc/passwd"}, 422),
        ("/v1/add_link", {"link": "file:///etc/passwd"}, 422),
        # Rows of the queue have names of files.
        ("/v1/queue/list", {}, 404),
        ("/v1/nothing", {}, 404),
        ("/v1/../../etc/passwd", {}, 404),
        ("/v1/upload?path=/etc/passwd", {}, 422),
    ],
)
def test_bad_requests_get_a_sentence(there: Served, place: str, body: Any, status: int) -> None:
    got, _, said = there.ask("POST", place, body)
    assert got == status, said
    assert _says_what_to_do(said)
    assert b"Traceback" not in said
    assert b"site-packages" not in said
    assert there.ask("GET", "/healthz")[0] == 200


def test_a_small_answer_does_not_wait_for_the_one_before(there: Served) -> None:
    # Where it does, every answer takes the 40 ms in which a client acknowledges what it got.
    took = []
    head = {"Authorization": f"Bearer {there.token}"}
    connection = HTTPConnection(there.address.removeprefix("http://"), timeout=seconds(60))
    with contextlib.closing(connection):
        for _ in range(40):
            begun = time.perf_counter()
            connection.request("GET", "/healthz", headers=head)
            assert json.loads(connection.getresponse().read()) == {"ok": True}
            took.append(time.perf_counter() - begun)
    assert min(took[20:]) < 0.03


def test_the_page_needs_no_token_and_holds_nothing_of_the_library(there: Served) -> None:
    status, named, page = there.ask("GET", "/", Authorization=None)
    assert status == 200
    assert named["content-type"].startswith("text/html")
    assert b"Skagen" not in page
    assert there.token.encode() not in page
    assert there.ask("GET", "/", Host="evil.example")[0] == 421
    assert there.ask("POST", "/", b"{}", Authorization=None)[0] == 401
    # Its own calls come with an origin; no script but its own runs, and nothing is loaded.
    said = there.ask("POST", "/v1/stats", {}, Origin=there.address)
    assert said[0] == 200
    parsed = _Page()
    parsed.feed(page.decode())
    assert parsed.loads == []
    rules = named["content-security-policy"]
    assert "default-src 'none'" in rules
    for name, text in parsed.inline:
        mark = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{mark}'" in rules
    called = set(re.findall(r'call\("([a-z_/]+)"', page.decode()))
    assert called >= {"ask", "sources/list", "graph/concept"}
    assert {each.replace("/", ".") for each in called} <= OPERATIONS.keys()


class _Page(HTMLParser):
    """What a page loads from elsewhere, and its own script and style."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.inline: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "style")]
        self._inside = tag if tag in ("script", "style") else ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.inline.append((self._inside, data))
            self._inside = ""


def test_the_extension_sends_a_page_and_reaches_this_machine_alone(there: Served) -> None:
    folder = resources() / "web" / "extension"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert set(manifest["host_permissions"]) == {"http://127.0.0.1/*", "http://localhost/*"}
    script = (folder / "popup.js").read_text("utf-8")
    places = set(re.findall(r'send\("(/v1/[a-z_]+)', script))
    assert places == {"/v1/upload", "/v1/add_link"}
    page = "<!doctype html><title>Reef</title><article><p>The reef of Anholt was charted in 1788."
    origin = {"Origin": "moz-extension://9f0e", "Content_Type": "text/html"}
    status, _, said = there.ask(
        "POST", "/v1/upload?wait=verified&title=Reef", page.encode(), **origin
    )
    assert (status, json.loads(said)[0]["error"]) == (200, None)
    _, _, asked = there.ask("POST", "/v1/ask", {"question": "When was the reef charted?"})
    assert json.loads(asked)["evidence"][0]["quote"] == "The reef of Anholt was charted in 1788."


def test_an_address_of_this_machine_is_not_fetched(there: Served) -> None:
    status, _, said = there.ask("POST", "/v1/add_link", {"link": f"{there.address}/"})
    assert status == 200
    assert json.loads(said)[0]["error"]


def test_who_counts_sees_calls_and_refusals(there: Served) -> None:
    there.ask("POST", "/v1/stats", {})
    there.ask("POST", "/v1/stats", {}, Authorization="Bearer wrong")
    assert there.ask("GET", "/metrics", Authorization=None)[0] == 401
    status, named, said = there.ask("GET", "/metrics")
    assert (status, named["content-type"].partition(";")[0]) == (200, "text/plain")
    counts = {
        each.name: (each.labels, each.value)
        for family in text_string_to_metric_families(said.decode())
        for each in family.samples
        if each.labels.get("operation", "stats") == "stats"
    }
    assert counts["workbench_request_seconds_count"][1] >= 1
    assert counts["workbench_requests_refused_total"][1] >= 1
    assert counts["workbench_requests_at_work"][1] == 0


@pytest.mark.slow
def test_a_conversation_streams_and_goes_on(there: Served) -> None:
    asked = {"conversation": "walk", "quotes": True}
    first = {**asked, "question": "Who built the lighthouse at Skagen?"}
    status, named, said = there.ask("POST", "/v1/converse", first, Accept="text/event-stream")
    assert (status, named["content-type"].partition(";")[0]) == (200, "text/event-stream")
    made = json.loads(said.decode().strip().rpartition("data: ")[2])
    assert "Maria Lindqvist" in made["evidence"][0]["quote"]
    next_one = {**asked, "question": "What did it burn?"}
    _, _, said = there.ask("POST", "/v1/converse", next_one)
    assert "rape oil" in json.loads(said)["evidence"][0]["quote"]
    kept = json.loads(there.ask("POST", "/v1/answers/list", {"conversation": "walk"})[2])
    assert len(kept) == 2


def test_other_methods_are_named(there: Served) -> None:
    status, named, said = there.ask("GET", "/v1/ask")
    assert (status, named["allow"]) == (405, "POST")
    assert _says_what_to_do(said)
    assert "POST" in json.loads(said)["hint"]


def test_an_address_of_nothing_leads_to_the_list(there: Served) -> None:
    for place in ("/x", "/v2/ask", "/ask"):
        status, _, said = there.ask("GET", place)
        assert status == 404
        assert _says_what_to_do(said)
        assert "/openapi.json" in json.loads(said)["hint"]


def _says_what_to_do(body: bytes) -> bool:
    said = json.loads(body)
    return all(re.fullmatch(r"[A-Z“].+[.?!…]", said[name], re.DOTALL) for name in ("title", "hint"))


def test_no_name_of_a_file_leaves_the_machine(there: Served) -> None:
    _, _, listed = there.ask("POST", "/v1/sources/list", {})
    _, _, asked = there.ask("POST", "/v1/ask", {"question": "Of what is the quay of Bredal?"})
    assert "stone" in json.loads(asked)["evidence"][0]["quote"]
    for body in (listed, asked):
        assert b".txt" not in body
        assert b"/tmp" not in body


def test_the_document_describes_every_operation(there: Served) -> None:
    document = json.loads(there.ask("GET", "/openapi.json")[2])
    assert document["openapi"] == "3.1.0"
    known = document["components"]["schemas"]
    text = json.dumps(document)
    for reference in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert reference in known
    # Programs that are made from it have a class for each.
    bodies = [
        route["post"]["requestBody"]["content"]["application/json"]["schema"]["title"]
        for route in document["paths"].values()
    ]
    assert len({*bodies, *known}) == len(bodies) + len(known)
    for place, route in document["paths"].items():
        status, _, said = there.ask("POST", place, {"no such argument": 1})
        assert status == 422, (place, said)
        assert route["post"]["summary"]


def test_who_listens_is_told_of_changes_though_late(there: Served) -> None:
    connection = HTTPConnection(there.address.removeprefix("http://"), timeout=seconds(60))
    with contextlib.closing(connection):
        connection.request("GET", "/v1/events", headers={"Authorization": f"Bearer {there.token}"})
        events = connection.getresponse()
        assert events.readline() == b": connected\n"
        for n in range(30):
            there.ask("POST", "/v1/facts/tell", {"text": f"The bell {n} is of {n} pounds."})
        found = iter(events.readline, b'data: "facts"\n')
        assert b"event: change\n" in list(found)


def test_a_long_call_streams_its_progress(there: Served) -> None:
    lines = "".join(f"The bead {n} is number {n * 7}.\n" for n in range(3000)).encode()
    place = "/v1/upload?title=Beads&collection=beads"
    status, named, said = there.ask("POST", place, lines, Accept="text/event-stream")
    assert status == 200
    assert named["content-type"].startswith("text/event-stream")
    names = [line[7:] for line in said.decode().splitlines() if line.startswith("event: ")]
    assert names[-1] == "result"
    assert "progress" in names
    made = json.loads(said.decode().strip().rpartition("data: ")[2])
    assert (made[0]["title"], made[0]["error"]) == ("Beads", None)


@pytest.mark.slow
def test_a_server_that_only_reads_stores_nothing(tmp_path: Path) -> None:
    file = tmp_path / "r.brain"
    with Library.open(file) as library:
        library.facts.tell("Ada's plan is pro.")
    before = file.read_bytes()
    with served(file) as server:
        for place in ("/v1/facts/tell", "/v1/facts/forget", "/v1/upload", "/v1/turn"):
            status, _, said = server.ask("POST", place, {"text": "x", "line": "x", "match": "x"})
            assert status == 403, said
        asked = {"question": "What is Ada's plan?"}
        assert json.loads(server.ask("POST", "/v1/facts/value", asked)[2])["value"] == "pro"
        assert "/v1/facts/tell" not in json.loads(server.ask("GET", "/openapi.json")[2])["paths"]
    assert file.read_bytes() == before


def test_a_library_elsewhere_has_the_same_calls(there: Served, tmp_path: Path) -> None:
    steps: list[Progress] = []
    file = tmp_path / "mill.txt"
    file.write_text("The mill at Gudhjem was moved in 1893.", "utf-8")
    with Library.open(there.address, token=there.token) as library:
        assert library.path is None
        assert not library.read_only
        answer = library.ask("Who built the lighthouse at Skagen?")
        assert "Maria Lindqvist" in answer.evidence[0].quote
        library.facts.tell("Berta's plan is basic.", report=steps.append)
        found = library.facts.value("What is Berta's plan?")
        assert found is not None
        assert found.value == "basic"
        (added,) = library.add(file)
        assert (added.error, added.title) == (None, "Mill")
        assert any(row.title == "Mill" for row in library.sources.list())
        for wrong in (tmp_path, tmp_path / "none.txt"):
            with pytest.raises(InputError, match=r"cannot be read: [^\n]*Give the name of a file"):
                library.add(wrong)
        with pytest.raises(NotFoundError):
            library.facts.get(12345)
        with pytest.raises(UsageError, match=r"not a whole number|do not fit"):
            library.facts.edit("x", "y")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="works only on the computer"):
            library.vault.scopes()

    async def work() -> str:
        async with AsyncLibrary.open(there.address, token=there.token) as other:
            return str((await other.facts.value("What is Berta's plan?")).value)

    assert asyncio.run(work()) == "basic"


def test_a_server_that_is_not_there_or_refuses_is_one_sentence(there: Served) -> None:
    with pytest.raises(UsageError, match="token"):
        Library.open(there.address, token="wrong")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--library", "x.brain", "serve", "--port", str(port)]) == 2
    for address in (f"http://127.0.0.1:{port}", "http://", "http://[::1", "http://127.0.0.1:x"):
        with pytest.raises(WorkbenchError):
            Library.open(address, token="x")


def test_beyond_this_machine_only_on_purpose(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "0.0.0.0", "--port", "0"]) == 2
    assert "--yes-beyond-this-machine" in capsys.readouterr().err


def test_the_token_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "token"
    token = stored_token(file)
    assert len(token) >= 40
    assert stored_token(file) == token
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    file.write_text("short\n", "utf-8")
    with pytest.raises(UsageError, match="too short"):
        stored_token(file)


@pytest.mark.slow
def test_agents_reach_it_by_the_protocol(there: Served) -> None:
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async def work() -> tuple[str, list[str]]:
        headers = {"Authorization": f"Bearer {there.token}"}
        async with httpx2.AsyncClient(headers=headers, trust_env=False) as http:
            wire = streamable_http_client(f"{there.address}/mcp", http_client=http)
            async with Client(wire) as client:
                said = await client.call_tool("sources", {})
                plan = await client.call_tool("value", {"question": "What is Ada's plan?"})
                names = [tool.name for tool in (await client.list_tools()).tools]
                assert plan.structured_content["result"]["value"] == "pro"
                return str(said.content[0]), names

    text, names = asyncio.run(work())
    assert "Skagen" in text
    assert ".txt" not in text
    assert "remember" in names
    assert "add" not in names


@pytest.mark.slow
def test_many_clients_of_one_server_lose_no_write(there: Served) -> None:
    wrong: list[BaseException] = []

    def work(who: int) -> None:
        try:
            with Library.open(there.address, token=there.token) as library:
                for n in range(10):
                    library.facts.tell(f"The locker {who}-{n} is of {who * n}.", collection="many")
                    library.facts.value(f"What is Ada's plan {who}?")
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds(120))
    assert not wrong
    with Library.open(there.address, token=there.token) as library:
        assert len(library.facts.list(collection="many")) == 80


@pytest.mark.slow
def test_help_does_not_load_the_server() -> None:
    script = "import sys; from workbench.cli.main import main\ntry: main(['--help'])\n"
    script += "except SystemExit: pass\nprint([n for n in ('mcp','starlette','pydantic') "
    script += "if n in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=seconds(60)
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.slow
@pytest.mark.parametrize("count", [1100, 4000])
def test_idle_strangers_keep_out_nobody_at_the_usual_limit_of_files(
    count: int, tmp_path: Path
) -> None:
    script = (
        "import resource, socket, sys, time\n"
        "hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))\n"
        "held = []\n"
        "print('begun', flush=True)\n"
        "end = time.monotonic() + 60\n"
        "while time.monotonic() < end:\n"
        f"    while len(held) < {count}:\n"
        "        one = socket.socket(); one.setblocking(False)\n"
        "        try: one.connect((sys.argv[1], int(sys.argv[2])))\n"
        "        except OSError: pass\n"
        "        held.append(one)\n"
        "    time.sleep(2)\n"
        "    for one in held: one.close()\n"
        "    held.clear()\n"
    )
    with served(tmp_path / "a.brain", "--write", files=1024) as there:
        name, port = there.address.removeprefix("http://").split(":")
        assert there.ask("GET", "/healthz")[0] == 200
        with subprocess.Popen(
            [sys.executable, "-c", script, name, port], stdout=subprocess.PIPE, text=True
        ) as stranger:
            try:
                assert stranger.stdout is not None
                assert stranger.stdout.readline() == "begun\n"
                took = []
                for _ in range(40):
                    begun = time.monotonic()
                    try:
                        status = there.ask("POST", "/v1/facts/list", {})[0]
                    except ConnectionError:  # cut in the crowd: asked again, in the same second
                        status = there.ask("POST", "/v1/facts/list", {})[0]
                    assert status == 200
                    took.append(time.monotonic() - begun)
                    time.sleep(0.1)
                assert max(took) < seconds(1)
                opened = len(list(Path(f"/proc/{there.process.pid}/fd").iterdir()))
                assert opened < 600
            finally:
                stranger.kill()


@pytest.mark.slow
def test_streams_and_slow_bodies_of_one_client_keep_out_no_other(there: Served) -> None:
    name, port = there.address.removeprefix("http://").split(":")
    head = f"HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {there.token}\r\n"
    slow = f"POST /v1/ask {head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{{"
    with contextlib.ExitStack() as held:
        for sent in (slow, f"GET /v1/events {head}\r\n"):
            for _ in range(120):
                one = socket.create_connection((name, int(port)), timeout=seconds(60))
                held.enter_context(one).sendall(sent.encode())
            for _ in range(5):
                assert there.ask("GET", "/healthz")[0] == 200
                assert there.ask("POST", "/v1/facts/list", {})[0] == 200
