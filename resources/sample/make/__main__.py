"""Builds the sample book's EPUB and PDF from its manuscript.

Run `python resources/sample/make`. The manuscript `the-trace.md` is the one source of truth; both
outputs are committed, and the same manuscript always gives the same bytes.
"""

import argparse
from pathlib import Path

from epub import build_epub
from manuscript import read_book
from pdf import build_pdf

SAMPLE = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=SAMPLE, help="folder for the two files")
    folder = parser.parse_args().out
    book = read_book(SAMPLE / "the-trace.md")
    for name, data in (("the-trace.epub", build_epub(book)), ("the-trace.pdf", build_pdf(book))):
        (folder / name).write_bytes(data)
        print(f"{folder / name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
