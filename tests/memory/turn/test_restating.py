"""Corrections in conversation: what they mean is written out, kept, and shown to who said them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.library import Library
from workbench.memory.turn.restating import corrects, restated


@pytest.mark.parametrize(
    ("before", "line", "meant"),
    [
        ("The vet is on Monday at 3pm.", "it's Tuesday", "The vet is on Tuesday at 3pm."),
        ("The vet is on Monday at 3pm.", "I meant Wednesday at 4",
         "The vet is on Wednesday at 4."),
        ("The vet is on Monday.", "it's at 4", "The vet is on Monday at 4."),
        ("I moved to Linz last month.", "it's Graz", "I moved to Graz last month."),
        ("The spade is behind the barn.", "it's in the shed", "The spade is in the shed."),
        ("The lease is 900 euros.", "make that 950 euros", "The lease is 950 euros."),
        ("The doors are blue.", "they're green, not blue", "The doors are green."),
        ("Our vet isn't Udo.", "it's Dana", "Our vet is Dana."),
        ("Our vet is no longer Udo.", "it's Dana", "Our vet is Dana."),
        ("The cats are Tom, Anna and Leo.", "Leon", "The cats are Tom, Anna and Leon."),
        ("The train leaves at 7:45 from track 12.", "from track 3",
         "The train leaves at 7:45 from track 3."),
        ("The train leaves at 7:45 from track 12.", "8:15",
         "The train leaves at 8:15 from track 12."),
        ("The vet is on Monday.", "it's raining", ""),
        ("The vet is on Monday.", "it's Dana", ""),
        ("The cats are Tom, Anna and Leo.", "Minka", ""),
        ("The vet is on Monday.", "I like tea", ""),
        ("The vet is on Monday.", "call Bob", ""),
        ("Rain.", "it's Tuesday", ""),
    ],
)  # fmt: skip
def test_a_correction_is_written_out_where_it_is_clear(before: str, line: str, meant: str) -> None:
    value = corrects(line, after="no,")
    assert (restated(before, value) if value else "") == meant


@pytest.mark.parametrize(
    "line", ["it's cold today", "Tuesday", "I meant to ring Udo", "no", "they are green", "", "!"]
)
def test_what_does_not_say_that_it_corrects_is_taken_as_it_stands(line: str) -> None:
    assert corrects(line) == ""


def test_a_correction_takes_the_place_of_what_was_told_before(tmp_path: Path) -> None:
    now = [1e9]
    with Library.open(tmp_path / "talk.brain", clock=lambda: now[0]) as library:
        library.turn("The vet is on Monday at 3pm.")
        reply = library.turn("No, it's Tuesday.")
        assert (reply.kind, reply.stored) == ("stored", 1)
        assert reply.text == "Remembered: “The vet is on Tuesday at 3pm.”"
        assert library.turn("when is the vet?").value == "Tuesday at 3pm"
        assert library.turn("The key is under the mat. Now it's in the shed.").stored == 2
        assert library.turn("where is the key?").value == "in the shed"
        # A correction is one of what was just said, and not of what another collection was told.
        assert library.turn("no, in the barn", collection="other").text == "Remembered."
        now[0] += 3600
        assert "Wednesday" not in library.turn("no, it's at noon").text
        assert library.turn("where is the key?").value == "in the shed"


@given(st.text(alphabet="abAB ,.'’notisw19:", max_size=40), st.text(max_size=40))
def test_of_any_line_it_can_be_told_what_it_corrects(before: str, line: str) -> None:
    value = corrects(line, after="no,")
    assert value in line
    if value:
        assert restated(before, value) is not None
