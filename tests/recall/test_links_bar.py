"""The Links bar speaks where a path is told, and a path is told where it says something."""

import json
from pathlib import Path

import pytest

from workbench.library import Library

_RECORDS = (
    ("Olin Bridge", "The Olin Bridge crosses the Tacuar. It opened in October 1938."),
    ("Harlan Voss", "Harlan Voss was an architect. He designed the Olin Bridge in Velm."),
    ("Velm", "Velm is a town on the Tacuar. Its mayor is Ruben Zas."),
    ("Ruben Zas", "Ruben Zas was born in Salto. He wrote poems."),
    ("Garden", "The greenhouse needs a boiler before October. The bridge to it was named in May."),
    ("Staff", "Kestrel asked to start in May and not in October. The pump was named Olin."),
)


@pytest.fixture
def library_file(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": title, "title": title, "text": said}) for title, said in _RECORDS]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Library.open(tmp_path / "articles.brain") as library:
        library.add(file)
    return tmp_path / "articles.brain"


@pytest.mark.slow
@pytest.mark.parametrize(
    "question",
    [
        "Who painted the Olin Bridge?",
        "Where was the mayor of Velm born?",
        "Who designed the Olin Bridge?",
        "When did the bridge over the Tacuar open?",
        "Why did Kestrel ask to start in May?",
    ],
)
def test_A10_the_links_bar_is_filled_where_a_path_is_told_and_nowhere_else(
    library_file: Path, question: str
) -> None:
    with Library.open(library_file) as library:
        for each in library.ask(question, quotes=True, explain=True).evidence:
            assert (each.tiers["graph"] > 0) == (each.via is not None), each.reasons


def test_a_month_or_a_day_of_the_week_leads_nowhere(library_file: Path) -> None:
    with Library.open(library_file) as library:
        for question in ("Who designed the Olin Bridge?", "When did the bridge open?"):
            for each in library.ask(question, quotes=True, explain=True).evidence:
                assert not {step.name for step in each.path} & {"October", "May", "October 1938"}
