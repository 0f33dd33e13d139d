"""Questions and answers of before: kept, looked through, redacted, exported with references."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from workbench.cli.main import main
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.library import Library
from workbench.recall.answered.saved import restore_answer
from workbench.recall.records import Answer, AnswerSentence

MILL = "The Ferrow mill was built by Anna Brook in 1842. She sold it for 9,000 crowns & a horse."
TARN = "The observatory of Tarn lies on a hill. Its first keeper was Ida Weil, who counted comets."
ABOUT = "---\ntitle: Mills & Weirs\nauthor: Anna Brook; Ole Lind\ndate: 1842-05-03\n---\n\n"
WHO, KEEPER = "Who built the Ferrow mill?", "Who was the first keeper of the observatory of Tarn?"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two texts, made once."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "mill.md").write_text(f"{ABOUT}{MILL}\n", encoding="utf-8")
    (folder / "tarn.txt").write_text(TARN, encoding="utf-8")
    with Library.open(folder / "a.brain") as opened:
        opened.add([str(folder / "mill.md")], collection="Mills")
        opened.add([str(folder / "tarn.txt")])
    return folder / "a.brain"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Iterator[Library]:
    shutil.copy(made, tmp_path / "a.brain")
    with Library.open(tmp_path / "a.brain") as opened:
        yield opened


def written(answer: Answer) -> Answer:
    said = (
        AnswerSentence("Anna Brook built it in 1842.", (1,)),
        AnswerSentence("It burned.", (), supported=False),
    )
    return replace(answer, mode="written", sentences=said, model="writer:3b", prompt="answer-3")


def test_a12_an_answer_is_kept_and_comes_back_as_it_was(library: Library) -> None:
    answer = library.ask(WHO, collection="Mills", explain=True)
    kept = library.answers.keep(answer)
    assert kept.id is not None
    found = library.answers.get(kept.id)
    assert found.answer == replace(answer, id=kept.id)
    assert (found.collection, found.written) == ("Mills", None)
    # What a model wrote to it later is kept in its place, the quotes beside it.
    again = library.answers.keep(kept, written(kept))
    assert again.id == kept.id
    (found,) = library.answers.list()
    assert found.answer == kept
    assert found.written == written(kept)
    with pytest.raises(NotFoundError):
        library.answers.get(999)


def test_a12_what_was_asked_before_is_found_by_words_of_question_and_answer(
    library: Library,
) -> None:
    for question in (WHO, KEEPER):
        library.answers.keep(library.ask(question, limit=1))

    def found(words: str) -> list[str]:
        return [each.answer.question for each in library.answers.list(words)]

    assert found("") == [KEEPER, WHO]
    assert found("comets weil") == [KEEPER]
    assert found("BUILT") == [WHO]
    assert found("milliseconds") == []
    assert found("ferrow tarn") == []
    assert [each.answer.question for each in library.answers.list(limit=1)] == [KEEPER]
    assert library.answers.list(collection="Mills") == []
    newest = library.answers.list()[0]
    assert library.answers.forget(newest.id) == 1
    assert found("") == [WHO]
    assert library.answers.forget(everything=True) == 1
    assert found("") == []


def test_l6_what_is_removed_for_good_is_gone_from_answers_in_both_forms(library: Library) -> None:
    kept = library.answers.keep(library.ask(WHO))
    library.answers.keep(kept, written(kept))
    source = kept.evidence[0].source.id
    library.sources.trash([source])
    library.sources.delete([source])
    (found,) = library.answers.list()
    assert found.redacted >= 1
    assert "Brook" not in repr(found).replace(WHO, "")
    assert "burned" not in repr(found)


def test_what_people_told_is_not_kept_in_answers(library: Library) -> None:
    library.facts.tell("The mill keeper's cat is called Purzel.")
    answer = library.ask("What is the mill keeper's cat called?")
    assert answer.told is not None
    kept = library.answers.keep(answer)
    assert kept.id is not None
    assert "Purzel" not in repr(library.answers.get(kept.id))


def test_a_damaged_record_is_read_as_far_as_it_can_be() -> None:
    broken: dict[str, Any] = {
        "mode": 7,
        "sentences": [{"text": "Kept.", "citations": [1]}, {"words": 3}, "x"],
        "evidence": [{"n": 1}, {"source": 5, "locator": {}}],
        "coverage": "none",
    }
    found = restore_answer(1, 0.0, "Q?", {}, broken)
    assert found.answer.mode == "quotes"
    assert [each.text for each in found.answer.sentences] == ["Kept."]
    assert found.answer.evidence == ()


def test_a12_sources_cited_are_exported_as_bibtex_and_csl(library: Library) -> None:
    answer = written(library.ask(WHO))
    assert library.answers.export(answer, "bibtex") == (
        "@book{brook1842mills,\n"
        "  author = {Brook, Anna and Lind, Ole},\n"
        "  title = {{Mills \\& Weirs}},\n"
        "  year = {1842},\n"
        "  date = {1842-05-03},\n"
        f"  langid = {{{library.sources.get(answer.evidence[0].source.id).language}}},\n"
        "}\n"
    )
    (item,) = json.loads(library.answers.export(answer, "csl"))
    assert item["id"] == "brook1842mills"
    assert item["author"] == [
        {"family": "Brook", "given": "Anna"},
        {"family": "Lind", "given": "Ole"},
    ]
    assert item["issued"] == {"date-parts": [[1842, 5, 3]]}
    told = library.answers.export(answer)
    assert "Anna Brook built it in 1842. [1]" in told
    assert "It burned. (unsupported)" in told
    assert "Written by writer:3b from these quotes" in told
    with pytest.raises(UsageError):
        library.answers.export(answer, "endnote")


@pytest.mark.slow
def test_a12_an_answer_and_a_thread_are_saved_as_word_documents(
    library: Library, tmp_path: Path
) -> None:
    answer = replace(library.ask(WHO), value="1842\x07")  # a bell, which no document contains
    thread = (answer, library.ask(KEEPER))
    assert library.answers.export(thread, "docx", file=tmp_path / "talk") == str(
        tmp_path / "talk.docx"
    )
    read = docx.Document(str(tmp_path / "talk.docx"))
    styles = [(each.style.name, each.text) for each in read.paragraphs if each.style is not None]
    assert [text for name, text in styles if name == "Heading 1"] == [WHO, KEEPER]
    quoted = [text for name, text in styles if name == "Quote"]
    assert any("Anna Brook" in text and text.endswith("[1]") for text in quoted)
    bold = [run.text for each in read.paragraphs for run in each.runs if run.bold]
    assert bold[0] == "1842"
    titles = [run.text for each in read.paragraphs for run in each.runs if run.italic]
    assert "Mills & Weirs" in titles
    library.answers.export(thread, file=tmp_path / "styled.DOCX", style="apa")
    text = [each.text for each in docx.Document(str(tmp_path / "styled.DOCX")).paragraphs]
    assert text[text.index("References") + 1].startswith("Brook, A., & Lind, O. (1842")
    # A thread has one list of references, in Markdown, too.
    told = library.answers.export(thread, style="apa")
    assert told.count("## References") == 1
    assert told.count("Brook, A., & Lind, O. (1842") == 1
    assert library.answers.export(thread, "bibtex").count("@book{") == 1
    with pytest.raises(UsageError, match="not text"):
        library.answers.export(answer, "docx")
    with pytest.raises(InputError, match="could not be written"):
        library.answers.export(answer, file=tmp_path / "none" / "talk.docx")


def test_two_works_of_one_author_and_year_have_keys_of_their_own(
    library: Library, tmp_path: Path
) -> None:
    other = (
        f"---\ntitle: Mills Again\nauthor: Anna Brook\ndate: 1842\n---\n\n{MILL} It stood long.\n"
    )
    (tmp_path / "other.md").write_text(other, encoding="utf-8")
    library.add([str(tmp_path / "other.md")])
    works = [row.id for row in library.sources.list() if row.title.startswith("Mills")]
    quotes = [library.ask(WHO, sources=[work], limit=1).evidence[0] for work in works]
    evidence = tuple(replace(item, n=n) for n, item in enumerate(quotes, 1))
    both = replace(library.ask(WHO), sentences=(), evidence=evidence)
    assert len({item.source.id for item in both.evidence}) == 2
    keys = [each["id"] for each in json.loads(library.answers.export(both, "csl"))]
    assert len(set(keys)) == len(keys)
    assert "brook1842millsb" in keys


@pytest.mark.slow
def test_x4_answers_are_kept_listed_exported_and_forgotten_on_the_command_line(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "a.brain")

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        return main(["--library", path, *words]), capsys.readouterr().out

    assert run("ask", WHO, "--keep")[0] == 0
    code, listed = run("answers", "brook")
    assert code == 0
    assert WHO in listed
    number = str(library.answers.list()[0].id)
    assert "Anna Brook" in run("answers", "--show", number)[1]
    file = tmp_path / "mills.bib"
    assert run("answers", "--export", number, "--form", "bibtex", "--file", str(file))[0] == 0
    assert file.read_text(encoding="utf-8").startswith("@book{brook1842mills")
    # Two questions of one conversation leave as one document; its ending says of which form.
    for question in (WHO, KEEPER):
        assert run("ask", question, "--conversation", "mills", "--quotes")[0] == 0
    last = str(library.answers.list()[0].id)
    word = tmp_path / "thread.docx"
    assert run("answers", "--export", last, "--thread", "--file", str(word))[0] == 0
    headings = [each.text for each in docx.Document(str(word)).paragraphs]
    assert headings.index(WHO) < headings.index(KEEPER)
    assert run("answers", "--export", last, "--form", "docx")[0] == 2
    assert run("answers", "--forget-all")[1] == "Forgot 3 questions.\n"
    assert run("ask", WHO, "--keep")[0] == 0
    number = str(library.answers.list()[0].id)
    code, told = run("--json", "answers")
    assert json.loads(told)["question"] == WHO
    assert run("answers", "--forget", number)[1] == "Forgot 1 question.\n"
    assert library.answers.list() == []
