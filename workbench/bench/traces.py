"""What is left of a text in files: its words in any encoding, and the index's numbers for them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from workbench.memory import words

#: How text is written into files by anything here or below: SQLite, JSON, Qt.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
#: The kinds of words the index keeps apart: of texts, stems, titles, headings, authors.
_SPACES = ("", "s", "t", "h", "a")


def traces(phrases: Sequence[str], names: Sequence[str], folders: Iterable[Path]) -> list[str]:
    """Files that hold one of the phrases, or the index's number of one of the names, as sentences.

    `names` are single words that occur in no other text.
    """
    wanted = {
        phrase.encode(encoding): f"“{phrase}” in {encoding}"
        for phrase in [*phrases, *names, *map(str.lower, names)]
        for encoding in _ENCODINGS
    }
    for name in names:
        word = words.fold(name)
        for form in {word, *words.forms(word, "en")}:
            for space in _SPACES:
                number = words.key(form, space).to_bytes(8, "little")
                wanted[number] = f"the number of “{form}”"
    found = []
    for folder in folders:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = file.read_bytes()
            found += [f"{file.name}: {what}" for data, what in wanted.items() if data in content]
    return found
