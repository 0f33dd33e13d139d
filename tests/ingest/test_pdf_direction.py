"""Lines of PDFs from the right are read in the order in which they are read aloud."""

import numpy as np
import pytest

from ingest.books import pdf_direction


def read(visual: str, from_right: bool = True) -> str:
    """What is read of signs that stand beside each other from the left, ten wide."""
    places = np.array([(10 * at, 0, 10 * at + 10, 14) for at in range(len(visual))], float)
    painted = np.flatnonzero([sign != " " for sign in visual])
    return pdf_direction.as_read(visual, places, painted, from_right).text.strip()


@pytest.mark.parametrize(
    ("visual", "text"),
    [
        ("םולש Mary Rose II תא", "את Mary Rose II שלום"),
        (".45 עבר 09:30-ל דע", "עד ל-09:30 רבע 45."),
        ("(18 דומע) הנש", "שנה (עמוד 18)"),
        (")18 דומע( הנש", "שנה (עמוד 18)"),
        ("2.5% קר", "רק 2.5%"),
        ("Acme Corp. 7 תבתכ", "כתבת Acme Corp. 7"),
    ],
)
def test_a_line_from_the_right_is_turned_round(visual: str, text: str) -> None:
    assert read(visual) == text


def test_words_from_the_right_in_a_line_from_the_left() -> None:
    visual = "The sign says רגסנ 12 לומתא (since May)."
    assert read(visual, from_right=False) == "The sign says אתמול 12 נסגר (since May)."
    assert read("Plain words, 12 of them.", from_right=False) == "Plain words, 12 of them."


def test_letters_are_taken_by_their_places_and_keep_their_numbers() -> None:
    text = "םולש"
    places = np.array([(x, 0, x + 10, 14) for x in (0, 20, 10, 30)], float)
    letters = pdf_direction.as_read(text, places, np.arange(4), True)
    assert letters.text.strip() == "שולם"
    assert letters.origins[letters.painted].tolist() == [3, 1, 2, 0]


def test_vowel_signs_follow_their_letters_and_lam_stands_before_alef() -> None:
    places = np.array([(x, 0, x + 10, 14) for x in (10, 12, 0)], float)
    hebrew = pdf_direction.as_read("ב\u05b8ג", places, np.arange(3), True)
    assert hebrew.text.strip() == "ב\u05b8ג"
    places = np.array([(x, 0, x + 10, 14) for x in (0, 10, 10)], float)
    arabic = pdf_direction.as_read("سال", places, np.arange(3), True)
    assert arabic.text.strip() == "لاس"
