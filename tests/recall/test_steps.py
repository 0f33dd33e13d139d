"""The way to a quote is told step by step, and the bars say how far each tier speaks for it."""

import json
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library

_RECORDS = (
    ("Delta Works", "Delta Works is a foundry in Lorn. It is owned by Kenji Arato."),
    ("Kenji Arato", "Kenji Arato was born in Sable Cove in 1950."),
    ("Lorn", "Lorn is a town with a foundry and two bridges."),
    ("Bees", "Bees dance to tell where the flowers are."),
)
_QUESTION = "Where was the owner of Delta Works born?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": title, "title": title, "text": said}) for title, said in _RECORDS]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Library.open(tmp_path / "articles.brain") as library:
        library.add(file)
    return tmp_path


def test_A10_every_step_of_a_path_names_its_passage_and_each_bar_is_a_share(folder: Path) -> None:
    with Library.open(folder / "articles.brain") as library:
        evidence = library.ask(_QUESTION, quotes=True, explain=True).evidence
        assert all(0 <= share <= 1 for each in evidence for share in each.tiers.values())
        led = next(each for each in evidence if each.source.key == "Kenji Arato")
        first, last = led.path
        assert (first.name, first.title) == ("Kenji Arato", "Delta Works")
        assert first.sentence == "It is owned by Kenji Arato."
        assert (last.name, last.title, last.sentence) == ("", "Kenji Arato", led.quote)
        assert led.tiers["graph"] > 0
        direct = next(each for each in evidence if each.source.key == "Delta Works")
        assert direct.path == ()
        assert direct.tiers["graph"] < 0.05 < led.tiers["graph"]
        assert direct.tiers["lexical"] > led.tiers["lexical"]


def test_the_steps_are_told_to_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--library", str(folder / "articles.brain"), "--json", "ask", _QUESTION])
    evidence = json.loads(capsys.readouterr().out)["evidence"]
    (path,) = [each["path"] for each in evidence if "path" in each][:1]
    assert [step["title"] for step in path] == ["Delta Works", "Kenji Arato"]
