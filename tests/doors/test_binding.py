"""The token of the server: what a file of it must hold, and what is said of one that does not."""

from pathlib import Path

import pytest

from workbench.doors.binding import stored_token
from workbench.errors import UsageError


def test_a_token_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "config" / "token"
    token = stored_token(file)
    assert len(token) >= 40
    assert stored_token(file) == token


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("short", "too short to be safe"),
        ("ein-Schlüssel-aus-vielen-Zeichen", "cannot be sent"),
        ("a token of several words, thirty", "cannot be sent"),
    ],
)
def test_a_token_that_does_not_do_is_refused_for_what_it_is(
    tmp_path: Path, content: str, problem: str
) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        stored_token(file)
