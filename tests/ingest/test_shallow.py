"""HTML without measure: nesting, marks that are never closed, and what only looks like tags."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.books import markup, shallow
from tests.ingest.conftest import Read
from tests.patience import seconds


@pytest.mark.slow
@pytest.mark.timeout(seconds(60))
@pytest.mark.parametrize("depth", [300, 500, 3000, 100_000])
@pytest.mark.parametrize("tag", ["div", "span", "b", "table><tr><td", "blockquote"])
def test_i14_words_at_any_depth_are_read(tag: str, depth: int, tmp_path: Path, read: Read) -> None:
    """They were lost below a depth of 400, and a hundred thousand took a minute."""
    inside = f"<p>Before it.</p>{f'<{tag}>' * depth}<p>The deep words are read.</p>"
    path = tmp_path / "deep.html"
    path.write_text(f"<!doctype html><body>{inside}<p>After it all.</p>")
    text = " ".join(read(path).sentences)
    for words in ("Before it.", "The deep words are read.", "After it all."):
        assert words in text


@pytest.mark.slow
@pytest.mark.timeout(seconds(60))
def test_i14_marks_that_are_never_closed_stay_small(tmp_path: Path, read: Read) -> None:
    """Each paragraph opens all unclosed marks again: n of them in n paragraphs are n times n."""
    count = 5000
    page = "".join(f"<font color={n}>" for n in range(count)) + "<p>A word of many." * count
    path = tmp_path / "fonts.html"
    path.write_text(f"<!doctype html><body>{page}")
    found = read(path)
    assert len(found.sentences) == count


def test_a_drawing_of_many_shapes_costs_no_heading_behind_it(tmp_path: Path, read: Read) -> None:
    """Each shape ends itself, and was counted as one more that is open."""
    shape = '<g><path d="M1 2"/><circle r="1" /></g>'
    drawing = f"<svg>{shape * 500}</svg>"
    rows = "<table><tr><td>One</td><td>Two</td></tr></table>"
    path = tmp_path / "drawn.html"
    path.write_text(f"<h1>Boats</h1><p>A boat.</p>{drawing}<h2>Mills</h2><p>A mill.</p>{rows}")
    found = read(path)
    assert [section.title for section in found.sections] == ["Boats", "Mills"]
    assert "OneTwo" not in found.text


def test_names_of_choices_and_readings_are_left_alone() -> None:
    """They end where their parent does, however many there are."""
    ruby = "<ruby>漢<rt>kan</ruby>" * 600
    drawn = f"<svg>{'<foreignObject><ul><li>a<li>b</ul></foreignObject>' * 150}</svg>" * 4
    for page in (f"<p>{ruby}</p>", f"<div>{drawn}</div>", f"<p {'x ' * 90}>{'<b>a</b>' * 90}"):
        assert shallow.flattened(page) is page


def test_ordinary_pages_are_left_alone() -> None:
    rows = "<tr><td>a<td>b" * 2000
    for page in (
        "<p>one<p>two" * 2000,
        f"<table>{rows}</table>",
        "<ul>" + "<li>x" * 2000 + "</ul>",
        "<div><p>x</p></div>" * 2000,
        "<script>" + "document.write('<div>');" * 2000 + "</script><p>x",
        "<!-- " + "<div>" * 2000 + " --><p>x",
        "<p>one<br>two<img src=a>" * 2000,
    ):
        assert shallow.flattened(page) is page


def test_what_is_dropped_parts_words_as_before() -> None:
    deep = "<div>" * 600 + "one<div>two</div><i>th</i>ree" + "</div>" * 600 + "<p>four"
    texts = " ".join(block.text for block in markup.blocks(deep)).split()
    assert texts == ["one", "two", "three", "four"]


@pytest.mark.slow
@given(st.text(alphabet="<>/!-abdivp =\"'\n", max_size=400))
def test_any_text_is_flattened_to_no_more_than_its_words(text: str) -> None:
    wild = "<div>" * 450 + text
    flat = shallow.flattened(wild)
    assert flat.count("<div") <= wild.count("<div")
    markup.blocks(flat)
