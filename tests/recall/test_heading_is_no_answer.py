"""What an answer says: a sentence that tells something, not the line above it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.quotes import Quote
from workbench.recall.sentences import headings, is_listing
from workbench.store.records import EngramRow

_ARTICLES = {
    "Olin Bridge": (
        "The Olin Bridge is a suspension bridge over the river Tacuar. It was opened in 1938 and"
        " has a main span of 412 metres."
    ),
    "Harlan Voss": (
        "Harlan Voss (1902 – 1971) was an architect who worked in Velm. He married in 1931."
    ),
    "Tacuar": "The Tacuar is a river 530 kilometres long. It rises in the hills of Acegua.",
    "Minutes of the garden meeting": (
        "The greenhouse needs a new boiler. Tomas asked three firms for prices."
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "articles.brain") as opened:
        for number, (heading, text) in enumerate(_ARTICLES.items()):
            file = tmp_path / f"{number}.txt"
            file.write_text(f"{heading}\n\n{text}\n", encoding="utf-8")
            opened.add(file)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the Olin Bridge?", "is a suspension bridge"),
        ("Tell me about Harlan Voss", "was an architect"),
        ("Tacuar", "is a river"),
    ],
)
def test_A6_what_something_is_is_answered_by_a_sentence_and_not_by_its_heading(
    library: Library, question: str, told: str
) -> None:
    answer = library.ask(question, quotes=True)
    assert not answer.abstained
    assert told in answer.sentences[0].text
    assert all(each.text not in _ARTICLES for each in answer.sentences)


def test_a_heading_that_is_all_a_source_holds_is_still_quoted(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Keys of the potting shed\n", encoding="utf-8")
    with Library.open(tmp_path / "one.brain") as opened:
        opened.add(file)
        answer = opened.ask("potting shed keys", quotes=True)
    assert [each.text for each in answer.sentences] == ["Keys of the potting shed"]


def test_a_line_in_capitals_is_a_heading_beside_one_that_is_not() -> None:
    def heading(*lines: str) -> list[str]:
        rows = tuple(EngramRow(at, 1, 1, 1, "statement", 0, 0, t) for at, t in enumerate(lines))
        return [rows[at].text for at in sorted(headings(Quote(0, rows, 1.0)))]

    told = "Ilse Brandt keeps the kiln."
    assert heading("THE RED GATE", told, "2ND SAILOR.") == ["THE RED GATE", "2ND SAILOR."]
    assert heading("In 1851, she said.", "A.D.", "I!") == []
    assert heading("THE KEYS LIE UNDER THE MAT", "THE LAMP IS OUT") == []


@pytest.mark.parametrize(
    "line",
    [
        "$ dpkg -L base-passwd /. /usr /usr/sbin /usr/share/doc",
        "# apt install python3-certbot-apache",
        "header_checks = regexp:/etc/postfix/header_checks",
        'iface eth0 inet6 { address 2001:db8::1/64; file "/etc/bind/x"; }',
    ],
)
def test_what_a_console_shows_is_no_sentence(line: str) -> None:
    assert is_listing(line)


@pytest.mark.parametrize(
    "line",
    [
        "The command dpkg -L lists the files that a package has installed.",
        "Tacuar | 530 kilometres | 1938",
        "Released: 1999-05-01 12:00",
        "It cost $1,200 (about €900) in 1902–1903.",
        "“No,” said Tomas.",
        "> The boiler is old, he wrote.",
        "# Boilers",
        "谁是三角洲的主人的经理？",
        "",
    ],
)
def test_a_sentence_a_row_and_a_quotation_are_no_listing(line: str) -> None:
    assert not is_listing(line)
