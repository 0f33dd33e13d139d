"""The German of the window: complete, with the same placeholders, with letters of its own."""

import ast
import errno
import importlib.util
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ingest.media.speech_models import MODELS
from tests.ui.conftest import MakeWindow
from tests.ui.stage import words_of
from workbench import translation
from workbench.brain.engine.regions import REGIONS
from workbench.library import Library
from workbench.memory.graph.records import Concept, Topic
from workbench.sleep.records import SleepSettings
from workbench.ui import language, theme
from workbench.ui.associations.topics_page import named
from workbench.ui.components import words
from workbench.ui.components.tables import Column, Role, TableModel, TableView
from workbench.ui.components.words import large
from workbench.ui.concepts import kinds
from workbench.ui.sleep.settings import RestSettings
from workbench.ui.window.actions import MENUS
from workbench.ui.window.tabs import TODAY

ROOT = Path(__file__).resolve().parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


translations = _script()
GERMAN = translations.read()


def _german(text: str) -> str:
    (made,) = GERMAN["workbench", text]
    return str(made)


def _fields(text: str) -> set[str]:
    return {
        f"{name}:{form}!{conversion}"
        for _, name, form, conversion in string.Formatter().parse(text)
        if name is not None
    }


@pytest.mark.slow
def test_no_german_is_kept_of_texts_that_are_gone() -> None:
    wanted = set(translations.wanted())
    assert not [key for key in GERMAN if key not in wanted and key[0] != translations.ENGINE]


@pytest.mark.parametrize("context", ["workbench", "count"])
def test_german_has_the_same_placeholders(context: str) -> None:
    # Lines of the table have fields of their own kind (tests/cli/test_german.py).
    lines = set(translations.table_texts())
    differ = [
        (text, form)
        for (where, text), forms in GERMAN.items()
        for form in forms
        if where == context
        and text not in lines
        and "{" in text + form
        and _fields(text) != _fields(form)
    ]
    assert not differ


def test_german_begins_and_ends_with_the_same_spaces() -> None:
    def ends(text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"^\s*|\s*$", text))

    assert not [text for (_, text), forms in GERMAN.items() if ends(text) != ends(forms[0])]


def test_no_two_entries_of_a_german_menu_have_the_same_letter() -> None:
    def letter(text: str) -> str:
        made = _german(text)
        return made[made.index("&") + 1].casefold()

    titles = [letter(title) for title, _entries in MENUS]
    assert len(titles) == len(set(titles))
    for title, entries in MENUS:
        listed = [entry for entry in entries if entry is not None]
        for under in {entry.under for entry in listed}:
            texts = [entry.text for entry in listed if entry.under == under]
            if not under:
                texts += {entry.under for entry in listed if entry.under}
            if title == "&File" and not under:
                texts.append("Open &Recent")
            letters = [letter(text) for text in texts]
            assert len(letters) == len(set(letters)), (title, under, sorted(letters))


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    compiled = translations.COMPILED.read_bytes()
    assert compiled == translations.compile_catalogue(GERMAN), "run packaging/translations.py"


#: Calls whose arguments are no words for a reader: names, forms, what goes into a log.
_NO_WORDS = frozenset(
    (
        *("tr", "tr_n", "count", "setObjectName", "setProperty", "strftime", "compile", "run"),
        *("warning", "TypeError", "intent"),
    )
)
#: What is no text of the window: tools that developers start, pictures as code, and the sentences
#: by which errors of the rooms below are recognised.
_ELSEWHERE = (
    *("measure.py", "measure_window.py", "looks.py", "shot.py", "smoke.py", "theme/"),
    *("components/pointing.py", "brain/scene.py", "associations/export.py", "reader/sheet.py"),
)
#: A name of a view, examples of what is understood in English alone, names of jobs and a file.
_NO_TEXT = frozenset(
    (
        *("As fetched", "always cite the page", "remote work: it suits us", "we publish in May"),
        *("call the printer", "settings:models of ollama", "New library.brain", "pan close by"),
        "my plan is pro",
    )
)
_SENTENCE = re.compile(r"[A-Z][a-z’']+ [a-z]+|[a-z]{2,} [a-z]{2,} [a-z]{2,}|[A-Z][a-z]+…$")


