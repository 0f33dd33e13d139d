"""A model reads a library beside the rules: both meet, nothing is lost, and what goes goes."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.triples.by_model import SENTENCES, VERSION
from tests.ollama_server import Body, FakeModel, OllamaServer, ollama_server
from workbench.errors import Cancelled, InputError, NotFoundError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.models import server

_BOOK = (
    "Odile Brandt founded the dredging school in 1911. "
    "The culvert beside the mill, which nobody had liked, is the work of Piet Haan. "
    "Greta Vos never trained Piet Haan."
)
_TABLE: dict[str, list[dict[str, Any]]] = {
    "founded the dredging school": [
        {"subject": "Odile Brandt", "relation": "found", "object": "dredging school"}
    ],
    "is the work of Piet Haan": [
        {"subject": "Piet Haan", "relation": "build", "object": "The culvert"}
    ],
    "Greta Vos never trained": [
        {"subject": "Greta Vos", "relation": "train", "object": "Piet Haan", "negated": True}
    ],
}


def _by_table(body: Body) -> str:
    found = []
    for line in body["messages"][-1]["content"].splitlines():
        told = json.loads(line)
        for words, triples in _TABLE.items():
            if words in told["text"]:
                found += [{"sentence": told["sentence"], **each} for each in triples]
    return json.dumps({"triples": found})


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    server.forget()
    with ollama_server(
        FakeModel("reader", says=_by_table), FakeModel("better", says=_by_table)
    ) as s:
        yield s


@pytest.fixture
def library(tmp_path: Path, ollama: OllamaServer) -> Iterator[Library]:
    with Library.open(tmp_path / "read.brain") as opened:
        # What is read in the background would race with the tests.
        opened._core.graph.close()
        opened._core._model_reading.close()
        opened.models.choose(ollama.address, "server")
        yield opened


def _add(library: Library, text: str) -> int:
    source = library.add_text(text)[0].source
    assert source is not None
    return source


def _edges(library: Library) -> dict[tuple[str, str, str], tuple[bool, str, float]]:
    found = {}
    for row in library._store.rows(
        "SELECT h.name, s.relation, t.name, s.extractor & 65535, coalesce(r.value ->> 1, ''), "
        "s.confidence FROM saying s JOIN concept h ON h.id = s.head "
        "JOIN concept t ON t.id = s.tail LEFT JOIN json_each((SELECT value FROM meta "
        "WHERE key = 'readers')) r ON r.value ->> 0 = s.extractor >> 16"
    ):
        found[row[0], row[1], row[2]] = (bool(row[3]), row[4], row[5] / 100)
    return found


def _all(library: Library) -> tuple[set[Any], ...]:
    names = "JOIN concept h ON h.id = x.head JOIN concept t ON t.id = x.tail"
    return (
        set(library._store.rows(f"SELECT h.name, x.type, t.name, x.relation, x.flags, "
                                f"x.confidence FROM saying x {names}")),
        set(library._store.rows(f"SELECT h.name, x.type, t.name, x.strength FROM edge x {names}")),
        set(library._store.rows("SELECT name, mentions FROM concept")),
    )  # fmt: skip


def test_triples_of_rules_and_of_a_model_meet_in_one_association(
    library: Library, ollama: OllamaServer
) -> None:
    _add(library, _BOOK)
    library.graph.link()
    before = _edges(library)
    assert before["Odile Brandt", "found", "dredging school"][:2] == (True, "")
    library.models.choose("reader", "extraction")
    read = library.models.update("language")
    assert (read.model, read.sentences, read.triples, read.warning) == ("reader", 3, 3, "")
    after = _edges(library)
    founded = after["Odile Brandt", "found", "dredging school"]
    assert founded[:2] == (True, "reader")
    assert founded[2] > before["Odile Brandt", "found", "dredging school"][2]
    assert after["Piet Haan", "build", "culvert"][:2] == (False, "reader")
    around = library.graph.neighbourhood("Odile Brandt")
    (edge,) = [each for each in around.edges if each.tail_name == "dredging school"]
    (saying,) = library.graph.evidence(edge.id)
    assert (saying.by_rules, saying.model) == (True, "reader")
    (state,) = library.models.readings()
    assert (state.model, state.prompt, state.done == state.total) == ("reader", VERSION, True)
    # And nothing is asked twice.
    asked = len(ollama.asked_of("/api/chat"))
    assert library.models.update("language").sentences == 0
    assert len(ollama.asked_of("/api/chat")) == asked


@pytest.mark.slow
def test_what_is_read_before_the_rules_come_meets_them_when_they_do(library: Library) -> None:
    library.models.choose("reader", "extraction")
    _add(library, _BOOK)
    library.models.update("language")
    library.graph.link()
    late = _all(library)
    with Library.open(":memory:") as other:
        other._core.graph.close()
        other._core._model_reading.close()
        _add(other, _BOOK)
        other.graph.link()
        other.models.update("language")
        assert _all(other) == late


def test_deleting_a_source_subtracts_what_the_model_read_in_it(library: Library) -> None:
    library.models.choose("reader", "extraction")
    _add(library, "Odile Brandt founded the dredging school in 1911. She liked rye.")
    library.graph.link()
    library.models.update("language")
    alone = _all(library)
    source = _add(library, _BOOK)
    library.graph.link()
    library.models.update("language")
    assert _all(library) != alone
    library.sources.trash([source])
    library.sources.delete([source])
    library.graph.link()
    assert _all(library) == alone
    (number,) = library._store.rows(
        "SELECT count(*) FROM model_triple WHERE engram NOT IN (SELECT id FROM engram)"
    )
    assert number[0] == 0


def test_another_model_does_the_work_anew(library: Library, ollama: OllamaServer) -> None:
    library.models.choose("reader", "extraction")
    _add(library, _BOOK)
    library.graph.link()
    library.models.update("language")
    ollama.models["better"].says = '{"triples": [{"sentence": 1, "subject": "Odile Brandt", ' \
        '"relation": "lead", "object": "school"}]}'  # fmt: skip
    library.models.choose("better", "extraction")
    library.models.update("language")
    models = {row[1] for row in _edges(library).values()}
    assert models == {"", "better"}
    assert [each.model for each in library.models.readings()] == ["better", "reader"]


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", ["dying", "html", "out of memory", "not json"])
def test_a_server_that_fails_loses_nothing_and_it_is_gone_on_from(
    library: Library, ollama: OllamaServer, behaviour: str
) -> None:
    _add(
        library, " ".join(f"Warden {n} of the polder sold a boat to Piet Haan." for n in range(40))
    )
    library.models.choose("reader", "extraction")
    asked = 0

    def then_fail(body: Body) -> str:
        nonlocal asked
        asked += 1
        if asked == SENTENCES:
            ollama.models["reader"].behaviour = behaviour
        return '{"triples": [{"sentence": 1, "subject": "Piet Haan", "relation": "buy", ' \
            '"object": "boat"}]}'  # fmt: skip

    ollama.models["reader"].says = then_fail
    with pytest.raises(InputError):
        library.models.update("language")
    (state,) = library.models.readings()
    assert 0 < state.done < state.total
    assert state.trouble
    ollama.models["reader"].behaviour = "good"
    library.models.update("language")
    (state,) = library.models.readings()
    assert (state.done, state.sentences, state.trouble) == (state.total, 40, "")
    assert library.ask("Who sold a boat?").evidence


def test_a_killed_server_is_one_sentence_and_the_rules_go_on(
    library: Library, ollama: OllamaServer
) -> None:
    library.models.choose("reader", "extraction")
    _add(library, _BOOK)
    ollama.kill()
    server.forget()
    with pytest.raises(InputError, match="No model server answers"):
        library.models.update("language")
    library.graph.link()
    assert ("Odile Brandt", "found", "dredging school") in _edges(library)


def test_reading_can_be_stopped_and_none_chosen_is_told(
    library: Library, ollama: OllamaServer
) -> None:
    with pytest.raises(NotFoundError, match="No language model is chosen"):
        library.models.update("language")
    _add(library, " ".join(f"Warden {n} of the polder sold boat {n}." for n in range(60)))
    library.models.choose("reader", "extraction")
    cancel = Cancel()
    heard: list[Progress] = []

    def report(how: Progress) -> None:
        heard.append(how)
        if len(heard) == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        library.models.update("language", report=report, cancel=cancel)
    (state,) = library.models.readings()
    assert 0 < state.done < state.total


def test_no_statement_from_long_texts_is_a_warning(library: Library, ollama: OllamaServer) -> None:
    ollama.models["reader"].says = '{"triples": []}'
    library.models.choose("reader", "extraction")
    _add(
        library, " ".join(f"Warden {n} of the polder sold boat {n} at the quay." for n in range(60))
    )
    assert "found no statement" in library.models.update("language").warning
    assert "found no statement" in library.models.readings()[0].warning


@pytest.mark.slow
def test_a_chosen_model_reads_in_the_background(tmp_path: Path, ollama: OllamaServer) -> None:
    with Library.open(tmp_path / "behind.brain") as library:
        library.models.choose(ollama.address, "server")
        _add(library, _BOOK)
        library.models.choose("reader", "extraction")
        until = threading.Event()
        for _ in range(200):
            if any(each.triples for each in library.models.readings()):
                break
            until.wait(0.05)
        (state,) = library.models.readings()
        assert state.triples == 3


def test_where_no_model_is_chosen_nobody_is_contacted(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "alone.brain") as library:
        library.models.choose(ollama.address, "server")
        _add(library, _BOOK)
        library.graph.link()
    assert ollama.asked == []
