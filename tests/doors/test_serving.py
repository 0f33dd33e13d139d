"""A server from its start: soon there, its uploads read in the background, and who may come in."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.doors.serving import Served, served
from tests.patience import seconds
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library

_TEXT = "The lighthouse at Skagen was built by Maria Lindqvist in 1862."


def _library(file: Path) -> Path:
    with Library.open(file) as library:
        library.facts.tell("Ada's plan is pro.")
    return file


def _posted(there: Served, place: str, body: Any) -> Any:
    status, _, said = there.ask("POST", place, body)
    assert status == 200, said
    return json.loads(said)


def _finished(there: Served, job: int) -> Any:
    """The result of a job, once it is read or has failed."""
    end = time.monotonic() + seconds(60)
    while time.monotonic() < end:
        (row,) = _posted(there, "/v1/queue/results", {"jobs": [job]})
        if row["state"] in ("verified", "embedded", "linked", "learned", "failed"):
            return row
        time.sleep(0.05)
    raise AssertionError(row)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="processor time of another process")
def test_it_listens_after_a_second_of_processor_time(tmp_path: Path) -> None:
    file = _library(tmp_path / "soon.brain")
    spent = []
    for _ in range(3):
        with served(file) as there:
            assert there.ask("GET", "/healthz")[0] == 200
            ticks = Path(f"/proc/{there.process.pid}/stat").read_text().rpartition(")")[2].split()
            spent.append((int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK"))
            question = {"question": "What is Ada's plan?"}
            assert _posted(there, "/v1/facts/value", question)["value"] == "pro"
            assert there.ask("GET", "/openapi.json")[0] == 200
    assert min(spent) <= 1.0, spent


@pytest.mark.slow
def test_agents_are_answered_from_the_first_request_on(tmp_path: Path) -> None:
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    async def work(there: Served) -> list[Any]:
        headers = {"Authorization": f"Bearer {there.token}"}

        async def plan() -> Any:
            async with httpx2.AsyncClient(headers=headers, trust_env=False, timeout=60) as http:
                wire = streamable_http_client(f"{there.address}/mcp", http_client=http)
                async with Client(wire) as client:
                    said = await client.call_tool("value", {"question": "What is Ada's plan?"})
                    return said.content[0]

        return list(await asyncio.gather(*(plan() for _ in range(4))))

    with served(_library(tmp_path / "agents.brain")) as there:
        assert [said.text.splitlines()[0] for said in asyncio.run(work(there))] == ["pro"] * 4
    # One that ends before agents could be answered ends as cleanly: `served` looks.
    with served(tmp_path / "agents.brain"):
        pass


@pytest.mark.slow
def test_an_upload_is_answered_at_once_and_read_in_the_background(tmp_path: Path) -> None:
    with served(_library(tmp_path / "up.brain"), "--write") as there:
        status, _, said = there.ask("POST", "/v1/upload?title=Skagen", _TEXT.encode())
        assert status == 202, said
        (row,) = json.loads(said)
        assert (row["title"], row["state"], row["error"]) == ("Skagen", "queued", None)
        done = _finished(there, row["job"])
        assert (done["title"], done["error"], done["job"]) == ("Skagen", None, row["job"])
        asked = {"question": "Who built the lighthouse at Skagen?"}
        assert _posted(there, "/v1/ask", asked)["evidence"][0]["quote"] == _TEXT

        broken = json.loads(there.ask("POST", "/v1/upload", b"%PDF-1.7\nno such thing")[2])
        failed = _finished(there, broken[0]["job"])
        assert failed["state"] == "failed"
        assert failed["error"]

        page = b"<title>Quay</title><p>The quay of Bredal was rebuilt in stone in 1911."
        status, _, said = there.ask("POST", "/v1/upload?wait=verified", page)
        assert status == 200
        assert json.loads(said)[0]["state"] in ("verified", "embedded", "linked", "learned")
        (row,) = _posted(there, "/v1/add_text", {"content": "Bees dance.", "wait": "queued"})
        assert row["state"] == "queued"
        assert there.ask("POST", "/v1/upload?wait=never", page)[0] == 422
        assert there.ask("POST", "/v1/queue/results", {"jobs": [10_000]})[0] == 404
        assert there.ask("POST", "/v1/queue/results", {"jobs": []})[0] == 200

        with Library.open(there.address, token=there.token) as library:
            (added,) = library.add_text("The reef of Anholt is charted.", wait="queued")
            assert added.state == "queued"
            assert added.job is not None
            assert library.queue.results(added.job)[0].job == added.job
            (read,) = library.add_text("The reef of Samsø is not.")
            assert read.source is not None
            with pytest.raises(NotFoundError):
                library.queue.results(10_000)


@pytest.mark.slow
def test_what_was_uploaded_is_read_after_a_restart(tmp_path: Path) -> None:
    file = _library(tmp_path / "again.brain")
    bodies = [
        "".join(f"The bead {n} of box {box} weighs {n * 7} grams.\n" for n in range(3000))
        for box in range(4)
    ]
    with served(file, "--write") as there:
        said = [there.ask("POST", "/v1/upload", body.encode())[2] for body in bodies]
        jobs = [json.loads(each)[0]["job"] for each in said]
    with Library.open(file, read_only=True) as library:
        states = {row.job: row.state for row in library.queue.results(*jobs)}
    assert set(states.values()) & {"queued", "read", "searchable"}
    with served(file, "--write") as there:
        assert all(_finished(there, job)["error"] is None for job in jobs)


@pytest.mark.slow
def test_who_comes_without_a_token_is_told_in_one_sentence(tmp_path: Path) -> None:
    with served(_library(tmp_path / "token.brain")) as there:
        for token in (None, ""):
            with pytest.raises(UsageError, match="needs a token") as told:
                Library.open(there.address, token=token)
            assert "workbench serve" in told.value.hint
            assert there.address in told.value.message
        with pytest.raises(UsageError, match="token is wrong") as told:
            Library.open(there.address, token="x" * 40)
        assert "workbench serve" in told.value.hint
    with pytest.raises(UsageError, match="needs a token"):
        Library.open("https://library.example")
