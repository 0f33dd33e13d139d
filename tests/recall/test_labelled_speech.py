"""What somebody says in minutes is found by the label before it, and by the item above."""

from pathlib import Path

import pytest

from workbench.library import Library

_MINUTES = """# Harbour Board Meeting 2021-03-03

## Agenda

* Lamp on the long pier #12

Ulf: It doubles the cost of the current. That was the worry a year ago, too.

Mina Torp: I do not want a lamp there.

Ulf, we could switch it off at midnight.

* Felt for the sluice #14

Ulf: The felt has come.

Mina: The lamp of the sluice has to go then.
"""
_TALE = """# A Tale

Ulf, come in, said the miller, and Ulf said that the lamp on the pier was out.
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Ulf say about the lamp?",
         ["Ulf: It doubles the cost of the current. That was the worry a year ago, too.",
          "Ulf, we could switch it off at midnight."]),
        ("What did Ulf say about the felt?", ["Ulf: The felt has come."]),
        ("What did Mina Torp say about the lamp?", ["Mina Torp: I do not want a lamp there."]),
        ("What did Mina say about the sluice?", ["Mina: The lamp of the sluice has to go then."]),
    ],
)  # fmt: skip
def test_what_somebody_says_in_minutes_is_quoted(
    tmp_path: Path, question: str, said: list[str]
) -> None:
    (tmp_path / "minutes.md").write_text(_MINUTES, encoding="utf-8")
    (tmp_path / "tale.md").write_text(_TALE, encoding="utf-8")
    with Library.open(tmp_path / "minutes.brain") as library:
        library.add([tmp_path / "minutes.md", tmp_path / "tale.md"])
        answer = library.ask(question)
        assert [" ".join(row.text.split()) for row in answer.sentences] == said
        assert {row.source.title for row in answer.evidence} == {"Harbour Board Meeting 2021-03-03"}
