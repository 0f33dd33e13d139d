"""A who-question has no thing for its value, nor who left for who followed."""

from pathlib import Path

import pytest

from workbench.library import Library

_BOARD = """# Board

Sarah Novak has left Gull Freight and Miles Orr will take on its corporate seat on the board. The
lease of the quay was not discussed. Kite builds on top of a scalable NoSQL store of boxes.

In May, Ada Holt resigned as chair of the harbour choir. Bram Lunt replaced Cora Finch as its
treasurer in June. The choir was founded by Dora Weil in a barn.
"""


@pytest.mark.slow
@pytest.mark.usefixtures("reading")
def test_a_who_question_has_no_thing_and_nobody_who_left_for_its_value(tmp_path: Path) -> None:
    (tmp_path / "board.md").write_text(_BOARD, encoding="utf-8")
    with Library.open(tmp_path / "board.brain") as library:
        library.add([tmp_path / "board.md"])

        def value(question: str) -> str | None:
            return library.ask(question).value

        assert value("Who took over the corporate seat of Gull Freight?") != "Sarah Novak"
        assert "store" not in (value("Who built Kite?") or "")
        assert value("Who became treasurer of the choir?") != "Cora Finch"
        # Who left is the value where that is asked, and a founder is a person.
        assert value("Who left Gull Freight?") == "Sarah Novak"
        assert value("Who resigned as chair of the choir?") == "Ada Holt"
        assert value("Who founded the choir?") == "Dora Weil"
