"""C3: a source, several, or a collection is asked alone, whichever door one comes through."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run
from tests.doors.serving import served
from tests.doors.test_tools import _talk
from workbench.library import Library

_ASKED = "Who kept the lighthouse?"


def _titles(answer: Any) -> set[str]:
    return {each["source"]["title"] for each in answer["evidence"]}


@pytest.mark.slow
def test_c3_one_source_several_and_a_collection_are_asked_in_every_door(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "isles.brain"
    with Library.open(file) as library:
        for title, keeper in (("North", "Ada Holm"), ("South", "Per Moe"), ("East", "Ivo Lind")):
            text = f"The lighthouse keeper was called {keeper}. {keeper} kept the lighthouse."
            library.add_text(text, title=title)
        ids = {row.title: row.id for row in library.sources.list()}
        library.collections.create("Isles")
        library.collections.assign([ids["East"]], "Isles")
    one, two = [ids["South"]], [ids["North"], ids["South"]]
    ways: tuple[tuple[dict[str, Any], list[str], set[str]], ...] = (
        ({"sources": one}, ["--source", str(one[0])], {"South"}),
        ({"sources": two}, [f"--source={id}" for id in two], {"North", "South"}),
        ({"collection": "Isles"}, ["--collection", "Isles"], {"East"}),
        ({}, [], {"North", "South", "East"}),
    )
    with Library.open(file) as library:
        for scope, _, wanted in ways:
            found = library.ask(_ASKED, **scope)
            assert {each.source.title for each in found.evidence} == wanted
    for _, words, wanted in ways:
        _, (answer,), _ = run(capsys, "--library", str(file), "ask", _ASKED, *words)
        assert _titles(answer) == wanted
    with served(file) as server:
        for scope, _, wanted in ways:
            status, _, said = server.ask("POST", "/v1/ask", {"question": _ASKED, **scope})
            assert status == 200
            assert _titles(json.loads(said)) == wanted

    async def agent(client: Any) -> None:
        for scope, _, wanted in ways:
            said = await client.call_tool("ask", {"question": _ASKED, **scope})
            assert _titles(said.structured_content) == wanted

    with capsys.disabled():  # the client hands the agent a real file for its errors
        _talk(file, agent, "--tools", "all")
