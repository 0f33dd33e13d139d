"""Bring the German catalogue up to date with the code and the table of operations, and compile it.

    uv run python packaging/translations.py

New texts come into `resources/translations/workbench_de.ts` without a translation, texts that are
gone leave it, and `de/LC_MESSAGES/workbench.mo`, which `gettext` reads, is made of what is
translated; tests demand that nothing is missing.

Terms: source Quelle, passage Stelle, statement Aussage, note Notiz, fact Fakt, highlight
Markierung, collection Sammlung, library Bibliothek, tag Schlagwort, thread Gespräch, concept
Begriff, link Verknüpfung, mention Erwähnung, evidence Beleg, quote Zitat, strength Stärke, fading
Verblassen, sleep Schlaf, Trash Papierkorb, Settings Einstellungen, Read Lesen, Ask Fragen, Explore
Erkunden, Today Heute, Lab Labor. Commands are infinitives ("Datei öffnen"); where a reader is
addressed, it is "Sie".
"""

import ast
import re
import struct
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from workbench.cli import parser, table
from workbench.store import change_words

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "resources" / "translations" / "workbench_de.ts"
COMPILED = CATALOGUE.parent / "de" / "LC_MESSAGES" / "workbench.mo"
#: What is translated by its literal, and what by its form for one and for many.
_PLAIN, _COUNTED = ("tr", "aside", "complaint"), ("tr_n", "count", "plural")
#: Words and sentences of the rooms below, which know no Qt: kept in the catalogue by hand, with {}
#: for what a sentence quotes or counts.
ENGINE = "engine"

#: What the code counts under a name: units of progress, and what is dropped on the window.
NOUNS = (
    *("book", "character", "concept", "fact", "file", "folder", "function", "hour", "memory"),
    *("name", "other file", "page", "paper", "passage", "PDF", "picture", "recording", "size"),
    *("source", "statement", "step", "table", "text", "vector", "video", "word", "year"),
)

#: What `argparse` says in help; its messages have other words (`workbench/cli/parser.py`).
ARGPARSE = (
    *("usage: ", "positional arguments", "options", "show this help message and exit"),
    *("show program's version number and exit", "expected one argument"),
    *("not allowed with argument %s", "one of the arguments %s is required"),
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


def window_texts() -> Iterator[str]:
    """The words of the window's tables: menus, types of concepts, kinds of associations."""
    rows = {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in (ROOT / "resources" / "window").glob("*.toml")
    }
    for menu in rows["menus"]["menu"]:
        yield menu["title"]
        for entry in menu["entries"]:
            yield from (entry[name] for name in ("text", "under") if name in entry)
    yield from (word for word, *_ in rows["concepts"]["types"].values())
    for pair in rows["concepts"]["how"].values():
        yield from pair


def table_texts() -> Iterator[str]:
    """Every sentence of the table of operations, as the command line looks it up."""
    verbs = {words[0] for group in table.groups().values() for words in group.values()}
    for command in map(table.command, dict.fromkeys([*table.names(), *sorted(verbs)])):
        yield command.does
        for argument in command.arguments:
            if "help" in argument.options and not argument.options.get("hidden"):
                yield argument.options["help"]
        said = [text for refusal in command.refusals for text in refusal.message]
        for run in command.variants:
            said += [run.line, run.none, run.complaint, *run.missing, *run.unusable, run.remark]
        yield from (text for text in said if re.sub(r"\{.*?\}", "", text))


def wanted() -> list[tuple[str, str]]:
    """Every text of the window and the command line, in the order of its files."""
    rooms = [ROOT / "workbench" / name for name in ("ui", "cli")]
    files = [file for room in rooms for file in sorted(room.rglob("*.py"))]
    variants = (variant for command in table.commands() for variant in command.variants)
    counted = (variant.counts.partition("/")[0] for variant in variants if variant.counts)
    changed = (said[0] for said in change_words.forms().values())
    named = [("count", noun) for noun in (*NOUNS, *counted, *changed)]
    usage = (plain for _, plain in parser.PLAIN)
    said = [("workbench", text) for text in (*ARGPARSE, *usage, *table_texts(), *window_texts())]
    return list(dict.fromkeys([*(text for file in files for text in texts(file)), *said, *named]))


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


def compile_catalogue(translated: Texts) -> bytes:
    """A catalogue as `gettext` reads it: header, tables of places, texts, translations."""
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
    rows = {b"": header.encode()}
    for (context, text), forms in translated.items():
        if all(forms):
            key = {"count": f"{text}\0{text}", ENGINE: f"{ENGINE}\4{text}"}.get(context, text)
            rows[key.encode()] = "\0".join(forms).encode()
    count, places, data = len(rows), [], b""
    for part in (*sorted(rows), *(rows[key] for key in sorted(rows))):
        places.append(struct.pack("<2I", len(part), 28 + 16 * count + len(data)))
        data += part + b"\0"
    start = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return start + b"".join(places) + data


def main() -> int:
    """Fill and compile the catalogue; the number of texts without a translation."""
    known = read() if CATALOGUE.exists() else {}
    texts = [*wanted(), *(key for key in known if key[0] == ENGINE)]
    empty = {"count": ("", "")}
    write({key: known.get(key, empty.get(key[0], ("",))) for key in texts})
    missing = [text for (_, text), forms in read().items() if not all(forms)]
    print(*missing, sep="\n")
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    COMPILED.write_bytes(compile_catalogue(read()))
    return len(missing)


if __name__ == "__main__":
    sys.exit(min(1, main()))
