"""The suite of captions, speech and recognised text, and what it makes to measure on."""

from pathlib import Path

import pytest

from ingest.media.captions import words
from ingest.models.ocr import Word
from tests.benchmarks import media, recognition
from tests.benchmarks.drawn_pages import draw_page, overlap


def test_its_captions_roll_and_hold_each_word_once() -> None:
    said = [f"word{n % 7}" for n in range(100)]
    made = media.rolling(said)
    assert made.count("word3") > 2 * said.count("word3")
    assert [word.text for word in words(made)] == said


@pytest.mark.slow
def test_a_video_of_two_hours_is_measured_to_its_last_word() -> None:
    told: list[str] = []
    row = media._verified(told.append)
    assert row.value is not None
    assert told


def test_wrong_characters_are_counted_one_by_one() -> None:
    count = recognition.wrong_characters
    assert count("the keeper", "the keeper") == 0
    assert count("the keeper", "the keper") == 1
    assert count("the keeper", "thee keepen") == 2
    assert count("kitten", "sitting") == 3
    assert count("", "abc") == count("abc", "") == 3


def test_a_page_has_its_ink_in_its_boxes_and_noise_is_seen(tmp_path: Path) -> None:
    page = draw_page("The keeper counts the ships", width=900)
    seen = page.picture.point(lambda grey: 255 if grey < 128 else 0)
    for left, top, right, bottom in page.boxes:
        box = int(left), int(top), int(right), int(bottom)
        assert seen.crop(box).getbbox() is not None
        seen.paste(0, box)
    assert seen.getbbox() is None
    page.picture.save(tmp_path / "clean.png")
    draw_page("The keeper", specks=0.01).picture.save(tmp_path / "noisy.png")
    assert not recognition.is_noisy(tmp_path / "clean.png")
    assert recognition.is_noisy(tmp_path / "noisy.png")


def test_a_word_that_was_not_read_overlaps_with_nothing() -> None:
    page = draw_page("The keeper counts", width=900)
    found = [Word(page.words[n], page.boxes[n], 1.0, 0, 0) for n in (0, 2)]
    assert recognition.shares_of(page, found) == [1.0, 0.0, 1.0]
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 10, 10), (20, 0, 30, 10)) == 0


def test_what_sounds_the_same_is_no_wrong_word() -> None:
    spoken, written = "mister hale was ill disposed", "Mr. Hale was ill-disposed."
    right, found = (media._letters(media._as_spoken(each)) for each in (spoken, written))
    assert media._distance(right, found) == 0
