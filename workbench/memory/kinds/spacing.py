"""When something learned is to be looked at again: Leitner's boxes, stretched by SM-2's ease.

What is remembered goes up a box, what is not goes back to the first; the days of a box are
stretched by how easy the thing has proved (2.5 is usual). S. Leitner, So lernt man lernen (1972);
P. A. Wozniak, Optimization of learning (1990).
"""

from workbench.errors import UsageError

#: Days until the next look, by box from 1.
BOXES = (1, 3, 7, 14, 30)
#: The ease of what has not been asked for yet, and its bounds.
EASE, LEAST_EASE, MOST_EASE = 2.5, 1.3, 3.0
#: From this priority on a fact is kept for review by itself.
AUTOMATIC_PRIORITY = 7
#: The grade of what is simply remembered, and of what is not; from `PASSED` on it is.
REMEMBERED, FORGOTTEN, PASSED = 4, 2, 3


def interval(box: int, ease: float = EASE) -> float:
    """Days until what lies in a box is due; exactly Leitner's at the usual ease."""
    days = BOXES[min(max(box, 1), len(BOXES)) - 1]
    return days if ease == EASE else days * ease / EASE


def graded(box: int, ease: float, grade: int) -> tuple[int, float]:
    """Box and ease after an answer of a grade, 0 (no idea) to 5 (at once).

    Raises `UsageError` for another grade.
    """
    if not (isinstance(grade, int) and 0 <= grade <= 5):
        raise UsageError(f"There is no grade {grade}.", "Choose one from 0 (no idea) to 5 (easy).")
    missed = 5 - grade
    eased = min(max(ease + 0.1 - missed * (0.08 + missed * 0.02), LEAST_EASE), MOST_EASE)
    return (min(box + 1, len(BOXES)) if grade >= PASSED else 1), round(eased, 4)
