"""A sentence that introduces what follows is never shown alone."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.lead_ins import whole_sentences
from workbench.recall.quotes import Quote, Surroundings
from workbench.recall.records import AnswerSentence

_TEXT = """
The kiln of Orrin Dale was lit twice a year. The potters of the dale used wood from the valley.

There are three sorts of glaze at Orrin Dale:

1. The ash glaze, which runs.
2. The salt glaze, which is pitted.
3. The tin glaze, which is white.

Visitors came in the summer by the narrow road. The abbess of Sule then remarked,
“Your chimney leans, I believe.” The potters laughed.
"""


def _asked(tmp_path: Path, content: str, question: str) -> tuple[list[str], str]:
    file = tmp_path / "dale.txt"
    file.write_text(content, encoding="utf-8")
    with Library.open(tmp_path / "dale.brain") as library:
        library.add(file)
        answer = library.ask(question, quotes=True)
    assert not answer.abstained
    return [each.text for each in answer.sentences], answer.evidence[0].quote


def test_a_list_is_shown_with_what_introduces_it(tmp_path: Path) -> None:
    said, quote = _asked(tmp_path, _TEXT, "Which sorts of glaze are there at Orrin Dale?")
    assert said[0] == (
        "There are three sorts of glaze at Orrin Dale: 1. The ash glaze, which runs. "
        "2. The salt glaze, which is pitted. 3. The tin glaze, which is white."
    )
    assert said[0] in quote


@pytest.mark.slow
def test_who_speaks_is_shown_with_what_is_said(tmp_path: Path) -> None:
    said, quote = _asked(tmp_path, _TEXT, "What did the abbess of Sule remark?")
    assert said[0] == "The abbess of Sule then remarked, “Your chimney leans, I believe.”"
    assert said[0] in quote


def test_what_introduces_nothing_is_left_out_where_something_else_answers(tmp_path: Path) -> None:
    ends = "The mole of Tarn is long.\n\nHow long the mole of Tarn is:\n"
    said, _ = _asked(tmp_path, ends, "How long is the mole of Tarn?")
    assert not [each for each in said if each.endswith(":") and len(said) > 1]


@pytest.mark.slow
@pytest.mark.parametrize("end", [".", "!", ".”"])
def test_a_sentence_that_is_over_stays_alone(tmp_path: Path, end: str) -> None:
    content = f"The tide mill of Brannoc grinds barley{end} 1. It is old. 2. It is wet."
    said, _ = _asked(tmp_path, content, "What does the tide mill of Brannoc grind?")
    assert said[0] == f"The tide mill of Brannoc grinds barley{end}"


def test_a_sentence_is_not_shown_again_with_what_leads_to_it() -> None:
    days = AnswerSentence("And all the days of Jared were many: and he died.", (1,))
    led = AnswerSentence(f"And Jared begat sons: {days.text}", (1,))
    around = Surroundings({}, {}, {}, {}, {}, {})
    assert whole_sentences([days, led], [Quote(0, (), 1.0)], around) == (days,)


def test_one_sentence_behind_a_colon_is_shown_and_not_a_chain(tmp_path: Path) -> None:
    verses = "".join(
        f"And the {name} of Orrin begat sons of the dale:\n\n"
        for name in ("first", "second", "third", "fourth")
    )
    said, _ = _asked(tmp_path, f"{verses}They were old.\n", "Who of Orrin begat sons of the dale?")
    assert said[0].count("begat") <= 2