def _bare(file: Path) -> list[str]:
    """Texts of a module that look like sentences and go through no translation."""
    found: list[str] = []

    def look(node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            at = node.func
            name = at.attr if isinstance(at, ast.Attribute) else getattr(at, "id", "")
            if name in _NO_WORDS:
                for each in (*node.args, *node.keywords):
                    if not isinstance(each, ast.Constant | ast.JoinedStr):
                        look(each)
                return
        elif isinstance(node, ast.Assert | ast.Compare) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            return
        elif isinstance(node, ast.Constant) and _SENTENCE.search(str(node.value)):
            found.append(str(node.value))
        for child in ast.iter_child_nodes(node):
            look(child)

    look(ast.parse(file.read_text(encoding="utf-8")))
    return [each for each in found if each.strip() not in _NO_TEXT]


@pytest.mark.slow
def test_no_sentence_of_the_window_goes_past_translation() -> None:
    rooms = ROOT / "workbench" / "ui"
    bare = [
        f"{name}: {text}"
        for file in sorted(rooms.rglob("*.py"))
        if not (name := file.relative_to(rooms).as_posix()).startswith(_ELSEWHERE)
        for text in _bare(file)
    ]
    assert not bare


#: Read at import: a test that chooses German may choose that of the C library, too.
_OS_ERRORS = frozenset(map(os.strerror, errno.errorcode))


def test_words_of_the_rooms_below_are_still_said_there() -> None:
    code = [file for room in ("workbench", "ingest") for file in (ROOT / room).rglob("*.py")]
    tables = (ROOT / "resources" / "window").glob("*.toml")
    said = "\n".join(file.read_text(encoding="utf-8") for file in (*code, *tables)).casefold()
    names = {QLocale.languageToString(each) for each in QLocale.Language}
    names |= _OS_ERRORS
    texts = [text for where, text in GERMAN if where == translations.ENGINE and text not in names]
    phrases = [text.partition("{}")[0] for text in texts if text[-1] not in ".:?"]
    assert not [text for text in phrases if text.casefold() not in said]
    # A sentence is put together from pieces.
    parts = {word for text in texts for word in re.findall(r"[a-z]+", text.casefold())}
    assert not parts - set(re.findall(r"[a-z]+", said))


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "_locale", language.locale())
    monkeypatch.setenv("LANGUAGE", "en")
    before = QLocale()
    language.choose("de")
    yield
    QLocale.setDefault(before)
    translation.choose("en")


_ENGLISH = re.compile(
    r"\b(?:the|your|this|that|is|are|was|or|and|add|it|no|but|file)\b", re.IGNORECASE
)


def _is_german(text: str) -> bool:
    said = language.known(text)
    # All of what is asked here is a sentence; what it quotes is no German.
    return said != text and not _ENGLISH.search(re.sub(r"„[^“]*“", "", said))


def test_dates_are_written_as_germans_write_them(german: None) -> None:
    assert words.date("1789-07-14") == "14. Juli 1789"
    assert words.date("1789") == "1789"
    assert words.month("1835-01") == "Januar 1835"


