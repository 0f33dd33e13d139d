"""Two editions of one text are compared sentence by sentence, and every change is listed."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.records import SourceDifference

_ARTICLES = [
    "The society is named the Harbour Friends.",
    "Its seat is in Sundhaven.",
    "The society keeps the old harbour and its boats.",
    "Whoever is eighteen may become a member.",
    "Members pay 40 euros a year.",
    "The board consists of five members.",
    "The board is elected for two years.",
    "The board meets every month in the boathouse.",
    "A decision needs a simple majority of the members present.",
    "Guests do not vote.",
    "One-fourth of the members can call a meeting.",
    "The treasurer reports to the board in March.",
    "The charter is changed by a vote of two thirds.",
    "The society is dissolved by a vote of all members.",
]
#: What stands in one edition and in the other, each in one article.
_EDITS = (
    ("eighteen", "sixteen"),
    ("40 euros", "45 euros"),
    ("two years", "three years"),
    ("every month", "every week"),
    ("a simple", "a two-thirds"),
    ("do not vote", "may vote"),
    ("One-fourth", "One-third"),
    ("Sundhaven", "Marbach"),
    ("the treasurer reports to the board", "the treasurer reports to the council"),
    ("dissolved by a vote of", "dissolved by"),
)


def _articles(lines: list[str]) -> str:
    return "\n\n".join(f"Article {n}. {line}" for n, line in enumerate(lines, 1))


def _differences(tmp_path: Path, first: str, second: str) -> list[SourceDifference]:
    for name, text in (("first.md", first), ("second.md", second)):
        (tmp_path / name).write_text(f"# Charter\n\n{text}\n", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        # One after the other: the earlier source is the earlier edition.
        library.add(tmp_path / "first.md")
        library.add(tmp_path / "second.md")
        return library.differences.list(limit=100)


def _marked(item: SourceDifference) -> tuple[str, str]:
    first, second = (
        " ".join(side.quote[start:end] for start, end in side.highlights)
        for side in (item.first, item.second)
    )
    return first, second


@pytest.mark.parametrize(("old", "new"), _EDITS)
def test_a_changed_word_is_listed_with_both_wordings(tmp_path: Path, old: str, new: str) -> None:
    text = _articles(_ARTICLES)
    at = text.lower().index(old.lower())
    other = f"{text[:at]}{new[:1].upper() if text[at].isupper() else new[:1]}{new[1:]}"
    (found,) = _differences(tmp_path, text, f"{other}{text[at + len(old) :]}")
    assert found.kind == "wording"
    words = set(f"{old} {new}".lower().replace("-", " ").split())
    marked = " ".join(_marked(found)).lower().split()
    assert marked
    assert words.issuperset(" ".join(marked).replace("-", " ").split())


def test_all_changes_at_once_numbers_names_and_negations_first(tmp_path: Path) -> None:
    text = _articles(_ARTICLES)
    other = text
    for old, new in _EDITS:
        at = other.lower().index(old.lower())
        begin = new[:1].upper() if other[at].isupper() else new[:1]
        other = f"{other[:at]}{begin}{new[1:]}{other[at + len(old) :]}"
    found = _differences(tmp_path, text, other)
    assert len(found) == len(_EDITS)
    first = [" ".join(_marked(item)) for item in found]
    # The board or the council is neither a number nor a name.
    assert not {"board council", "a vote of"} & set(first[:8])


def test_what_only_one_edition_has_is_said_to_be_so(tmp_path: Path) -> None:
    more = [*_ARTICLES[:5], "Children pay nothing at all.", *_ARTICLES[5:-1]]
    found = _differences(tmp_path, _articles(_ARTICLES), _articles(more))
    assert sorted(item.kind for item in found) == ["added", "removed"]
    added = next(item for item in found if item.kind == "added")
    removed = next(item for item in found if item.kind == "removed")
    assert _marked(added) == ("", "Children pay nothing at all")
    assert _marked(removed) == ("The society is dissolved by a vote of all members", "")


@pytest.mark.parametrize("form", ["numbers", "space", "order", "quotes", "hyphens", "lone"])
def test_what_says_the_same_is_no_change(tmp_path: Path, form: str) -> None:
    first = [*_ARTICLES, "The flag is called “Heron”."]
    text = _articles(first)
    other = {
        "numbers": "\n\n".join(f"{n}) {line}" for n, line in enumerate(first, 3)),
        "space": text.replace("the ", "the  "),
        "order": _articles([*first[-2:], *first[:-2]]),
        "hyphens": text.replace("boathouse", "boat-house").replace("treasurer", "treas-urer"),
        "lone": text.replace("\n\nArticle 5.", "\n\nII.\n\nArticle 5."),
        "quotes": text.replace("“", '"').replace("”", '"'),
    }[form]
    assert _differences(tmp_path, text, other) == []


def test_which_edition_a_title_page_names_is_no_change(tmp_path: Path) -> None:
    text = _articles(_ARTICLES)
    fronts = (
        "First edition\n\nAdopted on 3 May 2020\n\nMembers 40 euros",
        "Second, revised edition\n\n5 June 2024\n\nVersion 2.1\n\nMembers 45 euros",
    )
    (found,) = _differences(tmp_path, *(f"{front}\n\n{text}" for front in fronts))
    assert _marked(found) == ("40", "45")


def test_texts_of_one_form_are_no_editions(tmp_path: Path) -> None:
    """A hundred receipts have their words in common, and each says something else."""
    lines = _ARTICLES[:10]
    with Library.open(tmp_path / "x.brain") as library:
        for number in range(8):
            file = tmp_path / f"{number}.md"
            file.write_text(_articles([*lines, f"Boat {number} is laid up."]), encoding="utf-8")
            library.add([file])
        assert {item.kind for item in library.differences.list(limit=100)} <= {"value"}


def test_an_excerpt_is_no_edition(tmp_path: Path) -> None:
    text = _articles(_ARTICLES)
    short = _articles([*_ARTICLES[:6]])
    assert _differences(tmp_path, text, short) == []


def test_another_value_comes_before_all_changes_of_editions(tmp_path: Path) -> None:
    """Thousands of changed words would hide the mail that corrects another."""
    text = _articles(_ARTICLES)
    other = text.replace("simple", "plain").replace("two years", "three years")
    more = f"{other}\n\nArticle 15. Dogs wait outside."
    says = ("The library of Emden has 12,000 books.", "The library of Emden has 20,000 books.")
    with Library.open(tmp_path / "x.brain") as library:
        for name, words in enumerate((text, more, *says)):
            file = tmp_path / f"{name}.md"
            file.write_text(words, encoding="utf-8")
            library.add([file])
        found = library.differences.list()
        first = library.differences.list(limit=1)
    assert [item.kind for item in found] == ["value", "wording", "wording", "added"]
    first_marked = [_marked(item) for item in found[:3]]
    assert first_marked == [("12,000", "20,000"), ("two", "three"), ("simple", "plain")]
    assert first == found[:1]
