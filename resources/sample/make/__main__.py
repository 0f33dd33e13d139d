"""Builds what the sample has from its manuscripts: the book, three papers, a scan and a figure.

Run `python resources/sample/make`. The manuscripts are the one source of truth; the outputs are
committed, and the same manuscript always gives the same bytes. The lecture: `make/lecture.py`.
"""

import argparse
from pathlib import Path

from epub import build_epub
from manuscript import read_book
from pdf import build_pdf
from pictures import build_figure, build_scan
from short_papers import build_paper

SAMPLE = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=SAMPLE, help="folder for the files")
    folder = parser.parse_args().out
    book = read_book(SAMPLE / "the-trace.md")
    papers = sorted((SAMPLE / "papers").glob("*.md"))
    for name, data in (
        ("the-trace.epub", build_epub(book)),
        ("the-trace.pdf", build_pdf(book)),
        *((f"papers/{paper.stem}.pdf", build_paper(paper)) for paper in papers),
        ("letter-about-the-seminar.pdf", build_scan()),
        ("how-a-memory-moves.png", build_figure()),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