def test_today_says_in_german_why_a_file_was_not_read(
    german: None, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing at all")
    with Library.open(tmp_path / "Thesis.brain") as library:
        library.add_text("The rain of May was heavy.", title="Rain")
        library.add([broken])
    window = make_window(tab=TODAY, opens=Library.open)
    qtbot.waitUntil(lambda: "broken.pdf" in words_of(window.today_tab))
    assert "This PDF" not in words_of(window.today_tab)


def test_what_says_that_nothing_answers_is_german(german: None, tmp_path: Path) -> None:
    orchard = tmp_path / "orchard.txt"
    orchard.write_text(
        "The orchard above Quarnbek grows russet apples. Its cider is pressed in October.\n\n"
        "Wasps are a nuisance there every year, and Olga Brandt keeps them away with smoke."
    )
    with Library.open(tmp_path / "notes.brain") as library:
        asked = [library.ask("Who owns the orchard?")]
        library.add(orchard)
        library.facts.tell("The ladder belongs to Henrik.")
        asked += [
            library.ask(question, quotes=True)
            for question in (
                "Which violinist did Ambrosius Lind marry?",
                "Why are most violins tuned in fifths?",
                "Who sold the cider of Quarnbek to the wasps?",
                "When did Olga Brandt marry?",
                "Who is Olga Quarnbek?",
                "Who bought the ladder?",
                "How old is Henrik?",
                "What are the chapters of Orchard?",
                "What are my sources?",
                "hello",
                "Who keeps the wasps away with smoke, and who married the violinist?",
                "Who keeps the wasps of Quarnbeck away?",
            )
        ]
        row = library.sources.list()[0].id
        asked.append(library.ask("Who owns the dredger of Velm?", quotes=True, sources=[row]))
        turn = library.turn("Good morning! What is 4 / 0? Call the printer.")
    said = [answer.suggestion for answer in asked if answer.suggestion]
    assert len(set(said)) > 4
    said += [answer.note for answer in asked if answer.note]
    assert any("violinist" in text for text in said)
    said += [reply.text for reply in turn.replies]
    said += [why for answer in asked for each in answer.evidence for why in each.reasons]
    assert not [text for text in said if not _is_german(text)]


def test_why_files_could_not_be_read_is_german(german: None, tmp_path: Path) -> None:
    for name, held in {
        "empty.txt": b"",
        "blank.txt": b" \n ",
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "cut.epub": b"PK\x03\x04mimetypeapplication/epub+zip",
        "cut.zip": b"PK\x03\x04",
        "noise.txt": bytes(range(256)) * 9,
    }.items():
        (tmp_path / name).write_bytes(held)
    with Library.open(tmp_path / "notes.brain") as library:
        library.add(sorted(tmp_path.glob("*.[tepz]*")))
        rows = library.queue.list()
    said = [text for row in rows for text in (row.error, row.hint)]
    assert len(rows) == 6
    assert not [text for text in said if not _is_german(text)]


def test_what_was_left_out_of_a_file_is_said_in_german(german: None, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Secret").append(["hidden words", "here"])
    book["Secret"].sheet_state = "hidden"
    book.create_sheet("Boats").append(["Name", "Master"])
    book.save(tmp_path / "a.xlsx")
    said = " ".join(
        f"The ferry of day {day} left at seven and came back at noon." for day in range(9)
    )
    (tmp_path / "a.html").write_text(
        f"<html><body><article><p>{said}</p></article><p hidden>Ulrich sold honey.</p>"
        f"<aside>It is said that {said}</aside></body></html>"
    )
    with Library.open(tmp_path / "notes.brain") as library:
        library.add(sorted(tmp_path.glob("a.*")))
        notices = [notice for row in library.sources.list() for notice in row.notices]
    assert len(notices) == 3
    assert not [notice for notice in notices if not _is_german(notice)]


def test_the_check_for_sentences_finds_one(tmp_path: Path) -> None:
    module = tmp_path / "room.py"
    module.write_text('"""A room."""\nx = label(f"Nothing was found in {where}")\n')
    assert _bare(module) == ["Nothing was found in "]


@pytest.mark.slow
def test_the_window_starts_in_german() -> None:
    subprocess.run([sys.executable, "-m", "tests.ui.german"], cwd=ROOT, check=True, timeout=500)


def test_what_the_lab_and_models_say_of_themselves_is_german(german: None) -> None:
    said = [text for each in REGIONS for text in (each.label, each.job)]
    said += [each.words for each in MODELS]
    said.append(
        "No model server answers at http://localhost:11434. "
        "Start it (Ollama: ollama serve), or install Ollama from ollama.com."
    )
    said += ["9 ms a sentence", "12 ms a passage", "3.1 s of sound a second", "0.4 s a line"]
    said += ["8 ms a picture", "31 tokens a second, the first after 0.5 s", "Heard “Good day.”"]
    said += ["“Who built the mill?” “Anna Brook”, 97% sure", "Read “The mill”"]
    said += ["“Salt.” is 0.83 like “What is salt?” and -0.02 like “The cat sleeps.”"]
    same = {"Hippocampus", "Amygdala"}
    assert not [text for text in said if text not in same and language.known(text) == text]
    assert large(1_000_000) == "1 Million"
    assert large(2_100_000) == "2,1 Millionen"


def test_a_column_is_as_wide_as_its_title_in_any_language(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    columns = (
        Column("name", "Begriff", str),
        Column("mentions", "Erwähnungen", str, width=20),
        Column("weight", "Gew.", str, width=90),
    )
    table = TableView(TableModel(columns, str), "Begriffe")
    qtbot.addWidget(table)
    head = table.horizontalHeader()
    # The style sheet draws titles small, with 8 pixels on either side.
    title = QFontMetrics(theme.font("small")).horizontalAdvance(columns[1].title)
    assert head.sectionSize(1) > title + 16
    assert head.sectionSize(2) == theme.px(90)


def test_days_of_work_are_counted_in_german(german: None, qapp: QApplication) -> None:
    settings = SleepSettings()
    shown = RestSettings()
    shown.show_settings(settings, learning=True)
    said = " ".join(each.text() for each in shown.findChildren(QLabel))
    assert f"{settings.archive_after_days} Tage lang" in said


_ENDS = ((1, "Ahab"), (2, "Pequod"))


def test_topics_are_named_in_german(german: None, qapp: QApplication) -> None:
    members = [
        Concept(id, name, "entity", 9, None, None, False)
        for id, name in ((1, "Ahab"), (2, "Pequod"))
    ]
    (topic,) = named([Topic("Ahab and Pequod", tuple(members), (1, 2), (1,), ())])
    assert topic.name == "Ahab und Pequod"


def test_an_empty_cell_is_read_in_german(german: None, qapp: QApplication) -> None:
    rows = TableModel([Column("a", "Satz", str), Column("b", "Rest", lambda _row: "")], str)
    rows.show_rows(["eins"])
    assert rows.index(0, 1).data(int(Role.AccessibleTextRole)) == "Rest: keine"


@pytest.mark.parametrize("kind", ["before", "caused_by", "involves", "owns", "created"])
def test_how_one_concept_stands_to_another_is_german(kind: str) -> None:
    for outgoing in (True, False):
        assert ("workbench", kinds.relation(kind, outgoing=outgoing)) in GERMAN
