"""Commands on a real library, from the outside: what they print, and how they end."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from workbench.cli.main import main

_TEXT = """Field Notes

The lighthouse at Cape Aravis was built in 1862 by the engineer Teodor Maslin. Its lamp burned rape
oil until 1904, when paraffin took its place.

Maslin had two daughters, Ida and Renate. Ida kept the light for eleven years after his death.
"""


@pytest.fixture
def library(tmp_path: Path) -> str:
    return str(tmp_path / "notes.brain")


@pytest.fixture
def notes(tmp_path: Path) -> str:
    file = tmp_path / "field notes.txt"
    file.write_text(_TEXT, encoding="utf-8")
    return str(file)


@pytest.mark.slow
def test_x4_add_prints_one_line_a_source(
    library: str, notes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    code, lines, _ = run(capsys, "--library", library, "add", notes, str(empty))
    assert code == 3
    good = next(line for line in lines if line["error"] is None)
    bad = next(line for line in lines if line["error"] is not None)
    wanted = {"source", "title", "state", "passages", "engrams", "concepts", "associations",
              "seconds", "error"}  # fmt: skip
    assert wanted <= set(good)
    assert good["state"] == "verified"
    assert good["passages"] >= 1
    assert bad["state"] == "failed"
    assert "empty" in bad["error"]
    code, lines, _ = run(capsys, "add", notes, "--library", library)
    assert code == 0
    assert lines[0]["source"] == good["source"]
    assert lines[0]["already"] is True


@pytest.mark.slow
def test_ask_prints_the_fields_that_scripts_rely_on(
    library: str, notes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--library", library, "add", notes)
    code, (answer,), _ = run(
        capsys, "--library", library, "ask", "Who built the lighthouse at Cape Aravis?", "--quotes"
    )
    assert code == 0
    assert list(answer)[:10] == [
        "question", "mode", "abstained", "confidence", "value", "sentences", "evidence",
        "coverage", "milliseconds", "suggestion",
    ]  # fmt: skip
    assert answer["mode"] == "quotes"
    assert set(answer["sentences"][0]) == {"text", "citations", "supported"}
    first = answer["evidence"][0]
    assert set(first) == {
        "n", "engram", "quote", "score", "tags", "tiers", "source", "locator",
    }  # fmt: skip
    assert set(first["tiers"]) == {"lexical", "semantic", "graph", "spiking"}
    assert set(first["source"]) == {"id", "key", "title", "path"}
    assert set(first["locator"]) == {
        "page", "page_label", "chapter", "start", "end", "seconds", "box",
    }  # fmt: skip
    assert "Teodor Maslin" in first["quote"]
    assert set(answer["coverage"]) == {"passages", "of", "sources"}
    code, (answer,), _ = run(
        capsys, "--library", library, "ask", "What does a hummingbird weigh?", "--explain"
    )
    assert code == 1
    assert answer["abstained"] is True
    assert answer["sentences"] == []
    assert answer["value"] is None


@pytest.mark.slow
def test_a_batch_answers_every_line_in_order(
    library: str, notes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--library", library, "add", notes, "--collection", "Coast")
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "When was the lighthouse built?"},
        {"id": "b", "question": "What does a hummingbird weigh?", "collection": "Coast"},
        {"id": "c", "question": "Who kept the light after his death?", "collection": "Coast"},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    code, answers, _ = run(capsys, "ask", "--batch", str(batch), "--library", library)
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert [answer["abstained"] for answer in answers] == [False, True, False]
    batch.write_text('{"id": "x"}\nnot json\n{"id": 7, "question": "When?"}', encoding="utf-8")
    code, answers, _ = run(capsys, "ask", "--batch", str(batch), "--library", library)
    assert code == 3
    assert [answer["id"] for answer in answers] == ["x", 2, 7]
    assert [("error" in answer) for answer in answers] == [True, True, False]


def test_a_line_of_a_batch_that_is_no_text_costs_that_line_alone(
    library: str, notes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--library", library, "add", notes)
    batch = tmp_path / "questions.jsonl"
    # A line separator of Unicode ends no line of JSON.
    asked = '{"question": "Who was H.M.?\u2028"}'
    batch.write_bytes(b'{"question": "Who \xff"}\n' + asked.encode("utf-8"))
    code, answers, _ = run(capsys, "ask", "--batch", str(batch), "--library", library)
    assert code == 3
    assert answers[0]["error"]["message"] == "Line 1 is not UTF-8."
    assert answers[1]["id"] == 2
    assert "error" not in answers[1]


@pytest.mark.slow
def test_c1_a_batch_follows_a_conversation_and_a_name_keeps_one(
    library: str, notes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "--library", library, "add", notes)
    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": 1, "question": "Where is Cape Aravis?", "conversation": "a"},
        {"id": 2, "question": "Does it have a lighthouse?", "conversation": "a"},
        {"id": 3, "question": "Does it have a lighthouse?", "conversation": "b"},
        {"id": 4, "question": "What was it built of?", "conversation": "b", "about": "the light"},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    _, answers, _ = run(capsys, "ask", "--batch", str(batch), "--library", library)
    assert [answer["about"] for answer in answers] == ["", "Cape Aravis", "", "the light"]
    assert answers[1]["asked_as"] == "Does Cape Aravis have a lighthouse?"
    assert answers[2]["suggestion"] == "What do you mean by “it”?"

    def ask(*more: str) -> str:
        capsys.readouterr()
        main(["--library", library, "ask", "--conversation", "coast", *more])
        return capsys.readouterr().out

    ask("Where did Ida live?")
    assert "About Ida " in ask("How long did she keep the light?")
    assert "About Renate " in ask("Where did she live?", "--about", "Renate")


@pytest.mark.slow
def test_list_show_trash_and_restore(
    library: str, notes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (added,), _ = run(capsys, "--library", library, "add", notes, "--collection", "Coast")
    ident = str(added["source"])
    _, sources, _ = run(capsys, "--library", library, "list", "sources")
    assert [source["id"] for source in sources] == [added["source"]]
    _, collections, _ = run(capsys, "--library", library, "list", "collections")
    assert [(c["name"], c["sources"]) for c in collections] == [("Coast", 1)]
    code, (shown,), _ = run(capsys, "--library", library, "show", ident)
    assert code == 0
    assert "".join(p["text"] for p in shown["passages"]).count("Maslin") == 2
    assert run(capsys, "--library", library, "trash", ident)[0] == 0
    assert run(capsys, "--library", library, "list", "sources")[1] == []
    assert len(run(capsys, "--library", library, "list", "sources", "--trashed")[1]) == 1
    assert run(capsys, "--library", library, "restore", ident)[0] == 0
    assert len(run(capsys, "--library", library, "list", "sources")[1]) == 1
    code, _, told = run(capsys, "--library", library, "show", "99")
    assert code == 1
    assert json.loads(told)["error"]["code"] == "not_found"


@pytest.mark.slow
def test_verify_says_sound(library: str, notes: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--library", library, "add", notes)
    code, (report,), _ = run(capsys, "--library", library, "verify")
    assert code == 0
    assert report["sound"] is True
    assert report["sources"] == 1


@pytest.mark.slow
def test_text_can_be_piped_in(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Pipe:
        buffer = io.BytesIO(b"The spare key hangs behind the kitchen clock.")

    monkeypatch.setattr(sys, "stdin", Pipe())
    code, (added,), _ = run(capsys, "--library", library, "add", "-", "--title", "Keys")
    assert code == 0
    assert added["title"] == "Keys"
    _, (answer,), _ = run(capsys, "--library", library, "ask", "Where is the spare key?")
    assert "kitchen clock" in answer["evidence"][0]["quote"]


@pytest.mark.slow
def test_the_sample_is_asked_without_touching_the_library(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, (answer,), _ = run(capsys, "ask", "--sample", "When did Ebbinghaus publish his results?")
    assert code == 0
    assert "1885" in answer["sentences"][0]["text"]
    _, sources, _ = run(capsys, "list", "sources")
    assert sources == []


@pytest.mark.slow
def test_people_read_lines_and_places(
    library: str, notes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", library, "add", notes]) == 0
    assert main(["--library", library, "ask", "When was the lighthouse built?"]) == 0
    told = capsys.readouterr().out
    assert "Answer" in told
    assert "[1]" in told
    assert "1862" in told
    assert main(["--library", library, "show", "1", "--passages"]) == 0
    assert "Renate" in capsys.readouterr().out


def test_a_library_that_is_not_there_is_not_made_by_asking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "thesus.brain"
    code, _, told = run(capsys, "--library", str(missing), "ask", "Who?")
    assert code == 1
    assert json.loads(told)["error"]["code"] == "not_found"
    assert not missing.exists()
