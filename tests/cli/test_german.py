"""The command line in German: help, messages, what a command prints; scripts get English."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tests.ui.test_translations import GERMAN, translations
from workbench import settings, translation
from workbench.cli import table
from workbench.cli.main import main
from workbench.cli.parser import parser
from workbench.errors import LibraryError, NotFoundError, UsageError, WorkbenchError
from workbench.store import failures

SENTENCES = list(dict.fromkeys(translations.table_texts()))


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "de_AT.UTF-8:en")
    yield
    translation.choose("en")


def _fields(text: str) -> list[str]:
    return sorted(
        f"{name}:{form}" for _, name, form, _ in Formatter().parse(text) if name is not None
    )


#: The sentences of the table that are translated, with their German.
TRANSLATED = {
    text: forms[0] for text in SENTENCES if all(forms := GERMAN.get(("workbench", text), ("",)))
}


def test_sentences_of_the_table_have_german() -> None:
    assert len(TRANSLATED) > 500


def test_german_sentences_have_the_same_fields() -> None:
    for text, german in TRANSLATED.items():
        assert _fields(german) == _fields(text), text


def test_german_names_the_same_commands_and_options() -> None:
    words = re.compile(r"(?<![\w-])--[a-z-]+|`[^`]+`|workbench [a-z][a-z -]*[a-z]")
    for text, german in TRANSLATED.items():
        assert sorted(words.findall(german)) == sorted(words.findall(text)), text


ERRORS = [
    failures.locked(Path("a.brain")),
    failures.foreign(Path("a.brain")),
    failures.damaged(Path("a 1.brain")),
    failures.unreachable(Path("a.brain")),
    failures.vanished(Path("a.brain")),
    failures.read_only(Path("a.brain")),
    LibraryError(
        "The library “a.brain” could not be read (Permission denied).",
        "Check that you may read it, then try again.",
    ),
    LibraryError("The server at https://10.0.0.7:8080 does not answer."),
    UsageError("“12.34.5” is no date."),
    NotFoundError("There is no source with the number 12.", "See `workbench list sources`."),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_that_are_often_met_are_german_with_what_they_name(error: WorkbenchError) -> None:
    assert translation.choose("de")
    for text in filter(None, (error.message, error.hint)):
        german = translation.known(text)
        assert german != text
        for name in ("a.brain", "a 1.brain", "https://10.0.0.7:8080", "12"):
            assert (name in german) == (name in text)
        assert "Permission" not in german


def test_sentences_of_the_rooms_below_name_what_they_quote_by_braces_alone() -> None:
    assert not [text for context, text in GERMAN if context == "engine" and "“{}”" in text]


@pytest.mark.slow
def test_refusals_are_german(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library, empty = str(tmp_path / "a.brain"), tmp_path / "empty.brain"
    empty.touch()
    for words, said in (
        (["ask", "Who?"], "ist keine Bibliothek"),
        (["remember", "The barn is red."], ""),
        (["show", "77"], "keine Quelle mit der Nummer 77"),
        (["undo", "99"], "keine Änderung 99"),
        (["tables", "get", "None"], "keine Tabelle „None“. Alle zeigt: workbench tables list"),
        (["add", str(tmp_path / "none.txt")], "Es gibt keine Datei „none.txt“. Prüfen Sie"),
        (["backup", str(tmp_path / "b.brain")], ""),
        (["backup", str(tmp_path / "b.brain")], "Die Sicherung „b.brain“ gibt es schon"),
        (["list", "fact"], "„fact“ steht hier nicht zur Wahl"),
        (["list", "facts"], ""),
        (["stats", "--library", str(empty)], "„empty.brain“ ist leer und keine Bibliothek"),
    ):
        code = main(["--library", library, *words])
        assert (code == 0) == (not said), words
        assert said in capsys.readouterr().err


def test_help_of_every_command_is_german() -> None:
    assert translation.choose("de")
    for name in table.names():
        with pytest.raises(SystemExit):
            parser([name]).parse_args([name, "--help"])


def test_help_is_in_the_language_of_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: workbench ask")
    assert "Eine Frage stellen" in text
    assert "diese Hilfe zeigen" in text
    assert "Optionen aller Befehle" in text


def test_the_language_of_the_settings_goes_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(settings.Settings(language="en"))
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    assert "Ask a question" in capsys.readouterr().out
    monkeypatch.setenv("LANGUAGE", "fr")
    settings.save(settings.Settings(language="de"))
    with pytest.raises(SystemExit):
        main(["ask", "--help"])
    assert "Eine Frage stellen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("ask --limit 0 x", "Die Anzahl muss mindestens 1 sein."),
        ("ask --limit x y", "Argument"),
        ("cherish", "Es gibt keinen Befehl „cherish“."),
        ("var get colour", "Es gibt keine Variable „colour“."),
        ("list sources --tag blue", "Keine Quelle hat das Schlagwort „blue“."),
        ("stance tea", "Noch keine Haltung zu „tea“."),
    ],
)
def test_messages_are_german(words: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split())
    assert message.removeprefix("Argument") in capsys.readouterr().err


def test_results_are_german_and_count_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remember", "My plan is pro. My desk is oak."]) == 0
    assert main(["remember", "My plan is pro."]) == 0
    assert main(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["✓ Gemerkt: 2 Fakten.", "✓ Schon bekannt: 1 Fakt."]
    assert lines[2] == "2 Fakten von Ihnen"


def test_scripts_get_english(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--json", "ask", "--limit", "0", "x"]) == 2
    error = json.loads(capsys.readouterr().err)["error"]
    assert error["message"] == "The limit must be 1 or more."
    assert main(["--json", "var", "get", "colour"]) == 1
    assert "colour" in capsys.readouterr().out
