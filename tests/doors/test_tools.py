"""The library as an agent sees it: through the protocol's own client, over standard input."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from workbench.doors import clients, tools
from workbench.doors.files import documents
from workbench.errors import UsageError
from workbench.library import Library

_TEXT = "The lighthouse at Skagen was built by Maria Lindqvist in 1862. It burned rape oil."


def _talk(file: Path, work: Callable[[Any], Awaitable[Any]], *more: str, mode: str = "auto") -> Any:
    from mcp import Client, StdioServerParameters

    words = ["-m", "workbench", "--library", str(file), "mcp", *more]

    async def talk() -> Any:
        async with Client(
            StdioServerParameters(command=sys.executable, args=words), mode=mode
        ) as client:
            return await work(client)

    return asyncio.run(asyncio.wait_for(talk(), seconds(120)))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("agents") / "a.brain"
    with Library.open(made) as library:
        library.add_text(_TEXT, title="Skagen")
        library.facts.tell("Ada's plan is pro.")
        library.facts.tell("Ada's plan is basic.", collection="other")
        answer = library.ask("Who built the lighthouse at Skagen?")
        library.answers.keep(replace(answer, scope={"conversation": "coast & sea"}))
    return made


@pytest.mark.slow
def test_an_agent_reads_and_can_store_nothing(file: Path) -> None:
    async def work(client: Any) -> None:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert {"ask", "search", "value", "recall", "chain", "context", "sources"} <= names
        assert not names & {"remember", "forget", "note", "add", "edit"}
        said = await client.call_tool("ask", {"question": "Who built the lighthouse at Skagen?"})
        assert not said.is_error
        assert "Maria Lindqvist" in said.content[0].text
        assert "Skagen" in said.content[0].text
        quotes = [each["quote"] for each in said.structured_content["evidence"]]
        assert any("Maria Lindqvist" in quote for quote in quotes)
        plan = await client.call_tool("value", {"question": "What is Ada's plan?"})
        assert plan.structured_content["result"]["value"] == "pro"
        lost = await client.call_tool("value", {"question": "What is Berta's plan?"})
        assert lost.structured_content == {"result": None}
        listed = await client.list_resources()
        source = next(each for each in listed.resources if each.name == "Skagen")
        about = json.loads((await client.read_resource(source.uri)).contents[0].text)
        text = await client.read_resource(about["sections"][0]["uri"])
        assert _TEXT in text.contents[0].text
        places = {
            t.uri_template for t in (await client.list_resource_templates()).resource_templates
        }
        assert "library://sources/{id}/passages/{passage}" in places
        found = said.structured_content["evidence"][0]["source"]["id"]
        passage = await client.read_resource(f"library://sources/{found}/passages/1")
        assert passage.contents[0].text.endswith("\n\nSkagen\n")
        assert "> The lighthouse at Skagen" in passage.contents[0].text
        talk = next(each for each in listed.resources if each.name == "coast & sea")
        thread = (await client.read_resource(talk.uri)).contents[0].text
        assert "Who built the lighthouse" in thread
        assert "Maria Lindqvist" in thread
        prompts = {each.name for each in (await client.list_prompts()).prompts}
        assert "answer_with_citations" in prompts
        asked = await client.get_prompt("answer_with_citations", {"question": "Who built it?"})
        assert "Who built it?" in asked.messages[0].content.text

    before = file.read_bytes()
    _talk(file, work, "--tools", "all")
    assert file.read_bytes() == before


@pytest.mark.slow
def test_an_agent_pays_little_unless_it_wants_everything(tmp_path: Path) -> None:
    with Library.open(tmp_path / "few.brain") as library:
        library.add_text(_TEXT, title="Skagen")
        for number in range(400):
            library.facts.tell(f"Item q{number}'s keeper is clerk c{number}")
        library.facts.tell("Aurora's owner is Kenji. Kenji's manager is Marisol.")
        library.facts.tell("Marisol's timezone is WET.")

    async def work(client: Any) -> None:
        offered = (await client.list_tools()).tools
        assert [tool.name for tool in offered] == ["ask", "value", "recall", "chain"]
        assert _size(offered) < 2300

        async def told(name: str, **arguments: Any) -> str:
            result = await client.call_tool(name, arguments)
            assert not result.is_error
            assert result.structured_content is None
            text: str = result.content[0].text
            assert len(text) <= 330
            return text

        way = await told("chain", start="Aurora", path=["owner", "manager", "timezone"])
        value, trail = way.splitlines()
        assert value == "WET"
        assert trail.startswith("Aurora → Kenji → Marisol → WET [")
        id = trail.rpartition("[")[2].rstrip("]")
        whole = json.loads(await told("recall", cue=f"[{id}]"))
        assert (whole["id"], whole["text"]) == (int(id), "Marisol's timezone is WET.")
        assert "Nothing says “boss”" in await told("chain", start="Aurora", path=["boss"])
        assert (await told("value", question="Who is Kenji's manager?")).startswith("Marisol\n[")
        assert (await told("recall", cue="keeper", limit=400)).endswith("…")
        assert await told("value", question="What is Berta's plan?") == (
            "Nothing that was told says so."
        )
        said = await told("ask", question="Who built the lighthouse at Skagen?")
        assert said.startswith("Maria Lindqvist\n“The lighthouse at Skagen was built")
        assert said.endswith("Skagen (library://sources/1)")
        assert "Peru" in await told("ask", question="What is the tax rate in Peru?")
        with pytest.raises(Exception, match="--tools all"):
            await client.call_tool("stats", {})
        lost = await client.call_tool("recall", {"cue": "[99999]"})
        assert lost.is_error

    _talk(tmp_path / "few.brain", work)
    _talk(tmp_path / "few.brain", work, mode="legacy")


def _size(offered: list[Any]) -> int:
    """Characters of tools as they are sent."""
    return sum(len(tool.model_dump_json(exclude_none=True, by_alias=True)) for tool in offered)


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--tools", "all")])
def test_tools_keep_what_the_instructions_promise_at_little_cost(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    with Library.open(tmp_path / "told.brain") as library:
        library.facts.tell("The ferry to Anholt sails at noon. The ferry to Samsø sails at six.")
        noon, _ = sorted(library.facts.list(), key=lambda fact: fact.id)

    async def work(client: Any) -> None:
        offered = (await client.list_tools()).tools
        assert len(offered) == (22 if more else 5)
        assert _size(offered) <= (12_000 if more else 2_700)
        for cue in (f"[{noon.id}]", f" [{noon.id}] "):
            shown = await client.call_tool("recall", {"cue": cue})
            assert noon.text in shown.content[0].text
            assert "Samsø" not in shown.content[0].text
            if more:
                (record,) = shown.structured_content["result"]
                assert (record["id"], record["text"]) == (noon.id, noon.text)
        assert (await client.call_tool("recall", {"cue": "[99999]"})).is_error
        for name, cue in [("recall", "cue"), *([("search", "query")] if more else [])]:
            schema = next(each.input_schema for each in offered if each.name == name)
            limits = schema["properties"]["limit"]
            assert (limits["minimum"], limits["maximum"]) == (1, 10_000)
            for limit in (0, -1, -5, 10_001):
                wrong = await client.call_tool(name, {cue: "ferry", "limit": limit})
                assert wrong.is_error, limit
                assert "limit" in wrong.content[0].text or "At most" in wrong.content[0].text
            one = await client.call_tool(name, {cue: "ferry", "limit": 1})
            assert not one.is_error

    _talk(tmp_path / "told.brain", work, "--write", *more)


@pytest.mark.slow
def test_wrong_calls_get_a_sentence_and_the_next_call_works(file: Path) -> None:
    from mcp.shared.exceptions import MCPError

    async def work(client: Any) -> None:
        for arguments in (
            {}, {"question": 5}, {"question": "Who?", "turns": []}, {"question": "Who?", "x": 1},
            {"question": "Who?", "limit": 10**30}, {"question": "Who?", "limit": 1_000_000},
            {"question": "Who?", "collection": "nowhere"},
            {"question": "Who?", "as_of": "no date"}, {"question": "x" * 200_000},
        ):  # fmt: skip
            wrong = await client.call_tool("ask", arguments)
            assert wrong.is_error, arguments
            assert "Traceback" not in wrong.content[0].text
        for name in ("remember", "no_such_tool", "queue.work"):
            with pytest.raises(MCPError, match="no tool"):
                await client.call_tool(name, {"text": "Ada is here."})
        for uri in (
            "library://threads/none",
            "library://sources/1/passages/999",
            "library://sources/999",
            "library://sources/../x",
            "file:///etc/passwd",
        ):
            with pytest.raises(MCPError, match=r"no such resource.*Choose"):
                await client.read_resource(uri)
        assert not (await client.call_tool("stats", {})).is_error

    _talk(file, work, "--tools", "all", mode="legacy")


@pytest.mark.slow
def test_an_agent_that_may_write_remembers_adds_and_forgets(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "quay.txt").write_text("The quay of Bredal was rebuilt in stone.", "utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text("The key lies under the mat.", "utf-8")
    (shelf / "link.txt").symlink_to(secret)

    async def work(client: Any) -> None:
        told = await client.call_tool("remember", {"text": "The code of the door is 4711."})
        assert len(told.structured_content["new"]) == 1
        heard: list[str | None] = []

        async def hear(_done: float, _total: float | None, words: str | None) -> None:
            heard.append(words)

        added = await client.call_tool(
            "add", {"paths": [str(shelf / "quay.txt")]}, progress_callback=hear
        )
        assert added.structured_content["result"][0]["error"] is None
        again = await client.call_tool("add", {"paths": "quay.txt"})
        assert "Quay" in again.content[0].text
        assert heard
        odd = ("~nobody-here/a.txt", f"{shelf}\0", "file:///etc/passwd", "http://127.0.0.1/")
        for outside in (secret, shelf, shelf / "link.txt", shelf / ".." / "secret.txt", *odd):
            wrong = await client.call_tool("add", {"paths": [str(outside)]})
            assert wrong.is_error
            assert "outside" in wrong.content[0].text
        found = await client.call_tool("value", {"question": "What is the code of the door?"})
        assert found.structured_content["result"]["value"] == "4711"
        gone = await client.call_tool("forget", {"match": "the door"})
        assert gone.structured_content["forgotten"] == 1

    _talk(tmp_path / "w.brain", work, "--write", "--tools", "all", "--folder", str(shelf))
    with Library.open(tmp_path / "w.brain") as library:
        assert [row.title for row in library.sources.list()] == ["Quay"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_that_is_swapped_in_after_the_check_is_not_followed(tmp_path: Path) -> None:
    shelf, outside = tmp_path / "shelf", tmp_path / "outside"
    for folder in (shelf / "deep", outside):
        folder.mkdir(parents=True)
        (folder / "quay.txt").write_text(f"The key of {folder.name} lies under the mat.", "utf-8")
    scope = tools.Scope(folders=(shelf,))
    for swapped in (shelf / "deep" / "quay.txt", shelf / "deep"):
        (folder, checked) = scope._inside("deep/quay.txt")
        assert [name for name, _ in documents(folder, checked)] == ["quay.txt"]
        swapped.rename(tmp_path / "aside")
        swapped.symlink_to(outside / swapped.relative_to(shelf / "deep"))
        with pytest.raises(UsageError, match="cannot be read"):
            list(documents(folder, checked))
        swapped.unlink()
        (tmp_path / "aside").rename(swapped)
    (shelf / "deep" / "link.txt").symlink_to(outside / "quay.txt")
    assert [name for name, _ in documents(shelf, shelf)] == ["quay.txt"]


@pytest.mark.slow
def test_a_client_of_one_collection_sees_no_other(file: Path) -> None:
    async def work(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert all("collection" not in tool.input_schema["properties"] for tool in tools)
        plan = await client.call_tool("value", {"question": "What is Ada's plan?"})
        assert plan.content[0].text.startswith("basic")
        hidden = await client.call_tool("recall", {"cue": "[3]"})
        assert hidden.is_error
        said = await client.call_tool("ask", {"question": "Who built the lighthouse at Skagen?"})
        assert "Lindqvist" not in said.content[0].text
        both = await client.call_tool("value", {"question": "Whose?", "collection": "other"})
        assert both.is_error
        assert (await client.list_resources()).resources == []

    _talk(file, work, "--collection", "other")


@pytest.mark.slow
@pytest.mark.parametrize("write", [False, True])
def test_x5_what_settings_show_starts_an_agent_that_writes_only_if_allowed(
    tmp_path: Path, write: bool
) -> None:
    from mcp import Client, StdioServerParameters

    file = tmp_path / "shared.brain"
    program = [sys.executable, "-m", "workbench"]
    copied = json.loads(clients.configuration("Most clients", program, file, write))
    started = StdioServerParameters(**copied["mcpServers"]["library"])

    async def talk() -> None:
        async with Client(started) as client:
            offered = (await client.list_tools()).tools
            storing = {
                each.name
                for each in offered
                if each.annotations and not each.annotations.read_only_hint
            }
            assert bool(storing) == write
            if write:
                told = [
                    client.call_tool("remember", {"text": f"The code of door {n} is {n}."})
                    for n in range(20)
                ]
                assert not any([(await each).is_error for each in told])
            else:
                with pytest.raises(Exception, match=r"no tool “remember” here.*--write"):
                    await client.call_tool("remember", {"text": "The code of door 1 is 1."})

    with Library.open(file) as library:
        # The library is open and written to meanwhile, as it is where the window runs.
        library.facts.tell("The gate is open.")
        before = len(library.facts.list())
        asyncio.run(asyncio.wait_for(talk(), seconds(120)))
        library.facts.tell("The gate is shut.")
        held = [each.text for each in library.facts.list()]
        assert len(held) == len(set(held)) == before + 1 + (20 if write else 0)
