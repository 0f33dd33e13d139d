"""What a reader sets of a source counts, and outlives that the source is read again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import Library
from workbench.errors import NotFoundError, UsageError
from workbench.library.options import SourceDetails
from workbench.store import details

_TEXT = "A Study of Rain\n\nby Okafor\n\nRain falls in Bergen on {days} days of the year.\n"


@pytest.fixture
def rain(tmp_path: Path) -> Path:
    file = tmp_path / "rain.txt"
    file.write_text(_TEXT.format(days=240), "utf-8")
    return file


@pytest.fixture
def library(tmp_path: Path, rain: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "l.brain") as library:
        library.add(rain)
        yield library


def _edit(library: Library, **changes: Any) -> None:
    library.sources.edit([1], SourceDetails(**changes))


def test_set_details_stand_in_citations_and_exports(library: Library) -> None:
    _edit(
        library,
        title="Rain in Bergen", authors=["Okafor, Lucy", "Lindqvist, Maria"], date="2024",
        type="article-journal", venue="Journal of Rain", volume="14", page_range="211–219",
        doi="https://doi.org/10.5555/jr.14", citation_key="okafor2024",
    )  # fmt: skip
    row = library.sources.get(1)
    assert (row.title, row.author) == ("Rain in Bergen", "Lucy Okafor, Maria Lindqvist")
    [citation] = library.sources.cite([1])
    assert citation.reference == (
        "Okafor, L., & Lindqvist, M. (2024). Rain in Bergen. Journal of Rain, 14, 211–219. "
        "https://doi.org/10.5555/jr.14"
    )
    bibtex = library.sources.bibliography([1], form="bibtex")
    assert "@article{okafor2024," in bibtex
    assert "author = {Okafor, Lucy and Lindqvist, Maria}" in bibtex
    [item] = json.loads(library.sources.bibliography([1], form="csl"))
    assert item["container-title"] == "Journal of Rain"


def test_questions_are_answered_by_set_details(library: Library) -> None:
    _edit(
        library, title="Rain in Bergen", authors=["Falk, Ingrid"], date="2022", venue="Mud Review"
    )
    for question, value in (
        ("Who wrote Rain in Bergen?", "Ingrid Falk"),
        ("When was Rain in Bergen published?", "2022"),
        ("Papers of 2022", "Rain in Bergen"),
    ):
        answer = library.ask(question)
        assert answer.value == value, question
        assert answer.evidence[0].reasons == ("You set this; the text does not say it.",)


def test_set_details_are_kept_when_the_source_is_read_again(library: Library, rain: Path) -> None:
    _edit(library, title="Rain in Bergen", date="2024")
    rain.write_text(_TEXT.format(days=250), "utf-8")
    library.add(rain, replace=True)
    row = library.sources.get(1)
    assert (row.title, row.date, row.author) == ("Rain in Bergen", "2024", "Okafor")
    assert "250 days" in library.sources.text(1, 0, row.characters)


def test_a_list_of_references_changes_what_was_read_and_not_what_was_set(
    library: Library, rain: Path, tmp_path: Path
) -> None:
    _edit(library, title="Rain in Bergen", venue="Journal of Rain")
    (tmp_path / "refs.bib").write_text(
        "@article{o24, author={Okafor, Lucy}, title={On Rain}, journal={Weather}, year={2023},"
        f" file={{{rain}}}}}",
        "utf-8",
    )
    library.add(tmp_path / "refs.bib")
    row = library.sources.get(1)
    assert (row.title, row.metadata["venue"]) == ("Rain in Bergen", "Journal of Rain")
    assert (row.author, row.date) == ("Lucy Okafor", "2023")
    [row] = library.sources.edit([1], SourceDetails(), as_read=True)
    assert (row.title, row.metadata["venue"]) == ("On Rain", "Weather")


def test_a_correction_outlives_that_a_list_of_references_is_read_anew(tmp_path: Path) -> None:
    entry = (
        "@book{{l18, author={{Lindqvist, Per}}, title={{Tides}}, publisher={{{}}}, year={{2019}}}}"
    )
    with Library.open(tmp_path / "r.brain") as library:
        (tmp_path / "l.bib").write_text(entry.format("Kelso Press"), "utf-8")
        library.add(tmp_path / "l.bib")
        [row] = library.sources.list()
        library.sources.edit([row.id], SourceDetails(authors=["Lindqvist, Pär"], date="2018"))
        (tmp_path / "l.bib").write_text(entry.format("Other Press"), "utf-8")
        library.add(tmp_path / "l.bib", replace=True)
        [row] = library.sources.list()
    assert (row.author, row.date) == ("Pär Lindqvist", "2018")
    assert row.metadata["publisher"] == "Other Press"


def test_a_field_set_back_to_what_was_read_is_a_correction_no_more(
    library: Library, rain: Path
) -> None:
    read = library.sources.get(1)
    _edit(library, title="Rain in Bergen", doi="10.5555/x")
    assert details.read_values(library.sources.get(1)) == {"title": read.title, "doi": ""}
    _edit(library, title=read.title, doi="")
    assert library.sources.get(1) == read


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "A source needs a title."),
        ({"date": "last spring"}, "“last spring” is no date."),
        ({"doi": "not one"}, "“not one” is no DOI."),
        ({"url": "ftp:x"}, "“ftp:x” is no address."),
        ({"type": "novel"}, "“novel” is no type of work."),
        ({"language": "English please"}, "“English please” is no language."),
    ],
)
def test_a_value_that_a_field_cannot_have_is_refused_whole(
    library: Library, changes: dict[str, str], message: str
) -> None:
    before = library.sources.get(1)
    with pytest.raises(UsageError) as refusal:
        _edit(library, publisher="Kelso Press", **changes)
    assert message in str(refusal.value)
    assert library.sources.get(1) == before


def test_several_sources_are_changed_together_or_not_at_all(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "fog.txt").write_text("Fog\n\nFog lies over the harbour in May.\n", "utf-8")
    library.add(tmp_path / "fog.txt")
    rows = library.sources.edit([1, 2], SourceDetails(publisher="Kelso Press"))
    assert [row.metadata["publisher"] for row in rows] == ["Kelso Press"] * 2
    with pytest.raises(NotFoundError):
        library.sources.edit([1, 99], SourceDetails(publisher="Other"))
    assert library.sources.get(1).metadata["publisher"] == "Kelso Press"


def test_four_thousand_authors_and_a_title_from_right_to_left_fit(library: Library) -> None:
    names = [f"Family{number}, Given" for number in range(4000)]
    _edit(library, title="المطر في برغن", authors=names)
    row = library.sources.get(1)
    assert row.title == "المطر في برغن"
    assert row.metadata["authors"].splitlines() == names
    assert library.sources.bibliography([1], form="bibtex").count(" and ") == 3999


_VALUES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    edits=st.lists(
        st.dictionaries(
            st.sampled_from(("publisher", "volume", "issue", "page_range", "citation_key")),
            _VALUES,
            max_size=3,
        ),
        max_size=5,
    )
)
def test_what_was_read_comes_back_after_any_edits(
    library: Library, edits: list[dict[str, str]]
) -> None:
    [read] = library.sources.edit([1], SourceDetails(), as_read=True)
    states = [read]
    for changes in edits:
        given: dict[str, Any] = {**changes}
        [row] = library.sources.edit([1], SourceDetails(**given))
        states.append(row)
    # Undo is setting back, one step after the other.
    for before, changes in zip(reversed(states[:-1]), reversed(edits), strict=True):
        former: dict[str, Any] = {name: details.fields(before)[name] for name in changes}
        [row] = library.sources.edit([1], SourceDetails(**former))
        assert row == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isbn", "0-306-40615-2"), ("isbn", "080442957x"), ("isbn", "978 0 306 40615 7"),
        ("isbn", ""), ("date", "-44"), ("date", "1851-10-18"), ("date", "2026"),
    ],
)  # fmt: skip
def test_what_can_be_a_number_or_a_date_is_taken(name: str, value: str) -> None:
    assert details.checked(name, value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("isbn", "123"), ("isbn", "0-306-40615-3"), ("isbn", "978-0-306-40615-8"),
        ("isbn", "X306406152"), ("isbn", "123-0-306-40615-7"), ("date", "3019"),
        ("date", "3019-01-01"), ("date", "next year"),
    ],
)  # fmt: skip
def test_a_number_with_a_wrong_check_digit_and_a_far_date_are_refused(
    name: str, value: str
) -> None:
    with pytest.raises(UsageError):
        details.checked(name, value)
