"""A chapter is asked for by its number in German, too."""

from pathlib import Path

import pytest

from workbench.library import Library


@pytest.mark.parametrize(
    "question",
    [
        "Fasse Kapitel 2 zusammen", "Worum geht es in Kapitel 2?", "Was steht in Kapitel 2?",
        "Fasse das zweite Kapitel zusammen", "Summarise chapter 2",
    ],
)  # fmt: skip
def test_a_chapter_by_number_is_found_in_german(tmp_path: Path, question: str) -> None:
    file = tmp_path / "imker.txt"
    chapters = (
        ("Der Anfang", "Im Frühjahr kaufte Martha drei Völker und stellte sie in den Garten."),
        ("Der Winter", "Im Januar erfroren zwei der Völker, denn der Sturm nahm das Dach mit."),
        ("Die Werkstatt", "Im Keller goss sie Kerzen, die sie auf dem Markt verkaufte."),
    )
    text = "".join(
        f"Kapitel {n}. {title}\n\n{said}\n\n" for n, (title, said) in enumerate(chapters, 1)
    )
    file.write_text(f"Die Imkerei\n\n{text}", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add(file)
        answer = library.ask(question)
    assert answer.found
    assert {item.locator.chapter for item in answer.evidence} == {"Kapitel 2. Der Winter"}
