"""Which languages a model reads, as its folder tells."""

from pathlib import Path

import pytest

from tests.space.embeddings import tiny_model
from workbench.space.embeddings import folder


@pytest.mark.parametrize(
    ("about", "languages"),
    [
        ("---\nlanguage: en\nlicense: mit\n---\n# A model", ("en",)),
        ("---\nlicense: mit\nlanguage:\n- de\n- fr\ntags:\n- ab\n---\n", ("de", "fr")),
        ("---\nlanguage: [en, 'zh']\n---\n", ("en", "zh")),
        ("---\nlanguage: multilingual\n---\n", ("multilingual",)),
        (
            "---\nlanguage:\n- ar\n- bg\n- ca\n- cs\n- da\n- de\n- el\n- en\n---\n",
            ("multilingual",),
        ),
        ("# language: en is written in the text only", ()),
        ("---\nlanguage: \n---\nlanguage: en", ()),
        ("", ()),
    ],
)
def test_m2_the_head_of_the_description_names_them(
    tmp_path: Path, about: str, languages: tuple[str, ...]
) -> None:
    tiny_model.write(tmp_path)
    (tmp_path / "README.md").write_text(about)
    assert folder.inspect_folder(tmp_path).languages == languages


def test_m2_a_large_vocabulary_is_that_of_many_languages(tmp_path: Path) -> None:
    tiny_model.write(tmp_path, more={"vocab_size": 119_547})
    assert folder.languages(tmp_path) == ("multilingual",)


def test_the_model_of_the_tests_says_english() -> None:
    (found,) = folder.installed()
    assert found.languages == ("en",)
