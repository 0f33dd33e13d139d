"""Questions that take two passages: a name in the first leads to the second."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.library import Library
from workbench.store import text as stored

# Invented; no two articles of one hop share a word that the question holds.
_ARTICLES = [
    ("The Salt Lantern", "The Salt Lantern is a drama of 1931. It was directed by Ines Varga."),
    ("Ines Varga", "Ines Varga was a stage manager. She was born in Tarnow and kept bees."),
    ("Harbour of Glass", "Harbour of Glass is a comedy of 1940. It was directed by Oskar Lind."),
    ("Oskar Lind", "Oskar Lind was a painter. He was born in Visby."),
    ("Tarnow", "Tarnow is a town on the Biala. Its mill burnt down twice."),
    ("Lantern Street", "Lantern Street is known for its market. Traders were born there."),
    ("Bees", "Bees were kept by managers of many theatres."),
    ("Ruta Melk", "Ruta Melk sang at the opening of the bridge. She was born in Graz."),
    ("Melk Bridge", "Melk Bridge was drawn by an engineer whom Ruta Melk married."),
]
_QUESTION = "Where was the director of The Salt Lantern born?"


def _library(folder: Path, articles: Sequence[tuple[str, str]], *, titled: bool) -> Library:
    file = folder / "articles.jsonl"
    lines = [
        {"id": title, "text": text, **({"title": title} if titled else {})}
        for title, text in articles
    ]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    library = Library.open(folder / "hops.brain")
    library.add([file])
    return library


@pytest.fixture(params=[True, False], ids=["titled", "bare"])
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    with _library(tmp_path, _ARTICLES, titled=request.param) as opened:
        yield opened


def _keys(library: Library, question: str) -> list[str]:
    return [each.source.key or "" for each in library.ask(question).evidence]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "path"),
    [
        (_QUESTION, ("The Salt Lantern", "Ines Varga")),
        ("Where was the director of Harbour of Glass born?", ("Harbour of Glass", "Oskar Lind")),
    ],
)
def test_the_second_passage_comes_second(
    library: Library, question: str, path: tuple[str, str]
) -> None:
    assert tuple(_keys(library, question)[:2]) == path


@pytest.mark.slow
def test_the_path_is_told(library: Library) -> None:
    evidence = library.ask(_QUESTION, explain=True).evidence
    assert evidence[0].via is None
    second = next(each for each in evidence if each.source.key == "Ines Varga")
    assert second.via is not None
    assert (second.via.name, second.via.sentence) == (
        "Ines Varga",
        "It was directed by Ines Varga.",
    )
    with library._store.read() as connection:
        at = (second.via.source, second.via.start, second.via.end)
        assert stored.text_at(connection, *at) == second.via.sentence
    assert [(step.name, step.sentence) for step in second.path] == [
        (second.via.name, second.via.sentence),
        ("", second.quote),
    ]
    assert second.tiers["graph"] > 0
    assert any("Reached over “Ines Varga”" in reason for reason in second.reasons)


@pytest.mark.slow
def test_the_path_is_told_to_scripts(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--library", str(library.path), "--json", "ask", _QUESTION])
    evidence = json.loads(capsys.readouterr().out)["evidence"]
    assert [each["via"]["name"] for each in evidence if "via" in each][:1] == ["Ines Varga"]


@pytest.mark.slow
def test_a_path_stays_inside_the_sources_that_are_asked(library: Library) -> None:
    rows = {row.key: row.id for row in library.sources.list()}
    answer = library.ask(_QUESTION, sources=[rows["The Salt Lantern"], rows["Bees"]])
    assert {each.source.key for each in answer.evidence} <= {"The Salt Lantern", "Bees"}
    library.sources.trash([rows["Ines Varga"]])
    assert "Ines Varga" not in _keys(library, _QUESTION)


@pytest.mark.slow
def test_a_question_of_one_passage_keeps_it_first(library: Library) -> None:
    assert _keys(library, "What did Ruta Melk sing at?")[0] == "Ruta Melk"
    assert _keys(library, "Which mill burnt down twice?")[0] == "Tarnow"


@pytest.mark.slow
def test_no_path_begins_where_nothing_is_named(library: Library) -> None:
    for question, led in ((_QUESTION, True), ("who was born where a market was kept?", False)):
        found = library._core.recall.retrieve(question)
        assert bool(found.paths) is led


@pytest.mark.slow
def test_a_name_that_everybody_mentions_leads_nowhere_slowly(tmp_path: Path) -> None:
    crowd = [(f"Note {n}", f"Ines Varga was seen near pier {n}.") for n in range(700)]
    with _library(tmp_path, [*_ARTICLES, *crowd], titled=True) as library:
        assert _keys(library, _QUESTION)[:2] == ["The Salt Lantern", "Ines Varga"]


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
def test_the_sentence_is_of_where_a_path_begins_or_leads_and_is_cited(library: Library) -> None:
    answer = library.ask(_QUESTION)
    sentence = answer.sentences[0]
    assert sentence.text in {
        "It was directed by Ines Varga.",
        "She was born in Tarnow and kept bees.",
    }
    (cited,) = sentence.citations
    assert sentence.text in answer.evidence[cited - 1].quote


@pytest.mark.slow
def test_a_question_of_one_passage_is_not_answered_over_a_path(library: Library) -> None:
    answer = library.ask("What did Ruta Melk sing at?")
    assert all(
        answer.evidence[sentence.citations[0] - 1].source.key == "Ruta Melk"
        for sentence in answer.sentences
    )


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
def test_the_sentence_that_says_more_than_the_title_answers(library: Library) -> None:
    answer = library.ask("Who directed The Salt Lantern?")
    assert answer.sentences[0].text == "It was directed by Ines Varga."


@pytest.mark.slow
def test_a_quote_on_what_the_question_names_was_reached_by_its_words(library: Library) -> None:
    asked = {"Where was Ines Varga born?": "Ines Varga", "Who directed The Salt Lantern?": "Salt"}
    for question, name in asked.items():
        evidence = library.ask(question, explain=True).evidence
        speaking = [each for each in evidence if name in each.quote]
        assert speaking
        for each in speaking:
            assert each.via is None
            assert not any("Reached over" in reason for reason in each.reasons)


def test_a_quote_that_holds_all_words_of_the_question_was_reached_by_them(tmp_path: Path) -> None:
    articles = [
        ("Dance", "Bees that dance tell others where flowers are. Karl Hirt saw bees dance."),
        ("Karl Hirt", "Karl Hirt wrote that bees dance in the dark of the hive."),
    ]
    with _library(tmp_path, articles, titled=True) as library:
        evidence = library.ask("What do bees do when they dance?", explain=True).evidence
        told = [each for each in evidence if "bees dance" in each.quote]
        assert len(told) == 2
        assert not any(each.path or "Reached over" in " ".join(each.reasons) for each in told)
