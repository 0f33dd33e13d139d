"""What embedding models expect before questions and passages, and that they are given it."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.ollama_server import FakeModel, OllamaServer, ollama_server
from tests.space.embeddings import tiny_model
from workbench.library import Library
from workbench.models import server
from workbench.space.embeddings import folder
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.instructions import NONE, Instructions, described, published


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [
        ("nomic-embed-text:latest", "search_query: ", "search_document: "),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("jeffh/intfloat-multilingual-e5-large:f16", "query: ", "passage: "),
        ("e5-small-v2", "query: ", "passage: "),
        ("embeddinggemma:300m", "task: search result | query: ", "title: none | text: "),
        ("mxbai-embed-large", "Represent this sentence", ""),
        ("bge-large-en-v1.5", "Represent this sentence", ""),
        ("snowflake-arctic-embed:110m", "Represent this sentence", ""),
        ("snowflake-arctic-embed2", "query: ", ""),
        ("qwen3-embedding:0.6b", "Instruct: ", ""),
        ("bge-m3", "", ""),
        ("all-MiniLM-L6-v2", "", ""),
        ("llama3.2", "", ""),
        ("piece5-large", "", ""),
    ],
)
def test_what_a_model_expects_is_known_by_its_name(name: str, question: str, passage: str) -> None:
    told = published(name)
    assert (told.question[: len(question)], bool(told.question)) == (question, bool(question))
    assert told.passage == passage


@pytest.mark.parametrize(
    ("prompts", "found"),
    [
        ({"query": "q: ", "document": "d: "}, Instructions("q: ", "d: ")),
        ({"query": "q: "}, Instructions("q: ", "")),
        ({"query": "", "document": ""}, None),
        ({"query": 7, "document": "d" * 9000}, None),
        ({"clustering": "cluster: "}, None),
        (["query"], None),
        (None, None),
    ],
)
def test_a_description_may_say_it(prompts: object, found: Instructions | None) -> None:
    assert described(prompts) == found


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    model = FakeModel("nomic-embed-text:v1", capabilities=("embedding",), dimension=64)
    with ollama_server(model) as running:
        yield running
    server.forget()


@pytest.mark.slow
def test_m3_a_served_model_is_given_what_it_expects(tmp_path: Path, ollama: OllamaServer) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library._core._meaning.close()
        library.models.choose(ollama.address, "server")
        library.add_text("The ferry stayed in the harbour.", title="Weather")
        library.models.use("nomic-embed-text:v1")
        library.ask("Why did the vessel wait?")
        sent = [text for body in ollama.asked_of("/api/embed") for text in body["input"]]
    assert "search_document: The ferry stayed in the harbour." in sent
    assert "search_query: Why did the vessel wait?" in sent


def test_m3_a_folder_is_given_what_its_description_says(tmp_path: Path) -> None:
    tiny_model.write(tmp_path / "tiny")
    plain = Encoder.load(folder.inspect_folder(tmp_path / "tiny"), threads=1)
    assert plain.model.instructions == NONE
    prompts = {"prompts": {"query": "deep ", "document": "old "}}
    (tmp_path / "tiny" / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    found = folder.inspect_folder(tmp_path / "tiny")
    # What was read without them does not go with what is read with them.
    assert found.digest != plain.model.digest
    told = Encoder.load(found, threads=1)
    for one, other in (
        (told.encode(["bees sleep"])[0], plain.encode(["old bees sleep"])[0]),
        (told.of_question("bees sleep"), plain.of_question("deep bees sleep")),
    ):
        assert np.allclose(one, other, atol=1e-5)
