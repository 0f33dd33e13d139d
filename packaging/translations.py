"""Bring the German catalogue up to date with the window's code, and compile it for Qt.

    uv run python packaging/translations.py

New texts come into `resources/translations/workbench_de.ts` without a translation, texts that are
gone leave it, and `workbench_de.qm` is made of what is translated; tests demand that nothing is
missing. Qt's own extractor knows no plain functions, so `tr` and its kin are read here.

Terms: source Quelle, passage Stelle, statement Aussage, note Notiz, fact Fakt, highlight
Markierung, collection Sammlung, library Bibliothek, tag Schlagwort, thread Gespräch, concept
Begriff, link Verknüpfung, mention Erwähnung, evidence Beleg, quote Zitat, strength Stärke, fading
Verblassen, sleep Schlaf, Trash Papierkorb, Settings Einstellungen, Read Lesen, Ask Fragen, Explore
Erkunden, Today Heute, Lab Labor. Commands are infinitives ("Datei öffnen"); where a reader is
addressed, it is "Sie".
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "translations" / "workbench_de.ts"
#: What is translated by its literal, and what by its form for one and for many.
_PLAIN, _COUNTED = ("tr",), ("tr_n", "count")
#: Words and sentences of the rooms below, which know no Qt: kept in the catalogue by hand, with {}
#: for what a sentence quotes or counts.
ENGINE = "engine"

#: What the code counts under a name: units of progress, and what is dropped on the window.
NOUNS = (
    *("book", "character", "concept", "fact", "file", "folder", "function", "hour", "memory"),
    *("name", "other file", "page", "paper", "passage", "PDF", "picture", "recording", "size"),
    *("source", "statement", "step", "table", "text", "vector", "video", "word", "year"),
)

Texts = dict[tuple[str, str], tuple[str, ...]]


def _name(call: ast.Call) -> str:
    at = call.func
    return at.attr if isinstance(at, ast.Attribute) else at.id if isinstance(at, ast.Name) else ""


def texts(file: Path) -> Iterator[tuple[str, str]]:
    """Every text of a module that a catalogue must have, with its context."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if _name(node) in _PLAIN:
            yield from (("workbench", text) for text in literals(node.args[0]))
        elif _name(node) in _COUNTED and len(node.args) > 1:
            yield from (("count", text) for text in literals(node.args[1]))


def literals(node: ast.expr) -> list[str]:
    """The texts that an argument may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def wanted() -> list[tuple[str, str]]:
    """Every text of the window, in the order of its files."""
    files = sorted((ROOT / "workbench" / "ui").rglob("*.py"))
    named = [("count", noun) for noun in NOUNS]
    return list(dict.fromkeys([*(text for file in files for text in texts(file)), *named]))


def read(catalogue: Path = CATALOGUE) -> Texts:
    """The translations by context and text; those that count have a form for one and for many."""
    found: Texts = {}
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            made = message.find("translation")
            assert made is not None
            forms = tuple(each.text or "" for each in made.iter("numerusform"))
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = forms or (made.text or "",)
    return found


def write(translated: Texts, catalogue: Path = CATALOGUE) -> None:
    """Write the catalogue as Qt Linguist does."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append('<TS version="2.1" language="de_DE" sourcelanguage="en">')
    for context in ("workbench", "count", ENGINE):
        lines += ["<context>", f"    <name>{context}</name>"]
        for (where, text), forms in translated.items():
            if where != context:
                continue
            state = "" if all(forms) else ' type="unfinished"'
            made, counts = escape(forms[0]), ""
            if context == "count":
                counts = ' numerus="yes"'
                made = "".join(f"<numerusform>{escape(form)}</numerusform>" for form in forms)
            lines.append(f"    <message{counts}>")
            lines.append(f"        <source>{escape(text)}</source>")
            lines.append(f"        <translation{state}>{made}</translation>")
            lines.append("    </message>")
        lines.append("</context>")
    catalogue.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def main() -> int:
    """Fill and compile the catalogue; the number of texts without a translation."""
    known = read() if CATALOGUE.exists() else {}
    texts = [*wanted(), *(key for key in known if key[0] == ENGINE)]
    empty = {"count": ("", "")}
    write({key: known.get(key, empty.get(key[0], ("",))) for key in texts})
    missing = [text for (_, text), forms in read().items() if not all(forms)]
    print(*missing, sep="\n")
    made = CATALOGUE.with_suffix(".qm")
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", CATALOGUE, "-qm", made], check=True)
    return len(missing)


if __name__ == "__main__":
    sys.exit(min(1, main()))
