"""A model put to the test over the sample: what it answers is counted, and kept by model."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.library import Library
from workbench.models import choices, server

pytestmark = pytest.mark.slow
#: Words of the sentences that answer: what an able model copies.
_RIGHT = ("some 2,300", "appeared in 1904", "2,401 slices", "magnesium", "CREB", "a tenth")


def _able(body: dict[str, Any]) -> str:
    """A model that copies the sentence with the answer, and of a number one that is wrong."""
    prompt = body["messages"][-1]["content"]
    if "sentence" in json.dumps(body.get("format") or {}):
        text = json.loads(prompt)["text"]
        if "Anna Brook" not in text:
            return '{"triples": []}'
        triple = {"sentence": 1, "subject": "Anna Brook", "relation": "found"}
        return json.dumps({"triples": [{**triple, "object": "the school of Arn"}]})
    if "leukaemia" in prompt or "mathematician" in prompt.rsplit("Question:", 1)[-1]:
        passage = re.search(r"\[(\d+)\] \([^)]*\) ([^.]*\.)", prompt)
        return f"{passage[2]} [{passage[1]}]" if passage else "NOTHING"
    for words in _RIGHT:
        found = re.search(rf"\[(\d+)\] \([^)]*\) [^\n]*?([^.\n]*{words}[^.]*\.)", prompt)
        if found is not None:
            return f"{found[2].strip()} [{found[1]}]"
    return "NOTHING"


def _finds(body: dict[str, Any]) -> float:
    """How likely a passage has an answer, for a model that knows what it says."""
    return 0.9 if any(words in body["messages"][-1]["content"] for words in _RIGHT) else 0.1


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(
        FakeModel("able", says=_able, yes=_finds, context=8192), FakeModel("mute", says="NOTHING")
    ) as running:
        yield running
    server.forget()


def test_models_are_counted_by_what_they_say_and_kept_in_a_row_each(
    ollama: OllamaServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        library.models.choose(ollama.address, "server")
        assert library.models.tests() == []
        mute = library.models.test("mute")
        assert (mute.right, mute.wrong, mute.silent, mute.invented) == (0, 0, 10, 0)
        assert "less than the quotes alone" in mute.sentence
        assert (mute.worse, mute.chooses) == (True, False)
        able = library.models.test("able")
        assert able.right >= 4
        assert able.right + able.wrong + able.silent == 10
        assert able.triples == 1
        assert able.quotes == mute.quotes > 0
        assert able.ranked == mute.ranked == mute.chosen <= able.chosen
        assert able.chooses == (able.chosen > able.ranked)
        assert not able.worse
        assert [row.model for row in library.models.tests()] == ["able", "mute"]
        library.models.test("mute")
        assert [row.model for row in library.models.tests()] == ["mute", "able"]
        # The sample is not in this library.
        assert library.sources.list() == []
    assert main(["models", "tried"]) == 0
    shown = capsys.readouterr().out
    assert re.search(rf"able  right {able.right}, wrong {able.wrong}", shown)
    assert main(["--json", "models", "tried"]) == 0
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    assert {row["model"] for row in rows} == {"able", "mute"}


def test_a_server_that_fails_is_no_silence_of_its_model(
    ollama: OllamaServer, tmp_path: Path
) -> None:
    ollama.add(FakeModel("dying", "dying", says="word " * 50))
    with Library.open(tmp_path / "a.brain") as library:
        library.models.choose(ollama.address, "server")
        with pytest.raises(InputError):
            library.models.test("dying")
        assert library.models.tests() == []


def test_a_slow_model_is_waited_for_and_no_other_one_reads_for_it(
    ollama: OllamaServer, tmp_path: Path
) -> None:
    def slowly(body: dict[str, Any]) -> str:
        # Longer than its first word is waited for where somebody asks.
        time.sleep(1.2 if len(ollama.asked_of("/api/chat")) == 2 else 0)
        return "NOTHING"

    ollama.add(FakeModel("slow", says=slowly))
    choices.change({"first_word": 1, "reading": "able", "address": ollama.address})
    with Library.open(tmp_path / "a.brain") as library:
        row = library.models.test("slow")
    assert (row.silent, row.chosen) == (10, row.ranked)
    assert {body["model"] for body in ollama.asked_of("/api/chat")} == {"slow"}
