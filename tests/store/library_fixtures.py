"""Libraries that released and earlier programs wrote, kept in `tests/fixtures/libraries`.

`python -m tests.store.library_fixtures FILE.xz` writes one with the program of today.
"""

import lzma
import sys
import tempfile
from pathlib import Path

from workbench.library import Library

FOLDER = Path(__file__).parents[1] / "fixtures" / "libraries"
#: When statements were told, in seconds since 1970, and the clock of who reads them.
CREATED, READ_AT = 1_795_000_000.0, 1_796_000_000.0
SECRET = "seven grey herons"

_HARBOUR = """The harbour of Aldby was built by Marta Olsen in 1887. Marta Olsen founded the
shipyard of Aldby in 1891. Storms cause flooding. Flooding leads to the closure of the quay.

Lars Friis is the brother of Marta Olsen. Lars Friis moved from Ribe to Aldby in 1893. The keeper of
the light counts every ship, and the pilots of Aldby read the list on Sundays."""
_TIDES = """The tide gauge of Norholm shows 4.2 metres in spring. The gauge was repaired by Ida Kern
in 1958. Salt water damages copper, and copper protects the keel."""
_STATEMENTS = (
    "My plan is free.",
    "My plan is pro.",
    "The code of door 12 is q12-x.",
    "Ida Kern lives in Ghent.",
    "I am allergic to penicillin.",
    "I am allergic to nuts.",
    "The lamp of the barn hangs over the blue door.",
)
_BARN = ("The key of the barn lies under the bucket.", "The code of the barn is 4471.")


def write(path: Path, folder: Path) -> None:
    """Write a library with sources, statements, notes, a graph, a vault and a version."""
    for name, text in (("harbour", _HARBOUR), ("tides", _TIDES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    timestamp = CREATED

    def clock() -> float:
        nonlocal timestamp
        timestamp += 60
        return timestamp

    with Library.open(path, clock=clock) as library:
        library.add([folder / "harbour.txt"], collection="Coast")
        library.add([folder / "tides.txt"])
        library.sources.tag([library.sources.list()[0].id], "read first")
        for text in _STATEMENTS:
            library.facts.tell(text)
        for text in _BARN:
            library.facts.tell(text, collection="Barn", source="Ada")
        library.notes.add("instruction", "Name the year first")
        library.notes.add("variable", "Good  morning,\nall", key="greeting")
        library.notes.add("stance", "Dams of clay should be watched in spring", key="dams")
        library.graph.link(concepts_only=True)
        library.versions.save("before the sleep")
        library.sleep.run()
        library.vault.put("bank", "the number of the account", "DE00 1234", secret=SECRET)
        library.answers.keep(library.ask("Who built the harbour of Aldby?", quotes=True))
        library.graph.link(concepts_only=True)


def unpack(name: str, folder: Path) -> Path:
    """A kept library, as a file in a folder."""
    path = folder / f"{name}.brain"
    path.write_bytes(lzma.decompress((FOLDER / f"{name}.brain.xz").read_bytes()))
    return path


def main() -> None:
    """Write the file that the command names."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.brain"
        write(path, Path(folder))
        Path(sys.argv[1]).write_bytes(
            lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        )


if __name__ == "__main__":
    main()
