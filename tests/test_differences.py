"""What sources say differently is listed without a question, settled, dismissed and undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.cli.main import main
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.recall.differences import ValueSentence, differences, value_sentence
from workbench.recall.reader_at_hand import revisions

#: What two sources say of one thing, and their values.
DIFFERENT = (
    ("The well of Korb is 31 metres deep.",
     "The well of Korb has a depth of 44 metres, reads the plan.", "31", "44"),
    ("The public hearing on the bridge will be held on 8 December.",
     "The public hearing on the bridge will be held on 15 December in the school.",
     "8 December", "15 December"),
    ("Clara Weiss was born in 1901.", "Clara Weiss was born in 1904 as a daughter of a miller.",
     "1901", "1904"),
    ("Ida Holm was born in 1901.", "The parish books say that Ida Holm was born in 1904.",
     "1901", "1904"),
    ("The repair of the bridge of Sund costs 4.2 million.",
     "The repair of the bridge of Sund will cost 5.1 million, said Paul Adeyemi.",
     "4.2 million", "5.1 million"),
    ("The hospital of Tarn has 410 beds, according to the county.",
     "“The hospital of Tarn has 380 beds,” says its director Ola Nilsen.", "410", "380"),
    ("The minutes of 4 May say that the wall of the weir is 60 cm thick.",
     "The wall of the weir is 45 cm thick.", "60", "45"),
    ("The library of Emden has 12,000 books.", "The library of Emden has 20,000 books.",
     "12,000", "20,000"),
)  # fmt: skip
#: What is the same, or of two things.
ALIKE = (
    ("The lighthouse of Sund was built in 1848 by the state.",
     "The lighthouse of Sund was built in March 1848 and lit again later."),
    ("Mount Serat is 2,310 metres high.", "Mount Orla is 2,870 metres high."),
    ("The station of Marbach was built in 1879.", "The station of Marbach was renovated in 1994."),
    ("In January 80 cm of snow fell in Davik.", "In February 35 cm of snow fell in Davik."),
    ("The Wega had 40 cabins.", "The Wega II had 64 cabins."),
    ("The lift to Sarn costs 14 euros for adults.", "The lift to Sarn costs 7 euros for children."),
    ("It was first shown on 18 March 1985.", "It was first shown on 17 January 1988."),
    ("The film won the Oak Prize in 1932.", "The film won the Oak Prize in 1957."),
    ("The flower show of Elm is on 6 May.", "The flower show of Elm is on May 6th."),
    ("The quay of Marl costs 4.2 million.", "The quay of Marl costs 4,200,000, said Ida Holm."),
    ("The quay of Marl costs 4.2 million.", "The port of Marl costs 5.1 million, said Ida Holm."),
    ("The bell of Tarn weighs 2 tonnes.", "The bell of Tarn weighs 2,000 kg."),
)  # fmt: skip


def _is_other(first: ValueSentence, second: ValueSentence) -> bool:
    return False


def _pairs(*texts: str) -> list[tuple[ValueSentence, ValueSentence]]:
    found = (value_sentence(at, at, text) for at, text in enumerate(texts, 1))
    return list(differences([item for item in found if item is not None], _is_other, lambda: None))


@pytest.mark.parametrize(("one", "other", "first", "second"), DIFFERENT)
def test_two_values_of_one_thing_are_found(one: str, other: str, first: str, second: str) -> None:
    ((left, right),) = _pairs(one, other)
    assert (left.value, right.value) == (first, second)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_value_and_two_things_are_no_difference(one: str, other: str) -> None:
    assert _pairs(one, other) == []


def test_a_model_tells_what_is_said_in_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_READER")
    texts = (
        "The mill at Torbeck was built in 1784, as a plate above the door has it.",
        "Parish books tell that the mill at Torbeck was built in 1811.",
    )
    assert _pairs(*texts) == []
    found = [value_sentence(at, at, text) for at, text in enumerate(texts)]
    assert len(list(differences([item for item in found if item], _is_other, revisions))) == 1


_REPORT = (
    "The ferry Harrow Maid ran aground off Elm Point. The lifeboat reached the ferry at 15:40. The"
    " repair cost 3.4 million kroner. Captain Ines Roe had left Sundhaven at noon."
)
_ARTICLE = (
    "Off Elm Point the ferry Harrow Maid ran aground. The lifeboat reached the ferry at 16:10. The"
    " repair cost 3.9 million kroner. In Sundhaven nobody saw Ines Roe."
)


@pytest.mark.parametrize(
    ("title", "other", "count"),
    [
        ("Report", "Article", 2),
        ("Elm Point A", "Harrow Maid", 2),
        ("Ferries 2011", "Ferries 2014", 0),
    ],
)
def test_the_ferry_is_one_in_sources_on_one_thing(
    tmp_path: Path, title: str, other: str, count: int
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(_REPORT, title=title)
        library.add_text(_ARTICLE, title=other)
        assert len(library.differences.list()) == count


def test_the_school_is_another_in_an_article_on_another_school(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        for name, count in (("Saint Ann", "204"), ("Lower Brook", "311")):
            library.add_text(
                f"In the town of Elm, near Tolm and Vard, is {name} School. The school taught"
                f" {count} children last year.",
                title=f"{name} School, Elm",
            )
        assert library.differences.list() == []


#: Sentences of two editions of a text on one thing, and their values that differ.
EDITED = (
    ("There have been 28 games in 24 cities, and 23 in winter in 20 cities.",
     "There have been 28 games in 23 cities, and 23 in winter in 20 cities.", "24", "23"),
    ("The two raids killed 12,000–14,000 people, most of whom were civilians.",
     "The two raids killed at least 12,000 people, most of whom were civilians.",
     "12,000–14,000", "12,000"),
    ("The bridge of the town cost 300 crowns and was built in 4 years.",
     "The bridge of the town cost 310 crowns and was built in 4 years.", "300", "310"),
    ("The games were held on three continents by eleven countries.",
     "The games were held on three continents by twelve countries.", "eleven", "twelve"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other", "first", "second"), EDITED)
def test_one_of_several_values_differs_in_another_edition(
    tmp_path: Path, one: str, other: str, first: str, second: str
) -> None:
    around = "Carl Brandt and Elsa Lorenz wrote of it in Marburg and Halle."
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(f"{one} {around}", title="An early edition")
        library.add_text(f"{other} {around}", title="A late edition")
        (item,) = library.differences.list()
    assert item.first.highlights[0][0] == one.index(first)
    assert item.second.highlights[0][0] == other.index(second)
    marked = [
        [row.quote[slice(*span)] for span in row.highlights] for row in (item.first, item.second)
    ]
    assert marked == [[first], [second]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Of two days, with another number each.
        ("On 3 May the ferry carried 120 people.", "On 7 June the ferry carried 140 people."),
        # The date at which something was so is not what is said.
        (
            "As of 2017 no city in the south had 3 bids.",
            "As of 2018, no city in the south had 3 bids.",
        ),
        ("There were 20.4 tonnes in 3 ships.", "There were 20 tonnes in 3 ships."),
    ],
)
def test_other_circumstances_are_no_edition(tmp_path: Path, one: str, other: str) -> None:
    around = "Carl Brandt and Elsa Lorenz wrote of it in Marburg and Halle."
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(f"{one} {around}", title="An early edition")
        library.add_text(f"{other} {around}", title="A late edition")
        assert library.differences.list() == []


def test_one_source_does_not_differ_from_itself() -> None:
    sentences = [value_sentence(n, 7, str(text)) for n, text in enumerate(DIFFERENT[0][:2])]
    assert list(differences([item for item in sentences if item], _is_other, lambda: None)) == []


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as library:
        for at in range(2):
            words = " ".join(str(row[at]) for row in DIFFERENT[:2])
            library.add_text(words, title=("Plan", "Paper")[at], collection="Town")
        yield library


def test_differences_are_listed_settled_and_undone(library: Library) -> None:
    well, hearing = sorted(library.differences.list("Town"), key=lambda item: item.first.engram)
    assert (well.first.source.title, well.second.source.title) == ("Plan", "Paper")
    marked = [
        item.quote[start:end]
        for item in (well.first, well.second, hearing.first, hearing.second)
        for start, end in item.highlights
    ]
    assert marked == ["31", "44", "8 December", "15 December"]
    pair = well.first.engram, well.second.engram
    library.differences.settle(*pair, state="dismissed")
    assert library.differences.list() == [hearing]
    (dismissed,) = library.differences.list(state="dismissed")
    assert (dismissed.first, dismissed.state) == (well.first, "dismissed")
    # No statement that somebody told contradicts another.
    assert library.facts.conflicts() == []
    assert library.verify().sound
    library.undo()
    assert library.differences.list("Town") == [well, hearing]
    library.redo()
    assert library.differences.list("Town") == [hearing]
    library.differences.settle(*pair[::-1], state="open")
    assert library.differences.list("Town") == [well, hearing]


def test_what_is_no_difference_is_refused(library: Library) -> None:
    with pytest.raises(UsageError):
        library.differences.list(state="perhaps")
    with pytest.raises(UsageError):
        library.differences.settle(1, 2, state="perhaps")
    with pytest.raises(NotFoundError):
        library.differences.settle(1, 999, state="settled")
    with pytest.raises(NotFoundError):
        library.differences.list("Nothing")
    library.sources.trash([2])
    assert library.differences.list() == []


def test_differences_are_shown_in_a_terminal(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    path = ["--library", str(tmp_path / "x.brain")]
    assert main(["differences", "list", *path]) == 0
    shown = capsys.readouterr()
    assert "Plan: The well of Korb is 31 metres deep" in shown.out
    assert "Paper: The well of Korb has a depth" in shown.out


@pytest.mark.parametrize(
    ("command", "step"),
    [
        ("differences", "Add another source on the same thing"),
        ("tables", "Make one with: workbench tables create NAME"),
        ("timeline", "Add a source that gives days, months or years"),
    ],
)
def test_an_empty_list_says_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, step: str
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text("The fields are wide.", title="Fields")
    main([command, "list", "--library", str(tmp_path / "x.brain")])
    assert step in "".join(capsys.readouterr())


def test_differences_are_found_once_until_other_statements_count(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counting(engram: int, source: int, text: str) -> ValueSentence | None:
        read.append(text)
        return value_sentence(engram, source, text)

    monkeypatch.setattr("workbench.recall.differences.value_sentence", counting)
    first = library.differences.list()
    count = len(read)
    assert count > 0
    assert library.differences.list(limit=1) == first[:1]
    library.differences.settle(first[0].first.engram, first[0].second.engram, state="settled")
    assert library.differences.list() == first[1:]
    assert len(library.differences.list(state="settled")) == 1
    assert len(read) == count
    library.add_text("The public hearing on the bridge will be held on 9 May.", title="Note")
    assert len(library.differences.list()) > len(first)
    assert len(read) > count
