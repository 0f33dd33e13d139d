"""References in brackets name a source, and are neither evidence nor an answer."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall import reader_at_hand
from workbench.recall.references import blank_references


@pytest.mark.parametrize(
    ("passage", "rest"),
    [
        ("[Leval, Collectives in the Revolution, p. 227] This helped it.", "This helped it."),
        ("Cells fire together [12, 14–16] and wire together [3].", "Cells fire together"),
        ("It was shown early [Hebb 1949].", "It was shown early"),
        ("They agree (Hebb et al., p. 62) on this.", "on this."),
        ("So he said [quoted by Ruth Kinna, Mutual Aid in", "So he said"),
        ("Kinna, Mutual Aid, p. 283] Then it ended.", "Then it ended."),
    ],
)
def test_references_become_blanks_of_the_same_length(passage: str, rest: str) -> None:
    bare = blank_references(passage)
    assert len(bare) == len(passage)
    assert bare.find(rest) == passage.find(rest) >= 0
    assert not {"[", "]"} & set(bare)
    assert "p. " not in bare


@pytest.mark.parametrize(
    "passage",
    [
        "Brahms (7 May 1833 – 3 April 1897) was a composer.",
        "He [the man] said so in [1945], on p. 12.",
        "A list is written [a, b] or (a, b).",
        "It begins [and never ends",
    ],
)
def test_what_states_something_in_brackets_stays(passage: str) -> None:
    assert blank_references(passage) == passage


@pytest.mark.slow
def test_a_cited_title_gives_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_READER", "")
    assert reader_at_hand.at_hand() is not None
    (tmp_path / "notes.txt").write_text(
        "They would be freed by writing a name on paper. [quoted by Ruth Kinna, Mutual Aid, "
        "p. 259] The others went home in the evening and slept.\n\n"
        "Mutual Aid was written by Peter Kropotkin in exile.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "notes.brain") as library:
        library.add([tmp_path / "notes.txt"])
        answer = library.ask("Who wrote Mutual Aid?")
        assert answer.sentences[0].text == "Mutual Aid was written by Peter Kropotkin in exile."
        quotes = library.ask("Who was freed by a name on paper?").evidence
        assert any("[quoted by Ruth Kinna, Mutual Aid, p. 259]" in each.quote for each in quotes)
