"""An example: the notebook of a laboratory, whose files are lines of `heading:` and text."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from workbench import plugins
from workbench.recall.records import Answer

STYLE = str(Path(__file__).with_name("laboratory.csl"))

SLATE = {"dark": True, "canvas": "#1B2027", "surface": "#20262E"}


def read(path: Path, request: plugins.ReadRequest) -> Iterator[plugins.Reading]:
    """Read a notebook: a line that ends with a colon is a heading, any other a paragraph."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    if not first.startswith("notebook "):
        raise plugins.UnsupportedFileError("This is no notebook of the laboratory.")
    paragraphs = [(int(line.endswith(":")), line.removesuffix(":")) for line in lines if line]
    author = first.removeprefix("notebook ")
    return plugins.records(
        path, request, "lab/1", paragraphs, title=request.title or "", author=author
    )


def outline(answers: Sequence[Answer]) -> str:
    """The questions as an outline (OPML), with the quotes below each."""
    lines = ['<opml version="2.0"><body>']
    for answer in answers:
        lines.append(f"<outline text={quoteattr(answer.question)}>")
        lines += [f"  <outline text={quoteattr(item.quote)}/>" for item in answer.evidence]
        lines.append("</outline>")
    return "\n".join([*lines, "</body></opml>", ""])
