"""Lines for people, as the table writes them."""

from dataclasses import dataclass

import pytest

from workbench.cli.output import Output
from workbench.cli.template import fill, print_lines


@dataclass(frozen=True)
class Source:
    title: str
    author: str = ""
    pages: int = 0
    tags: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{title}[ · {author}]", "Tides"),
        ("{title}[, {pages} pages]", "Tides"),
        ("{title}, {pages:many page}", "Tides, 0 pages"),
        ("{author|title}", "Tides"),
        ("{author:or nobody}", "nobody"),
        ("{tags:list no tags}", "no tags"),
        ("{title:case Tides⇒high¦low}", "high"),
        ("{author:case Ana⇒her¦{title}}", "Tides"),
        ("{pages:then some}{pages:else none of {title}}", "none of Tides"),
        ("by {action}", "by show"),
    ],
)
def test_a_line_is_filled_by_record_and_arguments(template: str, line: str) -> None:
    assert fill(template, Source("Tides"), {"action": "show"}) == line


def test_words_of_a_document_are_never_read_as_a_template() -> None:
    odd = Source("{title} [¦] ⇒ {0}", author="a=b⇒c")
    assert fill("“{title}”[ by {author}]", odd) == "“{title} [¦] ⇒ {0}” by a=b⇒c"
    assert fill("{pages:case 1⇒one¦{title}}", Source("A ⇒ B {it}")) == "A ⇒ B {it}"


def test_lines_go_where_their_first_letter_says(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source("Tides", tags=("sea", "moon", "ebb"))
    print_lines(["= {title}", "~ read", "! torn", "*tags:2 # {it}", "[{author}]"], Output(), source)
    printed = capsys.readouterr()
    assert printed.out == "Tides\n# sea\n# moon\n"
    assert printed.err == "read\ntorn\n"
    print_lines("~ read", Output(quiet=True), source)
    assert capsys.readouterr().err == ""
