"""Long runs of one thing: four times as much takes about four times as long, not sixteen times."""

import gc
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import ingest
from ingest.records import Notice, Section
from tests.patience import seconds

_PAGE = "<html><body><p>The ferry left at seven.</p>{}</body></html>"
RUNS: dict[str, Callable[[int], str]] = {
    "dots.txt": lambda n: f"word{'.' * n}word",
    "spaced dots.txt": lambda n: f"word{'. ' * n}.word",
    "white space.txt": lambda n: f"{' ' * n}word",
    "questions.txt": lambda n: f"word{'!?' * n}word",
    "quotes.txt": lambda n: f"word {'”' * n} word",
    "letters.txt": lambda n: "a" * n,
    "choices.html": lambda n: _PAGE.format(f"<select>{'<option>a</option>' * n}</select>"),
    "open choices.html": lambda n: _PAGE.format(f"<select>{'<option>a' * n}"),
    "open groups.html": lambda n: _PAGE.format("<optgroup>a" * n),
    "open readings.html": lambda n: _PAGE.format("<rt>a</p>" * n),
    "drawn cells.html": lambda n: _PAGE.format(f"<svg>{'<td></x>' * n}"),
    "marks and other ends.html": lambda n: _PAGE.format("<b>a</i>" * n),
    "attributes.html": lambda n: _PAGE.format(
        f'<p title=">" {" ".join(map("a{}".format, range(n)))}>left</p>'
    ),
    "powers.html": lambda n: _PAGE.format(f"<p>2{'<sup>2' * n}</p>"),
    "rules.html": lambda n: f"<style>{'.a{display:none}' * n}</style>{_PAGE.format('')}",
    "at-rules.html": lambda n: f"<style>{'@media x' * n}display:none</style>{_PAGE.format('')}",
    "comments.html": lambda n: f"<style>display:none{'/*' * n}</style>{_PAGE.format('')}",
    "open rules.html": lambda n: f"<style>{'{' * n}display:none</style>{_PAGE.format('')}",
    "selectors.html": lambda n: f"<style>{'a' * n}display:none</style>{_PAGE.format('')}",
    "styles.html": lambda n: f"<style>{'.a{' * n}</style>{_PAGE.format('')}",
    "rows.csv": lambda n: "name,figure\n" + "ferry,1\n" * n,
    "accents.bib": lambda n: "@book{a, title={" + '\\"{o}' * n + "}}",
    "joints.bib": lambda n: '@book{a, title="Ferry"' + ' # "s"' * n + "}",
    "nested.xml": lambda n: f"<r>{'<a>' * n}The ferry left.{'</a>' * n}</r>",
    "links.md": lambda n: f"# Ferry\n\n{'[a](' * n}",
    "blanks.md": lambda n: f"# Ferry\n\nIt left{' ' * n}at seven.\n",
    "formulas.md": lambda n: f"# Ferry\n\n{'$a^' * n}",
    "groups.rtf": lambda n: rf"{{\rtf1\pard Ferry {'{' * n}left{'}' * n}.\par}}",
    "contents.txt": lambda n: "CONTENTS\n\n" + "The Ferry\n\nThe Mill\n\n" * n,
}
#: Characters, about, of the shorter run. A slow machine takes a tenth of a second for it.
_SHORT = {
    "accents.bib": 400,
    "drawn cells.html": 16_000,
    "formulas.md": 400,
    "marks and other ends.html": 16_000,
}


def _cost(path: Path) -> float:
    """Seconds of the processor."""
    gc.collect()
    start = time.process_time()
    list(ingest.read(path))
    return time.process_time() - start


def test_styles_based_on_one_another_cost_no_more_than_their_number(tmp_path: Path) -> None:
    """As many styles, each based on the next, took the square of their number."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    costs = []
    for count in (20, 4_000, 16_000):
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
            for n in range(count)
        )
        body = "<w:body><w:p><w:r><w:t>The ferry left.</w:t></w:r></w:p></w:body>"
        with zipfile.ZipFile(path := tmp_path / f"{count}.docx", "w") as file:
            file.writestr("word/document.xml", f'<w:document xmlns:w="{word}">{body}</w:document>')
            file.writestr("word/styles.xml", f'<w:styles xmlns:w="{word}">{styles}</w:styles>')
        costs.append(_cost(path))
    assert costs[2] < 9 * max(costs[1], 0.05)


@pytest.mark.parametrize("name", RUNS)
def test_cost_grows_with_length(name: str, tmp_path: Path) -> None:
    """The ratio, not the time: it is that of the same machine under the same load."""
    count = _SHORT.get(name, 4_000)
    for length in (20, count, 4 * count):
        (tmp_path / f"{length} {name}").write_text(RUNS[name](length), encoding="utf-8")
    _cost(tmp_path / f"20 {name}")
    short, long = (_cost(tmp_path / f"{length} {name}") for length in (count, 4 * count))
    # What is over in no time says nothing.
    assert long < 9 * max(short, 0.05)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("links.md", "[a](" * 15_000),
        ("blanks.md", f"# Ferry\n\nIt left{' ' * 60_000}at seven.\n"),
        ("open.md", f"# Ferry\n\n{'[a](b ' * 10_000}\n"),
    ],
)
def test_a_page_of_marks_takes_less_than_a_second(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    list(ingest.read(tmp_path / name))
    assert _cost(tmp_path / name) < seconds(1)


def test_pages_beyond_any_document_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.books.pdf._MOST_PAGES", 3)
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in range(8):
        canvas.drawString(80, 700, f"The ferry left at {number} and came back at noon.")
        canvas.showPage()
    canvas.save()
    records = list(ingest.read(tmp_path / "a.pdf"))
    (notice,) = (each for each in records if isinstance(each, Notice))
    assert notice.message == "5 pages were left out: a PDF is read up to 3 pages."
    assert sum(len(each.pages) for each in records if isinstance(each, Section)) == 3
