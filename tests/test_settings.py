"""What is remembered between starts, and what happens to a file that makes no sense."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import settings
from workbench.settings import Columns, Settings


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    chosen = Settings(
        theme="dark",
        zoom=1.3,
        library="/a/b.brain",
        recent=("/a/b.brain", "/c.brain"),
        hidden=("inspector",),
        columns=Columns(("author", "size"), {"author": 120}, "title", descending=False),
    )
    assert settings.save(chosen, file)
    assert settings.load(file) == chosen
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_the_first_start_has_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"null"])
def test_a_file_that_makes_no_sense_is_set_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert settings.load(file) == Settings()
    assert (tmp_path / "settings.json.bad").read_bytes() == content


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.slow
@given(
    st.dictionaries(
        st.sampled_from(["theme", "zoom", "recent", "columns", "library", "hidden", "new"]), _JSON
    )
)
def test_fields_of_the_wrong_type_keep_their_default(found: dict[str, object]) -> None:
    made = settings.from_json(json.dumps(found))
    again = settings.from_json(json.dumps(found))
    assert made == again
    assert isinstance(made.theme, str)
    assert isinstance(made.zoom, float)
    assert all(isinstance(name, str) for name in made.recent)
    assert isinstance(made.columns, Columns)
    assert all(isinstance(width, int) for width in made.columns.widths.values())


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not settings.save(Settings(), blocked / "settings.json")


def test_fields_of_a_later_version_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"schema_version": 9, "theme": "dark", "hologram": True}))
    assert settings.load(file) == replace(Settings(), theme="dark")
