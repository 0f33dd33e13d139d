"""A question asked of chosen sources searches these alone, whatever ranks before them."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from workbench.asynchronous import AsyncLibrary
from workbench.cli.main import main
from workbench.errors import NotFoundError
from workbench.library import Library

QUESTION = "Who built the lighthouse at Cape Aravis?"
LOUD = "Teodor Maslin built the lighthouse at Cape Aravis in 1862. The lighthouse stands."
QUIET = "They say that a Renate Holm built that lighthouse. It rained at the cape for a week."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.brain"


@pytest.fixture
def sources(file: Path) -> list[int]:
    """Thirty books that say it outright, then the one that says it in passing, and another."""
    with Library.open(file) as library:
        for number in range(30):
            library.add_text(f"{LOUD} This is copy {number} of the guide.", title=f"Guide {number}")
        library.add_text(QUIET, title="Letters")
        library.add_text("A bee dances for the other bees in the hive.", title="Bees")
        return [row.id for row in sorted(library.sources.list(), key=lambda row: row.id)]


def _ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[Any], str]:
    capsys.readouterr()
    code = main(["--json", "ask", *words])
    told = capsys.readouterr()
    return code, [json.loads(line) for line in told.out.splitlines()], told.err


@pytest.mark.slow
def test_what_ranks_below_others_is_found_in_its_own_source(file: Path, sources: list[int]) -> None:
    letters = sources[30]
    with Library.open(file) as library:
        everything = library.ask(QUESTION)
        assert letters != everything.evidence[0].source.id
        alone = library.ask(QUESTION, sources=[letters])
        assert {each.source.id for each in alone.evidence} == {letters}
        assert "Renate Holm" in alone.evidence[0].quote
        assert alone.coverage.of == 1
        assert alone.scope == {"sources": [letters]}


@pytest.mark.slow
def test_the_command_line_asks_sources_alone(
    file: Path, sources: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    of = ["--library", str(file), "--quotes"]
    _, (answer,), _ = _ask(capsys, QUESTION, *of, "--source", str(sources[30]))
    assert {each["source"]["id"] for each in answer["evidence"]} == {sources[30]}
    two = ["--source", str(sources[30]), "--source", str(sources[31])]
    _, (answer,), _ = _ask(capsys, QUESTION, *of, *two)
    assert {each["source"]["id"] for each in answer["evidence"]} <= set(sources[30:])
    code, (answer,), _ = _ask(capsys, QUESTION, *of, "--source", str(sources[31]))
    assert (code, answer["abstained"]) == (1, True)


@pytest.mark.slow
def test_a_batch_names_sources_line_by_line(
    file: Path, sources: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "one", "question": QUESTION, "sources": [sources[30]]},
        {"id": "usual", "question": QUESTION},
        {"id": "gone", "question": QUESTION, "sources": [999]},
        {"id": "odd", "question": QUESTION, "sources": "30"},
        {"id": "worse", "question": QUESTION, "sources": [True, {}]},
    ]
    batch.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    of = ["--library", str(file), "--quotes", "--source", str(sources[0])]
    code, answers, _ = _ask(capsys, "--batch", str(batch), *of)
    assert code == 3
    found = {each["id"]: each for each in answers}
    assert found["one"]["evidence"][0]["source"]["id"] == sources[30]
    assert found["usual"]["evidence"][0]["source"]["id"] == sources[0]
    assert found["gone"]["error"]["code"] == "not_found"
    assert "numbers of sources" in found["odd"]["error"]["message"]
    assert "numbers of sources" in found["worse"]["error"]["message"]


@pytest.mark.slow
def test_a_source_that_cannot_be_asked_is_one_sentence(
    file: Path, sources: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(file) as library:
        with pytest.raises(NotFoundError, match="no source with the number 999"):
            library.ask(QUESTION, sources=[sources[0], 999])
        library.sources.trash([sources[30]])
        with pytest.raises(NotFoundError, match="“Letters” is in the trash") as raised:
            library.ask(QUESTION, sources=[sources[30]])
        assert f"workbench restore {sources[30]}" in raised.value.hint
        assert library.ask(QUESTION, sources=[]).mode == "none"
    code, _, err = _ask(capsys, QUESTION, "--library", str(file), "--source", "999")
    assert (code, json.loads(err)["error"]["code"]) == (1, "not_found")
    code, _, err = _ask(capsys, QUESTION, "--library", str(file), "--source", "Letters")
    assert (code, json.loads(err)["error"]["code"]) == (2, "usage")
    code, _, err = _ask(
        capsys, QUESTION, "--library", str(file), "--source", "1", "--depth", "deep"
    )
    assert (code, json.loads(err)["error"]["code"]) == (2, "usage")


@pytest.mark.slow
def test_asyncio_asks_sources_alone(file: Path, sources: list[int]) -> None:
    async def run() -> set[int]:
        async with AsyncLibrary.open(file) as library:
            answer = await library.ask(QUESTION, sources=[sources[30]])
            return {each.source.id for each in answer.evidence}

    assert asyncio.run(run()) == {sources[30]}


@pytest.mark.slow
def test_overviews_and_follow_ups_keep_to_the_sources_asked(file: Path, sources: list[int]) -> None:
    letters = sources[30]
    with Library.open(file) as library:
        library.collections.create("Post")
        library.collections.assign([letters], "Post")
        for scope in ({"sources": [letters]}, {"collection": "Post"}):
            first = library.ask(QUESTION, turns=(), **scope)
            second = library.ask("Who built it?", turns=[first], **scope)
            about = library.ask("What is this text about?", **scope)
            assert first.evidence
            for answer in (first, second, about):
                assert {each.source.id for each in answer.evidence} <= {letters}, answer.question
                assert answer.scope == scope
